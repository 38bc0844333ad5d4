"""The names of the pages, on the left or above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.settings.choice_box import ChoiceBox
from gui.settings.settings_metrics import settings_metrics


class _TallRows(QStyledItemDelegate):
    """Leaves room above and below the words."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height; the list has the width."""
        del index
        height = option.fontMetrics.height()
        return QSize(0, height + 2 * settings_metrics().row_padding)


class PageList(QWidget):
    """A list beside the page; a box above it in a narrow window.

    Signals:
        page_chosen: the name of the page that the user wants.
    """

    page_chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = [name for name, _ in pages]
        self._page = self._names[0]

        self.rows = QListWidget()
        self.rows.setObjectName("pageList")
        self.rows.setAccessibleName(self.tr("Pages"))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setItemDelegate(_TallRows(self.rows))
        self.box = ChoiceBox()
        self.box.setObjectName("pageBox")
        self.box.setAccessibleName(self.tr("Page"))
        for name, title in pages:
            item = QListWidgetItem(title, self.rows)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.box.addItem(title, name)
        self.box.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addWidget(self.box)
        self.show_page(self._page)

        self.rows.currentRowChanged.connect(self._on_row_changed)
        self.rows.itemClicked.connect(self._on_rows_item_clicked)
        self.box.activated.connect(self._on_row_changed)

    @property
    def page(self) -> str:
        """The name of the page that is chosen."""
        return self._page

    def show_page(self, name: str) -> None:
        """Show which page is shown; `page_chosen` is not emitted."""
        self._page = name
        row = self._names.index(name)
        was_blocked = self.rows.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.rows.setCurrentRow(row)
        self.rows.blockSignals(was_blocked)
        self.box.setCurrentIndex(row)

    def step(self, by: int) -> None:
        """Choose the page `by` places further; after the last comes the first."""
        self._on_row_changed((self._names.index(self._page) + by) % len(self._names))

    def show_all(self) -> None:
        """Show that something of every page is shown."""
        was_blocked = self.rows.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.rows.clearSelection()
        self.rows.blockSignals(was_blocked)

    def show_folded(self, *, is_folded: bool) -> None:
        """Show the box in place of the list, or the list again."""
        had_focus = self.rows.hasFocus() or self.box.hasFocus()
        self.rows.setHidden(is_folded)
        self.box.setHidden(not is_folded)
        if had_focus:
            (self.box if is_folded else self.rows).setFocus()

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._names):
            self.show_page(self._names[row])
            self.page_chosen.emit(self._page)

    @Slot(QListWidgetItem)
    def _on_rows_item_clicked(self, item: QListWidgetItem) -> None:
        """Take a click on the current row, too: it ends a search."""
        if item.data(Qt.ItemDataRole.UserRole) == self._page:
            self.page_chosen.emit(self._page)
