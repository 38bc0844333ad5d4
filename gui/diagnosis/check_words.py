"""What a person reads of a diagnosis, in the window's language."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from core.diagnosis import OUTCOMES, STEPS, Check, Outcome, Step, check_sentence, report
from gui.sentences import CONTEXT


def step_name(step: Step) -> str:
    """Return what a step is called."""
    return _translated(STEPS[step])


def outcome_name(outcome: Outcome) -> str:
    """Return how a step ended, in one word."""
    return _translated(OUTCOMES[outcome])


def translated_check(check: Check) -> str:
    """Return what was found, in one sentence without secrets."""
    return check_sentence(check, translate=_translated)


def translated_report(checks: Iterable[Check]) -> str:
    """Return all checks as text that can be handed to somebody else."""
    return report(checks, translate=_translated)


def duration(seconds: float) -> str:
    """Return how long something took."""
    if seconds < 1:
        text = QCoreApplication.translate("CheckWords", "{count} ms")
        return text.format(count=max(1, round(seconds * 1000)))
    return QCoreApplication.translate("CheckWords", "{count} s").format(count=f"{seconds:.1f}")


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)
