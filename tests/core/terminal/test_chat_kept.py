"""What `beseda chat` keeps, and how it goes on."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import psutil
import pytest
from helpers.pseudo_terminal import CTRL_C, CTRL_D, PseudoTerminal
from helpers.running_program import LIMIT, RunningProgram
from helpers.stores import beginning, loaded, opened, said, texts

from core.models import Conversation, MessageState
from core.storage.store import FILE_NAME, Store

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]
StartOnTerminal = Callable[..., PseudoTerminal]
T = TypeVar("T")


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path) -> Path:
    """The data folder of all programs of a test."""
    folder = tmp_path / "data"
    environment["BESEDA_DATA_DIR"] = str(folder)
    return folder


def in_store(folder: Path, work: Callable[[Store], Awaitable[T]]) -> T:
    """Return what `work` returns, with the store open."""

    async def run() -> T:
        async with opened(folder) as store:
            return await work(store)

    return asyncio.run(run())


def kept(folder: Path) -> list[Conversation]:
    """Return the conversations that are on the disk, the oldest first."""

    async def read(store: Store) -> list[Conversation]:
        return [await loaded(store, id_) for id_ in await store.tree_ids()]

    return in_store(folder, read)


def test_what_is_said_is_kept_with_its_title_and_its_service(
    start: Start, site: ServedSite, folder: Path
) -> None:
    site.site.answer("Hello, Anna.")
    assert start("chat", "--provider", site.url, piped="Anna\n").wait() == 0
    [talk] = kept(folder)
    assert texts(talk) == ["Anna", "Hello, Anna."]
    assert [message.state for message in talk.messages] == [MessageState.COMPLETE] * 2
    assert (talk.title, talk.profile) == ("Anna", site.url)


def test_a_private_chat_leaves_nothing(start: Start, site: ServedSite, folder: Path) -> None:
    program = start("chat", "--private", "--provider", site.url, piped="Anna\n/again\nBoris\n")
    assert program.wait() == 0
    assert "Anna" in program.stdout.text.rpartition("Boris")[2]
    assert [path.name for path in folder.rglob("*")] == ["state.json"]


def test_the_newest_conversation_goes_on_with_its_own_service(
    start: Start, site: ServedSite, folder: Path
) -> None:
    assert start("chat", "--provider", site.url, piped="Anna\n/title Names\n").wait() == 0
    program = start("chat", "--continue", piped="Boris\n")
    assert program.wait() == 0
    title, question, *answer = program.complaints.splitlines()
    assert (title, question) == ("Names", "> Anna")
    assert answer
    assert "Anna" in program.stdout.text
    [talk] = kept(folder)
    assert [message.text for message in talk.messages[::2]] == ["Anna", "Boris"]
    assert (talk.title, talk.has_own_title) == ("Names", True)


def test_a_given_conversation_goes_on(start: Start, site: ServedSite, folder: Path) -> None:
    assert start("chat", "--provider", site.url, piped="Anna\n/new\nBoris\n").wait() == 0
    older, _ = kept(folder)
    for name in (f"{older.id:x}", f"{older.id:x}"[-8:].upper(), str(older.id)):
        program = start("chat", "--provider", site.url, "--continue", name, piped="Clara\n")
        assert program.wait() == 0
        assert program.complaints.startswith("Anna\n> ")
    assert [len(talk.messages) for talk in kept(folder)] == [8, 2]


def test_where_nothing_can_go_on_it_is_said(start: Start, folder: Path) -> None:
    nothing = start("chat", "--continue", piped="lost\n")
    assert (nothing.wait(), len(nothing.complaints.splitlines())) == (1, 1)
    unknown = start("chat", "--continue", "ff", piped="lost\n")
    assert (unknown.wait(), "“ff”" in unknown.complaints) == (1, True)
    both = start("chat", "--private", "--continue", piped="lost\n")
    assert both.wait() == 2
    assert kept(folder) == []


def test_what_lies_in_the_trash_or_is_being_written_does_not_go_on(
    start: Start, folder: Path
) -> None:
    async def fill(store: Store) -> tuple[Conversation, Conversation]:
        gone, open_ended = await said(store, "1", "2"), await said(store, "1")
        await store.delete_conversations([gone.id])
        await store.save_exchange(open_ended, [beginning(after=open_ended.messages[0])])
        return gone, open_ended

    async def try_both() -> None:
        async with opened(folder) as store:
            for talk, word in zip(await fill(store), ("trash", "written"), strict=True):
                program = start("chat", "--continue", f"{talk.id:x}", piped="lost\n")
                assert await asyncio.to_thread(program.wait) == 1
                assert word in program.complaints

    asyncio.run(try_both())


def test_another_version_and_back(start: Start, site: ServedSite, folder: Path) -> None:
    lines = "Anna\n/again\n/version\n/version 1\n/version 3\n"
    program = start("chat", "--provider", site.url, piped=lines)
    assert program.wait() == 0
    assert program.complaints.startswith("This is version 2 of 2.\n> Anna\n")
    assert program.complaints.endswith("There is no version “3”; they are 1 to 2.\n")
    [talk] = kept(folder)
    versions = talk.versions[talk.messages[1].id]
    assert (len(versions), versions[0]) == (2, talk.messages[1].id)


def test_a_stopped_answer_is_kept_and_goes_on_in_place(
    start_on_terminal: StartOnTerminal, site: ServedSite, folder: Path
) -> None:
    chat = start_on_terminal("chat", "--provider", site.url)
    chat.wait_for_prompt()
    chat.type("/stall\n")
    chat.wait_for("and copy ")
    chat.type(CTRL_C)
    chat.wait_for("/continue goes on with it")
    chat.wait_for_prompt()
    [talk] = kept(folder)
    assert talk.messages[1].state is MessageState.STOPPED
    assert talk.messages[1].text.endswith("and copy ")
    site.site.answer("and copy it elsewhere.")
    chat.type("/continue\n")
    chat.wait_for("it elsewhere.")
    chat.wait_for_prompt()
    chat.type("/continue\n")
    chat.wait_for("The last answer is complete")
    chat.wait_for_prompt()
    chat.type(CTRL_D)
    assert chat.wait() == 0
    [talk] = kept(folder)
    assert len(talk.messages) == 2
    assert talk.messages[1].state is MessageState.COMPLETE
    assert talk.messages[1].text.endswith("and copy it elsewhere.")


def test_a_question_that_failed_is_kept_and_the_next_one_takes_its_place(
    start: Start, site: ServedSite, folder: Path
) -> None:
    options = ("--provider", site.url, "--retries", "0")
    assert start("chat", *options, piped="/error 429\n").wait() == 1
    assert texts(kept(folder)[0]) == ["/error 429"]
    assert start("chat", "--continue", piped="Hello\n").wait() == 0
    [talk] = kept(folder)
    assert texts(talk)[0] == "Hello"
    assert len(talk.versions[talk.messages[0].id]) == 2
    assert "/error 429" not in site.questions[-1].text


def test_a_store_that_cannot_be_opened_is_told_and_the_chat_goes_on(
    start: Start, site: ServedSite, folder: Path
) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"no database" * 1000)
    program = start("chat", "--provider", site.url, piped="Anna\nBoris\n")
    assert program.wait() == 0
    assert "Anna" in program.stdout.text.rpartition("Boris")[2]
    [complaint] = program.complaints.splitlines()
    assert "damaged" in complaint
    assert "not kept" in complaint
    program = start("chat", "--continue", piped="Anna\n")
    assert (program.wait(), program.stdout.text) == (1, "")
    assert (folder / FILE_NAME).read_bytes() == b"no database" * 1000


def refuse_messages(folder: Path, *, yes: bool) -> None:
    """Let the file take no message, or take them again."""
    with contextlib.closing(sqlite3.connect(folder / FILE_NAME, timeout=20)) as connection:
        connection.execute(
            "CREATE TRIGGER refusal BEFORE INSERT ON message"
            " BEGIN SELECT raise(ABORT, 'no room'); END"
            if yes
            else "DROP TRIGGER refusal"
        )


def test_what_the_disk_refuses_is_told_and_kept_as_soon_as_it_can_be(
    start_on_terminal: StartOnTerminal, site: ServedSite, folder: Path
) -> None:
    chat = start_on_terminal("chat", "--provider", site.url)
    chat.wait_for_prompt()
    refuse_messages(folder, yes=True)
    site.site.answer("Hello, Anna.")
    chat.type("Anna\n")
    chat.wait_for("could not be saved on the computer")
    chat.wait_for_prompt()
    assert kept(folder) == []
    chat.type("/new\n")
    chat.wait_for("A new conversation.")
    chat.wait_for_prompt()
    refuse_messages(folder, yes=False)
    site.site.answer("Hello, Boris.")
    chat.type("Boris\n")
    chat.wait_for("Hello, Boris.")
    chat.wait_for_prompt()
    assert [texts(talk)[0] for talk in kept(folder)] == ["Anna", "Boris"]
    refuse_messages(folder, yes=True)
    chat.type("Clara\n")
    chat.wait_for("could not be saved on the computer", times=2)
    chat.wait_for_prompt()
    refuse_messages(folder, yes=False)
    chat.type(CTRL_D)
    assert chat.wait() == 0
    assert len(texts(kept(folder)[1])) == 4


def test_an_answer_that_a_crash_cut_short_goes_on(
    start: Start, site: ServedSite, folder: Path
) -> None:
    program = start("chat", "--provider", site.url, piped="/stall\n")
    program.stdout.wait_for(lambda text: text.endswith("and copy "), "all that is said")
    deadline = time.monotonic() + LIMIT
    while not (found := kept(folder)) or not found[0].messages[-1].text.endswith("and copy "):
        assert time.monotonic() < deadline
    psutil.Process(program.pid).kill()
    program.wait()
    site.site.answer("and copy it elsewhere.")
    again = start("chat", "--continue", piped="/continue\n")
    assert again.wait() == 0
    assert "The program ended before the answer did." in again.complaints
    [talk] = kept(folder)
    assert len(talk.messages) == 2
    assert talk.messages[1].text.endswith("and copy it elsewhere.")


def test_instructions_stay_with_the_conversation(
    start: Start, site: ServedSite, folder: Path
) -> None:
    options = ("--provider", site.url, "--system", "Be brief")
    assert start("chat", *options, piped="Anna\n/new\nBoris\n").wait() == 0
    assert [talk.system_prompt for talk in kept(folder)] == ["Be brief", "Be brief"]
    assert start("chat", "--continue", "--system", "Be long", piped="Clara\n").wait() == 0
    assert kept(folder)[1].system_prompt == "Be long"
    assert "Be long" in site.questions[-1].text
