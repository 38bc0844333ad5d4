"""All pages in one column, of which one is shown; a search shows what is left of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.profiles import Preset
from core.secrets import APP_PROXY_PASSWORD
from core.settings import OPTIONS, PAGES, PROFILE, PROXY
from gui.metrics import metrics
from gui.quick.own_command import quick_command
from gui.settings.choice_control import ChoiceControl
from gui.settings.key_conflicts import KeyConflicts
from gui.settings.option_rows import OptionRow
from gui.settings.profile_choices import ProfileChoices
from gui.settings.providers_page import ProvidersPage
from gui.settings.proxy_control import ProxyControl
from gui.settings.quick_page import QuickPage
from gui.settings.setting_row import SettingRow
from gui.settings.settings_card import SettingsCard
from gui.settings.settings_editor import SettingsEditor
from gui.settings.settings_metrics import characters, settings_metrics
from gui.settings.settings_page import SettingsPage
from gui.settings.words import setting_text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

_PROVIDERS, _QUICK, _SHORTCUTS = "providers", "quick", "shortcuts"


class PageStack(QScrollArea):
    """The pages; each is made from what `core.settings` declares.

    A page is made when it is needed for the first time, and the others while nothing else is to
    be done: all of them together take half a second.

    Signals:
        key_entered, test_requested, models_requested, profile_copied: as of `ProvidersPage`.
        password_entered: the name of a secret, and the password that was typed.
        secret_wanted: it has to be known whether there is a secret of this name.
        quick_page_made: this `QuickPage` wants to know of the hotkey.
    """

    key_entered = Signal(str, str)
    test_requested = Signal(object)
    models_requested = Signal(object)
    profile_copied = Signal(str, str)
    password_entered = Signal(str, str)
    secret_wanted = Signal(str)
    quick_page_made = Signal(object)

    def __init__(
        self, editor: SettingsEditor, presets: Sequence[Preset], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor, self._presets = editor, presets
        self._pages: dict[str, SettingsPage] = {}
        self._app_proxy: ProxyControl | None = None
        self._places: dict[str, QVBoxLayout] = {}
        self._is_narrow = False
        self._later = QTimer(self, interval=0)

        self.setObjectName("settingsPages")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = QLabel(self.tr("Nothing found. Other words may help."))
        self._nothing.setObjectName("nothingFound")
        self._nothing.setProperty("kind", "hint")
        self._nothing.hide()

        self._lay_out()

        self._later.timeout.connect(self._make_one)

    @property
    def providers(self) -> ProvidersPage:
        """The page of the services."""
        page = self.page(_PROVIDERS)
        if not isinstance(page, ProvidersPage):
            raise TypeError(_PROVIDERS)
        return page

    def page(self, name: str) -> SettingsPage:
        """Return a page by the name that it has in `PAGES`."""
        if name not in self._pages:
            self._pages[name] = page = self._made(name)
            page.show_narrow(is_narrow=self._is_narrow)
            page.hide()
            self._places[name].addWidget(page)
        return self._pages[name]

    def show_page(self, name: str, option: str = "") -> None:
        """Show one page from its top, or from the option that has this key."""
        self._nothing.hide()
        shown = self.page(name)
        for page in self._pages.values():
            page.show_found("")
            page.setVisible(page is shown)
        self.verticalScrollBar().setValue(0)
        if name == _PROVIDERS and option.startswith("profile."):
            _, profile_id, *field = option.split(".")
            self.providers.choose(profile_id)
            option = f"profile.{field[0]}" if field else ""
        row = next((one for one in shown.rows() if one.key == option), None)
        if row is not None:
            shown.unfold(row)
            self._focus(row)

    def show_found(self, query: str) -> None:
        """Show all options of all pages that match."""
        found = False
        for page in self._all():
            is_any = page.show_found(query)
            page.setVisible(is_any)
            found = found or is_any
        self._nothing.setHidden(found)
        self.verticalScrollBar().setValue(0)

    def show_secret(self, name: str, *, is_kept: bool) -> None:
        """Say whether there is a key, or a password, of a name."""
        if name == APP_PROXY_PASSWORD and self._app_proxy is not None:
            self._app_proxy.show_password(is_kept=is_kept)
        if _PROVIDERS in self._pages:
            self.providers.show_secret(name, is_kept=is_kept)

    def ask_for_secrets(self) -> None:
        """Ask anew whether there are secrets of the names that are shown."""
        if self._app_proxy is not None:
            self.secret_wanted.emit(APP_PROXY_PASSWORD)
        if _PROVIDERS in self._pages:
            self.providers.ask_for_secrets()

    def row(self, key: str) -> SettingRow:
        """Return the row of an option."""
        return next(row for page in self._all() for row in page.rows() if row.key == key)

    def hand_over(self) -> None:
        """Tell of passwords that were typed and not left yet."""
        if _PROVIDERS in self._pages:
            self.providers.hand_over()
        if self._app_proxy is not None:
            self._app_proxy.hand_over()

    @Slot()
    def focus_first(self) -> None:
        """Give the keys to the first option that is shown."""
        for page in self._all():
            for row in page.rows():
                if row.isVisible():
                    self._focus(row)
                    return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the rows for the width there is."""
        super().resizeEvent(event)
        narrow = characters(self, settings_metrics().narrow_characters)
        is_narrow = self.viewport().width() < narrow
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._fit()
        for page in self._pages.values():
            page.show_narrow(is_narrow=is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the other pages, too, after what is shown at first."""
        super().showEvent(event)
        self._later.start()

    def _all(self) -> list[SettingsPage]:
        return [self.page(page.value) for page in PAGES]

    @Slot()
    def _make_one(self) -> None:
        missing = [page.value for page in PAGES if page.value not in self._pages]
        if missing:
            self.page(missing[0])
        else:
            self._later.stop()

    def _focus(self, row: SettingRow) -> None:
        row.control.field().setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Once the page has its size.
        QTimer.singleShot(0, row, partial(self._reveal, row))

    def _reveal(self, row: SettingRow) -> None:
        top = row.mapTo(self._content, QPoint()).y()
        self.ensureVisible(0, top + row.height() // 2, 0, row.height())

    # -- the pages

    def _made(self, name: str) -> SettingsPage:
        title = setting_text(next(page.label for page in PAGES if page.value == name))
        if name == _PROVIDERS:
            return self._providers_page(title)
        if name == _QUICK:
            quick = QuickPage(self._editor, title=title, command=quick_command())
            self.quick_page_made.emit(quick)
            return quick
        page = SettingsPage(name, title)
        card = SettingsCard()
        rows = [OptionRow(option, self._editor) for option in OPTIONS if option.page == name]
        for row in rows:
            card.add(row)
            self._equip(row)
        page.add(card)
        if name == _SHORTCUTS:
            KeyConflicts(rows, self._editor)
        return page

    def _providers_page(self, title: str) -> ProvidersPage:
        page = ProvidersPage(self._editor, self._presets, title=title)
        page.key_entered.connect(self.key_entered)
        page.password_entered.connect(self.password_entered)
        page.test_requested.connect(self.test_requested)
        page.models_requested.connect(self.models_requested)
        page.secret_wanted.connect(self.secret_wanted)
        page.profile_copied.connect(self.profile_copied)
        page.ask_for_secrets()
        return page

    def _equip(self, row: OptionRow) -> None:
        """Give a control what its option alone cannot say."""
        control = row.control
        if row.option is PROFILE and isinstance(control, ChoiceControl):
            ProfileChoices(control, self._editor, none=self.tr("Whoever was asked last"))
        if row.option is PROXY and isinstance(control, ProxyControl):
            self._app_proxy = control
            control.password_entered.connect(self._on_app_password_entered)
            self.secret_wanted.emit(APP_PROXY_PASSWORD)

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(characters(self, settings_metrics().content_characters))
        self._column = stack = QVBoxLayout(column)
        stack.setSpacing(0)
        for page in PAGES:
            self._places[page.value] = place = QVBoxLayout()
            stack.addLayout(place)
        stack.addWidget(self._nothing)
        stack.addStretch(1)
        self._content = content = QWidget()
        content.setObjectName("settingsContent")
        around = QHBoxLayout(content)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(column)
        self.setWidget(content)
        self._fit()

    def _fit(self) -> None:
        space = metrics().space_medium if self._is_narrow else metrics().space_huge
        self._column.setContentsMargins(space, space, space, space)

    @Slot(str)
    def _on_app_password_entered(self, password: str) -> None:
        if self._app_proxy is not None:
            self._app_proxy.show_password(is_kept=True)
        self.password_entered.emit(APP_PROXY_PASSWORD, password)
