"""A demo site that answers everything alike: `answering_site.py FILE SPEED PIECE`.

Says the text of FILE, SPEED characters a second, PIECE characters a delta. Prints its address.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from core.demo import DemoSite, Scenario


async def main(answer: str, speed: str, piece: str) -> None:
    """Serve until ended."""
    site = DemoSite(scenario=Scenario(answer=answer, speed=float(speed), piece=int(piece)))
    await site.start()
    print(site.url, flush=True)
    await asyncio.Event().wait()


asyncio.run(main(Path(sys.argv[1]).read_text(encoding="utf-8"), *sys.argv[2:]))
