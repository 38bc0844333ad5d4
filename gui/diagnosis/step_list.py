"""All steps of a diagnosis, from the address to the first word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.diagnosis import Check, Step
from gui.diagnosis.step_row import StepRow
from gui.metrics import metrics


class StepList(QScrollArea):
    """Rows that fill in as checks come; what has come last is in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diagnosisSteps")
        self.setAccessibleName(self.tr("Steps"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = {step: StepRow(step) for step in Step}

        inside = QWidget()
        self._stack = layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, metrics().space_medium, 0)
        layout.setSpacing(metrics().space_medium)
        for row in self.rows.values():
            layout.addWidget(row)
        layout.addStretch(1)
        self.setWidget(inside)

    def begin(self) -> None:
        """Forget what came before; the first step runs."""
        for row in self.rows.values():
            row.reset()
        next(iter(self.rows.values())).show_running()
        self.verticalScrollBar().setValue(0)

    def add(self, check: Check, *, next_step: Step | None) -> None:
        """Show how a step ended, and that the next one runs, if there is one."""
        row = self.rows[check.step]
        row.show_check(check)
        if next_step is not None:
            row = self.rows[next_step]
            row.show_running()
        self._stack.activate()
        self.ensureWidgetVisible(row)

    def end(self, done: set[Step], *, worth_a_look: Step | None) -> None:
        """Show that no step runs any more; those that are not `done` were not reached."""
        for step, row in self.rows.items():
            if step not in done:
                row.reset()
        self._stack.activate()
        self.verticalScrollBar().setValue(0)
        if worth_a_look is not None:
            self.ensureWidgetVisible(self.rows[worth_a_look])
