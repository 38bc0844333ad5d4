"""Finds the fenced code blocks of a message in Markdown, by the rules of CommonMark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(r"^ {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<language>[^\s`]*)")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a message: prose, or the inside of a code block."""

    text: str
    is_code: bool = False
    language: str = ""
    open_fence: str = ""
    """The fence of a block that was never closed."""


def blocks(text: str) -> Iterator[Block]:
    """Yield the stretches of `text` in order; fences belong to none of them."""
    lines: list[str] = []
    fence = language = ""
    for line in text.split("\n"):
        if fence:
            if _closes(line, fence):
                yield Block("\n".join(lines), is_code=True, language=language)
                lines, fence = [], ""
                continue
        elif match := _OPENING.match(line):
            if any(lines):
                yield Block("\n".join(lines))
            lines, fence, language = [], match["fence"], match["language"]
            continue
        lines.append(line)
    if fence:
        yield Block("\n".join(lines), is_code=True, language=language, open_fence=fence)
    elif any(lines):
        yield Block("\n".join(lines))


def closed(text: str) -> str:
    """Return `text` with its last code block closed, so that it does not swallow what follows."""
    fence = next((block.open_fence for block in blocks(text) if block.open_fence), "")
    if not fence:
        return text
    return f"{text}{fence}" if text.endswith("\n") else f"{text}\n{fence}"


def _closes(line: str, fence: str) -> bool:
    stripped = line.strip()
    return (
        len(stripped) >= len(fence)
        and set(stripped) == {fence[0]}
        and len(line) - len(line.lstrip(" ")) <= 3
    )
