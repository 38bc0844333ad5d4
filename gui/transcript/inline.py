"""Inline Markdown that arrives in pieces: each character is read once, each run is shown once.

The parser is CommonMark's own algorithm (a stack of delimiters, a stack of brackets), fed piece by
piece. What it hands out is *settled*: no later text can change it, except a definition that comes
late. What an open delimiter may still change is held back.

Two limits keep it bounded; both depend on the text alone, so every way to cut the stream gives the
same runs: a delimiter looks at most `REACH` characters far for its partner, and a paragraph is cut
into pieces of about `PIECE` characters.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from gui.transcript import references as refs
from gui.transcript.inline_nodes import Bracket, Delimiter, Node, flanks
from gui.transcript.inline_state import BLANKS, LATEST_PIECE, PIECE, REACH, Chunk, InlineState
from gui.transcript.inline_tokens import (
    bare_address,
    code_span,
    entity_at,
    note_label,
    tag,
    ticks,
)
from gui.transcript.math_syntax import formula
from gui.transcript.references import Unfinished
from gui.transcript.segments import CODE, OBJECT, RunKind

if TYPE_CHECKING:
    from gui.transcript.references import References

_SPECIAL = re.compile(
    r"[\\`*_~\[\]<&$\n]|!(?=\[|\Z)|(?<![A-Za-z0-9])(?:https?://|www\.(?=[A-Za-z0-9]))",
    re.IGNORECASE,
)
_ADDRESS_BEGINS = re.compile(
    r"(?<![A-Za-z0-9])(?:h|ht|htt|https?|https?:|https?:/|w|ww|www\.?)\Z", re.IGNORECASE
)
_RUNS = {char: re.compile(re.escape(char) + "+") for char in "*_~"}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def render(chunk: Chunk, references: References) -> Chunk:
    """Return the chunk as it reads with the definitions known now."""
    parser = InlineParser(references, before=chunk.before, after=chunk.after, in_pieces=False)
    parser.feed(chunk.source, final=True)
    made = [item for item in parser.take() if isinstance(item, Chunk)]
    return made[0] if made else chunk


class InlineParser(InlineState):
    """Reads one paragraph, heading or table cell."""

    def feed(self, text: str, *, final: bool = False) -> None:
        """Read more of the paragraph. With `final`, everything is settled."""
        self._text += text
        self._final = final
        with suppress(Unfinished):
            self._read()
        if final:
            self._finish()

    def _read(self) -> None:
        while self._pos < len(self._text):
            if self._skips_blanks and self._text[self._pos] in BLANKS:
                self._pos += 1
                continue
            self._skips_blanks = False
            found = _SPECIAL.search(self._text, self._pos)
            end = found.start() if found else self._known_end()
            if end > self._pos and self._plain(end):
                continue
            if found is None:
                return
            if self._in_pieces and end - self._piece_start >= LATEST_PIECE + REACH:
                self._end_piece("")
            else:
                self._special(end)

    def _known_end(self) -> int:
        """Return how far plain text is certain when no special character is in sight."""
        if self._final:
            return len(self._text)
        found = _ADDRESS_BEGINS.search(self._text, max(self._pos, len(self._text) - 8))
        return found.start() if found else len(self._text)

    def _plain(self, end: int) -> bool:
        """Take plain text up to `end`, or up to a place in it where the piece ends; tell which."""
        if self._in_pieces and end - self._piece_start >= PIECE:
            cut = self._piece_cut(max(self._pos, self._piece_start + PIECE), end)
            if cut is not None:
                self._take_text(cut)
                self._end_piece(" " if self._text[cut] in BLANKS else "")
                return True
        cut = self._chunk_cut(end)
        if cut is not None:
            self._take_text(cut)
            self._cuts.append((cut, len(self._nodes)))
        self._take_text(end)
        return False

    def _special(self, pos: int) -> None:
        text, char = self._text, self._text[pos]
        self._expire(pos)
        if char in "*_~":
            self._delimiter(pos, char)
        elif char == "\n":
            self._line_end(pos)
        elif char == "\\":
            self._backslash(pos)
        elif char == "`":
            self._code(pos)
        elif char == "[":
            self._opening_bracket(pos)
        elif char == "]":
            self._closing_bracket(pos)
        elif char == "!":
            self._exclamation(pos)
        elif char == "$":
            self._dollar(pos)
        else:
            self._token(pos, text, char)

    def _literal(self, text: str, end: int) -> None:
        self._nodes.append(Node(text))
        self._pos = end

    def _token(self, pos: int, text: str, char: str) -> None:
        """Read an entity, a tag, or a bare address."""
        if char == "&":
            token = entity_at(text, pos, final=self._final)
        elif char == "<":
            token = tag(text, pos, REACH, final=self._final)
        elif pos == 0 and self._before.isalnum():
            token = None
        else:
            in_bracket = bool(self._brackets)
            token = bare_address(text, pos, in_bracket=in_bracket, final=self._final)
        if token is None:
            self._literal(char, pos + 1)
            return
        self._nodes.append(Node(token.text, token.kind, href=token.href))
        self._pos = token.end

    def _line_end(self, pos: int) -> None:
        if pos and self._text[pos - 1] not in BLANKS:
            self._cuts.append((pos, len(self._nodes)))
        hard = self._strip_end(" ") >= 2
        self._nodes.append(Node("\n", RunKind.BREAK) if hard else Node(" "))
        self._pos = pos + 1

    def _backslash(self, pos: int) -> None:
        after = self._text[pos + 1 : pos + 2]
        if not after and not self._final:
            raise Unfinished
        if after and after in "([" and self._formula(pos):
            return
        if after == "\n":
            self._nodes.append(Node("\n", RunKind.BREAK))
            self._pos = pos + 2
        elif after in _PUNCTUATION:
            self._literal(after, pos + 2)
        else:
            self._literal("\\", pos + 1)

    def _dollar(self, pos: int) -> None:
        if not self._formula(pos):
            width = 2 if self._text.startswith("$$", pos) else 1
            self._literal("$" * width, pos + width)

    def _formula(self, pos: int) -> bool:
        before = self._text[pos - 1] if pos else self._before
        found = formula(self._text, pos, before, final=self._final)
        if found is None:
            return False
        node = Node(OBJECT, found.kind, href=found.tex)
        node.title = found.source
        self._nodes.append(node)
        self._pos = found.end
        return True

    def _code(self, pos: int) -> None:
        token = code_span(self._text, pos, REACH, final=self._final)
        if token is None:
            run = ticks(self._text, pos, REACH)
            self._literal(run, pos + len(run))
            return
        self._nodes.append(Node(token.text, marks=CODE))
        self._pos = token.end

    def _exclamation(self, pos: int) -> None:
        if pos + 1 < len(self._text):
            self._open(pos, "![")
        elif self._final:
            self._literal("!", pos + 1)
        else:
            raise Unfinished

    def _delimiter(self, pos: int, char: str) -> None:
        found = _RUNS[char].match(self._text, pos, pos + REACH)
        end = found.end() if found else pos + 1
        if end == len(self._text) and not self._final and end < pos + REACH:
            raise Unfinished
        before = self._text[pos - 1] if pos else self._before
        after = self._text[end] if end < len(self._text) else self._after
        can_open, can_close = flanks(char, before, after)
        node = Node(self._text[pos:end])
        self._nodes.append(node)
        self._pos = end
        is_sign = (1 if char == "~" else 0) < end - pos < REACH
        if is_sign and (can_open or can_close):
            self._delimiters.append(
                Delimiter(node, char, end - pos, pos, opens=can_open, closes=can_close)
            )
            self._match()

    def _open(self, pos: int, text: str) -> None:
        if self._brackets:
            self._brackets[-1].nested = True
        image = text == "!["
        self._brackets.append(Bracket(len(self._nodes), pos, len(self._delimiters), image=image))
        self._literal(text, pos + len(text))

    def _opening_bracket(self, pos: int) -> None:
        if pos + 1 >= len(self._text) and not self._final:
            raise Unfinished
        note = note_label(self._text, pos, final=self._final)
        if note is None:
            self._open(pos, "[")
        elif note.text in self._references.notes:
            self._nodes.append(Node(note.text, RunKind.NOTE, href=note.text))
            self._pos = note.end
        else:
            self._unresolved.append((pos, "^" + note.text))
            self._literal(self._text[pos : note.end], note.end)

    def _closing_bracket(self, pos: int) -> None:
        if not self._brackets:
            self._literal("]", pos + 1)
            return
        if pos + 1 >= len(self._text) and not self._final:
            raise Unfinished
        bracket = self._brackets[-1]
        found = self._target(bracket, pos) if bracket.active else None
        self._brackets.pop()
        if found is not None:
            self._link(bracket, *found)
            return
        self._literal("]", pos + 1)
        self._uncut(bracket.pos)
        if bracket.active:
            self._doubt(bracket)
        self._match()

    def _target(self, bracket: Bracket, pos: int) -> tuple[refs.Target, int] | None:
        """Return where the link that ends with the bracket at `pos` leads, and its end."""
        text, limited = self._text, self._final or len(self._text) - pos > REACH
        if text.startswith("(", pos + 1):
            inline = refs.inline_target(text[pos + 1 : pos + REACH], 0, final=limited)
            if inline is not None:
                return inline[0], pos + 1 + inline[1]
        name = text[bracket.pos + (2 if bracket.image else 1) : pos]
        end, nested = pos + 1, bracket.nested
        if text.startswith("[", end):
            named = refs.label(text, end, final=self._final)
            if named is not None:
                end = named[1]
            if named is not None and end > pos + 3:
                name, nested = named[0], False
        if nested or not name.strip() or len(name) > refs.MAX_LABEL:
            return None
        wanted = refs.normalized(name)
        known = self._references.links.get(wanted)
        if known is None:
            self._unresolved.append((bracket.pos, wanted))
            return None
        return known, end

    def _link(self, bracket: Bracket, target: refs.Target, end: int) -> None:
        """Make a link or an image of everything since `bracket`."""
        self._balance(bracket.delimiters)
        del self._delimiters[bracket.delimiters :]
        self._matched = min(self._matched, bracket.delimiters)
        self._pos = end
        if bracket.image:
            alternative = "".join(
                [
                    node.title if node.text == OBJECT else node.text
                    for node in self._nodes[bracket.node + 1 :]
                ]
            )
            node = Node(OBJECT, RunKind.IMAGE, href=target.href)
            node.title = alternative
            self._nodes[bracket.node :] = [node]
        else:
            opening = self._nodes[bracket.node]
            opening.text, opening.link = "", target
            closing = Node("")
            closing.link = ("", "")
            self._nodes.append(closing)
            for outer in self._brackets:
                outer.active = outer.active and outer.image
        self._uncut(bracket.pos)
        self._match()
