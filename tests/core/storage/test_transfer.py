"""Whole conversations go out with all branches and come in once."""

from __future__ import annotations

from dataclasses import replace

from helpers.stores import DAY, NOON, Clock, answer, beginning, loaded, opened, said, texts

from core.models import Conversation, ConversationTree, Message, MessageState, Role
from core.storage.store import Store


async def branched(store: Store) -> ConversationTree:
    talk = await said(store, "Why?", "One.", "And?", "More.", title="Title")
    await store.save_exchange(talk, [answer("Two.", after=talk.messages[0])])
    await store.choose_version(talk.id, talk.messages[1].id)
    folder = await store.add_folder("Work")
    await store.update(talk.id, folder_id=folder.id, is_pinned=True)
    tree = await store.load_tree(talk.id)
    assert tree is not None
    return tree


async def test_a_tree_has_all_branches_and_is_the_same_in_another_store() -> None:
    async with opened(None, clock=Clock()) as one, opened(None, clock=Clock()) as two:
        tree = await branched(one)
        assert [message.text for message in tree.messages] == [
            *("Why?", "One.", "And?", "More.", "Two."),
        ]
        assert (tree.folder, tree.conversation.messages) == ("Work", ())
        [conversation_id] = await two.insert_trees([tree])
        assert conversation_id == tree.conversation.id
        there = await two.load_tree(conversation_id)
        assert there is not None
        assert there.folder == "Work"
        assert there.messages == tree.messages
        assert [m.parent_id for m in there.messages] == [m.parent_id for m in tree.messages]
        found = await loaded(two, conversation_id)
        assert (texts(found)[-1], found.is_pinned, found.updated_at) == ("More.", True, NOON)


async def test_what_is_there_is_not_added_again() -> None:
    async with opened(None) as store:
        tree = await branched(store)
        assert await store.insert_trees([tree, tree]) == []
        assert list(await store.tree_ids()) == [tree.conversation.id]


async def test_what_went_on_since_is_not_added_again() -> None:
    async with opened(None) as store:
        tree = await branched(store)
        await said(store, "other")
        await store.save_exchange(tree.conversation, [answer("New.", after=tree.messages[0])])
        assert await store.insert_trees([tree]) == []


async def test_what_lies_in_the_trash_comes_back() -> None:
    async with opened(None) as store:
        tree = await branched(store)
        await store.clear()
        assert await store.insert_trees([tree]) == [tree.conversation.id]
        assert list((await store.index()).ids) == [tree.conversation.id]


async def test_other_words_under_the_same_id_get_new_ids() -> None:
    async with opened(None) as store:
        tree = await branched(store)
        other = replace(
            tree, messages=tuple(replace(m, text=m.text.upper()) for m in tree.messages)
        )
        [conversation_id] = await store.insert_trees([other])
        assert conversation_id != tree.conversation.id
        assert texts(await loaded(store, conversation_id)) == ["WHY?", "ONE.", "AND?", "MORE."]
        assert texts(await loaded(store, tree.conversation.id))[0] == "Why?"


async def test_messages_without_ids_get_some_and_follow_one_another() -> None:
    async with opened(None) as store:
        tree = ConversationTree(
            Conversation(0, title="From elsewhere"),
            (Message(Role.USER, "Why?"), Message(Role.ASSISTANT, "Because.")),
        )
        [conversation_id] = await store.insert_trees([tree])
        assert texts(await loaded(store, conversation_id)) == ["Why?", "Because."]


async def test_a_reply_that_was_being_written_comes_in_as_interrupted() -> None:
    async with opened(None) as one, opened(None) as two:
        talk = await said(one, "Why?")
        reply = beginning(after=talk.messages[0])
        await one.save_exchange(talk, [reply])
        await one.checkpoint(reply.id, text="Bec")
        tree = await one.load_tree(talk.id)
        assert tree is not None
        await two.insert_trees([tree])
        found = (await loaded(two, talk.id)).messages[-1]
        assert (found.text, found.state) == ("Bec", MessageState.INTERRUPTED)


async def test_what_was_deleted_stays_at_home() -> None:
    async with opened(None) as store:
        talk, gone = await said(store, "1", "2", "3"), await said(store, "gone")
        await store.delete_message(talk.messages[1].id)
        await store.delete_conversations([gone.id])
        tree = await store.load_tree(talk.id)
        assert tree is not None
        assert [message.text for message in tree.messages] == ["1", "3"]
        assert tree.messages[1].parent_id == talk.messages[0].id
        assert list(await store.tree_ids()) == [talk.id]
        assert len(await store.tree_ids(with_trash=True)) == 2


async def test_what_was_deleted_goes_along_where_it_is_asked_for() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as one, opened(None, clock=clock) as two:
        talk = await said(one, "1", "2", "3")
        await one.delete_message(talk.messages[1].id)
        await one.delete_message(talk.messages[2].id)
        tree = await one.load_tree(talk.id, with_trash=True)
        assert tree is not None
        assert [(m.text, m.parent_id, m.deleted_at) for m in tree.messages] == [
            ("1", None, 0),
            ("2", talk.messages[0].id, NOON),
            ("3", talk.messages[1].id, NOON),
        ]
        assert tree.conversation.leaf_id == talk.messages[2].id
        clock.now += 60 * DAY
        assert await two.insert_trees([tree]) == [talk.id]
        assert texts(await loaded(two, talk.id)) == ["1"]
        await two.purge()
        deleted = await two.deleted_messages()
        assert sorted((m.text, m.deleted_at) for _, m in deleted) == [
            ("2", clock.now),
            ("3", clock.now),
        ]
        for _, message in deleted:
            await two.restore_message(message.id)
        assert texts(await loaded(two, talk.id)) == ["1", "2", "3"]


async def test_what_is_gone_for_good_goes_nowhere() -> None:
    async with opened(None) as store:
        talk = await said(store, "1", "2", "3", "4")
        await store.delete_message(talk.messages[1].id)
        await store.empty_trash()
        await store.delete_message(talk.messages[2].id)
        tree = await store.load_tree(talk.id, with_trash=True)
        assert tree is not None
        assert [(m.text, m.parent_id) for m in tree.messages] == [
            ("1", None),
            ("3", talk.messages[0].id),
            ("4", talk.messages[2].id),
        ]


async def test_what_lies_in_a_trash_does_not_make_two_of_one() -> None:
    async with opened(None) as store:
        tree = await branched(store)
        await store.delete_message(tree.messages[1].id)
        assert await store.insert_trees([tree]) == []
        with_trash = await store.load_tree(tree.conversation.id, with_trash=True)
        assert with_trash is not None
        await store.empty_trash()
        assert await store.insert_trees([with_trash]) == []
        assert len(await store.insert_trees([tree])) == 1
