"""ChatgptFree against a real site on loopback that speaks both protocols."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from core.demo import DemoSite, Failure, Scenario, Version
from core.errors import ChatError, Fault, PageFormatError, RateLimitError
from core.events import Finished, FinishReason, StreamEvent, TextDelta
from core.models import ChatRequest, Limits, Message, Role
from core.providers import ChatgptFree
from core.providers.ai_power.site import AIPowerSite

VERSIONS = list(Version)
V1 = [version for version in Version if version.protocol == "v1"]
V2 = [version for version in Version if version.protocol == "v2"]
HOURS = 3600.0


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def site_with(
    version: Version = Version.V1_9_18, clock: Clock | None = None, **scenario: object
) -> AsyncIterator[tuple[DemoSite, type[AIPowerSite]]]:
    """Give a running site and a provider for it that knows nothing yet."""
    settings = Scenario(version=version, speed=0, **scenario)  # type: ignore[arg-type]  # as named
    site = DemoSite(scenario=settings, clock=clock) if clock else DemoSite(scenario=settings)
    async with site:
        # Not `ChatgptFree.at`, which may remember an earlier site on the same port.
        yield site, type("FreshSite", (AIPowerSite,), {"url": site.url})


def request(*texts: str, conversation: str | None = None, silence: float = 5) -> ChatRequest:
    turns = [
        Message(Role.ASSISTANT if index % 2 else Role.USER, text)
        for index, text in enumerate(texts)
    ]
    return ChatRequest(
        model=ChatgptFree.default_model,
        messages=tuple(turns),
        limits=Limits(silence=silence),
        conversation_id=conversation,
    )


async def ask(
    provider: type[AIPowerSite], *texts: str, conversation: str | None = None, silence: float = 5
) -> list[StreamEvent]:
    wanted = request(*texts, conversation=conversation, silence=silence)
    async with aclosing(provider.stream(wanted)) as events:
        return [event async for event in events]


def text_of(events: list[StreamEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


async def fault_of(provider: type[AIPowerSite], *texts: str) -> ChatError:
    with pytest.raises(ChatError) as caught:
        await ask(provider, *(texts or ("hi",)), silence=0.4)
    return caught.value


async def part_of(provider: type[AIPowerSite]) -> tuple[list[StreamEvent], ChatError]:
    """Return what was yielded before an error, and the error."""
    seen: list[StreamEvent] = []
    try:
        async with aclosing(provider.stream(request("hi", silence=0.4))) as events:
            async for event in events:
                seen.append(event)  # noqa: PERF401 - the part is wanted when it raises
    except ChatError as error:
        return seen, error
    pytest.fail("no error was raised")


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_answer_arrives_delta_by_delta(version: Version) -> None:
    async with site_with(version) as (site, provider):
        site.answer("Hel", "lo ", "🌍")
        events = await ask(provider, "hi")
    assert [event.text for event in events if isinstance(event, TextDelta)] == ["Hel", "lo ", "🌍"]
    assert events[-1] == Finished(FinishReason.STOP)
    assert provider.working


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("chunking", [1, 7, "whole"])
async def test_an_answer_cut_anywhere_stays_the_same(version: Version, chunking: object) -> None:
    async with site_with(version, chunking=chunking) as (site, provider):
        site.answer("Привет", ' "мир" ', "\n🌍")
        assert text_of(await ask(provider, "hi")) == 'Привет "мир" \n🌍'


@pytest.mark.parametrize("version", [*V1, Version.V2_3_69])
async def test_a_site_that_does_not_stream_answers_in_one_piece(version: Version) -> None:
    async with site_with(version, stream=False) as (site, provider):
        site.answer("Привет", " мир")
        events = await ask(provider, "hi")
    assert text_of(events) == "Привет мир"
    assert events[-1] == Finished(FinishReason.STOP)


@pytest.mark.parametrize("version", VERSIONS)
async def test_the_page_is_read_once_and_kept(version: Version) -> None:
    async with site_with(version) as (site, provider):
        await ask(provider, "one")
        await ask(provider, "two")
        assert [request.path for request in site.requests].count("/") == 1
        assert provider._nonce
        assert provider._post_id


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_nonce_that_died_is_renewed_unnoticed(version: Version) -> None:
    clock = Clock()
    async with site_with(version, clock) as (_, provider):
        await ask(provider, "one")
        clock.now += 25 * HOURS
        dead = provider._nonce
        assert text_of(await ask(provider, "two"))
        assert provider._nonce != dead


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_dead_nonce_in_a_page_cache_is_got_round(version: Version) -> None:
    clock = Clock()
    async with site_with(version, clock, page_cache=True) as (_, provider):
        await ask(provider, "one")
        clock.now += 25 * HOURS
        provider._nonce = None
        assert text_of(await ask(provider, "two"))


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_nonce_that_never_works_ends_in_an_error_after_few_tries(version: Version) -> None:
    async with site_with(version, failure=Failure.NONCE_REFUSED) as (site, provider):
        error = await fault_of(provider)
        assert isinstance(error, PageFormatError)
        assert error.fault is Fault.NONCE_REFUSED
        assert len([request for request in site.requests if request.text]) <= 3
    assert not provider.working


V1_FAULTS: dict[Failure, Fault] = {
    Failure.NONCE_INVALID: Fault.NONCE_REFUSED,
    Failure.NONCE_MINUS_ONE: Fault.NONCE_REFUSED,
    Failure.MODERATION: Fault.FLAGGED,
    Failure.UPSTREAM_HTML: Fault.HTML_ANSWER,
    Failure.UPSTREAM_400: Fault.UPSTREAM_ERROR,
}
V2_FAULTS: dict[Failure, Fault] = {
    Failure.FOREIGN_ORIGIN: Fault.FOREIGN_ORIGIN,
    Failure.NONCE_REFUSED_STREAM: Fault.NONCE_REFUSED,
    Failure.QUOTA_NOTICE: Fault.QUOTA,
    Failure.UNKNOWN_KEY: Fault.UPSTREAM_ERROR,
    Failure.WRONG_BOT: Fault.UPSTREAM_ERROR,
    Failure.MISSING_CONVERSATION: Fault.UPSTREAM_ERROR,
    Failure.MISSING_SESSION: Fault.UPSTREAM_ERROR,
}
FAULTS: dict[Failure, Fault] = {
    Failure.PAGE_SILENT: Fault.SILENCE,
    Failure.PAGE_RESET: Fault.RESET,
    Failure.PAGE_CHALLENGE_403: Fault.BROWSER_CHECK,
    Failure.PAGE_CHALLENGE_503: Fault.BROWSER_CHECK,
    Failure.PAGE_NOT_FOUND: Fault.NOT_A_PAGE,
    Failure.PAGE_BROKEN: Fault.SERVER_ERROR,
    Failure.PAGE_NO_CHAT: Fault.NO_CHAT,
    Failure.PAGE_NO_NONCE: Fault.NO_NONCE,
    Failure.PAGE_NO_POST_ID: Fault.NO_POST_ID,
    Failure.PAGE_HUGE: Fault.PAGE_TOO_LARGE,
    Failure.PAGE_GZIP_BOMB: Fault.PAGE_TOO_LARGE,
    Failure.PAGE_REDIRECT: Fault.REDIRECT,
    Failure.PAGE_EMPTY: Fault.NO_CHAT,
    Failure.EMPTY_INPUT: Fault.EMPTY_PROMPT,
    Failure.NO_API_KEY: Fault.SITE_KEY_REFUSED,
    Failure.ENDPOINT_GONE: Fault.ENDPOINT_GONE,
    Failure.TOKEN_LIMIT: Fault.QUOTA,
    Failure.BANNED_IP: Fault.ADDRESS_BLOCKED,
    Failure.BANNED_WORD: Fault.WORDS_BLOCKED,
    Failure.FATAL_ERROR: Fault.SERVER_ERROR,
    Failure.UPSTREAM_401: Fault.SITE_KEY_REFUSED,
    Failure.UPSTREAM_429: Fault.RATE_LIMIT,
    Failure.UPSTREAM_QUOTA: Fault.SITE_QUOTA,
    Failure.UPSTREAM_500: Fault.UPSTREAM_ERROR,
    Failure.SILENT_START: Fault.SILENCE,
    Failure.RESET_START: Fault.RESET,
    Failure.CHALLENGE_403: Fault.BROWSER_CHECK,
    Failure.CHALLENGE_503: Fault.BROWSER_CHECK,
    Failure.REDIRECT: Fault.REDIRECT,
    Failure.HTTP_429: Fault.RATE_LIMIT,
    Failure.HTTP_502: Fault.SERVER_ERROR,
    Failure.EMPTY_BODY: Fault.EMPTY_ANSWER,
    Failure.HTML_ANSWER: Fault.HTML_ANSWER,
    Failure.ENDLESS_LINE: Fault.ANSWER_TOO_LARGE,
    Failure.GZIP_BOMB: Fault.ANSWER_TOO_LARGE,
}
CASES = [
    *((version, failure, fault) for failure, fault in FAULTS.items() for version in VERSIONS),
    *((version, failure, fault) for failure, fault in V1_FAULTS.items() for version in V1),
    *((version, failure, fault) for failure, fault in V2_FAULTS.items() for version in V2),
]


@pytest.mark.parametrize(("version", "failure", "fault"), CASES)
async def test_each_failure_is_told_apart(version: Version, failure: Failure, fault: Fault) -> None:
    async with site_with(version, failure=failure) as (_, provider):
        error = await fault_of(provider)
    assert error.fault is fault
    assert error.data["host"]


CUTS = [Failure.CUT_SHORT, Failure.UPSTREAM_CLOSED]


@pytest.mark.parametrize("version", V1)
@pytest.mark.parametrize("failure", CUTS)
async def test_a_cut_off_answer_is_told_from_a_complete_one(
    version: Version, failure: Failure
) -> None:
    async with site_with(version, failure=failure) as (_, provider):
        events = await ask(provider, "hi")
    assert text_of(events)
    assert events[-1] == Finished(FinishReason.CUT)


BROKEN_OFF = [Failure.RESET_MIDDLE, Failure.TORN_MIDDLE, Failure.SILENT_MIDDLE]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("failure", [*BROKEN_OFF, Failure.UPSTREAM_ERROR_EVENT])
async def test_what_arrived_before_an_error_was_yielded(version: Version, failure: Failure) -> None:
    async with site_with(version, failure=failure) as (_, provider):
        seen, error = await part_of(provider)
    assert text_of(seen)
    assert error.retryable


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("failure", [Failure.BROKEN_JSON, Failure.INVALID_UTF8])
async def test_what_is_broken_in_a_stream_does_not_end_it(
    version: Version, failure: Failure
) -> None:
    async with site_with(version, failure=failure) as (_, provider):
        events = await ask(provider, "hi")
    assert text_of(events)
    assert events[-1] == Finished(FinishReason.STOP)


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_hundred_thousand_events_in_one_chunk_are_read(version: Version) -> None:
    async with site_with(version, failure=Failure.MANY_EVENTS) as (_, provider):
        events = await ask(provider, "hi")
    assert len([event for event in events if isinstance(event, TextDelta)]) >= 100_000


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_limit_is_never_asked_again(version: Version) -> None:
    async with site_with(version, failure=Failure.UPSTREAM_429) as (site, provider):
        error = await fault_of(provider)
        assert isinstance(error, RateLimitError)
        assert error.retry_after == 20.0
        assert len([request for request in site.requests if request.text]) == 1


@pytest.mark.parametrize("version", VERSIONS)
async def test_leaving_early_hangs_up(version: Version) -> None:
    async with site_with(version) as (site, provider):
        site.scenario = Scenario(version=version, speed=200)
        async with aclosing(provider.stream(request("/long 20000"))) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    break
        async with asyncio.timeout(10):
            await site.requests[-1].hung_up.wait()


async def test_a_site_that_changed_its_protocol_is_recognised_again() -> None:
    async with site_with(Version.V1_9_18) as (site, provider):
        await ask(provider, "one")
        site.scenario = Scenario(version=Version.V2_4_71, speed=0)
        assert text_of(await ask(provider, "two"))
        site.scenario = Scenario(version=Version.V1_9_18, speed=0)
        assert text_of(await ask(provider, "three"))


@pytest.mark.parametrize("version", V1)
async def test_the_model_hears_the_system_prompt_and_each_turn_once(version: Version) -> None:
    async with site_with(version) as (site, provider):
        asked = request("first", 'said "so"', "second?")
        system = (Message(Role.SYSTEM, "Be brief."), *asked.messages)
        wanted = ChatRequest(model=asked.model, messages=system)
        async with aclosing(provider.stream(wanted)) as events:
            _ = [event async for event in events]
        turns = [turn for turn in site.prompts[-1] if turn[0] != "system"]
    assert turns[:2] == [("user", "first"), ("assistant", "said ”so”")]
    assert turns[-1][0] == "user"
    assert "Be brief." in turns[-1][1]
    assert turns[-1][1].endswith("second?")
    assert len(turns) == 3


@pytest.mark.parametrize("version", V1)
async def test_one_client_id_stays(version: Version) -> None:
    async with site_with(version) as (site, provider):
        await ask(provider, "one")
        await ask(provider, "two")
        ids = {
            request.form.get("wpaicg_chat_client_id") for request in site.requests if request.form
        }
    assert len(ids) == 1
    assert len(ids.pop() or "") == 10


@pytest.mark.parametrize("version", V2)
async def test_the_site_remembers_a_conversation_by_itself(version: Version) -> None:
    async with site_with(version) as (site, provider):
        site.answer("A")
        await ask(provider, "one", conversation="c")
        site.answer("B")
        await ask(provider, "one", "A", "two", conversation="c")
        assert [text for role, text in site.prompts[-1] if role != "system"] == [
            "one",
            "A",
            "two",
        ]
        assert site.requests[-2].text == "two"


@pytest.mark.parametrize("version", V2)
async def test_an_edited_history_starts_the_sites_memory_afresh(version: Version) -> None:
    async with site_with(version) as (site, provider):
        site.answer("A")
        await ask(provider, "one", conversation="c")
        site.answer("B")
        await ask(provider, "uno", "A", "two", conversation="c")
        turns = [text for role, text in site.prompts[-1] if role != "system"]
        assert len(turns) == 1
        assert "uno" in turns[0]
        assert turns[0].endswith("two")


@pytest.mark.parametrize("version", V2)
async def test_a_site_that_wants_its_terms_accepted_says_so(version: Version) -> None:
    async with site_with(version, consent=True) as (_, provider):
        assert (await fault_of(provider)).fault is Fault.CONSENT_REQUIRED


@pytest.mark.parametrize("version", [Version.V1_9_18, *V2])
async def test_a_prompt_of_2_mb_arrives_whole(version: Version) -> None:
    prompt = "Жы" * 500_000 + "!"
    async with site_with(version) as (site, provider):
        site.answer("ok")
        assert text_of(await ask(provider, prompt)) == "ok"
        assert site.prompts[-1][-1][1] == prompt


async def test_a_prompt_over_the_sites_limit_is_called_too_long() -> None:
    async with site_with(Version.V1_9_18) as (_, provider):
        assert (await fault_of(provider, "x" * 9_000_000)).fault is Fault.CONTEXT_LENGTH


async def test_nothing_is_asked_without_a_question() -> None:
    async with site_with() as (site, provider):
        assert (await fault_of(provider, " \n")).fault is Fault.EMPTY_PROMPT
        assert not site.requests


async def test_each_address_has_state_of_its_own() -> None:
    async with site_with(Version.V1_9_18) as (site, _), site_with(Version.V2_4_71) as (other, _):
        first, second = ChatgptFree.at(site.url), ChatgptFree.at(other.url)
        first._nonce = second._nonce = None
        assert ChatgptFree.at(site.url + "/") is first
        assert first is not second
        await ask(first, "hi")
        assert first._nonce
        assert second._nonce is None
        assert ChatgptFree._nonce is None


@pytest.mark.parametrize("address", ["", "ftp://x", "http://", "http:// x", "https://a:99999"])
def test_what_is_no_web_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(ChatError) as caught:
        ChatgptFree.at(address)
    assert caught.value.fault is Fault.BAD_ADDRESS


@pytest.mark.parametrize("version", V2)
async def test_a_nonce_that_dies_between_two_turns_costs_no_memory(version: Version) -> None:
    async with site_with(version) as (site, provider):
        site.answer("A")
        await ask(provider, "one", conversation="c")
        site.expire_nonces()
        site.answer("B")
        await ask(provider, "one", "A", "two", conversation="c")
        assert [text for role, text in site.prompts[-1] if role != "system"] == ["one", "A", "two"]


async def test_a_password_in_an_address_is_not_taken() -> None:
    with pytest.raises(ChatError) as caught:
        ChatgptFree.at("https://user:secret@site.example")
    assert caught.value.fault is Fault.BAD_ADDRESS


def test_another_site_is_a_subclass() -> None:
    assert issubclass(ChatgptFree.at("https://site.example"), ChatgptFree)
