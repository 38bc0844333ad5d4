"""Reads and presses what assistive technology sees; one JSON object a line in, one out.

Run by the system's Python, which has `gi`; the tests talk to it through `helpers.accessibility`.
Nothing is cached: what it tells is what the program would tell a screen reader now.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version is chosen first

EVENTS = (
    "object:text-changed",
    "object:children-changed",
    "object:property-change",
    "object:state-changed",
    "object:visible-data-changed",
    "object:announcement",
)
CALL_LIMIT_MS = 5000


class Driver:
    """One program, found by its process id."""

    def __init__(self) -> None:
        Atspi.init()
        Atspi.set_timeout(CALL_LIMIT_MS, CALL_LIMIT_MS)
        self._app: Atspi.Accessible | None = None
        self._events = 0
        self._announced: list[str] = []
        self._listener = Atspi.EventListener.new(self._on_event)
        for event in EVENTS:
            self._listener.register(event)

    def attach(self, pid: int) -> bool:
        """Choose the program; False while it is not on the accessibility bus."""
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for app in _children(desktop):
            if app.get_process_id() == pid:
                app.set_cache_mask(Atspi.Cache.NONE)
                self._app = app
                self._announced.clear()
                return True
        self._app = None
        return False

    def tree(self) -> list[dict[str, object]]:
        """Return everything that the program shows to assistive technology, parents first."""
        return [_described(node, depth) for node, depth in self._walk()]

    def look(self, target: str) -> dict[str, object] | None:
        """Return one thing with its text; None when there is no such thing."""
        node = self._find(target)
        if node is None:
            return None
        text = None
        if node.get_text_iface():
            text = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
        return {**_described(node, 0), "text": text}

    def items(self, target: str) -> list[str]:
        """Return the texts of the things in a list."""
        node = self._find(target)
        children = _children(node) if node is not None else []
        return [
            Atspi.Text.get_text(child, 0, Atspi.Text.get_character_count(child))
            for child in children
            if child.get_text_iface()
        ]

    def names(self, target: str) -> list[str]:
        """Return the names of the things in a list."""
        node = self._find(target)
        return [child.get_name() or "" for child in _children(node)] if node is not None else []

    def press(self, target: str) -> bool:
        """Do a thing's first action, as a click would; False when there is none."""
        node = self._find(target)
        return bool(node and node.get_action_iface() and Atspi.Action.do_action(node, 0))

    def set_text(self, target: str, text: str) -> bool:
        """Replace what an editable thing holds."""
        node = self._find(target)
        return bool(
            node
            and node.get_editable_text_iface()
            and Atspi.EditableText.set_text_contents(node, text)
        )

    def focus(self, target: str) -> bool:
        """Give a thing the keyboard."""
        node = self._find(target)
        return bool(node and node.get_component_iface() and Atspi.Component.grab_focus(node))

    def announced(self) -> list[str]:
        """Return what a screen reader was asked to say since the program was chosen."""
        _dispatch()
        return list(self._announced)

    def event(self, limit: float) -> int:
        """Return how many events came since the last call, waiting `limit` seconds for one."""
        context = GLib.MainContext.default()
        deadline = time.monotonic() + limit
        timer = GLib.timeout_add(max(1, int(limit * 1000)), lambda: False)
        while not self._events and time.monotonic() < deadline:
            context.iteration(True)
        GLib.MainContext.default().find_source_by_id(timer) and GLib.source_remove(timer)
        _dispatch()
        count, self._events = self._events, 0
        return count

    def _on_event(self, event: Atspi.Event) -> None:
        self._events += 1
        if event.type.startswith("object:announcement"):
            self._announced.append(str(event.any_data))

    def _walk(self) -> Iterator[tuple[Atspi.Accessible, int]]:
        stack = [(self._app, 0)] if self._app else []
        while stack:
            node, depth = stack.pop()
            yield node, depth
            stack.extend((child, depth + 1) for child in reversed(_children(node)))

    def _find(self, target: str) -> Atspi.Accessible | None:
        """Return what has this object name or, failing that, this accessible name."""
        by_name = None
        for node, _ in self._walk():
            if _object_name(node) == target:
                return node
            if by_name is None and node.get_name() == target:
                by_name = node
        return by_name


def _dispatch() -> None:
    while GLib.MainContext.default().iteration(False):
        pass


def _children(node: Atspi.Accessible) -> list[Atspi.Accessible]:
    # A child may go away between the count and the question.
    children = [node.get_child_at_index(index) for index in range(node.get_child_count())]
    return [child for child in children if child is not None]


def _object_name(node: Atspi.Accessible) -> str:
    """Return Qt's objectName: the last part of the id, which names the parents too."""
    return (node.get_accessible_id() or "").rpartition(".")[2]


def _described(node: Atspi.Accessible, depth: int) -> dict[str, object]:
    extents = None
    if node.get_component_iface():
        box = node.get_extents(Atspi.CoordType.SCREEN)
        extents = [box.x, box.y, box.width, box.height]
    return {
        "id": node.get_accessible_id() or "",
        "object_name": _object_name(node),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "role": node.get_role_name(),
        "states": [state.value_nick for state in node.get_state_set().get_states()],
        "extents": extents,
        "depth": depth,
    }


def main() -> None:
    """Answer until standard input ends."""
    driver = Driver()
    commands = {
        name: getattr(driver, name)
        for name in (
            "attach",
            "tree",
            "look",
            "items",
            "names",
            "press",
            "set_text",
            "focus",
            "announced",
            "event",
        )
    }
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        _dispatch()
        try:
            answer = {"value": commands[command](*arguments)}
        except GLib.Error as exc:  # the program, or a part of its window, has just gone
            answer = {"gone": exc.message}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
