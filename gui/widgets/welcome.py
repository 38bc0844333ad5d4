"""What an empty conversation shows: a greeting, and questions to begin with."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from gui.metrics import metrics
from gui.properties import set_by_name
from gui.widgets.column import Column


class Welcome(QScrollArea):
    """A greeting with example questions; scrolls where the window is too low for it.

    Signals:
        example_chosen: the user wants to ask this.
    """

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        set_by_name(self, focusPolicy="NoFocus", horizontalScrollBarPolicy="ScrollBarAlwaysOff")
        self._title = _label("welcomeTitle", self.tr("What shall we talk about?"))
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * metrics().title_scale)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._text = _label("welcomeText", "")
        self._examples = QButtonGroup(self)

        column = Column()
        column.setObjectName("welcome")
        column.add_stretch()
        column.add(self._title)
        column.add(self._text)
        column.add_space(metrics().space_large)
        for text in self._questions():
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setProperty("kind", "example")
            button.setAutoDefault(False)
            self._examples.addButton(button)
            column.add(button)
        column.add_stretch()
        self.setWidget(column)

        self._examples.buttonClicked.connect(self._on_examples_button_clicked)

    def set_service(self, text: str) -> None:
        """Say in one sentence who will answer."""
        self._text.setText(text)

    def _questions(self) -> list[str]:
        return [
            self.tr("Explain black holes in three sentences"),
            self.tr("Compare tea and coffee in a table"),
            self.tr("Write a Python function that finds duplicates"),
        ]

    @Slot(QAbstractButton)
    def _on_examples_button_clicked(self, button: QAbstractButton) -> None:
        self.example_chosen.emit(button.text())


def _label(name: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    set_by_name(label, alignment="AlignHCenter")
    return label
