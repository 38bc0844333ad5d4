"""Wayland: the desktop is asked through its portal, and may ask the user."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from gui.quick.hotkeys.combination import KeyCombination
from gui.quick.hotkeys.interface import (
    REGISTERED,
    Hotkey,
    HotkeyReason,
    HotkeyState,
    HotkeyStatus,
    impossible,
)
from gui.quick.hotkeys.key_symbols import symbol_name
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus
    from PySide6.QtCore import QObject

SHORTCUT = "quick"
"""What the desktop knows the shortcut by, for ever: it keeps the keys that the user gave it."""
_LONGEST_CONNECT = 10.0
_MOST_RETURNS = 3
"""How often a portal that has gone is called back."""


class WaylandHotkey(Hotkey):
    """Holds a session with the portal while keys are wanted."""

    def __init__(self, scope: TaskScope, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self._task: asyncio.Task[None] | None = None

    def grab(self, wanted: KeyCombination) -> HotkeyState:
        """Begin to ask the desktop."""
        trigger = portal_trigger(wanted)
        if not trigger:
            return impossible(HotkeyReason.NO_SUCH_KEY)
        self._task = self._scope.start(self._hold(trigger), name="hotkey")
        return HotkeyState(HotkeyStatus.WAITING)

    def release(self) -> None:
        """End the session: the desktop forgets it with the connection."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _hold(self, trigger: str) -> None:
        """Have a session until it is over for good, and say how that stands."""
        # It takes a tenth of a second, in which the window would stand still.
        await asyncio.to_thread(import_module, "dbus_fast.aio")
        reason: HotkeyReason | None = None
        for _ in range(1 + _MOST_RETURNS):
            reason = await self._hold_once(trigger)
            if reason is not None:
                break
        self._say(impossible(reason or HotkeyReason.FAILED))

    async def _hold_once(self, trigger: str) -> HotkeyReason | None:
        """Have one session; return why it is over, None when the portal has gone."""
        from dbus_fast.aio import MessageBus  # noqa: PLC0415 - see _hold
        from dbus_fast.errors import AuthError, InvalidAddressError  # noqa: PLC0415 - as above

        try:
            async with asyncio.timeout(_LONGEST_CONNECT):
                bus = await MessageBus().connect()
        except (OSError, EOFError, AuthError, InvalidAddressError):
            return HotkeyReason.NO_PORTAL
        try:
            return await self._talk(bus, trigger)
        finally:
            bus.disconnect()

    async def _talk(self, bus: MessageBus, trigger: str) -> HotkeyReason | None:
        """Bind the shortcut and wait until it is over."""
        from gui.quick.hotkeys.portal import PortalError, ShortcutsPortal  # noqa: PLC0415 - as above

        portal = ShortcutsPortal(bus, activated=self.pressed.emit, triggered=self._show_trigger)
        try:
            given = await portal.bind(
                QGuiApplication.desktopFileName(),
                SHORTCUT,
                description=self.tr("Open the quick prompt of Beseda"),
                trigger=trigger,
            )
        except PortalError as error:
            return error.reason
        except (OSError, EOFError):
            return HotkeyReason.FAILED
        self._show_trigger(given)
        lost = asyncio.ensure_future(_until_lost(bus))
        ends: set[asyncio.Future[Any]] = {lost, portal.ended}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            lost.cancel()
        return portal.ended.result() if portal.ended.done() else HotkeyReason.FAILED

    def _show_trigger(self, trigger: str) -> None:
        if trigger:
            self._say(HotkeyState(REGISTERED.status, trigger=trigger))
        else:
            self._say(impossible(HotkeyReason.NO_KEYS_GIVEN))

    def _say(self, state: HotkeyState) -> None:
        self.show_state(state, keys=self.state.keys)


async def _until_lost(bus: MessageBus) -> None:
    """Wait until the connection ends, in whatever way."""
    with suppress(OSError, EOFError):
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # its types are missing


def portal_trigger(wanted: KeyCombination) -> str:
    """Return a combination as the shortcuts specification of freedesktop.org writes it."""
    symbol = symbol_name(wanted.key)
    if not symbol:
        return ""
    held = (("CTRL", wanted.ctrl), ("ALT", wanted.alt), ("SHIFT", wanted.shift))
    names = [name for name, is_held in (*held, ("LOGO", wanted.meta)) if is_held]
    return "+".join((*names, symbol))
