"""Protocol v2 (plugin 2.x, `aipkit_*`): the message is put down first, then its answer streamed.

The site keeps the history itself, under a session and a conversation that the client names.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from core.errors import ChatError, Fault, ResponseFormatError
from core.events import Finished, FinishReason, StreamEvent, TextDelta
from core.models import ChatRequest, Message, Role
from core.net.sse import ServerSentEvent, SSEDecoder
from core.providers.ai_power import refusals
from core.providers.ai_power.history import with_context
from core.providers.ai_power.lenient_json import JSON_ERRORS, decode_halves
from core.providers.ai_power.page import ContainerPage

_CONVERSATIONS_KEPT = 256


@dataclass(frozen=True, slots=True)
class ServerConversation:
    """The name of a conversation that the site remembers."""

    session_id: str
    conversation_uuid: str


class ServerMemory:
    """Which turns the site knows of each of our conversations.

    Only digests of the turns are kept. A conversation whose local history no longer is what the
    site remembers gets a new name there, and its earlier turns are told once more.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[ServerConversation, bytes]] = OrderedDict()

    def begin(self, request: ChatRequest, client_id: str) -> tuple[ServerConversation, str]:
        """Return under which name to ask, and the message to send."""
        known = self._known.get(request.conversation_id or "")
        if known is not None and known[1] == _digest(request.messages[:-1]):
            return known[0], request.messages[-1].text
        session_id = str(uuid.uuid5(uuid.NAMESPACE_OID, client_id))
        fresh = ServerConversation(session_id, str(uuid.uuid4()))
        return fresh, with_context(request.messages)

    def forget(self, request: ChatRequest) -> None:
        """Note that the site took the message; what it made of it, nobody knows yet."""
        self._known.pop(request.conversation_id or "", None)

    def remember(self, request: ChatRequest, name: ServerConversation, answer: str) -> None:
        """Note that the site now knows the request's messages and its complete `answer`."""
        if request.conversation_id is None:
            return
        turns = (*request.messages, Message(Role.ASSISTANT, answer))
        self._known[request.conversation_id] = (name, _digest(turns))
        if len(self._known) > _CONVERSATIONS_KEPT:
            self._known.popitem(last=False)


def _digest(messages: Sequence[Message]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for message in messages:
        text = message.text.encode("utf-8", "replace")
        digest.update(f"{message.role}:{len(text)}:".encode())
        digest.update(text)
    return digest.digest()


def put_form(page: ContainerPage, message: str) -> dict[str, str]:
    """Return the fields of the POST that puts a message down."""
    return {
        "action": "aipkit_cache_sse_message",
        "_ajax_nonce": page.nonce,
        "bot_id": page.bot_id,
        "user_client_message_id": f"aipkit-client-msg-{page.bot_id}-{uuid.uuid4().hex[:12]}",
        "message": message,
    }


def stream_query(
    page: ContainerPage, name: ServerConversation, key: str, now: float
) -> dict[str, str]:
    """Return the query of the GET that streams the answer to the message put under `key`."""
    return {
        "action": "aipkit_frontend_chat_stream",
        "cache_key": key,
        **_identification(page, name),
        "_ts": str(int(now * 1000)),
    }


def json_form(page: ContainerPage, name: ServerConversation, message: str) -> dict[str, str]:
    """Return the fields of the POST that asks for an answer in one piece (until 2.4.0)."""
    return {
        "action": "aipkit_frontend_chat_message",
        **_identification(page, name),
        "message": message,
    }


def nonce_form(page: ContainerPage) -> dict[str, str]:
    """Return the fields of the POST that asks for a fresh nonce (from 2.3.41)."""
    return {"action": "aipkit_get_frontend_chat_nonce", "bot_id": page.bot_id}


def _identification(page: ContainerPage, name: ServerConversation) -> dict[str, str]:
    return {
        "_ajax_nonce": page.nonce,
        "bot_id": page.bot_id,
        "post_id": page.post_id,
        "session_id": name.session_id,
        "conversation_uuid": name.conversation_uuid,
    }


class _Data(msgspec.Struct):
    cache_key: str = ""
    nonce: str = ""
    reply: str | None = None


class _Answer(msgspec.Struct):
    success: bool = False
    data: _Data | None = None


def read_answer(body: str) -> _Data:
    """Return the data of a successful JSON answer.

    Raises:
        ChatError: the site refused, or the body is no such answer.
    """
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except JSON_ERRORS as exc:
        if refusal := refusals.refusal_from_body(200, body):
            raise refusal from exc
        fault = Fault.HTML_ANSWER if body.lstrip().startswith("<") else Fault.UNREADABLE_ANSWER
        raise ResponseFormatError(body[:500], fault=fault) from exc
    if not answer.success or answer.data is None:
        raise refusals.refusal_from_body(200, body) or ResponseFormatError(body[:500])
    return answer.data


class _Event(msgspec.Struct):
    delta: str | None = None
    error: Any = None
    quota_notice: Any = None


_decode = msgspec.json.Decoder(_Event).decode


class Reader:
    """Turns the body of the stream into events; does no I/O.

    `answer` is all text so far, which the site remembers once the reply is complete.
    """

    awaits_usage = False

    def __init__(self) -> None:
        self._decoder = SSEDecoder()
        self._texts: list[str] = []
        self.is_finished = False
        self._has_events = False

    @property
    def answer(self) -> str:
        """The text so far."""
        return "".join(self._texts)

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield what `chunk` completes.

        Raises:
            ChatError: the site refused, or passed on an error of its model.
        """
        for event in self._decoder.feed(chunk):
            self._has_events = True
            if not self.is_finished:
                yield from self._read(event)

    def _read(self, event: ServerSentEvent) -> Iterator[StreamEvent]:
        if event.event == "done":
            self.is_finished = True
            if not self.answer.strip():
                raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
            yield Finished(FinishReason.STOP)
        elif event.event in {"message", "error"}:
            fields = _fields_of(event.data)
            if fields is None:
                return
            if event.event == "error" or fields.error:
                raise _refusal(fields)
            if fields.delta:
                self._texts.append(fields.delta)
                yield TextDelta(fields.delta)

    def finish(self) -> Iterator[StreamEvent]:
        """Yield what the end of the body means.

        Raises:
            ChatError: there was no answer.
        """
        if self.is_finished:
            return
        if self.answer.strip():
            self.is_finished = True
            yield Finished(FinishReason.CUT)
            return
        body = "\n".join([*self._decoder.stray, self._decoder.leftover()]).strip()
        if self._has_events or not body:
            raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
        data = read_answer(body)
        if not (data.reply or "").strip():
            raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
        self._texts.append(data.reply or "")
        self.is_finished = True
        yield TextDelta(data.reply or "")
        yield Finished(FinishReason.STOP)


def _fields_of(data: str) -> _Event | None:
    try:
        return _decode(data)
    except JSON_ERRORS:
        return decode_halves(data, _Event)


def _refusal(fields: _Event) -> ChatError:
    words = str(fields.error or "")
    flagged = refusals.refusal_from_flags({"quota_notice": fields.quota_notice, "msg": words})
    return flagged or refusals.refusal_from_text(words)
