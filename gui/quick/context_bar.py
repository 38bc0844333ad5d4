"""The texts that go with a quick question: each in a chip that can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from core.templates import Source
from gui.metrics import metrics
from gui.quick.quick_metrics import quick_metrics
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from gui.widgets.icon_label import IconLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 50_000
"""Characters of a text that are sent; the chip says so when there are more."""
_SHOWN = 300


class ContextChip(QFrame):
    """Says where a text is from, how it begins and how much of it is sent.

    Signals:
        remove_requested: the user does not want it to go with the question; with its `Source`.
    """

    remove_requested = Signal(object)

    def __init__(self, source: Source, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.text = text[:LONGEST]

        self.setObjectName("contextChip")
        self.setMaximumWidth(quick_metrics().chip_width)
        name = self.tr("Selection") if source is Source.SELECTION else self.tr("Clipboard")
        size = self._size(len(text))
        self.setAccessibleName(f"{name}, {size}")
        self._icon = IconLabel(source.value)
        self._icon.setProperty("kind", "hint")
        self._beginning = ElidedLabel()
        self._beginning.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._beginning.show_text(text[:_SHOWN])
        self._size_label = QLabel(size)
        self._size_label.setProperty("kind", "hint")
        self.remove_button = IconButton("close", role=QPalette.ColorRole.PlaceholderText)
        self.remove_button.setObjectName("removeContextButton")
        self.remove_button.label(self.tr("Send without: {name}").format(name=name))
        self.setToolTip(name)

        layout = QHBoxLayout(self)
        padding = quick_metrics().chip_padding
        layout.setContentsMargins(metrics().space_medium, 0, 0, 0)
        layout.setSpacing(padding)
        layout.addWidget(self._icon)
        layout.addWidget(self._beginning, 1)
        layout.addWidget(self._size_label)
        layout.addWidget(self.remove_button)

        self.remove_button.clicked.connect(self._on_remove_button_clicked)

    def _size(self, count: int) -> str:
        if count > LONGEST:
            locale = QLocale()
            return self.tr("the first {part} of {all}").format(
                part=locale.toString(LONGEST), all=locale.toString(count)
            )
        return self.tr("%Ln characters", "", count)

    @Slot()
    def _on_remove_button_clicked(self) -> None:
        self.remove_requested.emit(self.source)


class ContextBar(QWidget):
    """The chips in one row; hidden while there is none.

    Signals:
        changed: other texts go with the question.
        removed: the user has taken the text of this `Source` away.
    """

    changed = Signal()
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[Source, ContextChip] = {}

        self.setObjectName("contextBar")
        self.setAccessibleName(self.tr("What goes with the question"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(metrics().space_medium)
        self._row.addStretch(1)
        self.hide()

    def texts(self) -> Mapping[Source, str]:
        """Return what goes with the question, cut where it is too long."""
        return {source: chip.text for source, chip in self._chips.items()}

    def show_texts(self, texts: Mapping[Source, str]) -> None:
        """Show exactly these texts; an empty one is none."""
        wanted = {source: text for source, text in texts.items() if text.strip()}
        known = {source: chip.text for source, chip in self._chips.items()}
        if known == {source: text[:LONGEST] for source, text in wanted.items()}:
            return
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for source, text in wanted.items():
            chip = self._chips[source] = ContextChip(source, text)
            chip.remove_requested.connect(self.removed)
            self._row.insertWidget(self._row.count() - 1, chip, 1)
        self.setVisible(bool(self._chips))
        self.changed.emit()

    def chip(self, source: Source) -> ContextChip | None:
        """Return what shows the text of a source."""
        return self._chips.get(source)
