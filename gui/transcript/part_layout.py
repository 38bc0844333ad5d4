"""The segments of one text, one below the other."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from gui.transcript.code_block import CodeLayout
from gui.transcript.formula_layout import FormulaLayout
from gui.transcript.rule_layout import RuleLayout
from gui.transcript.segment_layout import Group, LayoutKit, SegmentLayout
from gui.transcript.segments import Change, How, Kind, Path, Segment, TextSegment, Update
from gui.transcript.source_layout import SourceLayout
from gui.transcript.table import TableLayout
from gui.transcript.text_layout import TextLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gui.transcript.style import Metrics

_LAYOUTS: dict[Kind, type[SegmentLayout]] = {
    Kind.CODE: CodeLayout,
    Kind.TABLE: TableLayout,
    Kind.MATH: FormulaLayout,
    Kind.HTML: SourceLayout,
    Kind.RULE: RuleLayout,
}

_FRAMED = frozenset({Kind.CODE, Kind.TABLE, Kind.MATH, Kind.RULE, Kind.HTML})


class PartLayout:
    """A text in a column of some width; y is counted from its top."""

    __slots__ = ("_tops", "dim", "height", "kit", "layouts", "width")

    def __init__(self, kit: LayoutKit, width: int, *, dim: bool = False) -> None:
        self.kit = kit
        self.width = width
        self.dim = dim
        self.height = 0
        self.layouts: list[SegmentLayout] = []
        self._tops: list[int] = []

    # -- content

    def extend(self, segments: Iterable[Segment]) -> None:
        """Add finished segments."""
        first = len(self.layouts)
        for segment in segments:
            self._add(segment)
        self._place(first)

    def apply(self, update: Update) -> int:
        """Follow the engine; return the y from which on everything may look different."""
        if not update.changes and update.count == len(self.layouts):
            return self.height
        dirty = self.height
        del self.layouts[update.count :]
        del self._tops[update.count :]
        for change in update.changes:
            index = change.index
            if index >= len(self.layouts):
                self._add(change.segment)
            elif change.how is How.GREW:
                dirty = min(dirty, self._grow(index, change))
            else:
                layout = self.layouts[index]
                dirty = min(dirty, layout.top)
                if change.how is How.CLOSED:
                    layout.exact = False
                else:
                    self._replace(index, change.segment)
        first = update.first_changed
        if first and first < len(self.layouts) and self.layouts[first].segment.continues:
            dirty = min(dirty, self.layouts[first].top or dirty)
        self._place(max(0, first - 1))
        return max(0, min(dirty, self.height))

    def is_shorter_than(self, segments: list[Segment]) -> bool:
        """Whether these segments, in which the same may go on, show more than is shown."""
        same = self._same(segments)
        shown = sum([len(layout.segment.text) for layout in self.layouts[same:]])
        return sum([len(segment.text) for segment in segments[same:]]) > shown

    def _same(self, segments: list[Segment]) -> int:
        """Count the segments that are shown already; the last one may grow and is none of them."""
        same = 0
        for layout, segment in zip(self.layouts, segments[:-1], strict=False):
            if layout.segment != segment:
                break
            same += 1
        return same

    def replace_end(self, segments: list[Segment]) -> int:
        """Show these segments, whose last may grow; return the y from which on all may differ.

        What is laid out stays as far as it is the same.
        """
        same = self._same(segments)
        dirty = self.layouts[same].top if same < len(self.layouts) else self.height
        group = self.layouts[same].group if same < len(self.layouts) else Group()
        del self.layouts[same:], self._tops[same:]
        if self.layouts and not self.layouts[-1].is_last:
            self.layouts[-1].is_last = True
            self.layouts[-1].exact = False
        for segment in segments[same:]:
            self._add(segment)
        if same < len(self.layouts):
            self.layouts[same].group.wrap = group.wrap
        self._place(same)
        return max(0, min(dirty, self.height))

    def _grow(self, index: int, change: Change) -> int:
        layout = self.layouts[index]
        version = layout.group.version
        dirty = layout.top + layout.grow(change)
        if layout.group.version != version:  # a table has other columns now, from its top on
            return self.group_of(index)[0].top
        return dirty

    def _add(self, segment: Segment) -> None:
        before = self.layouts[-1] if self.layouts else None
        if before is not None and segment.continues:
            before.is_last = False
            before.exact = False
        self.layouts.append(self._make(segment, before))

    def _replace(self, index: int, segment: Segment) -> None:
        before = self.layouts[index - 1] if index else None
        after = self.layouts[index + 1].segment if index + 1 < len(self.layouts) else None
        layout = self._make(segment, before)
        layout.is_last = after is None or not after.continues
        self.layouts[index] = layout

    def _make(self, segment: Segment, before: SegmentLayout | None) -> SegmentLayout:
        group = before.group if segment.continues and before is not None else Group()
        layout = _LAYOUTS.get(segment.kind, TextLayout)(segment, self.kit, group)
        previous = before.segment if before is not None else None
        layout.dim = self.dim
        layout.shared = _shared(previous, segment)
        layout.left = self.kit.formats.indent(segment.path)
        layout.set_gap(gap_between(previous, segment, self.kit.formats.metrics))
        layout.set_width(self.width)
        return layout

    def set_kit(self, kit: LayoutKit, width: int) -> None:
        """Take other fonts and colours; the segments stay."""
        segments = [layout.segment for layout in self.layouts]
        wraps = [layout.group.wrap for layout in self.layouts]
        self.kit = kit
        self.width = width
        self.layouts = []
        self._tops = []
        for segment, wrap in zip(segments, wraps, strict=True):
            self._add(segment)
            self.layouts[-1].group.wrap = wrap
        self._place(0)

    def set_width(self, width: int) -> None:
        """Take another width; heights are estimates until they are needed."""
        if width == self.width:
            return
        self.width = width
        for layout in self.layouts:
            layout.set_width(width)
        self._place(0)

    def release(self) -> None:
        """Give all documents back."""
        for layout in self.layouts:
            layout.release()

    # -- geometry

    def _place(self, first: int) -> None:
        del self._tops[first:]
        y = self.layouts[first - 1].top + self.layouts[first - 1].height if first else 0
        for layout in self.layouts[first:]:
            layout.top = y
            self._tops.append(y)
            y += layout.height
        self.height = y

    def index_at(self, y: float) -> int:
        """Return the index of the segment at a height; there must be one at all."""
        return max(0, min(len(self.layouts) - 1, bisect_right(self._tops, y) - 1))

    def ensure_between(self, top: float, bottom: float) -> bool:
        """Lay out what is between two heights; return whether any height changed."""
        if not self.layouts or bottom <= 0 or top >= self.height:
            return False
        index = first = self.index_at(top)
        changed = False
        while index < len(self.layouts):
            layout = self.layouts[index]
            if changed:
                layout.top = self.layouts[index - 1].top + self.layouts[index - 1].height
            if layout.top >= bottom:
                break
            changed = layout.ensure() or changed
            index += 1
        if changed:
            self._place(first)
        return changed

    def group_of(self, index: int) -> list[SegmentLayout]:
        """Return the layouts of all pieces of a segment's block, in order."""
        first = last = index
        while self.layouts[first].segment.continues and first:
            first -= 1
        while last + 1 < len(self.layouts) and self.layouts[last + 1].segment.continues:
            last += 1
        return self.layouts[first : last + 1]


def _last_path(segment: Segment) -> Path:
    if isinstance(segment, TextSegment) and segment.blocks:
        return segment.blocks[-1].path
    return segment.path


def _shared(before: Segment | None, segment: Segment) -> int:
    if before is None:
        return 0
    count = 0
    for one, other in zip(_last_path(before), segment.path, strict=False):
        if one != other:
            break
        count += 1
    return count


def gap_between(before: Segment | None, segment: Segment, metrics: Metrics) -> int:
    """Return the space between two segments."""
    if before is None:
        return 0
    if segment.kind is Kind.HEADING:
        return round(metrics.heading_gap_above)
    if before.kind is Kind.HEADING:
        return round(metrics.heading_gap_below)
    framed = segment.kind in _FRAMED
    tight = segment.path and before.path and not segment.gap
    if segment.continues:
        if framed or segment.kind is Kind.PARAGRAPH:
            return 0
    elif framed or before.kind in _FRAMED:
        return round(metrics.code_gap + metrics.item_gap)
    return round(metrics.item_gap if tight else metrics.paragraph_gap)
