"""The real program, in which no connection can be made for a reason that nobody expects.

The reason quotes what is in the environment variable PLANTED, as a library's error might.
"""

from __future__ import annotations

import os
import sys

from gui.__main__ import main


def _fail_to_connect(event: str, arguments: tuple[object, ...]) -> None:
    # What an audit hook raises comes out of the call; local sockets are the screen's.
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        planted = os.environ["PLANTED"]
        try:
            int(planted)
        except ValueError as exc:
            raise RuntimeError(f"no way to http://me:{planted}@host, Bearer {planted}") from exc


sys.addaudithook(_fail_to_connect)
sys.exit(main())
