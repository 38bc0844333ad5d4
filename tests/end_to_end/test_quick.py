"""One key away: the popup over another program, the tray and what it tells; on a screen."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.desktop_panel import Panel
from helpers.running_program import LIMIT, RunningProgram, beseda

if TYPE_CHECKING:
    from helpers.display import Display
    from helpers.window import Window

pytestmark = pytest.mark.end_to_end

_OTHER = Path(__file__).parents[1] / "helpers" / "programs" / "other_window.py"
_POPUP, _OTHER_TITLE = "Quick prompt", "Another program"

Wish = Callable[..., None]


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def active_title(display: Display) -> str:
    with suppress(subprocess.CalledProcessError):  # between two windows, none is active
        return display.run(["xdotool", "getactivewindow", "getwindowname"])
    return ""


@pytest.fixture
def panel(display: Display) -> Iterator[Panel]:
    """A panel with a tray, which shows notifications, too."""
    with Panel(display.environment["DBUS_SESSION_BUS_ADDRESS"]) as panel:
        yield panel


@pytest.fixture
def other(
    started: tuple[ExitStack, list[RunningProgram]], display: Display
) -> Callable[..., RunningProgram]:
    """Open another program, and give it the focus."""
    stack, reporters = started

    def open_other(*arguments: str) -> RunningProgram:
        command = [sys.executable, str(_OTHER), *arguments]
        program = RunningProgram(command, environment=display.environment)
        stack.enter_context(program)
        reporters.append(program)
        program.stdout.wait_for(lambda text: "typed" in text, "its window")
        display.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", _OTHER_TITLE])
        focus_other(display)
        return program

    return open_other


def focus_other(display: Display) -> None:
    window = display.run(["xdotool", "search", "--onlyvisible", "--name", _OTHER_TITLE])
    display.run(["xdotool", "windowactivate", "--sync", window.split()[0]])


@pytest.fixture
def wish(display: Display, tmp_path: Path) -> Wish:
    """Start the program again, which tells the running one what is wanted."""

    def tell(*arguments: str) -> None:
        environment = {**display.environment, "BESEDA_DATA_DIR": str(tmp_path / "data")}
        with RunningProgram(beseda(*arguments), environment=environment) as program:
            assert program.wait() == 0, program.report()

    return tell


def test_asked_copied_and_back_in_the_other_program(
    open_window: Callable[..., Window],
    other: Callable[..., RunningProgram],
    display: Display,
) -> None:
    window = open_window("--provider", "demo")
    field = other()
    display.type("one")

    display.key("ctrl+alt+space")
    wait_until(lambda: _POPUP in active_title(display), "the popup with the focus")
    display.type("hello")
    display.key("Return")
    markdown = _copied_by_enter(display)

    assert markdown.startswith("# Hello from the demo service")
    assert "<h1" in display.clipboard("text/html")
    assert display.clipboard("UTF8_STRING")
    wait_until(lambda: _OTHER_TITLE in active_title(display), "the focus back")
    display.type("two")
    field.stdout.wait_for(lambda text: "typed: onetwo\n" in text, "what is typed after")
    assert window.program.exit_code is None


def test_escape_closes_the_popup_that_a_command_opened_and_gives_the_focus_back(
    open_window: Callable[..., Window],
    other: Callable[..., RunningProgram],
    wish: Wish,
    display: Display,
) -> None:
    open_window("--provider", "demo")
    field = other()
    wish("quick", "hello")
    wait_until(lambda: _POPUP in active_title(display), "the popup with the focus")
    display.key("Escape")
    wait_until(lambda: _OTHER_TITLE in active_title(display), "the focus back")
    display.type("two")
    field.stdout.wait_for(lambda text: "typed: two\n" in text, "what is typed after")


def test_keys_that_another_program_has_are_told_as_taken(
    open_window: Callable[..., Window],
    started: tuple[ExitStack, list[RunningProgram]],
    display: Display,
    tmp_path: Path,
) -> None:
    environment = {**display.environment, "BESEDA_DATA_DIR": str(tmp_path / "first")}
    first = RunningProgram(beseda("--demo"), environment=environment)
    started[0].enter_context(first)
    wait_until(lambda: display.window_of(first.pid), "the first program's window")
    wait_until(lambda: _is_grabbed(display, first), "its hotkey")

    window = open_window("--provider", "demo")
    window.display.key("ctrl+comma")
    window.wait_until_shown("settingsWindow")
    window.display.key("ctrl+Next", "ctrl+Next", "ctrl+Next")
    told = "Another program has Ctrl+Alt+Space."
    wait_until(lambda: any(told in thing.name for thing in window.driver.tree()), told)


def _is_grabbed(display: Display, program: RunningProgram) -> bool:
    """Whether the hotkey opens the popup of a program; it is closed again."""
    display.key("ctrl+alt+space")
    if _POPUP not in active_title(display):
        return False
    display.key("Escape")
    return program.exit_code is None


def test_what_starts_with_the_session_follows_the_setting(
    open_window: Callable[..., Window], display: Display, tmp_path: Path
) -> None:
    folder = Path(display.environment["XDG_CONFIG_HOME"]) / "autostart"
    open_window("--demo")
    settings = tmp_path / "data" / "settings.toml"
    settings.write_text("[quick]\nautostart = true\n", encoding="utf-8")
    wait_until(lambda: list(folder.glob("*.desktop")), "the autostart file")
    (file,) = folder.glob("*.desktop")
    assert "--hidden" in file.read_text(encoding="utf-8")
    settings.write_text("[quick]\nautostart = false\n", encoding="utf-8")
    wait_until(lambda: not file.exists(), "its end")


def test_the_hotkey_opens_the_popup_and_closes_it(
    open_window: Callable[..., Window], other: Callable[..., RunningProgram], display: Display
) -> None:
    open_window("--provider", "demo")
    other()

    display.key("ctrl+alt+space")
    wait_until(lambda: _POPUP in active_title(display), "the popup with the focus")
    display.key("ctrl+alt+space")

    wait_until(lambda: _OTHER_TITLE in active_title(display), "the focus back")


def _copied_by_enter(display: Display) -> str:
    """Press Enter on the empty line until the answer is complete, and so copied."""
    deadline = time.monotonic() + LIMIT
    while _POPUP in active_title(display):
        assert time.monotonic() < deadline, "Enter does not copy"
        time.sleep(0.5)
        display.key("Return")
    return display.clipboard("text/markdown")


def test_the_trays_menu_is_read_and_chosen_from(
    panel: Panel, open_window: Callable[..., Window], display: Display
) -> None:
    window = open_window("--provider", "demo")
    panel.wait_for_icon()

    labels = list(panel.menu())
    assert labels[:3] == ["Quick prompt", "New conversation", "Show the window"]
    assert labels[-1] == "Quit"

    panel.click_icon()
    wait_until(lambda: _POPUP in active_title(display), "the popup")
    display.key("Escape")
    wait_until(lambda: _POPUP not in active_title(display), "no popup")
    panel.choose("Quit")
    assert window.program.wait() == 0


def test_the_icon_stands_in_an_old_tray_too(
    open_window: Callable[..., Window],
    started: tuple[ExitStack, list[RunningProgram]],
    display: Display,
    tmp_path: Path,
) -> None:
    panel = RunningProgram(["tint2"], environment=display.environment)
    started[0].enter_context(panel)
    display.run(["xdotool", "search", "--sync", "--onlyvisible", "--class", "tint2"])
    open_window("--provider", "demo")
    wait_until(lambda: _icon_in_panel(display), "the icon")
    x, y = _icon_in_panel(display)
    picture = tmp_path / "panel.png"
    display.screenshot(picture)
    assert picture.stat().st_size
    display.run(["xdotool", "mousemove", str(x), str(y), "click", "1"])
    wait_until(lambda: _POPUP in active_title(display), "the popup with the focus")


def _icon_in_panel(display: Display) -> tuple[int, int] | tuple[()]:
    """Return the middle of our icon in tint2's tray on the screen; nothing before it is there."""
    for window in display.run(["xdotool", "search", "--class", "tint2"]).split():
        tree = display.run(["xwininfo", "-tree", "-id", window])
        found = re.search(r'"beseda"\)\s+(\d+)x(\d+)\S+\s+\+(\d+)\+(\d+)', tree)
        if found is not None:
            width, height, left, top = map(int, found.groups())
            return left + width // 2, top + height // 2
    return ()


def test_closing_the_window_tells_once_and_then_hides(
    panel: Panel, open_window: Callable[..., Window], wish: Wish, display: Display
) -> None:
    window = open_window("--provider", "demo")
    panel.wait_for_icon()

    display.close_window(window.program.pid)
    window.wait_until_shown("closeQuestion")
    display.key("Return")
    wait_until(lambda: not display.window_of(window.program.pid), "no window")
    assert window.program.exit_code is None

    wish()
    wait_until(lambda: display.window_of(window.program.pid), "the window again")
    display.close_window(window.program.pid)
    wait_until(lambda: not display.window_of(window.program.pid), "no window, without a question")
    wish("quit")
    assert window.program.wait() == 0


def test_a_window_that_fills_the_screen_wants_quiet(
    other: Callable[..., RunningProgram], display: Display
) -> None:
    assert _wants_quiet(display) == "False"

    other("--full-screen")

    wait_until(lambda: _wants_quiet(display) == "True", "quiet")


def _wants_quiet(display: Display) -> str:
    look = (
        "from PySide6.QtGui import QGuiApplication; from gui.quick.full_screen import wants_quiet;"
        " application = QGuiApplication([]); print(wants_quiet())"
    )
    environment = {**display.environment, "QT_LOGGING_RULES": "*=false"}
    with RunningProgram([sys.executable, "-c", look], environment=environment) as program:
        program.wait()
        return program.stdout.text.strip()


def test_an_answer_that_nobody_sees_end_is_told_and_a_click_shows_it(
    panel: Panel,
    open_window: Callable[..., Window],
    other: Callable[..., RunningProgram],
    display: Display,
) -> None:
    window = open_window("--provider", "demo")
    window.ask("hello")
    other()

    panel.wait_for_notifications()
    _name, _replaces, _icon, title, text, *_ = panel.notifications[0]
    assert title == "hello"
    assert text == "Hello from the demo service"

    panel.click_notification(1)
    wait_until(lambda: "hello" in active_title(display), "the conversation")
