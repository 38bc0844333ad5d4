"""The system's keyring, and all the ways in which it does not work."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.keyrings import BrokenKeyring, LockedKeyring, SilentKeyring, WorkingKeyring, in_use
from helpers.real_keyring import RealKeyring
from keyring.backends import fail, null

from core.errors import Fault, KeyStoreError
from core.keyring_store import SERVICE, KeyringStore
from core.redaction import register
from core.secrets import KeyPlace, KeyringState, Secrets

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

NAME = "profile:mine:key"
KEY = "sk-keyring-5f8d2c01b7"

# What a program on a real keyring goes through; `lock` is what locks it in between.
ON_A_REAL_KEYRING = """
import asyncio, sys
from contextlib import closing
from pathlib import Path
import secretstorage
from core.errors import KeyStoreError
from core.secrets import KeyPlace, Secrets

async def told(work):
    try:
        print(await work)
    except KeyStoreError as error:
        print(error.fault)

async def main():
    secrets = Secrets(KeyPlace.KEYRING, file=Path("unused"))
    for step in sys.argv[1:]:
        if step == "lock":
            with closing(secretstorage.dbus_init()) as bus:
                secretstorage.Collection(bus).lock()
        elif step == "state":
            await told(secrets.keyring_state())
        elif step == "quiet":
            await told(secrets.get("name", may_ask=False))
        elif step == "get":
            await told(secrets.get("name"))
        elif step == "delete":
            await told(secrets.delete("name"))
        else:
            await told(secrets.put("name", step))

asyncio.run(main())
"""


@pytest.fixture
def silent() -> Iterator[SilentKeyring]:
    backend = SilentKeyring()
    with in_use(backend):
        yield backend
    backend.released.set()


async def fault_of(work: Awaitable[object]) -> Fault:
    with pytest.raises(KeyStoreError) as caught:
        await work
    return caught.value.fault


def state_of(tmp_path: Path, store: KeyringStore) -> Awaitable[KeyringState]:
    return Secrets(KeyPlace.SESSION, file=tmp_path / "keys", keyring=store).keyring_state()


async def test_a_key_is_kept_changed_and_forgotten(tmp_path: Path) -> None:
    backend, store = WorkingKeyring(), KeyringStore()
    with in_use(backend):
        assert await state_of(tmp_path, store) is KeyringState.USABLE
        assert await store.get(NAME) == ""
        await store.put(NAME, "old-key-77")
        await store.put(NAME, KEY)
        assert await store.get(NAME) == KEY
        assert backend.values == {(SERVICE, NAME): KEY}
        await store.delete(NAME)
        await store.delete(NAME)
        assert backend.values == {}


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring()], ids=["none", "switched off"])
async def test_a_system_without_a_keyring_is_told_apart(
    tmp_path: Path, backend: KeyringBackend
) -> None:
    store = KeyringStore()
    with in_use(backend):
        for work in (store.get(NAME), store.put(NAME, KEY), store.delete(NAME)):
            assert await fault_of(work) is Fault.KEY_STORE_MISSING
        assert await state_of(tmp_path, store) is KeyringState.MISSING


async def test_a_keyring_that_stays_locked_is_told_apart(tmp_path: Path) -> None:
    store = KeyringStore()
    with in_use(LockedKeyring()):
        assert await fault_of(store.get(NAME)) is Fault.KEY_STORE_LOCKED
        assert await fault_of(store.put(NAME, KEY)) is Fault.KEY_STORE_LOCKED
        assert await state_of(tmp_path, store) is KeyringState.LOCKED


async def test_whatever_a_keyring_raises_is_an_expected_error(tmp_path: Path) -> None:
    register(KEY)
    store = KeyringStore()
    with in_use(BrokenKeyring()):
        assert await fault_of(store.get(NAME)) is Fault.KEY_STORE
        with pytest.raises(KeyStoreError) as caught:
            await store.put(NAME, KEY)
        assert caught.value.message == "cannot keep ***"
        assert await state_of(tmp_path, store) is KeyringState.MISSING


@pytest.mark.usefixtures("silent")
async def test_a_keyring_that_does_not_answer_is_given_up(tmp_path: Path) -> None:
    store = KeyringStore(limit=0.05)
    with pytest.raises(KeyStoreError) as caught:
        await store.get(NAME)
    assert caught.value.fault is Fault.KEY_STORE_SILENT
    assert caught.value.data == {"seconds": "0.05"}
    assert await state_of(tmp_path, store) is KeyringState.SILENT


async def test_it_is_not_asked_twice_at_once_and_goes_on_when_it_answers(
    silent: SilentKeyring,
) -> None:
    store = KeyringStore(limit=0.5)
    for _ in range(2):
        assert await fault_of(store.get(NAME)) is Fault.KEY_STORE_SILENT
    assert silent.times_asked == 1
    silent.values[SERVICE, NAME] = KEY
    silent.released.set()
    assert await store.get(NAME) == KEY
    assert silent.times_asked == 2, "what nobody waited for any more was asked for"


async def test_the_loop_goes_on_while_the_keyring_is_asked(silent: SilentKeyring) -> None:
    store = KeyringStore(limit=10)
    task = asyncio.create_task(store.get(NAME))
    assert await asyncio.to_thread(silent.asked.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_keyring_that_cannot_be_loaded_is_an_expected_error(run_child: RunChild) -> None:
    lines = (
        "import asyncio",
        "from pathlib import Path",
        "from core.errors import KeyStoreError",
        "from core.secrets import KeyPlace, Secrets",
        "async def main():",
        "    secrets = Secrets(KeyPlace.KEYRING, file=Path('unused'))",
        "    print(await secrets.keyring_state())",
        "    try:",
        "        await secrets.get('name')",
        "    except KeyStoreError as error:",
        "        print(error.fault)",
        "asyncio.run(main())",
    )
    told = run_child("\n".join(lines), PYTHON_KEYRING_BACKEND="no_such_module.Keyring")
    assert told == "missing\nkey_store"


def test_a_program_does_not_wait_for_a_silent_keyring_when_it_ends(run_child: RunChild) -> None:
    lines = (
        "import asyncio",
        "from core.errors import KeyStoreError",
        "from core.keyring_store import KeyringStore",
        "async def main():",
        "    try:",
        "        await KeyringStore(limit=0.05).get('name')",
        "    except KeyStoreError as error:",
        "        print(error.fault)",
        "asyncio.run(main())",
    )
    told = run_child("\n".join(lines), PYTHON_KEYRING_BACKEND="helpers.keyrings.SilentKeyring")
    assert told == "key_store_silent"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this keyring")
class TestGnomesKeyring:
    @pytest.fixture(autouse=True)
    def installed(self) -> None:
        if shutil.which("gnome-keyring-daemon") is None:
            pytest.skip("gnome-keyring is not installed")

    def test_a_key_is_kept_from_one_start_to_the_next(self) -> None:
        with RealKeyring() as keyring:
            assert _steps(keyring, "state", "get", "тест-ключ-1", "get") == [
                *("usable", "", "None", "тест-ключ-1")
            ]
            assert _steps(keyring, "get", "delete", "get", "delete") == [
                *("тест-ключ-1", "None", "", "None")
            ]

    def test_a_locked_one_is_told_apart_and_nothing_is_lost(self) -> None:
        with RealKeyring() as keyring:
            told = _steps(keyring, KEY, "lock", "state", "quiet", "get", "another-key", "delete")
        assert told == ["None", "locked", *["key_store_locked"] * 4]

    def test_looking_for_a_key_does_not_make_a_new_user_choose_a_password(self) -> None:
        with RealKeyring(is_new=True) as keyring:
            assert _steps(keyring, "state", "get", "delete") == ["usable", "", "None"]
            # Nobody is there to choose one, when a key is to be kept.
            assert _steps(keyring, KEY, "get") == ["key_store_locked", ""]


def _steps(keyring: RealKeyring, *steps: str) -> list[str]:
    return keyring.run(sys.executable, "-c", ON_A_REAL_KEYRING, *steps).split("\n")


RunChild = Callable[..., str]


@pytest.fixture
def run_child(tmp_path: Path) -> RunChild:
    def run(program: str, **variables: str) -> str:
        keyring = RealKeyring()
        keyring.environment = {
            "HOME": str(tmp_path),
            "PYTHONPATH": ":".join(path for path in sys.path if path),
            **variables,
        }
        return keyring.run(sys.executable, "-c", program)

    return run
