"""Lets the user choose one of many models, or type the name of one that no list has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.metrics import metrics

_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class ModelDialog(QDialog):
    """A field that filters a list, and is itself an answer; shown by `open()`.

    Signals:
        model_chosen: the user wants to ask this model.
    """

    model_chosen = Signal(str)

    def __init__(
        self, service: str, models: Sequence[str], model: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("modelDialog")
        self.setWindowTitle(self.tr("Models of {service}").format(service=service))
        self.resize(metrics().dialog_width, metrics().dialog_width)
        self._field = QLineEdit()
        self._field.setObjectName("modelField")
        self._field.setAccessibleName(self.tr("Name of the model"))
        self._field.setPlaceholderText(self.tr("Search, or type a name"))
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self._models = [*models]
        self._names = QStringListModel(self._models)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._names)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = QListView()
        self._list.setObjectName("modelList")
        self._list.setAccessibleName(self.tr("Models"))
        self._list.setModel(self._found)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._note = QLabel()
        self._note.setObjectName("modelNote")
        self._note.setWordWrap(True)
        self._note.hide()
        self._use = self._button(self.tr("Use this model"), "modelUseButton", kind="primary")
        self._use.setDefault(True)
        self._cancel = self._button(self.tr("Cancel"), "modelCancelButton", kind="plain")

        self._lay_out()

        self._field.textChanged.connect(self._on_field_text_changed)
        self._list.activated.connect(self._use_model)
        self._list.selectionModel().currentChanged.connect(self._refresh)
        self._use.clicked.connect(self._use_model)
        self._cancel.clicked.connect(self.reject)
        self._mark(model)
        self._refresh()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._use)
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._note)
        layout.addLayout(buttons)

    def set_models(self, models: Sequence[str]) -> None:
        """Show another list, with what is typed and marked as it was."""
        marked = self._marked()
        self._models = [*models]
        self._show_names()
        self._mark(marked)
        self._refresh()

    def show_problem(self, text: str) -> None:
        """Say why there is no list; a name can be typed all the same."""
        self._note.setText(text)
        self._note.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the field has the focus."""
        is_key = watched is self._field and event.type() is QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_field_text_changed(self, text: str) -> None:
        self._show_names()
        self._found.setFilterFixedString(text.strip())
        self._list.setCurrentIndex(self._found.index(0, 0) if text.strip() else QModelIndex())
        self._refresh()

    def _show_names(self) -> None:
        """List the models, and last what is typed: services have more than they tell of."""
        typed = self._field.text().strip()
        own = [typed] if typed and typed not in self._models else []
        self._names.setStringList(self._models + own)

    @Slot()
    def _use_model(self) -> None:
        model = self._marked()
        if model:
            self.model_chosen.emit(model)
            self.accept()

    def _marked(self) -> str:
        index = self._list.currentIndex()
        return str(index.data()) if index.isValid() else ""

    def _mark(self, model: str) -> None:
        rows = range(self._found.rowCount())
        row = next((row for row in rows if self._found.index(row, 0).data() == model), -1)
        self._list.setCurrentIndex(self._found.index(row, 0) if row >= 0 else QModelIndex())

    @Slot()
    def _refresh(self) -> None:
        self._use.setEnabled(bool(self._marked()))

    def _button(self, text: str, name: str, *, kind: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("kind", kind)
        return button
