"""The sidebar beside the conversation, or one of both in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from gui.sidebar.sidebar_frame import SidebarFrame, characters_wide
from gui.sidebar.sidebar_metrics import sidebar_metrics

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SidebarSplitter(QSplitter):
    """Two columns with a border that can be moved; light enough for the first frame.

    A window without room for both shows the conversation, and the sidebar in its place when the
    user asks for it, until `show_content`.

    Signals:
        sidebar_shown: whether the sidebar can be seen now.
    """

    sidebar_shown = Signal(bool)

    def __init__(
        self, frame: SidebarFrame, content: QWidget, parent: QWidget | None = None
    ) -> None:
        # Without an argument: to choose among those with one, Qt's 2,400 names would be loaded.
        super().__init__()
        if parent is not None:
            self.setParent(parent)
        self._frame = frame
        self._content = content
        self._is_collapsed = False
        self._is_narrow = False
        self._is_opened_narrow = False
        self._width = frame.sizeHint().width()

        self.setObjectName("sidebarSplitter")
        self.setChildrenCollapsible(False)
        self.addWidget(frame)
        self.addWidget(content)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self._limit_width()
        self.setSizes([self._width, self._width])

        self.splitterMoved.connect(self._on_splitter_moved)

    @property
    def is_collapsed(self) -> bool:
        """Whether the user wants no sidebar; a narrow window hides it without that."""
        return self._is_collapsed

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one of both alone."""
        return self._is_narrow

    @property
    def is_sidebar_shown(self) -> bool:
        """Whether the sidebar can be seen."""
        return not self._frame.isHidden()

    @property
    def sidebar_width(self) -> int:
        """How wide the user wants the sidebar, in pixels."""
        return self._width

    def set_sidebar_width(self, width: int) -> None:
        """Make the sidebar this wide, within its limits; anything else is no harm."""
        self._width = min(max(width, self._frame.minimumWidth()), self._widest())
        self._arrange()

    @Slot(bool)
    def set_collapsed(self, is_collapsed: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Hide the sidebar, or show it where there is room."""
        self._is_collapsed = is_collapsed
        self._arrange()

    @Slot()
    def toggle(self) -> None:
        """Show the sidebar when it cannot be seen, and hide it when it can."""
        if self._is_narrow:
            self._is_opened_narrow = not self._is_opened_narrow
        else:
            self._is_collapsed = not self._is_collapsed
        self._arrange()

    @Slot()
    def show_sidebar(self) -> None:
        """Show the sidebar, however narrow the window is."""
        if not self.is_sidebar_shown:
            self.toggle()

    @Slot()
    def show_content(self) -> None:
        """Show the conversation: in a narrow window, the sidebar makes way for it."""
        if self._is_opened_narrow:
            self._is_opened_narrow = False
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one of both where there is no room for two."""
        super().resizeEvent(event)
        needed = self._width + characters_wide(sidebar_metrics().content_characters)
        is_narrow = event.size().width() < needed
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._is_opened_narrow = False
            self._arrange()

    def _arrange(self) -> None:
        was_shown = self.is_sidebar_shown
        alone = self._is_narrow and self._is_opened_narrow
        is_shown = alone or not (self._is_narrow or self._is_collapsed)
        self._limit_width(is_limited=not alone)
        self._frame.setVisible(is_shown)
        self._content.setVisible(not alone)
        if is_shown:
            width = self.width() if alone else self._width
            self.setSizes([width, max(1, self.width() - width)])
        if is_shown != was_shown:
            self.sidebar_shown.emit(is_shown)

    def _limit_width(self, *, is_limited: bool = True) -> None:
        self._frame.setMaximumWidth(self._widest() if is_limited else self.maximumWidth())

    def _widest(self) -> int:
        return characters_wide(sidebar_metrics().maximum_characters)

    @Slot(int, int)
    def _on_splitter_moved(self, _position: int, _index: int) -> None:
        self._width = self._frame.width()
