"""Whatever is done to a conversation, the store shows what a simple model of it shows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from helpers.stores import answer, conversation, loaded, opened, question
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import Conversation, Message, Role
from core.storage.store import Store


@dataclass
class Model:
    """The messages in the order in which they came, what is deleted, and the leaf."""

    messages: list[Message] = field(default_factory=list)
    deleted: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    leaf: int | None = None

    def get(self, message_id: int | None) -> Message | None:
        return next((m for m in self.messages if m.id == message_id), None)

    def path(self) -> list[Message]:
        message = self.get(self.leaf)
        path: list[Message] = []
        while message is not None:
            path.insert(0, message)
            message = self.get(message.parent_id)
        return path

    def shown(self) -> list[Message]:
        return [message for message in self.path() if message.id not in self.deleted]

    def versions(self, message: Message) -> list[int]:
        return [
            m.id
            for m in self.messages
            if (m.parent_id, m.role) == (message.parent_id, message.role)
            and m.id not in self.deleted
        ]

    def go_to(self, message_id: int) -> None:
        self.leaf = message_id
        children = [m.id for m in self.messages if m.parent_id == message_id]
        if children:
            self.go_to(([id_ for id_ in children if id_ not in self.deleted] or children)[-1])

    def delete(self, message: Message) -> None:
        self.deleted.add(message.id)
        path = [other.id for other in self.path()]
        if message.id not in path:
            return
        if self.deleted.issuperset(path[path.index(message.id) :]) and self.versions(message):
            self.go_to(self.versions(message)[-1])

    def restore(self, message_id: int) -> None:
        self.deleted.discard(message_id)
        if message_id not in [message.id for message in self.path()]:
            self.go_to(message_id)


class Actions:
    """Does the same to a store and to the model of one conversation in it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.model = Model()
        self.new = conversation()

    async def do(self, action: str, which: int) -> None:
        shown = self.model.shown()
        if action == "ask":
            await self.ask(after=shown[-1] if shown else None, number=which)
        elif action == "edit":
            if asked := [message for message in shown if message.role is Role.USER]:
                parent = self.model.get(asked[which % len(asked)].parent_id)
                await self.ask(after=parent, number=which)
        elif action == "regenerate":
            if answers := [message for message in shown if message.role is Role.ASSISTANT]:
                parent = self.model.get(answers[which % len(answers)].parent_id)
                assert parent is not None
                await self.save(answer(f"again {which}", after=parent))
        else:
            await self.do_to_any(action, which)

    async def do_to_any(self, action: str, which: int) -> None:
        model = self.model
        deleted = sorted(model.deleted - model.gone)
        there = [message for message in model.messages if message.id not in model.deleted]
        if action == "delete" and there:
            message = there[which % len(there)]
            model.delete(message)
            await self.store.delete_message(message.id)
        elif action == "choose" and there:
            message = there[which % len(there)]
            model.go_to(message.id)
            await self.store.choose_version(self.new.id, message.id)
        elif action == "restore" and deleted:
            model.restore(deleted[which % len(deleted)])
            await self.store.restore_message(deleted[which % len(deleted)])
        elif action == "empty the trash":
            model.gone |= model.deleted
            await self.store.empty_trash()

    async def ask(self, *, after: Message | None, number: int) -> None:
        asked = question(f"question {number}", after=after)
        await self.save(asked, answer(f"answer {number}", after=asked))

    async def save(self, *messages: Message) -> None:
        self.model.messages += messages
        self.model.leaf = messages[-1].id
        await self.store.save_exchange(self.new, messages)

    async def compare(self) -> None:
        if not self.model.messages:
            return
        found: Conversation = await loaded(self.store, self.new.id)
        shown = self.model.shown()
        assert [message.id for message in found.messages] == [message.id for message in shown]
        assert found.messages == tuple(shown)
        versions = {message.id: tuple(self.model.versions(message)) for message in shown}
        assert found.versions == {id_: ids for id_, ids in versions.items() if len(ids) > 1}
        tree = await self.store.load_tree(self.new.id)
        assert tree is not None
        there = [message for message in self.model.messages if message.id not in self.model.deleted]
        assert list(tree.messages) == there


ACTIONS = st.sampled_from(
    ["ask", "edit", "regenerate", "delete", "choose", "restore", "empty the trash"]
)


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 20)), max_size=25))
@settings(max_examples=100, deadline=None)
def test_a_conversation_shows_what_a_simple_model_of_it_shows(
    actions: list[tuple[str, int]],
) -> None:
    async def act() -> None:
        async with opened(None) as store:
            both = Actions(store)
            await both.do("ask", 0)
            for action, which in actions:
                await both.do(action, which)
                await both.compare()

    asyncio.run(act())
