"""Whole conversations, out of the store and into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from core.ids import new_id
from core.models import ConversationTree, Message, MessageState
from core.storage.conversations import Conversations
from core.storage.folders import Folders
from core.storage.messages import Messages
from core.storage.trash import Trash
from core.storage.tree import Node, Tree


class Transfer:
    """Conversations with all their branches, seen through one connection in a transaction."""

    def __init__(self, connection: sqlite3.Connection, *, now: int = 0) -> None:
        self._connection = connection
        self._conversations = Conversations(connection)
        self._messages = Messages(connection)
        self._folders = Folders(connection)
        self._now = now

    def load(self, conversation_id: int, *, with_trash: bool = False) -> ConversationTree | None:
        """Return a conversation with all branches; messages in the trash only `with_trash`.

        What follows a message that is left out follows, here, the one before it.
        """
        conversation = self._conversations.get(conversation_id)
        if conversation is None:
            return None
        nodes = self._nodes(conversation_id, with_trash=with_trash)
        tree = Tree(nodes)
        ids = [node.id for node in nodes if not node.is_deleted]
        by_id = self._messages.by_id(ids)
        messages = [
            replace(by_id[id_], parent_id=tree.shown_parent(by_id[id_].parent_id)) for id_ in ids
        ]
        leaf = tree.shown_parent(conversation.leaf_id)
        folder = self._folders.name(conversation.folder_id)
        return ConversationTree(replace(conversation, leaf_id=leaf), tuple(messages), folder)

    def insert(self, trees: Iterable[ConversationTree]) -> list[int]:
        """Add conversations that are not there yet; the ids that they have here."""
        inserted = []
        for tree in trees:
            conversation_id = self._insert(tree)
            if conversation_id is not None:
                inserted.append(conversation_id)
        return inserted

    def _nodes(self, conversation_id: int, *, with_trash: bool) -> list[Node]:
        """Return the shape of a conversation, in which what is left out counts as deleted.

        That is always what is gone for good, and of which only the place is left.
        """
        rows = self._connection.execute(
            "SELECT id, parent_id, role, deleted_at < 0 OR (deleted_at > 0 AND NOT ?)"
            " FROM message WHERE conversation_id = ? ORDER BY number",
            (with_trash, conversation_id),
        )
        return [Node._make(row) for row in rows]

    def _insert(self, tree: ConversationTree) -> int | None:
        there = self.load(tree.conversation.id, with_trash=True)
        if there is not None and says_the_same(there, tree):
            if not there.conversation.deleted_at:
                return None
            Trash(self._connection, now=self._now).restore_conversations([tree.conversation.id])
            return tree.conversation.id
        if there is not None or not tree.conversation.id or self._has_any_id_of(tree.messages):
            tree = _with_new_ids(tree)
        folder = self._folders.named(tree.folder).id if tree.folder else None
        conversation = replace(tree.conversation, folder_id=folder)
        self._conversations.insert(conversation, now=self._now)
        for message in tree.messages:
            self._messages.insert(conversation.id, _at_rest(message), writer="", now=0)
            if message.deleted_at:
                # Since now: what an old file brings must not be gone at the next start.
                self._messages.delete(message.id, when=self._now)
        self._conversations.set_leaf(conversation.id, _leaf(tree))
        return conversation.id

    def _has_any_id_of(self, messages: Iterable[Message]) -> bool:
        return any(
            not message.id or self._messages.conversation_of(message.id) is not None
            for message in messages
        )


def _leaf(tree: ConversationTree) -> int | None:
    ids = [message.id for message in tree.messages]
    leaf = tree.conversation.leaf_id
    return leaf if leaf in ids else ids[-1] if ids else None


def _at_rest(message: Message) -> Message:
    if message.state is not MessageState.STREAMING:
        return message
    return replace(message, state=MessageState.INTERRUPTED)


def says_the_same(there: ConversationTree, tree: ConversationTree) -> bool:
    """Whether all that `tree` says, besides what it has in its trash, is `there` already."""
    said = {message.id: message for message in there.messages}
    return all(
        (known := said.get(message.id)) is not None
        # Messages are equal when they say the same, whatever files they come with.
        and (known, known.attachments) == (message, message.attachments)
        for message in tree.messages
        if not message.deleted_at
    )


def _with_new_ids(tree: ConversationTree) -> ConversationTree:
    """Return the same under ids that nobody has; messages without ids follow one another."""
    new: dict[int, int] = {}
    messages: list[Message] = []
    for message in tree.messages:
        id_, parent = new_id(), new.get(message.parent_id or 0)
        if message.id:
            new[message.id] = id_
        elif messages and message.parent_id is None:
            parent = messages[-1].id
        messages.append(replace(message, id=id_, parent_id=parent))
    leaf = new.get(tree.conversation.leaf_id or 0)
    conversation = replace(tree.conversation, id=new_id(), leaf_id=leaf)
    return replace(tree, conversation=conversation, messages=tuple(messages))
