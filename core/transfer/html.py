"""A conversation as one web page that needs nothing else: no script and no network.

Everything from the conversation is escaped, and the page's own policy forbids what might slip
through: only the style that this program wrote is applied, by its hash.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from html import escape
from importlib import resources

from core.attachments import data_url, images_of
from core.models import Attachment, ConversationTree, Message
from core.transfer.branches import shown_messages
from core.transfer.fences import blocks
from core.transfer.json_values import clean
from core.transfer.words import Words, time_text

SUFFIX = ".html"

_PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<header>
<h1 dir="auto">{title}</h1>
{facts}
</header>
{messages}
</main>
</body>
</html>
"""


def html_of(tree: ConversationTree, *, words: Words) -> str:
    """Return the shown branch as a page of HTML."""
    conversation = tree.conversation
    style, digest = _style()
    facts = [time_text(conversation.created_at), conversation.model]
    shown = shown_messages(tree)
    messages = [_message(message, words) for message in shown]
    images = "; img-src data:" if any(map(images_of, shown)) else ""
    if conversation.system_prompt.strip():
        prompt = _texts(conversation.system_prompt)
        messages.insert(0, _article("system", words.system, "", prompt))
    return _PAGE.format(
        policy=f"default-src 'none'; style-src '{digest}'{images}",
        style=style,
        title=_escaped(words.title(conversation)),
        facts="\n".join(f"<p>{_escaped(fact)}</p>" for fact in facts if fact),
        messages="\n".join(messages),
    )


def _message(message: Message, words: Words) -> str:
    parts = []
    if message.reasoning.strip():
        summary = _escaped(words.reasoning)
        inner = _texts(message.reasoning)
        parts.append(f"<details><summary>{summary}</summary>\n{inner}\n</details>")
    if message.text.strip():
        parts.append(_texts(message.text))
    parts.extend(map(_attachment, message.attachments))
    note = words.note(message)
    if note:
        parts.append(f'<p class="note">{_escaped(note)}</p>')
    return _article(
        message.role.value,
        words.speaker(message),
        time_text(message.created_at),
        "\n".join(parts),
    )


def _attachment(attachment: Attachment) -> str:
    name = _escaped(attachment.name)
    if not attachment.is_image:
        text = _escaped(attachment.data.decode("utf-8", "replace"))
        return f"<details><summary>{name}</summary>\n<pre><code>{text}</code></pre>\n</details>"
    source = _escaped(data_url(attachment))
    return f'<figure><img src="{source}" alt="{name}"><figcaption>{name}</figcaption></figure>'


def _article(kind: str, speaker: str, time: str, content: str) -> str:
    when = f'\n<time datetime="{time}">{time}</time>' if time else ""
    heading = f"<h2>{_escaped(speaker)}</h2>{when}"
    return f'<article class="{kind}">\n{heading}\n{content}\n</article>'


def _texts(text: str) -> str:
    """Return Markdown as it is written, which is readable, with its code blocks set apart."""
    return "\n".join(
        f"<pre><code>{_escaped(block.text)}</code></pre>"
        if block.is_code
        else f'<div class="text" dir="auto">{_escaped(block.text.strip(chr(10)))}</div>'
        for block in blocks(text)
    )


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


@functools.cache
def _style() -> tuple[str, str]:
    """Return the page's style, and the hash by which its policy knows it."""
    file = resources.files("resources") / "transfer" / "page.css"
    style = file.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"sha256-{digest}"
