"""A dialog that does something long, and stays usable while it does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import ChatError
from core.transfer.report import Progress
from gui.metrics import metrics
from gui.sentences import translated_sentence
from gui.tasks import TaskScope
from gui.transfer.transfer_dialog import TransferDialog, dialog_button, dialog_label

T = TypeVar("T")


class WorkDialog(TransferDialog):
    """A body, a progress bar while something runs, what went wrong, and buttons.

    Esc and the window's cross cancel what runs, and close when nothing does.
    """

    def __init__(self, scope: TaskScope, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self._task: asyncio.Task[Any] | None = None
        self._can_cancel = True

        self.progress = QProgressBar()
        self.progress.setObjectName("workProgress")
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.message = dialog_label("workMessage")
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.hide()
        self.close_button = dialog_button("workCloseButton", self.tr("Cancel"))

        self.close_button.clicked.connect(self.reject)

    def assemble(self, body: Sequence[QWidget], buttons: Sequence[QPushButton]) -> None:
        """Lay out: Tab goes through the `body` first, and from Cancel on to the `buttons`."""
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(space)
        for widget in body:
            layout.addWidget(widget, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.message)
        row = QHBoxLayout()
        row.setSpacing(metrics().space_medium)
        row.addStretch(1)
        layout.addLayout(row)
        for button in (self.close_button, *buttons):
            row.addWidget(button)
        if buttons:
            buttons[0].setFocus()

    @property
    def is_working(self) -> bool:
        """Whether something runs."""
        return self._task is not None

    def begin(
        self,
        work: Callable[[Progress], Awaitable[T]],
        *,
        on_result: Callable[[T], None],
        can_cancel: bool = True,
    ) -> None:
        """Run `work`, unless something runs already.

        `on_result` gets what it returns; a `ChatError` is said here. `work` tells its progress.
        """
        if self._task is not None:
            return
        self._can_cancel = can_cancel
        self.close_button.setEnabled(can_cancel)
        self.close_button.setText(self.tr("Cancel"))
        self.message.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.show_working(is_working=True)
        self.fit()
        self._task = self._scope.start(
            self._guarded(work), name="transfer", on_done=partial(self._on_done, on_result)
        )

    def show_working(self, *, is_working: bool) -> None:
        """Take part in what runs or is over: such as by letting nothing be chosen meanwhile."""

    def show_cancelled(self) -> None:
        """Say what cancelling has left behind."""
        self.say(self.tr("Cancelled."))

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Show a sentence above the buttons, and let a screen reader say it."""
        self.message.setProperty("kind", "problem" if is_problem else "")
        self.message.style().polish(self.message)
        self.message.setText(text)
        self.message.show()
        self.fit()
        self.announce(text)

    def say_error(self, error: ChatError) -> None:
        """Show what went wrong."""
        self.say(translated_sentence(error), is_problem=True)

    def announce(self, text: str) -> None:
        """Let a screen reader say something."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def reject(self) -> None:
        """Cancel what runs, or close."""
        if self._task is None:
            super().reject()
        elif self._can_cancel:
            self._task.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay open until what runs has ended."""
        if self._task is None:
            super().closeEvent(event)
        else:
            event.ignore()
            self.reject()

    async def _guarded(self, work: Callable[[Progress], Awaitable[T]]) -> T | ChatError:
        """Return an expected error as a value: it is said here, and nowhere else."""
        task = asyncio.current_task()
        try:
            return await work(partial(self._show_progress, task))
        except ChatError as exc:
            return exc

    def _show_progress(self, task: object, done: int, of: int) -> None:
        # A thread whose task was cancelled may tell a little longer.
        if task is self._task:
            self.progress.setRange(0, max(1, of))
            self.progress.setValue(done)

    def _on_done(self, on_result: Callable[[T], None], task: asyncio.Task[T | ChatError]) -> None:
        self._task = None
        self.progress.hide()
        self.close_button.setEnabled(True)
        self.close_button.setText(self.tr("Close"))
        self.show_working(is_working=False)
        self.fit()
        if task.cancelled():
            self.show_cancelled()
            return
        if task.exception() is not None:
            return  # not expected: the loop's handler shows it
        result = task.result()
        if isinstance(result, ChatError):
            self.say_error(result)
        else:
            on_result(result)
