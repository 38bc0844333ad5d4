"""Writes conversations into files: which, in which form, and where to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.storage.store import Store
from core.transfer.file_names import folded, unique_name
from core.transfer.library import export_all
from core.transfer.report import ExportReport, Progress
from gui.tasks import TaskScope
from gui.transfer.export_choice import ExportChoice
from gui.transfer.export_words import export_words
from gui.transfer.open_folder import open_folder
from gui.transfer.transfer_dialog import dialog_button
from gui.transfer.work_dialog import WorkDialog


class ExportDialog(WorkDialog):
    """Asks what to export, writes it, and says how much that was."""

    def __init__(
        self,
        store: Store,
        *,
        scope: TaskScope,
        current: int | None = None,
        title: str = "",
        selected: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Offer `current` with its `title`, those `selected` in the list, and all."""
        super().__init__(scope, parent)
        self._store = store
        self._written: Path | None = None

        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export conversations"))
        self.choice = ExportChoice(current=current, title=title, selected=selected)
        self.export_button = dialog_button("exportButton", self.tr("Export…"), is_primary=True)
        self.show_button = dialog_button(
            "showExportButton", self.tr("Show in folder"), is_primary=True
        )
        self.show_button.hide()

        self.assemble([self.choice], [self.export_button, self.show_button])

        self.choice.changed.connect(self._on_choice_changed)
        self.export_button.clicked.connect(self.choose_place)
        self.show_button.clicked.connect(self._on_show_button_clicked)

    @Slot()
    def choose_place(self) -> None:
        """Ask where to, and export."""
        places = QStandardPaths.StandardLocation.DocumentsLocation
        dialog = QFileDialog(self, self.windowTitle(), QStandardPaths.writableLocation(places))
        dialog.setObjectName("exportPlaceDialog")
        if self.choice.is_folder():
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            suffix = self.choice.suffix()
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(f"{suffix[1:].upper()} (*{suffix})")
            dialog.setDefaultSuffix(suffix[1:])
            dialog.selectFile(self.choice.proposed_name(date.today().isoformat()))  # noqa: DTZ011 - the day here
        dialog.fileSelected.connect(self.export_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def export_to(self, place: str) -> None:
        """Export to a file; where a folder was asked for, to a new folder in this one."""
        self.begin(lambda progress: self._export(Path(place), progress), on_result=self._on_result)

    def show_working(self, *, is_working: bool) -> None:
        """Let nothing be chosen meanwhile."""
        self.choice.setEnabled(not is_working)
        self.export_button.setEnabled(not is_working)

    def show_cancelled(self) -> None:
        """Say that nothing is left behind."""
        self.say(self.tr("Cancelled; nothing was written."))

    async def _export(self, place: Path, progress: Progress) -> ExportReport:
        choice, is_folder = self.choice, self.choice.is_folder()
        if is_folder:
            name = choice.proposed_name(date.today().isoformat())  # noqa: DTZ011 - the day here
            target = await asyncio.to_thread(_new_folder_in, place, name)
        else:
            target = await asyncio.to_thread(choice.corrected, place)
        self._written = target
        with contextlib.ExitStack() as stack:
            if is_folder:
                stack.callback(_remove_empty, target)
            report = await export_all(
                self._store,
                target,
                format=choice.format(),
                ids=choice.ids(),
                words=export_words(),
                progress=progress,
            )
            stack.pop_all()
        return report

    def _on_result(self, report: ExportReport) -> None:
        if not report.conversations or self._written is None:
            self.say(self.tr("There is nothing to export."))
            return
        self.choice.hide()
        self.export_button.hide()
        self.show_button.show()
        self.show_button.setFocus()
        text = self.tr("%Ln conversations exported", "", report.conversations)
        self.say(f"{text}:\n{self._written}")

    @Slot()
    def _on_choice_changed(self) -> None:
        self.message.hide()
        self.fit()

    @Slot()
    def _on_show_button_clicked(self) -> None:
        if self._written is not None:
            is_folder = self._written.is_dir()
            open_folder(self._written if is_folder else self._written.parent)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()  # ours, and empty; a folder with something in it stays


def _new_folder_in(place: Path, name: str) -> Path:
    """Return a folder that is not there yet: hundreds of files would drown what is in `place`."""
    try:
        taken = {folded(path.name) for path in place.iterdir()}
    except OSError:
        taken = set()  # the export says what is wrong with it
    return place / unique_name(name, "", taken)
