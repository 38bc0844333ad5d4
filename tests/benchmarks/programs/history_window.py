"""The whole program over a store: `history_window.py FOLDER CONVERSATION ROUNDS`.

Prints as JSON when the sidebar was filled, and how long opening that conversation took.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic_ns, perf_counter

from helpers.loop_gaps import LoopGaps
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from core.models import Conversation
from core.state import StateFile
from gui.first_paint import show_at_once
from gui.main_window import MainWindow
from gui.options import WindowOptions
from gui.program import Program
from gui.sidebar.sidebar import Sidebar

SETTLE = 700
"""Milliseconds between two steps, for what the one before has left to do."""


class Steps(QObject):
    """Waits for the sidebar, opens the conversation so many times, prints, and leaves."""

    def __init__(
        self, program: Program, window: MainWindow, conversation_id: int, rounds: int
    ) -> None:
        super().__init__(program)
        self._program = program
        self._window = window
        self._conversation_id = conversation_id
        self._left = rounds
        self._filled_at = 0
        self._asked_at = 0.0
        self._opened: list[float] = []
        self._blocks: list[float] = []
        self._gaps = LoopGaps()
        self._look = QTimer(self, interval=1)
        self._pause = QTimer(self, singleShot=True, interval=SETTLE)

        self._look.timeout.connect(self._on_look_timeout)
        self._pause.timeout.connect(self._open)
        program.controller.conversation_opened.connect(self._on_conversation_opened)
        self._look.start()

    def _on_look_timeout(self) -> None:
        sidebar = self._window.findChild(Sidebar)
        if sidebar is not None and sidebar.model.is_filled:
            self._look.stop()
            self._filled_at = monotonic_ns()
            self._pause.start()

    def _open(self) -> None:
        if self._opened and len(self._opened) > len(self._blocks):
            # What is still to be done after the first picture belongs to it, too.
            self._gaps.stop()
            self._blocks.append(self._gaps.longest.own * 1e3)
            self._program.controller.start_conversation()
            self._pause.start()
        elif self._left:
            self._left -= 1
            self._gaps.start()
            self._asked_at = perf_counter()
            self._program.controller.open(self._conversation_id)
        else:
            self._tell()

    def _on_conversation_opened(self, conversation: Conversation) -> None:
        if conversation.id == self._conversation_id:
            self._program.view.transcript.widget().repaint()
            self._opened.append((perf_counter() - self._asked_at) * 1e3)
            self._pause.start()

    def _tell(self) -> None:
        figures = {"filled": self._filled_at, "opened": self._opened, "blocks": self._blocks}
        print(json.dumps(figures), flush=True)
        self._program.leave()


def main(folder: str, conversation_id: str, rounds: str) -> None:
    """Run the program as `gui.app` does."""
    application = QApplication(["beseda", "-style", "fusion"])
    application.setQuitOnLastWindowClosed(False)
    window = MainWindow()
    window.pane.show_choice("demo", "")
    show_at_once(application, window)
    state_file = StateFile(Path(folder) / "state.json")
    options = WindowOptions(provider="demo")
    program = Program(application, window, "demo", options=options, state_file=state_file)
    steps = Steps(program, window, int(conversation_id), int(rounds))
    program.run()
    del steps


main(*sys.argv[1:])
