"""The name of a model: typed, or chosen from what the service offers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from gui.metrics import metrics
from gui.settings.choice_box import ChoiceBox
from gui.settings.control import Control
from gui.widgets.icon_button import IconButton


class ModelControl(Control):
    """A field that can be typed into freely, and a button that asks the service for its list.

    Opening the list asks, too, where nobody has asked yet. Nothing is asked unasked.

    Signals:
        models_requested: the user wants the service's list.
    """

    models_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._is_asking = False
        self._opens = False

        self.line = QLineEdit()
        self._box = ChoiceBox()
        self._box.setEditable(True)
        self._box.setLineEdit(self.line)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._completer = QCompleter(self._box.model(), self._box)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._box.setCompleter(self._completer)
        self.line.setPlaceholderText(self.tr("Whatever the service chooses"))
        self.fetch_button = IconButton("retry", role=QPalette.ColorRole.PlaceholderText)
        self.fetch_button.setObjectName("fetchModelsButton")
        self.fetch_button.label(self.tr("Ask the service for its models"))
        gap = metrics().space_small

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addWidget(self._box, 1)
        layout.addWidget(self.fetch_button)

        self.line.textEdited.connect(self._tell)
        self._box.activated.connect(self._on_box_activated)
        self._box.opening.connect(self._on_box_opening)
        self._completer.activated.connect(self._tell)
        self.fetch_button.clicked.connect(self._ask)

    @property
    def is_asking(self) -> bool:
        """Whether the service was asked, and has not answered."""
        return self._is_asking

    def field(self) -> QWidget:
        """Return the box."""
        return self._box

    def name_as(self, key: str, label: str, hint: str) -> None:
        """Name the line too: the box hands the keyboard on to it."""
        super().name_as(key, label, hint)
        self.line.setAccessibleName(label)

    def show_value(self, value: object) -> None:
        """Show a name."""
        if str(value or "") != self._box.currentText().strip():
            self._box.setEditText(str(value or ""))

    def show_models(self, names: Sequence[str]) -> None:
        """Offer these names; what stands in the field stays."""
        text = self._box.currentText()
        opens, self._opens = self._opens, False
        self._names = tuple(names)
        self.end_asking()
        self._box.clear()
        self._box.addItems(list(names))
        self._box.setCurrentIndex(self._box.findText(text))
        self._box.setEditText(text)
        if opens and names and self._box.isVisible():
            self._box.showPopup()

    def end_asking(self) -> None:
        """Let the user ask again."""
        self._is_asking = False
        self._opens = False
        self.fetch_button.setEnabled(True)

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.value_changed.emit(text.strip())

    @Slot(int)
    def _on_box_activated(self, row: int) -> None:
        self._tell(self._box.itemText(row))

    @Slot()
    def _on_box_opening(self) -> None:
        if not self._names and not self._is_asking:
            self._opens = True
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self._is_asking = True
        self.fetch_button.setEnabled(False)
        self.models_requested.emit()
