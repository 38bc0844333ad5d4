"""What a conversation needs of the place that it is shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from gui.widgets.composer import Composer
    from gui.widgets.model_picker import ModelPicker


class Pane(Protocol):
    """A composer, who is asked, and room for a transcript; the main window's or the popup's.

    Signals:
        example_chosen: the user wants this example asked.
    """

    example_chosen: SignalInstance

    @property
    def composer(self) -> Composer:
        """Where the user writes."""

    @property
    def model_picker(self) -> ModelPicker:
        """Who is asked."""

    def widget(self) -> QWidget:
        """Return what is put into the window."""

    def show_choice(self, choice: str, model: str = "", name: str = "") -> None:
        """Show who is asked from now on, by the choice and by what it is called."""

    def add_page(self, page: QWidget) -> None:
        """Add what a conversation with messages shows."""

    def add_above_composer(self, *widgets: QWidget) -> None:
        """Put widgets, from top to bottom, between the conversation and where one writes."""

    def show_welcome(self, is_empty: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show what an empty conversation shows, or its messages."""
