from __future__ import annotations

import pytest

from gui.transcript.engine import MarkdownStream, parse
from gui.transcript.segments import (
    BOLD,
    CODE,
    ITALIC,
    OBJECT,
    STRIKE,
    Block,
    CodeSegment,
    Item,
    Kind,
    Note,
    Quote,
    Run,
    RunKind,
    Segment,
    SourceSegment,
    TableSegment,
    TextSegment,
)


def only(text: str) -> Segment:
    segments = parse(text)
    assert len(segments) == 1
    return segments[0]


def runs(text: str) -> list[Run]:
    segment = only(text)
    assert isinstance(segment, TextSegment)
    assert len(segment.blocks) == 1
    return segment.blocks[0].runs


def blocks(text: str) -> list[Block]:
    return [
        block
        for segment in parse(text)
        if isinstance(segment, TextSegment)
        for block in segment.blocks
    ]


def test_formats_become_runs_with_marks() -> None:
    assert runs("a **b *c*** ~~d~~ `e`") == [
        Run("a "),
        Run("b ", BOLD),
        Run("c", BOLD | ITALIC),
        Run(" "),
        Run("d", STRIKE),
        Run(" "),
        Run("e", CODE),
    ]


def test_a_segment_knows_its_place_in_the_source() -> None:
    text = "# One\n\npara\nline two\n\n```py\ncode\n```\n\n- a\n- b\n\n| x |\n|---|\n| y |\n\n***\n"
    parts = [text[segment.start : segment.end] for segment in parse(text)]
    assert parts == [
        "# One",
        "para\nline two",
        "```py\ncode\n```",
        "a\n- b",
        "| x |\n|---|\n| y |",
        "***",
    ]


def test_containers_are_paths_and_nothing_nests() -> None:
    segments = parse(
        "> 1. first\n>    ```\n>    code\n>    ```\n>\n>    | a |\n>    |---|\n> 2. second"
    )
    assert [segment.kind for segment in segments] == [
        Kind.QUOTE,
        Kind.CODE,
        Kind.TABLE,
        Kind.QUOTE,
    ]
    quote, first, second = Quote(0), Item(2, 2, True, 1, "."), Item(65, 2, True, 2, ".")
    assert [segment.path for segment in segments] == [
        (quote, first),
        (quote, first),
        (quote, first),
        (quote, second),
    ]
    assert [segment.opened for segment in segments] == [0, 2, 2, 1]
    assert [segment.gap for segment in segments] == [False, False, True, False]


def test_a_list_counts_on_over_what_stands_between_its_items() -> None:
    text = "3. a\n\n   ```\n   x\n   ```\n\n7. b\n1. c"
    items = [block.path[0] for block in blocks(text)]
    assert [item.number for item in items if isinstance(item, Item)] == [3, 4, 5]
    assert {item.list_start for item in items if isinstance(item, Item)} == {0}


def test_another_sign_begins_another_list() -> None:
    segments = parse("- a\n* b")
    assert [segment.group for segment in segments] == [0, 4]
    assert [segment.continues for segment in segments] == [False, False]


def test_an_item_without_text_still_has_a_block_for_its_marker() -> None:
    assert [(block.text, block.opened) for block in blocks("- a\n-\n- c")] == [
        ("a", 0),
        ("", 0),
        ("c", 0),
    ]
    assert [block.opened for block in blocks("- ```\n  x\n  ```")] == []


def test_blank_lines_between_items_are_noted_where_they_are() -> None:
    assert [block.gap for block in blocks("- a\n- b\n\n- c\n\n  d\n  - e")] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_check_boxes_belong_to_the_item() -> None:
    made = blocks("- [ ] a\n- [x] b\n- [X] c\n- [y] d\n- [ ]e\n- [ ]\n\n[ ] f")
    assert [(block.task, block.text) for block in made] == [
        (False, "a"),
        (True, "b"),
        (True, "c"),
        (None, "[y] d"),
        (None, "[ ]e"),
        (None, "[ ]"),
        (None, "[ ] f"),
    ]


def test_a_table_has_alignments_and_equal_rows() -> None:
    table = only("| a | b | c |\n|:--|:-:|--:|\n| 1 |\n| 1 | 2 | 3 | 4 |\n")
    assert isinstance(table, TableSegment)
    assert table.aligns == ("left", "center", "right")
    assert table.rows == [[[Run("1")], [], []], [[Run("1")], [Run("2")], [Run("3")]]]
    assert table.text == "a\nb\nc\n1\n\n\n1\n2\n3"


def test_a_long_table_comes_in_pieces_that_share_the_header() -> None:
    text = "| a |\n|---|\n" + "".join(f"| {number} |\n" for number in range(50))
    pieces = [segment for segment in parse(text) if isinstance(segment, TableSegment)]
    assert len(pieces) > 1
    assert max(len(piece.rows) for piece in pieces) <= 8
    assert [piece.continues for piece in pieces] == [False] + [True] * (len(pieces) - 1)
    assert all(piece.header == [[Run("a")]] for piece in pieces)
    assert {piece.group for piece in pieces} == {0}
    assert [cell for piece in pieces for row in piece.rows for cell in row] == [
        [Run(str(number))] for number in range(50)
    ]


def test_a_table_of_too_many_columns_is_text() -> None:
    assert only("|a" * 65 + "|\n" + "|-" * 65 + "|").kind is Kind.PARAGRAPH
    assert only("|a" * 64 + "|\n" + "|-" * 64 + "|").kind is Kind.TABLE


def test_a_table_ends_a_paragraph_before_it() -> None:
    segments = parse("words of a long paragraph here\nand | more\n---|---\n1 | 2")
    assert [segment.kind for segment in segments] == [Kind.PARAGRAPH, Kind.TABLE]
    assert segments[0].text == "words of a long paragraph here"


def test_code_keeps_its_lines_and_tells_its_language() -> None:
    code = only("```Python title=x\n\n  a\n\n```")
    assert isinstance(code, CodeSegment)
    assert (code.language, code.info, code.text) == ("python", "Python title=x", "\n  a\n")
    assert code.complete
    assert only("```{.cpp}\n```").text == ""


def test_an_unfinished_fence_is_code_that_is_not_complete() -> None:
    code = only("```\nx")
    assert isinstance(code, CodeSegment)
    assert (code.text, code.complete, code.closed) == ("x", False, True)


def test_long_code_comes_in_pieces_that_join_again() -> None:
    lines = [f"line {number}" for number in range(200)] + ["", "x" * 20_000, "end"]
    pieces = parse("```\n" + "\n".join(lines) + "\n```")
    assert len(pieces) > 4
    assert max(len(piece.text) for piece in pieces) <= 8_000
    assert "".join([piece.joint + piece.text for piece in pieces]) == "\n".join(lines)
    assert {piece.group for piece in pieces} == {0}
    assert all(isinstance(piece, CodeSegment) for piece in pieces)


def test_long_lists_and_quotes_come_in_segments_of_bounded_size() -> None:
    for mark, kind in (("- ", Kind.LIST), ("> ", Kind.QUOTE)):
        segments = parse(f"{mark}some words of an item\n\n" * 400 if kind is Kind.LIST else
                         f"{mark}some words of a line\n{mark}\n" * 400)  # fmt: skip
        assert {segment.kind for segment in segments} == {kind}
        assert max(len(seg.blocks) for seg in segments if isinstance(seg, TextSegment)) <= 24
        assert [segment.continues for segment in segments] == [False] + [True] * (len(segments) - 1)
        assert len({segment.group for segment in segments}) == 1


def test_html_is_text_and_never_more() -> None:
    html = only("<script>\nalert(1)\n\n</script>")
    assert (html.kind, html.text) == (Kind.HTML, "<script>\nalert(1)\n\n</script>")
    assert runs("a <b onclick='x'>b</b>") == [
        Run("a "),
        Run("<b onclick='x'>", kind=RunKind.HTML),
        Run("b"),
        Run("</b>", kind=RunKind.HTML),
    ]


def test_images_are_objects_with_an_address_and_never_more() -> None:
    assert runs("![alt *text*](http://a.b/c.png 'title')") == [
        Run(OBJECT, href="http://a.b/c.png", kind=RunKind.IMAGE, title="alt text")
    ]


@pytest.mark.parametrize(
    ("text", "shown", "href"),
    [
        ("see https://a.b/c.", "https://a.b/c", "https://a.b/c"),
        ("see http://a.b/c_d_e_(f), and", "http://a.b/c_d_e_(f)", "http://a.b/c_d_e_(f)"),
        ("(https://a.b/c)", "https://a.b/c", "https://a.b/c"),
        ("see www.a.bc/d?e=f&g=h!", "www.a.bc/d?e=f&g=h", "http://www.a.bc/d?e=f&g=h"),
        ("write a.b+c@d-e.fg.", "a.b+c@d-e.fg", "mailto:a.b+c@d-e.fg"),
        ("**https://a.b**", "https://a.b", "https://a.b"),
        ("https://пример.рф/путь", "https://пример.рф/путь", None),
        ("<ftp://a.b>", "ftp://a.b", "ftp://a.b"),
        ("HTTPS://A.B", "HTTPS://A.B", "HTTPS://A.B"),
    ],
)
def test_bare_addresses_are_links(text: str, shown: str, href: str | None) -> None:
    link = next(run for run in runs(text) if run.href)
    assert link.text == shown
    assert href is None or link.href == href


@pytest.mark.parametrize(
    "text", ["xhttps://a.b", "https://", "www.a", "`https://a.b`", "a@b", "@a.b", "http:/a.b"]
)
def test_what_only_looks_like_an_address_is_text(text: str) -> None:
    assert not any(run.href for run in runs(text))


def test_a_link_within_a_link_is_one_link() -> None:
    assert runs("[see https://a.b](http://c.d)") == [Run("see https://a.b", href="http://c.d")]


@pytest.mark.parametrize("text", ["[a](javascript:b)", "[a](data:text/html,b)", "[a](file:///b)"])
def test_links_that_run_or_read_things_are_text(text: str) -> None:
    assert runs(text) == [Run(text)]


@pytest.mark.parametrize(
    ("text", "tex", "kind"),
    [
        ("$x^2$", "x^2", RunKind.MATH),
        ("a $x$, b", "x", RunKind.MATH),
        ("($2 + 3 = 5$)", "2 + 3 = 5", RunKind.MATH),
        (r"\(x\)", "x", RunKind.MATH),
        ("a $$x$$ b", "x", RunKind.DISPLAY_MATH),
        (r"a \[x\] b", "x", RunKind.DISPLAY_MATH),
        (r"$\text{if this is so}$", r"\text{if this is so}", RunKind.MATH),
        ("$a_1 * b_2 * c$", "a_1 * b_2 * c", RunKind.MATH),
        (r"$\$5$", r"\$5", RunKind.MATH),
        ("$2x$", "2x", RunKind.MATH),
        ("**$x$**", "x", RunKind.MATH),
    ],
)
def test_formulas_in_text(text: str, tex: str, kind: RunKind) -> None:
    found = [run for run in runs(text) if run.kind is kind]
    assert [(run.href, run.text) for run in found] == [(tex, OBJECT)]
    assert found[0].title in text


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "costs $5, or $6.",
        "from $5-$10 to US$7",
        "I have $5 million and you $6 million",
        "$HOME is the path and $PATH too",
        "$ x $",
        "$x $",
        "$x$5",
        "a$x$",
        "a $$",
        "a $$ $$",
        "only $one",
        "between $20/month and $30/month",
        "$1,000.50 (was $2,000)",
    ],
)
def test_money_and_shell_variables_are_no_formulas(text: str) -> None:
    assert runs(text) == [Run(text)]


def test_formulas_are_not_looked_for_in_code() -> None:
    assert runs("`$x$`") == [Run("$x$", CODE)]
    assert only("```\n$$\nx\n$$\n```").kind is Kind.CODE


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("$$\nx\ny\n$$", "x\ny"),
        ("$$x$$", "x"),
        ("$$ x $$.", "x."),
        ("\\[\nx\n\\]", "x"),
        ("\\[ x \\]", "x"),
        ("$$x\n= y$$", "x\n= y"),
    ],
)
def test_displayed_formulas_are_segments(text: str, tex: str) -> None:
    segment = only(text)
    assert isinstance(segment, SourceSegment)
    assert (segment.kind, segment.text, segment.complete) == (Kind.MATH, tex, True)


def test_a_displayed_formula_that_never_ends_stops_at_a_blank_line() -> None:
    segments = parse("$$\nx\n\ntext")
    assert [segment.kind for segment in segments] == [Kind.MATH, Kind.PARAGRAPH]
    assert isinstance(segments[0], SourceSegment)
    assert not segments[0].complete


def test_a_displayed_formula_may_follow_a_line_of_text() -> None:
    assert [segment.kind for segment in parse("so:\n$$\nx\n$$\nthen")] == [
        Kind.PARAGRAPH,
        Kind.MATH,
        Kind.PARAGRAPH,
    ]


def test_footnotes_are_bodies_with_a_label_and_references_to_it() -> None:
    segments = parse("Said[^a].\n\n[^a]: Body *one*\n\n    more\n\nafter")
    assert [segment.kind for segment in segments] == [
        Kind.PARAGRAPH,
        Kind.FOOTNOTE,
        Kind.PARAGRAPH,
    ]
    assert Run("a", href="a", kind=RunKind.NOTE) in blocks("Said[^a].\n\n[^a]: Body")[0].runs
    note = segments[1]
    assert isinstance(note, TextSegment)
    assert [block.text for block in note.blocks] == ["Body one", "more"]
    assert note.path == (Note(11, "a"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    text = end.join(["# a", "b", "c", "", "- d", "```", "e", "```"])
    segments = parse(text)
    assert [segment.text for segment in segments] == ["a", "b c", "d", "e"]
    assert text[segments[-1].start : segments[-1].end] == end.join(["```", "e", "```"])


def test_a_line_end_in_two_pieces_is_one() -> None:
    stream = MarkdownStream()
    for piece in ["a\r", "\nb\r", "\n\r", "\nc"]:
        stream.feed(piece)
    stream.finish()
    assert [segment.text for segment in stream.segments] == ["a b", "c"]


def test_characters_that_no_text_may_hold_are_replaced() -> None:
    assert runs("\ufeffa\0b\ud800c") == [Run("a\ufffdb\ufffdc")]


def test_nothing_comes_of_nothing() -> None:
    assert parse("") == []
    assert parse(" \n\t\n\n") == []
