"""How long the silence of a service is borne while it answers: by its limit, or without end."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakSet


class SilentConnection(Protocol):
    """What gives up an open connection when nothing comes; aiohttp's `ResponseHandler` is one."""

    read_timeout: float | None
    """Seconds between two bytes; None for no limit."""

    def start_timeout(self) -> None:
        """Count from now, by `read_timeout`."""


class Patience:
    """Belongs to one reply; once it is lifted, no silence ends that reply any more."""

    def __init__(self) -> None:
        self._is_lifted = False
        self._connections: WeakSet[SilentConnection] = WeakSet()

    @property
    def is_lifted(self) -> bool:
        """Whether the user wants to go on waiting, however long it takes."""
        return self._is_lifted

    def lift(self) -> None:
        """Take the limit off the connections that are open, and off all that come."""
        self._is_lifted = True
        for connection in list(self._connections):
            self._free(connection)

    def watch(self, connection: SilentConnection) -> None:
        """Take care of a connection that a request has just been given."""
        self._connections.add(connection)
        if self._is_lifted:
            self._free(connection)

    @staticmethod
    def _free(connection: SilentConnection) -> None:
        connection.read_timeout = None
        connection.start_timeout()  # ends the count that is running
