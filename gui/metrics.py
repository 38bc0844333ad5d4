"""Sizes and distances, which every theme shares."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


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
    text = files("resources").joinpath("themes", "metrics.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text).values()
    return Metrics(**{name: value for section in sections for name, value in section.items()})
