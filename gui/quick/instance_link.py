"""Lets the window do what further starts of the program want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.quick.focus import bring_to_front

if TYPE_CHECKING:
    from gui.conversation_controller import ConversationController
    from gui.main_window import MainWindow
    from gui.options import WindowOptions
    from gui.quick.instance_claim import InstanceClaim
    from gui.quick.instance_server import InstanceServer


class InstanceLink(QObject):
    """Joins the server with the window; made on the loop, after the first frame.

    Signals:
        quick_requested: open the quick prompt with this text, which may be empty, and this
            activation token.
        quit_requested: end the program.
    """

    quick_requested = Signal(str, str)
    quit_requested = Signal()

    def __init__(
        self, window: MainWindow, controller: ConversationController, claim: InstanceClaim
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._claim = claim
        self._server: InstanceServer | None = None

    def open(self, options: WindowOptions) -> None:
        """Listen, and do what the start of this program itself wanted of the quick prompt."""
        if self._claim.place is not None:
            from gui.quick.instance_server import InstanceServer  # noqa: PLC0415 - brings QtNetwork

            self._server = server = InstanceServer(self._claim.place, self)
            server.show_requested.connect(self.show_window)
            server.quick_requested.connect(self.quick_requested)
            server.ask_requested.connect(self._on_server_ask_requested)
            server.quit_requested.connect(self.quit_requested)
            server.listen()
        if options.quick is not None:
            self.quick_requested.emit(options.quick, "")

    def close(self) -> None:
        """Listen no more: the program is ending, and another start waits until it has."""
        if self._server is not None:
            self._server.close()

    @Slot(str)
    def show_window(self, token: str = "") -> None:
        """Bring the window to the front; `token` is the desktop's leave to do so."""
        bring_to_front(self._window, token)

    @Slot(str, str)
    def _on_server_ask_requested(self, text: str, token: str) -> None:
        self._controller.start_conversation()
        if text.strip():
            self._controller.send(text)
        self.show_window(token)
