"""Sizes of the quick prompt."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class QuickMetrics(NamedTuple):
    """What `resources/themes/quick.toml` holds; see there for what each is."""

    margin: int
    height: int
    first_height: int
    least_width: int
    least_height: int
    top_share: float
    screen_gap: int
    shadow: int
    shadow_colour: str
    shadow_strength: float
    shadow_drop: int
    edge: int
    radius: int
    text_scale: float
    line_share: float
    padding: int
    line_margin: int
    chip_padding: int
    chip_width: int
    command_rows: int
    command_height: int
    tray_colour_light: str
    tray_colour_dark: str


@cache
def quick_metrics() -> QuickMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("quick.toml")}
    return QuickMetrics(**values)
