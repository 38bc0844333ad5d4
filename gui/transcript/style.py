"""How the transcript looks: colours and lengths out of a theme file."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_ZOOMED = frozenset({"measure", "hairline"})
_FACTORS = ("_scale", "_scales", "_share", "_zoom", "_distance", "_line")
"""Ends of the names of what is no length."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour that the transcript paints with, but those of code."""

    background: QColor
    text: QColor
    muted: QColor
    faint: QColor
    link: QColor
    accent: QColor
    bubble: QColor
    code_background: QColor
    code_header: QColor
    inline_code: QColor
    border: QColor
    quote_bar: QColor
    selection: QColor
    find: QColor
    find_current: QColor
    hover: QColor
    error: QColor
    reasoning: QColor
    focus: QColor


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every length, in device-independent pixels; see `transcript.toml` for what each is."""

    text_scale: float
    code_scale: float
    small_scale: float
    heading_scales: tuple[float, ...]
    measure: int
    """The column's greatest width in characters."""
    least_column: float
    line_spacing: float
    code_line_spacing: float
    paragraph_gap: float
    item_gap: float
    list_indent: float
    quote_indent: float
    quote_bar: float
    heading_gap_above: float
    heading_gap_below: float
    marker_distance: float
    bullet_distance: float
    box_distance: float
    box_radius: float
    hairline: float
    thin_line: float
    margin: float
    message_gap: float
    header_height: float
    header_foot: float
    header_gap: float
    footer_height: float
    bubble_padding: float
    bubble_share: float
    bubble_radius: float
    focus_width: float
    focus_gap: float
    reasoning_icon: float
    reasoning_gap: float
    reasoning_bar: float
    picture_side: float
    file_width: float
    file_height: float
    file_padding: float
    attachment_gap: float
    attachment_radius: float
    code_padding: float
    code_header_height: float
    code_radius: float
    code_gap: float
    code_head_gap: float
    code_button_gap: float
    code_label_least: float
    code_button_radius: float
    code_button_padding: float
    cell_padding: float
    cell_spare: float
    scrollbar: float
    scrollbar_edge: float
    scrollbar_least: float
    placeholder_padding: float
    placeholder_radius: float
    least_zoom: float
    """Of what floats above the text, which grows less than that."""
    greatest_zoom: float
    icon_size: float
    button_padding: float
    button_radius: float
    button_gap: float
    overlay_edge: float
    overlay_padding: float
    overlay_radius: float
    question_width: float
    field_width: float
    jump_padding: float
    jump_radius: float

    def zoomed(self, factor: float) -> Metrics:
        """Return these lengths for another zoom; factors and counts stay."""
        changes: dict[str, Any] = {
            field.name: float(round(getattr(self, field.name) * factor))
            for field in dataclasses.fields(self)
            if field.name not in _NOT_ZOOMED and not field.name.endswith(_FACTORS)
        }
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True, slots=True)
class TranscriptStyle:
    """One theme of the transcript."""

    name: str
    colours: Colours
    metrics: Metrics
    tokens: Mapping[str, QColor]
    """Colours of code, by the names in `highlight_lexer`."""

    @classmethod
    def load(cls, name: str) -> TranscriptStyle:
        """Read `resources/themes/transcript-NAME.toml`; `name` is ``light`` or ``dark``."""
        table = _table(f"transcript-{name}.toml")
        metrics = {
            key: value for part in _table("transcript.toml").values() for key, value in part.items()
        }
        metrics["heading_scales"] = tuple(metrics["heading_scales"])
        return cls(
            name=name,
            colours=Colours(**{key: QColor(value) for key, value in table["colours"].items()}),
            metrics=Metrics(**metrics),
            tokens=MappingProxyType({key: QColor(value) for key, value in table["tokens"].items()}),
        )


def _table(name: str) -> dict[str, Any]:
    file = resources.files("resources") / "themes" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))
