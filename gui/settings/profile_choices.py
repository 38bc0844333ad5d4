"""Which profiles there are to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot

from gui.settings.choice_control import ChoiceControl
from gui.settings.settings_editor import SettingsEditor


class ProfileChoices(QObject):
    """Keeps a choice among the saved profiles up to date."""

    def __init__(
        self, control: ChoiceControl, editor: SettingsEditor, *, none: str, but: str = ""
    ) -> None:
        """Offer all profiles but one, and `none` for none of them."""
        super().__init__(control)
        self._control, self._editor, self._none, self.but = control, editor, none, but

        editor.edited.connect(self.update)
        self.update()

    @Slot()
    def update(self) -> None:
        """Offer what there is now."""
        wanted = list(self._wanted())
        if wanted != self._control.choices():
            self._control.show_choices(wanted)

    def _wanted(self) -> Iterable[tuple[str, str]]:
        yield "", self._none
        for profile in self._editor.settings.profiles:
            if profile.id != self.but:
                yield profile.id, profile.name
