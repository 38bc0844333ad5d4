"""A conversation as plain text: who said it, when, and what, exactly as it was written."""

from __future__ import annotations

from core.attachments import fenced
from core.models import ConversationTree, Message
from core.transfer.attachments import IMAGE, placeholder
from core.transfer.branches import shown_messages
from core.transfer.json_values import clean
from core.transfer.words import Words, time_text

SUFFIX = ".txt"


def plain_text_of(tree: ConversationTree, *, words: Words) -> str:
    """Return the shown branch as plain text."""
    conversation = tree.conversation
    title = words.title(conversation)
    parts = [f"{title}\n{'=' * len(title)}"]
    facts = {words.created: time_text(conversation.created_at), words.model: conversation.model}
    lines = [f"{name}: {value}" for name, value in facts.items() if value]
    if lines:
        parts.append("\n".join(lines))
    if conversation.system_prompt.strip():
        parts.append(f"{words.system}:\n{conversation.system_prompt.strip(chr(10))}")
    parts.extend(_message(message, words) for message in shown_messages(tree))
    return clean("\n\n".join(parts) + "\n")


def _message(message: Message, words: Words) -> str:
    time = time_text(message.created_at)
    lines = [f"{words.speaker(message)}, {time}:" if time else f"{words.speaker(message)}:"]
    if message.reasoning.strip():
        lines += [f"[{words.reasoning}]", message.reasoning.strip("\n"), ""]
    if message.text.strip():
        lines.append(message.text.strip("\n"))
    for attachment in message.attachments:
        is_image = attachment.is_image
        lines.append(placeholder(IMAGE, attachment.name) if is_image else fenced(attachment))
    note = words.note(message)
    if note:
        lines.append(f"[{note}]")
    return "\n".join(lines)
