"""The labels and buttons that the cards are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget


def plain_label(name: str, text: str = "", *, kind: str = "") -> QLabel:
    """Return sentences that take as many lines as they need; `kind` is their look."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if kind:
        label.setProperty("kind", kind)
    return label


def selectable(label: QLabel) -> QLabel:
    """Let the mouse select what a label says; its context menu copies it."""
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def plain_button(name: str, text: str, *, kind: str = "plain") -> QPushButton:
    """Return a button in the look of `kind`."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    return button


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget another look of the style sheet."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
