from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    ContextLengthError,
    Fault,
    KeyStoreError,
    ProviderError,
    RateLimitError,
    SettingsError,
    StorageError,
)
from gui.metrics import metrics
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


CHOICES = [("chatgptfree", "chatgptfree.ai"), ("ollama", "Ollama")]


def offered(row: ErrorRow) -> set[str]:
    return {button.text() for button in row.findChildren(QPushButton) if not button.isHidden()}


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (ProviderError(status=400), {"Ask elsewhere ▾"}),
        (AuthenticationError(status=401), {"Ask elsewhere ▾", "Open settings"}),
        (AuthenticationError(fault=Fault.KEY_MISSING), {"Ask elsewhere ▾", "Open settings"}),
        (ConnectionFailedError(fault=Fault.DNS), {"Ask elsewhere ▾", "Diagnose"}),
        (ConnectionFailedError(fault=Fault.TLS), {"Ask elsewhere ▾", "Diagnose", "Open settings"}),
        (BrowserCheckError(status=403), {"Ask elsewhere ▾", "Diagnose"}),
        (ContextLengthError(), {"Ask elsewhere ▾", "Leave out the oldest and ask again"}),
        (SettingsError(option="provider"), {"Ask elsewhere ▾", "Open settings"}),
        (KeyStoreError(), {"Ask elsewhere ▾", "Open settings"}),
        (StorageError(), set()),
    ],
)
def test_each_error_offers_what_can_be_done_about_it(
    row: ErrorRow, error: ChatError, more: set[str]
) -> None:
    row.set_choices(lambda: CHOICES)
    row.set_can_trim(lambda: True)
    row.show_error(error)
    assert offered(row) == {"Retry", "Copy details"} | more


def test_where_nothing_can_be_left_out_it_is_not_offered(row: ErrorRow) -> None:
    row.show_error(ContextLengthError())
    assert offered(row) == {"Retry", "Copy details"}


def test_where_nobody_else_can_be_asked_that_is_not_offered(row: ErrorRow) -> None:
    row.show_error(ProviderError(status=400))
    assert "Ask elsewhere ▾" not in offered(row)


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("openSettingsButton", "settings_requested"),
        ("diagnoseButton", "diagnosis_requested"),
        ("trimButton", "trim_requested"),
    ],
)
def test_each_button_tells_what_is_wanted(
    row: ErrorRow, qtbot: QtBot, button: str, signal: str
) -> None:
    with qtbot.waitSignal(getattr(row, signal)):
        row.findChild(QPushButton, button).click()


def test_the_chosen_one_is_told(row: ErrorRow, qtbot: QtBot) -> None:
    row.set_choices(lambda: CHOICES)
    row.show_error(ProviderError(status=400))
    with qtbot.waitSignal(row.elsewhere_requested) as told:
        row.elsewhere_button.menu_actions()[1].trigger()
    assert told.args == ["ollama"]
    assert [action.text() for action in row.elsewhere_button.menu_actions()] == [
        "chatgptfree.ai",
        "Ollama",
    ]


def test_all_buttons_fit_into_the_narrowest_window(row: ErrorRow) -> None:
    row.set_choices(lambda: CHOICES)
    row.show_error(ConnectionFailedError(fault=Fault.TLS, host="chat.example"))
    row.resize(metrics().window_minimum_width - 2 * metrics().column_gutter, 10)
    row.resize(row.width(), row.heightForWidth(row.width()))
    shown = [button for button in row.findChildren(QPushButton) if not button.isHidden()]
    assert len(shown) == 5
    for button in shown:
        assert row.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()
    places = [button.geometry() for button in shown]
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
