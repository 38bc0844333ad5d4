"""What one start of the program says to the one that runs already: a JSON object on one line.

    {"v": 1, "do": "quick", "text": "…", "token": "…"}      answered by
    {"v": 1, "ok": true}                                     or
    {"v": 1, "ok": false, "why": "other_version"}

Everything that comes is taken for hostile. Fields that are not known are left alone, so that a
newer version may add some; a message that an older one cannot understand has a higher `v`.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NamedTuple

VERSION = 1
LARGEST = 4 * 1024 * 1024
"""Bytes of a message, with its newline."""
LARGEST_ANSWER = 1024
"""The same of an answer."""
_LONGEST_TOKEN = 1024


class Action(StrEnum):
    """What the running program is to do."""

    GREET = "greet"
    """Nothing: only say that it is there."""
    SHOW = "show"
    QUICK = "quick"
    ASK = "ask"
    QUIT = "quit"


class Why(StrEnum):
    """Why a message came to nothing."""

    TOO_LARGE = "too_large"
    NOT_UNDERSTOOD = "not_understood"
    OTHER_VERSION = "other_version"
    NO_ANSWER = "no_answer"
    """Somebody listens, and says nothing in time."""
    NOT_OURS = "not_ours"
    """The one who listens is another user."""


class InstanceError(Exception):
    """A message could not be sent, or not be understood."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


# Not a dataclass: those take longer to import than the rest of this page.
class Wish(NamedTuple):
    """What the user wants of the running program."""

    action: Action
    text: str = ""
    """What to ask; may be empty."""
    token: str = ""
    """The desktop's leave to come to the front: XDG_ACTIVATION_TOKEN."""


def encoded(wish: Wish) -> bytes:
    """Return the line that says `wish`.

    Raises:
        InstanceError: it is too large.
    """
    fields = {"v": VERSION, "do": wish.action.value, "text": wish.text, "token": wish.token}
    line = json.dumps(fields, ensure_ascii=False).encode(errors="replace") + b"\n"
    if len(line) > LARGEST:
        raise InstanceError(Why.TOO_LARGE)
    return line


def decoded(line: bytes) -> Wish:
    """Return what a line says.

    Raises:
        InstanceError: it says nothing that this version understands.
    """
    fields = _fields(line)
    version = fields.get("v")
    if type(version) is not int or version < 1:
        raise InstanceError(Why.NOT_UNDERSTOOD)
    if version > VERSION:
        raise InstanceError(Why.OTHER_VERSION)
    text, token = fields.get("text", ""), fields.get("token", "")
    if not (isinstance(text, str) and isinstance(token, str)):
        raise InstanceError(Why.NOT_UNDERSTOOD)
    try:
        action = Action(str(fields.get("do")))
    except ValueError:
        raise InstanceError(Why.NOT_UNDERSTOOD) from None
    return Wish(action, _harmless(text), _checked_token(token))


def answer(why: Why | None = None) -> bytes:
    """Return the line that answers a message: it was understood, or why not."""
    fields: dict[str, object] = {"v": VERSION, "ok": why is None}
    if why is not None:
        fields["why"] = why.value
    return json.dumps(fields).encode() + b"\n"


def check_answer(line: bytes) -> None:
    """Take an answer.

    Raises:
        InstanceError: the message came to nothing.
    """
    fields = _fields(line)
    if fields.get("ok") is True:
        return
    try:
        why = Why(str(fields.get("why")))
    except ValueError:
        why = Why.NOT_UNDERSTOOD
    raise InstanceError(why)


class LineDecoder:
    """Collects the first line of what comes, piece by piece; what follows it is dropped."""

    def __init__(self, largest: int) -> None:
        self._left = largest
        self._pieces: list[bytes] = []

    def feed(self, chunk: bytes) -> bytes | None:
        """Return the line without its newline once it is there.

        Raises:
            InstanceError: it is larger than it may be.
        """
        piece, newline, _ = chunk.partition(b"\n")
        self._left -= len(piece) + len(newline)
        if self._left < 0:
            self._pieces.clear()
            raise InstanceError(Why.TOO_LARGE)
        self._pieces.append(piece)
        return b"".join(self._pieces) if newline else None


def _fields(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise InstanceError(Why.NOT_UNDERSTOOD) from None
    if not isinstance(fields, dict):
        raise InstanceError(Why.NOT_UNDERSTOOD)
    return fields


def _harmless(text: str) -> str:
    """Return `text` without what cannot be kept or shown: NUL, and halves of characters."""
    from core.text import UNREADABLE, without_surrogates  # noqa: PLC0415 - not for who sends

    return without_surrogates(text.replace("\0", UNREADABLE))


def _checked_token(token: str) -> str:
    """Return `token`; nothing if it is not what a desktop makes: it goes into the environment."""
    is_fit = len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()
    return token if is_fit else ""
