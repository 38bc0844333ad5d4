"""The way to the running program on Windows, with the system's calls taken by others."""

from __future__ import annotations

import ctypes
import io
import threading
from typing import Any, BinaryIO

import pytest

from core.instance_messages import InstanceError, Why
from core.instance_pipe import WindowsPipes, exchange


class FakePipe(io.BytesIO):
    """One end of a pipe: what is written to it is kept, and what is read comes in pieces."""

    def __init__(self, *pieces: bytes, hangs: threading.Event | None = None) -> None:
        super().__init__()
        self.written = b""
        self._pieces = list(pieces)
        self._hangs = hangs

    def write(self, data: Any) -> int:
        self.written += bytes(data)
        return len(data)

    def read(self, _size: int | None = -1) -> bytes:
        if self._hangs is not None:
            self._hangs.wait()
        return self._pieces.pop(0) if self._pieces else b""

    def fileno(self) -> int:
        return 7


class FakeSystem:
    """Gives pipes, or the errors that Windows gives."""

    def __init__(self, *results: BinaryIO | OSError, is_ours: bool = True) -> None:
        self._results = list(results)
        self._is_ours = is_ours
        self.paths: list[str] = []

    def open(self, path: str) -> BinaryIO:
        self.paths.append(path)
        result = self._results.pop(0)
        if isinstance(result, OSError):
            raise result
        return result

    def is_ours(self, _pipe: BinaryIO) -> bool:
        return self._is_ours


def busy() -> OSError:
    error = OSError("all ends are taken")
    error.winerror = 231  # type: ignore[attr-defined]  # as on Windows
    return error


def test_a_message_is_answered_in_pieces() -> None:
    pipe = FakePipe(b'{"v": 1,', b' "ok": true}\n')
    system = FakeSystem(pipe)
    line = exchange("beseda-1", b"message\n", patience=5, system=system)
    assert line == b'{"v": 1, "ok": true}'
    assert pipe.written == b"message\n"
    assert system.paths == [r"\\.\pipe\beseda-1"]
    assert pipe.closed


def test_nobody_is_there() -> None:
    assert exchange("x", b"", patience=5, system=FakeSystem(FileNotFoundError())) is None


def test_one_that_ends_just_now_is_nobody() -> None:
    assert exchange("x", b"", patience=5, system=FakeSystem(FakePipe())) is None


def test_a_busy_pipe_is_tried_again() -> None:
    system = FakeSystem(busy(), busy(), FakePipe(b"{}\n"))
    assert exchange("x", b"", patience=5, system=system) == b"{}"
    assert len(system.paths) == 3


@pytest.mark.parametrize(
    "system",
    [FakeSystem(FakePipe(b"{}\n"), is_ours=False), FakeSystem(PermissionError())],
    ids=["looked at", "refused by the system"],
)
def test_another_users_pipe_is_told_nothing(system: FakeSystem) -> None:
    with pytest.raises(InstanceError) as caught:
        exchange("x", b"secret\n", patience=5, system=system)
    assert caught.value.why is Why.NOT_OURS


def test_silence_ends_with_the_patience() -> None:
    hangs = threading.Event()
    with pytest.raises(InstanceError) as caught:
        exchange("x", b"", patience=0.1, system=FakeSystem(FakePipe(hangs=hangs)))
    assert caught.value.why is Why.NO_ANSWER
    hangs.set()


class Call:
    """One function of a library."""

    restype: Any = None

    def __init__(self, function: Any) -> None:
        self._function = function

    def __call__(self, *arguments: Any) -> Any:
        return self._function(*arguments)


class FakeLibraries:
    """Both libraries: processes 1 (this one) and 2 (the server), each with a token and a user."""

    def __init__(self, users: dict[int, int], *, can_open: bool = True) -> None:
        self.open_handles = 0
        self._users = users
        self._can_open = can_open
        self.GetCurrentProcess = Call(lambda: 1)
        self.OpenProcess = Call(self._open_process)
        self.CloseHandle = Call(self._close)
        self.GetNamedPipeServerProcessId = Call(self._server_process)
        self.OpenProcessToken = Call(self._open_token)
        self.GetTokenInformation = Call(self._token_information)
        self.EqualSid = Call(lambda one, other: int(one.value == other.value))

    def _server_process(self, handle: Any, number: Any) -> int:
        assert handle.value == 7
        ctypes.cast(number, ctypes.POINTER(ctypes.c_ulong))[0] = 2
        return 1

    def _open_process(self, _rights: int, _inherit: int, number: Any) -> int | None:
        if not self._can_open:
            return None
        self.open_handles += 1
        return int(number.value)

    def _close(self, _handle: Any) -> int:
        self.open_handles -= 1
        return 1

    def _open_token(self, process: Any, _rights: int, token: Any) -> int:
        self.open_handles += 1
        ctypes.cast(token, ctypes.POINTER(ctypes.c_void_p))[0] = process.value * 10
        return 1

    def _token_information(self, token: Any, _kind: int, entry: Any, _room: int, _size: Any) -> int:
        user = self._users.get(token.value // 10)
        if user is None:
            return 0
        ctypes.cast(entry, ctypes.POINTER(ctypes.c_void_p))[0] = user
        return 1


@pytest.mark.parametrize(
    ("users", "can_open", "is_ours"),
    [
        ({1: 1000, 2: 1000}, True, True),
        ({1: 1000, 2: 2000}, True, False),
        ({1: 1000}, True, False),
        ({1: 1000, 2: 1000}, False, False),
    ],
    ids=["ours", "another user's", "one that does not tell", "one that cannot be opened"],
)
def test_the_user_at_the_other_end_is_looked_at(
    users: dict[int, int], can_open: bool, is_ours: bool
) -> None:
    libraries = FakeLibraries(users, can_open=can_open)
    pipes = WindowsPipes(libraries, libraries)
    assert pipes.is_ours(FakePipe()) is is_ours
    assert libraries.open_handles == 0
