"""The single requests of both protocols."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ContextLengthError,
    Fault,
    PageFormatError,
    RateLimitError,
    ResponseFormatError,
)
from core.events import StreamEvent
from core.net.status import error_for_status, is_challenge, retry_after
from core.providers.ai_power import refusals, v2
from core.providers.ai_power.page import (
    PAGE_LIMIT_MB,
    ChatPage,
    ContainerPage,
    ShortcodePage,
    read_page,
)

if TYPE_CHECKING:
    from aiohttp import MultipartWriter

    from core.net.response import StreamResponse
    from core.net.session import StreamSession

_USAGE_GRACE = 1.0
"""Seconds to wait for a token count after the last word."""
_SHORT_FORM = 64 * 1024
_LONG_FORM = 1_000_000
_ERROR_BODY = 64 * 1024
_MEGABYTE = 1024 * 1024


class Reader(Protocol):
    """What reads the body of an answer: `v1.Reader` or `v2.Reader`."""

    @property
    def is_finished(self) -> bool:
        """Whether the reply has ended."""

    @property
    def awaits_usage(self) -> bool:
        """Whether at most a token count is missing."""

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield what `chunk` completes."""

    def finish(self) -> Iterator[StreamEvent]:
        """Yield what the end of the body means."""


async def fetch_page(
    session: StreamSession, address: str, *, query: str = ""
) -> ShortcodePage | ContainerPage:
    """Get the page at `address` and read its chat.

    `query` is any text that makes the address new to a page cache.

    Raises:
        PageFormatError: there is no page, or no chat on it.
        BrowserCheckError: a CDN wants to see a browser.
    """
    params = {"nocache": query} if query else None
    headers = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    async with session.get(address, params=params, headers=headers) as response:
        if response.status >= 400:
            error = await _error_of(response)
            if response.status in {404, 410}:
                raise PageFormatError(fault=Fault.NOT_A_PAGE, status=response.status) from error
            raise error
        html = await response.read_capped(
            PAGE_LIMIT_MB * _MEGABYTE,
            error=PageFormatError(fault=Fault.PAGE_TOO_LARGE, megabytes=PAGE_LIMIT_MB),
        )
        try:
            location = str(response.url.without_query_params("nocache"))
            return read_page(html, address, location=location)
        except PageFormatError:
            # A CDN's check may come with status 200.
            start = html[:_ERROR_BODY].decode("utf-8", "replace")
            if is_challenge(response.status, response.headers, start):
                raise BrowserCheckError(status=response.status) from None
            raise


async def fresh_nonce(session: StreamSession, page: ContainerPage) -> str | None:
    """Ask for a new nonce, or return None where the site has no such endpoint (before 2.3.41)."""
    async with session.post(
        page.ajax_url, data=v2.nonce_form(page), headers=_origin(page)
    ) as response:
        if response.status != 200:
            return None
        body = await response.read_start(_ERROR_BODY)
    try:
        return v2.read_answer(body.decode("utf-8", "replace")).nonce or None
    except ChatError:
        return None


@asynccontextmanager
async def asked_v1(
    session: StreamSession, page: ShortcodePage, fields: Mapping[str, str]
) -> AsyncIterator[StreamResponse]:
    """Post the question and give the answer's response, its status checked."""
    async with _posted(session, page, fields) as response:
        await _check(response, sum(map(len, fields.values())))
        yield response


@asynccontextmanager
async def asked_v2(
    session: StreamSession,
    page: ContainerPage,
    name: v2.ServerConversation,
    message: str,
    *,
    on_taken: Callable[[], None],
) -> AsyncIterator[StreamResponse]:
    """Ask by stream or in one piece, as the page says, and give the response.

    `on_taken` is called as soon as the site may have taken the message into its memory.
    """
    if not page.streams:
        async with _posted(session, page, v2.json_form(page, name, message)) as response:
            error = await _failure_of(response, len(message))
            if not isinstance(error, refusals.EndpointGoneError):
                if not isinstance(error, refusals.NonceRefusedError):
                    on_taken()
                if error is not None:
                    raise error
                yield response
                return
    key = await _put(session, page, message)
    on_taken()
    query = v2.stream_query(page, name, key, time.time())
    async with session.get(page.ajax_url, params=query, headers=_origin(page)) as response:
        await _check(response)
        yield response


async def _put(session: StreamSession, page: ContainerPage, message: str) -> str:
    fields = v2.put_form(page, message)
    async with _posted(session, page, fields) as response:
        await _check(response, sum(map(len, fields.values())))
        body = await response.read_capped(_ERROR_BODY)
    key = v2.read_answer(body.decode("utf-8", "replace")).cache_key
    if not key:
        raise ResponseFormatError(fault=Fault.UNREADABLE_ANSWER)
    return key


def _origin(page: ChatPage) -> dict[str, str]:
    parts = urlsplit(page.ajax_url)
    return {
        "Origin": f"{parts.scheme}://{parts.netloc}",
        "Referer": page.location,
        "Accept": "text/event-stream, */*",
    }


@asynccontextmanager
async def _posted(
    session: StreamSession, page: ChatPage, fields: Mapping[str, str]
) -> AsyncIterator[StreamResponse]:
    """Post a form: url-encoded as a browser does, or in parts where that would take long."""
    data: Mapping[str, str] | MultipartWriter = fields
    if sum(map(len, fields.values())) > _SHORT_FORM:
        data = _in_parts(fields)
    async with session.post(page.ajax_url, data=data, headers=_origin(page)) as response:
        yield response


def _in_parts(fields: Mapping[str, str]) -> MultipartWriter:
    from aiohttp import BytesIOPayload, MultipartWriter  # noqa: PLC0415 - aiohttp takes 0.3 s

    form = MultipartWriter("form-data")
    for name, value in fields.items():
        part = BytesIOPayload(io.BytesIO(value.encode()))
        part.set_content_disposition("form-data", quote_fields=True, name=name)
        form.append_payload(part)
        # With a type it would be a file; text fields of a browser have none.
        del part.headers["Content-Type"]
    return form


async def read(response: StreamResponse, reader: Reader) -> AsyncGenerator[StreamEvent, None]:
    """Yield what `reader` makes of the body, until it has all that it wants."""
    deadline: float | None = None
    async with aclosing(response.chunks()) as chunks:
        while not reader.is_finished:
            if reader.awaits_usage:
                deadline = deadline or asyncio.get_running_loop().time() + _USAGE_GRACE
                chunk = await _in_time(anext(chunks, None), deadline)
            else:
                chunk = await anext(chunks, None)
            if chunk is None:
                break
            for event in reader.feed(chunk):
                yield event
    for event in reader.finish():
        yield event


async def _in_time(chunk: Awaitable[bytes | None], deadline: float) -> bytes | None:
    """Wait a little for what is welcome but not needed."""
    try:
        async with asyncio.timeout_at(deadline):
            return await chunk
    except TimeoutError:
        return None


async def _check(response: StreamResponse, size: int = 0) -> None:
    """Raise what a failed status and its body stand for; `size` is that of what was sent."""
    if error := await _failure_of(response, size):
        raise error


async def _failure_of(response: StreamResponse, size: int) -> ChatError | None:
    if response.status < 400:
        return None
    error = await _error_of(response)
    if isinstance(error, refusals.EndpointGoneError) and size > _LONG_FORM:
        # PHP drops all fields of a request over post_max_size, so that no action is left.
        return ContextLengthError(status=response.status)
    return error


async def _error_of(response: StreamResponse) -> ChatError:
    """Return what a failed status means, by the site's codes first, then by the status."""
    status = response.status
    body = (await response.read_start(_ERROR_BODY)).decode("utf-8", "replace")
    refusal = refusals.refusal_from_body(status, body)
    if refusal is None or refusal.fault is Fault.UPSTREAM_ERROR:
        error = error_for_status(status, response.headers, body, host=response.route.host)
        if status == 401:
            # Nobody has given us a key: it is the site's own that its model does not take.
            return AuthenticationError(error.message, fault=Fault.SITE_KEY_REFUSED, status=status)
        return error
    if isinstance(refusal, RateLimitError) and refusal.retry_after is None:
        refusal.retry_after = retry_after(response.headers)
    return refusal
