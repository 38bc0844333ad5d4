"""The dialog over the real diagnosis of real servers on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import pytest
from helpers.conversation import until
from helpers.loopback_server import Peer, loopback
from helpers.loopback_tls import PrivateAuthority
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.access import Access
from core.diagnosis import Check, Outcome, Step, diagnose
from core.errors import ChatError
from core.models import Profile
from gui.diagnosis.certificate_dialog import CertificateDialog
from gui.diagnosis.diagnosis_dialog import DiagnosisDialog
from gui.diagnosis.diagnosis_link import DiagnosisLink
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """A window over which profiles are diagnosed."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.scope = TaskScope()
        self.left = 0
        self.trusted: list[Profile] = []
        self.link = DiagnosisLink(self.window, self._diagnose, scope=self.scope)
        self.link.profile_trusted.connect(self.trusted.append)
        self.window.show()

    async def _diagnose(self, profile: Profile) -> AsyncGenerator[Check, None]:
        try:
            async with aclosing(diagnose(profile, Access(proxy="none"))) as checks:
                async for check in checks:
                    yield check
        finally:
            self.left += 1

    def dialog(self) -> DiagnosisDialog:
        dialogs = [one for one in self.window.findChildren(DiagnosisDialog) if one.isVisible()]
        assert len(dialogs) == 1
        return dialogs[0]

    async def diagnosed(self) -> DiagnosisDialog:
        dialog = self.dialog()
        await until(lambda: not dialog.is_running)
        return dialog


@pytest.fixture
def desk(qtbot: QtBot, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> Iterator[Desk]:
    desk = Desk()
    qtbot.addWidget(desk.window)
    failures: list[ChatError] = []
    desk.scope.failed.connect(failures.append)
    yield desk
    for dialog in desk.window.findChildren(DiagnosisDialog):
        dialog.close()
    run(desk.scope.close())
    assert not failures


def profile_at(address: str) -> Profile:
    return Profile("My model", "openai", f"{address}/v1", id="mine")


async def answering(peer: Peer) -> None:
    """Answer as a server of OpenAI's protocol."""
    while True:
        request = await peer.request()
        if request.method == "GET":
            listed = {"object": "list", "data": [{"id": "one", "object": "model"}]}
            await peer.respond(json.dumps(listed).encode(), Content_Type="application/json")
        else:
            delta = {"choices": [{"index": 0, "delta": {"content": "OK"}}]}
            await peer.start_stream(Content_Type="text/event-stream")
            await peer.send(f"data: {json.dumps(delta)}\n\n".encode())
            await peer.hung_up()
            return


def outcomes(dialog: DiagnosisDialog) -> dict[Step, str]:
    return {step: row.icon.icon_name for step, row in dialog.steps.rows.items()}


async def test_a_service_that_works_is_said_to_work(desk: Desk) -> None:
    async with loopback(answering) as server:
        desk.link.show(profile_at(server.url))
        assert desk.dialog().is_running
        dialog = await desk.diagnosed()
    assert dialog.summary.text() == "Everything works.", dialog.report()
    assert outcomes(dialog)[Step.FIRST_WORD] == "passed"
    assert "First word" in dialog.report()


async def test_a_certificate_is_shown_trusted_and_everything_looked_at_again(desk: Desk) -> None:
    certificate = PrivateAuthority().certificate("127.0.0.1")
    async with loopback(answering, tls=certificate.server) as server:
        desk.link.show(profile_at(server.url))
        dialog = await desk.diagnosed()
        assert outcomes(dialog)[Step.TLS] == "failed"
        dialog.certificate_button.click()
        (shown,) = dialog.findChildren(CertificateDialog)
        shown.trust_button.click()
        (profile,) = desk.trusted
        assert profile.trust.fingerprint == hashlib.sha256(certificate.der).hexdigest()
        assert profile.id == "mine"
        await desk.diagnosed()
    assert outcomes(dialog)[Step.TLS] == "passed", dialog.report()
    assert outcomes(dialog)[Step.FIRST_WORD] == "passed", dialog.report()
    dialog.certificate_button.click()
    assert dialog.findChildren(CertificateDialog)[-1].trust_button.isHidden()


async def test_stopping_and_closing_hang_up(desk: Desk) -> None:
    heard = asyncio.Event()

    async def silent(peer: Peer) -> None:
        await peer.request()
        heard.set()
        await peer.hung_up()

    async with loopback(silent) as server:
        desk.link.show(profile_at(server.url))
        await heard.wait()
        heard.clear()
        dialog = desk.dialog()
        dialog.again_button.click()
        assert dialog.summary.text() == "Stopped."
        assert "running" not in outcomes(dialog).values()
        await until(lambda: desk.left == 1)
        dialog.again_button.click()
        await heard.wait()
        dialog.close_button.click()
        await until(lambda: desk.left == 2)
        await until(lambda: not isValid(dialog))
    assert len(desk.scope) == 0


async def test_another_profile_takes_the_place_of_the_first(desk: Desk) -> None:
    async def silent(peer: Peer) -> None:
        await peer.request()
        await peer.hung_up()

    async with loopback(silent) as slow, loopback(answering) as server:
        desk.link.show(profile_at(slow.url))
        desk.link.show(profile_at(server.url))
        dialog = await desk.diagnosed()
        assert dialog.summary.text() == "Everything works.", dialog.report()


async def test_a_bug_ends_the_diagnosis_and_is_not_hidden(desk: Desk) -> None:
    async def broken(_profile: Profile) -> AsyncGenerator[Check, None]:
        yield Check(Step.ADDRESS, Outcome.OK)
        raise ZeroDivisionError

    met: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _loop, context: met.append(context))
    link = DiagnosisLink(desk.window, broken, scope=desk.scope)
    link.show(profile_at("http://127.0.0.1:1"))
    dialog = await desk.diagnosed()
    loop.set_exception_handler(before)
    assert dialog.summary.text() == "Stopped."
    assert isinstance(met[0]["exception"], ZeroDivisionError)
