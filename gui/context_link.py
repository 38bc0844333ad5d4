"""Shows what of a conversation fits into the model, and lets the user choose what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Slot

from core.context import (
    IMAGE_TOKENS,
    Cut,
    History,
    WhenTooLong,
    far_too_few,
    prompt_of,
    question_size,
    reserve_of,
    size_of,
    smaller_window,
    to_send,
    when_too_long,
)
from core.errors import ChatError, ContextLengthError
from core.models import Conversation, Message, Profile, Role
from core.options import WHEN_TOO_LONG
from core.profiles import resolved
from core.settings import Settings
from gui.context_windows import ContextWindows
from gui.conversation_controller import ConversationController
from gui.conversation_pane import ConversationPane
from gui.conversation_view import ConversationView

if TYPE_CHECKING:
    from gui.widgets.context_meter import ContextMeter, ContextUse

_PAUSE_MILLISECONDS = 200
"""What is typed is counted when the user has paused for this long."""
_SLICE = 0.004
"""Seconds that a long conversation is counted for at once, so that the window goes on."""
_OLLAMA_PORT = ":11434"


class ContextLink(QObject):
    """Joins the controller, the composer and the meter, which is made when it is first needed."""

    def __init__(
        self,
        controller: ConversationController,
        pane: ConversationPane,
        view: ConversationView,
        *,
        windows: ContextWindows,
        settings: Callable[[], Settings],
    ) -> None:
        super().__init__(view)
        self._controller = controller
        self._pane = pane
        self._view = view
        self._windows = windows
        self._settings = settings
        self._meter: ContextMeter | None = None
        self._error: ContextLengthError | None = None
        self._profile = controller.profile
        """Whom the history is for, with everything filled in."""
        self._messages: tuple[Message, ...] = ()
        self._counted = 0
        self._history: History | None = None
        self._cut: Cut | None = None
        self._is_known = False
        """Whether `_messages` are those of the conversation."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)

        self._timer.timeout.connect(self._count)
        view.error_row.set_can_trim(self._can_trim)
        view.error_row.trim_requested.connect(self.trim)
        pane.composer.changed.connect(self._on_composer_changed)
        controller.message_added.connect(self._on_conversation_changed)
        controller.branch_changed.connect(self._on_conversation_changed)
        controller.conversation_opened.connect(self._on_conversation_changed)
        controller.reply_finished.connect(self._on_controller_reply_finished)
        controller.failed.connect(self._on_controller_failed)
        controller.profile_changed.connect(self.refresh)
        self.refresh()

    @property
    def meter(self) -> ContextMeter:
        """What shows it."""
        if self._meter is None:
            from gui.widgets.context_meter import ContextMeter  # noqa: PLC0415 - few need it

            self._meter = meter = ContextMeter()
            self._pane.add_below_composer(meter)
            meter.choice_made.connect(self._on_meter_choice_made)
            meter.place_requested.connect(self._on_meter_place_requested)
        return self._meter

    @Slot()
    def refresh(self) -> None:
        """Look at everything again: the settings, the profile or its window may have changed."""
        self._is_known = False
        self._timer.start(0)

    @Slot()
    def trim(self) -> None:
        """Leave out the oldest, because the service refused it all, and ask again."""
        error = self._error
        if error is None or self._controller.is_running:
            return
        asked = self._filled_in(self._controller.asked)
        window = smaller_window(error, sent=self._sent(asked).tokens, window=asked.context_window)
        self._windows.limit(asked, window)
        if when_too_long(asked) is WhenTooLong.NOTHING:
            self._choose(WhenTooLong.OLDEST)
        self._controller.retry()
        self._pane.composer.setFocus()
        self.refresh()

    def _filled_in(self, profile: Profile) -> Profile:
        conversation = self._controller.conversation
        return self._windows.filled_in(resolved(profile, self._settings(), conversation))

    def _sent(self, profile: Profile) -> Cut:
        """Return how much of the conversation was sent to a profile the last time."""
        return self._cut_of(History(prompt_of(self._controller.conversation, profile)), profile)

    def _cut_of(self, history: History, profile: Profile, *, question: int = 0) -> Cut:
        window = profile.context_window
        return history.cut(
            window=window,
            reserve=reserve_of(profile, window),
            when_too_long=when_too_long(profile),
            question=question,
        )

    def _can_trim(self) -> bool:
        """Whether less can be sent than was: never less than the question and the prompt."""
        asked = self._filled_in(self._controller.asked)
        history = History(prompt_of(self._controller.conversation, asked))
        least = history.cut(window=1, reserve=0, when_too_long=WhenTooLong.OLDEST)
        return least.tokens < self._cut_of(history, asked).tokens

    @Slot()
    def _count(self) -> None:
        """Count the messages, some at a time, and then show what would be sent."""
        if not self._is_known:
            self._begin()
        if self._profile.context_window is None:
            self._show(None)
            return
        end = perf_counter() + _SLICE
        while self._counted < len(self._messages):
            size_of(self._messages[self._counted])  # which remembers it
            self._counted += 1
            if perf_counter() > end:
                self._timer.start(0)
                return
        if self._history is None:
            self._history = History(self._messages)
        self._show(self._use_of(self._history))

    def _begin(self) -> None:
        self._profile = self._filled_in(self._controller.profile)
        self._messages = ()
        if self._profile.context_window is not None:
            self._messages = prompt_of(self._controller.conversation, self._profile)
        self._counted, self._history, self._cut = 0, None, None
        self._is_known = True

    def _use_of(self, history: History) -> ContextUse | None:
        from gui.widgets.context_meter import ContextUse  # noqa: PLC0415 - see `meter`

        composer = self._pane.composer
        # Each for itself: what was pasted is long, and stays the same while one types.
        question = question_size(composer.editor.text(), composer.files())
        question += question_size(composer.chip.text())
        self._cut = cut = self._cut_of(history, self._profile, question=question)
        window = self._profile.context_window
        if window is None:
            return None
        first = history.messages[0].role is Role.SYSTEM if history.messages else False
        return ContextUse(
            tokens=cut.tokens,
            question=question,
            window=window,
            reserve=reserve_of(self._profile, window),
            choice=when_too_long(self._profile),
            left_out=cut.count,
            is_from_start=cut.first <= int(first),
            has_later=cut.end < len(history.messages),
        )

    def _show(self, use: ContextUse | None) -> None:
        if self._meter is not None or (use is not None and use.is_worth_a_look):
            self.meter.show_use(use)

    def _choose(self, choice: WhenTooLong) -> None:
        self._controller.set_parameter(WHEN_TOO_LONG.name, choice.value)

    @Slot(object)
    def _on_meter_choice_made(self, choice: WhenTooLong) -> None:
        self._choose(choice)
        self.refresh()

    @Slot()
    def _on_meter_place_requested(self) -> None:
        if self._cut is None or self._cut.end >= len(self._messages):
            return
        index = self._view.transcript.index_of(self._messages[self._cut.end].id)
        if index is not None:
            self._view.transcript.scroll_to_message(index)

    @Slot()
    def _on_composer_changed(self) -> None:
        self._timer.start(_PAUSE_MILLISECONDS)

    @Slot()
    def _on_conversation_changed(self) -> None:
        self._error = None
        if self._meter is not None:
            self._meter.show_notice("")
        self.refresh()

    @Slot(object)
    def _on_controller_failed(self, error: ChatError) -> None:
        self._error = error if isinstance(error, ContextLengthError) else None

    @Slot()
    def _on_controller_reply_finished(self) -> None:
        self.refresh()
        conversation = self._controller.conversation
        last = conversation.messages[-1] if conversation.messages else None
        if last is None or last.role is not Role.ASSISTANT or not last.prompt_tokens:
            return
        question = replace(conversation, messages=conversation.messages[:-1])
        asked = self._filled_in(self._controller.asked)
        estimated = _words_sent(question, asked)
        if far_too_few(estimated, last.prompt_tokens):
            self.meter.show_notice(self._warning(asked, last.prompt_tokens, estimated))

    def _warning(self, profile: Profile, seen: int, sent: int) -> str:
        text = self.tr(
            "The service saw about {seen} of {sent} tokens:"
            " its context window is smaller than what was sent."
        ).format(seen=QLocale().toString(seen), sent=QLocale().toString(sent))
        if profile.preset == "ollama" or _OLLAMA_PORT in profile.address:
            text = f"{text} {self.tr('In Ollama, a higher num_ctx makes it larger.')}"
        return text


def _words_sent(question: Conversation, profile: Profile) -> int:
    """Return about how many tokens a service got; pictures, which each counts its way, aside."""
    messages = to_send(question, profile).messages
    pictures = sum(file.is_image for message in messages for file in message.attachments)
    return sum(map(size_of, messages)) - pictures * IMAGE_TOKENS
