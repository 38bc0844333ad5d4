from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from helpers.loopback_server import Peer, loopback

from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ContextLengthError,
    Fault,
    ProviderError,
    RateLimitError,
)
from core.net.session import StreamSession
from core.net.status import error_for_status, is_challenge, raise_for_status, service_words
from core.sentences import sentence


def error_of(status: int, body: str = "", **headers: str) -> ProviderError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    error = error_for_status(status, named, body, host="service.invalid")
    assert error.status == status
    assert error.data["host"] == "service.invalid"
    assert "service.invalid" in sentence(error)
    return error


@pytest.mark.parametrize("status", [200, 204, 299])
async def test_success_passes_and_its_body_is_left(status: int) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"" if status == 204 else b"body", status=f"{status} OK")

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        await raise_for_status(response)
        assert await response.read() == (b"" if status == 204 else b"body")


async def test_a_failure_is_raised_with_its_host_and_words() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        body = json.dumps({"error": {"message": "Slow down."}}).encode()
        await peer.respond(body, status="429 Too Many Requests", Retry_After="7")

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(RateLimitError) as caught:
            await raise_for_status(response)
    assert caught.value.message == "Slow down."
    assert caught.value.retry_after == 7
    assert caught.value.data["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
async def test_an_error_page_without_end_or_sense_still_tells_its_status(encoding: str) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        head = f"HTTP/1.1 500 Oops\r\nContent-Encoding: {encoding}\r\n\r\n"
        await peer.send(head.encode())
        while True:
            await peer.send(b"word " * 10_000)

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        with pytest.raises(ProviderError) as caught:
            await raise_for_status(response)
    assert caught.value.fault is Fault.SERVER_ERROR
    assert len(caught.value.message) <= 500


@pytest.mark.parametrize(
    ("status", "kind", "fault", "retryable"),
    [
        (400, ProviderError, Fault.REFUSED_REQUEST, False),
        (401, AuthenticationError, Fault.KEY_REFUSED, False),
        (402, ProviderError, Fault.PAYMENT_REQUIRED, False),
        (403, AuthenticationError, Fault.FORBIDDEN, False),
        (404, ProviderError, Fault.REFUSED_REQUEST, False),
        (413, ContextLengthError, Fault.CONTEXT_LENGTH, False),
        (429, RateLimitError, Fault.RATE_LIMIT, True),
        (500, ProviderError, Fault.SERVER_ERROR, True),
        (503, ProviderError, Fault.SERVER_ERROR, True),
        (304, ProviderError, Fault.REFUSED_REQUEST, False),
    ],
)
@pytest.mark.parametrize("body", ["", '{"message": "No."}', "<html><body>No.</body></html>"])
def test_each_status_has_its_error(
    status: int, kind: type[ProviderError], fault: Fault, retryable: bool, body: str
) -> None:
    error = error_of(status, body)
    assert type(error) is kind
    assert (error.fault, error.retryable) == (fault, retryable)


@pytest.mark.parametrize(
    "words",
    [
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "the request exceeds the available context size",
        "context_length_exceeded",
    ],
)
def test_a_prompt_that_is_too_long_is_told(words: str) -> None:
    error = error_of(400, json.dumps({"error": {"message": words, "type": "invalid_request"}}))
    assert type(error) is ContextLengthError
    assert error.message == words


def a_date(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0.0),
        ("30", 30.0),
        ("1.5", 1.5),
        ("-5", 0.0),
        ("999999", 86400.0),
        ("inf", 86400.0),
        ("nan", None),
        ("soon", None),
        ("", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400.0),
        ("Wed, 21 Oct 2015 07:28:00", 0.0),
        ("Wed, 99 Foo 99999 07:28:00 GMT", None),
    ],
)
def test_retry_after_is_read(value: str, expected: float | None) -> None:
    error = error_of(429, Retry_After=value)
    assert isinstance(error, RateLimitError)
    assert error.retry_after == expected


def test_retry_after_may_be_a_date() -> None:
    error = error_of(429, Retry_After=a_date(60))
    assert isinstance(error, RateLimitError)
    assert error.retry_after == pytest.approx(60, abs=3)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"error": {"message": "No key."}}', "No key."),
        ('{"error": "No key."}', "No key."),
        ('{"message": "No key."}', "No key."),
        ('{"status": "error", "msg": "No key."}', "No key."),
        ('{"success": false, "data": {"message": "No key."}}', "No key."),
        ('[{"error": {"message": "No key."}}]', "No key."),
        ('{"detail": [{"msg": "No key."}]}', "No key."),
        ('"No key."', "No key."),
        ('{"a": 1}', ""),
        ("[]", ""),
        ("The link you followed has expired.", "The link you followed has expired."),
        ("<p>There has been a <b>critical</b> error.</p>", "There has been a critical error."),
        ("<style>p{}</style><p>a &lt; b</p><script>x()</script>", "a < b"),
        ("<html><head><title>t</title></head><body>x", "x"),
        ("", ""),
        ("a\0b\x1b[31m\u202ec\x85d\n\n e", "a b [31m c d e"),
        ('{"message": "\\ud800x"}', "x"),
        ("[" * 100_000, "[" * 500),
        ("x" * 1000, "x" * 500),
    ],
)
def test_the_services_words_are_found(body: str, words: str) -> None:
    assert service_words(body) == words


@pytest.mark.parametrize("piece", ["<script>", "<!--", "<", "<head", "<div>", "<b><p>", "[", "{"])
def test_a_hostile_page_is_an_error_page_like_any_other(piece: str) -> None:
    """A page that took a time of its length squared would meet the test's own limit of time."""
    error = error_of(403, piece * 200_000)
    assert error.status == 403
    assert len(error.message) <= 500


CHALLENGES = {
    "cf-mitigated": (403, {"cf-mitigated": "challenge"}, "anything"),
    "cloudflare": (503, {}, "<!DOCTYPE html><title>Just a moment...</title>"),
    "cloudflare-200": (200, {}, "\n<html><script>window._cf_chl_opt={}</script>"),
    "cloudflare-script": (403, {}, '<html><script src="/cdn-cgi/challenge-platform/h/b">'),
    "cloudflare-block": (403, {}, "<title>Attention Required! | Cloudflare</title>"),
    "ddos-guard": (403, {"Server": "ddos-guard"}, "<html><body>wait</body></html>"),
    "ddos-guard-page": (200, {}, "<html><title>DDOS-GUARD</title>"),
    "sucuri": (503, {"Server": "Sucuri/Cloudproxy"}, "<html>x</html>"),
    "sucuri-200": (200, {}, "<html><title>You are being redirected...</title>"),
    "sucuri-script": (200, {}, "<html><script>sucuri_cloudproxy_js=''</script>"),
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_check_for_a_browser_is_recognised(name: str) -> None:
    status, headers, body = CHALLENGES[name]
    assert is_challenge(status, headers, body)
    assert isinstance(error_for_status(status, headers, body, host="h"), BrowserCheckError)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (403, {}, "The link you followed has expired."),
        (403, {"Server": "cloudflare"}, '{"error": "no"}'),
        (200, {}, '<html><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">'),
        (200, {"Server": "ddos-guard"}, "<html><body>a page</body></html>"),
        (404, {"Server": "ddos-guard"}, "<html><body>not found</body></html>"),
        (200, {}, '{"data": "<title>Just a moment...</title> is what Cloudflare shows"}'),
        (503, {}, "<html><title>Maintenance</title></html>"),
        (200, {}, ""),
    ],
)
def test_other_pages_are_not(status: int, headers: dict[str, str], body: str) -> None:
    assert not is_challenge(status, headers, body)
