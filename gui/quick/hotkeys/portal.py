"""The desktop portal for global shortcuts, as xdg-desktop-portal documents it.

Every call is answered twice: at once with the path of a request, and with what came of it by the
signal `Response` of that request, which may come first.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from dbus_fast import Message, MessageType, Variant

from gui.quick.hotkeys.interface import HotkeyReason

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
SESSION = "org.freedesktop.portal.Session"
REQUEST = "org.freedesktop.portal.Request"
REGISTRY = "org.freedesktop.host.portal.Registry"
_BUS = "org.freedesktop.DBus"

_LONGEST_CALL = 20.0
"""Seconds that the desktop may take to answer what asks the user nothing."""
_CANCELLED = 1
_UNKNOWN = frozenset({"UnknownMethod", "UnknownInterface", "UnknownObject", "ServiceUnknown"}) | {
    *("NameHasNoOwner", "Spawn.ServiceNotFound", "Spawn.ChildExited", "Spawn.Failed"),
}


class _Place(NamedTuple):
    """What is called."""

    name: str
    path: str
    interface: str


_THE_BUS = _Place(_BUS, "/org/freedesktop/DBus", _BUS)
_THE_REGISTRY = _Place(NAME, PATH, REGISTRY)
_THE_PORTAL = _Place(NAME, PATH, SHORTCUTS)


class PortalError(Exception):
    """The desktop gives no keys."""

    def __init__(self, reason: HotkeyReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class ShortcutsPortal:
    """One session with one shortcut, over one connection to the session bus.

    `activated` is called with the token of each press, `triggered` with what the desktop says
    that is to be pressed, when that changes.
    """

    def __init__(
        self,
        bus: MessageBus,
        *,
        activated: Callable[[str], None],
        triggered: Callable[[str], None],
    ) -> None:
        self._bus = bus
        self._activated, self._triggered = activated, triggered
        self._responses: dict[str, asyncio.Future[list[Any]]] = {}
        self._session = ""
        self.ended: asyncio.Future[HotkeyReason | None] = asyncio.get_running_loop().create_future()
        """Done when the session is over: with a reason when the desktop has closed it, with None
        when the portal itself has gone, and may come back."""

    async def bind(self, app_id: str, shortcut: str, *, description: str, trigger: str) -> str:
        """Ask for one shortcut; return what is to be pressed, or an empty text for nothing yet.

        The desktop may ask the user, who may take any time.

        Raises:
            PortalError: there is none to be had.
        """
        self._bus.add_message_handler(self._take)
        await self._listen(f"type='signal',sender='{NAME}'")
        await self._listen(f"type='signal',sender='{_BUS}',member='NameOwnerChanged',arg0='{NAME}'")
        await self._introduce(app_id)
        options = {"session_handle_token": Variant("s", _token())}
        async with asyncio.timeout(_LONGEST_CALL):
            made = await self._request("CreateSession", "", [], options)
        self._session = str(_plain(made.get("session_handle", "")))
        wish = {
            "description": Variant("s", description),
            "preferred_trigger": Variant("s", trigger),
        }
        arguments = [self._session, [[shortcut, wish]], ""]
        bound = await self._request("BindShortcuts", "oa(sa{sv})s", arguments, {})
        return _trigger(_plain(bound.get("shortcuts", [])))

    async def _listen(self, rule: str) -> None:
        await self._call(_THE_BUS, "AddMatch", "s", [rule])

    async def _introduce(self, app_id: str) -> None:
        """Say who is asking; desktops older than this way to say it find out by themselves."""
        try:
            await self._call(_THE_REGISTRY, "Register", "sa{sv}", [app_id, {}])
        except PortalError as error:
            if error.reason is HotkeyReason.NO_PORTAL and not await self._is_there():
                raise

    async def _is_there(self) -> bool:
        """Whether there is a portal at all, with or without the registry."""
        reply = await self._call(_THE_BUS, "NameHasOwner", "s", [NAME])
        return bool(reply[0])

    async def _request(
        self, member: str, signature: str, arguments: list[Any], options: dict[str, Variant]
    ) -> dict[str, Any]:
        """Make a call that answers with a request, and return what came of that."""
        options = {**options, "handle_token": Variant("s", _token())}
        reply = await self._call(_THE_PORTAL, member, f"{signature}a{{sv}}", [*arguments, options])
        path = str(reply[0])
        try:
            code, results = await self._response(path)
        finally:
            del self._responses[path]
        if code:
            is_refused = code == _CANCELLED
            raise PortalError(HotkeyReason.REFUSED if is_refused else HotkeyReason.FAILED)
        return dict(results)

    async def _call(self, place: _Place, member: str, signature: str, body: list[Any]) -> list[Any]:
        call = Message(*place, member, signature=signature, body=body)
        async with asyncio.timeout(_LONGEST_CALL):
            reply = await self._bus.call(call)
        if reply.message_type is MessageType.ERROR:
            raise PortalError(_reason(reply))
        return list(reply.body)

    def _response(self, path: str) -> asyncio.Future[list[Any]]:
        if path not in self._responses:
            self._responses[path] = asyncio.get_running_loop().create_future()
        return self._responses[path]

    def _take(self, message: Message) -> None:
        """Take a signal; what concerns other sessions is left out."""
        if message.message_type is not MessageType.SIGNAL:
            return
        body, path = message.body, message.path or ""
        match (message.interface, message.member):
            case (name, "Response") if name == REQUEST:
                response = self._response(path)
                if not response.done():
                    response.set_result(body)
            case (name, "Activated") if name == SHORTCUTS and body[0] == self._session:
                self._activated(str(_plain(body[3].get("activation_token", ""))))
            case (name, "ShortcutsChanged") if name == SHORTCUTS and body[0] == self._session:
                self._triggered(_trigger(body[1]))
            case (name, "Closed") if name == SESSION and path == self._session:
                self._end(HotkeyReason.REFUSED)
            case (name, "NameOwnerChanged") if name == _BUS and body[0] == NAME and body[1]:
                self._end(None)

    def _end(self, reason: HotkeyReason | None) -> None:
        if not self.ended.done():
            self.ended.set_result(reason)


def _token() -> str:
    return f"beseda_{secrets.token_hex(8)}"


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Variant) else value


def _trigger(shortcuts: list[list[Any]]) -> str:
    """Return what the desktop says of the first shortcut: there is but one."""
    described = shortcuts[0][1].get("trigger_description", "") if shortcuts else ""
    return str(_plain(described))


def _reason(error: Message) -> HotkeyReason:
    name = error.error_name or ""
    if name.removeprefix("org.freedesktop.DBus.Error.") in _UNKNOWN:
        return HotkeyReason.NO_PORTAL
    # Since 1.21 the portal gives nothing to a program that it has no desktop file of.
    is_unknown = name == "org.freedesktop.portal.Error.NotAllowed"
    return HotkeyReason.NOT_INSTALLED if is_unknown else HotkeyReason.FAILED
