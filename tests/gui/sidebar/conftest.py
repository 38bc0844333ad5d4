"""A sidebar over a real store in memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from helpers.conversation import until

from core.ids import new_id
from core.models import Conversation, ConversationTree, Message, Role
from core.storage.store import Store
from gui.sidebar.sidebar import Sidebar
from gui.sidebar.sidebar_frame import SidebarFrame
from gui.sidebar.sidebar_link import SidebarLink
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

DAY = 86_400.0


class SlowStore(Store):
    """A store whose searches are answered by the test; nothing is ever gone for good."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.searches: dict[str, asyncio.Future[Any]] = {}
        self.purged: list[int] = []

    async def search(self, text: str, *, limit: int = 50) -> Any:
        self.searches[text] = asyncio.get_running_loop().create_future()
        return (await asyncio.shield(self.searches[text]))[:limit]

    async def purge_conversations(self, ids: Iterable[int]) -> None:
        self.purged.extend(ids)


class Desk:
    """A sidebar in a window, and the store behind it."""

    def __init__(self, store: Store, qtbot: QtBot) -> None:
        self.store = store
        self.qtbot = qtbot
        self.scope = TaskScope()
        self.frame = SidebarFrame()
        self.frame.resize(280, 600)
        self.frame.show()
        self.sidebar = Sidebar(self.frame)
        self.link = SidebarLink(self.sidebar, store, scope=self.scope)
        self.failures: list[object] = []
        self.scope.failed.connect(self.failures.append)

    @property
    def list(self) -> Any:
        return self.sidebar.list

    @property
    def model(self) -> Any:
        return self.sidebar.model

    async def add(self, *titles: str, days: float = 0.0) -> list[int]:
        """Add conversations, each a minute older than the one before it."""
        now = time.time() - days * DAY
        trees = []
        for number, title in enumerate(titles):
            when = now - 60 * number
            conversation = Conversation(new_id(), title=title, created_at=when, updated_at=when)
            message = Message(Role.USER, title, id=new_id(), created_at=when)
            trees.append(ConversationTree(conversation, (message,)))
        await self.store.insert_trees(trees)
        return [tree.conversation.id for tree in trees]

    async def start(self) -> None:
        self.link.start()
        await self.settled()

    async def settled(self) -> None:
        """Wait until the sidebar shows what is in the store."""
        for _ in range(3):
            await asyncio.sleep(0)
        await until(lambda: not self.link.is_behind and not len(self.scope))
        await until(lambda: not self.link.is_behind and not len(self.scope))

    async def titles(self) -> list[str]:
        """Return all rows as they can be read."""
        model = self.model
        rows = range(model.rowCount())
        for row in rows:
            model.index(row).data()
        await until(lambda: all(model.index(row).data() is not None for row in rows))
        return [model.index(row).data() for row in rows]

    def row(self, title: str) -> int:
        rows = range(self.model.rowCount())
        return next(row for row in rows if self.model.index(row).data() == title)

    def focus(self, widget: QWidget) -> None:
        self.frame.activateWindow()
        widget.setFocus()
        self.qtbot.waitUntil(widget.hasFocus)

    async def close(self) -> None:
        self.link.close()
        await self.scope.close()
        await self.store.close()
        self.frame.hide()
        self.frame.deleteLater()


@pytest.fixture(params=["real"])
def desk(
    qtbot: QtBot,
    run: Callable[[Coroutine[Any, Any, Any]], Any],
    request: pytest.FixtureRequest,
) -> Iterator[Desk]:
    """Give a sidebar; with "slow" as the parameter, the test answers the searches."""
    store = run({"real": Store, "slow": SlowStore}[request.param].open(None))
    desk = Desk(store, qtbot)
    yield desk
    run(desk.close())
    assert not desk.failures
