"""Shows an error of the program itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.redaction import redacted
from gui.clipboard import copy_plain
from gui.metrics import metrics


class ErrorWindow(QDialog):
    """A report with Copy; it does not block, and takes further reports while it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorWindow")
        self.setWindowTitle(self.tr("Beseda has a problem"))
        self.resize(QSize(metrics().error_window_width, metrics().error_window_height))
        text = QLabel(
            self.tr(
                "Something in the program went wrong. Your conversation is still there, and you"
                " can go on. The report below helps to mend it."
            )
        )
        text.setWordWrap(True)
        self._report = QPlainTextEdit()
        self._report.setObjectName("errorReport")
        self._report.setAccessibleName(self.tr("Report"))
        self._report.setReadOnly(True)
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._copy = self._button("copyReportButton", self.tr("Copy"))
        self._close = self._button("closeReportButton", self.tr("Close"))

        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(space)
        layout.addWidget(text)
        layout.addWidget(self._report, 1)
        layout.addLayout(buttons)

        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.clicked.connect(self.close)

    def add_report(self, report: str) -> None:
        """Show one more report, without its keys and passwords: it is made to be passed on."""
        self._report.appendPlainText(redacted(report))
        self.show()

    def report(self) -> str:
        """Return all that is shown."""
        return self._report.toPlainText()

    @Slot()
    def _on_copy_clicked(self) -> None:
        copy_plain(self.report())

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("kind", "plain")
        return button
