"""Shows how much of a model's context window is taken, and what is left out of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QActionGroup,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.context import WhenTooLong
from gui.metrics import metrics
from gui.widgets.context_metrics import context_metrics
from gui.widgets.flow_layout import FlowLayout

_QUIET_SHARE = 0.5
"""Of the window; as long as less is taken, nobody needs to know."""
_FULL = 1000


@dataclass(frozen=True, slots=True)
class ContextUse:
    """What would be sent now; all numbers but those of the window are estimates."""

    tokens: int
    question: int
    """Of them, those of what stands in the composer."""
    window: int
    reserve: int
    """Of the window, what is kept free for the answer."""
    choice: WhenTooLong = WhenTooLong.OLDEST
    left_out: int = 0
    """Messages."""
    is_from_start: bool = True
    """Whether the first messages are among those that are left out."""
    has_later: bool = True
    """Whether messages are sent that stand behind those that are left out."""

    @property
    def is_too_long(self) -> bool:
        """Whether more is sent than the model takes."""
        return self.tokens > self.window

    @property
    def is_worth_a_look(self) -> bool:
        """Whether it is shown at all."""
        return bool(self.left_out) or self.tokens >= self.window * _QUIET_SHARE

    @property
    def has_choice(self) -> bool:
        """Whether it matters what is left out."""
        is_crowded = self.tokens > self.window - self.reserve
        return bool(self.left_out) or (is_crowded and self.choice is WhenTooLong.NOTHING)


class ContextMeter(QWidget):
    """A thin bar with a few words, and a menu where something is left out; else hidden.

    Signals:
        choice_made: the user wants this `WhenTooLong` for the conversation.
        place_requested: the user wants to see from where on messages are sent.
    """

    choice_made = Signal(object)
    place_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use: ContextUse | None = None

        self.setObjectName("contextMeter")
        self.setAccessibleName(self.tr("Context of the model"))
        self._bar = QProgressBar()
        self._bar.setObjectName("contextBar")
        self._bar.setAccessibleName(self.tr("Part of the context that is taken"))
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _FULL)
        self._bar.setFixedSize(context_metrics().bar_width, context_metrics().bar_height)
        self._text = QLabel()
        self._text.setObjectName("contextText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.left_out_button = QPushButton()
        self.left_out_button.setObjectName("leftOutButton")
        self.left_out_button.setAutoDefault(False)
        self._notice = QLabel()
        self._notice.setObjectName("contextNotice")
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._menu, self._choices, self._place = self._make_menu()
        self._line = self._make_line()
        self.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics().message_padding, 0, metrics().space_medium, 0)
        layout.setSpacing(metrics().space_small)
        layout.addWidget(self._notice)
        layout.addWidget(self._line)

        # Not the button's own menu: the style sheet would draw a second arrow for it.
        self.left_out_button.clicked.connect(self._on_left_out_button_clicked)
        self._choices.triggered.connect(self._on_choices_triggered)
        self._place.triggered.connect(self.place_requested)

    @property
    def use(self) -> ContextUse | None:
        """What is shown; None where it is not known what the model takes."""
        return self._use

    @property
    def notice(self) -> str:
        """What is said of the last answer; empty for nothing."""
        return self._notice.text()

    def text(self) -> str:
        """Return the words beside the bar."""
        return self._text.text()

    def menu_actions(self) -> list[QAction]:
        """Return what can be chosen where something is left out."""
        return self._menu.actions()

    def show_use(self, use: ContextUse | None) -> None:
        """Show what would be sent now; nothing as long as there is plenty of room."""
        if use == self._use:
            return
        self._use = use
        if use is not None and use.is_worth_a_look:
            self._fill(use)
            self._line.show()
        else:
            self._line.hide()
        self._show()

    def show_notice(self, text: str) -> None:
        """Say something of the last answer, until other text or none is shown."""
        if text == self._notice.text():
            return
        self._notice.setText(text)
        self._notice.setVisible(bool(text))
        self._show()
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), metrics().window_minimum_width // 2), hint.height())

    def _show(self) -> None:
        self.setHidden(self._line.isHidden() and self._notice.isHidden())
        self.updateGeometry()

    def _fill(self, use: ContextUse) -> None:
        self._bar.setValue(min(_FULL, round(_FULL * use.tokens / use.window)))
        self._text.setText(self._sentence(use))
        tip = self._tip(use)
        self._text.setToolTip(tip)
        self._bar.setToolTip(tip)
        for widget in (self._bar, self._text):
            widget.setProperty("level", "over" if use.is_too_long else "")
            widget.style().polish(widget)
        self.left_out_button.setVisible(use.has_choice)
        text = self._left_out(use)
        self.left_out_button.setText(f"{text} ▾")
        self.left_out_button.setAccessibleName(text)
        self.left_out_button.setToolTip(self.tr("Choose what is left out"))
        for action in self._choices.actions():
            action.setChecked(action.data() == use.choice.value)
        self._place.setEnabled(bool(use.left_out) and use.has_later)

    def _sentence(self, use: ContextUse) -> str:
        if use.is_too_long:
            text = self.tr("≈ {tokens} of {window} tokens, too long")
        else:
            text = self.tr("≈ {tokens} of {window} tokens")
        return text.format(tokens=_number(use.tokens), window=_number(use.window))

    def _left_out(self, use: ContextUse) -> str:
        if not use.left_out:
            return self.tr("Everything is sent")
        if use.is_from_start:
            return self.tr("The first %Ln messages are left out", "", use.left_out)
        return self.tr("%Ln messages in the middle are left out", "", use.left_out)

    def _tip(self, use: ContextUse) -> str:
        lines = [
            self.tr("About {tokens} tokens are sent.").format(tokens=_number(use.tokens)),
            self.tr("The model takes {window} together with its answer.").format(
                window=_number(use.window)
            ),
            self.tr("{reserve} are kept free for the answer.").format(reserve=_number(use.reserve)),
        ]
        if use.question:
            text = self.tr("What you are writing is about {question} of them.")
            lines.insert(1, text.format(question=_number(use.question)))
        return "\n".join(lines)

    @Slot()
    def _on_left_out_button_clicked(self) -> None:
        # Upwards: the meter stands at the window's lower edge.
        corner = self.left_out_button.mapToGlobal(self.left_out_button.rect().topLeft())
        corner.setY(corner.y() - self._menu.sizeHint().height())
        self._menu.popup(corner)

    @Slot(QAction)
    def _on_choices_triggered(self, action: QAction) -> None:
        self.choice_made.emit(WhenTooLong(action.data()))

    def _make_menu(self) -> tuple[QMenu, QActionGroup, QAction]:
        menu = QMenu(self)
        menu.setObjectName("leftOutMenu")
        menu.setAccessibleName(self.tr("What is left out"))
        group = QActionGroup(menu)
        for choice, text in (
            (WhenTooLong.OLDEST, self.tr("Leave out the oldest")),
            (WhenTooLong.MIDDLE, self.tr("Leave out the middle")),
            (WhenTooLong.NOTHING, self.tr("Send everything")),
        ):
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setData(choice.value)
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        place = QAction(self.tr("Show where"), menu)
        menu.addAction(place)
        return menu, group, place

    def _make_line(self) -> QWidget:
        amount = QWidget()
        row = QHBoxLayout(amount)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics().space_medium)
        row.addWidget(self._bar)
        row.addWidget(self._text)
        line = QWidget()
        flow = FlowLayout(line)
        flow.addWidget(amount)
        flow.addWidget(self.left_out_button)
        line.hide()
        return line


def _number(value: int) -> str:
    return QLocale().toString(value)
