"""Where a reply stands, and since when: what a view needs that joins it on its way."""

from __future__ import annotations

import time
from dataclasses import dataclass

from core.events import ProviderChanged, RetryScheduled
from core.reply import ReplyState


@dataclass(frozen=True, slots=True)
class ReplyProgress:
    """Times are those of `time.monotonic`."""

    state: ReplyState
    since: float
    """When this state began."""
    asked_at: float
    """When the question was."""
    retry: RetryScheduled | None = None
    """What is waited for in the state RETRYING."""
    change: ProviderChanged | None = None
    """Who answers in another's place, and why."""

    @property
    def age(self) -> float:
        """Seconds since this state began."""
        return time.monotonic() - self.since

    @property
    def asked_ago(self) -> float:
        """Seconds since the question."""
        return time.monotonic() - self.asked_at
