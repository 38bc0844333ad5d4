"""Which proxy a request goes through, and the proxy's address without its password."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
from dataclasses import dataclass, field
from urllib.request import getproxies, proxy_bypass

from yarl import URL

from core.errors import ConnectionFailedError, Fault

_DEFAULT_PORTS = {
    "http": 80,
    "https": 443,
    "socks4": 1080,
    "socks5": 1080,
    "socks5h": 1080,
    "socks": 1080,  # what GNOME writes into ALL_PROXY
}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy's address, taken apart; its `repr` never holds the password."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, address: str) -> Proxy:
        """Read `scheme://user:password@host:port`; only scheme and host are needed.

        Raises:
            ConnectionFailedError: that is no proxy's address (PROXY_ADDRESS).
        """
        try:
            url = URL(address.strip())
        except ValueError:
            # Not chained: the error's words may hold the password.
            raise _malformed() from None
        port = _DEFAULT_PORTS.get(url.scheme)
        if port is None or not is_host(url.host) or url.explicit_port == 0:
            raise _malformed()
        return cls(
            url.scheme,
            url.host or "",
            url.explicit_port or port,
            url.user or "",
            url.password or "",
        )

    @property
    def is_socks(self) -> bool:
        """Whether it speaks SOCKS, not HTTP."""
        return self.scheme.startswith("socks")

    @property
    def url(self) -> URL:
        """The address without user and password, as a person may see it."""
        return URL.build(scheme=self.scheme, host=self.host, port=self.port)

    @property
    def headers(self) -> dict[str, str]:
        """What makes the user known to an HTTP proxy."""
        if not (self.user or self.password):
            return {}
        credentials = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Proxy-Authorization": f"Basic {credentials}"}


SYSTEM = "system"
"""In the place of a proxy's address: what the environment or the system's settings name."""
DIRECT = "none"
"""In the place of a proxy's address: no proxy, whatever the environment says."""


class ProxyChoice:
    """Chooses the proxy of each request: the one that was set, or what the environment names."""

    def __init__(self, address: str | None) -> None:
        """Take `address` for all requests, or ask the environment where it is `SYSTEM` or nothing.

        `DIRECT` means no proxy at all.

        Raises:
            ConnectionFailedError: the address is malformed (PROXY_ADDRESS).
        """
        self._is_direct = address == DIRECT
        names_none = self._is_direct or not address or address == SYSTEM
        self._fixed = None if names_none else Proxy.parse(address or "")
        self._known: dict[URL, Proxy | None] = {}

    async def proxy_for(self, url: URL) -> Proxy | None:
        """Return the proxy for `url`, None for a direct connection.

        Raises:
            ConnectionFailedError: the environment's address is malformed (PROXY_ADDRESS).
        """
        if self._is_direct or self._fixed is not None:
            return self._fixed
        origin = url.origin()
        if origin not in self._known:
            self._known[origin] = await _environment_proxy(origin)
        return self._known[origin]


async def _environment_proxy(url: URL) -> Proxy | None:
    """Return the proxy that the environment or the system's settings name for `url`.

    A loopback address never goes through it: nobody else can reach this computer's own services.
    """
    host = url.host or ""
    proxies = getproxies()
    address = proxies.get(url.scheme) or proxies.get("all") or proxies.get("socks")
    if not address or _is_loopback(host):
        return None
    # On Windows this looks names up, which may take seconds.
    if await asyncio.to_thread(proxy_bypass, f"{host}:{url.port}"):
        return None
    return Proxy.parse(address if "://" in address else f"http://{address}")


def is_host(name: str | None) -> bool:
    """Tell whether `name` can be looked up at all."""
    if not name or any(letter.isspace() for letter in name):
        return False
    return ":" in name or all(0 < len(label) < 64 for label in name.removesuffix(".").split("."))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _malformed() -> ConnectionFailedError:
    return ConnectionFailedError(fault=Fault.PROXY_ADDRESS, retryable=False)
