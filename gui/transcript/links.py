"""Links: which may be opened, and which say themselves where they lead."""

from __future__ import annotations

from urllib.parse import urlsplit

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


def _bare(address: str) -> str:
    for prefix in ("https://", "http://", "mailto:", "www."):
        address = address.removeprefix(prefix)
    return address.strip().rstrip("/")
