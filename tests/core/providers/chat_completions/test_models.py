"""Lists of models, as the services give them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import Fault, ResponseFormatError
from core.models import ModelInfo
from core.providers.chat_completions.models import read_models

LISTS: dict[str, tuple[Any, list[ModelInfo]]] = {
    "OpenAI": (
        {
            "object": "list",
            "data": [
                {"id": "gpt-5.4", "object": "model", "created": 1, "owned_by": "openai"},
                {"id": "text-embedding-3-small", "object": "model", "owned_by": "openai"},
                {"id": "whisper-1", "object": "model", "owned_by": "openai-internal"},
                {"id": "gpt-4o-mini-tts", "object": "model", "owned_by": "openai-internal"},
                {"id": "dall-e-3", "object": "model", "owned_by": "system"},
                {"id": "omni-moderation-latest", "object": "model", "owned_by": "system"},
                {"id": "gpt-4o-realtime-preview", "object": "model", "owned_by": "system"},
                {"id": "o4-mini", "object": "model", "created": 1, "owned_by": "openai"},
            ],
        },
        [ModelInfo("gpt-5.4"), ModelInfo("o4-mini")],
    ),
    "OpenRouter": (
        {
            "data": [
                {
                    "id": "google/gemini-2.5-pro",
                    "name": "Google: Gemini 2.5 Pro",
                    "context_length": 1048576,
                    "architecture": {
                        "modality": "text+image->text",
                        "input_modalities": ["text", "image", "file"],
                        "output_modalities": ["text"],
                    },
                    "top_provider": {"context_length": 1048576},
                },
                {"id": "x/text", "context_length": 8192,
                 "architecture": {"modality": "text->text"}},
                {"id": "x/painter", "architecture": {"output_modalities": ["image"]}},
            ]
        },
        [
            ModelInfo("google/gemini-2.5-pro", 1048576, takes_images=True),
            ModelInfo("x/text", 8192, takes_images=False),
        ],
    ),
    "vLLM": (
        {
            "object": "list",
            "data": [
                {"id": "Qwen/Qwen3-8B", "object": "model", "root": "Qwen/Qwen3-8B",
                 "max_model_len": 32768, "permission": [{"id": "modelperm-1"}]}
            ],
        },
        [ModelInfo("Qwen/Qwen3-8B", 32768)],
    ),
    "llama.cpp": (
        {
            "models": [{"name": "tiny.gguf", "model": "tiny.gguf", "capabilities": ["completion"]}],
            "object": "list",
            "data": [
                {"id": "tiny.gguf", "object": "model", "owned_by": "llamacpp",
                 "meta": {"vocab_type": 1, "n_vocab": 512, "n_ctx_train": 4096, "n_embd": 64}}
            ],
        },
        [ModelInfo("tiny.gguf", 4096)],
    ),
    "llama.cpp, newer": (
        {"data": [{"id": "tiny", "meta": {"n_ctx_train": 131072, "n_ctx": 2048}}]},
        [ModelInfo("tiny", 2048)],
    ),
    "Ollama": (
        {
            "object": "list",
            "data": [
                {"id": "llama3.2:latest", "object": "model", "created": 1, "owned_by": "library"},
                {"id": "nomic-embed-text:latest", "object": "model", "owned_by": "library"},
            ],
        },
        [ModelInfo("llama3.2:latest")],
    ),
    "LM Studio": (
        {
            "data": [
                {"id": "gemma-3-4b", "type": "vlm", "state": "loaded", "max_context_length": 131072,
                 "loaded_context_length": 4096},
                {"id": "text-embedding-nomic", "type": "embeddings", "max_context_length": 2048},
            ]
        },
        [ModelInfo("gemma-3-4b", 4096, takes_images=True)],
    ),
    "Groq": (
        {
            "object": "list",
            "data": [
                {"id": "llama-3.3-70b-versatile", "active": True, "context_window": 131072},
                {"id": "gone", "active": False, "context_window": 8192},
                {"id": "whisper-large-v3", "active": True, "context_window": 448},
            ],
        },
        [ModelInfo("llama-3.3-70b-versatile", 131072)],
    ),
    "Mistral": (
        {
            "object": "list",
            "data": [
                {"id": "mistral-small-latest", "max_context_length": 131072,
                 "capabilities": {"completion_chat": True, "vision": True}},
                {"id": "mistral-embed", "max_context_length": 8192,
                 "capabilities": {"completion_chat": False, "vision": False}},
            ],
        },
        [ModelInfo("mistral-small-latest", 131072, takes_images=True)],
    ),
    "Together": (
        [
            {"id": "meta-llama/Llama-3.3-70B", "type": "chat", "context_length": 131072},
            {"id": "black-forest-labs/FLUX.1", "type": "image", "context_length": 0},
        ],
        [ModelInfo("meta-llama/Llama-3.3-70B", 131072)],
    ),
    "Gemini": (
        {
            "object": "list",
            "data": [
                {"id": "models/gemini-2.5-flash", "object": "model", "owned_by": "google"},
                {"id": "models/text-embedding-004", "object": "model", "owned_by": "google"},
            ],
        },
        [ModelInfo("gemini-2.5-flash")],
    ),
    "Anthropic": (
        {
            "data": [
                {"type": "model", "id": "claude-sonnet-5", "display_name": "Claude Sonnet 5",
                 "max_input_tokens": 1000000, "max_tokens": 64000,
                 "capabilities": {"image_input": {"supported": True}}}
            ],
            "has_more": False,
        },
        [ModelInfo("claude-sonnet-5", 1000000, takes_images=True)],
    ),
    "names alone": (["a", "b", "a"], [ModelInfo("a"), ModelInfo("b")]),
    "nothing": ({"object": "list", "data": []}, []),
    "null": ({"object": "list", "data": None}, []),
    "embeddings alone": ({"data": [{"id": "bge-m3"}]}, [ModelInfo("bge-m3")]),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_models_is_read(name: str) -> None:
    value, expected = LISTS[name]
    assert list(read_models(json.dumps(value).encode())) == expected


def test_odd_entries_do_no_harm() -> None:
    items = [
        None,
        5,
        {},
        {"id": 7},
        {"id": ""},
        {"id": "a\nb"},
        {"id": "x" * 1000},
        [],
        {"id": "ok"},
    ]
    odd = {"id": "odd", "context_length": "long", "architecture": [], "capabilities": 3, "type": 5}
    body = json.dumps({"data": [*items, odd, {**odd, "id": "neg", "context_length": -5}]})
    assert [info.name for info in read_models(body.encode())] == ["ok", "odd", "neg"]
    assert {info.context_window for info in read_models(body.encode())} == {None}


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"5", b'"x"', b"{}", b"[" * 9999, b"\xff"])
def test_what_is_no_list_is_an_error(body: bytes) -> None:
    with pytest.raises(ResponseFormatError) as caught:
        read_models(body)
    assert caught.value.fault in {Fault.UNREADABLE_ANSWER, Fault.HTML_ANSWER}
