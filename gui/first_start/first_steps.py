"""Shows the page of the first start until somebody is chosen to answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.models import Profile
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.profiles import Preset
    from gui.first_start.first_start_link import FirstStartLink, FirstStartServices
    from gui.first_start.first_start_page import FirstStartPage


class FirstSteps(QObject):
    """Makes the page when it is opened, after the first frame, and takes it away again.

    Signals:
        profile_chosen: this `Profile` is to be saved and asked from now on; its key is kept.
        settings_requested: the user looks for a service that is not on the page.
    """

    profile_chosen = Signal(object)
    settings_requested = Signal()

    def __init__(
        self,
        set_page: Callable[[QWidget | None], None],
        *,
        taken: Callable[[], Collection[str]],
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        """Be ready.

        `set_page` shows a page in the place of the welcome, or the welcome again; `taken` gives
        the ids of the profiles that there are.
        """
        super().__init__(parent)
        self._set_page = set_page
        self._taken = taken
        self._scope = scope
        self._page: FirstStartPage | None = None
        self._link: FirstStartLink | None = None

    @property
    def is_open(self) -> bool:
        """Whether the page is there."""
        return self._page is not None

    def open(self, services: FirstStartServices) -> None:
        """Show the page, and look for servers on this computer; on the loop."""
        from core.profiles import presets  # noqa: PLC0415 - the first frame does without
        from gui.first_start.first_start_link import FirstStartLink  # noqa: PLC0415 - as above
        from gui.first_start.first_start_page import FirstStartPage  # noqa: PLC0415 - as above

        if self._page is not None:
            return
        self._page = page = FirstStartPage(presets(), make_profile=self._profile_from)
        self._link = FirstStartLink(page, services, scope=self._scope, parent=self)
        self._link.profile_chosen.connect(self._on_link_profile_chosen)
        page.settings_requested.connect(self.settings_requested)
        self._set_page(page)
        self._link.look()

    @Slot()
    def close(self) -> None:
        """Show the welcome again; harmless when it is shown."""
        page, link = self._page, self._link
        self._page = self._link = None
        if page is None or link is None:
            return
        link.close()
        self._set_page(None)
        page.deleteLater()
        link.deleteLater()

    def _profile_from(self, preset: Preset) -> Profile:
        from core.profiles import profile_from  # noqa: PLC0415 - the first frame does without

        return profile_from(preset, taken=self._taken())

    @Slot(object)
    def _on_link_profile_chosen(self, profile: Profile) -> None:
        self.close()
        self.profile_chosen.emit(profile)
