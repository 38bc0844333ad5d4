"""The HTTP session that everything streams over."""

from __future__ import annotations

import io
import ssl
import sys
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, cast

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from core.errors import ConnectionFailedError, Fault
from core.models import Limits, Trust
from core.net.connection_errors import FOREIGN_ERRORS, Route, bad_address
from core.net.connector import StreamConnector, StreamRequest
from core.net.handshakes import Watch
from core.net.proxies import Proxy, ProxyChoice, is_host
from core.net.response import MEGABYTE, StreamResponse
from core.net.trust import trust_in

if TYPE_CHECKING:
    from aiohttp.client import _BaseRequestContextManager

    from core.patience import Patience

    _Answering = _BaseRequestContextManager[StreamResponse]

MAX_BYTES = 64 * MEGABYTE
MAX_REDIRECTS = 5
_MAX_HEADER = 64 * 1024  # aiohttp's 8 KB are less than some sites' cookies and policies

_SYSTEMS = {"win32": "Windows NT 10.0; Win64; x64", "darwin": "Macintosh; Intel Mac OS X 10_15_7"}
BROWSER_HEADERS: Mapping[str, str] = {
    "User-Agent": (
        f"Mozilla/5.0 ({_SYSTEMS.get(sys.platform, 'X11; Linux x86_64')}) AppleWebKit/537.36"
        " (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"
    ),
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}

_LONG_BODY = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_KEEPS_METHOD = {307, 308}
_NO_LIMITS_SET = Limits()
_NO_TRUST_SET = Trust()

with warnings.catch_warnings():
    # aiohttp discourages subclasses of its session when the class is made. We want one all the
    # same: `async with session.post(...)` keeps the meaning that everybody knows.
    warnings.simplefilter("ignore", DeprecationWarning)

    class _Session(aiohttp.ClientSession):
        def __init_subclass__(cls) -> None:
            """Do without aiohttp's warning."""


class StreamSession(_Session):
    """An `aiohttp.ClientSession` made for streaming from one service.

    It looks like a browser, keeps cookies, goes through proxies, trusts what the system
    trusts, follows redirects within the same site only, limits silence but not the length of
    a reply, and raises a `ChatError` for whatever goes wrong on the way.
    """

    ATTRS = aiohttp.ClientSession.ATTRS | {
        "_proxies",
        "_limits",
        "_max_bytes",
        "_trust",
        "_watch",
        "_ssl_context",
        "_contexts",
        "_headers",
    }

    def __init__(
        self,
        *,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        proxy: str | None = None,
        limits: Limits = _NO_LIMITS_SET,
        max_bytes: int = MAX_BYTES,
        trust: Trust = _NO_TRUST_SET,
        watch: Watch | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """Make a session; it must be closed, best by `async with`.

        `headers` win over a browser's. `proxy` is `http`, `https`, `socks4`, `socks5` (names
        are looked up here) or `socks5h` (names are looked up there) with `user:password@`, or
        `none` for a direct connection; without it, or as `system`, the environment's proxy is
        used. `max_bytes` limits each body, unpacked. `trust` adds to the system's certificates,
        or leaves a single one; `watch` sees them; `ssl_context` stands in the place of both.

        Raises:
            ConnectionFailedError: `proxy` is malformed (PROXY_ADDRESS).
        """
        self._proxies = ProxyChoice(proxy)
        self._limits = limits
        self._max_bytes = max_bytes
        self._trust = trust
        self._watch = watch
        self._ssl_context = ssl_context
        self._contexts: dict[str, ssl.SSLContext] = {}
        # Not given to aiohttp, which would show them, keys and all, to an HTTP proxy.
        self._headers = CIMultiDict(BROWSER_HEADERS)
        self._headers.update(headers or {})
        super().__init__(
            connector=StreamConnector(self._proxies),
            # As browsers do: also for servers without a name, and nothing put into quotes.
            cookie_jar=aiohttp.CookieJar(unsafe=True, quote_cookie=False),
            cookies=dict(cookies or {}),
            request_class=StreamRequest,
            response_class=StreamResponse,
            timeout=aiohttp.ClientTimeout(connect=limits.connect, sock_read=limits.silence),
            auto_decompress=False,
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
        )
        # aiohttp would send a GET again when a kept connection breaks; a GET that fetches an
        # answer is good for one use only.
        self._retry_connection = False

    @property
    def patience(self) -> Patience | None:
        """What lets the user lift the limit on silence; None where nobody waits for it."""
        return self._limits.patience

    if TYPE_CHECKING:  # the bodies are aiohttp's; this tells the class of the response

        async def __aenter__(self) -> Self: ...

        def get(self, url: str | URL, **options: Any) -> _Answering:
            """Ask for a page."""

        def post(self, url: str | URL, **options: Any) -> _Answering:
            """Send a form or a document."""

    async def _request(self, method: str, str_or_url: str | URL, **options: Any) -> StreamResponse:
        """Send a request and follow redirects; see `aiohttp.ClientSession.request`.

        Raises:
            ConnectionFailedError: the service was not reached, or sends visitors elsewhere.
            ResponseFormatError: what answers does not speak HTTP.
        """
        url = _web_address(str_or_url)
        follows = options.pop("allow_redirects", True)
        for _ in range(MAX_REDIRECTS + 1):
            route = Route(url, await self._proxies.proxy_for(url), self._limits)
            response = await self._send(route, method, options)
            target = response.headers.get("Location")
            if not follows or target is None or response.status not in _REDIRECTS:
                return response
            response.close()
            url = _redirected(route, response, target, options)
            options.pop("params", None)
        raise route.error(Fault.REDIRECT, "too many redirects", target=str(url))

    async def _send(self, route: Route, method: str, options: Mapping[str, Any]) -> StreamResponse:
        proxy = route.proxy if route.proxy and not route.proxy.is_socks else None
        own = await self._options_for(route.url, proxy, options)
        refusal: aiohttp.ClientHttpProxyError
        try:
            answer = await super()._request(method, route.url, **{**options, **own})
        except aiohttp.ClientHttpProxyError as exc:
            refusal = exc
        except FOREIGN_ERRORS as exc:
            raise route.translate(exc) from exc
        else:
            response = cast("StreamResponse", answer)  # the class that the session was given
            response.bind(route, self._max_bytes)
            if response.status == 407 and proxy is not None:
                response.close()
                raise route.error(Fault.PROXY_PASSWORD)
            return response
        # Not chained, and not inside `except`: it holds what the proxy was sent, the password too.
        raise route.translate(refusal)

    async def _options_for(
        self, url: URL, proxy: Proxy | None, options: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what aiohttp must be told apart from the caller's options."""
        headers = self._headers.copy()
        headers.update(options.get("headers") or {})
        own: dict[str, Any] = {
            "headers": headers,
            "data": _body(options),
            "allow_redirects": False,
        }
        if proxy is not None:
            agent = {"User-Agent": headers["User-Agent"]}
            own |= {"proxy": proxy.url, "proxy_headers": agent | proxy.headers}
            if url.scheme == "http":
                headers.update(proxy.headers)
        if "https" in {url.scheme, proxy.scheme if proxy else ""}:
            own["ssl"] = await self._trusted(proxy)
        return own

    async def _trusted(self, proxy: Proxy | None) -> ssl.SSLContext:
        """Return the context of a request; another one would make a connection of its own."""
        if self._ssl_context is not None:
            return self._ssl_context
        proxy_host = proxy.host if proxy is not None and proxy.scheme == "https" else ""
        if proxy_host not in self._contexts:
            self._contexts[proxy_host] = await trust_in(
                self._trust, proxy_host=proxy_host, watch=self._watch
            )
        return self._contexts[proxy_host]


def _body(options: Mapping[str, Any]) -> Any:
    """Return the body, as a file where it is long: aiohttp sends that piece by piece."""
    data = options.get("data")
    return io.BytesIO(data) if isinstance(data, bytes) and len(data) > _LONG_BODY else data


def _web_address(address: str | URL) -> URL:
    try:
        url = URL(address)
    except ValueError:
        raise bad_address(str(address)) from None
    if url.scheme not in {"http", "https"} or not is_host(url.host):
        raise bad_address(url)
    return url


def _redirected(
    route: Route, response: StreamResponse, target: str, options: Mapping[str, Any]
) -> URL:
    """Return where a redirect leads, if it stays on the site and loses nothing.

    Raises:
        ConnectionFailedError: it does not (REDIRECT).
    """
    try:
        url = _web_address(route.url.join(URL(target)))
    except (ValueError, ConnectionFailedError):
        raise route.error(Fault.REDIRECT, target=target) from None
    is_question = response.method not in {"GET", "HEAD"}
    body = options.get("data")
    loses_question = is_question and (
        response.status not in _KEEPS_METHOD
        or not (body is None or isinstance(body, (bytes, str, Mapping)))
    )
    if loses_question or not _is_same_site(route.url, url):
        raise route.error(Fault.REDIRECT, target=str(url.with_user(None)))
    return url


def _is_same_site(here: URL, there: URL) -> bool:
    """Whether a redirect stays on its site; another port may belong to somebody else's program.

    On the way to https the port changes, and the certificate tells who is there.
    """
    if _host_without_www(here) != _host_without_www(there):
        return False
    if here.scheme == there.scheme:
        return here.port == there.port
    return there.scheme == "https"


def _host_without_www(url: URL) -> str:
    return (url.host or "").lower().removeprefix("www.")
