"""Offers the servers on this computer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.discovery import Found
from gui.first_start.found_row import FoundRow
from gui.first_start.offer_card import OfferCard
from gui.first_start.parts import announce
from gui.metrics import metrics


class LocalOffer(OfferCard):
    """What was found, or what could be started; looks again when asked.

    Signals:
        look_requested: the user wants to know what runs by now.
        chosen: the user wants to ask a server: a `Found`, and the name of a model.
    """

    look_requested = Signal()
    chosen = Signal(object, str)

    def __init__(self, programs: Sequence[str], parent: QWidget | None = None) -> None:
        """Offer to look for `programs`, by their names."""
        super().__init__("local", icon="computer", title="", action="", parent=parent)
        self._programs = ", ".join(programs)
        self._found: list[FoundRow] = []
        self.is_looking = False
        """Whether it is being looked for; the button keeps the keyboard all the while."""
        self.title.setText(self.tr("A model on this computer"))
        self.setAccessibleName(self.title.text())
        self._set_action(self.tr("Look for one"))
        self.set_text(self._start_words())
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(metrics().space_medium)
        self.add(self._rows)

        self.button.clicked.connect(self.look_requested)

    def rows(self) -> list[FoundRow]:
        """Return what can be chosen."""
        return list(self._found)

    def show_looking(self) -> None:
        """Say that it is being looked for."""
        self.is_looking = True
        self.set_text(self.tr("Looking for {programs}…").format(programs=self._programs))

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what was found in the place of what was found before."""
        for row in self._found:
            row.hide()
            row.deleteLater()
        self._found = [FoundRow(each) for each in found]
        for row in self._found:
            row.chosen.connect(self.chosen)
            self._list.addWidget(row)
        self.is_looking = False
        self._set_action(self.tr("Look again"))
        self.show_part(self._rows, is_shown=bool(found))
        none = self.tr("None was found.")
        some = self.tr("Free, private, and without a network. Found just now:")
        self.set_text(some if found else f"{none} {self._start_words()}")
        announce(self, f"{some} {self._names()}" if found else self.text.text())

    def _names(self) -> str:
        return ", ".join(row.accessibleName() for row in self._found)

    def _start_words(self) -> str:
        text = self.tr("Free, private, and without a network: start {programs}, then look for it.")
        return text.format(programs=self._programs)

    def _set_action(self, text: str) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(text)
