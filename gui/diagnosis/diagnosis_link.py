"""Opens the diagnosis of a profile over a window, and runs it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal, Slot

from core.models import Profile
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.diagnosis import Check
    from gui.diagnosis.diagnosis_dialog import DiagnosisDialog

Diagnose = Callable[[Profile], "AsyncGenerator[Check, None]"]
"""Takes a profile as it is saved, and yields one check after the other; whatever is expected to go
wrong is among them."""


class DiagnosisLink(QObject):
    """One diagnosis at a time: for another one, the open one makes room.

    Signals:
        profile_trusted: the user trusts a certificate: the `Profile` with it, to be saved. The
            diagnosis then begins again with that profile.
    """

    profile_trusted = Signal(object)

    def __init__(self, window: QWidget, diagnose: Diagnose, *, scope: TaskScope) -> None:
        super().__init__(window)
        self._window = window
        self._diagnose = diagnose
        self._scope = scope
        self._profile: Profile | None = None
        self._dialog: DiagnosisDialog | None = None
        self._task: asyncio.Task[Any] | None = None

    @Slot(object)
    def show(self, profile: Profile) -> None:
        """Open the dialog for a profile as it is saved, and begin."""
        from gui.diagnosis.diagnosis_dialog import DiagnosisDialog  # noqa: PLC0415 - when needed

        if self._dialog is not None:
            self._dialog.reject()
        self._profile = profile
        self._dialog = dialog = DiagnosisDialog(profile.name, self._window)
        dialog.start_requested.connect(self.start)
        dialog.stop_requested.connect(self.stop)
        dialog.certificate_requested.connect(self._on_dialog_certificate_requested)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        self.start()

    @Slot()
    def start(self) -> None:
        """Diagnose the profile that is shown, from the beginning."""
        if self._dialog is None or self._profile is None:
            return
        self.stop()
        self._dialog.begin()
        work = self._run(self._profile, self._dialog)
        end = partial(self._on_done, self._dialog)
        self._task = self._scope.start(work, name="diagnose", on_done=end)

    @Slot()
    def stop(self) -> None:
        """Go no further; what has been found out stays."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            if self._dialog is not None:
                self._dialog.end(was_stopped=True)

    async def _run(self, profile: Profile, dialog: DiagnosisDialog) -> None:
        async with aclosing(self._diagnose(profile)) as checks:
            async for check in checks:
                if self._task is not asyncio.current_task():
                    return
                dialog.add_check(check)

    def _on_done(self, dialog: DiagnosisDialog, task: asyncio.Task[Any]) -> None:
        if task is self._task:
            self._task = None
            dialog.end(was_stopped=task.cancelled() or task.exception() is not None)

    @Slot(object)
    def _on_dialog_certificate_requested(self, check: Check) -> None:
        from core.diagnosis import Outcome  # noqa: PLC0415 - when needed
        from gui.diagnosis.certificate_dialog import (  # noqa: PLC0415 - when needed
            CertificateDialog,
        )

        profile = self._profile
        if profile is None or check.certificate is None:
            return
        shown = CertificateDialog(
            check.certificate,
            host=urlsplit(profile.address).netloc.rpartition("@")[2] or profile.name,
            profile=profile.name,
            is_trusted=check.outcome is not Outcome.FAILED,
            parent=self._dialog,
        )
        shown.trusted.connect(self._on_certificate_trusted)
        shown.open()

    @Slot(str)
    def _on_certificate_trusted(self, fingerprint: str) -> None:
        if self._profile is not None:
            trust = replace(self._profile.trust, fingerprint=fingerprint)
            self._profile = replace(self._profile, trust=trust)
            self.profile_trusted.emit(self._profile)
            self.start()

    @Slot()
    def _on_dialog_finished(self) -> None:
        self._dialog = None
        self.stop()
