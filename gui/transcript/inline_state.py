"""What an inline parser knows: text not yet shown, open delimiters and brackets, places to cut.

Text is handed out as soon as it is settled: when no open delimiter or bracket can change it.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from gui.transcript.inline_nodes import (
    Bracket,
    Delimiter,
    Node,
    match_delimiters,
    runs_of,
)
from gui.transcript.segments import Run, RunKind

if TYPE_CHECKING:
    from gui.transcript.references import References

REACH = 1000
"""How far a delimiter or bracket looks for its partner, in characters."""
PIECE = 4000
"""After so many characters a paragraph goes on in another piece."""
LATEST_PIECE = 6000
BLANKS = " \t\n"
_SIGNS = frozenset(BLANKS + "\\`*~[]!<&$")
_ADDRESS = 400
"""No e-mail address is longer."""
_WORD = re.compile(rf"[\w.+-]{{{_ADDRESS}}}\Z", re.ASCII)


class Chunk(NamedTuple):
    """Settled runs, with what it takes to make them again when a definition comes late."""

    runs: list[Run]
    unresolved: frozenset[str]
    source: str
    before: str
    after: str


class PieceEnd(NamedTuple):
    """A long paragraph is cut here; `joint` stood at the cut."""

    joint: str


class InlineState:
    """The state of an inline parser, and what settles it."""

    def __init__(
        self,
        references: References,
        *,
        before: str = "",
        after: str = "",
        in_pieces: bool = True,
    ) -> None:
        self._references = references
        self._text = ""
        self._pos = 0
        self._before = before
        self._after = after
        self._in_pieces = in_pieces
        self._final = False
        self._nodes: list[Node] = []
        self._cuts: list[tuple[int, int]] = []  # (position, nodes before it) where a chunk may end
        self._delimiters: list[Delimiter] = []
        self._matched = 0  # delimiters before this index were looked at as closers
        self._floors: dict[tuple[str, bool, int], int] = {}
        self._brackets: list[Bracket] = []
        self._uncertain: int | None = None  # from here on a late definition may change formats
        self._unresolved: list[tuple[int, str]] = []  # (position, label)
        self._skips_blanks = False
        self._piece_start = 0  # position; negative once earlier text was taken
        self._out: list[Chunk | PieceEnd] = []

    @property
    def holds(self) -> bool:
        """Whether some text is not shown yet."""
        return bool(self._text)

    def take(self) -> list[Chunk | PieceEnd]:
        """Return what was settled since the last call."""
        if not self._final:
            self._settle()
        out, self._out = self._out, []
        return out

    def _take_text(self, end: int) -> None:
        if end > self._pos:
            self._nodes.append(Node(self._text[self._pos : end]))
            self._pos = end

    def _chunk_cut(self, end: int) -> int | None:
        """Return the last place in plain text before `end` where a chunk may end.

        That is before a blank, or between two letters that belong to no address.
        """
        text = self._text
        for cut in range(end - 1, max(self._pos, 1) - 1, -1):
            here, last = text[cut], text[cut - 1]
            if here in " \t":
                if last not in BLANKS:
                    return cut
            elif here.isalnum() and self._ends_no_address(cut):
                return cut
        return None

    def _ends_no_address(self, cut: int) -> bool:
        """Whether no e-mail address can stand around a place before a letter or digit."""
        last = self._text[cut - 1]
        if last > "\x7f":
            return last.isalnum() and self._text[cut] > "\x7f"
        if last.isalnum() or last in "_.+-@":
            return cut >= _ADDRESS and _WORD.search(self._text, cut - _ADDRESS, cut) is not None
        return last not in _SIGNS

    def _piece_cut(self, start: int, end: int) -> int | None:
        """Return the first good place for the end of a piece: a function of the text alone."""
        free = -1 if self._uncertain is None else end
        for opened in (self._delimiters, self._brackets):
            if opened:
                free = max(free, opened[-1].pos + REACH)
        for cut in range(start, end):
            size = cut - self._piece_start
            if size >= LATEST_PIECE:
                return cut
            if cut <= free:
                continue
            here, last = self._text[cut], self._text[cut - 1] if cut else self._before or " "
            ends_word = here in " \t" and last not in BLANKS
            if (ends_word and (last in ".!?:;…" or size >= PIECE + 500)) or last in "。！？":
                return cut
        return None

    def _end_piece(self, joint: str) -> None:
        """Settle all text read so far and begin a new piece."""
        self._close_all()
        self._flush(self._pos, len(self._nodes))
        self._out.append(PieceEnd(joint))
        self._piece_start = 0
        self._skips_blanks = True

    def _strip_end(self, blanks: str) -> int:
        """Take blanks off the end of the text; return how many there were."""
        count = 0
        for node in reversed(self._nodes):
            if node.kind is not RunKind.TEXT or node.marks or node.link is not None:
                break
            stripped = node.text.rstrip(blanks)
            count += len(node.text) - len(stripped)
            node.text = stripped
            if stripped:
                break
        return count

    def _doubt(self, bracket: Bracket) -> None:
        """Note whether a late definition of this bracket's label would change formats.

        It would if a delimiter inside is to be matched with one outside. If not, formats inside are
        matched at once.
        """
        inside = self._delimiters[bracket.delimiters :]
        if not inside:
            return
        if self._uncertain is None and not bracket.delimiters:
            copies = [delimiter.copy() for delimiter in inside]
            match_delimiters(copies, 0, 0, REACH, {})
            if not copies:
                self._balance(0)
                return
        lowest = bracket.pos if self._uncertain is None else self._uncertain
        self._uncertain = min(bracket.pos, lowest)

    def _balance(self, bottom: int) -> None:
        self._uncut(match_delimiters(self._delimiters, bottom, bottom, REACH, {}))

    def _uncut(self, pos: int | None) -> None:
        """Allow no chunk to end between `pos`, where a format or link begins, and here."""
        while pos is not None and self._cuts and self._cuts[-1][0] > pos:
            self._cuts.pop()

    def _match(self) -> None:
        """Match all delimiters, unless an open bracket may still turn out to be a link."""
        if not self._brackets:
            self._uncut(match_delimiters(self._delimiters, 0, self._matched, REACH, self._floors))
            self._matched = len(self._delimiters)

    def _expire(self, pos: int) -> None:
        """Give up what was opened more than `REACH` before `pos`."""
        reach = pos - REACH
        if self._brackets and self._brackets[0].pos < reach:
            count = sum(1 for _ in takewhile(lambda item: item.pos < reach, self._brackets))
            del self._brackets[:count]
            self._match()
        if self._delimiters and not self._brackets and self._delimiters[0].pos < reach:
            count = sum(1 for _ in takewhile(lambda item: item.pos < reach, self._delimiters))
            del self._delimiters[:count]
            self._matched = len(self._delimiters)

    def _close_all(self) -> None:
        self._brackets.clear()
        self._match()
        self._delimiters.clear()
        self._matched = 0
        self._uncertain = None

    def _finish(self) -> None:
        self._close_all()
        self._strip_end(" \t")
        self._flush(len(self._text), len(self._nodes))

    def _settle(self) -> None:
        """Hand out everything before the first thing that later text may change."""
        self._expire(self._pos)
        limit = self._pos if self._uncertain is None else self._uncertain
        if self._brackets:
            limit = min(limit, self._brackets[0].pos)
        if self._delimiters:
            limit = min(limit, self._delimiters[0].pos)
        ends = [cut for cut in self._cuts if cut[0] <= limit]
        if ends:
            self._flush(*ends[-1])

    def _flush(self, pos: int, count: int) -> None:
        """Hand out the first `count` nodes, the text up to `pos`."""
        after = self._text[pos : pos + 1] or self._after
        unresolved = frozenset(label for place, label in self._unresolved if place < pos)
        runs = runs_of(self._nodes[:count], self._before)
        if runs or unresolved:
            source = self._text[:pos] if unresolved else ""
            self._out.append(Chunk(runs, unresolved, source, self._before, after))
        if pos:
            self._before = self._text[pos - 1]
        self._text = self._text[pos:]
        self._nodes = self._nodes[count:]
        self._pos -= pos
        self._piece_start -= pos
        self._cuts = [(place - pos, nodes - count) for place, nodes in self._cuts if place > pos]
        self._unresolved = [(p - pos, label) for p, label in self._unresolved if p >= pos]
        for delimiter in self._delimiters:
            delimiter.pos -= pos
        for bracket in self._brackets:
            bracket.pos -= pos
            bracket.node -= count
        if self._uncertain is not None:
            self._uncertain -= pos
        self._floors = {key: place - pos for key, place in self._floors.items() if place > pos}
