"""Chatbox's backup: one object whose keys are those of the program's own storage.

Followed in the sources of chatboxai/chatbox: newer versions write `chat-sessions-list` and a key
`session:<id>` for each conversation, older ones all of them under `chat-sessions`; the export of
one conversation is `{"__source": "chatbox", "session": …}`. Times are milliseconds. Of a fork, the
current list is empty, because its messages stand in the session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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

SESSION_PREFIX = "session:"
OLD_SESSIONS = "chat-sessions"

_MILLISECOND = 0.001
_SESSION_LISTS = ("chat-sessions-list", "chat-sessions-list-meta", OLD_SESSIONS)


def is_backup(keys: Mapping[str, Any]) -> bool:
    """Whether an object with these keys is a backup, or the export of one conversation."""
    return (
        any(name in keys for name in _SESSION_LISTS)
        or any(key.startswith(SESSION_PREFIX) for key in keys)
        or ("__source" in keys and "session" in keys)
    )


def recognises(value: Mapping[str, Any]) -> bool:
    """Whether `value` is a session: asked of what stands in a backup only."""
    return isinstance(value.get("messages"), list)


def read(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[ConversationTree]:
    """Return the conversation, and one for each of its archived threads."""
    told = text_of(value.get("id"))
    name = line_of(value.get("name"))
    trees = [_tree(value, value, told=told, title=name, skipped=skipped)]
    for number, item in enumerate(list_of(value.get("threads"))):
        thread = mapping_of(item)
        if not list_of(thread.get("messages")):
            continue
        own_name = line_of(thread.get("name"))
        title = " – ".join(filter(None, (name, own_name if own_name != name else "")))
        key = f"{told}\0{text_of(thread.get('id')) or number}"
        trees.append(_tree(value, thread, told=key, title=title, skipped=skipped))
    return trees


@dataclass(frozen=True, slots=True)
class _Item:
    key: str
    parent: str | None
    value: Mapping[str, Any]


def _tree(
    session: Mapping[str, Any],
    thread: Mapping[str, Any],
    *,
    told: str,
    title: str,
    skipped: Counter[SkipReason],
) -> ConversationTree:
    settings = mapping_of(session.get("settings"))
    main = list_of(thread.get("messages"))
    system = ""
    nodes = []
    current = None
    for item in _with_forks(main, mapping_of(session.get("messageForksHash"))):
        message = _message(item.value, skipped)
        if message is not None and message.role is Role.SYSTEM and item.parent is None:
            system, message = message.text, None
        nodes.append(Node(item.key, item.parent, message))
        if main and item.value is main[-1]:
            current = item.key
    times = [node.message.created_at for node in nodes if node.message is not None]
    known = [time for time in times if time]
    conversation = Conversation(
        0,
        title=title,
        has_own_title=is_given(title),
        model=line_of(settings.get("modelId")) or line_of(settings.get("model")),
        system_prompt=system,
        is_pinned=flag_of(session.get("starred")),
        created_at=min(known, default=0.0) or _time(thread.get("createdAt")),
        updated_at=max(known, default=0.0),
    )
    return build_tree(
        conversation,
        nodes,
        source=f"{Source.CHATBOX}\0{told or title}",
        current=current,
        skipped=skipped,
    )


def _with_forks(messages: list[Any], forks: Mapping[str, Any]) -> Iterator[_Item]:
    """Yield each message with the one that it follows: the main list, then what forked off it."""
    lists: list[tuple[str | None, list[Any]]] = [(None, messages)]
    seen: set[str] = set()
    number = 0
    for start, items in lists:
        above = start
        for item in items:
            value = mapping_of(item)
            own_key = value.get("id")
            key = own_key if isinstance(own_key, str) and own_key else f"number {number}"
            number += 1
            yield _Item(key, above, value)
            above = key
            if key in forks and key not in seen:
                seen.add(key)
                fork = mapping_of(forks[key])
                branches = [mapping_of(branch) for branch in list_of(fork.get("lists"))]
                lists.extend((key, list_of(branch.get("messages"))) for branch in branches)


def _message(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> Message | None:
    role = value.get("role")
    if role == "tool":
        skipped[SkipReason.TOOL_MESSAGE] += 1
        return None
    if role not in _ROLES:
        skipped[SkipReason.BROKEN_MESSAGE] += 1
        return None
    text, reasoning = _content(value, skipped)
    error = line_of(value.get("error"))
    if not text.strip() and not reasoning and not error:
        return None
    usage = mapping_of(value.get("usage"))
    is_answer = role == "assistant"
    return Message(
        Role(role),
        text,
        reasoning=reasoning,
        state=MessageState.FAILED if error else MessageState.COMPLETE,
        error=error,
        model=line_of(value.get("model")) if is_answer else "",
        prompt_tokens=count_of(usage.get("inputTokens")) if is_answer else None,
        completion_tokens=count_of(usage.get("outputTokens")) if is_answer else None,
        created_at=_time(value.get("timestamp")),
    )


_ROLES = [role.value for role in Role]


def _content(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> tuple[str, str]:
    """Return the text and the thoughts, in the form of newer versions or of older ones."""
    texts: list[str] = []
    thoughts = [text_of(value.get("reasoningContent"))]
    for item in list_of(value.get("contentParts")):
        part = mapping_of(item)
        kind = part.get("type")
        if kind == "text":
            texts.append(text_of(part.get("text")))
        elif kind == "reasoning":
            thoughts.append(text_of(part.get("text")))
        elif kind == "image":
            texts.append(placeholder(IMAGE))
            skipped[SkipReason.ATTACHMENT] += 1
        elif kind == "tool-call":
            skipped[SkipReason.TOOL_MESSAGE] += 1
    if not any(text.strip() for text in texts):
        texts.append(text_of(value.get("content")))
    files = [*list_of(value.get("files")), *list_of(value.get("pictures"))]
    marks = [placeholder(FILE, line_of(mapping_of(file).get("name"))) for file in files]
    skipped[SkipReason.ATTACHMENT] += len(marks)
    text = "\n\n".join(part for part in (*marks, *texts) if part.strip())
    return text, "\n\n".join(filter(None, thoughts))


def _time(value: object) -> float:
    return seconds_of(value, unit=_MILLISECOND)
