"""Says which place the list shows, and leads back to all conversations."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.metrics import metrics
from gui.sidebar.place import ALL, Place, Section
from gui.sidebar.sidebar_metrics import sidebar_metrics
from gui.widgets.icon_button import IconButton


class PlaceBar(QWidget):
    """A way back, a name, and in the trash a button that empties it; hidden for everything.

    Signals:
        back_requested: the user wants to see all conversations.
        empty_requested: the user wants the trash emptied.
    """

    back_requested = Signal()
    empty_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("placeBar")
        self._back = IconButton("left")
        self._back.setObjectName("allConversationsButton")
        self._back.label(self.tr("Back to all conversations"))
        self._name = QLabel()
        self._name.setObjectName("placeName")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._empty = QPushButton(self.tr("Empty trash"))
        self._empty.setObjectName("emptyTrashButton")
        self._empty.setAccessibleName(self.tr("Empty trash"))
        self.hide()

        layout = QHBoxLayout(self)
        inset = sidebar_metrics().row_inset
        layout.setContentsMargins(inset, 0, inset, 0)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self._back)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._empty)

        self._back.clicked.connect(self.back_requested)
        self._empty.clicked.connect(self.empty_requested)

    def show_place(self, place: Place, name: str, *, count: int, is_named: bool) -> None:
        """Name a place with `count` conversations in it, unless it `is_named` elsewhere."""
        self._name.setText(name)
        can_be_emptied = place.section is Section.TRASH and count > 0
        self._empty.setVisible(can_be_emptied)
        self.setVisible(place != ALL and (can_be_emptied or not is_named))
