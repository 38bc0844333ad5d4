from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette

from gui.icons import icon, window_icon
from gui.metrics import metrics
from gui.theme import Appearance, Theme
from gui.theme_files import theme_table, theme_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).parents[2]
NAMES = ["light", "dark"]


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG defines it."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_themes_name_the_same_colours() -> None:
    assert Theme.named("light").colours.keys() == Theme.named("dark").colours.keys()


def test_theme_files_say_the_same_in_toml() -> None:
    for name in ("light.toml", "dark.toml"):
        assert theme_table(name) == tomllib.loads(theme_text(name))
    sections = tomllib.loads(theme_text("metrics.toml")).values()
    assert theme_table("metrics.toml") == {k: v for section in sections for k, v in section.items()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "window"),
        ("text", "surface"),
        ("text", "card"),
        ("dim", "window"),
        ("dim", "surface"),
        ("dim", "card"),
        ("error_text", "error_surface"),
        ("text", "notice_surface"),
        ("on_accent", "accent"),
        ("on_selection", "selection"),
    ],
)
def test_text_can_be_read(name: str, text: str, ground: str) -> None:
    colours = Theme.named(name).colours
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("qapp")
def test_the_style_sheet_has_a_value_for_every_name(name: str) -> None:
    sheet = Theme.named(name).style_sheet()
    assert "$" not in sheet
    assert Theme.named(name).palette().color(QPalette.ColorRole.Window).isValid()


def test_the_window_follows_the_systems_colours(qapp: QApplication) -> None:
    appearance = Appearance(qapp)
    appearance.follow_system()
    hints = qapp.styleHints()
    shown = []
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown):
        hints.colorSchemeChanged.emit(scheme)
        shown.append((appearance.name, qapp.palette().color(QPalette.ColorRole.Window).name()))
    appearance.deleteLater()

    light, dark = (Theme.named(name).colours["window"] for name in NAMES)
    assert shown == [("dark", dark), ("light", light), ("light", light)]


@pytest.mark.parametrize("name", NAMES)
def test_a_chosen_theme_stays(qapp: QApplication, name: str) -> None:
    appearance = Appearance(qapp, choice=name)
    appearance.follow_system()
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert appearance.name == name
    appearance.deleteLater()
    qapp.styleHints().unsetColorScheme()


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "icons").glob("*.svg")))
@pytest.mark.usefixtures("qapp")
def test_every_icon_can_be_drawn(path: Path) -> None:
    size = QSize(metrics().icon_size, metrics().icon_size)
    drawn = icon(path.stem, size, colour=QColor("red"), disabled=QColor("blue"))
    image = drawn.pixmap(size).toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    assert any(image.pixelColor(*place).alpha() > 128 for place in places)


@pytest.mark.usefixtures("qapp")
def test_the_window_icon_comes_in_all_sizes() -> None:
    widths = {size.width() for size in window_icon().availableSizes()}
    assert {16, 32, 48, 256} <= widths


def test_no_colour_stands_outside_the_themes() -> None:
    for path in (ROOT / "gui").rglob("*.py"):
        if path.name == "copy_html.py":  # its greys are for the paper of other programs
            continue
        text = path.read_text(encoding="utf-8").replace('b"#000000"', "")
        assert not re.search(r"#[0-9a-fA-F]{6}\b|rgba?\(", text), path
