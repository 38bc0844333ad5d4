"""Offers the free web chat, which is checked before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from core.errors import ChatError
from core.service_check import Verdict, verdict_of
from gui.first_start.offer_card import OfferCard
from gui.first_start.parts import plain_button, plain_label
from gui.sentences import translated_sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SiteOffer(OfferCard):
    """A button that checks and uses the site, what came of it, and what to do otherwise.

    Signals:
        check_requested: the user wants to ask the site, if it answers.
        stop_requested: the user does not want to wait for it.
        use_requested: the user wants it all the same.
    """

    check_requested = Signal()
    stop_requested = Signal()
    use_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Offer the site that is called `name`."""
        super().__init__("site", icon="globe", title=name, action="", parent=parent)
        self._is_checking = False
        self.set_text(
            self.tr(
                "A free web chat: no account, no key. Your questions go to that site; nothing is"
                " sent before you press the button."
            )
        )
        self.anyway_button = plain_button("useSiteAnywayButton", self.tr("Use it all the same"))
        self.others = plain_label(
            "siteOthers",
            self.tr("A model on this computer, a key of your own and the demo do without it."),
            kind="hint",
        )
        self.add_below(self.others)
        self.add_below(self.anyway_button)
        self._show_idle(self.tr("Check and use"))

        self.button.clicked.connect(self._on_button_clicked)
        self.anyway_button.clicked.connect(self.use_requested)

    def show_checking(self) -> None:
        """Say that the site is being asked."""
        self._is_checking = True
        self._set_action(self.tr("Stop"))
        self._hide_choices()
        self.say(self.tr("Asking for one word…"))

    def show_stopped(self) -> None:
        """Go back to the beginning."""
        self._hide_choices()
        self.say("")
        self._show_idle(self.tr("Check and use"))

    def show_working(self) -> None:
        """Say that it answers."""
        self._show_idle(self.tr("Check and use"))
        self.say(self.tr("It works."), kind="good")

    def show_problem(self, error: ChatError) -> None:
        """Say why it does not answer, and what there is besides."""
        self._show_idle(self.tr("Check again"))
        self.show_part(self.anyway_button, is_shown=True)
        self.show_part(self.others, is_shown=True)
        verdict = self._verdict(verdict_of(error))
        self.say(f"{verdict} {translated_sentence(error)}", kind="problem")

    def _hide_choices(self) -> None:
        for part in (self.others, self.anyway_button):
            self.show_part(part, is_shown=False)

    def _verdict(self, verdict: Verdict) -> str:
        return {
            Verdict.GUARDED: self.tr("Guarded."),
            Verdict.CHANGED: self.tr("Changed."),
            Verdict.UNREACHABLE: self.tr("Not reached."),
            Verdict.REFUSED: self.tr("Not now."),
        }[verdict]

    def _show_idle(self, action: str) -> None:
        self._is_checking = False
        self._set_action(action)

    def _set_action(self, text: str) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(text)

    @Slot()
    def _on_button_clicked(self) -> None:
        if self._is_checking:
            self.stop_requested.emit()
        else:
            self.check_requested.emit()
