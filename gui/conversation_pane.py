"""The middle of the window: pages above, the composer below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.widgets.column import Column
from gui.widgets.composer import Composer
from gui.widgets.model_picker import DEMO, ModelPicker
from gui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class ConversationPane(QWidget):
    """A welcome and a composer; what shows a conversation joins them after the first frame.

    Signals:
        example_chosen: the user wants this example asked.
    """

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.welcome = Welcome()
        self.composer = Composer()
        self.model_picker = ModelPicker()
        self.composer.add_control(self.model_picker)

        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._below = Column()
        self._below.add(self.composer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._below)

        self.welcome.example_chosen.connect(self.example_chosen)

    def show_choice(self, choice: str, model: str = "") -> None:
        """Show who is asked from now on: `demo`, `chatgptfree`, or the site at an address."""
        self.model_picker.show_choice(choice, model)
        if choice == DEMO:
            text = self.tr("The built-in demo answers; choose a real service below.")
        else:
            name = self.model_picker.display_name(choice)
            text = self.tr("{service} answers.").format(service=name)
        self.welcome.set_service(text)

    def add_page(self, page: QWidget) -> None:
        """Add what a conversation with messages shows in the place of the welcome."""
        self._pages.addWidget(page)

    def add_above_composer(self, *widgets: QWidget) -> None:
        """Put widgets, from top to bottom, between the page and the composer."""
        for place, widget in enumerate(widgets):
            self._below.insert(place, widget)

    def show_welcome(self, is_empty: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show the welcome of an empty conversation, or its page."""
        self._pages.setCurrentIndex(0 if is_empty else self._pages.count() - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the composer grow with the window."""
        super().resizeEvent(event)
        self.composer.set_height_limit(round(self.window().height() * metrics().composer_share))
