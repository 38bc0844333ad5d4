"""Measures the transcript in a window that nobody sees: `transcript_frames.py FIGURE ROUNDS`.

Prints `{name: [ours, theirs]}` as a line of JSON: lists of what each round gave, or of what all
rounds together gave where there is nothing to compare with. CPU milliseconds of this thread.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

from helpers.transcript_workload import adversarial, conversation, mixed
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from core.models import Message, MessageState, Role
from gui.transcript.style import TranscriptStyle
from gui.transcript.view import TranscriptView

STEP = 133
"""Characters a frame: 2,000 deltas a second of 4 characters, 60 frames a second."""
TAILS = ("table", "quote", "html", "paragraph", "list", "nested list", "fence", "one line")
SIZE = (900, 700)
WIDTHS = (700, 640, 720, 600, 900)
PLACES = 20
PAGE = 650

Figures = dict[str, tuple[list[float], list[float]]]

application = QApplication([])
application.setFont(QFont("DejaVu Sans", 10))


def shown_view() -> TranscriptView:
    """Return an empty view that is shown."""
    view = TranscriptView(TranscriptStyle.load("light"))
    view.resize(*SIZE)
    view.show()
    application.processEvents()
    return view


def cpu(action: Callable[[], object]) -> float:
    """Return the milliseconds of an action with all that follows from it at once."""
    began = thread_time()
    action()
    application.processEvents()
    return (thread_time() - began) * 1e3


def frames(view: TranscriptView, text: str) -> list[float]:
    """Return the milliseconds of each frame while a text is streamed."""

    def show(start: int) -> None:
        view.append_text(text[start : start + STEP])
        view.pump.flush()

    return [cpu(partial(show, start)) for start in range(0, len(text), STEP)]


def streamed(text: str) -> tuple[float, float]:
    """Stream a whole reply; return the milliseconds of it, and the longest frame's by the wall."""
    view = shown_view()
    view.add_message(Role.USER, "Go on.", state=MessageState.COMPLETE)
    view.add_message(Role.ASSISTANT, "")
    whole, longest = 0.0, 0.0
    for start in range(0, len(text), STEP):
        began = perf_counter()
        whole += sum(frames(view, text[start : start + STEP]))
        longest = max(longest, perf_counter() - began)
    whole += cpu(partial(view.end_message, MessageState.COMPLETE))
    view.deleteLater()
    return whole, longest * 1e3


def appended(text: str) -> float:
    """Append the text, in the same frames, to a plain text edit that follows its end."""
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.resize(*SIZE)
    edit.show()
    application.processEvents()
    cursor = QTextCursor(edit.document())
    bar = edit.verticalScrollBar()

    def show(start: int) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text[start : start + STEP])
        bar.setValue(bar.maximum())

    whole = sum([cpu(partial(show, start)) for start in range(0, len(text), STEP)])
    edit.deleteLater()
    return whole


def frame_after(text: str, size: int, count: int) -> float:
    """Return the median of the frames that follow `size` characters of a text."""
    view = shown_view()
    view.add_message(Role.ASSISTANT, "")
    for start in range(0, size, 1500):
        view.append_text(text[start : min(size, start + 1500)])
        view.pump.flush()
        application.processEvents()
    view.background.finish()
    application.processEvents()
    result = statistics.median(frames(view, text[size : size + count * STEP]))
    view.deleteLater()
    return result


def reply(rounds: int) -> Figures:
    """Measure a whole reply of 80,000 characters against the plain text edit."""
    text = mixed(80_000)
    streamed(mixed(3_000))
    both = [(appended(text), *streamed(text)) for _ in range(rounds)]
    plain, whole, longest = ([*column] for column in zip(*both, strict=True))
    return {"whole": (whole, plain), "longest": (longest, [])}


def growth(rounds: int) -> Figures:
    """Measure a frame after 200,000 characters and after 1,000, over the same text."""
    text = mixed(60_000, seed=5)
    long, short = (f"{mixed(size, seed=9)}\n\n{text}" for size in (200_000, 1_000))
    streamed(mixed(3_000))
    both = [
        (frame_after(long, 200_000, 120), frame_after(short, 1_000, 120)) for _ in range(rounds)
    ]
    return {"frame": tuple([*column] for column in zip(*both, strict=True))}


def tails(rounds: int) -> Figures:
    """Measure a frame at the end of one giant block of each kind."""
    streamed(mixed(3_000))
    result: Figures = {}
    for kind in TAILS:
        text = adversarial(kind, 68_000)
        both = [
            (frame_after(text, 60_000, 40), frame_after(text, 2_000, 40)) for _ in range(rounds)
        ]
        result[kind] = tuple([*column] for column in zip(*both, strict=True))
    return result


def messages(count: int) -> list[Message]:
    """Return a long conversation."""
    return [Message(Role(role), text) for role, text in conversation(count)]


def large(rounds: int) -> Figures:
    """Open, resize, page and scroll 10,000 messages and 1,000."""
    many = messages(10_000)
    few = many[:1_000]
    _look_around(few)
    result: Figures = {"open": ([], []), "resize": ([], []), "page": ([], []), "jump": ([], [])}
    for _ in range(rounds):
        for side, shown in enumerate((many, few)):
            for name, values in _look_around(shown).items():
                result[name][side].extend(values)
    return result


def _look_around(shown: list[Message]) -> dict[str, list[float]]:
    view = shown_view()
    gc.collect()
    gc.freeze()  # so that no full collection falls into what is measured
    opened = cpu(partial(view.set_messages, shown))
    view.background.finish()
    resized = [cpu(partial(view.resize, width, SIZE[1])) for width in WIDTHS]
    view.background.finish()
    jumps, pages = [], []
    for number in range(PLACES):
        place = view.scroller.maximum * number // PLACES + 4_000
        jumps.append(_seen(view, partial(_jump, view, place)))
        application.processEvents()
        pages.append(_seen(view, partial(view.scroll_pixels, -PAGE)))
    view.deleteLater()
    return {"open": [opened], "resize": [statistics.median(resized)], "page": pages, "jump": jumps}


def _jump(view: TranscriptView, y: int) -> None:
    view.scroller.scroll_to(y)
    view.refresh()


def _seen(view: TranscriptView, action: Callable[[], object]) -> float:
    """Return the milliseconds until the effect is painted; what can wait comes later."""
    began = thread_time()
    action()
    view.viewport().repaint()
    return (thread_time() - began) * 1e3


def memory(_rounds: int) -> Figures:
    """Open 10,000 messages after 100, look around, and tell by how many MB the process grew."""
    many = messages(10_000)
    _look_around(many[:100])
    gc.collect()
    before = _resident()
    view = shown_view()
    view.set_messages(many)
    view.background.finish()
    for number in range(PLACES):
        _jump(view, view.scroller.maximum * number // PLACES)
        application.processEvents()
    view.background.tidy()
    gc.collect()
    return {"memory": ([_resident() - before], [])}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


FIGURES = {function.__name__: function for function in (reply, growth, tails, large, memory)}
print(json.dumps(FIGURES[sys.argv[1]](int(sys.argv[2]))), flush=True)
