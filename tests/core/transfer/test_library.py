"""Conversations go out of the store and come back; what fails or is cancelled changes nothing."""

from __future__ import annotations

import asyncio
import json
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.conversation_trees import everything, small_tree

from core.errors import Fault, TransferError
from core.models import ConversationTree, Message, MessageState, Role
from core.storage.store import Store
from core.transfer.library import export_all, import_file
from core.transfer.report import Source
from core.transfer.words import Words
from core.transfer.writing import ExportFormat

SAMPLES = Path(__file__).parent / "samples"
OpenStore = Callable[[], AbstractAsyncContextManager[Store]]


def grown(tree: ConversationTree) -> ConversationTree:
    """Return the conversation with one more question."""
    more = Message(
        Role.USER, "Sure?", id=tree.conversation.id + 9, parent_id=tree.conversation.leaf_id
    )
    conversation = replace(tree.conversation, leaf_id=more.id)
    return replace(tree, conversation=conversation, messages=(*tree.messages, more))


async def all_trees(store: Store) -> list[ConversationTree]:
    trees = [await store.load_tree(id_) for id_ in await store.tree_ids()]
    return [tree for tree in trees if tree is not None]


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_an_export_and_an_import_lose_nothing(open_store: OpenStore, tmp_path: Path) -> None:
    trees = [small_tree(id_=100, folder="Geography"), small_tree(id_=200, title="Lakes")]
    target = tmp_path / "all.json"
    async with open_store() as store:
        await store.insert_trees(trees)
        before = await all_trees(store)
        report = await export_all(store, target, format=ExportFormat.JSON)
        assert (report.conversations, report.files) == (2, (target,))
        await store.clear()
        await store.empty_trash()
        assert await all_trees(store) == []
        imported = await import_file(store, target)
        assert (imported.conversations, imported.messages, imported.duplicates) == (2, 6, 0)
        assert imported.sources == {Source.BESEDA}
        after = await all_trees(store)
    # The folder is another one, of the same name.
    assert [{**everything(tree), "folder_id": 0} for tree in after] == [
        {**everything(tree), "folder_id": 0} for tree in before
    ]


@pytest.mark.parametrize("form", list(ExportFormat))
async def test_several_conversations_become_a_folder_of_files(
    open_store: OpenStore, tmp_path: Path, form: ExportFormat
) -> None:
    target = tmp_path / "out" / "here"
    titles = ["Rivers", "rivers", "con", "../../up", ""]
    async with open_store() as store:
        await store.insert_trees(
            small_tree(id_=100 * number, title=title) for number, title in enumerate(titles, 1)
        )
        told: list[tuple[int, int]] = []
        report = await export_all(
            store,
            target,
            format=form,
            words=Words(untitled="Без названия"),
            progress=lambda done, total: told.append((done, total)),
        )
    suffix = report.files[0].suffix
    assert files_in(tmp_path / "out") == sorted(
        f"here/2026-02-25 {name}{suffix}"
        for name in ("Rivers", "rivers (2)", "con", "up", "Без названия")
    )
    assert told == [(number, 5) for number in range(1, 6)]
    assert "The Nile." in report.files[0].read_text(encoding="utf-8")


async def test_an_export_overwrites_no_file_of_a_folder(
    open_store: OpenStore, tmp_path: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "2026-02-25 RIVERS.md").write_text("mine")
        report = await export_all(store, tmp_path / "out", format=ExportFormat.MARKDOWN)
    assert [path.name for path in report.files] == ["2026-02-25 Rivers (2).md"]
    assert (tmp_path / "out" / "2026-02-25 RIVERS.md").read_text() == "mine"


async def test_a_zip_comes_in_again(open_store: OpenStore, tmp_path: Path) -> None:
    target = tmp_path / "all.ZIP"
    async with open_store() as store:
        await store.insert_trees(small_tree(id_=number * 100) for number in (1, 2))
        await export_all(store, target, format=ExportFormat.JSON)
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == ["2026-02-25 Rivers.json", "2026-02-25 Rivers (2).json"]
        await store.clear()
        await store.empty_trash()
        report = await import_file(store, target)
        assert report.conversations == 2


async def test_one_conversation_becomes_one_file(open_store: OpenStore, tmp_path: Path) -> None:
    target = tmp_path / "chat.md"
    target.write_text("old")
    async with open_store() as store:
        await store.insert_trees(small_tree(id_=number * 100) for number in (1, 2))
        with pytest.raises(TransferError) as caught:
            await export_all(store, target, format=ExportFormat.MARKDOWN)
        assert caught.value.fault is Fault.NEEDS_A_FOLDER
        assert target.read_text() == "old"
        report = await export_all(store, target, format=ExportFormat.MARKDOWN, ids=[200])
    assert (report.conversations, report.files) == (1, (target,))
    assert target.read_text().startswith('---\nbeseda: "200"\n')
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600


async def test_an_export_of_nothing_writes_nothing(open_store: OpenStore, tmp_path: Path) -> None:
    async with open_store() as store:
        for name in ("a.md", "a.zip", "a"):
            report = await export_all(store, tmp_path / name, format=ExportFormat.MARKDOWN, ids=[7])
            assert (report.conversations, report.files) == (0, ())
    assert files_in(tmp_path) == [name for name in files_in(tmp_path) if name.startswith("data")]


@pytest.mark.parametrize("name", ["out", "out.zip", "out.json"])
async def test_a_cancelled_export_leaves_nothing_behind(
    open_store: OpenStore, tmp_path: Path, name: str
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    async with open_store() as store:
        await store.insert_trees(small_tree(id_=number * 100) for number in range(1, 6))

        def cancel(done: int, _total: int) -> None:
            if done == 3:
                task.cancel()

        task = asyncio.create_task(
            export_all(store, place / name, format=ExportFormat.JSON, progress=cancel)
        )
        with pytest.raises(asyncio.CancelledError):
            await task
    assert files_in(place) == []


async def test_a_place_that_takes_no_file_is_an_error(
    open_store: OpenStore, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        for target in (tmp_path / "file" / "a.md", tmp_path / "missing" / "a.zip"):
            with pytest.raises(TransferError) as caught:
                await export_all(store, target, format=ExportFormat.MARKDOWN)
            assert caught.value.fault is Fault.FILE_NOT_WRITTEN


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
async def test_an_import_twice_brings_nothing_twice(open_store: OpenStore, path: Path) -> None:
    async with open_store() as store:
        first = await import_file(store, path)
        assert first.conversations >= 1
        before = [everything(tree) for tree in await all_trees(store)]
        second = await import_file(store, path)
        assert (second.conversations, second.messages) == (0, 0)
        assert second.duplicates == first.conversations
        assert [everything(tree) for tree in await all_trees(store)] == before


async def test_a_conversation_that_has_grown_comes_in_beside_the_old_one_once(
    open_store: OpenStore, tmp_path: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([grown(small_tree())])
        await export_all(store, tmp_path / "new.json", format=ExportFormat.JSON)
        await store.clear()
        await store.empty_trash()
        await store.insert_trees([small_tree()])
        first = await import_file(store, tmp_path / "new.json")
        assert (first.conversations, first.messages, first.duplicates) == (1, 4, 0)
        assert first.ids != (100,)
        again = await import_file(store, tmp_path / "new.json")
        assert (again.conversations, again.duplicates) == (0, 1)
        old, new = sorted(await all_trees(store), key=lambda tree: len(tree.messages))
        assert [message.text for message in old.messages] + ["Sure?"] == [
            message.text for message in new.messages
        ]


async def test_what_was_thrown_away_comes_back(open_store: OpenStore, tmp_path: Path) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        await export_all(store, tmp_path / "all.json", format=ExportFormat.JSON)
        await store.delete_conversations([100])
        report = await import_file(store, tmp_path / "all.json")
        assert report.ids == (100,)
        [tree] = await all_trees(store)
        assert not tree.conversation.deleted_at


async def test_the_trash_of_a_conversation_comes_along_in_json_alone(
    open_store: OpenStore, tmp_path: Path
) -> None:
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        await export_all(store, tmp_path / "before.json", format=ExportFormat.JSON)
        await store.delete_message(101)
        await export_all(store, tmp_path / "all.json", format=ExportFormat.JSON)
        await export_all(store, tmp_path / "all.md", format=ExportFormat.MARKDOWN)
        assert (await import_file(store, tmp_path / "before.json")).duplicates == 1
        await store.clear()
        await store.empty_trash()
        assert (await import_file(store, tmp_path / "all.json")).ids == (100,)
        [(owner, message)] = await store.deleted_messages()
        assert (owner, message.text) == (100, "The longest?")
        await store.restore_message(message.id)
        talk = await store.load(100)
        assert talk is not None
        assert [message.text for message in talk.messages] == ["The longest?", "The Nile."]
        again = await import_file(store, tmp_path / "all.json")
        assert (again.conversations, again.duplicates) == (0, 1)
    assert "The longest?" not in (tmp_path / "all.md").read_text(encoding="utf-8")


async def test_the_same_conversation_twice_in_a_file_comes_in_once(
    open_store: OpenStore, tmp_path: Path
) -> None:
    [value] = json.loads((SAMPLES / "open_webui.json").read_bytes())
    path = tmp_path / "twice.json"
    path.write_text(json.dumps([value, value]), encoding="utf-8")
    async with open_store() as store:
        report = await import_file(store, path)
        assert (report.conversations, report.duplicates) == (1, 1)


async def test_an_answer_that_was_being_written_comes_in_as_interrupted(
    open_store: OpenStore, tmp_path: Path
) -> None:
    value = json.loads((SAMPLES / "beseda.json").read_bytes())
    value["conversations"][0]["messages"][1]["state"] = "streaming"
    path = tmp_path / "streaming.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    async with open_store() as store:
        await import_file(store, path)
        [tree] = await all_trees(store)
        assert tree.messages[1].state is MessageState.INTERRUPTED


@pytest.mark.parametrize("cut", [2, 40, 700])
async def test_a_broken_file_changes_nothing(
    open_store: OpenStore, tmp_path: Path, cut: int
) -> None:
    content = (SAMPLES / "chatbox.json").read_bytes()
    path = tmp_path / "broken.json"
    path.write_bytes(content[:-cut])
    async with open_store() as store:
        await store.insert_trees([small_tree()])
        with pytest.raises(TransferError):
            await import_file(store, path)
        assert len(await all_trees(store)) == 1


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Give a file with two hundred conversations."""
    [value] = json.loads((SAMPLES / "open_webui.json").read_bytes())
    path = tmp_path / "many.json"
    path.write_text(json.dumps([{**value, "id": f"{n}"} for n in range(200)]), encoding="utf-8")
    return path


@pytest.mark.parametrize("limit", [100, 600, 850, 950])
async def test_cancelling_an_import_at_any_time_changes_nothing(
    open_store: OpenStore, many: Path, limit: int
) -> None:
    def cancel(done: int, _total: int) -> None:
        if done >= limit:
            task.cancel()

    async with open_store() as store:
        task = asyncio.create_task(import_file(store, many, progress=cancel))
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await all_trees(store) == []


async def test_an_import_tells_how_far_it_is(open_store: OpenStore, many: Path) -> None:
    told: list[int] = []
    async with open_store() as store:
        report = await import_file(store, many, progress=lambda done, _: told.append(done))
    assert report.conversations == 200
    assert told == sorted(told)
    assert told[-1] == 1000
