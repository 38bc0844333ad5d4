"""How the demo service behaves: which plugin it plays, how fast, and what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Literal

from core.demo.failure import Failure

DEFAULT_SPEED = 400.0
"""Characters a second: brisk, and slow enough to be seen."""


class Version(StrEnum):
    """A release of the plugin AI Power whose behaviour was recorded."""

    V1_8_68 = "1.8.68"
    V1_8_93 = "1.8.93"
    V1_9_18 = "1.9.18"
    V2_3_69 = "2.3.69"
    V2_4_71 = "2.4.71"

    @property
    def protocol(self) -> Literal["v1", "v2"]:
        """The protocol that this release speaks."""
        return "v1" if self.value.startswith("1.") else "v2"

    def before(self, *release: int) -> bool:
        """Return whether this release is older than `release`."""
        return tuple(int(part) for part in self.value.split(".")) < release


class Placement(Enum):
    """Where a page holds its chat."""

    SHORTCODE = "shortcode"
    """In the text of the page."""
    WIDGET = "widget"
    """As the site-wide widget (v1) or popup (v2)."""
    BOTH = "both"
    """The widget first, then the one in the text."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot of its own that the site's owner made, on a page of its own."""

    id: int
    post_id: int
    path: str
    stream: bool = True


Chunking = int | Literal["whole"] | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that can be set about the demo service."""

    version: Version = Version.V1_9_18
    speed: float = DEFAULT_SPEED
    """Characters of the answer a second; 0 for as fast as possible."""
    piece: int = 8
    """Characters of one delta."""
    answer: str | None = None
    """What is answered to whatever is no command; None for the demo's own words."""
    chunking: Chunking = None
    """Bytes of one HTTP chunk; None for one chunk per event, `whole` for the body in one."""
    stream: bool = True
    """False: the bot of the front page answers with JSON."""
    delay: float = 0.0
    """Seconds of silence before the first byte of an answer."""
    failure: Failure | None = None
    times: int | None = None
    """How many requests meet the failure; None for all."""
    token_limit: int | None = None
    """Tokens after which one client id (v1) or session (v2) gets no more answers."""
    page_cache: bool = False
    """A cache before the site keeps each page, by its whole address, with the nonce in it."""
    placement: Placement = Placement.SHORTCODE
    consent: bool = False
    """v2: visitors must agree to the terms first."""
    bots: tuple[Bot, ...] = (Bot(id=6, post_id=7, path="/botpage"),)
    """The bots besides that of the front page."""

    @classmethod
    def for_protocol(cls, protocol: Literal["v1", "v2"]) -> Scenario:
        """Return a scenario with the newest release that speaks `protocol`."""
        return cls(version=Version.V1_9_18 if protocol == "v1" else Version.V2_4_71)
