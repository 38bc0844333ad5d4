"""Responses that are read as they come, unpacked, and never without a limit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

import aiohttp

from core.errors import ChatError, Fault, ResponseFormatError
from core.net.connection_errors import FOREIGN_ERRORS, Route
from core.net.decompression import Inflater

if TYPE_CHECKING:
    from aiohttp.connector import Connection

    from core.patience import Patience

MEGABYTE = 1024 * 1024


class StreamResponse(aiohttp.ClientResponse):
    """A response of a `StreamSession`.

    Leaving its `async with` block hangs up at once, unless all of it was read. What goes wrong is
    raised as a `ChatError`.
    """

    _route: Route
    _max_bytes: int
    _connection_end: asyncio.Future[None] | None = None

    async def start(self, connection: Connection) -> Self:
        """Wait for the head, which may take as long as the user bears it."""
        patience: Patience | None = getattr(self._session, "patience", None)
        if patience is not None and connection.protocol is not None:
            patience.watch(connection.protocol)
        await super().start(connection)
        return self

    def bind(self, route: Route, max_bytes: int) -> None:
        """Take what reading needs; the session calls this once."""
        self._route = route
        self._max_bytes = max_bytes
        self._watch_connection()

    @property
    def route(self) -> Route:
        """Where this response came from; `route.host` is its host for a person."""
        return self._route

    def chunks(self, limit: int | None = None) -> Chunks:
        """Return the body, unpacked, in pieces as they arrive.

        `limit` is in unpacked bytes; without it, the session's `max_bytes` holds.
        """
        limit = self._max_bytes if limit is None else limit
        encoding = self.headers.get("Content-Encoding", "").strip().lower()
        if encoding in {"", "identity"}:
            return Chunks(self, limit)
        try:
            return _UnpackedChunks(self, limit, encoding)
        except ResponseFormatError as exc:
            self.close()
            exc.data["host"] = self._route.host
            raise

    async def read_capped(
        self, limit: int | None = None, *, error: ChatError | None = None
    ) -> bytes:
        """Return the whole body, unpacked, or hang up and raise when it is over `limit` bytes.

        Raises:
            ChatError: `error`, or by default a ResponseFormatError (ANSWER_TOO_LARGE).
        """
        limit = self._max_bytes if limit is None else limit
        try:
            if (self.content_length or 0) > limit:
                raise self.too_large(limit)
            return b"".join([chunk async for chunk in self.chunks(limit)])
        except ResponseFormatError as exc:
            self.close()
            if exc.fault is Fault.ANSWER_TOO_LARGE and error is not None:
                raise error from exc
            raise

    async def read_start(self, limit: int) -> bytes:
        """Return at most the first `limit` bytes of the body, and hang up on the rest.

        An error while reading ends the body, for the start of an error page beats no page.
        """
        start = bytearray()
        try:
            async for chunk in self.chunks():
                start += chunk
                if len(start) >= limit:
                    break
        except ChatError:
            pass
        self.release()
        return bytes(start[:limit])

    async def read(self) -> bytes:
        """Return the whole body; `text` and `json` use this."""
        if self._body is None:
            self._body = await self.read_capped()
        return self._body

    def release(self) -> None:
        """Give back a connection whose response was read; hang up on any other."""
        self._hang_up()
        super().release()

    def close(self) -> None:
        """Hang up."""
        self._hang_up()
        super().close()

    def _hang_up(self) -> None:
        # A transport's `close` would first send what is left of the request.
        if (connection := self.connection) and (transport := connection.transport):
            transport.abort()

    def _watch_connection(self) -> None:
        protocol = None if self.connection is None else self.connection.protocol
        if protocol is not None and (end := protocol.closed) is not None:
            self._connection_end = end
            end.add_done_callback(self._note_connection_end)

    def _note_connection_end(self, end: asyncio.Future[None]) -> None:
        end.exception()  # or asyncio says nobody looked
        # When the framing of a body breaks, aiohttp hangs up and tells its reader nothing.
        if not self.content.is_eof() and self.content.exception() is None:
            self.content.set_exception(aiohttp.ClientPayloadError("the body is broken"))

    @property
    def has_lost_connection(self) -> bool:
        """Whether the connection has ended, before or after the body."""
        return self._connection_end is not None and self._connection_end.done()

    def check_end(self) -> None:
        """Raise unless the body, which has ended, ended in good order.

        Raises:
            ConnectionFailedError: the connection was reset (RESET).
        """
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            return
        # aiohttp takes a reset for the end of a body that only the connection's end ends.
        end = self._connection_end
        if end is not None and end.done() and (error := end.exception()):
            raise self._route.error(Fault.RESET, str(error)) from error

    def too_large(self, limit: int) -> ResponseFormatError:
        """Return the error for a body of more than `limit` bytes."""
        megabytes = round(limit / MEGABYTE, 1)
        return ResponseFormatError(
            fault=Fault.ANSWER_TOO_LARGE,
            host=self._route.host,
            megabytes=int(megabytes) if megabytes.is_integer() else megabytes,
        )


class Chunks:
    """The body of a response; an asynchronous iterator that can be closed early.

    An object rather than an asynchronous generator: it costs less for each chunk, survives a
    cancelled `anext`, and needs no closing of its own.
    """

    def __init__(self, response: StreamResponse, limit: int) -> None:
        self._response = response
        self._limit = limit
        self._room = limit
        self._read = response.content.readany

    def __aiter__(self) -> Chunks:
        return self

    async def __anext__(self) -> bytes:
        try:
            chunk = await self._read()
        except FOREIGN_ERRORS as exc:
            self._response.close()
            raise self._response.route.translate(exc) from exc
        except RuntimeError as exc:
            if not self._response.has_lost_connection:
                raise
            # What aiohttp says when the body has broken, and the connection has just ended.
            self._response.close()
            raise self._response.route.error(Fault.RESET, str(exc)) from exc
        if not chunk:
            self._response.check_end()
            raise StopAsyncIteration
        self._room -= len(chunk)
        if self._room < 0:
            self._response.close()
            raise self._response.too_large(self._limit)
        return chunk

    async def aclose(self) -> None:
        """Hang up, unless the body has ended."""
        self._response.release()


class _UnpackedChunks(Chunks):
    """The body of a packed response; the limit holds for what is unpacked, too."""

    def __init__(self, response: StreamResponse, limit: int, encoding: str) -> None:
        super().__init__(response, limit)
        self._inflater = Inflater(encoding)
        self._pieces: Iterator[bytes] | None = None
        self._unpacked_room = limit

    async def __anext__(self) -> bytes:
        try:
            piece = await self._next_piece()
        except ResponseFormatError as exc:
            self._response.close()
            exc.data.setdefault("host", self._response.route.host)
            raise
        self._unpacked_room -= len(piece)
        if self._unpacked_room < 0:
            self._response.close()
            raise self._response.too_large(self._limit)
        return piece

    async def _next_piece(self) -> bytes:
        while True:
            if self._pieces is None:
                self._pieces = self._inflater.feed(await self._next_packed())
            else:
                # A bomb is unpacked slice by slice, and everybody else gets a turn in between.
                await asyncio.sleep(0)
            if piece := next(self._pieces, None):
                return piece
            self._pieces = None

    async def _next_packed(self) -> bytes:
        try:
            return await super().__anext__()
        except StopAsyncIteration:
            if not self._inflater.is_complete:
                raise self._response.route.error(Fault.RESET, "the packed data are cut") from None
            raise
