from __future__ import annotations

import pytest
from helpers.markdown_texts import documents, examples
from hypothesis import given, settings

from gui.transcript.engine import MarkdownStream, parse
from gui.transcript.paragraph import PATIENCE
from gui.transcript.segments import How, Kind, TableSegment, TextSegment, Update


def shown_texts(text: str) -> list[list[tuple[Kind, str]]]:
    """Return kinds and texts on the screen after every character."""
    stream = MarkdownStream()
    frames = []
    for char in text:
        stream.feed(char)
        frames.append([(segment.kind, segment.text) for segment in stream.segments])
    stream.finish()
    frames.append([(segment.kind, segment.text) for segment in stream.segments])
    return frames


STEADY = {
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n": Kind.TABLE,
    "Name | Value\n--- | ---\nx | y": Kind.TABLE,
    "```python\nx = 1\n```\n": Kind.CODE,
    "~~~\n``` no end\n~~~": Kind.CODE,
    "    indented\n\n    code": Kind.CODE,
    "# A heading # of # words ##\n": Kind.HEADING,
    "Underlined\n==========\n": Kind.HEADING,
    "Underlined\n---": Kind.HEADING,
    "- one\n- two\n  - three\n": Kind.LIST,
    "* one\n* **two**\n": Kind.LIST,
    "- [ ] to do\n- [x] done\n": Kind.LIST,
    "1. one\n2. two\n10. ten\n": Kind.LIST,
    "> quoted\n> > more\n> - list\n": Kind.QUOTE,
    "* * *": Kind.RULE,
    "---": Kind.RULE,
    "<div class='a'>\n<b>x</b>\n</div>": Kind.HTML,
    "<!-- a comment\n\nof lines -->": Kind.HTML,
    "$$\nx^2\n$$\n": Kind.MATH,
    "$$x^2$$\n": Kind.MATH,
    "\\[ x^2 \\]\n": Kind.MATH,
    "#hashtag is text": Kind.PARAGRAPH,
    "-5 degrees": Kind.PARAGRAPH,
    "2024 was a year. 1.5 is a number.": Kind.PARAGRAPH,
    "*Emphasis* at the beginning": Kind.PARAGRAPH,
    "``inline`` code at the beginning": Kind.PARAGRAPH,
    "<b>bold</b> tags at the beginning": Kind.PARAGRAPH,
    "$x$ is a formula": Kind.PARAGRAPH,
    "[a link](http://b.c) at the beginning": Kind.PARAGRAPH,
}


@pytest.mark.parametrize("text", STEADY)
def test_a_block_is_never_seen_as_another_kind(text: str) -> None:
    kinds = {kind for frame in shown_texts(text) for kind, _ in frame}
    assert kinds == {STEADY[text]}


HIDDEN = {
    "say **bold** and __strong__ words": "*_",
    "say *it* and _em_ and ***both*** words": "*_",
    "say ~~gone~~ words": "~",
    "say `code` and ``a ` b`` words": "",
    "a [link](http://a.b/c(d) 'title') in words": "[(]",
    "an ![image](http://a.b/c.png) in words": "[(!]",
    "a <http://a.b> and <me@b.c> in words": "<>",
    "a formula $x^2$ and \\(y\\) and $$z$$ in words": "$\\xyz",
    "an escaped \\* and &amp; here": "\\;",
    "# heading with `code` #\n": "#`",
    "- [x] done and **bold**\n": "[x*",
}


@pytest.mark.parametrize("text", HIDDEN)
def test_marks_are_never_seen_while_they_are_typed(text: str) -> None:
    for frame in shown_texts(text):
        for _, shown in frame:
            assert not set(HIDDEN[text]) & set(shown)


@pytest.mark.parametrize("text", HIDDEN)
def test_what_is_seen_once_keeps_its_format(text: str) -> None:
    stream = MarkdownStream()
    for char in text:
        assert_no_replacement(stream.feed(char))
    assert_no_replacement(stream.finish())


def assert_no_replacement(update: Update) -> None:
    assert not [change for change in update.changes if change.how is How.REPLACED]


@pytest.mark.parametrize(
    "text", ["a **b that never ends", "a [b that never ends", "a `b", "x $y z"]
)
def test_an_opened_mark_without_an_end_is_seen_as_text_once_that_is_certain(text: str) -> None:
    frames = shown_texts(text + "\n\n")
    assert frames[-2][0][1] == text
    assert {frame[0][1] for frame in frames if frame} <= {"a", "x", text}


def test_a_mark_without_an_end_holds_words_back_for_a_thousand_characters_at_most() -> None:
    stream = MarkdownStream()
    stream.feed("a **b " + "word " * 190)
    assert stream.segments[0].text == "a"
    stream.feed("word " * 40)
    assert len(stream.segments[0].text) > 1_000
    assert stream.segments[0].text.startswith("a **b word")


def test_words_are_shown_as_soon_as_they_are_complete() -> None:
    stream = MarkdownStream()
    stream.feed("The first words of a paragraph, то есть абза")
    assert stream.segments[0].text == "The first words of a paragraph, то есть абз"
    stream.feed("ц, and m")
    assert stream.segments[0].text == "The first words of a paragraph, то есть абзац, and"


def test_code_is_shown_letter_by_letter() -> None:
    stream = MarkdownStream()
    stream.feed("```py\nprint(")
    assert stream.segments[0].text == "print("
    stream.feed("1")
    assert stream.segments[0].text == "print(1"
    stream.feed(")\n``")
    assert stream.segments[0].text == "print(1)"
    stream.feed(" x")
    assert stream.segments[0].text == "print(1)\n`` x"


def is_proved_late(update: Update) -> bool:
    """Whether a replacement is one of those that no patience can avoid."""
    for change in update.changes:
        if change.how is not How.REPLACED:
            continue
        new = change.segment
        if any(isinstance(other.segment, TableSegment) for other in update.changes):
            continue
        underlined = isinstance(new, TextSegment) and new.blocks[-1].level > 0
        if not underlined or new.end - new.blocks[-1].start <= PATIENCE:
            return False
    return True


@settings(max_examples=100, deadline=None)
@given(documents(plain=True))
def test_nothing_is_replaced_but_by_a_second_line_that_proves_a_long_first_one(text: str) -> None:
    stream = MarkdownStream()
    for char in text:
        assert is_proved_late(stream.feed(char))
    assert is_proved_late(stream.finish())


@pytest.mark.parametrize("text", [text for text in examples() if "]:" not in text])
def test_an_example_is_never_replaced_by_another_kind(text: str) -> None:
    stream = MarkdownStream()
    for char in text:
        before = [segment.kind for segment in stream.segments]
        update = stream.feed(char)
        after = [segment.kind for segment in stream.segments]
        if after[: len(before)] != before:
            changed = next(new for old, new in zip(before, after, strict=False) if old != new)
            assert changed in {Kind.HEADING, Kind.TABLE}
            assert update.changes[0].how is How.REPLACED


def test_a_long_line_becomes_a_heading_only_with_the_whole_underline() -> None:
    frames = shown_texts("A line that is longer than the patience\n---\n")
    kinds = [frame[0][0] for frame in frames if frame]
    assert kinds.index(Kind.HEADING) >= len(kinds) - 3
    assert set(kinds) == {Kind.PARAGRAPH, Kind.HEADING}


def test_half_a_delimiter_row_makes_no_table() -> None:
    frames = shown_texts("| a | b |\n|---|--")
    assert all(not frame for frame in frames[:-1])
    assert frames[-1][0][0] is Kind.TABLE
    assert parse("| a | b |\n|---|x")[0].kind is Kind.PARAGRAPH


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It is so", "It is"),
        ("Да, это", "Да, эт"),
        ("42 of them", "42 of"),
        ("- one and", "one"),
        ("> so it", "so"),
        ("a line\nb c", "a line b"),
    ],
)
def test_words_of_a_short_line_are_seen_when_the_text_pauses(text: str, shown: str) -> None:
    stream = MarkdownStream()
    stream.feed(text)
    stream.reveal()
    assert stream.segments[-1].text == shown


def test_a_pause_does_not_show_half_a_mark_or_the_header_of_a_table() -> None:
    for text in ("**bo", "[a](b", "[x] | b", "a | b", "`co", "#", "-", "1."):
        stream = MarkdownStream()
        stream.feed(text)
        stream.reveal()
        assert [segment.text for segment in stream.segments] == [], text


@settings(max_examples=60, deadline=None)
@given(documents())
def test_pauses_change_nothing_of_the_whole(text: str) -> None:
    stream = MarkdownStream()
    for start in range(0, len(text), 3):
        stream.feed(text[start : start + 3])
        stream.reveal()
    stream.finish()
    assert stream.segments == parse(text)
