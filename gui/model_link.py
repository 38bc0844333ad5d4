"""Fills the model picker with what services offer, and lets the user choose."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import ChatError
from core.models import ModelInfo, Profile
from core.reply import ReplyState
from gui.conversation_controller import ConversationController
from gui.sentences import translated_sentence
from gui.tasks import TaskScope
from gui.widgets.model_picker import ModelPicker

if TYPE_CHECKING:
    from gui.widgets.model_dialog import ModelDialog

FetchModels = Callable[[Profile], Awaitable[tuple[ModelInfo, ...]]]
"""Asks a service which models it offers; may raise ChatError."""

_FRESH = 60.0
"""Seconds for which a list is not asked for again."""


class ModelLink(QObject):
    """Joins the picker, the controller and the services' lists of models.

    Nothing is asked before the service has answered a question, or the user opens the menu.

    Signals:
        models_arrived: the service of this `Profile` has told its models; `infos_of` has them.
        model_chosen: this `Profile`, with another model, is asked from now on.
    """

    models_arrived = Signal(object)
    model_chosen = Signal(object)

    def __init__(
        self,
        picker: ModelPicker,
        controller: ConversationController,
        *,
        fetch: FetchModels,
        scope: TaskScope,
    ) -> None:
        super().__init__(picker)
        self._picker = picker
        self._controller = controller
        self._fetch = fetch
        self._scope = scope
        self._infos: dict[str, tuple[ModelInfo, ...]] = {}
        self._asked_at: dict[str, float] = {}
        self._dialog: ModelDialog | None = None

        picker.models_requested.connect(self._on_picker_models_requested)
        picker.all_models_requested.connect(self.open_dialog)
        picker.model_chosen.connect(self.choose)
        controller.profile_changed.connect(self._show_models)
        controller.reply_finished.connect(self._on_controller_reply_finished)

    def infos_of(self, profile: Profile) -> tuple[ModelInfo, ...]:
        """Return what a service has told of its models in this run; nothing before."""
        return self._infos.get(profile.key, ())

    def forget(self) -> None:
        """Ask again at the next opportunity: keys or addresses have changed."""
        self._asked_at.clear()
        self._infos.clear()

    @Slot()
    def open_dialog(self) -> None:
        """Show all models of the present service."""
        from gui.widgets.model_dialog import ModelDialog  # noqa: PLC0415 - few need it

        profile = self._controller.profile
        name = self._picker.display_name(profile.key)
        models = [info.name for info in self.infos_of(profile)]
        dialog = ModelDialog(name, models, profile.model, self._picker.window())
        dialog.model_chosen.connect(self.choose)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        self._ask(profile)
        dialog.open()

    @Slot(str)
    def choose(self, model: str) -> None:
        """Ask this model from the next question on."""
        profile = replace(self._controller.profile, model=model)
        self._controller.set_profile(profile)
        self.model_chosen.emit(profile)

    @Slot()
    def _on_picker_models_requested(self) -> None:
        self._show_models()
        self._ask(self._controller.profile)

    @Slot(object)
    def _on_controller_reply_finished(self, state: ReplyState) -> None:
        # Who has answered may be asked how much their model takes.
        profile = self._controller.asked
        if state is ReplyState.COMPLETE and not self.infos_of(profile):
            self._ask(profile)

    @Slot()
    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _ask(self, profile: Profile) -> None:
        now = time.monotonic()
        if now - self._asked_at.get(profile.key, -_FRESH) < _FRESH:
            return
        self._asked_at[profile.key] = now
        on_done = partial(self._on_asked, profile)
        self._scope.start(self._told(profile), name="models", on_done=on_done)

    async def _told(self, profile: Profile) -> None:
        try:
            self._infos[profile.key] = await self._fetch(profile)
        except ChatError as exc:
            # The menu goes on without a list; where one is looked at, it is said why.
            if self._dialog is not None:
                self._dialog.show_problem(translated_sentence(exc))
            return
        self._show_models()
        self.models_arrived.emit(profile)

    def _on_asked(self, profile: Profile, task: asyncio.Task[Any]) -> None:
        if task.cancelled() or profile.key not in self._infos:
            self._asked_at.pop(profile.key, None)

    @Slot()
    def _show_models(self) -> None:
        names = [info.name for info in self.infos_of(self._controller.profile)]
        self._picker.set_models(names)
        if self._dialog is not None and names:
            self._dialog.set_models(names)
