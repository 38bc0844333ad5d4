from __future__ import annotations

import pytest

from gui.transcript.engine import MarkdownStream, parse

HOSTILE = {
    "quotes": ">" * 10_000 + " a",
    "quotes with blanks": "> " * 10_000 + "a",
    "lists": "- " * 10_000 + "a",
    "numbers": "1. " * 10_000 + "a",
    "brackets": "[" * 10_000 + "a" + "]" * 10_000,
    "images": "![" * 10_000 + "a" + "](b)" * 10_000,
    "links": "[a](" * 10_000,
    "stars": "*" * 10_000 + "a" + "*" * 10_000,
    "stars and words": "*a " * 10_000 + "a* " * 10_000,
    "mixed marks": "*a _b ~~c **d " * 5_000,
    "backticks": "".join("a" + "`" * number for number in range(200)),
    "tags": "<a " * 10_000,
    "comments": "<!-- " * 10_000,
    "entities": "&" * 10_000,
    "escapes": "\\" * 10_001,
    "dollars": "$" * 10_000 + "$a " * 10_000,
    "addresses": "http://" * 10_000 + " " + "a@" * 10_000,
    "bars": "|" * 10_000 + "\n" + "|-" * 10_000,
    "tabs": "\t" * 10_000 + "a",
    "blank lines": "\n" * 10_000 + "- a" + "\n" * 10_000 + "b",
    "deeper lists": "\n".join(" " * 2 * number + "- a" for number in range(300)),
    "definitions": "[a]: b\n" * 5_000,
    "half a definition": "[a]: b '" + "c\n" * 5_000,
    "references": "[a] " * 10_000 + "\n\n[a]: b",
    "notes": "[^a]" * 10_000 + "\n\n[^a]: b",
    "nested links": "[a [b [c](d)](e)](f) " * 2_000,
    "hashes": "#" * 10_000,
    "dashes": "a\n" + "-" * 10_000 + "b",
    "notes in notes": ("[^" + "a" * 90 + "]: ") * 100,
    "rows": "| a |\n|---|\n" + "|\n" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_and_stays_bounded(name: str) -> None:
    text = HOSTILE[name]
    stream = MarkdownStream()
    for start in range(0, len(text), 997):
        stream.feed(text[start : start + 997])
    stream.finish()
    segments = stream.segments
    assert segments == parse(text)
    assert max([len(segment.path) for segment in segments], default=0) <= 32
    assert max([len(segment.text) for segment in segments], default=0) <= 10_000
