"""The body of a v1 answer that streams."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from core.demo.answers import Script
from core.demo.failure import Failure
from core.demo.upstream import BAD_GATEWAY_PAGE, MIDWAY_ERROR, UPSTREAM_ERRORS
from core.demo.wire import Piece

MODEL = "beseda-demo"
DONE = Piece(b"data: [DONE]\n\n")
TINY = (
    b'data: {"id":"c","object":"chat.completion.chunk","choices":[{"delta":{"content":"%d"}}]}\n\n'
)
MANY = 100_000

_HALVES = frozenset({Failure.UPSTREAM_CLOSED, Failure.UPSTREAM_RESET, Failure.UPSTREAM_ERROR_EVENT})
_FINISH = {
    Failure.FINISH_LENGTH: "length",
    Failure.FINISH_CONTENT_FILTER: "content_filter",
}


def _new_id() -> str:
    return f"chatcmpl-{secrets.token_hex(12)}"


@dataclass(frozen=True, slots=True)
class StreamBody:
    """What the plugin passes on from its model, and what it adds of its own."""

    script: Script
    tail: Callable[[str], bytes] | None
    """Makes the JSON object that old releases append, from the text that was said."""
    created: int
    id: str = field(default_factory=_new_id)

    def pieces(self, failure: Failure | None) -> Iterator[Piece]:
        """Yield the whole body."""
        if (error := UPSTREAM_ERRORS.get(failure)) is not None:
            end = 'data: {"choices":[{"finish_reason":"stop"}]}\n\n'
            said = yield from self._words(error.message, end, times=2)
        elif failure is Failure.LIMITED:
            words = UPSTREAM_ERRORS[Failure.UPSTREAM_QUOTA].message
            said = yield from self._words(words, "data: [LIMITED]\n\n", times=1)
        elif failure is Failure.UPSTREAM_HTML:
            said = ""
            yield Piece(BAD_GATEWAY_PAGE.encode())
        elif failure is Failure.UPSTREAM_UNREACHABLE:
            return
        else:
            said = yield from self._answer(failure)
        if self.tail is not None:
            yield Piece(self.tail(said))

    def _words(self, message: str, end: str, *, times: int) -> Generator[Piece, None, str]:
        """Yield an error as the plugin makes it, word by word and unescaped; return no text."""
        for _ in range(times):
            for number, word in enumerate(message.split(" ")):
                text = f" {word}" if number else word
                line = f'data: {{"choices":[{{"delta":{{"content":"{text}"}}}}]}}'
                yield Piece(f"event: message\n{line}\n\n".encode())
            yield Piece(end.encode())
        return ""

    def _answer(self, failure: Failure | None) -> Generator[Piece, None, str]:
        """Yield the model's events; return the text in them."""
        if failure is Failure.MANY_EVENTS:
            yield Piece(b"".join(TINY % (number % 10) for number in range(MANY)))
        pieces = self.script.pieces
        if failure in _HALVES:
            pieces = pieces[: max(1, len(pieces) // 2)]
        yield self._event({"role": "assistant", "content": "", "refusal": None})
        for piece in pieces:
            yield self._text(piece, failure)
        if failure is Failure.UPSTREAM_ERROR_EVENT:
            yield Piece(_line({"error": _midway_error()}))
        elif failure not in _HALVES:
            yield from self._end(failure)
        return "".join(pieces)

    def _text(self, piece: str, failure: Failure | None) -> Piece:
        if failure is not Failure.LEGACY_TEXT:
            return self._event({"content": piece}, characters=len(piece))
        choice = {"text": piece, "index": 0, "logprobs": None, "finish_reason": None}
        value = self._head() | {"object": "text_completion", "choices": [choice]}
        return Piece(_line(value), len(piece))

    def _end(self, failure: Failure | None) -> Iterator[Piece]:
        finish = _FINISH.get(failure, "stop") if failure is not None else "stop"
        yield self._event({}, finish=finish)
        if failure is Failure.USAGE_CHUNK:
            head = self._head()
            del head["system_fingerprint"]
            usage = {"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30}
            yield Piece(_line({**head, "choices": [], "usage": usage}))
        if failure is not Failure.NO_DONE:
            yield DONE

    def _event(
        self, delta: dict[str, object], *, finish: str | None = None, characters: int = 0
    ) -> Piece:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return Piece(_line({**self._head(), "choices": [choice]}), characters)

    def _head(self) -> dict[str, object]:
        return {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": MODEL,
            "system_fingerprint": "fp_demo",
        }


def _midway_error() -> dict[str, object]:
    return {"message": MIDWAY_ERROR, "type": "server_error", "param": None, "code": None}


def _line(value: object) -> bytes:
    """Return one event as the model's service writes it: real UTF-8, slashes as they are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"data: {text}\n\n".encode("utf-8", "replace")
