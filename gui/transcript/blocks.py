"""CommonMark's block structure, line by line: open containers, one open leaf.

Every line costs the same, however long the message is: it is held against the containers that are
open, may open new ones, and goes to the leaf. The leaves make segments of it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from gui.transcript import block_lines as syntax
from gui.transcript.assembly import Assembly, OpenContainer
from gui.transcript.block_lines import Line, MathStart
from gui.transcript.leaves import (
    FenceLeaf,
    HeadingLeaf,
    HtmlLeaf,
    IndentedLeaf,
    Leaf,
    MathLeaf,
    TableLeaf,
)
from gui.transcript.paragraph import ParagraphLeaf
from gui.transcript.references import Unfinished, unescaped
from gui.transcript.segments import Item, Kind, Note, Quote, Segment

MAX_DEPTH = 32


class _Does(enum.Enum):
    """What a line does."""

    BLANK = enum.auto()
    GOES_ON = enum.auto()  # with the open leaf
    CLOSES_FENCE = enum.auto()
    UNDERLINES = enum.auto()
    IS_TABLE = enum.auto()  # the delimiter row of a table
    HEADING = enum.auto()
    FENCE = enum.auto()
    HTML = enum.auto()
    MATH = enum.auto()
    RULE = enum.auto()
    INDENTED = enum.auto()
    TEXT = enum.auto()


@dataclass(slots=True)
class _Plan:
    """What a line was found to be, before anything is changed."""

    line: Line
    matched: int = 0
    opens: list[OpenContainer] = field(default_factory=list)
    does: _Does = _Does.TEXT
    lazy: bool = False
    level: int = 0
    taken: int = -1
    mark: str = ""
    info: str = ""
    aligns: tuple[str, ...] = ()
    math: MathStart | None = None


class BlockParser:
    """Reads lines into an assembly."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._root = OpenContainer(Quote(-1), 0)
        self._leaf: Leaf | None = None

    @property
    def holds(self) -> bool:
        """Whether some text is not shown yet."""
        return self._leaf is not None and self._leaf.holds

    def begin(self, text: str, start: int, *, complete: bool) -> bool:
        """Take the beginning of a line, or all of it. Return whether it was enough to tell.

        Args:
            text: without a line end.
            start: its offset in the source.
            complete: whether the line ends after `text`.
        """
        line = Line(text, complete=complete)
        try:
            plan = self._plan(line, start)
        except Unfinished:
            return False
        self._carry_out(plan, start, start + len(text))
        return True

    def more(self, text: str) -> None:
        """Take more of the line that was begun."""
        if self._leaf is not None:
            self._leaf.more(text)

    def end_line(self, end: int) -> None:
        """Note that the line is complete and where it ends."""
        leaf = self._leaf
        if leaf is None:
            return
        leaf.end_line(end)
        if isinstance(leaf, HeadingLeaf) or (isinstance(leaf, HtmlLeaf | MathLeaf) and leaf.ended):
            self._close_leaf()

    def show(self, *, reveal: bool = False) -> None:
        """Bring the segments up to date; `reveal`: a short line, too, that waits for another."""
        if reveal and isinstance(self._leaf, ParagraphLeaf):
            self._leaf.reveal()
        if self._leaf is not None:
            self._leaf.show()

    def finish(self) -> None:
        """Close everything."""
        self._close_leaf()
        self._assembly.close_containers(0)
        self._assembly.close_last()

    # ---- finding out what a line is

    def _plan(self, line: Line, start: int) -> _Plan:
        plan = _Plan(line)
        containers = self._assembly.containers
        for container in containers:
            if not _goes_on(container, line):
                break
            plan.matched += 1
        inside = plan.matched == len(containers)
        if inside and self._leaf is not None and self._takes_raw(plan, self._leaf):
            return plan
        while not line.blank:
            text_open = isinstance(self._leaf, ParagraphLeaf) and not plan.opens
            if line.indent >= 4:
                if not text_open:
                    plan.does = _Does.INDENTED
                    return plan
                break
            if not line.text:  # a very long line that begins with blanks
                break
            if self._starts_leaf(plan, after_text=text_open, inside=inside):
                return plan
            if not self._opens(plan, start, after_text=text_open and inside):
                break
        self._plan_text(plan, inside=inside)
        return plan

    def _plan_text(self, plan: _Plan, *, inside: bool) -> None:
        """Plan for a line that begins nothing but may go on with something."""
        goes_on = not plan.opens and isinstance(self._leaf, ParagraphLeaf)
        if plan.line.blank:
            plan.does = _Does.BLANK
        elif goes_on or (inside and not plan.opens and isinstance(self._leaf, TableLeaf)):
            plan.does = _Does.GOES_ON
            plan.lazy = not inside

    def _takes_raw(self, plan: _Plan, leaf: Leaf) -> bool:
        """Whether the open leaf takes the line whatever it holds."""
        line = plan.line
        if isinstance(leaf, FenceLeaf):
            closes = line.indent < 4 and line.text and syntax.closes_fence(line, leaf.mark)
            if not line.complete and not line.text:
                raise Unfinished
            plan.does = _Does.CLOSES_FENCE if closes else _Does.GOES_ON
            return True
        if isinstance(leaf, HtmlLeaf):
            takes = not (leaf.ends_at_blank and line.blank)
        elif isinstance(leaf, MathLeaf):
            takes = not line.blank
        else:
            takes = isinstance(leaf, IndentedLeaf) and (line.blank or line.indent >= 4)
        if takes:
            plan.does = _Does.GOES_ON
        return takes

    def _starts_leaf(self, plan: _Plan, *, after_text: bool, inside: bool) -> bool:  # noqa: PLR0911 - one a kind
        """Find the leaf that begins at the line's text, if one does."""
        line, leaf = plan.line, self._leaf
        header = None
        if after_text and inside and isinstance(leaf, ParagraphLeaf):
            header = leaf.table_header()
        if syntax.undecided(line, after_text=after_text, after_row=header is not None):
            raise Unfinished
        first = line.text[0]
        if first in "|:-" and header is not None and self._is_table(plan, header):
            return True
        if first == "#":
            return self._is_heading(plan)
        if first in "`~":
            return self._is_fence(plan)
        if first == "<":
            return self._is_html(plan, after_text=after_text)
        if first in "$\\":
            plan.math = syntax.math_start(line)
            plan.does = _Does.MATH if plan.math else plan.does
            return plan.math is not None
        if first in "=-" and after_text and inside and isinstance(leaf, ParagraphLeaf):
            plan.level = syntax.underline_level(line)
            if plan.level and leaf.can_be_underlined():
                plan.does = _Does.UNDERLINES
                return True
        if first in "*-_" and syntax.is_rule(line):
            plan.does = _Does.RULE
            return True
        return False

    def _is_table(self, plan: _Plan, header: str) -> bool:
        aligns = syntax.delimiter_row(plan.line)
        if aligns is None or len(aligns) != len(syntax.cells(header)):
            return False
        plan.does, plan.aligns, plan.info = _Does.IS_TABLE, aligns, header
        return True

    def _is_heading(self, plan: _Plan) -> bool:
        found = syntax.heading(plan.line)
        if found is None:
            return False
        plan.does, plan.level, plan.taken = _Does.HEADING, found[0], plan.line.taken
        plan.line.take(found[1])
        return True

    def _is_fence(self, plan: _Plan) -> bool:
        found = syntax.fence(plan.line)
        if found is None:
            return False
        plan.does, (plan.mark, plan.info) = _Does.FENCE, found
        return True

    def _is_html(self, plan: _Plan, *, after_text: bool) -> bool:
        kind = syntax.html_kind(plan.line, after_text=after_text)
        if kind is None:
            return False
        plan.does, plan.level = _Does.HTML, kind
        return True

    def _opens(self, plan: _Plan, start: int, *, after_text: bool) -> bool:
        """Find the container that begins at the line's text, if one does, and take its mark."""
        line, first = plan.line, plan.line.text[0]
        if plan.matched + len(plan.opens) >= MAX_DEPTH:
            return False
        place = start + line.taken
        if first == ">":
            line.take(1)
            line.take_blanks(1)
            plan.opens.append(OpenContainer(Quote(place), 0))
            return True
        if first == "[":
            note = syntax.note_start(line)
            if note is None:
                return False
            line.take(note[1])
            plan.opens.append(OpenContainer(Note(place, note[0]), 4))
            return True
        return self._opens_item(plan, place, after_text=after_text)

    def _opens_item(self, plan: _Plan, place: int, *, after_text: bool) -> bool:
        line = plan.line
        marker = syntax.item_marker(line)
        if marker is None:
            return False
        rest = line.copy()
        rest.take(marker.width)
        if after_text and (rest.blank or (marker.ordered and marker.number != 1)):
            return False
        need = line.indent + marker.width
        line.take(marker.width)
        blanks = 1 if line.blank or line.indent >= 5 else line.indent
        line.take_blanks(blanks)
        parent = self._parent(plan)
        last = parent.last_item
        if last is not None and last.ordered == marker.ordered and last.sign == marker.sign:
            item = last._replace(start=place, number=last.number + marker.ordered)
        else:
            item = Item(place, place, marker.ordered, marker.number, marker.sign)
        plan.opens.append(OpenContainer(item, need + blanks))
        return True

    def _parent(self, plan: _Plan) -> OpenContainer:
        if plan.opens:
            return plan.opens[-1]
        return self._assembly.containers[plan.matched - 1] if plan.matched else self._root

    # ---- carrying it out

    def _carry_out(self, plan: _Plan, start: int, end: int) -> None:
        leaf, line = self._leaf, plan.line
        if plan.does is _Does.GOES_ON and leaf is not None:
            self._go_on(plan, leaf, start)
            return
        if plan.does is _Does.CLOSES_FENCE and isinstance(leaf, FenceLeaf):
            leaf.complete(end)
            self._close_leaf()
            return
        if plan.does is _Does.UNDERLINES and isinstance(leaf, ParagraphLeaf):
            leaf.underline(plan.level, end)
            self._leaf = None
            return
        if plan.does is _Does.IS_TABLE and isinstance(leaf, ParagraphLeaf):
            leaf.take_table_header()
            start, plan.taken = leaf.line_start, 0
        self._close_leaf()
        self._assembly.close_containers(plan.matched)
        for container in plan.opens:
            self._open(container)
        if plan.does is _Does.BLANK:
            self._assembly.gap = self._assembly.gap or not plan.opens
            return
        self._innermost().last_item = None
        self._innermost().filled = True
        taken = line.taken if plan.taken < 0 else plan.taken
        self._leaf = self._new_leaf(plan, start + taken)

    def _go_on(self, plan: _Plan, leaf: Leaf, start: int) -> None:
        """Give the line to the open leaf."""
        line = plan.line
        if isinstance(leaf, ParagraphLeaf | TableLeaf):
            leaf.begin_line(line.whole_text, start)
            return
        if isinstance(leaf, IndentedLeaf):
            blank = line.blank
            line.take_blanks(4)
            if blank:
                leaf.blank_line(line.rest, start)
                self._assembly.gap = True
                return
            self._assembly.gap = False
        elif isinstance(leaf, FenceLeaf):
            line.take_blanks(leaf.indent)
        leaf.begin_line(line.whole_rest, start)

    def _open(self, container: OpenContainer) -> None:
        parent = self._innermost()
        parent.filled = True
        parent.last_item = container.value if isinstance(container.value, Item) else None
        self._assembly.open_container(container)
        if isinstance(container.value, Note):
            self._assembly.define_note(container.value.label)

    def _innermost(self) -> OpenContainer:
        containers = self._assembly.containers
        return containers[-1] if containers else self._root

    def _new_leaf(self, plan: _Plan, start: int) -> Leaf | None:  # noqa: PLR0911 - one a kind
        """Begin the leaf that the plan names, and give it the rest of the line."""
        assembly, line = self._assembly, plan.line
        leaf: Leaf
        if plan.does is _Does.RULE:
            rule = Segment(Kind.RULE, start, start + len(line.rest), closed=True)
            assembly.add_segment(rule)
            return None
        if plan.does is _Does.FENCE:
            info = syntax_info(plan.info)
            return FenceLeaf(assembly, start, mark=plan.mark, info=info, indent=line.indent)
        if plan.does is _Does.IS_TABLE:
            return TableLeaf(assembly, start, plan.info, plan.aligns)
        if plan.does is _Does.MATH and plan.math is not None:
            return MathLeaf(assembly, start, plan.math)
        if plan.does is _Does.HEADING:
            leaf = HeadingLeaf(assembly, start, plan.level)
            leaf.begin_line(line.whole_text, start)
            return leaf
        if plan.does is _Does.INDENTED:
            line.take_blanks(4)
            leaf = IndentedLeaf(assembly, start)
        elif plan.does is _Does.HTML:
            leaf = HtmlLeaf(assembly, start, plan.level)
        else:
            leaf = ParagraphLeaf(assembly, start)
            leaf.begin_line(line.whole_text, start)
            return leaf
        leaf.begin_line(line.whole_rest, start)
        return leaf

    def _close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is not None:
            leaf.close()


def syntax_info(info: str) -> str:
    """Return the info string of a fence as it is meant."""
    return unescaped(info).strip()


def _goes_on(container: OpenContainer, line: Line) -> bool:
    """Whether the line belongs into the container; its mark or indent is taken then."""
    if isinstance(container.value, Quote):
        if line.blank or line.indent >= 4 or not line.text.startswith(">"):
            return False
        line.take(1)
        line.take_blanks(1)
        return True
    if line.blank:
        return container.filled
    if line.indent < container.need:
        return False
    line.take_blanks(container.need)
    return True
