"""Says what keeps the conversations from the disk, and does what can be done about it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal, Slot

from core.errors import Fault, StorageError
from core.storage.backup import put_back
from core.storage.copies import StoreCopy, newest_good_copy
from gui.sentences import translated_sentence
from gui.tasks import TaskScope
from gui.transfer.open_folder import open_folder
from gui.transfer.put_back_question import PutBackQuestion
from gui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_DAY_AND_MONTH = "d MMMM"

_LASTING = {Fault.STORE_DAMAGED, Fault.STORE_NEWER}
"""What writing somewhere else in the file does not disprove."""


class _Remedy(Enum):
    """What a button in the notice does."""

    NONE = auto()
    TRY_AGAIN = auto()
    OPEN_FOLDER = auto()
    PUT_BACK = auto()


class StoreTrouble(QObject):
    """Shows a `StorageError` in `banner`; nothing in the folder changes unless the user agrees.

    Signals:
        retry_requested: the user wants to know whether it works now: open the store, or save again
            what could not be saved.
        reopen_requested: a copy is in the place of the damaged file: open the store anew.
    """

    retry_requested = Signal()
    reopen_requested = Signal()

    def __init__(
        self,
        file: Path,
        *,
        scope: TaskScope,
        window: QWidget,
        close_store: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Be ready for troubles with the store in `file`.

        `close_store` lets go of it, open or not, so that it can be replaced; `clock` gives
        seconds since 1970.
        """
        super().__init__(window)
        self._file = file
        self._scope = scope
        self._window = window
        self._close_store = close_store
        self._clock = clock
        self._error: StorageError | None = None
        self._copy: StoreCopy | None = None
        self._task: asyncio.Task[Any] | None = None
        self._remedies = (_Remedy.NONE, _Remedy.NONE)
        self.banner = Banner()
        self.banner.setObjectName("storeBanner")

        self.banner.action_requested.connect(self._on_banner_action_requested)
        self.banner.other_action_requested.connect(self._on_banner_other_action_requested)

    @property
    def is_busy(self) -> bool:
        """Whether a copy is looked for, or put back."""
        return self._task is not None

    @Slot(object)
    def show_error(self, error: StorageError) -> None:
        """Say what is wrong, and offer what can be done."""
        if self.is_busy:
            return  # it is about the same file
        self._error = error
        if error.fault is Fault.STORE_DAMAGED:
            self._show_damage(self.tr("A copy of it is looked for."), _Remedy.OPEN_FOLDER)
            self._task = self._scope.start(
                self._find_copy(), name="find copy", on_done=self._on_copy_sought
            )
        elif error.fault is Fault.STORE_NEWER:
            self._show(translated_sentence(error), _Remedy.OPEN_FOLDER)
        elif error.fault is Fault.STORE_LOCKED:
            self._show(translated_sentence(error), _Remedy.TRY_AGAIN)
        else:
            self._show(translated_sentence(error), _Remedy.TRY_AGAIN, _Remedy.OPEN_FOLDER)

    @Slot()
    def clear(self) -> None:
        """Say no more that something is wrong: it works again."""
        if self._error is not None:
            self._error = None
            self.banner.clear()

    @Slot()
    def note_saved(self) -> None:
        """Say no more that nothing can be saved, for something was; damage is still said."""
        if self._error is not None and self._error.fault not in _LASTING:
            self.clear()

    def _show_damage(self, hope: str, *remedies: _Remedy) -> None:
        text = self.tr(
            "The file with your conversations, {file}, is damaged or of another kind. It was left"
            " as it is. {hope}"
        )
        self._show(text.format(file=self._file, hope=hope), *remedies)

    def _show(self, text: str, first: _Remedy, second: _Remedy = _Remedy.NONE) -> None:
        self._remedies = (first, second)
        self.banner.show_text(text, self._name(first), self._name(second))

    def _name(self, remedy: _Remedy) -> str:
        if remedy is _Remedy.PUT_BACK and self._copy is not None:
            return self.tr("Put back the copy of {day}").format(day=_day(self._copy))
        return {
            _Remedy.TRY_AGAIN: self.tr("Try again"),
            _Remedy.OPEN_FOLDER: self.tr("Open the folder"),
        }.get(remedy, "")

    @Slot()
    def _on_banner_action_requested(self) -> None:
        self._apply(self._remedies[0])

    @Slot()
    def _on_banner_other_action_requested(self) -> None:
        self._apply(self._remedies[1])

    def _apply(self, remedy: _Remedy) -> None:
        if remedy is _Remedy.OPEN_FOLDER:
            open_folder(self._file.parent)
        elif remedy is _Remedy.TRY_AGAIN:
            self.banner.clear()
            self.retry_requested.emit()
        elif remedy is _Remedy.PUT_BACK and self._copy is not None:
            question = PutBackQuestion(self._copy, self._window)
            question.accepted.connect(self._put_back)
            question.open()

    async def _find_copy(self) -> StoreCopy | None:
        cancelled = threading.Event()
        try:
            return await asyncio.to_thread(
                newest_good_copy, self._file.parent / "backups", is_cancelled=cancelled.is_set
            )
        except asyncio.CancelledError:
            cancelled.set()
            raise

    def _on_copy_sought(self, task: asyncio.Task[StoreCopy | None]) -> None:
        self._task = None
        if task.cancelled() or task.exception() is not None:
            return
        self._copy = task.result()
        if self._copy is None:
            hope = self.tr("There is no copy of it that could be put in its place.")
            self._show_damage(hope, _Remedy.OPEN_FOLDER)
        else:
            hope = self.tr("The copy of {day} is whole.").format(day=_day(self._copy))
            self._show_damage(hope, _Remedy.PUT_BACK, _Remedy.OPEN_FOLDER)

    @Slot()
    def _put_back(self) -> None:
        if self._copy is not None and not self.is_busy:
            self.banner.clear()
            self._task = self._scope.start(
                self._replace(self._copy), name="put back", on_done=self._on_put_back_done
            )

    async def _replace(self, copy: StoreCopy) -> Path | StorageError:
        """Return where the damaged file lies from now on, or why it is where it was."""
        try:
            await self._close_store()
            return await asyncio.to_thread(put_back, self._file, copy.path, now=self._clock())
        except StorageError as exc:
            return exc

    def _on_put_back_done(self, task: asyncio.Task[Path | StorageError]) -> None:
        self._task = None
        if task.cancelled() or task.exception() is not None:
            return
        result = task.result()
        if isinstance(result, StorageError):
            self.show_error(result)
            return
        self._error = None
        text = self.tr("The copy of {day} is back in its place. The damaged file is now {name}.")
        if self._copy is not None:
            text = text.format(day=_day(self._copy), name=result.name)
            self._show(text, _Remedy.OPEN_FOLDER)
        self.reopen_requested.emit()


def _day(copy: StoreCopy) -> str:
    """Return the day of a copy, with its year where that is another one."""
    day = QDateTime.fromSecsSinceEpoch(round(copy.made_at)).date()
    is_this_year = day.year() == QDateTime.currentDateTime().date().year()
    return QLocale().toString(day, _DAY_AND_MONTH if is_this_year else f"{_DAY_AND_MONTH} yyyy")
