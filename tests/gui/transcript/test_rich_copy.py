from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from helpers.markdown_oracle import found
from helpers.markdown_texts import documents
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.clipboard import CopiedText
from gui.transcript.copy_pieces import Slice, whole
from gui.transcript.engine import parse
from gui.transcript.rich_copy import copy_message, copy_slices


def body(copied: CopiedText) -> str:
    found_body = re.fullmatch(
        r"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n(.*)\n</body></html>",
        copied.html,
        re.DOTALL,
    )
    assert found_body
    return found_body[1].replace("\n", "")


def copied(text: str) -> CopiedText:
    return copy_slices(whole(parse(text)))


def marked(text: str, words: str) -> list[Slice]:
    """Return the slices from the first word to the last, wherever they are shown."""
    first, last = words.split("…") if "…" in words else (words, words)
    slices: list[Slice] = []
    for segment in parse(text):
        shown = segment.text
        start = 0 if slices else shown.find(first)
        if start < 0:
            continue
        end = shown.find(last, start)
        if end >= 0:
            return [*slices, (segment, start, end + len(last))]
        slices.append((segment, start, len(shown)))
    return slices


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* ~~d~~ `e`", "<p>a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code></p>"),
        ("## a & b", "<h2>a &amp; b</h2>"),
        ("[a](http://b.c 't')", '<p><a href="http://b.c">a</a></p>'),
        ("[a](foo:b)", "<p>a</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- [x] a\n- [ ] b", "<ul><li>☑ a</li><li>☐ b</li></ul>"),
        ("> a\n>\n> - b\n\nc", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote><p>c</p>"),
        ("a\n\n***\n\nb", "<p>a</p><hr><p>b</p>"),
        ("x <b>y</b>\n\nz", "<p>x &lt;b&gt;y&lt;/b&gt;</p><p>z</p>"),
        ("$x<y$ b\n\nc", "<p>$x&lt;y$ b</p><p>c</p>"),
        ("![alt](http://a.b)", '<p><a href="http://a.b">alt</a></p>'),
        ("a[^1]\n\n[^1]: b", "<p>a<sup>1</sup></p><p>[1]</p><p>b</p>"),
    ],
)
def test_html_is_semantic(text: str, html: str) -> None:
    assert body(copied(text)) == html


def test_code_in_html_is_set_in_a_fixed_font_without_colours_of_a_theme() -> None:
    html = copied("a\n\n```py\nx < 1\n\n  y\n```").html
    assert (
        "<pre style=\"font-family:'Courier New',monospace;background:#f2f2f2\">"
        "<code>x &lt; 1\n\n  y</code></pre>" in html
    )


def test_tables_in_html_have_borders_that_word_processors_see() -> None:
    html = body(copied("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert html.startswith(
        '<table border="1" cellpadding="4" cellspacing="0" style="border-collapse:collapse">'
        '<thead><tr><th style="border:1px solid #999;padding:4px">a</th>'
        '<th align="right" style="border:1px solid #999;padding:4px;text-align:right">b</th></tr>'
    )
    assert html.count("<td") == 2


def test_nothing_in_a_text_becomes_html() -> None:
    html = copied('"<script>" & `<b>` [a](http://b.c/"x)\n\n<div onclick="x">\n</div>').html
    assert "<script" not in html
    assert "<div" not in html
    assert "<b>" not in html
    assert 'href="http://b.c/%22x"' in html


def test_tables_in_plain_text_are_rows_of_cells() -> None:
    text = "Before:\n\n| a | **b** |\n|---|---|\n| 1 | $x$ |\n| 2 | |"
    assert copied(text).plain == "Before:\n\na\tb\n1\t$x$\n2\t"


def test_long_tables_and_code_are_one_again() -> None:
    rows = "\n".join(f"| {number} |" for number in range(40))
    code = "\n".join(f"line {number}" for number in range(200))
    copy = copied(f"| a |\n|---|\n{rows}\n\n```\n{code}\n```")
    assert copy.html.count("<table") == 1
    assert copy.html.count("<pre") == 1
    assert copy.plain.count("\n") == 40 + 2 + 201
    assert f"```\n{code}\n```" in copy.markdown


def test_code_alone_is_copied_without_its_fence() -> None:
    copy = copied("```py\na = 1\n\nb = 2\n```")
    assert copy.plain == "a = 1\n\nb = 2"
    assert copy.markdown == "```py\na = 1\n\nb = 2\n```"


def test_a_long_paragraph_is_one_again() -> None:
    text = "Слово и word. " * 700
    copy = copied(text)
    assert copy.html.count("<p>") == 1
    assert copy.plain == copy.markdown == text.strip()


@pytest.mark.parametrize(
    ("text", "words", "markdown"),
    [
        ("a **bold** word", "ld…wo", "**ld** wo"),
        ("- item one\n- item two", "one", "one"),
        ("- item one\n- item two", "one…item t", "- one\n- item t"),
        ("> quoted words", "words", "words"),
        ("# A heading", "heading", "heading"),
        ("# A heading", "A heading", "# A heading"),
        ("[linked words](http://a.b)", "words", "[words](http://a.b)"),
        ("```py\nfirst\nsecond\n```", "first", "first"),
        ("```py\nfirst\nsecond\n```\n\nend", "second…end", "second\n\nend"),
        ("```py\nfirst\nsecond\nthird\n```", "st…sec", "```py\nst\nsec\n```"),
        ("| ab | cd |\n|---|---|\n| ef | gh |", "f", "f"),
        (
            "| ab | cd |\n|---|---|\n| ef | gh |\n| ij | kl |",
            "gh…ij",
            "| ab | cd |\n| --- | --- |\n|  | gh |\n| ij |  |",
        ),
        ("one\n\ntwo\n\nthree", "wo…thr", "wo\n\nthr"),
        ("see `co de` and", "de…an", "`de` an"),
    ],
)
def test_a_part_is_copied_with_its_formats_and_nothing_else(
    text: str, words: str, markdown: str
) -> None:
    assert copy_slices(marked(text, words)).markdown == markdown


def test_rows_of_a_table_without_the_header_are_only_those() -> None:
    text = "| ab | cd |\n|---|---|\n| ef | gh |\n| ij | kl |"
    copy = copy_slices(marked(text, "ef…kl"))
    assert copy.plain == "ef\tgh\nij\tkl"
    assert "<th" not in copy.html


def test_several_messages_are_copied_one_below_the_other() -> None:
    copy = copy_slices(whole(parse("# one")), whole(parse("- two\n- three")))
    assert copy.markdown == copy.plain == "# one\n\n- two\n- three"


def test_the_markdown_of_a_whole_message_is_its_source() -> None:
    source = "* a\n* b *c\n\n[x]: /unused\n"
    assert copy_message(parse(source), source).markdown == source


def test_nothing_marked_is_nothing_copied() -> None:
    copy = copy_slices([])
    assert (copy.plain, copy.markdown) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        r"\*not marked\* and \[no link\] and 2 \* 3",
        r"\# no heading",
        r"\- no item",
        r"1\. no item",
        r"\> no quote",
        r"a \`b\` \<c> \&amp; d_e_f \_g\_ \~~h~~",
        r"\$x\$",
        "line  \nbreak",
        "**a *b* c** ***d***",
        "`` a`b ``",
        "[a *b*](http://c.d 'ti\"tle') ![i](j)",
        "1. a\n2. b\n\n   c\n3. d",
        "- a\n  > b\n  >\n  > c\n- d",
        "````\n```\n````",
        "| a\\|b | `c` |\n|:-:|---|\n| d | e |",
        "[^1]: a\n\n    b\n\ntext[^1]",
        "$$\nx\n$$",
        "http://a.b/c_d and <ftp://e.f> and g@h.ij",
        "- [ ] a\n- [x] b",
        "- a\n\n\n1. b\n\n***",
        "-\n- a",
    ],
)
def test_markdown_that_was_copied_reads_as_the_same_again(text: str) -> None:
    assert found(parse(copied(text).markdown)) == found(parse(text))


def fragments(text: str) -> Sequence[Slice]:
    return whole(parse(text))


@settings(max_examples=100, deadline=None)
@given(documents(), st.data())
def test_any_part_of_any_text_can_be_copied(text: str, data: st.DataObject) -> None:
    slices = list(fragments(text))
    first = data.draw(st.integers(0, len(slices)))
    last = data.draw(st.integers(first, len(slices)))
    part = slices[first:last]
    if part:
        segment, _, end = part[0]
        part[0] = (segment, data.draw(st.integers(0, end)), end)
    copy = copy_slices(part)
    assert copy.html.count("<table") == copy.html.count("</table>")
    for tag in ("ul", "ol", "li", "blockquote", "p", "strong", "em", "s", "code", "a"):
        assert len(re.findall(rf"<{tag}[ >]", copy.html)) == copy.html.count(f"</{tag}>")
    words = re.findall(r"слово|text", "".join(seg.text[a:b] for seg, a, b in part))
    assert re.findall(r"слово|text", re.sub(r"<[^>]*>", "", copy.html)) == words
    assert re.findall(r"слово|text", copy.markdown.replace("http", ""))[: len(words)] is not None
