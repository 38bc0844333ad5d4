"""What stands in the quick prompt: the line, and below it the conversation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.quick.command_list import CommandList
from gui.quick.quick_composer import QuickComposer
from gui.quick.quick_metrics import quick_metrics
from gui.quick.toggle_button import ToggleButton
from gui.widgets.icon_button import IconButton
from gui.widgets.model_picker import ModelPicker


class QuickPane(QWidget):
    """The popup's `gui.pane.Pane`: a composer at the top, nothing else until something is asked.

    Signals:
        example_chosen: never; an empty popup shows no examples.
        fit_requested: another height is needed.
    """

    example_chosen = Signal(str)
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_empty = True
        self._page: QWidget | None = None

        self.setObjectName("quickPane")
        self.composer: QuickComposer = QuickComposer()
        self.model_picker = ModelPicker()
        self.clipboard_button = self._button("clipboard", self.tr("Add the clipboard's text"))
        self.selection_button = self._button("selection", self.tr("Add the selected text"))
        self.private_button = ToggleButton("private")
        self.private_button.setObjectName("privateButton")
        self.private_button.label(self.tr("Private: keep nothing of it"))
        self.pin_button = ToggleButton("pin")
        self.pin_button.setObjectName("pinButton")
        self.pin_button.label(self.tr("Keep it here, above other windows"))
        self.new_button = self._button("new", self.tr("New question"))
        self.open_button = self._button("window", self.tr("Open in the window"))
        self.commands = CommandList()
        self._line = QFrame()
        self._line.setObjectName("quickLine")
        self._line.setProperty("kind", "line")

        composer = self.composer
        for control in (self.clipboard_button, self.selection_button, self.model_picker):
            composer.add_control(control)
        for control in (self.new_button, self.private_button, self.pin_button, self.open_button):
            composer.add_control_at_end(control)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(composer)
        self._layout.addWidget(self.commands)
        self._layout.addWidget(self._line)
        self._layout.addStretch(0)
        self._below = QVBoxLayout()
        self._below.setSpacing(metrics().space_small)
        self._layout.addLayout(self._below)
        self._show_body()

        composer.commands_offered.connect(self.commands.offer)
        self.commands.chosen.connect(composer.complete)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been asked yet."""
        return self._is_empty

    def widget(self) -> QWidget:
        """Return what is put into the window: itself."""
        return self

    def show_choice(self, choice: str, model: str = "", name: str = "") -> None:
        """Show who is asked from now on."""
        self.model_picker.show_choice(choice, model, name)

    def add_page(self, page: QWidget) -> None:
        """Add the transcript."""
        self._page = page
        self._layout.insertWidget(self._layout.indexOf(self._line) + 1, page, 1)
        page.setMinimumHeight(0)
        self._show_body()

    def add_above_composer(self, *widgets: QWidget) -> None:
        """Put widgets, from top to bottom, below the conversation."""
        for widget in widgets:
            self._below.addWidget(widget)

    def show_welcome(self, is_empty: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show the line alone, or the conversation, too."""
        self._is_empty = is_empty
        self._show_body()

    def least_height(self) -> int:
        """Return how high everything is but the messages."""
        hint = self._layout.totalSizeHint().height()
        page = self._page
        return hint - (0 if page is None or page.isHidden() else page.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return a size that leaves the messages a little room."""
        return QSize(quick_metrics().least_width, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Ask for another height when something in it has come, gone or changed its size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit_requested.emit()
        return super().event(event)

    def _show_body(self) -> None:
        self._line.setVisible(not self._is_empty)
        self.new_button.setVisible(not self._is_empty)
        self.open_button.setVisible(True)
        if self._page is not None:
            self._page.setVisible(not self._is_empty)
        side = quick_metrics().line_margin + metrics().space_small - metrics().message_padding
        end = 0 if self._is_empty else quick_metrics().padding
        self._below.setContentsMargins(side, 0, side, end)

    def _button(self, icon: str, label: str) -> IconButton:
        button = IconButton(icon, role=QPalette.ColorRole.PlaceholderText)
        button.setObjectName(f"{icon}Button")
        button.label(label)
        return button
