from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from core.models import Message, MessageState, Role
from gui.transcript.code_block import CodeLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from gui.transcript.view import TranscriptView

ANSWER = """\
# A heading with `code` and **bold**

A paragraph with *emphasis*, ~~strike~~, a [link](https://example.org "title") and a
hard break\\
here. Autolink <https://example.org>, formula $a^2$ and text.

1. one
   - nested **bold**
   - [x] task

     second paragraph
2. two

> quote with `code`
>
> > nested

| a | b | c |
|:--|:-:|--:|
| 1 | **2** | `3` |
| x | y | z |
| 😀 | long cell with words | 5 |

```python
def f(x: int) -> str:
    '''Doc
    string.'''
    return f"{x}"  # comment
```

    indented code

<div>raw &amp; html</div>

$$
\\frac{a}{b}
$$

שלום עולם

---

Last[^1] words.

[^1]: A note.
"""


def described(document: QTextDocument) -> list[object]:
    """Everything of a document that is seen: text, formats of runs and blocks, colours of code."""
    result: list[object] = []
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        result.append(
            (
                block.text(),
                form.indent(),
                form.topMargin(),
                form.headingLevel(),
                form.alignment().value,
                form.lineHeight(),
            )
        )
        for item in block.textFormats():
            char = item.format
            text = block.text()[item.start : item.start + item.length]
            look = (
                char.fontWeight(),
                char.fontItalic(),
                char.fontStrikeOut(),
                char.fontFixedPitch(),
                char.anchorHref(),
                char.foreground().color().name() if char.hasProperty(0x821) else "",
                char.objectType(),
                char.fontPointSize(),
            )
            if text and result and isinstance(result[-1], list) and result[-1][1] == look:
                result[-1][0] += text
            elif text:
                result.append([text, look])
        result.append(
            [
                (item.start, item.length, item.format.foreground().color().name())
                for item in block.layout().formats()
            ]
        )
        block = block.next()
    return result


def shown(view: TranscriptView) -> list[object]:
    layout = view.conversation.whole(0)
    layout.ensure_between(0, 1e6)
    view.conversation.update_height(0)
    view.background.finish()
    result: list[object] = []
    for item in layout.answer.layouts:
        kind = (item.segment.kind, item.height, item.gap, item.shared, item.is_last)
        result.append((kind, described(item.document) if item.document is not None else None))
    return result


def settled(view: TranscriptView, answer: str) -> list[object]:
    view.set_messages([Message(Role.ASSISTANT, answer)])
    return shown(view)


@pytest.mark.parametrize("seed", range(12))
def test_streaming_in_random_pieces_gives_the_documents_that_building_once_gives(
    view: TranscriptView, seed: int
) -> None:
    view.resize(800, 3000)
    expected = settled(view, ANSWER)
    generator = random.Random(seed)  # noqa: S311 - no secret
    view.clear()
    view.add_message(Role.ASSISTANT, "")
    at = 0
    while at < len(ANSWER):
        size = generator.choice((1, 2, 3, 7, 20, 90))
        view.append_text(ANSWER[at : at + size])
        view.pump.flush()
        if generator.random() < 0.2:
            view.background.finish()
        at += size
    view.end_message(MessageState.COMPLETE)
    assert shown(view) == expected


def test_code_is_coloured_in_the_end_as_if_it_had_come_at_once(view: TranscriptView) -> None:
    view.resize(800, 3500)
    code = "```python\n" + 'x = """a\n\nb = 1\n"""\ndef f():\n    return None\n' * 20 + "```\n"
    expected = settled(view, code)
    view.clear()
    view.add_message(Role.ASSISTANT, "")
    for at in range(0, len(code), 11):
        view.append_text(code[at : at + 11])
        view.pump.flush()
        view.background.finish()
    view.end_message(MessageState.COMPLETE)
    assert shown(view) == expected


def test_code_gets_colours_while_it_still_streams(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    view.append_text("```python\ndef f(x):\n    return 'text'\n")
    view.pump.flush()
    view.background.finish()
    layout = view.conversation.layout(0).answer.layouts[0]
    assert isinstance(layout, CodeLayout)
    assert layout.document is not None
    assert layout.document.begin().layout().formats()


def test_an_unknown_language_stays_plain(view: TranscriptView) -> None:
    view.set_messages([Message(Role.ASSISTANT, "```nosuchlanguage\ndef f(): 1\n```")])
    view.background.finish()
    layout = view.conversation.layout(0).answer.layouts[0]
    assert layout.document is not None
    assert not layout.document.begin().layout().formats()
