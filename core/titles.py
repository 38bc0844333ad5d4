"""Titles of conversations, made from what was said first, without asking anybody."""

from __future__ import annotations

import re
import unicodedata

from core.models import Conversation, Message, Role

LONGEST_TITLE = 60
"""Characters."""
TITLE_QUESTION = (
    "Give this conversation a title of at most six words, in its own language."
    " Answer with the title alone, without quotation marks."
)
"""What a model is asked for a title, after the exchange."""

_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?(^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_ADDRESS = re.compile(r"\bhttps?://(?:www\.)?([^\s/]+)\S*")
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>+\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)+")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
# A single word between underlines is a name in a program more often than emphasis.
_UNDERLINED = re.compile(r"(?<!\w)(_{1,3})(?=\S)(\S+\s.*?)(?<=\S)\1(?!\w)")
_FENCE_LINE = re.compile(r"^ {0,3}(```+|~~~+).*$", re.MULTILINE)
_JOINERS = "\u200c\u200d"
"""Invisible, but part of words and of emoji."""
_QUOTES = "\"'“”„«»‘’"
_LONGEST_LOOK = 4_000
"""Characters of a message that are looked at: titles stand at its beginning."""


def title_from(conversation: Conversation) -> str:
    """Return a title of the first question, or of the first answer where that has no words.

    Empty when nothing with words has been said yet.
    """
    for role in (Role.USER, Role.ASSISTANT):
        first = next((m for m in conversation.messages if m.role is role), None)
        title = "" if first is None else title_of_text(first.text)
        if title:
            return title
    return ""


def title_of_text(text: str) -> str:
    """Return the first line of a Markdown text that has a word, without marks, shortened.

    Code blocks are passed over unless there is nothing else.
    """
    beginning = text[:_LONGEST_LOOK]
    for candidate in (_FENCE.sub("", beginning), _FENCE_LINE.sub("", beginning)):
        for line in candidate.splitlines():
            title = _shortened(_plain(line))
            if any(map(str.isalnum, title)):
                return title
    return ""


def title_from_model(answer: str) -> str:
    """Return what a model gave for `TITLE_QUESTION` as a title; empty when it is none."""
    return title_of_text(answer).rstrip(".").strip(_QUOTES).rstrip(".").strip()


def title_messages(conversation: Conversation) -> tuple[Message, ...]:
    """Return what a model is sent to make a title: the first exchange, cut short, and the wish."""
    exchange = [
        Message(message.role, message.text[:_LONGEST_LOOK])
        for message in conversation.messages[:2]
        if message.text.strip()
    ]
    return (*exchange, Message(Role.USER, TITLE_QUESTION))


def _plain(line: str) -> str:
    line = _LINE_MARK.sub("", line)
    line = _LINK.sub(r"\1", line)
    line = _ADDRESS.sub(r"\1", line)
    for mark in (_CODE, _EMPHASIS, _UNDERLINED):
        line = mark.sub(r"\2", line)
    return " ".join("".join(map(_visible, line)).split())


def _visible(character: str) -> str:
    """Return nothing for what no title may hold: it controls, or turns the writing around."""
    is_bad = unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in _JOINERS
    return (" " if character.isspace() else "") if is_bad else character


def _shortened(line: str) -> str:
    if len(line) <= LONGEST_TITLE:
        return line
    length = LONGEST_TITLE - 1
    # An accent or half an emoji is not left without what it belongs to, nor the other way round.
    while length > 1 and _belongs_to_one_before(line, length):
        length -= 1
    cut = line[:length]
    at_word = cut.rpartition(" ")[0]
    # A single word longer than half a title is cut where it stands.
    kept = at_word if len(at_word) > LONGEST_TITLE // 2 else cut
    return kept.rstrip(" ,;:–—-(") + "…"


def _belongs_to_one_before(line: str, index: int) -> bool:
    character = line[index]
    is_mark = unicodedata.category(character).startswith("M") or character in _JOINERS
    return is_mark or line[index - 1] == "\u200d"
