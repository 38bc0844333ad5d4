from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from gui.widgets.composer import Composer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LIMIT = 200


@pytest.fixture
def composer(qtbot: QtBot) -> Iterator[Composer]:
    composer = Composer()
    qtbot.addWidget(composer)
    composer.resize(500, 120)
    composer.set_height_limit(LIMIT)
    composer.show()
    composer.activateWindow()
    composer.setFocus()
    yield composer
    composer.hide()


@pytest.fixture
def sent(composer: Composer) -> list[str]:
    texts: list[str] = []
    composer.submitted.connect(texts.append)
    return texts


def paste(composer: Composer, text: str, html: str = "") -> None:
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    composer.editor.insertFromMimeData(data)


def test_enter_sends_and_shift_enter_begins_a_line(
    composer: Composer, sent: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(composer.editor, "one")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.editor, "two")
    assert not sent
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)

    assert sent == ["one\ntwo"]
    assert composer.text() == "one\ntwo", "the text stays until somebody took it"


def test_the_enter_of_the_number_pad_sends(
    composer: Composer, sent: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(composer.editor, "one")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert sent == ["one"]


def test_enter_does_not_send_while_an_input_method_composes(
    composer: Composer, sent: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(composer.editor, "I say ")
    QCoreApplication.sendEvent(composer.editor, QInputMethodEvent("にほ", []))
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    qtbot.mouseClick(composer.send_button, Qt.MouseButton.LeftButton)
    assert not sent

    committed = QInputMethodEvent("", [])
    committed.setCommitString("日本")
    QCoreApplication.sendEvent(composer.editor, committed)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert sent == ["I say 日本"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t "])
def test_nothing_is_not_sent(composer: Composer, sent: list[str], qtbot: QtBot, text: str) -> None:
    composer.set_text(text)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert not composer.send_button.isEnabled()
    assert not sent


def test_nothing_is_sent_while_an_answer_comes(
    composer: Composer, sent: list[str], qtbot: QtBot
) -> None:
    composer.set_replying(True)
    qtbot.keyClicks(composer.editor, "one")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert not sent
    assert composer.text() == "one"
    composer.set_replying(False)
    assert composer.send_button.isEnabled()


def test_formatted_text_is_pasted_as_plain_text(composer: Composer) -> None:
    paste(composer, "bold", "<b style='color:red'>bold</b>")
    assert composer.text() == "bold"
    assert "red" not in composer.editor.document().toHtml()


def test_the_field_grows_with_its_text_up_to_the_limit(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 3, 50, 5_000):
        composer.set_text("\n".join(["line"] * lines))
        QApplication.processEvents()
        heights.append(composer.editor.height())

    assert heights[0] < heights[1] < heights[2]
    assert heights[3] == heights[4] == LIMIT
    composer.clear()
    assert composer.editor.height() == heights[0]


def test_wrapped_lines_make_the_field_grow_too(composer: Composer) -> None:
    before = composer.editor.height()
    composer.set_text("word " * 60)
    QApplication.processEvents()
    assert composer.editor.height() > before


@pytest.mark.parametrize(
    "text",
    ["many lines\n" * 190_000, "one line of words " * 110_000, "x" * 2_000_000],
    ids=["lines", "words", "one-word"],
)
def test_two_megabytes_are_pasted_at_once(
    composer: Composer, sent: list[str], qtbot: QtBot, text: str
) -> None:
    qtbot.keyClicks(composer.editor, "Explain this:")
    started = time.monotonic()
    paste(composer, text)
    QApplication.processEvents()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Space)
    took = time.monotonic() - started

    assert took < 0.5
    assert composer.chip.isVisible()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert sent == [f"Explain this: \n\n{text}"]


def test_a_long_paste_can_be_removed(composer: Composer, qtbot: QtBot) -> None:
    qtbot.keyClicks(composer.editor, "short")
    paste(composer, "x" * 100_000)
    composer.chip.clear()
    assert composer.text() == "short"
    assert not composer.chip.isVisible()


def test_nul_and_lone_surrogates_do_no_harm(
    composer: Composer, sent: list[str], qtbot: QtBot
) -> None:
    paste(composer, "a\0b\ud800c")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert len(sent) == 1
    assert sent[0].startswith("a")
    assert sent[0].endswith("c")


def test_the_tab_key_leaves_the_field(composer: Composer, qtbot: QtBot) -> None:
    qtbot.keyClicks(composer.editor, "one")
    assert composer.editor.tabChangesFocus()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Tab)
    assert composer.text() == "one"
