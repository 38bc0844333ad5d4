"""What a key looks like, and whose it is likely to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.profiles import Preset

_WITHOUT_PREFIX = (
    (re.compile(r"sk-[0-9a-f]{32}"), "deepseek"),
    (re.compile(r"[0-9a-f]{64}"), "together"),
    (re.compile(r"[0-9A-Za-z]{32}"), "mistral"),
)
"""Keys with no beginning of their own. DeepSeek's are shorter than OpenAI's, which begin alike."""

_AROUND = " \t\r\n\"'`<>,;"
_BEFORE = re.compile(r"(?:(?:export\s+)?\w*api[_-]?key\s*[=:]|bearer\s)[\s\"'`]*", re.IGNORECASE)
_LONGEST = 1000


def cleaned_key(text: str) -> str:
    """Return the key in what somebody pasted; empty when that can be no key.

    Quotes, a `Bearer`, and an `…_API_KEY=` in front of it are left out.
    """
    stripped = text.strip(_AROUND)
    before = _BEFORE.match(stripped)
    key = stripped[before.end() :] if before else stripped
    is_key = key.isascii() and key.isprintable() and " " not in key and len(key) <= _LONGEST
    return key if is_key else ""


def likely_preset(key: str, presets: Iterable[Preset]) -> Preset | None:
    """Return whose key that is by its looks; None for a key that could be anybody's."""
    known = [preset for preset in presets if preset.needs_key]
    for shape, name in _WITHOUT_PREFIX:
        if shape.fullmatch(key):
            return next((preset for preset in known if preset.id == name), None)
    fitting = [one for one in known if one.key_prefix and key.startswith(one.key_prefix)]
    return max(fitting, key=_prefix_length, default=None)


def _prefix_length(preset: Preset) -> int:
    return len(preset.key_prefix)
