"""The demo service: a WordPress site with AI Power's chat, on this computer alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from core.demo.answers import cut
from core.demo.failure import Failure
from core.demo.recording import Prompt, RecordedRequest
from core.demo.scenario import Bot, Chunking, Placement, Scenario, Version
from core.demo.state import SiteState

if TYPE_CHECKING:
    from core.demo.listener import Listener


class Changes(TypedDict, total=False):
    """Any part of a scenario."""

    version: Version
    speed: float
    piece: int
    chunking: Chunking
    stream: bool
    delay: float
    failure: Failure | None
    times: int | None
    token_limit: int | None
    page_cache: bool
    placement: Placement
    consent: bool
    bots: tuple[Bot, ...]


class DemoSite:
    """A site on 127.0.0.1 that speaks v1 or v2, and misbehaves as its scenario says.

    Also an asynchronous context manager. `clock` gives the site's Unix time.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        scenario: Scenario = Scenario(),  # noqa: B008 - frozen
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._port = port
        self._state = SiteState(scenario, clock=clock)
        self._listener: Listener | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def start(self) -> None:
        """Begin to listen; nothing happens when it does already.

        Raises:
            SettingsError: the port is taken or not allowed.
        """
        if self._listener is not None:
            return
        from core.demo.listener import Listener  # noqa: PLC0415 - aiohttp takes 0.3 s to import

        listener = Listener(self._state)
        self._port = await listener.start(self._port)
        self._listener = listener

    async def close(self) -> None:
        """Stop at once: streams that still run are broken off. Harmless when closed."""
        listener, self._listener = self._listener, None
        if listener is not None:
            await listener.close()

    @property
    def url(self) -> str:
        """Where the site is, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        """The port; 0 before `start` when a free one is to be found."""
        return self._port

    @property
    def scenario(self) -> Scenario:
        """What plays now; it can be set at any time and holds from the next request on."""
        return self._state.scenario

    @scenario.setter
    def scenario(self, scenario: Scenario) -> None:
        self._state.scenario = scenario

    def use(self, **changes: Unpack[Changes]) -> None:
        """Change what is given of the scenario; the rest stays as it is.

        A failure that is given without `times` holds until it is taken back, and one that is
        given again counts anew.
        """
        if "failure" in changes:
            changes.setdefault("times", None)
        scenario = replace(self.scenario, **changes)
        if "times" in changes:
            self._state.scenario = scenario
        else:
            self._state.adjust(scenario)

    def answer(self, *pieces: str) -> None:
        """Let the next answer be these deltas; called again, the one after it."""
        self._state.scripted.append(pieces)

    def answer_text(self, text: str) -> None:
        """Let the next answer be `text`, in pieces of the scenario's length."""
        self.answer(*cut(text, self.scenario.piece))

    def expire_nonces(self) -> None:
        """Let every nonce given so far die, as if a day had passed."""
        self._state.nonces.expire()

    def forget_pages(self) -> None:
        """Empty the page cache."""
        self._state.page_cache.clear()

    @property
    def requests(self) -> list[RecordedRequest]:
        """The latest requests of all kinds, oldest first."""
        return self._state.requests.all()

    @property
    def questions(self) -> list[RecordedRequest]:
        """Those of them that carried a question."""
        return [request for request in self.requests if "message" in request.fields]

    @property
    def prompts(self) -> list[Prompt]:
        """What the model was given for the latest answers, oldest first."""
        return self._state.prompts.all()
