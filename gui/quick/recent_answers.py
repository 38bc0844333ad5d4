"""The last answers of this run, for the tray's menu."""

from __future__ import annotations

from collections import deque

from core.models import Conversation, MessageState, Role

MOST = 5
_LONGEST_LINE = 200
_MARKS = "#>*_`-+ \t"


class RecentAnswers:
    """Keeps a few answers, the newest first; of private conversations none."""

    def __init__(self) -> None:
        self._answers: deque[tuple[int, str, str]] = deque(maxlen=MOST)

    def add(self, conversation: Conversation) -> None:
        """Take the answer at the end of a conversation; it takes the place of the one before it."""
        text = last_answer(conversation)
        if not text:
            return
        others = [one for one in self._answers if one[0] != conversation.id]
        title = conversation.title or first_line(text)
        self._answers = deque([(conversation.id, title, text), *others], maxlen=MOST)

    def remove(self, conversation_id: int) -> None:
        """Forget the answer of a conversation."""
        others = [one for one in self._answers if one[0] != conversation_id]
        self._answers = deque(others, maxlen=MOST)

    def titles(self) -> list[str]:
        """Return what the answers are called."""
        return [title for _, title, _ in self._answers]

    def text(self, index: int) -> str:
        """Return the Markdown of an answer; empty where there is none."""
        return self._answers[index][2] if 0 <= index < len(self._answers) else ""


def last_answer(conversation: Conversation) -> str:
    """Return the answer that a conversation ends with, unless nothing came of it."""
    last = conversation.messages[-1] if conversation.messages else None
    if last is None or last.role is not Role.ASSISTANT or last.state is MessageState.STREAMING:
        return ""
    return last.text.strip()


def first_line(text: str) -> str:
    """Return the first line with words of a Markdown text, without its marks, and not too long."""
    lines = (line.strip(_MARKS) for line in text.splitlines() if not line.startswith("```"))
    line = next((line for line in lines if line), "").replace("**", "").replace("`", "")
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"
