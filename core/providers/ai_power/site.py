"""A WordPress site with the plugin AI Power, asked the way its own page asks it."""

from __future__ import annotations

import secrets
import string
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from core.attachments import in_words
from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    Fault,
    PageFormatError,
    ProviderError,
)
from core.events import Finished, FinishReason, Stage, StageReached, StreamEvent, TextDelta
from core.models import DEFAULT_SILENCE, ChatRequest
from core.providers.ai_power import exchange, refusals, v1, v2
from core.providers.ai_power.page import ChatPage, ContainerPage, ShortcodePage
from core.providers.base import AsyncGeneratorProvider, ProviderModelMixin, check_question

if TYPE_CHECKING:
    from core.net.session import StreamSession

SILENCE = 200.0
"""Seconds that the plugin itself waits for its model, sending nothing."""
_SURELY_ALIVE = 12 * 3600.0
_ID_LETTERS = string.ascii_letters + string.digits


class AIPowerSite(AsyncGeneratorProvider, ProviderModelMixin):
    """A site with the plugin AI Power, in whichever protocol its page speaks.

    What is read from the page (`_post_id`, `_nonce` and the rest) is kept on the class until the
    site refuses it.
    """

    url: ClassVar[str]
    default_model: ClassVar[str] = "gpt-4o-mini-2024-07-18"
    models: ClassVar[list[str]] = [default_model]
    model_aliases: ClassVar[dict[str, str]] = {"gpt-4o-mini": default_model}

    _post_id: ClassVar[str | None] = None
    _nonce: ClassVar[str | None] = None
    _page: ClassVar[ShortcodePage | ContainerPage | None] = None
    _memory: ClassVar[v2.ServerMemory]
    _client_id: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._post_id = cls._nonce = cls._page = None
        cls.working = True
        cls._memory = v2.ServerMemory()
        cls._client_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(10))

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Yield the reply as it is written; see the base class."""
        from core.net.session import StreamSession  # noqa: PLC0415 - aiohttp takes 0.3 s

        check_question(request.messages)
        yield StageReached(Stage.CONNECTING)
        limits = request.limits
        if limits.silence >= DEFAULT_SILENCE:
            limits = replace(limits, silence=max(limits.silence, SILENCE))
        try:
            request = replace(request, messages=in_words(request.messages))
            session = StreamSession(
                headers={"Referer": cls.url, **request.headers},
                cookies=request.cookies,
                proxy=request.proxy,
                limits=limits,
                trust=request.trust,
            )
            async with session, aclosing(cls._ask_renewing(session, request)) as events:
                async for event in events:
                    yield event
        except ChatError as error:
            cls._note_failure(error)
            raise

    @classmethod
    def _note_failure(cls, error: ChatError) -> None:
        error.data.setdefault("host", urlsplit(cls.url).netloc or cls.url)
        # A limit or a refused word is an answer, too; our own network says nothing of the site.
        sees_site = isinstance(error, (PageFormatError, BrowserCheckError, AuthenticationError))
        if sees_site or error.fault in {Fault.SERVER_ERROR, Fault.ENDPOINT_GONE}:
            cls.working = False

    @classmethod
    async def _ask_renewing(
        cls, session: StreamSession, request: ChatRequest
    ) -> AsyncGenerator[StreamEvent, None]:
        """Ask, and once more with fresh page data where the kept ones are refused."""
        refused: set[tuple[type[ChatPage], str]] = set()
        last_refusal: ChatError | None = None
        async with aclosing(cls._pages(session)) as pages:
            async for page in pages:
                if (type(page), page.nonce) in refused:
                    continue
                has_text = False
                try:
                    async with aclosing(cls._ask(session, page, request)) as events:
                        async for event in events:
                            has_text = has_text or isinstance(event, TextDelta)
                            yield event
                except ChatError as error:
                    if has_text or not _may_be_stale(error, page):
                        raise
                    last_refusal = error
                    refused.add((type(page), page.nonce))
                else:
                    return
        raise last_refusal or PageFormatError(fault=Fault.NONCE_REFUSED)

    @classmethod
    async def _pages(
        cls, session: StreamSession
    ) -> AsyncGenerator[ShortcodePage | ContainerPage, None]:
        """Yield what to ask with: as kept, renewed, and renewed past a page cache."""
        kept = cls._kept_page()
        if kept is not None:
            yield kept
            if isinstance(kept, ContainerPage) and (
                nonce := await exchange.fresh_nonce(session, kept)
            ):
                yield cls._keep(replace(kept, nonce=nonce, fetched_at=time.time()))
        yield cls._keep(await exchange.fetch_page(session, cls.url))
        # A cached page keeps its old nonce; most page caches let an unknown query through.
        yield cls._keep(await exchange.fetch_page(session, cls.url, query=secrets.token_hex(4)))

    @classmethod
    def _kept_page(cls) -> ShortcodePage | ContainerPage | None:
        page = cls._page
        if page is None or cls._nonce is None or cls._post_id is None or page.address != cls.url:
            return None
        return replace(page, nonce=cls._nonce, post_id=cls._post_id)

    @classmethod
    def _keep(cls, page: ShortcodePage | ContainerPage) -> ShortcodePage | ContainerPage:
        cls._page, cls._nonce, cls._post_id = page, page.nonce, page.post_id
        return page

    @classmethod
    async def _ask(
        cls, session: StreamSession, page: ShortcodePage | ContainerPage, request: ChatRequest
    ) -> AsyncGenerator[StreamEvent, None]:
        client_id = request.client_id or cls._client_id
        yield StageReached(Stage.WAITING)
        if isinstance(page, ShortcodePage):
            answer = cls._ask_v1(session, page, request, client_id)
        else:
            answer = cls._ask_v2(session, page, request, client_id)
        async with aclosing(answer) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    cls.working = True
                yield event

    @classmethod
    async def _ask_v1(
        cls, session: StreamSession, page: ShortcodePage, request: ChatRequest, client_id: str
    ) -> AsyncGenerator[StreamEvent, None]:
        fields = v1.form(page, request, client_id)
        async with (
            exchange.asked_v1(session, page, fields) as response,
            aclosing(exchange.read(response, v1.Reader())) as events,
        ):
            async for event in events:
                yield event

    @classmethod
    async def _ask_v2(
        cls, session: StreamSession, page: ContainerPage, request: ChatRequest, client_id: str
    ) -> AsyncGenerator[StreamEvent, None]:
        if page.requires_consent:
            raise ProviderError(fault=Fault.CONSENT_REQUIRED)
        name, message = cls._memory.begin(request, client_id)
        reader = v2.Reader()
        async with (
            exchange.asked_v2(
                session, page, name, message, on_taken=partial(cls._memory.forget, request)
            ) as response,
            aclosing(exchange.read(response, reader)) as events,
        ):
            async for event in events:
                if isinstance(event, Finished) and event.reason is not FinishReason.CUT:
                    cls._memory.remember(request, name, reader.answer)
                yield event


def _may_be_stale(error: ChatError, page: ChatPage) -> bool:
    """Whether fresh page data may help.

    A site in another language refuses a nonce in words that nobody can list, so that an unknown
    refusal counts as well once the nonce is old enough to have died.
    """
    if isinstance(error, (refusals.NonceRefusedError, refusals.EndpointGoneError)):
        return True
    is_unknown = error.fault is Fault.UPSTREAM_ERROR and type(error) is ProviderError
    return is_unknown and time.time() - page.fetched_at > _SURELY_ALIVE
