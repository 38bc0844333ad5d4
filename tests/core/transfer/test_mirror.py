"""The mirror's folder follows the store, and leaves alone what it did not write."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.conversation_trees import small_tree

from core.errors import ChatError, Fault
from core.models import Conversation, Message, MessageState, Role
from core.storage.store import Store
from core.transfer.mirror import MarkdownMirror
from core.transfer.mirror_folder import is_untouched

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NEVER = 3600.0
"""Seconds: nothing is written before `settle` asks for it."""
RIVERS = "2026-02-25 Rivers 000064.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def stamps(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_ino for name in files_in(folder)}


def in_the_way(folder: Path) -> None:
    """Put a file where the folder should be."""
    if folder.is_dir():
        folder.rmdir()
    folder.write_text("in the way")


def out_of_the_way(folder: Path) -> None:
    folder.unlink()


def put_files(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def remove_all(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


async def test_every_conversation_is_a_file_at_the_start(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree(), small_tree(id_=200, title="a/b: c")])
        await store.update(200, is_archived=True)
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.close()
    assert files_in(folder) == ["2026-02-25 Rivers 000064.md", "2026-02-25 a b c 0000c8.md"]
    content = (folder / RIVERS).read_bytes()
    assert b"The Nile." in content
    assert is_untouched(content, 100)


async def test_only_what_changed_is_written_again(open_store: OpenStore, folder: Path) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree(), small_tree(id_=200)])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        before = stamps(folder)
        answer = small_tree().messages[2]
        await store.end_message(replace(answer, text="The Amazon, in fact."))
        await mirror.settle()
        after = stamps(folder)
        await mirror.close()
    assert [name for name in before if before[name] != after[name]] == [RIVERS]
    assert "The Amazon, in fact." in (folder / RIVERS).read_text(encoding="utf-8")


async def test_another_start_writes_nothing_that_is_there(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree(), small_tree(id_=200, title="")])
        stamped = []
        for _ in range(2):
            mirror = MarkdownMirror(store, folder, delay=NEVER)
            mirror.start()
            await mirror.close()
            stamped.append(stamps(folder))
    assert stamped[0] == stamped[1]
    assert len(stamped[0]) == 2


async def test_a_file_is_renamed_with_its_conversation(open_store: OpenStore, folder: Path) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        await store.update(100, title="Озёра")
        await mirror.settle()
        assert files_in(folder) == ["2026-02-25 Озёра 000064.md"]
        await mirror.close()
        await store.update(100, title="Seas")
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.close()
    assert files_in(folder) == ["2026-02-25 Seas 000064.md"]


async def test_a_deleted_conversation_goes_to_the_trash_folder_and_comes_back(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        deletion = await store.delete_conversations([100])
        await mirror.settle()
        assert files_in(folder) == [f"Trash/{RIVERS}"]
        await store.restore(deletion)
        await mirror.settle()
        assert files_in(folder) == [RIVERS]
        await store.clear()
        await mirror.settle()
        await store.empty_trash()
        await mirror.close()
    assert files_in(folder) == [f"Trash/{RIVERS}"]


async def test_what_was_deleted_while_no_mirror_ran_goes_to_the_trash_folder(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        for _ in range(2):
            mirror = MarkdownMirror(store, folder, delay=NEVER)
            mirror.start()
            await mirror.close()
            await store.delete_conversations([100])
    assert files_in(folder) == [f"Trash/{RIVERS}"]


async def test_a_file_that_its_user_edited_is_never_touched_again(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        edited = (folder / RIVERS).read_text(encoding="utf-8") + "\nMy own note.\n"
        (folder / RIVERS).write_text(edited, encoding="utf-8")
        await store.update(100, draft="?")
        await mirror.settle()
        await store.delete_conversations([100])
        await mirror.close()
    assert (folder / RIVERS).read_text(encoding="utf-8") == edited
    assert files_in(folder) == [RIVERS, "Trash/2026-02-25 Rivers 000064 (2).md"]


async def test_files_of_others_stay_as_they_are(open_store: OpenStore, folder: Path) -> None:
    foreign = {
        "diary.md": b"# Mine",
        RIVERS: b"---\nbeseda: nonsense\n",
        "photo.png": b"\x89PNG",
    }
    put_files(folder, foreign)
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        await store.clear()
        await mirror.close()
    assert {name: (folder / name).read_bytes() for name in foreign} == foreign
    assert files_in(folder / "Trash") == ["2026-02-25 Rivers 000064 (2).md"]


async def test_the_files_of_another_computer_stay_where_they_are(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.close()
    other = await Store.open(None)
    try:
        await other.insert_trees([small_tree(id_=300)])
        mirror = MarkdownMirror(other, folder, delay=NEVER)
        mirror.start()
        await other.clear()
        await mirror.close()
    finally:
        await other.close()
    assert RIVERS in files_in(folder)


async def test_a_file_that_its_user_removed_is_made_again_with_the_next_change(
    open_store: OpenStore, folder: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        remove_all(folder)
        await store.update(100, title="Rivers")
        await mirror.close()
    assert files_in(folder) == [RIVERS]


async def test_other_line_ends_are_no_edit(open_store: OpenStore, folder: Path) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.settle()
        content = (folder / RIVERS).read_bytes()
        (folder / RIVERS).write_bytes(content.replace(b"\n", b"\r\n"))
        await store.update(100, title="Lakes")
        await mirror.close()
    assert files_in(folder) == ["2026-02-25 Lakes 000064.md"]


async def test_an_answer_is_written_when_it_has_ended(open_store: OpenStore, folder: Path) -> None:
    question = Message(Role.USER, "Why?", id=501)
    reply = Message(Role.ASSISTANT, "", id=502, parent_id=question.id, state=MessageState.STREAMING)
    async with open_store() as store:
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await store.save_exchange(Conversation(500, title="Why"), [question, reply])
        await mirror.settle()
        assert files_in(folder) == []
        await store.end_message(replace(reply, text="Because.", state=MessageState.COMPLETE))
        await mirror.close()
    [name] = files_in(folder)
    assert "Because." in (folder / name).read_text(encoding="utf-8")


async def test_changes_are_written_by_themselves_after_a_while(
    open_store: OpenStore, folder: Path
) -> None:
    tried = asyncio.Event()
    async with open_store() as store:
        mirror = MarkdownMirror(store, folder, delay=0.01, on_error=lambda _: tried.set())
        mirror.start()
        await mirror.settle()
        in_the_way(folder)
        await store.insert_trees([small_tree()])
        async with asyncio.timeout(30):
            await tried.wait()
        out_of_the_way(folder)
        await mirror.close()
    assert files_in(folder) == [RIVERS]


async def test_an_error_is_told_once_and_made_good_later(
    open_store: OpenStore, folder: Path
) -> None:
    in_the_way(folder)
    errors: list[ChatError] = []
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER, on_error=errors.append)
        mirror.start()
        await mirror.settle()
        await store.update(100, title="Lakes")
        await mirror.settle()
        assert [error.fault for error in errors] == [Fault.FILE_NOT_WRITTEN]
        out_of_the_way(folder)
        await mirror.close()
    assert files_in(folder) == ["2026-02-25 Lakes 000064.md"]
    assert len(errors) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
async def test_only_its_user_can_read_a_file(open_store: OpenStore, folder: Path) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        mirror = MarkdownMirror(store, folder, delay=NEVER)
        mirror.start()
        await mirror.close()
    assert (folder / RIVERS).stat().st_mode & 0o777 == 0o600
