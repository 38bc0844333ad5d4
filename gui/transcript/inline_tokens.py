"""Tokens of running text that stand for themselves: code, tags, entities, bare addresses, notes.

Every function looks at one place of a text that may still grow, and raises `Unfinished` as long as
more text could change its answer. None looks further than its limit, whatever the text holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gui.transcript.references import Unfinished, address, entity
from gui.transcript.segments import RunKind

MAX_NOTE_LABEL = 100
MAX_ADDRESS = 2000
_TICKS = re.compile(r"`+")
_NOTE = re.compile(r"\[\^([^\]\[\s]+)\]")
_NOTE_BEGINS = re.compile(r"\[\^[^\]\[\s]*\Z")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENTITY_BEGINS = re.compile(r"&#?[A-Za-z0-9]{0,32}\Z")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*)>")
_MAIL = (
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
_AUTOMAIL = re.compile(rf"<({_MAIL})>")
_AUTOLINK_BEGINS = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9.+-]{0,31}(?::[^<>\x00-\x20]*)?|[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+"
    r"(?:@[a-zA-Z0-9.-]*)?)?\Z"
)
_VALUE = r"""(?:[^\s"'=<>`]+|'[^']*'|"[^"]*")"""
_ATTRIBUTE = rf"\s++[A-Za-z_:][\w.:-]*+(?:\s*=\s*{_VALUE})?+"
_OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?>"
_CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*\s*>"
TAG = re.compile(rf"{_OPEN_TAG}|{_CLOSE_TAG}", re.ASCII)
TAG_BEGINS = re.compile(
    rf"<(?:/(?:[A-Za-z][A-Za-z0-9-]*\s*)?|[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*"
    r"""\s*(?:/|[A-Za-z_:][\w.:-]*\s*(?:=\s*(?:[^\s"'=<>`]*|'[^']*|"[^"]*)?)?)?)?\Z""",
    re.ASCII,
)
_LONG_MARKUP = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARATION = re.compile(r"<![A-Za-z][^>]*>")
_BARE = re.compile(r"[^\s<>\"\x00-\x1f]*")
_BARE_IN_BRACKET = re.compile(r"[^\s<>\"\]\x00-\x1f]*")
_HOST = re.compile(r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)*", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[?!.,:*_~'\"»”’]|&[A-Za-z0-9]+;)+\Z")


class Token(NamedTuple):
    """What stands at a place: its text as shown, and where it ends in the source."""

    text: str
    end: int
    href: str = ""
    kind: RunKind = RunKind.TEXT


def code_span(text: str, pos: int, limit: int, *, final: bool) -> Token | None:
    """Return the code between equal runs of backticks at `pos`; None if there is no such pair."""
    opened = _TICKS.match(text, pos, pos + limit)
    if opened is None or opened.end() == pos + limit:
        return None
    if opened.end() == len(text) and not final:
        raise Unfinished
    width = opened.end() - pos
    for found in _TICKS.finditer(text, opened.end(), opened.end() + limit):
        if found.end() == len(text) and not final:
            raise Unfinished
        if found.end() - found.start() == width:
            inside = text[opened.end() : found.start()].replace("\n", " ")
            if inside.startswith(" ") and inside.endswith(" ") and inside.strip(" "):
                inside = inside[1:-1]
            return Token(inside, found.end())
    if not final and len(text) < opened.end() + limit:
        raise Unfinished
    return None


def ticks(text: str, pos: int, limit: int) -> str:
    """Return the run of backticks at `pos`, at most `limit` of them."""
    found = _TICKS.match(text, pos, pos + limit)
    return found[0] if found else ""


def note_label(text: str, pos: int, *, final: bool) -> Token | None:
    """Return the label of a reference to a footnote, ``[^label]``, at `pos`."""
    found = _NOTE.match(text, pos, pos + MAX_NOTE_LABEL)
    if found is None:
        if not final and len(text) < pos + MAX_NOTE_LABEL and _NOTE_BEGINS.match(text, pos):
            raise Unfinished
        return None
    if found.end() >= len(text) and not final:
        raise Unfinished
    return None if text.startswith("(", found.end()) else Token(found[1], found.end())


def entity_at(text: str, pos: int, *, final: bool) -> Token | None:
    """Return the character that an entity at `pos` stands for."""
    found = _ENTITY.match(text, pos)
    if found:
        meant = entity(found[0])
        return None if meant is None else Token(meant, found.end())
    if not final and _ENTITY_BEGINS.match(text, pos):
        raise Unfinished
    return None


def tag(text: str, pos: int, limit: int, *, final: bool) -> Token | None:
    """Return the autolink or the HTML tag at `pos`, a ``<``."""
    end = pos + limit
    found = _AUTOLINK.match(text, pos, end)
    if found:
        href = address(found[1].replace("\\", "%5C").replace("&", "&amp;"))
        return None if href is None else Token(found[1], found.end(), href)
    found = _AUTOMAIL.match(text, pos, end)
    if found:
        return Token(found[1], found.end(), "mailto:" + found[1])
    found = TAG.match(text, pos, end) or _DECLARATION.match(text, pos, end)
    if found:
        return Token(found[0], found.end(), kind=RunKind.HTML)
    token = _long_markup(text, pos, end, final=final)
    if token is None and not final and len(text) < end:
        begins = _AUTOLINK_BEGINS.match(text, pos) or TAG_BEGINS.match(text, pos)
        if begins or (text.startswith("<!", pos) and _declaration_begins(text, pos)):
            raise Unfinished
    return token


def _declaration_begins(text: str, pos: int) -> bool:
    return "<![CDATA[".startswith(text[pos:]) or text[pos + 2 : pos + 3].isalpha()


def _long_markup(text: str, pos: int, end: int, *, final: bool) -> Token | None:
    for opening, closing in _LONG_MARKUP:
        if not text.startswith(opening, pos):
            if not final and opening.startswith(text[pos:]):
                raise Unfinished
            continue
        if opening == "<!--":
            for short in ("<!-->", "<!--->"):
                if text.startswith(short, pos):
                    return Token(short, pos + len(short), kind=RunKind.HTML)
        found = text.find(closing, pos + len(opening), end)
        if found >= 0:
            stop = found + len(closing)
            return Token(text[pos:stop], stop, kind=RunKind.HTML)
        if not final and len(text) < end:
            raise Unfinished
    return None


def bare_address(text: str, pos: int, *, in_bracket: bool, final: bool) -> Token | None:
    """Return the web address that begins at `pos` with a scheme or ``www.``."""
    pattern = _BARE_IN_BRACKET if in_bracket else _BARE
    found = pattern.match(text, pos, pos + MAX_ADDRESS)
    if found is None:
        return None
    if found.end() == len(text) and not final and len(text) < pos + MAX_ADDRESS:
        raise Unfinished
    shown = _without_trailing(found[0])
    host = _HOST.match(shown)
    if host is None or (shown[:4].lower() == "www." and host[0].count(".") < 2):
        return None
    href = address(
        (shown if shown[:4].lower() != "www." else "http://" + shown).replace("&", "&amp;")
    )
    return None if href is None else Token(shown, pos + len(shown), href)


def _without_trailing(shown: str) -> str:
    """Leave out what rather belongs to the sentence around an address."""
    while True:
        kept = _TRAILING.sub("", shown)
        while kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == shown:
            return shown
        shown = kept
