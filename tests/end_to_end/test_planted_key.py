"""A key and a password are planted, and whatever the real program leaves is searched for them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from helpers.api_server import Answer, ServedApiServer, openai_stream, refusal
from helpers.loopback_server import unused_port
from helpers.planted import KEY, PASSWORD, found_below, found_in, quoting
from helpers.real_keyring import RealKeyring
from helpers.running_program import ROOT, RunningProgram, beseda, plain_environment
from helpers.window import Window

from core.secrets import KEY_FILE, key_name

if TYPE_CHECKING:
    from helpers.accessibility import AccessibleDriver
    from helpers.display import Display

pytestmark = pytest.mark.end_to_end

Start = Callable[..., RunningProgram]

CRASHING = (sys.executable, "-P", str(ROOT / "tests" / "helpers" / "programs" / "crashing.py"))
REPORTED = "RuntimeError: no way to http://me:***@host, Bearer ***"
# What puts a key into the keyring, and what locks it.
KEEP = (
    "import asyncio, sys; from core.keyring_store import KeyringStore;"
    " asyncio.run(KeyringStore().put(*sys.argv[1:]))"
)
LOCK = "import secretstorage; secretstorage.Collection(secretstorage.dbus_init()).lock()"
ANSWERED = openai_stream("It is", " said.")
REFUSED = refusal(401, quoting(KEY), code="invalid_api_key")
BROKEN = refusal(500, quoting(KEY))


class Case:
    """A service that may quote what it is shown, and a user whose profile has the key for it.

    The key is in the file for keys, until `forget_key`.
    """

    def __init__(self, folder: Path, server: ServedApiServer) -> None:
        self.server = server
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir()
        server.server.answer(ANSWERED)
        settings = (
            '[privacy]\nkeys = "file"\n[advanced]\nlog_level = "debug"\nretries = 0\n'
            '[general]\nprofile = "mine"\n[profiles.mine]\nname = "Mine"\nprovider = "openai"\n'
            f'address = "{server.url}/v1"\nmodel = "tiny"\nneeds_key = true\n'
        )
        (self.data / "settings.toml").write_text(settings, encoding="utf-8")
        self._key_file = self.data / KEY_FILE
        self._key_file.write_text(json.dumps({key_name("mine"): KEY}), encoding="utf-8")
        self.environment = {**plain_environment(folder), "BESEDA_DATA_DIR": str(self.data)}

    def keep_keys(self, place: str) -> None:
        """Change where the settings say that keys are."""
        path = self.data / "settings.toml"
        text = path.read_text(encoding="utf-8").replace('keys = "file"', f'keys = "{place}"')
        path.write_text(text, encoding="utf-8")

    def forget_key(self) -> None:
        """Remove the file for keys."""
        self._key_file.unlink()

    def shown(self) -> set[str | None]:
        """Return what the service was shown as a key."""
        requests = self.server.server.requests
        return {request.headers.get("authorization") for request in requests}

    def check(self, *programs: RunningProgram) -> None:
        """Fail where anything but the file for keys holds a secret."""
        assert found_below(self.folder, besides=[self._key_file]) == {}
        for program in programs:
            printed = program.stdout.text + program.stderr.text
            assert not found_in(printed.encode()), program.report()


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with ServedApiServer() as server:
        yield Case(tmp_path, server)


@pytest.fixture
def start(case: Case, started: tuple[ExitStack, list[object]]) -> Callable[..., RunningProgram]:
    """Start the program, or another one that `command` names, as the user of the case."""
    stack, reporters = started

    def start(
        *arguments: str, piped: str | None = None, command: Sequence[str] = (), **variables: str
    ) -> RunningProgram:
        program = RunningProgram(
            [*(command or beseda()), *arguments],
            environment={**case.environment, **variables},
            piped=piped,
        )
        reporters.append(program)
        return stack.enter_context(program)

    return start


def test_the_search_finds_a_key_in_every_form(tmp_path: Path) -> None:
    for number, word in enumerate(quoting(KEY).split()[4:9]):
        (tmp_path / str(number)).write_text(f"… {word} …", encoding="utf-8")
    assert len(found_below(tmp_path)) == 5


@pytest.mark.parametrize("place", ["file", "own variable", "named variable"])
@pytest.mark.parametrize("answer", [ANSWERED, REFUSED, BROKEN], ids=["200", "401", "500"])
def test_ask_shows_the_key_to_the_service_alone(
    start: Start, case: Case, place: str, answer: Answer
) -> None:
    case.server.server.answer(answer)
    options, variables = ["--profile", "mine"], {}
    if place != "file":
        case.forget_key()
        variables = {"BESEDA_KEY_MINE" if place == "own variable" else "MY_KEY": KEY}
    if place == "named variable":
        address = case.server.url
        options = ["--provider", "openai", "--address", address, "--key-variable", "MY_KEY"]
    plain = start("ask", *options, "Hello", **variables)
    as_json = start("ask", *options, "--json", "Hello", **variables)
    assert {plain.wait(), as_json.wait()} == {0 if answer is ANSWERED else 1}
    assert case.shown() == {f"Bearer {KEY}"}
    assert ("Incorrect API key" in as_json.stdout.text) == (answer is not ANSWERED)
    case.check(plain, as_json)


def test_a_kept_conversation_and_its_exports_hold_no_key(start: Start, case: Case) -> None:
    case.server.server.answer(ANSWERED, REFUSED, BROKEN, ANSWERED)
    chat = start("chat", piped="One\nTwo\nThree\nFour\n")
    chat.wait()
    programs = [chat]
    for form in ("json", "markdown", "html", "text"):
        target = case.folder / "exports" / form
        target.mkdir(parents=True)
        programs.append(start("export", "--all", "--format", form, "--output", f"{target}/"))
    programs += [start("settings"), start("history"), start("search", "said")]
    assert [program.wait() for program in programs[1:]] == [0] * 7
    assert len([path for path in (case.folder / "exports").rglob("*") if path.is_file()]) == 4
    assert len(case.server.server.questions) == 4
    assert case.shown() == {f"Bearer {KEY}"}
    case.check(*programs)


@pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None, reason="gnome-keyring is not installed"
)
def test_a_key_in_the_systems_keyring_is_used_and_a_locked_one_told_of(
    start: Start, case: Case
) -> None:
    case.forget_key()
    case.keep_keys("keyring")
    with RealKeyring() as keyring:
        keyring.run(sys.executable, "-c", KEEP, key_name("mine"), KEY)
        environment = {**keyring.environment, "HOME": str(case.folder)}
        answered = start("ask", "Hello", **environment)
        assert (answered.wait(), answered.stdout.text) == (0, "It is said.\n")
        keyring.run(sys.executable, "-c", LOCK)
        refused = start("ask", "Hello", **environment)
        assert refused.wait() == 1
        assert "is locked; unlock it." in refused.complaints
    assert case.shown() == {f"Bearer {KEY}"}
    case.check(answered, refused)


@pytest.mark.parametrize("answer", [ANSWERED, REFUSED], ids=["200", "401"])
def test_a_diagnosis_can_be_passed_on(start: Start, case: Case, answer: Answer) -> None:
    case.server.server.answer(answer)
    if answer is REFUSED:
        case.server.server.models = answer
    programs = [
        start("doctor", "mine"),
        start("doctor", "mine", "--json"),
        start("models", "mine"),
    ]
    assert programs[0].wait() == programs[1].wait() == (0 if answer is ANSWERED else 1)
    programs[2].wait()
    assert f"Bearer {KEY}" in case.shown()
    case.check(*programs)


def test_a_proxys_password_is_shown_to_nobody_else(start: Start, case: Case) -> None:
    address = f"http://me:{quote(PASSWORD, safe='')}@127.0.0.1:{unused_port()}"
    wrong = f"gopher://me:{quote(PASSWORD, safe='')}@127.0.0.1"
    question = ("ask", "--provider", "openai", "--address", "http://host.invalid/v1", "Hello")
    programs = [
        start(*question, "--proxy", address, MY_KEY=KEY),
        start(*question, "--proxy", wrong),
        start(*question, http_proxy=address),
        start(*question, http_proxy=wrong),
    ]
    assert [program.wait() for program in programs] == [1, 2, 1, 1]
    case.check(*programs)


def test_a_crash_of_a_command_is_reported_without_the_key(start: Start, case: Case) -> None:
    program = start("ask", "--profile", "mine", "Hello", command=CRASHING, PLANTED=KEY)
    assert program.wait() == 1
    assert "Traceback" in program.stderr.text
    assert REPORTED in program.stderr.text
    assert "The above exception was the direct cause" in program.stderr.text
    case.check(program)


@pytest.mark.parametrize("answer", [ANSWERED, REFUSED], ids=["200", "401"])
def test_a_window_leaves_no_key_behind(start: Start, case: Case, answer: Answer) -> None:
    case.server.server.answer(answer)
    picture = case.folder / "window.png"
    program = start("--ask", "Hello", "--screenshot", str(picture), QT_QPA_PLATFORM="offscreen")
    program.wait()
    assert picture.exists()
    assert case.shown() == {f"Bearer {KEY}"}
    case.check(program)


def test_a_crash_of_the_window_is_reported_without_the_key(
    start: Start, case: Case, display: Display, driver: AccessibleDriver
) -> None:
    program = start(command=CRASHING, PLANTED=KEY, **display.environment)
    window = Window(program, display, driver, folder=case.folder)
    window.wait_until_ready()
    window.ask("Hello")
    report = driver.wait_until(lambda: driver.text("errorReport"), "a report")
    assert report is not None
    assert REPORTED in report
    driver.press("copyReportButton")
    driver.wait_until(lambda: REPORTED in _clipboard(display), "the report in the clipboard")
    assert not found_in((report + _clipboard(display) + window.transcript).encode())
    driver.press("closeReportButton")
    window.close()
    assert "RuntimeError" in (case.data / "beseda.log").read_text(encoding="utf-8")
    case.check(program)


def _clipboard(display: Display) -> str:
    try:
        return display.clipboard()
    except subprocess.CalledProcessError:  # there is nothing on it yet
        return ""
