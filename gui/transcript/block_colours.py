"""The colours of one code block, as far as they are known; made a few lines at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.transcript.highlight_lexer import CodeHighlighter, LineColours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FED_AT_ONCE = 16
_TAKEN_AT_ONCE = 6
"""Lines of one step: about a millisecond."""


class BlockColours:
    """Colours by line of the block. While it streams they may be wrong; a last pass mends them."""

    def __init__(self, language: str) -> None:
        self.lines: list[LineColours] = []
        self._lexer = CodeHighlighter(language)
        self._pass: Iterator[LineColours] | None = None
        self._passed = 0
        self.is_final = not self._lexer.is_known
        """Whether the colours will not change any more."""

    @property
    def is_known(self) -> bool:
        """Whether there are colours for the language at all."""
        return self._lexer.is_known

    def feed(self, lines: Sequence[str]) -> range:
        """Take the next of `lines`, all complete ones of the block so far.

        Returns the numbers of the lines whose colours are new or changed; empty when done.
        """
        known = len(self.lines)
        new = lines[known : known + _FED_AT_ONCE]
        if not new or not self.is_known:
            return range(0)
        coloured = self._lexer.feed(new)
        self.lines[coloured.first :] = coloured.lines
        return range(coloured.first, len(self.lines))

    def finish(self, lines: Sequence[str]) -> range:
        """Go on with the last pass over all `lines`; return what changed, empty when done."""
        if self._pass is None:
            self._pass = self._lexer.whole(lines)
        while True:
            first = self._passed
            changed = False
            for _ in range(_TAKEN_AT_ONCE):
                colours = next(self._pass, None)
                if colours is None:
                    self.is_final = True
                    break
                changed = self._take(colours) or changed
            if changed or self._passed > first:
                return range(first, self._passed)
            if self.is_final:
                return range(0)

    def _take(self, colours: LineColours) -> bool:
        number = self._passed
        self._passed += 1
        if number < len(self.lines):
            changed = self.lines[number] != colours
            self.lines[number] = colours
            return changed
        self.lines.append(colours)
        return True
