"""The page with what it does: real servers on loopback, a real demo site, a real place for keys."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.conversation import signalled, until
from helpers.keyrings import in_use
from helpers.loopback_server import Loopback, Peer, loopback, unused_port
from keyring.backends import fail

from core.demo import DemoSite
from core.discovery import Found, find_local
from core.errors import ChatError, KeyStoreError
from core.models import Profile
from core.profiles import Preset, preset, presets, profile_from
from core.secrets import KeyPlace, Secrets, key_name
from core.service_check import check_service
from gui.first_start.first_start_link import FirstStartLink, FirstStartServices
from gui.first_start.first_start_page import FirstStartPage
from gui.tasks import TaskScope

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEY = "sk-or-v1-abcdef"


@dataclass
class Desk:
    """A page whose services are on loopback."""

    file: Path
    page: FirstStartPage = field(init=False)
    link: FirstStartLink = field(init=False)
    scope: TaskScope = field(default_factory=TaskScope)
    secrets: Secrets = field(init=False)
    address: str = ""
    """Where every service that is checked is found."""
    local: list[Preset] = field(default_factory=list)
    chosen: list[Profile] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.secrets = Secrets(KeyPlace.SESSION, file=self.file)
        self.page = FirstStartPage(presets(), make_profile=partial(profile_from, taken=()))
        services = FirstStartServices(self.find, self.check, self.keep_key, self.key_place)
        self.link = FirstStartLink(self.page, services, scope=self.scope, parent=self.page)
        self.link.profile_chosen.connect(self.chosen.append)
        self.page.show()

    async def find(self) -> tuple[Found, ...]:
        return await find_local(self.local)

    async def check(self, profile: Profile, key: str) -> None:
        provider = "ai_power" if profile.provider == "chatgptfree" else profile.provider
        there = replace(profile, provider=provider, address=self.address)
        await check_service(there, key=key)

    async def keep_key(self, profile: Profile, key: str, place: KeyPlace | None) -> None:
        self.secrets.place = place or self.secrets.place
        await self.secrets.put(key_name(profile.id), key)

    def key_place(self) -> KeyPlace:
        return self.secrets.place

    def enter_key(self) -> None:
        self.page.key.open_form()
        self.page.key.form.field.setText(KEY)
        self.page.key.form.connect_button.click()


@pytest.fixture
def desk(
    qtbot: QtBot, run: Callable[[Coroutine[Any, Any, Any]], Any], tmp_path: Path
) -> Iterator[Desk]:
    desk = Desk(tmp_path / "keys.json")
    qtbot.addWidget(desk.page)
    failures: list[ChatError] = []
    desk.scope.failed.connect(failures.append)
    yield desk
    run(desk.scope.close())
    assert not failures, "what goes wrong is said on the page alone"


def at(name: str, server: Loopback) -> Preset:
    known = preset(name)
    assert known is not None
    return replace(known, address=f"{server.url}/v1")


async def answering(peer: Peer) -> None:
    """Answer as a server of OpenAI's protocol that knows one key."""
    while True:
        request = await peer.request()
        if request.target.endswith("/models"):
            listed = {"object": "list", "data": [{"id": "one", "owned_by": "vllm"}]}
            await peer.respond(json.dumps(listed).encode(), Content_Type="application/json")
        elif request.headers.get("authorization") != f"Bearer {KEY}":
            error = {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}
            body = json.dumps(error).encode()
            await peer.respond(body, status="401 Unauthorized", Content_Type="application/json")
        else:
            delta = {"choices": [{"index": 0, "delta": {"content": "OK"}}]}
            await peer.start_stream(Content_Type="text/event-stream")
            await peer.send(f"data: {json.dumps(delta)}\n\n".encode())
            await peer.hung_up()
            return


async def test_servers_on_this_computer_are_found_and_chosen(desk: Desk) -> None:
    async with loopback(answering) as server:
        desk.local = [at("vllm", server)]
        desk.link.look()
        desk.link.look()
        assert desk.page.local.is_looking
        await until(lambda: bool(desk.page.local.rows()))
        desk.page.local.rows()[0].button.click()
    (profile,) = desk.chosen
    assert (profile.preset, profile.model, profile.address) == ("vllm", "one", f"{server.url}/v1")
    assert len(desk.scope) == 0


async def test_when_none_runs_it_is_said_and_can_be_tried_again(desk: Desk) -> None:
    for _ in range(2):
        desk.page.local.button.click()
        await until(lambda: not desk.page.local.is_looking)
        assert desk.page.local.text.text().startswith("None was found.")


async def test_a_free_site_that_answers_is_chosen(desk: Desk, demo_site: DemoSite) -> None:
    desk.address = demo_site.url
    end = signalled(desk.link.profile_chosen)
    desk.page.site.button.click()
    assert desk.page.site.button.text() == "Stop"
    profile = await end
    assert profile.provider == "chatgptfree"
    assert desk.page.site.status.text() == "It works."


async def test_a_free_site_that_does_not_answer_is_not_chosen_unless_asked_for(
    desk: Desk,
) -> None:
    desk.address = f"http://127.0.0.1:{unused_port()}"
    desk.page.site.button.click()
    await until(desk.page.site.anyway_button.isVisible)
    assert desk.page.site.status.text().startswith("Not reached.")
    assert desk.chosen == []
    desk.page.site.anyway_button.click()
    assert [profile.provider for profile in desk.chosen] == ["chatgptfree"]


async def test_a_check_that_takes_long_is_stopped_and_hangs_up(desk: Desk) -> None:
    heard, gone = asyncio.Event(), asyncio.Event()

    async def silent(peer: Peer) -> None:
        await peer.request()
        heard.set()
        await peer.hung_up()
        gone.set()

    async with loopback(silent) as server:
        desk.address = server.url
        desk.page.site.button.click()
        await heard.wait()
        desk.page.site.button.click()
        await gone.wait()
    assert desk.page.site.status.isHidden()
    assert desk.page.site.button.text() == "Check and use"
    assert desk.chosen == []


async def test_a_key_that_works_is_kept_before_its_service_is_chosen(desk: Desk) -> None:
    async with loopback(answering) as server:
        desk.address = f"{server.url}/v1"
        end = signalled(desk.link.profile_chosen)
        desk.enter_key()
        profile = await end
    assert profile.preset == "openrouter"
    assert await desk.secrets.get(key_name(profile.id)) == KEY
    assert desk.page.key.form.field.text() == ""


async def test_a_key_that_is_refused_is_neither_kept_nor_offered(desk: Desk) -> None:
    async with loopback(answering) as server:
        desk.address = f"{server.url}/v1"
        desk.page.key.open_form()
        desk.page.key.form.field.setText("sk-or-v1-wrong")
        desk.page.key.form.connect_button.click()
        await until(desk.page.key.status.isVisible)
        await until(lambda: "key" in desk.page.key.status.text() and not len(desk.scope))
    assert "did not accept your key" in desk.page.key.status.text()
    assert not desk.page.key.anyway_button.isVisible()
    assert await desk.secrets.get(key_name("openrouter")) == ""
    assert desk.chosen == []


async def test_a_key_that_cannot_be_tested_can_be_used_all_the_same(desk: Desk) -> None:
    desk.address = f"http://127.0.0.1:{unused_port()}/v1"
    desk.enter_key()
    await until(desk.page.key.anyway_button.isVisible)
    end = signalled(desk.link.profile_chosen)
    desk.page.key.anyway_button.click()
    profile = await end
    assert await desk.secrets.get(key_name(profile.id)) == KEY


async def test_without_a_password_store_another_place_is_offered(desk: Desk) -> None:
    desk.secrets.place = KeyPlace.KEYRING
    with in_use(fail.Keyring()):
        async with loopback(answering) as server:
            desk.address = f"{server.url}/v1"
            desk.enter_key()
            await until(desk.page.key.file_button.isVisible)
    assert desk.chosen == []
    end = signalled(desk.link.profile_chosen)
    desk.page.key.file_button.click()
    profile = await end
    assert KEY in desk.file.read_text(encoding="utf-8")
    assert await desk.secrets.get(key_name(profile.id)) == KEY
    assert "in a file" in desk.page.key.form.place.text()


async def test_a_place_that_fails_too_leaves_the_others(desk: Desk) -> None:
    # A folder stands where the file would be.
    desk.file.mkdir()
    async with loopback(answering) as server:
        desk.address = f"{server.url}/v1"
        desk.secrets.place = KeyPlace.FILE
        desk.enter_key()
        await until(desk.page.key.session_button.isVisible)
    assert isinstance(await failure_of(desk), KeyStoreError)
    end = signalled(desk.link.profile_chosen)
    desk.page.key.session_button.click()
    assert (await end).preset == "openrouter"


async def failure_of(desk: Desk) -> BaseException | None:
    try:
        await desk.secrets.put("x", "y")
    except ChatError as exc:
        return exc
    return None


async def test_a_second_check_ends_the_first(desk: Desk) -> None:
    heard, gone = asyncio.Event(), asyncio.Event()

    async def silent(peer: Peer) -> None:
        await peer.request()
        heard.set()
        await peer.hung_up()
        gone.set()

    async with loopback(silent) as slow, loopback(answering) as server:
        desk.address = slow.url
        desk.page.site.button.click()
        await heard.wait()
        desk.address = f"{server.url}/v1"
        end = signalled(desk.link.profile_chosen)
        desk.enter_key()
        assert (await end).preset == "openrouter"
        await gone.wait()
    assert desk.page.site.status.isHidden()
    assert len(desk.chosen) == 1
