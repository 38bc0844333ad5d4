"""What the providers with an API and a key have in common: sessions, and what a refusal means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from core import __version__
from core.errors import AuthenticationError, ChatError, Fault
from core.models import ChatRequest
from core.providers.api_address import ApiAddress
from core.providers.refusals import Asked, refusal_from_status, without_key

if TYPE_CHECKING:
    from core.net.response import StreamResponse
    from core.net.session import StreamSession

T = TypeVar("T")

USER_AGENT = f"Beseda/{__version__}"
ERROR_BODY = 64 * 1024
_LIST_LIMIT = 16 * 1024 * 1024


@asynccontextmanager
async def api_session(
    request: ChatRequest, address: ApiAddress, headers: Mapping[str, str]
) -> AsyncIterator[StreamSession]:
    """Give a session that says honestly what program this is; every error in it names the host.

    Raises:
        ConnectionFailedError: the proxy's address is malformed.
    """
    from core.net.session import StreamSession  # noqa: PLC0415 - aiohttp takes 0.3 s

    try:
        session = StreamSession(
            headers={
                "User-Agent": USER_AGENT,
                "Accept": "text/event-stream, application/json",
                "Accept-Language": "*",
                **headers,
                **request.headers,
            },
            cookies=request.cookies,
            proxy=request.proxy,
            limits=request.limits,
            trust=request.trust,
        )
        async with session:
            yield session
    except ChatError as error:
        error.data["host"] = error.data.get("host") or address.host
        error.message = without_key(error.message, request.key)
        raise


def key_of(request: ChatRequest, address: ApiAddress) -> str:
    """Return the key, fit for a header.

    Raises:
        AuthenticationError: no service gives out such a key.
    """
    key = request.key.strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise AuthenticationError(fault=Fault.KEY_REFUSED, host=address.host)
    return key


def asked_of(request: ChatRequest, model: str, host: str, url: str) -> Asked:
    """Return what tells why a request is refused."""
    has_images = any(a.is_image for message in request.messages for a in message.attachments)
    return Asked(host, model, url.partition("?")[0], request.key.strip(), has_images)


async def raise_refusal(response: StreamResponse, asked: Asked) -> None:
    """Raise what a failed status and its body stand for; a good answer is left unread.

    Raises:
        ChatError: the service refused.
    """
    if 200 <= response.status < 300:
        return
    body = (await response.read_start(ERROR_BODY)).decode("utf-8", "replace")
    raise refusal_from_status(response.status, response.headers, body, asked)


async def get_json(session: StreamSession, url: str, asked: Asked) -> bytes:
    """Return the body of a good answer to a GET.

    Raises:
        ChatError: the service was not reached, refused, or sends more than 16 MB.
    """
    async with session.get(url, headers={"Accept": "application/json"}) as response:
        await raise_refusal(response, asked)
        return await response.read_capped(_LIST_LIMIT)


def encoded(body: Mapping[str, Any]) -> bytes:
    """Return a document as the bytes of JSON."""
    return msgspec.json.encode(body)


async def prepared(request: ChatRequest, work: Callable[[], T]) -> T:
    """Return what `work()` makes of a request: beside the loop where there are files in it.

    Ten pictures are 50 MB of JSON, for which a window would stand still.
    """
    if any(message.attachments for message in request.messages):
        return await asyncio.to_thread(work)
    return work()
