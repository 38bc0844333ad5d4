"""Sizes of what shows attachments."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gui.theme_files import theme_table


class AttachmentMetrics(NamedTuple):
    """What `resources/themes/attachments.toml` holds; see there for what each is."""

    chip_width: int
    chip_rows: int
    chip_thumbnail: int
    chip_padding: int
    viewer_share: float
    viewer_least_width: int
    viewer_least_height: int
    viewer_text_width: int
    viewer_text_height: int


@cache
def attachment_metrics() -> AttachmentMetrics:
    """Return the sizes, read once."""
    values: dict[str, Any] = {**theme_table("attachments.toml")}
    return AttachmentMetrics(**values)
