"""Keys and passwords: in the system's keyring, for this session only, or in a private file.

Light to import: the keyring's library comes with the first key that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import Fault, KeyStoreError
from core.redaction import register

if TYPE_CHECKING:
    from core.keyring_store import KeyringStore

KEY_FILE = "keys.json"
"""The name of the file in the data folder, where the user chose to keep keys in one."""
APP_PROXY_PASSWORD = "app:proxy"  # noqa: S105 - a name, not a password
"""The name of the password for the proxy of the whole program."""


class KeyPlace(StrEnum):
    """Where keys are kept."""

    KEYRING = "keyring"
    """The system's store of passwords."""
    SESSION = "session"
    """The memory, until the program ends."""
    FILE = "file"
    """A file that only its user can read, in clear text."""


class KeyringState(StrEnum):
    """What can be done with the system's keyring now."""

    USABLE = "usable"
    MISSING = "missing"
    LOCKED = "locked"
    """Its user has to unlock it first; asking for a key makes the system ask them."""
    SILENT = "silent"
    """It did not answer within the limit."""


def key_name(profile_id: str) -> str:
    """Return the name under which a profile's key is kept."""
    return f"profile:{profile_id}:key"


def proxy_password_name(profile_id: str) -> str:
    """Return the name under which the password of a profile's own proxy is kept."""
    return f"profile:{profile_id}:proxy"


class Secrets:
    """The keys and passwords of one user, by name; one object for the whole program.

    `place` may be set at any time; what is kept stays where it is, unless `move` takes it along.
    Whatever passes through is hidden from logs and reports (`core.redaction`).
    """

    def __init__(self, place: KeyPlace, *, file: Path, keyring: KeyringStore | None = None) -> None:
        """Keep keys at `place`; `file` is used by `KeyPlace.FILE` alone."""
        self.place = place
        self._file = file
        self._session = _SessionKeys()
        self._keyring = keyring

    async def get(self, name: str, *, may_ask: bool = True) -> str:
        """Return what is kept under `name`, "" when there is nothing.

        Without `may_ask` a locked keyring is an error at once; with it the system asks its user.

        Raises:
            KeyStoreError: the place cannot be used, is locked, or does not answer within 5 s.
        """
        store: _Store = self._store(self.place)
        if self.place is KeyPlace.KEYRING and not may_ask:
            value = await self._keyring_store().get(name, may_ask=False)
        else:
            value = await store.get(name)
        register(value)
        return value

    async def put(self, name: str, value: str) -> None:
        """Keep `value` under `name`, in place of what was there; nothing at all deletes it.

        Raises:
            KeyStoreError: as `get`; nothing was kept.
        """
        value = value.strip()
        register(value)
        if value:
            await self._store(self.place).put(name, value)
        else:
            await self.delete(name)

    async def delete(self, name: str) -> None:
        """Forget what is kept under `name`, if there is anything.

        Raises:
            KeyStoreError: as `get`; it is still there.
        """
        await self._store(self.place).delete(name)

    async def keyring_state(self) -> KeyringState:
        """Look at the system's keyring, whatever `place` is, without asking its user anything."""
        try:
            return await self._keyring_store().state()
        except KeyStoreError as exc:
            return _STATES.get(exc.fault, KeyringState.MISSING)

    async def move(self, place: KeyPlace, names: Iterable[str]) -> None:
        """Keep keys at `place` from now on, and take along what is kept under `names`.

        What is there under another name stays behind. Who wants to leave a place that cannot be
        read sets `place` instead.

        Raises:
            KeyStoreError: one of the two places cannot be used. When `place` has changed by then,
                everything was taken along, but something was left in the old one, too.
        """
        if place is self.place:
            return
        old, new = self._store(self.place), self._store(place)
        values = {name: await self.get(name) for name in names}
        values = {name: value for name, value in values.items() if value}
        for name, value in values.items():
            await new.put(name, value)
        self.place = place
        for name in values:
            await old.delete(name)

    def _store(self, place: KeyPlace) -> _Store:
        if place is KeyPlace.SESSION:
            return self._session
        if place is KeyPlace.KEYRING:
            return self._keyring_store()
        from core.key_file import KeyFile  # noqa: PLC0415 - brings asyncio

        return KeyFile(self._file)

    def _keyring_store(self) -> KeyringStore:
        if self._keyring is None:
            from core.keyring_store import KeyringStore  # noqa: PLC0415 - brings asyncio

            self._keyring = KeyringStore()
        return self._keyring


_STATES = {
    Fault.KEY_STORE_LOCKED: KeyringState.LOCKED,
    Fault.KEY_STORE_SILENT: KeyringState.SILENT,
}


class _Store(Protocol):
    """A place for secrets."""

    async def get(self, name: str) -> str:
        """Return a secret, "" when there is none."""

    async def put(self, name: str, value: str) -> None:
        """Keep a secret that is not empty."""

    async def delete(self, name: str) -> None:
        """Forget a secret, if it is there."""


class _SessionKeys:
    """Secrets in memory alone."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    async def get(self, name: str) -> str:
        return self._values.get(name, "")

    async def put(self, name: str, value: str) -> None:
        self._values[name] = value

    async def delete(self, name: str) -> None:
        self._values.pop(name, None)
