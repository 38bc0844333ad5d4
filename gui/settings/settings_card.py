"""Options that belong together, on one card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.widgets.icon_button import IconButton


class SettingsCard(QWidget):
    """A title, and a frame with rows; a line is drawn between those that are shown.

    A card that can be folded begins folded, and opens by a click on its title.
    """

    def __init__(
        self, title: str = "", *, can_fold: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QWidget, QFrame]] = []
        self._is_folded = can_fold

        self.heading = self._fold_button(title) if can_fold else self._title(title)
        self._frame = QFrame()
        self._frame.setProperty("kind", "card")
        self._frame.setAccessibleName(title)

        self._stack = QVBoxLayout(self._frame)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_medium)
        layout.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._frame)
        self.heading.setVisible(bool(title))
        self._frame.setHidden(can_fold)

    @property
    def is_folded(self) -> bool:
        """Whether only the title is shown."""
        return self._is_folded

    def add(self, row: QWidget) -> None:
        """Put a row below the others."""
        line = QFrame()
        line.setProperty("kind", "line")
        self._stack.addWidget(line)
        self._stack.addWidget(row)
        self._rows.append((row, line))
        line.setVisible(len(self._rows) > 1)

    def rows(self) -> list[QWidget]:
        """Return the rows from top to bottom."""
        return [row for row, _ in self._rows]

    def show_rows(self, shown: set[QWidget], *, unfolds: bool) -> None:
        """Show these of its rows alone, even when it is folded; a card without any hides."""
        is_first = True
        for row, line in self._rows:
            is_shown = row in shown
            row.setVisible(is_shown)
            line.setVisible(is_shown and not is_first)
            is_first = is_first and not is_shown
        self._frame.setHidden(self._is_folded and not unfolds)
        self.setHidden(is_first)

    def show_folded(self, *, is_folded: bool) -> None:
        """Show the title alone, or all."""
        self._is_folded = is_folded
        self._frame.setHidden(is_folded)
        if isinstance(self.heading, IconButton):
            self.heading.set_icon_name("right" if is_folded else "down")
            said = self.tr("{title}, folded") if is_folded else self.tr("{title}, open")
            self.heading.setAccessibleName(said.format(title=self.heading.text()))

    def _fold_button(self, title: str) -> IconButton:
        button = IconButton("right")
        button.setObjectName("foldCardButton")
        button.label(title, shows_text=True)
        button.setAccessibleName(self.tr("{title}, folded").format(title=title))
        button.clicked.connect(self._on_heading_clicked)
        return button

    def _title(self, title: str) -> QLabel:
        label = QLabel(title)
        label.setProperty("kind", "heading")
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    @Slot()
    def _on_heading_clicked(self) -> None:
        self.show_folded(is_folded=not self._is_folded)
