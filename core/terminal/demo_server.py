"""`beseda demo-server`: the demo site alone, for tests and for other programs."""

from __future__ import annotations

import argparse
import asyncio
import contextlib

from core.demo import DemoSite
from core.demo.failure import Failure
from core.demo.scenario import Scenario, Version
from core.errors import ChatError
from core.terminal.answer import tell
from core.terminal.loop import interruptible_loop


def demo_server(options: argparse.Namespace) -> int:
    """Serve until Ctrl+C, which is how it is meant to end; return the exit code."""
    site = DemoSite(port=options.port, scenario=_scenario(options))
    with contextlib.suppress(KeyboardInterrupt), interruptible_loop() as runner:
        return runner.run(_serve(site))
    return 0


async def _serve(site: DemoSite) -> int:
    try:
        await site.start()
    except ChatError as exc:
        return tell(exc)
    try:
        print(site.url, flush=True)
        await asyncio.Event().wait()
    finally:
        await site.close()
    return 0


def _scenario(options: argparse.Namespace) -> Scenario:
    return Scenario(
        version=Version(options.behave),
        speed=options.speed,
        failure={str(failure): failure for failure in Failure}.get(options.failure),
    )
