"""What the decoder makes of answers that are not as they should be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from core.errors import (
    BrowserCheckError,
    ChatError,
    Fault,
    ProviderError,
    ResponseFormatError,
)
from core.events import Finished, FinishReason, ReasoningDelta, StreamEvent, TextDelta, Usage
from core.providers.chat_completions.decoder import ChatCompletionsDecoder
from core.providers.refusals import Asked

DONE = b"data: [DONE]\n\n"


def chunk(delta: Any = None, finish: Any = None, **fields: Any) -> bytes:
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish}
    return line({"choices": [choice], **fields})


def line(value: Any) -> bytes:
    return b"data: " + (value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n\n"


def text(piece: Any) -> bytes:
    return chunk({"content": piece})


def events(*pieces: bytes) -> list[StreamEvent]:
    return read(ChatCompletionsDecoder(), pieces)


def read(decoder: ChatCompletionsDecoder, pieces: Iterable[bytes]) -> list[StreamEvent]:
    found: list[StreamEvent] = []
    for piece in pieces:
        found += decoder.feed(piece)
    return [*found, *decoder.finish()]


def error(*pieces: bytes, asked: Asked | None = None) -> ChatError:
    decoder = ChatCompletionsDecoder(asked or Asked(host="example.org", key="k"))
    with pytest.raises(ChatError) as caught:
        read(decoder, pieces)
    return caught.value


def said(found: list[StreamEvent]) -> str:
    return "".join(event.text for event in found if isinstance(event, TextDelta))


def thought(found: list[StreamEvent]) -> str:
    return "".join(event.text for event in found if isinstance(event, ReasoningDelta))


def test_an_answer_without_an_end_is_cut() -> None:
    assert events(text("Hel"))[-1] == Finished(FinishReason.CUT)


def test_an_answer_that_is_only_done_is_complete() -> None:
    assert events(text("Hel"), DONE)[-1] == Finished(FinishReason.STOP)


def test_nothing_is_read_after_the_end() -> None:
    decoder = ChatCompletionsDecoder()
    found = [*decoder.feed(text("a") + DONE + text("b")), *decoder.finish()]
    assert decoder.is_finished
    assert said(found) == "a"


def test_a_reason_makes_the_answer_complete_before_its_end() -> None:
    decoder = ChatCompletionsDecoder()
    list(decoder.feed(text("a")))
    assert not decoder.is_complete
    list(decoder.feed(chunk(finish="stop")))
    assert decoder.is_complete
    assert not decoder.is_finished


def test_text_after_a_reason_makes_the_answer_go_on() -> None:
    """Early versions of Gemini's door gave a reason with each piece."""
    decoder = ChatCompletionsDecoder()
    list(decoder.feed(chunk({"content": "a"}, finish="stop")))
    assert decoder.is_complete
    assert list(decoder.feed(text("b"))) == [TextDelta("b")]
    assert not decoder.is_complete


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("stop", FinishReason.STOP),
        ("eos", FinishReason.STOP),
        ("tool_calls", FinishReason.STOP),
        ("length", FinishReason.LENGTH),
        ("MAX_TOKENS", FinishReason.LENGTH),
        ("content_filter", FinishReason.CONTENT_FILTER),
        ("SAFETY", FinishReason.CONTENT_FILTER),
        ("error", FinishReason.CUT),
        ("", FinishReason.CUT),
        (7, FinishReason.CUT),
        (None, FinishReason.CUT),
    ],
)
def test_a_finish_reason_is_known_by_its_word(word: object, reason: FinishReason) -> None:
    assert events(text("a"), chunk(finish=word))[-1] == Finished(reason)


def test_the_reason_of_openrouters_provider_counts_where_it_gives_none_of_its_own() -> None:
    choice = {"delta": {}, "finish_reason": None, "native_finish_reason": "max_output_tokens"}
    assert events(text("a"), line({"choices": [choice]}), DONE)[-1] == Finished(FinishReason.LENGTH)


def test_a_refusal_is_shown_as_text_and_is_no_good_end() -> None:
    pieces = [chunk({"refusal": "I'm sorry"}), chunk({"refusal": "."}), chunk(finish="stop"), DONE]
    found = events(*pieces)
    assert said(found) == "I'm sorry."
    assert found[-1] == Finished(FinishReason.CONTENT_FILTER)


def test_a_filtered_answer_without_a_word_is_an_error() -> None:
    assert error(chunk(finish="content_filter"), DONE).fault is Fault.FLAGGED


def test_tool_calls_are_shown_as_json_in_a_fence() -> None:
    first = {"index": 0, "id": "call_1", "type": "function"}
    found = events(
        text("Let me look."),
        chunk({"tool_calls": [{**first, "function": {"name": "weather", "arguments": ""}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": '{"city":'}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": '"Paris"}'}}]}),
        chunk(finish="tool_calls"),
        DONE,
    )
    call = '{\n  "name": "weather",\n  "arguments": {\n    "city": "Paris"\n  }\n}'
    assert said(found) == f"Let me look.\n\n```json\n{call}\n```"
    assert found[-1] == Finished(FinishReason.STOP)


def test_text_and_tool_calls_may_come_in_one_piece() -> None:
    call = {"index": 0, "id": "1", "function": {"name": "f", "arguments": "{}"}}
    found = events(text("a"), chunk({"content": "b", "tool_calls": [call]}), DONE)
    assert said(found).startswith("ab\n\n```json")
    assert said(found).count('"name": "f"') == 1


def test_whole_tool_calls_with_the_same_index_are_two_calls() -> None:
    """Gemini's door sends each call in one piece, under index 0."""
    calls = [
        {"index": 0, "id": name, "function": {"name": name, "arguments": "no JSON ```"}}
        for name in ("a", "b")
    ]
    shown = said(events(*(chunk({"tool_calls": [call]}) for call in calls), DONE))
    assert shown.count('"name"') == 2
    assert shown.startswith("````json")


def test_a_function_call_of_the_old_kind_is_shown() -> None:
    found = events(chunk({"function_call": {"name": "f", "arguments": "{}"}}), DONE)
    assert '"name": "f"' in said(found)


def test_thoughts_in_either_field_come_once() -> None:
    delta = {"reasoning_content": "Hm", "reasoning": "Hm", "content": ""}
    found = events(chunk(delta), text("a"), DONE)
    assert thought(found) == "Hm"
    assert said(found) == "a"


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content"])
def test_a_thought_beside_text_is_not_lost_once_the_answer_has_begun(field: str) -> None:
    found = events(text("a"), chunk({"content": "b", field: "hm"}), text("c"), DONE)
    assert (said(found), thought(found)) == ("abc", "hm")


def test_a_refusal_beside_text_is_not_lost_once_the_answer_has_begun() -> None:
    found = events(text("a"), chunk({"content": "b", "refusal": " No."}), DONE)
    assert said(found) == "ab No."
    assert found[-1] == Finished(FinishReason.CONTENT_FILTER)


def test_a_function_call_beside_text_is_not_lost_once_the_answer_has_begun() -> None:
    call = {"name": "look", "arguments": "{}"}
    assert "look" in said(events(text("a"), chunk({"content": "b", "function_call": call}), DONE))


def test_thoughts_alone_are_an_answer_that_came_to_its_limit() -> None:
    found = events(chunk({"reasoning": "Hm"}), chunk(finish="length"), DONE)
    assert found[-1] == Finished(FinishReason.LENGTH)


def test_a_think_tag_later_in_the_answer_is_text() -> None:
    found = events(text("The tag "), text("<think>"), text(" is one."), DONE)
    assert said(found) == "The tag <think> is one."
    assert thought(found) == ""


def test_the_last_count_is_the_one_that_counts() -> None:
    found = events(
        chunk({"content": "a"}, usage={"prompt_tokens": 5, "completion_tokens": 1}),
        chunk(finish="stop", usage={"prompt_tokens": 5, "completion_tokens": 2}),
        line({"choices": [], "usage": None}),
        DONE,
    )
    assert [event for event in found if isinstance(event, Usage)] == [Usage(5, 2)]


def test_the_count_of_llama_cpp_is_taken_where_there_is_no_other() -> None:
    timings = {"cache_n": 10, "prompt_n": 4, "prompt_ms": 1.9, "predicted_n": 2}
    assert Usage(14, 2) in events(chunk({"content": "a"}, finish="stop", timings=timings), DONE)


@pytest.mark.parametrize(
    "odd",
    [
        b"{broken",
        b"[]",
        b"null",
        b'"text"',
        b"1e999",
        b"[" * 100_000,
        b'{"choices": 5}',
        b'{"choices": [7, null, "x"]}',
        b'{"choices": [{"delta": "text"}]}',
        b'{"choices": [{"delta": {"content": 5, "tool_calls": {"a": 1}, "refusal": []}}]}',
        b'{"choices": [{"delta": {"content": [1, {"text": 2}, {"thinking": 3}]}}]}',
        b'{"choices": [], "usage": "many", "timings": 3, "x_groq": []}',
        b'{"choices": [], "usage": {"prompt_tokens": "x", "completion_tokens": -4}}',
        b'{"choices": [{"finish_reason": {"type": "stop"}}]}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_makes_no_sense_is_skipped(odd: bytes) -> None:
    for broken in (line(odd), line(odd).replace(b"\n\n", b"\r\n\r\n")):
        found = events(text("Hel"), broken, text("lo"), chunk(finish="stop"), DONE)
        assert said(found) == "Hello"
        assert found[-1] == Finished(FinishReason.STOP)


def test_wrong_types_in_fields_that_nobody_needs_do_no_harm() -> None:
    odd = {"index": "0", "logprobs": 7, "finish_reason": None, "delta": {"content": "a", "role": 3}}
    assert said(events(line({"id": 5, "model": [], "created": "x", "choices": [odd]}), DONE)) == "a"


def test_half_characters_are_kept_for_the_next_piece() -> None:
    halves = [rb'{"choices":[{"delta":{"content":"\ud83c"}}]}', text("\udf0d").strip()[6:]]
    assert said(events(*map(line, halves), DONE)) == "\ud83c\udf0d"


def test_json_over_several_data_lines_is_joined() -> None:
    pretty = json.dumps({"choices": [{"delta": {"content": "Hello"}}]}, indent=1)
    body = b"".join(b"data: " + part.encode() + b"\n" for part in pretty.split("\n")) + b"\n"
    assert said(events(body, DONE)) == "Hello"


WHOLE = {
    "id": "x",
    "object": "chat.completion",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "<think>Hm</think>Hello"},
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 3, "completion_tokens": 4},
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("before", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_json_instead_of_a_stream_is_the_answer(indent: int | None, before: bytes) -> None:
    body = before + json.dumps(WHOLE, indent=indent).encode()
    for size in (3, len(body)):
        found = events(*(body[i : i + size] for i in range(0, len(body), size)))
        assert (thought(found), said(found)) == ("Hm", "Hello")
        assert found[-2:] == [Usage(3, 4), Finished(FinishReason.STOP)]


def test_json_lines_instead_of_a_stream_are_the_answer() -> None:
    lines = [{"choices": [{"delta": {"content": piece}}]} for piece in ("Hel", "lo")]
    body = "\n".join(map(json.dumps, lines)).encode()
    assert said(events(body)) == "Hello"


def test_the_text_of_the_old_endpoint_is_read() -> None:
    assert said(events(line({"choices": [{"text": "Hello", "index": 0}]}), DONE)) == "Hello"


def test_no_answer_at_all_is_told_from_one_that_cannot_be_read() -> None:
    assert error().fault is Fault.EMPTY_ANSWER
    assert error(DONE).fault is Fault.EMPTY_ANSWER
    assert error(chunk(finish="stop"), DONE).fault is Fault.EMPTY_ANSWER
    assert error(line(b"{broken")).fault is Fault.UNREADABLE_ANSWER
    assert error(b"Internal bla").fault is Fault.UNREADABLE_ANSWER


def test_a_web_page_says_that_the_address_is_another_one() -> None:
    asked = Asked(host="example.org", address="https://example.org/v1/chat/completions")
    found = error(b"<!doctype html><title>Welcome</title>", asked=asked)
    assert isinstance(found, ProviderError)
    assert found.fault is Fault.NO_SERVICE_HERE
    assert found.data["address"] == asked.address


def test_a_check_for_a_browser_is_told_from_a_page() -> None:
    page = b"<!DOCTYPE html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    assert isinstance(error(page), BrowserCheckError)


def test_a_line_without_end_is_given_up() -> None:
    pieces = (b"data: " + b"x" * 1024 * 1024 for _ in range(20))
    with pytest.raises(ResponseFormatError) as caught:
        read(ChatCompletionsDecoder(), pieces)
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE
