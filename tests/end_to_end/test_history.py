"""Conversations as a person has them: listed, found, renamed, deleted, and there the next day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from helpers.window import Window

if TYPE_CHECKING:
    from helpers.accessibility import Thing
    from helpers.served_site import ServedSite

pytestmark = pytest.mark.end_to_end

OpenWindow = Callable[..., Window]


@pytest.fixture
def open_at_site(open_window: OpenWindow, site: ServedSite) -> OpenWindow:
    """Open the window, again and again with the same conversations."""
    return lambda: open_window("--provider", site.url)


def ask(window: Window, question: str) -> None:
    """Ask something, and wait until the answer has ended."""
    before = len(window.driver.items("transcript"))
    window.ask(question)
    window.driver.wait_until(
        lambda: len(window.driver.items("transcript")) == before + 2, "the beginning of an answer"
    )
    window.wait_for_answer()


def leave(window: Window) -> None:
    """End the program by key, and see that it had nothing to complain of."""
    window.display.key("ctrl+q")
    assert window.program.wait() == 0
    assert window.program.complaints == ""


def rows(window: Window) -> list[str]:
    """Return the titles in the sidebar, without the days above and beside them."""
    names = window.driver.names("conversationList")
    return [name.rpartition(", ")[0] for name in names if ", " in name]


def wait_for_rows(window: Window, *titles: str) -> None:
    """Return once the sidebar shows these conversations."""
    window.driver.wait_until(lambda: rows(window) == list(titles), f"{titles} in the sidebar")


def row(window: Window, title: str) -> Thing:
    """Return a conversation in the sidebar."""
    found = [thing for thing in window.driver.tree() if thing.name.startswith(f"{title}, ")]
    return next(thing for thing in found if thing.role == "list item")


def click(window: Window, thing: Thing) -> None:
    """Click into the middle of a thing."""
    assert thing.extents is not None
    x, y, width, height = thing.extents
    place = [str(x + width // 2), str(y + height // 2)]
    window.display.run(["xdotool", "mousemove", *place, "click", "1"])


def go_to_list(window: Window, title: str) -> None:
    """Choose a conversation in the sidebar by keys, without opening it."""
    window.driver.focus("conversationList")
    window.display.key("Home", *["Down"] * rows(window).index(title))
    window.driver.wait_until(lambda: "focused" in row(window, title).states, f"{title} chosen")


def test_conversations_are_there_after_the_next_start(open_at_site: OpenWindow) -> None:
    window = open_at_site()
    ask(window, "What are you?")
    english = window.transcript
    window.display.key("ctrl+n")
    window.wait_until_shown("welcome")
    ask(window, "Кто ты такой?")
    wait_for_rows(window, "Кто ты такой?", "What are you?")
    leave(window)

    window = open_at_site()
    wait_for_rows(window, "Кто ты такой?", "What are you?")
    assert window.transcript == ""
    click(window, row(window, "What are you?"))
    window.wait_for_text("What are you?")
    assert window.transcript == english
    assert window.find("conversationTitle").name == "What are you?"
    window.display.key("ctrl+Prior")
    window.wait_for_text("не языковая модель")
    ask(window, "Ещё раз")
    assert "What are you?" not in window.transcript
    leave(window)

    window = open_at_site()
    wait_for_rows(window, "Кто ты такой?", "What are you?")
    go_to_list(window, "Кто ты такой?")
    window.display.key("Return")
    window.wait_for_text("Ещё раз")
    assert len(window.driver.items("transcript")) == 4


def test_a_word_is_found_without_its_dots_and_leads_to_the_message(
    open_at_site: OpenWindow,
) -> None:
    window = open_at_site()
    ask(window, "Hello")
    ask(window, "Расскажи про ёжика")
    ask(window, "/long 6000")
    leave(window)

    window = open_at_site()
    wait_for_rows(window, "Hello")
    window.display.key("ctrl+Next")
    window.wait_for_text("ёжика")
    assert not is_in_view(window, "ёжика")
    window.display.key("ctrl+n")
    window.wait_until_shown("welcome")

    window.display.key("ctrl+k")
    window.driver.wait_until(lambda: window.find("searchField").is_focused, "the search field")
    window.display.type("ежик")
    window.driver.wait_until(
        lambda: any("ёжика" in name for name in window.driver.names("resultList")), "a result"
    )
    window.display.key("Return")
    window.wait_for_text("ёжика")
    window.driver.wait_until(lambda: is_in_view(window, "ёжика"), "the message in view")
    leave(window)


def is_in_view(window: Window, words: str) -> bool:
    """Return whether a message with these words can be seen."""
    things = [thing for thing in window.driver.tree() if thing.object_name.startswith("message-")]
    return any(words in thing.name and thing.is_shown for thing in things)


def test_a_conversation_is_renamed_deleted_and_brought_back(open_at_site: OpenWindow) -> None:
    window = open_at_site()
    for question in ("First", "Second", "Third"):
        ask(window, question)
        window.display.key("ctrl+n")
        window.wait_until_shown("welcome")
    wait_for_rows(window, "Third", "Second", "First")

    go_to_list(window, "Second")
    window.display.key("F2")
    window.driver.wait_until(
        lambda: not window.find("conversationList").is_focused, "the field with the name"
    )
    window.display.type("About ёжики")
    window.display.key("Return")
    wait_for_rows(window, "Third", "About ёжики", "First")

    go_to_list(window, "First")
    window.display.key("Delete")
    wait_for_rows(window, "Third", "About ёжики")
    window.wait_until_shown("undoButton")
    window.driver.press("undoButton")
    wait_for_rows(window, "Third", "About ёжики", "First")

    go_to_list(window, "Third")
    window.display.key("Delete")
    wait_for_rows(window, "About ёжики", "First")
    leave(window)

    window = open_at_site()
    wait_for_rows(window, "About ёжики", "First")
    window.wait_until_shown("folderList")
    window.driver.focus("folderList")
    window.display.key("End", "Return")
    window.driver.wait_until(lambda: rows(window) == ["Third"], "the trash")
    leave(window)


def test_each_conversation_keeps_what_was_not_sent_yet(open_at_site: OpenWindow) -> None:
    window = open_at_site()
    ask(window, "First")
    write(window, "to the first")
    window.display.key("ctrl+n")
    window.wait_until_shown("welcome")
    ask(window, "Second")
    write(window, "to the second")
    window.display.key("ctrl+n")
    window.wait_until_shown("welcome")
    write(window, "to nobody yet")
    leave(window)

    window = open_at_site()
    wait_for_draft(window, "to nobody yet")
    wait_for_rows(window, "Second", "First")
    click(window, row(window, "First"))
    wait_for_draft(window, "to the first")
    click(window, row(window, "Second"))
    wait_for_draft(window, "to the second")
    window.display.key("ctrl+n")
    wait_for_draft(window, "to nobody yet")
    leave(window)


def write(window: Window, text: str) -> None:
    """Type something, and do not send it."""
    window.driver.wait_until(lambda: window.find("composer").is_focused, "the keyboard")
    window.display.type(text)
    wait_for_draft(window, text)


def wait_for_draft(window: Window, text: str) -> None:
    """Return once this stands where the user writes."""
    window.driver.wait_until(lambda: window.find("composer").text == text, f"{text!r}")


EDIT, OTHER_VERSION = 2, 3
"""Places in the menu of a question, counted from below among what can be chosen."""


def test_a_question_in_other_words_is_a_version_that_one_can_leave_again(
    open_at_site: OpenWindow, site: ServedSite
) -> None:
    window = open_at_site()
    ask(window, "Red")
    first = window.driver.items("transcript")
    choose_of_first_message(window, from_below=EDIT)
    wait_for_draft(window, "Red")
    window.display.key("ctrl+a")
    write(window, "Blue")
    window.display.key("Return")
    window.driver.wait_until(lambda: len(site.questions) == 2, "a second request")
    window.driver.wait_until(
        lambda: window.driver.items("transcript")[:1] == ["Blue"], "the question"
    )
    window.driver.wait_until(lambda: len(window.driver.items("transcript")) == 2, "an answer")
    window.wait_for_answer()
    second = window.driver.items("transcript")

    choose_of_first_message(window, from_below=OTHER_VERSION)
    window.driver.wait_until(lambda: window.driver.items("transcript") == first, "the first")
    leave(window)

    window = open_at_site()
    wait_for_rows(window, "Red")
    window.display.key("ctrl+Next")
    window.driver.wait_until(lambda: window.driver.items("transcript") == first, "the first")
    choose_of_first_message(window, from_below=OTHER_VERSION)
    window.driver.wait_until(lambda: window.driver.items("transcript") == second, "the second")
    leave(window)


def choose_of_first_message(window: Window, *, from_below: int) -> None:
    """Choose something by keys in the menu of the first question, counted from the last entry."""
    window.driver.focus("transcript")
    window.driver.wait_until(lambda: window.find("transcript").is_focused, "the keyboard there")
    # A menu takes the keys from the moment on at which it is asked for.
    window.display.key("Home", "k", "k", "k", "Menu", *["Up"] * from_below, "Return")
