"""llama.cpp's server, asked in both of the protocols that it speaks."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from core.errors import AuthenticationError, ContextLengthError, Fault, ProviderError
from core.events import Finished, FinishReason, StreamEvent, TextDelta, Usage
from core.models import Attachment, ChatRequest, Message, ModelInfo, Parameters, Role
from core.providers.anthropic import Anthropic
from core.providers.base import AsyncGeneratorProvider
from core.providers.openai_compatible import OpenAICompatible

if TYPE_CHECKING:
    from helpers.real_server import RealServer

LIMIT = 20.0
CONTEXT = 4096
HI = (Message(Role.USER, "Привет, world"),)
Provider = type[AsyncGeneratorProvider]

both_protocols = pytest.mark.parametrize("provider", [OpenAICompatible, Anthropic])


def request(server: RealServer, *, longest: int | None = 8, **fields: Any) -> ChatRequest:
    known = {"model": "tiny", "messages": HI, "address": server.url, "key": server.key}
    parameters = Parameters(max_tokens=longest, temperature=0.8, seed=7)
    return ChatRequest(**{**known, "parameters": parameters, **fields})


def stream(provider: Provider, asked: ChatRequest) -> Any:
    return aclosing(provider.stream(asked))


async def answer(provider: Provider, asked: ChatRequest) -> list[StreamEvent]:
    async with stream(provider, asked) as events:
        return [event async for event in events]


async def text_of(asked: ChatRequest, provider: Provider = OpenAICompatible) -> str:
    events = await answer(provider, asked)
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@both_protocols
async def test_an_answer_comes_word_by_word_and_says_that_it_is_not_all(
    real_server: RealServer, provider: Provider
) -> None:
    events = await answer(provider, request(real_server, longest=40))
    deltas = [event.text for event in events if isinstance(event, TextDelta)]
    assert len(deltas) > 20
    assert events[-1] == Finished(FinishReason.LENGTH)


async def test_the_tokens_of_the_question_and_of_the_answer_are_counted(
    real_server: RealServer,
) -> None:
    events = await answer(OpenAICompatible, request(real_server, longest=11))
    (usage,) = (event for event in events if isinstance(event, Usage))
    assert usage.completion_tokens == 11
    longer = (Message(Role.USER, HI[0].text * 2),)
    events = await answer(OpenAICompatible, request(real_server, messages=longer))
    (longer_usage,) = (event for event in events if isinstance(event, Usage))
    assert longer_usage.prompt_tokens > usage.prompt_tokens > len("Привет".encode())


async def test_a_whole_conversation_is_sent(real_server: RealServer) -> None:
    turns = (
        Message(Role.SYSTEM, "Be brief."),
        *HI,
        Message(Role.ASSISTANT, "Yes."),
        Message(Role.USER, "Why?"),
    )
    counts: list[int] = []
    for start in range(len(turns)):
        events = await answer(OpenAICompatible, request(real_server, messages=turns[start:]))
        counts += [event.prompt_tokens for event in events if isinstance(event, Usage)]
    assert counts == sorted(set(counts), reverse=True)
    assert len(counts) == len(turns)


@both_protocols
async def test_the_server_lists_its_model_with_what_it_set_aside_for_it(
    real_server: RealServer, provider: Provider
) -> None:
    (model,) = await provider.fetch_models(request(real_server))
    assert model == ModelInfo("tiny", CONTEXT, takes_images=False)


@both_protocols
async def test_a_question_that_is_too_long_is_refused_as_such(
    real_server: RealServer, provider: Provider
) -> None:
    asked = request(real_server, messages=(Message(Role.USER, "слово " * CONTEXT),))
    with pytest.raises(ContextLengthError) as caught:
        await answer(provider, asked)
    assert str(CONTEXT) in caught.value.message


async def test_an_answer_without_a_limit_ends_where_the_context_does(
    real_server: RealServer,
) -> None:
    almost_all = (Message(Role.USER, "a" * (CONTEXT - 100)),)
    events = await answer(OpenAICompatible, request(real_server, longest=None, messages=almost_all))
    assert events[-1] == Finished(FinishReason.LENGTH)
    (usage,) = (event for event in events if isinstance(event, Usage))
    assert usage.prompt_tokens + usage.completion_tokens in range(CONTEXT - 2, CONTEXT + 2)


@pytest.mark.parametrize("model", ["no-such-model", ""], ids=["unknown", "not named"])
@both_protocols
async def test_it_answers_with_the_model_that_it_has(
    real_server: RealServer, model: str, provider: Provider
) -> None:
    assert await text_of(request(real_server, model=model), provider)


@pytest.mark.parametrize(
    ("key", "fault"), [("sk-wrong-0123456789", Fault.KEY_REFUSED), ("", Fault.KEY_MISSING)]
)
@both_protocols
async def test_it_refuses_who_has_no_key(
    real_server: RealServer, key: str, fault: Fault, provider: Provider
) -> None:
    with pytest.raises(AuthenticationError) as caught:
        await answer(provider, request(real_server, key=key))
    assert caught.value.fault is fault


async def test_an_answer_ends_before_a_stop_sequence(real_server: RealServer) -> None:
    whole = await text_of(request(real_server, longest=60))
    place = len(whole) // 2
    stop = whole[place : place + 3]
    asked = request(real_server)
    parameters = Parameters(max_tokens=60, temperature=0.8, seed=7, stop=(stop,))
    events = await answer(OpenAICompatible, replace(asked, parameters=parameters))
    shortened = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert shortened == whole.partition(stop)[0]
    assert events[-1] == Finished(FinishReason.STOP)


async def test_a_seed_gives_the_same_answer_again(real_server: RealServer) -> None:
    asked = request(real_server, longest=20)
    other = replace(asked, parameters=replace(asked.parameters, seed=8))
    texts = [await text_of(asked), await text_of(other), await text_of(asked)]
    assert texts[0] == texts[2] != texts[1]


async def test_a_picture_is_refused_as_such(real_server: RealServer) -> None:
    picture = Attachment("picture.png", "image/png", b"\x89PNG\r\n\x1a\n")
    question = Message(Role.USER, "What is this?", attachments=(picture,))
    with pytest.raises(ProviderError) as caught:
        await answer(OpenAICompatible, request(real_server, messages=(question,)))
    assert caught.value.fault is Fault.NO_IMAGES


@both_protocols
async def test_who_leaves_early_stops_the_model(
    real_server: RealServer, provider: Provider
) -> None:
    async with stream(provider, request(real_server, longest=CONTEXT)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                break
    written = [slot["next_token"][0]["n_decoded"] async for slot in slots(real_server)]
    assert max(written) < CONTEXT // 4, "it wrote on, for nobody"


async def slots(server: RealServer) -> AsyncGenerator[Any, None]:
    """Yield what the server is doing, again and again, until it does nothing."""
    headers = {"Authorization": f"Bearer {server.key}"}
    deadline = time.monotonic() + LIMIT
    async with aiohttp.ClientSession(headers=headers) as session:
        while True:
            async with session.get(f"{server.url}/slots") as response:
                (slot,) = json.loads(await response.read())
            yield slot
            if not slot["is_processing"]:
                return
            assert time.monotonic() < deadline, "the model goes on"
