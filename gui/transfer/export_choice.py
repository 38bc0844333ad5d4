"""What is exported, in which form, and into how many files."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.transfer.file_names import safe_name, unique_name
from core.transfer.writing import SUFFIXES, ZIP_SUFFIX, ExportFormat
from gui.metrics import metrics
from gui.transfer.option_list import Option, OptionList

_LONGEST_TITLE = 40
"""Characters of a title in the name of a choice."""


class Extent(StrEnum):
    """Which conversations."""

    CURRENT = "current"
    SELECTED = "selected"
    ALL = "all"


class Packing(StrEnum):
    """How several conversations lie on the disk."""

    FOLDER = "folder"
    ZIP = "zip"
    FILE = "file"


class ExportChoice(QWidget):
    """Three questions with radio buttons; the last one only where there is a choice.

    Signals:
        changed: something else is chosen; the widget may need another height.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        current: int | None,
        title: str = "",
        selected: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._current = current
        self._title = " ".join(title.split())
        self._selected = list(selected)

        self.extent = OptionList(self.tr("What"), self._extents())
        self.form = OptionList(self.tr("Form"), self._forms())
        self.packing = OptionList(self.tr("Where"), self._packings())
        self.extent.setObjectName("exportExtent")
        self.form.setObjectName("exportForm")
        self.packing.setObjectName("exportPacking")

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_large)
        for question in (self.extent, self.form, self.packing):
            layout.addWidget(question)

        self.extent.value_changed.connect(self._on_value_changed)
        self.form.value_changed.connect(self._on_value_changed)
        self._on_value_changed()

    def ids(self) -> list[int] | None:
        """Return the conversations that are chosen; None for all that are not in the trash."""
        extent = Extent(self.extent.value())
        if extent is Extent.CURRENT and self._current is not None:
            return [self._current]
        return self._selected if extent is Extent.SELECTED else None

    def format(self) -> ExportFormat:
        """Return the form that is chosen."""
        return ExportFormat(self.form.value())

    def is_folder(self) -> bool:
        """Whether each conversation gets a file of its own in a folder."""
        return self._is_several() and Packing(self.packing.value()) is Packing.FOLDER

    def suffix(self) -> str:
        """Return the suffix of the one file that is written; with the dot."""
        if self._is_several() and Packing(self.packing.value()) is Packing.ZIP:
            return ZIP_SUFFIX
        return SUFFIXES[self.format()]

    def proposed_name(self, today: str) -> str:
        """Return a name for the file, or the folder; `today` stands in the name of several."""
        if self._is_several():
            name = f"Beseda {today}"
            return name if self.is_folder() else name + self.suffix()
        title = self._title if self.ids() == [self._current] else ""
        return (safe_name(title) or f"Beseda {today}") + self.suffix()

    def corrected(self, path: Path) -> Path:
        """Return `path` with the suffix that tells what is in the file.

        A name that nobody was asked about never replaces a file.
        """
        suffix = self.suffix()
        if path.suffix.lower() == suffix:
            return path
        there = {file.name.casefold() for file in path.parent.iterdir()}
        return path.with_name(unique_name(path.name, suffix, there))

    def _is_several(self) -> bool:
        ids = self.ids()
        return ids is None or len(ids) > 1

    @Slot()
    def _on_value_changed(self) -> None:
        is_json = self.format() is ExportFormat.JSON
        self.packing.offer(Packing.FILE, is_offered=is_json)
        self.packing.setVisible(self._is_several())
        self.changed.emit()

    def _extents(self) -> list[Option]:
        options = []
        is_current_selected = self._selected == [self._current]
        if self._selected and not is_current_selected:
            count = len(self._selected)
            options.append(
                Option(Extent.SELECTED, self.tr("%Ln selected conversations", "", count))
            )
        if self._current is not None:
            options.append(Option(Extent.CURRENT, self._name_of_current()))
        options.append(Option(Extent.ALL, self.tr("All conversations, except those in the trash")))
        return options

    def _name_of_current(self) -> str:
        title = self._title
        if not title:
            return self.tr("This conversation")
        if len(title) > _LONGEST_TITLE:
            title = f"{title[:_LONGEST_TITLE].rstrip()}…"
        return self.tr("This conversation: “{title}”").format(title=title)

    def _forms(self) -> list[Option]:
        return [
            Option(
                ExportFormat.MARKDOWN,
                "Markdown",
                self.tr("For notes and other programs; easy to read and to edit."),
            ),
            Option(
                ExportFormat.HTML,
                "HTML",
                self.tr("For reading and printing in a browser; looks as it does here."),
            ),
            Option(
                ExportFormat.TEXT,
                self.tr("Plain text"),
                self.tr("For any editor and any program."),
            ),
            Option(
                ExportFormat.JSON,
                "JSON",
                self.tr("Everything, with all versions of the answers; can be imported again."),
            ),
        ]

    def _packings(self) -> list[Option]:
        return [
            Option(Packing.FOLDER, self.tr("A folder with a file for each conversation")),
            Option(Packing.ZIP, self.tr("A ZIP with a file for each conversation")),
            Option(Packing.FILE, self.tr("One file with all of them")),
        ]
