"""Makes a `ConversationTree` of messages that refer to each other by the ids of another program.

Whatever the links are like, the result is a forest: a link to nowhere or into a circle is cut, and
a message that is not shown hands its children on to the one that it follows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.models import Conversation, ConversationTree, Message
from core.transfer.report import SkipReason

_EPOCH = 1_577_836_800
"""As in `core.ids`: 2020, UTC."""
_RANDOM_BITS = 22
_TIME_MASK = (1 << 41) - 1
_YEAR = 31_536_000_000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class Node:
    """A message under the id that the other program gave it."""

    key: str
    parent: str | None
    message: Message | None
    """None where nothing is shown; what follows it then follows its parent."""


def build_tree(
    conversation: Conversation,
    nodes: Iterable[Node],
    *,
    source: str,
    current: str | None,
    skipped: Counter[SkipReason],
) -> ConversationTree:
    """Return the tree with ids that are the same each time the same conversation is read.

    `source` tells this conversation apart from all others, in any program; `current` is the node
    where the shown branch ends, and without it the branch is the newest one.
    """
    by_key: dict[str, Node] = {}
    for node in nodes:
        if node.key in by_key:
            skipped[SkipReason.DUPLICATE_MESSAGE] += 1
        else:
            by_key[node.key] = node
    parents = _acyclic_parents(by_key, skipped)
    visible = _visible_ancestors(by_key, parents)
    ordered = _parents_first(by_key, visible)
    messages, ids = _with_ids(ordered, by_key, visible, conversation=conversation, source=source)
    leaf = _leaf(current, by_key, parents, ids)
    return ConversationTree(
        replace(
            conversation,
            id=_stable_id(_start(conversation, messages, source), source),
            leaf_id=newest_leaf(messages) if leaf is None else leaf,
        ),
        messages,
    )


def newest_leaf(messages: Sequence[Message]) -> int | None:
    """Return where the newest branch ends: the last child of the last child, and so on."""
    last_child = {message.parent_id: message.id for message in messages}
    leaf = last_child.get(None)
    while leaf is not None and leaf in last_child:
        leaf = last_child[leaf]
    return leaf


def _acyclic_parents(
    by_key: Mapping[str, Node], skipped: Counter[SkipReason]
) -> dict[str, str | None]:
    """Return each node's parent, with links to nowhere and into circles cut."""
    parents: dict[str, str | None] = {}
    for key in by_key:
        path: dict[str, None] = {}
        step: str | None = key
        while step is not None and step not in parents:
            path[step] = None
            above = by_key[step].parent
            if above is not None and (above not in by_key or above in path):
                skipped[SkipReason.BROKEN_LINK] += 1
                above = None
            if above is None:
                parents[step] = None
            step = above
        for one in path:
            parents.setdefault(one, by_key[one].parent)
    return parents


def _visible_ancestors(
    by_key: Mapping[str, Node], parents: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Return for each node the nearest one above it that is shown."""
    found: dict[str, str | None] = {}
    for key in by_key:
        path = []
        step: str | None = key
        while step is not None and step not in found:
            path.append(step)
            step = parents[step]
        for one in reversed(path):
            above = parents[one]
            shown = above is not None and by_key[above].message is not None
            found[one] = above if above is None or shown else found[above]
    return found


def _parents_first(by_key: Mapping[str, Node], visible: Mapping[str, str | None]) -> list[str]:
    """Return the shown nodes, parents before children, siblings as the file has them."""
    children: dict[str | None, list[str]] = {}
    for key, node in by_key.items():
        if node.message is not None:
            children.setdefault(visible[key], []).append(key)
    ordered = list(children.get(None, ()))
    for key in ordered:
        ordered.extend(children.get(key, ()))
    return ordered


def _with_ids(
    ordered: Sequence[str],
    by_key: Mapping[str, Node],
    visible: Mapping[str, str | None],
    *,
    conversation: Conversation,
    source: str,
) -> tuple[tuple[Message, ...], dict[str, int]]:
    """Give each message an id that sorts after its parent's and its older siblings'."""
    shown = [message for key in ordered if (message := by_key[key].message) is not None]
    start = _start(conversation, shown, source)
    ids: dict[str, int] = {}
    newest: dict[str | None, int] = {}
    messages = []
    for key, message in zip(ordered, shown, strict=True):
        above = visible[key]
        after = max(newest.get(above, 0), start if above is None else ids[above] >> _RANDOM_BITS)
        time = max(_milliseconds(message.created_at), after + 1)
        newest[above] = time
        ids[key] = _stable_id(time, f"{source}\0{key}")
        parent_id = None if above is None else ids[above]
        messages.append(replace(message, id=ids[key], parent_id=parent_id))
    return tuple(messages), ids


def _leaf(
    current: str | None,
    by_key: Mapping[str, Node],
    parents: Mapping[str, str | None],
    ids: Mapping[str, int],
) -> int | None:
    """Return the id of the node where the branch ends, or of the nearest shown one above it."""
    step = current if current in by_key else None
    while step is not None and step not in ids:
        step = parents[step]
    return None if step is None else ids[step]


def _start(conversation: Conversation, messages: Sequence[Message], source: str) -> int:
    """Return a time for what has none: the conversation's, or any that others hardly have."""
    times = [conversation.created_at, *(message.created_at for message in messages)]
    known = [time for time in times if time > 0]
    if known:
        return _milliseconds(min(known))
    return int.from_bytes(hashlib.sha256(source.encode()).digest()[:8]) % _YEAR


def _milliseconds(seconds: float) -> int:
    return max(0, int((seconds - _EPOCH) * 1000)) & _TIME_MASK


def _stable_id(milliseconds: int, name: str) -> int:
    digest = hashlib.sha256(name.encode()).digest()
    lowest = int.from_bytes(digest[:3]) >> 2
    return ((milliseconds & _TIME_MASK) << _RANDOM_BITS | lowest) or 1


def with_other_ids(tree: ConversationTree, *, number: int) -> ConversationTree:
    """Return the tree under other ids: the same ones each time for the same `number`."""
    new = {message.id: _other_id(message.id, number) for message in tree.messages}
    messages = tuple(
        replace(
            message,
            id=new[message.id],
            parent_id=None if message.parent_id is None else new.get(message.parent_id),
        )
        for message in tree.messages
    )
    conversation = tree.conversation
    leaf = None if conversation.leaf_id is None else new.get(conversation.leaf_id)
    other = replace(conversation, id=_other_id(conversation.id, number), leaf_id=leaf)
    return replace(tree, conversation=other, messages=messages)


def _other_id(old: int, number: int) -> int:
    return _stable_id(old >> _RANDOM_BITS, f"{old}\0{number}")
