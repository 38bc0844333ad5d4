"""The words of a row: short enough for a list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject

from core.models import ConversationSummary
from gui.sidebar.day_groups import Group, GroupKind, local_day
from gui.sidebar.row_look import RowLook

_LONGEST_TITLE = 300
"""Characters; more of it is never seen."""
_DAYS_WITH_NAMES = 7
KEPT_DAYS = 30
"""How long the trash keeps what was deleted."""


class SummaryTexts(QObject):
    """Titles, times, groups and ages in the user's language."""

    def look(self, summary: ConversationSummary, today: date) -> RowLook:
        """Return what a row shows."""
        title = self.title(summary)
        if summary.deleted_at:
            return RowLook(title, note=self.in_trash(summary.deleted_at, today))
        return RowLook(
            title,
            time=self.short(summary.updated_at, today),
            is_pinned=summary.is_pinned,
            is_streaming=summary.is_streaming,
        )

    def title(self, summary: ConversationSummary) -> str:
        """Return a title of one line, also for a conversation that has none."""
        return " ".join(summary.title[:_LONGEST_TITLE].split()) or self.tr("New conversation")

    def spoken(self, summary: ConversationSummary, group: Group | None, *, today: date) -> str:
        """Return what a screen reader says of a row."""
        if group is not None:
            about = self.group(group)
        elif summary.deleted_at:
            about = self.in_trash(summary.deleted_at, today)
        else:
            about = self.short(summary.updated_at, today)
        parts = [self.title(summary), about]
        if summary.is_streaming:
            parts.append(self.tr("an answer is being written"))
        return ", ".join(parts)

    def short(self, moment: float, today: date) -> str:
        """Return the time of a recent day, the name of a day of this week, or a date."""
        locale = QLocale()
        when = QDateTime.fromMSecsSinceEpoch(round(moment * 1000))
        age = (today - local_day(moment)).days
        if age <= 0:
            return locale.toString(when.time(), QLocale.FormatType.ShortFormat)
        if age < _DAYS_WITH_NAMES:
            return locale.toString(when.date(), "ddd")
        if when.date().year() == today.year:
            return locale.toString(when.date(), "d MMM")
        return locale.toString(when.date(), QLocale.FormatType.ShortFormat)

    def group(self, group: Group) -> str:
        """Return the words above a group."""
        if group.month is not None:
            month = QDate(group.month.year, group.month.month, 1)
            text = QLocale().toString(month, "LLLL yyyy")
            return text[:1].upper() + text[1:]
        return {
            GroupKind.PINNED: self.tr("Pinned"),
            GroupKind.TODAY: self.tr("Today"),
            GroupKind.YESTERDAY: self.tr("Yesterday"),
            GroupKind.WEEK: self.tr("Previous 7 days"),
            GroupKind.MONTH: self.tr("Previous 30 days"),
        }[group.kind]

    def in_trash(self, moment: float, today: date) -> str:
        """Return how long ago something was deleted, and how long it is kept."""
        age = max(0, (today - local_day(moment)).days)
        left = max(0, KEPT_DAYS - age)
        gone = self.tr("Deleted %Ln days ago", "", age) if age else self.tr("Deleted today")
        return f"{gone} · {self.tr('kept %Ln more days', '', left)}"
