"""Loads a picture of an answer, once somebody has asked for it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.errors import ConnectionFailedError, Fault, ResponseFormatError

if TYPE_CHECKING:
    import ssl

MAX_BYTES = 20_000_000
_HOME_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


async def load_image(
    address: str, *, proxy: str | None = None, trust: ssl.SSLContext | None = None
) -> bytes:
    """Return the bytes of the picture at an https address, at most 20 MB of them.

    Nothing is told to the server but what any visitor tells: no cookie, no page that led there.
    An answer may be hostile, and its pictures must not reach into the reader's own network: what
    is no address or name of the public internet is refused. `trust` takes the place of the
    certificates that the system trusts.

    Raises:
        ChatError: it cannot be had, is no picture, or is too large.
    """
    from core.net.session import StreamSession  # noqa: PLC0415 - aiohttp takes 0.3 s
    from core.net.status import raise_for_status  # noqa: PLC0415 - as above

    if not is_public(address):
        raise ConnectionFailedError(fault=Fault.BAD_ADDRESS, address=address, retryable=False)
    async with (
        StreamSession(headers={"Accept": "image/*"}, proxy=proxy, ssl_context=trust) as session,
        session.get(address) as response,
    ):
        await raise_for_status(response)
        if not response.content_type.startswith("image/"):
            raise ResponseFormatError(host=response.route.host)
        return await response.read_capped(MAX_BYTES)


def is_public(address: str) -> bool:
    """Whether an address is https and, by what it says, leads to the public internet."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme != "https" or not host:
        return False
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_global
    except ValueError:
        pass
    # Numbers in other notations, such as 2130706433 or 0x7f.1, are addresses to some resolvers.
    last = host.rpartition(".")[2]
    return "." in host and not last[:1].isdigit() and not host.endswith(_HOME_NAMES)
