"""The system's keyring: asked in a thread of its own, within a limit, and never in two at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from enum import Enum, auto
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import Fault, KeyStoreError
from core.secrets import KeyringState

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "beseda"
"""What the keyring shows our secrets under."""
LIMIT = 5.0
"""Seconds that the keyring may take to answer."""

_LOCKED_ERRORS = {"KeyringLocked", "LockedException", "PromptDismissedException"}

T = TypeVar("T")


class _Lock(Enum):
    OPEN = auto()
    LOCKED = auto()
    NEVER_USED = auto()
    """There is nothing in it, and the first secret makes the system ask for a password."""


class KeyringStore:
    """Secrets in the keyring that the system has.

    A question to the user (to unlock it) may stay open longer than the limit: who waits gets an
    error, and what was asked later waits its turn.
    """

    def __init__(self, *, limit: float = LIMIT) -> None:
        """Wait `limit` seconds for each answer."""
        self._limit = limit
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_asking_user = False

    async def get(self, name: str, *, may_ask: bool = True) -> str:
        """Return a secret, "" when there is none.

        Raises:
            KeyStoreError: KEY_STORE_MISSING, _LOCKED, _SILENT, or KEY_STORE for anything else.
        """
        return await self._call(partial(self._get, name, may_ask=may_ask))

    async def put(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            KeyStoreError: as `get`.
        """
        await self._call(partial(self._put, name, value))

    async def delete(self, name: str) -> None:
        """Forget a secret, if it is there.

        Raises:
            KeyStoreError: as `get`.
        """
        await self._call(partial(self._delete, name))

    async def state(self) -> KeyringState:
        """Look whether it can be used, without asking the user.

        Raises:
            KeyStoreError: as `get`.
        """
        return await self._call(_state)

    async def _call(self, work: Callable[[], T]) -> T:
        call: Future[tuple[T | None, Exception | None]] = Future()
        self._calls.put((call, work))
        if self._thread is None:
            # A daemon: a program that ends does not wait for a keyring that does not answer.
            self._thread = threading.Thread(target=self._serve, name="keyring", daemon=True)
            self._thread.start()
        try:
            async with asyncio.timeout(self._limit):
                result, error = await asyncio.wrap_future(call)
        except TimeoutError:
            fault = Fault.KEY_STORE_LOCKED if self._is_asking_user else Fault.KEY_STORE_SILENT
            raise KeyStoreError(fault=fault, seconds=f"{self._limit:g}") from None
        if error is not None:
            raise _told(error) from error
        return result  # type: ignore[return-value]  # `work` gave it

    def _serve(self) -> None:
        # A loop of the thread's own: a task holds whatever another program's library raises.
        asyncio.run(self._serve_calls())

    async def _serve_calls(self) -> None:
        while True:
            call, work = self._calls.get()
            if not call.set_running_or_notify_cancel():
                continue  # nobody waits for it any more
            task = asyncio.create_task(_done(work))
            await asyncio.wait([task])
            self._is_asking_user = False
            error = task.exception()
            call.set_result((None if error is not None else task.result(), error))

    def _get(self, name: str, *, may_ask: bool) -> str:
        backend = _backend()
        lock = _lock(backend)
        if lock is _Lock.NEVER_USED:
            return ""
        if lock is _Lock.LOCKED and not may_ask:
            raise KeyStoreError(fault=Fault.KEY_STORE_LOCKED)
        self._is_asking_user = lock is _Lock.LOCKED
        return backend.get_password(SERVICE, name) or ""

    def _put(self, name: str, value: str) -> None:
        backend = _backend()
        self._is_asking_user = _lock(backend) is not _Lock.OPEN
        backend.set_password(SERVICE, name, value)

    def _delete(self, name: str) -> None:
        # Some keyrings have an error for what is not there, others for what they do not allow.
        if self._get(name, may_ask=True):
            _backend().delete_password(SERVICE, name)


async def _done(work: Callable[[], T]) -> T:
    return work()


def _backend() -> KeyringBackend:
    """Return what keeps passwords on this system.

    Raises:
        KeyStoreError: there is nothing (KEY_STORE_MISSING).
    """
    import keyring  # noqa: PLC0415 - 0.3 s
    from keyring.backends import chainer, fail, null  # noqa: PLC0415 - as above

    backend = keyring.get_keyring()
    is_empty = isinstance(backend, chainer.ChainerBackend) and not backend.backends
    if is_empty or isinstance(backend, (fail.Keyring, null.Keyring)):
        raise KeyStoreError(fault=Fault.KEY_STORE_MISSING)
    return backend


def _lock(backend: KeyringBackend) -> _Lock:
    """Tell whether the user would be asked; only the Secret Service of Linux says so."""
    from keyring.backends import SecretService  # noqa: PLC0415 - 0.3 s

    if not isinstance(backend, SecretService.Keyring):
        return _Lock.OPEN
    import secretstorage  # noqa: PLC0415 - only Linux has it

    with closing(secretstorage.dbus_init()) as bus:
        try:
            is_locked = secretstorage.Collection(bus).is_locked()
        except secretstorage.ItemNotFoundException:
            return _Lock.NEVER_USED
    return _Lock.LOCKED if is_locked else _Lock.OPEN


def _state() -> KeyringState:
    backend = _backend()
    lock = _lock(backend)
    if lock is _Lock.OPEN:
        backend.get_password(SERVICE, "probe")  # one that cannot be used says so here
    return KeyringState.LOCKED if lock is _Lock.LOCKED else KeyringState.USABLE


def _told(error: Exception) -> KeyStoreError:
    if isinstance(error, KeyStoreError):
        return error
    chain: BaseException | None = error
    while chain is not None:
        if type(chain).__name__ in _LOCKED_ERRORS:
            return KeyStoreError(fault=Fault.KEY_STORE_LOCKED)
        chain = chain.__cause__
    return KeyStoreError(str(error) or type(error).__name__)
