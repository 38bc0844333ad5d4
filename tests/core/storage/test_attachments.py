"""The files of a question are kept with it, come back with it, and go with it for good."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from helpers.stores import DAY, Clock, answer, conversation, loaded, opened, question, said, texts

from core.models import Attachment, Conversation, Message
from core.storage.backup import copies
from core.storage.migrations import MIGRATIONS, m0001
from core.storage.store import FILE_NAME, Store

PICTURE = Attachment("cat.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"PICTURE-OF-A-CAT" * 400)
NOTES = Attachment("заметки.txt", "text/plain", "Кошка.\n".encode())


async def asked_with_files(store: Store) -> tuple[Conversation, Message, Message]:
    new = conversation("Cats")
    asked = question("What is it?", attachments=(PICTURE, NOTES))
    reply = answer("A cat.", after=asked)
    await store.save_exchange(new, [asked, reply])
    return await loaded(store, new.id), asked, reply


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


async def test_a_question_comes_back_with_its_files_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        new, asked, _ = await asked_with_files(store)
    async with opened(tmp_path) as store:
        found = (await loaded(store, new.id)).messages
    assert found[0] == asked
    assert [message.attachments for message in found] == [(PICTURE, NOTES), ()]


async def test_a_message_that_is_saved_again_keeps_its_files_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        new, asked, reply = await asked_with_files(store)
        await store.save_exchange(new, [asked, reply])
        await store.end_message(replace(asked, text="What?", attachments=()))
        found = await loaded(store, new.id)
        assert texts(found) == ["What?", "A cat."]
        assert found.messages[0].attachments == (PICTURE, NOTES)


async def test_another_version_of_a_question_has_files_of_its_own() -> None:
    async with opened(None) as store:
        new, asked, _ = await asked_with_files(store)
        other = question("And now?", attachments=(NOTES,))
        await store.save_exchange(replace(new, leaf_id=other.id), [other])
        assert [m.attachments for m in (await loaded(store, new.id)).messages] == [(NOTES,)]
        chosen = await store.choose_version(new.id, asked.id)
        assert chosen.messages[0].attachments == (PICTURE, NOTES)


async def test_the_lists_do_not_read_files() -> None:
    async with opened(None) as store:
        new, asked, _ = await asked_with_files(store)
        await store.delete_message(asked.id)
        [(_, listed)] = await store.deleted_messages()
        assert (listed, listed.attachments) == (asked, ())
        await store.restore_message(asked.id)
        assert (await loaded(store, new.id)).messages[0].attachments == (PICTURE, NOTES)


async def test_a_conversation_that_is_gone_leaves_nothing_of_its_files(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    async with opened(tmp_path) as store:
        new, *_ = await asked_with_files(store)
        await store.delete_conversations([new.id])
        assert rows(path, "SELECT count(*) FROM attachment") == [(2,)]
        await store.purge_conversations([new.id])
        assert rows(path, "SELECT count(*) FROM attachment") == [(0,)]
    assert b"PICTURE-OF-A-CAT" not in path.read_bytes()


async def test_a_message_that_is_gone_takes_its_files_along(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / FILE_NAME
    async with opened(tmp_path, clock=clock) as store:
        new, asked, _ = await asked_with_files(store)
        await store.delete_message(asked.id)
        for _ in range(5):
            clock.now += 7 * DAY
            await store.purge()
        assert texts(await loaded(store, new.id)) == ["A cat."]
        assert rows(path, "SELECT count(*) FROM attachment") == [(0,)]


async def test_a_whole_conversation_goes_out_and_in_with_its_files() -> None:
    async with opened(None) as store, opened(None) as other:
        new, *_ = await asked_with_files(store)
        tree = await store.load_tree(new.id)
        assert tree is not None
        assert await other.insert_trees([tree]) == [new.id]
        assert (await loaded(other, new.id)).messages[0].attachments == (PICTURE, NOTES)
        # The same again is there already; the same with another picture is something else.
        assert await other.insert_trees([tree]) == []
        changed = (replace(tree.messages[0], attachments=(NOTES,)), *tree.messages[1:])
        assert len(await other.insert_trees([replace(tree, messages=changed)])) == 1


async def test_a_backup_holds_the_files(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await asked_with_files(store)
        copy = await store.back_up_if_due()
    assert copy is not None
    assert rows(copy, "SELECT data FROM attachment WHERE number = 0") == [(PICTURE.data,)]


async def test_a_file_of_version_1_is_brought_up_to_date_with_a_backup_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / FILE_NAME
    async with opened(tmp_path, migrations=(m0001.migrate,)) as store:
        # What version 1 wrote: rows made by its schema, with nothing that came later.
        assert rows(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'attachment'") == [(0,)]
        await store.add_folder("Old")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO conversation (id, title, leaf_id) VALUES (1, 'Old', 12)")
        connection.executemany(
            "INSERT INTO message (id, conversation_id, number, parent_id, role, text)"
            " VALUES (?, 1, ?, ?, ?, ?)",
            [(11, 1, None, "user", "Why?"), (12, 2, 11, "assistant", "Because.")],
        )
    connection.close()
    async with opened(tmp_path) as store:
        assert texts(await loaded(store, 1)) == ["Why?", "Because."]
        assert [hit.message_id for hit in await store.search("because")] == [12]
        new, *_ = await asked_with_files(store)
        assert (await loaded(store, new.id)).messages[0].attachments == (PICTURE, NOTES)
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    [copy] = copies(tmp_path / "backups")
    assert rows(copy, "PRAGMA user_version") == [(1,)]
    assert rows(copy, "SELECT text FROM message ORDER BY id") == [("Why?",), ("Because.",)]


async def test_words_are_still_found_beside_files() -> None:
    async with opened(None) as store:
        new = await said(store, "A plain question")
        asked = question("Look at the tiger", after=new.messages[-1], attachments=(PICTURE,))
        await store.save_exchange(new, [asked])
        assert [hit.message_id for hit in await store.search("tiger")] == [asked.id]
