"""WordPress's nonces for visitors who are not logged in."""

from __future__ import annotations

import hmac
import math
from collections.abc import Callable

TICK = 43_200
"""Seconds; a nonce is good in the tick that it was made in, and in the next."""


class Nonces:
    """Makes and verifies nonces that depend on the time, the action and the site's secret alone.

    `clock` gives Unix time.
    """

    def __init__(self, secret: bytes, *, clock: Callable[[], float]) -> None:
        self._secret = secret
        self._clock = clock
        self._turned_over = 0

    def make(self, action: str, *, ticks_ago: int = 0) -> str:
        """Return the nonce of `action` as it was so many ticks ago."""
        tick = math.ceil(self._clock() / TICK) + self._turned_over - ticks_ago
        seal = hmac.new(self._secret, f"{tick}|{action}|0|".encode(), "md5").hexdigest()
        return seal[-12:-2]

    def verify(self, nonce: str, action: str) -> int:
        """Return 1 for a nonce of this tick, 2 for one of the tick before, 0 for any other."""
        given = nonce.encode("utf-8", "replace")
        for age in (0, 1):
            if hmac.compare_digest(given, self.make(action, ticks_ago=age).encode()):
                return age + 1
        return 0

    def expire(self) -> None:
        """Let every nonce made so far die, as if a day had passed."""
        self._turned_over += 2
