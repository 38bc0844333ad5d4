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
    """Every length, in device-independent pixels; scales of fonts are factors."""

    text_scale: float
    code_scale: float
    small_scale: float
    heading_scales: tuple[float, ...]
    measure: int
    """The column's greatest width in characters."""
    line_spacing: float
    code_line_spacing: float
    margin: float
    message_gap: float
    header_height: float
    footer_height: float
    paragraph_gap: float
    item_gap: float
    list_indent: float
    quote_indent: float
    heading_gap_above: float
    heading_gap_below: float
    bubble_padding: float
    bubble_share: float
    bubble_radius: float
    code_padding: float
    code_header_height: float
    code_radius: float
    code_gap: float
    cell_padding: float
    scrollbar: float

    def zoomed(self, factor: float) -> Metrics:
        """Return these lengths for another zoom; factors and counts stay."""
        kept = {"measure", "heading_scales", "bubble_share"}
        changes: dict[str, Any] = {
            field.name: float(round(getattr(self, field.name) * factor))
            for field in dataclasses.fields(self)
            if field.name not in kept and not field.name.endswith("_scale")
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
        file = resources.files("resources") / "themes" / f"transcript-{name}.toml"
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        metrics = dict(table["metrics"])
        metrics["heading_scales"] = tuple(metrics["heading_scales"])
        return cls(
            name=name,
            colours=Colours(**{key: QColor(value) for key, value in table["colours"].items()}),
            metrics=Metrics(**metrics),
            tokens=MappingProxyType({key: QColor(value) for key, value in table["tokens"].items()}),
        )
