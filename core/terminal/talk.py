"""The loop of questions and answers, and the commands between them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.chat import (
    new_conversation,
    with_edited,
    with_pending_answer,
    with_question,
)
from core.errors import AttachmentError, ChatError, StorageError
from core.models import Attachment, Conversation, Message, MessageState, Role
from core.recorded_reply import RecordedReply
from core.reply import Reply
from core.sentences import sentence
from core.storage.store import Store
from core.terminal.answer import ANSWERED, TextPrinter, show, tell
from core.terminal.files import read_files
from core.terminal.kept_reply import KeptReply
from core.terminal.keyboard import Keyboard
from core.terminal.loop import INTERRUPTED
from core.terminal.output import Output, note, recall
from core.terminal.service import DEMO_NOTE, Service
from core.transfer.words import Words

HELP = (
    "/again asks for another version of the last answer; /version shows which one this is,",
    "and /version 1 goes back to the first.",
    "/continue goes on with an answer that was stopped or cut off.",
    "/image FILE adds a picture, or a text, to the next question.",
    "/title TEXT gives the conversation a title.",
    "/new starts a new conversation.",
    "/quit or Ctrl+D leaves.",
    "/help shows this.",
    "Ctrl+C stops an answer, or clears the line.",
    "Everything else is sent, also what begins with another /.",
)
CONTINUE_NOTE = "/continue goes on with it, /again asks once more."
AGAIN_NOTE = "There is no answer to that yet; /again asks once more."
NOTHING_NOTE = "Nothing has been asked yet."

_LONGEST_RECALL = 2000
"""Characters of an old message that are shown again."""


class Talk:
    """One conversation after the other, until the user leaves."""

    def __init__(
        self,
        runner: asyncio.Runner,
        store: Store,
        *,
        service: Service,
        conversation: Conversation,
        is_resumed: bool,
    ) -> None:
        self._runner = runner
        self._store = store
        self._service = service
        self._system_prompt = service.system_prompt
        self._conversation = conversation
        self._is_resumed = is_resumed
        self._recorded: RecordedReply | None = None
        self._trouble: StorageError | None = None
        self._keyboard = Keyboard()
        self._output = Output()
        self._last_code = ANSWERED
        self._files: tuple[Attachment, ...] = ()
        self._commands: dict[str, Callable[[str], None]] = {
            "/new": self._start_new,
            "/again": self._ask_again,
            "/continue": self._continue,
            "/version": self._choose_version,
            "/title": self._give_title,
            "/image": self._add_file,
            "/help": self._help,
        }

    def run(self) -> int:
        """Answer each line; return the exit code."""
        try:
            return self._talk()
        finally:
            if self._recorded is not None and self._recorded.is_unsaved:
                self._settle(self._recorded)

    def _talk(self) -> int:
        if not self._service.is_chosen:
            note(DEMO_NOTE, dim=True)
        if self._is_resumed:
            note(Words().title(self._conversation), dim=True)
            self._recall_exchange()
        while self._output.failure is None:
            try:
                line = self._keyboard.read_line()
                if line is None or line.strip() == "/quit":
                    break
                self._obey(line)
            except KeyboardInterrupt:
                print(file=sys.stderr)
                if not self._keyboard.is_interactive:
                    return INTERRUPTED
        return ANSWERED if self._keyboard.is_interactive else self._last_code

    def _obey(self, line: str) -> None:
        name, _, rest = line.strip().partition(" ")
        command = self._commands.get(name)
        takes_more = name in {"/title", "/version", "/image"}
        if command is not None and (takes_more or not rest):
            command(rest.strip())
        elif line.strip():
            self._ask(line)

    def _help(self, _: str) -> None:
        for line in HELP:
            note(line)

    def _start_new(self, _: str) -> None:
        self._conversation = replace(new_conversation(), system_prompt=self._system_prompt)
        note("A new conversation.", dim=True)

    def _give_title(self, text: str) -> None:
        title = " ".join(text.split())
        if title:
            self._conversation = replace(self._conversation, title=title, has_own_title=True)
            self._of_store(
                self._store.update(self._conversation.id, title=title, has_own_title=True)
            )
        note(Words().title(self._conversation), dim=True)

    def _add_file(self, text: str) -> None:
        try:
            new = read_files([Path(text)] if text else [], before=len(self._files))
        except AttachmentError as exc:
            self._last_code = tell(exc)
            return
        self._files = (*self._files, *new)
        names = ", ".join(file.name for file in self._files) or "nothing"
        note(f"With the next question goes: {names}", dim=True)

    def _choose_version(self, text: str) -> None:
        last = self._last
        if last is None:
            note(NOTHING_NOTE)
            return
        ids = self._conversation.versions.get(last.id, (last.id,))
        if not text:
            note(f"This is version {ids.index(last.id) + 1} of {len(ids)}.")
            return
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= len(ids)):
            note(f"There is no version “{text}”; they are 1 to {len(ids)}.")
            return
        try:
            self._conversation = self._runner.run(
                self._store.choose_version(self._conversation.id, ids[int(text) - 1])
            )
        except StorageError as exc:
            tell(exc)
            return
        self._recall_exchange()

    def _ask(self, line: str) -> None:
        last = self._last
        try:
            if last is not None and last.role is Role.USER:
                # It was never answered: a service gets this question in its place, and not both.
                asked = with_edited(self._conversation, last.id, line, attachments=self._files)
            else:
                asked = with_question(self._conversation, line, attachments=self._files)
        except ChatError as exc:
            self._last_code = tell(exc)
            return
        self._files = ()
        self._answer(with_pending_answer(asked, self._service.profile))

    def _ask_again(self, _: str) -> None:
        last, profile = self._last, self._service.profile
        if last is None:
            note(NOTHING_NOTE)
        elif last.role is Role.USER:
            self._answer(with_pending_answer(self._conversation, profile))
        else:
            again = with_pending_answer(self._conversation, profile, instead_of=last.id)
            self._answer(again, fallback=self._conversation)

    def _continue(self, _: str) -> None:
        last = self._last
        if last is None or last.role is Role.USER or not last.text.strip():
            self._ask_again("")
        elif last.state is MessageState.COMPLETE:
            note("The last answer is complete; /again asks for another version.")
        else:
            self._answer(self._conversation, continues=True)

    @property
    def _last(self) -> Message | None:
        messages = self._conversation.messages
        return messages[-1] if messages else None

    def _answer(
        self,
        conversation: Conversation,
        *,
        continues: bool = False,
        fallback: Conversation | None = None,
    ) -> None:
        """Show the answer at the end of a conversation as it comes, and keep both."""
        profile = self._service.profile
        self._trouble = None
        recorded = RecordedReply(
            replace(conversation, profile=profile.key, model=profile.model),
            open_store=self._open_store,
            open_reply=self._open_reply,
            on_unsaved=self._on_unsaved,
            continues=continues,
            fallback=fallback,
            after=None if self._recorded is None else self._recorded.keeper,
        )
        self._recorded = recorded
        try:
            self._last_code = self._runner.run(
                show(KeptReply(recorded), self._output, TextPrinter(self._output))
            )
        finally:
            self._settle(recorded)
            self._conversation = recorded.conversation
            if self._keyboard.is_interactive:
                self._tell_what_is_left()

    def _settle(self, recorded: RecordedReply) -> None:
        """Wait until the disk has the end; another Ctrl+C must not keep it from there."""
        try:
            self._runner.run(_ended(recorded))
        except KeyboardInterrupt:
            self._runner.run(_ended(recorded))
        if recorded.is_unsaved and self._trouble is not None:
            note(sentence(self._trouble))

    def _tell_what_is_left(self) -> None:
        last = self._last
        if last is None or (last.state is MessageState.COMPLETE and last.role is not Role.USER):
            return
        note(AGAIN_NOTE if last.role is Role.USER else CONTINUE_NOTE, dim=True)

    def _recall_exchange(self) -> None:
        """Show what was said last."""
        messages = self._conversation.messages
        start = max((n for n, m in enumerate(messages) if m.role is Role.USER), default=0)
        for message in messages[start:]:
            mark = "> " if message.role is Role.USER else ""
            text = message.text.strip()
            beginning = "… " if len(text) > _LONGEST_RECALL else ""
            recall(f"{mark}{beginning}{text[-_LONGEST_RECALL:]}")
            if state := Words().note(message):
                note(state, dim=True)
        if messages:
            self._tell_what_is_left()

    def _of_store(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            self._runner.run(work)
        except StorageError as exc:
            tell(exc)

    async def _open_store(self) -> Store:
        return self._store

    async def _open_reply(self, conversation: Conversation) -> Reply:
        return await self._service.begin(conversation)

    def _on_unsaved(self, error: StorageError) -> None:
        # Told when the answer has ended: until then its text stands in this line.
        self._trouble = error


async def _ended(recorded: RecordedReply) -> None:
    recorded.abandon()  # for a task that never took its first step
    await recorded.settled()
