"""What can be set of one profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from core.models import ModelInfo, Profile
from core.profiles import is_on_this_computer, preset
from core.settings import (
    CONNECT_SECONDS,
    KEY_PLACE,
    LOCAL_SILENCE_SECONDS,
    MAX_TOKENS,
    SEED,
    SILENCE_SECONDS,
    STOP,
    SYSTEM_PROMPT,
    TEMPERATURE,
    TOP_P,
    WHEN_TOO_LONG,
    Option,
    Settings,
)
from gui.settings.button_control import ButtonControl
from gui.settings.choice_control import ChoiceControl
from gui.settings.control import Control
from gui.settings.file_control import FileControl
from gui.settings.key_control import KeyControl
from gui.settings.long_text_control import LongTextControl
from gui.settings.model_control import ModelControl
from gui.settings.number_control import NumberControl
from gui.settings.option_rows import control_for
from gui.settings.page_link import PageLink
from gui.settings.profile_values import WITHOUT_ADDRESS, WITHOUT_KEY, usual_value, value_of
from gui.settings.proxy_control import ProxyControl
from gui.settings.setting_row import SettingRow
from gui.settings.settings_card import SettingsCard
from gui.settings.text_control import TextControl
from gui.settings.words import preset_text, setting_text

_FINGERPRINT_GROUP = 4
_OF_ANSWERS: tuple[Option[Any], ...] = (SYSTEM_PROMPT, TEMPERATURE, TOP_P, MAX_TOKENS, STOP, SEED)
_NEVER_RESET = frozenset({"name", "fingerprint"})


class ProfileRow(SettingRow):
    """A row that knows which field of a profile it is for.

    Signals:
        field_changed: the name of the field, and the value that the user wants.
        field_reset: the name of the field that is to be as in a new profile.
    """

    field_changed = Signal(str, object)
    field_reset = Signal(str)

    def __init__(
        self, name: str, control: Control, *, label: str, hint: str = "", can_reset: bool = True
    ) -> None:
        super().__init__(f"profile.{name}", control, label=label, hint=hint, can_reset=can_reset)
        self.name = name

        self.value_changed.connect(self._on_value_changed)
        self.reset_requested.connect(self._on_reset_requested)

    @Slot(object)
    def _on_value_changed(self, value: object) -> None:
        self.field_changed.emit(self.name, value)

    @Slot()
    def _on_reset_requested(self) -> None:
        self.field_reset.emit(self.name)


class ProfileForm(QObject):
    """The rows of one profile, on cards; shows one profile at a time.

    Signals:
        field_changed, field_reset: as of `ProfileRow`.
    """

    field_changed = Signal(str, object)
    field_reset = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ProfileRow] = {}
        self.key = KeyControl()
        self.key_page = PageLink()
        self.model = ModelControl()
        self.test = ButtonControl(self.tr("Test…"))
        self.certificate = ButtonControl(self.tr("Trust it no more"))
        self.proxy = ProxyControl(inherits=True)
        self.fallback = ChoiceControl()
        self.cards = (self._service(), self._answers(), self._network(), self._otherwise())
        self.row("key").add_words(self.key_page)

    def row(self, name: str) -> ProfileRow:
        """Return the row of a field, of the `key` or the `test`."""
        return self._rows[name]

    def rows(self) -> list[ProfileRow]:
        """Return all rows from top to bottom."""
        return list(self._rows.values())

    def show_profile(self, profile: Profile, settings: Settings) -> list[str]:
        """Show a profile, and what holds where it says nothing; return what it has no use for."""
        known = preset(profile.preset) if profile.preset else None
        for name, row in self._rows.items():
            if name in {"key", "test"}:
                continue
            value, usual = value_of(profile, name), usual_value(profile, name)
            row.control.show_value(value)
            # An address that has to be entered is not to be lost by a click.
            row.show_is_set(is_set=value != usual and (name != "address" or bool(usual)))
            is_wrong = f"profiles.{profile.id}.{name}" in settings.wrong
            row.show_problem(_wrong_in_file() if is_wrong else "")
        self.key_page.show_address("" if known is None else known.key_page)
        self.row("name").show_hint("" if known is None else preset_text(known.note))
        self._show_certificate(profile)
        self._show_key_place(settings)
        self._show_inherited(profile, settings)
        return self._useless(profile)

    def show_models(self, infos: Sequence[ModelInfo], chosen: str) -> None:
        """Offer what the service has, and say what it says of the chosen model."""
        self.model.show_models([info.name for info in infos])
        self.show_model_info(infos, chosen)

    def show_model_info(self, infos: Sequence[ModelInfo], chosen: str) -> None:
        """Say below the label what the service says of the model."""
        info = next((one for one in infos if one.name == chosen), None)
        facts = []
        if info is not None and info.context_window:
            facts.append(self.tr("%Ln tokens", "", info.context_window))
        if info is not None and info.takes_images:
            facts.append(self.tr("takes pictures"))
        self.row("model").show_hint(", ".join(facts))

    # -- the cards

    def _service(self) -> SettingsCard:
        # Each page has its label and hint where it is made, in the order in which it is shown.
        return self._card(
            self.tr("Service"),
            self._row("name", TextControl(), self.tr("Name")),
            self._row("address", TextControl("https://"), self.tr("Address")),
            self._row("key", self.key, self.tr("Key")),
            self._row(
                "key_variable",
                TextControl(),
                self.tr("Key from the environment"),
                self.tr("The variable that is looked into when no key is kept."),
            ),
            self._row("model", self.model, self.tr("Model")),
            self._row(
                "context_window",
                NumberControl(is_whole=True, smallest=1, unit=self.tr("tokens")),
                self.tr("Context window"),
                self.tr("What the model takes, question and answer together; open if unknown."),
            ),
            self._row(
                "test",
                self.test,
                self.tr("Does it work?"),
                self.tr("Looks at every step on the way, from the address to the first word."),
            ),
        )

    def _answers(self) -> SettingsCard:
        return self._card(
            self.tr("Answers"),
            *(self._option_row(option) for option in _OF_ANSWERS),
            self._row(
                WHEN_TOO_LONG.name,
                ChoiceControl(self._too_long()),
                setting_text(WHEN_TOO_LONG.label),
            ),
            can_fold=True,
        )

    def _network(self) -> SettingsCard:
        return self._card(
            self.tr("Network"),
            self._row("proxy", self.proxy, self.tr("Proxy")),
            self._row(
                "ca_file",
                FileControl(
                    title=self.tr("Choose the certificates"),
                    filters=f"{self.tr('Certificates')} (*.pem *.crt *.cer);;* (*)",
                ),
                self.tr("Certificates of your network"),
                self.tr("A PEM file of a private authority, trusted besides those of the system."),
            ),
            self._row("fingerprint", self.certificate, self.tr("Trusted certificate")),
            self._option_row(CONNECT_SECONDS),
            self._option_row(SILENCE_SECONDS),
            can_fold=True,
        )

    def _otherwise(self) -> SettingsCard:
        return self._card(
            self.tr("When it cannot answer"),
            self._row(
                "fallback",
                self.fallback,
                self.tr("Ask another one"),
                self.tr("When it cannot be reached, or has no time, before the first word."),
            ),
        )

    def _too_long(self) -> list[tuple[str, str]]:
        own = [(choice.value, setting_text(choice.label)) for choice in WHEN_TOO_LONG.choices]
        return [("", self.tr("As for all services")), *own]

    def _option_row(self, option: Option[Any]) -> ProfileRow:
        hint = setting_text(option.hint)
        return self._row(option.name, control_for(option), setting_text(option.label), hint)

    def _row(self, name: str, control: Control, label: str, hint: str = "") -> ProfileRow:
        row = ProfileRow(name, control, label=label, hint=hint, can_reset=name not in _NEVER_RESET)
        row.field_changed.connect(self.field_changed)
        row.field_reset.connect(self.field_reset)
        self._rows[name] = row
        return row

    def _card(self, title: str, *rows: ProfileRow, can_fold: bool = False) -> SettingsCard:
        card = SettingsCard(title, can_fold=can_fold)
        for row in rows:
            card.add(row)
        return card

    # -- what holds

    def _show_certificate(self, profile: Profile) -> None:
        digits = profile.trust.fingerprint.upper()
        size = _FINGERPRINT_GROUP
        groups = (digits[start : start + size] for start in range(0, len(digits), size))
        self.row("fingerprint").show_hint(" ".join(groups))

    def _show_key_place(self, settings: Settings) -> None:
        """Say below the key where it is kept, in the words of the page Privacy."""
        place = settings.value(KEY_PLACE)
        label = next(one.label for one in KEY_PLACE.choices if one.value == place)
        text = self.tr("Where it is kept: {place}.").format(place=_small(setting_text(label)))
        self.row("key").show_hint(text)

    def _show_inherited(self, profile: Profile, settings: Settings) -> None:
        silence = LOCAL_SILENCE_SECONDS if is_on_this_computer(profile) else SILENCE_SECONDS
        held: dict[str, object] = {SILENCE_SECONDS.name: settings.value(silence)}
        options: tuple[Option[Any], ...] = (*_OF_ANSWERS, CONNECT_SECONDS)
        held |= {option.name: settings.value(option) for option in options}
        for name, value in held.items():
            control = self.row(name).control
            if isinstance(control, NumberControl | LongTextControl):
                control.show_inherited(value)

    def _useless(self, profile: Profile) -> list[str]:
        names = []
        if profile.provider in WITHOUT_ADDRESS:
            names.append("address")
        if profile.provider in WITHOUT_KEY:
            names += ["key", "key_variable", "context_window", "temperature", "top_p"]
            names += ["max_tokens", "stop", "seed"]
        if profile.provider == "demo":
            names += ["proxy", "ca_file", "connect_seconds", "silence_seconds"]
        if not profile.trust.fingerprint:
            names.append("fingerprint")
        return names


def _wrong_in_file() -> str:
    # What the rows of the options say.
    return QCoreApplication.translate(
        "OptionRow", "The settings file has a value that cannot be used; this one counts."
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
