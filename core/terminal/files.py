"""Files that go with a question."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.attachments import LARGEST_FILE, MOST_FILES, attachment_from
from core.errors import AttachmentError, Fault
from core.models import Attachment


def read_files(paths: Iterable[Path], *, before: int = 0) -> tuple[Attachment, ...]:
    """Return the files at `paths`, as they go with a question that has `before` others.

    Raises:
        AttachmentError: one cannot be read, is too large, or is neither a picture nor a text; or
            there are too many.
    """
    found: list[Attachment] = []
    for path in paths:
        if before + len(found) >= MOST_FILES:
            raise AttachmentError(
                fault=Fault.TOO_MANY_ATTACHMENTS, file=path.name, count=MOST_FILES
            )
        found.append(_read(path))
    return tuple(found)


def _read(path: Path) -> Attachment:
    try:
        with path.expanduser().open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError, RuntimeError) as exc:
        # A name may hold what no name can, and ~somebody may be nobody.
        reason = getattr(exc, "strerror", None) or str(exc)
        raise AttachmentError(reason, fault=Fault.FILE_UNREADABLE, target=str(path)) from exc
    return attachment_from(path.name, data)
