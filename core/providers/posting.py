"""A question on its way, until its answer begins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from core.errors import ChatError, ConnectionFailedError, Fault
from core.events import Stage, StageReached
from core.models import Limits
from core.providers.api_call import ERROR_BODY
from core.providers.loading import (
    ASK_AGAIN_AFTER,
    LOOK_AFTER,
    OllamaWatch,
    says_loading,
)
from core.providers.refusals import Asked, refusal_from_status

if TYPE_CHECKING:
    from core.net.response import StreamResponse
    from core.net.session import StreamSession

_HEADERS = {"Content-Type": "application/json"}


class Posting:
    """Posts a document, and waits while the server reads its model into memory.

    Run `stages` to its end; then `response` is there, which the caller closes.
    """

    response: StreamResponse

    def __init__(
        self, session: StreamSession, url: str, *, asked: Asked, watch: OllamaWatch, limits: Limits
    ) -> None:
        """A server that says that it is loading may do so as long as another may be silent."""
        self._session = session
        self._url = url
        self._asked = asked
        self._watch = watch
        self._limits = limits
        self._stage = Stage.WAITING

    async def stages(self, body: bytes) -> AsyncGenerator[StageReached, None]:
        """Yield how far the request has come, whenever that changes.

        Raises:
            ChatError: the service was not reached, or refused.
            ConnectionFailedError: it was loading for too long (SILENCE).
        """
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + self._limits.silence
        while True:
            async with aclosing(self._post(body)) as stages:
                async for stage in stages:
                    yield stage
            refusal = await self._refusal()
            if refusal is None:
                if self._reach(Stage.WAITING):
                    yield StageReached(Stage.WAITING)
                return
            if not self._is_loading:
                raise refusal
            if loop.time() >= give_up_at and not self._is_patient:
                raise ConnectionFailedError(
                    refusal.message, fault=Fault.SILENCE, seconds=f"{self._limits.silence:g}"
                )
            if self._reach(Stage.LOADING):
                yield StageReached(Stage.LOADING)
            await asyncio.sleep(ASK_AGAIN_AFTER)

    @property
    def _is_patient(self) -> bool:
        patience = self._limits.patience
        return patience is not None and patience.is_lifted

    async def _post(self, body: bytes) -> AsyncGenerator[StageReached, None]:
        """Post once; sets `response`."""
        post = asyncio.ensure_future(self._session.post(self._url, data=body, headers=_HEADERS))
        is_taken = False
        try:
            while self._watch.is_of_use:
                done, _ = await asyncio.wait({post}, timeout=LOOK_AFTER)
                if done:
                    break
                is_loading = await self._watch.is_loading()
                if self._reach(Stage.LOADING if is_loading else Stage.WAITING):
                    yield StageReached(self._stage)
            self.response = await post
            is_taken = True
        finally:
            if not is_taken:
                post.cancel()
                await asyncio.wait({post})
                if not post.cancelled() and post.exception() is None:
                    post.result().close()

    async def _refusal(self) -> ChatError | None:
        """Return why the response is no answer; then it is closed."""
        response = self.response
        self._is_loading = False
        if 200 <= response.status < 300:
            return None
        body = await response.read_start(ERROR_BODY)
        self._is_loading = says_loading(response.status, body)
        text = body.decode("utf-8", "replace")
        return refusal_from_status(response.status, response.headers, text, self._asked)

    def _reach(self, stage: Stage) -> bool:
        """Take note of a stage; return whether it is another one."""
        is_new = stage is not self._stage
        self._stage = stage
        return is_new
