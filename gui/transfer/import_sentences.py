"""What an import did, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QObject

from core.errors import ChatError
from core.transfer.report import ImportReport, Skipped, SkipReason
from gui.sentences import translated_sentence

_MOST_PLACES = 500
"""Of one reason in the list."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What came of one or more files."""

    reports: tuple[ImportReport, ...] = ()
    errors: tuple[ChatError, ...] = ()
    """Of the files of which nothing came in."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The conversations that came in."""
        return tuple(identity for report in self.reports for identity in report.ids)

    @property
    def skipped(self) -> list[Skipped]:
        """All that was left out, or changed on the way."""
        return [skipped for report in self.reports for skipped in report.skipped]


class ImportSentences(QObject):
    """Makes the sentences, in the user's language."""

    def summary(self, outcome: ImportOutcome) -> str:
        """Return how much came in, and how much was here already."""
        lines = []
        if outcome.ids:
            messages = sum(report.messages for report in outcome.reports)
            conversations = self.tr("%Ln conversations came in", "", len(outcome.ids))
            lines.append(f"{conversations}, {self.tr('with %Ln messages.', '', messages)}")
        else:
            lines.append(self.tr("No new conversation came in."))
        known = sum(report.duplicates for report in outcome.reports)
        if known:
            lines.append(self.tr("%Ln conversations were here already.", "", known))
        return "\n".join(lines)

    def problems(self, outcome: ImportOutcome) -> str:
        """Return what could not be read, and what was left out and why; empty when all came in."""
        lines = [translated_sentence(error) for error in outcome.errors]
        for reason in SkipReason:
            found = [skipped for skipped in outcome.skipped if skipped.reason is reason]
            if found:
                lines += ["", *self._of_reason(reason, found)]
        return "\n".join(lines).strip()

    def _of_reason(self, reason: SkipReason, found: list[Skipped]) -> Iterator[str]:
        total = QLocale().toString(sum(skipped.count for skipped in found))
        yield f"{self.reason(reason)}: {total}"
        yield from self._places(found[:_MOST_PLACES])
        if len(found) > _MOST_PLACES:
            rest = self.tr("and %Ln more places", "", len(found) - _MOST_PLACES)
            yield f"    {rest}"

    def _places(self, found: Iterable[Skipped]) -> Iterator[str]:
        for skipped in found:
            count = f" ({QLocale().toString(skipped.count)})" if skipped.count > 1 else ""
            yield f"    {skipped.where}{count}"

    def reason(self, reason: SkipReason) -> str:
        """Return why something was left out."""
        return {
            SkipReason.OTHER_DATA: self.tr("Left out, because it is no conversation"),
            SkipReason.BROKEN_FILE: self.tr("Left out, because the file is damaged"),
            SkipReason.NO_MESSAGES: self.tr("Left out, because nothing is said in it"),
            SkipReason.BROKEN_MESSAGE: self.tr("Messages left out, because they have no text"),
            SkipReason.DUPLICATE_MESSAGE: self.tr("Messages left out, because they came twice"),
            SkipReason.TOOL_MESSAGE: self.tr("Messages between a model and its tools left out"),
            SkipReason.ATTACHMENT: self.tr("Pictures and files left out; the text marks where"),
            SkipReason.BROKEN_LINK: self.tr(
                "Messages that followed nothing; they begin a branch of their own"
            ),
            SkipReason.BROKEN_VALUE: self.tr("Settings left out, because they are not understood"),
        }[reason]
