"""Keeps keys and passwords where the settings say, and tells what does not go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import KeyStoreError
from core.secrets import APP_PROXY_PASSWORD, KeyPlace, Secrets, key_name, proxy_password_name
from core.settings import KEY_PLACE, Settings
from gui.tasks import TaskScope

_log = logging.getLogger(__name__)


class KeyKeeper(QObject):
    """Works on `Secrets` in the order in which it was asked to.

    What could not be kept is held until the user has chosen another place.

    Signals:
        known: the name of a secret, and whether there is one.
        changed: the id of the profile that has another key now, or none; empty for a password.
        moved: everything is in another place now.
        failed: this `KeyStoreError` kept it from doing what the user wanted.
    """

    known = Signal(str, bool)
    changed = Signal(str)
    moved = Signal()
    failed = Signal(object)

    def __init__(self, secrets: Secrets, *, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._secrets = secrets
        self._scope = scope
        self._place = secrets.place
        self._turn = asyncio.Lock()
        self._waiting: dict[str, str] = {}
        self._removed: set[str] = set()

    def take(self, settings: Settings) -> None:
        """Move everything to the place that is set now, if that is another one."""
        place = KeyPlace(settings.value(KEY_PLACE))
        names = [
            name
            for profile in settings.profiles
            for name in (key_name(profile.id), proxy_password_name(profile.id))
        ]
        if place is not self._place:
            self._place = place
            self._start(self._move(place, [*names, APP_PROXY_PASSWORD]))

    def note_removed(self, before: Settings, after: Settings) -> None:
        """Note whose secrets are to go when the removal can no longer be undone."""
        left = {profile.id for profile in after.profiles}
        self._removed |= {profile.id for profile in before.profiles} - left
        self._removed -= left

    def forget_removed(self) -> None:
        """Delete the secrets of the profiles that were removed."""
        for profile_id in self._removed:
            for name in (key_name(profile_id), proxy_password_name(profile_id)):
                self._start(self._put(name, ""))
        self._removed.clear()

    async def settled(self) -> None:
        """Wait until all that was asked for is done."""
        async with self._turn:
            pass

    @Slot(str, str)
    def put_key(self, profile_id: str, key: str) -> None:
        """Keep the key of a profile; an empty one deletes what is kept."""
        self._start(self._put(key_name(profile_id), key, profile_id=profile_id))

    @Slot(str, str)
    def put(self, name: str, value: str) -> None:
        """Keep a secret under its name."""
        self._start(self._put(name, value))

    @Slot(str)
    def look_for(self, name: str) -> None:
        """Find out whether there is a secret; the system asks nobody anything for that."""
        self._start(self._look_for(name))

    @Slot(str, str)
    def copy(self, profile_id: str, copy_id: str) -> None:
        """Let a copied profile have the same key and password."""
        self._start(self._copy(profile_id, copy_id))

    def _start(self, work: Coroutine[object, object, None]) -> None:
        self._scope.start(self._in_turn(work), name="keep keys")

    async def _in_turn(self, work: Coroutine[object, object, None]) -> None:
        async with self._turn:
            try:
                await work
            except KeyStoreError as error:
                self.failed.emit(error)

    async def _put(self, name: str, value: str, *, profile_id: str = "") -> None:
        self._waiting.pop(name, None)
        try:
            await self._secrets.put(name, value)
        except KeyStoreError:
            if value:
                self._waiting[name] = value
            self.known.emit(name, False)  # noqa: FBT003 - a signal's argument
            raise
        self.known.emit(name, bool(value))
        self.changed.emit(profile_id)

    async def _look_for(self, name: str) -> None:
        try:
            value = await self._secrets.get(name, may_ask=False)
        except KeyStoreError:
            return  # the user has not asked for anything yet
        self.known.emit(name, bool(value))

    async def _copy(self, profile_id: str, copy_id: str) -> None:
        for name_of in (key_name, proxy_password_name):
            value = await self._secrets.get(name_of(profile_id))
            if value:
                await self._put(name_of(copy_id), value, profile_id=copy_id)

    async def _move(self, place: KeyPlace, names: Iterable[str]) -> None:
        known = tuple(names)
        try:
            for name in known:
                await self._secrets.get(name)
        except KeyStoreError as error:
            # Who leaves a place that does not work is not to be held there.
            _log.info("what is kept in %s stays there: %s", self._secrets.place, error.fault)
            self._secrets.place = place
        else:
            await self._secrets.move(place, known)
        for name, value in tuple(self._waiting.items()):
            await self._put(name, value)
        self.moved.emit()
