"""Our own JSON: everything that is known of a conversation; the only format that loses nothing.

It is described in `json_format.md`, beside this file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from core.attachments import decoded
from core.errors import Fault, TransferError
from core.models import Attachment, Conversation, ConversationTree, Message, MessageState, Role
from core.transfer.json_values import (
    MAX_ID,
    clean,
    count_of,
    flag_of,
    list_of,
    mapping_of,
    own_seconds_of,
    text_of,
)
from core.transfer.report import SkipReason
from core.transfer.tree_building import Node, build_tree, newest_leaf

FORMAT = "beseda-conversations"
VERSION = 1
DEEPEST_PARAMETER = 20
"""How many objects and lists of a parameter may lie inside each other."""
_LOWEST = -MAX_ID - 1

_TEXTS = ("title", "profile", "model", "system_prompt", "draft")
_FLAGS = ("has_own_title", "is_pinned", "is_archived")
_TIMES = ("created_at", "updated_at", "deleted_at")
_MESSAGE_TEXTS = ("text", "reasoning", "profile", "model", "finish_reason", "error")
_MESSAGE_COUNTS = ("prompt_tokens", "completion_tokens")
_MESSAGE_TIMES = ("created_at", "ended_at", "deleted_at")


def json_chunks(trees: Iterable[ConversationTree]) -> Iterator[bytes]:
    """Yield the bytes of one file with all of `trees`, one conversation at a time."""
    yield HEAD
    separator = b""
    for tree in trees:
        yield separator + encoded(tree)
        separator = SEPARATOR
    yield TAIL


HEAD = f'{{"format": "{FORMAT}", "version": {VERSION}, "conversations": [\n'.encode()
SEPARATOR = b",\n"
TAIL = b"\n]}\n"


def encoded(tree: ConversationTree) -> bytes:
    """Return one conversation as the JSON object that stands in the list of a file."""
    conversation = tree.conversation
    value = {
        "id": str(conversation.id),
        **{name: clean(getattr(conversation, name)) for name in _TEXTS},
        **{name: getattr(conversation, name) for name in (*_FLAGS, *_TIMES)},
        "parameters": dict(conversation.parameters),
        "folder": _folder(tree),
        "leaf_id": None if conversation.leaf_id is None else str(conversation.leaf_id),
        "messages": [_message_value(message) for message in tree.messages],
    }
    try:
        content = msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError):  # parameters that no file can hold as they are
        content = msgspec.json.encode(_cleaned(value))
    return msgspec.json.format(content, indent=1)


def check_version(top: Mapping[str, Any]) -> None:
    """Refuse a file whose meaning may have changed.

    Raises:
        TransferError: it was made by a newer version, or does not say by which.
    """
    version = count_of(top.get("version"))
    if version is None:
        raise TransferError("no version")
    if version > VERSION:
        raise TransferError(fault=Fault.NEWER_EXPORT)


def read(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[ConversationTree]:
    """Return the conversation that `encoded` wrote, equal in every field.

    Ids that are missing, or that occur twice, are made anew; they are the same each time.
    """
    messages = _messages(value, skipped)
    conversation_id = _id_of(value.get("id"))
    folder = mapping_of(value.get("folder"))
    conversation = Conversation(
        conversation_id or 0,
        **_fields(value, _TEXTS, read_as=text_of),
        **_fields(value, _FLAGS, read_as=flag_of),
        **_fields(value, _TIMES, read_as=own_seconds_of),
        parameters=_parameters(value.get("parameters"), skipped),
        folder_id=_id_of(folder.get("id")),
        leaf_id=_id_of(value.get("leaf_id")),
    )
    folder_name = text_of(folder.get("name"))
    if conversation_id is None or not _is_sound(messages):
        return [replace(_repaired(conversation, messages, skipped), folder=folder_name)]
    known = {message.id for message in messages}
    is_missing = "leaf_id" not in value or value["leaf_id"] is not None
    if is_missing and conversation.leaf_id not in known:
        conversation = replace(conversation, leaf_id=newest_leaf(messages))
    return [ConversationTree(conversation, tuple(messages), folder_name)]


def _message_value(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "parent_id": None if message.parent_id is None else str(message.parent_id),
        "role": message.role.value,
        "state": message.state.value,
        **{name: clean(getattr(message, name)) for name in _MESSAGE_TEXTS},
        **{name: getattr(message, name) for name in (*_MESSAGE_COUNTS, *_MESSAGE_TIMES)},
        "attachments": [
            {"name": clean(item.name), "media_type": clean(item.media_type), "data": item.data}
            for item in message.attachments
        ],
    }


def _folder(tree: ConversationTree) -> dict[str, Any] | None:
    folder_id = tree.conversation.folder_id
    if folder_id is None and not tree.folder:
        return None
    return {"id": None if folder_id is None else str(folder_id), "name": clean(tree.folder)}


def _messages(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> list[Message]:
    messages = []
    for item in list_of(value.get("messages")):
        message = _message(mapping_of(item), skipped)
        if message is None:
            skipped[SkipReason.BROKEN_MESSAGE] += 1
        else:
            messages.append(message)
    return messages


def _message(value: Mapping[str, Any], skipped: Counter[SkipReason]) -> Message | None:
    role, state = value.get("role"), value.get("state", MessageState.COMPLETE.value)
    if role not in _ROLES or state not in _STATES or not isinstance(value.get("text"), str):
        return None
    texts = _fields(value, _MESSAGE_TEXTS, read_as=text_of)
    return Message(
        Role(role),
        texts.pop("text"),
        id=_id_of(value.get("id")) or 0,
        parent_id=_id_of(value.get("parent_id")),
        state=MessageState(state),
        **texts,
        **_fields(value, _MESSAGE_COUNTS, read_as=count_of),
        **_fields(value, _MESSAGE_TIMES, read_as=own_seconds_of),
        attachments=_attachments(value.get("attachments"), skipped),
    )


def _attachments(value: object, skipped: Counter[SkipReason]) -> tuple[Attachment, ...]:
    found = []
    for item in map(mapping_of, list_of(value)):
        name, media_type = text_of(item.get("name")), text_of(item.get("media_type"))
        data = item.get("data")
        attachment = decoded(name, media_type, data) if isinstance(data, str) else None
        if attachment is None:
            skipped[SkipReason.ATTACHMENT] += 1
        else:
            found.append(attachment)
    return tuple(found)


def _fields(
    value: Mapping[str, Any], names: Sequence[str], *, read_as: Callable[[object], Any]
) -> dict[str, Any]:
    return {name: read_as(value.get(name)) for name in names}


# A list, not a set: what stands in a file need not be hashable.
_ROLES = [role.value for role in Role]
_STATES = [state.value for state in MessageState]


def _is_sound(messages: list[Message]) -> bool:
    """Whether every message has an id of its own and follows one that comes before it."""
    known: set[int | None] = {None}
    for message in messages:
        if not message.id or message.id in known or message.parent_id not in known:
            return False
        known.add(message.id)
    return True


def _repaired(
    conversation: Conversation, messages: list[Message], skipped: Counter[SkipReason]
) -> ConversationTree:
    nodes = [
        Node(
            str(message.id) if message.id else f"number {number}",
            None if message.parent_id is None else str(message.parent_id),
            message,
        )
        for number, message in enumerate(messages)
    ]
    told = conversation.id or f"{conversation.title}\0{conversation.created_at}"
    tree = build_tree(
        conversation,
        nodes,
        source=f"{FORMAT}\0{told}",
        current=None if conversation.leaf_id is None else str(conversation.leaf_id),
        skipped=skipped,
    )
    if conversation.id:
        return replace(tree, conversation=replace(tree.conversation, id=conversation.id))
    return tree


def _id_of(value: object) -> int | None:
    """Return an id, which the file holds as a text: numbers of JSON are exact to 2**53 only."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit() and len(value) < 20):
        return None
    number = int(value)
    return number if 0 < number <= MAX_ID else None


def _parameters(value: object, skipped: Counter[SkipReason]) -> Mapping[str, Any]:
    parameters = mapping_of(value)
    if _is_deeper(parameters, DEEPEST_PARAMETER):
        skipped[SkipReason.BROKEN_VALUE] += 1
        return {}
    return {clean(name): _cleaned(item) for name, item in parameters.items()}


def _is_deeper(value: object, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = below
        if not level:
            return False
    return True


def _cleaned(value: Any) -> Any:
    """Return a value of JSON that is at most `DEEPEST_PARAMETER` deep, with its texts cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(name)): _cleaned(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    is_too_large = isinstance(value, int) and not _LOWEST <= value <= MAX_ID
    return None if is_too_large else value
