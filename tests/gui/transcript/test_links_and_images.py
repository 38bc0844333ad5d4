from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage

from core.models import MessageState, Role
from gui.transcript.images import MAX_BYTES, MAX_SIDE, decode, is_loadable
from gui.transcript.links import may_open, says_where
from gui.transcript.position import ANSWER, Position

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView

LEFT = Qt.MouseButton.LeftButton


def show(view: TranscriptView, markdown: str) -> None:
    view.add_message(Role.ASSISTANT, markdown, state=MessageState.COMPLETE)


def click(view: TranscriptView, qtbot: QtBot, offset: int) -> None:
    rect = view.character_rect(Position(0, ANSWER, 0, offset))
    point = view.viewport().mapFromGlobal(rect.center() + QPoint(3, 0))
    qtbot.mouseMove(view.viewport(), point)
    qtbot.mouseClick(view.viewport(), LEFT, pos=point)


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.b", "x", "//a.b"],
)
def test_only_web_and_mail_links_open(target: str) -> None:
    assert not may_open(target)
    assert may_open("https://example.org")
    assert may_open("http://example.org")
    assert may_open("mailto:a@example.org")


def test_a_link_that_says_where_it_leads_opens_at_a_click(
    view: TranscriptView, qtbot: QtBot
) -> None:
    show(view, "See <https://example.org/page> here.")
    with qtbot.waitSignal(view.link_open_requested) as caught:
        click(view, qtbot, 8)
    assert caught.args == ["https://example.org/page"]
    assert says_where("example.org", "https://example.org/")
    assert not says_where("example.org", "https://example.com/")


def test_the_target_of_a_link_is_shown_under_the_pointer(
    view: TranscriptView, qtbot: QtBot
) -> None:
    show(view, "See [the page](https://example.org/page) here.")
    rect = view.character_rect(Position(0, ANSWER, 0, 6))
    qtbot.mouseMove(view.viewport(), view.viewport().mapFromGlobal(rect.center() + QPoint(2, 0)))
    assert view.overlays.link_label.isVisible()
    assert view.overlays.link_label.text() == "https://example.org/page"


def test_any_other_link_opens_only_after_its_target_was_shown(
    view: TranscriptView, qtbot: QtBot
) -> None:
    show(view, "See [the page](https://example.org/page) here.")
    opened: list[str] = []
    view.link_open_requested.connect(opened.append)
    click(view, qtbot, 6)
    assert view.overlays.link_question.isVisible()
    assert view.overlays.link_question.target == "https://example.org/page"
    assert opened == []
    qtbot.mouseClick(view.overlays.link_question.open_button, LEFT)
    assert opened == ["https://example.org/page"]


def test_a_link_that_may_not_open_does_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    show(view, "See [the page](ftp://example.org/page) here.")
    with qtbot.assertNotEmitted(view.link_open_requested):
        click(view, qtbot, 6)
    assert not view.overlays.link_question.isVisible()


def test_no_html_is_interpreted(view: TranscriptView) -> None:
    show(view, "<img src='https://example.org/x.png'>\n\nText with <b>tags</b>.")
    texts = [layout.segment.text for layout in view.conversation.layout(0).answer.layouts]
    assert "<img src='https://example.org/x.png'>" in texts[0]
    assert texts[1] == "Text with <b>tags</b>."


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_no_image_is_asked_for_by_itself_and_one_click_asks(
    view: TranscriptView, qtbot: QtBot
) -> None:
    asked: list[str] = []
    view.image_requested.connect(asked.append)
    show(view, "![a cat](https://example.org/cat.png)")
    view.background.finish()
    view.grab()
    assert asked == []
    click(view, qtbot, 0)
    assert asked == ["https://example.org/cat.png"]
    before = view.conversation.heights.total
    view.supply_image("https://example.org/cat.png", picture(200, 300))
    qtbot.waitUntil(lambda: view.conversation.heights.total > before + 100, timeout=5000)


def test_only_https_images_can_be_loaded() -> None:
    assert is_loadable("https://example.org/a.png")
    for address in ("http://example.org/a.png", "file:///a.png", "data:image/png;base64,", "a.png"):
        assert not is_loadable(address)


def test_images_that_nobody_asked_for_are_ignored(view: TranscriptView) -> None:
    show(view, "![a cat](https://example.org/cat.png)")
    view.supply_image("https://example.org/cat.png", picture(20, 20))
    assert view.images.get("https://example.org/cat.png") is None


def test_an_image_that_is_too_large_or_broken_is_said_to_have_failed(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.images.request("https://example.org/1.png")
    view.supply_image("https://example.org/1.png", b"x" * (MAX_BYTES + 1))
    assert view.images.has_failed("https://example.org/1.png")
    view.images.request("https://example.org/2.png")
    view.supply_image("https://example.org/2.png", b"no picture at all")
    qtbot.waitUntil(lambda: view.images.has_failed("https://example.org/2.png"), timeout=5000)


def test_large_images_are_made_smaller_while_they_are_read() -> None:
    image = decode(picture(5000, 100))
    assert image.width() == MAX_SIDE
    assert image.height() == MAX_SIDE * 100 // 5000


def test_drawings_with_scripts_are_no_pictures() -> None:
    assert decode(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").isNull()


def test_a_picture_of_too_many_pixels_is_not_decoded_at_all() -> None:
    small = picture(16, 16)
    # The header says how large a picture is, before any of it.
    header = (20_000).to_bytes(4, "big") * 2
    size = zlib.crc32(b"IHDR" + header + small[24:29]).to_bytes(4, "big")
    claims = small[:16] + header + small[24:29] + size + small[33:]
    assert decode(small).width() == 16
    assert decode(claims).isNull()
