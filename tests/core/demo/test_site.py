"""The site's life: it starts, keeps its pace, is looked at by tests, and stops at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import aiohttp
import pytest
from helpers.raw_visitor import PATIENCE, Visitor, visiting

from core.demo import DemoSite, Failure, Scenario, Version
from core.demo.recording import KEPT_RECORDS, Records
from core.errors import SettingsError

V1 = Version.V1_9_18
MODULES = "import core.demo, sys; print('aiohttp' in sys.modules)"


def test_importing_it_does_not_import_aiohttp() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", MODULES], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "False"


def test_a_scenario_for_each_protocol() -> None:
    assert Scenario.for_protocol("v1").version is Version.V1_9_18
    assert Scenario.for_protocol("v2").version is Version.V2_4_71
    assert Scenario().version.protocol == "v1"


async def test_it_stops_at_once_while_streams_run() -> None:
    async with aiohttp.ClientSession() as session:
        site = DemoSite(scenario=Scenario(version=V1, speed=5))
        await site.start()
        await site.start()
        visitor = Visitor(site, session)
        nonce = await visitor.nonce()
        site.use(failure=Failure.SILENT_START, times=2)
        tasks = [asyncio.create_task(visitor.ask("hi", _wpnonce=nonce)) for _ in range(5)]
        async with asyncio.timeout(PATIENCE):
            while len(site.prompts) < len(tasks):  # noqa: ASYNC110 - the site has no event for it
                await asyncio.sleep(0.001)
        async with asyncio.timeout(PATIENCE):
            await site.close()
            await site.close()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(result, aiohttp.ClientError) for result in results)
        assert not any(request.hung_up.is_set() for request in site.requests)


async def test_it_starts_again_where_it_was() -> None:
    async with aiohttp.ClientSession() as session:
        site = DemoSite(scenario=Scenario(version=V1, speed=0))
        await site.start()
        url = site.url
        await site.close()
        await site.start()
        assert site.url == url
        assert (await Visitor(site, session).ask("hi")).said
        await site.close()


async def test_a_port_that_is_taken_is_a_setting_that_does_not_work() -> None:
    async with DemoSite() as site:
        with pytest.raises(SettingsError) as caught:
            await DemoSite(port=site.port).start()
        assert caught.value.option == "port"
    with pytest.raises(SettingsError):
        await DemoSite(port=70_000).start()


async def test_requests_are_recorded() -> None:
    async with visiting(Scenario(version=V1, speed=0)) as visitor:
        await visitor.ask("Привет", bot_id="0")
        page, question = visitor.site.requests
        assert (page.method, page.path, page.action) == ("GET", "/", "")
        assert (question.method, question.path) == ("POST", "/wp-admin/admin-ajax.php")
        assert question.form["message"] == question.text == "Привет"
        assert question.fields["bot_id"] == "0"
        assert "aiohttp" in question.headers["user-agent"]
        assert question.ended.is_set()
        assert not question.hung_up.is_set()
        assert visitor.site.questions == [question]


async def test_a_client_that_leaves_in_the_middle_is_noticed() -> None:
    async with visiting(Scenario(version=V1, speed=20)) as visitor:
        fields = {"action": "wpaicg_chat_shortcode_message", "message": "hi"}
        fields["_wpnonce"] = await visitor.nonce()
        async with visitor.session.post(visitor.ajax, data=fields) as reply:
            await reply.content.readany()
            record = visitor.site.requests[-1]
            assert not record.hung_up.is_set()
            reply.close()
            async with asyncio.timeout(PATIENCE):
                await record.hung_up.wait()
                await record.ended.wait()


def test_records_are_bounded_by_number_and_by_size() -> None:
    records = Records[str](len)
    for number in range(KEPT_RECORDS + 10):
        records.add(str(number))
    assert len(records.all()) == KEPT_RECORDS
    assert records.all()[-1] == str(KEPT_RECORDS + 9)
    for _ in range(20):
        records.add("x" * 10_000_000)
    assert len(records.all()) == 3


async def test_a_scenario_may_say_what_is_answered_to_any_question() -> None:
    async with visiting(
        Scenario(version=V1, speed=0, piece=4, answer="# Mine\n\nand more")
    ) as visitor:
        assert (await visitor.ask("hi")).said == "# Mine\n\nand more"
        assert len((await visitor.ask("/long 1000")).said) == 1000


async def test_the_pace_is_kept() -> None:
    async with visiting(Scenario(version=V1, speed=200, piece=4, delay=0.1)) as visitor:
        nonce = await visitor.nonce()
        visitor.site.answer_text("x" * 100)
        started = time.monotonic()
        await visitor.ask("hi", _wpnonce=nonce)
        assert time.monotonic() - started > 0.55


@pytest.mark.parametrize("version", [Version.V1_9_18, Version.V2_4_71])
async def test_without_a_pace_a_long_answer_is_there_soon(version: Version) -> None:
    async with visiting(Scenario(version=version, speed=0)) as visitor:
        answer = await visitor.ask("/long 1000000")
        assert len(answer.said) == 1_000_000


async def test_a_site_that_is_always_ready_lets_others_have_the_loop() -> None:
    async with visiting(Scenario(version=V1, speed=0)) as visitor:
        nonce = await visitor.nonce()
        task = asyncio.create_task(visitor.ask("/long 500000", _wpnonce=nonce))
        turns = 0
        while not task.done():
            await asyncio.sleep(0)
            turns += 1
        assert len((await task).said) == 500_000
        assert turns > 100
