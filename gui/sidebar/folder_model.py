"""The places that conversations can be in, as rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from core.models import Folder
from gui.sidebar.conversation_model import MIME_TYPE
from gui.sidebar.place import ALL, ARCHIVE, TRASH, Place, Section
from gui.sidebar.row_model import AnyIndex, Roles, RowModel

_NOWHERE = QModelIndex()
_ICONS = {
    Section.ALL: "conversations",
    Section.FOLDER: "folder",
    Section.ARCHIVE: "archive",
    Section.TRASH: "trash",
}


class FolderModel(RowModel):
    """All conversations, the folders, the archive and the trash.

    Signals:
        rename_requested: a folder's id, and the name that the user wants for it.
        dropped: ids of conversations, and the place that they were dropped on.
    """

    rename_requested = Signal(object, str)
    dropped = Signal(list, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders: Sequence[Folder] = ()
        self._places: list[Place] = [ALL, ARCHIVE, TRASH]
        self._shown = ALL

    @property
    def folders(self) -> Sequence[Folder]:
        """The folders in order."""
        return self._folders

    def set_folders(self, folders: Sequence[Folder]) -> None:
        """Show these folders."""
        if tuple(folders) == self._folders:
            return
        self.rows_about_to_shift.emit()
        self.beginResetModel()
        self._folders = tuple(folders)
        inner = [Place(Section.FOLDER, folder.id) for folder in folders]
        self._places = [ALL, *inner, ARCHIVE, TRASH]
        self.endResetModel()
        self.rows_shifted.emit()

    def show_place(self, place: Place) -> None:
        """Mark the place that the list shows."""
        self._shown = place
        self.dataChanged.emit(self.index(0), self.index(len(self._places) - 1))

    def place_at(self, row: int) -> Place | None:
        """Return the place in a row; None outside of the list."""
        return self._places[row] if 0 <= row < len(self._places) else None

    def name(self, place: Place) -> str:
        """Return what a place is called; empty for a folder that is not there."""
        named = {
            Section.ALL: self.tr("All conversations"),
            Section.ARCHIVE: self.tr("Archive"),
            Section.TRASH: self.tr("Trash"),
        }
        if place.section in named:
            return named[place.section]
        names = (folder.name for folder in self._folders if folder.id == place.folder_id)
        return " ".join(next(names, "").split())

    def row_of(self, thing_id: int | None) -> int | None:
        """Return the row of a folder; None when it is not here."""
        ids = [place.folder_id for place in self._places]
        return None if thing_id is None or thing_id not in ids else ids.index(thing_id)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the places."""
        return 0 if parent.isValid() else len(self._places)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Conversations can be dropped anywhere; folders can be renamed."""
        place = self.place_at(index.row())
        if place is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if place.section is Section.FOLDER:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a name, a drawing, or whether the place is shown."""
        place = self.place_at(index.row())
        if place is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.name(place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            is_folder = place.section is Section.FOLDER
            name = self.name(place)
            return self.tr("Folder {name}").format(name=name) if is_folder else name
        known: dict[int, Any] = {
            Roles.ID: place.folder_id,
            Roles.ICON: _ICONS[place.section],
            Roles.IS_OPEN: place == self._shown,
        }
        return known.get(role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; nothing changes until somebody grants it."""
        place = self.place_at(index.row())
        name = " ".join(str(value).split())
        if place is None or role != Qt.ItemDataRole.EditRole or not name:
            return False
        if name != self.name(place):
            self.rename_requested.emit(place.folder_id, name)
        return True

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped."""
        return [MIME_TYPE]

    def supportedDropActions(self) -> Qt.DropAction:
        """Conversations are moved."""
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self,
        data: QMimeData,
        _action: Qt.DropAction,
        _row: int,
        _column: int,
        parent: AnyIndex,
    ) -> bool:
        """Tell what was dropped where; the list takes nothing away by itself."""
        place = self.place_at(parent.row())
        if place is None or not data.hasFormat(MIME_TYPE):
            return False
        self.dropped.emit(json.loads(bytes(data.data(MIME_TYPE).data())), place)
        return False
