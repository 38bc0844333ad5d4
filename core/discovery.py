"""Finds the servers for language models that run on this computer.

Each port that a local preset names is looked at, on both loopback addresses at once, and what
answers there tells which program it is. Nothing else is contacted, and no proxy is asked.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from core import __version__
from core.errors import ChatError
from core.models import Limits
from core.profiles import Preset
from core.text import without_surrogates

if TYPE_CHECKING:
    from core.net.session import StreamSession

OLLAMA, LM_STUDIO, LLAMA_CPP, VLLM = "ollama", "lmstudio", "llamacpp", "vllm"
"""The presets whose programs are known by what they answer."""

_HOSTS = ("127.0.0.1", "[::1]")
_LARGEST_BODY = 1024 * 1024
_MOST_MODELS = 500
_LONGEST_NAME = 200
_OWNERS = {
    "llamacpp": LLAMA_CPP,
    "vllm": VLLM,
    "library": OLLAMA,
    "organization_owner": LM_STUDIO,
}
"""Whom each program names as the owner of its models, in `/models`."""
_HEADERS = {"User-Agent": f"Beseda/{__version__}", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Found:
    """A server on this computer."""

    preset: Preset
    address: str
    """Its base URL, with a numeric host."""
    models: tuple[str, ...]
    """What can be asked there; empty while it loads one, or has none."""
    seconds: float
    """How long it took to answer."""


@dataclass(frozen=True, slots=True)
class _Port:
    """A port with the presets that name it, the likeliest first."""

    number: int
    path: str
    presets: tuple[Preset, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    server: str
    value: dict[str, Any]

    def entries(self) -> list[dict[str, Any]] | None:
        """Return the items of a list of models; None when it is not one."""
        items = self.value.get("data")
        if self.status != 200 or self.value.get("object") != "list" or "data" not in self.value:
            return None
        if items is None:  # Ollama, while it has no model
            return []
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            return None
        return items[:_MOST_MODELS]


async def find_local(
    presets: Iterable[Preset],
    *,
    timeout: float = 1.0,  # noqa: ASYNC109 - of each server, while the others are waited for
) -> tuple[Found, ...]:
    """Return the servers that answer within `timeout` seconds, in the order of `presets`.

    Whatever answers with something else, too much, or without end is not found.
    """
    from core.net.session import StreamSession  # noqa: PLC0415 - aiohttp takes 0.3 s

    presets = tuple(presets)
    ports = _ports(presets)
    limits = Limits(connect=timeout, silence=timeout)
    session = StreamSession(headers=_HEADERS, proxy="none", limits=limits, max_bytes=_LARGEST_BODY)
    async with session:
        looks = [_look(session, host, port, presets, timeout) for port in ports for host in _HOSTS]
        answers = await asyncio.gather(*looks)
    # One server may listen on both addresses, and is then one.
    count = len(_HOSTS)
    pairs = (answers[start : start + count] for start in range(0, len(answers), count))
    return tuple(found[0] for pair in pairs if (found := [each for each in pair if each]))


def _ports(presets: Sequence[Preset]) -> list[_Port]:
    """Return the ports of the local presets, each once."""
    named: dict[int, tuple[str, list[Preset]]] = {}
    for preset in presets:
        url = urlsplit(preset.address)
        if preset.is_local and url.port:
            named.setdefault(url.port, (url.path.rstrip("/"), []))[1].append(preset)
    return [_Port(number, path, tuple(found)) for number, (path, found) in named.items()]


async def _look(
    session: StreamSession,
    host: str,
    port: _Port,
    presets: Sequence[Preset],
    timeout: float,  # noqa: ASYNC109 - see `find_local`
) -> Found | None:
    """Return the server at one address, if there is one that answers in time."""
    origin = f"http://{host}:{port.number}"
    begin = time.monotonic()
    try:
        async with asyncio.timeout(timeout):
            answer = await _get(session, f"{origin}{port.path or '/v1'}/models")
            kind = await _kind(session, origin, answer)
    except (ChatError, TimeoutError):
        return None
    names = _names(answer.entries() or [])
    if kind is None and not names:
        return None
    preset = next((each for each in presets if each.id == kind), port.presets[0])
    seconds = time.monotonic() - begin
    return Found(preset, f"{origin}{port.path}", names, seconds)


async def _kind(session: StreamSession, origin: str, answer: _Answer) -> str | None:
    """Return which program answers; None for one that does not show itself."""
    entries = answer.entries()
    if answer.server.lower().startswith("llama.cpp") or _is_loading(answer):
        return LLAMA_CPP
    if entries is None:
        return None
    for entry in entries:
        owner = entry.get("owned_by")
        if isinstance(owner, str) and owner in _OWNERS:
            return _OWNERS[owner]
    if isinstance((await _get(session, f"{origin}/api/version")).value.get("version"), str):
        return OLLAMA
    own = (await _get(session, f"{origin}/api/v0/models")).entries()
    return LM_STUDIO if own is not None else None


def _is_loading(answer: _Answer) -> bool:
    """Whether llama.cpp says that it is not ready yet."""
    error = answer.value.get("error")
    return (
        answer.status == 503 and isinstance(error, dict) and error.get("message") == "Loading model"
    )


async def _get(session: StreamSession, url: str) -> _Answer:
    """Return what is at `url`; a body that is no JSON object counts as an empty one.

    Raises:
        ChatError: nobody answers there, not in HTTP, or with too much.
    """
    async with session.get(url, allow_redirects=False) as response:
        body = await response.read_capped()
        server = response.headers.get("Server", "")
        return _Answer(response.status, server, await asyncio.to_thread(_object, body))


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _names(entries: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """Return the models that can answer, in the server's order; those that only embed cannot."""
    names: dict[str, None] = {}
    for entry in entries:
        name = entry.get("id")
        if isinstance(name, str) and _is_name(name) and "embed" not in name.lower():
            names[name] = None
    return tuple(names)


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST_NAME and text.isprintable() and without_surrogates(text) == text
    )
