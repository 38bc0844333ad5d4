"""The demo site in a thread of the test, so that a program in a process can talk to it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from core.demo import DemoSite, RecordedRequest, Scenario

T = TypeVar("T")

LIMIT = 15.0
"""Seconds after which a wait fails."""


class ServedSite:
    """A demo site on a loop of its own; a context manager. `site` tells what reached it."""

    def __init__(self, scenario: Scenario = Scenario()) -> None:  # noqa: B008 - frozen
        self.site = DemoSite(scenario=scenario)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="demo site")

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self.site.start())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self.site.close())
        self._run(self._loop.shutdown_asyncgens())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LIMIT)
        self._loop.close()

    @property
    def url(self) -> str:
        """Where it is."""
        return self.site.url

    @property
    def questions(self) -> list[RecordedRequest]:
        """The questions that reached it, oldest first."""
        return self.site.questions

    def wait_for_hang_up(self) -> None:
        """Return once the client of the last question left before its answer had ended.

        Raises:
            TimeoutError: it did not.
        """
        self._run(self.questions[-1].hung_up.wait())

    def wait_for_end(self) -> None:
        """Return once the answer to the first question has ended.

        Raises:
            TimeoutError: it did not, or nothing was asked.
        """
        self._run(self._first_answer_ended())

    async def _first_answer_ended(self) -> None:
        while not self.questions:  # noqa: ASYNC110 - the site tells of no arrival
            await asyncio.sleep(0.05)
        await self.questions[0].ended.wait()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        # The limit is the loop's business: what it gives up is cancelled there.
        limited = asyncio.wait_for(work, LIMIT)
        return asyncio.run_coroutine_threadsafe(limited, self._loop).result()
