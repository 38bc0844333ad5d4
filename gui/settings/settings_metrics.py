"""Sizes of the settings window."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gui.theme_files import theme_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SettingsMetrics(NamedTuple):
    """What `resources/themes/settings.toml` holds; see there for what each is."""

    window_characters: int
    window_lines: int
    minimum_characters: int
    minimum_lines: int
    pages_characters: int
    content_characters: int
    fold_characters: int
    narrow_characters: int
    control_characters: int
    number_characters: int
    long_text_lines: int
    list_lines: int
    profile_lines: int
    row_padding: int
    card_gap: int
    heading_scale: float
    profile_padding: int
    switch_width: int
    switch_height: int
    knob_margin: int


@cache
def settings_metrics() -> SettingsMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("settings.toml")}
    return SettingsMetrics(**values)


def characters(widget: QWidget, count: int) -> int:
    """Return how wide `count` average characters are in the font of `widget`."""
    return widget.fontMetrics().averageCharWidth() * count


def lines(widget: QWidget, count: int) -> int:
    """Return how high `count` lines are in the font of `widget`."""
    return widget.fontMetrics().lineSpacing() * count
