from __future__ import annotations

import base64
import functools
import logging
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from helpers.loopback_proxies import http_proxy, socks_proxy
from helpers.loopback_requests import UNKNOWN_NAME, failure, fetch, ok
from helpers.loopback_server import Peer, loopback, unused_port

from core.errors import ConnectionFailedError, Fault
from core.models import Limits
from core.net.session import StreamSession

if TYPE_CHECKING:
    from helpers.loopback_tls import PrivateAuthority


async def test_an_http_proxy_is_used() -> None:
    async with loopback(ok) as server, http_proxy() as proxy:
        session = StreamSession(proxy=f"http://127.0.0.1:{proxy.port}")
        host = f"service.invalid:{server.port}"
        assert await fetch(f"http://{host}/", session) == host
    assert proxy.targets == [host]


@pytest.mark.parametrize("password", ["user:word", "user:p@:ss %#/?", "пользователь:слово"])
async def test_an_http_proxys_password_is_sent(password: str) -> None:
    user, word = password.split(":", 1)
    async with loopback(ok) as server, http_proxy(password=password) as proxy:
        address = f"http://{quote(user, safe='')}:{quote(word, safe='')}@127.0.0.1:{proxy.port}"
        assert await fetch(server.url, StreamSession(proxy=address))
    assert proxy.targets == [f"127.0.0.1:{server.port}"]


async def test_https_goes_through_an_http_proxy(authority: PrivateAuthority) -> None:
    async with (
        loopback(ok, tls=authority.server("service.invalid")) as server,
        http_proxy(password="user:word") as proxy,
    ):
        address = f"http://user:word@127.0.0.1:{proxy.port}"
        session = StreamSession(proxy=address, ssl_context=authority.client())
        host = f"service.invalid:{server.port}"
        assert await fetch(f"https://{host}/", session) == host
    assert proxy.targets == [host]


async def test_a_proxy_sees_neither_our_key_nor_our_name(authority: PrivateAuthority) -> None:
    async with (
        loopback(ok, tls=authority.server()) as server,
        http_proxy(password="user:word") as proxy,
    ):
        session = StreamSession(
            headers={"Authorization": "Bearer key", "User-Agent": "Own/1"},
            proxy=f"http://user:word@127.0.0.1:{proxy.port}",
            ssl_context=authority.client(),
        )
        await fetch(server.url, session)
    (request,) = proxy.requests
    assert request.headers["user-agent"] == "Own/1"
    assert "authorization" not in request.headers
    assert "key" not in str(request)


async def test_a_proxy_that_speaks_tls_is_used(authority: PrivateAuthority) -> None:
    async with (
        loopback(ok, tls=authority.server()) as server,
        loopback(ok) as plain,
        http_proxy(tls=authority.server(), password="user:word") as proxy,
    ):
        for url in (server.url, plain.url):
            address = f"https://user:word@127.0.0.1:{proxy.port}"
            assert await fetch(url, StreamSession(proxy=address, ssl_context=authority.client()))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("user", ["user:wr0ng@", ""])
async def test_a_wrong_password_for_an_http_proxy_is_told(scheme: str, user: str) -> None:
    async with loopback(ok) as server, http_proxy(password="user:word") as proxy:
        session = StreamSession(proxy=f"http://{user}127.0.0.1:{proxy.port}")
        error = await failure(f"{scheme}://127.0.0.1:{server.port}/", session)
    assert error.fault is Fault.PROXY_PASSWORD
    assert error.data["proxy"] == f"http://127.0.0.1:{proxy.port}"


async def test_a_407_without_a_proxy_is_the_services_own() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.respond(status="407 Proxy Authentication Required")

    async with (
        loopback(handler) as server,
        StreamSession() as session,
        session.get(server.url) as response,
    ):
        assert response.status == 407


async def test_a_proxy_that_does_not_reach_the_service_is_told() -> None:
    async with http_proxy(refusal="502 Bad Gateway") as proxy:
        session = StreamSession(proxy=f"http://127.0.0.1:{proxy.port}")
        error = await failure("https://service.invalid/", session)
    assert error.fault is Fault.PROXY
    assert error.message == "502 Bad Gateway"
    assert error.data["host"] == "service.invalid"


SOCKS = ["socks4", "socks5", "socks5h"]


@pytest.mark.parametrize("scheme", SOCKS)
async def test_a_socks_proxy_is_used(scheme: str, authority: PrivateAuthority) -> None:
    async with (
        socks_proxy() as proxy,
        loopback(ok) as server,
        loopback(ok, tls=authority.server()) as secure,
    ):
        for url in (server.url, secure.url):
            address = f"{scheme}://127.0.0.1:{proxy.port}"
            assert await fetch(url, StreamSession(proxy=address, ssl_context=authority.client()))
    assert proxy.targets == [f"127.0.0.1:{server.port}", f"127.0.0.1:{secure.port}"]


async def test_socks5h_looks_names_up_at_the_proxy() -> None:
    async with socks_proxy() as proxy, loopback(ok) as server:
        host = f"service.invalid:{server.port}"
        session = StreamSession(proxy=f"socks5h://127.0.0.1:{proxy.port}")
        assert await fetch(f"http://{host}/", session) == host
    assert proxy.targets == [host]


@pytest.mark.parametrize("scheme", ["socks4", "socks5"])
async def test_the_other_kinds_look_names_up_here(scheme: str) -> None:
    async with socks_proxy() as proxy, loopback(ok) as server:
        session = StreamSession(proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        await fetch(f"http://localhost:{server.port}/", session)
        assert proxy.targets[0] in {f"127.0.0.1:{server.port}", f"::1:{server.port}"}
        session = StreamSession(proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        error = await failure(f"http://{UNKNOWN_NAME}/", session)
    assert error.fault is Fault.DNS


async def test_a_socks5_password_is_sent() -> None:
    async with socks_proxy(password="user:p@ss") as proxy, loopback(ok) as server:
        session = StreamSession(proxy=f"socks5://user:p%40ss@127.0.0.1:{proxy.port}")
        assert await fetch(server.url, session)


@pytest.mark.parametrize("user", ["user:wr0ng@", ""])
async def test_a_wrong_password_for_a_socks_proxy_is_told(user: str) -> None:
    async with socks_proxy(password="user:word") as proxy:
        session = StreamSession(proxy=f"socks5h://{user}127.0.0.1:{proxy.port}")
        error = await failure("http://service.invalid/", session)
    assert error.fault is Fault.PROXY_PASSWORD
    assert error.data["proxy"] == f"socks5h://127.0.0.1:{proxy.port}"


@pytest.mark.parametrize("scheme", SOCKS)
async def test_a_socks_proxy_that_refuses_is_told(scheme: str) -> None:
    async with socks_proxy(refuses=True) as proxy:
        session = StreamSession(proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        error = await failure("http://127.0.0.1/", session)
    assert error.fault is Fault.PROXY
    assert error.message


@pytest.mark.parametrize("scheme", [*SOCKS, "http", "https"])
@pytest.mark.parametrize("place", ["nobody", "unknown"])
async def test_a_proxy_that_is_not_there_is_told(scheme: str, place: str) -> None:
    host = "127.0.0.1" if place == "nobody" else UNKNOWN_NAME
    address = f"{scheme}://user:word@{host}:{unused_port()}"
    for url in ("http://127.0.0.1/", "https://127.0.0.1/"):
        error = await failure(url, StreamSession(proxy=address))
        assert error.fault is Fault.PROXY
        assert error.data["proxy"] == address.replace("user:word@", "")
        assert error.data["host"] == "127.0.0.1"


@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_a_proxy_that_hangs_up_is_told(scheme: str) -> None:
    async def hang_up(peer: Peer) -> None:
        await peer.reader.read(1)

    async with loopback(hang_up) as proxy:
        session = StreamSession(proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        error = await failure("https://127.0.0.1/", session)
    assert error.fault in {Fault.PROXY, Fault.RESET}
    assert error.data["proxy"] == f"{scheme}://127.0.0.1:{proxy.port}"


async def test_a_proxy_that_never_answers_is_limited() -> None:
    async def never_answers(peer: Peer) -> None:
        await peer.hung_up()

    async with loopback(never_answers) as proxy:
        for scheme in ("socks5h", "http"):
            address = f"{scheme}://127.0.0.1:{proxy.port}"
            session = StreamSession(proxy=address, limits=Limits(connect=0.2))
            error = await failure("https://service.invalid/", session)
            assert error.fault is Fault.CONNECT_TIMEOUT


@pytest.mark.parametrize(
    "address",
    [
        "proxy",
        "proxy:8080",
        "http://",
        "ftp://proxy:1",
        "http://proxy:99999",
        "http://proxy:0",
        "://",
        "socks6://proxy:1",
        "http://user:s3cret#@proxy:1",
        "http://a b:1",
        "http://[:1",
        "socks5://:1",
    ],
)
async def test_a_malformed_proxy_address_is_told(address: str) -> None:
    with pytest.raises(ConnectionFailedError) as caught:
        StreamSession(proxy=address)
    assert caught.value.fault is Fault.PROXY_ADDRESS
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("scheme", ["http", "https", "socks5h"])
async def test_a_password_never_shows(
    scheme: str, authority: PrivateAuthority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = ""
    tls = authority.server() if scheme == "https" else None
    refusing = socks_proxy if scheme == "socks5h" else functools.partial(http_proxy, tls=tls)
    async with refusing(password="user:word") as proxy:
        for port in (proxy.port, unused_port()):
            for url in ("http://service.invalid/", "https://service.invalid/"):
                address = f"{scheme}://user:s3cret@127.0.0.1:{port}"
                session = StreamSession(proxy=address, ssl_context=authority.client())
                shown += repr(vars(session))
                shown += everything_in(await failure(url, session))
    shown += caplog.text
    assert "service.invalid" in shown
    assert "s3cret" not in shown
    assert base64.b64encode(b"user:s3cret").decode() not in shown


def everything_in(error: BaseException | None) -> str:
    shown = "" if error is None else "".join(traceback.format_exception(error))
    while error is not None:
        shown += f"{error!r} {vars(error)!r}"
        error = error.__cause__ or error.__context__
    return shown


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("prefix", ["http://", "socks5h://", ""])
async def test_the_environments_proxy_is_used(
    name: str, prefix: str, environment: pytest.MonkeyPatch
) -> None:
    context = socks_proxy() if prefix.startswith("socks") else http_proxy()
    async with loopback(ok) as server, context as proxy:
        environment.setenv(name, f"{prefix}127.0.0.1:{proxy.port}")
        host = f"127.0.0.1.invalid:{server.port}"
        assert await fetch(f"http://{host}/", StreamSession()) == host
    assert proxy.targets == [host]


async def test_gnomes_way_to_name_a_socks_proxy_is_understood() -> None:
    async with loopback(ok) as server, socks_proxy() as proxy:
        assert await fetch(server.url, StreamSession(proxy=f"socks://127.0.0.1:{proxy.port}/"))
    assert len(proxy.targets) == 1


async def test_this_computer_is_never_reached_through_the_environments_proxy(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("all_proxy", f"http://127.0.0.1:{unused_port()}")
    async with loopback(ok) as server:
        assert await fetch(server.url, StreamSession())
        assert await fetch(f"http://localhost:{server.port}", StreamSession())


async def test_no_proxy_is_respected(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    environment.setenv("no_proxy", ".invalid")
    error = await failure(f"http://{UNKNOWN_NAME}/", StreamSession())
    assert error.fault is Fault.DNS


async def test_a_proxy_of_ones_own_goes_before_the_environments(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    environment.setenv("no_proxy", "*")
    async with loopback(ok) as server, http_proxy() as proxy:
        session = StreamSession(proxy=f"http://127.0.0.1:{proxy.port}")
        assert await fetch(f"http://service.invalid:{server.port}/", session)
    assert len(proxy.targets) == 1


@pytest.mark.parametrize("choice", [None, "", "system"])
async def test_the_environments_proxy_can_be_chosen_by_name(
    choice: str | None, environment: pytest.MonkeyPatch
) -> None:
    async with loopback(ok) as server, http_proxy() as proxy:
        environment.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert await fetch(f"http://service.invalid:{server.port}/", StreamSession(proxy=choice))
    assert len(proxy.targets) == 1


async def test_no_proxy_at_all_can_be_chosen_by_name(environment: pytest.MonkeyPatch) -> None:
    async with http_proxy() as proxy:
        environment.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        environment.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        for scheme in ("http", "https"):
            error = await failure(f"{scheme}://{UNKNOWN_NAME}/", StreamSession(proxy="none"))
            assert error.fault is Fault.DNS
    assert not proxy.requests


async def test_a_malformed_proxy_in_the_environment_is_told(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("http_proxy", "gopher://proxy:1")
    error = await failure("http://service.invalid/", StreamSession())
    assert error.fault is Fault.PROXY_ADDRESS
