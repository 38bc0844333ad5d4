"""Joins what the user does, the engine, and what the transcript shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.chat import new_conversation, with_answer, with_question, without_answer
from core.errors import ChatError, InvalidPromptError
from core.events import StreamEvent, TextDelta
from core.models import Conversation, Profile, Role
from core.reply import Reply, ReplyState
from gui.tasks import TaskScope

FRAME_MILLISECONDS = 16

OpenReply = Callable[[Conversation, Profile], Awaitable[Reply]]
"""Gives the reply to a conversation's last question, ready to run; may raise ChatError."""


class ConversationController(QObject):
    """One conversation, with at most one reply in flight.

    Signals:
        message_added: a `Message` of the user joined the conversation.
        answer_started: the first words of an answer are about to come; with its `Profile`.
        text_arrived: more of the answer; at most once a frame.
        state_changed: the `ReplyState` of the reply in flight.
        reply_finished: the reply is over, in this `ReplyState`.
        failed: it is over because of this `ChatError`; comes after `reply_finished`.
        answer_discarded: the last answer is about to be asked for again.
        conversation_started: everything so far is gone; a new conversation begins.
        profile_changed: from the next question on, this `Profile` is asked.
    """

    message_added = Signal(object)
    answer_started = Signal(object)
    text_arrived = Signal(str)
    state_changed = Signal(object)
    reply_finished = Signal(object)
    failed = Signal(object)
    answer_discarded = Signal()
    conversation_started = Signal()
    profile_changed = Signal(object)

    def __init__(
        self,
        open_reply: OpenReply,
        profile: Profile,
        *,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_reply = open_reply
        self._scope = scope
        self._profile = profile
        self._asked = profile
        self._conversation = new_conversation()
        self._state: ReplyState | None = None
        self._task: asyncio.Task[Any] | None = None
        self._reply: Reply | None = None
        self._pending: list[str] = []
        self._has_text = False

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
    def profile(self) -> Profile:
        """Who is asked next."""
        return self._profile

    @property
    def asked(self) -> Profile:
        """Who was asked last."""
        return self._asked

    @property
    def state(self) -> ReplyState | None:
        """Where the last reply stands; None before the first question."""
        return self._state

    @property
    def is_running(self) -> bool:
        """Whether a reply is in flight."""
        return self._task is not None

    @property
    def last_answer(self) -> str:
        """The text of the newest answer, as far as it has arrived; empty when there is none."""
        if self._reply is not None and self.is_running and self._reply.text:
            return self._reply.text
        answers = (m.text for m in reversed(self._conversation.messages) if m.role is not Role.USER)
        return next(answers, "")

    def send(self, text: str) -> bool:
        """Add the user's message and ask for a reply.

        Returns False, and leaves everything as it is, while a reply is in flight and when there
        is nothing in `text` to send.
        """
        if self.is_running:
            return False
        try:
            self._conversation = with_question(self._conversation, text)
        except InvalidPromptError:
            return False
        self.message_added.emit(self._conversation.messages[-1])
        self._ask()
        return True

    @Slot()
    def stop(self) -> None:
        """End the reply in flight; what has arrived of it stays."""
        if self._task is None:
            return
        task, reply = self._task, self._reply
        task.cancel()
        if reply is not None and reply.finish_reason is not None:
            return  # it is complete and only hangs up: let it end as what it is
        if reply is not None:
            reply.abandon()
        # The task still has to hang up. Its scope waits for that; the next question need not.
        self._settle(ReplyState.STOPPED)

    @Slot()
    def retry(self) -> None:
        """Ask the last question again; a new answer takes the place of the last one."""
        question = without_answer(self._conversation)
        if self.is_running or not question.messages:
            return
        self._conversation = question
        self.answer_discarded.emit()
        self._ask()

    @Slot()
    def start_conversation(self) -> None:
        """Stop the reply in flight and begin anew."""
        self.stop()
        self._conversation = new_conversation()
        self._reply = None
        self._state = None
        self.conversation_started.emit()

    def set_profile(self, profile: Profile) -> None:
        """Ask `profile` from the next question on."""
        self._profile = profile
        self.profile_changed.emit(profile)

    def _ask(self) -> None:
        self._reply = None
        self._has_text = False
        self._asked = self._profile
        self._set_state(ReplyState.CONNECTING)
        self._task = self._scope.start(self._run(), name="reply", on_done=self._on_task_done)

    async def _run(self) -> None:
        reply = await self._open_reply(self._conversation, self._asked)
        self._reply = reply
        await reply.run(partial(self._take, reply))

    def _take(self, reply: Reply, event: StreamEvent) -> None:
        if reply is not self._reply or self._task is None:
            return
        if reply.state is not self._state and not reply.state.is_over:
            self._set_state(reply.state)
        if type(event) is TextDelta:
            self._pending.append(event.text)
            if not self._frame.isActive():
                self._frame.start()

    def _on_task_done(self, task: asyncio.Task[Any]) -> None:
        if task is not self._task:
            return  # stopped before, and settled then
        error = None if task.cancelled() else task.exception()
        reply = self._reply
        if error is not None:
            state = ReplyState.FAILED
        elif reply is not None and reply.state.is_over:
            state = reply.state
        else:
            state = ReplyState.STOPPED
        self._settle(state)
        if isinstance(error, ChatError):
            self.failed.emit(error)

    def _settle(self, state: ReplyState) -> None:
        self._frame.stop()
        self._hand_on()
        self._task = None
        if self._reply is not None:
            self._conversation = with_answer(self._conversation, self._reply)
        self._set_state(state)
        self.reply_finished.emit(state)

    @Slot()
    def _on_frame_timeout(self) -> None:
        if not self._pending:
            self._frame.stop()
        self._hand_on()

    def _hand_on(self) -> None:
        if not self._pending:
            return
        text = "".join(self._pending)
        self._pending.clear()
        if not self._has_text:
            self._has_text = True
            self.answer_started.emit(self._asked)
        self.text_arrived.emit(text)

    def _set_state(self, state: ReplyState) -> None:
        self._state = state
        self.state_changed.emit(state)
