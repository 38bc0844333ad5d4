"""Notes every host that a Python program, or a child of it, looks up or connects to.

Python imports this by itself at its start where this folder is on PYTHONPATH. The file that
BESEDA_RECORDED_HOSTS names gets a line for each: the event, the host and the port. Sockets of this
computer alone (the screen's, D-Bus) have no host and are left out.
"""

from __future__ import annotations

import os
import sys

_LOOKED_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_REACHED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_file = os.open(os.environ["BESEDA_RECORDED_HOSTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _record(event: str, arguments: tuple[object, ...]) -> None:
    if event in _LOOKED_UP:
        host, port = (*arguments, "")[:2]
    elif event in _REACHED and isinstance(arguments[1], tuple):
        host, port = arguments[1][:2]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    os.write(_file, f"{event} {name} {port}\n".encode())


sys.addaudithook(_record)
