"""The bar at the top of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gui.metrics import metrics
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class HeaderBar(QWidget):
    """The sidebar's button, one for a new conversation, what is shown, and the menu.

    The button for a new conversation hides while the sidebar shows its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None

        self.sidebar_button = IconButton("sidebar")
        self.sidebar_button.setObjectName("toggleSidebarButton")
        self.sidebar_button.label(self.tr("Show or hide the sidebar"))
        self.new_button = IconButton("new")
        self.new_button.setObjectName("newConversationButton")
        self.new_button.label(self.tr("New conversation"))
        self.title = ElidedLabel()
        self.title.setObjectName("conversationTitle")
        self._menu_button = IconButton("menu")
        self._menu_button.setObjectName("menuButton")
        self._menu_button.label(self.tr("Menu"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

        layout = QHBoxLayout(self)
        medium = metrics().space_medium
        layout.setContentsMargins(medium, medium, medium, medium)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self.sidebar_button)
        layout.addWidget(self.new_button)
        layout.addWidget(self.title, 1)
        layout.addWidget(self._menu_button)

    def add_actions(self, *actions: QAction) -> None:
        """Add to the menu; a line is drawn between two calls."""
        if self._menu is None:
            self._menu = QMenu(self._menu_button)
            self._menu_button.setMenu(self._menu)
        else:
            self._menu.addSeparator()
        self._menu.addActions(actions)
