from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator

import pytest
from helpers.conversation import until
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from core.redaction import register
from gui.last_resort import LastResort

SECRET = "what the user wrote"


@pytest.fixture
def last_resort() -> Iterator[LastResort]:
    last_resort = LastResort()
    yield last_resort
    last_resort.remove()


def fail() -> None:
    raise KeyError(SECRET)


async def test_an_error_in_the_loop_is_shown_and_can_be_copied(
    last_resort: LastResort, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    last_resort.install(loop)
    loop.call_soon(fail)
    await until(lambda: last_resort.window is not None)
    loop.set_exception_handler(before)

    window = last_resort.window
    assert window is not None
    assert window.isVisible()
    assert "KeyError" in window.report()
    window.findChild(QPushButton, "copyReportButton").click()
    assert QGuiApplication.clipboard().text() == window.report()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


async def test_the_log_tells_the_place_and_no_text(
    last_resort: LastResort, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    last_resort.install(loop)
    try:
        fail()
    except KeyError as exc:
        sys.excepthook(KeyError, exc, exc.__traceback__)
    await until(lambda: last_resort.window is not None)
    loop.set_exception_handler(before)

    assert "KeyError" in caplog.text
    assert "in fail" in caplog.text
    assert SECRET not in caplog.text


async def test_a_report_is_shown_and_copied_without_keys(
    last_resort: LastResort, caplog: pytest.LogCaptureFixture
) -> None:
    key = "Yr6HnC3vKe9WqS1d"
    register(key)
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    last_resort.install(loop)
    cause = ValueError(f"Bearer {key}")
    cause.add_note(key)
    error = RuntimeError(f"http://me:{key}@host")
    error.__cause__ = cause
    loop.call_exception_handler({"message": f"with {key}", "exception": error})
    await until(lambda: last_resort.window is not None)
    loop.set_exception_handler(before)

    window = last_resort.window
    assert window is not None
    assert "RuntimeError: http://me:***@host" in window.report()
    assert "ValueError: Bearer ***" in window.report()
    assert key not in window.report() + caplog.text
    window.findChild(QPushButton, "copyReportButton").click()
    assert QGuiApplication.clipboard().text() == window.report()


async def test_an_error_with_every_frame_does_not_pile_up(
    last_resort: LastResort, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    last_resort.install(loop)
    for _ in range(50):
        sys.excepthook(ValueError, ValueError("again"), None)
    await until(lambda: last_resort.window is not None)
    await asyncio.sleep(0)
    loop.set_exception_handler(before)

    window = last_resort.window
    assert window is not None
    assert window.report().count("ValueError: again") == 20
    assert len(caplog.records) == 50


async def test_the_interpreters_own_handler_comes_back() -> None:
    loop = asyncio.get_running_loop()
    before, hook = loop.get_exception_handler(), sys.excepthook
    last_resort = LastResort()
    last_resort.install(loop)
    assert sys.excepthook != hook
    last_resort.remove()
    loop.set_exception_handler(before)
    assert sys.excepthook is hook
