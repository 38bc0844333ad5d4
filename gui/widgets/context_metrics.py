"""Sizes of what shows how full the context window is."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class ContextMetrics(NamedTuple):
    """What `resources/themes/context.toml` holds; see there for what each is."""

    bar_width: int
    bar_height: int


@cache
def context_metrics() -> ContextMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("context.toml")}
    return ContextMetrics(**values)
