"""One conversation in memory, with at most one reply in flight, whoever looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.chat import (
    asking,
    first_difference,
    position,
    with_branch,
    with_edited,
    with_pending_answer,
    with_question,
    with_title,
)
from core.errors import ChatError, InvalidPromptError
from core.events import ReasoningDelta, StreamEvent, TextDelta
from core.models import Conversation, Profile, Role
from core.recorded_reply import RecordedReply
from core.reply import Reply, ReplyState
from core.reply_keeper import OpenStore
from gui.tasks import TaskScope

FRAME_MILLISECONDS = 16

OpenReply = Callable[[Conversation, Profile], Awaitable[Reply]]
"""Gives the reply to a conversation's last question, ready to run; may raise ChatError."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where answers come from, and where they are kept."""

    open_reply: OpenReply
    open_store: OpenStore


class LiveConversation(QObject):
    """Asks, hands on what comes once a frame, and keeps it; shown by any number of windows.

    Signals:
        message_added: a `Message` of the user joined the conversation.
        branch_changed: from this index on the messages are those of `conversation`.
        answer_started: the first words of an answer are about to come; with its `Message`.
        answer_reopened: the last answer goes on; its text stays.
        text_arrived: more of the answer; at most once a frame.
        reasoning_arrived: more of what the model thinks; at most once a frame.
        state_changed: the `ReplyState` of the reply in flight.
        reply_finished: the reply is over, in this `ReplyState`.
        failed: it is over because of this `ChatError`; comes after `reply_finished`.
        not_saved: this `StorageError` keeps what is said from the disk.
    """

    message_added = Signal(object)
    branch_changed = Signal(int)
    answer_started = Signal(object)
    answer_reopened = Signal()
    text_arrived = Signal(str)
    reasoning_arrived = Signal(str)
    state_changed = Signal(object)
    reply_finished = Signal(object)
    failed = Signal(object)
    not_saved = Signal(object)

    def __init__(
        self,
        conversation: Conversation,
        *,
        sources: Sources,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = sources
        self._scope = scope
        self._conversation = conversation
        self._asked: Profile | None = None
        self._state: ReplyState | None = None
        self._task: asyncio.Task[Any] | None = None
        self._recorded: RecordedReply | None = None
        self._pending: list[TextDelta | ReasoningDelta] = []
        self._is_answer_shown = False
        self._again: tuple[int, Callable[[Profile], None]] | None = None
        self._is_stale = False

        # Runs only while there is something to hand on: an idle window wakes nobody up.
        self._frame = QTimer(self)
        self._frame.setInterval(FRAME_MILLISECONDS)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)

        self._frame.timeout.connect(self._on_frame_timeout)

    @property
    def conversation(self) -> Conversation:
        """What has been said; without the answer that is still in flight."""
        return self._conversation

    @property
    def shown(self) -> Conversation:
        """What a view that joins now has to show: what has been handed on, open end included."""
        self._hand_on()
        if self._recorded is None or self._task is None or not self._is_answer_shown:
            return self._conversation
        recorded = self._recorded
        messages = (*recorded.conversation.messages[:-1], recorded.message)
        return with_branch(self._conversation, replace(recorded.conversation, messages=messages))

    def versions_of(self, message_id: int) -> tuple[int, ...]:
        """Return a message and its siblings, the oldest first; empty when it has none."""
        versions = self._conversation.versions
        if self._recorded is not None and self.is_running:
            versions = self._recorded.conversation.versions
        return versions.get(message_id, ())

    @property
    def asked(self) -> Profile | None:
        """Who was asked last; None before the first question of this run."""
        return self._asked

    @property
    def state(self) -> ReplyState | None:
        """Where the last reply stands; None before the first question of this run."""
        return self._state

    @property
    def is_running(self) -> bool:
        """Whether a reply is in flight."""
        return self._task is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether the disk refused some of it, and has not taken it since."""
        return self._recorded is not None and self._recorded.is_unsaved

    @property
    def is_stale(self) -> bool:
        """Whether the store has another value, which could not be taken during a reply."""
        return self._is_stale

    @property
    def last_answer(self) -> str:
        """The text of the newest answer, as far as it has arrived; empty when there is none."""
        if self._recorded is not None and self.is_running and self._recorded.text:
            return self._recorded.text
        answers = (m.text for m in reversed(self._conversation.messages) if m.role is not Role.USER)
        return next(answers, "")

    def send(self, text: str, profile: Profile) -> bool:
        """Add the user's message and ask for a reply.

        Returns False, and leaves everything as it is, while a reply is in flight and when there
        is nothing in `text` to send.
        """
        if self.is_running:
            return False
        try:
            asked = with_question(self._conversation, text)
        except InvalidPromptError:
            return False
        asked = with_title(replace(asked, draft=""))  # what was drafted is said now
        self._conversation = asking(asked, profile)
        self.message_added.emit(self._conversation.messages[-1])
        self._ask(with_pending_answer(self._conversation, profile), profile)
        return True

    def edit(self, message_id: int, text: str, profile: Profile) -> bool:
        """Ask a question in other words; the old ones and what followed stay a version.

        Returns False as `send` does, and when the message is not on the branch.
        """
        if self.is_running:
            return False
        try:
            index = position(self._conversation, message_id)
            edited = with_edited(self._conversation, message_id, text)
        except (InvalidPromptError, KeyError):
            return False
        self._conversation = asking(edited, profile)
        self.branch_changed.emit(index)
        self._ask(with_pending_answer(self._conversation, profile), profile)
        return True

    def retry(self, profile: Profile) -> None:
        """Ask the last question again; an answer that is there becomes a version.

        What came to nothing is tried again as what it was: another version, or going on.
        """
        last = self._conversation.messages[-1] if self._conversation.messages else None
        if last is None or self.is_running:
            return
        if self._again is not None and self._has(self._again[0]):
            self._again[1](profile)
        elif last.role is Role.ASSISTANT:
            self.regenerate(last.id, profile)
        else:
            self.branch_changed.emit(len(self._conversation.messages))
            # Beside an answer that is in the trash, not after it.
            question = replace(self._conversation, leaf_id=last.id)
            self._ask(with_pending_answer(question, profile), profile)

    def regenerate(self, message_id: int, profile: Profile) -> None:
        """Ask for another version of an answer; what followed it stays with the old one.

        When nothing comes of it, the old answer is shown again.
        """
        if self.is_running or not self._has(message_id):
            return
        before = self._conversation
        index = position(before, message_id)
        pending = asking(with_pending_answer(before, profile, instead_of=message_id), profile)
        question = replace(pending, messages=pending.messages[:-1])
        self._conversation = with_branch(before, question)
        self.branch_changed.emit(index)
        self._ask(pending, profile, fallback=before)
        self._again = message_id, partial(self.regenerate, message_id)

    def continue_answer(self, profile: Profile) -> None:
        """Let the service go on with the last answer."""
        last = self._conversation.messages[-1] if self._conversation.messages else None
        if self.is_running or last is None or last.role is not Role.ASSISTANT:
            return
        if not last.text.strip():
            self.regenerate(last.id, profile)
            return
        self._is_answer_shown = True
        self.answer_reopened.emit()
        self._ask(self._conversation, profile, continues=True)
        self._again = last.id, self.continue_answer

    def stop(self) -> None:
        """End the reply in flight; what has arrived of it stays."""
        if self._task is None:
            return
        task, recorded = self._task, self._recorded
        task.cancel()
        if recorded is None or recorded.is_finished:
            return  # it is complete and only hangs up: let it end as what it is
        recorded.abandon()
        # The task still has to hang up. Its scope waits for that; the next question need not.
        self._settle(recorded, ReplyState.STOPPED)

    def replace(self, conversation: Conversation, index: int) -> None:
        """Take another value of the conversation, which differs from `index` on.

        During a reply it is not taken, but the conversation `is_stale` until it is.
        """
        self._is_stale = self.is_running
        if not self._is_stale:
            self._again = None
            self._conversation = replace(conversation, draft=self._conversation.draft)
            self.branch_changed.emit(index)

    def take(self, conversation: Conversation) -> None:
        """Take what the store has, and say from where on it is something else."""
        index = first_difference(self._conversation, conversation)
        if index is not None:
            self.replace(conversation, index)
        else:
            self._is_stale = False
            self.take_details(conversation)

    def become_stale(self) -> None:
        """Note that the store has another value, to be taken after the reply."""
        self._is_stale = True

    def take_details(self, conversation: Conversation) -> None:
        """Take title, folder and the like from another value of the conversation."""
        details = replace(conversation, draft=self._conversation.draft)
        self._conversation = with_branch(details, self._conversation)

    def set_draft(self, text: str) -> None:
        """Note what stands in the composer."""
        self._conversation = replace(self._conversation, draft=text)

    async def settled(self) -> None:
        """Wait until what has ended is on the disk, or could not be brought there."""
        task = self._task
        if task is not None and self._recorded is not None and self._recorded.is_finished:
            await asyncio.wait([task])  # it only hangs up
        if self._recorded is not None:
            await self._recorded.settled()

    async def kept(self) -> None:
        """Wait until the last reply is on the disk, however long that takes."""
        if self._recorded is not None:
            await self._recorded.kept()

    def give_up(self) -> None:
        """Try no more to keep what the disk refused: the program ends."""
        if self._recorded is not None:
            self._recorded.give_up()

    def _has(self, message_id: int) -> bool:
        return any(message.id == message_id for message in self._conversation.messages)

    def _ask(
        self,
        conversation: Conversation,
        profile: Profile,
        *,
        continues: bool = False,
        fallback: Conversation | None = None,
    ) -> None:
        self._asked = profile
        self._again = None
        if not continues:
            self._is_answer_shown = False
        self._recorded = recorded = RecordedReply(
            conversation,
            open_store=self._sources.open_store,
            open_reply=partial(self._open_reply, profile),
            on_unsaved=self.not_saved.emit,
            continues=continues,
            fallback=fallback,
            after=None if self._recorded is None else self._recorded.keeper,
        )
        self._set_state(ReplyState.CONNECTING)
        self._task = self._scope.start(
            recorded.run(partial(self._take, recorded)),
            name="reply",
            on_done=partial(self._on_task_done, recorded),
        )

    async def _open_reply(self, profile: Profile, conversation: Conversation) -> Reply:
        return await self._sources.open_reply(conversation, profile)

    def _take(self, recorded: RecordedReply, event: StreamEvent) -> None:
        if recorded is not self._recorded or self._task is None:
            return
        state = recorded.state
        if state is not self._state and not state.is_over:
            self._set_state(state)
        if isinstance(event, TextDelta | ReasoningDelta):
            self._pending.append(event)
            if not self._frame.isActive():
                self._frame.start()

    def _on_task_done(self, recorded: RecordedReply, task: asyncio.Task[Any]) -> None:
        if task is not self._task:
            return  # stopped before, and settled then
        error = None if task.cancelled() else task.exception()
        recorded.abandon()  # for a task that never took its first step
        self._settle(recorded, ReplyState.FAILED if error is not None else recorded.state)
        if isinstance(error, ChatError):
            self.failed.emit(error)

    def _settle(self, recorded: RecordedReply, state: ReplyState) -> None:
        self._frame.stop()
        self._hand_on()
        self._task = None
        count = len(self._conversation.messages)
        self._conversation = with_branch(self._conversation, recorded.conversation)
        if state is not ReplyState.FAILED:
            self._again = None
        self._set_state(state)
        self.reply_finished.emit(state)
        is_old_version_back = len(self._conversation.messages) > count
        if not recorded.is_kept and (self._is_answer_shown or is_old_version_back):
            self.branch_changed.emit(count)

    def _on_frame_timeout(self) -> None:
        if not self._pending:
            self._frame.stop()
        self._hand_on()

    def _hand_on(self) -> None:
        """Give what came since the last frame to whoever shows it, in the order it came in."""
        if not self._pending:
            return
        pieces = self._pending.copy()
        self._pending.clear()
        if not self._is_answer_shown and self._recorded is not None:
            self._is_answer_shown = True
            # It may have ended since: what is handed on begins with nothing all the same.
            answer = replace(self._recorded.conversation.messages[-1], text="", reasoning="")
            self.answer_started.emit(answer)
        for kind, signal in (
            (ReasoningDelta, self.reasoning_arrived),
            (TextDelta, self.text_arrived),
        ):
            text = "".join(piece.text for piece in pieces if type(piece) is kind)
            if text:
                signal.emit(text)

    def _set_state(self, state: ReplyState) -> None:
        self._state = state
        self.state_changed.emit(state)
