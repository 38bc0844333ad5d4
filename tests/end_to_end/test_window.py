"""The window as a person uses it: keys go in, a screen reader tells what is there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from helpers.window import Window

from core.demo import Failure

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

pytestmark = pytest.mark.end_to_end

OpenWindow = Callable[..., Window]

NEVER_ENDS = "/stall"
"""The demo site begins to answer this, and then says nothing more and keeps the line open."""


@pytest.mark.parametrize("question", ["What are you?", "Кто ты такой?"], ids=["en", "ru"])
def test_a_typed_question_is_answered_bit_by_bit(open_window: OpenWindow, question: str) -> None:
    window = open_window("--demo")
    window.ask(question)
    window.wait_until_shown("stopButton")
    lengths: list[int] = []

    def has_ended() -> bool:
        lengths.append(len(window.transcript))
        return len(lengths) > 2 and not window.driver.is_shown("stopButton")

    window.driver.wait_until(has_ended, "the end of the answer", limit=30)
    growths = [after - before for before, after in pairwise(lengths) if after > before]
    assert len(growths) > 5, "it came in one piece"
    assert max(growths) < sum(growths) / 2
    answer = window.transcript
    assert question in answer
    assert ("not a language model" if question.isascii() else "не языковая модель") in answer
    assert window.find("sendButton").is_shown
    assert window.find("composer").text == ""
    assert window.program.complaints == ""


def test_send_becomes_stop_while_an_answer_is_written(open_window: OpenWindow) -> None:
    window = open_window("--demo")
    assert window.find("sendButton").is_shown
    assert not window.driver.is_shown("stopButton")
    window.ask("/slow")
    stop = window.wait_until_shown("stopButton")
    assert not window.driver.is_shown("sendButton")
    window.driver.press(stop.object_name)
    window.wait_until_shown("sendButton")
    assert not window.driver.is_shown("stopButton")


def test_escape_stops_a_long_answer_and_keeps_its_beginning(
    open_window: OpenWindow, site: ServedSite
) -> None:
    window = open_window("--provider", site.url)
    window.ask("/long 50000")
    window.driver.wait_until(lambda: len(window.transcript) > 2000, "2000 characters")
    before = window.transcript
    window.display.key("Escape")
    window.wait_until_shown("sendButton")
    kept = window.transcript
    assert kept.startswith(before)
    assert len(kept) < 50000
    site.wait_for_hang_up()
    assert window.transcript == kept
    window.ask("And now?")
    window.wait_for_text("And now?")
    assert window.wait_for_answer().startswith(before)


def test_an_error_is_one_sentence_and_retry_asks_again(
    open_window: OpenWindow, site: ServedSite
) -> None:
    window = open_window("--provider", site.url)
    window.ask("/error 429")
    row = window.wait_until_shown("errorRow")
    assert row.name.endswith((".", "!"))
    assert "\n" not in row.name
    assert "429" not in row.name
    window.wait_until_shown("sendButton")
    window.driver.press("retryButton")
    window.driver.wait_until(lambda: len(site.questions) == 2, "a second request")
    window.wait_until_shown("errorRow")
    window.ask("Are you well again?")
    window.wait_for_text("Are you well again?")
    window.wait_for_answer()
    assert not window.driver.is_shown("errorRow")
    assert window.program.complaints == ""


def test_retry_succeeds_once_the_service_does(open_window: OpenWindow, site: ServedSite) -> None:
    site.site.use(failure=Failure.UPSTREAM_500, times=1)
    window = open_window("--provider", site.url)
    window.ask("Hello")
    window.wait_until_shown("errorRow")
    window.driver.press("retryButton")
    window.wait_for_text("not a language model")
    window.wait_for_answer()
    assert window.driver.items("transcript").count("Hello") == 1
    assert not window.driver.is_shown("errorRow")


def test_a_service_that_fails_for_a_moment_is_asked_again_by_itself(
    open_window: OpenWindow, site: ServedSite
) -> None:
    site.site.use(failure=Failure.UPSTREAM_500, times=1)
    window = open_window("--provider", site.url, settings="[advanced]\nretries = 1\n")
    window.ask("Hello")
    window.wait_for_text("not a language model")
    window.wait_for_answer()
    assert len(site.questions) == 2
    assert not window.driver.is_shown("errorRow")


def test_a_copied_answer_can_be_pasted_elsewhere(open_window: OpenWindow, site: ServedSite) -> None:
    window = open_window("--provider", site.url)
    window.ask("/code")
    window.wait_until_shown("stopButton")
    window.wait_for_answer()
    window.driver.press("copyAnswerButton")
    window.driver.wait_until(window.display.clipboard, "something on the clipboard")
    assert "```python" in window.display.clipboard()
    assert "/code" not in window.display.clipboard()


def test_closing_the_window_mid_answer_hangs_up_and_ends_cleanly(
    open_window: OpenWindow, site: ServedSite
) -> None:
    window = open_window("--provider", site.url)
    window.ask("/long 50000")
    window.driver.wait_until(lambda: len(window.transcript) > 500, "some text")
    assert window.close() == 0
    site.wait_for_hang_up()
    assert window.program.complaints == ""
    assert window.program.stdout.text == ""


def test_closing_the_window_ends_it_while_the_service_is_silent(
    open_window: OpenWindow, site: ServedSite
) -> None:
    window = open_window("--provider", site.url)
    window.ask("/silent")
    window.wait_until_shown("stopButton")
    window.driver.wait_until(lambda: len(site.questions) == 1, "the request")
    assert window.close() == 0
    site.wait_for_hang_up()
    assert window.program.complaints == ""


@pytest.mark.parametrize("is_answering", [False, True], ids=["idle", "answering"])
@pytest.mark.parametrize("way", ["interrupt", "terminate"])
def test_a_signal_ends_the_program_in_order(
    open_window: OpenWindow, site: ServedSite, way: str, *, is_answering: bool
) -> None:
    window = open_window("--provider", site.url)
    if is_answering:
        window.ask(NEVER_ENDS)
        window.wait_for_text(NEVER_ENDS)
        window.driver.wait_until(lambda: len(site.questions) == 1, "the request")
    getattr(window.program, way)()
    assert window.program.wait() in {0, 130}
    if is_answering:
        site.wait_for_hang_up()
    assert window.program.complaints == ""


def test_the_window_comes_back_where_it_was(open_window: OpenWindow) -> None:
    first = open_window("--demo", "--size", "700x500")
    size = first.find("mainWindow").extents
    assert size is not None
    assert size[2:] == (700, 500)
    assert first.close() == 0
    second = open_window("--demo")
    extents = second.find("mainWindow").extents
    assert extents is not None
    assert extents[2:] == (700, 500)


def test_a_small_window_can_still_be_used(open_window: OpenWindow, site: ServedSite) -> None:
    window = open_window("--provider", site.url, "--size", "320x240")
    window.ask("/code")
    window.driver.wait_until(lambda: len(window.driver.items("transcript")) == 2, "an answer")
    window.wait_for_answer()
    frame = window.find("mainWindow").extents
    assert frame is not None
    for name in ("transcript", "composer", "sendButton"):
        inside = window.find(name).extents
        assert inside is not None
        assert _contains(frame, inside), f"{name} {inside} lies outside {frame}"
        assert min(inside[2:]) > 0


def test_shift_enter_begins_a_new_line(open_window: OpenWindow, site: ServedSite) -> None:
    window = open_window("--provider", site.url)
    window.display.type("one")
    window.display.key("shift+Return")
    window.display.type("two")
    window.driver.wait_until(lambda: window.find("composer").text == "one\ntwo", "two lines")
    assert not site.questions
    window.display.key("Return")
    window.driver.wait_until(lambda: len(site.questions) == 1, "the request")
    assert site.questions[0].text == "one\ntwo"


def test_everything_that_can_be_used_has_a_name(open_window: OpenWindow, site: ServedSite) -> None:
    window = open_window("--provider", site.url)
    assert _nameless(window) == []
    window.ask("/error 429")
    window.wait_until_shown("errorRow")
    assert _nameless(window) == []


def test_the_end_of_an_answer_is_announced_once(open_window: OpenWindow, site: ServedSite) -> None:
    window = open_window("--provider", site.url)
    window.ask("/code")
    window.wait_until_shown("stopButton")
    window.wait_for_answer()
    window.driver.wait_until(window.driver.announced, "an announcement")
    assert window.driver.announced() == [f"{site.url.removeprefix('http://')}: Answer complete"]


def test_a_screen_reader_finds_how_far_the_answer_is(
    open_window: OpenWindow, site: ServedSite
) -> None:
    window = open_window("--provider", site.url)
    window.ask("/code")
    window.wait_until_shown("stopButton")
    window.wait_for_answer()
    status = window.find("replyStatus")
    assert "characters in" in f"{status.name} {status.description} {status.text}"


def _nameless(window: Window) -> list[str]:
    """Return what can be focused or pressed, and has no name for a blind user."""
    return [
        f"{thing.role} {thing.id}"
        for thing in window.driver.tree()
        if thing.is_shown and not thing.name and _is_control(thing.role, thing.states)
    ]


def _is_control(role: str, states: frozenset[str]) -> bool:
    return "focusable" in states or role in {"push button", "toggle button", "text", "combo box"}


def _contains(outer: tuple[int, int, int, int], inner: tuple[int, int, int, int]) -> bool:
    x, y, width, height = outer
    left, top, inner_width, inner_height = inner
    return (
        left >= x
        and top >= y
        and left + inner_width <= x + width
        and top + inner_height <= y + height
    )
