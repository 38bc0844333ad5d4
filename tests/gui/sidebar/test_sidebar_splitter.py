from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from gui.sidebar.sidebar_frame import SidebarFrame
from gui.sidebar.sidebar_splitter import SidebarSplitter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[3]
WIDE, NARROW = 1600, 360


@pytest.fixture
def splitter(qtbot: QtBot) -> Iterator[SidebarSplitter]:
    splitter = SidebarSplitter(SidebarFrame(), QLabel("content"))
    qtbot.addWidget(splitter)
    splitter.resize(WIDE, 600)
    splitter.show()
    yield splitter
    splitter.hide()


def parts(splitter: SidebarSplitter) -> tuple[bool, bool]:
    return splitter.widget(0).isVisible(), splitter.widget(1).isVisible()


def test_the_user_hides_the_sidebar_and_shows_it_again(splitter: SidebarSplitter) -> None:
    shown: list[bool] = []
    splitter.sidebar_shown.connect(shown.append)
    width = splitter.widget(0).width()
    splitter.toggle()
    assert parts(splitter) == (False, True)
    splitter.toggle()
    assert parts(splitter) == (True, True)
    assert splitter.widget(0).width() == width
    assert shown == [False, True]


def test_a_narrow_window_shows_one_of_both(splitter: SidebarSplitter, qtbot: QtBot) -> None:
    splitter.resize(NARROW, 600)
    assert parts(splitter) == (False, True)
    assert not splitter.is_collapsed
    splitter.show_sidebar()
    assert parts(splitter) == (True, False)
    qtbot.waitUntil(lambda: splitter.widget(0).width() == NARROW)
    splitter.show_content()
    assert parts(splitter) == (False, True)
    splitter.resize(WIDE, 600)
    assert parts(splitter) == (True, True)


def test_a_hidden_sidebar_stays_hidden_when_the_window_becomes_wide(
    splitter: SidebarSplitter,
) -> None:
    splitter.set_collapsed(True)
    splitter.resize(NARROW, 600)
    splitter.resize(WIDE, 600)
    assert parts(splitter) == (False, True)


def test_the_width_is_kept_within_its_limits(splitter: SidebarSplitter) -> None:
    splitter.set_sidebar_width(1)
    assert splitter.widget(0).width() == splitter.widget(0).minimumWidth()
    splitter.set_sidebar_width(10_000)
    assert splitter.widget(0).width() == splitter.widget(0).maximumWidth() < WIDE / 2
    splitter.set_sidebar_width(300)
    assert splitter.sidebar_width == splitter.widget(0).width() == 300


def test_what_the_first_frame_shows_loads_no_lists() -> None:
    code = (
        "import sys; import gui.sidebar.sidebar_frame, gui.sidebar.sidebar_splitter;"
        "print([name for name in sys.modules"
        " if name.startswith(('gui.sidebar', 'core.', 'sqlite'))])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert sorted(eval(said.stdout)) == [  # noqa: S307 - our own list
        "gui.sidebar",
        "gui.sidebar.sidebar_frame",
        "gui.sidebar.sidebar_metrics",
        "gui.sidebar.sidebar_splitter",
    ]
