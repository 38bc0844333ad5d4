"""The hotkey of Wayland, against a portal on a real message bus."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from helpers.portal import MockPortal, SessionBus, has_bus

from gui.quick.hotkeys.interface import HotkeyReason, HotkeyState, HotkeyStatus
from gui.quick.hotkeys.wayland import WaylandHotkey
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

KEYS = "Ctrl+Alt+Space"
TRIGGER = "Press Ctrl+Alt+Space"
REGISTERED = HotkeyState(HotkeyStatus.REGISTERED, keys=KEYS, trigger=TRIGGER)

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    """Give a message bus that programs of this environment find."""
    if not has_bus():
        pytest.skip("there is no dbus-daemon")
    with SessionBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture
def portal(bus: SessionBus, run: Run) -> Iterator[MockPortal]:
    """Give a portal that grants everything to everybody."""
    portal = MockPortal(bus.address)
    run(portal.start())
    yield portal
    run(portal.stop())


@pytest.fixture
def hotkey(qapp: QApplication, run: Run) -> Iterator[WaylandHotkey]:
    """Give a hotkey of a program that the desktop knows as `beseda`."""
    before = qapp.desktopFileName()
    qapp.setDesktopFileName("beseda")
    scope = TaskScope()
    hotkey = WaylandHotkey(scope)
    yield hotkey
    hotkey.close()
    run(scope.close())
    qapp.setDesktopFileName(before)


async def told(hotkey: WaylandHotkey, status: HotkeyStatus) -> HotkeyState:
    """Wait until the hotkey has a status; return the whole state."""
    while hotkey.state.status is not status:
        changed = asyncio.get_running_loop().create_future()
        connection = hotkey.state_changed.connect(changed.set_result)
        await changed
        hotkey.disconnect(connection)
    return hotkey.state


async def pressed(hotkey: WaylandHotkey, portal: MockPortal, token: str) -> str:
    """Press the keys; return what the hotkey tells."""
    press: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    connection = hotkey.pressed.connect(press.set_result)
    portal.press(token)
    text = await press
    hotkey.disconnect(connection)
    return text


async def test_the_desktop_is_asked_and_its_words_are_shown(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    hotkey.register(KEYS)
    assert hotkey.state == HotkeyState(HotkeyStatus.WAITING, keys=KEYS)
    assert await told(hotkey, HotkeyStatus.REGISTERED) == REGISTERED
    [[_, [[name, wish]]]] = portal.bound
    assert name == "quick"
    assert wish["preferred_trigger"].value == "CTRL+ALT+space"
    assert wish["description"].value


@pytest.mark.parametrize("answers_first", [False, True])
async def test_a_press_is_told_with_its_token(
    portal: MockPortal, hotkey: WaylandHotkey, answers_first: bool
) -> None:
    portal.answers_first = answers_first
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)
    assert await pressed(hotkey, portal, "token-1") == "token-1"
    assert await pressed(hotkey, portal, "") == ""


async def test_a_portal_that_wants_to_know_who_asks_is_told_first(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    portal.app_ids = {"beseda"}
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)


async def test_a_portal_that_does_not_know_the_program_is_told_of(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    portal.app_ids = {"another"}
    hotkey.register(KEYS)
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.NOT_INSTALLED


async def test_the_user_may_take_time_and_say_no(portal: MockPortal, hotkey: WaylandHotkey) -> None:
    portal.dialog = asyncio.Event()
    portal.bind_code = 1
    hotkey.register(KEYS)
    await portal.until(lambda: bool(portal.bound))
    assert hotkey.state.status is HotkeyStatus.WAITING
    portal.dialog.set()
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.REFUSED


async def test_a_desktop_that_fails_is_asked_once(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    portal.bind_code = 2
    hotkey.register(KEYS)
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.FAILED
    assert len(portal.bound) == 1


async def test_keys_that_the_desktop_gives_later_are_told(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    portal.trigger = ""
    hotkey.register(KEYS)
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.NO_KEYS_GIVEN
    portal.change_trigger("Super+Q")
    assert (await told(hotkey, HotkeyStatus.REGISTERED)).trigger == "Super+Q"


async def test_a_desktop_without_such_a_portal_is_told_of(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    portal.has_shortcuts = False
    hotkey.register(KEYS)
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state == HotkeyState(HotkeyStatus.IMPOSSIBLE, HotkeyReason.NO_PORTAL, KEYS)


async def test_a_bus_without_a_portal_is_told_of(bus: SessionBus, hotkey: WaylandHotkey) -> None:
    assert bus.address
    hotkey.register(KEYS)
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.NO_PORTAL


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "nonsense"])
async def test_a_system_without_a_bus_is_told_of(
    hotkey: WaylandHotkey, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    hotkey.register(KEYS)
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.NO_PORTAL


async def test_a_session_that_the_desktop_closes_is_over(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)
    portal.close_sessions()
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason is HotkeyReason.REFUSED


async def test_a_bus_that_breaks_off_is_told_of(
    portal: MockPortal, hotkey: WaylandHotkey, bus: SessionBus
) -> None:
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)
    await portal.stop()
    bus.end()
    state = await told(hotkey, HotkeyStatus.IMPOSSIBLE)
    assert state.reason in {HotkeyReason.NO_PORTAL, HotkeyReason.FAILED}


async def test_new_keys_are_asked_for_in_a_session_of_their_own(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)
    hotkey.register("Meta+Shift+;")
    await told(hotkey, HotkeyStatus.REGISTERED)
    [_, [_, [[_, wish]]]] = portal.bound
    assert wish["preferred_trigger"].value == "SHIFT+LOGO+semicolon"
    await portal.until(lambda: len(portal.sessions) == 1)


async def test_nothing_is_left_with_the_desktop_when_it_is_off(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)
    hotkey.unregister()
    assert hotkey.state == HotkeyState()
    await portal.until(lambda: not portal.sessions)


async def test_keys_can_be_changed_before_the_desktop_was_asked(
    portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    hotkey.register(KEYS)
    hotkey.register("F9")
    assert (await told(hotkey, HotkeyStatus.REGISTERED)).keys == "F9"
    assert len(portal.bound) == 1


async def test_a_portal_that_comes_back_is_asked_again(
    bus: SessionBus, portal: MockPortal, hotkey: WaylandHotkey
) -> None:
    hotkey.register(KEYS)
    await told(hotkey, HotkeyStatus.REGISTERED)
    second = MockPortal(bus.address)
    # It waits for the name, as a service that is started anew at once.
    await second.start()
    await portal.stop()
    await second.until(lambda: bool(second.bound))
    hotkey.close()
    await second.until(lambda: not second.sessions)
    await second.stop()
