"""The middle of the window: pages above, the composer below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.attachments.offered import holds_files
from gui.metrics import metrics
from gui.widgets.column import Column
from gui.widgets.composer import Composer
from gui.widgets.model_picker import DEMO, ModelPicker
from gui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent


class ConversationPane(QWidget):
    """A welcome and a composer; what shows a conversation joins them after the first frame.

    Signals:
        example_chosen: the user wants this example asked.
    """

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start: QWidget | None = None
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

        self.setAcceptDrops(True)
        self.welcome.example_chosen.connect(self.example_chosen)

    def widget(self) -> QWidget:
        """Return what is put into the window: itself."""
        return self

    def show_choice(self, choice: str, model: str = "", name: str = "") -> None:
        """Show who is asked from now on, by the choice and by what it is called."""
        self.model_picker.show_choice(choice, model, name)
        if choice == DEMO:
            text = self.tr("The built-in demo answers; choose a real service below.")
        else:
            name = self.model_picker.display_name(name or choice)
            text = self.tr("{service} answers.").format(service=name)
        self.welcome.set_service(text)

    def add_page(self, page: QWidget) -> None:
        """Add what a conversation with messages shows in the place of the welcome."""
        self._pages.addWidget(page)

    def set_start_page(self, page: QWidget | None) -> None:
        """Show a page in the place of the welcome, or the welcome again."""
        is_empty = self._pages.currentIndex() == 0
        if self._start is not None:
            self._pages.removeWidget(self._start)
        if page is not None:
            self._pages.insertWidget(0, page)
        self._start = page
        if is_empty:
            self._pages.setCurrentIndex(0)

    def add_above_composer(self, *widgets: QWidget) -> None:
        """Put widgets, from top to bottom, between the page and the composer."""
        for place, widget in enumerate(widgets):
            self._below.insert(place, widget)

    def add_below_composer(self, widget: QWidget) -> None:
        """Put a widget at the lower edge."""
        self._below.add(widget)

    def show_welcome(self, is_empty: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show the welcome of an empty conversation, or its page."""
        self._pages.setCurrentIndex(0 if is_empty else self._pages.count() - 1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures wherever they are dropped, not only in the text field."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Let what was dropped go with the next question."""
        self.composer.add_offered(event.mimeData())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the composer grow with the window."""
        super().resizeEvent(event)
        self.composer.set_height_limit(round(self.window().height() * metrics().composer_share))
