"""The files of a mirror: which are ours, what they are called, and how they are written.

A file is ours when its front matter names a conversation and a digest that fits all the rest. One
that its user has edited is the user's from then on: it is never written, moved or removed again.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import atomic_file
from core.models import ConversationTree
from core.transfer.file_names import safe_name
from core.transfer.markdown import SUFFIX, markdown_of
from core.transfer.words import Words, time_text

TRASH = "Trash"
"""The folder for conversations that were deleted: a mirror removes no file."""

_HEAD = 4096
"""Bytes in which the front matter is looked for."""
_MARK = re.compile(
    rb'\A---\r?\nbeseda: "(?P<id>[0-9]{1,19})"\r?\nbeseda_digest: "(?P<digest>[0-9a-f]{32})"\r?\n'
)
_UPDATED = re.compile(rb'^updated: "([^"\r\n]*)"\r?$', re.MULTILINE)
_STEM_LENGTH = 100
"""Bytes; the short id and a number follow."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the head of a file shows."""

    path: Path
    name: str
    updated: str
    """When something was last said, as the front matter has it."""


class MirrorFolder:
    """A folder with a Markdown file for each conversation. All methods block, and raise OSError."""

    def __init__(self, path: Path, *, words: Words) -> None:
        self.path = path
        self._words = words
        self._found: dict[int, list[Found]] = {}

    def scan(self) -> None:
        """Look which conversations have files here; makes the folder, but not what it is in.

        Where a drive is missing, nothing must be written to the place where it belongs.
        """
        self.path.mkdir(exist_ok=True)
        self._found = {}
        for folder in (self.path, self.path / TRASH):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                with contextlib.suppress(OSError):
                    self._look_at(path)

    def is_current(self, conversation_id: int, *, title: str, updated_at: float) -> bool:
        """Whether a file seems to be as the conversation is: by its name and its time."""
        return any(
            found.updated == time_text(updated_at)
            and found.path.parent == self.path
            and f" {self._title_part(title)} " in f" {found.name} "
            for found in self._found.get(conversation_id, ())
        )

    def write(self, tree: ConversationTree) -> None:
        """Bring the conversation's file up to date; renames it when the title has changed."""
        conversation = tree.conversation
        content = _stamped(tree, self._words)
        stem = self._stem(tree)
        own = self._own_file(conversation.id)
        if own is not None and (own.parent != self.path or not _is_named(own, stem)):
            own = own.rename(_free_path(self.path, stem))
        path = own or _free_path(self.path, stem)
        if own is None or _read(own) != content:
            self.path.mkdir(exist_ok=True)
            with atomic_file(path) as file:
                file.write(content)
        self._found[conversation.id] = [
            Found(path, path.stem, time_text(conversation.updated_at)),
            *(f for f in self._found.get(conversation.id, ()) if f.path not in {path, own}),
        ]

    def remove(self, conversation_id: int) -> None:
        """Move the conversation's file to the folder for deleted ones; none is no error."""
        own = self._own_file(conversation_id)
        if own is None or own.parent != self.path:
            return
        trash = self.path / TRASH
        trash.mkdir(exist_ok=True)
        moved = own.rename(_free_path(trash, own.stem))
        self._found[conversation_id] = [Found(moved, moved.stem, "")]

    def _look_at(self, path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        mark = _MARK.match(head)
        if mark is None or path.is_symlink():
            return
        updated = _UPDATED.search(head)
        time = "" if updated is None else updated[1].decode(errors="replace")
        self._found.setdefault(int(mark["id"]), []).append(Found(path, path.stem, time))

    def _own_file(self, conversation_id: int) -> Path | None:
        """Return the file of the conversation that is still as it was written."""
        for found in self._found.get(conversation_id, ()):
            content = _read(found.path)
            if content is not None and is_untouched(content, conversation_id):
                return found.path
        return None

    def _stem(self, tree: ConversationTree) -> str:
        conversation = tree.conversation
        date = time_text(conversation.created_at)[:10]
        short_id = f"{conversation.id & 0xFFFFFF:06x}"
        title = self._title_part(self._words.title(conversation))
        return " ".join(part for part in (date, title, short_id) if part)

    def _title_part(self, title: str) -> str:
        shown = " ".join(title.split()) or self._words.untitled
        return safe_name(shown, longest=_STEM_LENGTH)


def is_untouched(content: bytes, conversation_id: int) -> bool:
    """Whether a file is the one that was written for a conversation, whatever its line ends."""
    mark = _MARK.match(content)
    if mark is None or int(mark["id"]) != conversation_id:
        return False
    rest = content[: mark.start("digest")] + content[mark.end("digest") :]
    return _digest(rest).encode() == mark["digest"]


def _stamped(tree: ConversationTree, words: Words) -> bytes:
    """Return the file's content, with the digest of all the rest of it in the front matter."""
    content = markdown_of(tree, words=words).encode()
    end_of_id = content.index(b"\n", content.index(b"\n") + 1) + 1
    head, tail = content[:end_of_id], content[end_of_id:]
    before, after = head + b'beseda_digest: "', b'"\n' + tail
    return before + _digest(before + after).encode() + after


def _digest(content: bytes) -> str:
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:32]


def _is_named(path: Path, stem: str) -> bool:
    """Whether a file has this name, or this name with a number."""
    rest = path.stem.removeprefix(stem)
    return path.stem.startswith(stem) and re.fullmatch(r"( \([0-9]+\))?", rest) is not None


def _free_path(folder: Path, stem: str) -> Path:
    # A link to nowhere does not exist, but it is there.
    return next(path for path in _paths(folder, stem) if not (path.exists() or path.is_symlink()))


def _paths(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}{SUFFIX}"
    number = 2
    while True:
        yield folder / f"{stem} ({number}){SUFFIX}"
        number += 1


def _read(path: Path) -> bytes | None:
    """Return the content of a file; None when it is gone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
