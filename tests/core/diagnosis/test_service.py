"""What a diagnosis finds at a service: what it is, its key, its model, its first word."""

from __future__ import annotations

import asyncio
import string
from dataclasses import replace

import pytest
from helpers.diagnoses import checks_of, failed, openai
from helpers.keyed_server import KeyedServer, keyed_server
from helpers.loopback_server import Peer, Request, loopback, unused_port

from core.access import Access
from core.demo import DemoSite, Failure, Scenario
from core.diagnosis import (
    FINDINGS,
    OUTCOMES,
    STEPS,
    Finding,
    Outcome,
    Step,
    diagnose,
    report,
)
from core.errors import Fault, KeyStoreError
from core.models import Profile

KEY = "sk-planted-0123456789abcdef"


def test_everything_has_its_words() -> None:
    assert set(STEPS) == set(Step)
    assert set(OUTCOMES) == set(Outcome)
    assert set(FINDINGS) == set(Finding)
    for template in FINDINGS.values():
        assert template.endswith((".", "{message}"))
        assert all(
            name.isidentifier() for _, name, _, _ in string.Formatter().parse(template) if name
        )


async def test_a_service_that_works_passes_every_step() -> None:
    async with keyed_server(KeyedServer(key=KEY)) as api:
        profile = openai(api.url_at("localhost"), model="large", needs_key=True)
        checks = await checks_of(profile, Access(KEY, "none"))
    assert {step: check.finding for step, check in checks.items()} == {
        Step.ADDRESS: Finding.ASKED_DIRECTLY,
        Step.DNS: Finding.NAME_FOUND,
        Step.TCP: Finding.CONNECTED,
        Step.PROXY: Finding.NO_PROXY,
        Step.TLS: Finding.NO_TLS_HERE,
        Step.HTTP: Finding.ANSWERS,
        Step.SERVICE: Finding.API_KNOWN,
        Step.KEY: Finding.KEY_SENT,
        Step.MODEL: Finding.MODEL_LISTED,
        Step.FIRST_WORD: Finding.FIRST_WORD,
    }
    assert {check.outcome for check in checks.values()} == {Outcome.OK, Outcome.SKIPPED}
    assert checks[Step.FIRST_WORD].seconds > 0


async def test_the_web_server_is_asked_before_it_is_shown_a_key() -> None:
    async with keyed_server(KeyedServer(key=KEY)) as api:
        await checks_of(openai(api.url), Access(KEY, "none"))
    first, *others = api.requests
    assert KEY not in str(first)
    assert all(KEY in str(request) for request in others)


@pytest.mark.parametrize("version", [1, 2])
async def test_a_site_with_ai_power_passes_every_step(version: int) -> None:
    async with DemoSite(scenario=Scenario.for_protocol(f"v{version}")) as site:
        checks = await checks_of(Profile("Demo", "demo", site.url))
    assert checks[Step.SERVICE].finding is Finding.PAGE_KNOWN
    assert checks[Step.SERVICE].data["version"] == version
    assert checks[Step.KEY].finding is Finding.NO_KEY_NEEDED
    assert checks[Step.FIRST_WORD].finding is Finding.FIRST_WORD


async def test_a_web_page_where_an_api_should_be_is_told() -> None:
    async def page(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"<html>Welcome</html>", Content_Type="text/html", Connection="close")

    async with loopback(page) as server:
        check = failed(await checks_of(openai(server.url)))
    assert check.step is Step.SERVICE
    assert check.error is not None
    assert check.error.fault is Fault.HTML_ANSWER


async def test_a_page_without_a_chat_is_told() -> None:
    async with DemoSite(scenario=Scenario(failure=Failure.PAGE_NO_CHAT)) as site:
        check = failed(await checks_of(Profile("Site", "ai_power", site.url)))
    assert check.step is Step.SERVICE


async def test_a_server_in_trouble_is_told_by_two_steps() -> None:
    async with keyed_server(KeyedServer(status="503 Service Unavailable")) as api:
        checks = await checks_of(openai(api.url))
    assert checks[Step.HTTP].outcome is Outcome.WARNING
    assert checks[Step.FIRST_WORD].outcome is Outcome.FAILED


async def test_a_missing_key_is_told_once_the_way_has_been_looked_at() -> None:
    async with keyed_server(KeyedServer(key=KEY)) as api:
        checks = await checks_of(openai(api.url, needs_key=True))
    check = failed(checks)
    assert check.step is Step.KEY
    assert check.error is not None
    assert check.error.fault is Fault.KEY_MISSING
    assert checks[Step.SERVICE].finding is Finding.API_WANTS_KEY


async def test_a_missing_key_is_told_even_where_the_way_is_blocked() -> None:
    profile = openai(f"http://127.0.0.1:{unused_port()}/v1", needs_key=True)
    checks = await checks_of(profile)
    failures = [step for step, check in checks.items() if check.outcome is Outcome.FAILED]
    assert failures == [Step.TCP, Step.KEY]


async def test_a_keyring_that_is_locked_is_told_in_the_place_of_the_key() -> None:
    async with keyed_server(KeyedServer()) as api:
        trouble = KeyStoreError(fault=Fault.KEY_STORE_LOCKED)
        stream = diagnose(openai(api.url), Access(proxy="none"), key_error=trouble)
        checks = {check.step: check async for check in stream}
    assert failed(checks).error is trouble


@pytest.mark.parametrize("wrong", ["sk-wrong-9876543210fedcba", "LooksLikeNoKeyAtAll"])
async def test_a_key_that_is_refused_is_told_and_not_shown(wrong: str) -> None:
    async with keyed_server(KeyedServer(key=KEY)) as api:
        checks = await checks_of(openai(api.url, needs_key=True), Access(wrong, "none"))
    check = failed(checks)
    assert check.step is Step.KEY
    assert check.error is not None
    assert check.error.fault is Fault.KEY_REFUSED
    assert wrong not in report(checks.values())


class NoListForThisKey(KeyedServer):
    """A service that has keys which may ask for answers, and not for the list of models."""

    async def _answer(self, peer: Peer, request: Request) -> None:
        if request.target.endswith("/models"):
            body = b'{"error": {"message": "Missing scopes: api.model.read"}}'
            kind = "application/json"
            await peer.respond(body, status="403 Forbidden", Content_Type=kind)
        else:
            await super()._answer(peer, request)


async def test_a_key_that_may_not_see_the_list_is_tried_with_an_answer() -> None:
    async with keyed_server(NoListForThisKey(key=KEY)) as api:
        profile = openai(api.url, model="large", needs_key=True)
        checks = await checks_of(profile, Access(KEY, "none"))
        without = await checks_of(replace(profile, needs_key=False))
    check = checks[Step.KEY]
    assert check.outcome is Outcome.WARNING
    assert check.error is not None
    assert check.error.fault is Fault.FORBIDDEN
    assert checks[Step.FIRST_WORD].finding is Finding.FIRST_WORD
    assert failed(without).step is Step.KEY


async def test_a_key_that_only_an_answer_needs_is_told_by_the_answer() -> None:
    async with keyed_server(KeyedServer(key=KEY, has_open_list=True)) as api:
        checks = await checks_of(openai(api.url, needs_key=True), Access("sk-0ther-key", "none"))
    assert checks[Step.KEY].finding is Finding.KEY_SENT
    check = failed(checks)
    assert check.step is Step.FIRST_WORD
    assert check.error is not None
    assert check.error.fault is Fault.KEY_REFUSED


@pytest.mark.parametrize(
    ("model", "models", "finding"),
    [
        ("small", ("small", "large"), Finding.MODEL_LISTED),
        ("llama3.2", ("llama3.2:latest",), Finding.MODEL_LISTED),
        ("other", ("small", "large"), Finding.MODEL_NOT_LISTED),
        ("other", None, Finding.MODEL_UNSURE),
        ("", ("small", "large"), Finding.MODEL_FIRST),
    ],
)
async def test_what_the_list_says_of_the_model_is_told(
    model: str, models: tuple[str, ...] | None, finding: Finding
) -> None:
    async with keyed_server(KeyedServer(models=models)) as api:
        checks = await checks_of(openai(api.url, model=model))
    assert checks[Step.MODEL].finding is finding
    assert (checks[Step.SERVICE].finding is Finding.NO_LIST) is (models is None)
    assert checks[Step.FIRST_WORD].outcome is Outcome.OK


async def test_an_answer_without_a_word_is_told() -> None:
    async with keyed_server(KeyedServer(words=())) as api:
        check = failed(await checks_of(openai(api.url, model="small")))
    assert check.step is Step.FIRST_WORD
    assert check.error is not None
    assert check.error.fault is Fault.EMPTY_ANSWER


async def test_a_diagnosis_that_is_left_hangs_up() -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    left = asyncio.Event()

    async def never_answers(peer: Peer) -> None:
        await heard.put(await peer.reader.read(65536))
        await peer.hung_up()
        if heard.qsize() == 0:
            left.set()

    async with loopback(never_answers) as server:
        task = asyncio.create_task(checks_of(openai(server.url)))
        assert await heard.get() == b""  # the step that merely connects
        assert await heard.get()
        task.cancel()
        await left.wait()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_report_can_be_read_by_somebody_else() -> None:
    async with keyed_server(KeyedServer(key=KEY)) as api:
        checks = await checks_of(openai(api.url, model="small"), Access(KEY, "none"))
    lines = report(checks.values(), translate=str.upper).splitlines()
    assert len(lines) == 1 + len(Step)
    assert lines[0].startswith("Beseda ")
    assert lines[-1].startswith("[OK, ")
    assert " FIRST WORD: THE FIRST WORD CAME AFTER" in lines[-1]
    assert KEY not in "".join(lines)
