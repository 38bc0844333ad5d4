"""What is diagnosed: an address, the proxy before it, and how to ask there."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass, field

from yarl import URL

from core.access import Access
from core.errors import ChatError
from core.models import ChatRequest, Limits, Message, Profile, Role
from core.net.connection_errors import Route, bad_address
from core.net.proxies import Proxy, ProxyChoice, is_host
from core.providers.ai_power.site import AIPowerSite
from core.providers.api_address import read_address
from core.providers.base import AsyncGeneratorProvider
from core.providers.registry import provider_for
from core.redaction import register

LIMITS = Limits(connect=10.0, silence=20.0)
"""Of each step but the last."""
FIRST_WORD_LIMITS = Limits(connect=10.0, silence=60.0)
QUESTION = "Please answer with the one word OK."

_DOT_LOCAL = (".localhost", ".local", ".lan", ".home.arpa", ".internal")


@dataclass(frozen=True, slots=True)
class Target:
    """A service, and the way to it."""

    provider: type[AsyncGeneratorProvider]
    profile: Profile
    access: Access
    url: URL
    proxy: Proxy | None

    @property
    def route(self) -> Route:
        """What errors on the way are told with."""
        return Route(self.url, self.proxy, LIMITS)

    @property
    def is_site(self) -> bool:
        """Whether it is a web page with a chat, and no API."""
        return issubclass(self.provider, AIPowerSite)

    @property
    def is_near(self) -> bool:
        """Whether it is on this computer or in its private network."""
        host = self.url.raw_host or ""
        if is_number(host):
            address = ipaddress.ip_address(host.partition("%")[0])
            return address.is_private or address.is_loopback or address.is_link_local
        return host == "localhost" or "." not in host or host.endswith(_DOT_LOCAL)

    @property
    def names(self) -> dict[str, str | float]:
        """What nearly every sentence is filled with."""
        return {
            "host": self.route.host,
            "name": self.url.host or "",
            "proxy": str(self.proxy.url) if self.proxy else "",
        }

    def request(self, limits: Limits, *, model: str = "") -> ChatRequest:
        """Return a request for one word."""
        return ChatRequest(
            model=model,
            messages=(Message(Role.USER, QUESTION),),
            proxy=self.access.proxy,
            limits=limits,
            address=self.profile.address,
            key=self.access.key,
            parameters=self.profile.parameters,
            trust=self.profile.trust,
        )

    def told(self, error: ChatError) -> ChatError:
        """Return `error` with the host that its sentence names."""
        error.data["host"] = error.data.get("host") or self.route.host
        return error


async def target_of(profile: Profile, access: Access) -> Target:
    """Return what a profile's diagnosis looks at.

    Raises:
        ChatError: the profile, its address or its proxy's address is wrong.
    """
    # A key that is merely tried has not been through the store, which hides what it gives.
    register(access.key)
    provider = provider_for(profile)
    if issubclass(provider, AIPowerSite):
        address = provider.url
    else:
        address = read_address(profile.address or provider.url).base
    url = _web_address(address)
    proxy = await ProxyChoice(access.proxy).proxy_for(url)
    register(proxy.password if proxy else "")
    return Target(provider, profile, access, url, proxy)


def is_number(host: str) -> bool:
    """Whether a host is an address and no name."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class Stopwatch:
    """Seconds since it was made, or since it was last read."""

    _since: float = field(default_factory=time.monotonic)

    def lap(self) -> float:
        """Return the seconds since the last lap."""
        now = time.monotonic()
        seconds, self._since = now - self._since, now
        return seconds


def _web_address(address: str) -> URL:
    try:
        url = URL(address)
    except ValueError:
        raise bad_address(address) from None
    if url.scheme not in {"http", "https"} or not is_host(url.host):
        raise bad_address(url)
    return url
