from __future__ import annotations

import re
import subprocess
import sys
import warnings

import pytest
from helpers.loopback_server import Peer, Request, loopback

from core.errors import ConnectionFailedError, Fault
from core.net.session import StreamSession


class Notes:
    """A handler that keeps each request and answers `ok`."""

    def __init__(self, **headers: str) -> None:
        self.requests: list[Request] = []
        self.headers = headers

    async def __call__(self, peer: Peer) -> None:
        while True:
            self.requests.append(await peer.request())
            await peer.respond(b"ok", **self.headers)


async def test_a_request_looks_like_a_browsers() -> None:
    notes = Notes()
    async with (
        loopback(notes) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert await response.text() == "ok"
    (request,) = notes.requests
    assert re.fullmatch(r"Mozilla/5\.0 .* Chrome/\d+\S* Safari/\S+", request.headers["user-agent"])
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert request.headers["accept-language"].startswith("en")
    assert "text/html" in request.headers["accept"]


async def test_the_callers_headers_win() -> None:
    notes = Notes()
    own = {"user-agent": "Own/1", "Referer": "http://site/", "X-Key": "1"}
    async with (
        loopback(notes) as server,
        StreamSession(headers=own) as session,
        session.get(server.url, headers={"accept": "text/event-stream", "X-Key": "2"}),
    ):
        pass
    headers = notes.requests[0].headers
    assert headers["user-agent"] == "Own/1"
    assert headers["referer"] == "http://site/"
    assert headers["accept"] == "text/event-stream"
    assert headers["x-key"] == "2"
    assert headers["accept-language"].startswith("en")


async def test_cookies_are_sent_and_kept_as_they_are() -> None:
    notes = Notes(Set_Cookie='turns="a b",c; Path=/')
    async with loopback(notes) as server, StreamSession(cookies={"own": "x=y"}) as session:
        for _ in range(2):
            async with session.get(server.url) as response:
                await response.read()
    first, second = (request.headers["cookie"] for request in notes.requests)
    assert first == "own=x=y"
    assert sorted(second.split("; ")) == ["own=x=y", 'turns="a b",c']


async def test_a_read_response_gives_its_connection_back() -> None:
    notes = Notes()
    async with loopback(notes) as server, StreamSession() as session:
        for _ in range(3):
            async with session.get(server.url) as response:
                assert b"".join([chunk async for chunk in response.chunks()]) == b"ok"
        assert len(server.peers) == 1
    assert len(notes.requests) == 3


async def test_long_headers_are_taken() -> None:
    async with (
        loopback(Notes(X_Policy="x" * 60_000)) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert len(response.headers["X-Policy"]) == 60_000


def redirect(target: str, status: str = "302 Found") -> Notes:
    class Redirect(Notes):
        async def __call__(self, peer: Peer) -> None:
            while True:
                self.requests.append(request := await peer.request())
                if request.target.startswith("/end"):
                    await peer.respond(b"arrived")
                else:
                    await peer.respond(status=status, Location=target)

    return Redirect()


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary"])
async def test_a_redirect_within_the_site_is_followed(status: str) -> None:
    notes = redirect("/end?b=2", status)
    async with (
        loopback(notes) as server,
        StreamSession() as session,
        session.get(server.url + "/start", params={"a": "1"}) as response,
    ):
        assert await response.text() == "arrived"
        assert response.url.path_qs == "/end?b=2"
    assert [request.target for request in notes.requests] == ["/start?a=1", "/end?b=2"]


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
async def test_a_question_is_sent_on_as_it_was(status: str) -> None:
    notes = redirect("/end", status)
    async with (
        loopback(notes) as server,
        StreamSession() as session,
        session.post(server.url, data={"message": "hi"}) as response,
    ):
        assert await response.text() == "arrived"
    assert [(x.method, x.body) for x in notes.requests] == [("POST", b"message=hi")] * 2


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other"])
async def test_a_redirect_that_would_lose_the_question_is_an_error(status: str) -> None:
    async with loopback(redirect("/end", status)) as server, StreamSession() as session:
        with pytest.raises(ConnectionFailedError) as caught:
            await session.post(server.url, data={"message": "hi"})
    assert caught.value.fault is Fault.REDIRECT
    assert caught.value.data["target"] == server.url + "/end"


@pytest.mark.parametrize(
    "target",
    [
        "http://elsewhere.invalid/x",
        "//elsewhere.invalid",
        "http://127.0.0.2/",
        "ftp://127.0.0.1/",
        "http://a..b/",
        "javascript:1",
        "http://[",
        "http://user:word@elsewhere.invalid/",
    ],
)
async def test_a_redirect_to_another_site_is_an_error(target: str) -> None:
    async with loopback(redirect(target)) as server, StreamSession() as session:
        with pytest.raises(ConnectionFailedError) as caught:
            await session.get(server.url)
    assert caught.value.fault is Fault.REDIRECT
    assert caught.value.data["host"] == f"127.0.0.1:{server.port}"
    assert caught.value.data["target"]
    assert "word" not in str(caught.value.data)


async def test_redirects_in_a_circle_end() -> None:
    notes = redirect("/again")
    async with loopback(notes) as server, StreamSession() as session:
        with pytest.raises(ConnectionFailedError) as caught:
            await session.get(server.url)
    assert caught.value.fault is Fault.REDIRECT
    assert len(notes.requests) == 6


async def test_a_redirect_is_not_followed_when_the_caller_says_so() -> None:
    async with (
        loopback(redirect("/end")) as server,
        StreamSession() as session,
        session.get(server.url, allow_redirects=False) as response,
    ):
        assert response.status == 302


@pytest.mark.parametrize(
    "address",
    [
        "",
        "chat",
        "chat.example",
        "ftp://host/",
        "http://",
        "http://a b/",
        "http://a..b/",
        "https://[",
        "http://" + "a" * 64 + ".invalid/",
        "http://127.1/",
        "http://host:99999/",
        "mailto:a@b.invalid",
    ],
)
async def test_what_is_no_web_address_is_told(address: str) -> None:
    async with StreamSession() as session:
        with pytest.raises(ConnectionFailedError) as caught:
            await session.get(address)
    assert caught.value.fault is Fault.BAD_ADDRESS
    assert "address" in caught.value.data


def test_the_class_is_made_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        class Derived(StreamSession):
            pass

    assert issubclass(Derived, StreamSession)


def test_what_few_need_is_imported_late() -> None:
    code = "import sys, core.net.session; print([m for m in sys.modules if m in sys.argv])"
    names = ["truststore", "aiohttp_socks", "python_socks", "selectolax", "PySide6", "trustme"]
    command = [sys.executable, "-W", "error", "-X", "dev", "-c", code, *names]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"
    assert result.stderr == ""
