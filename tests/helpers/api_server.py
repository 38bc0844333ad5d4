"""A scripted server on loopback that speaks the protocols of OpenAI and of Anthropic.

    async with ApiServer() as server:
        server.answer(openai_stream("Hel", "lo"))
        ...  # ask `server.url`, with the provider `openai`
        assert server.questions[-1].json["model"] == "tiny"

Each question takes the next answer of the script; the last one is given again and again. A `Hold`
among the pieces of a stream keeps it waiting until the test lets it go. `ServedApiServer` is the
same on a loop in a thread, for programs that run as processes.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from aiohttp import web

T = TypeVar("T")

LIMIT = 15.0
"""Seconds after which a wait has failed."""
MODELS = {"object": "list", "data": [{"id": "tiny", "object": "model", "context_length": 8192}]}


class Hold:
    """A place in a stream where the server waits; may be released from any thread."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._open = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def wait(self) -> None:
        """Wait until the test releases it."""
        self._loop = asyncio.get_running_loop()
        self.reached.set()
        await self._open.wait()

    def release(self) -> None:
        """Let the stream go on."""
        if self._loop is None:
            self._open.set()
        else:
            self._loop.call_soon_threadsafe(self._open.set)


@dataclass(frozen=True)
class Stream:
    """An answer in pieces, each sent by itself."""

    pieces: Sequence[bytes | Hold]
    content_type: str = "text/event-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """Whether the connection breaks after the last piece, in the middle of the body."""


@dataclass(frozen=True)
class Whole:
    """An answer in one piece: a text, bytes, or anything that becomes JSON."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hold: Hold | None = None

    def encoded(self) -> bytes:
        """Return what is sent."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


Answer = Stream | Whole


@dataclass
class ApiRequest:
    """A request as it came; header names are in lower case."""

    method: str
    path: str
    """With the query."""
    headers: dict[str, str]
    body: bytes
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client leaves before the end of the answer."""

    @property
    def json(self) -> Any:
        """The document that was sent."""
        return json.loads(self.body)


class ApiServer:
    """A server on a free port of 127.0.0.1; an asynchronous context manager.

    Attributes:
        models: what `/v1/models` gives, JSON or an answer; any other GET is looked for in `pages`.
        pages: answers to GETs by their path, such as Ollama's `/api/ps`; else 404.
        requests: all that came, oldest first.
        key: when set, whoever does not show this key is refused.
    """

    def __init__(self, *, key: str = "", port: int = 0) -> None:
        self.key = key
        self.models: Any = MODELS
        self.pages: dict[str, Answer] = {}
        self.requests: list[ApiRequest] = []
        self._script: list[Answer] = [openai_stream("Hello")]
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it is, without `/v1`."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def questions(self) -> list[ApiRequest]:
        """The POSTs, oldest first."""
        return [request for request in self.requests if request.method == "POST"]

    def answer(self, *answers: Answer) -> None:
        """Set what the next questions get; the last answer is given again and again."""
        self._script = list(answers)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        seen = ApiRequest(request.method, request.path_qs, headers, await request.read())
        self.requests.append(seen)
        answer = self._answer_to(seen, request.path)
        try:
            if isinstance(answer, Stream):
                return await _send_stream(request, answer)
            if answer.hold is not None:
                await answer.hold.wait()
        except (asyncio.CancelledError, ConnectionError):
            seen.hung_up.set()
            raise
        return web.Response(
            body=answer.encoded(),
            status=answer.status,
            headers={"Content-Type": answer.content_type, **answer.headers},
        )

    def _answer_to(self, request: ApiRequest, path: str) -> Answer:
        if self.key and self.key not in {
            request.headers.get("authorization", "").removeprefix("Bearer "),
            request.headers.get("x-api-key"),
            request.headers.get("api-key"),
        }:
            return refusal(401, f"Incorrect API key provided: {self.key}.", code="invalid_api_key")
        if path in self.pages:
            return self.pages[path]
        if request.method == "GET":
            if path != "/v1/models":
                return Whole("404 page not found", status=404, content_type="text/plain")
            return self.models if isinstance(self.models, (Stream, Whole)) else Whole(self.models)
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]


async def _send_stream(request: web.Request, stream: Stream) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": stream.content_type, **stream.headers})
    await response.prepare(request)
    for piece in stream.pieces:
        if isinstance(piece, Hold):
            await piece.wait()
        else:
            await response.write(piece)
    if stream.is_cut and request.transport is not None:
        request.transport.close()
    return response


class ServedApiServer:
    """An `ApiServer` on a loop of its own, in a thread; a context manager. `server` is scripted."""

    def __init__(self, *, key: str = "") -> None:
        self.server = ApiServer(key=key)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="API server")

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self.server.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.server.__aexit__())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LIMIT)
        self._loop.close()

    @property
    def url(self) -> str:
        """Where it is, without `/v1`."""
        return self.server.url

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the server's loop, such as `hold.reached.wait()`, and wait for it."""
        limited = asyncio.wait_for(work, LIMIT)
        return asyncio.run_coroutine_threadsafe(limited, self._loop).result()


def event(data: object, *, name: str = "") -> bytes:
    """Return one event of a stream; anything but a text becomes JSON."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return (f"event: {name}\n" if name else "").encode() + f"data: {text}\n\n".encode()


def openai_chunk(text: str = "", **fields: Any) -> bytes:
    """Return one chunk of an answer as OpenAI sends it; `fields` go into the choice."""
    choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": None}
    return event(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1700000000,
            "model": "tiny",
            "choices": [{**choice, **fields}],
        }
    )


def openai_stream(
    *texts: str | Hold, finish: str = "stop", usage: tuple[int, int] | None = (9, 2)
) -> Stream:
    """Return a whole answer as OpenAI streams it."""
    pieces: list[bytes | Hold] = [openai_chunk(delta={"role": "assistant", "content": ""})]
    pieces += [openai_chunk(text) if isinstance(text, str) else text for text in texts]
    pieces.append(openai_chunk(finish_reason=finish))
    if usage is not None:
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
        pieces.append(event({"id": "chatcmpl-1", "choices": [], "usage": counts}))
    return Stream([*pieces, event("[DONE]")])


def anthropic_stream(
    *texts: str | Hold, stop_reason: str = "end_turn", usage: tuple[int, int] = (9, 2)
) -> Stream:
    """Return a whole answer as Anthropic streams it."""
    start = {"type": "message", "role": "assistant", "content": []}
    message = {**start, "usage": {"input_tokens": usage[0], "output_tokens": 1}}
    pieces: list[bytes | Hold] = [
        _named({"type": "message_start", "message": message}),
        _named(
            {
                "type": "content_block_start",
                "index": 0,
                "content_block": {"type": "text", "text": ""},
            }
        ),
        _named({"type": "ping"}),
    ]
    pieces += [
        text
        if isinstance(text, Hold)
        else _named(
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": text},
            }
        )
        for text in texts
    ]
    pieces += [
        _named({"type": "content_block_stop", "index": 0}),
        _named(
            {
                "type": "message_delta",
                "delta": {"stop_reason": stop_reason, "stop_sequence": None},
                "usage": {"output_tokens": usage[1]},
            }
        ),
        _named({"type": "message_stop"}),
    ]
    return Stream(pieces)


def _named(data: Mapping[str, Any]) -> bytes:
    return event(data, name=data["type"])


def refusal(
    status: int, message: str, *, headers: Mapping[str, str] | None = None, **codes: Any
) -> Whole:
    """Return an error as OpenAI sends it; `codes` are its `type`, `code` and `param`."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return Whole({"error": {**error, **codes}}, status=status, headers=headers or {})
