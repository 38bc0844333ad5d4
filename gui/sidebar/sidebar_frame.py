"""What the first frame shows of the sidebar: its ground, two buttons and the search field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.icons import icon
from gui.metrics import metrics
from gui.sidebar.sidebar_metrics import sidebar_metrics
from gui.widgets.icon_button import IconButton

_LONGEST_QUERY = 1_000
"""Characters."""


def characters_wide(count: int) -> int:
    """Return the width of so many average characters of the application's font."""
    return round(QFontMetricsF(QApplication.font()).averageCharWidth() * count)


class SidebarFrame(QFrame):
    """The sidebar without its lists: those take long to import, and `set_body` brings them.

    Signals:
        new_conversation_requested: the user wants to begin anew.
    """

    new_conversation_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        self.setMinimumWidth(characters_wide(sidebar_metrics().minimum_characters))
        self.new_button = IconButton("new")
        self.new_button.setObjectName("sidebarNewButton")
        self.new_button.label(self.tr("New conversation"), shows_text=True)
        self.menu_button = IconButton("menu")
        self.menu_button.setObjectName("sidebarMenuButton")
        self.menu_button.label(self.tr("Folders, archive and trash"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.search_field = QLineEdit()
        self.search_field.setObjectName("searchField")
        self.search_field.setMaxLength(_LONGEST_QUERY)
        self.search_field.setClearButtonEnabled(False)
        self.search_field.setPlaceholderText(self.tr("Search"))
        self.search_field.setAccessibleName(self.tr("Search all conversations"))
        self._glass = QAction(self)
        self.search_field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        for picture in self.search_field.findChildren(QToolButton):
            picture.setAccessibleName(self.search_field.placeholderText())
        self._draw()

        buttons = QHBoxLayout()
        buttons.addWidget(self.new_button)
        buttons.addStretch(1)
        buttons.addWidget(self.menu_button)
        self._top = QVBoxLayout()
        inset, medium = sidebar_metrics().row_inset, metrics().space_medium
        self._top.setContentsMargins(inset, medium, inset, medium)
        self._top.setSpacing(medium)
        self._top.addLayout(buttons)
        self._top.addWidget(self.search_field)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._top)
        self._layout.addStretch(1)

        self.new_button.clicked.connect(self.new_conversation_requested)

    def set_body(self, body: QWidget) -> None:
        """Put the lists below the search field."""
        self._layout.takeAt(1)
        self._layout.addWidget(body, 1)
        QWidget.setTabOrder(self.search_field, body)

    def sizeHint(self) -> QSize:
        """Return the width that the sidebar begins with."""
        width = characters_wide(sidebar_metrics().default_characters)
        return QSize(width, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._draw()

    def _draw(self) -> None:
        side = metrics().icon_size
        colour = QPalette().color(QPalette.ColorRole.PlaceholderText)
        self._glass.setIcon(icon("search", QSize(side, side), colour=colour, disabled=colour))
