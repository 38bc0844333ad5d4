"""What floats above the transcript: buttons, the search, where links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from gui.transcript.actions import Action, MessageActions
from gui.transcript.find_bar import FindBar
from gui.transcript.jump_button import JumpButton
from gui.transcript.link_label import LinkLabel
from gui.transcript.link_question import LinkQuestion
from gui.transcript.pointer import Target

if TYPE_CHECKING:
    from gui.transcript.view import TranscriptView

_PATIENCE = 150
"""Milliseconds that the pointer may take from a message to its buttons."""
_EDGE = 12
"""Pixels between what floats and the edges of the view."""


class Overlays(QObject):
    """Shows, hides and places the small widgets over a view.

    They are children of the view, not of its viewport, so that scrolling does not move them.
    """

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view

        self.find_bar = FindBar(view)
        self.message_actions = MessageActions(view)
        self.jump_button = JumpButton(view)
        self.link_label = LinkLabel(view)
        self.link_question = LinkQuestion(view)
        self._leaving = QTimer(self, singleShot=True, interval=_PATIENCE)

        self.jump_button.clicked.connect(view.go_to_end)
        self.message_actions.triggered.connect(self._on_message_actions_triggered)
        self.message_actions.left.connect(self._leaving.start)
        self._leaving.timeout.connect(self._on_leaving_timeout)
        self.link_question.confirmed.connect(view.link_open_requested)
        self.find_bar.query_changed.connect(view.finder.search)
        self.find_bar.next_requested.connect(view.finder.go_to_next)
        self.find_bar.previous_requested.connect(view.finder.go_to_previous)
        self.find_bar.closed.connect(self._on_find_bar_closed)
        view.finder.found.connect(self.find_bar.set_result)

    def dress(self) -> None:
        """Take over the view's colours and zoom."""
        view = self._view
        ratio = view.devicePixelRatioF()
        self.find_bar.set_style(view.look, ratio)
        self.message_actions.set_style(view.look, view.zoom, ratio)
        self.jump_button.set_style(view.look, ratio)
        self.link_label.set_style(view.look)
        self.link_question.set_style(view.look)

    def pointer_left(self) -> None:
        """The pointer has left the view, perhaps for the buttons above it."""
        self._leaving.start()

    def _on_leaving_timeout(self) -> None:
        if not (self.message_actions.underMouse() or self._view.viewport().underMouse()):
            self._view.pointer.leave()

    def hide_all(self) -> None:
        """Leave nothing above the view."""
        self.find_bar.hide()
        self.message_actions.hide()
        self.link_label.hide()
        self.link_question.hide()

    def open_find(self) -> None:
        """Open the bar to search with, beginning with the selected word."""
        self.find_bar.open(self._view.commands.selected_word())
        self.place()

    def offer_jump(self) -> None:
        """Show the way to the end while the view is far from it, or has not shown new text."""
        view = self._view
        if view.scroller.is_at_end:
            view.follow_state.has_news = False
        news = view.follow_state.has_news
        far = view.scroller.maximum - view.scroller.y > view.viewport().height()
        if news or (far and not view.follow_state.is_holding):
            self.jump_button.offer(news=news)
        else:
            self.jump_button.hide()
        self.place()

    def show_target(self, target: Target) -> None:
        """Show where the link or image under the pointer leads."""
        address = target.value if target.kind in {"link", "picture"} else ""
        self.link_label.show_target(address, max(80, self._view.viewport().width() - 60))
        self.place()

    # -- places

    def place(self) -> None:
        """Put everything that is shown where it belongs."""
        area = self._view.viewport().geometry()
        button, label, bar = self.jump_button, self.link_label, self.find_bar
        if button.isVisible():
            left = area.center().x() - button.width() // 2
            button.move(left, area.bottom() - button.height() - _EDGE)
        if label.isVisible():
            label.move(area.left() + _EDGE, area.bottom() - label.height() - _EDGE)
        if bar.isVisible():
            bar.adjustSize()
            bar.move(area.right() - bar.width() - _EDGE, area.top() + _EDGE)
        self.place_actions()

    def place_actions(self) -> None:
        """Put the buttons below the message that they are for."""
        view = self._view
        index = self.acting_message()
        if index is None:
            self.message_actions.hide()
            return
        layout = view.conversation.layout(index)
        rect = view.message_rect(index)
        y = rect.top() + layout.height - layout.footer + 2
        if not 0 <= y < view.viewport().height() - 8:
            self.message_actions.hide()
            return
        self.message_actions.offer(view.commands.offered(index))
        x = rect.left() - 4
        if layout.is_question:
            x = rect.right() - self.message_actions.width()
        self.message_actions.move(view.viewport().geometry().topLeft() + QPoint(x, y))

    def acting_message(self) -> int | None:
        """Return the message that the buttons are for."""
        count = len(self._view.conversation.messages)
        for index in (self._view.shown.hovered, self._view.shown.current):
            if index is not None and index < count:
                return index
        return None

    def _on_find_bar_closed(self) -> None:
        self._view.finder.clear()
        self._view.setFocus()

    def _on_message_actions_triggered(self, name: str) -> None:
        index = self.acting_message()
        if index is None:
            return
        if name == Action.MORE:
            corner = self.message_actions.rect().bottomLeft()
            where = self.message_actions.mapToGlobal(corner)
            self._view.commands.open_menu(index, Target(), where)
        else:
            self._view.commands.run(index, name)
