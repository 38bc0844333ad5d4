"""A site on this computer that speaks both protocols of AI Power, to try and to test with.

Importing it is cheap; `DemoSite.start` imports aiohttp.
"""

from core.demo.failure import Failure, Where
from core.demo.recording import Prompt, RecordedRequest
from core.demo.scenario import Bot, Placement, Scenario, Version
from core.demo.site import DemoSite

__all__ = [
    "Bot",
    "DemoSite",
    "Failure",
    "Placement",
    "Prompt",
    "RecordedRequest",
    "Scenario",
    "Version",
    "Where",
]
