"""One page: a title, and cards below it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.settings.setting_row import SettingRow
from gui.settings.settings_card import SettingsCard
from gui.settings.settings_metrics import settings_metrics


class SettingsPage(QWidget):
    """What is shown at a time; while searching, what is left of every page is shown."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._cards: list[SettingsCard] = []
        self._hidden: set[QWidget] = set()
        self._query = ""

        self.setObjectName(f"{name}Page")
        self.setAccessibleName(title)
        self.heading = QLabel(title)
        self.heading.setProperty("kind", "pageTitle")
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * settings_metrics().heading_scale)
        self.heading.setFont(font)

        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, metrics().space_huge)
        self._stack.setSpacing(settings_metrics().card_gap)
        self._stack.addWidget(self.heading)

    def add(self, card: SettingsCard) -> None:
        """Put a card below the others."""
        self._cards.append(card)
        self._stack.addWidget(card)

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is no card below what is there."""
        self._stack.addWidget(widget)

    def rows(self) -> list[SettingRow]:
        """Return the options from top to bottom."""
        found = (row for card in self._cards for row in card.rows())
        return [row for row in found if isinstance(row, SettingRow)]

    def offer(self, row: QWidget, *, is_offered: bool) -> None:
        """Show a row at all, or not: it may say nothing at the moment; see `refresh`."""
        if is_offered:
            self._hidden.discard(row)
        else:
            self._hidden.add(row)

    def show_found(self, query: str) -> bool:
        """Show what matches alone, all when `query` is empty; tell whether that is anything."""
        self._query = query
        for row in self.rows():
            row.mark(query)
        return self.refresh()

    def refresh(self) -> bool:
        """Show what is offered and found now; tell whether that is anything."""
        for card in self._cards:
            shown = {row for row in card.rows() if self._is_shown(row)}
            card.show_rows(shown, unfolds=bool(self._query.strip()))
        return any(not card.isHidden() for card in self._cards)

    def unfold(self, row: QWidget) -> None:
        """Open the card that a row stands on."""
        for card in self._cards:
            if row in card.rows():
                card.show_folded(is_folded=False)

    def show_narrow(self, *, is_narrow: bool) -> None:
        """Arrange all rows for a narrow window, or for a wide one."""
        for row in self.rows():
            row.show_narrow(is_narrow=is_narrow)

    def _is_shown(self, row: QWidget) -> bool:
        if row in self._hidden:
            return False
        if not self._query.strip():
            return True
        return isinstance(row, SettingRow) and row.matches(self._query)
