"""Colours of code, without Qt: Pygments for complete code, and for code that still arrives.

While a block streams, new lines are lexed from a line a little further up whose lexer state is
known. A token over many lines may then be coloured wrongly; `whole` puts that right when the block
is closed. It is lazy: take as many lines as the time allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    Token,
    Whitespace,
    _TokenType,
)

from gui.transcript.lexers import lexer_of

MAX_LINE = 1000
"""Characters of a line that are coloured."""
LOOK_BACK = 6
LOOK_BACK_WITHOUT_STATE = 12
_ROOT = ("root",)
_NAMES: dict[_TokenType, str] = {
    Comment: "comment",
    Comment.Preproc: "preprocessor",
    Keyword: "keyword",
    Keyword.Constant: "constant",
    Keyword.Type: "type",
    Operator.Word: "keyword",
    Name.Function: "function",
    Name.Class: "class",
    Name.Exception: "class",
    Name.Namespace: "class",
    Name.Builtin: "builtin",
    Name.Decorator: "decorator",
    Name.Tag: "tag",
    Name.Attribute: "attribute",
    Name.Constant: "constant",
    Name.Variable: "variable",
    Name.Entity: "escape",
    String: "string",
    String.Escape: "escape",
    String.Interpol: "escape",
    Number: "number",
    Literal: "string",
    Generic.Heading: "keyword",
    Generic.Subheading: "keyword",
    Generic.Inserted: "inserted",
    Generic.Deleted: "deleted",
    Generic.Prompt: "comment",
    Generic.Output: "comment",
}
COLOUR_NAMES = frozenset(_NAMES.values())
"""Every name that a theme needs a colour for."""


class Colour(NamedTuple):
    """A part of a line, in characters, and the name of its colour."""

    start: int
    length: int
    name: str


LineColours: TypeAlias = list[Colour]


class Coloured(NamedTuple):
    """Colours of lines from `first` on; some of them may have been given differently before."""

    first: int
    lines: list[LineColours]


@dataclass(slots=True)
class _Recent:
    """A line of the recent past."""

    text: str
    state: tuple[str, ...] | None = None
    """The lexer's state at its beginning, if it can be lexed from there."""
    colours: LineColours = field(default_factory=list)


class CodeHighlighter:
    """The colours of one code block, all its pieces together."""

    def __init__(self, language: str) -> None:
        self._lexer = lexer_of(language)
        self._recent: list[_Recent] = []
        self._count = 0

    @property
    def is_known(self) -> bool:
        """Whether there are colours for the language."""
        return self._lexer is not None

    def feed(self, lines: Sequence[str]) -> Coloured:
        """Take complete lines that came at the end; return them coloured, and what they changed.

        Costs what the new lines and at most `LOOK_BACK_WITHOUT_STATE` others cost.
        """
        first = self._count
        self._count += len(lines)
        if self._lexer is None or not lines:
            return Coloured(first, [[] for _ in lines])
        old = self._recent
        window = old + [_Recent(line) for line in lines]
        start = next((at for at, line in enumerate(old) if line.state is not None), len(old))
        if start == len(old):
            window[start].state = window[start].state or _ROOT
        before = [line.colours for line in old]
        _lex(window[start:], self._lexer)
        changed = start
        while changed < len(old) and before[changed] == window[changed].colours:
            changed += 1
        made = [line.colours for line in window[changed:]]
        self._forget(window)
        return Coloured(first - (len(old) - changed), made)

    def whole(self, lines: Sequence[str]) -> Iterator[LineColours]:
        """Yield the colours of every line of the block, from one pass over all of it."""
        lexer = self._lexer
        if lexer is None:
            yield from ([] for _ in lines)
            return
        text = "".join([line[:MAX_LINE] + "\n" for line in lines])
        count = 0
        for colours in _by_line(lexer.get_tokens_unprocessed(text)):
            if count == len(lines):
                return
            count += 1
            yield colours
        yield from ([] for _ in range(len(lines) - count))

    def _forget(self, window: list[_Recent]) -> None:
        """Keep only what the next lines may need."""
        keep = LOOK_BACK
        if not any(line.state is not None for line in window[-keep:]):
            keep = LOOK_BACK_WITHOUT_STATE
        self._recent = window[-keep:]


def _lex(window: list[_Recent], lexer: Lexer) -> None:
    """Note new colours and states of the lines, beginning with the state of the first."""
    text = "".join([line.text[:MAX_LINE] + "\n" for line in window])
    states: dict[int, tuple[str, ...]] = {0: window[0].state or _ROOT}
    if _keeps_state(lexer):
        tokens = _tokens_with_states(lexer, text, states)
    else:
        tokens = _tokens_with_guesses(lexer, text, states)
    pos = 0
    for line, colours in zip(window, list(_by_line(tokens)), strict=False):
        line.state, line.colours = states.get(pos), colours
        pos += min(len(line.text), MAX_LINE) + 1


@lru_cache(maxsize=512)
def colour_name(kind: _TokenType) -> str:
    """Return the name of a token's colour, or nothing for plain text."""
    place: _TokenType | None = kind
    while place is not None and place is not Token:
        if place in _NAMES:
            return _NAMES[place]
        place = place.parent
    return ""


def _by_line(tokens: Iterable[tuple[int, _TokenType, str]]) -> Iterator[LineColours]:
    """Yield the colours of each line as soon as it is complete."""
    line: LineColours = []
    column = 0
    for _, kind, value in tokens:
        name = colour_name(kind)
        start = 0
        while start <= len(value):
            end = value.find("\n", start)
            length = (len(value) if end < 0 else end) - start
            if name and length:
                _add(line, Colour(column, length, name))
            column += length
            if end < 0:
                break
            yield line
            line, column, start = [], 0, end + 1
    if line:
        yield line


def _add(line: LineColours, colour: Colour) -> None:
    """Append a colour, or lengthen the last one if it is the same."""
    if line:
        last = line[-1]
        if last.name == colour.name and last.start + last.length == colour.start:
            line[-1] = last._replace(length=last.length + colour.length)
            return
    line.append(colour)


def _keeps_state(lexer: Lexer) -> bool:
    """Whether the lexer is a plain table of states, so that it can go on from any of them."""
    own = type(lexer).get_tokens_unprocessed
    return isinstance(lexer, RegexLexer) and own is RegexLexer.get_tokens_unprocessed


def _tokens_with_guesses(
    lexer: Lexer, text: str, states: dict[int, tuple[str, ...]]
) -> Iterator[tuple[int, _TokenType, str]]:
    """Yield the tokens; take a line for a fresh start if it looks like the begin of a statement."""
    for pos, kind, value in lexer.get_tokens_unprocessed(text):
        fresh = value[:1] not in " \t\n})]*" and kind not in String
        if pos and text[pos - 1] == "\n" and fresh and not value.startswith("/*"):
            states[pos] = _ROOT
        yield pos, kind, value


def _tokens_with_states(
    lexer: Lexer, text: str, states: dict[int, tuple[str, ...]]
) -> Iterator[tuple[int, _TokenType, str]]:
    """Yield the tokens from the state at 0 on; note the state at every line's start.

    The loop of `RegexLexer.get_tokens_unprocessed`, which does not tell its state.
    """
    table = lexer._tokens  # noqa: SLF001 - Pygments has no other way
    stack = list(states[0])
    pos = 0
    while pos < len(text):
        for match_here, action, change in table[stack[-1]]:
            found = match_here(text, pos)
            if not found:
                continue
            if isinstance(action, _TokenType):
                yield pos, action, found.group()
            elif action is not None:
                yield from action(lexer, found)
            pos = found.end()
            _change(stack, change)
            break
        else:
            if text[pos] == "\n":
                stack = ["root"]
                yield pos, Whitespace, "\n"
            else:
                yield pos, Error, text[pos]
            pos += 1
        if pos and text[pos - 1] == "\n":
            states[pos] = tuple(stack)


def _change(stack: list[str], change: object) -> None:
    """Go to another state, in the ways that Pygments' tables name one."""
    if isinstance(change, tuple):
        for name in change:
            _change(stack, name)
    elif isinstance(change, int):
        del stack[max(1, len(stack) + change) if change < 0 else change :]
    elif change == "#pop":
        if len(stack) > 1:
            stack.pop()
    elif change == "#push":
        stack.append(stack[-1])
    elif isinstance(change, str):
        stack.append(change)
