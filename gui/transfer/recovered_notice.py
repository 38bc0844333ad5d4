"""Tells at the start which answers the program had left unfinished."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from core.models import ConversationSummary
from core.storage.store import Store
from gui.tasks import TaskScope
from gui.widgets.banner import Banner

_MOST = 500
"""Summaries that a store gives at once."""


class RecoveredNotice(QObject):
    """Says it in `banner`, once.

    Signals:
        conversation_requested: the user wants to see this conversation; its id.
    """

    conversation_requested = Signal(object)

    def __init__(self, store: Store, *, scope: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._scope = scope
        self._newest: int | None = None
        self.banner = Banner()
        self.banner.setObjectName("recoveredBanner")

        self.banner.action_requested.connect(self._on_banner_action_requested)

    def start(self) -> None:
        """Say it, if there is anything to say."""
        if self._store.recovered:
            self._scope.start(self._tell(), name="recovered answers")

    async def _tell(self) -> None:
        summaries = await self._store.summaries(self._store.recovered[:_MOST])
        left = [summary for summary in summaries if not summary.deleted_at]
        if left:
            newest = max(left, key=_updated_at)
            self._newest = newest.id
            self.banner.show_text(self._sentence(newest, len(left)), self.tr("Show it"))

    def _sentence(self, newest: ConversationSummary, count: int) -> str:
        title = " ".join(newest.title.split())
        title = title or self.tr("New conversation")
        if count == 1:
            text = self.tr("An answer was interrupted when the program ended: “{title}”.")
        else:
            text = self.tr(
                "Answers in %Ln conversations were interrupted when the program ended, the last"
                " one in “{title}”.",
                "",
                count,
            )
        return text.format(title=title)

    @Slot()
    def _on_banner_action_requested(self) -> None:
        self.banner.clear()
        self.conversation_requested.emit(self._newest)


def _updated_at(summary: ConversationSummary) -> float:
    return summary.updated_at
