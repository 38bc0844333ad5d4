"""Tells once that the program stays in the tray."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget


class CloseQuestion(QMessageBox):
    """Asks when the window is closed for the first time.

    Signals:
        answered: whether the program stays.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("closeQuestion")
        self.setWindowTitle("Beseda")
        self.setText(self.tr("Beseda stays in the tray."))
        self.setInformativeText(
            self.tr(
                "The quick prompt is one key away, and answers go on. To end the program, choose"
                " Quit in the menu of its icon. The settings can change this."
            )
        )
        self.stay_button = self.addButton(
            self.tr("Stay in the tray"), QMessageBox.ButtonRole.AcceptRole
        )
        self.stay_button.setObjectName("stayButton")
        self.quit_button = self.addButton(self.tr("Quit"), QMessageBox.ButtonRole.DestructiveRole)
        self.quit_button.setObjectName("quitButton")
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setObjectName("cancelButton")
        self.setDefaultButton(self.stay_button)
        self.setEscapeButton(cancel)

        self.buttonClicked.connect(self._on_button_clicked)

    @Slot(QAbstractButton)
    def _on_button_clicked(self, button: QAbstractButton) -> None:
        if button in (self.stay_button, self.quit_button):
            self.answered.emit(button is self.stay_button)
