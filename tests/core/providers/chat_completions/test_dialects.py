"""Streams in the form in which each kind of server sends them, read in pieces of any size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.events import Finished, FinishReason, ReasoningDelta, TextDelta, Usage
from core.providers.chat_completions.decoder import ChatCompletionsDecoder

STREAMS = Path(__file__).parent / "streams"
"""An answer of each server, with the fields and in the frame that it sends."""


@dataclass(frozen=True)
class Result:
    text: str
    thoughts: str = ""
    reason: FinishReason = FinishReason.STOP
    usage: Usage | None = None


def stream(name: str) -> bytes:
    return (STREAMS / f"{name}.sse").read_bytes()


def read(body: bytes, size: int = 0) -> Result:
    """Return what a client makes of a body that comes in pieces of `size` bytes."""
    decoder = ChatCompletionsDecoder()
    size = size or len(body) or 1
    events = []
    for start in range(0, len(body), size):
        if decoder.is_finished:
            break
        events += decoder.feed(body[start : start + size])
    events += decoder.finish()
    assert isinstance(events[-1], Finished)
    usages = [event for event in events if isinstance(event, Usage)]
    return Result(
        text="".join(event.text for event in events if isinstance(event, TextDelta)),
        thoughts="".join(event.text for event in events if isinstance(event, ReasoningDelta)),
        reason=events[-1].reason,
        usage=usages[0] if usages else None,
    )


DIALECTS: dict[str, Result] = {
    "openai": Result("Hello 🌍", usage=Usage(9, 3)),
    "azure": Result("Hello", reason=FinishReason.CONTENT_FILTER),
    "ollama": Result("Hello", "Okay", usage=Usage(26, 5)),
    "llama_cpp": Result("Hello", "Hm", FinishReason.LENGTH, Usage(14, 2)),
    "lm_studio": Result("Hello", usage=Usage(11, 2)),
    "vllm": Result("Hello", "Hm", usage=Usage(12, 4)),
    "openrouter": Result("Hello", "Hm", usage=Usage(7, 5)),
    "groq": Result("Hello", usage=Usage(36, 3)),
    "mistral": Result("Hello", "Hm", FinishReason.LENGTH, Usage(10, 4)),
    "deepseek": Result("Hello", "Hm", FinishReason.CUT, Usage(6, 8)),
    "gemini": Result("Hello", usage=Usage(4, 2)),
    "xai": Result("Hello", "Hm", usage=Usage(41, 2)),
    "together": Result("Hello", usage=Usage(5, 2)),
    "moonshot": Result("Hello", usage=Usage(19, 21)),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_a_server_is_understood_however_its_bytes_are_cut(name: str) -> None:
    body, expected = stream(name), DIALECTS[name]
    for size in (*range(1, 40), 100, 1000, 0):
        assert read(body, size) == expected, size


@pytest.mark.parametrize("name", DIALECTS)
def test_a_server_is_understood_without_the_end_of_its_stream(name: str) -> None:
    """Some servers forget [DONE]; a finish reason is end enough."""
    body, expected = stream(name), DIALECTS[name]
    assert read(body.replace(b"data: [DONE]", b"").rstrip()) == expected


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"data: ", b"data:"),
        (b"\n", b"\r\n"),
        (b"\n", b"\r"),
        (b"\n\n", b"\n"),
        (b"\n\n", b"\n\n: keep-alive\n\n"),
        (b"data: {", b"event: message\nid: 1\ndata: {"),
    ],
)
def test_the_frame_of_the_events_may_look_otherwise(name: str, old: bytes, new: bytes) -> None:
    body, expected = stream(name), DIALECTS[name]
    body = body.replace(old, new)
    for size in (1, 7, 0):
        assert read(body, size) == expected
