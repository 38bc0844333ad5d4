"""Says where the reply stands, in one quiet line."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from enum import Flag, StrEnum, auto

from PySide6.QtCore import QLocale, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

_CLOCK_MILLISECONDS = 1000
_COUNT_MILLISECONDS = 250
_LONG_WAIT = 20.0
"""Seconds without a first word after which something is offered."""
_STALL = 5.0
"""Seconds without more of an answer after which that is said …"""
_LONG_STALL = 10.0
"""… and after which something is offered."""
_RATE_AFTER = 1.0
"""Seconds of an answer before its speed is known."""
_LONGEST_WORD = 12
"""Characters a word on average; a script with more to the word has no words between spaces."""


class Phase(StrEnum):
    """Where a reply stands, as far as a person is told."""

    NONE = ""
    CONNECTING = "connecting"
    LOADING = "loading"
    RETRYING = "retrying"
    WAITING = "waiting"
    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    CUT = "cut"
    FAILED = "failed"

    @property
    def is_waiting(self) -> bool:
        """Whether the service has been asked and has said nothing."""
        return self in {Phase.CONNECTING, Phase.LOADING, Phase.WAITING}

    @property
    def is_running(self) -> bool:
        """Whether a reply is in flight."""
        return self.is_waiting or self in {Phase.RETRYING, Phase.STREAMING}


class Offer(Flag):
    """What is of use while one waits."""

    NOTHING = 0
    RETRY_NOW = auto()
    KEEP_WAITING = auto()
    STOP = auto()
    ELSEWHERE = auto()


class ReplyStatus(QLabel):
    """Connecting, waiting for so long, so many words a second, stalled, done.

    Its timer runs while there is something to count, and at no other time. Times are those of
    `clock`.

    Signals:
        offer_changed: what is of use now: an `Offer`.
    """

    offer_changed = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._phase = Phase.NONE
        self._offer = Offer.NOTHING
        self._characters = 0
        """Of the answer …"""
        self._streamed = 0
        """… and with its reasoning, since this status follows it …"""
        self._words = 0
        """… as words."""
        self._ends_in_word = False
        self._is_unlimited = False
        self._retry = 0, 0
        self._asked_at = 0.0
        self._waits_since = 0.0
        self._phase_at = 0.0
        self._phase_ends = 0.0
        self._heard_at = 0.0

        self.setObjectName("replyStatus")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._timer = QTimer(self)

        self._timer.timeout.connect(self.refresh)

    @property
    def phase(self) -> Phase:
        """What is shown now."""
        return self._phase

    @property
    def offer(self) -> Offer:
        """What is of use now."""
        return self._offer

    @property
    def is_ticking(self) -> bool:
        """Whether something is being counted."""
        return self._timer.isActive()

    def set_phase(self, phase: Phase, *, age: float = 0.0, asked_ago: float = 0.0) -> None:
        """Show where the reply stands; a new one begins with CONNECTING.

        One that is joined on its way has stood so for `age` seconds, and was `asked_ago`.
        """
        now = self._clock()
        if not self._phase.is_running:
            self._is_unlimited = False
            self._asked_at = now - asked_ago
        if phase is Phase.CONNECTING or not self._phase.is_running:
            self._count_from_nothing(phase)
        self._heard_at = now
        # The speed is measured from here on, also of an answer that has begun before.
        self._phase_at = now if phase is Phase.STREAMING else now - age
        if phase.is_waiting and not self._phase.is_waiting:
            self._waits_since = self._phase_at
        self._phase = phase
        self._start_timer()
        self.refresh()

    def show_retry(self, number: int, of: int, *, seconds: float) -> None:
        """Count down to the next attempt, so many seconds from now."""
        self._retry = number, of
        self._phase_ends = self._clock() + seconds
        self.set_phase(Phase.RETRYING)

    def count(self, characters: int) -> None:
        """Add to what has been answered; shown at the next tick."""
        self._characters += characters

    def count_text(self, text: str) -> None:
        """Add a piece of the answer that has come now."""
        self._characters += len(text)
        self.count_reasoning(text)

    def count_reasoning(self, text: str) -> None:
        """Add a piece of what the model thinks, which is no part of the answer."""
        if not text:
            return
        self._heard_at = self._clock()
        self._streamed += len(text)
        self._words += len(text.split())
        if self._ends_in_word and not text[0].isspace():
            self._words -= 1  # its first word began in the piece before
        self._ends_in_word = not text[-1].isspace()

    @Slot()
    def set_unlimited(self) -> None:
        """Say that this reply is waited for without a limit."""
        self._is_unlimited = True
        self.refresh()

    def _count_from_nothing(self, phase: Phase) -> None:
        if phase.is_running:  # an end is told with what was counted before it
            self._characters = self._streamed = self._words = 0
            self._ends_in_word = False

    def _start_timer(self) -> None:
        if self._phase.is_waiting:
            self._timer.start(_CLOCK_MILLISECONDS)
        elif self._phase.is_running:
            self._timer.start(_COUNT_MILLISECONDS)
        else:
            self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """Look at the clock; its own timer does that while something is counted."""
        now = self._clock()
        self.setText(self._sentence(now))
        offer = self._useful(now)
        if offer is not self._offer:
            self._offer = offer
            self.offer_changed.emit(offer)

    def _useful(self, now: float) -> Offer:
        if self._phase is Phase.RETRYING:
            return Offer.RETRY_NOW | Offer.STOP | Offer.ELSEWHERE
        is_long = self._phase.is_waiting and now - self._waits_since >= _LONG_WAIT
        if self._phase is Phase.STREAMING:
            is_long = now - self._heard_at >= _LONG_STALL
        if not is_long:
            return Offer.NOTHING
        offer = Offer.STOP | Offer.ELSEWHERE
        return offer if self._is_unlimited else offer | Offer.KEEP_WAITING

    def _sentence(self, now: float) -> str:
        match self._phase:
            case Phase.CONNECTING:
                text = self._with_clock(self.tr("Connecting…"), now)
            case Phase.LOADING:
                text = self._with_clock(self.tr("Loading the model…"), now)
            case Phase.WAITING:
                text = self._with_clock(self.tr("Waiting for the first word…"), now)
            case Phase.RETRYING:
                text = self._countdown(now)
            case Phase.STREAMING:
                text = self._speed(now)
            case Phase.COMPLETE:
                text = self._total(now)
            case Phase.STOPPED:
                text = self.tr("Stopped after %Ln characters", "", self._characters)
            case Phase.CUT:
                text = self.tr("Cut off after %Ln characters", "", self._characters)
            case _:
                text = ""
        return text

    def _with_clock(self, text: str, now: float) -> str:
        seconds = int(now - self._phase_at)
        if seconds < 1:
            return text
        template = self.tr("{text} {seconds} s")
        if self._is_unlimited:
            template = self.tr("{text} {seconds} s, without a limit")
        return template.format(text=text, seconds=seconds)

    def _countdown(self, now: float) -> str:
        number, of = self._retry
        seconds = max(0, math.ceil(self._phase_ends - now))
        text = self.tr("Trying again in {seconds} s, {number} of {of}")
        return text.format(seconds=seconds, number=number, of=of)

    def _speed(self, now: float) -> str:
        silence = now - self._heard_at
        if silence > _STALL:
            if self._is_unlimited:
                text = self.tr("Nothing new for {seconds} s, waiting without a limit")
            else:
                text = self.tr("Nothing new for {seconds} s")
            return text.format(seconds=int(silence))
        seconds = self._heard_at - self._phase_at
        if seconds < _RATE_AFTER:
            return self.tr("Answering…")
        if self._streamed > self._words * _LONGEST_WORD:
            rate = round(self._streamed / seconds)
            return self.tr("Answering: %Ln characters a second", "", rate)
        return self.tr("Answering: %Ln words a second", "", round(self._words / seconds))

    def _total(self, now: float) -> str:
        seconds = QLocale().toString(now - self._asked_at, "f", 1)
        text = self.tr("Done: %Ln characters in {seconds} s", "", self._characters)
        return text.format(seconds=seconds)
