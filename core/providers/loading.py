"""Whether a server on one's own computer is still reading its model into memory."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from core.errors import ChatError
from core.providers.api_address import ApiAddress

if TYPE_CHECKING:
    from core.net.session import StreamSession

LOOK_AFTER = 2.0
"""Seconds without a first word, after which Ollama is asked what it is doing; and between looks."""
ASK_AGAIN_AFTER = 0.5
"""Seconds after which llama.cpp is asked again that said that it is loading."""
_PATIENCE = 3.0
_LIMIT = 1024 * 1024


def says_loading(status: int, body: bytes) -> bool:
    """Tell whether this is llama.cpp's refusal while it loads: it comes at once, not in the end."""
    return status == 503 and b"loading model" in body[:2000].lower()


class OllamaWatch:
    """Asks Ollama whether the model is in memory already; gives up on any other server."""

    def __init__(self, session: StreamSession, address: ApiAddress, model: str) -> None:
        self._session = session
        self._url = address.at_root("api/ps")
        self._model = model
        self.is_of_use = address.may_be_ollama

    async def is_loading(self) -> bool:
        """Return whether the model is not in memory yet; False for what is not Ollama."""
        try:
            async with asyncio.timeout(_PATIENCE), self._session.get(self._url) as response:
                body = await response.read_capped(_LIMIT)
                models = json.loads(body)["models"] if response.status == 200 else None
            running = {name for model in models or () for name in (model["name"], model["model"])}
        except (ChatError, TimeoutError, ValueError, KeyError, TypeError, RecursionError):
            models = None
        if not isinstance(models, list):
            self.is_of_use = False
            return False
        wanted = self._model if ":" in self._model else f"{self._model}:latest"
        return wanted not in running
