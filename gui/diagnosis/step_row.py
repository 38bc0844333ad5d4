"""One step of a diagnosis, before, while and after it runs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from core.diagnosis import Check, Finding, Outcome, Step
from gui.diagnosis.check_words import duration, outcome_name, step_name, translated_check
from gui.first_start.parts import plain_label, set_kind
from gui.metrics import metrics
from gui.widgets.icon_label import IconLabel

_LOOKS = {
    Outcome.OK: ("passed", "good"),
    Outcome.WARNING: ("warning", "warning"),
    Outcome.FAILED: ("failed", "problem"),
    Outcome.SKIPPED: ("skipped", "faint"),
}


class StepRow(QWidget):
    """An icon, the step's name, how long it took, and a sentence below them."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = step_name(step)

        self.setObjectName(f"{step.value}Step")
        self.icon = IconLabel("pending")
        self.name = plain_label(f"{step.value}StepName", self._name)
        self.time = QLabel()
        self.time.setObjectName(f"{step.value}StepTime")
        self.time.setProperty("kind", "hint")
        self.sentence = plain_label(f"{step.value}StepSentence", kind="hint")

        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(metrics().space_medium + metrics().space_small)
        self._grid.setVerticalSpacing(metrics().space_small // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.name, 0, 1)
        self._grid.addWidget(self.time, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.sentence, 1, 1, 1, 2)
        self.reset()

    def add_action(self, button: QPushButton) -> None:
        """Put a button below the sentence."""
        self._grid.addWidget(button, 2, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def reset(self) -> None:
        """Show that the step has not begun."""
        self._show("pending", "faint", "faint", "")
        self.setAccessibleName(self._name)

    def show_running(self) -> None:
        """Show that the step runs."""
        self._show("running", "good", "", "")
        running = self.tr("running")
        self.setAccessibleName(f"{self._name}: {running}")

    def show_check(self, check: Check) -> None:
        """Show how the step ended."""
        icon, look = _LOOKS[check.outcome]
        # That the way ended above is said once, there.
        is_left_out = check.finding is Finding.NOT_TRIED
        sentence = "" if is_left_out else translated_check(check)
        is_skipped = check.outcome is Outcome.SKIPPED
        self._show(icon, look, "hint" if is_skipped else "heading", sentence)
        is_failed = check.outcome is Outcome.FAILED
        set_kind(self.sentence, "problem" if is_failed else "hint")
        if check.seconds:
            self.time.setText(duration(check.seconds))
        parts = (self._name, outcome_name(check.outcome), self.time.text(), sentence)
        self.setAccessibleName(": ".join(part for part in parts if part))

    def _show(self, icon: str, look: str, name_look: str, sentence: str) -> None:
        self.icon.set_icon_name(icon)
        set_kind(self.icon, look)
        set_kind(self.name, name_look)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.time.clear()
