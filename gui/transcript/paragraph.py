"""A paragraph that is still open, and what its first or next line may yet make of it.

A line that may turn out to be an underlined heading or the header of a table is held back while it
is short: `PATIENCE` characters, or more if there is a bar among those. A longer one is shown, and
replaced if the next line proves it; so is a short one when the text has paused (`reveal`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gui.transcript import references as refs
from gui.transcript.inline import InlineParser
from gui.transcript.inline_state import PIECE, Chunk
from gui.transcript.references import Unfinished
from gui.transcript.segments import Block, Item, Segment

if TYPE_CHECKING:
    from gui.transcript.assembly import Assembly, Rendered

PATIENCE = 16
MAX_TABLE_HEADER = 2000
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_TASK_BEGINS = re.compile(r"\[(?:[ xX](?:\][ \t]*)?)?\Z")


class ParagraphLeaf:
    """Collects the lines of a paragraph and shows what is certain of them."""

    def __init__(self, assembly: Assembly, start: int) -> None:
        self._assembly = assembly
        self._start = start
        self._end = start
        self._gap = assembly.gap
        self._parser = InlineParser(assembly.references)
        self._pieces: list[tuple[Block, Segment]] = []
        self._rendered: Rendered | None = None
        self._joint = ""
        self._lead: str | None = ""  # its beginning, while it may be a definition or a check box
        self._task: bool | None = None
        innermost = assembly.containers[-1] if assembly.containers else None
        innermost_value = None if innermost is None or innermost.begun else innermost.value
        self._is_first_in_item = isinstance(innermost_value, Item)
        self._may_be_task = self._is_first_in_item
        self._lines = 0
        self.line_start = start
        """Where the last line begins in the source."""
        self._line = ""
        self._line_shown = False
        self._queue = ""  # of the last line, what is held back
        self._earlier: list[str] = []  # the lines before the last one
        self.size = 0
        """Characters so far."""

    # ---- lines

    @property
    def holds(self) -> bool:
        """Whether some text is not shown yet."""
        return bool(self._queue or self._lead or self._parser.holds)

    def begin_line(self, text: str, start: int) -> None:
        """Take the beginning of a line; the one before was not to be anything but text."""
        self._release()
        if self._lines:
            self._queue = "\n"
            if self.size <= PIECE:
                self._earlier.append(self._line)
        self._lines += 1
        self._line, self._line_shown, self.line_start = "", False, start
        self.size += 1
        self.more(text)

    def more(self, text: str) -> None:
        """Take more of the line."""
        self.size += len(text)
        if len(self._line) <= MAX_TABLE_HEADER:
            self._line += text[: MAX_TABLE_HEADER + 1]
        self._queue += text
        if not self._line_shown:
            bar = "|" in self._line[:PATIENCE]
            self._line_shown = len(self._line) > (MAX_TABLE_HEADER if bar else PATIENCE)
        if self._line_shown:
            self._release()

    def reveal(self) -> None:
        """Do not wait any longer: show a short line that looks like nothing but text."""
        is_text = self._lead is None or not (self._lead or self._queue.startswith("["))
        if is_text and "|" not in self._line:
            self._release()

    def end_line(self, end: int) -> None:
        """Note that the line is complete."""
        self._end = end
        for block, segment in self._pieces:
            block.end = segment.end = end
        if self._lines > 1 and "|" not in self._line:
            self._release()

    def show(self) -> None:
        """Show what is settled."""
        for item in self._parser.take():
            if isinstance(item, Chunk):
                self._keep(item)
            else:
                self._rendered, self._joint = None, item.joint

    def close(self) -> None:
        """Show everything."""
        self._release()
        if self._lead:
            self._begin_text("", final=True)
        self._parser.feed("", final=True)
        self.show()
        if self._task is not None and not self._pieces:
            self._make_block()
        if self._pieces:
            self._assembly.close_block(self._pieces[-1][0])

    # ---- what the next line may prove

    def table_header(self) -> str | None:
        """Return the last line if it may be the header of a table."""
        if "|" not in self._line or len(self._line) > MAX_TABLE_HEADER or self._lead:
            return None
        if self._line_shown and self.size > PIECE:
            return None
        return self._line

    def take_table_header(self) -> None:
        """Take the last line away: it became the header of a table. Then close."""
        self._queue = ""
        if not self._line_shown:
            return
        self._parser = InlineParser(self._assembly.references)
        self._lead, self._task, self._may_be_task = "", None, self._is_first_in_item
        if self._rendered is not None:
            self._assembly.forget(self._rendered)
            self._assembly.remove_block(self._pieces.pop()[0], gap=self._gap)
            self._rendered = None
        if self._earlier:
            self._begin_text("\n".join(self._earlier), final=False)

    def can_be_underlined(self) -> bool:
        """Whether it holds more than definitions, and is not too long for a heading."""
        if self.size > PIECE:
            return False
        if self._lead is None:
            return True
        text = self._lead + self._queue
        while text.startswith("["):
            found = refs.definition(text, final=True)
            if found is None:
                return True
            text = text[found[2] :]
        return bool(text)

    def underline(self, level: int, end: int) -> None:
        """Become a heading, underlined by a line that ends at `end`."""
        was_shown = bool(self._pieces)
        self.end_line(end)
        self.close()
        if self._pieces:
            self._assembly.make_heading(self._pieces[-1][0], level, was_shown=was_shown)

    # ---- text

    def _release(self) -> None:
        """Read what was held back."""
        if not self._queue:
            return
        text, self._queue = self._queue, ""
        self._line_shown = True
        if self._lead is None:
            self._parser.feed(text)
        else:
            self._begin_text(text, final=False)

    def _begin_text(self, text: str, *, final: bool) -> None:
        """Read the paragraph's beginning: a check box, definitions, then text."""
        lead = (self._lead or "") + text
        while lead.startswith("["):
            if self._may_be_task:
                found = _TASK.match(lead)
                if found:
                    self._task, self._may_be_task = found[1] != " ", False
                    lead = lead[found.end() :]
                    break
                if not final and _TASK_BEGINS.match(lead):
                    self._lead = lead
                    return
            self._may_be_task = False
            try:
                defined = refs.definition(lead, final=final)
            except Unfinished:
                self._lead = lead
                return
            if defined is None:
                break
            self._assembly.define_link(refs.normalized(defined[0]), defined[1])
            lead = lead[defined[2] :]
        if lead:
            self._lead = None
            self._parser.feed(lead)
        else:
            self._lead = ""

    def _keep(self, chunk: Chunk) -> None:
        if self._rendered is None:
            self._make_block()
        if self._rendered is not None:
            self._assembly.keep(self._rendered, chunk)

    def _make_block(self) -> None:
        if self._pieces:
            block = self._assembly.continue_block(self._pieces[-1][0], self._joint)
        else:
            block = self._assembly.add_block(self._start, level=0)
            block.task = self._task
        block.end = self._end
        self._rendered = self._assembly.rendered(block.runs)
        segment = self._rendered.segment
        segment.end = max(segment.end, self._end)
        self._pieces.append((block, segment))
