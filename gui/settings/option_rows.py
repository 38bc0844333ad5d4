"""Rows for what `core.settings` declares, joined with what is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMessageBox

from core.errors import SettingsError
from core.settings import KEY_PLACE, Kind, Option
from gui.settings.choice_control import ChoiceControl
from gui.settings.control import Control
from gui.settings.keys_control import KeysControl
from gui.settings.long_text_control import LongTextControl
from gui.settings.number_control import NumberControl
from gui.settings.proxy_control import ProxyControl
from gui.settings.setting_row import SettingRow
from gui.settings.settings_editor import SettingsEditor
from gui.settings.switch_control import SwitchControl
from gui.settings.text_control import TextControl
from gui.settings.words import problem_sentence, setting_text


def control_for(option: Option[Any]) -> Control:
    """Return what an option of its kind is changed with."""
    return _MAKERS[option.kind](option)


def _number(option: Option[Any]) -> Control:
    return NumberControl(
        is_whole=option.kind is Kind.NUMBER,
        smallest=option.smallest,
        largest=option.largest,
        unit=setting_text(option.unit),
    )


def _switch(_: Option[Any]) -> Control:
    return SwitchControl()


def _text(_: Option[Any]) -> Control:
    return TextControl()


def _long_text(option: Option[Any]) -> Control:
    return LongTextControl(is_list=option.kind is Kind.LIST)


def _choice(option: Option[Any]) -> Control:
    return ChoiceControl((choice.value, setting_text(choice.label)) for choice in option.choices)


def _keys(_: Option[Any]) -> Control:
    return KeysControl()


def _proxy(_: Option[Any]) -> Control:
    return ProxyControl()


_MAKERS: Mapping[Kind, Callable[[Option[Any]], Control]] = {
    Kind.SWITCH: _switch,
    Kind.NUMBER: _number,
    Kind.DECIMAL: _number,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.LIST: _long_text,
    Kind.CHOICE: _choice,
    Kind.PROFILE: _choice,
    Kind.KEYS: _keys,
    Kind.PROXY: _proxy,
}


class OptionRow(SettingRow):
    """The row of one option: shows what is set, and says what is wrong with what is typed."""

    def __init__(self, option: Option[Any], editor: SettingsEditor) -> None:
        self.option = option
        self._editor = editor
        self._warning = ""
        super().__init__(
            option.key,
            control_for(option),
            label=setting_text(option.label),
            hint=setting_text(option.hint),
            words=" ".join(setting_text(choice.label) for choice in option.choices),
        )
        self.show_settings()

        self.value_changed.connect(self._on_value_changed)
        self.reset_requested.connect(self._on_reset_requested)
        editor.edited.connect(self.show_settings)

    @Slot()
    def show_settings(self) -> None:
        """Show what is set now."""
        settings = self._editor.settings
        self.control.show_value(settings.value(self.option))
        self.show_is_set(is_set=settings.is_set(self.option))
        is_wrong = self.option.key in settings.wrong
        wrong = self.tr("The settings file has a value that cannot be used; this one counts.")
        self.show_problem(wrong if is_wrong else self._warning)

    def show_warning(self, sentence: str) -> None:
        """Say what is to be known of a value that can be used all the same; empty for nothing."""
        self._warning = sentence
        self.show_settings()

    @Slot(object)
    def _on_value_changed(self, value: object) -> None:
        if self.option.key == KEY_PLACE.key and value == "file":
            self._ask_about_file()
            return
        self._take(value)

    def _take(self, value: object) -> None:
        try:
            self._editor.set_value(self.option, value)
        except SettingsError as error:
            self.show_problem(problem_sentence(error))
            self.reset_button.show()
        else:
            self.show_settings()

    @Slot()
    def _on_reset_requested(self) -> None:
        self._editor.reset(self.option)
        self.show_settings()

    def _ask_about_file(self) -> None:
        """Keys in clear text are for those who have said so."""
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Keep keys in a file?"),
            self.tr(
                "The file can be read by you alone, but it is not encrypted: any program that you"
                " start, and whoever gets at your disk or a copy of it, can read your keys."
            ),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        question.setObjectName("keyFileQuestion")
        agree = question.addButton(
            self.tr("Keep them in a file"), QMessageBox.ButtonRole.AcceptRole
        )
        agree.setObjectName("keyFileAgreeButton")
        question.accepted.connect(self._on_file_agreed)
        question.rejected.connect(self.show_settings)
        question.finished.connect(question.deleteLater)
        question.open()

    @Slot()
    def _on_file_agreed(self) -> None:
        self._take("file")
