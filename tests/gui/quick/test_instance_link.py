"""What the window does when the program is started once more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.conversation import until
from helpers.instance_place import private_runtime

from core.instance import hand_over
from core.instance_messages import Action, Wish
from gui.options import WindowOptions
from gui.quick.instance_claim import InstanceClaim, claim_instance
from gui.quick.instance_link import InstanceLink

if TYPE_CHECKING:
    from helpers.conversation import Talk

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)")


@pytest.fixture
def claim(tmp_path: Path) -> Iterator[InstanceClaim]:
    """The claim of a program that runs."""
    with ExitStack() as stack:
        stack.enter_context(private_runtime())
        claim = claim_instance(Wish(Action.SHOW), tmp_path)
        assert claim is not None
        stack.callback(claim.release)
        yield claim


async def tell(wish: Wish, folder: Path) -> None:
    assert await asyncio.to_thread(hand_over, wish, folder)


async def test_a_second_start_shows_the_window(
    talk: Talk, claim: InstanceClaim, tmp_path: Path
) -> None:
    link = InstanceLink(talk.window, talk.controller, claim)
    link.open(WindowOptions())
    for _ in range(2):
        await tell(Wish(Action.SHOW), tmp_path)
        await until(talk.window.isVisible)
        talk.window.showMinimized()
    await tell(Wish(Action.SHOW), tmp_path)
    await until(lambda: not talk.window.isMinimized())
    link.close()
    assert not await asyncio.to_thread(hand_over, Wish(Action.SHOW), tmp_path)


async def test_a_question_is_asked_in_a_new_conversation(
    talk: Talk, claim: InstanceClaim, tmp_path: Path
) -> None:
    link = InstanceLink(talk.window, talk.controller, claim)
    link.open(WindowOptions())
    await tell(Wish(Action.ASK, "What are you?"), tmp_path)
    await until(lambda: len(talk.controller.conversation.messages) == 2)
    first = talk.controller.conversation.id
    await until(lambda: not talk.controller.is_running)
    await tell(Wish(Action.ASK), tmp_path)
    await until(lambda: talk.controller.conversation.id != first)
    assert talk.window.isVisible()
    assert not talk.controller.conversation.messages
    link.close()


async def test_the_quick_prompt_and_the_end_are_passed_on(
    talk: Talk, claim: InstanceClaim, tmp_path: Path
) -> None:
    link = InstanceLink(talk.window, talk.controller, claim)
    got: list[tuple[str, ...]] = []
    link.quick_requested.connect(lambda *texts: got.append(texts))
    link.quit_requested.connect(lambda: got.append(("quit",)))
    link.open(WindowOptions(quick="at the start"))
    await tell(Wish(Action.QUICK, "later", "t"), tmp_path)
    await tell(Wish(Action.QUIT), tmp_path)
    await until(lambda: len(got) == 3)
    assert got == [("at the start", ""), ("later", "t"), ("quit",)]
    assert not talk.window.isVisible()
    link.close()


async def test_where_nobody_can_listen_the_window_works(talk: Talk) -> None:
    link = InstanceLink(talk.window, talk.controller, InstanceClaim())
    link.open(WindowOptions())
    link.show_window()
    assert talk.window.isVisible()
    link.close()
