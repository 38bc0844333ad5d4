"""One line of Markdown, and which block begins at its start.

A line may still be arriving. Then a question about its start is answered only when no further text
of the line can change the answer; otherwise `Unfinished` is raised. What a line is, is decided by
its first `MAX_HEAD` characters, so that a line of any length costs no more.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gui.transcript.inline_tokens import TAG, TAG_BEGINS
from gui.transcript.references import Unfinished

MAX_HEAD = 1024
MAX_COLUMNS = 64

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|\Z)")
_FENCE = re.compile(r"(?:(`{3,})([^`]*)|(~{3,})(.*))\Z", re.DOTALL)
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})\Z")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*\Z")
_ITEM = re.compile(r"([-*+])(?=[ \t]|\Z)|(\d{1,9})([.)])(?=[ \t]|\Z)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,100})\]:[ \t]*")
_DELIMITER_ROW = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*\Z")
_MATH_LINE = re.compile(r"\$\$(.+?)\$\$([.,;:]?)[ \t]*\Z|\\\[(.+?)\\\]([.,;:]?)[ \t]*\Z", re.DOTALL)
_MATH_OPEN = re.compile(r"\$\$(?!.*\$\$)(.*)\Z|\\\[(?=\s|\\|\Z)(?!.*\\\])(.*)\Z", re.DOTALL)
_UNDECIDED = re.compile(
    r"(?:#{1,6}|`{1,2}|`{3,}[^`]*|~{1,2}|~{3,}.*|(?:\*[ \t]*)+|(?:-[ \t]*)+|(?:_[ \t]*)+|\+[ \t]*"
    r"|\d{1,9}(?:[.)][ \t]*)?|\$|\$\$.*|\\|\\\[.*|\[\^?|\[\^[^\]\s]{0,100}\]?:?[ \t]*)\Z",
    re.DOTALL,
)
_UNDECIDED_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_UNDECIDED_ROW = re.compile(r"[-|: \t]*\Z")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[123456]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_HTML_STARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"<(?:script|pre|textarea|style)(?:\s|>|\Z)",
        r"<!--",
        r"<\?",
        r"<![A-Za-z]",
        r"<!\[CDATA\[",
        rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|\Z)",
    )
)
HTML_ENDS = (
    re.compile(r"</(?:script|pre|textarea|style)>", re.IGNORECASE),
    re.compile(r"-->"),
    re.compile(r"\?>"),
    re.compile(r">"),
    re.compile(r"\]\]>"),
)
_HTML_NAME = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*/?|/|!|!-|!\[[CDAT]{0,5}\[?)?\Z")


class Line:
    """What is left of a line after the markers of its containers; columns count tabs."""

    __slots__ = ("column", "complete", "indent", "long", "rest", "tail", "taken", "text")

    def __init__(self, text: str, *, complete: bool) -> None:
        self.rest = text[:MAX_HEAD]
        self.tail = text[MAX_HEAD:]
        """What decides nothing and goes to the leaf as it is."""
        self.long = bool(self.tail)
        self.column = 0
        self.taken = 0
        """How many characters the markers used: an offset into the line."""
        self.complete = complete or self.long
        """Whether enough of the line is there to tell what it is."""
        self._measure()

    def _measure(self) -> None:
        """Find the indent, in columns, and the text behind it."""
        rest = self.rest
        if rest and rest[0] not in " \t":
            self.indent, self.text = 0, rest
            return
        self.text = rest.lstrip(" \t")
        column = self.column
        for char in rest[: len(rest) - len(self.text)]:
            column += 1 if char == " " else 4 - column % 4
        self.indent = column - self.column

    @property
    def blank(self) -> bool:
        """Whether nothing but blanks is left; raises `Unfinished` if text may follow."""
        if self.text or self.long:
            return False
        if not self.complete:
            raise Unfinished
        return True

    @property
    def head(self) -> str:
        """The text that decides what the line is; of a long line a part that ends in no block."""
        return self.text + "x" if self.long else self.text

    @property
    def whole_text(self) -> str:
        """The text behind the indent, all of it."""
        return self.text + self.tail

    @property
    def whole_rest(self) -> str:
        """The indent and the text."""
        return self.rest + self.tail

    def take_blanks(self, columns: int) -> None:
        """Take up to so many columns of blanks; a tab may be taken in part."""
        column, used, goal = self.column, 0, self.column + columns
        pad = ""
        for char in self.rest:
            if column >= goal or char not in " \t":
                break
            used += 1
            column += 1 if char == " " else 4 - column % 4
        if column > goal:
            pad = " " * (column - goal)
            column = goal
        self.taken += used
        self.rest = pad + self.rest[used:]
        self.column = column
        self._measure()

    def take(self, count: int) -> None:
        """Take the indent and so many characters behind it."""
        self.taken += len(self.rest) - len(self.text) + count
        self.column += self.indent + count
        self.rest = self.text[count:]
        self._measure()

    def copy(self) -> Line:
        """Return a line that can be taken from without changing this one."""
        twin = Line.__new__(Line)
        for name in Line.__slots__:
            setattr(twin, name, getattr(self, name))
        return twin


class ItemMarker(NamedTuple):
    """The marker of a list item."""

    width: int
    ordered: bool
    number: int
    sign: str


class MathStart(NamedTuple):
    """The first line of a displayed formula: its TeX, and what closes it, if not closed."""

    tex: str
    closing: str


def undecided(line: Line, *, after_text: bool, after_row: bool) -> bool:
    """Whether more text of this line may change which block begins here.

    Args:
        line: a line that is still arriving, with some text.
        after_text: it follows a line of the same paragraph.
        after_row: that line may be the header of a table.
    """
    if line.complete:
        return False
    text = line.text
    if after_text and _UNDECIDED_UNDERLINE.match(text):
        return True
    if after_row and _UNDECIDED_ROW.match(text):
        return True
    if text[0] == "<":
        return _html_undecided(text, after_text=after_text)
    return _UNDECIDED.match(text) is not None


def _html_undecided(text: str, *, after_text: bool) -> bool:
    if any(start.match(text + "\x01") for start in _HTML_STARTS):
        return False
    if _HTML_NAME.match(text):
        return True
    if after_text:
        return False
    found = TAG.match(text)
    if found:
        return not text[found.end() :].strip(" \t")
    return TAG_BEGINS.match(text) is not None


def heading(line: Line) -> tuple[int, int] | None:
    """Return level and width of the mark of an ATX heading."""
    found = _HEADING.match(line.head)
    return (len(found[1]), found.end()) if found else None


def fence(line: Line) -> tuple[str, str] | None:
    """Return the opening fence and its info string."""
    found = _FENCE.match(line.head)
    if found is None or line.long:
        return None
    return (found[1], found[2]) if found[1] else (found[3], found[4])


def closes_fence(line: Line, mark: str) -> bool:
    """Whether the line is the closing fence for `mark`; raises `Unfinished` if it may be."""
    if line.indent >= 4:
        return False
    bare = line.head.rstrip(" \t")
    if bare.strip(mark[0]):
        return False
    if not line.complete:
        raise Unfinished
    return len(bare) >= len(mark)


def is_rule(line: Line) -> bool:
    """Whether the line is a thematic break."""
    return _RULE.match(line.head) is not None


def underline_level(line: Line) -> int:
    """Return 1 or 2 if the line can underline a heading, else 0."""
    found = _UNDERLINE.match(line.head)
    return 0 if found is None else 1 if found[1][0] == "=" else 2


def item_marker(line: Line) -> ItemMarker | None:
    """Return the list item's marker at the line's start."""
    found = _ITEM.match(line.head)
    if found is None:
        return None
    if found[1]:
        return ItemMarker(1, ordered=False, number=0, sign=found[1])
    return ItemMarker(found.end(), ordered=True, number=int(found[2]), sign=found[3])


def note_start(line: Line) -> tuple[str, int] | None:
    """Return the label of a footnote's definition and the width of its mark."""
    found = _NOTE.match(line.head)
    return (found[1], found.end()) if found else None


def math_start(line: Line) -> MathStart | None:
    """Return the start of a displayed formula, or all of it."""
    text = line.head
    found = _MATH_LINE.match(text)
    if found:
        tex = (found[1] or found[3]).strip() + (found[2] or found[4] or "")
        return MathStart(tex, "") if "$$" not in tex else None
    found = None if line.long else _MATH_OPEN.match(text)
    if found is None:
        return None
    return MathStart(found[1] or found[2] or "", "$$" if text[0] == "$" else "\\]")


def html_kind(line: Line, *, after_text: bool) -> int | None:
    """Return which of CommonMark's seven kinds of HTML block begins here, counted from 0."""
    text = line.head
    if text[0] != "<":
        return None
    for kind, start in enumerate(_HTML_STARTS):
        if start.match(text):
            return kind
    found = None if after_text else TAG.match(text)
    if found and not text[found.end() :].strip(" \t"):
        return 6
    return None


def delimiter_row(line: Line) -> tuple[str, ...] | None:
    """Return the alignments if the line is the second one of a table."""
    text = line.head.rstrip(" \t")
    if len(text) < 2 or not _DELIMITER_ROW.match(text):
        return None
    aligns = []
    for part in cells(text):
        left, right = part.startswith(":"), part.endswith(":")
        aligns.append("center" if left and right else "left" if left else "right" if right else "")
    return tuple(aligns) if len(aligns) <= MAX_COLUMNS else None


def cells(row: str) -> list[str]:
    r"""Return the source of a row's cells; ``\|`` is a bar inside one."""
    row = row.strip(" \t")
    parts, current, start = [], "", 0
    escaped = False
    for pos, char in enumerate(row):
        if char == "|":
            if escaped:
                current += row[start : pos - 1]
                start = pos
            else:
                parts.append(current + row[start:pos])
                current, start = "", pos + 1
        escaped = char == "\\"
    parts.append(current + row[start:])
    if not parts[0]:
        del parts[0]
    if parts and not parts[-1]:
        del parts[-1]
    return [part.strip(" \t") for part in parts]
