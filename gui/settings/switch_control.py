"""On or off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from gui.settings.control import Control
from gui.settings.settings_metrics import settings_metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Switch(QCheckBox):
    """A check box without words that looks like a switch."""

    def sizeHint(self) -> QSize:
        """Return the size of the switch with the line around it that shows the focus."""
        metrics = settings_metrics()
        around = 2 * metrics.knob_margin
        return QSize(metrics.switch_width + around, metrics.switch_height + around)

    def minimumSizeHint(self) -> QSize:
        """Return the same: it cannot be smaller."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Take a click anywhere."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a rail with a knob; the accent's colour means on."""
        del event  # painted as a whole
        # The application's palette: a style sheet rewrites the widget's own.
        palette = QPalette()
        is_on = self.isChecked()
        role = QPalette.ColorRole
        rail = palette.color(role.Accent if is_on else role.Mid)
        knob = palette.color(role.BrightText if is_on else role.Button)
        margin = settings_metrics().knob_margin
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(1.0 if self.isEnabled() else 0.5)
            _paint_pill(
                painter, area, rail, outline=palette.color(role.Accent if is_on else role.Dark)
            )
            side = area.height() - 2 * margin
            left = area.right() - margin - side if is_on else area.left() + margin
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(knob if is_on else palette.color(role.Dark))
            painter.drawEllipse(QRectF(left, area.top() + margin, side, side))
            if self.hasFocus():
                around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.color(role.WindowText), 1.0))
                painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)


def _paint_pill(painter: QPainter, area: QRectF, colour: QColor, *, outline: QColor) -> None:
    painter.setPen(QPen(outline, 1.0))
    painter.setBrush(colour)
    painter.drawRoundedRect(
        area.adjusted(0.5, 0.5, -0.5, -0.5), area.height() / 2, area.height() / 2
    )


class SwitchControl(Control):
    """A switch at the end of the row."""

    is_small = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switch = Switch()

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self._switch)

        self._switch.clicked.connect(self._on_switch_clicked)

    def field(self) -> QWidget:
        """Return the switch."""
        return self._switch

    def show_value(self, value: object) -> None:
        """Show on or off."""
        self._switch.setChecked(bool(value))

    @Slot(bool)
    def _on_switch_clicked(self, is_checked: bool) -> None:  # noqa: FBT001 - Qt's signature
        self.value_changed.emit(is_checked)
