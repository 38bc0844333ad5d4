from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from helpers.conversation import until
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget
from shiboken6 import isValid

from core.discovery import Found
from core.models import Profile
from core.profiles import preset
from core.secrets import KeyPlace
from gui.first_start.first_start_link import FirstStartServices
from gui.first_start.first_start_page import FirstStartPage
from gui.first_start.first_steps import FirstSteps
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Pane:
    """A place with a welcome, and services that answer when they are told to."""

    def __init__(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(QLabel("welcome"))
        self.scope = TaskScope()
        self.may_answer = asyncio.Event()
        self.was_stopped = False
        self.is_keeping = False
        self.is_looking = False
        self.steps = FirstSteps(
            self.set_page, taken=lambda: {"ollama"}, scope=self.scope, parent=self.pages
        )
        self.chosen: list[Profile] = []
        self.kept: list[str] = []
        self.steps.profile_chosen.connect(self.chosen.append)
        self.pages.show()

    def set_page(self, page: QWidget | None) -> None:
        if page is None:
            self.pages.removeWidget(self.pages.widget(1))
        else:
            self.pages.setCurrentIndex(self.pages.addWidget(page))

    def services(self) -> FirstStartServices:
        return FirstStartServices(self.find, self.check, self.keep, lambda: KeyPlace.SESSION)

    async def find(self) -> tuple[Found, ...]:
        self.is_looking = True
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.was_stopped = True
            raise
        known = preset("ollama")
        assert known is not None
        return (Found(known, "http://127.0.0.1:9/v1", ("one",), 0.1),)

    async def check(self, _profile: Profile, _key: str) -> None:
        """Every key works."""

    async def keep(self, profile: Profile, _key: str, _place: KeyPlace | None) -> None:
        self.is_keeping = True
        await self.may_answer.wait()
        self.kept.append(profile.id)

    def page(self) -> FirstStartPage:
        page = self.pages.currentWidget()
        assert isinstance(page, FirstStartPage)
        return page


@pytest.fixture
def pane(qtbot: QtBot, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> Iterator[Pane]:
    pane = Pane()
    qtbot.addWidget(pane.pages)
    yield pane
    run(pane.scope.close())


async def test_the_page_looks_at_once_and_goes_when_somebody_is_chosen(pane: Pane) -> None:
    pane.may_answer.set()
    pane.steps.open(pane.services())
    pane.steps.open(pane.services())
    page = pane.page()
    await until(lambda: bool(page.local.rows()))
    page.local.rows()[0].button.click()
    assert [profile.id for profile in pane.chosen] == ["ollama-2"]
    assert not pane.steps.is_open
    assert isinstance(pane.pages.currentWidget(), QLabel)
    await until(lambda: not isValid(page))
    pane.steps.open(pane.services())
    assert pane.page() is not page


async def test_a_page_that_goes_stops_looking(pane: Pane) -> None:
    pane.steps.open(pane.services())
    page = pane.page()
    await until(lambda: pane.is_looking)
    page.demo.button.click()
    assert [profile.provider for profile in pane.chosen] == ["demo"]
    await until(lambda: not isValid(page) and len(pane.scope) == 0)
    assert pane.was_stopped
    pane.steps.close()


async def test_a_page_that_goes_keeps_no_key(pane: Pane) -> None:
    pane.steps.open(pane.services())
    page = pane.page()
    page.key.open_form()
    page.key.form.field.setText("gsk_abc")
    page.key.form.connect_button.click()
    await until(lambda: pane.is_keeping)
    page.demo.button.click()
    pane.may_answer.set()
    await until(lambda: not isValid(page) and len(pane.scope) == 0)
    assert pane.kept == []
    assert [profile.provider for profile in pane.chosen] == ["demo"]


async def test_what_is_not_on_the_page_is_asked_for(pane: Pane, qtbot: QtBot) -> None:
    pane.steps.open(pane.services())
    with qtbot.waitSignal(pane.steps.settings_requested):
        pane.page().other_button.click()
    assert pane.steps.is_open
