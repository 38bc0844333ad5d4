"""The sentence of an error in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.errors import ChatError
from core.sentences import sentence

CONTEXT = "Sentence"
"""Under which the templates of `core.sentences` are translated."""


def translated_sentence(error: ChatError) -> str:
    """Return what a person reads of `error`."""
    return sentence(error, translate=_translated)


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)
