"""What a window shows of a conversation that is too long, and what is sent of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.conversation import Talk, until
from helpers.scripted_provider import STOP, Scripted, Step, scripted
from PySide6.QtCore import QLocale

from core.attempts import NEVER_AGAIN
from core.context import to_send
from core.errors import ContextLengthError
from core.events import TextDelta, Usage
from core.models import Attachment, ChatRequest, Conversation, Message, ModelInfo, Profile
from core.profiles import resolved
from core.reply import Reply
from core.settings import WHEN_TOO_LONG, Settings
from gui.context_link import ContextLink
from gui.context_windows import ContextWindows

LONG = "word " * 500
"""About 500 tokens."""
TOO_LONG = ContextLengthError("the request exceeds the available context size", status=400)


class Window:
    """A window whose service says what is written down, and remembers what it was sent."""

    def __init__(self, talk: Talk, *scripts: Sequence[Step], window: int | None = 2_000) -> None:
        self.talk = talk
        self.windows = ContextWindows()
        self.provider: type[Scripted] = scripted(*(scripts or ([TextDelta("Because."), STOP],)))
        profile = replace(talk.controller.profile, context_window=window)
        talk.controller.set_profile(profile)
        talk.make_reply = self._reply
        self.link = ContextLink(
            talk.controller, talk.pane, talk.view, windows=self.windows, settings=Settings
        )

    @property
    def sent(self) -> list[tuple[Message, ...]]:
        """What was sent each time."""
        return [request.messages for request in self.provider.asked]

    @property
    def words(self) -> str:
        """What the meter says, if it is seen."""
        meter = self.link.meter
        return meter.text() if meter.use is not None and meter.use.is_worth_a_look else ""

    async def ask(self, *questions: str) -> None:
        for question in questions:
            await self.talk.ask(question)

    async def shown(self, words: str) -> None:
        """Wait until what may be left out is said in these words."""
        button = self.link.meter.left_out_button
        await until(lambda: button.isVisible() and words in button.text())

    def _reply(self, conversation: Conversation, profile: Profile) -> Reply:
        filled_in = self.windows.filled_in(resolved(profile, Settings(), conversation))
        messages = to_send(conversation, filled_in).messages
        return Reply(
            self.provider, ChatRequest("m", messages), profile=filled_in, policy=NEVER_AGAIN
        )


async def test_without_a_known_window_there_is_no_meter(talk: Talk) -> None:
    window = Window(talk, window=None)
    await window.ask(LONG, LONG)
    assert window.words == ""
    assert not window.link.meter.isVisible()


async def test_the_meter_follows_what_is_written(talk: Talk) -> None:
    window = Window(talk)
    talk.composer.set_text("word " * 1_100)
    await until(lambda: window.words.startswith("≈ 1"))
    assert window.link.meter.isVisible()
    talk.composer.set_text("word")
    await until(lambda: not window.link.meter.isVisible())


async def test_a_picture_that_is_added_counts_at_once(talk: Talk) -> None:
    window = Window(talk, window=1_500)
    picture = Attachment("a.png", "image/png", b"\x89PNG\r\n\x1a\n")
    talk.composer.set_files((picture,))
    await until(lambda: window.words.startswith("≈ 8"))


async def test_what_is_left_out_is_not_sent_and_can_be_found(talk: Talk) -> None:
    window = Window(talk)
    await window.ask(LONG, LONG, LONG, LONG)
    questions = [message.text for message in window.sent[-1]]
    assert len(questions) < 7
    assert questions[-1] == LONG
    talk.composer.set_text("why?")
    await window.shown("The first 4 messages are left out")
    window.link.meter.menu_actions()[-1].trigger()
    assert not talk.transcript.is_following


async def test_the_choice_holds_for_the_conversation_and_is_kept(talk: Talk) -> None:
    window = Window(talk)
    await window.ask(LONG, LONG, LONG)
    talk.composer.set_text(LONG)
    await window.shown("The first 4 messages are left out")
    _oldest, middle, nothing, *_ = window.link.meter.menu_actions()
    middle.trigger()
    await window.shown("4 messages in the middle are left out")
    nothing.trigger()
    await window.shown("Everything is sent")
    await window.ask(LONG)
    assert len(window.sent[-1]) == 7
    store = await talk.conversations.store()
    assert store is not None
    await until(lambda: len(talk.keeping) == 0)
    kept = await store.load(talk.controller.conversation.id)
    assert kept is not None
    assert kept.parameters[WHEN_TOO_LONG.name] == "nothing"


async def test_a_conversation_that_is_refused_is_asked_again_with_less(talk: Talk) -> None:
    answer: list[Step] = [TextDelta("Because."), STOP]
    window = Window(talk, answer, answer, [TOO_LONG], answer, window=None)
    await window.ask(LONG, LONG, LONG)
    row = talk.view.error_row
    assert row.trim_button.isVisible()
    assert len(window.sent[-1]) == 5
    row.trim_button.click()
    await until(lambda: len(window.sent) == 4 and not talk.controller.is_running)
    assert len(window.sent[-1]) == 1
    assert not row.isVisible()
    assert talk.controller.last_answer == "Because."
    # From now on it is known how much the model takes.
    await window.shown("The first 4 messages are left out")


async def test_what_a_refusal_names_is_the_window_from_then_on(talk: Talk) -> None:
    answer: list[Step] = [TextDelta("Because."), STOP]
    named = ContextLengthError("maximum context length is 1500 tokens")
    window = Window(talk, answer, answer, answer, [named], answer, window=None)
    await window.ask(LONG, LONG, LONG, LONG)
    talk.view.error_row.trim_button.click()
    await until(lambda: len(window.sent) == 5 and not talk.controller.is_running)
    assert window.windows.filled_in(talk.controller.profile).context_window == 1_500
    assert len(window.sent[-1]) == 3


async def test_who_wanted_everything_sent_wants_less_when_it_is_refused(talk: Talk) -> None:
    answer: list[Step] = [TextDelta("Because."), STOP]
    window = Window(talk, answer, [TOO_LONG], answer)
    talk.controller.set_parameter(WHEN_TOO_LONG.name, "nothing")
    await window.ask(LONG, LONG)
    talk.view.error_row.trim_button.click()
    await until(lambda: len(window.sent) == 3 and not talk.controller.is_running)
    assert len(window.sent[-1]) == 1


async def test_a_question_that_is_too_long_alone_cannot_be_made_less(talk: Talk) -> None:
    window = Window(talk, [TOO_LONG], window=None)
    await window.ask(LONG)
    assert talk.view.error_row.isVisible()
    assert not talk.view.error_row.trim_button.isVisible()


async def test_a_service_that_saw_far_less_is_reported_until_the_next_question(talk: Talk) -> None:
    seen: list[Step] = [TextDelta("Because."), Usage(400, 2), STOP]
    full: list[Step] = [TextDelta("Because."), Usage(1_900, 2), STOP]
    window = Window(talk, seen, full, window=None)
    profile = replace(talk.controller.profile, preset="ollama")
    talk.controller.set_profile(profile)
    await window.ask("word " * 1_000)
    notice = window.link.meter.notice
    assert notice.startswith("The service saw about 400 of 1")
    assert "num_ctx" in notice
    assert window.link.meter.isVisible()
    await window.ask("word " * 1_000)
    assert window.link.meter.notice == ""
    assert not window.link.meter.isVisible()


async def test_what_the_service_tells_of_its_models_counts(talk: Talk) -> None:
    window = Window(talk, window=None)
    profile = talk.controller.profile
    window.windows.tell(profile, (ModelInfo("first", 1_000), ModelInfo("second", 9_000)))
    window.link.refresh()
    talk.composer.set_text("word " * 700)
    await until(lambda: window.words.endswith(f"of {QLocale().toString(1_000)} tokens"))
    talk.controller.set_profile(replace(profile, model="second"))
    await until(lambda: window.words == "")
