"""Single requests to loopback servers, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import ProviderError
from core.net.session import StreamSession
from core.sentences import sentence

if TYPE_CHECKING:
    from helpers.loopback_server import Peer

UNKNOWN_NAME = ".".join(["a" * 60] * 5) + ".invalid"
"""Too long to be a name: the lookup fails on this computer, without asking anybody."""


async def ok(peer: Peer) -> None:
    request = await peer.request()
    await peer.respond(request.headers["host"].encode())


async def fetch(url: str, session: StreamSession) -> str:
    async with session, session.get(url) as response:
        assert response.status == 200
        return await response.text()


async def failure(url: str, session: StreamSession) -> ProviderError:
    """Return the error of a request, checked to be one whose sentence can be made."""
    async with session:
        with pytest.raises(ProviderError) as caught:
            await session.get(url)
    assert "{" not in sentence(caught.value)
    return caught.value
