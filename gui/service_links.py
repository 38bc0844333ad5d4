"""What a window has for its services: models, settings, the first start, the diagnosis."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.models import Profile
from core.profiles import DEMO
from core.settings import Settings
from gui.conversation_controller import ConversationController
from gui.conversation_view import ConversationView
from gui.main_window import MainWindow
from gui.model_link import ModelLink
from gui.quick.hotkey_link import HotkeyLink
from gui.services import Services
from gui.tasks import TaskScope
from gui.window_actions import WindowActions

if TYPE_CHECKING:
    from gui.diagnosis.diagnosis_link import DiagnosisLink
    from gui.first_start.first_steps import FirstSteps
    from gui.settings.settings_link import SettingsLink

_REST = 1.0
"""Seconds after the start at which the settings' file is listened to."""


class ServiceLinks(QObject):
    """Joins them with the window; most are made when they are first wanted.

    Signals:
        profile_chosen: the user wants to ask this `Profile` from now on.
    """

    profile_chosen = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        *,
        controller: ConversationController,
        view: ConversationView,
        actions: WindowActions,
        scope: TaskScope,
        keeping: TaskScope,
        hotkey: HotkeyLink,
        settings_geometry: str = "",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._controller = controller
        self._scope = scope
        self._keeping = keeping
        self._picker = window.pane.model_picker
        self.models = ModelLink(
            self._picker, controller, fetch=services.replies.models, scope=scope
        )
        self._view = view
        self._hotkey = hotkey
        self._settings_geometry = settings_geometry
        self._settings: SettingsLink | None = None
        self._diagnosis: DiagnosisLink | None = None
        self._first_steps: FirstSteps | None = None
        self._known = services.settings
        self._show_choices()

        self.models.model_chosen.connect(self._on_models_model_chosen)
        controller.profile_changed.connect(self._on_controller_profile_changed)
        controller.message_added.connect(self._on_controller_message_added)
        services.preferences.changed.connect(self._on_preferences_changed)
        actions.settings_requested.connect(self.show_settings)
        actions.services_sought.connect(self.find_services)
        actions.diagnosis_requested.connect(self.diagnose)
        self._picker.services_requested.connect(self.show_services)
        view.error_row.settings_requested.connect(self.show_services)
        view.error_row.diagnosis_requested.connect(self.diagnose_asked)

    def open(self, *, is_first_start: bool, is_hidden: bool = False) -> None:
        """Begin to show what is wrong with the settings, and the page of the first start."""
        listen = self._listen_to_the_file(tells=not is_hidden)
        self._scope.start(listen, name="listen to the settings")
        if is_first_start:
            self._scope.start(self._open_first_steps(), name="first steps")

    def close(self) -> None:
        """Close the settings; what was typed last is told, and on its way."""
        if self._settings is not None:
            self._settings.close()

    @property
    def settings_geometry(self) -> str:
        """Place and size of the settings window, as text, for the next run."""
        return self._settings_geometry if self._settings is None else self._settings.geometry

    @Slot()
    def show_settings(self) -> None:
        """Open the settings."""
        self._settings_link().open()

    @Slot()
    def show_services(self) -> None:
        """Open the settings where services are added and changed."""
        profile = self._controller.profile
        is_saved = self._services.settings.profile(profile.id) is not None
        self._settings_link().open("providers", f"profile.{profile.id}" if is_saved else "")

    @Slot()
    def find_services(self) -> None:
        """Show who could answer, and look for servers on this computer."""
        self._controller.start_conversation()
        if self._first_steps is not None:
            self._first_steps.close()
        self._scope.start(self._open_first_steps(), name="find services")

    @Slot()
    def diagnose(self) -> None:
        """Look at the way to the service that is asked next."""
        self._diagnosis_link().show(self._controller.profile)

    @Slot()
    def diagnose_asked(self) -> None:
        """Look at the way to the service that was asked last."""
        self._diagnosis_link().show(self._controller.asked)

    @Slot(object)
    def diagnose_profile(self, profile: Profile) -> None:
        """Look at the way to the service of a profile."""
        self._diagnosis_link().show(profile)

    async def _open_first_steps(self) -> None:
        # What the page asks with is loaded in small steps first.
        await self._services.replies.warm_up(self._controller.profile)
        from gui.first_start.first_start_link import (  # noqa: PLC0415 - once in a life
            FirstStartServices,
        )
        from gui.first_start.first_steps import FirstSteps  # noqa: PLC0415 - once in a life

        services = self._services
        self._first_steps = steps = FirstSteps(
            self._window.pane.set_start_page, taken=self._taken_ids, scope=self._scope, parent=self
        )
        steps.profile_chosen.connect(self._on_first_steps_profile_chosen)
        steps.settings_requested.connect(self.show_services)
        steps.open(
            FirstStartServices(
                services.find_servers, services.check, services.keep_key, services.key_place
            )
        )

    async def _listen_to_the_file(self, *, tells: bool) -> None:
        await asyncio.sleep(_REST)  # others come first
        link = self._settings_link()
        if self._services.preferences.problems and tells:
            link.open()

    def _settings_link(self) -> SettingsLink:
        if self._settings is None:
            from gui.settings.settings_link import SettingsLink  # noqa: PLC0415 - when needed

            services = self._services
            self._settings = SettingsLink(
                services.preferences,
                services.secrets,
                fetch=services.replies.models,
                scope=self._scope,
                keeping=self._keeping,
                main_window=self._window,
                geometry=self._settings_geometry,
                hotkey=self._hotkey,
            )
            self._settings.diagnosis_requested.connect(self.diagnose_profile)
            self._settings.keys_changed.connect(self._forget_models)
            self._settings.trouble_met.connect(self._view.show_notice)
        return self._settings

    def _diagnosis_link(self) -> DiagnosisLink:
        if self._diagnosis is None:
            from gui.diagnosis.diagnosis_link import DiagnosisLink  # noqa: PLC0415 - when needed

            self._diagnosis = DiagnosisLink(
                self._window, self._services.diagnose, scope=self._scope
            )
            self._diagnosis.profile_trusted.connect(self._on_diagnosis_profile_trusted)
        return self._diagnosis

    @Slot()
    def _forget_models(self) -> None:
        self.models.forget()
        self._services.windows.forget()

    def _taken_ids(self) -> set[str]:
        return {profile.id for profile in self._services.settings.profiles}

    @Slot(object)
    def _on_first_steps_profile_chosen(self, profile: Profile) -> None:
        self._services.preferences.keep_profile(profile)
        self.profile_chosen.emit(profile)
        self._window.focus_composer()

    @Slot(object)
    def _on_diagnosis_profile_trusted(self, profile: Profile) -> None:
        saved = self._services.settings.profile(profile.id)
        if saved is not None:
            # Of what was looked at, only that: the rest may have come from elsewhere.
            self._services.preferences.keep_profile(replace(saved, trust=profile.trust))
        elif profile.key == self._controller.profile.key:
            self.profile_chosen.emit(replace(self._controller.profile, trust=profile.trust))

    @Slot(object)
    def _on_controller_profile_changed(self, profile: Profile) -> None:
        if self._first_steps is not None and profile.provider != DEMO:
            self._first_steps.close()
        self._show_choices()

    @Slot()
    def _on_controller_message_added(self) -> None:
        # Who was looked for again need not be looked for the next time.
        if self._first_steps is not None and self._services.settings.profiles:
            self._first_steps.close()

    def _show_choices(self) -> None:
        self._picker.set_choices(self._services.profiles.choices())

    @Slot(object)
    def _on_models_model_chosen(self, profile: Profile) -> None:
        self._services.preferences.keep_model(profile)

    @Slot(object)
    def _on_preferences_changed(self, settings: Settings) -> None:
        """Take what has been changed of the profile that is asked."""
        if _places(settings) != _places(self._known):
            self._forget_models()
        self._show_choices()
        asked, before = self._controller.profile, self._known
        self._known = settings
        saved = settings.profile(asked.id)
        if saved is not None and saved != before.profile(asked.id):
            self._controller.set_profile(self._services.profiles.first(saved.id))


def _places(settings: Settings) -> dict[str, tuple[object, ...]]:
    """Return what decides who answers under the id of each profile."""
    return {
        profile.id: (profile.provider, profile.address, profile.proxy, profile.trust)
        for profile in settings.profiles
    }
