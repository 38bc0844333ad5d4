"""Messages as Linux desktops show them: org.freedesktop.Notifications, with or without a tray."""

from __future__ import annotations

import asyncio
from html import escape

from dbus_fast import AuthError, DBusError, Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from PySide6.QtCore import QObject, Signal

_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_LONGEST_WAIT = 2.0
"""Seconds that the desktop may take."""
_AS_LONG_AS_USUAL = -1


class DesktopNotifications(QObject):
    """Shows a message for a conversation; a newer one takes its place.

    Signals:
        clicked: the user wants to see the conversation with this id; with XDG_ACTIVATION_TOKEN,
            where the desktop gives one.
    """

    clicked = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: MessageBus | None = None
        self._shown: dict[int, int] = {}
        """The desktop's number of the message about a conversation."""
        self._tokens: dict[int, str] = {}
        self._is_showing = 0
        """How many messages have no number yet."""
        self._early: list[Message] = []
        """What was said meanwhile of numbers that nobody here knows yet."""

    async def show(self, conversation_id: int, title: str, text: str) -> bool:
        """Show a message; False where nobody shows messages."""
        self._is_showing += 1
        try:
            return await self._show(conversation_id, title, text)
        finally:
            self._is_showing -= 1
            early, self._early = self._early, []
            for message in early:
                self._on_message(message)

    async def _show(self, conversation_id: int, title: str, text: str) -> bool:
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                bus = await self._connected()
                answer = await bus.call(self._notification(conversation_id, title, text))
        except (OSError, TimeoutError, ValueError, AuthError, DBusError):
            self.close()
            return False
        if answer.message_type is not MessageType.METHOD_RETURN:
            return False
        self._shown[conversation_id] = answer.body[0]
        return True

    def close(self) -> None:
        """Leave the bus."""
        if self._bus is not None:
            self._bus.disconnect()
            self._bus = None

    async def _connected(self) -> MessageBus:
        if self._bus is None or not self._bus.connected:
            self._bus = await MessageBus().connect()
            self._bus.add_message_handler(self._on_message)
            rule = f"type='signal',interface='{_SERVICE}',path='{_PATH}'"
            await self._bus.call(
                Message(
                    destination="org.freedesktop.DBus",
                    path="/org/freedesktop/DBus",
                    interface="org.freedesktop.DBus",
                    member="AddMatch",
                    signature="s",
                    body=[rule],
                )
            )
        return self._bus

    def _notification(self, conversation_id: int, title: str, text: str) -> Message:
        replaced = self._shown.get(conversation_id, 0)
        hints = {"desktop-entry": Variant("s", "beseda"), "category": Variant("s", "im.received")}
        actions = ["default", self.tr("Show the answer")]
        return Message(
            destination=_SERVICE,
            path=_PATH,
            interface=_SERVICE,
            member="Notify",
            signature="susssasa{sv}i",
            # Desktops read the text as markup.
            body=[
                "Beseda",
                replaced,
                "beseda",
                title,
                escape(text, quote=False),
                actions,
                hints,
                _AS_LONG_AS_USUAL,
            ],
        )

    def _on_message(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL or message.interface != _SERVICE:
            return
        numbers = {number: conversation for conversation, number in self._shown.items()}
        number = message.body[0] if message.body else None
        if number not in numbers:
            if self._is_showing:
                self._early.append(message)
            return
        if message.member == "ActivationToken":
            self._tokens[number] = str(message.body[1])
        elif message.member == "ActionInvoked":
            self.clicked.emit(numbers[number], self._tokens.pop(number, ""))
        elif message.member == "NotificationClosed":
            self._shown.pop(numbers[number], None)
            self._tokens.pop(number, None)
