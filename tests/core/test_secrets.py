"""Keys by name, in any of the three places, and on their way from one to another."""

# ruff: noqa: ASYNC240 - nothing else runs on the loops of these tests

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.keyrings import LockedKeyring, WorkingKeyring, in_use
from helpers.unwritable import read_only
from keyring.backends import fail

from core.errors import Fault, KeyStoreError
from core.redaction import redacted
from core.secrets import KEY_FILE, KeyPlace, Secrets, key_name, proxy_password_name

FIRST, SECOND = key_name("first"), proxy_password_name("second")
KEYS = {FIRST: "sk-first-71d0", SECOND: "Пароль-2-71d0"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / KEY_FILE


@pytest.mark.parametrize("place", KeyPlace)
async def test_a_secret_is_kept_changed_and_forgotten(file: Path, place: KeyPlace) -> None:
    with in_use(WorkingKeyring()):
        secrets = Secrets(place, file=file)
        assert await secrets.get(FIRST) == ""
        await secrets.put(FIRST, "the-old-key-71d0")
        await secrets.put(FIRST, f" {KEYS[FIRST]}\n")
        await secrets.put(SECOND, KEYS[SECOND])
        assert await secrets.get(FIRST) == KEYS[FIRST]
        await secrets.delete(FIRST)
        await secrets.delete(FIRST)
        assert await secrets.get(FIRST) == ""
        assert await secrets.get(SECOND) == KEYS[SECOND]
        await secrets.put(SECOND, "")
        assert await secrets.get(SECOND) == ""
    assert not file.exists()


async def test_a_secret_of_the_session_ends_with_it(file: Path) -> None:
    await Secrets(KeyPlace.SESSION, file=file).put(FIRST, KEYS[FIRST])
    assert await Secrets(KeyPlace.SESSION, file=file).get(FIRST) == ""
    assert not file.parent.exists()


async def test_whatever_passes_through_is_hidden_from_reports(file: Path) -> None:
    await Secrets(KeyPlace.FILE, file=file).put(FIRST, "geheim-90aa-8c")
    assert redacted("It is geheim-90aa-8c.") == "It is ***."
    file.write_text(json.dumps({FIRST: "noch-einer-90aa"}), encoding="utf-8")
    await Secrets(KeyPlace.FILE, file=file).get(FIRST)
    assert redacted("It is noch-einer-90aa.") == "It is ***."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
async def test_only_its_user_can_read_the_file(file: Path) -> None:
    secrets = Secrets(KeyPlace.FILE, file=file)
    await secrets.put(FIRST, KEYS[FIRST])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)
    assert await secrets.get(FIRST) == KEYS[FIRST]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [b"", b'{"profile:first:key": "sk-', b"[]", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "unfinished", "list", "number", "binary", "deep"],
)
async def test_a_broken_file_is_an_error_and_stays_as_it_is(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    secrets = Secrets(KeyPlace.FILE, file=file)
    for work in (secrets.get(FIRST), secrets.put(FIRST, KEYS[FIRST]), secrets.delete(FIRST)):
        with pytest.raises(KeyStoreError) as caught:
            await work
        assert caught.value.fault is Fault.KEY_FILE
        assert caught.value.data["file"] == str(file)
    assert file.read_bytes() == content


async def test_what_cannot_be_written_is_an_error(file: Path) -> None:
    file.parent.mkdir()
    with read_only(file.parent), pytest.raises(KeyStoreError) as caught:
        await Secrets(KeyPlace.FILE, file=file).put(FIRST, KEYS[FIRST])
    assert caught.value.fault is Fault.KEY_FILE
    assert not list(file.parent.iterdir())


async def test_a_move_takes_the_named_secrets_along(file: Path) -> None:
    backend = WorkingKeyring()
    with in_use(backend):
        secrets = Secrets(KeyPlace.KEYRING, file=file)
        for name, value in KEYS.items():
            await secrets.put(name, value)
        await secrets.move(KeyPlace.FILE, [*KEYS, key_name("unknown")])
        assert secrets.place is KeyPlace.FILE
        assert backend.values == {}
        assert json.loads(file.read_text(encoding="utf-8")) == KEYS
        await secrets.move(KeyPlace.SESSION, [FIRST])
        assert await secrets.get(FIRST) == KEYS[FIRST]
        assert json.loads(file.read_text(encoding="utf-8")) == {SECOND: KEYS[SECOND]}
        await secrets.move(KeyPlace.SESSION, [FIRST])
        assert await secrets.get(FIRST) == KEYS[FIRST]


async def test_a_move_that_cannot_be_made_changes_nothing(file: Path) -> None:
    secrets = Secrets(KeyPlace.FILE, file=file)
    await secrets.put(FIRST, KEYS[FIRST])
    before = file.read_bytes()
    with in_use(LockedKeyring()):
        with pytest.raises(KeyStoreError):
            await secrets.move(KeyPlace.KEYRING, [FIRST])
        assert secrets.place is KeyPlace.FILE
        secrets.place = KeyPlace.KEYRING
        with pytest.raises(KeyStoreError):
            await secrets.move(KeyPlace.FILE, [FIRST])
        assert secrets.place is KeyPlace.KEYRING
    assert file.read_bytes() == before


async def test_a_place_that_cannot_be_read_can_be_left(file: Path) -> None:
    with in_use(fail.Keyring()):
        secrets = Secrets(KeyPlace.KEYRING, file=file)
        with pytest.raises(KeyStoreError) as caught:
            await secrets.put(FIRST, KEYS[FIRST])
        assert caught.value.fault is Fault.KEY_STORE_MISSING
        secrets.place = KeyPlace.SESSION
        await secrets.put(FIRST, KEYS[FIRST])
        assert await secrets.get(FIRST) == KEYS[FIRST]


def test_nothing_slow_is_imported_before_a_key_is_asked_for() -> None:
    program = (
        "import sys; from pathlib import Path; from core.secrets import KeyPlace, Secrets;"
        " Secrets(KeyPlace.KEYRING, file=Path('x'));"
        " print([name for name in ('asyncio', 'keyring', 'logging') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
