"""What markdown-it-py makes of a text, in the shape of our segments: a second opinion for tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll

from gui.transcript.inline_nodes import add_run
from gui.transcript.segments import (
    BOLD,
    CODE,
    ITALIC,
    OBJECT,
    STRIKE,
    CodeSegment,
    Item,
    Path,
    Quote,
    Run,
    RunKind,
    Segment,
    SourceSegment,
    TableSegment,
    TextSegment,
)

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])


def _strip_indentation(state: StateCore) -> None:
    """Take the indentation off a paragraph's further lines, as the specification says.

    markdown-it-py leaves it there, and it shows in a code span that goes over the line's end.
    """
    for token in state.tokens:
        if token.type == "inline":
            token.content = re.sub(r"\n[ \t]+", "\n", token.content)


_PARSER.core.ruler.before("inline", "strip_indentation", _strip_indentation)


class Leaf(NamedTuple):
    """A leaf of the document: the containers around it, what it is, what it holds."""

    path: tuple[tuple[str, int], ...]
    kind: str
    content: object


def expected(text: str) -> list[Leaf]:
    """Return the leaves that markdown-it-py finds, without empty paragraphs."""
    leaves: list[Leaf] = []
    path: list[tuple[str, int]] = []
    numbers: list[int] = []
    tokens = _PARSER.parse(text)
    for index, token in enumerate(tokens):
        match token.type:
            case "blockquote_open":
                path.append(("quote", 0))
            case "bullet_list_open":
                numbers.append(-1)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "list_item_open":
                path.append(("item" if numbers[-1] < 0 else "number", max(numbers[-1], 0)))
                numbers[-1] += numbers[-1] >= 0
            case "blockquote_close" | "list_item_close":
                path.pop()
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case _:
                leaves += _leaf(tokens, index, tuple(path))
    return [leaf for leaf in leaves if leaf[1:] != ("text 0", ())]


def _leaf(  # noqa: PLR0911 - one a kind
    tokens: Sequence[Token], index: int, path: tuple[tuple[str, int], ...]
) -> list[Leaf]:
    token = tokens[index]
    match token.type:
        case "fence" | "code_block":
            info = unescapeAll(token.info).strip()
            return [Leaf(path, "code", (info, token.content.rstrip()))]
        case "html_block":
            return [Leaf(path, "html", token.content.rstrip())]
        case "hr":
            return [Leaf(path, "rule", "")]
        case "inline" if tokens[index - 1].type == "paragraph_open":
            return [Leaf(path, "text 0", runs(token.children or []))]
        case "inline" if tokens[index - 1].type == "heading_open":
            level = int(tokens[index - 1].tag[1])
            return [Leaf(path, f"text {level}", runs(token.children or []))]
        case "inline":
            align = str(tokens[index - 1].attrs.get("style", "")).removeprefix("text-align:")
            return [Leaf(path, f"cell {align}", runs(token.children or []))]
    return []


def runs(children: Sequence[Token]) -> tuple[Run, ...]:
    """Return the runs of inline tokens."""
    made: list[Run] = []
    depth = {"strong": 0, "em": 0, "s": 0}
    href = title = ""
    for token in children:
        name, _, side = token.type.partition("_")
        if name in depth:
            depth[name] += token.nesting
            continue
        if token.type in {"link_open", "link_close"}:
            opens = side == "open"
            href = str(token.attrs["href"]) if opens else ""
            title = str(token.attrs.get("title", "")) if opens else ""
            continue
        marks = (
            BOLD * (depth["strong"] > 0) | ITALIC * (depth["em"] > 0) | STRIKE * (depth["s"] > 0)
        )
        run = _run(token, marks, href, title)
        if run.text:
            add_run(made, run)
    return tuple(made)


def _run(token: Token, marks: int, href: str, title: str) -> Run:
    match token.type:
        case "code_inline":
            return Run(token.content, marks | CODE, href, title=title)
        case "softbreak":
            return Run(" ", marks, href, title=title)
        case "hardbreak":
            return Run("\n", marks, href, RunKind.BREAK, title)
        case "html_inline":
            return Run(token.content, marks, href, RunKind.HTML, title)
        case "image":
            return Run(OBJECT, marks, str(token.attrs["src"]), RunKind.IMAGE)
    return Run(token.content, marks, href, title=title)


def found(segments: Sequence[Segment]) -> list[Leaf]:
    """Return the leaves of our segments."""
    leaves: list[Leaf] = []
    for segment in segments:
        path = _path(segment.path)
        match segment:
            case TextSegment():
                for block in segment.blocks:
                    plain = tuple(
                        run._replace(title="") if run.kind is RunKind.IMAGE else run
                        for run in block.runs
                    )
                    leaves.append(Leaf(_path(block.path), f"text {block.level}", plain))
            case CodeSegment():
                leaves.append(Leaf(path, "code", (segment.info, segment.text.rstrip())))
            case SourceSegment():
                leaves.append(Leaf(path, segment.kind.value, segment.text.rstrip()))
            case TableSegment():
                for row in segment.rows if segment.continues else [segment.header, *segment.rows]:
                    for cell, align in zip(row, segment.aligns, strict=True):
                        plain = tuple(
                            run._replace(title="") if run.kind is RunKind.IMAGE else run
                            for run in cell
                        )
                        leaves.append(Leaf(path, f"cell {align}", plain))
            case _:
                leaves.append(Leaf(path, "rule", ""))
    return [leaf for leaf in leaves if leaf[1:] != ("text 0", ())]


def _path(path: Path) -> tuple[tuple[str, int], ...]:
    return tuple(
        ("quote", 0)
        if isinstance(container, Quote)
        else ("number" if container.ordered else "item", container.number)
        if isinstance(container, Item)
        else ("note", 0)
        for container in path
    )
