"""The keyboard over a transcript: scrolling, jumping, selecting, zooming."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from gui.transcript.caret import Caret, Step
from gui.transcript.keys import combination
from gui.transcript.position import ANSWER, Position, end_of_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from gui.transcript.surface import TranscriptSurface

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ZOOM_STEP = 1.1

_STEPS = {
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.LINE_START,
    Qt.Key.Key_End: Step.LINE_END,
}
_CTRL_STEPS = {
    Qt.Key.Key_Left: Step.WORD_LEFT,
    Qt.Key.Key_Right: Step.WORD_RIGHT,
    Qt.Key.Key_Home: Step.START,
    Qt.Key.Key_End: Step.END,
}
_FROM_ANYWHERE = (
    _CTRL | Qt.Key.Key_F,
    _CTRL | Qt.Key.Key_Plus,
    _CTRL | Qt.Key.Key_Equal,
    _CTRL | Qt.Key.Key_Minus,
    _CTRL | Qt.Key.Key_0,
    _ALT | Qt.Key.Key_Up,
    _ALT | Qt.Key.Key_Down,
)
"""Keys that mean the transcript wherever the focus is in its window; most often in the composer."""


class Keyboard(QObject):
    """Turns keys into movements and wishes.

    Signals:
        copy_requested: the selection is wanted on the clipboard.
        find_requested: the user wants to search.
        menu_requested: the user wants the menu of the current message.
        message_reached: the keyboard has gone to the message with this index.
    """

    copy_requested = Signal()
    find_requested = Signal()
    menu_requested = Signal()
    message_reached = Signal(int)

    def __init__(self, surface: TranscriptSurface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._caret = Caret(surface.conversation)
        self._keys = self._bindings()

        for keys in _FROM_ANYWHERE:
            QShortcut(QKeySequence(keys), surface).activated.connect(self._keys[keys])

    def _bindings(self) -> dict[QKeyCombination, Callable[[], None]]:
        key = Qt.Key
        result: dict[QKeyCombination, Callable[[], None]] = {}

        def bind(
            action: Callable[[], None], *combinations: tuple[Qt.KeyboardModifier, Qt.Key]
        ) -> None:
            for modifiers, name in combinations:
                result[QKeyCombination(modifiers, name)] = action

        bind(partial(self._scroll_lines, -1), (_NONE, key.Key_Up))
        bind(partial(self._scroll_lines, 1), (_NONE, key.Key_Down))
        bind(partial(self._scroll_pages, -1), (_NONE, key.Key_PageUp), (_SHIFT, key.Key_Space))
        bind(partial(self._scroll_pages, 1), (_NONE, key.Key_PageDown), (_NONE, key.Key_Space))
        bind(self._go_to_start, (_NONE, key.Key_Home), (_CTRL, key.Key_Home))
        bind(self._surface.go_to_end, (_NONE, key.Key_End), (_CTRL, key.Key_End))
        bind(partial(self._jump, -1), (_ALT, key.Key_Up), (_NONE, key.Key_K))
        bind(partial(self._jump, 1), (_ALT, key.Key_Down), (_NONE, key.Key_J))
        bind(partial(self._surface.sideways.step, -1), (_ALT, key.Key_Left))
        bind(partial(self._surface.sideways.step, 1), (_ALT, key.Key_Right))
        bind(self.select_more, (_CTRL, key.Key_A))
        bind(self.copy_requested.emit, (_CTRL, key.Key_C), (_CTRL, key.Key_Insert))
        bind(self.find_requested.emit, (_CTRL, key.Key_F), (_NONE, key.Key_Slash))
        bind(self.menu_requested.emit, (_NONE, key.Key_Menu), (_SHIFT, key.Key_F10))
        bind(
            partial(self._zoom, 1),
            (_CTRL, key.Key_Plus),
            (_CTRL, key.Key_Equal),
            (_CTRL | _SHIFT, key.Key_Plus),
            (_CTRL | _SHIFT, key.Key_Equal),
        )
        bind(partial(self._zoom, -1), (_CTRL, key.Key_Minus), (_CTRL | _SHIFT, key.Key_Underscore))
        bind(partial(self._zoom, 0), (_CTRL, key.Key_0))
        for name, step in _STEPS.items():
            bind(partial(self._select, step), (_SHIFT, name))
        for name, step in _CTRL_STEPS.items():
            bind(partial(self._select, step), (_CTRL | _SHIFT, name))
        bind(partial(self._select_page, -1), (_SHIFT, key.Key_PageUp))
        bind(partial(self._select_page, 1), (_SHIFT, key.Key_PageDown))
        bind(self._clear, (_NONE, key.Key_Escape))
        return result

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; return whether it means anything here."""
        action = self._keys.get(combination(event))
        if action is None:
            return False
        action()
        return True

    # -- moving

    def _scroll_lines(self, lines: int) -> None:
        self._surface.scroll_pixels(round(lines * 2 * self._surface.kit.formats.line_height))

    def _scroll_pages(self, pages: int) -> None:
        line = self._surface.kit.formats.line_height
        page = max(line, self._surface.viewport().height() - 2 * line)
        self._surface.scroll_pixels(round(pages * page))

    def _go_to_start(self) -> None:
        self._surface.follow_state.let_go()
        if self._surface.conversation.messages:
            self._surface.show_message(0)

    def _jump(self, by: int) -> None:
        """Go to the next or previous message, from the one at the top of the view."""
        surface = self._surface
        count = len(surface.conversation.messages)
        if not count:
            return
        current = surface.shown.current
        visible = surface.visible_messages()
        if current is None or current not in visible:
            top = visible.start
            inside = surface.scroller.y - surface.conversation.heights.top(top)
            current = top if by < 0 and inside > 0 else top + by
        else:
            current += by
        current = max(0, min(count - 1, current))
        surface.shown.selection.clear()  # what is done next is done to this message
        surface.selection_changed.emit()
        surface.shown.current = current
        surface.show_message(current)
        self.message_reached.emit(current)

    def _zoom(self, direction: int) -> None:
        zoom = self._surface.zoom * _ZOOM_STEP**direction if direction else 1.0
        self._surface.set_zoom(zoom)

    # -- selecting

    def select_more(self) -> None:
        """Select the current message; if it is selected already, everything."""
        surface = self._surface
        if not surface.conversation.messages:
            return
        selection = surface.shown.selection
        index = self.message_index()
        whole = (Position(index, self._first_part(index), 0, 0), end_of_message(index))
        if selection.bounds() == whole:
            last = len(surface.conversation.messages) - 1
            whole = (Position(0, self._first_part(0), 0, 0), end_of_message(last))
        self._set(*whole)

    def select_message(self, index: int) -> None:
        """Select all text of a message."""
        self._set(Position(index, self._first_part(index), 0, 0), end_of_message(index))

    def message_index(self) -> int:
        """Return the message that a key without a place in the text is about."""
        surface = self._surface
        visible = surface.visible_messages()
        caret = surface.shown.selection.caret
        if caret is not None and caret.message in visible:
            return caret.message
        for candidate in (surface.shown.current, surface.shown.hovered):
            if candidate is not None and candidate in visible:
                return candidate
        return visible.stop - 1

    def _first_part(self, index: int) -> int:
        return self._surface.conversation.layout(index).parts[0][0]

    def _set(self, anchor: Position, caret: Position) -> None:
        self._surface.shown.selection.set(anchor, caret)
        self._surface.selection_changed.emit()
        self._surface.viewport().update()

    def _select(self, step: Step) -> None:
        start = self._start()
        if start is None:
            return
        anchor, caret = start
        moved = self._caret.moved(caret, step)
        self._set(anchor, moved)
        self._surface.show_position(moved)

    def _select_page(self, by: int) -> None:
        start = self._start()
        if start is None:
            return
        anchor, caret = start
        lines = self._surface.viewport().height() / self._surface.kit.formats.line_height
        for _ in range(max(1, round(lines) - 2)):
            caret = self._caret.moved(caret, Step.DOWN if by > 0 else Step.UP)
        self._set(anchor, caret)
        self._surface.show_position(caret)

    def _start(self) -> tuple[Position, Position] | None:
        """Return anchor and caret to move on from; without any, the top of what is seen."""
        selection = self._surface.shown.selection
        if selection.anchor is not None and selection.caret is not None:
            return selection.anchor, selection.caret
        if not self._surface.conversation.messages:
            return None
        visible = self._surface.visible_messages()
        position = self._surface.conversation.hit(0, self._surface.scroller.y + 1)
        if position is None:
            position = Position(visible.start, ANSWER, 0, 0)
        return position, position

    def _clear(self) -> None:
        self._surface.shown.selection.clear()
        self._surface.shown.current = None
        self._surface.selection_changed.emit()
        self._surface.viewport().update()
