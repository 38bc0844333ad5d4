"""Servers on one's own computer, which read a model into memory before their first word."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest
from helpers.api_server import ApiServer, Hold, Whole, openai_stream

from core.errors import ConnectionFailedError, Fault
from core.events import Finished, FinishReason, Stage, StageReached, StreamEvent, TextDelta
from core.models import ChatRequest, Limits, Message, Role
from core.patience import Patience
from core.providers.openai_compatible import OpenAICompatible

PATIENCE = 10.0


def request(server: ApiServer, **fields: Any) -> ChatRequest:
    messages = (Message(Role.USER, "hi"),)
    return ChatRequest(model="tiny", messages=messages, address=server.url, **fields)


async def answer(asked: ChatRequest) -> list[StreamEvent]:
    async with aclosing(OpenAICompatible.stream(asked)) as events:
        return [event async for event in events]


LOADING = Whole(
    {"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}}, status=503
)


async def test_llama_cpp_is_waited_for_while_it_loads() -> None:
    async with ApiServer() as server:
        server.answer(LOADING, openai_stream("Hello"))
        events = await answer(request(server))
    assert events[:5] == [
        StageReached(Stage.CONNECTING),
        StageReached(Stage.WAITING),
        StageReached(Stage.LOADING),
        StageReached(Stage.WAITING),
        TextDelta("Hello"),
    ]


async def test_llama_cpp_is_not_waited_for_longer_than_for_silence() -> None:
    async with ApiServer() as server:
        server.answer(LOADING)
        with pytest.raises(ConnectionFailedError) as caught:
            await answer(request(server, limits=Limits(silence=0.5)))
    assert caught.value.fault is Fault.SILENCE
    assert len(server.questions) in {2, 3}


async def test_llama_cpp_is_waited_for_longer_by_who_wants_to() -> None:
    patience = Patience()
    patience.lift()
    async with ApiServer() as server:
        server.answer(LOADING, LOADING, openai_stream("Hello"))
        events = await answer(request(server, limits=Limits(silence=0.01, patience=patience)))
    assert events[-1] == Finished(FinishReason.STOP)


async def test_ollama_is_asked_whether_it_loads() -> None:
    async with ApiServer() as server:
        hold = Hold()
        server.pages["/api/ps"] = Whole({"models": []})
        server.answer(Whole({"choices": [{"message": {"content": "Hello"}}]}, hold=hold))
        events: list[StreamEvent] = []
        async with aclosing(OpenAICompatible.stream(request(server))) as stream:
            async for found in stream:
                events.append(found)
                if found == StageReached(Stage.LOADING):
                    running = [{"name": "tiny:latest", "model": "tiny:latest"}]
                    server.pages["/api/ps"] = Whole({"models": running})
                elif events.count(StageReached(Stage.WAITING)) == 2:
                    hold.release()
    assert TextDelta("Hello") in events
    stages = [found.stage for found in events if isinstance(found, StageReached)]
    assert stages == [Stage.CONNECTING, Stage.WAITING, Stage.LOADING, Stage.WAITING]


async def test_a_slow_server_that_is_not_ollama_is_asked_for_its_state_once() -> None:
    async with ApiServer() as server:
        hold = Hold()
        server.answer(Whole({"choices": [{"message": {"content": "Hello"}}]}, hold=hold))
        task = asyncio.create_task(answer(request(server)))
        async with asyncio.timeout(PATIENCE):
            while not any(seen.path == "/api/ps" for seen in server.requests):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            hold.release()
            events = await task
    assert StageReached(Stage.LOADING) not in events
    assert [seen.path for seen in server.requests].count("/api/ps") == 1
