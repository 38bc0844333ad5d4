from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.conversation import until

from core.models import Profile
from core.secrets import KEY_FILE, KeyPlace, key_name
from core.settings import KEY_PLACE
from core.settings_file import SettingsFile, settings_path
from core.state import StateFile
from gui.options import parse_window_options
from gui.services import Services
from gui.settings.key_keeper import KeyKeeper
from gui.tasks import TaskScope

if TYPE_CHECKING:
    import pytest

KEY = "sk-unlikely-to-stand-anywhere-4711"
PROFILE = Profile("Mine", "openai", "http://127.0.0.1:9/v1", "a", id="mine")
OTHER = Profile("Other", "openai", "http://127.0.0.1:9/v1", "b", id="other")


def services_in(folder: Path, scope: TaskScope, *arguments: str) -> Services:
    file = SettingsFile(settings_path(str(folder)))
    services = Services(
        StateFile(folder / "state.json"),
        file,
        file.load(),
        options=parse_window_options(list(arguments)),
        keeping=scope,
    )
    settings = services.settings.with_value(KEY_PLACE, "session").with_profiles([PROFILE, OTHER])
    services.preferences.change(settings)
    services.secrets.place = KeyPlace.SESSION
    return services


async def test_keys_are_taken_along_when_they_are_kept_elsewhere(tmp_path: Path) -> None:
    scope = TaskScope()
    services = services_in(tmp_path, scope)
    keeper = KeyKeeper(services.secrets, scope=scope, parent=services)
    services.preferences.changed.connect(keeper.take)
    keeper.take(services.settings)
    await services.secrets.put(key_name("mine"), KEY)
    services.preferences.change(services.settings.with_value(KEY_PLACE, "file"))
    await until(lambda: services.secrets.place is KeyPlace.FILE)
    assert await services.secrets.get(key_name("mine")) == KEY
    assert KEY in (tmp_path / KEY_FILE).read_text("utf-8")
    await scope.finish()
    await services.close()


async def test_what_the_command_line_says_holds_for_whoever_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_KEY", KEY)
    scope = TaskScope()
    arguments = ("--proxy", "http://127.0.0.1:1", "--timeout", "7")
    arguments += ("--address", "http://127.0.0.1:9/v1", "--key-variable", "SOME_KEY")
    services = services_in(tmp_path, scope, *arguments)
    account = await services.replies.account(PROFILE)
    assert account.access is not None
    assert account.access.proxy == "http://127.0.0.1:1"
    assert account.profile.limits.silence == 7
    assert account.access.key == ""
    chosen = services.profiles.first("openai+http://127.0.0.1:9/v1")
    chosen_account = await services.replies.account(chosen)
    assert chosen_account.access is not None
    assert chosen_account.access.key == KEY
    assert services.settings.profile("mine") == PROFILE
    await scope.finish()
    await services.close()
