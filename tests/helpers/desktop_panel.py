"""A desktop's panel on a session bus: the tray's icons (StatusNotifierItem), and notifications."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFICATIONS = "org.freedesktop.Notifications"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_LIMIT = 20.0
"""Seconds that anything may take."""

T = TypeVar("T")


class Panel:
    """Both services, in a thread of their own; a context manager."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._bus: MessageBus | None = None
        self._changed = asyncio.Condition()
        self.items: list[str] = []
        """Who has an icon in the tray."""
        self.notifications: list[list[Any]] = []
        """The arguments of each Notify."""

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_LIMIT)
        self._loop.close()

    def wait_for_icon(self) -> None:
        """Return once somebody has an icon."""
        self._run(self._until(lambda: bool(self.items)))

    def wait_for_notifications(self, count: int = 1) -> None:
        """Return once so many messages have come."""
        self._run(self._until(lambda: len(self.notifications) >= count))

    def click_icon(self) -> None:
        """Click the icon with the left button."""
        self._run(self._call(self.items[-1], "/StatusNotifierItem", _ITEM, "Activate", "ii", 9, 9))

    def menu(self) -> dict[str, int]:
        """Return the words of the icon's menu, and the number of each."""
        layout = self._run(
            self._call(self.items[-1], "/MenuBar", _MENU, "GetLayout", "iias", 0, -1, [])
        )
        entries = (entry.value for entry in layout[1][2])
        return {
            str(values["label"].value).replace("_", ""): number
            for number, values, _ in entries
            if "label" in values
        }

    def choose(self, label: str) -> None:
        """Click an entry of the menu."""
        arguments = [self.menu()[label], "clicked", Variant("i", 0), 0]
        self._run(self._call(self.items[-1], "/MenuBar", _MENU, "Event", "isvu", *arguments))

    def click_notification(self, number: int) -> None:
        """Click a message, by its number from 1 on."""
        self._run(self._signal("ActionInvoked", "us", [number, "default"]))

    def _run(self, coro: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coro, self._loop).result(_LIMIT)

    async def _leave(self) -> None:
        if self._bus is not None:
            self._bus.disconnect()

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with self._changed:
            await self._changed.wait_for(condition)

    async def _open(self) -> None:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._answer)
        for name in (WATCHER, NOTIFICATIONS):
            await self._bus.request_name(name)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.member == "RegisterStatusNotifierItem":
            self._loop.create_task(self._note(self.items, message.body[0]))
            return Message.new_method_return(message)
        if message.member == "Notify":
            number = len(self.notifications) + 1
            self._loop.create_task(self._note(self.notifications, message.body))
            return Message.new_method_return(message, "u", [number])
        if message.member == "Get" and message.body[0] == WATCHER:
            values = {
                "IsStatusNotifierHostRegistered": Variant("b", True),
                "ProtocolVersion": Variant("i", 0),
                "RegisteredStatusNotifierItems": Variant("as", self.items),
            }
            return Message.new_method_return(message, "v", [values[message.body[1]]])
        return None

    async def _note(self, where: list[Any], what: Any) -> None:
        async with self._changed:
            where.append(what)
            self._changed.notify_all()

    async def _call(
        self, service: str, path: str, interface: str, member: str, signature: str, *body: Any
    ) -> list[Any]:
        assert self._bus is not None
        answer = await self._bus.call(
            Message(
                destination=service,
                path=path,
                interface=interface,
                member=member,
                signature=signature,
                body=list(body),
            )
        )
        assert answer is not None
        assert answer.message_type is MessageType.METHOD_RETURN, answer.body
        return answer.body

    async def _signal(self, member: str, signature: str, body: list[Any]) -> None:
        assert self._bus is not None
        path = "/org/freedesktop/Notifications"
        await self._bus.send(Message.new_signal(path, NOTIFICATIONS, member, signature, body))
