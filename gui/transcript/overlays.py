"""What floats above the transcript: buttons, the search, where links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer

from gui.transcript.actions import Action, MessageActions
from gui.transcript.canvas import version_rect
from gui.transcript.find_bar import FindBar
from gui.transcript.formats import Formats
from gui.transcript.jump_button import JumpButton
from gui.transcript.link_label import LinkLabel
from gui.transcript.link_question import LinkQuestion
from gui.transcript.links import shown_address
from gui.transcript.pointer import Target
from gui.transcript.version_switch import VersionSwitch

if TYPE_CHECKING:
    from gui.transcript.view import TranscriptView

_PATIENCE = 150
"""Milliseconds that the pointer may take from a message to its buttons."""


class Overlays(QObject):
    """Shows, hides and places the small widgets over a view.

    They are children of the view, not of its viewport, so that scrolling does not move them.
    """

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._edge = 0
        """Pixels between what floats and the edges of the view."""

        self.find_bar = FindBar(view)
        self.version_switch = VersionSwitch(view)
        self.message_actions = MessageActions(view)
        self.jump_button = JumpButton(view)
        self.link_label = LinkLabel(view)
        self.link_question = LinkQuestion(view)
        self._leaving = QTimer(self, singleShot=True, interval=_PATIENCE)

        self.jump_button.clicked.connect(view.go_to_end)
        self.message_actions.triggered.connect(self._on_message_actions_triggered)
        self.message_actions.left.connect(self._leaving.start)
        self.version_switch.stepped.connect(self._on_version_switch_stepped)
        self.version_switch.left.connect(self._leaving.start)
        self._leaving.timeout.connect(self._on_leaving_timeout)
        self.link_question.confirmed.connect(view.link_open_requested)
        self.find_bar.query_changed.connect(view.finder.search)
        self.find_bar.next_requested.connect(view.finder.go_to_next)
        self.find_bar.previous_requested.connect(view.finder.go_to_previous)
        self.find_bar.closed.connect(self._on_find_bar_closed)
        view.finder.found.connect(self._on_finder_found)

    def dress(self) -> None:
        """Take over the view's colours and zoom."""
        view = self._view
        ratio = view.devicePixelRatioF()
        fixed = Formats(view.look, view.font(), 1.0)
        self._edge = round(fixed.metrics.overlay_edge)
        limits = fixed.metrics
        zoom = max(limits.least_zoom, min(view.zoom, limits.greatest_zoom))
        self.message_actions.set_style(Formats(view.look, view.font(), zoom), ratio)
        self.version_switch.set_style(view.kit.formats, ratio)
        self.find_bar.set_style(fixed, ratio)
        self.jump_button.set_style(fixed, ratio)
        self.link_label.set_style(fixed)
        self.link_question.set_style(fixed)
        self.place()

    def pointer_left(self) -> None:
        """The pointer has left the view, perhaps for the buttons above it."""
        self._leaving.start()

    def _on_leaving_timeout(self) -> None:
        over = (self.message_actions, self.version_switch, self._view.viewport())
        if not any(widget.underMouse() for widget in over):
            self._view.pointer.leave()

    def hide_all(self) -> None:
        """Leave nothing above the view."""
        self.find_bar.hide()
        self.message_actions.hide()
        self.version_switch.hide()
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
        """Show where the link or image under the pointer leads, or what an attachment is called."""
        address = target.value if target.kind in {"link", "picture"} else ""
        room = self._view.viewport().width() - 4 * self._edge
        label = target.text if target.kind == "attachment" else shown_address(address)
        self.link_label.show_target(label, max(self._edge, room))
        self.place()

    # -- places

    def place(self) -> None:
        """Put everything that is shown where it belongs."""
        area = self._view.viewport().geometry()
        button, label, bar = self.jump_button, self.link_label, self.find_bar
        if button.isVisible():
            left = area.center().x() - button.width() // 2
            button.move(left, area.bottom() - button.height() - self._edge)
        if label.isVisible():
            label.move(area.left() + self._edge, area.bottom() - label.height() - self._edge)
        covered = 0
        if bar.isVisible():
            bar.fit(area.width() - 2 * self._edge)
            left = area.right() - bar.width() - self._edge
            bar.move(max(area.left() + self._edge, left), area.top() + self._edge)
            covered = bar.height() + self._edge
        self._view.covered = covered
        self.place_actions()

    def place_actions(self) -> None:
        """Put the buttons below the message that they are for."""
        view = self._view
        index = self.acting_message()
        if index is None:
            self.message_actions.hide()
            self.version_switch.dismiss()
            return
        layout = view.conversation.layout(index)
        rect = view.message_rect(index)
        self._place_versions(index, rect)
        y = rect.top() + layout.height - layout.footer + self.message_actions.spacing
        if not 0 <= y < view.viewport().height() - self._edge:
            self.message_actions.hide()
            return
        self.message_actions.offer(view.commands.offered(index))
        x = rect.left() - self.message_actions.padding
        if layout.is_question:
            x = rect.right() - self.message_actions.width()
        self.message_actions.move(view.viewport().geometry().topLeft() + QPoint(x, y))

    def _place_versions(self, index: int, rect: QRect) -> None:
        view, switch = self._view, self.version_switch
        layout = view.conversation.layout(index)
        place = version_rect(view.kit.formats, layout).toAlignedRect().translated(rect.topLeft())
        if place.bottom() < 0 or place.top() >= view.viewport().height():
            switch.dismiss()
            return
        switch.offer(layout.message)
        switch.setGeometry(place.translated(view.viewport().geometry().topLeft()))

    def acting_message(self) -> int | None:
        """Return the message that the buttons are for."""
        count = len(self._view.conversation.messages)
        for index in (self._view.shown.hovered, self._view.shown.current):
            if index is not None and index < count:
                return index
        return None

    def _on_finder_found(self, current: int, total: int, is_complete: bool) -> None:  # noqa: FBT001 - a signal's slot
        self.find_bar.set_result(current, total, is_complete)
        self.place()

    def _on_find_bar_closed(self) -> None:
        self.place()
        self._view.finder.clear()
        self._view.setFocus()

    def _on_version_switch_stepped(self, step: int) -> None:
        index = self.acting_message()
        if index is not None:
            self._view.version_requested.emit(index, step)

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
