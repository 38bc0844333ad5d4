"""Whom a question goes to, and what is done where nobody there answers."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.errors import ChatError, Fault, ProviderError

if TYPE_CHECKING:  # a provider brings aiohttp, which a window imports after its first frame
    from core.access import Access
    from core.models import ChatRequest, Profile
    from core.providers.base import AsyncGeneratorProvider

LONGEST_CHAIN = 8
"""Profiles that one question may go to, one after the other."""

_PASSING = frozenset(
    {
        Fault.SERVER_ERROR,
        Fault.UPSTREAM_ERROR,
        Fault.UPSTREAM_UNREACHABLE,
        Fault.DNS,
        Fault.CONNECTION_REFUSED,
        Fault.CONNECT_TIMEOUT,
        Fault.PROXY,
        Fault.RESET,
    }
)
"""What may be over in a second. Silence is not among it: it has been waited for long enough, and
the service may still be working on the question."""

_LEFT_TO_ANOTHER = _PASSING | {
    Fault.RATE_LIMIT,
    Fault.QUOTA,
    Fault.SITE_QUOTA,
    Fault.PAYMENT_REQUIRED,
    Fault.SILENCE,
    Fault.TLS,
    Fault.REDIRECT,
    # Guarded, changed, or closed to us.
    Fault.BROWSER_CHECK,
    Fault.ADDRESS_BLOCKED,
    Fault.COUNTRY_BLOCKED,
    Fault.FORBIDDEN,
    Fault.SITE_KEY_REFUSED,
    Fault.FOREIGN_ORIGIN,
    Fault.CONSENT_REQUIRED,
    Fault.ENDPOINT_GONE,
    Fault.NO_MODELS,
    Fault.NONCE_REFUSED,
    Fault.NO_CHAT,
    Fault.NO_NONCE,
    Fault.NO_POST_ID,
    Fault.NOT_A_PAGE,
    Fault.PAGE_TOO_LARGE,
    Fault.HTML_ANSWER,
    Fault.EMPTY_ANSWER,
    Fault.UNREADABLE_ANSWER,
    Fault.COMPRESSION,
}
"""What another service may not suffer from. A wrong key, a mistyped address or a certificate that
has changed is not among it: that is for the user to look at."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to get an answer."""

    provider: type[AsyncGeneratorProvider]
    request: ChatRequest
    profile: Profile | None = None
    """Whose answer it will be."""

    @property
    def host(self) -> str:
        """The host that is asked, as a person knows it; empty where nobody said."""
        address = self.request.address or getattr(self.provider, "url", "")
        parts = urlsplit(address if "://" in address else f"//{address}")
        return parts.netloc.rpartition("@")[2]


OpenAttempt = Callable[[], Awaitable[Attempt]]
"""Gives another way to get an answer, found only now; raises ChatError where there is none."""


@dataclass(frozen=True, slots=True)
class Account:
    """A profile with what it is let in by."""

    profile: Profile
    access: Access | None = None
    """None for a service that needs nothing but what its profile says."""
    client_id: str | None = None


OpenAccount = Callable[[], Awaitable[Account]]
"""Finds the key of a profile that is asked in another's place; may raise ChatError."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often, and after how long, the same service is asked again before its first word."""

    retries: int = 2
    first_wait: float = 1.0
    """Seconds before the first retry where the service names none; doubled for each after it."""
    jitter: float = 0.5
    """The part of that by which it may be shorter or longer, so that not all come back at once."""
    longest_wait: float = 60.0
    """Seconds; a service that asks for more is not waited for."""

    def wait_after(self, error: ChatError, retried: int) -> float | None:
        """Return the seconds to wait before asking again, or None for not asking again.

        `retried` is how often the same service was asked again before.
        """
        if retried >= self.retries:
            return None
        wished = error.retry_after if isinstance(error, ProviderError) else None
        is_passing = error.retryable and error.fault in _PASSING
        if not is_passing and (error.fault is not Fault.RATE_LIMIT or wished is None):
            return None
        spread = random.uniform(-self.jitter, self.jitter)  # noqa: S311 - no secret
        if wished is None:
            return min(self.first_wait * 2.0**retried * (1 + spread), self.longest_wait)
        if wished > self.longest_wait:
            return None
        return wished + self.first_wait * abs(spread)  # never sooner than is asked for


NEVER_AGAIN = RetryPolicy(retries=0)


def is_left_to_another(error: ChatError) -> bool:
    """Whether the next profile of a chain answers in the place of one that failed so."""
    status = error.status if isinstance(error, ProviderError) else None
    return error.fault in _LEFT_TO_ANOTHER or (status is not None and status >= 500)


def fallback_chain(
    profile: Profile, profile_by_id: Callable[[str], Profile | None]
) -> tuple[Profile, ...]:
    """Return who answers in the place of `profile`, in order; each at most once.

    An id that nobody has ends the chain.
    """
    chain: list[Profile] = []
    seen = {profile.id}
    current = profile
    while current.fallback and current.fallback not in seen and len(chain) < LONGEST_CHAIN:
        seen.add(current.fallback)
        found = profile_by_id(current.fallback)
        if found is None:
            break
        chain.append(found)
        current = found
    return tuple(chain)
