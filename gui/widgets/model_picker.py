"""Shows who is asked, and lets the user choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPalette
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gui.metrics import metrics
from gui.properties import set_by_name
from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionToolButton

DEMO, CHATGPT_FREE = "demo", "chatgptfree"
_CHATGPT_FREE_HOST = "chatgptfree.ai"
_MOST_MODELS = 12
"""Of those that the menu lists; all are in the dialog."""


class ModelPicker(IconButton):
    """A button that names the service and its model; its menu offers the others.

    Signals:
        provider_chosen: the user wants to ask this choice, as `core.profiles` calls it.
        model_chosen: the user wants to ask this model of the present service.
        models_requested: the menu is about to show the models.
        all_models_requested: the user wants to see all of them, or to type one.
        site_requested: the user wants to enter the address of an AI Power site.
        services_requested: the user wants to add or change services.
    """

    provider_chosen = Signal(str)
    model_chosen = Signal(str)
    models_requested = Signal()
    all_models_requested = Signal()
    site_requested = Signal()
    services_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("down", role=QPalette.ColorRole.PlaceholderText, parent=parent)
        self._choices = [(DEMO, DEMO), (CHATGPT_FREE, CHATGPT_FREE)]
        self._choice = DEMO
        self._model = ""
        self._models: tuple[str, ...] = ()
        self._shortened = ""

        self.setObjectName("modelPicker")
        set_by_name(self, toolButtonStyle="ToolButtonTextOnly")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self._model_group = QActionGroup(self._menu)
        self.setMenu(self._menu)

        self._menu.aboutToShow.connect(self._on_menu_about_to_show)
        self._group.triggered.connect(self._on_group_triggered)
        self._model_group.triggered.connect(self._on_model_group_triggered)

    @property
    def models(self) -> tuple[str, ...]:
        """The models of the present service, as far as it has told them."""
        return self._models

    @property
    def model(self) -> str:
        """The model that is asked; empty for the service's own choice."""
        return self._model

    def display_name(self, name: str) -> str:
        """Return what the window calls a service, by its choice or its name."""
        known = dict(self._choices).get(name, name)
        if known.casefold() == DEMO:
            return self.tr("Demo")
        return _CHATGPT_FREE_HOST if known == CHATGPT_FREE else urlsplit(known).netloc or known

    def choices(self) -> list[tuple[str, str]]:
        """Return what can be chosen, and what the window calls it."""
        return [(choice, self.display_name(name)) for choice, name in self._choices]

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these: what each stands for, and what it is called."""
        self._choices = list(choices)

    def set_models(self, models: Sequence[str]) -> None:
        """Offer these models of the present service."""
        self._models = tuple(models)
        if self._menu.isVisible():
            self._fill_menu()

    def show_choice(self, choice: str, model: str = "", name: str = "") -> None:
        """Show who is asked now; `model` is empty for the service's own choice."""
        if choice != self._choice:
            self._models = ()
        self._choice, self._model = choice, model
        if choice not in dict(self._choices):
            self._choices.append((choice, name or choice))
        name = self.display_name(name or choice)
        text = f"{name} · {model}" if model else name
        self.setText(text)
        self.setToolTip(text)
        if self.isVisible():
            self._fit()
        self.setAccessibleName(self.tr("Service and model: {name}").format(name=text))

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for; the name is shortened to fit."""
        return QSize(2 * metrics().button_size, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the name to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Leave out what has no room."""
        super().initStyleOption(option)
        if self._shortened:
            option.text = self._shortened

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the arrow behind the name; the style sheet leaves room for it."""
        super().paintEvent(event)
        side = metrics().icon_size
        left = self.width() - side - metrics().space_medium
        with QPainter(self) as painter:
            self.icon().paint(painter, QRect(left, (self.height() - side) // 2, side, side))

    def _fit(self) -> None:
        self._shortened = ""
        missing = self.sizeHint().width() - self.width()
        if missing > 0:
            from PySide6.QtCore import Qt  # noqa: PLC0415 - costs 0.02 s, and is hardly ever needed

            room = self.fontMetrics().horizontalAdvance(self.text()) - missing
            mode = Qt.TextElideMode.ElideMiddle
            self._shortened = self.fontMetrics().elidedText(self.text(), mode, room)

    @Slot()
    def _on_menu_about_to_show(self) -> None:
        self._fill_menu()
        self.models_requested.emit()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for choice, name in self.choices():
            text = self.tr("Demo, built in") if choice == DEMO else name
            self._group.addAction(self._action(text, choice, is_checked=choice == self._choice))
        self._menu.addActions(self._group.actions())
        if self._models or self._model:
            self._add_models()
        self._menu.addSeparator()
        other = self._menu.addAction(self.tr("Another AI Power site…"))
        other.triggered.connect(self.site_requested)
        services = self._menu.addAction(self.tr("Add or change services…"))
        services.triggered.connect(self.services_requested)

    def _add_models(self) -> None:
        self._menu.addSeparator()
        names = self._models[:_MOST_MODELS]
        if self._model and self._model not in names:
            names = (self._model, *names)
        for name in names:
            action = self._action(name, name, is_checked=name == self._model)
            self._model_group.addAction(action)
        self._menu.addActions(self._model_group.actions())
        more = self._menu.addAction(self.tr("Other models…"))
        more.triggered.connect(self.all_models_requested)

    def _action(self, text: str, data: str, *, is_checked: bool) -> QAction:
        action = QAction(text.replace("&", "&&"), self._menu)
        action.setCheckable(True)
        action.setChecked(is_checked)
        action.setData(data)
        return action

    @Slot(QAction)
    def _on_group_triggered(self, action: QAction) -> None:
        self.provider_chosen.emit(action.data())

    @Slot(QAction)
    def _on_model_group_triggered(self, action: QAction) -> None:
        self.model_chosen.emit(action.data())
