"""Answers that real sites gave, read in pieces of any size, come to the same and right result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import ChatError, Fault
from core.events import Finished, FinishReason, StreamEvent, TextDelta, Usage
from core.providers.ai_power import refusals, v1, v2
from core.providers.ai_power.page import ContainerPage, ShortcodePage, read_page

CAPTURES = Path(__file__).parents[4] / "shared" / "protocol" / "captures"

pytestmark = pytest.mark.skipif(
    not CAPTURES.is_dir(), reason="the recorded answers are not part of the project"
)

HELLO = "Hello from the fake upstream."
UNICODE = "Привет 🌍"
PART = "one two three four five six seve"


@dataclass(frozen=True)
class Result:
    """What a client makes of one answer."""

    text: str = ""
    reason: FinishReason | None = None
    fault: Fault | None = None
    message: str = ""
    usage: Usage | None = None


def body_of(path: Path) -> tuple[int, bytes]:
    head, _, body = path.read_bytes().partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


def pieces(body: bytes, size: int) -> Iterator[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


def read(path: Path, size: int) -> Result:
    status, body = body_of(path)
    if status >= 400:
        refusal = refusals.refusal_from_body(status, body.decode())
        return Result(fault=refusal.fault if refusal else None, message=body.decode())
    reader = v1.Reader() if path.parent.name.startswith("1.") else v2.Reader()
    events: list[StreamEvent] = []
    error: ChatError | None = None
    try:
        for piece in pieces(body, size):
            events.extend(reader.feed(piece))
        events.extend(reader.finish())
    except ChatError as exc:
        error = exc
    return Result(
        text="".join(event.text for event in events if isinstance(event, TextDelta)),
        reason=next((event.reason for event in events if isinstance(event, Finished)), None),
        fault=error.fault if error else None,
        message=error.message if error else "",
        usage=next((event for event in events if isinstance(event, Usage)), None),
    )


OK = Result(HELLO, FinishReason.STOP)
CUT = Result(PART, FinishReason.CUT)

V1_RESULTS: dict[str, Fault | Result] = {
    "ajax-no-action": Fault.ENDPOINT_GONE,
    "ajax-unknown-action": Fault.ENDPOINT_GONE,
    "expired-nonce": Fault.NONCE_REFUSED,
    "get-bad-nonce": Fault.NONCE_REFUSED,
    "json-bad-nonce": Fault.NONCE_REFUSED,
    "json-missing-nonce": Fault.NONCE_REFUSED,
    "stream-bad-nonce": Fault.NONCE_REFUSED,
    "stream-missing-nonce": Fault.NONCE_REFUSED,
    "json-empty-message": Fault.EMPTY_PROMPT,
    "json-message-zero": Fault.EMPTY_PROMPT,
    "json-missing-message": Fault.EMPTY_PROMPT,
    "stream-empty-message": Fault.EMPTY_PROMPT,
    "stream-message-zero": Fault.EMPTY_PROMPT,
    "stream-missing-message": Fault.EMPTY_PROMPT,
    "json-banned-ip": Fault.ADDRESS_BLOCKED,
    "stream-banned-ip": Fault.ADDRESS_BLOCKED,
    "json-banned-word": Fault.WORDS_BLOCKED,
    "stream-banned-word": Fault.WORDS_BLOCKED,
    "json-missing-api-key": Fault.SITE_KEY_REFUSED,
    "stream-missing-api-key": Fault.SITE_KEY_REFUSED,
    "json-token-limit-2": Fault.QUOTA,
    "stream-token-limit-2": Fault.QUOTA,
    "json-upstream-401": Fault.SITE_KEY_REFUSED,
    "stream-upstream-401": Fault.SITE_KEY_REFUSED,
    "json-upstream-401empty": Fault.SITE_KEY_REFUSED,
    "stream-upstream-401empty": Fault.SITE_KEY_REFUSED,
    "json-upstream-429": Fault.RATE_LIMIT,
    "stream-upstream-429": Fault.RATE_LIMIT,
    "stream-429-count": Fault.RATE_LIMIT,
    "json-upstream-429quota": Fault.SITE_QUOTA,
    "stream-upstream-429quota": Fault.SITE_QUOTA,
    "json-upstream-500": Fault.UPSTREAM_ERROR,
    "stream-upstream-500": Fault.UPSTREAM_ERROR,
    "json-upstream-400quote": Fault.UPSTREAM_ERROR,
    "stream-upstream-400quote": Fault.UPSTREAM_ERROR,
    "json-upstream-refused": Fault.UPSTREAM_UNREACHABLE,
    "stream-upstream-refused": Fault.EMPTY_ANSWER,
    "stream-upstream-502html": Fault.HTML_ANSWER,
    "json-upstream-502html": Fault.EMPTY_ANSWER,
    "stream-midclose": CUT,
    "stream-midbreak": CUT,
    "stream-miderror": Result(PART, None, Fault.UPSTREAM_ERROR),
    "stream-finish-length": Result(HELLO, FinishReason.LENGTH),
    "stream-finish-content_filter": Result(HELLO, FinishReason.CONTENT_FILTER),
    "stream-usage-chunk-empty-choices": Result(HELLO, FinishReason.STOP, usage=Usage(10, 20)),
}


def captures(*versions: str) -> list[Path]:
    return [path for version in versions for path in sorted((CAPTURES / version).glob("*.http"))]


def capture_id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", captures("1.8.68", "1.9.18", "2.3.69"), ids=capture_id)
def test_an_answer_reads_the_same_in_pieces_of_any_size(path: Path) -> None:
    whole = read(path, 10_000_000)
    assert read(path, 7) == whole
    assert read(path, 1) == whole


@pytest.mark.parametrize("name", V1_RESULTS)
@pytest.mark.parametrize("version", ["1.8.68", "1.9.18"])
def test_a_v1_answer_means_what_the_protocol_says(version: str, name: str) -> None:
    result = read(CAPTURES / version / f"{name}.http", 10_000_000)
    expected = V1_RESULTS[name]
    if isinstance(expected, Fault):
        assert (result.text, result.fault) == ("", expected)
    else:
        assert (result.text, result.reason, result.fault, result.usage) == (
            expected.text,
            expected.reason,
            expected.fault,
            expected.usage,
        )


NOT_PLAIN = {*V1_RESULTS, "history-objects", "stream-20k", "stream-20k-big-pieces"}
REFUSED = {
    "1.8.68/json-whitespace-message",
    "1.8.68/stream-whitespace-message",
    "1.9.18/get-eventsource",
}
PLAIN = [path for path in captures("1.8.68", "1.9.18") if path.stem not in NOT_PLAIN]


@pytest.mark.parametrize("path", PLAIN, ids=capture_id)
def test_every_other_v1_answer_is_a_complete_one(path: Path) -> None:
    result = read(path, 10_000_000)
    if capture_id(path) in REFUSED:
        assert result.fault is Fault.EMPTY_PROMPT
        return
    assert (result.fault, result.reason) == (None, FinishReason.STOP)
    assert result.text.strip()


@pytest.mark.parametrize("version", ["1.8.68", "1.9.18"])
def test_a_doubled_error_is_told_once_and_with_its_own_words(version: str) -> None:
    result = read(CAPTURES / version / "stream-upstream-429.http", 7)
    assert result.message.startswith("Rate limit reached for gpt-4o-mini")
    assert result.message.count("Rate limit reached") == 1
    quoted = read(CAPTURES / version / "stream-upstream-400quote.http", 7)
    assert quoted.message == (
        "Invalid value for 'content': expected a string, got \"null\".\nSecond line \\ backslash."
    )


@pytest.mark.parametrize("version", ["1.8.68", "1.9.18"])
def test_a_long_answer_is_read_whole(version: str) -> None:
    for name in ("stream-20k", "stream-20k-big-pieces"):
        result = read(CAPTURES / version / f"{name}.http", 10_000_000)
        assert len(result.text) == 20_000
        assert result.reason is FinishReason.STOP


V2_RESULTS: dict[str, Fault | Result] = {
    "cache-bad-nonce": Fault.NONCE_REFUSED,
    "cache-expired-nonce": Fault.NONCE_REFUSED,
    "cache-cross-origin": Fault.FOREIGN_ORIGIN,
    "cache-empty": Fault.EMPTY_PROMPT,
    "cache-zero": Fault.EMPTY_PROMPT,
    "json-bad-nonce": Fault.NONCE_REFUSED,
    "json-ok": OK,
    "json-upstream-401": Fault.SITE_KEY_REFUSED,
    "json-upstream-429": Fault.RATE_LIMIT,
    "memory-1": OK,
    "nonce-endpoint-cross-origin": Fault.FOREIGN_ORIGIN,
    "stream-bad-nonce": Fault.NONCE_REFUSED,
    "stream-bad-bot": Fault.UPSTREAM_ERROR,
    "stream-banned-ip": Fault.ADDRESS_BLOCKED,
    "stream-banned-word": Fault.WORDS_BLOCKED,
    "stream-key-first-use": OK,
    "stream-key-second-use": Fault.UPSTREAM_ERROR,
    "stream-midbreak": Result(PART, None, Fault.UPSTREAM_UNREACHABLE),
    "stream-midclose": Result(PART, FinishReason.STOP),
    "stream-missing-api-key": Fault.SITE_KEY_REFUSED,
    "stream-ok": OK,
    "stream-token-limit-1": OK,
    "stream-token-limit-3": Fault.QUOTA,
    "stream-upstream-401": Fault.SITE_KEY_REFUSED,
    "stream-upstream-429": Fault.RATE_LIMIT,
    "stream-upstream-429quota": Fault.SITE_QUOTA,
    "stream-upstream-500": Fault.UPSTREAM_ERROR,
}


@pytest.mark.parametrize("name", V2_RESULTS)
def test_a_v2_answer_means_what_the_protocol_says(name: str) -> None:
    result = read(CAPTURES / "2.3.69" / f"{name}.http", 10_000_000)
    expected = V2_RESULTS[name]
    if isinstance(expected, Fault):
        assert (result.text, result.fault) == ("", expected)
    else:
        assert (result.text, result.reason, result.fault) == (
            expected.text,
            expected.reason,
            expected.fault,
        )


@pytest.mark.parametrize("version", ["1.8.68", "1.9.18"])
def test_a_v1_page_gives_what_a_request_needs(version: str) -> None:
    html = (CAPTURES / version / "home-shortcode-tag.html").read_bytes()
    page = read_page(html, "http://127.0.0.1:18068/")
    assert isinstance(page, ShortcodePage)
    assert (page.nonce, page.post_id, page.bot_id, page.is_widget) == (
        "0d30f541cf",
        "4",
        "0",
        False,
    )
    assert page.memory_limit == (None if version == "1.8.68" else 100)


def test_a_v2_page_gives_what_a_request_needs() -> None:
    html = (CAPTURES / "2.3.69" / "home-container-tag.html").read_bytes()
    page = read_page(html, "http://127.0.0.1:23069/")
    assert isinstance(page, ContainerPage)
    assert (page.nonce, page.post_id, page.bot_id, page.streams) == ("1da00d59cb", "8", "4", True)
    assert page.ajax_url == "http://127.0.0.1:23069/wp-admin/admin-ajax.php"
