"""LibreChat's export of one conversation: `messages` in a row, or `messagesTree` in each other.

Followed in the sources of LibreChat (`useExportConversation`): a message has `messageId`,
`parentMessageId`, `isCreatedByUser`, `text` or a list of `content` parts, `createdAt` in ISO 8601.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from core.models import Conversation, ConversationTree, Message, MessageState, Role
from core.transfer.attachments import FILE, IMAGE, placeholder
from core.transfer.json_values import (
    count_of,
    flag_of,
    is_given,
    line_of,
    list_of,
    mapping_of,
    seconds_of,
    text_of,
)
from core.transfer.report import SkipReason, Source
from core.transfer.tree_building import Node, build_tree

_NO_PARENT = "00000000-0000-0000-0000-000000000000"
_PARAMETERS = ("temperature", "top_p", "presence_penalty", "frequency_penalty", "max_tokens")


def recognises(value: Mapping[str, Any]) -> bool:
    """Whether `value` is a conversation of this form."""
    lists = (value.get("messages"), value.get("messagesTree"))
    return "conversationId" in value and any(isinstance(one, list) for one in lists)


def read(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[ConversationTree]:
    """Return the conversation; the branch that is shown is the newest one."""
    options = mapping_of(value.get("options"))
    top = value["messagesTree"] if "messagesTree" in value else value.get("messages")
    nodes = [
        Node(_key(item, number), parent, _message(item, skipped))
        for number, (item, parent) in enumerate(_flattened(list_of(top)))
    ]
    times = [node.message.created_at for node in nodes if node.message is not None]
    known = [time for time in times if time]
    title = line_of(value.get("title"))
    conversation = Conversation(
        0,
        title=title,
        has_own_title=is_given(title),
        model=line_of(options.get("model")),
        system_prompt=text_of(options.get("promptPrefix")) or text_of(options.get("system")),
        parameters={name: options[name] for name in _PARAMETERS if _is_number(options.get(name))},
        created_at=min(known, default=0.0),
        updated_at=max(known, default=0.0),
    )
    told = text_of(value.get("conversationId")) or (nodes[0].key if nodes else "")
    newest = max(
        (node for node in nodes if node.message is not None),
        key=_creation,
        default=None,
    )
    tree = build_tree(
        conversation,
        nodes,
        source=f"{Source.LIBRECHAT}\0{told}",
        current=newest.key if newest is not None and known else None,
        skipped=skipped,
    )
    return [tree]


def _creation(node: Node) -> float:
    return 0.0 if node.message is None else node.message.created_at


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e9 < value < 1e9


def _key(item: Mapping[str, Any], number: int) -> str:
    key = item.get("messageId")
    return key if isinstance(key, str) and key else f"number {number}"


def _flattened(top: list[Any]) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Yield each message with the id of the one that it follows, parents first."""
    waiting: list[tuple[Any, str | None]] = [(item, None) for item in reversed(top)]
    while waiting:
        item, above = waiting.pop()
        value = mapping_of(item)
        parent = value.get("parentMessageId")
        named = parent if isinstance(parent, str) and parent != _NO_PARENT else None
        yield value, above or named
        children = list_of(value.get("children"))
        key = value.get("messageId")
        own_key = key if isinstance(key, str) and key else above
        waiting.extend((child, own_key) for child in reversed(children))


def _message(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> Message | None:
    is_user = value.get("isCreatedByUser")
    if not isinstance(is_user, bool):
        sender = line_of(value.get("sender")).lower()
        if not sender:
            skipped[SkipReason.BROKEN_MESSAGE] += 1
            return None
        is_user = sender == "user"
    text, reasoning = _content(value, skipped)
    for item in list_of(value.get("files")):
        file = mapping_of(item)
        kind = IMAGE if text_of(file.get("type")).startswith("image/") else FILE
        text = f"{placeholder(kind, line_of(file.get('filename')))}\n\n{text}".strip()
        skipped[SkipReason.ATTACHMENT] += 1
    if not text.strip() and not reasoning:
        skipped[SkipReason.BROKEN_MESSAGE] += 1
        return None
    is_error = flag_of(value.get("error"))
    return Message(
        Role.USER if is_user else Role.ASSISTANT,
        "" if is_error and not is_user else text,
        reasoning=reasoning,
        state=_state(value, is_error=is_error),
        error=line_of(text) if is_error and not is_user else "",
        model="" if is_user else line_of(value.get("model")),
        prompt_tokens=None,
        completion_tokens=None if is_user else count_of(value.get("tokenCount")),
        created_at=seconds_of(value.get("createdAt")),
        ended_at=0.0 if is_user else seconds_of(value.get("updatedAt")),
    )


def _state(value: Mapping[str, Any], *, is_error: bool) -> MessageState:
    if is_error:
        return MessageState.FAILED
    if flag_of(value.get("unfinished")):
        return MessageState.STOPPED
    return MessageState.COMPLETE


def _content(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> tuple[str, str]:
    """Return the text and the thoughts, of `content` where there is one."""
    texts: list[str] = []
    thoughts: list[str] = []
    for item in list_of(value.get("content")):
        part = mapping_of(item)
        kind = part.get("type")
        if kind in ("text", "error"):
            text = part.get("text")
            texts.append(text_of(text) or text_of(mapping_of(text).get("value")))
        elif kind == "think":
            thoughts.append(text_of(part.get("think")))
        elif kind == "tool_call":
            skipped[SkipReason.TOOL_MESSAGE] += 1
        elif isinstance(kind, str):
            skipped[SkipReason.ATTACHMENT] += 1
            texts.append(placeholder(IMAGE if "image" in kind else FILE))
    joined = "\n\n".join(text for text in texts if text.strip())
    return joined or text_of(value.get("text")), "\n\n".join(filter(None, thoughts))
