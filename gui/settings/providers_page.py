"""The page of the services: the profiles, one of them in full, and what holds for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from core.errors import SettingsError
from core.models import ModelInfo, Profile
from core.profiles import Preset, profile_from
from core.secrets import key_name, proxy_password_name
from core.settings import OPTIONS
from gui.settings.option_rows import OptionRow
from gui.settings.profile_choices import ProfileChoices
from gui.settings.profile_form import ProfileForm
from gui.settings.profile_list import ProfileList
from gui.settings.profile_values import copied, usual_value, with_value
from gui.settings.settings_card import SettingsCard
from gui.settings.settings_editor import SettingsEditor
from gui.settings.settings_page import SettingsPage
from gui.settings.words import problem_sentence
from gui.widgets.banner import Banner

_CAN_BE_OPEN = frozenset(
    {
        "temperature",
        "top_p",
        "max_tokens",
        "seed",
        "context_window",
        "proxy",
        "connect_seconds",
        "silence_seconds",
    }
)
"""Fields that have None where nothing is set."""


class ProvidersPage(SettingsPage):
    """Joins the list of profiles and the form of the chosen one with what is set.

    Signals:
        key_entered: the id of a profile and its new key; an empty key: it is to be removed.
        password_entered: the name of a secret, and the password that was typed.
        test_requested: the user wants this `Profile` to be looked at.
        models_requested: the user wants the models that this `Profile` offers.
        secret_wanted: it has to be known whether there is a secret of this name.
        profile_copied: the ids of a profile and of its copy, which is to have the same key.
    """

    key_entered = Signal(str, str)
    password_entered = Signal(str, str)
    test_requested = Signal(object)
    models_requested = Signal(object)
    secret_wanted = Signal(str)
    profile_copied = Signal(str, str)

    def __init__(self, editor: SettingsEditor, presets: Sequence[Preset], *, title: str) -> None:
        super().__init__("providers", title)
        self._editor = editor
        self._presets = {preset.id: preset for preset in presets}
        self._chosen = ""
        self._models: dict[str, tuple[ModelInfo, ...]] = {}
        self._removed: tuple[Profile, int] | None = None

        self.profiles = ProfileList(presets)
        self.undo = Banner()
        self.undo.setObjectName("removedBanner")
        self.form = ProfileForm(self)
        self.fallbacks = ProfileChoices(self.form.fallback, editor, none=self.tr("Nobody"))

        card = SettingsCard()
        card.add(self.profiles)
        self.add_widget(self.undo)
        self.add(card)
        for form_card in self.form.cards:
            self.add(form_card)
        common = SettingsCard(self.tr("For all services"))
        for option in OPTIONS:
            if option.page == "model":
                common.add(OptionRow(option, editor))
        self.add(common)

        self._connect()
        self.show_profiles()

    @property
    def chosen(self) -> Profile | None:
        """The profile that is shown in full."""
        return self._editor.settings.profile(self._chosen)

    def choose(self, profile_id: str) -> None:
        """Show a profile in full."""
        self._on_profile_chosen(profile_id)
        self.profiles.show_profiles(self._editor.settings.profiles, self._chosen)

    def show_models(self, profile_id: str, infos: Sequence[ModelInfo]) -> None:
        """Show what a service offers; also when another profile is on the screen by now."""
        self._models[profile_id] = tuple(infos)
        profile = self.chosen
        if profile is not None and profile.id == profile_id:
            self.form.show_models(infos, profile.model)
            nothing = self.tr("The service names no models; type the name of one.")
            self.form.row("model").show_problem("" if infos else nothing)

    def show_models_problem(self, profile_id: str, sentence: str) -> None:
        """Say why a service's list could not be had."""
        if self._chosen == profile_id:
            self.form.model.end_asking()
            self.form.row("model").show_problem(sentence)

    def show_secret(self, name: str, *, is_kept: bool) -> None:
        """Show whether there is a secret of a name."""
        if name == key_name(self._chosen):
            self.form.key.show_kept(is_kept=is_kept)
        elif name == proxy_password_name(self._chosen):
            self.form.proxy.show_password(is_kept=is_kept)

    def ask_for_secrets(self) -> None:
        """Ask whether the chosen profile has a key, and a password."""
        if self._chosen:
            self.secret_wanted.emit(key_name(self._chosen))
            self.secret_wanted.emit(proxy_password_name(self._chosen))

    def hand_over(self) -> None:
        """Tell of a key or a password that was typed and not left yet."""
        self.form.key.hand_over()
        self.form.proxy.hand_over()

    @Slot()
    def show_profiles(self) -> None:
        """Show what is set now."""
        settings = self._editor.settings
        ids = [profile.id for profile in settings.profiles]
        if self._chosen not in ids:
            self._on_profile_chosen(ids[0] if ids else "")
        self.profiles.show_profiles(settings.profiles, self._chosen)
        self._show_form()

    # -- the list

    @Slot(str)
    def _on_profile_chosen(self, profile_id: str) -> None:
        if profile_id == self._chosen:
            return
        before = self._editor.settings
        self.hand_over()
        self._chosen = profile_id
        if self._editor.settings != before:
            # A key that was handed over has shown the list again, with the profile that is left.
            self.profiles.show_profiles(self._editor.settings.profiles, profile_id)
        self.fallbacks.but = profile_id
        self.fallbacks.update()
        self.form.key.show_value(None)
        self.form.model.end_asking()
        self.form.show_models((), "")
        for row in self.form.rows():
            row.show_problem("")
        self.form.key.show_kept(is_kept=False)
        self._show_form()
        if profile_id:
            self.show_models_kept()
            self.ask_for_secrets()

    def show_models_kept(self) -> None:
        """Offer the models that were asked for earlier."""
        profile = self.chosen
        if profile is not None and profile.id in self._models:
            self.form.show_models(self._models[profile.id], profile.model)

    def _show_form(self) -> None:
        profile = self.chosen
        useless: list[str] = []
        if profile is not None:
            useless = self.form.show_profile(profile, self._editor.settings)
            self.form.show_model_info(self._models.get(profile.id, ()), profile.model)
        for row in self.form.rows():
            self.offer(row, is_offered=profile is not None and row.name not in useless)
        self.refresh()

    @Slot(str)
    def add_profile(self, preset_id: str) -> None:
        """Add a profile made from a preset, and let its name be typed."""
        profiles = self._editor.settings.profiles
        taken = {profile.id for profile in profiles}
        self._add(profile_from(self._presets[preset_id], taken=taken), len(profiles))
        chosen = self.chosen
        if chosen is not None:
            wanted = "key" if chosen.needs_key else "model" if chosen.address else "address"
            shown = self.form.row(wanted)
            (shown if not shown.isHidden() else self.form.row("name")).control.field().setFocus()

    @Slot()
    def duplicate_profile(self) -> None:
        """Put a copy of the chosen profile below it."""
        self.hand_over()
        profile = self.chosen
        if profile is None:
            return
        profiles = self._editor.settings.profiles
        taken = {one.id for one in profiles}
        name = self.tr("{name}, copy").format(name=profile.name)
        copy = copied(profile, taken, name)
        self._add(copy, profiles.index(profile) + 1)
        self.profile_copied.emit(profile.id, copy.id)

    def _add(self, profile: Profile, place: int) -> None:
        profiles = list(self._editor.settings.profiles)
        profiles.insert(place, profile)
        self._editor.set_profiles(profiles)
        self.choose(profile.id)

    @Slot()
    def remove_profile(self) -> None:
        """Take the chosen profile away; it can be had back."""
        self.hand_over()
        profile, before = self.chosen, self._editor.settings.profiles
        if profile is None:
            return
        row = before.index(profile)
        others = [one for one in before if one.id != profile.id]
        self._editor.set_profiles(others)
        if others:
            self.choose(others[min(row, len(others) - 1)].id)
        self._removed = profile, row
        text = self.tr("“{name}” was removed.").format(name=profile.name)
        self.undo.show_text(text, self.tr("Undo"))

    @Slot()
    def _on_undo_requested(self) -> None:
        self.undo.clear()
        if self._removed is None:
            return
        profile, row = self._removed
        if self._editor.settings.profile(profile.id) is None:
            self._add(profile, row)

    @Slot(list)
    def _on_order_changed(self, ids: list[str]) -> None:
        by_id = {profile.id: profile for profile in self._editor.settings.profiles}
        self._editor.set_profiles(by_id[one] for one in ids)

    # -- the form

    @Slot(str, object)
    def _on_field_changed(self, name: str, value: object) -> None:
        profile = self.chosen
        if profile is None:
            return
        if value is None and name not in _CAN_BE_OPEN:
            value = usual_value(profile, name)
        row = self.form.row(name)
        try:
            self._editor.set_profile(with_value(profile, name, value))
        except SettingsError as error:
            row.show_problem(problem_sentence(error))
        else:
            row.show_problem("")

    @Slot(str)
    def _on_field_reset(self, name: str) -> None:
        profile = self.chosen
        if profile is not None:
            self._on_field_changed(name, usual_value(profile, name))
            self._show_form()

    @Slot(str)
    def _on_key_entered(self, key: str) -> None:
        self.form.row("key").show_problem("")
        profile = self.chosen
        if profile is not None:
            # Who has given it a key wants no question to go without, whatever keeps the key away.
            needs_key = bool(key) or usual_value(profile, "needs_key")
            self._editor.set_profile(with_value(profile, "needs_key", needs_key))
        self.key_entered.emit(self._chosen, key)

    @Slot()
    def _on_key_refused(self) -> None:
        text = self.tr("That cannot be a key: it has spaces or letters that no key has.")
        self.form.row("key").show_problem(text)

    @Slot(str)
    def _on_password_entered(self, password: str) -> None:
        self.form.proxy.show_password(is_kept=True)
        self.password_entered.emit(proxy_password_name(self._chosen), password)

    @Slot()
    def _on_test_pressed(self) -> None:
        self.hand_over()
        if self.chosen is not None:
            self.test_requested.emit(self.chosen)

    @Slot()
    def _on_models_requested(self) -> None:
        self.hand_over()
        if self.chosen is not None:
            self.form.row("model").show_problem("")
            self.models_requested.emit(self.chosen)

    @Slot()
    def _on_certificate_pressed(self) -> None:
        self._on_field_changed("fingerprint", "")

    def _connect(self) -> None:
        self.profiles.profile_chosen.connect(self._on_profile_chosen)
        self.profiles.order_changed.connect(self._on_order_changed)
        self.profiles.add_requested.connect(self.add_profile)
        self.profiles.duplicate_requested.connect(self.duplicate_profile)
        self.profiles.remove_requested.connect(self.remove_profile)
        self.undo.action_requested.connect(self._on_undo_requested)
        self.form.field_changed.connect(self._on_field_changed)
        self.form.field_reset.connect(self._on_field_reset)
        self.form.key.key_entered.connect(self._on_key_entered)
        self.form.key.refused.connect(self._on_key_refused)
        self.form.proxy.password_entered.connect(self._on_password_entered)
        self.form.test.pressed.connect(self._on_test_pressed)
        self.form.model.models_requested.connect(self._on_models_requested)
        self.form.certificate.pressed.connect(self._on_certificate_pressed)
        self._editor.edited.connect(self.show_profiles)
