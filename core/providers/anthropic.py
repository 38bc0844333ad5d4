"""Anthropic's own Messages API, and servers that speak it."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from core.attachments import images_of, text_with_files
from core.errors import ChatError, Fault, ModelNotSupportedError
from core.events import FinishReason, Stage, StageReached, StreamEvent, TextDelta, Usage
from core.models import ChatRequest, Message, ModelInfo, Role
from core.providers.ai_power.lenient_json import JSON_ERRORS, count_of, decode_object
from core.providers.answer import Answer
from core.providers.api_address import ApiAddress, read_address
from core.providers.api_call import api_session, asked_of, encoded, get_json, key_of, prepared
from core.providers.base import AsyncGeneratorProvider, check_question
from core.providers.chat_completions.models import read_models
from core.providers.data_lines import DataLines
from core.providers.loading import OllamaWatch
from core.providers.posting import Posting
from core.providers.reading import read_stream
from core.providers.refusals import NOTHING_ASKED, Asked, refusal_from_object, unreadable

if TYPE_CHECKING:
    from core.net.session import StreamSession

_VERSION = "2023-06-01"
_MOST_TOKENS = 16_384
"""The protocol wants a limit; a model that allows less says so, and is asked again."""
_ALLOWED_TOKENS = re.compile(r"max_tokens: \d+ > (\d{1,9})")
_REASONS = {
    "max_tokens": FinishReason.LENGTH,
    "model_context_window_exceeded": FinishReason.LENGTH,
    "refusal": FinishReason.CONTENT_FILTER,
}
_MODELS_A_PAGE = 1000


class Anthropic(AsyncGeneratorProvider):
    """Claude, asked in its own protocol, with the key `request.key`."""

    url: ClassVar[str] = "https://api.anthropic.com/v1"
    """Where to ask when the request names no address."""

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Yield the reply as it is written; see the base class.

        Without `request.model`, the first model that the service lists is asked.
        """
        check_question(request.messages)
        address = read_address(request.address or cls.url)
        yield StageReached(Stage.CONNECTING)
        async with api_session(request, address, _headers(request, address)) as session:
            model = request.model
            if not model:
                models = await cls._models(session, request, address)
                if not models:
                    raise ModelNotSupportedError(fault=Fault.NO_MODELS)
                model = models[0].name
            yield StageReached(Stage.WAITING)
            url = address.endpoint("messages")
            asked = asked_of(request, model, address.host, url)
            watch = OllamaWatch(session, address, model)
            posting = Posting(session, url, asked=asked, watch=watch, limits=request.limits)
            body = await prepared(request, partial(body_of, request, model))
            async with aclosing(_answer(posting, request, body, asked)) as events:
                async for event in events:
                    yield event

    @classmethod
    async def fetch_models(cls, request: ChatRequest) -> tuple[ModelInfo, ...]:
        """Return the models that the service lists; see the base class."""
        address = read_address(request.address or cls.url)
        async with api_session(request, address, _headers(request, address)) as session:
            return await cls._models(session, request, address)

    @classmethod
    async def _models(
        cls, session: StreamSession, request: ChatRequest, address: ApiAddress
    ) -> tuple[ModelInfo, ...]:
        url = address.endpoint("models")
        asked = asked_of(request, request.model, address.host, url)
        separator = "&" if "?" in url else "?"
        return read_models(
            await get_json(session, f"{url}{separator}limit={_MODELS_A_PAGE}", asked)
        )


async def _answer(
    posting: Posting, request: ChatRequest, body: dict[str, Any], asked: Asked
) -> AsyncGenerator[StreamEvent, None]:
    """Ask, and once more where the model allows fewer tokens; yield what it answers."""
    may_ask_again = True
    while True:
        try:
            document = await prepared(request, partial(encoded, body))
            async with aclosing(posting.stages(document)) as stages:
                async for stage in stages:
                    yield stage
            break
        except ChatError as error:
            allowed = _ALLOWED_TOKENS.search(error.message)
            if allowed is None or not may_ask_again:
                raise
            may_ask_again = False
            body = {**body, "max_tokens": int(allowed[1])}
    decoder = AnthropicDecoder(asked)
    async with posting.response, aclosing(read_stream(posting.response, decoder)) as events:
        async for event in events:
            yield event


def _headers(request: ChatRequest, address: ApiAddress) -> dict[str, str]:
    key = key_of(request, address)
    headers = {"anthropic-version": _VERSION}
    return {**headers, "x-api-key": key} if key else headers


def body_of(request: ChatRequest, model: str) -> dict[str, Any]:
    """Return the document of a POST to `/messages`, with only what was set."""
    parameters = request.parameters
    system = "\n\n".join(m.text for m in request.messages if m.role is Role.SYSTEM)
    turns = [_turn(m) for m in request.messages if m.role is not Role.SYSTEM]
    if turns[0]["role"] != "user":
        turns.insert(0, {"role": "user", "content": "…"})
    temperature = parameters.temperature
    fields: Mapping[str, Any] = {
        "model": model,
        "max_tokens": parameters.max_tokens or _MOST_TOKENS,
        "messages": turns,
        "stream": True,
        "system": system or None,
        # Its scale ends at 1.
        "temperature": None if temperature is None else min(temperature, 1.0),
        "top_p": parameters.top_p,
        "stop_sequences": [text for text in parameters.stop if text.strip()] or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _turn(message: Message) -> dict[str, Any]:
    text, images = text_with_files(message), images_of(message)
    if not images:
        return {"role": message.role.value, "content": text}
    parts: list[dict[str, Any]] = [
        {
            "type": "image",
            "source": {
                "type": "base64",
                "media_type": image.media_type,
                "data": base64.b64encode(image.data).decode("ascii"),
            },
        }
        for image in images
    ]
    if text.strip():
        parts.append({"type": "text", "text": text})
    return {"role": message.role.value, "content": parts}


class _Delta(msgspec.Struct):
    text: Any = None
    thinking: Any = None
    partial_json: Any = None
    stop_reason: Any = None


class _Event(msgspec.Struct):
    """One event; each field may be missing."""

    type: Any = None
    delta: _Delta | None = None
    index: Any = None
    content_block: Any = None
    message: Any = None
    usage: Any = None
    error: Any = None
    content: Any = None
    """Of a whole message, where a server does not stream."""
    stop_reason: Any = None


_decode = msgspec.json.Decoder(_Event).decode


def _read_event(data: str) -> _Event | None:
    try:
        return _decode(data)
    except JSON_ERRORS:
        fields = decode_object(data)
    if fields is None:
        return None
    known = {name: fields.get(name) for name in _Event.__struct_fields__}
    delta = known["delta"]
    if isinstance(delta, dict):
        known["delta"] = _Delta(**{name: delta.get(name) for name in _Delta.__struct_fields__})
    else:
        known["delta"] = None
    return _Event(**known)


class AnthropicDecoder:
    """Turns the body of an answer, cut anywhere, into events; see `reading.StreamDecoder`."""

    def __init__(self, asked: Asked = NOTHING_ASKED) -> None:
        """`asked` tells what an error in the stream is about."""
        self._asked = asked
        self._lines = DataLines(noise=b"event: content_block_delta\n")
        self._answer = Answer()
        self._counts = [0, 0]
        self._has_broken = False

    @property
    def is_finished(self) -> bool:
        """Whether the service said that nothing more comes."""
        return self._answer.is_done

    @property
    def is_complete(self) -> bool:
        """Whether the service gave a reason why the answer ended."""
        return self._answer.reason is not None

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield what `chunk` completes.

        Raises:
            ChatError: the service reports an error, or sends too much in one piece.
        """
        for data in self._lines.feed(chunk):
            yield from self._read(data)

    def finish(self) -> Iterator[StreamEvent]:
        """Yield what the end of the body means; the last event is `Finished`.

        Raises:
            ChatError: there was no answer.
        """
        answer = self._answer
        for data in self._lines.finish():
            yield from self._read(data)
        if not answer.has_anything and answer.reason is None and not answer.is_done:
            yield from self._read_plain(self._lines.plain_text())
        if any(self._counts):
            answer.usage = Usage(*self._counts)
        yield from answer.end(is_broken=self._has_broken)

    def _read(self, data: str) -> Iterator[StreamEvent]:
        if self._answer.is_done:
            return
        event = _read_event(data)
        if event is None:
            self._has_broken = self._has_broken or bool(data.strip())
            return
        kind, delta = event.type, event.delta
        if kind == "content_block_delta" and delta is not None:
            if delta.text.__class__ is str and self._answer.is_plain:
                if delta.text:
                    yield TextDelta(delta.text)
            else:
                yield from self._take_delta(delta, event.index)
        elif kind == "content_block_start":
            yield from self._take_block(event.content_block, event.index)
        else:
            yield from self._take(event)

    def _take(self, event: _Event) -> Iterator[StreamEvent]:
        if event.error or event.type == "error":
            raise refusal_from_object({"error": event.error or event.message}, self._asked)
        if event.type == "message_stop":
            self._answer.is_done = True
        elif event.type == "message_delta" and event.delta is not None:
            self._end_with(event.delta.stop_reason)
        elif event.type == "message_start" and isinstance(event.message, dict):
            self._count(event.message.get("usage"))
        elif event.type == "message" and isinstance(event.content, list):
            for index, block in enumerate(event.content):
                yield from self._take_block(block, index)
            self._end_with(event.stop_reason)
        self._count(event.usage)

    def _take_delta(self, delta: _Delta, index: object) -> Iterator[StreamEvent]:
        if isinstance(delta.text, str) and delta.text:
            yield from self._answer.say(delta.text)
        elif isinstance(delta.thinking, str) and delta.thinking:
            yield from self._answer.think(delta.thinking)
        elif isinstance(delta.partial_json, str):
            call = {"index": index, "function": {"arguments": delta.partial_json}}
            self._answer.tool_calls.add([call])

    def _take_block(self, block: object, index: object) -> Iterator[StreamEvent]:
        """Take the start of a part of the answer, which may hold all of it."""
        if not isinstance(block, dict):
            return
        if block.get("type") == "tool_use":
            given = block.get("input") or None
            function = {"name": block.get("name"), "arguments": given}
            self._answer.tool_calls.add([{"index": index, "function": function}])
        delta = _Delta(text=block.get("text"), thinking=block.get("thinking"))
        yield from self._take_delta(delta, index)

    def _end_with(self, reason: object) -> None:
        if isinstance(reason, str) and reason:
            self._answer.end_with(_REASONS.get(reason, FinishReason.STOP))

    def _count(self, usage: object) -> None:
        """Take the counts of the question, which come first, and of the answer, which come last."""
        if not isinstance(usage, dict):
            return
        read = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
        prompt = sum(count_of(usage.get(name)) for name in read)
        self._counts[0] = prompt or self._counts[0]
        self._counts[1] = count_of(usage.get("output_tokens")) or self._counts[1]

    def _read_plain(self, text: str) -> Iterator[StreamEvent]:
        if not text:
            return
        event = _read_event(text)
        if event is not None:
            yield from self._take(event)
        if not self._answer.has_anything and self._answer.reason is None:
            raise unreadable(text, self._asked)
