"""What v1's reader makes of streams that no recording holds."""

from __future__ import annotations

import pytest

from core.errors import ChatError, Fault
from core.events import Finished, FinishReason, StreamEvent, TextDelta, Usage
from core.providers.ai_power import v1, v2
from core.providers.ai_power.refusals import refusal_from_text

DONE = b"data: [DONE]\n\n"


def read(*chunks: bytes, reader: v1.Reader | v2.Reader | None = None) -> list[StreamEvent]:
    reader = reader or v1.Reader()
    events = [event for chunk in chunks for event in reader.feed(chunk)]
    return [*events, *reader.finish()]


def texts(events: list[StreamEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, TextDelta)]


def delta(json_text: str) -> bytes:
    return f'data: {{"choices":[{{"delta":{{"content":"{json_text}"}}}}]}}\n\n'.encode()


def test_events_without_id_and_object_are_an_answer_unless_the_plugin_named_them() -> None:
    events = read(delta("Hel"), delta("lo"), DONE)
    assert texts(events) == ["Hel", "lo"]
    assert events[-1] == Finished(FinishReason.STOP)
    with pytest.raises(ChatError) as caught:
        read(b"event: message\n" + delta("Rate limit"), DONE)
    assert caught.value.fault is Fault.RATE_LIMIT


def test_a_stream_without_empty_lines_arrives_as_it_comes() -> None:
    reader = v1.Reader()
    lines = [delta(text).strip() + b"\n" for text in ("a", "b", "c")]
    assert texts(list(reader.feed(lines[0]))) == []
    assert texts(list(reader.feed(lines[1]))) == ["a"]
    assert texts(list(reader.feed(lines[2]))) == ["b"]
    assert texts(list(reader.finish())) == ["c"]


def test_a_data_line_needs_no_space_and_lines_may_end_as_on_windows() -> None:
    event = delta("a").replace(b"data: ", b"data:").replace(b"\n", b"\r\n")
    assert texts(read(event, b"data:[DONE]\r\n\r\n")) == ["a"]


def test_an_emoji_split_over_two_events_is_not_lost() -> None:
    events = read(delta(r"a\ud83c"), delta(r"\udf0d b"), DONE)
    assert texts(events) == ["a\ud83c", "\udf0d b"]


@pytest.mark.parametrize("usage", ["null", "5", '{"prompt_tokens":null,"completion_tokens":1.5}'])
def test_an_odd_usage_costs_no_text(usage: str) -> None:
    event = f'data: {{"choices":[{{"delta":{{"content":"a"}}}}],"usage":{usage}}}\n\n'.encode()
    assert texts(read(event, DONE)) == ["a"]


def test_a_usage_is_read() -> None:
    event = b'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\n'
    assert Usage(3, 4) in read(delta("a"), event, DONE)


@pytest.mark.parametrize(
    "body",
    [
        b'data: {"id":1,"error":' + b"[" * 100_000 + b"\n\n",
        b"[" * 200_000,
        b'{"data":' + b"[" * 200_000,
        b"data: {\n\ndata: }\n\n",
        b"\xff\xfe",
    ],
)
def test_what_cannot_be_read_is_an_error_that_is_expected(body: bytes) -> None:
    for reader in (v1.Reader(), v2.Reader()):
        with pytest.raises(ChatError):
            read(body, reader=reader)


@pytest.mark.parametrize("blank", [" ", r"\n\n"])
def test_an_answer_of_white_space_is_an_empty_one(blank: str) -> None:
    with pytest.raises(ChatError) as caught:
        read(delta(blank), DONE)
    assert caught.value.fault is Fault.EMPTY_ANSWER
    stream = f'data: {{"delta":"{blank}"}}\n\nevent: done\ndata: {{}}\n\n'.encode()
    with pytest.raises(ChatError):
        read(stream, reader=v2.Reader())


def test_a_time_to_wait_is_never_longer_than_a_day() -> None:
    error = refusal_from_text(f"Rate limit reached. Please try again in {'9' * 400}s.")
    assert error.retry_after == 24 * 3600
