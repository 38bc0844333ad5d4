"""The transcript: a conversation that streams, at any length."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Signal, Slot

from core.models import MessageState, Role
from gui.transcript.announcer import Announcer
from gui.transcript.commands import Commands
from gui.transcript.finder import Finder
from gui.transcript.interface import ShownMessage
from gui.transcript.keyboard import Keyboard
from gui.transcript.model import TranscriptMessage
from gui.transcript.overlays import Overlays
from gui.transcript.pointer import Pointer, Target
from gui.transcript.pump import Pump
from gui.transcript.surface import TranscriptSurface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from gui.transcript.a11y import TranscriptRoot
    from gui.transcript.actions import Action
    from gui.transcript.follow import FollowMode
    from gui.transcript.style import TranscriptStyle


class TranscriptView(TranscriptSurface):
    """Messages one below the other, the last of which may grow; see `gui.transcript.interface`.

    Signals:
        edit_requested: the user wants to change the message with this index and send it again.
        regenerate_requested: the user wants this answer again.
        continue_requested: the user wants this answer to go on.
        delete_requested: the user wants this message gone.
        link_open_requested: this address, which the user has seen, is to be opened.
        image_requested: the bytes at this https address are wanted; see `supply_image`.
    """

    edit_requested = Signal(int)
    regenerate_requested = Signal(int)
    continue_requested = Signal(int)
    delete_requested = Signal(int)
    link_open_requested = Signal(str)
    image_requested = Signal(str)

    root: TranscriptRoot | None = None
    """For screen readers. On the class: Qt may ask for it before `__init__` is through."""

    def __init__(self, style: TranscriptStyle, parent: QWidget | None = None) -> None:
        super().__init__(style, parent)
        self.offers: Callable[[int, Action], bool] | None = None
        """Whether somebody carries out an action for the message with this index; None: all."""
        self._uids = count(1)
        self._announcer = Announcer(self)

        self.pump = Pump(self._take, self)
        self.pointer = Pointer(self)
        self.keyboard = Keyboard(self)
        self.finder = Finder(self)
        self.commands = Commands(self)
        self.overlays = Overlays(self)

        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Conversation"))
        self.shown.found = self.finder.marks
        self.overlays.dress()

        self.moved.connect(self.overlays.offer_jump)
        self.zoom_changed.connect(self.overlays.dress)
        self.pointer.activated.connect(self.commands.activate)
        self.pointer.hovered.connect(self.overlays.show_target)
        self.pointer.message_hovered.connect(self._on_message_hovered)
        self.keyboard.copy_requested.connect(self.commands.copy_selection)
        self.keyboard.find_requested.connect(self.open_find)
        self.keyboard.menu_requested.connect(self._on_menu_requested)
        self.keyboard.message_reached.connect(self._on_message_reached)
        self.images.requested.connect(self.image_requested)

    # -- messages

    def widget(self) -> QWidget:
        """Return what is put into the window."""
        return self

    def add_message(
        self,
        role: Role,
        text: str,
        *,
        author: str = "",
        model: str = "",
        time: datetime | None = None,
        state: MessageState = MessageState.STREAMING,
    ) -> int:
        """Add a message, open until `end_message`; return its index."""
        self.pump.flush()
        message = self.new_message(role, text, author=author, model=model, time=time, state=state)
        self.conversation.add(message)
        index = len(self.conversation.messages) - 1
        if role is Role.USER:
            self.follow_state.ask(index)
        self._announcer.message_added(index)
        self.refresh()
        self._note_arrival()
        return index

    def new_message(
        self,
        role: Role,
        text: str,
        *,
        author: str = "",
        model: str = "",
        time: datetime | None = None,
        state: MessageState = MessageState.COMPLETE,
        reasoning: str = "",
    ) -> TranscriptMessage:
        """Return a message for `set_messages`."""
        message = TranscriptMessage(
            next(self._uids), role, text, author=author, model=model, time=time, state=state
        )
        if reasoning:
            message.append_reasoning(reasoning)
        return message

    def set_messages(self, messages: Iterable[TranscriptMessage]) -> None:
        """Show another conversation, from its end; its length hardly matters."""
        self._forget_marks()
        if self.root is not None:
            self.root.forget_all()
        self.conversation.set_messages(list(messages))
        self.follow_state.follow()
        self.refresh()

    def append_text(self, text: str) -> None:
        """Add to the last message; it is shown within a frame."""
        if text:
            self.pump.push_text(text)

    def append_reasoning(self, text: str) -> None:
        """Add to the reasoning of the last message."""
        if text:
            self.pump.push_reasoning(text)

    def _take(self, reasoning: str, text: str) -> None:
        messages = self.conversation.messages
        if not messages:
            return
        index = len(messages) - 1
        message = messages[index]
        layout = self.conversation.layout(index)
        dirty = layout.height
        if reasoning:
            is_first = not message.has_reasoning
            message.append_reasoning(reasoning)
            dirty = layout.header if is_first else layout.feed_reasoning(reasoning)
        if text:
            self._announcer.text_arrives(index)
            message.append_text(text)
            dirty = min(dirty, layout.feed_text(text))
        self.refresh_from(index, dirty)
        if text:
            self._announcer.text_arrived(index)
            self.finder.text_added()
        self._note_arrival()

    def _note_arrival(self) -> None:
        """Offer the way to new text, if it cannot be seen."""
        if not self.scroller.is_at_end and not self.follow_state.has_news:
            self.follow_state.has_news = True
            self.overlays.offer_jump()

    def end_message(self, state: MessageState) -> None:
        """Close the last message; harmless when it is closed already. Nothing moves."""
        self.pump.flush()
        messages = self.conversation.messages
        if not messages or not messages[-1].is_open:
            return
        index = len(messages) - 1
        layout = self.conversation.layout(index)
        messages[-1].state = state
        layout.finish()
        self.refresh_from(index, 0)
        if messages[-1].role is not Role.USER:
            self._announcer.announce(self.commands.announcement(messages[-1]))

    def remove_message(self, index: int) -> None:
        """Take a message away; what is seen stays where it is."""
        self.pump.flush()
        message = self.conversation.messages[index]
        index = self.conversation.messages.index(message)
        self._announcer.message_removed(index)
        self.scroller.message_removed(index)
        self.conversation.remove(index)
        if self.root is not None:
            self.root.forget(message)
        self.shown.selection.message_removed(index)
        self.shown.current = self.shown.hovered = None
        self.refresh()
        self.finder.repeat()

    def remove_last_message(self) -> None:
        """Take the last message away."""
        self.remove_message(-1)

    def clear(self) -> None:
        """Take all messages away."""
        self.pump.clear()
        self.set_messages([])

    def _forget_marks(self) -> None:
        self.pump.clear()
        self.shown.selection.clear()
        self.finder.clear()
        self.shown.current = self.shown.hovered = None
        self.overlays.hide_all()

    def message_count(self) -> int:
        """Return how many messages there are."""
        return len(self.conversation.messages)

    def message(self, index: int) -> ShownMessage:
        """Return a message; negative indexes count from the end.

        Raises:
            IndexError: there is none.
        """
        self.pump.flush()
        return self.conversation.messages[index].shown()

    # -- moving

    @Slot()
    def follow(self) -> None:
        """Go to the end, and stay there while text arrives."""
        self.go_to_end()

    @property
    def is_following(self) -> bool:
        """Whether the view stays at the end."""
        return self.follow_state.is_holding

    def set_follow_mode(self, mode: FollowMode) -> None:
        """Choose what the view does while an answer arrives."""
        self.follow_state.set_mode(mode)

    # -- images

    def supply_image(self, address: str, data: bytes) -> None:
        """Take the bytes of an image that was requested."""
        self.images.supply(address, data)

    def fail_image(self, address: str) -> None:
        """Take note that a requested image could not be loaded."""
        self.images.fail(address)

    # -- find

    @Slot()
    def open_find(self) -> None:
        """Open the bar to search with."""
        self.overlays.open_find()

    # -- look

    def set_style(self, style: TranscriptStyle) -> None:
        """Take other colours."""
        super().set_style(style)
        self.overlays.dress()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in its corner."""
        super().resizeEvent(event)
        self.overlays.place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, click, or drag a bar."""
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self.pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what is under the pointer."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        self.pointer.release(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Notice when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self.overlays.pointer_left()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys that mean something here."""
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current message."""
        super().focusInEvent(event)
        self.shown.is_focused = True
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the current message no more."""
        super().focusOutEvent(event)
        self.shown.is_focused = False
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here."""
        point = event.pos()
        index = self.message_at(point)
        if index is not None:
            self.commands.open_menu(
                index, self.pointer.target_at(QPointF(point)), event.globalPos()
            )

    def _on_menu_requested(self) -> None:
        if self.conversation.messages:
            index = self.keyboard.message_index()
            middle = self.viewport().rect().center()
            self.commands.open_menu(index, Target(), self.viewport().mapToGlobal(middle))

    def _on_message_reached(self, index: int) -> None:
        self.overlays.place_actions()
        self.viewport().update()
        self._announcer.focused(index)

    def _on_message_hovered(self, index: int) -> None:
        hovered = None if index < 0 else index
        if hovered != self.shown.hovered:
            self.shown.hovered = hovered
            self.viewport().update()
            self.overlays.place_actions()
