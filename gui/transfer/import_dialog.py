"""Takes in conversations from files, and reports what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import ChatError, StorageError
from core.storage.changes import Deletion
from core.storage.store import Store
from core.transfer.library import import_file
from core.transfer.report import ImportReport, Progress
from gui.tasks import TaskScope
from gui.transfer.import_report_view import ImportReportView
from gui.transfer.import_sentences import ImportOutcome
from gui.transfer.transfer_dialog import dialog_button, dialog_label
from gui.transfer.work_dialog import WorkDialog

_THOUSAND = 1000


class ImportDialog(WorkDialog):
    """Asks for files, reads one after the other, and shows the report."""

    def __init__(self, store: Store, *, scope: TaskScope, parent: QWidget | None = None) -> None:
        super().__init__(scope, parent)
        self._store = store
        self._reports: list[ImportReport] = []
        self._errors: list[ChatError] = []

        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import conversations"))
        self.introduction = dialog_label(
            "importIntroduction",
            self.tr(
                "Choose what another program has exported: ChatGPT (the ZIP or"
                " conversations.json), Chatbox, LibreChat, Open WebUI, or Beseda’s own JSON."
                " What is here already is not added again."
            ),
        )
        self.report = ImportReportView()
        self.report.hide()
        self.choose_button = dialog_button(
            "chooseImportButton", self.tr("Choose files…"), is_primary=True
        )

        self.assemble([self.introduction, self.report], [self.choose_button])

        self.choose_button.clicked.connect(self.choose_files)
        self.report.undo_requested.connect(self._on_report_undo_requested)

    @Slot()
    def choose_files(self) -> None:
        """Ask which files, and import them."""
        places = QStandardPaths.StandardLocation.DownloadLocation
        dialog = QFileDialog(self, self.windowTitle(), QStandardPaths.writableLocation(places))
        dialog.setObjectName("importFilesDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        everything = self.tr("All files")
        conversations = self.tr("Exported conversations")
        dialog.setNameFilters([f"{conversations} (*.json *.zip)", f"{everything} (*)"])
        dialog.filesSelected.connect(self.import_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def import_files(self, names: Sequence[str]) -> None:
        """Import files; what cannot be read does not keep the others out."""
        paths = [Path(name) for name in names]
        self._reports.clear()
        self._errors.clear()
        self.begin(lambda progress: self._import(paths, progress), on_result=self._on_result)

    def outcome(self) -> ImportOutcome:
        """Return what has come of the files so far."""
        return ImportOutcome(tuple(self._reports), tuple(self._errors))

    def show_working(self, *, is_working: bool) -> None:
        """Let nothing be chosen meanwhile."""
        self.choose_button.setEnabled(not is_working)
        self.report.setEnabled(not is_working)

    def show_cancelled(self) -> None:
        """Say what came in before; the file that was being read has changed nothing."""
        if self.outcome().ids:
            self._on_result(None)
            self.say(self.tr("Cancelled; the files before that came in."))
        else:
            self.say(self.tr("Cancelled; nothing came in."))

    async def _import(self, paths: Sequence[Path], progress: Progress) -> None:
        of = len(paths) * _THOUSAND
        for number, path in enumerate(paths):

            def told(done: int, parts: int, before: int = number * _THOUSAND) -> None:
                progress(before + done * _THOUSAND // max(1, parts), of)

            try:
                self._reports.append(await import_file(self._store, path, progress=told))
            except ChatError as exc:
                self._errors.append(exc)
                if isinstance(exc, StorageError):
                    return  # the next file would meet the same

    def _on_result(self, _: None) -> None:
        outcome = self.outcome()
        if outcome.reports or len(outcome.errors) > 1:
            self.introduction.hide()
            self.choose_button.hide()
            self.report.show_outcome(outcome)
            self.report.show()
            self.close_button.setFocus()
            self.announce(self.report.summary.text())
        elif outcome.errors:
            self.say_error(outcome.errors[0])
        self.fit()

    @Slot()
    def _on_report_undo_requested(self) -> None:
        ids = self.outcome().ids
        self.begin(
            lambda _: self._store.delete_conversations(ids),
            on_result=self._on_undone,
            can_cancel=False,
        )

    def _on_undone(self, deletion: Deletion) -> None:
        self.report.undo_button.hide()
        self.say(self.tr("%Ln conversations were put into the trash.", "", len(deletion.ids)))
