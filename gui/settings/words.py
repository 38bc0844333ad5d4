"""What `core` calls its options and services, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.errors import SettingsError
from core.settings import check_sentence

SETTINGS, PRESETS = "Settings", "Presets"
"""Contexts: of what `core.settings` says, and of what `resources/providers.toml` says."""


def setting_text(text: str) -> str:
    """Return a label, a hint, a choice or a unit of `core.settings` in the window's language."""
    return QCoreApplication.translate(SETTINGS, text) if text else ""


def preset_text(text: str) -> str:
    """Return a name or a note of a preset in the window's language."""
    return QCoreApplication.translate(PRESETS, text) if text else ""


def problem_sentence(error: SettingsError) -> str:
    """Return what is said beside the field that `error` is about."""
    said = check_sentence(error, translate=setting_text)
    return said[:1].upper() + said[1:]
