"""What is copied of a conversation: a selection, or a whole message.

What is marked is noted at once, and rendered in steps: a message may have a million characters, a
selection ten thousand messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from core.models import Message, Role
from gui.clipboard import CopiedText
from gui.transcript.canvas import author_of
from gui.transcript.copy_pieces import Slice
from gui.transcript.plain_segments import plain_segments
from gui.transcript.position import ANSWER, REASONING, Position, end_of_message
from gui.transcript.rich_copy import Rendering, Steps, parsed, rendered_source
from gui.transcript.segments import Block, Run, RunKind, Segment, TextSegment
from gui.transcript.selection import marked_within

if TYPE_CHECKING:
    from gui.transcript.conversation_layout import ConversationLayout
    from gui.transcript.selection import Selection


class MarkedPart(NamedTuple):
    """A part of a message that is marked, as it is now."""

    message: int
    part: int
    is_question: bool
    content: str | list[Segment]
    """Its Markdown, or what that has been read to already."""


def marked_parts(conversation: ConversationLayout, selection: Selection) -> list[MarkedPart]:
    """Return the parts of messages that are marked at all. Nothing is parsed."""
    bounds = selection.bounds()
    if bounds is None:
        return []
    first, last = bounds
    result = []
    for index in range(first.message, last.message + 1):
        parts = _parts(conversation, index)
        result += [part for part in parts if first[:2] <= part[:2] <= last[:2]]
    return result


def _parts(conversation: ConversationLayout, index: int) -> list[MarkedPart]:
    message = conversation.messages.peek(index)
    is_question = message.role is Role.USER
    layout = None if isinstance(message, Message) else conversation.known(index)
    if layout is not None and layout.is_parsed:
        return [
            MarkedPart(index, part, is_question, [item.segment for item in shown.layouts])
            for part, shown in layout.parts
        ]
    result = [MarkedPart(index, ANSWER, is_question, message.text)]
    if not isinstance(message, Message) and message.is_reasoning_shown:
        result.insert(0, MarkedPart(index, REASONING, is_question, message.reasoning))
    return result


def rendered_selection(parts: Iterable[MarkedPart], bounds: tuple[Position, Position]) -> Steps:
    """Render exactly what is marked between two positions, in steps."""
    rendering = Rendering()
    slices: list[Slice] = []
    message = -1
    for part in parts:
        if part.message != message:
            yield from rendering.add(slices)
            slices, message = [], part.message
        if isinstance(part.content, list):
            segments = part.content
        elif part.is_question:
            segments = [*plain_segments(part.content)]
        else:
            segments = yield from parsed(part.content)
        for marked in _marked(part, segments, bounds):
            slices.append(marked)
            yield 1
    yield from rendering.add(slices)
    return rendering.result()


def _marked(
    part: MarkedPart, segments: list[Segment], bounds: tuple[Position, Position]
) -> Iterator[Slice]:
    for number, segment in enumerate(segments):
        found = marked_within(bounds, (part.message, part.part, number), len(segment.text))
        if found is None:
            continue
        if part.is_question and isinstance(segment, TextSegment):
            segment = _as_written(segment)  # noqa: PLW2901 - the same, in another form
        yield (segment, *found)


def rendered_message(conversation: ConversationLayout, index: int) -> Steps:
    """Render a whole message in steps; its Markdown is its source."""
    source = conversation.messages[index].text
    part = next(part for part in _parts(conversation, index) if part.part == ANSWER)
    everything = (Position(index, ANSWER, 0, 0), end_of_message(index))
    text = yield from rendered_selection([part], everything)
    plain = source if part.is_question else text.plain
    return CopiedText(plain=plain, html=text.html, markdown=source)


def rendered_conversation(conversation: ConversationLayout) -> Steps:
    """Render all messages in steps, each below the name of its author."""
    said = []
    for index in range(len(conversation.messages)):
        message = conversation.messages[index]
        said.append(f"**{message.author or author_of(message.role)}**\n\n{message.text.strip()}")
        yield 1
    text = yield from rendered_source("\n\n".join(said))
    return text


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
