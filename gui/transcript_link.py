"""Gives the transcript what it asks for: colours, opened links, loaded images, answers again."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QAccessible, QDesktopServices

from gui.image_source import load_image
from gui.theme import DARK, LIGHT, Appearance
from gui.transcript.a11y import accessible_factory
from gui.transcript.actions import Action
from gui.transcript.links import may_open
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from PySide6.QtWidgets import QApplication

    from core.models import Profile
    from gui.conversation_controller import ConversationController
    from gui.tasks import TaskScope


def make_transcript(application: QApplication) -> TranscriptView:
    """Return a transcript in the colours that the application wears, for screen readers too."""
    # Before any view exists: Qt asks once for what a screen reader sees of it.
    QAccessible.installFactory(accessible_factory)
    return TranscriptView(TranscriptStyle.load(_theme_of(application)))


def _theme_of(application: QApplication) -> str:
    appearance = application.findChild(Appearance)
    return DARK if isinstance(appearance, Appearance) and appearance.name == DARK else LIGHT


class TranscriptLink(QObject):
    """Joins a transcript with the controller, the desktop and the network."""

    def __init__(
        self,
        view: TranscriptView,
        controller: ConversationController,
        *,
        application: QApplication,
        scope: TaskScope,
        alternatives: Callable[[], Iterable[tuple[str, str]]] | None = None,
        image_proxy: Callable[[Profile], Awaitable[str | None]] | None = None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._controller = controller
        self._application = application
        self._scope = scope
        self._image_proxy = image_proxy

        view.offers = self._offers
        view.alternatives = alternatives
        view.link_open_requested.connect(self._on_view_link_open_requested)
        view.image_requested.connect(self._on_view_image_requested)
        view.regenerate_requested.connect(self._on_view_regenerate_requested)
        view.regenerate_with_requested.connect(self._on_view_regenerate_with_requested)
        view.continue_requested.connect(controller.continue_answer)
        view.delete_requested.connect(self._on_view_delete_requested)
        view.version_requested.connect(self._on_view_version_requested)
        appearance = application.findChild(Appearance)
        if isinstance(appearance, Appearance):
            appearance.changed.connect(self._on_appearance_changed)

    def _offers(self, index: int, action: Action) -> bool:
        """Offer what changes the conversation only while no answer is being written."""
        if action is Action.COPY:
            return True
        if action is Action.CONTINUE and index != self._view.message_count() - 1:
            return False
        return not self._controller.is_running

    @Slot()
    def _on_appearance_changed(self) -> None:
        self._view.set_style(TranscriptStyle.load(_theme_of(self._application)))

    @Slot(str)
    def _on_view_link_open_requested(self, target: str) -> None:
        if may_open(target):
            QDesktopServices.openUrl(QUrl(target))

    @Slot(int)
    def _on_view_regenerate_requested(self, index: int) -> None:
        self._controller.regenerate(self._view.message(index).id)
        self._view.follow()

    @Slot(int, str)
    def _on_view_regenerate_with_requested(self, index: int, key: str) -> None:
        self._controller.regenerate_with(self._view.message(index).id, key)
        self._view.follow()

    @Slot(int)
    def _on_view_delete_requested(self, index: int) -> None:
        self._controller.delete_message(self._view.message(index).id)

    @Slot(int, int)
    def _on_view_version_requested(self, index: int, step: int) -> None:
        self._controller.choose_version(self._view.message(index).id, step)

    @Slot(str)
    def _on_view_image_requested(self, address: str) -> None:
        on_done = partial(self._on_image_done, address)
        self._scope.start(self._load(address), name="image", on_done=on_done)

    async def _load(self, address: str) -> None:
        profile = self._controller.profile
        proxy = profile.proxy if self._image_proxy is None else await self._image_proxy(profile)
        data = await load_image(address, proxy=proxy)
        self._view.supply_image(address, data)

    def _on_image_done(self, address: str, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is not None:
            self._view.fail_image(address)
