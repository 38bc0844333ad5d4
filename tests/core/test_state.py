"""What is remembered from one start to the next."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path

from core.errors import StorageError
from core.state import State, StateFile, client_id, data_folder


@pytest.fixture
def state_file(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path / "new" / "state.json")


def test_nothing_is_remembered_at_first(state_file: StateFile) -> None:
    assert state_file.load() == State()
    assert not state_file.path.parent.exists()


def test_what_is_saved_is_loaded(state_file: StateFile) -> None:
    state = State(geometry="AAAA", provider="https://чат.example", client_secret="s")
    state_file.save(state)
    assert StateFile(state_file.path).load() == state
    assert [path.name for path in state_file.path.parent.iterdir()] == ["state.json"]


def test_an_update_changes_one_field(state_file: StateFile) -> None:
    state_file.save(State(geometry="AAAA"))
    assert state_file.update(provider="demo") == State(geometry="AAAA", provider="demo")
    assert state_file.load() == State(geometry="AAAA", provider="demo")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_user_can_read_it(state_file: StateFile) -> None:
    state_file.save(State(client_secret="s"))
    assert stat.S_IMODE(state_file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(state_file.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"geometry": 1}', b"\xff\xfe", b"null", b"[" * 100_000],
    ids=["empty", "unfinished", "list", "number", "binary", "null", "deep"],
)
def test_a_broken_file_is_kept_beside_the_new_one(
    state_file: StateFile, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    state_file.path.parent.mkdir()
    state_file.path.write_bytes(content)
    assert state_file.load() == State()
    assert state_file.broken_copy.read_bytes() == content
    assert len(caplog.records) == 1
    state_file.update(provider="demo")
    assert state_file.load().provider == "demo"
    assert state_file.broken_copy.read_bytes() == content


def test_fields_of_a_newer_version_do_no_harm(state_file: StateFile) -> None:
    state_file.path.parent.mkdir()
    state_file.path.write_text(json.dumps({"provider": "demo", "tray": True}))
    assert state_file.load() == State(provider="demo")


def test_a_folder_in_place_of_the_file_is_no_failure(
    state_file: StateFile, caplog: pytest.LogCaptureFixture
) -> None:
    (state_file.path / "in the way").mkdir(parents=True)
    assert state_file.load() == State()
    assert caplog.records
    with pytest.raises(StorageError):
        state_file.save(State(provider="demo"))
    assert [path.name for path in state_file.path.parent.iterdir()] == ["state.json"]


def test_a_place_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    state_file = StateFile(tmp_path / "file" / "state.json")
    with pytest.raises(StorageError):
        state_file.save(State())


def test_the_secret_is_made_once(state_file: StateFile) -> None:
    secret = state_file.client_secret()
    assert len(secret) >= 32
    assert StateFile(state_file.path).client_secret() == secret


def test_a_secret_that_cannot_be_kept_is_given_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    assert len(StateFile(tmp_path / "file" / "state.json").client_secret()) >= 32
    assert "file" not in caplog.text


def test_a_host_always_sees_the_same_id_and_no_other_host_does() -> None:
    ids = [client_id("secret", host) for host in ("a.example", "b.example", "a.example")]
    assert ids[0] == ids[2] != ids[1]
    assert all(re.fullmatch("[A-Za-z0-9]{10}", one) for one in ids)
    assert client_id("other", "a.example") != ids[0]


def test_the_folder_is_the_one_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BESEDA_DATA_DIR", str(tmp_path / "from environment"))
    assert data_folder(tmp_path / "option") == tmp_path / "option"
    assert data_folder() == tmp_path / "from environment"
    monkeypatch.delenv("BESEDA_DATA_DIR")
    assert data_folder().name == "beseda"


@pytest.mark.parametrize("place", [None, "", "relative/place", "/srv/data"])
def test_the_systems_place_is_the_one_that_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, place: str | None
) -> None:
    monkeypatch.delenv("BESEDA_DATA_DIR", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if place is not None:
        monkeypatch.setenv("XDG_DATA_HOME", place)
    assert data_folder() == user_data_path("beseda", appauthor=False)
