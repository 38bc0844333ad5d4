"""A conversation as Markdown: front matter, a heading for each message, the text as it was."""

from __future__ import annotations

import json
import re

from core.attachments import data_url, fenced
from core.models import ConversationTree, Message
from core.transfer.branches import shown_messages
from core.transfer.fences import closed
from core.transfer.json_values import clean
from core.transfer.words import Words, time_text

SUFFIX = ".md"
FRONT_MATTER = "---"
_SIGNS = re.compile(r"[\\`*_\[\]<>!&]")


def markdown_of(tree: ConversationTree, *, words: Words) -> str:
    """Return the shown branch as a Markdown document."""
    return front_matter(tree) + "\n" + body(tree, words=words)


def front_matter(tree: ConversationTree) -> str:
    """Return what programs read of the conversation, as YAML between two lines of dashes."""
    conversation = tree.conversation
    values = {
        "beseda": str(conversation.id),
        "title": conversation.title,
        "created": time_text(conversation.created_at),
        "updated": time_text(conversation.updated_at),
        "profile": conversation.profile,
        "model": conversation.model,
        "folder": tree.folder,
    }
    # A printable string of JSON is a string of YAML.
    lines = [
        f"{name}: {json.dumps(_printable(value), ensure_ascii=False)}"
        for name, value in values.items()
        if value
    ]
    return "\n".join([FRONT_MATTER, *lines, FRONT_MATTER, ""])


def _printable(text: str) -> str:
    shown = (character if character.isprintable() else " " for character in clean(text))
    return " ".join("".join(shown).split())


def body(tree: ConversationTree, *, words: Words) -> str:
    """Return the document without its front matter."""
    parts = [f"# {words.title(tree.conversation)}"]
    if tree.conversation.system_prompt.strip():
        parts += [f"## {words.system}", closed(tree.conversation.system_prompt.strip("\n"))]
    for message in shown_messages(tree):
        parts.extend(_message(message, words))
    # At the end, so that what was said can be read in any editor.
    parts.extend(
        f"[{_label(message, number)}]: <{data_url(attachment)}>"
        for message in shown_messages(tree)
        for number, attachment in enumerate(message.attachments)
        if attachment.is_image
    )
    return clean("\n\n".join(parts) + "\n")


def _picture(message: Message, number: int) -> str:
    name = _SIGNS.sub(r"\\\g<0>", message.attachments[number].name)
    return f"![{name}][{_label(message, number)}]"


def _label(message: Message, number: int) -> str:
    """Return what no text of a person means by chance."""
    return f"beseda-picture-{message.id}-{number + 1}"


def _message(message: Message, words: Words) -> list[str]:
    parts = [f"## {words.speaker(message)}"]
    time = time_text(message.created_at)
    if time:
        parts.append(f"*{time}*")
    if message.reasoning.strip():
        quoted = [f"**{words.reasoning}**", "", *closed(message.reasoning.strip()).split("\n")]
        parts.append("\n".join(f"> {line}".rstrip() for line in quoted))
    if message.text.strip():
        parts.append(closed(message.text.strip("\n")))
    for number, attachment in enumerate(message.attachments):
        is_image = attachment.is_image
        parts.append(_picture(message, number) if is_image else fenced(attachment))
    note = words.note(message)
    if note:
        parts.append(f"*{note}*")
    return parts
