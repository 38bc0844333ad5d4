"""One answer in flight that is on the disk before it is asked for, and while it is written."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from core.chat import (
    Clock,
    answer_of,
    asking_to_continue,
    with_message,
    with_title,
)
from core.continuation import ContinuationJoiner
from core.errors import ChatError, StorageError
from core.events import Finished, ProviderChanged, ReasoningDelta, StreamEvent, TextDelta
from core.models import Conversation, Message, MessageState
from core.reply import Reply, ReplyState
from core.reply_keeper import OpenStore, Pace, ReplyKeeper
from core.sentences import sentence

OpenReply = Callable[[Conversation], Awaitable[Reply]]
"""Gives the reply to a conversation's last question, ready to run; may raise ChatError."""
Sink = Callable[[StreamEvent], None]


class RecordedReply:
    """Asks for the answer at the end of a conversation, and keeps it.

    The conversation ends with the message to be filled: empty, or with the text that goes on when
    `continues` is set. What the disk refuses stays in `conversation`, is told to `on_unsaved`, and
    is tried again; the answer goes on meanwhile.

    An answer that stays empty is not kept: the conversation then is `fallback`, or ends with its
    question. `after` is the keeper of the reply before it in this conversation: it goes first.
    """

    def __init__(
        self,
        conversation: Conversation,
        *,
        open_store: OpenStore,
        open_reply: OpenReply,
        on_unsaved: Callable[[StorageError], None],
        continues: bool = False,
        fallback: Conversation | None = None,
        after: ReplyKeeper | None = None,
        pace: Pace | None = None,
        clock: Clock = time.time,
    ) -> None:
        self.conversation = with_title(conversation)
        self.reply: Reply | None = None
        self.error: ChatError | None = None
        self.is_kept = False
        """Whether `conversation` has the answer; certain once it is over."""
        self._open_reply = open_reply
        self._continues = continues
        self._fallback = fallback
        self._clock = clock
        self._sink: Sink | None = None
        self._is_over = False

        answer = conversation.messages[-1]
        self._text = [answer.text]
        self._reasoning = [answer.reasoning]
        self._joiner = ContinuationJoiner(answer.text) if continues else None
        self.keeper = ReplyKeeper(
            self.conversation,
            open_store=open_store,
            on_unsaved=on_unsaved,
            continues=continues,
            after=after,
            pace=pace,
        )

    @property
    def message(self) -> Message:
        """The answer as far as it has come."""
        before = self.conversation.messages[-1]
        said = replace(before, text=self.text, reasoning="".join(self._reasoning))
        if self.reply is None:
            return said
        answer = answer_of(self.reply, said, clock=self._clock)
        answer = replace(answer, text=said.text, reasoning=said.reasoning)
        return _joined(answer, before, self.reply) if self._continues else answer

    @property
    def text(self) -> str:
        """The text of the answer as far as it has come."""
        if len(self._text) > 1:
            self._text = ["".join(self._text)]
        return self._text[0]

    @property
    def is_finished(self) -> bool:
        """Whether the service has said that this was all, and the connection is only closed."""
        return self.reply is not None and self.reply.finish_reason is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether the disk refused something, and has not taken it since."""
        return self.keeper.is_unsaved

    @property
    def state(self) -> ReplyState:
        """Where the reply stands."""
        if self.reply is not None and (self.reply.state.is_over or not self._is_over):
            return self.reply.state
        if self.error is not None:
            return ReplyState.FAILED
        return ReplyState.STOPPED if self._is_over else ReplyState.CONNECTING

    async def run(self, sink: Sink) -> None:
        """Keep the question, ask, and hand every event to `sink` as it comes.

        Cancelling hangs up. A task that is cancelled before its first step never gets here: its
        owner calls `abandon`.

        Raises:
            ChatError: the reply failed. Never because something could not be kept.
        """
        self._sink = sink
        try:
            await self.keeper.begin()
            reply = await self._open_reply(self._asked())
            if self._is_over:
                return
            self.reply = reply
            await reply.run(partial(self._take, sink))
        except ChatError as exc:
            if not self._is_over:
                self.error = exc
            raise
        finally:
            self._end()

    def keep_waiting(self) -> None:
        """Bear the service's silence from now on, however long it lasts."""
        if self.reply is not None:
            self.reply.keep_waiting()

    def retry_now(self) -> None:
        """Ask again at once, if that is what is waited for."""
        if self.reply is not None:
            self.reply.retry_now()

    def abandon(self) -> None:
        """End as stopped, at once, unless it has ended; the task still has to be cancelled."""
        if self.reply is not None and not self._is_over:
            self.reply.abandon()
        self._end()

    async def settled(self) -> None:
        """Wait until the end is on the disk; what was refused is tried once more."""
        await self.keeper.settled()

    async def kept(self) -> None:
        """Wait until the end is on the disk, however long that takes."""
        await self.keeper.kept()

    def give_up(self) -> None:
        """Try nothing any more by itself: the program ends."""
        self.keeper.give_up()

    def _asked(self) -> Conversation:
        if self._continues:
            return asking_to_continue(self.conversation)
        return replace(self.conversation, messages=self.conversation.messages[:-1])

    def _take(self, sink: Sink, event: StreamEvent) -> None:
        if self._is_over:
            return
        match event:
            case TextDelta(piece):
                self._add_text(piece if self._joiner is None else self._joiner.feed(piece), sink)
            case ReasoningDelta(piece):
                if self._continues and len(self._reasoning) == 1 and self._reasoning[0]:
                    piece = f"\n\n{piece}"
                self._reasoning.append(piece)
                self._hand_on(ReasoningDelta(piece), sink)
            case ProviderChanged() if not self._continues:
                self.keeper.note_author(self.message)
                sink(event)
            case Finished():
                self._flush_joiner(sink)
                sink(event)
            case _:
                sink(event)

    def _add_text(self, piece: str, sink: Sink) -> None:
        if piece:
            self._text.append(piece)
            self._hand_on(TextDelta(piece), sink)

    def _hand_on(self, piece: TextDelta | ReasoningDelta, sink: Sink) -> None:
        self.keeper.note(piece)
        sink(piece)

    def _flush_joiner(self, sink: Sink) -> None:
        if self._joiner is not None:
            self._add_text(self._joiner.finish(), sink)

    def _end(self) -> None:
        """Take the last state into the conversation, and begin to write it; once."""
        if self._is_over:
            return
        if self._sink is not None:
            self._flush_joiner(self._sink)
        message = self._final_message()
        self._is_over = True
        self.is_kept = bool(message.text.strip() or message.reasoning.strip())
        if self.is_kept:
            self.conversation = with_title(with_message(self.conversation, message))
            self.keeper.end(self.conversation, message)
        else:
            self.conversation = self._without_empty_answer()
            self.keeper.end(self.conversation, None, is_former=self._fallback is not None)

    def _without_empty_answer(self) -> Conversation:
        if self._fallback is not None:
            return self._fallback
        answer = self.conversation.messages[-1]
        shown = self.conversation.messages[:-1]
        return replace(self.conversation, messages=shown, leaf_id=answer.parent_id)

    def _final_message(self) -> Message:
        message = replace(self.message, error="")
        if self.error is not None:
            state, error = MessageState.FAILED, sentence(self.error)
            return replace(message, state=state, error=error, ended_at=self._clock())
        is_stopped = self.reply is None or self.reply.state is ReplyState.STOPPED
        if self._continues and is_stopped and not self._has_more():
            return self.conversation.messages[-1]  # it still ends as it ended before
        if self.reply is None:
            return replace(message, state=MessageState.STOPPED, ended_at=self._clock())
        return message

    def _has_more(self) -> bool:
        before = self.conversation.messages[-1]
        return self.text != before.text or len(self._reasoning) > 1


def _joined(answer: Message, before: Message, reply: Reply) -> Message:
    """Return an answer that went on as one: by who began it, with the tokens of both parts."""
    tokens = answer.completion_tokens
    if reply.usage is not None:
        tokens = (before.completion_tokens or 0) + reply.usage.completion_tokens
    return replace(
        answer,
        profile=before.profile or answer.profile,
        model=before.model or answer.model,
        completion_tokens=tokens,
    )
