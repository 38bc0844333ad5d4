"""The reply in flight of one conversation: asked, handed on once a frame, and kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.chat import with_branch
from core.errors import ChatError
from core.events import (
    ProviderChanged,
    ReasoningDelta,
    RetryScheduled,
    StreamEvent,
    TextDelta,
)
from core.models import Conversation, Profile, Role
from core.recorded_reply import RecordedReply
from core.reply import Reply, ReplyState
from core.reply_keeper import OpenStore
from gui.frame_batch import FrameBatch
from gui.reply_progress import ReplyProgress
from gui.tasks import TaskScope

OpenReply = Callable[[Conversation, Profile], Awaitable[Reply]]
"""Gives the reply to a conversation's last question, ready to run; may raise ChatError."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where answers come from, and where they are kept."""

    open_reply: OpenReply
    open_store: OpenStore


class LiveReply(QObject):
    """A conversation, and at most one answer that is being written at its end.

    Signals:
        branch_changed: from this index on the messages are those of `conversation`.
        answer_started: the first words of an answer are about to come; with its `Message`.
        answer_reopened: the last answer goes on; its text stays.
        text_arrived: more of the answer; at most once a frame.
        reasoning_arrived: more of what the model thinks; at most once a frame.
        state_changed: the `ReplyState` of the reply in flight.
        retry_scheduled: nothing has come, and it is asked again; with its `RetryScheduled`.
        provider_changed: another profile is asked in its place; with its `ProviderChanged`.
        reply_finished: the reply is over, in this `ReplyState`.
        failed: it is over because of this `ChatError`; comes after `reply_finished`.
        not_saved: this `StorageError` keeps what is said from the disk.
    """

    branch_changed = Signal(int)
    answer_started = Signal(object)
    answer_reopened = Signal()
    text_arrived = Signal(str)
    reasoning_arrived = Signal(str)
    state_changed = Signal(object)
    retry_scheduled = Signal(object)
    provider_changed = Signal(object)
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
        self._progress: ReplyProgress | None = None
        self._task: asyncio.Task[Any] | None = None
        self._recorded: RecordedReply | None = None
        self._is_answer_shown = False
        self._again: tuple[int, Callable[[Profile], None]] | None = None
        self._batch = FrameBatch(self)

        self._batch.due.connect(self._hand_on)

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
        return None if self._progress is None else self._progress.state

    @property
    def progress(self) -> ReplyProgress | None:
        """The same with its times, and what was said on the way; None before the first question."""
        return self._progress

    @property
    def is_running(self) -> bool:
        """Whether a reply is in flight."""
        return self._task is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether the disk refused some of it, and has not taken it since."""
        return self._recorded is not None and self._recorded.is_unsaved

    @property
    def last_answer(self) -> str:
        """The text of the newest answer, as far as it has arrived; empty when there is none."""
        if self._recorded is not None and self.is_running and self._recorded.text:
            return self._recorded.text
        answers = (m.text for m in reversed(self._conversation.messages) if m.role is not Role.USER)
        return next(answers, "")

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

    def keep_waiting(self) -> None:
        """Bear the silence of the service in flight, however long it lasts."""
        if self._recorded is not None and self.is_running:
            self._recorded.keep_waiting()

    def retry_now(self) -> None:
        """Ask again at once what is to be asked again later."""
        if self._recorded is not None and self.is_running:
            self._recorded.retry_now()

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

    def _ask(
        self,
        conversation: Conversation,
        profile: Profile,
        *,
        continues: bool = False,
        fallback: Conversation | None = None,
    ) -> None:
        self._asked = profile
        self._progress = None
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
        if state is not self.state and not state.is_over:
            self._set_state(state)
        match event:
            case TextDelta() | ReasoningDelta():
                self._batch.add(event)
            case RetryScheduled():
                self._note(retry=event)
                self.retry_scheduled.emit(event)
            case ProviderChanged():
                self._asked = event.profile
                self._note(change=event)
                self.provider_changed.emit(event)

    def _on_task_done(self, recorded: RecordedReply, task: asyncio.Task[Any]) -> None:
        if task is not self._task:
            return  # stopped before, and settled then
        error = None if task.cancelled() else task.exception()
        recorded.abandon()  # for a task that never took its first step
        self._settle(recorded, ReplyState.FAILED if error is not None else recorded.state)
        if isinstance(error, ChatError):
            self.failed.emit(error)

    def _settle(self, recorded: RecordedReply, state: ReplyState) -> None:
        self._batch.stop()
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

    @Slot()
    def _hand_on(self) -> None:
        """Give what came since the last frame to whoever shows it, in the order it came in."""
        reasoning, text = self._batch.take()
        if not reasoning and not text:
            return
        if not self._is_answer_shown and self._recorded is not None:
            self._is_answer_shown = True
            # It may have ended since: what is handed on begins with nothing all the same.
            answer = replace(self._recorded.message, text="", reasoning="")
            self.answer_started.emit(answer)
        if reasoning:
            self.reasoning_arrived.emit(reasoning)
        if text:
            self.text_arrived.emit(text)

    def _set_state(self, state: ReplyState) -> None:
        before, now = self._progress, time.monotonic()
        if before is None:
            self._progress = ReplyProgress(state, now, asked_at=now)
        else:
            self._progress = replace(before, state=state, since=now, retry=None)
        self.state_changed.emit(state)

    def _note(self, **said: Any) -> None:
        if self._progress is not None:
            self._progress = replace(self._progress, **said)
