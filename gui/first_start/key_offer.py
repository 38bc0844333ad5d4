"""Offers the services that ask for a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import ChatError, Fault, KeyStoreError
from core.profiles import Preset
from core.secrets import KeyPlace
from gui.first_start.key_form import KeyForm
from gui.first_start.offer_card import OfferCard
from gui.first_start.parts import plain_button, plain_label
from gui.metrics import metrics
from gui.sentences import translated_sentence

_MOST_NAMES = 4


class KeyOffer(OfferCard):
    """A button that opens a form, how the key fares, and what to do when it does not.

    Signals:
        entered: the user wants to ask a service with a key: a `Preset` and the key.
        stop_requested: the user does not want to wait for the test.
        use_requested: the user wants the service all the same.
        place_chosen: where the key is to be kept in the place of the password store: `KeyPlace`.
    """

    entered = Signal(object, str)
    stop_requested = Signal()
    use_requested = Signal()
    place_chosen = Signal(object)

    def __init__(self, presets: Sequence[Preset], parent: QWidget | None = None) -> None:
        super().__init__("key", icon="key", title="", action="", parent=parent)
        offered = [one for one in presets if one.needs_key and (one.address or one.key_page)]
        self.title.setText(self.tr("A key of your own"))
        self.setAccessibleName(self.title.text())
        self.button.setText(self.tr("Enter a key…"))
        self.button.setAccessibleName(self.button.text())
        names = ", ".join(preset.name for preset in offered[:_MOST_NAMES])
        self.set_text(self.tr("For {services} and others.").format(services=names))
        self.form = KeyForm(offered)
        self.anyway_button = plain_button("useKeyAnywayButton", self.tr("Use it all the same"))
        self.session_button = plain_button(
            "keepKeyForSessionButton", self.tr("Keep it until Beseda is closed")
        )
        self.file_button = plain_button("keepKeyInFileButton", self.tr("Keep it in a file"))
        file_hint = plain_label(
            "keepKeyInFileHint",
            self.tr(
                "In a file it stands in clear text: nobody but your account on this computer can"
                " read it, but every program that you start can."
            ),
            kind="hint",
        )
        self.file_button.setAccessibleDescription(file_hint.text())
        self._places = QWidget()
        places = QVBoxLayout(self._places)
        places.setContentsMargins(0, 0, 0, 0)
        places.setSpacing(metrics().space_medium)
        for button in (self.session_button, self.file_button):
            places.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        places.addWidget(file_hint)
        self.add(self.form)
        self.add_below(self.anyway_button)
        self.add_below(self._places)

        self.button.clicked.connect(self.open_form)
        self.form.entered.connect(self._on_form_entered)
        self.form.stop_requested.connect(self.stop_requested)
        self.anyway_button.clicked.connect(self.use_requested)
        self.session_button.clicked.connect(self._on_session_button_clicked)
        self.file_button.clicked.connect(self._on_file_button_clicked)

    @Slot()
    def open_form(self) -> None:
        """Let the user enter a key."""
        self.button.hide()
        self.show_part(self.form, is_shown=True)
        self.form.field.setFocus()

    def show_place(self, place: KeyPlace) -> None:
        """Say where the key will be kept."""
        self.form.show_place(
            {
                KeyPlace.KEYRING: self.tr("It is kept in the password store of this computer."),
                KeyPlace.SESSION: self.tr("It is kept until Beseda is closed, and no longer."),
                KeyPlace.FILE: self.tr("It is kept in a file that only you can read."),
            }[place]
        )

    def show_testing(self) -> None:
        """Say that the key is being tried."""
        self._show_choices()
        self.form.show_testing(is_testing=True)
        self.say(self.tr("Testing the key: asking for one word…"))

    def show_stopped(self) -> None:
        """Go back to the entered key."""
        self.form.show_testing(is_testing=False)
        self.say("")

    def show_working(self) -> None:
        """Say that the key works, and forget it here."""
        self.form.show_testing(is_testing=False)
        self.form.clear()
        self.say(self.tr("It works."), kind="good")

    def show_problem(self, error: ChatError) -> None:
        """Say what is wrong with the key, the way to the service, or the password store."""
        self.form.show_testing(is_testing=False)
        is_store = isinstance(error, KeyStoreError)
        is_refused = error.fault is Fault.KEY_REFUSED
        self._show_choices(use=not (is_store or is_refused), places=is_store)
        self.say(translated_sentence(error), kind="problem")

    def _show_choices(self, *, use: bool = False, places: bool = False) -> None:
        self.show_part(self.anyway_button, is_shown=use)
        self.show_part(self._places, is_shown=places)

    @Slot(object, str)
    def _on_form_entered(self, preset: Preset, key: str) -> None:
        self.entered.emit(preset, key)

    @Slot()
    def _on_session_button_clicked(self) -> None:
        self.place_chosen.emit(KeyPlace.SESSION)

    @Slot()
    def _on_file_button_clicked(self) -> None:
        self.place_chosen.emit(KeyPlace.FILE)
