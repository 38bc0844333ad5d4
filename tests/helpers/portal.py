"""A desktop's portal for global shortcuts, on a session bus of its own.

It holds programs to the protocol of xdg-desktop-portal: who they are comes first and once, a
session is bound once, and every call is answered by a signal of the request.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from typing import Any, Self

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"


class SessionBus:
    """A private message bus; a context manager."""

    def __init__(self) -> None:
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End it, with everybody's connections."""
        if self._process is not None:
            assert self._process.stdout is not None
            self._process.terminate()
            self._process.wait(5)
            self._process.stdout.close()
            self._process = None


def has_bus() -> bool:
    """Whether there can be a bus here."""
    return shutil.which("dbus-daemon") is not None


class MockPortal:
    """The portal; what it answers is set before, what it was asked can be read after."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._bus: MessageBus | None = None
        self._introduced: dict[str, str] = {}
        self._spoken: set[str] = set()
        self.app_ids: set[str] | None = None
        """Whom it knows; None for anybody, as portals did that had no registry."""
        self.has_shortcuts = True
        self.answers_first = False
        """Whether the signal comes before the answer to the call."""
        self.bind_code = 0
        self.trigger = "Press Ctrl+Alt+Space"
        self.dialog: asyncio.Event | None = None
        """What the user is thinking about, if anything."""
        self.bound: list[list[Any]] = []
        self.sessions: dict[str, str] = {}
        """Who holds each session."""
        self.changed = asyncio.Event()
        """Set whenever something has been bound, or somebody has gone."""

    async def start(self) -> None:
        """Be there for all programs on the bus."""
        self._bus = await MessageBus(self._address).connect()
        self._bus.add_message_handler(self._take)
        rule = "type='signal',member='NameOwnerChanged'"
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
        await self._bus.request_name(NAME)

    async def stop(self) -> None:
        """Be gone, as after a crash."""
        if self._bus is not None:
            bus, self._bus = self._bus, None
            bus.disconnect()
            await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # its types are missing

    def press(self, token: str = "") -> None:
        """Do what the desktop does when the user presses the keys."""
        options = {"activation_token": Variant("s", token)} if token else {}
        for session in self.sessions:
            self._signal(SHORTCUTS, "Activated", "osta{sv}", [session, "quick", 7, options])

    def change_trigger(self, trigger: str) -> None:
        """Let the user choose other keys in the desktop's settings."""
        for session in self.sessions:
            described = [["quick", {"trigger_description": Variant("s", trigger)}]]
            self._signal(SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", [session, described])

    def close_sessions(self) -> None:
        """Take the keys away."""
        for session in self.sessions:
            self._signal("org.freedesktop.portal.Session", "Closed", "", [], path=session)
        self.sessions.clear()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        while not is_so():
            self.changed.clear()
            await self.changed.wait()

    def _take(self, message: Message) -> Message | bool | None:
        if message.message_type is MessageType.SIGNAL and message.member == "NameOwnerChanged":
            name, _, owner = message.body
            if not owner:
                self.sessions = {key: one for key, one in self.sessions.items() if one != name}
                self.changed.set()
            return None
        if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
            return None
        sender = message.sender or ""
        if message.member == "Register":
            return self._register(message, sender)
        self._spoken.add(sender)
        if refusal := self._refusal(message, sender):
            return _error(message, refusal)
        is_first = message.member == "CreateSession"
        return self._create(message, sender) if is_first else self._bind(message, sender)

    def _refusal(self, message: Message, sender: str) -> str:
        """Return the error for a call that is not taken at all."""
        is_known = message.member in {"CreateSession", "BindShortcuts"}
        if message.interface != SHORTCUTS or not self.has_shortcuts or not is_known:
            return "org.freedesktop.DBus.Error.UnknownMethod"
        if self.app_ids is not None and sender not in self._introduced:
            return "org.freedesktop.portal.Error.NotAllowed"
        return ""

    def _register(self, message: Message, sender: str) -> Message:
        if self.app_ids is None:
            return _error(message, "org.freedesktop.DBus.Error.UnknownInterface")
        app_id = message.body[0]
        if sender in self._spoken or sender in self._introduced or app_id not in self.app_ids:
            return _error(message, "org.freedesktop.portal.Error.Failed")
        self._introduced[sender] = app_id
        return Message.new_method_return(message)

    def _create(self, message: Message, sender: str) -> Message | bool:
        options = message.body[0]
        token = options["session_handle_token"].value
        session = f"{PATH}/session/{_as_element(sender)}/{token}"
        self.sessions[session] = sender
        return self._answer(message, 0, {"session_handle": Variant("s", session)})

    def _bind(self, message: Message, sender: str) -> Message | bool:
        session, shortcuts, _, _ = message.body
        is_again = any(one[0] == session for one in self.bound)
        if self.sessions.get(session) != sender or is_again:
            return _error(message, "org.freedesktop.DBus.Error.AccessDenied")
        self.bound.append([session, shortcuts])
        self.changed.set()
        described = {"trigger_description": Variant("s", self.trigger)} if self.trigger else {}
        results = {"shortcuts": Variant("a(sa{sv})", [[shortcuts[0][0], described]])}
        return self._answer(message, self.bind_code, {} if self.bind_code else results)

    def _answer(self, message: Message, code: int, results: dict[str, Variant]) -> Message | bool:
        """Return the path of the request, and send what comes of it."""
        assert self._bus is not None
        token = message.body[-1]["handle_token"].value
        request = f"{PATH}/request/{_as_element(message.sender or '')}/{token}"
        answer = Message.new_method_return(message, "o", [request])
        send = self._response(request, code, results)
        if self.answers_first:
            send()
            return answer
        self._bus.send(answer)
        if self.dialog is None or message.member != "BindShortcuts":
            send()
        else:
            asyncio.get_running_loop().create_task(_after(self.dialog, send))
        return True

    def _response(self, request: str, code: int, results: dict[str, Variant]) -> Callable[[], None]:
        def send() -> None:
            name = "org.freedesktop.portal.Request"
            self._signal(name, "Response", "ua{sv}", [code, results], path=request)

        return send

    def _signal(
        self, interface: str, member: str, signature: str, body: list[Any], *, path: str = PATH
    ) -> None:
        assert self._bus is not None
        self._bus.send(Message.new_signal(path, interface, member, signature, body))


async def _after(event: asyncio.Event, send: Callable[[], None]) -> None:
    await event.wait()
    send()


def _as_element(sender: str) -> str:
    return sender.removeprefix(":").replace(".", "_")


def _error(message: Message, name: str) -> Message:
    return Message.new_error(message, name, "no")
