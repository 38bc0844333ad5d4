"""The saved profiles in their order, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.models import Profile
from core.profiles import Preset, host_of
from gui.metrics import metrics
from gui.settings.profile_delegate import DETAIL, ProfileDelegate
from gui.settings.settings_metrics import settings_metrics
from gui.settings.words import preset_text
from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ID = Qt.ItemDataRole.UserRole


class ProfileList(QWidget):
    """A list to choose from, to drag in, and the buttons below it.

    Signals:
        profile_chosen: the id of the profile that the user wants to see.
        order_changed: the ids in the order that the user wants.
        add_requested: the id of the preset that a profile is to be made from.
        duplicate_requested: the user wants the chosen profile again.
        remove_requested: the user wants the chosen profile away.
    """

    profile_chosen = Signal(str)
    order_changed = Signal(list)
    add_requested = Signal(str)
    duplicate_requested = Signal()
    remove_requested = Signal()

    def __init__(self, presets: Sequence[Preset], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = _Rows()
        self.rows.setObjectName("profileList")
        self.rows.setAccessibleName(self.tr("Services"))
        self.rows.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.rows.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.rows.setItemDelegate(ProfileDelegate(self.rows))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = QLabel(
            self.tr("None is set up yet. Add one below; the demo and chatgptfree.ai need none.")
        )
        self.empty.setObjectName("noProfiles")
        self.empty.setProperty("kind", "hint")
        self.empty.setWordWrap(True)
        self.add_button = self._button("add", "addProfileButton", self.tr("Add"), shows_text=True)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setMenu(self._menu(presets))
        self.up_button = self._button("up", "profileUpButton", self.tr("Move up (Alt+Up)"))
        self.down_button = self._button(
            "down", "profileDownButton", self.tr("Move down (Alt+Down)")
        )
        self.copy_button = self._button("copy", "duplicateProfileButton", self.tr("Duplicate"))
        self.remove_button = self._button("trash", "removeProfileButton", self.tr("Remove"))

        self._lay_out()

        self.rows.currentItemChanged.connect(self._on_current_changed)
        self.rows.model().rowsMoved.connect(self._on_rows_moved)
        self.rows.remove_pressed.connect(self.remove_requested)
        self.up_button.clicked.connect(self.move_up)
        self.down_button.clicked.connect(self.move_down)
        self.copy_button.clicked.connect(self.duplicate_requested)
        self.remove_button.clicked.connect(self.remove_requested)
        for keys, slot in (("Alt+Up", self.move_up), ("Alt+Down", self.move_down)):
            shortcut = QShortcut(QKeySequence(keys), self.rows)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def ids(self) -> list[str]:
        """Return the ids in the order that is shown."""
        return [self._id(row) for row in range(self.rows.count())]

    def show_profiles(self, profiles: Sequence[Profile], chosen: str) -> None:
        """Show these profiles; `chosen` is the id of the one that is shown below."""
        was_blocked = self.rows.blockSignals(True)  # noqa: FBT003 - Qt's signature
        if self.ids() != [profile.id for profile in profiles]:
            self.rows.clear()
            for profile in profiles:
                item = QListWidgetItem(self.rows)
                item.setData(_ID, profile.id)
        for row, profile in enumerate(profiles):
            item = self.rows.item(row)
            item.setText(profile.name)
            item.setData(DETAIL, _detail(profile))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{profile.name}, {_detail(profile)}")
            if profile.id == chosen:
                self.rows.setCurrentRow(row)
        self.rows.blockSignals(was_blocked)
        self._fit()

    @Slot()
    def move_up(self) -> None:
        """Put the chosen profile before the one above it."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Put the chosen profile behind the one below it."""
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.rows.currentRow()
        ids = self.ids()
        if row < 0 or not 0 <= row + by < len(ids):
            return
        ids[row], ids[row + by] = ids[row + by], ids[row]
        self.order_changed.emit(ids)

    def _id(self, row: int) -> str:
        return str(self.rows.item(row).data(_ID))

    def _fit(self) -> None:
        count, row = self.rows.count(), self.rows.currentRow()
        self.empty.setVisible(not count)
        self.rows.setVisible(bool(count))
        shown = min(max(count, 1), settings_metrics().profile_lines)
        height = self.rows.sizeHintForRow(0) if count else 0
        self.rows.setFixedHeight(shown * height + 2 * metrics().space_small)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < count - 1)
        self.copy_button.setEnabled(row >= 0)
        self.remove_button.setEnabled(row >= 0)

    def _menu(self, presets: Sequence[Preset]) -> QMenu:
        """Return the services that can be added; those on this computer stand by themselves."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        was_local: bool | None = None
        for preset in presets:
            if was_local not in {None, preset.is_local}:
                menu.addSeparator()
            was_local = preset.is_local
            action = QAction(preset_text(preset.name), menu)
            action.setToolTip(preset_text(preset.note))
            action.setData(preset.id)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def _button(self, icon: str, name: str, text: str, *, shows_text: bool = False) -> IconButton:
        button = IconButton(icon)
        button.setObjectName(name)
        button.label(text, shows_text=shows_text)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics().space_small)
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        for button in (self.up_button, self.down_button, self.copy_button, self.remove_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        medium = metrics().space_medium
        layout.setContentsMargins(medium, medium, medium, medium)
        layout.setSpacing(medium)
        layout.addWidget(self.empty)
        layout.addWidget(self.rows)
        layout.addLayout(buttons)

    @Slot(QListWidgetItem)
    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.profile_chosen.emit(str(item.data(_ID)))
        self._fit()

    @Slot(QModelIndex)
    def _on_rows_moved(self) -> None:
        self.order_changed.emit(self.ids())

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        self.add_requested.emit(action.data())


class _Rows(QListWidget):
    """A list that tells of the key Delete."""

    remove_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Delete as a wish."""
        if event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self.remove_pressed.emit()
            return
        super().keyPressEvent(event)


def _detail(profile: Profile) -> str:
    host = host_of(profile.address) if profile.address else ""
    own = profile.name.casefold()
    pieces = (host, profile.model)
    return " · ".join(piece for piece in pieces if piece and piece.casefold() != own)
