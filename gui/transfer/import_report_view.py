"""Shows what an import did, and offers to take it back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui.clipboard import copy_plain
from gui.metrics import metrics
from gui.transfer.import_sentences import ImportOutcome, ImportSentences
from gui.transfer.transfer_dialog import dialog_button, dialog_label
from gui.transfer.transfer_metrics import transfer_metrics


class ImportReportView(QWidget):
    """Counts, and a list of what was left out that can be scrolled and copied.

    Signals:
        undo_requested: the user wants what came in to go to the trash.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences = ImportSentences(self)

        self.summary = dialog_label("importSummary")
        self.problems = QPlainTextEdit()
        self.problems.setObjectName("importProblems")
        self.problems.setAccessibleName(self.tr("What was left out"))
        self.problems.setReadOnly(True)
        lines = transfer_metrics().report_lines
        self.problems.setMinimumHeight(self.problems.fontMetrics().lineSpacing() * lines)
        self.copy_button = dialog_button("copyImportReportButton", self.tr("Copy report"))
        self.undo_button = dialog_button(
            "undoImportButton", self.tr("Put what was imported into the trash")
        )

        row = QHBoxLayout()
        row.setSpacing(metrics().space_medium)
        row.addWidget(self.undo_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_large)
        layout.addWidget(self.summary)
        layout.addWidget(self.problems, 1)
        layout.addLayout(row)

        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self.undo_button.clicked.connect(self.undo_requested)

    def show_outcome(self, outcome: ImportOutcome) -> None:
        """Show what came in and what did not."""
        problems = self._sentences.problems(outcome)
        self.summary.setText(self._sentences.summary(outcome))
        self.problems.setPlainText(problems)
        self.problems.setVisible(bool(problems))
        self.copy_button.setVisible(bool(problems))
        self.undo_button.setVisible(bool(outcome.ids))

    def text(self) -> str:
        """Return all that is shown."""
        return f"{self.summary.text()}\n\n{self.problems.toPlainText()}".strip()

    @Slot()
    def _on_copy_button_clicked(self) -> None:
        copy_plain(self.text())
