"""What the program remembers by itself: small, private to the user, and never worth a failure."""

from __future__ import annotations

import contextlib
import json
import os
import string
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from core.atomic_file import replace_file
from core.data_place import DATA_FOLDER_VARIABLE, data_folder
from core.errors import StorageError

__all__ = ["DATA_FOLDER_VARIABLE", "State", "StateFile", "client_id", "data_folder"]

_ALPHABET = string.ascii_letters + string.digits
_CLIENT_ID_LENGTH = 10


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered from one start to the next; everything may be empty."""

    geometry: str = ""
    """The window's place and size, in the front end's own form."""
    sidebar: str = ""
    """The sidebar's width, in the front end's own form."""
    settings_geometry: str = ""
    """The same of the settings window."""
    quick_size: str = ""
    """The size of the quick prompt, in the front end's own form."""
    told_of_tray: str = ""
    """Not empty when the user knows that the program stays in the tray."""
    provider: str = ""
    """Who was chosen last: what `core.models.Profile.key` gives."""
    draft: str = ""
    """What was written for a conversation that has no message yet."""
    mirror_folder: str = ""
    """Where every conversation is kept as a Markdown file too; empty for nowhere."""
    client_secret: str = ""
    """What the client ids are made of; never sent."""


def client_id(secret: str, host: str) -> str:
    """Return the ten letters and digits that `host` knows this installation by.

    Two hosts cannot tell that their ids belong together.
    """
    import hashlib  # noqa: PLC0415 - a window reads its state before its first frame

    digest = hashlib.sha256(f"{secret}\0{host}".encode()).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(_CLIENT_ID_LENGTH):
        number, index = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[index])
    return "".join(letters)


class StateFile:
    """A JSON file that only its user can read, replaced as a whole.

    A file that cannot be understood is kept beside the new one, under `broken_copy`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def broken_copy(self) -> Path:
        """Where a file that could not be understood is kept."""
        return self.path.with_name(f"{self.path.stem}.broken{self.path.suffix}")

    def load(self) -> State:
        """Return what is remembered; the defaults where there is nothing that can be read."""
        try:
            return _state_from(self.path.read_bytes())
        except FileNotFoundError:
            return State()
        except OSError as exc:
            _warn("the state was not read: %s", exc.strerror)
            return State()
        except (ValueError, RecursionError):
            _warn("the state file is broken and was set aside")
            with contextlib.suppress(OSError):
                self.path.replace(self.broken_copy)
            return State()

    def save(self, state: State) -> None:
        """Replace the file.

        Raises:
            StorageError: it could not be written; the old one is as it was.
        """
        try:
            replace_file(self.path, json.dumps(asdict(state), indent=1).encode())
        except OSError as exc:
            raise StorageError(exc.strerror or str(exc)) from exc

    def update(self, **changes: str) -> State:
        """Change some fields of what is on the disk now, and return the whole.

        Raises:
            StorageError: as `save`.
        """
        state = replace(self.load(), **changes)
        self.save(state)
        return state

    def client_secret(self) -> str:
        """Return the installation's secret, made at the first call.

        Where it cannot be kept it lasts for this run only.
        """
        secret = self.load().client_secret
        if not secret:
            secret = os.urandom(24).hex()
            with contextlib.suppress(StorageError):
                self.update(client_secret=secret)
        return secret


def _warn(message: str, *values: object) -> None:
    import logging  # noqa: PLC0415 - hardly ever needed, and not before the first frame

    logging.getLogger(__name__).warning(message, *values)


def _state_from(content: bytes) -> State:
    """Return the fields that are known; those of a newer version are left out.

    Raises:
        ValueError: it is not an object of texts.
    """
    values = json.loads(content)
    if not isinstance(values, dict):
        raise ValueError("not an object")  # noqa: TRY004 - broken content, whatever its type
    known = {field.name: values[field.name] for field in fields(State) if field.name in values}
    if not all(isinstance(value, str) for value in known.values()):
        raise ValueError("a field is not a text")
    return State(**known)
