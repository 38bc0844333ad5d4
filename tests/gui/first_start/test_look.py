from __future__ import annotations

import tomllib

import pytest
from PySide6.QtGui import QColor

from gui.first_start.first_start_metrics import first_start_metrics
from gui.theme import Theme
from gui.theme_files import theme_text


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG defines it."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("text", ["warning_text", "accent", "error_text", "dim"])
@pytest.mark.parametrize("ground", ["window", "surface"])
def test_words_on_the_page_and_in_the_dialogs_can_be_read(
    name: str, text: str, ground: str
) -> None:
    colours = Theme.named(name).colours
    light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_sizes_are_those_of_the_file() -> None:
    sections = tomllib.loads(theme_text("first_start.toml")).values()
    values = {key: value for section in sections for key, value in section.items()}
    assert first_start_metrics()._asdict() == values
