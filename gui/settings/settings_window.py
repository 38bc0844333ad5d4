"""The settings window: a search, the pages, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QVBoxLayout, QWidget

from core.models import ModelInfo
from core.profiles import Preset
from core.settings import KEY_PLACE, PAGES, Settings
from gui.metrics import metrics
from gui.settings.page_list import PageList
from gui.settings.page_stack import PageStack
from gui.settings.settings_editor import SettingsEditor
from gui.settings.settings_metrics import characters, lines, settings_metrics
from gui.settings.words import setting_text
from gui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

_Direction = QBoxLayout.Direction


class SettingsWindow(QDialog):
    """Every change takes effect by itself; there is nothing to save. Shown by `show()`.

    Signals:
        settings_changed: these `Settings` hold from now on.
        key_entered: the id of a profile and its new key; an empty key: it is to be removed.
        proxy_password_entered: the name of a secret, and the password that was typed.
        test_requested: the user wants this `Profile` to be looked at.
        models_requested: the user wants the models that this `Profile` offers.
        secret_wanted: it has to be known whether there is a secret of this name.
        profile_copied: the ids of a profile and of its copy, which is to have the same key.
        closed: the window was closed; everything that was changed has been told.
    """

    settings_changed = Signal(object)
    key_entered = Signal(str, str)
    proxy_password_entered = Signal(str, str)
    test_requested = Signal(object)
    models_requested = Signal(object)
    secret_wanted = Signal(str)
    profile_copied = Signal(str, str)
    closed = Signal()

    def __init__(
        self, settings: Settings, *, presets: Sequence[Preset], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = SettingsEditor(settings, self)

        self.setObjectName("settingsWindow")
        self.setWindowTitle(self.tr("Settings"))
        self.search = QLineEdit()
        self.search.setObjectName("settingsSearch")
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.pages = PageList([(page.value, setting_text(page.label)) for page in PAGES])
        self.notice = Banner()
        self.notice.setObjectName("settingsNotice")
        self.key_trouble = Banner()
        self.key_trouble.setObjectName("keyTroubleBanner")
        self.stack = PageStack(self.editor, presets)

        self._lay_out()

        self._connect()
        self.show_page(PAGES[0].value)

    @property
    def settings(self) -> Settings:
        """What stands in the window now."""
        return self.editor.settings

    def show_settings(self, settings: Settings) -> None:
        """Show what was set elsewhere; `settings_changed` is not emitted."""
        self.editor.take(settings)

    def show_page(self, name: str, option: str = "") -> None:
        """Show a page; with the key of an option, such as `advanced.proxy`, that one gets the keys.

        `providers` also takes `profile.<id>`, or `profile.<id>.<field>`, of which `key` is one.
        """
        self.search.clear()
        self.pages.show_page(name)
        self.stack.show_page(name, option)

    def show_models(self, profile_id: str, infos: Sequence[ModelInfo]) -> None:
        """Offer the models that a service has."""
        self.stack.providers.show_models(profile_id, infos)

    def show_models_problem(self, profile_id: str, sentence: str) -> None:
        """Say why the models of a service could not be had."""
        self.stack.providers.show_models_problem(profile_id, sentence)

    def show_secret(self, name: str, *, is_kept: bool) -> None:
        """Say whether there is a key, or a password, of a name."""
        self.stack.show_secret(name, is_kept=is_kept)

    def ask_for_secrets(self) -> None:
        """Ask anew whether there are secrets: whoever listens has just come."""
        self.stack.ask_for_secrets()

    def show_notice(self, text: str) -> None:
        """Say something about the settings as a whole; nothing when it is empty."""
        if text:
            self.notice.show_text(text)
        else:
            self.notice.clear()

    def show_key_trouble(self, sentence: str) -> None:
        """Say why a key could not be kept, and offer what else can be done with it."""
        place = self.settings.value(KEY_PLACE)
        session = self.tr("Keep keys until the program ends") if place != "session" else ""
        file = self.tr("Keep keys in a file…") if place != "file" else ""
        self.key_trouble.show_text(sentence, session, file)

    def hand_over(self) -> None:
        """Tell now of everything that was changed, or typed."""
        self.stack.hand_over()
        self.editor.settle()

    def geometry_text(self) -> str:
        """Return place and size of the window in Qt's own form, as text."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_geometry_text(self, text: str) -> None:
        """Take place and size from `geometry_text`; nothing happens when it is not one."""
        self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange everything for the width there is."""
        super().resizeEvent(event)
        sizes = settings_metrics()
        is_folded = self.width() < characters(self, sizes.fold_characters)
        self._outer.setDirection(_Direction.TopToBottom if is_folded else _Direction.LeftToRight)
        self.pages.show_folded(is_folded=is_folded)
        if is_folded:
            self._side_pane.setMinimumWidth(0)
            self._side_pane.setMaximumWidth(self.maximumWidth())
        else:
            width = characters(self, sizes.pages_characters) + 2 * metrics().space_large
            self._side_pane.setFixedWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter end typing, and Esc end a search first."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Tell of what was typed last, and hide."""
        self.hand_over()
        super().done(result)
        self.closed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as Esc does."""
        event.accept()
        if self.isVisible():
            self.done(QDialog.DialogCode.Accepted.value)

    # -- inside

    def _lay_out(self) -> None:
        sizes, space = settings_metrics(), metrics().space_large
        self._side = QBoxLayout(_Direction.TopToBottom)
        self._side.setContentsMargins(space, space, space, metrics().space_small)
        self._side.setSpacing(metrics().space_medium)
        self._side.addWidget(self.search)
        self._side.addWidget(self.pages, 1)
        self._side_pane = QWidget()
        self._side_pane.setObjectName("settingsSide")
        self._side_pane.setLayout(self._side)
        self._side_pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content = QVBoxLayout()
        content.setSpacing(0)
        notice = QVBoxLayout()
        notice.setContentsMargins(space, metrics().space_medium, space, 0)
        notice.setSpacing(metrics().space_medium)
        notice.addWidget(self.notice)
        notice.addWidget(self.key_trouble)
        content.addLayout(notice)
        content.addWidget(self.stack, 1)
        self._outer = QBoxLayout(_Direction.LeftToRight, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self._side_pane)
        self._outer.addLayout(content, 1)
        self.setMinimumSize(
            characters(self, sizes.minimum_characters), lines(self, sizes.minimum_lines)
        )
        wanted = QSize(characters(self, sizes.window_characters), lines(self, sizes.window_lines))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_text_changed)
        self.search.returnPressed.connect(self.stack.focus_first)
        self.pages.page_chosen.connect(self._on_page_chosen)
        self.editor.settled.connect(self.settings_changed)
        self.key_trouble.action_requested.connect(self._on_session_requested)
        self.key_trouble.other_action_requested.connect(self._on_file_requested)
        self.stack.key_entered.connect(self.key_entered)
        self.stack.password_entered.connect(self.proxy_password_entered)
        self.stack.test_requested.connect(self._on_test_requested)
        self.stack.models_requested.connect(self.models_requested)
        self.stack.profile_copied.connect(self.profile_copied)
        self.stack.secret_wanted.connect(self.secret_wanted)
        for keys, slot in (
            ("Ctrl+F", self.focus_search),
            ("Ctrl+Tab", self.next_page),
            ("Ctrl+PgDown", self.next_page),
            ("Ctrl+Shift+Tab", self.previous_page),
            ("Ctrl+PgUp", self.previous_page),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @Slot()
    def focus_search(self) -> None:
        """Let the user search; what stands there can be typed over."""
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def next_page(self) -> None:
        """Show the page below."""
        self.pages.step(1)

    @Slot()
    def previous_page(self) -> None:
        """Show the page above."""
        self.pages.step(-1)

    @Slot()
    def _on_session_requested(self) -> None:
        self._choose_key_place("session")

    @Slot()
    def _on_file_requested(self) -> None:
        self._choose_key_place("file")

    def _choose_key_place(self, place: str) -> None:
        self.key_trouble.clear()
        self.show_page("privacy", KEY_PLACE.key)
        row = self.stack.row(KEY_PLACE.key)
        row.value_changed.emit(place)
        self.editor.settle()

    @Slot(str)
    def _on_search_text_changed(self, text: str) -> None:
        if text.strip():
            self.pages.show_all()
            self.stack.show_found(text)
        else:
            self.pages.show_page(self.pages.page)
            self.stack.show_page(self.pages.page)

    @Slot(str)
    def _on_page_chosen(self, name: str) -> None:
        self.search.clear()
        self.stack.show_page(name)

    @Slot(object)
    def _on_test_requested(self, profile: object) -> None:
        self.editor.settle()
        self.test_requested.emit(profile)
