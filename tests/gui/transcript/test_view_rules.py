from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from core.models import Message, MessageState, Role
from gui.transcript.code_block import CodeLayout
from gui.transcript.style import TranscriptStyle
from gui.transcript.table import TableLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.segment_layout import SegmentLayout
    from gui.transcript.view import TranscriptView


def stream(view: TranscriptView, text: str) -> list[SegmentLayout]:
    view.append_text(text)
    view.pump.flush()
    return view.conversation.layout(view.message_count() - 1).answer.layouts


def test_closed_segments_keep_their_documents_while_the_tail_grows(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    layouts = stream(view, "# Title\n\nA paragraph.\n\n- one\n- two\n\nTail")
    documents = [layout.document for layout in layouts[:3]]
    layouts = stream(view, " goes on.\n\nAnd on.\n\n")
    assert [layout.document for layout in layouts[:3]] == documents
    assert None not in documents


def test_code_is_appended_to_the_document_that_is_there(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    before = stream(view, "```python\na = 1\n")[0].document
    layout = stream(view, "b = 2\nc =")[0]
    assert layout.document is before
    assert before is not None
    assert before.toPlainText() == "a = 1\nb = 2\nc ="


def test_a_table_keeps_its_table_and_gets_more_rows(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    layout = stream(view, "| a | b |\n|---|---|\n| 1 | 2 |\n")[0]
    assert isinstance(layout, TableLayout)
    assert layout.document is not None
    table = layout.document.rootFrame().childFrames()[0]
    stream(view, "| 3 | 4 |\n| 5 | 6 |\n")
    assert layout.document.rootFrame().childFrames()[0] is table
    assert "5" in layout.document.toPlainText()


def test_a_definition_that_comes_late_makes_a_link_of_what_stands_above(
    view: TranscriptView,
) -> None:
    view.add_message(Role.ASSISTANT, "")
    stream(view, "See [there].\n\nMore text.\n\n")
    layouts = stream(view, "[there]: https://example.org\n\nEnd.\n\n")
    layouts[0].ensure()
    assert layouts[0].document is not None
    links = [
        item.format.anchorHref()
        for item in layouts[0].document.begin().textFormats()
        if item.format.isAnchor()
    ]
    assert links == ["https://example.org"]


def test_far_from_the_screen_there_are_no_documents(view: TranscriptView) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number} with some words." for number in range(500))
    view.set_messages([Message(Role.ASSISTANT, paragraphs)])
    view.background.finish()
    layouts = view.conversation.layout(0).answer.layouts
    assert layouts[-1].document is not None
    assert layouts[0].document is None
    built = sum(layout.document is not None for layout in layouts)
    assert built < 120


def test_only_visible_code_is_coloured(view: TranscriptView) -> None:
    code = "```python\n" + "x = 'text'\n" * 60 + "```\n"
    view.set_messages([Message(Role.ASSISTANT, code * 1 + "word\n\n" * 200 + code)])
    view.background.finish()
    blocks = [
        layout
        for layout in view.conversation.layout(0).answer.layouts
        if isinstance(layout, CodeLayout)
    ]
    assert blocks[-1].coloured > 0
    assert blocks[0].coloured == 0


def test_nothing_runs_when_nothing_happens(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "")
    view.append_text("Some text.\n\n")
    qtbot.waitUntil(lambda: view.pump.is_idle and view.background.is_idle, timeout=3000)
    QApplication.processEvents()
    assert view.pump.is_idle
    assert view.background.is_idle


def test_text_is_shown_within_a_frame_without_a_flush(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "")
    for _ in range(50):
        view.append_text("word ")
    qtbot.waitUntil(lambda: view.pump.is_idle, timeout=1000)
    assert view.message(0).text == "word " * 50


def test_a_flood_is_taken_in_slices(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, "")
    flood = "Words of a long text. " * 20_000
    view.append_text(flood)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: view.conversation.messages[0].text_length > 0, timeout=2000)
    assert view.conversation.messages[0].text_length < len(flood)
    view.end_message(MessageState.COMPLETE)
    assert view.message(0).text == flood


def test_a_long_message_is_parsed_in_slices(view: TranscriptView, qtbot: QtBot) -> None:
    text = "\n\n".join(f"Paragraph {number} with **words**." for number in range(8_000))
    view.set_messages([Message(Role.ASSISTANT, text)])
    layout = view.conversation.layout(0)
    assert not layout.is_parsed
    qtbot.waitUntil(lambda: layout.is_parsed, timeout=20_000)
    assert view.scroller.is_at_end
    assert layout.answer.layouts[-1].segment.text == "Paragraph 7999 with words."


def test_another_theme_keeps_the_place_and_parses_nothing_again(
    streaming: TranscriptView,
) -> None:
    last = streaming.message_count() - 1
    layout = streaming.conversation.layout(last)
    place = streaming.message_rect(last)
    streaming.set_style(TranscriptStyle.load("dark"))
    assert streaming.conversation.layout(last) is layout
    assert streaming.message_rect(last) == place
    streaming.append_text("It goes on.\n\n")
    streaming.pump.flush()
    assert layout.answer.layouts[-1].segment.text == "It goes on."


def test_scrolling_to_any_place_shows_it_at_once(view: TranscriptView) -> None:
    view.set_messages(
        Message(Role.ASSISTANT, f"Message **{number}**.\n\n- a\n- b") for number in range(3000)
    )
    for index in (0, 1500, 2999, 700):
        view.show_message(index)
        assert index in view.visible_messages()
        places = view.conversation.layout(index).places(0, 50)
        assert places[0].layout.segment.text == f"Message {index}."
        assert places[0].layout.is_ready
