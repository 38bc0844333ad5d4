"""The shape of a conversation: which branch is shown, and which versions a message has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Node(NamedTuple):
    """A message without what it says."""

    id: int
    parent_id: int | None
    role: str
    is_deleted: bool


class Tree:
    """All messages of a conversation, in the order in which they were saved.

    Siblings of one role are versions of each other. A deleted message is not shown, but what
    follows it is.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._children: dict[int | None, list[Node]] = {}
        for node in self._nodes.values():
            self._children.setdefault(node.parent_id, []).append(node)

    def __contains__(self, message_id: int) -> bool:
        return message_id in self._nodes

    def path(self, leaf_id: int | None) -> list[int]:
        """Return the ids from the first message down to `leaf_id`, the deleted ones too."""
        ids = []
        node = self._node(leaf_id)
        while node is not None:
            ids.append(node.id)
            node = self._node(node.parent_id)
        return ids[::-1]

    def branch(self, leaf_id: int | None) -> list[int]:
        """Return the ids that are shown when `leaf_id` is the leaf, oldest first."""
        return [id_ for id_ in self.path(leaf_id) if not self._nodes[id_].is_deleted]

    def versions(self, ids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
        """Return, for each of `ids` that has more than one version, all of them."""
        found = {id_: self.versions_of(id_) for id_ in ids}
        return {id_: versions for id_, versions in found.items() if len(versions) > 1}

    def versions_of(self, message_id: int) -> tuple[int, ...]:
        """Return the versions of a message that are not deleted, oldest first."""
        node = self._nodes[message_id]
        return tuple(
            sibling.id
            for sibling in self._children[node.parent_id]
            if sibling.role == node.role and not sibling.is_deleted
        )

    def newest_leaf(self, message_id: int) -> int:
        """Return where the branch ends that goes on from a message by the newest children.

        A deleted child is followed only where there is no other.
        """
        while children := self._children.get(message_id):
            shown = [child for child in children if not child.is_deleted]
            message_id = (shown or children)[-1].id
        return message_id

    def shown_parent(self, message_id: int | None) -> int | None:
        """Return `message_id` or the nearest message before it that is not deleted."""
        node = self._node(message_id)
        while node is not None and node.is_deleted:
            node = self._node(node.parent_id)
        return None if node is None else node.id

    def parent(self, message_id: int) -> int | None:
        """Return the message that `message_id` follows."""
        return self._nodes[message_id].parent_id

    def _node(self, message_id: int | None) -> Node | None:
        return None if message_id is None else self._nodes.get(message_id)
