"""The row of buttons below a message, and what can be done with a message at all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.models import MessageState, Role
from gui.transcript.icons import icon

if TYPE_CHECKING:
    from gui.transcript.formats import Formats
    from gui.transcript.model import TranscriptMessage


class Action(StrEnum):
    """Something that can be done with a message; also the name of its drawing."""

    COPY = "copy"
    EDIT = "edit"
    REGENERATE = "regenerate"
    CONTINUE = "continue"
    DELETE = "delete"
    MORE = "more"


def actions_for(message: TranscriptMessage) -> list[Action]:
    """Return what can be done with a message now."""
    if message.is_open:
        return [Action.COPY]
    if message.role is Role.USER:
        return [Action.COPY, Action.EDIT, Action.DELETE]
    result = [Action.COPY, Action.REGENERATE]
    if message.state is not MessageState.COMPLETE and message.text:
        result.append(Action.CONTINUE)
    return [*result, Action.DELETE]


class MessageActions(QWidget):
    """Buttons for the message under the pointer, or the one that the keyboard has gone to.

    Signals:
        triggered: an Action is wanted.
        left: the pointer is not over the buttons any more.
    """

    triggered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[Action, QToolButton] = {}
        self.spacing = 0
        """Pixels between the message and the buttons."""
        self.padding = 0
        """Pixels around each button's drawing."""

        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for action in Action:
            button = QToolButton(self)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setObjectName(f"{action.value}MessageButton")
            button.setProperty("action", action.value)
            button.clicked.connect(self._on_button_clicked)
            layout.addWidget(button)
            self._buttons[action] = button
        self._name_buttons()
        self.setObjectName("messageActions")
        self.setAccessibleName(self.tr("Actions"))
        self.hide()

    def _name_buttons(self) -> None:
        names = {
            Action.COPY: self.tr("Copy message"),
            Action.EDIT: self.tr("Edit and send again"),
            Action.REGENERATE: self.tr("Answer again"),
            Action.CONTINUE: self.tr("Continue"),
            Action.DELETE: self.tr("Delete message"),
            Action.MORE: self.tr("More actions"),
        }
        for action, name in names.items():
            self._buttons[action].setToolTip(name)
            self._buttons[action].setAccessibleName(name)

    def set_style(self, formats: Formats, ratio: float) -> None:
        """Draw the buttons in other colours or another size."""
        colours, metrics = formats.style.colours, formats.metrics
        size = round(metrics.icon_size)
        self.spacing, self.padding = round(metrics.button_gap), round(metrics.button_padding)
        self._layout.setSpacing(self.spacing)
        self.setStyleSheet(
            f"QToolButton {{ border: none; border-radius: {metrics.button_radius:.0f}px;"
            f" padding: {self.padding}px; }}"
            f"QToolButton:hover, QToolButton:focus {{ background: {colours.hover.name()}; }}"
        )
        for action, button in self._buttons.items():
            button.setIcon(icon(action.value, colours.muted, size, ratio))
            button.setIconSize(QSize(size, size))

    def offer(self, actions: Iterable[Action]) -> None:
        """Offer what can be done with a message."""
        offered = {*actions, Action.MORE}
        for action, button in self._buttons.items():
            button.setVisible(action in offered)
        self.adjustSize()
        self.show()

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the pointer has gone."""
        super().leaveEvent(event)
        self.left.emit()

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.triggered.emit(str(button.property("action")))
