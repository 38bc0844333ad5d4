"""A settings file that is written in another way, or cannot be understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.setting_values import written

from core.errors import Fault, StorageError
from core.models import Profile
from core.sentences import sentence
from core.settings import THEME, ZOOM, Settings
from core.settings_file import SettingsFile

WORK = Profile("Work", "openai", "https://api.example/v1", id="work")


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "new" / "settings.toml")


@pytest.mark.parametrize(
    "text",
    [
        'appearance = {theme = "dark"}\n',
        'appearance.theme = "dark"\n',
        '"appearance" = {"theme" = "dark", other = 1}\n',
        (
            '[profiles.a]\nname="A"\nprovider="demo"\n[appearance]\ntheme="dark"\n'
            '[profiles.b]\nname="B"\nprovider="demo"\n'
        ),
        'profiles = {a = {name = "A", provider = "demo"}}\n[appearance]\ntheme = "dark"\n',
        'profiles.a.name = "A"\nprofiles.a.provider = "demo"\n[appearance]\ntheme = "dark"\n',
        '\ufeff[appearance]\r\ntheme = "dark"\r\n',
        "[appearance]\ntheme = 'dark'\n[[profiles]]\n",
    ],
    ids=["inline", "dotted", "quoted", "scattered", "inline 2", "dotted 2", "Windows", "array"],
)
def test_other_ways_to_write_the_same_are_understood_and_changed(
    file: SettingsFile, text: str
) -> None:
    file = written(file, text)
    chosen = file.load().settings
    assert chosen.value(THEME) == "dark"
    new = chosen.with_value(ZOOM, 150).with_value(THEME, "light")
    new = new.with_profiles([WORK, *chosen.profiles])
    file.save(new)
    found = SettingsFile(file.path).load().settings
    assert (found.values, found.profiles) == (new.values, new.profiles)
    is_lossless = "[[profiles]]" not in text and "profiles = {" not in text
    copies = [path.read_text() for path in file.path.parent.glob("*broken*")]
    assert copies == ([] if is_lossless else [text])


@pytest.mark.parametrize(
    "content",
    [
        b"[",
        b"theme = ",
        b"\xff\xfe[\0",
        b"a = 1\na = 2\n",
        b"x=" + b"[" * 100_000,
        b"#" * 5_000_000,
    ],
    ids=["open", "unfinished", "UTF-16", "twice", "deep", "large"],
)
def test_a_broken_file_is_told_and_kept_beside_the_new_one(
    file: SettingsFile, content: bytes
) -> None:
    file = written(file, content)
    loaded = file.load()
    [problem] = loaded.problems
    assert (loaded.settings, problem.fault) == (Settings(), Fault.SETTINGS_BROKEN)
    assert str(file.path) in sentence(problem)
    assert file.path.read_bytes() == content
    file.save(Settings().with_value(THEME, "dark"))
    assert SettingsFile(file.path).load().settings.value(THEME) == "dark"
    assert file.path.with_name("settings.broken.toml").read_bytes() == content


def test_no_copy_of_a_broken_file_takes_the_place_of_an_older_one(file: SettingsFile) -> None:
    for content in (b"[one", b"[two"):
        file = written(file, content)
        file.load()
        file.save(Settings().with_value(THEME, "dark"))
    copies = sorted(path.name for path in file.path.parent.iterdir())
    assert copies == ["settings.broken-2.toml", "settings.broken.toml", "settings.toml"]
    assert file.path.with_name("settings.broken-2.toml").read_bytes() == b"[two"


def test_a_folder_in_place_of_the_file_is_told(file: SettingsFile) -> None:
    file.path.mkdir(parents=True)
    [problem] = file.load().problems
    assert problem.fault is Fault.SETTINGS_UNREADABLE
    with pytest.raises(StorageError) as caught:
        file.save(Settings().with_value(THEME, "dark"))
    assert caught.value.fault is Fault.SETTINGS_NOT_WRITTEN
    assert str(file.path) in sentence(caught.value)


def test_a_table_that_is_none_is_told(file: SettingsFile) -> None:
    loaded = written(file, "general = 1\nprofiles = 2\n").load()
    assert [error.option for error in loaded.problems] == ["general", "profiles"]
