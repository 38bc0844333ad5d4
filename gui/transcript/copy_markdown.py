"""Marked blocks as Markdown, and as plain text that reads like it, with tab-separated tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gui.transcript.copy_pieces import Piece, loose_lists
from gui.transcript.segments import (
    BOLD,
    CODE,
    ITALIC,
    STRIKE,
    Container,
    Item,
    Kind,
    Note,
    Path,
    Quote,
    Row,
    Run,
    RunKind,
)

_SIGNS = ((BOLD, "**"), (STRIKE, "~~"), (ITALIC, "*"))
_SPECIAL = re.compile(
    r"[\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|\$(?=\S)|(?<![^\W_])_|_(?![^\W_])"
)
_LINE_START = re.compile(
    r"(?m)^(\s*)([-+>]|#{1,6}(?=\s|$)|={3,}|~{3,})|^(\s*\d{1,9})([.)])(?=\s|$)"
)
_TICKS = re.compile(r"`+")


def markdown_lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the lines of Markdown that reads as the same blocks of one message again."""
    return _written(pieces, escapes=True)


def plain_lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the lines of the readable source: no escapes, tab-separated tables."""
    return _written(pieces, escapes=False)


def bare_source(pieces: Sequence[Piece]) -> str | None:
    """Return what is copied as plain text of code that is alone: no fence is around it."""
    if len(pieces) == 1 and pieces[0].kind in {Kind.CODE, Kind.HTML, Kind.MATH}:
        return pieces[0].source
    return None


def _written(pieces: Sequence[Piece], *, escapes: bool) -> Iterator[str]:
    loose = loose_lists(pieces)
    before: Piece | None = None
    for piece in pieces:
        if before is not None:
            yield from _between(before, piece, loose)
        first, rest = _prefixes(piece.path, piece.opened if before is not None else 0)
        for number, line in enumerate(_lines(piece, escapes=escapes)):
            prefix = rest if number else first
            yield prefix + line if line else prefix.rstrip(" ")
        before = piece


def _between(before: Piece, piece: Piece, loose: set[int]) -> list[str]:
    """Return the blank line between two blocks, if there is one."""
    shared = 0
    while shared < min(len(before.path), len(piece.path)):
        if before.path[shared] != piece.path[shared]:
            break
        shared += 1
    _, rest = _prefixes(piece.path[:shared], shared)
    if not piece.gap and piece.kind is Kind.PARAGRAPH and not piece.path and not before.path:
        return []  # lines of a text that is no Markdown
    begun = piece.path[piece.opened] if piece.opened < len(piece.path) else None
    if isinstance(begun, Item) and before.path:
        outer = piece.path[piece.opened - 1] if piece.opened else None
        goes_on = any(
            isinstance(item, Item) and item.list_start == begun.list_start for item in before.path
        )
        if goes_on and begun.list_start not in loose:
            return []
        if not goes_on and isinstance(outer, Item) and not piece.gap:
            return []
    return [rest.rstrip(" ")]


def _prefixes(path: Path, opened: int) -> tuple[str, str]:
    """Return what stands before the first line of a block and before the others."""
    first = rest = ""
    for index, container in enumerate(path):
        mark, indent = _mark(container)
        first += mark if index >= opened or isinstance(container, Quote) else indent
        rest += indent
    return first, rest


def _mark(container: Container) -> tuple[str, str]:
    if isinstance(container, Quote):
        return "> ", "> "
    if isinstance(container, Note):
        return f"[^{container.label}]: ", "    "
    mark = f"{container.number}{container.sign} " if container.ordered else container.sign + " "
    return mark, " " * len(mark)


def _lines(piece: Piece, *, escapes: bool) -> Iterator[str]:
    if piece.kind is Kind.TABLE:
        return _table(piece) if escapes else _tab_separated(piece)
    return iter(_block(piece, escapes=escapes).split("\n"))


def _block(piece: Piece, *, escapes: bool) -> str:
    if piece.kind is Kind.RULE:
        return "***"
    if piece.kind is Kind.CODE:
        return _fenced(piece)
    if piece.kind is Kind.HTML:
        return piece.source
    if piece.kind is Kind.MATH:
        return f"$$\n{piece.source}\n$$"
    text = inline(piece.runs, escapes=escapes)
    if piece.task is not None:
        text = ("[x] " if piece.task else "[ ] ") + text
    if not piece.level:
        return text
    return "#" * piece.level + " " + text.replace("\\\n", " ").replace("\n", " ")


def _fenced(piece: Piece) -> str:
    if not piece.is_whole and "\n" not in piece.source:
        return piece.source
    longest = max([2, *[len(found) for found in _TICKS.findall(piece.source)]])
    fence = ("`" if "`" not in piece.info else "~") * (longest + 1)
    return f"{fence}{piece.info}\n{piece.source}\n{fence}"


def _table(piece: Piece) -> Iterator[str]:
    header = piece.full_header if piece.header is None else piece.header
    rules = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
    yield _table_row(header)
    yield "| " + " | ".join([rules[align] for align in piece.aligns]) + " |"
    for row in piece.rows:
        yield _table_row(row)


def _table_row(row: Row) -> str:
    cells = [inline(cell, escapes=True).replace("\\\n", " ").replace("|", "\\|") for cell in row]
    return "| " + " | ".join(cells) + " |"


def _tab_separated(piece: Piece) -> Iterator[str]:
    for row in piece.rows if piece.header is None else [piece.header, *piece.rows]:
        yield "\t".join([_cell(cell) for cell in row])


def _cell(cell: Sequence[Run]) -> str:
    """Return a cell's words; a tab or line end in them would make another cell."""
    words = [run.title if run.kind in _OBJECTS else run.text for run in cell]
    return "".join(words).replace("\t", " ").replace("\n", " ")


_OBJECTS = {RunKind.MATH, RunKind.DISPLAY_MATH, RunKind.IMAGE}


def inline(runs: Sequence[Run], *, escapes: bool) -> str:
    """Return the Markdown of running text."""
    writer = _InlineWriter(escapes=escapes)
    for run in _with_bare_blanks(runs):
        writer.add(run)
    text = writer.finished()
    if not escapes:
        return text
    return _LINE_START.sub(lambda found: _escaped_start(*found.groups("")), text)


def _escaped_start(blanks: str, sign: str, number: str, dot: str) -> str:
    return f"{number}\\{dot}" if number else f"{blanks}\\{sign}"


class _InlineWriter:
    """Opens and closes marks and links between runs."""

    def __init__(self, *, escapes: bool) -> None:
        self._escapes = escapes
        self._parts: list[str] = []
        self._opened: list[tuple[int, str]] = []
        self._link = ("", "")

    def add(self, run: Run) -> None:
        """Write a run."""
        link = (run.href, run.title)
        if run.kind in _OBJECTS or run.kind is RunKind.NOTE or _is_bare_address(run):
            link = ("", "")
        if link != self._link:
            self._close_marks(0)
            self._close_link()
            self._parts.append("[" if link[0] else "")
            self._link = link
        while any(not run.marks & mark for mark, _ in self._opened):
            self._close_marks(len(self._opened) - 1)
        for mark, sign in _SIGNS:
            if run.marks & mark and (mark, sign) not in self._opened:
                self._opened.append((mark, sign))
                self._parts.append(sign)
        self._parts.append(self._text(run))

    def finished(self) -> str:
        """Return all that was written."""
        self._close_marks(0)
        self._close_link()
        return "".join(self._parts)

    def _close_marks(self, count: int) -> None:
        while len(self._opened) > count:
            self._parts.append(self._opened.pop()[1])

    def _close_link(self) -> None:
        href, title = self._link
        if href:
            name = ' "' + title.replace("\\", "\\\\").replace('"', '\\"') + '"' if title else ""
            self._parts.append(f"]({_target(href)}{name})")
        self._link = ("", "")

    def _text(self, run: Run) -> str:  # noqa: PLR0911 - one a kind
        if run.kind in {RunKind.MATH, RunKind.DISPLAY_MATH}:
            return run.title
        if run.kind is RunKind.IMAGE:
            return f"![{self._escaped(run.title)}]({_target(run.href)})"
        if run.kind is RunKind.NOTE:
            return f"[^{run.text}]"
        if run.kind is RunKind.BREAK:
            return "\\\n" if self._escapes else "\n"
        if run.kind is RunKind.HTML:
            return run.text
        if run.marks & CODE:
            return _code(run.text)
        return run.text if _is_bare_address(run) else self._escaped(run.text)

    def _escaped(self, text: str) -> str:
        return _SPECIAL.sub(r"\\\g<0>", text) if self._escapes else text


def _target(href: str) -> str:
    return href if href and href.count("(") == href.count(")") == 0 else f"<{href}>"


def _is_bare_address(run: Run) -> bool:
    """Whether a link is written as its address, and reads as a link when written so."""
    if not run.href or run.title:
        return False
    return run.href in {run.text, "mailto:" + run.text, "http://" + run.text} and (
        run.text.startswith(("http://", "https://", "www.")) or run.href.startswith("mailto:")
    )


def _code(text: str) -> str:
    longest = max([0, *[len(found) for found in _TICKS.findall(text)]])
    fence = "`" * (longest + 1)
    pad = " " if text[:1] in {"`", " "} or text[-1:] == "`" or not text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _with_bare_blanks(runs: Sequence[Run]) -> list[Run]:
    """Return the runs with blanks at the edges of a format outside of it, where they belong."""
    bare: list[Run] = []
    for index, run in enumerate(runs):
        if run.kind is not RunKind.TEXT or not run.marks or run.marks & CODE:
            bare.append(run)
            continue
        core = run.text.strip()
        start = run.text.index(core) if core else len(run.text)
        before = runs[index - 1] if index else Run("")
        after = runs[index + 1] if index + 1 < len(runs) else Run("")
        for text, other in (
            (run.text[:start], before),
            (core, run),
            (run.text[start + len(core) :], after),
        ):
            if text:
                same_link = other.href if other.href == run.href else ""
                title = run.title if same_link else ""
                bare.append(Run(text, run.marks & other.marks & ~CODE, same_link, title=title))
    return bare
