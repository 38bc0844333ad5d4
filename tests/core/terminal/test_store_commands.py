"""`beseda history`, `search`, `export` and `import` as processes, over a real store."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from helpers.conversation_trees import small_tree
from helpers.pseudo_terminal import CTRL_C, PseudoTerminal
from helpers.running_program import RunningProgram
from helpers.stores import DAY, NOON, Clock, opened, said

from core.models import Conversation
from core.storage.store import Store

Start = Callable[..., RunningProgram]
StartOnTerminal = Callable[..., PseudoTerminal]
T = TypeVar("T")

HOSTILE = "\x1b]0;owned\x07two\nlines\tand \u202emore"
TAME = "]0;ownedtwo lines and more"


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path) -> Path:
    """The data folder of all programs of a test."""
    environment["TZ"] = "UTC"
    environment["BESEDA_DATA_DIR"] = str(tmp_path / "data")
    return tmp_path / "data"


def in_store(folder: Path, work: Callable[[Store], Awaitable[T]], clock: Clock | None = None) -> T:
    """Return what `work` returns, with the store open."""

    async def run() -> T:
        async with opened(folder, clock=clock or Clock()) as store:
            return await work(store)

    return asyncio.run(run())


@pytest.fixture
def talks(folder: Path) -> list[Conversation]:
    """Four conversations, the oldest first: the last in the archive, the one before pinned."""
    clock = Clock()

    async def fill(store: Store) -> list[Conversation]:
        found = []
        for title in ("Rivers", "", HOSTILE, "Хранимая"):
            found.append(await said(store, "Why?", f"Because of {title}.", title=title))
            clock.now += DAY
        await store.update(found[1].id, is_pinned=True)
        await store.update(found[3].id, is_archived=True)
        return found

    return in_store(folder, fill, clock)


def short(talk: Conversation) -> str:
    return f"{talk.id:016x}"[-8:]


def lines_of(program: RunningProgram, code: int = 0) -> list[str]:
    assert program.wait() == code, program.report()
    assert program.complaints == ""
    return program.stdout.text.splitlines()


def test_the_history_is_the_newest_first_with_tabs_in_a_pipe(
    start: Start, talks: list[Conversation]
) -> None:
    assert lines_of(start("history")) == [
        f"{short(talks[2])}\t2027-01-17 08:00\t{TAME}",
        f"{short(talks[1])}\t2027-01-16 08:00\tUntitled",
        f"{short(talks[0])}\t2027-01-15 08:00\tRivers",
    ]
    assert len(lines_of(start("history", "--limit", "1"))) == 1
    assert lines_of(start("history", "--archived")) == [
        f"{short(talks[3])}\t2027-01-18 08:00\tХранимая"
    ]


def test_the_history_as_json_has_whole_ids(start: Start, talks: list[Conversation]) -> None:
    first = json.loads(lines_of(start("history", "--json"))[0])
    assert first == {
        "id": str(talks[2].id),
        "title": HOSTILE,
        "updated_at": NOON + 2 * DAY,
        "is_pinned": False,
        "is_archived": False,
        "deleted_at": 0.0,
    }


def test_a_list_of_one_conversation_is_wrong_usage(start: Start) -> None:
    assert start("history", "64", "--trash").wait() == 2
    assert start("history", "--archived", "--trash").wait() == 2


def test_the_trash_has_a_history_of_its_own(
    start: Start, talks: list[Conversation], folder: Path
) -> None:
    assert lines_of(start("history", "--trash")) == []
    clock = Clock(NOON + 9 * DAY)
    in_store(folder, lambda store: store.delete_conversations([talks[0].id]), clock)
    assert lines_of(start("history", "--trash")) == [f"{short(talks[0])}\t2027-01-24 08:00\tRivers"]
    assert len(lines_of(start("history"))) == 2


def test_a_history_on_a_terminal_fits_it(start_on_terminal: StartOnTerminal, folder: Path) -> None:
    in_store(folder, lambda store: said(store, "Why?", title="漢字" * 100))
    terminal = start_on_terminal("history")
    assert terminal.wait() == 0
    [line] = terminal.text.splitlines()
    # 100 columns: 8 and 16 with two spaces after each, a sign of two for each of 35, and "…".
    assert re.fullmatch(r"[0-9a-f]{8}  2027-01-15 08:00  [漢字]{35}…", line)


def test_a_conversation_is_printed_as_markdown_in_a_pipe_and_as_text_on_a_terminal(
    start: Start, start_on_terminal: StartOnTerminal, talks: list[Conversation]
) -> None:
    text = "\n".join(lines_of(start("history", short(talks[0]))))
    assert text.startswith(f'---\nbeseda: "{talks[0].id}"\n')
    assert "## Assistant\n" in text
    terminal = start_on_terminal("history", short(talks[2]))
    assert terminal.wait() == 0
    assert "===" in terminal.text
    assert not {"\x1b", "\x07", "\u202e"} & set(terminal.text)
    unknown = start("history", "none")
    assert (unknown.wait(), unknown.stdout.text) == (1, "")
    assert "“none”" in unknown.complaints


def test_an_id_that_is_not_the_only_one_is_told_and_shown_longer(
    start: Start, folder: Path
) -> None:
    trees = [small_tree(id_=(number << 40) + 0x2F00) for number in (1, 2)]
    in_store(folder, lambda store: store.insert_trees(trees))
    assert {line.split("\t")[0] for line in lines_of(start("history"))} == {
        "0000010000002f00",
        "0000020000002f00",
    }
    program = start("history", "2f00")
    assert program.wait() == 1
    assert "More than one" in program.complaints
    assert start("history", "10000002f00").wait() == 0


def test_a_reader_that_leaves_a_history_is_no_failure(start: Start, folder: Path) -> None:
    trees = [small_tree(id_=number * 100, title="x" * 500) for number in range(1, 1001)]
    in_store(folder, lambda store: store.insert_trees(trees))
    program = start("history", "--limit", "1000")
    program.stdout.leave()
    assert program.wait() in {0, 141}
    assert program.complaints == ""


def test_a_search_tells_where_words_were_said(start: Start, talks: list[Conversation]) -> None:
    assert lines_of(start("search", "rivers", "because")) == [
        f"{short(talks[0])}\t2027-01-15 08:00\tassistant\tRivers\tBecause of Rivers."
    ]
    title, message = lines_of(start("search", "ХРАНИ"))
    assert title.split("\t")[2:] == ["title", "Хранимая", "Хранимая"]
    assert message.split("\t")[2:] == ["assistant", "Хранимая", "Because of Хранимая."]
    assert all(
        line.count("\t") == 4 and line.isprintable() is False and "\x1b" not in line
        for line in lines_of(start("search", "owned"))
    )
    assert len(lines_of(start("search", "because", "--limit", "2"))) == 2


def test_a_search_has_an_exit_code_for_nothing_and_one_for_no_word(
    start: Start, folder: Path
) -> None:
    assert lines_of(start("search", "nothing"), code=1) == []
    assert start("search", "!?").wait() == 2
    assert start("search").wait() == 2
    assert folder.is_dir()


def test_a_search_as_json_has_the_marks(start: Start, talks: list[Conversation]) -> None:
    hits = [json.loads(line) for line in lines_of(start("search", "--json", "rivers"))]
    assert [(hit["role"], hit["snippet"], hit["marks"]) for hit in hits] == [
        (None, "Rivers", [[0, 6]]),
        ("assistant", "Because of Rivers.", [[11, 17]]),
    ]
    assert hits[1]["id"] == str(talks[0].id)
    assert hits[1]["message_id"] == str(talks[0].messages[1].id)


class RawTerminal(PseudoTerminal):
    """A terminal of which a test sees the codes, too."""

    @property
    def raw(self) -> str:
        return self._screen.text


def test_what_was_found_is_bold_on_a_terminal(
    environment: dict[str, str], talks: list[Conversation]
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals of this kind")
    from helpers.running_program import beseda  # noqa: PLC0415 - as in the fixtures

    with RawTerminal(beseda("search", "rivers"), environment=environment) as terminal:
        assert terminal.wait() == 0
    assert "Because of \x1b[1mRivers\x1b[22m." in terminal.raw
    with RawTerminal(
        beseda("search", "owned"), environment={**environment, "NO_COLOR": "1"}
    ) as terminal:
        assert terminal.wait() == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(terminal.raw)
    assert talks


@pytest.mark.parametrize("command", [("history",), ("search", "x"), ("export", "--all")])
def test_a_store_that_cannot_be_opened_is_one_sentence(
    start: Start, folder: Path, command: tuple[str, ...]
) -> None:
    folder.mkdir()
    (folder / "beseda.sqlite3").write_bytes(b"no database" * 1000)
    program = start(*command)
    assert (program.wait(), program.stdout.text) == (1, "")
    assert len(program.complaints.splitlines()) == 1
    assert "damaged" in program.complaints


def test_an_export_goes_to_standard_output(start: Start, talks: list[Conversation]) -> None:
    markdown = start("export", short(talks[0]))
    assert markdown.wait() == 0
    assert "Because of Rivers." in markdown.stdout.text
    everything = start("export", "--all", "--format", "json", "--output", "-")
    assert everything.wait() == 0
    value = json.loads(everything.stdout.text)
    assert [one["title"] for one in value["conversations"]] == ["Rivers", "", HOSTILE, "Хранимая"]
    several = start("export", "--all")
    assert (several.wait(), several.stdout.text) == (2, "")


def test_an_export_goes_to_the_file_that_its_name_stands_for(
    start: Start, talks: list[Conversation], tmp_path: Path
) -> None:
    for name, beginning in (("a.html", "<!"), ("a.json", '{"format"'), ("a.txt", "Rivers\n=")):
        program = start("export", short(talks[0]), "--output", str(tmp_path / name))
        assert program.wait() == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
        assert program.complaints.startswith("Conversations written to “")
    folder = start("export", "--all", "--output", str(tmp_path / "all"))
    assert folder.wait() == 0
    assert len(list((tmp_path / "all").glob("*.md"))) == 4
    place = tmp_path / "a.html" / "b.md"
    refused = start("export", short(talks[0]), "--output", str(place))
    assert (refused.wait(), len(refused.complaints.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    "arguments", [(), ("--all", "64"), ("64", "--format", "pdf"), ("--nonsense",)]
)
def test_an_export_of_nothing_or_of_no_form_is_wrong_usage(
    start: Start, arguments: tuple[str, ...]
) -> None:
    assert start("export", *arguments).wait() == 2


def test_an_export_comes_in_elsewhere_once(
    start: Start, talks: list[Conversation], tmp_path: Path
) -> None:
    path = tmp_path / "all.json"
    assert start("export", "--all", "--output", str(path)).wait() == 0
    for new, known in ((4, 0), (0, 4)):
        program = start("import", str(path), "--data-dir", str(tmp_path / "other"))
        [line] = lines_of(program)
        assert f"new conversations: {new}," in line
        assert line.endswith(f"already: {known}.")
    assert talks


def test_an_import_tells_what_it_left_out_and_goes_on_after_a_broken_file(
    start: Start, folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    sample = Path(__file__).parents[1] / "transfer" / "samples" / "chatgpt.json"
    program = start("import", str(broken), str(sample))
    assert program.wait() == 1
    assert len(program.complaints.splitlines()) == 1
    summary, *skipped = program.stdout.text.splitlines()
    assert summary.startswith("“chatgpt.json”: new conversations: ")
    assert any(line.startswith("Messages left out between the model") for line in skipped)
    assert len(in_store(folder, lambda store: store.tree_ids())) >= 1


def test_ctrl_c_ends_an_import_that_then_has_changed_nothing(
    start_on_terminal: StartOnTerminal, folder: Path, tmp_path: Path
) -> None:
    sample = Path(__file__).parents[1] / "transfer" / "samples" / "open_webui.json"
    [value] = json.loads(sample.read_bytes())
    path = tmp_path / "many.json"
    many = [{**value, "id": f"{number}"} for number in range(20_000)]
    path.write_text(json.dumps(many), encoding="utf-8")
    terminal = start_on_terminal("import", str(path))
    terminal.wait_for("%  many.json")
    terminal.type(CTRL_C)
    assert terminal.wait() == 130
    assert "Traceback" not in terminal.text
    assert list(in_store(folder, lambda store: store.tree_ids())) == []


@pytest.mark.parametrize("command", [("history",), ("search", "nothing")])
def test_a_look_into_the_store_imports_neither_the_network_nor_the_formats(
    start: Start, folder: Path, command: tuple[str, ...]
) -> None:
    program = start(*command, PYTHONPROFILEIMPORTTIME="1")
    assert program.wait() == (1 if "nothing" in command else 0)
    imported = {line.rpartition("|")[2].strip() for line in program.stderr.text.splitlines()}
    assert "core.storage.store" in imported
    assert not {"aiohttp", "msgspec", "core.transfer", "core.demo", "PySide6"} & imported
    assert folder.is_dir()
