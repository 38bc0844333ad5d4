"""ChatGPT's export: conversations whose `mapping` is a tree of nodes, in one file or in several.

OpenAI documents no form; this follows the exports of 2023 to 2026, in which hidden nodes, calls of
tools and thoughts stand in the same tree as what is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from core.models import Conversation, ConversationTree, Message, Role
from core.transfer.attachments import AUDIO, FILE, IMAGE, placeholder
from core.transfer.json_values import (
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

# Tuples, not sets: what stands in a file need not be hashable.
_ROLES = ("user", "assistant", "tool")
_EVERYBODY = ("all", "", None)
_HIDDEN = (
    "user_editable_context",
    "model_editable_context",
    "system_error",
    "thoughts",
    "reasoning_recap",
)
_BROWSED = ("tether_browsing_display", "tether_quote", "sonic_webpage", "execution_output")


def recognises(value: Mapping[str, Any]) -> bool:
    """Whether `value` is a conversation of this form."""
    return isinstance(value.get("mapping"), dict) and "messages" not in value


def read(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[ConversationTree]:
    """Return the conversation, edited and regenerated messages as versions."""
    mapping = mapping_of(value.get("mapping"))
    model = text_of(value.get("default_model_slug"))
    title = line_of(value.get("title"))
    conversation = Conversation(
        0,
        title=title,
        has_own_title=is_given(title),
        model="" if model == "auto" else model,
        is_archived=flag_of(value.get("is_archived")),
        is_pinned=flag_of(value.get("is_starred")),
        created_at=seconds_of(value.get("create_time")),
        updated_at=seconds_of(value.get("update_time")),
    )
    nodes = []
    for key, item in mapping.items():
        node = mapping_of(item)
        parent = node.get("parent")
        message = _message(key, mapping, skipped)
        nodes.append(Node(key, parent if isinstance(parent, str) else None, message))
    told = text_of(value.get("conversation_id")) or text_of(value.get("id")) or _told(value)
    current = value.get("current_node")
    tree = build_tree(
        conversation,
        nodes,
        source=f"{Source.CHATGPT}\0{told}",
        current=current if isinstance(current, str) else None,
        skipped=skipped,
    )
    return [tree]


def _told(value: Mapping[str, Any]) -> str:
    """Return what tells a conversation without an id apart: old exports have none."""
    first = next(iter(mapping_of(value.get("mapping"))), "")
    return f"{value.get('create_time')}\0{first}"


def _message(key: str, mapping: Mapping[str, Any], skipped: Counter[SkipReason]) -> Message | None:
    """Return what a node shows, or None; counts what is left out, unless it is always hidden."""
    value = mapping_of(mapping_of(mapping[key]).get("message"))
    content = mapping_of(value.get("content"))
    if not value or _is_hidden(value, content):
        return None
    role = mapping_of(value.get("author")).get("role")
    if role not in _ROLES:
        skipped[SkipReason.BROKEN_MESSAGE] += 1
        return None
    if _is_call(value) and not (role == "tool" and _has_picture(content)):
        skipped[SkipReason.TOOL_MESSAGE] += 1
        return None
    text = "\n\n".join(part for part in _parts(content, skipped) if part.strip())
    files = _attachments(value, content, skipped) if role == "user" else []
    text = "\n\n".join(part for part in (*files, text) if part)
    if not text.strip():
        return None
    metadata = mapping_of(value.get("metadata"))
    return Message(
        Role.USER if role == "user" else Role.ASSISTANT,
        text,
        reasoning=_reasoning(key, mapping) if role == "assistant" else "",
        model=text_of(metadata.get("model_slug")) if role == "assistant" else "",
        created_at=seconds_of(value.get("create_time")),
        ended_at=seconds_of(value.get("update_time")),
    )


def _is_hidden(value: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    metadata = mapping_of(value.get("metadata"))
    return (
        flag_of(metadata.get("is_visually_hidden_from_conversation"))
        or mapping_of(value.get("author")).get("role") == "system"
        or text_of(content.get("content_type")) in _HIDDEN
    )


def _parts(content: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[str]:
    """Return the texts of a message, with a placeholder for each picture and each sound."""
    kind = content.get("content_type")
    if kind == "code":
        language = line_of(content.get("language"))
        code = text_of(content.get("text"))
        known = "" if language == "unknown" else language
        return [f"```{known}\n{code}\n```"] if code.strip() else []
    if kind in _BROWSED:
        return []
    parts = content.get("parts")
    if not isinstance(parts, list):
        return [text_of(content.get("text"))]
    return [_part(part, skipped) for part in parts]


def _part(part: object, skipped: Counter[SkipReason]) -> str:
    if isinstance(part, str):
        return text_of(part)
    value = mapping_of(part)
    kind = text_of(value.get("content_type"))
    if kind == "audio_transcription" or (not kind and value.get("text")):
        return text_of(value.get("text"))
    if not kind:
        return ""
    skipped[SkipReason.ATTACHMENT] += 1
    if "image" in kind:
        prompt = mapping_of(mapping_of(value.get("metadata")).get("dalle")).get("prompt")
        return placeholder(IMAGE, line_of(prompt))
    return placeholder(AUDIO if "audio" in kind else FILE)


def _attachments(
    value: Mapping[str, Any], content: Mapping[str, Any], skipped: Counter[SkipReason]
) -> list[str]:
    """Return a placeholder for each file of a question; pictures have one in the text already."""
    found = []
    for item in list_of(mapping_of(value.get("metadata")).get("attachments")):
        attachment = mapping_of(item)
        if _has_picture(content) and text_of(attachment.get("mime_type")).startswith("image/"):
            continue
        found.append(placeholder(FILE, line_of(attachment.get("name"))))
        skipped[SkipReason.ATTACHMENT] += 1
    return found


def _reasoning(key: str, mapping: Mapping[str, Any]) -> str:
    """Return the thoughts in the nodes between this one and the last one that is shown."""
    found: list[str] = []
    seen = {key}
    step = mapping_of(mapping[key]).get("parent")
    while isinstance(step, str) and step in mapping and step not in seen:
        seen.add(step)
        node = mapping_of(mapping[step])
        value = mapping_of(node.get("message"))
        content = mapping_of(value.get("content"))
        if text_of(content.get("content_type")) == "thoughts":
            thoughts = [mapping_of(item) for item in list_of(content.get("thoughts"))]
            texts = [_thought(thought) for thought in thoughts]
            found.append("\n\n".join(text for text in texts if text))
        elif value and not _is_hidden(value, content) and not _is_call(value):
            break
        step = node.get("parent")
    return "\n\n".join(text for text in reversed(found) if text)


def _is_call(value: Mapping[str, Any]) -> bool:
    """Whether a message is one to a tool, or from it."""
    role = mapping_of(value.get("author")).get("role")
    return role == "tool" or (role == "assistant" and value.get("recipient") not in _EVERYBODY)


def _has_picture(content: Mapping[str, Any]) -> bool:
    return any(isinstance(part, dict) for part in list_of(content.get("parts")))


def _thought(value: Mapping[str, Any]) -> str:
    summary, text = line_of(value.get("summary")), text_of(value.get("content")).strip()
    return f"**{summary}**\n\n{text}" if summary and text else summary or text
