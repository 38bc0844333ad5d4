"""Where an export goes: one file, a folder of files, or a ZIP; one conversation at a time."""

from __future__ import annotations

import contextlib
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from core.atomic_file import atomic_file
from core.errors import Fault, TransferError
from core.models import ConversationTree
from core.transfer import json_format
from core.transfer.file_names import folded, safe_name, unique_name
from core.transfer.html import html_of
from core.transfer.markdown import markdown_of
from core.transfer.plain_text import plain_text_of
from core.transfer.words import Words, time_text

ZIP_SUFFIX = ".zip"


class ExportFormat(StrEnum):
    """The forms in which conversations are written."""

    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"
    TEXT = "text"


SUFFIXES = {
    ExportFormat.MARKDOWN: ".md",
    ExportFormat.JSON: ".json",
    ExportFormat.HTML: ".html",
    ExportFormat.TEXT: ".txt",
}


def rendered(tree: ConversationTree, *, form: ExportFormat, words: Words) -> bytes:
    """Return a whole file with one conversation."""
    if form is ExportFormat.JSON:
        return b"".join(json_format.json_chunks([tree]))
    return _TEXTS[form](tree, words).encode()


def _markdown(tree: ConversationTree, words: Words) -> str:
    return markdown_of(tree, words=words)


def _html(tree: ConversationTree, words: Words) -> str:
    return html_of(tree, words=words)


def _plain(tree: ConversationTree, words: Words) -> str:
    return plain_text_of(tree, words=words)


_TEXTS: dict[ExportFormat, Callable[[ConversationTree, Words], str]] = {
    ExportFormat.MARKDOWN: _markdown,
    ExportFormat.HTML: _html,
    ExportFormat.TEXT: _plain,
}


class Target(ABC):
    """Takes conversations; all methods block, and raise OSError when the disk does not."""

    def __init__(self, path: Path, *, form: ExportFormat, words: Words) -> None:
        self.files: list[Path] = []
        """What is there once `finish` was called."""
        self._path = path
        self._form = form
        self._words = words

    @abstractmethod
    def add(self, tree: ConversationTree) -> None:
        """Write one conversation."""

    @abstractmethod
    def finish(self) -> None:
        """Put what was written in its place."""

    @abstractmethod
    def abandon(self) -> None:
        """Remove what was written; what was there before is as it was."""

    def _name(self, tree: ConversationTree, taken: set[str]) -> str:
        """Return a name that no other file has, and take it."""
        date = time_text(tree.conversation.created_at)[:10]
        title = self._words.title(tree.conversation)
        stem = safe_name(f"{date} {title}") or safe_name(self._words.untitled) or "conversation"
        name = unique_name(stem, SUFFIXES[self._form], taken)
        taken.add(folded(name))
        return name


class FolderTarget(Target):
    """A folder with a file for each conversation; files that are there already stay."""

    def __init__(self, path: Path, *, form: ExportFormat, words: Words) -> None:
        super().__init__(path, form=form, words=words)
        self._taken: set[str] | None = None

    def add(self, tree: ConversationTree) -> None:
        """Write a file."""
        if self._taken is None:
            self._path.mkdir(parents=True, exist_ok=True)
            self._taken = {folded(file.name) for file in self._path.iterdir()}
        path = self._path / self._name(tree, self._taken)
        with atomic_file(path) as file:
            file.write(rendered(tree, form=self._form, words=self._words))
        self.files.append(path)

    def finish(self) -> None:
        """Nothing is left to do."""

    def abandon(self) -> None:
        """Remove the files of this export."""
        for path in self.files:
            with contextlib.suppress(OSError):
                path.unlink()
        self.files.clear()


class _OneFile(Target):
    """A file that grows, and takes its place at the end."""

    def __init__(self, path: Path, *, form: ExportFormat, words: Words) -> None:
        super().__init__(path, form=form, words=words)
        self._open = contextlib.ExitStack()
        self._count = 0

    def finish(self) -> None:
        """Close the file, and let it take its place."""
        if self._count:
            self._end()
            self._open.close()
            self.files.append(self._path)

    def abandon(self) -> None:
        """Remove the unfinished file."""
        with contextlib.suppress(_Abandoned):
            self._open.__exit__(_Abandoned, _Abandoned(), None)

    def _end(self) -> None:
        """Write what comes after the last conversation."""


class _Abandoned(Exception):  # noqa: N818 - it ends a file, and nobody sees it
    """Tells an unfinished file to go."""


class FileTarget(_OneFile):
    """A file: any number of conversations as JSON, just one in the other forms."""

    def add(self, tree: ConversationTree) -> None:
        """Write to the file, which is made for the first conversation."""
        is_first = self._count == 0
        self._count += 1
        if is_first:
            self._file = self._open.enter_context(atomic_file(self._path))
        if self._form is ExportFormat.JSON:
            self._file.write(json_format.HEAD if is_first else json_format.SEPARATOR)
            self._file.write(json_format.encoded(tree))
        else:
            self._file.write(rendered(tree, form=self._form, words=self._words))

    def _end(self) -> None:
        if self._form is ExportFormat.JSON:
            self._file.write(json_format.TAIL)


class ZipTarget(_OneFile):
    """A ZIP with a file for each conversation."""

    def __init__(self, path: Path, *, form: ExportFormat, words: Words) -> None:
        super().__init__(path, form=form, words=words)
        self._taken: set[str] = set()

    def add(self, tree: ConversationTree) -> None:
        """Write a file into the ZIP."""
        if not self._count:
            file = self._open.enter_context(atomic_file(self._path))
            self._archive = self._open.enter_context(
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
            )
        self._count += 1
        member = zipfile.ZipInfo(self._name(tree, self._taken), _zip_time(tree))
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o600 << 16
        content = rendered(tree, form=self._form, words=self._words)
        self._archive.writestr(member, content)


def _zip_time(tree: ConversationTree) -> tuple[int, int, int, int, int, int]:
    """Return a time as a ZIP can hold it, which knows the years 1980 to 2107."""
    seconds = tree.conversation.updated_at or tree.conversation.created_at
    try:
        time = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return 1980, 1, 1, 0, 0, 0
    if not 1980 <= time.year <= 2107:
        return 1980, 1, 1, 0, 0, 0
    return time.year, time.month, time.day, time.hour, time.minute, time.second


def target_at(path: Path, *, form: ExportFormat, count: int, words: Words) -> Target:
    """Return what `path` means for `count` conversations: a ZIP, a file, or a folder.

    Raises:
        TransferError: it is a file's name, and only JSON holds several in one file.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        return FolderTarget(path, form=form, words=words)
    if suffix == ZIP_SUFFIX:
        return ZipTarget(path, form=form, words=words)
    is_file = suffix == SUFFIXES[form] or (suffix and count == 1)
    if not is_file:
        return FolderTarget(path, form=form, words=words)
    if count > 1 and form is not ExportFormat.JSON:
        raise TransferError(fault=Fault.NEEDS_A_FOLDER, target=path.name)
    return FileTarget(path, form=form, words=words)
