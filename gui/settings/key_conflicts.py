"""Says where two actions have the same keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from gui.settings.option_rows import OptionRow
from gui.settings.settings_editor import SettingsEditor


class KeyConflicts(QObject):
    """Watches the rows of the shortcuts; both of a pair say who the other is."""

    def __init__(self, rows: Sequence[OptionRow], editor: SettingsEditor) -> None:
        super().__init__(editor)
        self._rows = rows
        self._editor = editor

        editor.edited.connect(self.update)
        self.update()

    @Slot()
    def update(self) -> None:
        """Look at all of them."""
        users: dict[str, list[OptionRow]] = {}
        for row in self._rows:
            keys = QKeySequence(self._editor.settings.value(row.option)).toString()
            if keys:
                users.setdefault(keys, []).append(row)
        for row in self._rows:
            keys = QKeySequence(self._editor.settings.value(row.option)).toString()
            row.show_warning(self._sentence([one for one in users.get(keys, ()) if one is not row]))

    def _sentence(self, others: Sequence[OptionRow]) -> str:
        if not others:
            return ""
        names = ", ".join(f"“{one.label.whole_text()}”" for one in others)
        return self.tr("The same keys as {others}: neither of them works.").format(others=names)
