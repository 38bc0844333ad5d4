"""What a window shows, and offers, while an answer takes its time."""

from __future__ import annotations

from helpers.conversation import signalled, until
from helpers.scripted_provider import STOP, Step, request, scripted
from helpers.waiting_window import WaitingWindow, waiting_window

from core.attempts import Attempt, OpenAttempt, RetryPolicy
from core.errors import AuthenticationError, ConnectionFailedError, Fault, ProviderError
from core.events import Stage, StageReached, TextDelta
from core.models import Profile
from core.patience import Patience
from gui.profiles import profile_of

LATE = RetryPolicy(retries=2, first_wait=100.0, jitter=0.0, longest_wait=1000.0)
OTHER = Profile(name="Other", provider="openai", id="other")
WAITING = ["Keep waiting", "Stop", "Ask elsewhere ▾"]


def broken() -> ProviderError:
    return ProviderError(fault=Fault.SERVER_ERROR, status=502, host="one.example", retryable=True)


def fallback(*script: Step) -> OpenAttempt:
    async def open_attempt() -> Attempt:
        return Attempt(scripted(script), request("m"), OTHER)

    return open_attempt


async def waiting_for(window: WaitingWindow, stage: Stage) -> None:
    assert window.controller.send("Why?")
    window.told.tell(StageReached(stage))
    await until(lambda: window.view.status.phase.value == stage.value)


async def test_a_first_word_that_does_not_come_is_counted_and_then_choices_are_offered() -> None:
    async with waiting_window() as window:
        await waiting_for(window, Stage.WAITING)
        assert window.offered == []
        window.put_forward(42)
        assert window.status == "Waiting for the first word… 42 s"
        assert window.offered == WAITING


async def test_a_model_that_is_loaded_is_said_to_be() -> None:
    async with waiting_window() as window:
        await waiting_for(window, Stage.LOADING)
        assert window.status == "Loading the model…"
        window.put_forward(25)
        assert window.offered == WAITING
        assert window.status == "Loading the model… 25 s"
        window.told.tell(StageReached(Stage.WAITING))
        await until(lambda: window.status.startswith("Waiting for the first word…"))


async def test_waiting_on_lifts_the_limit_and_says_so() -> None:
    async with waiting_window() as window:
        patience = window.told.patience = Patience()
        await waiting_for(window, Stage.WAITING)
        window.put_forward(30)
        assert window.offered == WAITING
        window.view.waiting.keep_button.click()
        assert patience.is_lifted
        assert window.status.endswith(" s, without a limit")
        assert window.offered == ["Stop", "Ask elsewhere ▾"]
        window.told.say("At last")
        await until(lambda: window.controller.last_answer == "At last")
        await until(lambda: window.offered == [])


async def test_a_stalled_answer_is_said_to_be_and_goes_on() -> None:
    async with waiting_window() as window:
        assert window.controller.send("Why?")
        window.told.say("Half ")
        await until(lambda: window.status == "Answering…")
        window.put_forward(7)
        assert window.status == "Nothing new for 7 s"
        assert window.offered == []
        window.put_forward(5)
        assert window.offered == WAITING
        assert window.status == "Nothing new for 12 s"
        window.told.say("a word")
        await until(lambda: window.status.startswith("Answering"))
        assert window.offered == []


async def test_stop_is_offered_beside_the_clock() -> None:
    async with waiting_window() as window:
        await waiting_for(window, Stage.WAITING)
        window.put_forward(21)
        assert window.offered == WAITING
        window.view.waiting.stop_button.click()
        assert not window.controller.is_running
        assert window.offered == []
        assert not window.view.status.is_ticking


async def test_another_profile_is_asked_from_the_menu_that_leaves_out_the_one_asked() -> None:
    async with waiting_window() as window:
        await waiting_for(window, Stage.WAITING)
        window.put_forward(21)
        assert window.offered == WAITING
        actions = window.view.waiting.elsewhere_button.menu_actions()
        assert [action.text() for action in actions] == ["chatgptfree.ai", "Ollama"]
        actions[0].trigger()
        assert window.controller.asked == profile_of("chatgptfree")
        await window.told.asked(2)
        assert window.offered == []


async def test_a_retry_is_counted_down_with_its_reason_and_can_be_had_now() -> None:
    async with waiting_window() as window:
        window.told.policy = LATE
        window.told.fail(broken())
        scheduled = signalled(window.controller.retry_scheduled)
        assert window.controller.send("Why?")
        await scheduled
        assert window.status == "Trying again in 100 s, 1 of 2"
        assert "502" in window.view.note.text()
        assert window.offered == ["Now", "Stop", "Ask elsewhere ▾"]
        window.put_forward(60)
        assert window.status == "Trying again in 40 s, 1 of 2"
        window.view.waiting.retry_button.click()
        await window.told.asked(2)
        await until(lambda: window.offered == [])
        assert window.view.note.text() == ""
        assert window.view.note.isHidden()


async def test_a_quiet_line_says_who_answers_and_why() -> None:
    async with waiting_window() as window:
        window.told.fallbacks = [fallback(TextDelta("Because."), STOP)]
        window.told.fail(ConnectionFailedError(fault=Fault.DNS, host="one.example"))
        end = signalled(window.controller.reply_finished)
        assert window.controller.send("Why?")
        await end
        note = window.view.note
        assert note.isVisible()
        assert "one.example was not found" in note.text()
        assert note.text().endswith("Other answers instead.")
        assert window.view.error_row.isHidden()
        window.told.say("So.")
        window.told.finish()
        end = signalled(window.controller.reply_finished)
        assert window.controller.send("And?")
        assert note.isHidden()
        await end


async def test_the_retries_of_a_fallback_do_not_hide_why_it_is_asked() -> None:
    async with waiting_window() as window:
        window.told.policy = RetryPolicy(retries=1, first_wait=0.001)
        window.told.fallbacks = [fallback(broken())]
        for _ in range(2):
            window.told.fail(broken())
        changed = signalled(window.controller.provider_changed)
        failed = signalled(window.controller.failed)
        assert window.controller.send("Why?")
        await changed
        assert "Other answers instead." in window.view.note.text()
        await failed
        assert "Other answers instead." in window.view.note.text()
        assert "502" in window.view.error_row.sentence()


async def test_an_error_offers_to_ask_elsewhere() -> None:
    async with waiting_window() as window:
        window.told.fail(AuthenticationError(status=401, host="one.example"))
        failed = signalled(window.controller.failed)
        assert window.controller.send("Why?")
        await failed
        row = window.view.error_row
        assert row.elsewhere_button.isVisible()
        row.elsewhere_button.menu_actions()[0].trigger()
        assert window.controller.asked == profile_of("chatgptfree")
        assert row.isHidden()


async def test_a_wait_that_is_looked_at_again_is_shown_as_it_stands() -> None:
    async with waiting_window() as window:
        window.told.policy = LATE
        window.told.fail(broken())
        scheduled = signalled(window.controller.retry_scheduled)
        assert window.controller.send("Why?")
        await scheduled
        first = window.controller.conversation.id
        window.controller.start_conversation()
        assert (window.status, window.offered, window.view.note.text()) == ("", [], "")
        opened = signalled(window.controller.retry_scheduled)
        window.controller.open(first)
        await opened
        assert window.status.endswith(" s, 1 of 2")
        assert window.offered == ["Now", "Stop", "Ask elsewhere ▾"]
        assert "502" in window.view.note.text()
