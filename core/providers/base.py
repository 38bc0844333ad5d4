"""What every provider is: a class whose method answers as an asynchronous stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Generator, Iterable, Mapping
from typing import ClassVar, Self

from core.errors import InvalidPromptError, ModelNotSupportedError
from core.events import Finished, FinishReason, StreamEvent, TextDelta, Usage
from core.models import (
    DEFAULT_SILENCE,
    ChatRequest,
    Limits,
    Message,
    ModelInfo,
    Parameters,
    Role,
)
from core.text import DeltaCleaner, without_surrogates

ChatMessages = Iterable[Mapping[str, str]]
"""Messages as `{"role": …, "content": …}`, oldest first."""


class TextStream:
    """The text of one reply, as it arrives.

    Iterate over it, or await it first: `await` gives the stream itself. `finish_reason` and
    `usage` are set once it has ended. `aclose` hangs up; a loop that is left early does so only
    when the stream is closed, best by `contextlib.aclosing`.
    """

    def __init__(self, events: AsyncGenerator[StreamEvent, None]) -> None:
        self._events = events
        self._cleaner = DeltaCleaner()
        self.finish_reason: FinishReason | None = None
        self.usage: Usage | None = None

    def __await__(self) -> Generator[None, None, Self]:
        yield from ()
        return self

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        async for event in self._events:
            match event:
                case TextDelta(piece):
                    if text := self._cleaner.feed(piece):
                        return text
                case Usage():
                    self.usage = event
                case Finished(reason):
                    self.finish_reason = reason
        if text := self._cleaner.finish():
            return text
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """End the stream and hang up; harmless when it has ended."""
        await self._events.aclose()


class AsyncGeneratorProvider(ABC):
    """A service that answers as an asynchronous stream."""

    url: ClassVar[str]
    working: ClassVar[bool] = True
    """What was last seen of the service; True until something was seen."""

    @classmethod
    @abstractmethod
    def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Yield the reply as it is written; closing the generator hangs up.

        Raises:
            ChatError: whatever is expected to go wrong; what was yielded before stays valid.
        """

    @classmethod
    async def fetch_models(cls, request: ChatRequest) -> tuple[ModelInfo, ...]:
        """Return the models that the service offers, asking it where it can tell.

        Of `request`, only what says where and how to ask counts.

        Raises:
            ChatError: the service was not reached, or refused.
        """
        del request  # what is known of a class needs no asking
        if issubclass(cls, ProviderModelMixin):
            return tuple(ModelInfo(name) for name in cls.get_models())
        return ()

    @classmethod
    def create_async_generator(
        cls,
        model: str,
        messages: ChatMessages,
        proxy: str | None = None,
        timeout: float = DEFAULT_SILENCE,
        cookies: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        conversation_id: str | None = None,
        base_url: str = "",
        api_key: str = "",
        temperature: float | None = None,
        top_p: float | None = None,
        max_tokens: int | None = None,
        stop: str | Iterable[str] = (),
        seed: int | None = None,
        **_: object,
    ) -> TextStream:
        """Return the reply's text as a stream that has not been started.

        `timeout` is in seconds and limits silence, not the whole reply. `base_url` says where a
        service is that has no address of its own; without it, `url` is asked. Options that a
        provider does not know are ignored.

        Raises:
            ModelNotSupportedError: at once.
            InvalidPromptError: at once, when there is no question.
            ChatError: while iterating.
        """
        request = ChatRequest(
            model=cls.get_model(model) if issubclass(cls, ProviderModelMixin) else model,
            messages=messages_from(messages),
            proxy=proxy,
            limits=Limits(silence=timeout),
            headers=dict(headers or {}),
            cookies=dict(cookies or {}),
            conversation_id=conversation_id,
            address=base_url or "",
            key=api_key or "",
            parameters=Parameters(
                temperature=temperature,
                top_p=top_p,
                max_tokens=max_tokens,
                stop=tuple([stop] if isinstance(stop, str) and stop else stop or ()),
                seed=seed,
            ),
        )
        return TextStream(cls.stream(request))


class ProviderModelMixin:
    """The models that a provider offers, and other names for them."""

    default_model: ClassVar[str] = ""
    models: ClassVar[list[str]] = []
    model_aliases: ClassVar[dict[str, str]] = {}

    @classmethod
    def get_models(cls) -> list[str]:
        """Return the names of all models, the default first."""
        return cls.models or [cls.default_model]

    @classmethod
    def get_model(cls, name: str) -> str:
        """Return the model that `name` or an alias stands for; the default for an empty name.

        Raises:
            ModelNotSupportedError: there is no such model.
        """
        model = cls.model_aliases.get(name, name) or cls.default_model
        if model not in cls.get_models():
            raise ModelNotSupportedError(model=name, models=", ".join(cls.get_models()))
        return model


def messages_from(messages: ChatMessages) -> tuple[Message, ...]:
    """Return `{"role": …, "content": …}` mappings as messages.

    Raises:
        InvalidPromptError: a message has no known role or no text, or the last is no question.
    """
    try:
        turns = tuple(
            Message(Role(item["role"]), without_surrogates(item["content"].replace("\0", "")))
            for item in messages
        )
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        raise InvalidPromptError(f"not a list of messages: {exc!r}") from exc
    check_question(turns)
    return turns


def check_question(messages: tuple[Message, ...]) -> None:
    """Raise InvalidPromptError unless the last message is a question with something in it."""
    if (
        not messages
        or messages[-1].role is not Role.USER
        or not messages[-1].text.strip("\0 \t\r\n")
    ):
        raise InvalidPromptError
