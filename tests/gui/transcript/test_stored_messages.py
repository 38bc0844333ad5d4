"""What a store of conversations asks of the view: ids, versions, other messages, going on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage

from core.models import Message, MessageState, Role
from gui.transcript.actions import Action, actions_for
from gui.transcript.canvas import note_of
from gui.transcript.pointer import Target

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
LONG = "A paragraph with **bold** words and `code`.\n\n- one\n- two\n\n```py\nx = 1\n```\n\n" * 12


def answer(text: str, *, number: int = 0) -> Message:
    return Message(Role.ASSISTANT, text, id=number)


def hover(view: TranscriptView, qtbot: QtBot, index: int) -> None:
    rect = view.message_rect(index)
    qtbot.mouseMove(view.viewport(), QPoint(3, 3))
    qtbot.mouseMove(view.viewport(), QPoint(rect.center().x(), rect.top() + 8))


def shown_texts(view: TranscriptView, index: int) -> list[str]:
    return [layout.segment.text for layout in view.conversation.layout(index).answer.layouts]


# -- what is loaded


def test_what_a_store_keeps_of_a_message_is_shown(view: TranscriptView) -> None:
    loaded = Message(
        Role.ASSISTANT,
        "Text",
        id=7,
        state=MessageState.CUT,
        reasoning="Thought",
        model="m-1",
        created_at=1_700_000_000.0,
    )
    view.set_messages([loaded], author_of=lambda message: f"By {message.id}")
    shown = view.message(0)
    assert (shown.author, shown.text, shown.state, shown.id) == ("By 7", "Text", "cut", 7)
    assert (shown.reasoning, shown.model) == ("Thought", "m-1")
    time = view.conversation.messages[0].time
    assert time is not None
    assert time.timestamp() == 1_700_000_000.0


class Counted(Sequence[Message]):
    """Ten thousand messages, and how many authors were asked for."""

    def __init__(self) -> None:
        self.asked = 0
        self._items = [answer(f"Message {number}", number=number + 1) for number in range(10_000)]

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int | slice) -> Message:  # type: ignore[override]  # as a list
        raise NotImplementedError

    def __iter__(self) -> Iterator[Message]:
        return iter(self._items)

    def author(self, _message: Message) -> str:
        self.asked += 1
        return "A"


def test_of_ten_thousand_messages_only_those_near_the_end_are_made(view: TranscriptView) -> None:
    messages = Counted()
    view.set_messages(messages, author_of=messages.author)
    assert view.message_count() == 10_000
    assert messages.asked <= 600


def test_messages_are_found_by_the_id_of_the_store(view: TranscriptView) -> None:
    view.set_messages([answer("a", number=11), answer("b", number=22), answer("c", number=33)])
    assert view.index_of(22) == 1
    assert view.index_of(5) is None
    assert view.index_of(0) is None
    view.remove_message(0)
    assert view.index_of(22) == 0
    assert view.index_of(11) is None
    view.add_message(Role.USER, "d", message_id=44, state=MessageState.COMPLETE)
    assert view.index_of(44) == 2


def test_a_message_that_is_still_being_written_is_the_open_one_when_loaded(
    view: TranscriptView,
) -> None:
    view.set_messages([Message(Role.ASSISTANT, "So ", state=MessageState.STREAMING)])
    view.append_text("far.")
    view.end_message(MessageState.COMPLETE)
    assert view.message(0).text == "So far."


def test_text_without_an_open_message_is_ignored(view: TranscriptView) -> None:
    view.set_messages([answer("done")])
    view.append_text(" and more")
    view.pump.flush()
    assert view.message(0).text == "done"


# -- states


@pytest.mark.parametrize(
    "state",
    [MessageState.INTERRUPTED, MessageState.STOPPED, MessageState.CUT, MessageState.FAILED],
)
def test_an_answer_that_is_not_whole_says_so_and_can_go_on(
    view: TranscriptView, state: MessageState
) -> None:
    view.set_messages([Message(Role.ASSISTANT, "Half of", state=state)])
    assert note_of(state)
    assert Action.CONTINUE in actions_for(view.conversation.messages[0])


def test_without_any_text_there_is_nothing_to_continue(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, "", state=MessageState.FAILED)])
    assert Action.CONTINUE not in actions_for(view.conversation.messages[0])


# -- going on


@pytest.mark.parametrize("text", ["Short and **bold", LONG, LONG * 20])
def test_an_answer_that_goes_on_equals_one_that_never_ended(
    view: TranscriptView, text: str
) -> None:
    view.set_messages([Message(Role.ASSISTANT, text, state=MessageState.STOPPED)])
    view.reopen_message(0)
    view.append_text(" words** that follow.\n\nAnd `more`.")
    view.end_message(MessageState.COMPLETE)
    went_on = shown_texts(view, 0)
    whole = text + " words** that follow.\n\nAnd `more`."
    view.set_messages([answer(whole)])
    view.conversation.whole(0)
    assert went_on == shown_texts(view, 0)


def test_nothing_of_an_answer_changes_until_more_of_it_comes(view: TranscriptView) -> None:
    text = LONG + "Ends in *the middle of"
    view.set_messages([Message(Role.ASSISTANT, text, state=MessageState.STOPPED)])
    view.background.finish()
    before, y = shown_texts(view, 0), view.scroller.y
    documents = [layout.document for layout in view.conversation.layout(0).answer.layouts]
    view.reopen_message(0)
    assert view.message(0).state is MessageState.STREAMING
    assert shown_texts(view, 0) == before
    assert view.scroller.y == y
    view.append_text(" it")
    view.pump.flush()
    assert shown_texts(view, 0) == before  # not yet clear what it is: nothing goes
    view.append_text("*. Now it is clear, and goes on.")
    view.pump.flush()
    after = [layout.document for layout in view.conversation.layout(0).answer.layouts]
    # All but the last paragraph is what it was, not built again.
    assert all(a is b for a, b in zip(documents[:-1], after[:-1], strict=True))
    assert shown_texts(view, 0)[-1].startswith("Ends in the middle of it. Now")


def test_a_long_answer_is_read_again_in_slices(view: TranscriptView, qtbot: QtBot) -> None:
    text = LONG * 20
    view.set_messages([Message(Role.ASSISTANT, text, state=MessageState.STOPPED)])
    view.reopen_message(0)
    view.append_text("The end.")
    assert view.stream.is_reading
    qtbot.waitUntil(lambda: not view.stream.is_reading)
    qtbot.waitUntil(lambda: view.message(0).text.endswith("The end."))
    view.end_message(MessageState.COMPLETE)
    assert shown_texts(view, 0)[-1] == "The end."


def test_an_answer_that_was_opened_in_vain_is_as_before(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, "An *open", state=MessageState.STOPPED)])
    before = shown_texts(view, 0)
    view.reopen_message(0)
    view.end_message(MessageState.FAILED)
    assert shown_texts(view, 0) == before
    assert view.message(0).text == "An *open"


def test_code_goes_on_in_the_block_it_was_in(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, "```py\na = 1", state=MessageState.CUT)])
    view.reopen_message(0)
    view.append_text("\nb = 2\n```\nText")
    view.end_message(MessageState.COMPLETE)
    assert shown_texts(view, 0) == ["a = 1\nb = 2", "Text"]


def test_an_answer_in_the_middle_can_go_on(conversation: TranscriptView) -> None:
    conversation.reopen_message(3)
    conversation.append_text("More.")
    conversation.end_message(MessageState.COMPLETE)
    assert conversation.message(3).text.endswith("More.")
    assert not conversation.message(-1).text.endswith("More.")


# -- other messages


def test_what_stays_does_not_move_when_other_messages_follow_it(
    conversation: TranscriptView,
) -> None:
    conversation.show_message(20)
    top = conversation.message_rect(20).top()
    conversation.replace_from(21, [answer(LONG), answer("and another")])
    assert conversation.message_count() == 23
    assert conversation.message_rect(20).top() == top
    conversation.replace_from(21, [answer("Another"), *[answer(LONG) for _ in range(9)]])
    assert conversation.message_rect(20).top() == top


def test_another_version_of_the_last_answer_begins_where_the_last_one_began(
    conversation: TranscriptView,
) -> None:
    assert conversation.is_following
    top = conversation.message_rect(39).top()
    conversation.replace_from(39, [answer(LONG)])
    assert conversation.message_rect(39).top() == top
    assert not conversation.is_following


def test_a_reader_inside_an_answer_stays_as_far_below_its_top_in_another_version(
    conversation: TranscriptView,
) -> None:
    conversation.replace_from(39, [answer(LONG)])
    conversation.show_message(39)
    conversation.scroll_pixels(250)
    assert conversation.message_rect(39).top() == -250
    conversation.replace_from(39, [answer("Another one.\n\n" + LONG)])
    assert conversation.message_rect(39).top() == -250


def test_the_view_goes_on_following_while_the_end_is_seen(conversation: TranscriptView) -> None:
    conversation.replace_from(39, [])
    assert conversation.is_following
    conversation.add_message(Role.ASSISTANT, "")
    conversation.append_text(LONG)
    conversation.pump.flush()
    assert conversation.scroller.is_at_end


def test_a_message_anywhere_is_taken_away_and_nothing_moves(conversation: TranscriptView) -> None:
    conversation.show_message(20)
    texts = [conversation.message(index).text for index in range(40)]
    conversation.remove_message(5)
    conversation.remove_message(30)
    assert conversation.message_rect(19).top() == 0
    del texts[5], texts[30]
    assert [conversation.message(index).text for index in range(38)] == texts


def test_an_answer_that_is_replaced_while_it_streams_takes_no_more_text(
    streaming: TranscriptView,
) -> None:
    streaming.replace_from(41, [answer("Another")])
    streaming.append_text("late")
    streaming.pump.flush()
    assert streaming.message(-1).text == "Another"


def test_selected_text_that_is_gone_is_not_selected(conversation: TranscriptView) -> None:
    conversation.keyboard.select_message(39)
    conversation.replace_from(39, [answer("x")])
    assert conversation.shown.selection.is_empty


def test_what_is_found_follows_the_messages(conversation: TranscriptView) -> None:
    conversation.open_find()
    conversation.overlays.find_bar.field.setText("something")
    conversation.finder.search(conversation.overlays.find_bar.query)
    conversation.finder.finish()
    assert conversation.finder.count == 40
    conversation.replace_from(10, [answer("something else")])
    conversation.finder.finish()
    assert conversation.finder.count == 11


# -- versions


def with_versions(view: TranscriptView) -> None:
    view.set_messages([Message(Role.USER, "A question"), answer("An answer")])
    view.set_versions(1, 2, 3)


def test_versions_are_offered_in_the_header_and_step_both_ways(
    view: TranscriptView, qtbot: QtBot
) -> None:
    with_versions(view)
    switch = view.overlays.version_switch
    hover(view, qtbot, 0)
    qtbot.waitUntil(lambda: not switch.isVisible())
    hover(view, qtbot, 1)
    assert switch.isVisible()
    assert switch.previous.accessibleName() == "Previous version"
    assert switch.next.accessibleName() == "Next version"
    steps: list[tuple[int, int]] = []
    view.version_requested.connect(lambda index, step: steps.append((index, step)))
    qtbot.mouseClick(switch.previous, LEFT)
    qtbot.mouseClick(switch.next, LEFT)
    assert steps == [(1, -1), (1, 1)]


def test_the_first_and_the_last_version_lead_no_further(view: TranscriptView, qtbot: QtBot) -> None:
    with_versions(view)
    hover(view, qtbot, 1)
    switch = view.overlays.version_switch
    view.set_versions(1, 1, 3)
    assert not switch.previous.isEnabled()
    assert switch.next.isEnabled()
    view.set_versions(1, 3, 3)
    assert switch.previous.isEnabled()
    assert not switch.next.isEnabled()


def test_the_only_version_shows_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    with_versions(view)
    hover(view, qtbot, 1)
    view.set_versions(1, 1, 1)
    qtbot.waitUntil(lambda: not view.overlays.version_switch.isVisible())


def test_the_keyboard_reaches_the_versions_and_stays_there(
    view: TranscriptView, qtbot: QtBot
) -> None:
    with_versions(view)
    view.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down, ALT)
    switch = view.overlays.version_switch
    assert switch.isVisible()
    assert switch.previous.focusPolicy() & Qt.FocusPolicy.TabFocus
    switch.next.setFocus()
    view.replace_from(1, [answer("Another answer, " * 50)])
    view.set_versions(1, 3, 3)
    qtbot.wait(20)
    assert switch.isVisible()
    assert switch.previous.hasFocus()  # for there is no next one any more


def test_versions_are_in_the_menu_too(view: TranscriptView, qtbot: QtBot) -> None:
    with_versions(view)
    view.set_versions(1, 1, 3)
    entries = {
        action.text(): action for action in view.commands.menu(1, Target()).findChildren(QAction)
    }
    assert not entries["Previous version"].isEnabled()
    with qtbot.waitSignal(view.version_requested) as caught:
        entries["Next version"].trigger()
    assert caught.args == [1, 1]


def test_versions_are_drawn_quietly_while_nobody_looks(view: TranscriptView) -> None:
    view.set_messages([Message(Role.USER, "A question"), answer("An answer")])
    before = view.viewport().grab().toImage()
    view.set_versions(1, 2, 3)
    after = view.viewport().grab().toImage()
    assert _differs(before, after)
    view.set_versions(1, 1, 1)
    assert not _differs(before, view.viewport().grab().toImage())


def _differs(one: QImage, other: QImage) -> bool:
    return one != other


# -- search hits


def test_a_hit_is_brought_into_view_and_its_words_are_marked_for_a_moment(
    conversation: TranscriptView, qtbot: QtBot
) -> None:
    conversation.replace_from(30, [answer(LONG + "\n\nThe **needle** is here.\n\n" + LONG)])
    conversation.scroll_to_message(0)
    assert conversation.message_rect(0).top() == 0
    conversation.scroll_to_message(30, highlight_text="needle is")
    number = shown_texts(conversation, 30).index("The needle is here.")
    assert conversation.flash.marks((30, 1, number)) == [(4, 13, True)]
    position = conversation.conversation.place(
        conversation.flash.first  # type: ignore[arg-type]  # it is there, as the marks say
    )
    assert position is not None
    y = conversation.conversation.heights.top(30) + position.y - conversation.scroller.y
    assert 0 <= y < conversation.viewport().height()
    qtbot.waitUntil(lambda: not conversation.flash.marks((30, 1, number)))


def test_words_of_a_hit_that_stand_apart_are_marked_each(view: TranscriptView) -> None:
    view.set_messages([answer("Salt and pepper, and salt.")])
    view.scroll_to_message(0, highlight_text="salt pepper")
    assert view.flash.marks((0, 1, 0)) == [(0, 4, True), (21, 25, True), (9, 15, True)]


def test_a_hit_without_words_goes_to_the_top_of_its_message(conversation: TranscriptView) -> None:
    conversation.scroll_to_message(12)
    assert conversation.message_rect(12).top() == 0
    assert conversation.shown.current == 12
    assert not conversation.is_following
