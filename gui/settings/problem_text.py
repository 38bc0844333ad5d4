"""What is said of a settings file that cannot be used as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from core.errors import ChatError, Fault, SettingsError
from gui.sentences import translated_sentence

_MOST = 3
"""Options that are named; the fields of all of them say it, too."""


def problem_text(problems: Sequence[ChatError], copy: Path) -> str:
    """Return sentences about what was met while reading; `copy` is where a broken file is kept."""
    for error in problems:
        if error.fault is Fault.SETTINGS_BROKEN:
            kept = QCoreApplication.translate(
                "SettingsProblems",
                "The defaults hold. When you change something, the file is kept as {file}.",
            )
            return f"{translated_sentence(error)}\n{kept.format(file=copy.name)}"
        if error.fault is Fault.SETTINGS_UNREADABLE:
            return translated_sentence(error)
    options = [error.option for error in problems if isinstance(error, SettingsError)]
    if not options:
        return ""
    named = ", ".join(options[:_MOST]) + ("…" if len(options) > _MOST else "")
    text = QCoreApplication.translate(
        "SettingsProblems",
        "The settings file has values that cannot be used: {options}. The defaults hold in their"
        " place, and the file is as it was.",
    )
    return text.format(options=named)
