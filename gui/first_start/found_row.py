"""One server that was found on this computer."""

from __future__ import annotations

from pathlib import PureWindowsPath

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.discovery import Found
from gui.first_start.first_start_metrics import first_start_metrics
from gui.first_start.parts import plain_button, plain_label
from gui.metrics import metrics
from gui.settings.choice_box import ChoiceBox
from gui.widgets.elided_label import ElidedLabel


class FoundRow(QWidget):
    """What it is called, its model or a choice of models, and a button.

    Signals:
        chosen: the user wants to ask this server: a `Found`, and the name of a model.
    """

    chosen = Signal(object, str)

    def __init__(self, found: Found, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = found
        name = found.preset.name
        self.setObjectName("foundRow")
        self.setAccessibleName(name)
        title = plain_label("foundName", name)
        self.models = ChoiceBox()
        self.models.setObjectName("foundModels")
        self.models.setAccessibleName(self.tr("Model of {service}").format(service=name))
        self.models.addItems(found.models)
        self.models.setMinimumContentsLength(first_start_metrics().name_characters)
        self.button = plain_button("useFoundButton", self.tr("Use"), kind="primary")
        self.button.setAccessibleName(self.tr("Use {service}").format(service=name))

        words = QVBoxLayout()
        words.setSpacing(metrics().space_small)
        words.addWidget(title)
        if len(found.models) > 1:
            words.addWidget(self.models)
        else:
            words.addWidget(self._only_model(found))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_medium)
        layout.addLayout(words, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)

        self.button.clicked.connect(self._on_button_clicked)

    def _only_model(self, found: Found) -> QWidget:
        label = ElidedLabel()
        label.setObjectName("foundModel")
        label.setProperty("kind", "hint")
        label.setAlignment(Qt.AlignmentFlag.AlignLeft)
        label.show_text(_short(found.models[0]) if found.models else self.tr("no model yet"))
        return label

    @Slot()
    def _on_button_clicked(self) -> None:
        self.chosen.emit(self._found, self.models.currentText())


def _short(model: str) -> str:
    """Return a model's name, of a file without its folders: so llama.cpp names what it read."""
    is_file = model.startswith("/") or "\\" in model
    return PureWindowsPath(model).name if is_file else model
