"""Exports show the files of a question, and our own JSON brings them back."""

from __future__ import annotations

import base64
import json
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

from helpers.conversation_trees import everything, small_tree
from markdown_it import MarkdownIt

from core.models import Attachment, ConversationTree
from core.transfer.html import html_of
from core.transfer.json_format import encoded, read
from core.transfer.markdown import markdown_of
from core.transfer.plain_text import plain_text_of
from core.transfer.report import SkipReason
from core.transfer.words import Words

PICTURE = Attachment('a ]cat[ *x* <b>" onerror=.png', "image/png", b"\x89PNG\r\n\x1a\nCAT")
NOTES = Attachment("notes.md", "text/plain", b"```\n</code><script>\n")
URL = "data:image/png;base64," + base64.b64encode(PICTURE.data).decode()
WORDS = Words()


class Images(HTMLParser):
    """Collects the pictures of a page, and what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))
        self.scripts += tag == "script"


def images_in(page: str) -> Images:
    images = Images()
    images.feed(page)
    return images


def tree_with_files() -> ConversationTree:
    tree = small_tree()
    question, *answers = tree.messages
    asked = replace(question, attachments=(PICTURE, NOTES))
    return replace(tree, messages=(asked, *answers))


def test_our_json_brings_files_back_as_they_were() -> None:
    tree = tree_with_files()
    skipped: Counter[SkipReason] = Counter()
    [again] = read(json.loads(encoded(tree)), skipped)
    assert everything(again) == everything(tree)
    assert not skipped


def test_what_our_json_cannot_hold_as_a_file_is_counted() -> None:
    value = json.loads(encoded(tree_with_files()))
    broken = [{"data": "?"}, 5, {"media_type": "image/png", "data": "AAAA"}]
    value["messages"][0]["attachments"] += broken
    skipped: Counter[SkipReason] = Counter()
    [again] = read(value, skipped)
    assert again.messages[0].attachments == (PICTURE, NOTES)
    assert skipped == {SkipReason.ATTACHMENT: 3}


def test_a_page_shows_pictures_and_lets_nothing_out() -> None:
    page = html_of(tree_with_files(), words=WORDS)
    images = images_in(page)
    assert images.found == [{"src": URL, "alt": PICTURE.name}]
    assert images.scripts == 0
    assert "; img-src data:" in page
    assert "img-src" not in html_of(small_tree(), words=WORDS)


def test_markdown_shows_pictures_and_keeps_them_below() -> None:
    text = markdown_of(tree_with_files(), words=WORDS)
    images = images_in(MarkdownIt().render(text))
    assert images.found == [{"src": URL, "alt": PICTURE.name}]
    assert images.scripts == 0
    assert text.index("The Nile.") < text.index(URL)
    assert "notes.md:\n````md\n```\n</code><script>\n````" in text


def test_plain_text_says_where_a_picture_was() -> None:
    text = plain_text_of(tree_with_files(), words=WORDS)
    assert f"[image: {PICTURE.name}]" in text
    assert "</code><script>" in text
