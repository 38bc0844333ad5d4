"""The real program is killed at any instant, and loses nothing that it had been told to keep."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.killing import (
    Kept,
    Killing,
    check_file,
    kept_exchanges,
    kill,
    remains,
    starvation,
    wait_for,
)
from helpers.recording_relay import RecordingRelay
from helpers.running_program import LIMIT, ROOT, RunningProgram, beseda, plain_environment
from helpers.served_site import ServedSite
from helpers.store_workload import make_store
from helpers.stores import opened, said

from core.demo import Scenario
from core.models import MessageState
from core.storage.migrations import MIGRATIONS
from core.storage.store import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.window import Window

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and sends SIGKILL"),
]

ROUNDS = int(os.environ.get("BESEDA_KILL_ROUNDS", "20"))
"""How often the window is killed while it streams; the other tests here do a part of that."""
ANSWER = "".join(f"{number} слово, word; " for number in range(600))


@dataclass(frozen=True, slots=True)
class Death:
    """When a victim is killed: so many seconds after its start, or after its first words."""

    after_words: bool
    seconds: tuple[float, float]
    speeds: tuple[int, ...]
    """Characters a second that the service may write meanwhile."""


DEATHS = (
    Death(after_words=True, seconds=(2.0, 4.5), speeds=(60, 400, 1500)),
    # While it opens the store, and keeps what it is about to ask.
    Death(after_words=False, seconds=(0.2, 1.8), speeds=(400,)),
    # About when the answer ends; its checkpoints are full before they are due.
    Death(after_words=True, seconds=(0.0, 0.9), speeds=(20_000,)),
)


@pytest.fixture
def relay() -> Iterator[tuple[ServedSite, RecordingRelay]]:
    """A site, and what stands before it and knows what was delivered."""
    with ServedSite(Scenario(answer=ANSWER)) as site, RecordingRelay(site.site.port) as relay:
        yield site, relay


class Victims:
    """Starts windows that ask at once, kills them, and looks at what they leave."""

    def __init__(self, folder: Path, site: ServedSite, relay: RecordingRelay) -> None:
        self._folder = folder
        self._site = site
        self._relay = relay
        self._known: Mapping[str, Kept] = {}
        self.interrupted = 0
        """How many had words of an answer, and not all of them."""

    def live_and_die(self, number: int, chance: random.Random) -> None:
        """Start one, ask something that nobody asked before, and kill it at some instant."""
        question = f"What is {number}?"
        death = DEATHS[number % len(DEATHS)]
        self._site.site.use(speed=chance.choice(death.speeds))
        self._relay.forget()
        data = self._folder / "data"
        options = ("--provider", self._relay.url, "--data-dir", str(data), "--ask", question)
        environment = {**plain_environment(self._folder), "QT_QPA_PLATFORM": "offscreen"}
        with RunningProgram(beseda(*options), environment=environment) as program:
            if death.after_words:
                wait_for(self._relay.has_words)
            starved = starvation(program)
            program.let_run(chance.uniform(*death.seconds))
            killing = kill(program, starved_before=starved)
            assert program.complaints == ""
        if (data / FILE_NAME).exists():
            left = remains(data, self._folder / "left")
            check_file(left / FILE_NAME)
            self._compare(question, kept_exchanges(left), killing)

    def _compare(self, question: str, found: Mapping[str, Kept], killing: Killing) -> None:
        assert self._known.items() <= found.items(), "something of an earlier round is lost"
        assert found.keys() <= {*self._known, question}
        if any(request.text == question for request in self._site.questions):
            assert question in found, "it was asked and not kept"
            self._compare_answer(found[question], killing)
        self._known = found

    def _compare_answer(self, kept: Kept, killing: Killing) -> None:
        delivered = self._relay.newest()
        assert kept.answer is not None, "no row for the answer was there before it was asked for"
        assert delivered.text().startswith(kept.text)
        safe = delivered.text(before=killing.safe_since)
        assert kept.text.startswith(safe), f"{len(safe) - len(kept.text)} characters are lost"
        if kept.text == ANSWER:
            assert kept.answer.state in {MessageState.COMPLETE, MessageState.INTERRUPTED}
        else:
            assert kept.answer.state is MessageState.INTERRUPTED
            self.interrupted += bool(safe)


@pytest.mark.timeout(60 + 15 * ROUNDS)
def test_nothing_is_lost_when_the_window_is_killed_while_it_saves_and_streams(
    tmp_path: Path, relay: tuple[ServedSite, RecordingRelay]
) -> None:
    chance = random.Random(4)  # noqa: S311 - the same at every run
    victims = Victims(tmp_path, *relay)
    for number in range(ROUNDS):
        victims.live_and_die(number, chance)
    assert victims.interrupted >= ROUNDS // 5, "hardly any was killed while it streamed"


STEPS = 6
"""Migrations that one version has more than the one before: the more, the longer they take."""


@pytest.mark.skipif("BESEDA_PROGRAM" in os.environ, reason="a packaged program has no next version")
def test_nothing_is_lost_when_the_next_version_is_killed_while_it_migrates(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - the same at every run
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    make_store(data / FILE_NAME, conversations=400, messages=12_000, longest=400)
    before, version = words_in(data / FILE_NAME), len(MIGRATIONS)
    midway = 0
    for number in range(max(5, ROUNDS // 4)):
        goal = len(MIGRATIONS) + STEPS * (number + 1)
        with start_newer(goal - len(MIGRATIONS), data, tmp_path) as program:
            wait_for(partial(has_backup, data, before=goal))
            program.let_run(chance.uniform(0.0, 0.5))
            kill(program)
            assert program.complaints == ""
        left = remains(data, tmp_path / "left") / FILE_NAME
        found = check_file(left)
        assert found in {version, goal}
        assert words_in(left) == before
        assert "copy_of_messages" not in tables_in(left), "half of a step was kept"
        midway += found == version
        version = found
    assert midway, "none was killed before its migration had ended"
    for copy in (data / "backups").glob("*.sqlite3"):
        check_file(copy)
        assert words_in(copy) == before


def start_newer(count: int, data: Path, folder: Path) -> RunningProgram:
    """Start the window of a version with `count` migrations more."""
    newer = [sys.executable, "-P", str(ROOT / "tests" / "helpers" / "newer_program.py"), str(count)]
    environment = {**plain_environment(folder), "QT_QPA_PLATFORM": "offscreen"}
    command = [*newer, "--demo", "--data-dir", str(data)]
    return RunningProgram(command, environment=environment)


def has_backup(data: Path, *, before: int) -> bool:
    """Return whether the copy is being made, or is made, that precedes a migration."""
    return any(f"before-v{before}" in path.name for path in (data / "backups").glob("*"))


def words_in(path: Path) -> list[tuple[object, ...]]:
    """Return all that was ever said, which no migration changes."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT id, text FROM message ORDER BY id").fetchall()


def tables_in(path: Path) -> set[object]:
    """Return the names of what is in the database."""
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


CONVERSATIONS = 30
DELETING = ["Delete", "Delete", "ctrl+z", "Down", "Delete", "Down", "Down", "ctrl+z"]


def test_nothing_is_lost_when_the_window_is_killed_while_it_deletes_and_restores(
    tmp_path: Path, open_window: Callable[..., Window]
) -> None:
    chance = random.Random(6)  # noqa: S311 - the same at every run
    data = tmp_path / "data"
    asyncio.run(fill(data))
    known = kept_exchanges(remains(data, tmp_path / "left"))
    for _ in range(max(4, ROUNDS // 5)):
        window = open_window("--demo")
        window.wait_until_shown("conversationList")
        window.driver.focus("conversationList")
        before = in_trash(data / FILE_NAME)
        keys = ["xdotool", "key", "--delay", "20", *DELETING * 8]
        with subprocess.Popen(keys, env=window.display.environment) as typing:
            wait_for(partial(has_changed, data / FILE_NAME, before))
            window.program.let_run(chance.uniform(0.0, 1.0))
            kill(window.program)
            # It goes on to nobody: broken off, it could leave a key pressed for later tests.
            typing.wait(LIMIT)
        left = remains(data, tmp_path / "left")
        check_file(left / FILE_NAME)
        assert kept_exchanges(left) == known
        assert window.program.complaints == ""


async def fill(folder: Path) -> None:
    """Make a store that has something to delete."""
    async with opened(folder) as store:
        for number in range(CONVERSATIONS):
            await said(store, f"Question {number}", f"Answer {number}", title=f"Title {number}")


def has_changed(path: Path, before: list[tuple[object, ...]]) -> bool:
    """Return whether something was deleted or restored."""
    return in_trash(path) != before


def in_trash(path: Path) -> list[tuple[object, ...]]:
    """Return the conversations in the trash, as another process sees them."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT id FROM conversation WHERE deleted_at > 0").fetchall()


LAST_WORDS = "AI Power chat."
"""They end what the demo says to whoever asks it for the first time."""


def test_an_answer_that_was_cut_off_by_a_kill_goes_on_after_the_next_start(
    tmp_path: Path, open_window: Callable[..., Window]
) -> None:
    with ServedSite(Scenario(speed=150)) as site:
        window = open_window("--provider", site.url)
        window.ask("What are you?")
        window.driver.wait_until(lambda: len(window.transcript) > 350, "some words")
        seen = window.driver.items("transcript")[1]
        window.program.let_run(1.5)
        kill(window.program)

        site.site.use(speed=3000)
        window = open_window("--provider", site.url)
        window.driver.wait_until(lambda: len(window.driver.names("conversationList")) > 1, "a list")
        window.display.key("ctrl+Next")
        window.wait_until_shown("continueAnswerButton")
        question, answer = window.driver.items("transcript")
        assert question == "What are you?"
        assert answer.startswith(seen)
        assert "interrupted" in window.find("message-2").description.casefold()

        window.driver.press("continueAnswerButton")
        window.driver.wait_until(lambda: len(site.questions) == 2, "a request to go on")
        window.wait_for_text(LAST_WORDS)
        window.wait_until_shown("sendButton")
        assert not window.driver.is_shown("continueAnswerButton")
        question, whole = window.driver.items("transcript")
        assert whole.startswith(answer)
        window.display.key("ctrl+n")
        window.wait_until_shown("welcome")
        window.ask("What are you?")
        window.wait_for_text(LAST_WORDS)
        # Where a word was broken off nobody can tell whether a space belongs there.
        assert "".join(window.driver.items("transcript")[1].split()) == "".join(whole.split())
        assert window.close() == 0
    check_file(tmp_path / "data" / FILE_NAME)
    answers = [kept.answer for kept in kept_exchanges(tmp_path / "data").values()]
    assert [answer and answer.state for answer in answers] == [MessageState.COMPLETE]
