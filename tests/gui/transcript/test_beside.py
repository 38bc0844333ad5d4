"""What stands beside blocks that are not running text: quote bars, bullets, numbers, labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from core.models import Message, MessageState, Role

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

    from gui.transcript.view import TranscriptView

MakeView = Callable[..., "TranscriptView"]

BLOCKS = {
    "code": ["```python", "code = 1", "```"],
    "table": ["| a | b |", "|---|---|", "| 1 | 2 |"],
    "rule": ["***"],
    "HTML": ["<div>html</div>"],
    "formula": ["$$", "x^2", "$$"],
}


def painted(view: TranscriptView, markdown: str) -> QImage:
    view.set_messages([Message(Role.ASSISTANT, markdown, state=MessageState.COMPLETE)])
    view.show_message(0)
    return view.viewport().grab().toImage()


def first_block(view: TranscriptView) -> QRect:
    """Where the first block stands in the viewport, what is beside it included."""
    place = view.conversation.layout(0).place(1, 0)
    assert place is not None
    rect = view.message_rect(0)
    rect.translate(0, round(place.y))
    rect.setHeight(place.layout.height)
    return rect


def colours_in(image: QImage, rect: QRect) -> set[str]:
    ratio = image.devicePixelRatio()
    return {
        image.pixelColor(round(x * ratio), round(y * ratio)).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


@pytest.mark.parametrize("lines", BLOCKS.values(), ids=BLOCKS)
def test_a_quote_has_its_bar_beside_every_kind_of_block(
    view: TranscriptView, lines: list[str]
) -> None:
    image = painted(view, "\n".join(f"> {line}" for line in lines))
    rect = first_block(view)
    rect.setWidth(1)
    assert colours_in(image, rect) == {view.look.colours.quote_bar.name()}


@pytest.mark.parametrize("marker", ["- ", "1. "])
@pytest.mark.parametrize("lines", BLOCKS.values(), ids=BLOCKS)
def test_an_item_has_its_marker_beside_every_kind_of_block(
    view: TranscriptView, marker: str, lines: list[str]
) -> None:
    indented = [f"{' ' * len(marker)}{line}" for line in lines]
    image = painted(view, marker + "\n".join(indented).lstrip())
    rect = first_block(view)
    rect.setWidth(view.conversation.layout(0).answer.layouts[0].left - 1)
    assert len(colours_in(image, rect)) > 1


def test_a_second_block_of_an_item_has_no_marker(view: TranscriptView) -> None:
    image = painted(view, "- ```\n  one\n  ```\n\n  ***")
    layout = view.conversation.layout(0)
    place = layout.place(1, 1)
    assert place is not None
    rect = view.message_rect(0).translated(0, round(place.y))
    rect.setHeight(place.layout.height)
    rect.setWidth(place.layout.left - 1)
    assert colours_in(image, rect) == {view.look.colours.background.name()}


@pytest.mark.parametrize("label", ["1", "long", "a-label-that-is-as-long-as-its-author-likes"])
@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_a_footnotes_label_is_inside_the_column(
    make_view: MakeView, label: str, zoom: float
) -> None:
    view = make_view(width=500, height=800)
    view.set_zoom(zoom)
    image = painted(view, f"[^{label}]: The note.\n")
    rect = first_block(view)
    beside = view.viewport().rect()
    beside.setRight(rect.left() - 1)
    assert colours_in(image, beside) == {view.look.colours.background.name()}
    inside = first_block(view)
    inside.setWidth(round(view.kit.formats.metrics.list_indent))
    assert len(colours_in(image, inside)) > 1
