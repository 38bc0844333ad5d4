"""Secrets in a file of their own that only their user can read."""

from __future__ import annotations

import asyncio
import contextlib
import json
import stat
import sys
import threading
from pathlib import Path

from core.atomic_file import replace_file
from core.errors import Fault, KeyStoreError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_writing = threading.Lock()


class KeyFile:
    """A JSON object of names and secrets, replaced as a whole.

    A file that cannot be understood is left as it is. It is gone when its last secret is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def get(self, name: str) -> str:
        """Return a secret, "" when there is none.

        Raises:
            KeyStoreError: the file cannot be read (KEY_FILE).
        """
        values = await asyncio.to_thread(self._read)
        return values.get(name, "")

    async def put(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            KeyStoreError: the file cannot be read or written (KEY_FILE); it is as it was.
        """
        await asyncio.to_thread(self._change, name, value)

    async def delete(self, name: str) -> None:
        """Forget a secret, if it is there.

        Raises:
            KeyStoreError: as `put`.
        """
        await asyncio.to_thread(self._change, name, "")

    def _change(self, name: str, value: str) -> None:
        with _writing:
            before = self._read()
            values = {**before, name: value} if value else {**before}
            if not value:
                values.pop(name, None)
            if values == before:
                return
            try:
                if values:
                    replace_file(self._path, json.dumps(values, indent=1).encode())
                else:
                    self._path.unlink()
            except OSError as exc:
                raise self._error(exc.strerror or str(exc)) from exc

    def _read(self) -> dict[str, str]:
        try:
            content = self._path.read_bytes()
            self._hide()
        except FileNotFoundError:
            return {}
        except OSError as exc:
            raise self._error(exc.strerror or str(exc)) from exc
        try:
            values = json.loads(content)
        except (ValueError, RecursionError):
            # Not chained: the error holds the whole text.
            raise self._error("it is not JSON") from None
        if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
            raise self._error("it is not an object of texts")
        return values

    def _hide(self) -> None:
        """Take from others what a copy or an editor gave them."""
        if sys.platform == "win32":
            return
        with contextlib.suppress(OSError):  # not ours: then its owner has to
            mode = stat.S_IMODE(self._path.stat().st_mode)
            if mode & _OTHERS:
                self._path.chmod(mode & ~_OTHERS)

    def _error(self, message: str) -> KeyStoreError:
        return KeyStoreError(message, fault=Fault.KEY_FILE, file=str(self._path))
