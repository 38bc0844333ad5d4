from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from helpers.loopback_server import Handler, Loopback, Peer, loopback, unused_port

from core.discovery import find_local
from core.profiles import Preset, preset, presets

Answers = Mapping[str, object]

OLLAMA_MODELS = {
    "object": "list",
    "data": [
        {"id": "llama3.2:latest", "object": "model", "created": 1, "owned_by": "library"},
        {"id": "nomic-embed-text:latest", "object": "model", "created": 1, "owned_by": "library"},
        {"id": "qwen3:8b", "object": "model", "created": 1, "owned_by": "library"},
    ],
}
LLAMA_CPP_MODELS = {
    "models": [{"name": "tiny.gguf"}],
    "object": "list",
    "data": [
        {"id": "tiny.gguf", "object": "model", "owned_by": "llamacpp", "meta": {"n_ctx_train": 1}}
    ],
}
VLLM_MODELS = {
    "object": "list",
    "data": [{"id": "Qwen/Qwen3-8B", "owned_by": "vllm", "max_model_len": 40960}],
}
LM_STUDIO_MODELS = {
    "object": "list",
    "data": [
        {"id": "qwen3-8b", "object": "model", "owned_by": "organization_owner"},
        {"id": "text-embedding-nomic-embed-text-v1.5", "object": "model"},
    ],
}
UNKNOWN_MODELS = {"object": "list", "data": [{"id": "one"}]}


def answering(answers: Answers, *, server: str = "") -> Handler:
    """Answer with JSON at the paths that are known, and as LM Studio does at all others."""

    async def handler(peer: Peer) -> None:
        while True:
            request = await peer.request()
            value = answers.get(request.target, {"error": "Unexpected endpoint or method."})
            body = value if isinstance(value, bytes) else json.dumps(value).encode()
            headers = {"Server": server} if server else {}
            await peer.respond(body, Content_Type="application/json", **headers)

    return handler


def at(name: str, server: Loopback | int) -> Preset:
    """Return a preset whose program is expected where a test's server listens."""
    known = preset(name)
    assert known is not None
    port = server if isinstance(server, int) else server.port
    return replace(known, address=f"http://127.0.0.1:{port}/v1")


@pytest.mark.parametrize(
    ("answers", "name", "models"),
    [
        ({"/v1/models": OLLAMA_MODELS}, "ollama", ("llama3.2:latest", "qwen3:8b")),
        ({"/v1/models": LLAMA_CPP_MODELS}, "llamacpp", ("tiny.gguf",)),
        ({"/v1/models": VLLM_MODELS}, "vllm", ("Qwen/Qwen3-8B",)),
        ({"/v1/models": LM_STUDIO_MODELS}, "lmstudio", ("qwen3-8b",)),
        (
            {"/v1/models": {"object": "list", "data": None}, "/api/version": {"version": "0.9"}},
            "ollama",
            (),
        ),
        (
            {
                "/v1/models": {"object": "list", "data": [{"id": "mine", "owned_by": "me"}]},
                "/api/version": {"version": "0.9"},
            },
            "ollama",
            ("mine",),
        ),
        (
            {
                "/v1/models": {"object": "list", "data": []},
                "/api/v0/models": {"object": "list", "data": []},
            },
            "lmstudio",
            (),
        ),
        ({"/v1/models": UNKNOWN_MODELS}, "jan", ("one",)),
    ],
)
async def test_a_server_is_known_by_what_it_answers_and_not_by_its_port(
    answers: Answers, name: str, models: tuple[str, ...]
) -> None:
    async with loopback(answering(answers)) as server:
        wanted = [at("jan", server), *(one for one in presets() if one.id != "jan")]
        # Only the test's own port is looked at: elsewhere, something may run on this machine.
        found = await find_local([one if one.id == "jan" else far(one) for one in wanted])
    assert [(one.preset.id, one.models) for one in found] == [(name, models)]
    assert found[0].address == f"http://127.0.0.1:{server.port}/v1"
    assert 0 < found[0].seconds < 60


def far(known: Preset) -> Preset:
    """Return a preset without a place of its own."""
    return replace(known, is_local=False)


async def test_llama_cpp_is_known_by_its_header_and_while_it_loads() -> None:
    async def loading(peer: Peer) -> None:
        await peer.request()
        error = {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
        await peer.respond(json.dumps(error).encode(), status="503 Service Unavailable")

    named = answering({"/v1/models": UNKNOWN_MODELS}, server="llama.cpp")
    async with loopback(loading) as one, loopback(named) as other:
        found = await find_local([at("vllm", one), at("jan", other), far(at("llamacpp", 1))])
    assert [each.preset.id for each in found] == ["llamacpp", "llamacpp"]
    assert [each.models for each in found] == [(), ("one",)]


async def test_all_servers_are_asked_at_once_and_told_in_the_order_of_the_presets() -> None:
    asked = 0
    everybody = asyncio.Event()

    async def handler(peer: Peer) -> None:
        nonlocal asked
        await peer.request()
        asked += 1
        if asked == 3:
            everybody.set()
        await everybody.wait()
        await peer.respond(json.dumps(VLLM_MODELS).encode())

    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(loopback(handler)) for _ in range(3)]
        names = ("jan", "vllm", "lmstudio")
        wanted = [at(name, server) for name, server in zip(names, servers, strict=True)]
        found = await find_local(wanted, timeout=10)
    assert [each.address for each in found] == [one.address for one in wanted]


async def test_a_server_on_both_loopback_addresses_is_found_once() -> None:
    """One on the newer address alone is found there."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answering({"/v1/models": VLLM_MODELS})(Peer(reader, writer))

    async def ended(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    try:
        newer = await asyncio.start_server(ended, "::1", 0)
    except OSError:
        pytest.skip("this machine has no ::1")
    port = newer.sockets[0].getsockname()[1]
    async with newer:
        (found,) = await find_local([at("vllm", port)])
        assert found.address == f"http://[::1]:{port}/v1"
        async with await asyncio.start_server(ended, "127.0.0.1", port):
            (found,) = await find_local([at("vllm", port)])
            assert found.address == f"http://127.0.0.1:{port}/v1"


async def test_two_presets_at_one_port_are_one_question() -> None:
    questions: list[str] = []

    async def handler(peer: Peer) -> None:
        questions.append((await peer.request()).target)
        await peer.respond(json.dumps(LLAMA_CPP_MODELS).encode())

    async with loopback(handler) as server:
        found = await find_local([at("jan", server), at("llamacpp", server)])
    assert [each.preset.id for each in found] == ["llamacpp"]
    assert questions == ["/v1/models"]


async def test_nothing_is_found_where_nobody_listens() -> None:
    assert await find_local([at("ollama", unused_port())]) == ()


async def test_what_is_not_on_this_computer_is_not_asked() -> None:
    assert await find_local(one for one in presets() if not one.is_local) == ()


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    monkeypatch.setenv("no_proxy", "")
    async with loopback(answering({"/v1/models": VLLM_MODELS})) as server:
        assert await find_local([at("vllm", server)])


DEEP = b'{"object":"list","data":' + b"[" * 200_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>It works</title>",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe\x00",
        DEEP,
        b'{"object":"list"}',
        b'{"object":"list","data":7}',
        b'{"object":"list","data":["x"]}',
        b'{"object":"list","data":[{"id":7}],"version":1}',
        b'{"data":[{"id":"x"}]}',
        b'{"object":"list","data":[{"id":' + b"9" * 5000 + b"}]}",
        b'{"object":"list","data":[]}',
        b'{"object":"list","data":[],"pad":"' + b"x" * 2_000_000 + b'"}',
    ],
    ids=range(15),
)
async def test_what_answers_with_something_else_is_not_found(body: bytes) -> None:
    async with loopback(answering({"/v1/models": body, "/api/version": {}})) as server:
        assert await find_local([at("ollama", server)], timeout=10) == ()


@pytest.mark.parametrize(
    "name", ["", " \x07", "a\nb", "x" * 201, "\ud800", "\u202eevil", 7, None, ["x"]]
)
async def test_a_name_that_is_none_is_left_out(name: object) -> None:
    entries = [{"id": name, "owned_by": "vllm"}, {"id": "good", "owned_by": ["vllm"]}]
    answer = {"object": "list", "data": entries}
    async with loopback(answering({"/v1/models": answer})) as server:
        (found,) = await find_local([at("vllm", server)])
    assert found.models == ("good",)


async def test_a_server_that_says_nothing_or_never_ends_is_given_up() -> None:
    async def silent(peer: Peer) -> None:
        await peer.request()
        await peer.hung_up()

    async def dripping(peer: Peer) -> None:
        await peer.request()
        await peer.start_stream()
        while True:
            await peer.send(b" ")
            await asyncio.sleep(0.01)

    async with loopback(silent) as one, loopback(dripping) as other:
        begin = time.monotonic()
        assert await find_local([at("ollama", one), at("vllm", other)], timeout=0.2) == ()
        assert time.monotonic() - begin < 5


async def test_a_server_that_sends_visitors_on_is_not_followed() -> None:
    asked: list[str] = []

    async def handler(peer: Peer) -> None:
        while True:
            asked.append((await peer.request()).target)
            body = json.dumps(VLLM_MODELS).encode()
            await peer.respond(body, status="307 Temporary Redirect", Location="/elsewhere")

    async with loopback(handler) as server:
        assert await find_local([at("ollama", server)]) == ()
    assert "/elsewhere" not in asked


async def test_a_server_that_speaks_no_http_is_not_found() -> None:
    async def handler(peer: Peer) -> None:
        await peer.send(b"220 mail.example ESMTP\r\n")
        await peer.hung_up()

    async with loopback(handler) as server:
        assert await find_local([at("ollama", server)]) == ()
