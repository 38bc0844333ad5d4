"""Sizes of the dialogs of export and import."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class TransferMetrics(NamedTuple):
    """What `resources/themes/transfer.toml` holds; see there for what each is."""

    dialog_characters: int
    report_lines: int


@cache
def transfer_metrics() -> TransferMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("transfer.toml")}
    return TransferMetrics(**values)
