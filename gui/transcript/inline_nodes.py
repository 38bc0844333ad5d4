"""Pieces of a paragraph while its delimiters are still being matched, and the runs they become."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gui.transcript.segments import BOLD, ITALIC, STRIKE, Run, RunKind

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,4}"
    r"[A-Za-z]{2,63}(?![\w-])",
    re.ASCII,
)
_MARK_OF = {("*", 2): BOLD, ("_", 2): BOLD, ("*", 1): ITALIC, ("_", 1): ITALIC, ("~", 2): STRIKE}


class Node:
    """A piece of text with the formats that begin behind it and end before it."""

    __slots__ = ("closes", "href", "kind", "link", "marks", "opens", "text", "title")

    def __init__(
        self, text: str, kind: RunKind = RunKind.TEXT, *, marks: int = 0, href: str = ""
    ) -> None:
        self.text = text
        self.kind = kind
        self.marks = marks
        self.href = href
        self.title = ""
        self.link: tuple[str, str] | None = None  # a link begins (its target) or ends ("", "") here
        self.opens: list[int] | None = None
        self.closes: list[int] | None = None


class Delimiter:
    """A run of ``*``, ``_`` or ``~`` that may open or close a format."""

    __slots__ = ("char", "closes", "count", "node", "opens", "pos", "size")

    def __init__(
        self, node: Node, char: str, count: int, pos: int, *, opens: bool, closes: bool
    ) -> None:
        self.node = node
        self.char = char
        self.count = count
        self.size = count
        self.pos = pos
        self.opens = opens
        self.closes = closes

    def copy(self) -> Delimiter:
        """Return one that can be matched for trial."""
        node = Node(self.node.text)
        twin = Delimiter(
            node, self.char, self.count, self.pos, opens=self.opens, closes=self.closes
        )
        twin.size = self.size
        return twin


class Bracket:
    """A ``[`` or ``![`` that may begin a link or image."""

    __slots__ = ("active", "delimiters", "image", "nested", "node", "pos")

    def __init__(self, node: int, pos: int, delimiters: int, *, image: bool) -> None:
        self.node = node
        self.pos = pos
        self.delimiters = delimiters
        self.image = image
        self.active = True
        self.nested = False


@lru_cache(maxsize=4096)
def sort_of(char: str) -> int:
    """Return 0 for blanks (and the text's edges), 1 for punctuation and symbols, 2 for the rest."""
    if not char or char in " \t\n\f\r":
        return 0
    category = unicodedata.category(char)
    if category == "Zs":
        return 0
    return 1 if category[0] in "PS" else 2


def flanks(char: str, before: str, after: str) -> tuple[bool, bool]:
    """Return whether a delimiter run between two characters can open and can close."""
    left, right = sort_of(before), sort_of(after)
    can_open = right == 2 or (right == 1 and left != 2)
    can_close = left == 2 or (left == 1 and right != 2)
    if char == "_":
        return can_open and (not can_close or left == 1), can_close and (not can_open or right == 1)
    return can_open, can_close


def match_delimiters(
    delimiters: list[Delimiter],
    bottom: int,
    start: int,
    reach: int,
    floors: dict[tuple[str, bool, int], int],
) -> int | None:
    """Match closers with openers; return the lowest position at which a matched format begins.

    Closers that found nothing and cannot open are taken out; other unmatched ones stay.

    Args:
        delimiters: all that are open, by rising position.
        bottom: openers below this index are left alone.
        start: closers before this index were seen before.
        reach: how far an opener may be away.
        floors: remembers below which positions there is nothing; it keeps the cost linear.
    """
    first: int | None = None
    index = max(start, bottom)
    while index < len(delimiters):
        closer = delimiters[index]
        if not closer.closes:
            index += 1
            continue
        key = (closer.char, closer.opens, closer.size % 3)
        found = _opener(delimiters, index, max(bottom, 0), floors.get(key, -1), reach)
        if found is None:
            floors[key] = closer.pos
            if closer.opens:
                index += 1
            else:
                del delimiters[index]
            continue
        first = delimiters[found].pos if first is None else min(first, delimiters[found].pos)
        del delimiters[found + 1 : index]
        index = _join(delimiters, found)
    return first


def _opener(
    delimiters: list[Delimiter], index: int, bottom: int, floor: int, reach: int
) -> int | None:
    """Return the index of the nearest opener that fits the closer at `index`."""
    closer = delimiters[index]
    floor = max(floor, closer.pos - reach)
    for other in range(index - 1, bottom - 1, -1):
        opener = delimiters[other]
        if opener.pos < floor:
            return None
        if opener.char != closer.char or not opener.opens:
            continue
        if closer.char == "~":
            return other
        odd = (opener.closes or closer.opens) and (opener.size + closer.size) % 3 == 0
        if not odd or (opener.size % 3 == 0 and closer.size % 3 == 0):
            return other
    return None


def _join(delimiters: list[Delimiter], index: int) -> int:
    """Match the delimiter at `index` with the next one; return the index to go on with."""
    opener, closer = delimiters[index], delimiters[index + 1]
    width = 2 if opener.count >= 2 and closer.count >= 2 else 1
    mark = _MARK_OF[opener.char, width]
    for side, marks in ((opener, opener.node.opens), (closer, closer.node.closes)):
        side.count -= width
        side.node.text = side.node.text[width:]
        if marks is not None:
            marks.append(mark)
    if opener.node.opens is None:
        opener.node.opens = [mark]
    if closer.node.closes is None:
        closer.node.closes = [mark]
    spent = 2 if closer.char == "~" else 1
    if closer.count < spent:
        del delimiters[index + 1]
    if opener.count < spent:
        del delimiters[index]
        return index
    return index + 1


def runs_of(nodes: list[Node], before: str) -> list[Run]:
    """Return the runs that settled nodes make, neighbours of one format joined.

    Args:
        nodes: whole matched pairs only.
        before: the character before them (an e-mail address cannot begin in the midst of a word).
    """
    runs: list[Run] = []
    depth = {BOLD: 0, ITALIC: 0, STRIKE: 0}
    marks, href, title = 0, "", ""
    for node in nodes:
        if node.closes:
            marks = _counted(depth, node.closes, -1)
        if node.text:
            run = Run(
                node.text,
                marks | node.marks,
                node.href if node.kind is not RunKind.TEXT or not href else href,
                node.kind,
                node.title or title,
            )
            add_run(runs, run)
        if node.opens:
            marks = _counted(depth, node.opens, 1)
        if node.link is not None:
            href, title = node.link
    return with_addresses(runs, before)


def _counted(depth: dict[int, int], marks: list[int], step: int) -> int:
    for mark in marks:
        depth[mark] += step
    return sum([mark for mark, count in depth.items() if count > 0])


def add_run(runs: list[Run], run: Run) -> None:
    """Append a run, or lengthen the last one if the format is the same."""
    if runs and run.kind is RunKind.TEXT:
        last = runs[-1]
        if last[1:] == run[1:]:
            runs[-1] = last._replace(text=last.text + run.text)
            return
    runs.append(run)


def with_addresses(runs: list[Run], before: str) -> list[Run]:
    """Return the runs with bare e-mail addresses made links."""
    if not any("@" in run.text for run in runs):
        return runs
    result: list[Run] = []
    for run in runs:
        if run.kind is RunKind.TEXT and not run.href and not run.marks & 8 and "@" in run.text:
            _split_addresses(result, run, before)
        else:
            result.append(run)
        before = ""  # the mark between two formats may precede an address
    return result


def _split_addresses(result: list[Run], run: Run, before: str) -> None:
    text, done = before + run.text, len(before)
    for found in _EMAIL.finditer(text, done):
        if found.start() > done:
            result.append(run._replace(text=text[done : found.start()]))
        result.append(run._replace(text=found[0], href="mailto:" + found[0]))
        done = found.end()
    if done < len(text):
        result.append(run._replace(text=text[done:]))
