"""Earlier turns in the forms that survive the way through a site.

v1 strips markup from the history and then deletes every backslash, which breaks its own JSON;
only certain characters come through in every release.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from core.models import Message, Role

HISTORY_CHARACTERS = 20_000
"""As many characters of earlier turns as a site's own page sends."""
_DEFAULT_ENTRIES = 10
_MOST_ENTRIES = 100

_SAFE = str.maketrans(
    {"\n": "\u2028", "\t": " ", '"': "\u201d", "\\": "\uff3c", "<": "\uff1c", "\0": ""}
)
_PERCENT = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def safe_text(text: str) -> str:
    """Return `text` in characters that every release of v1 keeps in a history entry."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _PERCENT.sub("\uff05", lines.translate(_SAFE))


def safe_question(text: str) -> str:
    """Return `text` so that releases which flatten and strip a message keep lines and tags."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\u2028")
    return _PERCENT.sub("\uff05", _TAG.sub("\uff1c", lines))


def history_json(turns: Sequence[Message], *, entries: int | None) -> str:
    """Return `wpaicg_chat_history`: the newest of the earlier `turns`, or "" for none.

    `entries` is the site's own limit. The label `AI: ` inside an answer would be removed by the
    site, so its space becomes a no-break one.
    """
    limit = _DEFAULT_ENTRIES if entries is None else min(entries, _MOST_ENTRIES)
    newest = newest_turns(turns, HISTORY_CHARACTERS)
    lines = [_entry(turn) for turn in newest[-limit:]] if limit > 0 else []
    return msgspec.json.encode(lines).decode() if lines else ""


def _entry(turn: Message) -> str:
    text = safe_text(turn.text)
    if turn.role is Role.USER:
        return f"Human: {text}"
    return "AI: " + text.replace("AI: ", "AI:\u00a0")


def newest_turns(turns: Sequence[Message], characters: int) -> list[Message]:
    """Return the newest whole turns that have at most so many characters together."""
    kept: list[Message] = []
    for turn in reversed(turns):
        characters -= len(turn.text)
        if characters < 0:
            break
        kept.append(turn)
    return kept[::-1]


def system_text(messages: Sequence[Message]) -> str:
    """Return all system prompts as one text."""
    return "\n\n".join(m.text for m in messages if m.role is Role.SYSTEM and m.text)


def earlier_turns(messages: Sequence[Message]) -> list[Message]:
    """Return the turns before the question, without system prompts and empty answers."""
    return [m for m in messages[:-1] if m.role is not Role.SYSTEM and m.text.strip()]


def with_context(messages: Sequence[Message]) -> str:
    """Return the question with system prompt and earlier turns written before it.

    For a service that has no field for them.
    """
    parts = [system_text(messages)]
    if turns := newest_turns(earlier_turns(messages), HISTORY_CHARACTERS):
        lines = [
            f"{'User' if turn.role is Role.USER else 'Assistant'}: {turn.text}" for turn in turns
        ]
        parts += ["Our conversation so far:\n" + "\n".join(lines), "My next message:"]
    return "\n\n".join(part for part in (*parts, messages[-1].text) if part)
