"""Protocol v1 (plugin 1.7 to 1.9, `wpaicg_*`): one POST, answered by a stream or by JSON."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from core.errors import ChatError, Fault, ProviderError, ResponseFormatError
from core.events import Finished, FinishReason, StreamEvent, TextDelta, Usage
from core.models import ChatRequest
from core.net.sse import SSEDecoder
from core.providers.ai_power import refusals
from core.providers.ai_power.history import (
    earlier_turns,
    history_json,
    safe_question,
    system_text,
)
from core.providers.ai_power.lenient_json import (
    JSON_ERRORS,
    count_of,
    decode_halves,
    decode_object,
)
from core.providers.ai_power.page import ShortcodePage

_FINISH_REASONS = {reason.value: reason for reason in FinishReason if reason != FinishReason.CUT}
_HAND_MADE = re.compile(r'\{"choices":\[\{"delta":\{"content":"(.*?)(?:"\}\}\]\})?\Z', re.DOTALL)


def form(page: ShortcodePage, request: ChatRequest, client_id: str) -> dict[str, str]:
    """Return the fields of the POST that asks for a reply."""
    question = request.messages[-1].text
    message = "\n\n".join(part for part in (system_text(request.messages), question) if part)
    fields = {
        "action": f"wpaicg_chat{'box' if page.is_widget else '_shortcode'}_message",
        "_wpnonce": page.nonce,
        "post_id": page.post_id,
        "url": page.url,
        "bot_id": page.bot_id,
        "chatbot_identity": _identity(page),
        "wpaicg_chat_client_id": client_id,
        "chat_id": str(secrets.randbelow(100_000) + 1),
        # Before 1.8.93 a page has no memory limit, and its site flattens lines and cuts tags.
        "message": safe_question(message) if page.memory_limit is None else message,
    }
    if history := history_json(earlier_turns(request.messages), entries=page.memory_limit):
        fields["wpaicg_chat_history"] = history
    return fields


def _identity(page: ShortcodePage) -> str:
    if page.bot_id != "0":
        return f"custom_bot_{page.bot_id}"
    return "widget" if page.is_widget else "shortcode"


class _Delta(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta | None = None
    text: str | None = None
    finish_reason: str | None = None

    @property
    def content(self) -> str:
        # 1.8.68 asks the legacy endpoint for models that it does not know: `text`, no `delta`.
        return (self.delta.content if self.delta else self.text) or ""


class _Event(
    msgspec.Struct,
    rename={
        "token_limit": "tokenLimitReached",
        "flagged": "messageFlagged",
        "banned": "ipBanned",
        "pinecone": "pineconeError",
    },
):
    """One `data:` line; each field may be missing."""

    id: Any = None
    object: Any = None
    choices: list[_Choice] | None = None
    usage: Any = None
    error: Any = None
    msg: Any = None
    token_limit: Any = None
    flagged: Any = None
    banned: Any = None
    pinecone: Any = None
    modflag: Any = None

    @property
    def has_origin(self) -> bool:
        """Whether a model's service made this event; the plugin's own have neither."""
        return self.id is not None or self.object is not None

    @property
    def has_flags(self) -> bool:
        """Whether anything in it may mean that the site refuses."""
        return bool(
            self.error
            or self.token_limit
            or self.flagged
            or self.banned
            or self.pinecone
            or self.modflag
        )

    def refusal(self) -> ChatError | None:
        if self.error:
            return refusals.refusal_from_text(_words_of(self.error))
        return refusals.refusal_from_flags(
            {
                "msg": self.msg,
                "tokenLimitReached": self.token_limit,
                "messageFlagged": self.flagged,
                "ipBanned": self.banned,
                "pineconeError": self.pinecone,
                "modflag": self.modflag,
            }
        )


def _words_of(error: object) -> str:
    return str(error.get("message") or error) if isinstance(error, dict) else str(error)


_decode = msgspec.json.Decoder(_Event).decode


@dataclass(slots=True)
class _Ending:
    """What has been seen that ends a reply."""

    reason: FinishReason | None = None
    is_final: bool = False


class Reader:
    """Turns the body of an answer into events; does no I/O.

    `feed` it the bytes as they come, then `finish`. `is_finished` says that nothing more is wanted,
    whatever else the site may send; `awaits_usage` that only a token count may still follow.
    """

    def __init__(self) -> None:
        self._decoder = SSEDecoder(joins_data=False)
        self._ending = _Ending()
        self._has_text = False
        self._has_broken_events = False
        self._hand_made: list[str] = []
        self._stray_seen = 0

    @property
    def is_finished(self) -> bool:
        """Whether the reply has ended."""
        return self._ending.is_final

    @property
    def awaits_usage(self) -> bool:
        """Whether the answer is complete, and at most its token count is missing."""
        return self._ending.reason is not None

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield what `chunk` completes.

        Raises:
            ChatError: the site refused, or passed on an error of its model.
        """
        data = self._decoder.plain_data(chunk)
        if data is not None:
            if not self._ending.is_final:
                yield from self._read(data)
            self._stray_seen = len(self._decoder.stray)
            return
        for event in self._decoder.feed(chunk):
            if not self._ending.is_final:
                yield from self._read(event.data, is_named=event.is_named)
            self._stray_seen = len(self._decoder.stray)

    def _read(self, data: str, *, is_named: bool = False) -> Iterator[StreamEvent]:
        if data == "[DONE]":
            yield from self._end(self._ending.reason or FinishReason.STOP)
            return
        if data.startswith("[LIMITED]"):
            raise self._hand_made_error()
        try:
            fields = _decode(data)
        except JSON_ERRORS:
            halves = decode_halves(data, _Event)
            if halves is None:
                self._keep_broken(data)
                return
            fields = halves
        if fields.has_flags and (refusal := fields.refusal()):
            raise refusal
        # The plugin tells an error in events of its own, which it names and a model never does.
        is_hand_made = not fields.has_origin and (is_named or bool(self._hand_made))
        for choice in fields.choices or ():
            if text := self._take(choice, is_hand_made=is_hand_made and not self._has_text):
                yield TextDelta(text)
        if fields.usage is not None and isinstance(fields.usage, dict):
            prompt = count_of(fields.usage.get("prompt_tokens"))
            yield Usage(prompt, count_of(fields.usage.get("completion_tokens")))

    def _take(self, choice: _Choice, *, is_hand_made: bool) -> str:
        """Take note of a choice; return what it adds to the answer."""
        content = choice.content
        if is_hand_made:
            self._hand_made.append(content)
            # The same text follows once more: the site asked its model twice.
            if choice.finish_reason:
                raise self._hand_made_error()
            return ""
        text = content if self._ending.reason is None else ""
        if not self._has_text:
            self._has_text = bool(text) and not text.isspace()
        if choice.finish_reason:
            self._ending.reason = _FINISH_REASONS.get(choice.finish_reason, FinishReason.STOP)
        return text

    def _keep_broken(self, data: str) -> None:
        """Save the words of an event whose JSON the plugin made without escaping."""
        self._has_broken_events = True
        whole = "\n".join([data, *self._decoder.stray[self._stray_seen :]])
        if not self._has_text and (found := _HAND_MADE.match(whole)):
            self._hand_made.append(found[1])

    def _hand_made_error(self) -> ChatError:
        text = "".join(self._hand_made)
        half = len(text) // 2
        return refusals.refusal_from_text(text[:half] if text[:half] == text[half:] else text)

    def _end(self, reason: FinishReason) -> Iterator[StreamEvent]:
        self._ending = _Ending(reason, is_final=True)
        if not self._has_text:
            if self._hand_made:
                raise self._hand_made_error()
            if reason is FinishReason.CONTENT_FILTER:
                raise ProviderError(fault=Fault.FLAGGED)
            raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
        yield Finished(reason)

    def finish(self) -> Iterator[StreamEvent]:
        """Yield what the end of the body means.

        Raises:
            ChatError: there was no answer.
        """
        # The last event may lack its empty line; what is broken in it is skipped as anywhere.
        left = [line for line in self._decoder.leftover().split("\n") if line[:5] == "data:"]
        for line in left:
            if not self._ending.is_final:
                yield from self._read(line[5:].removeprefix(" "))
        if self._ending.is_final:
            return
        if self._has_text:
            yield from self._end(self._ending.reason or FinishReason.CUT)
        elif self._ending.reason is not None or self._hand_made:
            yield from self._end(self._ending.reason or FinishReason.STOP)
        else:
            yield from self._read_plain("\n".join([*self._decoder.stray, self._decoder.leftover()]))

    def _read_plain(self, text: str) -> Iterator[StreamEvent]:
        """Read a body that was no stream: JSON, a bare word of WordPress, or a web page."""
        text = text.strip().removeprefix("\ufeff")
        if not text:
            broken = Fault.UNREADABLE_ANSWER if self._has_broken_events else Fault.EMPTY_ANSWER
            raise ResponseFormatError(fault=broken)
        if text in {"0", "-1"}:
            raise refusals.refusal_from_body(200, text) or ResponseFormatError(text)
        answer = decode_object(text)
        if answer is None:
            fault = Fault.HTML_ANSWER if text.startswith("<") else Fault.UNREADABLE_ANSWER
            raise ResponseFormatError(text[:500], fault=fault)
        yield from self._read_json(answer)

    def _read_json(self, answer: dict[str, Any]) -> Iterator[StreamEvent]:
        if refusal := refusals.refusal_from_flags(answer):
            raise refusal
        # `msg` is "Something went wrong" on success too: only `status` tells.
        if answer.get("status") == "error":
            raise refusals.refusal_from_text(str(answer.get("msg") or ""))
        text = answer.get("data")
        if not isinstance(text, str):
            raise ResponseFormatError(fault=Fault.UNREADABLE_ANSWER)
        if text.strip():
            self._has_text = True
            yield TextDelta(text)
        yield from self._end(FinishReason.STOP)
