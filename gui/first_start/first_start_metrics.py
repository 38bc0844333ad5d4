"""Sizes of the page at the first start and of the diagnosis."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class FirstStartMetrics(NamedTuple):
    """What `resources/themes/first_start.toml` holds; see there for what each is."""

    card_padding: int
    plate_size: int
    beside_characters: int
    name_characters: int
    dialog_characters: int
    dialog_lines: int


@cache
def first_start_metrics() -> FirstStartMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("first_start.toml")}
    return FirstStartMetrics(**values)
