"""Sizes of the sidebar."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class SidebarMetrics(NamedTuple):
    """What `resources/themes/sidebar.toml` holds; see there for what each is."""

    default_characters: int
    minimum_characters: int
    maximum_characters: int
    content_characters: int
    row_padding: int
    folder_padding: int
    header_padding_above: int
    header_padding_below: int
    row_inset: int
    row_text_inset: int
    row_gap: int
    row_radius: int
    line_gap: int
    snippet_lines: int
    folder_rows: int
    time_scale: float
    group_scale: float
    snippet_scale: float
    pin_size: int
    dot_size: int
    focus_width: float
    skeleton_height: int
    skeleton_share: float


@cache
def sidebar_metrics() -> SidebarMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("sidebar.toml")}
    return SidebarMetrics(**values)
