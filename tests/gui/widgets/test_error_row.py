from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from core.errors import ProviderError, RateLimitError
from gui.widgets.error_row import ErrorRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def row(qtbot: QtBot) -> ErrorRow:
    row = ErrorRow()
    qtbot.addWidget(row)
    return row


def test_the_row_shows_one_sentence_and_offers_retry(row: ErrorRow, qtbot: QtBot) -> None:
    row.show_error(ProviderError("Not today", host="chat.example", status=400))
    assert row.sentence() == "chat.example refused the request: Not today"
    assert row.accessibleName() == row.sentence()
    with qtbot.waitSignal(row.retry_requested):
        qtbot.mouseClick(row.retry_button, Qt.MouseButton.LeftButton)


def test_details_are_copied(row: ErrorRow) -> None:
    row.show_error(ProviderError("Not today", host="chat.example", status=400))
    row.copy_button.click()
    details = QGuiApplication.clipboard().text()
    assert "ProviderError: refused_request" in details
    assert "HTTP 400" in details
    assert "Not today" in details


def test_a_rate_limit_counts_down_to_its_end(row: ErrorRow, qtbot: QtBot) -> None:
    row.show_error(RateLimitError(host="chat.example", retry_after=1.2))
    assert row.is_ticking
    assert row.retry_button.isEnabled()
    qtbot.waitUntil(lambda: not row.is_ticking, timeout=5000)


def test_an_error_without_a_wait_starts_no_clock(row: ErrorRow) -> None:
    row.show_error(RateLimitError(host="chat.example"))
    assert not row.is_ticking


def test_clearing_ends_the_countdown(row: ErrorRow) -> None:
    row.show_error(RateLimitError(host="chat.example", retry_after=60))
    row.clear()
    assert not row.is_ticking
    assert not row.isVisible()
    assert row.sentence() == ""
    assert row.details() == ""


def test_a_page_of_words_is_shortened_but_copied_whole(row: ErrorRow) -> None:
    row.show_error(ProviderError("word " * 2000, host="chat.example"))
    assert len(row.sentence()) < 700
    assert "word " * 1999 in row.details()


def test_markup_in_the_words_of_a_service_is_shown_as_text(row: ErrorRow) -> None:
    row.show_error(ProviderError("<b>no</b>", host="chat.example"))
    assert "<b>no</b>" in row.sentence()
    assert row.findChild(QLabel, "errorText").textFormat() is Qt.TextFormat.PlainText
