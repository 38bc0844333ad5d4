"""The transcript: a conversation that streams, at any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Signal, Slot
from PySide6.QtGui import QContextMenuEvent

from core.models import Message, MessageState, Role
from gui.transcript.announcer import Announcer
from gui.transcript.commands import Commands
from gui.transcript.finder import Finder
from gui.transcript.flash import Flash
from gui.transcript.interface import ShownMessage
from gui.transcript.keyboard import Keyboard
from gui.transcript.overlays import Overlays
from gui.transcript.pointer import Pointer, Target
from gui.transcript.stream import Stream
from gui.transcript.surface import TranscriptSurface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from core.attachments import Files
    from gui.transcript.a11y import TranscriptRoot
    from gui.transcript.actions import Action
    from gui.transcript.canvas import FoundKey
    from gui.transcript.follow import FollowMode
    from gui.transcript.interface import AuthorOf
    from gui.transcript.style import TranscriptStyle


class TranscriptView(TranscriptSurface):
    """Messages one below the other, the last of which may grow; see `gui.transcript.interface`.

    Signals:
        edit_requested: the user wants to change the message with this index and send it again.
        regenerate_requested: the user wants this answer again.
        regenerate_with_requested: the user wants this answer again, by one of `alternatives`.
        continue_requested: the user wants this answer to go on.
        delete_requested: the user wants this message gone.
        version_requested: of the message with this index, the version so many steps further (-1
            or 1) is wanted.
        link_open_requested: this address, which the user has seen, is to be opened.
        image_requested: the bytes at this https address are wanted; see `supply_image`.
    """

    edit_requested = Signal(int)
    regenerate_requested = Signal(int)
    regenerate_with_requested = Signal(int, str)
    continue_requested = Signal(int)
    delete_requested = Signal(int)
    version_requested = Signal(int, int)
    link_open_requested = Signal(str)
    image_requested = Signal(str)

    root: TranscriptRoot | None = None
    """For screen readers. On the class: Qt may ask for it before `__init__` is through."""

    def __init__(self, style: TranscriptStyle, parent: QWidget | None = None) -> None:
        super().__init__(style, parent)
        self.offers: Callable[[int, Action], bool] | None = None
        """Whether somebody carries out an action for the message with this index; None: all."""
        self.alternatives: Callable[[], Iterable[tuple[str, str]]] | None = None
        """Gives the keys and the names of those who may answer again; None: nobody to choose."""
        self._announcer = Announcer(self)

        self.stream = Stream(self, self._announcer)
        self.pump = self.stream.pump
        self.pointer = Pointer(self)
        self.keyboard = Keyboard(self)
        self.finder = Finder(self)
        self.flash = Flash(self)
        self.commands = Commands(self)
        self.overlays = Overlays(self)

        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Conversation"))
        self.shown.found = self._marks
        self.overlays.dress()

        self.moved.connect(self.overlays.offer_jump)
        self.zoom_changed.connect(self.overlays.dress)
        self.pointer.activated.connect(self.commands.activate)
        self.pointer.hovered.connect(self.overlays.show_target)
        self.pointer.selected.connect(self.commands.offer_selection)
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
        reasoning: str = "",
        message_id: int = 0,
        attachments: Files = (),
    ) -> int:
        """Add a message, open until `end_message`; return its index."""
        self.stream.flush()
        message = Message(
            role,
            text,
            id=message_id,
            state=state,
            reasoning=reasoning,
            model=model,
            created_at=time.timestamp() if time is not None else 0.0,
            attachments=attachments,
        )
        self.conversation.add(message, author=author)
        index = len(self.conversation.messages) - 1
        self._note_open()
        if role is Role.USER:
            self.follow_state.ask(index)
        self._announcer.message_added(index)
        self.refresh()
        self.note_arrival()
        return index

    def set_messages(
        self, messages: Iterable[Message], *, author_of: AuthorOf | None = None
    ) -> None:
        """Show another conversation, from its end; its length hardly matters."""
        self._forget_marks()
        if self.root is not None:
            self.root.forget_all()
        self.conversation.replace_from(0, messages, author_of=author_of)
        self._note_open()
        self.follow_state.follow()
        self.refresh()

    def replace_from(
        self, index: int, messages: Iterable[Message], *, author_of: AuthorOf | None = None
    ) -> None:
        """Show other messages in the place of those from `index` on; what stays does not move."""
        self.stream.flush()
        gone = self.conversation.messages[index:] if self.root is not None else []
        for number in range(len(self.conversation.messages) - 1, index - 1, -1):
            self.shown.selection.message_removed(number)
        for offset, message in enumerate(gone):
            self._announcer.message_removed(index + offset)
            if self.root is not None:
                self.root.forget(message)
        self.conversation.replace_from(index, messages, author_of=author_of)
        self._note_open()
        was_holding, self.follow_state.is_holding = self.follow_state.is_holding, False
        self.scroller.messages_replaced(index)
        self.refresh()
        self.follow_state.is_holding = was_holding and self.scroller.is_at_end
        self._after_removal(index)

    def remove_message(self, index: int) -> None:
        """Take a message away; what is seen stays where it is."""
        self.stream.flush()
        message = self.conversation.messages[index]
        index = self.index_of_message(message)
        self._announcer.message_removed(index)
        self.scroller.message_removed(index)
        self.conversation.remove(index)
        if self.root is not None:
            self.root.forget(message)
        self.shown.selection.message_removed(index)
        self._note_open()
        self._after_removal(index)

    def _after_removal(self, index: int) -> None:
        """Follow a change of the messages from `index` on: above it, all is as it was."""
        for name in ("current", "hovered"):
            marked = getattr(self.shown, name)
            if marked is not None and (marked > index or marked >= len(self.conversation.messages)):
                setattr(self.shown, name, None)
        self.flash.clear()
        self.refresh()
        self.overlays.place_actions()
        self.finder.repeat()

    def remove_last_message(self) -> None:
        """Take the last message away."""
        self.remove_message(-1)

    def clear(self) -> None:
        """Take all messages away."""
        self.set_messages([])

    def _note_open(self) -> None:
        """Let what arrives go to the last message, if that is open."""
        messages = self.conversation.messages
        last = messages[-1] if messages else None
        if last is not None and last.is_open:
            self.stream.begin(last)
        elif self.stream.message is not None and (self.index_of_message(self.stream.message) < 0):
            self.stream.clear()

    def append_text(self, text: str) -> None:
        """Add to the open message; it is shown within a frame."""
        if text:
            self.pump.push_text(text)

    def append_reasoning(self, text: str) -> None:
        """Add to the reasoning of the open message."""
        if text:
            self.pump.push_reasoning(text)

    def note_arrival(self) -> None:
        """Offer the way to new text, if it cannot be seen."""
        if not self.scroller.is_at_end and not self.follow_state.has_news:
            self.follow_state.has_news = True
            self.overlays.offer_jump()

    def end_message(self, state: MessageState) -> None:
        """Close the open message; harmless when none is. Nothing moves."""
        self.stream.end(state)

    def reopen_message(self, index: int) -> None:
        """Open a finished message again: text that arrives goes on in it."""
        self.stream.flush()
        message = self.conversation.messages[index]
        if not message.is_open:
            self.stream.reopen(message)
            self.refresh_from(self.index_of_message(message), 0)

    def set_versions(self, index: int, position: int, count: int) -> None:
        """Say which of its versions a message is, from 1 on; below two nothing is shown."""
        message = self.conversation.messages[index]
        message.version, message.versions = position, count
        self.viewport().update()
        self.overlays.place_actions()

    def _forget_marks(self) -> None:
        self.stream.clear()
        self.flash.clear()
        self.shown.selection.clear()
        self.finder.clear()
        self.shown.current = self.shown.hovered = None
        self.overlays.hide_all()

    def copy_message(self, index: int) -> None:
        """Put a whole message on the clipboard, in all its forms."""
        self.commands.copy_message(index)

    def message_count(self) -> int:
        """Return how many messages there are."""
        return len(self.conversation.messages)

    def message(self, index: int) -> ShownMessage:
        """Return a message; negative indexes count from the end.

        Raises:
            IndexError: there is none.
        """
        self.stream.flush()
        return self.conversation.messages[index].shown()

    def index_of(self, message_id: int) -> int | None:
        """Return the index of the message with the store's id, None if it is not here."""
        return self.conversation.messages.index_of_id(message_id)

    # -- moving

    def scroll_to_message(self, index: int, *, highlight_text: str = "") -> None:
        """Bring a message to the top of the view, or words of it into view, marked for a moment."""
        self.stream.flush()
        self.shown.current = index
        self.show_message(index)
        found = self.flash.show(index, highlight_text)
        if found is not None:
            self.show_position(found)
        self.keyboard.message_reached.emit(index)

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

    @Slot()
    def open_find(self) -> None:
        """Open the bar to search with."""
        self.overlays.open_find()

    def _marks(self, key: FoundKey) -> list[tuple[int, int, bool]]:
        return self.finder.marks(key) + self.flash.marks(key)

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
        index = self.message_at(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._on_menu_requested()
        elif index is not None:
            target = self.pointer.target_at(QPointF(event.pos()))
            self.commands.open_menu(index, target, event.globalPos())

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
