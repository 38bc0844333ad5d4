"""Shows where the way to a service ends."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.diagnosis import Check, Outcome, Step
from gui.clipboard import copy_plain
from gui.diagnosis.check_words import step_name, translated_report
from gui.diagnosis.step_list import StepList
from gui.first_start.first_start_metrics import first_start_metrics
from gui.first_start.parts import announce, plain_button, plain_label, set_kind
from gui.metrics import metrics


class DiagnosisDialog(QDialog):
    """The steps from the address to the first word; shown by `open()`, never by `exec()`.

    It runs nothing itself: whoever opens it calls `begin`, `add_check` and `end`.

    Signals:
        start_requested: the user wants to see it all again.
        stop_requested: the user has seen enough.
        certificate_requested: the user wants to see the certificate of this `Check`.
    """

    start_requested = Signal()
    stop_requested = Signal()
    certificate_requested = Signal(object)

    def __init__(self, service: str, parent: QWidget | None = None) -> None:
        """Show the way to the service of this name."""
        super().__init__(parent)
        self._checks: list[Check] = []
        self._is_running = False

        self.setObjectName("diagnosisDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Diagnosis of {service}").format(service=service))
        self.summary = plain_label("diagnosisSummary", kind="heading")
        self.steps = StepList()
        self.certificate_button = plain_button(
            "showCertificateButton", self.tr("Show certificate…")
        )
        self.steps.rows[Step.TLS].add_action(self.certificate_button)
        self.copy_button = plain_button("copyDiagnosisButton", self.tr("Copy report"))
        self.again_button = plain_button("diagnosisAgainButton", self.tr("Again"))
        self.close_button = plain_button("closeDiagnosisButton", self.tr("Close"))

        buttons = QHBoxLayout()
        buttons.setSpacing(metrics().space_medium)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(space)
        layout.addWidget(self.summary)
        layout.addWidget(self.steps, 1)
        layout.addLayout(buttons)
        self.certificate_button.hide()
        self.copy_button.setEnabled(False)
        self.close_button.setFocus()

        self.certificate_button.clicked.connect(self._on_certificate_button_clicked)
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self.again_button.clicked.connect(self._on_again_button_clicked)
        self.close_button.clicked.connect(self.reject)

    def sizeHint(self) -> QSize:
        """Return a size that shows all steps on a usual screen."""
        sizes, font = first_start_metrics(), self.fontMetrics()
        width = font.averageCharWidth() * sizes.dialog_characters
        return QSize(width, font.lineSpacing() * sizes.dialog_lines)

    @property
    def is_running(self) -> bool:
        """Whether checks are still to come."""
        return self._is_running

    def report(self) -> str:
        """Return what Copy report copies; there are no secrets in it."""
        return translated_report(self._checks)

    def begin(self) -> None:
        """Show that the first step runs."""
        self._checks.clear()
        self.certificate_button.hide()
        self._set_running(is_running=True)
        self._say(self.tr("Looking…"), "heading")
        self.steps.begin()

    def add_check(self, check: Check) -> None:
        """Show how a step ended, and offer to show the certificate that was seen in it."""
        self._checks.append(check)
        if check.certificate is not None:
            self.certificate_button.show()
        self.copy_button.setEnabled(True)
        steps = list(Step)
        later = steps[steps.index(check.step) + 1 :]
        next_step = later[0] if later and self._is_running else None
        self.steps.add(check, next_step=next_step)

    def end(self, *, was_stopped: bool = False) -> None:
        """Say what came of it; steps that were not reached stay empty."""
        self._set_running(is_running=False)
        failed, warned = self._first(Outcome.FAILED), self._first(Outcome.WARNING)
        worth_a_look = failed or warned
        self.steps.end({check.step for check in self._checks}, worth_a_look=worth_a_look)
        name = step_name(worth_a_look) if worth_a_look is not None else ""
        if failed is not None:
            text, kind = self.tr("It fails here: {step}.").format(step=name), "problem"
        elif was_stopped:
            text, kind = self.tr("Stopped."), "heading"
        elif warned is not None:
            text, kind = self.tr("It works, but look at this: {step}.").format(step=name), "warning"
        else:
            text, kind = self.tr("Everything works."), "good"
        self._say(text, kind)
        announce(self, text)

    def _first(self, outcome: Outcome) -> Step | None:
        return next((check.step for check in self._checks if check.outcome is outcome), None)

    def _say(self, text: str, kind: str) -> None:
        self.summary.setText(text)
        set_kind(self.summary, kind)

    def _set_running(self, *, is_running: bool) -> None:
        self._is_running = is_running
        text = self.tr("Stop") if is_running else self.tr("Again")
        self.again_button.setText(text)
        self.again_button.setAccessibleName(text)

    @Slot()
    def _on_again_button_clicked(self) -> None:
        if self._is_running:
            self.stop_requested.emit()
        else:
            self.start_requested.emit()

    @Slot()
    def _on_copy_button_clicked(self) -> None:
        copy_plain(self.report())

    @Slot()
    def _on_certificate_button_clicked(self) -> None:
        for check in self._checks:
            if check.certificate is not None:
                self.certificate_requested.emit(check)
