"""The program's window as a person uses it: by keyboard, by screen reader, by looking."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.accessibility import GoneError

if TYPE_CHECKING:
    from helpers.accessibility import AccessibleDriver, Thing
    from helpers.display import Display
    from helpers.running_program import RunningProgram


class Window:
    """A running program with a window, on a private screen."""

    def __init__(
        self, program: RunningProgram, display: Display, driver: AccessibleDriver, *, folder: Path
    ) -> None:
        self.program = program
        self.display = display
        self.driver = driver
        self._folder = folder

    def wait_until_ready(self) -> None:
        """Return once the message can be typed."""
        self.driver.wait_until(self._is_attached, "a window")
        self.driver.wait_until(self._has_keyboard, "the keyboard in the composer")

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        self.display.type(question)
        self.driver.wait_until(
            lambda: self.driver.text("composer") == question, f"{question!r} in the composer"
        )
        self.display.key("Return")

    def find(self, target: str) -> Thing:
        """Return what must be there."""
        thing = self.driver.wait_until(lambda: self.driver.look(target), target)
        assert thing is not None
        return thing

    def wait_until_shown(self, target: str) -> Thing:
        """Return a thing once it is on the screen."""

        def shown() -> Thing | None:
            thing = self.driver.look(target)
            return thing if thing is not None and thing.is_shown else None

        thing = self.driver.wait_until(shown, f"{target} on the screen")
        assert thing is not None
        return thing

    @property
    def transcript(self) -> str:
        """What the conversation shows."""
        return "\n\n".join(self.driver.items("transcript"))

    def wait_for_text(self, words: str) -> str:
        """Return the conversation once it holds `words`."""
        self.driver.wait_until(lambda: words in self.transcript, f"{words!r} in the conversation")
        return self.transcript

    def wait_for_answer(self) -> str:
        """Return the conversation once nothing is being written any more."""
        self.driver.wait_until(
            lambda: not self.driver.is_shown("stopButton"), "the end of the answer", limit=40
        )
        return self.transcript

    def close(self) -> int:
        """Close the window as the title bar's cross does; return the exit code."""
        self.display.close_window(self.program.pid)
        return self.program.wait()

    def report(self) -> str:
        """Return all there is to know when a test fails."""
        picture = self._folder / "screen.png"
        self.display.screenshot(picture)
        try:
            tree = "\n".join(
                f"{'  ' * thing.depth}{thing.role} {thing.name!r} {thing.object_name}"
                f" {'shown' if thing.is_shown else ''}"
                for thing in self.driver.tree()
            )
        except (AssertionError, GoneError, RuntimeError, subprocess.SubprocessError) as exc:
            tree = repr(exc)
        return f"picture: {picture}\n{self.program.report()}\nwindow:\n{tree}"

    def _is_attached(self) -> bool:
        code = self.program.exit_code
        assert code is None, f"ended with {code} before it had a window"
        return self.driver.attach(self.program.pid)

    def _has_keyboard(self) -> bool:
        composer = self.driver.look("composer")
        return composer is not None and composer.is_focused
