"""What is sent to ask for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.attachments import data_url, images_of, text_with_files
from core.models import ChatRequest, Message, Parameters


def body_of(request: ChatRequest, model: str) -> dict[str, Any]:
    """Return the document of a POST to `/chat/completions`, with only what was set."""
    body: dict[str, Any] = {
        "messages": [message_of(message) for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
        **parameters_of(request.parameters),
    }
    # Azure's address names the model already.
    return {"model": model, **body} if model else body


def message_of(message: Message) -> dict[str, Any]:
    """Return one turn; its content is a plain text unless there are pictures.

    Many a server knows nothing but texts.
    """
    text, images = text_with_files(message), images_of(message)
    if not images:
        return {"role": message.role.value, "content": text}
    parts: list[dict[str, Any]] = [{"type": "text", "text": text}] if text.strip() else []
    parts += ({"type": "image_url", "image_url": {"url": data_url(i)}} for i in images)
    return {"role": message.role.value, "content": parts}


def parameters_of(parameters: Parameters) -> dict[str, Any]:
    """Return what was set of the parameters, under the names of the protocol."""
    fields: Mapping[str, Any] = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "max_tokens": parameters.max_tokens,
        "stop": list(parameters.stop) or None,
        "seed": parameters.seed,
    }
    return {name: value for name, value in fields.items() if value is not None}
