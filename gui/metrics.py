"""Sizes and distances, which every theme shares."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class Metrics(NamedTuple):
    """What `resources/themes/metrics.toml` holds; see there for what each is."""

    window_width: int
    window_height: int
    window_minimum_width: int
    window_minimum_height: int
    space_small: int
    space_medium: int
    space_large: int
    space_huge: int
    column_characters: int
    column_gutter: int
    message_padding: int
    message_radius: int
    text_scale: float
    small_scale: float
    gap_scale: float
    edge_scale: float
    title_scale: float
    icon_size: int
    button_size: int
    button_radius: int
    card_radius: int
    field_padding: int
    scroll_bar: int
    composer_share: float
    composer_padding: int
    dialog_width: int
    error_window_width: int
    error_window_height: int


@cache
def metrics() -> Metrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("metrics.toml")}
    return Metrics(**values)
