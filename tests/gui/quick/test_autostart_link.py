"""The setting and what the session starts stay together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from core.settings import AUTOSTART, Settings
from core.settings_file import SettingsFile
from gui.autostart import DesktopEntry
from gui.preferences import Preferences
from gui.quick.autostart_link import AutostartLink
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def entry(tmp_path: Path) -> DesktopEntry:
    """What this session would start."""
    return DesktopEntry(tmp_path / "autostart")


@asynccontextmanager
async def linked(folder: Path, entry: DesktopEntry, *, is_on: bool) -> AsyncIterator[Preferences]:
    """Give the settings of a program that begins with this one, and wait for what follows."""
    file = SettingsFile(folder / "settings.toml")
    file.save(Settings().with_value(AUTOSTART, is_on))
    scope = TaskScope()
    preferences = Preferences(file, file.load(), scope=scope)
    link = AutostartLink(preferences, scope, system=entry)
    link.look()
    yield preferences
    await scope.finish()


async def test_switching_it_on_and_off_writes_and_removes(
    tmp_path: Path, entry: DesktopEntry
) -> None:
    async with linked(tmp_path, entry, is_on=False) as preferences:
        preferences.change(preferences.settings.with_value(AUTOSTART, True))
    assert entry.is_on()
    async with linked(tmp_path, entry, is_on=True) as preferences:
        preferences.change(preferences.settings.with_value(AUTOSTART, False))
    assert not entry.path.exists()


async def test_of_many_changes_the_last_one_holds(tmp_path: Path, entry: DesktopEntry) -> None:
    async with linked(tmp_path, entry, is_on=False) as preferences:
        for is_on in (True, False, True, False, True):
            preferences.change(preferences.settings.with_value(AUTOSTART, is_on))
    assert entry.is_on()


async def test_what_the_desktop_switched_off_shows_as_off(
    tmp_path: Path, entry: DesktopEntry
) -> None:
    async with linked(tmp_path, entry, is_on=True) as preferences:
        pass
    assert preferences.settings.value(AUTOSTART) is False
    assert not entry.path.exists()


async def test_a_program_that_was_moved_is_started_where_it_is(
    tmp_path: Path, entry: DesktopEntry
) -> None:
    entry.turn_on(("/old/place/beseda", "--hidden"))
    async with linked(tmp_path, entry, is_on=True) as preferences:
        pass
    assert preferences.settings.value(AUTOSTART) is True
    assert "/old/place" not in entry.path.read_text(encoding="utf-8")


async def test_while_it_is_off_nothing_is_touched(tmp_path: Path, entry: DesktopEntry) -> None:
    entry.turn_on(("/mine",))
    async with linked(tmp_path, entry, is_on=False):
        pass
    assert "/mine" in entry.path.read_text(encoding="utf-8")
