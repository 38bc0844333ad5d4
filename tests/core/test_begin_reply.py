"""What a service is asked with, and who is asked where it cannot answer: over loopback."""

from __future__ import annotations

import pytest
from helpers.loopback_server import Peer, loopback, unused_port

from core.access import Access
from core.attempts import Account, OpenAccount, RetryPolicy
from core.chat import begin_reply, new_conversation, with_answer, with_question
from core.demo import DemoSite, Scenario
from core.demo.failure import Failure
from core.errors import ChatError, ConnectionFailedError, Fault, ProviderError
from core.events import ProviderChanged, RetryScheduled, StreamEvent
from core.models import Conversation, Parameters, Profile, Trust
from core.reply import Reply, ReplyState

SOON = RetryPolicy(retries=2, first_wait=0.001)


def asked(text: str = "hi") -> Conversation:
    return with_question(new_conversation(), text)


def site_at(address: str, *, name: str = "Site") -> Profile:
    return Profile(name=name, provider="ai_power", address=address, proxy="none")


def nowhere(name: str = "Nowhere") -> Profile:
    return site_at(f"http://127.0.0.1:{unused_port()}", name=name)


def account(profile: Profile, opened: list[str] | None = None) -> OpenAccount:
    async def open_account() -> Account:
        if opened is not None:
            opened.append(profile.name)
        return Account(profile, Access("", "none"))

    return open_account


async def events_of(reply: Reply) -> list[StreamEvent]:
    events: list[StreamEvent] = []
    await reply.run(events.append)
    return events


def test_a_request_has_all_that_its_profile_and_its_access_say() -> None:
    profile = Profile(
        name="Mine",
        provider="ai_power",
        address="http://127.0.0.1:9/",
        proxy="http://me@proxy:1",
        parameters=Parameters(temperature=0.5),
        trust=Trust(fingerprint="ab" * 32),
    )
    request = begin_reply(
        asked(), profile, access=Access("secret", "http://me:word@proxy:1"), client_id="abcdefghij"
    ).request
    assert (request.address, request.key) == ("http://127.0.0.1:9/", "secret")
    assert (request.proxy, request.client_id) == ("http://me:word@proxy:1", "abcdefghij")
    assert (request.parameters, request.trust) == (profile.parameters, profile.trust)
    assert "secret" not in repr(request)
    assert "word" not in repr(request)
    assert begin_reply(asked(), profile).request.proxy == "http://me@proxy:1"


async def test_a_site_that_stumbles_once_answers_after_all() -> None:
    async with DemoSite(scenario=Scenario(speed=0, failure=Failure.HTTP_502, times=2)) as site:
        reply = begin_reply(asked(), site_at(site.url), policy=SOON)
        events = await events_of(reply)
    assert sum(isinstance(event, RetryScheduled) for event in events) == 2
    assert reply.state is ReplyState.COMPLETE


async def test_a_limit_that_says_how_long_it_lasts_is_waited_for() -> None:
    async with DemoSite(scenario=Scenario(speed=0, failure=Failure.HTTP_429, times=1)) as site:
        reply = begin_reply(asked(), site_at(site.url), policy=SOON)
        waits: list[float] = []

        def sink(event: StreamEvent) -> None:
            if isinstance(event, RetryScheduled):
                waits.append(event.seconds)
                reply.retry_now()

        await reply.run(sink)
    assert len(waits) == 1
    assert 20.0 <= waits[0] < 20.1
    assert reply.state is ReplyState.COMPLETE


async def test_the_demo_is_asked_once_for_it_shows_what_fails() -> None:
    async with DemoSite(scenario=Scenario(speed=0, failure=Failure.HTTP_502, times=1)) as site:
        demo = Profile(name="demo", provider="demo", address=site.url)
        with pytest.raises(ProviderError):
            await events_of(begin_reply(asked(), demo, policy=SOON))
        assert len(site.questions) == 1


async def test_another_profile_answers_for_one_that_is_not_reached() -> None:
    async with DemoSite(scenario=Scenario(speed=0, answer="From the other.")) as site:
        other = site_at(site.url, name="Other")
        opened: list[str] = []
        conversation = asked()
        reply = begin_reply(
            conversation,
            nowhere(),
            fallbacks=[account(other, opened), account(nowhere("Third"), opened)],
            policy=RetryPolicy(retries=0),
        )
        (change,) = [
            event for event in await events_of(reply) if isinstance(event, ProviderChanged)
        ]
    assert opened == ["Other"]
    assert (change.profile, change.error.fault) == (other, Fault.CONNECTION_REFUSED)
    answer = with_answer(conversation, reply).messages[-1]
    assert (answer.text, answer.profile) == ("From the other.", "Other")
    assert answer.model == reply.request.model


async def test_who_keeps_waiting_waits_for_a_fallback_too() -> None:
    async def answer_with_an_error(peer: Peer) -> None:
        await peer.request()
        await peer.respond(status="502 Bad Gateway")

    async with loopback(answer_with_an_error) as broken:
        reply = begin_reply(
            asked(),
            site_at(broken.url),
            fallbacks=[account(nowhere())],
            policy=RetryPolicy(retries=0),
        )
        reply.keep_waiting()
        with pytest.raises(ConnectionFailedError):
            await events_of(reply)
    patience = reply.request.limits.patience
    assert patience is not None
    assert patience.is_lifted
    assert reply.profile is not None
    assert reply.profile.name == "Nowhere"


@pytest.mark.parametrize(
    "wrong",
    [
        Profile(name="No such model", provider="ai_power", address="http://a.invalid", model="x"),
        Profile(name="No such provider", provider="nobody"),
        Profile(name="No address", provider="ai_power", address="http://"),
    ],
)
async def test_a_fallback_that_cannot_be_asked_is_left_out(wrong: Profile) -> None:
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        reply = begin_reply(
            asked(),
            nowhere(),
            fallbacks=[account(wrong), account(site_at(site.url, name="Other"))],
            policy=RetryPolicy(retries=0),
        )
        await events_of(reply)
    assert reply.profile is not None
    assert reply.profile.name == "Other"


def test_a_profile_that_cannot_be_asked_itself_is_an_error_at_once() -> None:
    with pytest.raises(ChatError):
        begin_reply(asked(), Profile(name="x", provider="nobody"), fallbacks=[account(nowhere())])
