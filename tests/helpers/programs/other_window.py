"""Another program: a window with a text field, which prints what is typed into it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit


def _say(text: str) -> None:
    sys.stdout.write(f"typed: {text}\n")
    sys.stdout.flush()


application = QApplication(sys.argv)
field = QLineEdit()
field.setWindowTitle("Another program")
field.textChanged.connect(_say)
if "--full-screen" in sys.argv:
    field.showFullScreen()
else:
    field.show()
_say("")
sys.exit(application.exec())
