"""Anthropic's protocol: the decoder by itself, and the provider against a server on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import aclosing
from typing import Any

import pytest
from helpers.api_server import (
    ApiServer,
    Hold,
    Stream,
    Whole,
    anthropic_stream,
    event,
)

from core.errors import AuthenticationError, ChatError, ContextLengthError, Fault, ProviderError
from core.events import (
    Finished,
    FinishReason,
    ReasoningDelta,
    Stage,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.models import Attachment, ChatRequest, Message, ModelInfo, Parameters, Role
from core.providers.anthropic import Anthropic, AnthropicDecoder, body_of
from core.providers.refusals import Asked
from core.sentences import sentence

KEY = "sk-ant-abcdefghijklmnop"
HI = (Message(Role.USER, "hi"),)

# In the form of https://docs.claude.com/en/docs/build-with-claude/streaming
FULL = b"""\
event: message_start
data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
"model":"claude-sonnet-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":\
{"input_tokens":20,"cache_creation_input_tokens":3,"cache_read_input_tokens":2,"output_tokens":1}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

event: ping
data: {"type": "ping"}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"Eq"}}

event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: content_block_start
data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

event: content_block_delta
data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hel"}}

event: content_block_delta
data: {"type":"content_block_delta","index":1,\
"delta":{"type":"text_delta","text":"lo \\ud83c\\udf0d"}}

event: content_block_stop
data: {"type":"content_block_stop","index":1}

event: content_block_start
data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1",\
"name":"weather","input":{}}}

event: content_block_delta
data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta",\
"partial_json":"{\\"city\\": "}}

event: content_block_delta
data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta",\
"partial_json":"\\"Paris\\"}"}}

event: content_block_stop
data: {"type":"content_block_stop","index":2}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
"usage":{"output_tokens":89}}

event: message_stop
data: {"type":"message_stop"}

"""
CALL = '```json\n{\n  "name": "weather",\n  "arguments": {\n    "city": "Paris"\n  }\n}\n```'


def read(pieces: Iterable[bytes]) -> list[StreamEvent]:
    decoder = AnthropicDecoder(Asked("api.example.org", "m", key=KEY))
    found: list[StreamEvent] = []
    for piece in pieces:
        found += decoder.feed(piece)
    return [*found, *decoder.finish()]


def said(found: list[StreamEvent]) -> str:
    return "".join(one.text for one in found if isinstance(one, TextDelta))


def cut(body: bytes, size: int) -> Iterable[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_an_answer_is_understood_however_its_bytes_are_cut(end: bytes) -> None:
    body = FULL.replace(b"\n", end)
    for size in (*range(1, 30), 100, 1000, len(body)):
        found = read(cut(body, size))
        assert said(found) == f"Hello 🌍\n\n{CALL}"
        assert [one for one in found if isinstance(one, ReasoningDelta)] == [ReasoningDelta("Hm")]
        assert found[-2:] == [Usage(25, 89), Finished(FinishReason.STOP)]


@pytest.mark.parametrize(
    ("stop", "reason"),
    [
        ("end_turn", FinishReason.STOP),
        ("stop_sequence", FinishReason.STOP),
        ("pause_turn", FinishReason.STOP),
        ("max_tokens", FinishReason.LENGTH),
        ("model_context_window_exceeded", FinishReason.LENGTH),
        ("refusal", FinishReason.CONTENT_FILTER),
    ],
)
def test_an_end_is_known_by_its_word(stop: str, reason: FinishReason) -> None:
    pieces = [
        one for one in anthropic_stream("a", stop_reason=stop).pieces if isinstance(one, bytes)
    ]
    assert read(pieces)[-1] == Finished(reason)
    assert read(pieces[:-1])[-1] == Finished(reason)
    assert read(pieces[:-2])[-1] == Finished(FinishReason.CUT)


def test_an_answer_in_one_piece_is_understood() -> None:
    body = {
        "type": "message",
        "content": [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "Hello"}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 3, "output_tokens": 4},
    }
    assert read([json.dumps(body, indent=1).encode()]) == [
        ReasoningDelta("Hm"),
        TextDelta("Hello"),
        Usage(3, 4),
        Finished(FinishReason.STOP),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        b"{broken",
        b"[1]",
        b'{"type":5,"delta":{"text":"x"}}',
        b'{"type":"content_block_delta","delta":"x"}',
        b'{"type":"content_block_delta","delta":{"text":5,"thinking":[],"partial_json":{}}}',
        b'{"type":"content_block_start","content_block":[]}',
        b'{"type":"content_block_start","content_block":{"type":"text","text":7}}',
        b'{"type":"message_start","message":"x"}',
        b'{"type":"message_delta","delta":{"stop_reason":9},"usage":{"output_tokens":"x"}}',
        b'{"type":"later_invention","usage":7}',
    ],
)
def test_an_event_that_makes_no_sense_is_skipped(odd: bytes) -> None:
    pieces = [one for one in anthropic_stream("Hel", "lo").pieces if isinstance(one, bytes)]
    broken = [*pieces[:4], b"event: content_block_delta\ndata: " + odd + b"\n\n", *pieces[4:]]
    found = read(broken)
    assert said(found) == "Hello"
    assert found[-1] == Finished(FinishReason.STOP)


@pytest.mark.parametrize(
    ("kind", "words", "error", "fault"),
    [
        ("overloaded_error", "Overloaded", ProviderError, Fault.SERVER_ERROR),
        ("authentication_error", f"invalid key {KEY}", AuthenticationError, Fault.KEY_REFUSED),
        ("invalid_request_error", "prompt is too long: 2 tokens > 1 maximum", ContextLengthError,
         Fault.CONTEXT_LENGTH),
        ("api_error", "Internal server error", ProviderError, Fault.UPSTREAM_ERROR),
    ],
)  # fmt: skip
def test_an_error_in_the_stream_is_what_it_says(
    kind: str, words: str, error: type[ChatError], fault: Fault
) -> None:
    data = {"type": "error", "error": {"type": kind, "message": words}}
    start = anthropic_stream("Hel").pieces[3]
    assert isinstance(start, bytes)
    with pytest.raises(error) as caught:
        read([start, event(data, name="error")])
    assert caught.value.fault is fault
    assert KEY not in caught.value.message


def test_nothing_at_all_is_an_error() -> None:
    for body in (b"", b"<html>", b"{}", b'{"error":"x"}', b"event: message_stop\n\n"):
        with pytest.raises(ChatError):
            read([body])


def test_the_body_follows_the_protocol() -> None:
    picture = Attachment("a.png", "image/png", b"\x89PNG")
    messages = (
        Message(Role.SYSTEM, "Be kind"),
        Message(Role.USER, "What?", attachments=(picture,)),
        Message(Role.ASSISTANT, "A cat"),
        Message(Role.USER, "Sure?"),
    )
    parameters = Parameters(temperature=1.8, top_p=0.5, max_tokens=7, stop=("END", " "), seed=3)
    source = {"type": "base64", "media_type": "image/png", "data": "iVBORw=="}
    assert body_of(ChatRequest(model="", messages=messages, parameters=parameters), "m") == {
        "model": "m",
        "max_tokens": 7,
        "system": "Be kind",
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "image", "source": source},
                    {"type": "text", "text": "What?"},
                ],
            },
            {"role": "assistant", "content": "A cat"},
            {"role": "user", "content": "Sure?"},
        ],
        "stream": True,
        "temperature": 1.0,
        "top_p": 0.5,
        "stop_sequences": ["END"],
    }


def test_a_conversation_begins_with_the_user() -> None:
    messages = (Message(Role.ASSISTANT, "Hello"), *HI)
    turns = body_of(ChatRequest(model="", messages=messages), "m")["messages"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "user"]


def request(server: ApiServer, **fields: Any) -> ChatRequest:
    known = {"model": "m", "messages": HI, "address": server.url, "key": KEY}
    return ChatRequest(**{**known, **fields})


async def answer(asked: ChatRequest) -> list[StreamEvent]:
    async with aclosing(Anthropic.stream(asked)) as events:
        return [found async for found in events]


async def test_an_answer_comes_piece_by_piece() -> None:
    async with ApiServer(key=KEY) as server:
        server.answer(anthropic_stream("Hel", "lo"))
        assert await answer(request(server)) == [
            StageReached(Stage.CONNECTING),
            StageReached(Stage.WAITING),
            TextDelta("Hel"),
            TextDelta("lo"),
            Usage(9, 2),
            Finished(FinishReason.STOP),
        ]
        sent = server.questions[0]
    assert sent.path == "/v1/messages"
    assert sent.headers["anthropic-version"] == "2023-06-01"
    assert sent.headers["x-api-key"] == KEY
    assert "authorization" not in sent.headers


async def test_a_model_that_allows_fewer_tokens_is_asked_again() -> None:
    words = "max_tokens: 16384 > 4096, which is the maximum allowed number of output tokens for m"
    error = {"type": "error", "error": {"type": "invalid_request_error", "message": words}}
    async with ApiServer() as server:
        server.answer(Whole(error, status=400), anthropic_stream("Hello"))
        assert said(await answer(request(server))) == "Hello"
        assert [sent.json["max_tokens"] for sent in server.questions] == [16384, 4096]
        server.answer(Whole(error, status=400))
        with pytest.raises(ProviderError):
            await answer(request(server))
        assert len(server.questions) == 4


async def test_refusals_are_told_apart() -> None:
    async with ApiServer(key="another") as server:
        with pytest.raises(AuthenticationError) as caught:
            await answer(request(server))
        assert "{" not in sentence(caught.value)
        with pytest.raises(AuthenticationError) as missing:
            await answer(request(server, key=""))
    assert caught.value.fault is Fault.KEY_REFUSED
    assert missing.value.fault is Fault.KEY_MISSING


async def test_the_first_model_is_asked_where_none_is_named() -> None:
    async with ApiServer() as server:
        server.models = {"data": [{"type": "model", "id": "claude-x", "max_input_tokens": 5}]}
        server.answer(anthropic_stream("Hello"))
        await answer(request(server, model=""))
        assert server.questions[0].json["model"] == "claude-x"
        assert await Anthropic.fetch_models(request(server)) == (ModelInfo("claude-x", 5),)
        assert server.requests[0].path == "/v1/models?limit=1000"


async def test_leaving_early_hangs_up() -> None:
    async with ApiServer() as server:
        server.answer(Stream([*anthropic_stream("Hel").pieces[:4], Hold()]))
        async with aclosing(Anthropic.stream(request(server))) as events:
            async for found in events:
                if isinstance(found, TextDelta):
                    break
        await server.questions[0].hung_up.wait()
