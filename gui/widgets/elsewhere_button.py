"""Offers to ask somebody else the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

Choices = Callable[[], list[tuple[str, str]]]
"""Gives what can be chosen, and what the window calls it."""


def _no_choices() -> list[tuple[str, str]]:
    return []


class ElsewhereButton(QPushButton):
    """A button with a menu of the other profiles; hidden where there is none.

    Signals:
        chosen: the user wants this one asked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: Choices = _no_choices

        self.setText(self.tr("Ask elsewhere ▾"))
        self.setAccessibleName(self.tr("Ask elsewhere"))
        self.setProperty("kind", "plain")
        self.setAutoDefault(False)
        self._menu = QMenu(self)
        self._menu.setObjectName("elsewhereMenu")
        self._menu.setAccessibleName(self.tr("Ask elsewhere"))
        self._group = QActionGroup(self._menu)
        self.hide()

        self.clicked.connect(self._on_clicked)
        self._group.triggered.connect(self._on_group_triggered)

    def menu_actions(self) -> list[QAction]:
        """Return what the menu offers now."""
        self._fill()
        return self._menu.actions()

    def set_choices(self, choices: Choices) -> None:
        """Offer what `choices` gives whenever the menu is opened."""
        self._choices = choices

    def offer(self, is_wanted: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show the button where it is of use and there is somebody to ask."""
        self.setVisible(is_wanted and bool(self._choices()))

    def _fill(self) -> None:
        self._menu.clear()
        for choice, name in self._choices():
            action = QAction(name, self._menu)
            action.setData(choice)
            self._group.addAction(action)
            self._menu.addAction(action)

    @Slot()
    def _on_clicked(self) -> None:
        # Not the button's own menu: the style sheet would draw a second arrow for it.
        self._fill()
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QAction)
    def _on_group_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())
