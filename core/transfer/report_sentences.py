"""The sentences in which a person reads what an export or an import did.

The terminal prints them; the window has sentences of its own, with the plurals of its language.
Numbers stand at their ends, so that no language has to bend a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.transfer.report import ExportReport, ImportReport, Skipped, SkipReason

IMPORTED = (
    "“{target}”: new conversations: {conversations}, messages in them: {messages},"
    " conversations that were here already: {duplicates}."
)
EXPORTED = "Conversations written to “{target}”: {conversations}."

SKIP_SENTENCES: dict[SkipReason, str] = {
    SkipReason.OTHER_DATA: "Left out, for it is no conversation: {count} ({places}).",
    SkipReason.BROKEN_FILE: "Left out, for the file is broken: {count} ({places}).",
    SkipReason.NO_MESSAGES: "Conversations left out in which nothing is said: {count} ({places}).",
    SkipReason.BROKEN_MESSAGE: "Messages left out without a text or a sender: {count} ({places}).",
    SkipReason.DUPLICATE_MESSAGE: "Messages left out that came twice: {count} ({places}).",
    SkipReason.TOOL_MESSAGE: (
        "Messages left out between the model and its tools: {count} ({places})."
    ),
    SkipReason.ATTACHMENT: (
        "Pictures, sounds and files left out, their places marked in the text: {count} ({places})."
    ),
    SkipReason.BROKEN_LINK: (
        "Messages that follow none in the file, and now begin a branch: {count} ({places})."
    ),
    SkipReason.BROKEN_VALUE: "Settings left out that cannot be understood: {count} ({places}).",
}
"""For each reason, with how often it came and in which conversations or files."""

_MOST_PLACES = 3
_LONGEST_PLACE = 60


def import_sentence(
    report: ImportReport, target: str, *, translate: Callable[[str], str] = str
) -> str:
    """Return what came in from the file named `target`."""
    return translate(IMPORTED).format(
        target=_shown(target),
        conversations=report.conversations,
        messages=report.messages,
        duplicates=report.duplicates,
    )


def export_sentence(
    report: ExportReport, target: str, *, translate: Callable[[str], str] = str
) -> str:
    """Return what was written to the file or folder named `target`."""
    return translate(EXPORTED).format(target=_shown(target), conversations=report.conversations)


def skip_sentences(
    skipped: Iterable[Skipped], *, translate: Callable[[str], str] = str
) -> list[str]:
    """Return one sentence for each reason why something was left out."""
    by_reason: dict[SkipReason, list[Skipped]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one)
    return [
        translate(template).format(
            count=sum(one.count for one in by_reason[reason]),
            places=_places(one.where for one in by_reason[reason]),
        )
        for reason, template in SKIP_SENTENCES.items()
        if reason in by_reason
    ]


def _places(places: Iterable[str]) -> str:
    """Return the first few places; a file of thousands of conversations has as many."""
    shown = list(dict.fromkeys(f"“{_shown(place)}”" for place in places))
    more = ["…"] if len(shown) > _MOST_PLACES else []
    return ", ".join(shown[:_MOST_PLACES] + more)


def _shown(text: str) -> str:
    """Return a name from elsewhere as one short line that steers no terminal."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(printable.split())
    return line if len(line) <= _LONGEST_PLACE else f"{line[: _LONGEST_PLACE - 1].rstrip()}…"
