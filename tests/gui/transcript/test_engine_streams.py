from __future__ import annotations

import copy
from collections.abc import Sequence

import pytest
from helpers.markdown_texts import cuts, documents, examples, raw_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.transcript.engine import MarkdownStream, parse
from gui.transcript.inline_nodes import add_run
from gui.transcript.segments import (
    Block,
    Change,
    How,
    Run,
    Segment,
    SourceSegment,
    TableSegment,
    TextSegment,
)


class Screen:
    """Follows the updates like a view would, and so knows whether they tell enough."""

    def __init__(self) -> None:
        self.shown: list[Segment] = []

    def take(self, changes: Sequence[Change], count: int) -> None:
        for change in changes:
            if change.how is How.ADDED:
                assert change.index == len(self.shown)
                self.shown.append(copy.deepcopy(change.segment))
            elif change.how is How.REPLACED:
                self.shown[change.index] = copy.deepcopy(change.segment)
            else:
                self._grow(self.shown[change.index], change)
        assert len(self.shown) == count

    def _grow(self, mine: Segment, change: Change) -> None:
        new = change.segment
        if change.how is How.GREW:
            if isinstance(mine, TextSegment) and isinstance(new, TextSegment):
                self._grow_text(mine, new, change)
            elif isinstance(mine, TableSegment) and isinstance(new, TableSegment):
                assert len(mine.rows) == change.rows
                mine.rows += copy.deepcopy(new.rows[change.rows :])
            elif isinstance(mine, SourceSegment):
                mine.source += change.text
        if isinstance(mine, SourceSegment) and isinstance(new, SourceSegment):
            mine.complete, mine.lines = new.complete, new.lines
        mine.closed, mine.end = new.closed, new.end

    def _grow_text(self, mine: TextSegment, new: TextSegment, change: Change) -> None:
        last = mine.blocks[-1]
        assert change.block == len(mine.blocks) - 1
        assert len(last.text) == change.chars
        grown = new.blocks[change.block]
        position = 0
        for run in grown.runs:
            if position + len(run.text) > change.chars:
                keep = max(0, change.chars - position)
                add_run(last.runs, run._replace(text=run.text[keep:]))
            position += len(run.text)
        mine.blocks += copy.deepcopy(new.blocks[change.block + 1 :])


def without_ends(segments: Sequence[Segment]) -> list[Segment]:
    """Source ranges and counts of lines grow without a word; what is shown does not."""
    made = copy.deepcopy(list(segments))
    for segment in made:
        segment.end = 0
        if isinstance(segment, TextSegment):
            for block in segment.blocks:
                block.end = 0
        if isinstance(segment, SourceSegment):
            segment.lines = 0
    return made


def assert_streams(text: str, pieces: Sequence[str]) -> None:
    stream, screen = MarkdownStream(), Screen()
    for piece in pieces:
        update = stream.feed(piece)
        screen.take(update.changes, update.count)
        assert without_ends(screen.shown) == without_ends(stream.segments)
    update = stream.finish()
    screen.take(update.changes, update.count)
    assert stream.segments == parse(text)
    assert without_ends(screen.shown) == without_ends(stream.segments)
    assert all(segment.closed for segment in stream.segments)
    assert not stream.pending


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_markdown_in_pieces_is_the_same_as_at_once(data: st.DataObject) -> None:
    text = data.draw(documents())
    assert_streams(text, data.draw(cuts(text)))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_text_in_pieces_is_the_same_as_at_once(data: st.DataObject) -> None:
    text = data.draw(raw_texts())
    assert_streams(text, data.draw(cuts(text)))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab *_[]()`~<>!\\\n&$|-#", max_size=60))
def test_any_text_letter_by_letter_is_the_same_as_at_once(text: str) -> None:
    assert_streams(text, list(text))


@pytest.mark.parametrize("text", examples())
def test_examples_letter_by_letter_are_the_same_as_at_once(text: str) -> None:
    assert_streams(text, list(text))


DECIDED_LATE = [
    [
        "[a]",
        "[a][b]",
        "[*a*]",
        "*",
        "**",
        "[",
        "]",
        "(u)",
        " ",
        "\n",
        "w ",
        "[b][]",
        "![a]",
        "a@b.cd",
    ],
    ["[^1]", "[1]", "*a ", "[b* c]", "d*", " ", "[ ", "[a*][b]", "**"],
    ["| a |\n", "|---|\n", "a|b\n", "-|-\n", "a long line | x\n", "\n", "> ", "- ", "---\n", "==="],
    ["- [x] ", "[x] ", "a|b\n", "-|-\n", "[a]: /u\n", "[a]: ", "a long line | a\n", "\n", "  "],
]
DEFINITIONS = ["", "\n\n[a]: /A\n", "\n\n[b]: /B\n\n[*a*]: /A", "\n\n[1]: /1\n[^1]: n\n[b* c]: /v"]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_later_lines_decide_is_the_same_in_pieces_and_at_once(data: st.DataObject) -> None:
    parts = data.draw(st.sampled_from(DECIDED_LATE))
    text = "".join(data.draw(st.lists(st.sampled_from(parts), max_size=20)))
    text += data.draw(st.sampled_from(DEFINITIONS))
    assert_streams(text, data.draw(cuts(text)))


@pytest.mark.parametrize(
    "text",
    [
        "[Ref][][^: n and more\n\n[ref]: u",
        "[two words][^: n and more\n\n[two words]: u",
        "[two words], and more\n\n[two words]: u",
        "[two words](u 'v')(w and more words",
        "[two words](u 'v') and more words",
        "**two words**(w and more words",
        "**two words**, and more words",
        "*a [b* c] d* e [f\n\n[b* c]: u",
        "*a [b* c] d e f* g h\n\n[b* c]: u",
        "a [b *c* d] e\n\n[b *c* d]: u",
        "`l`[a](u)me@b.cd",
        "[a " + "word " * 190 + "`open](u) " + "word " * 230,
        "\n\n[x]: /u\nwords of text | y\n-|-\n",
        "\n\n- [x] a task of words\n  and one | y\n  -|-\n",
    ],
)
def test_what_a_late_word_decides_is_the_same_letter_by_letter(text: str) -> None:
    text = "A line that is long enough to be shown " + text
    stream = MarkdownStream()
    for char in text:
        stream.feed(char)
    stream.finish()
    assert stream.segments == parse(text)


LONG = {
    "words": "Слово и word, " * 700,
    "sentences": "A sentence of a few words. Ещё одно предложение здесь! " * 160,
    "no blanks": "x" * 9_000,
    "ideographs": "漢字" * 4_500,
    "open brackets": "[" * 9_000,
    "stars": "a " + "*" * 9_000,
    "opened and opened": "*a **b _c [d " * 700,
    "open code": "`a ``b " * 1_500,
    "a bracket that doubts": "*a [b* c] d " + "word " * 1_700,
    "money": "$5 and $6, or US$7. " * 420,
    "lines": "a line of text\n" * 600,
    "hard lines": "a line of text  \n" * 900,
    "long item": "- " + "слово **да** " * 700,
    "escapes": "\\*" * 5_000,
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("size", [1, 13, 1021])
def test_a_long_paragraph_is_cut_at_the_same_places_however_it_comes(name: str, size: int) -> None:
    text = LONG[name]
    stream = MarkdownStream()
    for start in range(0, len(text), size):
        stream.feed(text[start : start + size])
    stream.finish()
    assert stream.segments == parse(text)
    assert len(stream.segments) > 1
    assert max(len(segment.text) for segment in stream.segments) < 8_000


def blocks_of(segments: Sequence[Segment]) -> list[Block]:
    return [
        block
        for segment in segments
        if isinstance(segment, TextSegment)
        for block in segment.blocks
    ]


def test_pieces_of_a_paragraph_hold_all_of_its_words() -> None:
    segments = parse(LONG["words"])
    joined = "".join([segment.joint + segment.text for segment in segments])
    assert joined == LONG["words"].strip()
    assert [segment.continues for segment in segments] == [False] + [True] * (len(segments) - 1)
    assert len({segment.group for segment in segments}) == 1


def test_a_link_that_is_defined_late_becomes_one_in_all_segments_before() -> None:
    stream = MarkdownStream()
    stream.feed("See [this] here.\n\n- and [this][]\n\n> not [that]\n\n| [this] |\n|---|\n\n")
    assert not any(run.href for block in blocks_of(stream.segments) for run in block.runs)
    update = stream.feed("[this]: http://a.b 'T'\n\n")
    replaced = [change.index for change in update.changes if change.how is How.REPLACED]
    assert replaced == [0, 1, 3]
    runs = [run for block in blocks_of(stream.segments) for run in block.runs]
    assert [run.text for run in runs if run.href == "http://a.b"] == ["this", "this"]
    assert Run(" here.") in runs


def test_a_footnote_that_is_defined_late_becomes_one_in_all_segments_before() -> None:
    stream = MarkdownStream()
    stream.feed("Said[^1] and unsaid[^2].\n\n")
    assert blocks_of(stream.segments)[0].text == "Said[^1] and unsaid[^2]."
    update = stream.feed("[^1]: Indeed.\n")
    assert update.changes[0].how is How.REPLACED
    assert blocks_of(stream.segments)[0].text == "Said1 and unsaid[^2]."


def test_a_definition_that_is_in_the_end_still_counts() -> None:
    stream = MarkdownStream()
    stream.feed("[a]\n\n[a]: /u")
    stream.finish()
    assert stream.segments == parse("[a]\n\n[a]: /u")
    assert blocks_of(stream.segments)[0].runs == [Run("a", href="/u")]


def test_a_feed_without_text_changes_nothing() -> None:
    stream = MarkdownStream()
    stream.feed("# Title\n\nsome words of a paragraph ")
    versions = [segment.version for segment in stream.segments]
    update = stream.feed("")
    assert update.changes == ()
    assert update.first_changed == update.count == 2
    assert [segment.version for segment in stream.segments] == versions


def test_closed_segments_are_left_alone() -> None:
    stream = MarkdownStream()
    stream.feed("# Title\n\n- item\n\nA paragraph that goes on")
    versions = [segment.version for segment in stream.segments[:2]]
    for _ in range(20):
        update = stream.feed(" and on")
        assert update.first_changed == 2
    assert [segment.version for segment in stream.segments[:2]] == versions
