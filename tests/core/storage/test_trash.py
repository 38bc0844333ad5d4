"""What is deleted comes back when it is wanted, and is gone when its time has come."""

from __future__ import annotations

import random
from pathlib import Path

from helpers.stores import DAY, NOON, Clock, answer, loaded, names_in, opened, question, said, texts

from core.storage.changes import DeletionKind, Section
from core.storage.opening import open_file
from core.storage.store import FILE_NAME, Store
from core.storage.trash import forget_words


async def in_trash(store: Store) -> list[int]:
    return list((await store.index(section=Section.TRASH)).ids)


async def listed(store: Store) -> list[int]:
    return list((await store.index()).ids)


async def test_a_deleted_conversation_lies_in_the_trash_and_comes_back() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        one, two = await said(store, "1"), await said(store, "2")
        clock.now += 60
        deletion = await store.delete_conversations([one.id, 5])
        assert (deletion.what, deletion.ids) == (DeletionKind.CONVERSATIONS, (one.id,))
        assert deletion.when == NOON + 60
        assert (await listed(store), await in_trash(store)) == ([two.id], [one.id])
        assert list((await store.index(section=Section.TRASH)).times) == [NOON + 60]
        assert (await loaded(store, one.id)).deleted_at == NOON + 60
        await store.restore(deletion)
        assert (await in_trash(store), (await loaded(store, one.id)).deleted_at) == ([], 0)


async def test_undo_brings_back_what_was_deleted_then_and_nothing_else() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        one, two = await said(store, "1"), await said(store, "2")
        first = await store.delete_conversations([one.id])
        clock.now += 1
        everything = await store.clear()
        assert (everything.what, everything.ids) == (DeletionKind.CLEAR, (two.id,))
        await store.restore(everything)
        assert (await listed(store), await in_trash(store)) == ([two.id], [one.id])
        await store.restore(everything)
        await store.restore(first)
        assert sorted(await listed(store)) == sorted([one.id, two.id])


async def test_a_deleted_message_hides_its_turn_and_what_follows_stays() -> None:
    async with opened(None, clock=Clock()) as store:
        talk = await said(store, "1", "2", "3", "4")
        deletion = await store.delete_message(talk.messages[1].id)
        assert texts(await loaded(store, talk.id)) == ["1", "3", "4"]
        [(owner, message)] = await store.deleted_messages()
        assert (owner, message.text, message.deleted_at) == (talk.id, "2", NOON)
        await store.restore(deletion)
        assert texts(await loaded(store, talk.id)) == ["1", "2", "3", "4"]
        assert await store.deleted_messages() == []


async def test_when_the_shown_version_is_deleted_the_other_one_is_shown() -> None:
    async with opened(None) as store:
        talk = await said(store, "Why?", "One.")
        two = answer("Two.", after=talk.messages[0])
        await store.save_exchange(talk, [two])
        deletion = await store.delete_message(two.id)
        found = await loaded(store, talk.id)
        assert (texts(found), dict(found.versions)) == (["Why?", "One."], {})
        await store.restore(deletion)
        assert texts(await loaded(store, talk.id)) == ["Why?", "Two."]


async def test_a_message_can_follow_one_that_is_gone_for_good() -> None:
    async with opened(None) as store:
        talk = await said(store, "1", "2", "3", "4")
        await store.delete_message(talk.messages[1].id)
        await store.delete_message(talk.messages[3].id)
        await store.empty_trash()
        assert await store.deleted_messages() == []
        found = await loaded(store, talk.id)
        assert (texts(found), found.leaf_id) == (["1", "3"], talk.messages[2].id)
        more = question("5", after=talk.messages[3])
        await store.save_exchange(found, [more])
        tree = await store.load_tree(talk.id)
        assert tree is not None
        assert [message.text for message in tree.messages] == ["1", "3", "5"]


async def test_a_deleted_folder_gives_its_conversations_back_to_the_list() -> None:
    async with opened(None) as store:
        folder = await store.add_folder("Work")
        one, two = await said(store, "1", folder_id=folder.id), await said(store, "2")
        deletion = await store.delete_folder(folder.id, with_conversations=False)
        assert await store.folders() == []
        assert sorted((await store.index(folder_id=None)).ids) == sorted([one.id, two.id])
        await store.restore(deletion)
        assert await store.folders() == [folder]
        assert list((await store.index(folder_id=folder.id)).ids) == [one.id]


async def test_a_folder_deleted_with_its_conversations_comes_back_with_one_of_them() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        folder = await store.add_folder("Work")
        one = await said(store, "1", folder_id=folder.id)
        two = await said(store, "2", folder_id=folder.id)
        deletion = await store.delete_folder(folder.id, with_conversations=True)
        assert sorted(deletion.ids) == sorted([one.id, two.id])
        assert await listed(store) == []
        await store.restore_conversation(one.id)
        assert await store.folders() == [folder]
        assert list((await store.index(folder_id=folder.id)).ids) == [one.id]
        await store.restore(deletion)
        assert len((await store.index(folder_id=folder.id)).ids) == 2


async def test_the_trash_is_purged_of_what_lay_there_for_thirty_days() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        talk = await said(store, "1", "2")
        old, new = await said(store, "old"), await said(store, "new")
        folder = await store.add_folder("Work")
        await store.delete_folder(folder.id, with_conversations=False)
        await store.delete_conversations([old.id])
        await store.delete_message(talk.messages[1].id)
        for _ in range(31):
            clock.now += DAY
            await store.purge()
            if clock.now == NOON + 20 * DAY:
                await store.delete_conversations([new.id])
        assert await in_trash(store) == [new.id]
        assert await store.load(old.id) is None
        assert await store.deleted_messages() == []


async def test_a_clock_that_jumps_ahead_does_not_purge_what_was_just_deleted() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        await store.purge()
        talk = await said(store, "1")
        await store.delete_conversations([talk.id])
        clock.now += 1000 * DAY
        for _ in range(100):
            clock.now += 60
            await store.purge()
        assert await in_trash(store) == [talk.id]
        clock.now -= 1000 * DAY
        await store.purge()
        assert await in_trash(store) == [talk.id]


async def test_what_is_deleted_while_the_clock_is_behind_does_not_look_old() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        await store.purge()
        talk = await said(store, "1")
        clock.now -= 1000 * DAY
        await store.delete_conversations([talk.id])
        clock.now += 1000 * DAY
        await store.purge()
        assert await in_trash(store) == [talk.id]


async def test_a_long_absence_is_believed_after_some_days() -> None:
    clock = Clock()
    async with opened(None, clock=clock) as store:
        talk = await said(store, "1")
        await store.delete_conversations([talk.id])
        await store.purge()
        clock.now += 100 * DAY
        await store.purge()
        for _ in range(14):
            clock.now += DAY
            await store.purge()
        assert await in_trash(store) == []


def test_the_words_of_what_is_gone_leave_the_index_in_steps(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same at every run
    connection = open_file(tmp_path / FILE_NAME)
    connection.execute("INSERT INTO conversation (id) VALUES (1)")
    for number in range(200):
        words = " ".join(f"{chance.randrange(10**9):x}" for _ in range(200))
        connection.execute(
            "INSERT INTO message (conversation_id, number, role, text) VALUES (1, ?, 'user', ?)",
            (number, words),
        )
    connection.execute("DELETE FROM conversation")
    size = "SELECT sum(length(block)) FROM message_search_data"
    assert connection.execute(size).fetchone()[0] > 100_000
    steps = 1
    while forget_words(connection, is_first=steps == 1):
        steps += 1
    assert connection.execute(size).fetchone()[0] < 1000
    connection.close()
    assert steps > 1


async def test_an_emptied_trash_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        kept = await said(store, "kept words")
        gone = [await said(store, f"secret{number}zz " * 40, "x") for number in range(50)]
        only_message = await said(store, "hidden words", "kept too")
        await store.delete_message(only_message.messages[0].id)
        await store.delete_conversations([talk.id for talk in gone])
        await store.empty_trash()
        for name in names_in(tmp_path) - {"runs"}:
            content = (tmp_path / name).read_bytes()
            for word in (b"secret", b"ecret1", b"hidden"):
                assert word not in content, (name, word)
        assert texts(await loaded(store, kept.id)) == ["kept words"]
        assert texts(await loaded(store, only_message.id)) == ["kept too"]
