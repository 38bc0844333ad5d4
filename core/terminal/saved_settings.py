"""The user's settings, as a command reads them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.sentences import sentence
from core.settings import KEY_PLACE, Settings
from core.settings_file import SettingsFile, settings_path
from core.state import data_folder
from core.terminal.output import note

if TYPE_CHECKING:
    from core.secrets import Secrets


def saved_settings(data_dir: Path | None) -> Settings:
    """Return what is set; what cannot be understood is told on standard error."""
    loaded = SettingsFile(settings_path(data_dir)).load()
    for problem in loaded.problems:
        note(sentence(problem))
    return loaded.settings


def saved_secrets(data_dir: Path | None, settings: Settings) -> Secrets:
    """Return the keys, where the settings say that they are."""
    from core.secrets import KEY_FILE, KeyPlace, Secrets  # noqa: PLC0415 - not for --help

    return Secrets(KeyPlace(settings.value(KEY_PLACE)), file=data_folder(data_dir) / KEY_FILE)
