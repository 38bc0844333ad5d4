"""The commands that begin with what is typed, below the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from core.templates import SIGN, Source, Template
from gui.properties import set_by_name
from gui.quick.command_delegate import DETAIL_ROLE, CommandDelegate
from gui.quick.quick_metrics import quick_metrics

if TYPE_CHECKING:
    from collections.abc import Sequence


class CommandList(QListWidget):
    """A short list that the line's keys move in; hidden while there is nothing to offer.

    Signals:
        chosen: this `Template` is meant.
        changed: another number of commands is shown.
    """

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._templates: Sequence[Template] = ()

        self.setObjectName("commandList")
        self.setAccessibleName(self.tr("Commands"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self._delegate = CommandDelegate(self)
        self.setItemDelegate(self._delegate)
        set_by_name(self, focusPolicy="NoFocus", horizontalScrollBarPolicy="ScrollBarAlwaysOff")
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.hide()

        self.itemClicked.connect(self._on_item_clicked)

    @Slot(object)
    def offer(self, templates: Sequence[Template]) -> None:
        """Show these, with the first one marked."""
        if [one.name for one in templates] == [one.name for one in self._templates]:
            return
        self._templates = templates
        self.clear()
        for template in templates:
            item = QListWidgetItem(f"{SIGN}{template.name}")
            item.setData(DETAIL_ROLE, beginning_of(template))
            self.addItem(item)
        self.setCurrentRow(0)
        self._delegate.name_width = max(
            (self.fontMetrics().horizontalAdvance(f"{SIGN}{one.name}") for one in templates),
            default=0,
        )
        self.setVisible(bool(templates))
        rows = min(len(templates), quick_metrics().command_rows)
        self.setFixedHeight(rows * quick_metrics().command_height + quick_metrics().padding)
        self.changed.emit()

    def step(self, by: int) -> None:
        """Mark the command so many rows further, round the ends."""
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    def choose(self) -> None:
        """Take the one that is marked."""
        if 0 <= self.currentRow() < len(self._templates):
            self.chosen.emit(self._templates[self.currentRow()])

    def sizeHint(self) -> QSize:
        """Return the height of the rows that are shown."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self.setCurrentItem(item, self.selectionModel().SelectionFlag.ClearAndSelect)
        self.choose()


def beginning_of(template: Template) -> str:
    """Return how a prompt begins, without the places in it."""
    text = template.text
    for placeholder in ("input", *Source):
        text = text.replace(f"{{{placeholder}}}", "")
    return " ".join(text.split()).rstrip(":")
