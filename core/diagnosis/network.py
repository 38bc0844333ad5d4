"""The first steps: from the name to what the web server says."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections.abc import AsyncGenerator

from core import __version__
from core.diagnosis.certificates import tls_check, tls_trouble
from core.diagnosis.checks import Check, Finding, Outcome, Step
from core.diagnosis.target import LIMITS, Stopwatch, Target, is_number
from core.errors import ChatError, Fault
from core.net.handshakes import Watch
from core.net.session import StreamSession
from core.net.status import error_for_status, is_challenge

_BODY_START = 64 * 1024
_MOST_ADDRESSES = 3
_LOOKS_NAMES_UP = {"http", "https", "socks5h", "socks"}
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH}
_OF_TLS = {Fault.TLS, Fault.OTHER_CERTIFICATE}
_OF_PROXY = {Fault.PROXY, Fault.PROXY_PASSWORD, Fault.PROXY_ADDRESS}


async def name_check(target: Target) -> Check:
    """Look up what has to be looked up on this computer."""
    watch = Stopwatch()
    proxy = target.proxy
    if proxy is not None and not is_number(proxy.host):
        try:
            await _addresses(proxy.host, proxy.port)
        except (OSError, UnicodeError):
            return _failed(target, Step.DNS, watch, Finding.PROXY_NAME_UNKNOWN)
    if proxy is not None and proxy.scheme in _LOOKS_NAMES_UP:
        found, outcome = Finding.NAME_LEFT_TO_PROXY, Outcome.SKIPPED
        return Check(Step.DNS, outcome, watch.lap(), finding=found, data=target.names)
    if is_number(target.url.raw_host or ""):
        found, outcome = Finding.NAME_IS_ADDRESS, Outcome.SKIPPED
        return Check(Step.DNS, outcome, finding=found, data=target.names)
    try:
        addresses = await _addresses(target.url.raw_host or "", target.url.port or 0)
    except TimeoutError:
        return _failed(target, Step.DNS, watch, Finding.NAME_SLOW)
    except (OSError, UnicodeError) as exc:
        words = getattr(exc, "strerror", None) or ""
        return _error(Step.DNS, watch.lap(), target.route.error(Fault.DNS, words))
    shown = ", ".join(addresses[:_MOST_ADDRESSES])
    data = {**target.names, "addresses": shown}
    return Check(Step.DNS, Outcome.OK, watch.lap(), finding=Finding.NAME_FOUND, data=data)


async def connection_check(target: Target) -> Check:
    """Connect to the proxy, or else to the service, and hang up."""
    watch = Stopwatch()
    proxy, url = target.proxy, target.url
    host, port = (proxy.host, proxy.port) if proxy else (url.raw_host or "", url.port or 0)
    try:
        async with asyncio.timeout(LIMITS.connect):
            _, writer = await asyncio.open_connection(host, port)
    except OSError as exc:
        return _no_connection(target, watch, exc)
    writer.transport.abort()
    found = Finding.PROXY_CONNECTED if proxy else Finding.CONNECTED
    return Check(Step.TCP, Outcome.OK, watch.lap(), finding=found, data=target.names)


def _no_connection(target: Target, watch: Stopwatch, error: OSError) -> Check:
    if target.proxy is not None:
        return _failed(target, Step.TCP, watch, Finding.PROXY_UNREACHABLE)
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        failure = target.route.error(Fault.CONNECT_TIMEOUT, seconds=int(LIMITS.connect))
        return _error(Step.TCP, watch.lap(), failure)
    if error.errno in _NO_WAY:
        return _failed(target, Step.TCP, watch, Finding.UNREACHABLE)
    host = target.url.raw_host or ""
    if host in {"localhost", "::1"} or host.startswith("127."):
        return _failed(target, Step.TCP, watch, Finding.NOBODY_LISTENS)
    return _error(Step.TCP, watch.lap(), target.route.error(Fault.CONNECTION_REFUSED))


async def web_checks(target: Target) -> AsyncGenerator[Check, None]:
    """Send one request without a key, and yield what it tells of proxy, TLS and web server."""
    began = time.monotonic()
    handshake = Watch()
    try:
        web = await _web_check(target, handshake)
    except ChatError as exc:
        ended = time.monotonic()
        async for check in _broken_off(target, handshake, exc, began, ended):
            yield check
        return
    ended = time.monotonic()
    through = handshake.began_at or ended
    yield _proxy_check(target, through - began)
    secured = handshake.ended_at or began
    yield tls_check(target, handshake, secured - (handshake.began_at or secured))
    answered = ended - (handshake.ended_at or began)
    yield Check(
        Step.HTTP, web.outcome, answered, finding=web.finding, data=web.data, error=web.error
    )


async def _web_check(target: Target, handshake: Watch) -> Check:
    headers = {} if target.is_site else {"User-Agent": f"Beseda/{__version__}", "Accept": "*/*"}
    session = StreamSession(
        headers=headers,
        proxy=target.access.proxy,
        limits=LIMITS,
        trust=target.profile.trust,
        watch=handshake,
    )
    async with session, session.get(target.url, allow_redirects=False) as response:
        body = (await response.read_start(_BODY_START)).decode("utf-8", "replace")
    status, headers_there = response.status, response.headers
    if status >= 500 or is_challenge(status, headers_there, body):
        error = error_for_status(status, headers_there, body, host=target.route.host)
        return Check(Step.HTTP, Outcome.WARNING, error=error)
    data = {**target.names, "status": status}
    return Check(Step.HTTP, Outcome.OK, finding=Finding.ANSWERS, data=data)


async def _broken_off(
    target: Target, handshake: Watch, error: ChatError, began: float, ended: float
) -> AsyncGenerator[Check, None]:
    """Yield the checks up to the one that `error` ended."""
    if error.fault is Fault.CA_FILE:  # nobody was asked
        found = Finding.NOT_TRIED if target.proxy else Finding.NO_PROXY
        yield Check(Step.PROXY, Outcome.SKIPPED, finding=found)
    elif target.proxy is not None and _is_by_proxy(target, handshake, error):
        yield _no_way_through(target, error, ended - began)
        return
    else:
        yield _proxy_check(target, (handshake.began_at or ended) - began)
    is_secured = handshake.ended_at is not None and error.fault not in _OF_TLS
    if target.url.scheme == "https" and not is_secured:
        yield await tls_trouble(target, error, ended - (handshake.began_at or began))
        return
    secured = handshake.ended_at or began
    yield tls_check(target, handshake, secured - (handshake.began_at or secured))
    yield _error(Step.HTTP, ended - secured, error)


def _is_by_proxy(target: Target, handshake: Watch, error: ChatError) -> bool:
    """Whether the way ended at the proxy; without TLS, a silent service looks much the same."""
    if error.fault in _OF_PROXY:
        return True
    has_tls = target.url.scheme == "https"
    return handshake.began_at is None and (has_tls or error.fault is Fault.CONNECT_TIMEOUT)


def _proxy_check(target: Target, seconds: float) -> Check:
    if target.proxy is None:
        return Check(Step.PROXY, Outcome.SKIPPED, finding=Finding.NO_PROXY)
    found = Finding.PROXY_LETS_THROUGH
    return Check(Step.PROXY, Outcome.OK, seconds, finding=found, data=target.names)


def _no_way_through(target: Target, error: ChatError, seconds: float) -> Check:
    if error.fault is Fault.CONNECT_TIMEOUT:
        data = {**target.names, "seconds": int(LIMITS.connect)}
        found = Finding.PROXY_SLOW
        return Check(Step.PROXY, Outcome.FAILED, seconds, finding=found, data=data)
    return _error(Step.PROXY, seconds, error)


async def _addresses(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(LIMITS.connect):
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _failed(target: Target, step: Step, watch: Stopwatch, finding: Finding) -> Check:
    data = {**target.names, "seconds": int(LIMITS.connect)}
    return Check(step, Outcome.FAILED, watch.lap(), finding=finding, data=data)


def _error(step: Step, seconds: float, error: ChatError) -> Check:
    return Check(step, Outcome.FAILED, seconds, error=error)
