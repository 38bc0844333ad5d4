"""What a diagnosis finds on the way to a service: names, proxies, certificates."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from helpers.diagnoses import authority_file, checks_of, failed, openai
from helpers.keyed_server import KeyedServer, keyed_server
from helpers.loopback_proxies import http_proxy, socks_proxy
from helpers.loopback_requests import UNKNOWN_NAME
from helpers.loopback_server import Peer, loopback, unused_port
from helpers.loopback_tls import PrivateAuthority

from core.access import Access
from core.diagnosis import (
    Finding,
    Outcome,
    Step,
    check_sentence,
    report,
)
from core.errors import Fault
from core.models import Profile, Trust


@pytest.mark.parametrize(
    ("address", "proxy", "fault"),
    [
        ("not an address", "none", Fault.BAD_ADDRESS),
        ("ftp://a.example", "none", Fault.BAD_ADDRESS),
        ("https://a.example", "http://user:s3cret@", Fault.PROXY_ADDRESS),
    ],
)
async def test_a_wrong_address_is_told_first(address: str, proxy: str, fault: Fault) -> None:
    check = failed(await checks_of(openai(address), Access(proxy=proxy)))
    assert check.step is Step.ADDRESS
    assert check.error is not None
    assert check.error.fault is fault
    assert "s3cret" not in report([check])


async def test_an_unknown_provider_is_told_first() -> None:
    assert failed(await checks_of(Profile("X", "morse"))).step is Step.ADDRESS


async def test_an_unknown_name_is_told() -> None:
    check = failed(await checks_of(openai(f"https://{UNKNOWN_NAME}/v1")))
    assert check.step is Step.DNS
    assert check.error is not None
    assert check.error.fault is Fault.DNS


async def test_a_program_that_does_not_run_here_is_told() -> None:
    check = failed(await checks_of(openai(f"http://127.0.0.1:{unused_port()}/v1")))
    assert (check.step, check.finding) == (Step.TCP, Finding.NOBODY_LISTENS)


WAYS = ["http", "https", "socks5", "socks5h"]


@pytest.mark.parametrize("way", WAYS)
async def test_a_service_behind_a_proxy_with_a_password_passes_every_step(
    way: str, tmp_path: Path
) -> None:
    authority = PrivateAuthority()
    trust = authority_file(authority, tmp_path)
    host = "localhost" if way == "socks5" else "service.invalid"
    async with AsyncExitStack() as stack:
        tls = authority.server(host)
        api = await stack.enter_async_context(keyed_server(KeyedServer(), tls=tls))
        proxy = await stack.enter_async_context(
            socks_proxy(password="user:w0rd!")
            if way.startswith("socks")
            else http_proxy(
                password="user:w0rd!", tls=authority.server() if way == "https" else None
            )
        )
        access = Access(proxy=f"{way}://user:w0rd%21@127.0.0.1:{proxy.port}")
        checks = await checks_of(openai(api.url_at(host), trust=trust), access)
    assert checks[Step.ADDRESS].finding is Finding.ASKED_BY_PROXY
    assert checks[Step.TCP].finding is Finding.PROXY_CONNECTED
    assert checks[Step.PROXY].finding is Finding.PROXY_LETS_THROUGH
    assert checks[Step.TLS].finding is Finding.SIGNED
    assert checks[Step.FIRST_WORD].finding is Finding.FIRST_WORD
    assert "w0rd" not in report(checks.values())


@pytest.mark.parametrize("way", ["http", "socks5h"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_does_not_take_the_password_is_told(way: str, scheme: str) -> None:
    start = socks_proxy if way == "socks5h" else http_proxy
    async with start(password="user:w0rd-1") as proxy:
        access = Access(proxy=f"{way}://user:wr0ng@127.0.0.1:{proxy.port}")
        check = failed(await checks_of(openai(f"{scheme}://service.invalid/v1"), access))
    assert check.step is Step.PROXY
    assert check.error is not None
    assert check.error.fault is Fault.PROXY_PASSWORD


async def test_a_proxy_that_does_not_reach_the_service_is_told() -> None:
    async with http_proxy(refusal="502 Bad Gateway") as proxy:
        access = Access(proxy=f"http://127.0.0.1:{proxy.port}")
        check = failed(await checks_of(openai("https://service.invalid/v1"), access))
    assert check.step is Step.PROXY
    assert check.error is not None
    assert check.error.fault is Fault.PROXY


async def test_a_proxy_whose_own_certificate_is_not_believed_is_told() -> None:
    async with http_proxy(tls=PrivateAuthority().server()) as proxy:
        access = Access(proxy=f"https://127.0.0.1:{proxy.port}")
        check = failed(await checks_of(openai("https://service.invalid/v1"), access))
    assert check.step is Step.PROXY
    assert check.error is not None
    assert check.error.fault is Fault.TLS
    assert check.error.data["host"] == "127.0.0.1"


async def test_a_far_service_without_tls_is_warned_of() -> None:
    async with keyed_server(KeyedServer()) as api, http_proxy(password="user:w0rd-1") as proxy:
        access = Access(proxy=f"http://user:w0rd-1@127.0.0.1:{proxy.port}")
        checks = await checks_of(openai(api.url_at("service.invalid")), access)
    assert checks[Step.TLS].finding is Finding.NO_TLS
    assert checks[Step.TLS].outcome is Outcome.WARNING


@pytest.mark.parametrize("place", ["nobody", "unknown"])
async def test_a_proxy_that_is_not_there_is_told(place: str) -> None:
    host = "127.0.0.1" if place == "nobody" else UNKNOWN_NAME
    access = Access(proxy=f"http://user:w0rd-1@{host}:{unused_port()}")
    check = failed(await checks_of(openai("https://service.invalid/v1"), access))
    if place == "nobody":
        assert (check.step, check.finding) == (Step.TCP, Finding.PROXY_UNREACHABLE)
    else:
        assert (check.step, check.finding) == (Step.DNS, Finding.PROXY_NAME_UNKNOWN)


async def test_where_the_proxy_of_this_computer_comes_from_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    checks = await checks_of(openai("http://service.invalid/v1"), Access(proxy="system"))
    assert checks[Step.ADDRESS].finding is Finding.ASKED_BY_SYSTEM_PROXY


async def test_who_signed_and_until_when_is_told(tmp_path: Path) -> None:
    authority = PrivateAuthority(name="Firma")
    until = datetime.now(UTC) + timedelta(days=30)
    own = authority.certificate("127.0.0.1", until=until)
    async with keyed_server(KeyedServer(), tls=own.server) as api:
        checks = await checks_of(openai(api.url, trust=authority_file(authority, tmp_path)))
    text = check_sentence(checks[Step.TLS])
    assert text.startswith("TLS 1.3, with a certificate signed by “")
    assert "Firma" in text
    assert text.endswith(f"that holds until {until.date()}.")
    assert checks[Step.FIRST_WORD].outcome is Outcome.OK


async def test_a_certificate_that_ends_soon_is_told(tmp_path: Path) -> None:
    authority = PrivateAuthority()
    own = authority.certificate("127.0.0.1", until=datetime.now(UTC) + timedelta(days=2))
    async with keyed_server(KeyedServer(), tls=own.server) as api:
        checks = await checks_of(openai(api.url, trust=authority_file(authority, tmp_path)))
    assert checks[Step.TLS].outcome is Outcome.WARNING
    assert checks[Step.TLS].finding is Finding.ENDS_SOON
    assert checks[Step.FIRST_WORD].outcome is Outcome.OK


@pytest.mark.parametrize("way", ["none", "http", "socks5h"])
async def test_a_certificate_of_an_unknown_authority_is_shown_and_can_be_trusted(way: str) -> None:
    own = PrivateAuthority(name="Firma").certificate("127.0.0.1")
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(keyed_server(KeyedServer(), tls=own.server))
        access = Access(proxy="none")
        if way != "none":
            start = http_proxy if way == "http" else socks_proxy
            proxy = await stack.enter_async_context(start(password="user:w0rd-1"))
            access = Access(proxy=f"{way}://user:w0rd-1@127.0.0.1:{proxy.port}")
        check = failed(await checks_of(openai(api.url), access))
        assert (check.step, check.finding) == (Step.TLS, Finding.SIGNED_BY_UNKNOWN)
        assert "Firma" in check_sentence(check)
        assert check.certificate is not None
        trust = Trust(fingerprint=check.certificate.fingerprint)
        checks = await checks_of(openai(api.url, trust=trust), access)
    assert checks[Step.TLS].finding is Finding.TRUSTED_ALONE
    assert checks[Step.FIRST_WORD].outcome is Outcome.OK


async def test_a_certificate_for_another_name_is_told(tmp_path: Path) -> None:
    authority = PrivateAuthority()
    own = authority.certificate("a.example", "b.example")
    async with keyed_server(KeyedServer(), tls=own.server) as api:
        profile = openai(api.url, trust=authority_file(authority, tmp_path))
        check = failed(await checks_of(profile))
    assert (check.step, check.finding) == (Step.TLS, Finding.FOR_ANOTHER_NAME)
    assert "is for a.example, b.example;" in check_sentence(check)


async def test_a_certificate_that_has_ended_is_told(tmp_path: Path) -> None:
    authority = PrivateAuthority()
    own = authority.certificate("127.0.0.1", until=datetime(2001, 2, 3, tzinfo=UTC))
    async with keyed_server(KeyedServer(), tls=own.server) as api:
        profile = openai(api.url, trust=authority_file(authority, tmp_path))
        check = failed(await checks_of(profile))
    assert (check.step, check.finding) == (Step.TLS, Finding.HAS_ENDED)
    assert "ended on 2001-02-03" in check_sentence(check)


async def test_another_certificate_than_the_trusted_one_is_told_and_shown() -> None:
    own = PrivateAuthority().certificate("127.0.0.1")
    async with keyed_server(KeyedServer(), tls=own.server) as api:
        check = failed(await checks_of(openai(api.url, trust=Trust(fingerprint="0" * 64))))
    assert check.step is Step.TLS
    assert check.error is not None
    assert check.error.fault is Fault.OTHER_CERTIFICATE
    assert check.certificate is not None
    assert not api.requests


@pytest.mark.parametrize("has_proxy", [True, False])
async def test_a_file_of_certificates_that_cannot_be_read_is_told(
    tmp_path: Path, *, has_proxy: bool
) -> None:
    trust = Trust(ca_file=str(tmp_path / "missing.pem"))
    tls = PrivateAuthority().server()
    async with keyed_server(KeyedServer(), tls=tls) as api, http_proxy() as proxy:
        access = Access(proxy=f"http://127.0.0.1:{proxy.port}" if has_proxy else "none")
        check = failed(await checks_of(openai(api.url, trust=trust), access))
        assert not proxy.requests
    assert check.step is Step.TLS
    assert check.error is not None
    assert check.error.fault is Fault.CA_FILE


async def test_a_server_without_tls_is_told() -> None:
    async def plain(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await peer.hung_up()

    async with loopback(plain) as server:
        check = failed(await checks_of(openai(f"https://127.0.0.1:{server.port}/v1")))
    assert check.step is Step.TLS
    assert check.error is not None
    assert check.error.fault is Fault.TLS


async def test_what_is_no_web_server_is_told() -> None:
    async def other(peer: Peer) -> None:
        await peer.send(b"220 mail.example ESMTP\r\n")
        await peer.hung_up()

    async with loopback(other) as server:
        check = failed(await checks_of(openai(server.url)))
    assert check.step is Step.HTTP
