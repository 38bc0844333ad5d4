"""A limit on silence that the user lifts while the answer is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest
from helpers.loopback_server import Peer, loopback

from core.chat import begin_reply, new_conversation, with_question
from core.errors import ConnectionFailedError, Fault
from core.events import Finished, FinishReason, StreamEvent, TextDelta
from core.models import ChatRequest, Limits, Message, Profile, Role
from core.net.session import StreamSession
from core.patience import Patience
from core.providers.base import AsyncGeneratorProvider
from core.reply import Reply

SILENCE = 0.2
"""Seconds."""
PLACES = ("before the head", "before the first word", "in the middle")


class Plain(AsyncGeneratorProvider):
    """Answers what a server sends."""

    url = "http://plain.invalid"

    @classmethod
    async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        async with (
            StreamSession(proxy="none", limits=request.limits) as session,
            session.get(f"{request.address}/{request.model}") as response,
        ):
            async for chunk in response.chunks():
                yield TextDelta(chunk.decode())
        yield Finished(FinishReason.STOP)


class SilentServer:
    """Falls silent somewhere, until it is told to go on."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.asked = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def handle(self, peer: Peer) -> None:
        await peer.request()
        place = PLACES.index(self.place)
        if place > 0:
            await peer.start_stream(content_type="text/plain")
        if place > 1:
            await peer.send(b"so ")
        self.asked.set()
        await self.goes_on.wait()
        if place == 0:
            await peer.start_stream(content_type="text/plain")
        await peer.send(b"far" if place > 1 else b"so far")
        peer.writer.close()


def reply_from(url: str, patience: Patience | None) -> Reply:
    limits = Limits(silence=SILENCE, patience=patience)
    messages = (Message(Role.USER, "hi"),)
    return Reply(Plain, ChatRequest("m", messages, limits=limits, address=url))


async def silent_too_long(url: str) -> None:
    """Return when a reply to the same server, asked for now, has been given up.

    It has the limit that an older one would have had: that one would have been given up before.
    """
    with pytest.raises(ConnectionFailedError) as caught:
        await reply_from(url, None).run(lambda _event: None)
    assert caught.value.fault is Fault.SILENCE


@pytest.mark.parametrize("place", PLACES)
async def test_a_reply_whose_limit_is_lifted_outlives_the_silence(place: str) -> None:
    server = SilentServer(place)
    async with loopback(server.handle) as service:
        reply = reply_from(service.url, Patience())
        has_begun = asyncio.Event()
        task = asyncio.create_task(reply.run(lambda _event: has_begun.set()))
        await (has_begun if place == PLACES[2] else server.asked).wait()
        reply.keep_waiting()
        await silent_too_long(service.url)
        assert not task.done()
        server.goes_on.set()
        await task
    assert reply.text == "so far"


async def test_a_limit_that_is_lifted_before_the_connection_is_open_stays_lifted() -> None:
    server = SilentServer(PLACES[0])
    async with loopback(server.handle) as service:
        reply = reply_from(service.url, Patience())
        reply.keep_waiting()
        task = asyncio.create_task(reply.run(lambda _event: None))
        await server.asked.wait()
        await silent_too_long(service.url)
        assert not task.done()
        server.goes_on.set()
        await task
    assert reply.text == "so far"


async def test_a_reply_that_is_waited_for_without_a_limit_can_be_stopped() -> None:
    server = SilentServer(PLACES[1])
    async with loopback(server.handle) as service:
        reply = reply_from(service.url, Patience())
        task = asyncio.create_task(reply.run(lambda _event: None))
        await server.asked.wait()
        reply.keep_waiting()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await service.peers[0].hung_up()


async def test_lifting_one_limit_leaves_the_others() -> None:
    server = SilentServer(PLACES[0])
    async with loopback(server.handle) as service:
        kept = Patience()
        reply = reply_from(service.url, kept)
        Patience().lift()
        with pytest.raises(ConnectionFailedError) as caught:
            await reply.run(lambda _event: None)
    assert caught.value.fault is Fault.SILENCE
    assert not kept.is_lifted


def test_every_reply_that_is_begun_can_be_waited_for() -> None:
    conversation = with_question(new_conversation(), "hi")
    profile = Profile(name="x", provider="ai_power", address="http://127.0.0.1:1/")
    one, other = begin_reply(conversation, profile), begin_reply(conversation, profile)
    one.keep_waiting()
    lifted = [
        reply.request.limits.patience is not None and reply.request.limits.patience.is_lifted
        for reply in (one, other)
    ]
    assert lifted == [True, False]
