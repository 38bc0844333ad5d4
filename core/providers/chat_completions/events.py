"""One `data:` line of a streamed answer, read fast where it is as defined, and kindly where not."""

from __future__ import annotations

from typing import Any

import msgspec

from core.events import FinishReason, Usage
from core.providers.ai_power.lenient_json import JSON_ERRORS, count_of, decode_object

FINISH_REASONS = {
    "length": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "max_output_tokens": FinishReason.LENGTH,
    "model_length": FinishReason.LENGTH,
    "content_filter": FinishReason.CONTENT_FILTER,
    "content-filter": FinishReason.CONTENT_FILTER,
    "safety": FinishReason.CONTENT_FILTER,
    "recitation": FinishReason.CONTENT_FILTER,
    "prohibited_content": FinishReason.CONTENT_FILTER,
    "sensitive": FinishReason.CONTENT_FILTER,
    "refusal": FinishReason.CONTENT_FILTER,
    # The service itself gave up: the text is not all that the model had to say.
    "abort": FinishReason.CUT,
    "error": FinishReason.CUT,
    "network_error": FinishReason.CUT,
    "insufficient_system_resource": FinishReason.CUT,
}
"""In lower case; any other word means that the answer is complete."""


class Delta(msgspec.Struct):
    """What is new in an answer, or the whole `message` where it comes in one piece."""

    content: Any = None
    """A text; Mistral's thinking models send a list of parts."""
    reasoning_content: Any = None
    """DeepSeek, llama.cpp, vLLM, LM Studio, xAI."""
    reasoning: Any = None
    """OpenRouter, Groq, Ollama, Together, newer vLLM."""
    refusal: Any = None
    tool_calls: Any = None
    function_call: Any = None


class Choice(msgspec.Struct):
    """One answer of possibly several; we ask for one."""

    delta: Delta | None = None
    message: Delta | None = None
    finish_reason: Any = None
    native_finish_reason: Any = None
    """OpenRouter's, which may stand alone."""
    text: Any = None
    """Of the legacy endpoint."""
    error: Any = None
    """OpenRouter."""
    usage: Any = None
    """Moonshot."""
    index: Any = None


class Event(msgspec.Struct):
    """One `data:` line, or a whole answer; each field may be missing."""

    choices: list[Choice] | None = None
    usage: Any = None
    error: Any = None
    timings: Any = None
    """llama.cpp's own count."""
    x_groq: Any = None
    object: Any = None
    message: Any = None
    """The words of an error of older vLLM and of Mistral, whose `object` is `error`."""
    type: Any = None
    code: Any = None
    detail: Any = None


_decode = msgspec.json.Decoder(Event).decode


def read_event(data: str | bytes) -> Event | None:
    """Return what a line says, or None for what is no JSON object.

    What has another type than it should have is taken for missing.
    """
    try:
        return _decode(data)
    except JSON_ERRORS:
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        return _read_kindly(text)


def _read_kindly(text: str) -> Event | None:
    # Google's errors may stand in a list.
    fields = decode_object(text[1:-1] if text[:2] == "[{" and text[-2:] == "}]" else text)
    if fields is None:
        return None
    choices = fields.get("choices")
    known = {name: fields.get(name) for name in Event.__struct_fields__ if name != "choices"}
    return Event(
        choices=[_choice(item) for item in choices if isinstance(item, dict)]
        if isinstance(choices, list)
        else None,
        **known,
    )


def _choice(fields: dict[str, Any]) -> Choice:
    known = {name: fields.get(name) for name in Choice.__struct_fields__}
    known["delta"] = _delta(fields.get("delta"))
    known["message"] = _delta(fields.get("message"))
    return Choice(**known)


def _delta(fields: object) -> Delta | None:
    if not isinstance(fields, dict):
        return None
    return Delta(**{name: fields.get(name) for name in Delta.__struct_fields__})


def parts_of(content: object) -> tuple[str, str]:
    """Return the text and the thoughts in a `content` that is a list of parts, or anything.

    Mistral: `[{"type": "thinking", "thinking": [{"type": "text", "text": …}]}, …]`.
    """
    if isinstance(content, str):
        return content, ""
    texts: list[str] = []
    thoughts: list[str] = []
    for part in content if isinstance(content, list) else ():
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, dict):
            if isinstance(part.get("text"), str):
                texts.append(part["text"])
            thinking = part.get("thinking")
            thoughts.append(thinking if isinstance(thinking, str) else _plain_parts(thinking))
    return "".join(texts), "".join(thoughts)


def _plain_parts(parts: object) -> str:
    items = parts if isinstance(parts, list) else []
    texts = (item.get("text") for item in items if isinstance(item, dict))
    return "".join(text for text in texts if isinstance(text, str))


def finish_reason_of(word: object) -> FinishReason | None:
    """Return what a `finish_reason` means; None for one that says nothing."""
    if not isinstance(word, str) or not word or word.lower() in {"null", "none"}:
        return None
    return FINISH_REASONS.get(word.lower(), FinishReason.STOP)


def usage_of(event: Event) -> Usage | None:
    """Return the token counts of an event, wherever the service put them."""
    if isinstance(event.usage, dict):
        return _usage(event.usage)
    for choice in event.choices or ():
        if isinstance(choice.usage, dict):
            return _usage(choice.usage)
    if isinstance(event.x_groq, dict) and isinstance(event.x_groq.get("usage"), dict):
        return _usage(event.x_groq["usage"])
    if isinstance(event.timings, dict):
        read, cached = event.timings.get("prompt_n"), event.timings.get("cache_n")
        written = count_of(event.timings.get("predicted_n"))
        return Usage(count_of(read) + count_of(cached), written)
    return None


def _usage(counts: dict[str, Any]) -> Usage | None:
    prompt = count_of(counts.get("prompt_tokens", counts.get("input_tokens")))
    completion = count_of(counts.get("completion_tokens", counts.get("output_tokens")))
    return Usage(prompt, completion) if prompt or completion else None
