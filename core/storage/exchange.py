"""What is said: saved before it is asked, kept while it is answered, read as a conversation."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from core.errors import StorageError
from core.models import Conversation, Message
from core.storage.conversations import Conversations
from core.storage.messages import Messages
from core.storage.runs import Run


class Exchange:
    """Conversations with their messages, seen through one connection in a transaction.

    Times are milliseconds since 1970; `writer` is the token of this process' run.
    """

    def __init__(self, connection: sqlite3.Connection, *, writer: str = "", now: int = 0) -> None:
        self._conversations = Conversations(connection)
        self._messages = Messages(connection)
        self._writer = writer
        self._now = now

    def save(self, conversation: Conversation, messages: Sequence[Message]) -> bool:
        """Add what is not there yet; whether the conversation itself is new."""
        is_new = self._conversations.insert(conversation, now=self._now)
        for message in messages:
            self._save_message(conversation.id, message)
        # Where the branch ended before cannot be meant when something is added to it.
        leaf = conversation.leaf_id
        if messages and leaf not in {message.id for message in messages}:
            leaf = messages[-1].id
        if leaf is None:
            leaf = self._conversations.leaf(conversation.id)
        self._conversations.say(conversation.id, leaf_id=leaf, now=self._now)
        return is_new

    def checkpoint(self, message_id: int, *, text: str, reasoning: str) -> None:
        """Keep more of a streaming message."""
        for kind, piece in (("reasoning", reasoning), ("text", text)):
            if piece:
                self._messages.add_part(message_id, kind, piece)

    def end(self, message: Message) -> int | None:
        """Write what a message has become; its conversation, None when it is gone."""
        conversation_id = self._messages.conversation_of(message.id)
        if conversation_id is not None:
            self._messages.end(message, writer=self._writer, now=self._now)
            self._messages.drop_parts(message.id)
            self._conversations.touch(conversation_id, now=self._now)
        return conversation_id

    def discard(self, message_id: int) -> int | None:
        """Remove a reply that stayed empty; its conversation ends with the question then."""
        conversation_id = self._messages.conversation_of(message_id)
        if conversation_id is not None:
            if self._conversations.leaf(conversation_id) == message_id:
                parent = self._messages.tree(conversation_id).parent(message_id)
                self._conversations.set_leaf(conversation_id, parent)
            self._messages.discard(message_id)
        return conversation_id

    def reopen(self, message_id: int) -> int | None:
        """Let a message go on; its conversation, None when it is gone."""
        self._messages.reopen(message_id, writer=self._writer)
        return self._messages.conversation_of(message_id)

    def recover(self, run: Run) -> list[int]:
        """End what processes were writing that are gone; the conversations of it."""
        found = set()
        for writer in run.dead(self._messages.writers()):
            for message_id, conversation_id in self._messages.written_by(writer):
                self._messages.interrupt(message_id, now=self._now)
                found.add(conversation_id)
        return sorted(found)

    def load(self, conversation_id: int) -> Conversation | None:
        """Return a conversation with the branch that is shown."""
        conversation = self._conversations.get(conversation_id)
        if conversation is None:
            return None
        tree = self._messages.tree(conversation_id)
        branch = tree.branch(conversation.leaf_id)
        messages = self._messages.by_id(branch)
        return replace(
            conversation,
            messages=tuple(messages[id_] for id_ in branch),
            versions=MappingProxyType(tree.versions(branch)),
        )

    def choose(self, conversation_id: int, message_id: int) -> Conversation:
        """Show the branch with a message, which then goes on by the newest children.

        Raises:
            StorageError: there is no such message in this conversation any more.
        """
        tree = self._messages.tree(conversation_id)
        if message_id in tree:
            self._conversations.set_leaf(conversation_id, tree.newest_leaf(message_id))
            conversation = self.load(conversation_id)
            if conversation is not None:
                return conversation
        raise StorageError("This version is not there any more.")

    def _save_message(self, conversation_id: int, message: Message) -> None:
        if self._messages.insert(conversation_id, message, writer=self._writer, now=self._now):
            return
        if self._messages.conversation_of(message.id) != conversation_id:
            raise StorageError("Another conversation has a message with this id.")
