"""Reads a file of any known form into conversations; which form it is shows in its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import Fault, TransferError
from core.models import ConversationTree
from core.transfer import chatbox, chatgpt, json_format, librechat, open_webui
from core.transfer.containers import SizeLimits, Text, texts_in
from core.transfer.json_pieces import Piece, split_list, split_top, value_of
from core.transfer.json_values import line_of, mapping_of
from core.transfer.report import Skipped, SkipReason, Source

_Reader = Callable[[Mapping[str, Any], Counter[SkipReason]], list[ConversationTree]]


@dataclass(slots=True)
class Reading:
    """What has been read so far."""

    trees: list[ConversationTree] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    sources: set[Source] = field(default_factory=set)


def read_file(
    path: Path,
    *,
    limits: SizeLimits | None = None,
    progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Return all conversations in the file at `path`. It may take long: run it in a thread.

    `progress` is called with bytes of the file, in the same thread. When `is_cancelled` says so,
    the reading ends early, with what it has: the caller throws it away.

    Raises:
        TransferError: the file is damaged, too large, or of no known form.
    """
    reading = Reading()
    is_archive = False
    try:
        size = max(1, path.stat().st_size)
        for text in texts_in(path, limits=limits or SizeLimits()):
            is_archive = is_archive or text.where != path.name
            for number, of in _read_text(text, reading, is_archive=is_archive):
                if is_cancelled is not None and is_cancelled():
                    return reading
                if progress is not None:
                    # The last text ends where the file does; a piece is its share of the text.
                    done = text.read - len(text.content) * (of - number) // max(1, of)
                    progress(max(0, min(done, size)), size)
    except OSError as exc:
        raise TransferError(
            exc.strerror or str(exc), fault=Fault.FILE_UNREADABLE, target=path.name
        ) from exc
    except TransferError as exc:
        exc.data.setdefault("target", path.name)
        raise
    if not reading.sources:
        raise TransferError(fault=Fault.UNKNOWN_EXPORT, target=path.name)
    return reading


def _read_text(text: Text, reading: Reading, *, is_archive: bool) -> Iterator[tuple[int, int]]:
    """Read one JSON text, and yield after each piece how many of how many are done.

    A ZIP holds other things too: there, a text of no known form is skipped, not refused.
    """
    try:
        source, pieces = _pieces(text)
    except TransferError as exc:
        if not is_archive or exc.fault is Fault.NEWER_EXPORT:
            raise
        reading.skipped.append(Skipped(text.where, SkipReason.BROKEN_FILE))
        return
    if source is not None:
        reading.sources.add(source)
    strangers = 0
    for number, piece in enumerate(pieces, 1):
        strangers += not _read_piece(text, piece, source=source, reading=reading)
        yield number, len(pieces)
    if strangers:
        reading.skipped.append(Skipped(text.where, SkipReason.OTHER_DATA, strangers))


def _pieces(text: Text) -> tuple[Source | None, list[Piece]]:
    """Return the pieces that may be conversations, and the program whose they must be."""
    top = split_top(text.content)
    if isinstance(top, list):
        return None, top
    if "format" in top and value_of(top["format"]) == json_format.FORMAT:
        json_format.check_version({"version": value_of(top.get("version"))})
        return Source.BESEDA, split_list(top.get("conversations"))
    if chatbox.is_backup(top):
        return Source.CHATBOX, list(_sessions(top))
    if "mapping" not in top and "conversations" in top:
        return None, split_list(top["conversations"])
    return None, [{key: value_of(piece) for key, piece in top.items()}]


def _sessions(top: dict[str, Piece]) -> Iterator[Piece]:
    newer = [key for key in top if key.startswith(chatbox.SESSION_PREFIX)]
    yield from (top[key] for key in newer)
    if "session" in top:
        yield top["session"]
    if not newer:
        yield from split_list(top.get(chatbox.OLD_SESSIONS))


_READERS: dict[Source, _Reader] = {
    Source.BESEDA: json_format.read,
    Source.CHATGPT: chatgpt.read,
    Source.CHATBOX: chatbox.read,
    Source.LIBRECHAT: librechat.read,
    Source.OPEN_WEBUI: open_webui.read,
}


def _source_of(value: Mapping[str, Any]) -> Source | None:
    if chatgpt.recognises(value):
        return Source.CHATGPT
    if open_webui.recognises(value):
        return Source.OPEN_WEBUI
    if librechat.recognises(value):
        return Source.LIBRECHAT
    return None


def _read_piece(text: Text, piece: Piece, *, source: Source | None, reading: Reading) -> bool:
    """Read what may be a conversation, and return whether it was one."""
    value = mapping_of(value_of(piece))
    if source is Source.CHATBOX and not chatbox.recognises(value):
        return False
    found = source or _source_of(value)
    if found is None or not value:
        return False
    reading.sources.add(found)
    skipped: Counter[SkipReason] = Counter()
    trees = _READERS[found](value, skipped)
    for tree in trees:
        if tree.messages or found is Source.BESEDA:
            reading.trees.append(tree)
        else:
            skipped[SkipReason.NO_MESSAGES] += 1
    where = line_of(value.get("title")) or line_of(value.get("name")) or text.where
    reading.skipped.extend(
        Skipped(where, reason, count) for reason, count in skipped.items() if count
    )
    return True
