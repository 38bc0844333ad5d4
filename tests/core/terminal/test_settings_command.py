"""`beseda settings`: every option, with what it is set to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.running_program import RunningProgram

from core.settings import OPTIONS
from core.settings_file import SettingsFile

Start = Callable[..., RunningProgram]

TEXT = """\
[appearance]
theme = "dark"
zoom = 9999
[model]
system_prompt = "two\\nlines"
stop = ["a", "b"]
[profiles.work]
name = "The Office"
provider = "openai"
address = "https://api.example/v1"
temperature = 0.5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "settings.toml").write_text(TEXT)
    return tmp_path


def test_every_option_is_a_line_with_its_type_default_and_value(start: Start, folder: Path) -> None:
    program = start("settings", "--data-dir", str(folder))
    assert program.wait() == 0
    rows = [line.split("\t") for line in program.stdout.text.splitlines()]
    assert all(len(row) == 4 for row in rows)
    assert [row[0] for row in rows] == [*(option.key for option in OPTIONS), "profiles.work"]
    assert ["appearance.theme", "system|light|dark", "system", "dark"] in rows
    assert ["appearance.zoom", "number 50 to 300", "100", "100"] in rows
    assert ["model.system_prompt", "long_text", "", "two lines"] in rows
    assert ["model.stop", "list", "[]", '["a", "b"]'] in rows
    assert ["privacy.keep_conversations", "switch", "true", "true"] in rows
    assert ["advanced.connect_seconds", "decimal 0.1 to 600", "15", "15"] in rows
    assert "The Office openai https://api.example/v1" in rows[-1][3]
    assert "appearance.zoom" in program.complaints


def test_json_says_what_an_option_means(start: Start, folder: Path) -> None:
    program = start("settings", "--json", "--data-dir", str(folder))
    assert program.wait() == 0
    lines = [json.loads(line) for line in program.stdout.text.splitlines()]
    [theme] = [line for line in lines if line["key"] == "appearance.theme"]
    assert (theme["value"], theme["default"], theme["scopes"]) == ("dark", "system", ["app"])
    assert theme["choices"] == ["system", "light", "dark"]
    assert all(line["label"] for line in lines[:-1])
    assert lines[-1]["value"]["temperature"] == 0.5
    assert lines[-1]["value"]["trust.ca_file"] == ""


@pytest.mark.parametrize(
    ("key", "count"), [("appearance", 2), ("appearance.theme", 1), ("profiles.work", 1)]
)
def test_a_page_or_an_option_can_be_asked_for(
    start: Start, folder: Path, key: str, count: int
) -> None:
    program = start("settings", key, "--data-dir", str(folder))
    assert program.wait() == 0
    lines = program.stdout.text.splitlines()
    assert len(lines) == count
    assert all(line.startswith(key) for line in lines)


def test_an_option_that_does_not_exist_is_wrong_usage(start: Start, folder: Path) -> None:
    program = start("settings", "appearance.them", "--data-dir", str(folder))
    assert (program.wait(), program.stdout.text) == (2, "")
    assert "appearance.them" in program.complaints


def test_looking_changes_nothing(start: Start, tmp_path: Path) -> None:
    assert start("settings", "--data-dir", str(tmp_path / "new")).wait() == 0
    assert not (tmp_path / "new").exists()
    assert SettingsFile(tmp_path / "new" / "settings.toml").load().problems == ()
