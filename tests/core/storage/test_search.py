"""Words are found in what is kept, and in nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from helpers.stores import answer, beginning, conversation, ended, opened, question, said

from core.errors import StorageError
from core.models import Role
from core.storage.search import SearchHit
from core.storage.store import Store


@asynccontextmanager
async def kept(folder: Path | None, *texts: str) -> AsyncIterator[Store]:
    """A store with a conversation for each text."""
    async with opened(folder) as store:
        for text in texts:
            await said(store, text)
        yield store


def snippets(hits: Sequence[SearchHit]) -> list[str]:
    return [hit.snippet for hit in hits]


def marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Привет, мир", "прив"),
        ("Hello, world", "HEL"),
        ("Зелёная ёлка", "елка"),
        ("Зеленая елка", "Ёлк"),
        ("Über café", "uber cafe"),
        ("мир и труд", "труд мир"),
        ("мой и\u0306огурт", "йогурт"),
        ("see core.models for it", "core.mod"),
        ("see core.models for it", "models"),
        ("он шёл из-за угла", "из-за"),
        ("одна точная фраза тут", '"точная фраза"'),
        ("одна точная фраза тут", "«точная фраза»"),
        ("одна точная фраза тут", '"точная фра'),
        ("日本語テキスト", "日本"),
        ("ภาษาไทย", "ภาษา"),
        ("C++ и C#", "C++"),
        ("2024 год, 3.14", "3.14"),
        ("привет🎉", "🎉 привет"),
        ("the NOT operator AND more", "NOT operator AND"),
    ],
)
async def test_a_text_is_found_by_its_words(tmp_path: Path, text: str, search: str) -> None:
    async with kept(tmp_path, text, "ничего подобного") as store:
        assert snippets(await store.search(search)) == [text]


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("иод", "йод"),
        ("и\u0306од", "иод"),
        ("Привет", "вет"),
        ("мир", "мир труд"),
        ("фраза точная", '"точная фраза"'),
        ("точная фразами", '"точная фраза"'),
        ("日本語テキスト", "テキスト"),
        ("text", "text: -other* NOT"),
    ],
)
async def test_a_text_without_the_words_is_not_found(
    tmp_path: Path, text: str, search: str
) -> None:
    async with kept(tmp_path, text) as store:
        assert await store.search(search) == []


@pytest.mark.parametrize(
    "search",
    [
        "",
        " \n\t",
        "!!! ... ***",
        '"',
        '""',
        '"""""',
        "\0",
        "a\0b",
        "\ud800",
        "🎉",
        "NEAR(a b, 2)",
        "text : {a b} : ^c",
        "* OR *",
        "(",
        "'; DROP TABLE message; --",
        "я" * 10_000,
        "а б " * 2_500,
        '"' * 10_000,
        "\u0301" * 100,
        "\ue000 \U000e0001",
    ],
)
async def test_nothing_that_can_be_typed_is_an_error(tmp_path: Path, search: str) -> None:
    async with kept(tmp_path, "о чём-то ином") as store:
        assert await store.search(search) == []
        assert await store.search(f"{search} ином") in ([], await store.search("ином"))


async def test_a_store_in_memory_is_searched_too() -> None:
    async with kept(None, "Привет, мир") as store:
        assert snippets(await store.search("мир")) == ["Привет, мир"]


async def test_a_hit_tells_where_it_is_and_marks_whole_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        new = await said(store, "Как дела?", "Дела как сажа бела", title="О делах")
        await said(store, "Другое")
        [title, reply, asked] = await store.search("дел")
    assert (title.conversation_id, title.message_id, title.role) == (new.id, None, None)
    assert (title.snippet, marked(title)) == ("О делах", ["делах"])
    assert (reply.message_id, reply.role) == (new.messages[1].id, Role.ASSISTANT)
    assert (reply.title, marked(reply)) == ("О делах", ["Дела"])
    assert (asked.conversation_id, asked.role) == (new.id, Role.USER)
    assert asked.created_at == new.messages[0].created_at


async def test_titles_come_first_then_complete_words_then_the_newest(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for text in ("старый кот", "новый кот", "который старый", "который новый"):
            await said(store, text)
        await said(store, "о чём", title="Котёнок")
        found = snippets(await store.search("кот"))
    assert found == ["Котёнок", "новый кот", "старый кот", "который новый", "который старый"]


async def test_many_titles_leave_room_for_messages_and_fill_what_these_leave(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        for number in range(8):
            await said(store, f"слово {number}", title="слово")
        hits = await store.search("слово", limit=8)
        assert [hit.message_id is None for hit in hits] == [True] * 2 + [False] * 6
        await said(store, "редкость", title="редкость")
        await said(store, "иное", title="редкость")
        hits = await store.search("редкость", limit=4)
        assert [hit.message_id is None for hit in hits] == [True, True, False]
        assert len(await store.search("слово", limit=1)) == 1
        assert await store.search("слово", limit=0) == []


async def test_what_is_being_written_is_found_once_it_has_ended(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        asked = question("вопрос")
        reply = beginning(after=asked)
        await store.save_exchange(conversation(), [asked, reply])
        await store.checkpoint(reply.id, text="ответ")
        assert await store.search("ответ") == []
        await store.end_message(ended(reply, "ответ готов"))
        assert snippets(await store.search("ответ")) == ["ответ готов"]
        await store.reopen_message(reply.id)
        assert await store.search("ответ") == []
        await store.end_message(ended(reply, "другое"))
        assert await store.search("ответ") == []
        assert snippets(await store.search("другое")) == ["другое"]


async def test_what_is_in_the_trash_is_not_found_until_it_comes_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        new = await said(store, "первый вопрос", "первый ответ", title="первый")
        deleted = await store.delete_message(new.messages[0].id)
        assert snippets(await store.search("первый")) == ["первый", "первый ответ"]
        await store.restore(deleted)
        assert len(await store.search("первый")) == 3
        deleted = await store.delete_conversations([new.id])
        assert await store.search("первый") == []
        await store.restore(deleted)
        assert len(await store.search("первый")) == 3
        await store.clear()
        await store.empty_trash()
        assert await store.search("первый") == []


async def test_other_versions_archived_and_renamed_conversations_are_found(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        new = await said(store, "вопрос", "первый ответ", title="старое имя")
        other = answer("второй ответ", after=new.messages[0])
        await store.save_exchange(new, [other])
        await store.update(new.id, is_archived=True, title="новое имя")
        assert snippets(await store.search("первый")) == ["первый ответ"]
        assert snippets(await store.search("второй")) == ["второй ответ"]
        assert await store.search("старое") == []
        assert snippets(await store.search("новое")) == ["новое имя"]


async def test_a_later_search_ends_the_one_before_as_if_it_were_cancelled(tmp_path: Path) -> None:
    async with kept(tmp_path, "один", "два") as store:
        await store.search("один")  # its thread is there
        # Both begin in one turn of the loop: the first has no time to be done before.
        first = asyncio.create_task(store.search("один"))
        second = asyncio.create_task(store.search("два"))
        await asyncio.wait([first, second])
        assert first.cancelled()
        assert snippets(second.result()) == ["два"]


async def test_a_cancelled_search_leaves_the_next_one_alone(tmp_path: Path) -> None:
    async with kept(tmp_path, "один") as store:
        first = asyncio.create_task(store.search("один"))
        await asyncio.sleep(0)
        first.cancel()
        assert snippets(await store.search("один")) == ["один"]
        assert first.cancelled()


async def test_closing_ends_a_search_and_lets_no_other_begin(tmp_path: Path) -> None:
    async with kept(tmp_path, "один") as store:
        await store.search("один")  # its thread is there
        task = asyncio.create_task(store.search("один"))
        closing = asyncio.create_task(store.close())
        await asyncio.wait([task, closing])
        assert task.cancelled()
        with pytest.raises(StorageError):
            await store.search("один")
