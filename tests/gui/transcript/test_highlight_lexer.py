from __future__ import annotations

import random

import pytest

from gui.transcript.highlight_lexer import (
    COLOUR_NAMES,
    LOOK_BACK_WITHOUT_STATE,
    CodeHighlighter,
    Colour,
    LineColours,
)

PYTHON = '''
import os

@cached
def solve(items: list[int]) -> str:
    """Return totals.

    Over several lines: def class 12.
    """
    total = 1.5  # a number
    return f"{total} of {len(items)}"

class Thing(Exception):
    name = 'x'
'''.strip().split("\n")
C = """
/* A comment
   over lines: int 12 */
#include <stdio.h>
int main(void) {
    return 0;
}
""".strip().split("\n")
SAMPLES = {
    "python": PYTHON,
    "c": C,
    "js": ["const a = `x ${b}`;", "/* one", "two */", "function f() { return 'a' + 1; }"],
    "json": ['{"a": [1, 2,', ' "b", true]}'],
    "html": ["<p class='a'>text</p>", "<!-- over", "lines -->"],
    "yaml": ["a: 1", "b:", "  - x"],
    "diff": ["+ new", "- old"],
    "bash": ["for f in *; do", '  echo "$f"', "done"],
}


def streamed(highlighter: CodeHighlighter, lines: list[str], sizes: list[int]) -> list[LineColours]:
    colours: list[LineColours] = []
    start = 0
    for size in sizes:
        made = highlighter.feed(lines[start : start + size])
        colours[made.first :] = made.lines
        start += size
    made = highlighter.feed(lines[start:])
    colours[made.first :] = made.lines
    return colours


def names(line: str, colours: LineColours) -> dict[str, str]:
    return {line[part.start : part.start + part.length]: part.name for part in colours}


def test_words_get_the_colour_of_what_they_are() -> None:
    colours = list(CodeHighlighter("python").whole(PYTHON))
    assert names(PYTHON[3], colours[3]) == {
        "def": "keyword",
        "solve": "function",
        "list": "builtin",
        "int": "builtin",
        "str": "builtin",
    }
    assert names(PYTHON[6], colours[6]) == {"    Over several lines: def class 12.": "string"}
    assert names(PYTHON[8], colours[8]) == {"1.5": "number", "# a number": "comment"}


@pytest.mark.parametrize("language", SAMPLES)
def test_every_line_gets_colours_of_known_names_within_it(language: str) -> None:
    lines = SAMPLES[language]
    colours = list(CodeHighlighter(language).whole(lines))
    assert len(colours) == len(lines)
    assert any(colours)
    for line, parts in zip(lines, colours, strict=True):
        assert all(part.name in COLOUR_NAMES for part in parts)
        assert all(part.length > 0 for part in parts)
        ends = [part.start + part.length for part in parts]
        assert ends == sorted(ends)
        assert not ends or ends[-1] <= len(line)


@pytest.mark.parametrize("language", ["python", "js", "json", "html", "diff", "bash", "c"])
@pytest.mark.parametrize("seed", range(5))
def test_short_code_that_streams_ends_with_the_colours_of_one_pass(
    language: str, seed: int
) -> None:
    lines = SAMPLES[language]
    source = random.Random(seed)  # noqa: S311 - no secret
    sizes = [source.randint(0, 3) for _ in lines]
    assert streamed(CodeHighlighter(language), lines, sizes) == list(
        CodeHighlighter(language).whole(lines)
    )


def test_a_long_string_is_still_known_as_one_many_lines_later() -> None:
    lines = ['"""', *["class 12 def"] * 200, '"""', "x = 1"]
    colours = streamed(CodeHighlighter("python"), lines, [1] * len(lines))
    assert colours == list(CodeHighlighter("python").whole(lines))


def test_a_feed_colours_only_a_few_lines_again() -> None:
    highlighter = CodeHighlighter("c")
    highlighter.feed(["/* never closed"])
    for number in range(100):
        made = highlighter.feed([f"int a{number}; /* {number}"])
        assert len(made.lines) <= LOOK_BACK_WITHOUT_STATE + 1
        assert made.first + len(made.lines) == number + 2


@pytest.mark.parametrize("language", ["", "text", "no such language", "x" * 5000])
def test_a_language_that_nobody_knows_stays_plain(language: str) -> None:
    highlighter = CodeHighlighter(language)
    assert not highlighter.is_known
    assert highlighter.feed(["def f(): pass"]) == (0, [[]])
    assert list(highlighter.whole(["def f(): pass", ""])) == [[], []]


def test_blank_lines_at_the_end_are_counted() -> None:
    colours = list(CodeHighlighter("python").whole(["x = 1", "", ""]))
    assert colours == [[Colour(4, 1, "number")], [], []]
    assert list(CodeHighlighter("python").whole([])) == []


def test_a_very_long_line_is_coloured_at_its_beginning_only() -> None:
    lines = ["'" + "a" * 100_000, "x = 1"]
    colours = list(CodeHighlighter("python").whole(lines))
    assert len(colours) == 2
    assert all(part.start + part.length <= 1000 for part in colours[0])


def test_a_whole_pass_can_be_taken_in_slices() -> None:
    lines = PYTHON * 50
    taken = CodeHighlighter("python").whole(lines)
    first = [next(taken) for _ in range(10)]
    assert first + list(taken) == list(CodeHighlighter("python").whole(lines))
