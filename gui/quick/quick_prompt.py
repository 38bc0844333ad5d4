"""The quick prompt: one line, one answer, and back to where one was."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from core.models import Role
from core.templates import Source
from gui.quick.focus import bring_to_front
from gui.quick.placement import fitting, place_on, screen_with_pointer
from gui.quick.popup_frame import PopupFrame
from gui.quick.quick_keys import QuickKeys
from gui.quick.quick_metrics import quick_metrics
from gui.quick.quick_pane import QuickPane
from gui.quick.x11 import is_x11, skip_taskbar
from gui.widgets.column import column_width

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent

    from gui.transcript.view import TranscriptView


class QuickPrompt(PopupFrame):
    """A frameless window that is made once, hidden and shown again.

    It grows with what it shows, up to a size that the user has given it, and is hidden by Esc and
    by whatever else gets the focus, unless it is pinned.

    Signals:
        asked: this text was sent.
        promoted: the user wants all this in the main window.
        hidden: it is not seen any more.
        copy_requested: the user wants the last answer on the clipboard.
        code_requested: the user wants the last code block on the clipboard.
        new_requested: the user wants to ask something else.
        stop_requested: the user wants the answer to end.
    """

    asked = Signal(str)
    promoted = Signal()
    hidden = Signal()
    copy_requested = Signal()
    code_requested = Signal()
    new_requested = Signal()
    stop_requested = Signal()

    def __init__(self, *, size: str = "") -> None:
        self.pane = QuickPane()
        super().__init__(self.pane)
        self._transcript: TranscriptView | None = None
        self._limit = _size_from(size) or _usual_size()
        """Without the border: how wide it is, and how high it may grow."""
        self._asked_for = QSize()
        self._hidden_at = 0.0

        self.setObjectName("quickPrompt")
        self.setWindowTitle(self.tr("Quick prompt"))
        self.setAccessibleName(self.tr("Quick prompt"))
        self.keys = QuickKeys(self)
        self.keys.watch(self.pane.composer.editor)
        self._focus_check = QTimer(self, singleShot=True, interval=0)

        pane = self.pane
        pane.fit_requested.connect(self.fit)
        pane.composer.submitted.connect(self.asked)
        pane.new_button.clicked.connect(self.begin_anew)
        pane.open_button.clicked.connect(self.promote)
        pane.clipboard_button.clicked.connect(self.add_clipboard)
        pane.selection_button.clicked.connect(self.add_selection)
        self._focus_check.timeout.connect(self._hide_if_left)

    def set_transcript(self, transcript: TranscriptView) -> None:
        """Take the transcript's keys, and grow with it."""
        self._transcript = transcript
        self.keys.watch(transcript)
        transcript.verticalScrollBar().rangeChanged.connect(self.fit)

    def ends_with_answer(self) -> bool:
        """Whether what stands last is an answer of which something came."""
        transcript = self._transcript
        if transcript is None or not transcript.message_count():
            return False
        last = transcript.message(-1)
        return last.role is Role.ASSISTANT and bool(last.text.strip())

    # -- showing

    def size_text(self) -> str:
        """Return the size that the user has given it, for the next run."""
        return f"{self._limit.width()}x{self._limit.height()}"

    def hidden_for(self) -> float:
        """Return for how many seconds it has not been seen; 0 while it is, or never was."""
        return time.monotonic() - self._hidden_at if self._hidden_at and self.isHidden() else 0.0

    @property
    def is_pinned(self) -> bool:
        """Whether it stays when something else gets the focus."""
        return self.pane.pin_button.isChecked()

    def popup(self, token: str = "") -> None:
        """Show it on the screen with the pointer, ready to be typed in.

        `token` lets Wayland give it the focus (XDG_ACTIVATION_TOKEN).
        """
        if self.isHidden():
            self.fit()
            screen = screen_with_pointer()
            if screen is not None:
                self.setScreen(screen)
                self.move(place_on(screen.availableGeometry(), self.size()))
        self.show()
        self.fit()  # a style sheet changes sizes once a window is seen
        bring_to_front(self, token)
        if is_x11():
            skip_taskbar(int(self.winId()))
        editor = self.pane.composer.editor
        editor.setFocus()
        editor.selectAll()

    @Slot()
    def fit(self) -> None:
        """Take the height that everything needs, as far as there is room."""
        screen = self.screen() if self.isVisible() else screen_with_pointer()
        limit = self._limit
        if screen is not None:
            limit = fitting(screen.availableGeometry(), self._limit)
        self.pane.composer.set_height_limit(round(limit.height() * quick_metrics().line_share))
        height = self.pane.least_height()
        if not self.pane.is_empty and self._transcript is not None:
            needed = self._needed_height(height, self._transcript.verticalScrollBar().maximum())
            height = max(needed, quick_metrics().first_height)
            height = min(height, max(limit.height(), quick_metrics().least_height))
        around = 2 * self.border
        self._asked_for = QSize(limit.width() + around, height + around)
        if self.size() != self._asked_for:
            self.setMinimumSize(0, 0)
            self.resize(self._asked_for)

    def _needed_height(self, least: int, hidden: int) -> int:
        """Return the height at which no message has to be scrolled; never less than it is."""
        now = self.height() - 2 * self.border
        return max(now, least + quick_metrics().first_height // 2) + hidden

    # -- what its keys and buttons do; each returns whether it meant anything

    def enter(self) -> bool:
        """Take the marked command; on an empty line, copy the answer and go."""
        pane = self.pane
        if pane.commands.isVisible():
            pane.commands.choose()
            return True
        if pane.composer.is_blank and self.ends_with_answer() and not self._is_running():
            self.copy_requested.emit()
            self.hide()
            return True
        return False

    @Slot()
    def promote(self) -> bool:
        """Bring everything into the main window."""
        self.promoted.emit()
        return True

    @Slot()
    def begin_anew(self) -> bool:
        """Ask something else; what was said stays in the list of conversations."""
        self.new_requested.emit()
        self.pane.composer.editor.setFocus()
        return True

    def leave(self) -> bool:
        """End the change of an earlier question, or hide; an answer on its way goes on."""
        if self.pane.composer.is_editing:
            self.pane.composer.end_editing()
        else:
            self.hide()
        return True

    def stop(self) -> bool:
        """End the answer."""
        self.stop_requested.emit()
        return True

    def copy_without_selection(self) -> bool:
        """Copy the whole answer, unless something is selected that is copied instead."""
        if self.pane.composer.editor.textCursor().hasSelection() or not self._has_answer():
            return False
        transcript = self._transcript
        if transcript is not None and not transcript.shown.selection.is_empty:
            transcript.commands.copy_selection()
        else:
            self.copy_requested.emit()
        return True

    def copy_code(self) -> bool:
        """Copy the last block of code."""
        self.code_requested.emit()
        return True

    @Slot()
    def add_clipboard(self) -> bool:
        """Let the clipboard's text go with the question."""
        self.pane.composer.add_context(Source.CLIPBOARD)
        self.pane.composer.editor.setFocus()
        return True

    @Slot()
    def add_selection(self) -> bool:
        """Let the selected text go with the question."""
        self.pane.composer.add_context(Source.SELECTION)
        self.pane.composer.editor.setFocus()
        return True

    def complete_command(self) -> bool:
        """Take the marked command."""
        if not self.pane.commands.isVisible():
            return False
        self.pane.commands.choose()
        return True

    def go_up(self) -> bool:
        """Mark the command above."""
        return self._step(-1)

    def go_down(self) -> bool:
        """Mark the command below."""
        return self._step(1)

    def drop_context(self) -> bool:
        """At the beginning of the line, take the last chip away."""
        composer = self.pane.composer
        cursor = composer.editor.textCursor()
        texts = composer.context.texts()
        if cursor.position() or cursor.hasSelection() or not texts:
            return False
        composer.context.removed.emit(list(texts)[-1])
        return True

    def _step(self, by: int) -> bool:
        if not self.pane.commands.isVisible():
            return False
        self.pane.commands.step(by)
        return True

    def _has_answer(self) -> bool:
        transcript = self._transcript
        return transcript is not None and transcript.message_count() > 1

    def _is_running(self) -> bool:
        return not self.pane.composer.stop_button.isHidden()

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on keys that nobody inside has taken."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Go when something else is worked with."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            # At once, a menu or a dialog of its own would look like another program.
            self._focus_check.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the size that the user gives it."""
        super().resizeEvent(event)
        if self.isVisible() and event.spontaneous() and event.size() != self._asked_for:
            around = 2 * self.border
            height = self._limit.height() if self.pane.is_empty else event.size().height() - around
            self._limit = QSize(event.size().width() - around, height)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it is gone."""
        super().hideEvent(event)
        self._hidden_at = time.monotonic()
        self.hidden.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide: it is made once."""
        event.ignore()
        self.hide()

    def outside_pressed(self) -> None:
        """Take a press on the shadow for one beside the window."""
        if not self.is_pinned:
            self.hide()

    @Slot()
    def _hide_if_left(self) -> None:
        if self.is_pinned or self.isActiveWindow() or QApplication.activePopupWidget() is not None:
            return
        active = QApplication.activeModalWidget() or QApplication.activeWindow()
        parent = active
        while parent is not None and parent is not self:
            parent = parent.parentWidget()
        if parent is None:
            self.hide()


def _usual_size() -> QSize:
    sizes = quick_metrics()
    return QSize(column_width() + 2 * sizes.margin, sizes.height)


def _size_from(text: str) -> QSize | None:
    """Return the size that `size_text` gave; None for anything else."""
    width, _, height = text.partition("x")
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in (width, height)):
        return None
    sizes = quick_metrics()
    return QSize(int(width), int(height)).expandedTo(QSize(sizes.least_width, sizes.least_height))
