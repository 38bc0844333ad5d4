"""The row that leads from one version of a message to the next: ‹ 2/3 ›."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gui.transcript.icons import icon

if TYPE_CHECKING:
    from gui.transcript.formats import Formats
    from gui.transcript.model import TranscriptMessage


class VersionSwitch(QWidget):
    """Stands in the header of the message under the pointer, or of the one the keyboard is at.

    In the header, for that is where it was when another version has come.

    Signals:
        stepped: the version so many steps further is wanted: -1 or 1.
        left: the pointer is not over it any more.
    """

    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setObjectName("versionLabel")
        self.previous = self._button("previousVersionButton", self.tr("Previous version"), -1)
        self.next = self._button("nextVersionButton", self.tr("Next version"), 1)
        self._hiding = QTimer(self, singleShot=True, interval=0)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.previous)
        layout.addWidget(self._label, 1, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.next)
        self.setObjectName("versionSwitch")
        self.setAccessibleName(self.tr("Versions"))
        self.hide()

        self._hiding.timeout.connect(self.hide)

    def _button(self, name: str, label: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName(name)
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.setProperty("step", step)
        button.clicked.connect(self._on_button_clicked)
        return button

    def set_style(self, formats: Formats, ratio: float) -> None:
        """Take other colours and another size."""
        colours, metrics = formats.style.colours, formats.metrics
        self.setStyleSheet(
            f"QToolButton {{ border: none; border-radius: {metrics.button_radius:.0f}px;"
            " padding: 0; }"
            f"QToolButton:hover, QToolButton:focus {{ background: {colours.hover.name()}; }}"
            f"QLabel {{ color: {colours.muted.name()}; }}"
        )
        self._label.setFont(formats.small_font)
        side = round(metrics.icon_size)
        for button, name in ((self.previous, "left"), (self.next, "right")):
            button.setIcon(icon(name, colours.muted, side, ratio))
            button.setIconSize(QSize(side, side))

    def offer(self, message: TranscriptMessage) -> None:
        """Show which version a message is, if it has more than one."""
        if message.versions < 2:
            self.dismiss()
            return
        self._hiding.stop()
        self._label.setText(version_label(message))
        had_focus = self._has_focus()
        self.previous.setEnabled(message.version > 1)
        self.next.setEnabled(message.version < message.versions)
        if had_focus and not self._has_focus():
            (self.next if self.next.isEnabled() else self.previous).setFocus()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Hide, unless another message is offered at once: the keyboard may be here."""
        if self.isVisible():
            self._hiding.start()

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the pointer has gone."""
        super().leaveEvent(event)
        self.left.emit()

    def _has_focus(self) -> bool:
        return self.previous.hasFocus() or self.next.hasFocus()

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.stepped.emit(int(button.property("step")))


def version_label(message: TranscriptMessage) -> str:
    """Return which version of how many a message is; nothing if it is the only one."""
    if message.versions < 2:
        return ""
    return f"{message.version}/{message.versions}"
