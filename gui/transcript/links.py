"""Links: which may be opened, and which say themselves where they lead."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*|mailto:")
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
OPENED_SCHEMES = frozenset({"http", "https", "mailto"})


def may_open(target: str) -> bool:
    """Whether a link may be opened at all: http, https and mailto only."""
    try:
        scheme = urlsplit(target).scheme
    except ValueError:
        return False
    return scheme in OPENED_SCHEMES


def says_where(words: str, target: str) -> bool:
    """Whether a link's own words are its target, so that nobody need be asked."""
    return bool(words) and _bare(words) == _bare(target)


def shown_address(target: str) -> str:
    """Return an address as a person reads it: letters of other scripts are not percent-encoded.

    Only behind the host: there, a letter that looks like another would name another server.
    """
    host = _HOST.match(target)
    place = host.end() if host else 0
    return target[:place] + _ENCODED.sub(_readable, target[place:])


def _readable(found: re.Match[str]) -> str:
    try:
        text = unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]
    return text if text.isalnum() else found[0]


def _bare(address: str) -> str:
    for prefix in ("https://", "http://", "mailto:", "www."):
        address = address.removeprefix(prefix)
    return address.strip().rstrip("/")
