"""What a service wants to be asked otherwise, learnt from its refusals.

Newer models of OpenAI take `max_completion_tokens` only, Mistral calls the seed `random_seed`, and
some servers refuse `stream_options`, which they do not know.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.errors import ChatError, Fault

_RENAMED: Mapping[str, str] = MappingProxyType(
    {"stream_options": "", "max_tokens": "max_completion_tokens", "seed": "random_seed"}
)
"""Fields, and what else they may be called; empty for one that need not be sent."""
_UNWANTED = re.compile(
    r"unsupported|not support|unrecognized|unknown|unexpected|extra|not permitted|not allowed"
    r"|invalid (?:field|argument|parameter)|no such|use '",
    re.IGNORECASE,
)
_MOST_KNOWN = 64

Changes = Mapping[str, str]
"""Fields of a request, and what they are called instead."""
NO_CHANGES: Changes = MappingProxyType({})


class Adaptation:
    """Remembers what each service wants, by its address and model."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], Changes] = OrderedDict()

    def changes_for(self, address: str, model: str) -> Changes:
        """Return what has been learnt of a service."""
        return self._known.get((address, model), NO_CHANGES)

    def learn(self, address: str, model: str, changes: Changes) -> None:
        """Remember what a service wants."""
        self._known[address, model] = changes
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)


def changed(body: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a request's body with its fields called as the service wants them."""
    return {new: value for name, value in body.items() if (new := changes.get(name, name))}


def changes_from(error: ChatError, body: Mapping[str, Any], known: Changes) -> Changes | None:
    """Return what a refusal asks to change, with what was known; None when it asks for nothing."""
    if error.fault is not Fault.REFUSED_REQUEST or not _UNWANTED.search(error.message):
        return None
    for name, other in _RENAMED.items():
        is_sent = name in body and name not in known
        if is_sent and re.search(rf"\b{name}\b", error.message):
            return MappingProxyType({**known, name: other})
    return None
