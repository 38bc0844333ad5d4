"""Loads a picture of an answer, once somebody has asked for it."""

from __future__ import annotations

from core.errors import ConnectionFailedError, Fault, ResponseFormatError

MAX_BYTES = 20_000_000


async def load_image(address: str, *, proxy: str | None = None) -> bytes:
    """Return the bytes of the picture at an https address, at most 20 MB of them.

    Nothing is told to the server but what any visitor tells: no cookie, no page that led there.

    Raises:
        ChatError: it cannot be had, is no picture, or is too large.
    """
    from core.net.session import StreamSession  # noqa: PLC0415 - aiohttp takes 0.3 s
    from core.net.status import raise_for_status  # noqa: PLC0415 - as above

    if not address.startswith("https://"):
        raise ConnectionFailedError(fault=Fault.BAD_ADDRESS, address=address, retryable=False)
    async with (
        StreamSession(headers={"Accept": "image/*"}, proxy=proxy) as session,
        session.get(address) as response,
    ):
        await raise_for_status(response)
        if not response.content_type.startswith("image/"):
            raise ResponseFormatError(host=response.route.host)
        return await response.read_capped(MAX_BYTES)
