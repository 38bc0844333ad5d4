"""Errors that come as a stream, or in the middle of one, with status 200."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from core.errors import (
    AuthenticationError,
    ChatError,
    ContextLengthError,
    Fault,
    ProviderError,
    RateLimitError,
)
from core.events import TextDelta
from core.providers.chat_completions.decoder import ChatCompletionsDecoder
from core.providers.refusals import Asked


def line(body: bytes) -> bytes:
    return b"data: " + body + b"\n\n"


def text(piece: str) -> bytes:
    return line(json.dumps({"choices": [{"delta": {"content": piece}}]}).encode())


def read(pieces: Iterable[bytes]) -> None:
    decoder = ChatCompletionsDecoder(Asked(host="example.org", key="k"))
    for piece in pieces:
        list(decoder.feed(piece))
    list(decoder.finish())


def error(*pieces: bytes) -> ChatError:
    with pytest.raises(ChatError) as caught:
        read(pieces)
    return caught.value


ERRORS: dict[str, tuple[Any, type[ChatError], Fault]] = {
    "OpenAI": (
        {"error": {"message": "The server had an error", "type": "server_error", "code": None}},
        ProviderError,
        Fault.SERVER_ERROR,
    ),
    "OpenRouter": (
        {
            "id": "gen-1",
            "provider": "X",
            "error": {"code": 502, "message": "Provider disconnected"},
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}],
        },
        ProviderError,
        Fault.SERVER_ERROR,
    ),
    "OpenRouter, in the choice": (
        {
            "choices": [
                {
                    "delta": {"content": ""},
                    "finish_reason": "error",
                    "error": {"code": 429, "message": "Rate limited"},
                }
            ]
        },
        RateLimitError,
        Fault.RATE_LIMIT,
    ),
    "vLLM": (
        {
            "error": {
                "message": "This model's maximum context length is 10 tokens.",
                "type": "BadRequestError",
                "param": None,
                "code": 400,
            }
        },
        ContextLengthError,
        Fault.CONTEXT_LENGTH,
    ),
    "vLLM, older": (
        {"object": "error", "message": "died", "type": "InternalServerError", "code": 500},
        ProviderError,
        Fault.SERVER_ERROR,
    ),
    "LM Studio": (
        {
            "error": "Trying to keep the first 6547 tokens when context the overflows. However, the"
            " model is loaded with context length of only 4096 tokens, which is not enough."
        },
        ContextLengthError,
        Fault.CONTEXT_LENGTH,
    ),
    "llama.cpp": (
        {
            "error": {
                "code": 400,
                "message": "request (4390 tokens) exceeds the available context size (4096"
                " tokens), try increasing it",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": 4390,
                "n_ctx": 4096,
            }
        },
        ContextLengthError,
        Fault.CONTEXT_LENGTH,
    ),
    "llama.cpp, older": (
        {
            "error": {
                "code": 500,
                "message": "Context size has been exceeded.",
                "type": "server_error",
            }
        },
        ContextLengthError,
        Fault.CONTEXT_LENGTH,
    ),
    "Google, in a list": (
        [{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}],
        ProviderError,
        Fault.SERVER_ERROR,
    ),
    "a key that dies meanwhile": (
        {"error": {"message": "Invalid API Key", "type": "x", "code": "invalid_api_key"}},
        AuthenticationError,
        Fault.KEY_REFUSED,
    ),
    "Groq": (
        {"choices": [], "x_groq": {"id": "req_1", "error": "over_capacity"}},
        ProviderError,
        Fault.UPSTREAM_ERROR,
    ),
    "a bare text": ({"error": "something broke"}, ProviderError, Fault.UPSTREAM_ERROR),
    "no text": ({"error": {"weird": [1]}}, ProviderError, Fault.UPSTREAM_ERROR),
    "a detail": ({"detail": "Not enough memory"}, ProviderError, Fault.UPSTREAM_ERROR),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_in_the_stream_is_what_it_says(name: str) -> None:
    value, kind, fault = ERRORS[name]
    body = json.dumps(value).encode()
    for pieces in (
        [line(body)],
        [text("Hel"), line(body)],
        [text("Hel"), b"event: error\n", line(body)],
        [body],  # with status 200, and without a stream
    ):
        found = error(*pieces)
        assert (type(found), found.fault) == (kind, fault)
        assert found.data["host"] == "example.org"


def test_what_came_before_an_error_in_the_same_bytes_is_given_first() -> None:
    decoder = ChatCompletionsDecoder()
    found = decoder.feed(text("Hel") + line(b'{"error":"x"}'))
    assert next(found) == TextDelta("Hel")
    with pytest.raises(ChatError):
        next(found)
