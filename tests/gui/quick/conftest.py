"""The popup and the tray, with the demo site as the service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.quick import QuickTalk

from gui.theme import Appearance

if TYPE_CHECKING:
    from collections.abc import Iterator

    import qasync
    from PySide6.QtWidgets import QApplication

    from core.demo import DemoSite


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what the offscreen platform always says when a window comes to the front."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            ignored = pytest.mark.qt_log_ignore("plugin does not support")
            item.add_marker(ignored, append=False)  # the nearest alone counts


@pytest.fixture
def talk(
    qapp: QApplication,
    demo_site: DemoSite,
    tmp_path: Path,
    aloop: qasync.QEventLoop,  # noqa: ARG001 - a window with its parts needs a loop
) -> Iterator[QuickTalk]:
    """Give a main window with its popup; closed on the run of the loop that the test is on."""
    appearance = Appearance(qapp, choice="light")
    qapp.clipboard().clear()
    yield QuickTalk(demo_site.url, folder=tmp_path)
    appearance.deleteLater()
