"""Dialogs over a real store, and what they ask the system to open."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from core.errors import ChatError
from core.storage.store import Store
from gui.tasks import TaskScope


class Opener(QObject):
    """Stands in the place of the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opened_folders() -> Iterator[list[str]]:
    """Give the folders that the system was asked to show."""
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    yield opener.opened
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def store(run: Callable[[Coroutine[Any, Any, Any]], Any]) -> Iterator[Store]:
    """Give an empty store in memory."""
    store = run(Store.open(None))
    yield store
    run(store.close())


@pytest.fixture
def scope(
    store: Store,  # noqa: ARG001 - tasks end before the store does
    run: Callable[[Coroutine[Any, Any, Any]], Any],
) -> Iterator[TaskScope]:
    """Give a scope in which no task may fail: what goes wrong is said in the dialog alone."""
    scope = TaskScope()
    failures: list[ChatError] = []
    scope.failed.connect(failures.append)
    yield scope
    run(scope.close())
    assert not failures
