"""The settings as a file that a person may edit, too."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import tomlkit
from helpers.setting_values import changed, settings, written
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from core.errors import Fault
from core.models import Profile
from core.profiles import preset, profile_from
from core.sentences import sentence
from core.settings import MAX_TOKENS, PROXY, STOP, SYSTEM_PROMPT, TEMPERATURE, THEME, ZOOM, Settings
from core.settings_file import LoadedSettings, SettingsFile, settings_path

FEW = tries(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORK = Profile("Work", "openai", "https://api.example/v1", id="work")

BY_HAND = """\
# My own settings
top = 1

[appearance]
theme = "dark"  # easier on the eyes
font = "of a newer version"

[profiles.work]
# the company's own
name = "Work"
provider = "openai"
address = "https://api.example/v1" # inside
colour = "blue"

[profiles.work.trust]
ca_file = "/etc/own.pem" # ours

[profiles.broken]
provider = "gopher" # no more
name = "Old"

[profiles.home]
# at home
name = "Home"
provider = "openai"
address = "http://127.0.0.1:11434/v1"
"""


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "new" / "settings.toml")


def test_nothing_is_set_at_first(file: SettingsFile) -> None:
    assert file.load() == LoadedSettings(Settings())
    assert not file.has_changed()
    assert not file.path.parent.exists()


def test_what_is_saved_is_loaded_and_nothing_else_is_written(file: SettingsFile) -> None:
    chosen = Settings().with_value(THEME, "dark").with_value(ZOOM, 100).with_profiles([WORK])
    file.load()
    file.save(chosen)
    assert SettingsFile(file.path).load() == LoadedSettings(chosen)
    assert tomllib.loads(file.path.read_text()) == {
        "appearance": {"theme": "dark"},
        "profiles": {
            "work": {"name": "Work", "provider": "openai", "address": "https://api.example/v1"}
        },
    }
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_user_can_read_it(file: SettingsFile) -> None:
    file.save(Settings().with_value(THEME, "dark"))
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


@given(st.data())
@FEW
def test_any_settings_survive_being_saved_and_changed(data: st.DataObject) -> None:
    first = data.draw(settings())
    second = data.draw(changed(first))
    with tempfile.TemporaryDirectory() as folder:
        file = SettingsFile(Path(folder) / "settings.toml")
        for chosen in (first, second):
            file.save(chosen)
            assert SettingsFile(file.path).load() == LoadedSettings(chosen), file.path.read_text()
        assert not list(Path(folder).glob("*broken*"))


@given(
    st.binary(max_size=60) | st.text(alphabet='[]."=#\n profileszmt1{}', max_size=60), settings()
)
@FEW
def test_whatever_is_in_the_file_is_read_and_can_be_replaced(
    content: bytes | str, chosen: Settings
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(SettingsFile(Path(folder) / "settings.toml"), content)
        before = file.path.read_bytes()
        loaded = file.load()
        copies = []
        if loaded.settings != chosen:
            file.save(chosen)
            found = SettingsFile(file.path).load().settings
            assert (found.values, found.profiles) == (chosen.values, chosen.profiles)
            copies = [path.read_bytes() for path in Path(folder).glob("*broken*")]
        is_broken = any(error.fault is Fault.SETTINGS_BROKEN for error in loaded.problems)
        assert not is_broken or before in (*copies, file.path.read_bytes())


NAMES = st.sampled_from(
    ["appearance", "profiles", "work", "trust", "theme", "zoom", "name", "provider", "a b", ""]
)
PLAIN = st.sampled_from(["dark", "openai", "", 100, 1.5, True, [], ["x", 1], [{"name": "x"}]])
DOCUMENTS = st.dictionaries(
    NAMES, st.recursive(PLAIN, lambda inner: st.dictionaries(NAMES, inner, max_size=4)), max_size=4
)


@given(DOCUMENTS, st.data())
@FEW
def test_any_toml_is_read_and_can_be_changed(
    document: dict[str, object], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = tomlkit.dumps(document)
        file = written(SettingsFile(Path(folder) / "settings.toml"), text)
        loaded = file.load()
        assert all(error.message for error in loaded.problems)
        chosen = data.draw(changed(loaded.settings))
        file.save(chosen)
        found = SettingsFile(file.path).load().settings
        assert (found.values, found.profiles) == (chosen.values, chosen.profiles)
        copies = [path.read_text() for path in Path(folder).glob("*broken*")]
        assert copies in ([], [text])


@given(st.data())
@FEW
def test_comments_and_what_is_not_known_survive_any_change(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(SettingsFile(Path(folder) / "settings.toml"), BY_HAND)
        loaded = file.load()
        assert [error.option for error in loaded.problems] == ["profiles.broken.provider"]
        other = data.draw(changed(loaded.settings))
        kept = [one for one in other.profiles if one.id != "broken"]
        file.save(other.with_profiles(kept))
        text = file.path.read_text()
        again = SettingsFile(file.path).load()
    assert again.settings.values == other.values
    assert list(again.settings.profiles) == kept
    document = tomllib.loads(text)
    assert (document["top"], document["appearance"]["font"]) == (1, "of a newer version")
    assert document["profiles"]["broken"] == {"provider": "gopher", "name": "Old"}
    assert "# My own settings" in text
    assert "# no more" in text
    ids = {one.id for one in kept}
    assert ("work" in ids) == ("# the company's own" in text) == ('colour = "blue"' in text)
    assert "home" not in ids or "# at home" in text


def test_a_change_leaves_the_rest_of_the_file_letter_by_letter(file: SettingsFile) -> None:
    file = written(file, BY_HAND)
    chosen = file.load().settings
    [work, home] = chosen.profiles
    file.save(
        chosen.with_value(THEME, "light").with_profiles(
            [replace(work, address="https://api2.example/v1"), home]
        )
    )
    expected = BY_HAND.replace('theme = "dark"  #', 'theme = "light"  #').replace(
        "api.example", "api2.example"
    )
    assert file.path.read_text() == expected


def test_profiles_can_be_put_into_another_order(file: SettingsFile) -> None:
    file = written(file, BY_HAND)
    chosen = file.load().settings
    file.save(chosen.with_profiles(reversed(chosen.profiles)))
    text = file.path.read_text()
    assert [one.id for one in SettingsFile(file.path).load().settings.profiles] == ["home", "work"]
    assert text.index("# at home") < text.index("# the company's own") < text.index("# ours")


def test_a_wrong_value_is_told_and_left_until_something_else_is_chosen(file: SettingsFile) -> None:
    text = '[appearance]\nzoom = 1000 # big\ntheme = "dark"\n[model]\ntemperature = "hot"\n'
    file = written(file, text)
    loaded = file.load()
    assert [error.option for error in loaded.problems] == ["appearance.zoom", "model.temperature"]
    assert loaded.settings.value(ZOOM) == 100
    assert loaded.settings.wrong == {"appearance.zoom", "model.temperature"}
    file.save(loaded.settings.without(THEME))
    assert "zoom = 1000 # big" in file.path.read_text()
    file.save(loaded.settings.without(THEME).with_value(ZOOM, 90))
    assert "zoom = 90" in file.path.read_text()
    again = file.load().settings
    file.save(again.without(TEMPERATURE))
    assert SettingsFile(file.path).load() == LoadedSettings(Settings().with_value(ZOOM, 90))


def test_a_wrong_field_of_a_profile_is_told_and_the_others_count(file: SettingsFile) -> None:
    text = (
        '[profiles.work]\nname = "Work"\nprovider = "openai"\nproxy = "proxy.example" # why?\n'
        "trust = 3\n[profiles.work2]\n[profiles.'a b']\nname = 'Space'\n[profiles]\nx = 1\n"
        "general = 1\n"
    ).replace("[profiles]\nx = 1\ngeneral = 1\n", "")
    file = written(file, text)
    loaded = file.load()
    assert [error.option for error in loaded.problems] == [
        "profiles.work.trust",
        "profiles.work.proxy",
        "profiles.work2.provider",
        "profiles.a b.id",
    ]
    [work] = loaded.settings.profiles
    assert (work.name, work.proxy) == ("Work", None)
    renamed = loaded.settings.with_profiles([replace(work, name="Office")])
    file.save(renamed)
    assert 'proxy = "proxy.example" # why?' in file.path.read_text()
    file.save(renamed.with_profiles([replace(renamed.profiles[0], proxy="none")]))
    assert 'proxy = "none"' in file.path.read_text()
    assert "profiles.work.proxy" not in SettingsFile(file.path).load().settings.wrong


def test_a_file_that_somebody_else_writes_is_noticed(file: SettingsFile) -> None:
    file.load()
    file.save(Settings().with_value(THEME, "dark"))
    assert not file.has_changed()
    written(file, '[appearance]\ntheme = "light"\n')
    assert file.has_changed()
    assert file.load().settings.value(THEME) == "light"
    assert not file.has_changed()
    file.path.unlink()
    assert file.has_changed()


def test_what_somebody_else_wrote_in_the_meantime_stays(file: SettingsFile) -> None:
    mine = written(file, '[appearance]\ntheme = "dark"\n')
    chosen = mine.load().settings
    theirs = SettingsFile(file.path)
    theirs.save(theirs.load().settings.with_value(ZOOM, 150).with_profiles([WORK]))
    mine.save(chosen.with_value(TEMPERATURE, 0.5))
    assert mine.has_changed()
    found = mine.load().settings
    assert (found.value(THEME), found.value(ZOOM), found.value(TEMPERATURE)) == ("dark", 150, 0.5)
    assert found.profiles == (WORK,)


def test_nothing_is_written_where_nothing_has_changed(file: SettingsFile) -> None:
    file = written(file, BY_HAND)
    before = file.path.stat()
    file.save(file.load().settings)
    assert file.path.stat().st_mtime_ns == before.st_mtime_ns
    assert file.path.stat().st_ino == before.st_ino


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link(file: SettingsFile, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text("# mine\n")
    file.path.parent.mkdir()
    file.path.symlink_to(target)
    file.load()
    file.save(Settings().with_value(THEME, "dark"))
    assert file.path.is_symlink()
    assert target.read_text().startswith("# mine\n")


def test_a_short_table_is_what_its_preset_says_and_stands_for_itself_once_changed(
    file: SettingsFile,
) -> None:
    file = written(file, '[profiles.fast]\npreset = "groq"\nmodel = "x" # quick\n')
    [fast] = file.load().settings.profiles
    groq = preset("groq")
    assert groq is not None
    assert fast == replace(profile_from(groq, taken=()), id="fast", model="x")
    file.save(file.load().settings.with_profiles([replace(fast, needs_key=False)]))
    table = tomllib.loads(file.path.read_text())["profiles"]["fast"]
    assert (table["provider"], table["address"]) == ("openai", groq.address)
    assert "# quick" in file.path.read_text()
    assert SettingsFile(file.path).load().settings.profiles == (replace(fast, needs_key=False),)


def test_long_texts_can_be_read_in_the_file(file: SettingsFile) -> None:
    prompt = 'Be brief.\nSay "please".\\\n'
    file.save(Settings().with_value(SYSTEM_PROMPT, prompt).with_value(STOP, ("a", "b")))
    assert "Be brief.\nSay" in file.path.read_text()
    assert file.load().settings.value(SYSTEM_PROMPT) == prompt


def test_a_password_in_the_file_is_refused_and_not_repeated(file: SettingsFile) -> None:
    loaded = written(file, '[advanced]\nproxy = "http://me:hunter2@proxy.example"\n').load()
    [problem] = loaded.problems
    assert "hunter2" not in sentence(problem)
    assert loaded.settings.value(PROXY) == "system"


def test_reading_is_light(file: SettingsFile, tmp_path: Path) -> None:
    written(file, "[model]\nmax_tokens = 100\n")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from core.settings_file import SettingsFile\n"
        "from core.settings import MAX_TOKENS\n"
        "empty, full = map(Path, sys.argv[1:])\n"
        "SettingsFile(empty).load()\n"
        "assert 'tomllib' not in sys.modules\n"
        "assert SettingsFile(full).load().settings.value(MAX_TOKENS) == 100\n"
        "heavy = {'tomlkit', 'asyncio', 'aiohttp', 'core.profiles', 'urllib.request', 'msgspec'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    arguments = [sys.executable, "-c", program, str(tmp_path / "none.toml"), str(file.path)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert MAX_TOKENS.key == "model.max_tokens"


def test_the_file_is_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESEDA_DATA_DIR", str(tmp_path))
    assert settings_path() == tmp_path / "settings.toml"
    assert settings_path(tmp_path / "other") == tmp_path / "other" / "settings.toml"
    assert not list(tmp_path.iterdir())
