from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel

from core.diagnosis import Check, Finding, Outcome, Step
from core.errors import AuthenticationError
from core.net.certificate import Certificate
from gui.diagnosis.certificate_dialog import CertificateDialog
from gui.diagnosis.diagnosis_dialog import DiagnosisDialog
from gui.theme import Appearance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

HOST = {"host": "llm.example"}
CERTIFICATE = Certificate(
    subject="CN=llm.example",
    issuer="CN=Example Root",
    names=("llm.example", "10.0.0.1"),
    not_before=datetime(2020, 1, 1, tzinfo=UTC),
    not_after=datetime(2021, 12, 31, tzinfo=UTC),
    fingerprint="0a1b2c3d" * 8,
)
FOUND = Check(Step.ADDRESS, Outcome.OK, finding=Finding.ASKED_DIRECTLY, data=HOST)
CONNECTED = Check(Step.TCP, Outcome.OK, 0.0124, finding=Finding.CONNECTED, data=HOST)
UNTRUSTED = Check(
    Step.TLS,
    Outcome.FAILED,
    1.26,
    finding=Finding.SIGNED_BY_ITSELF,
    data=HOST,
    certificate=CERTIFICATE,
)
REFUSED = Check(Step.KEY, Outcome.FAILED, 0.2, error=AuthenticationError(host="llm.example"))


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    appearance = Appearance(qapp, choice="light")
    yield
    appearance.deleteLater()


@pytest.fixture
def dialog(look: None, qtbot: QtBot) -> DiagnosisDialog:  # noqa: ARG001 - what is seen has a style
    dialog = DiagnosisDialog("My model")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    dialog.begin()
    return dialog


def test_all_steps_are_there_before_the_first_check(dialog: DiagnosisDialog) -> None:
    icons = [row.icon.icon_name for row in dialog.steps.rows.values()]
    assert icons == ["running"] + ["pending"] * (len(Step) - 1)
    assert dialog.windowTitle() == "Diagnosis of My model"
    assert dialog.again_button.text() == "Stop"
    assert not dialog.copy_button.isEnabled()


def test_a_check_fills_its_row_and_the_next_step_runs(dialog: DiagnosisDialog) -> None:
    dialog.add_check(FOUND)
    dialog.add_check(CONNECTED)
    row = dialog.steps.rows[Step.TCP]
    assert row.icon.icon_name == "passed"
    assert row.time.text() == "12 ms"
    assert "llm.example" in row.sentence.text()
    assert "12 ms" in row.accessibleName()
    assert row.sentence.text() in row.accessibleName()
    assert dialog.steps.rows[Step.ADDRESS].time.text() == ""
    assert dialog.steps.rows[Step.PROXY].icon.icon_name == "running"


@pytest.mark.parametrize(
    ("checks", "summary"),
    [
        ([FOUND], "Everything works."),
        ([FOUND, UNTRUSTED, REFUSED], "It fails here: Encryption."),
        (
            [Check(Step.TLS, Outcome.WARNING, finding=Finding.NO_TLS, data=HOST)],
            "It works, but look at this: Encryption.",
        ),
        ([REFUSED], "It fails here: Key."),
    ],
)
def test_the_first_line_sums_it_up(
    dialog: DiagnosisDialog, checks: list[Check], summary: str
) -> None:
    for check in checks:
        dialog.add_check(check)
    dialog.end()
    assert dialog.summary.text() == summary
    assert dialog.again_button.text() == "Again"


def test_what_was_not_reached_says_nothing(dialog: DiagnosisDialog) -> None:
    dialog.add_check(UNTRUSTED)
    dialog.add_check(Check(Step.HTTP, Outcome.SKIPPED, finding=Finding.NOT_TRIED))
    dialog.end()
    row = dialog.steps.rows[Step.HTTP]
    assert row.icon.icon_name == "skipped"
    assert row.sentence.isHidden()
    assert "Skipped" in row.accessibleName()
    assert dialog.steps.rows[Step.FIRST_WORD].icon.icon_name == "pending"


def test_an_error_stands_in_the_row_of_its_step(dialog: DiagnosisDialog) -> None:
    dialog.add_check(REFUSED)
    row = dialog.steps.rows[Step.KEY]
    assert row.icon.icon_name == "failed"
    assert row.sentence.text() == "llm.example did not accept your key; check it."


def test_stopping_is_a_wish_and_starting_again_forgets(
    dialog: DiagnosisDialog, qtbot: QtBot
) -> None:
    dialog.add_check(UNTRUSTED)
    with qtbot.waitSignal(dialog.stop_requested):
        dialog.again_button.click()
    dialog.end(was_stopped=True)
    with qtbot.waitSignal(dialog.start_requested):
        dialog.again_button.click()
    dialog.begin()
    assert dialog.steps.rows[Step.TLS].sentence.isHidden()
    assert dialog.certificate_button.isHidden()
    assert "Encryption" not in dialog.report()


def test_a_diagnosis_that_was_stopped_says_so(dialog: DiagnosisDialog) -> None:
    dialog.add_check(FOUND)
    dialog.end(was_stopped=True)
    assert dialog.summary.text() == "Stopped."
    assert "running" not in {row.icon.icon_name for row in dialog.steps.rows.values()}


def test_the_report_has_every_check(dialog: DiagnosisDialog) -> None:
    dialog.add_check(FOUND)
    dialog.add_check(REFUSED)
    dialog.end()
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.report()
    assert "Address" in copied
    assert "did not accept your key" in copied


def test_a_certificate_that_was_seen_can_be_shown(dialog: DiagnosisDialog, qtbot: QtBot) -> None:
    dialog.add_check(FOUND)
    assert dialog.certificate_button.isHidden()
    dialog.add_check(UNTRUSTED)
    with qtbot.waitSignal(dialog.certificate_requested) as signal:
        dialog.certificate_button.click()
    assert signal.args == [UNTRUSTED]


def test_every_button_has_a_name_and_esc_closes(dialog: DiagnosisDialog, qtbot: QtBot) -> None:
    for button in dialog.findChildren(QAbstractButton):
        if button.objectName() and not button.objectName().startswith("qt_"):
            assert button.accessibleName(), button.objectName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_long_sentences_are_whole_in_a_narrow_dialog(dialog: DiagnosisDialog, qtbot: QtBot) -> None:
    dialog.resize(320, 300)
    for step in Step:
        dialog.add_check(
            Check(
                step, Outcome.OK, 12.3, finding=Finding.SIGNED_BY_ITSELF, data={"host": "x " * 99}
            )
        )
    dialog.end()
    inside = dialog.steps.widget()

    def cut_off() -> list[str]:
        dialog.grab()
        labels = [label for label in inside.findChildren(QLabel) if label.wordWrap()]
        return [
            label.objectName()
            for label in labels
            if label.isVisibleTo(inside) and label.height() < label.heightForWidth(label.width())
        ]

    qtbot.waitUntil(lambda: cut_off() == [])
    assert inside.width() <= dialog.steps.viewport().width()


def shown(qtbot: QtBot, certificate: Certificate, *, is_trusted: bool = False) -> CertificateDialog:
    dialog = CertificateDialog(
        certificate, host="llm.example", profile="My model", is_trusted=is_trusted
    )
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    return dialog


def fact(dialog: CertificateDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


@pytest.mark.usefixtures("look")
def test_a_certificate_shows_whom_and_when_and_its_fingerprint(qtbot: QtBot) -> None:
    dialog = shown(qtbot, CERTIFICATE)
    assert fact(dialog, "certificateSubject") == "CN=llm.example"
    assert fact(dialog, "certificateIssuer") == "CN=Example Root"
    assert fact(dialog, "certificateNames") == "llm.example, 10.0.0.1"
    assert "2020" in fact(dialog, "certificateDates")
    assert "it has expired" in fact(dialog, "certificateDates")
    digits = fact(dialog, "certificateFingerprint").replace("\n", ":").split(":")
    assert digits == ["0A", "1B", "2C", "3D"] * 8
    assert "My model" in dialog.warning.text()


@pytest.mark.usefixtures("look")
def test_a_certificate_that_says_nothing_still_has_a_fingerprint(qtbot: QtBot) -> None:
    dialog = shown(qtbot, Certificate("", "", (), None, None, "ff" * 32))
    assert fact(dialog, "certificateSubject") == "not said"
    assert fact(dialog, "certificateIssuer") == "itself; nobody else has signed it"
    assert fact(dialog, "certificateFingerprint").startswith("FF:FF")


@pytest.mark.usefixtures("look")
def test_words_of_a_certificate_are_words_and_not_markup(qtbot: QtBot) -> None:
    dialog = shown(
        qtbot, Certificate("<b>Bank</b>", "x" * 9000, ("y",) * 99, None, None, "00" * 32)
    )
    label = dialog.findChild(QLabel, "certificateSubject")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert len(fact(dialog, "certificateIssuer")) <= 500
    assert fact(dialog, "certificateNames").endswith("…")


@pytest.mark.usefixtures("look")
def test_a_certificate_is_trusted_by_its_button_and_not_by_enter(qtbot: QtBot) -> None:
    dialog = shown(qtbot, CERTIFICATE)
    with qtbot.assertNotEmitted(dialog.trusted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    dialog.open()
    with qtbot.waitSignal(dialog.trusted) as signal:
        dialog.trust_button.click()
    assert signal.args == [CERTIFICATE.fingerprint]
    assert not dialog.isVisible()


@pytest.mark.usefixtures("look")
def test_what_is_trusted_already_is_shown_without_a_warning(qtbot: QtBot) -> None:
    dialog = shown(qtbot, CERTIFICATE, is_trusted=True)
    assert dialog.warning.isHidden()
    assert dialog.trust_button.isHidden()
    assert dialog.cancel_button.text() == "Close"
