"""Takes a key: whose it is, where to get one, and where it will be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.key_shapes import cleaned_key, likely_preset
from core.profiles import Preset
from gui.first_start.first_start_metrics import first_start_metrics
from gui.first_start.parts import plain_button, plain_label, selectable, set_kind
from gui.metrics import metrics
from gui.settings.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class KeyForm(QWidget):
    """A field for the key, a choice of services, and a button.

    A key that shows whose it is chooses its service, until the user has chosen one.

    Signals:
        entered: the user wants to ask this service with this key: a `Preset` and the key.
        stop_requested: the user does not want to wait.
    """

    entered = Signal(object, str)
    stop_requested = Signal()

    def __init__(self, presets: Sequence[Preset], parent: QWidget | None = None) -> None:
        """Offer those of `presets` that need a key and have an address."""
        super().__init__(parent)
        self._presets = tuple(presets)
        self._has_chosen = False
        self._is_testing = False

        self.setObjectName("keyForm")
        self.field = QLineEdit()
        self.field.setObjectName("keyField")
        self.field.setAccessibleName(self.tr("Key"))
        self.field.setPlaceholderText(self.tr("Paste the key here"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.services = ChoiceBox()
        self.services.setObjectName("keyService")
        self.services.setAccessibleName(self.tr("Service that the key is for"))
        self.services.addItems([preset.name for preset in self._presets])
        self.services.setMinimumContentsLength(first_start_metrics().name_characters)
        self.services.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.connect_button = plain_button("keyConnectButton", "", kind="primary")
        self.where = selectable(plain_label("keyWhere", kind="hint"))
        self.place = plain_label("keyPlace", kind="hint")

        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(metrics().space_medium)
        row.addWidget(self.services, 1)
        row.addWidget(self.connect_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self.field)
        layout.addLayout(row)
        layout.addWidget(self.where)
        layout.addWidget(self.place)
        self.place.hide()
        self.show_testing(is_testing=False)
        self._show_where()

        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.returnPressed.connect(self._enter)
        self.services.activated.connect(self._on_services_activated)
        self.services.currentIndexChanged.connect(self._show_where)
        self.connect_button.clicked.connect(self._on_connect_button_clicked)

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for: the button can stand below the choice."""
        hint = super().minimumSizeHint()
        return QSize(self.connect_button.sizeHint().width(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def preset(self) -> Preset | None:
        """Return the service that is chosen; None when there is none to choose."""
        index = self.services.currentIndex()
        return self._presets[index] if index >= 0 else None

    def key(self) -> str:
        """Return the key; empty while what is entered can be none."""
        return cleaned_key(self.field.text())

    def show_place(self, text: str) -> None:
        """Say where the key will be kept."""
        self.place.setText(text)
        self.place.setVisible(bool(text))

    def show_testing(self, *, is_testing: bool) -> None:
        """Let nothing be changed while the key is tried, but let the user stop it."""
        self._is_testing = is_testing
        text = self.tr("Stop") if is_testing else self.tr("Test and use")
        self.connect_button.setText(text)
        self.connect_button.setAccessibleName(text)
        set_kind(self.connect_button, "plain" if is_testing else "primary")
        self.field.setReadOnly(is_testing)
        self.services.setEnabled(not is_testing)
        self.connect_button.setEnabled(is_testing or bool(self.key()))
        self._arrange()

    def clear(self) -> None:
        """Forget the key."""
        self.field.clear()
        self._has_chosen = False

    def _arrange(self) -> None:
        widths = (self.services.minimumSizeHint().width(), self.connect_button.sizeHint().width())
        is_beside = sum(widths) + self._row.spacing() <= self.width()
        row, column = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(row if is_beside else column)

    @Slot()
    def _on_field_text_changed(self) -> None:
        key = self.key()
        self.connect_button.setEnabled(bool(key))
        likely = likely_preset(key, self._presets)
        if likely is not None and not self._has_chosen:
            self.services.setCurrentIndex(self._presets.index(likely))

    @Slot()
    def _on_services_activated(self) -> None:
        self._has_chosen = True

    @Slot()
    def _show_where(self) -> None:
        preset = self.preset()
        page = preset.key_page if preset is not None else ""
        self.where.setText(self.tr("You get one at {page}").format(page=page))
        self.where.setVisible(bool(page))

    @Slot()
    def _on_connect_button_clicked(self) -> None:
        if self._is_testing:
            self.stop_requested.emit()
        else:
            self._enter()

    @Slot()
    def _enter(self) -> None:
        preset, key = self.preset(), self.key()
        if preset is not None and key and not self._is_testing:
            self.entered.emit(preset, key)
