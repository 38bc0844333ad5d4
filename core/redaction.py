"""Hides keys and passwords in any text that leaves the program for a log, a report or a screen.

Two nets: the secrets that were registered, in every form that libraries give them, and whatever
has the shape of a secret, for those that nobody registered.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

HIDDEN = "***"
"""What stands in a text where a secret stood."""

_SHORTEST = 4
"""Letters; hiding shorter ones everywhere would tell what they are."""
_SHORT = 8
"""Letters; shorter secrets may be ordinary words, and count only where they stand alone."""
_SHORTEST_BASE64 = 6
_HTML = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#x27"}

_HEADERS = "(?:proxy-)?authorization|(?:x-)?(?:goog-)?api[-_]?key"
_SCHEMES = r"(?:bearer|basic|token|digest)\s+"
# Patterns, case ignored, and what takes the place of a match. Those that look ahead do so within a
# limit, so that a hostile text takes no longer than any other.
_SHAPES = (
    # https://user:password@host
    (r"(://[^/\s:@]*):[^/\s]+@", rf"\1:{HIDDEN}@"),
    # A header, as text, in a dict, or as a pair.
    (
        rf"({_HEADERS})([\"']?\s*[:=]\s*(?:b?[\"'])?|[\"']\s*,\s*b?[\"'])({_SCHEMES})?[^\s\"',;)}}\]&]+",
        rf"\1\2\3{HIDDEN}",
    ),
    # What follows is a token and no word: it has a digit or a padding.
    (r"\b(bearer|basic)(\s+)(?=\S{0,99}[\d=])[\w.~+/=|-]{8,}", rf"\1\2{HIDDEN}"),
    # In the query of an address.
    (r"([?&](?:\w*key|\w*token|\w*secret|password|sig)=)[^&\s#\"']+", rf"\1{HIDDEN}"),
    # As the services make them.
    (r"\bsk-(?=[\w-]{0,99}\d)[\w-]{16,}", HIDDEN),
    (r"\b(?:gsk_|xai-|hf_|pplx-|nvapi-|ghp_|r8_|AIza)(?=[\w-]{0,99}\d)[\w-]{20,}", HIDDEN),
    (r"\beyJ[\w-]{10,999}\.[\w-]{10,9999}\.[\w-]+", HIDDEN),
)

_registered: set[str] = set()
_known: list[re.Pattern[str]] = []


def register(secret: str) -> None:
    """Hide `secret` from now on, as it is and in all that libraries make of it.

    What is shorter than 4 letters is not hidden, for then nothing else could be read.
    """
    secret = secret.strip()
    if len(secret) < _SHORTEST or secret in _registered:
        return
    _registered.add(secret)
    # The longest first: one secret may hold another.
    _known[:] = [_pattern(each) for each in sorted(_registered, key=len, reverse=True)]


def redacted(text: str) -> str:
    """Return `text` with `***` where a secret stood."""
    for pattern in tuple(_known):
        text = pattern.sub(HIDDEN, text)
    for pattern, replacement in _shapes():
        text = pattern.sub(replacement, text)
    return text


@functools.cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile late: a window has no errors before its first frame."""
    return tuple((re.compile(pattern, re.IGNORECASE), into) for pattern, into in _SHAPES)


def _pattern(secret: str) -> re.Pattern[str]:
    plain = "".join(_letter(letter) for letter in secret)
    if len(secret) < _SHORT:
        plain = rf"(?<![A-Za-z0-9]){plain}(?![A-Za-z0-9])"
    return re.compile("|".join([plain, *map(re.escape, _base64_forms(secret))]))


def _letter(letter: str) -> str:
    """Return what matches one letter, be it escaped for an address, JSON, Python or HTML."""
    if letter.isascii() and letter.isalnum():
        return letter
    raw = letter.encode("utf-8", "surrogatepass")
    utf16 = letter.encode("utf-16-be", "surrogatepass")
    forms = [
        rf"\\{{0,9}}{re.escape(letter)}",
        *(_hex(code, raw) for code in ("%", r"\\{1,9}x")),
        "".join(rf"\\{{1,9}}u(?i:{utf16[at : at + 2].hex()})" for at in range(0, len(utf16), 2)),
    ]
    if ord(letter) < 256:
        forms.append(_hex(r"\\{1,9}x", bytes([ord(letter)])))
    if letter == " ":
        forms.append(r"\+")
    if letter in _HTML:
        forms += [f"&{_HTML[letter]};", f"&#{ord(letter)};"]
    return f"(?:{'|'.join(forms)})"


def _hex(before: str, raw: bytes) -> str:
    return "".join(f"{before}(?i:{byte:02x})" for byte in raw)


def _base64_forms(secret: str) -> Iterable[str]:
    """Return what of `secret` is the same in any base64 text that holds it, `user:` before it.

    A group of four letters stands for three bytes, so it matters where in a group it begins.
    """
    import base64  # noqa: PLC0415 - a window needs no key before its first frame

    raw = secret.encode("utf-8", "surrogatepass")
    forms = set()
    for before, foreign in ((0, 0), (1, 2), (2, 3)):
        whole = base64.b64encode(bytes(before) + raw).decode().rstrip("=")
        # The last letter depends on what follows, unless the group is full.
        is_full = (before + len(raw)) % 3 == 0
        own = whole[foreign:] if is_full else whole[foreign:-1]
        if len(own) >= _SHORTEST_BASE64:
            forms |= {own, own.translate(str.maketrans("+/", "-_"))}
    return sorted(forms, key=len, reverse=True)
