"""Whatever becomes of an answer on its way, it is read, or is an error that is expected.

100,000 answers are read as the providers read them, without sockets; BESEDA_FUZZ_PARTS=20 reads as
many of each provider. `pytest`'s limit ends a test that hangs.
"""

from __future__ import annotations

import gc
import os
import tracemalloc
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from helpers.mutated_streams import MutatedStreams, PiecesOfBody

from core.errors import ChatError
from core.events import Finished, ReasoningDelta, StreamEvent, TextDelta, Usage
from core.providers.ai_power import exchange, v1, v2
from core.providers.anthropic import AnthropicDecoder
from core.providers.chat_completions.decoder import ChatCompletionsDecoder
from core.providers.reading import read_stream

SAMPLES = Path(__file__).parent / "samples"
RECORDED = Path(__file__).parents[1] / "chat_completions" / "streams"
PARTS = int(os.environ.get("BESEDA_FUZZ_PARTS", "5"))
EACH = 5_000
"""Answers in one part of one dialect."""
MEGABYTE = 1024 * 1024
Read = Callable[[Any, Any], AsyncGenerator[StreamEvent, None]]


@dataclass(frozen=True)
class Dialect:
    """How one provider reads an answer."""

    name: str
    read: Read
    decoder: Callable[[], Any]
    folder: Path

    @property
    def samples(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.iterdir())]

    def events(self, pieces: Iterator[bytes]) -> AsyncGenerator[StreamEvent, None]:
        return self.read(PiecesOfBody(pieces), self.decoder())


DIALECTS = (
    Dialect("openai", read_stream, ChatCompletionsDecoder, RECORDED),
    Dialect("anthropic", read_stream, AnthropicDecoder, SAMPLES / "anthropic"),
    Dialect("v1", exchange.read, v1.Reader, SAMPLES / "v1"),
    Dialect("v2", exchange.read, v2.Reader, SAMPLES / "v2"),
)

each_dialect = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)


async def read_one(dialect: Dialect, body: bytes, pieces: Iterator[bytes]) -> bool:
    """Read an answer, check what came of it, and return whether it was one."""
    length, finished = 0, 0
    failure: ChatError | None = None
    try:
        async with aclosing(dialect.events(pieces)) as events:
            async for event in events:
                assert not finished, "something came after the end"
                if isinstance(event, TextDelta | ReasoningDelta):
                    assert isinstance(event.text, str)
                    length += len(event.text)
                elif isinstance(event, Usage):
                    assert min(event.prompt_tokens, event.completion_tokens) >= 0
                else:
                    assert isinstance(event, Finished)
                    finished += 1
    except ChatError as error:
        failure = error
    assert finished == (failure is None), "it did not end, or an error came after the end"
    assert failure is None or len(failure.message) < 100_000
    assert length <= 20 * len(body) + 1000, "it has become more on the way"
    return failure is None


@each_dialect
@pytest.mark.parametrize("part", range(PARTS))
async def test_any_answer_is_read_or_is_an_error_that_is_expected(
    dialect: Dialect, part: int
) -> None:
    streams = MutatedStreams(dialect.samples, seed=(dialect.name, part))
    gc.collect()
    before = psutil.Process().memory_info().rss
    answers = 0
    for number in range(EACH):
        body = streams.body()
        try:
            answers += await read_one(dialect, body, streams.pieces(body))
        except Exception as exc:
            exc.add_note(f"answer {number}: {body!r}"[:3000])
            raise
    assert EACH // 5 < answers < EACH * 4 // 5, "hardly one can be read, or hardly one was changed"
    gc.collect()
    grown = psutil.Process().memory_info().rss - before
    assert grown < 64 * MEGABYTE, f"{grown / MEGABYTE:.0f} MB are kept of what is over"


@each_dialect
async def test_a_long_answer_needs_little_memory(dialect: Dialect) -> None:
    streams = MutatedStreams(dialect.samples, seed=("long", dialect.name))
    for _ in range(20):
        body = b"".join(streams.body() for _ in range(500))
        tracemalloc.start()
        try:
            await read_one(dialect, body, streams.pieces(body))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 6 * len(body) + 4 * MEGABYTE
