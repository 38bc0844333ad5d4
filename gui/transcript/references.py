"""Link targets, link reference definitions, and what may be a footnote's label."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5
from typing import NamedTuple
from urllib.parse import quote

MAX_LABEL = 999
MAX_DEFINITION = 2000
_ESCAPED = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z]\w{1,31});)"
)
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_UNSAFE = re.compile(
    r"\s*(?:vbscript|javascript|file|data):(?!image/(?:gif|png|jpeg|webp);)", re.IGNORECASE
)
_ANGLED = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_TITLES = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL),
    "(": re.compile(r"\(((?:[^()\\]|\\.)*+)\)", re.DOTALL),
}
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_BLANKS = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_PLAIN_TARGET = re.compile(r"[^\x00-\x20\x7f()\\]+|\\[!-/:-@\[-`{-~]?")


class Target(NamedTuple):
    """Where a link leads."""

    href: str
    title: str


class Unfinished(Exception):  # noqa: N818 - not an error: the text ends too early to tell
    """The text so far may or may not become what was looked for."""


@dataclass(slots=True)
class References:
    """Definitions of one message. The first definition of a label counts."""

    links: dict[str, Target] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)


def normalized(label: str) -> str:
    """Return the form in which labels are compared."""
    return " ".join(label.split()).casefold().upper()


def entity(text: str) -> str | None:
    """Return what an HTML entity (with ``&`` and ``;``) stands for, or None."""
    if text[1] == "#":
        number = int(text[3:-1], 16) if text[2] in "xX" else int(text[2:-1])
        return chr(number) if _is_character(number) else "\ufffd"
    return html5.get(text[1:])


def _is_character(number: int) -> bool:
    """Whether a numeric entity means a character: no control, surrogate or noncharacter."""
    if number < 0x20 or 0x7F <= number < 0xA0:
        return number in {9, 10, 12, 13}
    if 0xD800 <= number <= 0xDFFF or 0xFDD0 <= number <= 0xFDEF:
        return False
    return number <= 0x10FFFF and number & 0xFFFE != 0xFFFE


def unescaped(text: str) -> str:
    """Return `text` without backslash escapes and entities."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(
        lambda found: found[1] or entity(found[2]) or found[2],
        text,
    )


def address(raw: str) -> str | None:
    """Return the address that a link's raw text means, or None if its scheme is dangerous."""
    text = unescaped(raw)
    if _UNSAFE.match(text):
        return None
    return quote(_STRAY_PERCENT.sub("%25", text), safe=";/?:@&=+$,-_.!~*'()#%", errors="replace")


def target(text: str, pos: int, *, final: bool) -> tuple[str, int] | None:
    """Return the raw link target at `pos` and where it ends, or None.

    Raises:
        Unfinished: the text ends within it.
    """
    if text.startswith("<", pos):
        found = _ANGLED.match(text, pos)
        if found:
            return found[1], found.end()
        if not final and "\n" not in text[pos:] and "<" not in text[pos + 1 :]:
            raise Unfinished
        return None
    end, depth = pos, 0
    while end < len(text):
        found = _PLAIN_TARGET.match(text, end)
        if found:
            end = found.end()
        elif text[end] == "(" and depth < 32:
            depth, end = depth + 1, end + 1
        elif text[end] == ")" and depth:
            depth, end = depth - 1, end + 1
        else:
            break
    if end == len(text) and not final:
        raise Unfinished
    return None if depth else (text[pos:end], end)


def title(text: str, pos: int, *, final: bool) -> tuple[str, int] | None:
    """Return the title at `pos` and where it ends, or None.

    Raises:
        Unfinished: the text ends within it.
    """
    if pos >= len(text):
        if final:
            return None
        raise Unfinished
    pattern = _TITLES.get(text[pos])
    if pattern is None:
        return None
    found = pattern.match(text, pos)
    if found:
        return (unescaped(found[1]), found.end()) if "\n\n" not in found[1] else None
    if final:
        return None
    raise Unfinished


def skip_blanks(text: str, pos: int) -> int:
    """Return the position behind blanks with at most one line end."""
    found = _BLANKS.match(text, pos)
    return found.end() if found else pos


def inline_target(text: str, pos: int, *, final: bool) -> tuple[Target, int] | None:
    """Return the target in parentheses at `pos` and the position behind it, or None.

    Raises:
        Unfinished: the text ends within it.
    """
    pos = skip_blanks(text, pos + 1)
    raw = target(text, pos, final=final)
    if raw is None:
        return None
    href = address(raw[0])
    behind = skip_blanks(text, raw[1])
    name = ""
    if behind > raw[1] or behind >= len(text):
        named = title(text, behind, final=final)
        if named is not None:
            name, behind = named
            behind = skip_blanks(text, behind)
    if behind >= len(text) and not final:
        raise Unfinished
    if href is None or not text.startswith(")", behind):
        return None
    return Target(href, name), behind + 1


def label(text: str, pos: int, *, final: bool) -> tuple[str, int] | None:
    """Return the link label in brackets at `pos` and where it ends, or None.

    Raises:
        Unfinished: the text ends within it.
    """
    found = _LABEL.match(text, pos, pos + MAX_LABEL + 2)
    if found:
        return found[1], found.end()
    rest = text[pos + 1 : pos + MAX_LABEL + 2]
    if final or len(rest) > MAX_LABEL or _LABEL_BROKEN.match(rest):
        return None
    raise Unfinished


_LABEL_BROKEN = re.compile(r"(?:[^\[\]\\]|\\.)*+\[", re.DOTALL)


def definition(text: str, *, final: bool) -> tuple[str, Target, int] | None:
    """Return the link reference definition at the start of `text`: label, target, end; or None.

    Raises:
        Unfinished: later lines decide. Never for more than `MAX_DEFINITION` characters.
    """
    if len(text) > MAX_DEFINITION:
        text, final = text[:MAX_DEFINITION], True
    named = label(text, 0, final=final)
    if named is None or not named[0].strip():
        return None
    pos = named[1]
    if pos >= len(text) and not final:
        raise Unfinished
    if not text.startswith(":", pos):
        return None
    pos = skip_blanks(text, pos + 1)
    if pos >= len(text) and not final:
        raise Unfinished
    raw = target(text, pos, final=final)
    if raw is None or (raw[1] == pos):
        return None
    href = address(raw[0])
    return None if href is None else _with_title(text, named[0], href, raw[1], final=final)


def _with_title(
    text: str, name: str, href: str, pos: int, *, final: bool
) -> tuple[str, Target, int] | None:
    """Return the definition whose target ends at `pos`, with its title if a good one follows."""
    behind = skip_blanks(text, pos)
    found = title(text, behind, final=final) if behind > pos or behind >= len(text) else None
    if found is not None:
        end = _line_end(text, found[1], final=final)
        if end is not None:
            return name, Target(href, found[0]), end
    end = _line_end(text, pos, final=final)
    return None if end is None else (name, Target(href, ""), end)


def _line_end(text: str, pos: int, *, final: bool) -> int | None:
    """Return the position behind the line's end if only blanks stand before it."""
    while pos < len(text) and text[pos] in " \t":
        pos += 1
    if pos >= len(text):
        if final:
            return pos
        raise Unfinished
    return pos + 1 if text[pos] == "\n" else None
