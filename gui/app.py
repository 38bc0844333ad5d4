"""The composition root: with `gui.program`, the only place that knows every concrete class."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from core.state import StateFile, data_folder
from gui.first_paint import show_at_once
from gui.language import install_language
from gui.main_window import MainWindow
from gui.theme import Appearance
from gui.widgets.model_picker import DEMO

if TYPE_CHECKING:
    from gui.options import WindowOptions


def run(options: WindowOptions) -> int:
    """Open the window, and return the exit code once it is closed."""
    # By its option: `setStyle` returns a style, whose names take 0.01 s to load.
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("beseda")
    application.setApplicationDisplayName("Beseda")
    application.setDesktopFileName("beseda")
    # The window hides first and the program ends later, in order.
    application.setQuitOnLastWindowClosed(False)
    install_language(application, options.language)
    appearance = Appearance(application, choice=options.theme)

    state_file = StateFile(data_folder(options.data_dir) / "state.json")
    state = state_file.load()
    window = MainWindow()
    if state.geometry and options.screenshot is None:
        window.restore_geometry_text(state.geometry)
    window.restore_sidebar_text(state.sidebar)
    if options.size is not None:
        window.set_size(*options.size)
    choice = options.provider or state.provider or DEMO
    window.pane.show_choice(choice, options.model)
    show_at_once(application, window)
    appearance.follow_system()

    # The first frame waits for nothing that it does not show: asyncio takes 0.05 s to import.
    from gui.program import Program  # noqa: PLC0415 - see above

    return Program(application, window, choice, options=options, state_file=state_file).run()
