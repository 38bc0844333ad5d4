"""The provider against a server on loopback."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest
from helpers.api_server import (
    ApiServer,
    Hold,
    Stream,
    Whole,
    event,
    openai_chunk,
    openai_stream,
    refusal,
)
from helpers.loopback_server import Peer, loopback, unused_port

from core import __version__
from core.errors import (
    AuthenticationError,
    ChatError,
    ConnectionFailedError,
    ContextLengthError,
    Fault,
    ModelNotSupportedError,
    RateLimitError,
)
from core.events import (
    Finished,
    FinishReason,
    ReasoningDelta,
    Stage,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.models import Attachment, ChatRequest, Limits, Message, ModelInfo, Parameters, Role
from core.providers.openai_compatible import OpenAICompatible
from core.sentences import sentence

KEY = "sk-test-abcdefghijklmnop"
PATIENCE = 10.0
HI = (Message(Role.USER, "hi"),)


def request(server: ApiServer, **fields: Any) -> ChatRequest:
    known = {"model": "tiny", "messages": HI, "address": server.url, "key": KEY}
    return ChatRequest(**{**known, **fields})


async def answer(asked: ChatRequest) -> list[StreamEvent]:
    async with aclosing(OpenAICompatible.stream(asked)) as events:
        return [event async for event in events]


async def failure(asked: ChatRequest) -> ChatError:
    """Return the error of a request, checked to be one that can be shown and holds no key."""
    with pytest.raises(ChatError) as caught:
        await answer(asked)
    shown = sentence(caught.value)
    assert "{" not in shown
    assert KEY not in f"{shown} {caught.value.message} {caught.value.data}"
    assert caught.value.data["host"]
    return caught.value


async def test_an_answer_comes_piece_by_piece() -> None:
    async with ApiServer() as server:
        server.answer(openai_stream("Hel", "lo"))
        assert await answer(request(server)) == [
            StageReached(Stage.CONNECTING),
            StageReached(Stage.WAITING),
            TextDelta("Hel"),
            TextDelta("lo"),
            Usage(9, 2),
            Finished(FinishReason.STOP),
        ]


async def test_each_piece_is_given_on_before_the_next_one_comes() -> None:
    async with ApiServer() as server:
        hold = Hold()
        server.answer(openai_stream("Hel", hold, "lo"))
        async with aclosing(OpenAICompatible.stream(request(server))) as events:
            async for found in events:
                if found == TextDelta("Hel"):
                    hold.release()
                    break
            assert await anext(events) == TextDelta("lo")


async def test_the_request_is_honest_and_holds_what_is_needed() -> None:
    async with ApiServer() as server:
        await answer(request(server, parameters=Parameters(temperature=0.5)))
        sent = server.questions[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["user-agent"] == f"Beseda/{__version__}"
    assert "text/event-stream" in sent.headers["accept"]
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert "en-US" not in str(sent.headers)
    assert "Mozilla" not in str(sent.headers)
    assert sent.json == {
        "model": "tiny",
        "messages": [{"role": "user", "content": "hi"}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.5,
    }


async def test_own_headers_win_and_no_key_means_no_header() -> None:
    async with ApiServer() as server:
        await answer(request(server, key="", headers={"User-Agent": "me", "X-Own": "1"}))
        headers = server.questions[0].headers
    assert "authorization" not in headers
    assert (headers["user-agent"], headers["x-own"]) == ("me", "1")


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
async def test_the_address_may_end_in_any_way(ending: str) -> None:
    async with ApiServer() as server:
        await answer(request(server, address=server.url + ending))
        assert server.questions[0].path == "/v1/chat/completions"


async def test_azures_address_names_the_model_itself() -> None:
    async with ApiServer() as server:
        path = "/openai/deployments/my-gpt"
        address = f"{server.url}{path}?api-version=2024-10-21"
        await answer(request(server, address=address, model=""))
        sent = server.questions[0]
    assert sent.path == f"{path}/chat/completions?api-version=2024-10-21"
    assert "model" not in sent.json
    assert [sent.method for sent in server.requests] == ["POST"]


async def test_without_a_model_the_first_that_is_listed_is_asked() -> None:
    async with ApiServer(key=KEY) as server:
        server.models = {"data": [{"id": "first"}, {"id": "second"}]}
        await answer(request(server, model=""))
        assert server.questions[0].json["model"] == "first"


async def test_a_server_without_any_model_says_so() -> None:
    async with ApiServer() as server:
        server.models = {"data": []}
        error = await failure(request(server, model=""))
    assert isinstance(error, ModelNotSupportedError)
    assert error.fault is Fault.NO_MODELS


async def test_the_models_are_fetched_with_the_key() -> None:
    async with ApiServer(key=KEY) as server:
        found = await OpenAICompatible.fetch_models(request(server, messages=()))
        assert found == (ModelInfo("tiny", 8192),)
        server.models = Whole("<html>", content_type="text/html")
        with pytest.raises(ChatError) as caught:
            await OpenAICompatible.fetch_models(request(server))
        assert caught.value.data["host"] == server.url.removeprefix("http://")
        with pytest.raises(AuthenticationError):
            await OpenAICompatible.fetch_models(request(server, key="wrong"))


async def test_pictures_and_thoughts_go_their_ways() -> None:
    async with ApiServer() as server:
        server.answer(openai_stream("<think>A c", "at?</think>", "\n\nA cat."))
        picture = Attachment("cat.png", "image/png", b"\x89PNG")
        question = Message(Role.USER, "What is it?", attachments=(picture,))
        events = await answer(request(server, messages=(question,)))
        parts = server.questions[0].json["messages"][0]["content"]
    assert [part["type"] for part in parts] == ["text", "image_url"]
    assert "".join(e.text for e in events if isinstance(e, ReasoningDelta)) == "A cat?"
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == "A cat."


async def test_json_instead_of_a_stream_is_an_answer() -> None:
    async with ApiServer() as server:
        message = {"role": "assistant", "content": "Hello"}
        server.answer(Whole({"choices": [{"message": message, "finish_reason": "stop"}]}))
        assert (await answer(request(server)))[-2:] == [
            TextDelta("Hello"),
            Finished(FinishReason.STOP),
        ]


async def test_a_count_that_never_comes_is_not_waited_for_long() -> None:
    """The answer is complete; the server keeps the connection open all the same."""
    async with ApiServer() as server:
        pieces = [openai_chunk("Hello"), openai_chunk(finish_reason="stop"), Hold()]
        server.answer(Stream(pieces))
        async with asyncio.timeout(PATIENCE):
            assert (await answer(request(server)))[-1] == Finished(FinishReason.STOP)


async def test_an_answer_that_breaks_off_is_told_from_one_that_is_merely_cut() -> None:
    async with ApiServer() as server:
        server.answer(Stream([openai_chunk("Hel")], is_cut=True), Stream([openai_chunk("Hel")]))
        assert (await failure(request(server))).fault is Fault.RESET
        assert (await answer(request(server)))[-1] == Finished(FinishReason.CUT)


async def test_an_error_in_the_stream_ends_it() -> None:
    async with ApiServer() as server:
        body = {"error": {"message": f"key {KEY} died", "type": "server_error", "code": 500}}
        server.answer(Stream([openai_chunk("Hel"), event(body)]))
        assert (await failure(request(server))).fault is Fault.SERVER_ERROR


async def test_leaving_early_hangs_up() -> None:
    async with ApiServer() as server:
        server.answer(openai_stream("Hel", Hold(), "lo"))
        async with aclosing(OpenAICompatible.stream(request(server))) as events:
            async for found in events:
                if isinstance(found, TextDelta):
                    break
        async with asyncio.timeout(PATIENCE):
            await server.questions[0].hung_up.wait()


async def test_cancelling_before_the_first_word_hangs_up() -> None:
    async with ApiServer() as server:
        hold = Hold()
        server.answer(Whole({}, hold=hold))
        task = asyncio.create_task(answer(request(server)))
        async with asyncio.timeout(PATIENCE):
            await hold.reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await server.questions[0].hung_up.wait()


REFUSALS = [
    (refusal(401, f"Incorrect API key provided: {KEY}."), Fault.KEY_REFUSED),
    (refusal(404, "The model `tiny` does not exist", code="model_not_found"), Fault.MODEL_GONE),
    (refusal(400, "x", code="context_length_exceeded"), Fault.CONTEXT_LENGTH),
    (refusal(402, "pay"), Fault.PAYMENT_REQUIRED),
    (refusal(403, "no"), Fault.FORBIDDEN),
    (refusal(429, "x", code="insufficient_quota"), Fault.PAYMENT_REQUIRED),
    (refusal(500, "x", type="server_error"), Fault.SERVER_ERROR),
    (Whole("<h1>404</h1>", status=404, content_type="text/html"), Fault.NO_SERVICE_HERE),
    (Whole("<h1>Hello</h1>", content_type="text/html"), Fault.NO_SERVICE_HERE),
    (Whole("", content_type="text/event-stream"), Fault.EMPTY_ANSWER),
    (Whole("Hello", content_type="text/plain"), Fault.UNREADABLE_ANSWER),
]


@pytest.mark.parametrize(("given", "fault"), REFUSALS)
async def test_a_refusal_is_told_apart(given: Whole, fault: Fault) -> None:
    async with ApiServer() as server:
        server.answer(given)
        assert (await failure(request(server))).fault is fault


async def test_the_wish_to_wait_is_handed_on() -> None:
    async with ApiServer() as server:
        server.answer(refusal(429, "slow down", headers={"retry-after-ms": "2500"}))
        error = await failure(request(server))
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 2.5


async def test_a_body_that_a_proxy_finds_too_large_is_too_long() -> None:
    async with ApiServer() as server:
        server.answer(Whole("<h1>413</h1>", status=413, content_type="text/html"))
        assert isinstance(await failure(request(server)), ContextLengthError)


@pytest.mark.parametrize("key", ["a\nb", "a b", "ключ", "a\x7fb"])
async def test_what_can_be_no_key_is_never_sent(key: str) -> None:
    async with ApiServer() as server:
        error = await failure(request(server, key=key))
        assert error.fault is Fault.KEY_REFUSED
        assert server.requests == []


async def test_white_space_around_a_key_does_not_matter() -> None:
    async with ApiServer(key=KEY) as server:
        assert (await answer(request(server, key=f" {KEY}\n")))[-1] == Finished(FinishReason.STOP)


async def test_nobody_there_is_told_with_the_host() -> None:
    port = unused_port()
    asked = ChatRequest(model="tiny", messages=HI, address=f"127.0.0.1:{port}")
    error = await failure(asked)
    assert isinstance(error, ConnectionFailedError)
    assert error.fault is Fault.CONNECTION_REFUSED
    assert error.data["host"] == f"127.0.0.1:{port}"


async def test_silence_is_given_up() -> None:
    async with ApiServer() as server:
        server.answer(openai_stream("Hel", Hold()))
        error = await failure(request(server, limits=Limits(silence=0.2)))
    assert error.fault is Fault.SILENCE


async def test_a_service_gets_the_fields_that_it_wants_and_is_not_asked_twice_for_that() -> None:
    wishes = (
        refusal(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead.",
            code="unsupported_parameter",
        ),
        Whole(
            {
                "detail": [
                    {
                        "type": "extra_forbidden",
                        "loc": ["body", "seed"],
                        "msg": "Extra inputs are not permitted",
                    }
                ]
            },
            status=422,
        ),
        refusal(400, "Unrecognized request argument supplied: stream_options"),
        openai_stream("Hello"),
    )
    parameters = Parameters(max_tokens=5, seed=7)
    async with ApiServer() as server:
        server.answer(*wishes)
        assert (await answer(request(server, parameters=parameters)))[-1].reason == "stop"
        assert len(server.questions) == 4
        await answer(request(server, parameters=parameters))
        assert len(server.questions) == 5
        sent = server.questions[-1].json
    assert (sent["max_completion_tokens"], sent["random_seed"]) == (5, 7)
    assert not {"max_tokens", "seed", "stream_options"} & set(sent)


async def test_a_service_that_is_never_content_is_left_alone() -> None:
    async with ApiServer() as server:
        server.answer(refusal(400, "Unrecognized request argument supplied: stream_options"))
        assert (await failure(request(server))).fault is Fault.REFUSED_REQUEST
        assert len(server.questions) == 2


async def test_the_public_door_takes_address_key_and_parameters() -> None:
    async with ApiServer(key=KEY) as server:
        server.answer(openai_stream("Hel", "lo", finish="length"))
        stream = await OpenAICompatible.create_async_generator(
            "tiny",
            [{"role": "user", "content": "hi"}],
            base_url=server.url,
            api_key=KEY,
            temperature=1,
            top_p=0.5,
            max_tokens=3,
            stop="END",
            seed=4,
        )
        assert [text async for text in stream] == ["Hel", "lo"]
        sent = server.questions[0].json
    assert stream.finish_reason is FinishReason.LENGTH
    assert stream.usage == Usage(9, 2)
    assert (sent["temperature"], sent["top_p"], sent["max_tokens"]) == (1, 0.5, 3)
    assert (sent["stop"], sent["seed"]) == (["END"], 4)


async def test_a_redirect_to_somebody_else_is_not_followed_with_the_key() -> None:
    reached: list[str] = []

    async def stranger(peer: Peer) -> None:
        reached.append((await peer.request()).target)

    async def site(peer: Peer) -> None:
        await peer.request()
        await peer.respond(status="307 Temporary Redirect", Location=f"{elsewhere.url}/v1")

    async with loopback(stranger) as elsewhere, loopback(site) as server:
        asked = ChatRequest(model="m", messages=HI, address=server.url, key=KEY)
        assert (await failure(asked)).fault is Fault.REDIRECT
    assert reached == []


def test_a_request_shows_no_key() -> None:
    asked = ChatRequest(model="m", messages=HI, key=KEY)
    assert KEY not in repr(replace(asked, address="x"))
