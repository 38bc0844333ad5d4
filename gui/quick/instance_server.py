"""Listens to further starts of the program, and takes nothing of what they say on trust."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from core.instance_messages import (
    LARGEST,
    Action,
    InstanceError,
    LineDecoder,
    Why,
    Wish,
    answer,
    decoded,
)

if TYPE_CHECKING:
    from core.instance import Place

_log = logging.getLogger(__name__)
_MOST_VISITORS = 16
_LONGEST_VISIT = 5_000
"""Milliseconds from the first byte to the last."""
_PIECE = 65536


class InstanceServer(QObject):
    """Gives what other starts of the program want to this one.

    Only programs of the same user are listened to, one message each.

    Signals:
        show_requested: bring the window to the front, with this activation token.
        quick_requested: open the quick prompt with this text, and this activation token.
        ask_requested: ask this in the window, with this activation token; the text may be empty.
        quit_requested: end the program.
    """

    show_requested = Signal(str)
    quick_requested = Signal(str, str)
    ask_requested = Signal(str, str)
    quit_requested = Signal()

    def __init__(self, place: Place, parent: QObject | None = None) -> None:
        """Be ready for `listen`; whoever makes it holds the lock of `place`."""
        super().__init__(parent)
        self._place = place
        self._visits: set[_Visit] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_new_connection)

    def listen(self) -> bool:
        """Begin; return whether it can be done."""
        # What a dead program has left; the lock says that no other one is listening.
        QLocalServer.removeServer(self._place.address)
        if self._server.listen(self._place.address):
            return True
        _log.warning("further starts are not heard: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Listen no more, and hang up."""
        self._server.close()
        for visit in tuple(self._visits):
            visit.end()

    @Slot()
    def _on_server_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._visits) >= _MOST_VISITORS or not _is_ours(socket):
                socket.abort()
                socket.deleteLater()
                continue
            visit = _Visit(socket, self)
            self._visits.add(visit)
            visit.wished.connect(self._on_visit_wished)
            visit.ended.connect(self._on_visit_ended)
            visit.read()

    @Slot(object)
    def _on_visit_wished(self, wish: Wish) -> None:
        if wish.action is Action.SHOW:
            self.show_requested.emit(wish.token)
        elif wish.action is Action.QUICK:
            self.quick_requested.emit(wish.text, wish.token)
        elif wish.action is Action.ASK:
            self.ask_requested.emit(wish.text, wish.token)
        elif wish.action is Action.QUIT:
            self.quit_requested.emit()

    @Slot(object)
    def _on_visit_ended(self, visit: _Visit) -> None:
        self._visits.discard(visit)
        visit.deleteLater()


class _Visit(QObject):
    """One connection: its message, its answer, its end.

    Signals:
        wished: a `Wish` has come, and was answered.
        ended: this visit is over.
    """

    wished = Signal(object)
    ended = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._decoder = LineDecoder(LARGEST)
        self._is_answered = False
        self._has_ended = False
        socket.setParent(self)
        socket.setReadBufferSize(_PIECE)
        self._timer = QTimer(self, singleShot=True, interval=_LONGEST_VISIT)

        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self._on_socket_disconnected)
        self._timer.timeout.connect(self.end)
        self._timer.start()

    @Slot()
    def read(self) -> None:
        """Take what has come."""
        while not self._is_answered and self._socket.bytesAvailable():
            piece: QByteArray = self._socket.read(_PIECE)
            if not piece.size():
                return
            try:
                line = self._decoder.feed(bytes(piece.data()))
                if line is not None:
                    self._take(decoded(line))
            except InstanceError as exc:
                _log.warning("a message of another start was refused: %s", exc.why)
                self._answer(exc.why)

    @Slot()
    def end(self) -> None:
        """Hang up."""
        self._socket.abort()
        self._on_socket_disconnected()

    def _take(self, wish: Wish) -> None:
        self._answer(None)
        self.wished.emit(wish)

    def _answer(self, why: Why | None) -> None:
        self._is_answered = True
        self._socket.write(answer(why))
        self._socket.flush()
        self._socket.disconnectFromServer()

    @Slot()
    def _on_socket_disconnected(self) -> None:
        if not self._has_ended:
            self._has_ended = True
            self._timer.stop()
            self.ended.emit(self)


def _is_ours(connection: QLocalSocket) -> bool:
    """Whether this user's program is at the other end; the rights of the socket say so, too."""
    if sys.platform == "win32":
        return True
    else:  # noqa: RET505 - only so can mypy tell what runs where
        import socket  # noqa: PLC0415 - Windows has no such sockets

        from core.instance import peer_user  # noqa: PLC0415 - as above

        descriptor = os.dup(int(connection.socketDescriptor()))
        with socket.socket(fileno=descriptor) as copy:
            try:
                return peer_user(copy) in {os.geteuid(), 0}
            except OSError:
                return False
