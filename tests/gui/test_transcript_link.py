"""What the transcript asks for, and who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.conversation import Talk, signalled, until
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from core.errors import ChatError, Fault
from gui.image_source import load_image
from gui.transcript.actions import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.demo import DemoSite


class Desktop(QObject):
    """Takes the addresses that would go to a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    desktop = Desktop()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, desktop, "open")
    yield desktop
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


async def test_only_the_last_answer_can_be_asked_for_again(talk: Talk, demo_site: DemoSite) -> None:
    await talk.ask("one")
    await talk.ask("two")
    offered = talk.transcript.commands.offered
    assert offered(3) == [Action.COPY, Action.REGENERATE]
    assert offered(1) == [Action.COPY]
    assert offered(0) == [Action.COPY]

    end = signalled(talk.controller.reply_finished)
    talk.transcript.regenerate_requested.emit(3)
    await end
    assert [question.text for question in demo_site.questions] == ["one", "two", "two"]
    assert talk.transcript.message_count() == 4


async def test_web_addresses_go_to_the_desktop_and_nothing_else(
    talk: Talk, desktop: Desktop
) -> None:
    for address in ("https://a.example/x", "file:///etc/passwd", "javascript:alert(1)"):
        talk.transcript.link_open_requested.emit(address)
    assert desktop.opened == ["https://a.example/x"]


async def test_a_picture_that_cannot_be_had_is_said_to_be_lost(talk: Talk) -> None:
    address = "https://127.0.0.1:9/picture.png"
    talk.transcript.images.request(address)
    await until(lambda: talk.transcript.images.has_failed(address))
    assert not talk.transcript.images.is_loading(address)


async def test_a_picture_is_loaded_over_https_alone() -> None:
    with pytest.raises(ChatError) as caught:
        await load_image("http://127.0.0.1/picture.png")
    assert caught.value.fault is Fault.BAD_ADDRESS
