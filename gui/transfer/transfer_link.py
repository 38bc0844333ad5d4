"""Opens the dialogs of export, import and the mirror over a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.models import Conversation
from core.storage.store import Store
from gui.tasks import TaskScope
from gui.transfer.mirror_link import MirrorLink

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget


class TransferLink(QObject):
    """What the menus and the sidebar connect to; made once the store is open.

    One dialog at a time: asked again, the one that is open comes to the front.
    """

    def __init__(
        self,
        window: QWidget,
        store: Store,
        *,
        scope: TaskScope,
        mirror: MirrorLink,
        current: Callable[[], Conversation],
    ) -> None:
        """Be ready; `current` gives the conversation on the screen, saved or not."""
        super().__init__(window)
        self._window = window
        self._store = store
        self._scope = scope
        self._mirror = mirror
        self._current = current
        self._dialog: QDialog | None = None

        mirror.choice_requested.connect(self.show_mirror)

    @Slot()
    def export_current(self) -> None:
        """Ask what to export; the conversation on the screen is proposed."""
        self.export_selected([])

    @Slot(list)
    def export_selected(self, ids: Sequence[int]) -> None:
        """Ask how to export these conversations."""
        from gui.transfer.export_dialog import ExportDialog  # noqa: PLC0415 - when it is needed

        conversation = self._current()
        if not self._raise_open_one():
            self._open(
                ExportDialog(
                    self._store,
                    scope=self._scope,
                    current=conversation.id if conversation.messages else None,
                    title=conversation.title,
                    selected=ids,
                    parent=self._window,
                )
            )

    @Slot()
    def import_files(self) -> None:
        """Ask which files to import."""
        from gui.transfer.import_dialog import ImportDialog  # noqa: PLC0415 - when it is needed

        if not self._raise_open_one():
            self._open(ImportDialog(self._store, scope=self._scope, parent=self._window))

    @Slot()
    def show_mirror(self) -> None:
        """Ask where the Markdown mirror is to be."""
        from gui.transfer.mirror_dialog import MirrorDialog  # noqa: PLC0415 - when it is needed

        if not self._raise_open_one():
            self._open(MirrorDialog(self._mirror, self._window))

    def _raise_open_one(self) -> bool:
        if self._dialog is None:
            return False
        self._dialog.activateWindow()
        return True

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    @Slot()
    def _on_dialog_finished(self) -> None:
        self._dialog = None
