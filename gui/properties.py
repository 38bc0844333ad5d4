"""Sets Qt's enumerations by name.

To touch `PySide6.QtCore.Qt` makes Python objects of 2,400 names, a seventh of all the time to
the first frame, which needs a handful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


def set_by_name(target: QObject, **values: str) -> None:
    """Set properties to names of Qt's, as in a style sheet: `focusPolicy="TabFocus"`.

    Raises:
        ValueError: there is no such property, or no such name.
    """
    for name, value in values.items():
        is_known = target.metaObject().indexOfProperty(name) >= 0
        if not is_known or not target.setProperty(name, value):
            raise ValueError(f"{name}={value}")
