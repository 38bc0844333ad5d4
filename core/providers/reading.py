"""What a decoder of a dialect is, and how a response is read with one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol

from core.events import StreamEvent

if TYPE_CHECKING:
    from core.net.response import StreamResponse

_USAGE_GRACE = 1.0
"""Seconds to wait for a token count after the last word."""


class StreamDecoder(Protocol):
    """Turns the bytes of an answer, cut anywhere, into events; does no I/O.

    `feed` it the bytes as they come until `is_finished`, then `finish` it. Whatever the bytes are,
    it raises nothing but a ChatError.
    """

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is wanted, whatever else may come."""

    @property
    def is_complete(self) -> bool:
        """Whether the answer has ended, and at most its token count is missing."""

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield what `chunk` completes.

        Raises:
            ChatError: the service reports an error.
        """

    def finish(self) -> Iterator[StreamEvent]:
        """Yield what the end of the body means; the last event is `Finished`.

        Raises:
            ChatError: there was no answer.
        """


async def read_stream(
    response: StreamResponse, decoder: StreamDecoder
) -> AsyncGenerator[StreamEvent, None]:
    """Yield what `decoder` makes of the body, until it has all that it wants.

    Raises:
        ChatError: the connection broke, or the service reports an error.
    """
    deadline: float | None = None
    async with aclosing(response.chunks()) as chunks:
        while not decoder.is_finished:
            if decoder.is_complete:
                deadline = deadline or asyncio.get_running_loop().time() + _USAGE_GRACE
                chunk = await _in_time(anext(chunks, None), deadline)
            else:
                deadline = None
                chunk = await anext(chunks, None)
            if chunk is None:
                break
            for event in decoder.feed(chunk):
                yield event
    for event in decoder.finish():
        yield event


async def _in_time(chunk: Awaitable[bytes | None], deadline: float) -> bytes | None:
    """Wait a little for what is welcome but not needed."""
    try:
        async with asyncio.timeout_at(deadline):
            return await chunk
    except TimeoutError:
        return None
