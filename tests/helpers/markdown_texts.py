"""Markdown to test with: written examples, and generated texts."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

WORDS = ["text", "слово", "a", "12", "**bold**", "*it*", "~~gone~~", "`code`", "[l](http://x.y)"]
MORE_WORDS = [
    "[ref]", "[Ref][]", "[x][ref]", "[^1]", "![i](u 'alt')", "https://a.b/c_d_e", "www.a.bc",
    "a@b.cd", "$x^2$", "$5", r"\(y\)", "$$z$$", r"\[w\]", "a_b_c", "*open", "**open", "`open",
    "[open", "<b>", "&amp;", "\\*", "中文字", "🙂", "!", "~", "<http://q.r>",
]  # fmt: skip
ATOMS = [
    "- ", "* ", "1. ", "2) ", "> ", ">", "    ", "  ", " ", "\t", "# ", "##", "```", "```py", "~~~",
    "---", "===", "-", "=", "| a | b |", "|---|:-:|", "a|b", "-|-", "|", "<div>", "</div>", "<!--",
    "-->", "[a]: /u", "[a]", "[^n]: ", "[^n]", "foo", "bar.", "*x*", "**", "`c`", "`", "\\", "[",
    "]", "(", ")", "!", "<", "&", "$", "$$", "\\[", "\\]", "\\(", "\\)", "~~", "_", "@", "www.",
    "https://", "- [ ] ", "[x] ", "\n", "\n", "\n\n", "\n", "\r\n", "\r", "foo bar baz qux quux",
    "\0", "\ufeff", "ы", "漢字", "\ud800",
]  # fmt: skip


def examples() -> list[str]:
    """Return the written examples."""
    path = Path(__file__).parents[1] / "gui" / "transcript" / "commonmark_examples.txt"
    lines = path.read_text("utf-8").split("\n")[1:-1]
    return [line.replace("⏎", "\n").replace("→", "\t").replace("·", " ") for line in lines]


def sentences(*, plain: bool = False) -> st.SearchStrategy[str]:
    """Return running text."""
    words = WORDS if plain else WORDS + MORE_WORDS
    return st.lists(st.sampled_from(words), min_size=1, max_size=12).map(" ".join)


def indented(text: str, first: str, rest: str) -> str:
    """Return the lines of a text behind prefixes."""
    lines = text.split("\n")
    return "\n".join([first + lines[0], *[rest + line if line else "" for line in lines[1:]]])


def blocks(*, plain: bool = False) -> st.SearchStrategy[str]:
    """Return blocks of Markdown, nested in each other."""
    text = sentences(plain=plain)
    cell = st.sampled_from(WORDS)
    leaves = st.one_of(
        text,
        st.lists(text, min_size=2, max_size=3).map("\n".join),
        st.tuples(st.integers(1, 6), text).map(lambda pair: "#" * pair[0] + " " + pair[1]),
        text.map(lambda words: f"{words}\n---"),
        text.map(lambda words: f"```python\n{words}\n\n  {words}\n```"),
        st.just("***"),
        st.lists(cell, min_size=2, max_size=20).map(
            lambda words: "| a | b |\n|:--|--:|\n" + "\n".join(f"| {word} | x |" for word in words)
        ),
        *([] if plain else [
            st.just("$$\nx^2\n$$"),
            st.just("<div>\nraw\n</div>"),
            st.just("[ref]: http://late.r 'title'"),
            st.just("[^1]: a note\n    of two lines"),
            text.map(lambda words: words + "\na | b\n--|--\n1 | 2"),
        ]),
    )  # fmt: skip

    def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map("\n\n".join).map(lambda body: indented(body, "> ", "> ")),
            several.map(
                lambda bodies: "\n".join(indented(body, "- ", "  ") for body in bodies)
            ),
            several.map(
                lambda bodies: "\n\n".join(indented(body, "1. ", "   ") for body in bodies)
            ),
            *([] if plain else [inner.map(lambda body: indented(body, "- [x] ", "  "))]),
        )  # fmt: skip

    return st.recursive(leaves, nested, max_leaves=5)


def documents(*, plain: bool = False) -> st.SearchStrategy[str]:
    """Return whole texts of Markdown."""
    return st.lists(blocks(plain=plain), min_size=1, max_size=6).map("\n\n".join)


def raw_texts() -> st.SearchStrategy[str]:
    """Return texts that nobody meant as Markdown."""
    return st.lists(st.sampled_from(ATOMS), max_size=30).map("".join)


def cuts(text: str) -> st.SearchStrategy[list[str]]:
    """Return a text in pieces."""
    places = st.lists(st.integers(0, len(text)), max_size=25).map(sorted)
    return places.map(
        lambda at: [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)]
    )


def without_alien_marks(text: str) -> bool:
    """Whether a text holds nothing that CommonMark reads otherwise (or leaves open)."""
    return not re.search(r"\$|\\[\[(]|\[\^|www\.|https?:|@|\[[ xX]\]|--->", text)
