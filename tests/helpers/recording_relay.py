"""Stands before a demo site and knows which words of each answer had reached a program when."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Self

from helpers.running_program import Piece

_EVENT = b"data: "
_LIMIT = 10.0


@dataclass
class Delivery:
    """What one connection has brought to its client, and when (time.monotonic)."""

    pieces: list[Piece] = field(default_factory=list)

    def text(self, *, before: float = float("inf")) -> str:
        """Return the words that the client could read `before` a moment."""
        data = b"".join(piece.data for piece in self.pieces if piece.at < before)
        lines = data.replace(b"\r", b"").split(b"\n")[:-1]
        events = (line.removeprefix(_EVENT) for line in lines if line.startswith(_EVENT + b"{"))
        return "".join(_words(event) for event in events)


def _words(event: bytes) -> str:
    choices = json.loads(event).get("choices") or [{}]
    return str(choices[0].get("delta", {}).get("content") or "")


class RecordingRelay:
    """Passes everything on to the server at `port` of this computer; a context manager."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._sockets = ExitStack()
        self._deliveries: list[Delivery] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would not wake up who waits in `accept`.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join(_LIMIT)
        self._sockets.close()
        for thread in self._threads:
            thread.join(_LIMIT)

    @property
    def url(self) -> str:
        """Where the site seems to be."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def newest(self) -> Delivery:
        """Return what the latest connection with words of an answer has brought."""
        with_words = (one for one in reversed(self._deliveries) if one.text())
        return next(with_words, Delivery())

    def has_words(self) -> bool:
        """Return whether words of an answer have been delivered."""
        return bool(self.newest().pieces)

    def forget(self) -> None:
        """Remember no connection that was made before."""
        self._deliveries.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._port), _LIMIT)
            server.settimeout(None)
            for one in (client, server):
                self._sockets.callback(_hang_up, one)
            delivery = Delivery()
            self._deliveries.append(delivery)
            self._start(self._pass_on, client, server, None)
            self._start(self._pass_on, server, client, delivery)

    def _pass_on(
        self, source: socket.socket, sink: socket.socket, delivery: Delivery | None
    ) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
                if delivery is not None:
                    delivery.pieces.append(Piece(time.monotonic(), data))
        except OSError:
            pass
        finally:
            # Whoever left takes the other side along, as a broken connection would.
            for one in (source, sink):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name="relay", daemon=True)
        self._threads.append(thread)
        thread.start()


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
