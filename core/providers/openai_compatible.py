"""Any server that speaks the protocol of `/v1/chat/completions`."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from core.errors import ChatError, Fault, ModelNotSupportedError
from core.events import Stage, StageReached, StreamEvent
from core.models import ChatRequest, ModelInfo
from core.providers.api_address import ApiAddress, read_address
from core.providers.api_call import api_session, asked_of, encoded, get_json, key_of, prepared
from core.providers.base import AsyncGeneratorProvider, check_question
from core.providers.chat_completions.adaptation import Adaptation, changed, changes_from
from core.providers.chat_completions.body import body_of
from core.providers.chat_completions.decoder import ChatCompletionsDecoder
from core.providers.chat_completions.models import read_models
from core.providers.loading import OllamaWatch
from core.providers.posting import Posting
from core.providers.reading import read_stream
from core.providers.refusals import Asked

if TYPE_CHECKING:
    from core.net.session import StreamSession


@dataclass(frozen=True, slots=True)
class _Call:
    """One request, and where it goes."""

    session: StreamSession
    request: ChatRequest
    address: ApiAddress
    model: str

    @property
    def url(self) -> str:
        return self.address.endpoint("chat/completions")

    @property
    def asked(self) -> Asked:
        return asked_of(self.request, self.model, self.address.host, self.url)

    def posting(self) -> Posting:
        watch = OllamaWatch(self.session, self.address, self.model)
        limits = self.request.limits
        return Posting(self.session, self.url, asked=self.asked, watch=watch, limits=limits)


class OpenAICompatible(AsyncGeneratorProvider):
    """A server at `request.address`, with the key `request.key` where it wants one.

    What a service turns out to want otherwise is kept on the class.
    """

    url: ClassVar[str] = "https://api.openai.com/v1"
    """Where to ask when the request names no address."""

    _adaptation: ClassVar[Adaptation] = Adaptation()

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Yield the reply as it is written; see the base class.

        Without `request.model`, the first model that the server lists is asked.

        Raises:
            ModelNotSupportedError: the service has no such model, or none at all.
            ChatError: whatever else is expected to go wrong.
        """
        check_question(request.messages)
        address = read_address(request.address or cls.url)
        yield StageReached(Stage.CONNECTING)
        async with api_session(request, address, _headers(request, address)) as session:
            model = request.model or address.deployment
            if not model:
                model = await _first_model(session, request, address)
            yield StageReached(Stage.WAITING)
            call = _Call(session, request, address, model)
            async with aclosing(cls._answer(call)) as events:
                async for event in events:
                    yield event

    @classmethod
    async def fetch_models(cls, request: ChatRequest) -> tuple[ModelInfo, ...]:
        """Return the models that the server lists; see the base class."""
        address = read_address(request.address or cls.url)
        async with api_session(request, address, _headers(request, address)) as session:
            return await _models(session, request, address)

    @classmethod
    async def _answer(cls, call: _Call) -> AsyncGenerator[StreamEvent, None]:
        """Ask, and once more for each thing that the service wants otherwise."""
        changes = cls._adaptation.changes_for(call.url, call.model)
        model = "" if call.address.deployment else call.model
        body = await prepared(call.request, partial(body_of, call.request, model))
        posting = call.posting()
        while True:
            try:
                document = await prepared(call.request, partial(encoded, changed(body, changes)))
                async with aclosing(posting.stages(document)) as stages:
                    async for stage in stages:
                        yield stage
                break
            except ChatError as error:
                more = changes_from(error, body, changes)
                if more is None:
                    raise
                changes = more
        cls._adaptation.learn(call.url, call.model, changes)
        decoder = ChatCompletionsDecoder(call.asked)
        async with (
            posting.response,
            aclosing(read_stream(posting.response, decoder)) as events,
        ):
            async for event in events:
                yield event


def _headers(request: ChatRequest, address: ApiAddress) -> dict[str, str]:
    key = key_of(request, address)
    if not key:
        return {}
    return {"api-key": key} if address.is_azure else {"Authorization": f"Bearer {key}"}


async def _models(
    session: StreamSession, request: ChatRequest, address: ApiAddress
) -> tuple[ModelInfo, ...]:
    url = address.endpoint("models")
    asked = asked_of(request, request.model, address.host, url)
    return read_models(await get_json(session, url, asked))


async def _first_model(session: StreamSession, request: ChatRequest, address: ApiAddress) -> str:
    models = await _models(session, request, address)
    if not models:
        raise ModelNotSupportedError(fault=Fault.NO_MODELS)
    return models[0].name
