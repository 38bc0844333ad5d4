"""What is copied of a conversation: a selection, or a whole message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Role
from gui.clipboard import CopiedText
from gui.transcript.engine import parse
from gui.transcript.rich_copy import RichText, copy_message, copy_slices
from gui.transcript.segments import Block, Run, RunKind, Segment, TextSegment

if TYPE_CHECKING:
    from gui.transcript.conversation_layout import ConversationLayout
    from gui.transcript.copy_pieces import Slice
    from gui.transcript.selection import Selection


def copied_selection(conversation: ConversationLayout, selection: Selection) -> CopiedText:
    """Return exactly what is selected, in all forms."""
    return _forms(copy_slices(*selected_slices(conversation, selection)))


def selected_slices(conversation: ConversationLayout, selection: Selection) -> list[list[Slice]]:
    """Return the selected parts of segments, message by message."""
    bounds = selection.bounds()
    if bounds is None:
        return []
    first, last = bounds
    result = []
    for index in range(first.message, last.message + 1):
        layout = conversation.whole(index)
        slices: list[Slice] = []
        for part, shown in layout.parts:
            for number, item in enumerate(shown.layouts):
                marked = selection.within(index, part, number, item.length)
                if marked is not None:
                    segment = item.segment
                    if layout.is_question and isinstance(segment, TextSegment):
                        segment = _as_written(segment)
                    slices.append((segment, *marked))
        result.append(slices)
    return result


def copied_message(conversation: ConversationLayout, index: int) -> CopiedText:
    """Return a whole message in all forms; its Markdown is its source."""
    layout = conversation.whole(index)
    source = layout.message.text
    segments: list[Segment] = [item.segment for item in layout.answer.layouts]
    if layout.message.role is not Role.USER:
        return _forms(copy_message(segments, source))
    lines = [_as_written(segment) for segment in segments if isinstance(segment, TextSegment)]
    return CopiedText(plain=source, html=copy_message(lines, source).html, markdown=source)


def copied_source(source: str) -> CopiedText:
    """Return an answer, of which only the Markdown is at hand, in all forms."""
    return _forms(copy_message(parse(source), source))


def _forms(text: RichText) -> CopiedText:
    return CopiedText(plain=text.plain, html=text.html, markdown=text.markdown)


def _as_written(segment: TextSegment) -> TextSegment:
    """Return a question's lines as one paragraph with breaks: they are lines, not paragraphs."""
    runs: list[Run] = []
    for block in segment.blocks:
        if block is not segment.blocks[0]:
            runs.append(Run("\n", kind=RunKind.BREAK))
        runs.extend(block.runs)
    return TextSegment(
        segment.kind,
        segment.start,
        segment.end,
        continues=segment.continues,
        joint=segment.joint,
        closed=True,
        blocks=[Block(segment.start, segment.end, runs=runs)],
    )
