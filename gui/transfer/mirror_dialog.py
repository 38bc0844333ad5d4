"""Asks where the conversations are to be kept as Markdown files too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from core.errors import ChatError
from gui.metrics import metrics
from gui.sentences import translated_sentence
from gui.transfer.mirror_link import MirrorLink
from gui.transfer.open_folder import open_folder
from gui.transfer.transfer_dialog import TransferDialog, dialog_button, dialog_label


class MirrorDialog(TransferDialog):
    """Says what the mirror is and where, and lets that be changed."""

    def __init__(self, mirror: MirrorLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mirror = mirror

        self.setObjectName("mirrorDialog")
        self.setWindowTitle(self.tr("Markdown mirror"))
        introduction = dialog_label(
            "mirrorIntroduction",
            self.tr(
                "Keeps every conversation as a Markdown file in a folder of yours as well, for"
                " Obsidian, git or Syncthing. The files follow the conversations; a file that you"
                " have edited is left alone."
            ),
        )
        self.place = dialog_label("mirrorPlace")
        self.problem = dialog_label("mirrorProblem")
        self.problem.setProperty("kind", "problem")
        self.problem.hide()
        self.choose_button = dialog_button("chooseMirrorButton", self.tr("Choose a folder…"))
        self.off_button = dialog_button("mirrorOffButton", self.tr("Switch off"))
        self.open_button = dialog_button("openMirrorButton", self.tr("Open the folder"))
        self.close_button = dialog_button("closeMirrorButton", self.tr("Close"))

        buttons = QHBoxLayout()
        buttons.setSpacing(metrics().space_medium)
        for button in (self.choose_button, self.open_button, self.off_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(space)
        for widget in (introduction, self.place, self.problem):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._show_folder(mirror.folder)

        self.choose_button.clicked.connect(self.choose_folder)
        self.off_button.clicked.connect(self._on_off_button_clicked)
        self.open_button.clicked.connect(self._on_open_button_clicked)
        self.close_button.clicked.connect(self.accept)
        mirror.folder_changed.connect(self._show_folder)
        mirror.failed.connect(self._on_mirror_failed)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder, and mirror into it."""
        places = QStandardPaths.StandardLocation.DocumentsLocation
        here = self._mirror.folder
        start = QStandardPaths.writableLocation(places) if here is None else str(here)
        dialog = QFileDialog(self, self.windowTitle(), start)
        dialog.setObjectName("mirrorFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _show_folder(self, folder: Path | None) -> None:
        is_on = folder is not None
        if folder is None:
            text = self.tr("It is switched off.")
        else:
            text = self.tr("The files are in {folder}").format(folder=folder)
        self.place.setText(text)
        self.problem.hide()
        self.off_button.setVisible(is_on)
        self.open_button.setVisible(is_on)
        self.choose_button.setProperty("kind", "plain" if is_on else "primary")
        self.choose_button.style().polish(self.choose_button)
        self.choose_button.setDefault(not is_on)
        self.fit()

    @Slot(object)
    def _on_mirror_failed(self, error: ChatError) -> None:
        self.problem.setText(translated_sentence(error))
        self.problem.show()
        self.fit()

    @Slot(str)
    def _on_folder_selected(self, folder: str) -> None:
        self._mirror.set_folder(Path(folder))

    @Slot()
    def _on_off_button_clicked(self) -> None:
        self._mirror.set_folder(None)
        self.place.setText(self.tr("It is switched off; the files stay where they are."))

    @Slot()
    def _on_open_button_clicked(self) -> None:
        if self._mirror.folder is not None:
            open_folder(self._mirror.folder)
