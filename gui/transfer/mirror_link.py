"""Keeps the Markdown mirror running where the user wants it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import ChatError
from core.storage.store import Store
from gui.sentences import translated_sentence
from gui.tasks import TaskScope
from gui.transfer.export_words import export_words
from gui.widgets.banner import Banner

if TYPE_CHECKING:
    from core.transfer.mirror import MarkdownMirror


class MirrorLink(QObject):
    """Starts and stops the mirror, and says once in `banner` what keeps it from writing.

    Signals:
        folder_changed: the mirror is in this folder now; None: switched off.
        failed: this `ChatError` keeps the mirror from being written.
        choice_requested: the user wants another folder.
    """

    folder_changed = Signal(object)
    failed = Signal(object)
    choice_requested = Signal()

    def __init__(
        self,
        store: Store,
        *,
        scope: TaskScope,
        keep: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        """Be ready; `keep` remembers the folder, an empty text for none."""
        super().__init__(parent)
        self._store = store
        self._scope = scope
        self._keep = keep
        self._folder: Path | None = None
        self._mirror: MarkdownMirror | None = None
        self._is_closed = False
        self._changing = asyncio.Lock()
        self.banner = Banner()
        self.banner.setObjectName("mirrorBanner")

        self.banner.action_requested.connect(self.choice_requested)

    @property
    def folder(self) -> Path | None:
        """Where the mirror is; None while it is switched off."""
        return self._folder

    def start(self, folder: str) -> None:
        """Go on with the folder that was kept; empty: with none."""
        if folder:
            self._use(Path(folder))

    @Slot(object)
    def set_folder(self, folder: Path | None) -> None:
        """Mirror into this folder from now on, and remember it; None: not at all."""
        self._keep("" if folder is None else str(folder))
        self._use(folder)

    async def close(self) -> None:
        """Write what has changed, and stop; before the scope and the store are closed."""
        self._is_closed = True
        async with self._changing:
            await self._stop()

    def _use(self, folder: Path | None) -> None:
        self._folder = folder
        self.banner.clear()
        self.folder_changed.emit(folder)
        self._scope.start(self._change(folder), name="mirror folder")

    async def _change(self, folder: Path | None) -> None:
        from core.transfer.mirror import MarkdownMirror  # noqa: PLC0415 - only where it is used

        async with self._changing:
            await self._stop()
            if folder is None or folder != self._folder or self._is_closed:
                return
            self._mirror = MarkdownMirror(
                self._store, folder, words=export_words(), on_error=self._on_mirror_error
            )
            self._mirror.start()

    async def _stop(self) -> None:
        mirror, self._mirror = self._mirror, None
        if mirror is not None:
            await mirror.close()

    def _on_mirror_error(self, error: ChatError) -> None:
        problem = translated_sentence(error)
        text = self.tr("The Markdown files are not up to date: {problem}").format(problem=problem)
        self.banner.show_text(text, self.tr("Choose another folder…"))
        self.failed.emit(error)
