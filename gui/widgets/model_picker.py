"""Shows who is asked, and lets the user choose."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPalette
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gui.metrics import metrics
from gui.properties import set_by_name
from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionToolButton

DEMO, CHATGPT_FREE = "demo", "chatgptfree"
_CHATGPT_FREE_HOST = "chatgptfree.ai"


class ModelPicker(IconButton):
    """A button that names the service and its model; its menu offers the others.

    Signals:
        provider_chosen: `demo`, `chatgptfree` or the address of a site.
        site_requested: the user wants to enter the address of another site.
    """

    provider_chosen = Signal(str)
    site_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("down", role=QPalette.ColorRole.PlaceholderText, parent=parent)
        self._sites: list[str] = []
        self._choice = DEMO
        self._shortened = ""

        self.setObjectName("modelPicker")
        set_by_name(self, toolButtonStyle="ToolButtonTextOnly")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self.setMenu(self._menu)

        self._menu.aboutToShow.connect(self._fill_menu)
        self._group.triggered.connect(self._on_group_triggered)

    def display_name(self, choice: str) -> str:
        """Return what the window calls a service."""
        if choice == DEMO:
            return self.tr("Demo")
        return _CHATGPT_FREE_HOST if choice == CHATGPT_FREE else urlsplit(choice).netloc or choice

    def choices(self) -> list[tuple[str, str]]:
        """Return what can be chosen, and what the window calls it."""
        choices = (DEMO, CHATGPT_FREE, *self._sites)
        return [(choice, self.display_name(choice)) for choice in choices]

    def show_choice(self, choice: str, model: str = "") -> None:
        """Show who is asked now; `model` is empty for the service's own choice."""
        self._choice = choice
        if choice not in {DEMO, CHATGPT_FREE, *self._sites}:
            self._sites.append(choice)
        name = self.display_name(choice)
        text = f"{name} · {model}" if model else name
        self.setText(text)
        self.setToolTip(text)
        if self.isVisible():
            self._fit()
        self.setAccessibleName(self.tr("Service and model: {name}").format(name=text))

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for; the name is shortened to fit."""
        return QSize(2 * metrics().button_size, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the name to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Leave out what has no room."""
        super().initStyleOption(option)
        if self._shortened:
            option.text = self._shortened

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the arrow behind the name; the style sheet leaves room for it."""
        super().paintEvent(event)
        side = metrics().icon_size
        left = self.width() - side - metrics().space_medium
        with QPainter(self) as painter:
            self.icon().paint(painter, QRect(left, (self.height() - side) // 2, side, side))

    def _fit(self) -> None:
        self._shortened = ""
        missing = self.sizeHint().width() - self.width()
        if missing > 0:
            from PySide6.QtCore import Qt  # noqa: PLC0415 - costs 0.02 s, and is hardly ever needed

            room = self.fontMetrics().horizontalAdvance(self.text()) - missing
            mode = Qt.TextElideMode.ElideMiddle
            self._shortened = self.fontMetrics().elidedText(self.text(), mode, room)

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        self._add(self.tr("Demo, built in"), DEMO)
        self._add(_CHATGPT_FREE_HOST, CHATGPT_FREE)
        for site in self._sites:
            self._add(site, site)
        self._menu.addSeparator()
        other = self._menu.addAction(self.tr("Another AI Power site…"))
        other.triggered.connect(self.site_requested)

    def _add(self, text: str, choice: str) -> None:
        action = QAction(text, self._menu)
        action.setCheckable(True)
        action.setChecked(choice == self._choice)
        action.setData(choice)
        self._group.addAction(action)
        self._menu.addAction(action)

    @Slot(QAction)
    def _on_group_triggered(self, action: QAction) -> None:
        self.provider_chosen.emit(action.data())
