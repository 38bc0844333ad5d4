"""What a service says of its models, in the answers to `/models`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from core.errors import Fault, ResponseFormatError
from core.models import ModelInfo
from core.providers.ai_power.lenient_json import JSON_ERRORS, count_of

_WINDOWS = (
    (
        "loaded_context_length",
    ),  # LM Studio: what was really set aside comes before what is possible
    ("meta", "n_ctx"),
    ("context_length",),  # OpenRouter, Together
    ("max_model_len",),  # vLLM
    ("context_window",),  # Groq
    ("max_context_length",),  # Mistral, LM Studio
    ("top_provider", "context_length"),
    ("max_input_tokens",),  # Anthropic
    ("meta", "n_ctx_train"),
    ("inputTokenLimit",),
)
_NO_CHAT = re.compile(
    r"(?:^|[-_/.:])(?:embed|embeddings?|whisper|tts|dall-e|moderation|rerank(?:er)?|transcribe"
    r"|realtime|sora|imagen|veo|gpt-image|babbage|davinci|stable-diffusion|flux|aqa|lyria)(?:[-_/.:\d]|$)"
    r"|nomic-embed|text-embedding|bge-",
    re.IGNORECASE,
)
_CHAT_TYPES = {"chat", "language", "code", "llm", "vlm", "model", "text", "text-generation"}
_MOST = 5000
_LONGEST_NAME = 300


def read_models(body: bytes) -> tuple[ModelInfo, ...]:
    """Return the models that a chat can be held with, in the service's order.

    Raises:
        ResponseFormatError: this is no list of models.
    """
    try:
        value = msgspec.json.decode(body)
    except JSON_ERRORS:
        start = body[:200].decode("utf-8", "replace").strip()
        fault = Fault.HTML_ANSWER if start.startswith("<") else Fault.UNREADABLE_ANSWER
        raise ResponseFormatError(start, fault=fault) from None
    items = _items(value)
    if items is None:
        raise ResponseFormatError(fault=Fault.UNREADABLE_ANSWER)
    named = [(name, item) for item in items[:_MOST] if (name := _name_of(item))]
    # A filter that leaves nothing has misjudged the service.
    chosen = [pair for pair in named if _is_for_chat(*pair)] or named
    infos = {name: ModelInfo(name, _window_of(item), _takes_images(item)) for name, item in chosen}
    return tuple(infos.values())


def _items(value: object) -> list[Any] | None:
    """Return the list in an answer: bare at Together, under `models` at some others."""
    if isinstance(value, dict):
        for name in ("data", "models"):
            if isinstance(value.get(name), list):
                return list(value[name])
        return [] if "data" in value or "models" in value else None
    return value if isinstance(value, list) else None


def _name_of(item: object) -> str:
    """Return a model's name; Google puts `models/` before it."""
    if isinstance(item, str):
        name = item
    elif isinstance(item, dict):
        name = next(
            (v for k in ("id", "name", "model") if isinstance(v := item.get(k), str) and v), ""
        )
    else:
        return ""
    name = name.strip().removeprefix("models/")
    return name if len(name) <= _LONGEST_NAME and name.isprintable() else ""


def _is_for_chat(name: str, item: Any) -> bool:
    if not isinstance(item, dict):
        return not _NO_CHAT.search(name)
    if item.get("active") is False:  # Groq
        return False
    capabilities = item.get("capabilities")
    if isinstance(capabilities, dict) and capabilities.get("completion_chat") is False:  # Mistral
        return False
    kind = item.get("type")
    if isinstance(kind, str) and kind and kind.lower() not in _CHAT_TYPES:
        return False
    outputs = _modalities(item, "output_modalities")
    if outputs and "text" not in outputs:
        return False
    return not _NO_CHAT.search(name)


def _window_of(item: Any) -> int | None:
    if not isinstance(item, dict):
        return None
    for path in _WINDOWS:
        value: Any = item
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if count_of(value):
            return count_of(value)
    return None


def _takes_images(item: Any) -> bool | None:
    """Return whether a model sees pictures, where the service says so in one of its ways."""
    if not isinstance(item, dict):
        return None
    capabilities = item.get("capabilities")
    if isinstance(capabilities, dict):
        vision = capabilities.get("vision", capabilities.get("image_input"))
        vision = vision.get("supported") if isinstance(vision, dict) else vision
        if isinstance(vision, bool):
            return vision
    inputs = set(_modalities(item, "input_modalities"))
    if isinstance(capabilities, list):  # Ollama, llama.cpp
        inputs |= {"image" if {"vision", "multimodal"} & set(_texts(capabilities)) else "text"}
    if item.get("type") == "vlm":  # LM Studio
        return True
    return "image" in inputs if inputs else None


def _modalities(item: dict[str, Any], name: str) -> list[str]:
    """Return kinds of input or output, as OpenRouter and vLLM tell them."""
    architecture = item.get("architecture")
    for place in (architecture, item):
        if isinstance(place, dict) and isinstance(found := place.get(name), list):
            return list(_texts(found))
    modality = architecture.get("modality") if isinstance(architecture, dict) else None
    if isinstance(modality, str) and "->" in modality:  # text+image->text
        before, _, after = modality.partition("->")
        return (before if name.startswith("input") else after).split("+")
    return []


def _texts(items: list[Any]) -> Iterator[str]:
    return (item for item in items if isinstance(item, str))
