"""Markdown, a web page and plain text show the branch that is shown, and nothing gets out of it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from helpers.conversation_trees import conversation_trees, small_tree
from hypothesis import given

from core.models import ConversationTree, MessageState
from core.transfer.branches import shown_messages
from core.transfer.fences import blocks, closed
from core.transfer.html import html_of
from core.transfer.markdown import markdown_of
from core.transfer.plain_text import plain_text_of
from core.transfer.words import Words

WORDS = Words()
RENDERERS = [markdown_of, html_of, plain_text_of]
HOSTILE = '</div><script>alert(1)</script><img src=x onerror="alert(2)">&lt;"\''


def with_answer(text: str) -> ConversationTree:
    return small_tree(answer=text)


@pytest.mark.parametrize("render", RENDERERS)
def test_only_the_shown_branch_is_written(render: type) -> None:
    text = render(small_tree(), words=WORDS)
    assert "The longest?" in text
    assert "The Nile." in text
    assert "Compare." in text
    assert "The Amazon." not in text
    assert text.index("The longest?") < text.index("The Nile.")


@pytest.mark.parametrize("render", RENDERERS)
def test_what_is_in_the_trash_is_not_written_but_what_follows_is(render: type) -> None:
    tree = small_tree()
    question, *answers = tree.messages
    thrown = replace(tree, messages=(replace(question, deleted_at=1.0), *answers))
    text = render(thrown, words=WORDS)
    assert "The longest?" not in text
    assert "The Nile." in text


@pytest.mark.parametrize("render", RENDERERS)
def test_an_answer_that_is_not_whole_says_so(render: type) -> None:
    tree = small_tree()
    *others, answer = tree.messages
    failed = replace(answer, state=MessageState.FAILED, error="No & nothing.")
    text = render(replace(tree, messages=(*others, failed)), words=Words(failed="Не вышло."))
    assert "Не вышло. No " in text


@pytest.mark.parametrize("render", RENDERERS)
@given(tree=conversation_trees())
def test_any_conversation_can_be_written(render: type, tree: ConversationTree) -> None:
    assert render(tree, words=WORDS).encode()


def test_a_circle_in_a_damaged_tree_ends() -> None:
    tree = small_tree()
    question, *answers = tree.messages
    circle = replace(tree, messages=(replace(question, parent_id=answers[1].id), *answers))
    assert [message.text for message in shown_messages(circle)] == ["The longest?", "The Nile."]


def test_markdown_begins_with_what_programs_read() -> None:
    tree = replace(small_tree(title='Say "hi"\nthere'), folder="Geo: graphy")
    lines = markdown_of(tree, words=WORDS).splitlines()
    end = lines.index("---", 1)
    assert lines[:end] == [
        "---",
        'beseda: "100"',
        'title: "Say \\"hi\\" there"',
        'created: "2026-02-25T06:13:20Z"',
        'updated: "2026-02-25T06:13:22Z"',
        'folder: "Geo: graphy"',
    ]
    assert lines[end + 2 : end + 4] == ['# Say "hi" there', ""]
    assert "## Assistant (m-1)" in lines


def test_an_open_code_block_does_not_swallow_what_follows() -> None:
    tree = small_tree()
    question, first, answer = tree.messages
    open_block = replace(question, text="Look:\n~~~~py\nx = '```'")
    text = markdown_of(replace(tree, messages=(open_block, first, answer)), words=WORDS)
    assert "x = '```'\n~~~~\n\n## Assistant" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n```py\nb\n```\nc", [("a", False), ("b", True), ("c", False)]),
        ("````\n```\nb\n````", [("```\nb", True)]),
        ("```a`b\nc", [("```a`b\nc", False)]),
        ("    ```\nc", [("    ```\nc", False)]),
        ("```\nb\n~~~\n", [("b\n~~~\n", True)]),
        ("", []),
    ],
)
def test_code_blocks_are_found_as_commonmark_has_them(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    assert [(block.text, block.is_code) for block in blocks(text)] == expected


def test_a_closed_text_stays_as_it_is() -> None:
    assert closed("a\n```\nb\n```") == "a\n```\nb\n```"
    assert closed("```\nb\n") == "```\nb\n```"


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.metas: dict[str, str] = {}
        self.style = ""
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if tag == "meta" and values.get("http-equiv"):
            self.metas[values["http-equiv"] or ""] = values["content"] or ""

    def handle_data(self, data: str) -> None:
        if self.get_starttag_text() == "<style>" and not self.style:
            self.style = data
        self.text.append(data)


def test_a_page_holds_no_more_than_its_own_tags() -> None:
    plain = _Page(html_of(small_tree(), words=WORDS))
    tree = small_tree(title=HOSTILE, answer=f"{HOSTILE}\n```{HOSTILE}\n{HOSTILE}\n```")
    prompted = replace(tree.conversation, system_prompt=HOSTILE, model=HOSTILE)
    answer = replace(tree.messages[2], reasoning=HOSTILE, model=HOSTILE, error=HOSTILE)
    answer = replace(answer, state=MessageState.CUT)
    hostile = html_of(ConversationTree(prompted, (*tree.messages[:2], answer)), words=WORDS)
    page = _Page(hostile)
    assert page.tags - plain.tags == {"code", "pre"}
    assert page.attributes == plain.attributes
    assert not page.tags & {"script", "img", "link", "iframe", "a"}
    assert HOSTILE in "".join(page.text)


def test_a_page_allows_nothing_but_its_own_style() -> None:
    page = _Page(html_of(small_tree(), words=WORDS))
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    policy = page.metas["Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'"
    assert not re.search(r"url\(|@import|https?:", page.style)
    assert "prefers-color-scheme: dark" in page.style
    assert "@media print" in page.style


def test_code_stands_in_a_block_of_its_own() -> None:
    text = html_of(with_answer("Run:\n\n```sh\nls <a>\n```\nDone."), words=WORDS)
    assert "<pre><code>ls &lt;a&gt;</code></pre>" in text
    assert '<div class="text" dir="auto">Done.</div>' in text


def test_plain_text_is_as_it_was_written() -> None:
    text = plain_text_of(with_answer("**bold**\n\n```\ncode\n```"), words=WORDS)
    assert text.startswith("Rivers\n======\n\nCreated: 2026-02-25T06:13:20Z\n\nYou, 2026-")
    assert "[Reasoning]\nCompare.\n\n**bold**\n\n```\ncode\n```\n" in text
