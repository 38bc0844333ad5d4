"""Joins what the user does, the engine, and what the transcript shows."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from core.attachments import Files
from core.chat import position
from core.models import Conversation, Profile
from core.reply import ReplyState
from gui.live_conversation import LiveConversation
from gui.open_conversations import OpenConversations
from gui.reply_progress import ReplyProgress
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from core.storage.changes import Deletion

ProfileFor = Callable[[str, str], Profile]
"""Gives the profile that a conversation's `profile` and `model` stand for."""


class ConversationController(QObject):
    """The conversation that one window shows, and the others that it may show.

    Signals:
        message_added: a `Message` of the user joined the conversation.
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
        conversation_left: another conversation is about to be shown.
        conversation_opened: another `Conversation` is shown, open end included.
        message_sought: the message with this id is on the branch now, as was asked of `open`.
        message_deleted: a message went to the trash; `undo_delete` brings it back.
        profile_changed: from the next question on, this `Profile` is asked.
    """

    message_added = Signal(object)
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
    conversation_left = Signal()
    conversation_opened = Signal(object)
    message_sought = Signal(object)
    message_deleted = Signal()
    profile_changed = Signal(object)

    def __init__(
        self,
        conversations: OpenConversations,
        profile: Profile,
        *,
        scope: TaskScope,
        profile_for: ProfileFor | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._scope = scope
        self._profile = profile
        self._profile_for = profile_for
        self._deletion: Deletion | None = None
        self._wanted = 0
        """Counts what was wanted to be shown, for only the last of it is."""
        self._live = conversations.start()
        self.keeps_nothing = False
        """Whether the conversations that are begun here from now on are private."""

        self._attach()
        conversations.removed.connect(self._on_conversations_removed)

    @property
    def conversation(self) -> Conversation:
        """What has been said; without the answer that is still in flight."""
        return self._live.conversation

    @property
    def profile(self) -> Profile:
        """Who is asked next."""
        return self._profile

    @property
    def asked(self) -> Profile:
        """Who was asked last."""
        return self._live.asked or self._profile

    @property
    def state(self) -> ReplyState | None:
        """Where the last reply stands; None before the first question."""
        return self._live.state

    @property
    def progress(self) -> ReplyProgress | None:
        """Where the last reply stands, and since when; None before the first question."""
        return self._live.progress

    @property
    def is_running(self) -> bool:
        """Whether a reply is in flight here."""
        return self._live.is_running

    @property
    def is_private(self) -> bool:
        """Whether nothing of the conversation is kept."""
        return self._live.is_private

    @property
    def last_answer(self) -> str:
        """The text of the newest answer, as far as it has arrived; empty when there is none."""
        return self._live.last_answer

    def versions_of(self, message_id: int) -> tuple[int, ...]:
        """Return a message and its siblings, the oldest first; empty when it has none."""
        return self._live.versions_of(message_id)

    def send(self, text: str, *, attachments: Files = ()) -> bool:
        """Add the user's message and ask for a reply.

        Returns False, and leaves everything as it is, while a reply is in flight and when there
        is nothing in `text` to send.
        """
        return self._live.send(text, self._profile, attachments=attachments)

    def edit(self, message_id: int, text: str, *, attachments: Files = ()) -> bool:
        """Ask an earlier question in other words; False as for `send`."""
        return self._live.edit(message_id, text, self._profile, attachments=attachments)

    @Slot()
    def stop(self) -> None:
        """End the reply in flight; what has arrived of it stays."""
        self._live.stop()

    @Slot()
    def retry(self) -> None:
        """Ask the last question again; an answer that is there becomes a version."""
        self._live.retry(self._profile)

    def regenerate(self, message_id: int) -> None:
        """Ask for another version of an answer."""
        self._live.regenerate(message_id, self._profile)

    def regenerate_with(self, message_id: int, key: str) -> None:
        """Ask another profile, by its key, for a version of an answer; for this once."""
        if self._profile_for is not None:
            self._live.regenerate(message_id, self._profile_for(key, ""))

    @Slot()
    def keep_waiting(self) -> None:
        """Bear the silence of the service in flight, however long it lasts."""
        self._live.keep_waiting()

    @Slot()
    def retry_now(self) -> None:
        """Ask again at once what is to be asked again later."""
        self._live.retry_now()

    def ask_elsewhere(self, key: str) -> None:
        """Ask another profile, by its key, the same; for this once. A reply in flight is stopped.

        The conversation's own profile is asked again from the next question on.
        """
        if self._profile_for is not None:
            self._live.ask_elsewhere(self._profile_for(key, ""))

    @Slot()
    def continue_answer(self) -> None:
        """Let the service go on with the last answer."""
        self._live.continue_answer(self._profile)

    def choose_version(self, message_id: int, step: int) -> None:
        """Show the version `step` places after (or before) that of a message on the branch."""
        versions = self.conversation.versions.get(message_id, ())
        if message_id not in versions or self.is_running:
            return
        place = versions.index(message_id) + step
        if 0 <= place < len(versions):
            index = position(self.conversation, message_id)
            self._start(self._choose(self._live, versions[place], index), "choose version")

    def delete_message(self, message_id: int) -> None:
        """Bring a message to the trash; what follows it stays."""
        if not self.is_running:
            self._start(self._delete(self._live, message_id), "delete message")

    @Slot()
    def undo_delete(self) -> None:
        """Bring the message back that was deleted last."""
        if self._deletion is not None and not self.is_running:
            self._start(self._restore(self._live, self._deletion), "restore message")
            self._deletion = None

    @Slot()
    def start_conversation(self) -> None:
        """Show a new conversation; a reply in flight goes on unseen."""
        self._wanted += 1
        is_other = self.keeps_nothing != self.is_private
        if self.conversation.messages or self.is_running or is_other:
            self._show(self._conversations.start(is_private=self.keeps_nothing))
        else:
            self.conversation_left.emit()
            self.conversation_opened.emit(self._live.shown)

    def open(self, conversation_id: int, *, message_id: int | None = None) -> None:
        """Show a conversation, on the branch of a message if one is given."""
        self._wanted += 1
        self._start(self._open(conversation_id, message_id, self._wanted), "open conversation")

    def set_profile(self, profile: Profile) -> None:
        """Ask `profile` from the next question on."""
        self._profile = profile
        self.profile_changed.emit(profile)

    def set_parameter(self, name: str, value: object) -> None:
        """Let this conversation alone have its own value of an option, from the next question on.

        A conversation that is not in the store yet gets there with it.
        """
        parameters = MappingProxyType({**self.conversation.parameters, name: value})
        self._live.set_parameters(parameters)
        if self.conversation.messages:
            self._start(self._conversations.keep_parameters(self._live), "keep parameters")

    def keep_draft(self, text: str) -> None:
        """Bring to the disk what stands in the composer, unless it is there."""
        conversation = self.conversation
        is_unsaved = self._conversations.has_unsaved_draft(conversation.id)
        if conversation.messages and (text != conversation.draft or is_unsaved):
            self._start(self._conversations.keep_draft(self._live, text), "keep draft")

    def close(self) -> None:
        """Show nothing any more: the window is gone, and others may let the conversation go."""
        self._wanted += 1
        self._conversations.removed.disconnect(self._on_conversations_removed)
        self._detach()
        self._conversations.release(self._live)

    async def _choose(self, live: LiveConversation, message_id: int, index: int) -> None:
        store = await self._conversations.store()
        if store is None or live.is_private:  # what is kept nowhere has one version, and no trash
            return
        await live.settled()
        if not live.is_running:  # a question was asked meanwhile: it shows its own branch
            live.replace(await store.choose_version(live.conversation.id, message_id), index)

    async def _delete(self, live: LiveConversation, message_id: int) -> None:
        store = await self._conversations.store()
        if store is None or live.is_private:  # what is kept nowhere has one version, and no trash
            return
        await live.settled()
        if live.is_running:
            return
        deletion = await store.delete_message(message_id)
        await self._conversations.refresh(live)
        if live is self._live and deletion.ids:
            self._deletion = deletion
            self.message_deleted.emit()

    async def _restore(self, live: LiveConversation, deletion: Deletion) -> None:
        store = await self._conversations.store()
        if store is not None:
            await store.restore(deletion)
            await self._conversations.refresh(live)

    async def _open(self, conversation_id: int, message_id: int | None, wanted: int) -> None:
        live = self._live
        if live.conversation.id != conversation_id:
            opened = await self._conversations.open(conversation_id)
            if opened is None:
                return
            if wanted != self._wanted:
                self._conversations.release(opened)
                return
            self._show(live := opened)
        shown = {message.id for message in live.conversation.messages}
        if message_id is not None and message_id not in shown:
            await self._choose(live, message_id, 0)
        if message_id is not None and live is self._live:
            self.message_sought.emit(message_id)

    @Slot(object)
    def _on_conversations_removed(self, conversation_id: int) -> None:
        if conversation_id == self.conversation.id:
            self.start_conversation()

    def _show(self, live: LiveConversation) -> None:
        self.conversation_left.emit()
        before = self._live
        self._detach()
        self._live = live
        self._deletion = None
        self._conversations.release(before)
        key = live.conversation.profile
        if key and self._profile_for is not None and key != self._profile.key:
            self.set_profile(self._profile_for(key, live.conversation.model))
        shown = live.shown
        self._attach()
        self.conversation_opened.emit(shown)
        if live.is_running and live.progress is not None:
            self._tell_progress(live.progress)

    def _tell_progress(self, progress: ReplyProgress) -> None:
        """Tell a view that joins a reply on its way what the others know."""
        self.state_changed.emit(progress.state)
        if progress.change is not None:
            self.provider_changed.emit(progress.change)
        if progress.retry is not None:
            self.retry_scheduled.emit(progress.retry)

    def _attach(self) -> None:
        for name in _FORWARDED:
            getattr(self._live, name).connect(getattr(self, name))

    def _detach(self) -> None:
        for name in _FORWARDED:
            getattr(self._live, name).disconnect(getattr(self, name))

    def _start(self, coro: Any, name: str) -> None:
        self._scope.start(coro, name=name)


_FORWARDED = (
    "message_added",
    "branch_changed",
    "answer_started",
    "answer_reopened",
    "text_arrived",
    "reasoning_arrived",
    "state_changed",
    "retry_scheduled",
    "provider_changed",
    "reply_finished",
    "failed",
    "not_saved",
)
"""The signals of a `LiveConversation` that are the controller's own, too."""
