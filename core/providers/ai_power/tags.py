"""Finds the few tags of a page that matter, in a time that no page can drive up.

A whole page may nest so deep that any parser of documents needs minutes for it. Here a scan that
looks at each byte about once leaves out comments and what is no markup; only a tag that names the
chat is given to the HTML parser, alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_TAG = 32 * 1024
_MOST_HITS = 8
_MOST_STARTS = 8

_OPAQUE = re.compile(rb"<!--|<(script|style|textarea|title|template)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[a-z](?>[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """A page without comments and without what stands inside of scripts and the like."""

    visible: bytes
    scripts: tuple[bytes, ...]

    def script_after(self, word: bytes) -> bytes:
        """Return what follows `word` in the first script that has it, or nothing."""
        for script in self.scripts:
            _, found, rest = script.partition(word)
            if found:
                return rest[:_LONGEST_TAG]
        return b""

    def tags_with(self, word: bytes) -> Iterator[dict[str, str | None]]:
        """Yield the attributes of the first tags that hold `word`, wherever in the tag."""
        position = -1
        for _ in range(_MOST_HITS):
            position = self.visible.find(word, position + 1)
            if position < 0:
                return
            if tag := self._tag_around(position, position + len(word)):
                yield _attributes(tag)

    def _tag_around(self, start: int, end: int) -> bytes | None:
        """Return the tag that spans from before `start` to behind `end`."""
        # A `<` inside of an attribute looks like the start of a tag, so the nearest may be wrong.
        begin = start
        for _ in range(_MOST_STARTS):
            begin = self.visible.rfind(b"<", max(0, start - _LONGEST_TAG), begin)
            if begin < 0:
                return None
            found = _TAG.match(self.visible, begin, begin + _LONGEST_TAG)
            if found and found.end() >= end:
                return found[0]
        return None


def markup_of(html: bytes) -> Markup:
    """Return what of a page is markup; what is never closed reaches to its end."""
    visible: list[bytes] = []
    scripts: list[bytes] = []
    position = 0
    while opener := _OPAQUE.search(html, position):
        visible.append(html[position : opener.start()])
        name = opener[1]
        if name is None:
            end = html.find(b"-->", opener.end())
        else:
            closer = re.compile(rb"</" + name, re.IGNORECASE).search(html, opener.end())
            end = closer.start() if closer else -1
            if name.lower() == b"script":
                scripts.append(html[opener.end() : end if end >= 0 else len(html)])
        if end < 0:
            return Markup(b"".join(visible), tuple(scripts))
        position = end + 2
    visible.append(html[position:])
    return Markup(b"".join(visible), tuple(scripts))


def _attributes(tag: bytes) -> dict[str, str | None]:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only a fetched page needs it

    # The parser would leave out a tag that cannot stand in a page's body.
    element = re.sub(rb"^<[a-zA-Z][^\s/>]*", b"<div", tag, count=1)
    node = LexborHTMLParser(element).css_first("div")
    return dict(node.attributes) if node is not None else {}
