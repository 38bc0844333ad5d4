"""Open WebUI's export of chats: a list of rows, each with a `chat` whose `history` is a tree.

Followed in the sources of open-webui: a node has `id`, `parentId`, `role`, `content`, `timestamp`
in seconds, `model`; `currentId` is the end of the shown branch. Thoughts and calls of tools stand
in the content as `<details>`.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
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

_DETAILS_START = re.compile(r'<details\s+type="(reasoning|tool_calls|code_interpreter)"[^>]*>')
_DETAILS_END = "</details>"
_SUMMARY = re.compile(r"^\s*<summary>[^<]*</summary>")
_QUOTE_MARK = re.compile(r"^> ?", re.MULTILINE)


def recognises(value: Mapping[str, Any]) -> bool:
    """Whether `value` is a row, or a bare chat, of this form."""
    history = mapping_of(_chat(value).get("history"))
    return isinstance(history.get("messages"), dict)


def read(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[ConversationTree]:
    """Return the conversation with all its branches."""
    chat = _chat(value)
    history = mapping_of(chat.get("history"))
    messages = mapping_of(history.get("messages"))
    title = line_of(value.get("title")) or line_of(chat.get("title"))
    prompts = [chat.get("system"), mapping_of(chat.get("params")).get("system")]
    system = next(filter(None, map(text_of, prompts)), "")
    nodes = []
    for key, item in messages.items():
        node = mapping_of(item)
        parent = node.get("parentId")
        message = _message(node, skipped)
        if message is not None and message.role is Role.SYSTEM:
            system, message = system or message.text, None
        nodes.append(Node(key, parent if isinstance(parent, str) else None, message))
    models = [line_of(name) for name in list_of(chat.get("models"))]
    conversation = Conversation(
        0,
        title=title,
        has_own_title=is_given(title),
        model=next(filter(None, models), ""),
        system_prompt=system,
        is_pinned=flag_of(value.get("pinned")),
        is_archived=flag_of(value.get("archived")),
        created_at=_time(value.get("created_at")) or _time(chat.get("timestamp")),
        updated_at=_time(value.get("updated_at")),
    )
    current = history.get("currentId")
    told = text_of(value.get("id")) or text_of(chat.get("id")) or next(iter(messages), "")
    tree = build_tree(
        conversation,
        nodes,
        source=f"{Source.OPEN_WEBUI}\0{told}",
        current=current if isinstance(current, str) else None,
        skipped=skipped,
    )
    folder = mapping_of(value.get("folder"))
    return [replace(tree, folder=line_of(folder.get("name")))]


def _chat(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the chat of a row; old exports hold it without one."""
    return mapping_of(value["chat"]) if "chat" in value else value


def _time(value: object) -> float:
    """Return seconds; some versions write milliseconds."""
    return seconds_of(value) or seconds_of(value, unit=0.001)


def _message(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> Message | None:
    role = value.get("role")
    if role not in _ROLES:
        skipped[SkipReason.BROKEN_MESSAGE] += 1
        return None
    text, reasoning = _split_details(_content(value.get("content"), skipped), skipped)
    marks = []
    for item in list_of(value.get("files")):
        file = mapping_of(item)
        kind = IMAGE if file.get("type") == "image" else FILE
        marks.append(placeholder(kind, line_of(file.get("name"))))
    skipped[SkipReason.ATTACHMENT] += len(marks)
    text = "\n\n".join(part for part in (*marks, text) if part.strip())
    error = value.get("error")
    failure = line_of(error) or line_of(mapping_of(error).get("content"))
    if not text and not failure and not reasoning:
        return None
    usage = mapping_of(value.get("usage")) or mapping_of(value.get("info"))
    is_answer = role == "assistant"
    return Message(
        Role(role),
        text,
        reasoning=reasoning,
        state=MessageState.FAILED if error else MessageState.COMPLETE,
        error=failure,
        model=line_of(value.get("model")) if is_answer else "",
        prompt_tokens=count_of(usage.get("prompt_tokens")) if is_answer else None,
        completion_tokens=count_of(usage.get("completion_tokens")) if is_answer else None,
        created_at=_time(value.get("timestamp")),
        ended_at=_time(value.get("completedAt")),
    )


_ROLES = [role.value for role in Role]


def _content(value: object, skipped: Counter[SkipReason]) -> str:
    """Return the text of a message; of a list of parts, theirs."""
    if not isinstance(value, list):
        return text_of(value)
    texts = []
    for item in value:
        part = mapping_of(item)
        if part.get("type") == "text":
            texts.append(text_of(part.get("text")))
        else:
            skipped[SkipReason.ATTACHMENT] += 1
            texts.append(placeholder(IMAGE))
    return "\n\n".join(texts)


def _split_details(content: str, skipped: Counter[SkipReason]) -> tuple[str, str]:
    """Return the text without its `<details>`, and the thoughts that stood in them."""
    kept: list[str] = []
    thoughts: list[str] = []
    position = 0
    while start := _DETAILS_START.search(content, position):
        end = content.find(_DETAILS_END, start.end())
        if end < 0:
            break
        kept.append(content[position : start.start()])
        if start[1] == "reasoning":
            inner = _SUMMARY.sub("", content[start.end() : end])
            thoughts.append(_QUOTE_MARK.sub("", html.unescape(inner).strip()))
        else:
            skipped[SkipReason.TOOL_MESSAGE] += 1
        position = end + len(_DETAILS_END)
    kept.append(content[position:])
    if position == 0:
        return content, ""
    return "".join(kept).strip(), "\n\n".join(filter(None, thoughts))
