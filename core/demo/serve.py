"""The demo service on its own, for `beseda demo-server`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from core.demo.scenario import Scenario
from core.demo.site import DemoSite


async def serve(
    port: int, scenario: Scenario, *, on_started: Callable[[str], None] | None = None
) -> None:
    """Serve until cancelled; `on_started` is told the address once it can be reached.

    Raises:
        SettingsError: the port is taken or not allowed.
    """
    async with DemoSite(port=port, scenario=scenario) as site:
        if on_started is not None:
            on_started(site.url)
        await asyncio.Event().wait()
