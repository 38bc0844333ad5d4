"""Lets the page of the first start do what it offers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.discovery import Found
from core.errors import ChatError, KeyStoreError
from core.models import Profile
from core.secrets import KeyPlace
from gui.first_start.first_start_page import FirstStartPage
from gui.tasks import TaskScope


@dataclass(frozen=True, slots=True)
class FirstStartServices:
    """What the page needs of the rest of the program; all of them run on the loop."""

    find: Callable[[], Awaitable[tuple[Found, ...]]]
    """Return the servers on this computer."""
    check: Callable[[Profile, str], Awaitable[None]]
    """Ask a service for one word, with a key or with none; a `ChatError` says why there is none."""
    keep_key: Callable[[Profile, str, KeyPlace | None], Awaitable[None]]
    """Keep the key of a profile, at another place where one is given, from then on.

    Raises KeyStoreError."""
    key_place: Callable[[], KeyPlace]
    """Return where keys are kept."""


class FirstStartLink(QObject):
    """Joins the page with the program's services; one check at a time.

    Signals:
        profile_chosen: this `Profile` is to be saved and asked from now on; its key is kept.
    """

    profile_chosen = Signal(object)

    def __init__(
        self,
        page: FirstStartPage,
        services: FirstStartServices,
        *,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._scope = scope
        self._looking: asyncio.Task[Any] | None = None
        self._checking: asyncio.Task[Any] | None = None
        self._site_profile: Profile | None = None
        self._key_profile: Profile | None = None
        self._key = ""
        page.key.show_place(services.key_place())

        page.profile_chosen.connect(self.profile_chosen)
        page.look_requested.connect(self.look)
        page.check_requested.connect(self.check_site)
        page.key_entered.connect(self.check_key)
        page.site.stop_requested.connect(self.stop)
        page.site.use_requested.connect(self._on_site_use_requested)
        page.key.stop_requested.connect(self.stop)
        page.key.use_requested.connect(self._on_key_use_requested)
        page.key.place_chosen.connect(self._on_key_place_chosen)

    @Slot()
    def look(self) -> None:
        """Look for servers on this computer, unless they are being looked for."""
        if self._looking is None:
            self._page.local.show_looking()
            self._looking = self._scope.start(
                self._look(), name="look for local servers", on_done=self._on_looked
            )

    @Slot(object)
    def check_site(self, profile: Profile) -> None:
        """Ask the free site, and choose it when it answers."""
        self.stop()
        self._site_profile = profile
        self._page.site.show_checking()
        self._checking = self._scope.start(
            self._check_site(profile), name="check site", on_done=self._on_checked
        )

    @Slot(object, str)
    def check_key(self, profile: Profile, key: str) -> None:
        """Ask a service with a key; keep the key and choose the service when it answers."""
        self.stop()
        self._key_profile, self._key = profile, key
        self._page.key.show_testing()
        self._checking = self._scope.start(
            self._check_key(profile, key), name="check key", on_done=self._on_checked
        )

    @Slot()
    def stop(self) -> None:
        """Wait for no check any more."""
        task, self._checking = self._checking, None
        if task is not None:
            task.cancel()
            self._page.site.show_stopped()
            self._page.key.show_stopped()

    def close(self) -> None:
        """End what runs for the page, and touch it no more."""
        running = (self._looking, self._checking)
        self._looking = self._checking = None
        for task in running:
            if task is not None:
                task.cancel()

    async def _look(self) -> None:
        self._page.local.show_found(await self._services.find())

    async def _check_site(self, profile: Profile) -> None:
        try:
            await self._services.check(profile, "")
        except ChatError as exc:
            self._page.site.show_problem(exc)
            return
        self._page.site.show_working()
        self.profile_chosen.emit(profile)

    async def _check_key(self, profile: Profile, key: str) -> None:
        try:
            await self._services.check(profile, key)
        except ChatError as exc:
            self._page.key.show_problem(exc)
            return
        await self._keep(profile, key, None)

    async def _keep(self, profile: Profile, key: str, place: KeyPlace | None) -> None:
        try:
            await self._services.keep_key(profile, key, place)
        except KeyStoreError as exc:
            self._page.key.show_problem(exc)
            return
        self._key = ""
        self._page.key.show_place(self._services.key_place())
        self._page.key.show_working()
        self.profile_chosen.emit(profile)

    def _on_looked(self, task: asyncio.Task[Any]) -> None:
        if task is self._looking:
            self._looking = None
            if task.cancelled() or task.exception() is not None:
                self._page.local.show_found(())

    def _on_checked(self, task: asyncio.Task[Any]) -> None:
        if task is self._checking:
            self._checking = None

    @Slot()
    def _on_site_use_requested(self) -> None:
        if self._site_profile is not None:
            self.profile_chosen.emit(self._site_profile)

    @Slot()
    def _on_key_use_requested(self) -> None:
        self._start_keeping(None)

    @Slot(object)
    def _on_key_place_chosen(self, place: KeyPlace) -> None:
        self._start_keeping(place)

    def _start_keeping(self, place: KeyPlace | None) -> None:
        """Keep the key that was entered last."""
        if self._key_profile is not None and self._key:
            self.stop()
            keep = self._keep(self._key_profile, self._key, place)
            self._checking = self._scope.start(keep, name="keep key", on_done=self._on_checked)
