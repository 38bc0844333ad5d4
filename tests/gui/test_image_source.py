"""Pictures come over real TLS from a server here, through a proxy that knows its name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from helpers.loopback_proxies import LoopbackProxy, http_proxy
from helpers.loopback_server import Peer, Request, loopback
from helpers.loopback_tls import PrivateAuthority

from core.errors import ChatError, Fault
from gui.image_source import MAX_BYTES, is_public, load_image

if TYPE_CHECKING:
    import ssl

HOST = "pictures.example.org"


@dataclass
class Pictures:
    """A server of one picture, and what it was asked for."""

    address: str
    proxy: str
    trust: ssl.SSLContext
    requests: list[Request]
    targets: LoopbackProxy

    async def load(self) -> bytes:
        return await load_image(self.address, proxy=self.proxy, trust=self.trust)


@asynccontextmanager
async def pictures(
    body: bytes, *, kind: str = "image/png", status: str = "200 OK", host: str = HOST
) -> AsyncIterator[Pictures]:
    authority, requests = PrivateAuthority(), []

    async def handle(peer: Peer) -> None:
        requests.append(await peer.request())
        await peer.respond(body, status=status, **{"Content-Type": kind})

    async with loopback(handle, tls=authority.server(host)) as server, http_proxy() as proxy:
        address = f"https://{HOST}:{server.port}/cat.png"
        way = f"http://127.0.0.1:{proxy.port}"
        yield Pictures(address, way, authority.client(), requests, proxy)


async def test_a_picture_is_loaded_and_nobody_learns_who_asked() -> None:
    body = b"\x89PNG" + bytes(100_000)
    async with pictures(body) as server:
        assert await server.load() == body
    (request,) = server.requests
    assert request.method == "GET"
    assert request.target == "/cat.png"
    assert request.headers["accept"] == "image/*"
    assert not {"cookie", "referer", "authorization"} & set(request.headers)


async def test_a_server_that_nobody_vouches_for_is_not_believed() -> None:
    async with pictures(b"picture", host="other.example.org") as server:
        with pytest.raises(ChatError) as caught:
            await server.load()
    assert caught.value.fault is Fault.TLS


async def test_a_picture_has_at_most_twenty_megabytes() -> None:
    async with pictures(bytes(MAX_BYTES + 1)) as server:
        with pytest.raises(ChatError) as caught:
            await server.load()
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE


async def test_what_is_no_picture_is_not_taken_for_one() -> None:
    async with pictures(b"<html></html>", kind="text/html") as server:
        with pytest.raises(ChatError):
            await server.load()


async def test_a_picture_that_is_not_there_is_an_error() -> None:
    async with pictures(b"", status="404 Not Found") as server:
        with pytest.raises(ChatError):
            await server.load()


@pytest.mark.parametrize(
    "address",
    [
        "http://pictures.example.org/cat.png",
        "https:///cat.png",
        "https://localhost/cat.png",
        "https://printer/cat.png",
        "https://printer.local/cat.png",
        "https://service.internal./cat.png",
        "https://127.0.0.1/cat.png",
        "https://10.1.2.3/cat.png",
        "https://192.168.1.1/cat.png",
        "https://169.254.169.254/cat.png",
        "https://[::1]/cat.png",
        "https://[fe80::1%25eth0]/cat.png",
        "https://2130706433/cat.png",
        "https://127.1/cat.png",
        "https://0x7f.0x1/cat.png",
        "https://user@192.168.1.1/cat.png",
    ],
)
async def test_an_answer_cannot_reach_into_the_readers_own_network(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ChatError) as caught:
        await load_image(address)
    assert caught.value.fault is Fault.BAD_ADDRESS


def test_the_public_internet_is_reached() -> None:
    assert is_public("https://pictures.example.org/cat.png")
    assert is_public("https://1.1.1.1/cat.png")
    assert is_public("https://xn--e1afmkfd.example.org:8443/a")
