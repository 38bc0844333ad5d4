"""The composition root: with `gui.program`, the only place that knows every concrete class."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from core.errors import SettingsError
from core.settings import LANGUAGE, PROFILE, THEME, Settings
from core.settings_file import SettingsFile, settings_path
from core.state import State, StateFile, data_folder
from gui.first_paint import show_at_once
from gui.language import install_language
from gui.main_window import MainWindow
from gui.quick.instance_claim import InstanceClaim, claim_instance
from gui.theme import Appearance
from gui.widgets.model_picker import DEMO

if TYPE_CHECKING:
    from gui.options import WindowOptions


_USAGE = 2


def _first_of(settings: Settings) -> str:
    return settings.profiles[0].id if settings.profiles else DEMO


def _choice(options: WindowOptions, settings: Settings) -> str:
    """Return who is asked at first, as far as options and settings say so.

    Raises:
        SettingsError: no saved profile has the name that an option gives.
    """
    if options.profile is not None:
        from core.profiles import named_profile  # noqa: PLC0415 - hardly ever needed

        return named_profile(options.profile, settings.profiles).id
    return options.provider or settings.value(PROFILE)


def run(options: WindowOptions) -> int:
    """Open the window, and return the exit code once it is closed.

    Where another program has this data folder, that one is told what is wanted instead.
    """
    claim = InstanceClaim()
    if options.wish is not None:
        told_or_claim = claim_instance(options.wish, options.data_dir)
        if told_or_claim is None:
            return 0
        claim = told_or_claim
    try:
        return _run(options, claim)
    finally:
        claim.release()


def _application() -> QApplication:
    # By its option: `setStyle` returns a style, whose names take 0.01 s to load.
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("beseda")
    application.setApplicationDisplayName("Beseda")
    application.setDesktopFileName("beseda")
    # The window hides first and the program ends later, in order.
    application.setQuitOnLastWindowClosed(False)
    return application


def _window(options: WindowOptions, state: State) -> MainWindow:
    """Return the window where it was, or as large as the options want it."""
    window = MainWindow()
    if state.geometry and options.screenshot is None:
        window.restore_geometry_text(state.geometry)
    window.restore_sidebar_text(state.sidebar)
    if options.size is not None:
        window.set_size(*options.size)
    return window


def _run(options: WindowOptions, claim: InstanceClaim) -> int:
    application = _application()
    settings_file = SettingsFile(settings_path(options.data_dir))
    loaded = settings_file.load()
    settings = loaded.settings
    install_language(application, options.language or settings.value(LANGUAGE))
    appearance = Appearance(application, choice=options.theme or settings.value(THEME))

    state_file = StateFile(data_folder(options.data_dir) / "state.json")
    state = state_file.load()
    window = _window(options, state)
    try:
        choice = _choice(options, settings) or state.provider or _first_of(settings)
    except SettingsError as exc:
        from core.terminal.output import note  # noqa: PLC0415 - hardly ever needed
        from gui.sentences import translated_sentence  # noqa: PLC0415 - as above

        note(translated_sentence(exc))
        return _USAGE
    saved = settings.profile(choice)
    if saved is None:
        window.pane.show_choice(choice, options.model)
    else:
        window.pane.show_choice(choice, options.model or saved.model, saved.name)
    if not options.hidden:
        show_at_once(application, window)
    appearance.follow_system()

    # The first frame waits for nothing that it does not show: asyncio takes 0.05 s to import.
    from gui.program import Program  # noqa: PLC0415 - see above

    program = Program(
        application,
        window,
        choice,
        options=options,
        state_file=state_file,
        settings_file=settings_file,
        loaded=loaded,
        claim=claim,
    )
    return program.run()
