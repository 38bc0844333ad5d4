"""Claims the data folder that it is given, and says how that went.

claiming.py FOLDER            waits for the end of its input while it has the claim
claiming.py FOLDER --answer   listens meanwhile, as the program does
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from core.instance_messages import Action, Wish
from gui.quick.instance_claim import claim_instance
from gui.quick.instance_server import InstanceServer


def main() -> None:
    """Do so."""
    folder, *answer = sys.argv[1:]
    claim = claim_instance(Wish(Action.SHOW), folder)
    if claim is None:
        print("told", flush=True)
        return
    print("claimed", flush=True)
    application = QCoreApplication([])
    end = QSocketNotifier(0, QSocketNotifier.Type.Read)
    end.activated.connect(application.quit)
    if answer and claim.place is not None:
        server = InstanceServer(claim.place, application)
        server.show_requested.connect(_say_shown)
        print("listening" if server.listen() else "deaf", flush=True)
    application.exec()
    claim.release()


def _say_shown(_token: str) -> None:
    print("shown", flush=True)


if __name__ == "__main__":
    main()
