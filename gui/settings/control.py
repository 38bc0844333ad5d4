"""What an option is changed with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Control(QWidget):
    """The base of all: shows a value, and tells when the user has changed it.

    Signals:
        value_changed: what the user wants now. It may be wrong: a text where a number belongs.
            None stands for "as if it were not set".
    """

    value_changed = Signal(object)

    is_wide = False
    """Whether it needs the whole width, below its label."""
    is_small = False
    """Whether it has room beside its label in any window."""

    def field(self) -> QWidget:
        """Return the widget that gets the keyboard, and that a label is for."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show what is set; `value_changed` is not emitted."""
        raise NotImplementedError

    def name_as(self, key: str, label: str, hint: str) -> None:
        """Name the field for a screen reader, and for whoever looks for it: `key` with dots."""
        field = self.field()
        field.setObjectName(object_name(key, "Field"))
        field.setAccessibleName(label)
        field.setAccessibleDescription(hint)


def object_name(key: str, kind: str) -> str:
    """Return `appearance.theme` and `Field` as `appearanceThemeField`."""
    first, *others = key.replace(".", "_").split("_")
    return "".join((first, *(word.capitalize() for word in others), kind))
