"""A label that shows where in it a search was successful."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget


class FoundText(QLabel):
    """Sentences that take as many lines as they need; what was looked for is marked."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.has_buddy = False
        """Whether it names a control: an ampersand then stands for a key."""
        self.setWordWrap(True)
        self.mark("")

    def whole_text(self) -> str:
        """Return the text as it was given."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show another text, with nothing marked."""
        self._text = text
        self.mark("")

    def name(self, control: QWidget) -> None:
        """Be the label of a control."""
        self.setBuddy(control)
        self.has_buddy = True
        self.mark("")

    def mark(self, query: str) -> None:
        """Mark the words of `query`, however they are written; nothing when it is empty."""
        spans = _found(self._text, query)
        if not spans:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._text.replace("&", "&&") if self.has_buddy else self._text)
            return
        palette = QPalette()
        back = palette.color(QPalette.ColorRole.Highlight).name()
        front = palette.color(QPalette.ColorRole.HighlightedText).name()
        pieces, end = [], 0
        for start, stop in spans:
            words = escape(self._text[start:stop])
            pieces.append(escape(self._text[end:start]))
            pieces.append(f'<span style="background-color:{back};color:{front}">{words}</span>')
            end = stop
        pieces.append(escape(self._text[end:]))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText("".join(pieces))


def folded_words(query: str) -> list[str]:
    """Return what has to be found, each in one form of all its spellings."""
    return _folded(query).split()


def contains_all(text: str, words: list[str]) -> bool:
    """Tell whether each of the words is somewhere in the text."""
    folded = _folded(text)
    return all(word in folded for word in words)


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _found(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the words are, in order, without overlaps."""
    folded = _folded(text)
    if len(folded) != len(text):
        return []  # a letter that has another length in small: nothing can be marked rightly
    spans = []
    for word in folded_words(query):
        start = folded.find(word)
        while start >= 0:
            spans.append((start, start + len(word)))
            start = folded.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged
