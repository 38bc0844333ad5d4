"""Keyrings of all kinds, as `keyring` takes them; PYTHON_KEYRING_BACKEND may name them, too."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class WorkingKeyring(KeyringBackend):
    """Keeps passwords for as long as it lives."""

    priority = 0  # never chosen by itself

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's is not annotated
        self.values: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return a password."""
        return self.values.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        self.values[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a password."""
        del self.values[service, username]


class LockedKeyring(WorkingKeyring):
    """Its user never unlocks it."""

    def get_password(self, _service: str, _username: str) -> str | None:
        """Fail."""
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, _service: str, _username: str, _password: str) -> None:
        """Fail."""
        raise KeyringLocked("Failed to unlock the collection!")


class BrokenKeyring(WorkingKeyring):
    """Raises what no keyring should, and quotes what it was given."""

    def get_password(self, _service: str, username: str) -> str | None:
        """Fail."""
        raise RuntimeError(f"no {username}")

    def set_password(self, _service: str, _username: str, password: str) -> None:
        """Fail."""
        raise RuntimeError(f"cannot keep {password}")


class SilentKeyring(WorkingKeyring):
    """Does not answer until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.times_asked = 0
        self.asked = threading.Event()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        """Wait."""
        self.times_asked += 1
        self.asked.set()
        self.released.wait()
        return super().get_password(service, username)


@contextmanager
def in_use(backend: KeyringBackend) -> Iterator[None]:
    """Make `backend` the keyring of this process."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
