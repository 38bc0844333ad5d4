from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.conversation import until
from PySide6.QtWidgets import QMessageBox, QWidget

from core.errors import ChatError, ConnectionFailedError, Fault
from core.models import ModelInfo, Profile
from core.profiles import preset, profile_from
from core.secrets import KeyPlace, Secrets, key_name, proxy_password_name
from core.settings import KEY_PLACE, THEME, ZOOM, Settings
from core.settings_file import SettingsFile
from gui.preferences import Preferences
from gui.settings.settings_link import SettingsLink
from gui.settings.settings_window import SettingsWindow
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("talk")

SESSION = '[privacy]\nkeys = "session"\n'
KEY = "sk-planted-0123456789abcdef"


class Desk:
    """A file, keys, a service, and the link between them and the window."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.path = folder / "settings.toml"
        self.path.write_text(SESSION, encoding="utf-8")
        self.scope, self.keeping = TaskScope(), TaskScope()
        self.main_window = QWidget()
        qtbot.addWidget(self.main_window)
        self.key_file = folder / "keys.json"
        self.secrets = Secrets(KeyPlace.SESSION, file=self.key_file)
        self.models: tuple[ModelInfo, ...] | ChatError = ()
        self.asked: list[Profile] = []
        self.keys_when_asked: list[str] = []

    def start(self, geometry: str = "") -> SettingsLink:
        file = SettingsFile(self.path)
        self.preferences = Preferences(file, file.load(), scope=self.keeping)
        self.link = SettingsLink(
            self.preferences,
            self.secrets,
            fetch=self._fetch,
            scope=self.scope,
            keeping=self.keeping,
            main_window=self.main_window,
            geometry=geometry,
        )
        return self.link

    async def _fetch(self, profile: Profile) -> tuple[ModelInfo, ...]:
        self.asked.append(profile)
        self.keys_when_asked.append(await self.secrets.get(key_name(profile.id)))
        if isinstance(self.models, ChatError):
            raise self.models
        return self.models

    def open(self, page: str = "", option: str = "") -> SettingsWindow:
        return self.link.open(page, option)

    async def saved(self) -> str:
        """Return what is in the file once everything is on the disk."""
        await until(lambda: not len(self.keeping))
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""

    async def close(self) -> None:
        self.link.close()
        await until(lambda: not len(self.keeping))
        await self.scope.close()
        await self.keeping.finish()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(tmp_path, qtbot)


@pytest.fixture
def talk(desk: Desk) -> Desk:
    """Give what is closed by the name on the run of the loop that the test is on."""
    return desk


def openai() -> Profile:
    known = preset("openai")
    assert known is not None
    return profile_from(known, taken=())


@asynccontextmanager
async def on_the_page(desk: Desk) -> AsyncIterator[SettingsWindow]:
    """Open the page of the services with one of them."""
    desk.path.write_text(
        '[privacy]\nkeys = "session"\n[profiles.openai]\npreset = "openai"\n', encoding="utf-8"
    )
    desk.start()
    yield desk.open("providers", "profile.openai.key")


async def test_a_change_in_the_window_holds_and_is_saved(desk: Desk) -> None:
    desk.start()
    window = desk.open()
    window.editor.set_value(THEME, "dark")
    window.editor.settle()
    assert desk.preferences.settings.value(THEME) == "dark"
    assert 'theme = "dark"' in await desk.saved()


async def test_closing_saves_what_was_changed_last(desk: Desk) -> None:
    desk.start()
    desk.open().editor.set_value(ZOOM, 125)
    desk.open().close()
    assert desk.link.window is None
    assert "zoom = 125" in await desk.saved()


async def test_what_is_written_into_the_file_is_shown(desk: Desk) -> None:
    desk.path.write_text("[appearance]\nzoom = 110\n", encoding="utf-8")
    desk.start()
    window = desk.open("appearance")
    field = window.stack.row("appearance.zoom").control.field()
    assert field.text() == "110"
    desk.path.write_text("[appearance]\nzoom = 120\n", encoding="utf-8")
    await until(lambda: field.text() == "120")
    # As editors do it: another file takes the place of this one.
    other = desk.path.with_name("settings.toml~")
    other.write_text("[appearance]\nzoom = 130\n", encoding="utf-8")
    other.replace(desk.path)
    await until(lambda: field.text() == "130")


async def test_the_file_is_listened_to_without_the_window(desk: Desk) -> None:
    desk.start()
    desk.path.write_text('[appearance]\ntheme = "light"\n', encoding="utf-8")
    await until(lambda: desk.preferences.settings.value(THEME) == "light")


async def test_the_file_is_looked_at_when_the_program_is_looked_at_again(desk: Desk) -> None:
    desk.start()
    desk.path.write_text('[appearance]\ntheme = "light"\n', encoding="utf-8")
    desk.main_window.show()
    desk.main_window.activateWindow()
    await until(lambda: desk.preferences.settings.value(THEME) == "light")


async def test_an_edit_in_the_file_and_one_in_the_window_both_hold(desk: Desk) -> None:
    desk.start()
    window = desk.open()
    window.editor.set_value(ZOOM, 125)
    desk.path.write_text('[appearance]\ntheme = "light"\n', encoding="utf-8")
    await until(lambda: desk.preferences.settings.value(ZOOM) == 125)
    await until(lambda: desk.preferences.settings.value(THEME) == "light")
    text = await desk.saved()
    assert "zoom = 125" in text
    assert 'theme = "light"' in text


async def test_values_that_cannot_be_used_are_reported(desk: Desk) -> None:
    desk.path.write_text("[appearance]\nzoom = 9000\n", encoding="utf-8")
    desk.start()
    window = desk.open("appearance")
    assert "appearance.zoom" in window.notice.text()
    assert window.stack.row("appearance.zoom").problem.isVisible()
    desk.path.write_text("[appearance]\nzoom = 90\n", encoding="utf-8")
    await until(window.notice.isHidden)
    assert not window.stack.row("appearance.zoom").problem.text()


async def test_a_broken_file_is_reported_with_the_place_where_it_is_kept(desk: Desk) -> None:
    desk.path.write_text("zoom = = 9", encoding="utf-8")
    desk.start()
    window = desk.open()
    assert "settings.broken.toml" in window.notice.text()
    window.editor.set_value(ZOOM, 125)
    window.editor.settle()
    assert "zoom = 125" in await desk.saved()
    assert desk.path.with_name("settings.broken.toml").read_text() == "zoom = = 9"


async def test_the_window_opens_where_it_was(desk: Desk) -> None:
    link = desk.start()
    window = desk.open()
    window.resize(window.minimumSize() * 1.2)
    size = window.size()
    assert desk.open() is window
    window.close()
    assert desk.open().size() == size
    assert link.geometry


# -- keys


async def test_a_key_is_kept_and_neither_saved_nor_shown(desk: Desk) -> None:
    async with on_the_page(desk) as window:
        changed: list[str] = []
        desk.link.keys_changed.connect(changed.append)
        window.stack.providers.form.key.field().setText(KEY)
        window.hand_over()
        text = await desk.saved()
        assert await desk.secrets.get(key_name("openai")) == KEY
        assert changed == ["openai"]
        assert KEY not in text
        assert "Kept" in window.stack.providers.form.key.field().placeholderText()


async def test_a_key_that_is_there_already_is_said(desk: Desk) -> None:
    await desk.secrets.put(key_name("openai"), KEY)
    async with on_the_page(desk) as window:
        field = window.stack.providers.form.key.field()
        await until(lambda: "Kept" in field.placeholderText())
        assert field.text() == ""


async def test_removing_a_key_deletes_it(desk: Desk) -> None:
    await desk.secrets.put(key_name("openai"), KEY)
    async with on_the_page(desk) as window:
        await until(window.stack.providers.form.key.remove_button.isVisible)
        window.stack.providers.form.key.remove_button.click()
        await desk.saved()
        assert await desk.secrets.get(key_name("openai")) == ""


async def test_a_copy_has_the_same_key(desk: Desk) -> None:
    await desk.secrets.put(key_name("openai"), KEY)
    async with on_the_page(desk) as window:
        window.stack.providers.duplicate_profile()
        await desk.saved()
        assert await desk.secrets.get(key_name("openai-2")) == KEY


async def test_the_keys_of_a_removed_profile_go_when_the_window_closes(desk: Desk) -> None:
    await desk.secrets.put(key_name("openai"), KEY)
    await desk.secrets.put(proxy_password_name("openai"), "s3cret")
    async with on_the_page(desk) as window:
        window.stack.providers.remove_profile()
        window.editor.settle()
        await desk.saved()
        assert await desk.secrets.get(key_name("openai")) == KEY
        desk.open().close()
        await desk.saved()
        assert await desk.secrets.get(key_name("openai")) == ""
        assert await desk.secrets.get(proxy_password_name("openai")) == ""


async def test_the_keys_of_a_profile_that_was_had_back_stay(desk: Desk) -> None:
    await desk.secrets.put(key_name("openai"), KEY)
    async with on_the_page(desk) as window:
        window.stack.providers.remove_profile()
        window.editor.settle()
        window.stack.providers.undo.action_button.click()
        desk.open().close()
        await desk.saved()
        assert await desk.secrets.get(key_name("openai")) == KEY


async def test_another_place_takes_the_keys_along(desk: Desk) -> None:
    await desk.secrets.put(key_name("openai"), KEY)
    async with on_the_page(desk) as window:
        window.editor.set_value(KEY_PLACE, "file")
        window.editor.settle()
        await desk.saved()
        assert desk.secrets.place is KeyPlace.FILE
        assert KEY in desk.key_file.read_text()
        assert await desk.secrets.get(key_name("openai")) == KEY


async def test_a_key_that_cannot_be_kept_is_told_and_kept_elsewhere(desk: Desk) -> None:
    desk.key_file.mkdir()  # no file can be written there
    desk.secrets.place = KeyPlace.FILE
    desk.path.write_text(
        '[privacy]\nkeys = "file"\n[profiles.openai]\npreset = "openai"\n', encoding="utf-8"
    )
    desk.start()
    window = desk.open("providers")
    window.stack.providers.form.key.field().setText(KEY)
    window.hand_over()
    await until(window.key_trouble.isVisible)
    assert "cannot be used" in window.key_trouble.text()
    assert "Kept" not in window.stack.providers.form.key.field().placeholderText()

    window.key_trouble.action_button.click()
    await until(lambda: desk.secrets.place is KeyPlace.SESSION)
    await desk.saved()
    assert await desk.secrets.get(key_name("openai")) == KEY
    assert not window.findChildren(QMessageBox)


async def test_trouble_after_the_window_has_gone_is_told_to_the_program(desk: Desk) -> None:
    desk.key_file.mkdir()
    desk.secrets.place = KeyPlace.FILE
    desk.path.write_text(
        '[privacy]\nkeys = "file"\n[profiles.openai]\npreset = "openai"\n', encoding="utf-8"
    )
    met: list[ChatError] = []
    desk.start().trouble_met.connect(met.append)
    window = desk.open("providers")
    window.stack.providers.form.key.field().setText(KEY)
    desk.open().close()
    await until(lambda: bool(met))
    assert met[0].fault is Fault.KEY_FILE


# -- services


async def test_models_are_fetched_with_the_key_that_was_just_entered(desk: Desk) -> None:
    desk.models = (ModelInfo("small"), ModelInfo("large"))
    async with on_the_page(desk) as window:
        form = window.stack.providers.form
        form.key.field().setText(KEY)
        form.model.fetch_button.click()
        await until(lambda: not form.model.is_asking)
        assert desk.keys_when_asked == [KEY]
        assert form.model.field().itemText(1) == "large"


async def test_models_that_cannot_be_had_are_said_beside_the_field(desk: Desk) -> None:
    desk.models = ConnectionFailedError(fault=Fault.CONNECTION_REFUSED, host="api.openai.com")
    async with on_the_page(desk) as window:
        form = window.stack.providers.form
        form.model.fetch_button.click()
        await until(lambda: not form.model.is_asking)
        assert "api.openai.com does not take connections" in form.row("model").problem.text()


async def test_a_test_is_handed_on(desk: Desk) -> None:
    wanted: list[Profile] = []
    async with on_the_page(desk) as window:
        desk.link.diagnosis_requested.connect(wanted.append)
        window.stack.providers.form.test.field().click()
        await until(lambda: bool(wanted))
        assert [profile.id for profile in wanted] == ["openai"]


async def test_nothing_is_asked_of_a_service_by_looking_at_it(desk: Desk) -> None:
    async with on_the_page(desk):
        await desk.saved()
        assert desk.asked == []


async def test_a_profile_that_was_added_elsewhere_is_shown(desk: Desk) -> None:
    desk.start()
    window = desk.open("providers")
    desk.preferences.change(Settings().with_profiles([openai()]))
    assert window.stack.providers.profiles.ids() == ["openai"]
    await desk.saved()
