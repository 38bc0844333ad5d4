from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from core.models import MessageState, Role
from gui.transcript import formulas
from gui.transcript.formulas import MAX_SECONDS, FormulaCache, FormulaKey, typeset

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLine
    from pytestqt.qtbot import QtBot

    from gui.transcript.view import TranscriptView


def key(tex: str) -> FormulaKey:
    return FormulaKey(tex, False, 16.0, "#000000")


def first_line(view: TranscriptView) -> QTextLine:
    layout = view.conversation.layout(0).answer.layouts[0]
    layout.ensure()
    assert layout.document is not None
    return layout.document.begin().layout().lineAt(0)


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b}",
        r"\sum_{i=1}^n i^2",
        r"\sqrt{x}",
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
        r"\alpha \le \beta",
        r"\text{если } x > 0",
    ],
)
def test_formulas_of_the_usual_kinds_are_drawn(tex: str) -> None:
    formula = typeset(key(tex))
    assert formula is not None
    assert formula.svg.startswith(b"<svg")
    assert 0 <= formula.depth < formula.height


@pytest.mark.parametrize("tex", [r"\frac{", r"\def\a{\a\a}\a", "{" * 3000, "", r"\left("])
def test_hostile_and_broken_formulas_stay_source(tex: str, qtbot: QtBot) -> None:
    cache = FormulaCache()
    cache.get(key(tex))
    qtbot.waitUntil(lambda: not cache.busy, timeout=10_000)
    assert cache.get(key(tex)) is None
    assert not cache.busy


def test_a_formula_that_takes_too_long_is_given_up(qtbot: QtBot) -> None:
    cache = FormulaCache()
    slow = "x^{" * 150 + "x" + "}" * 150 + "+".join(r"\frac{a}{b}" for _ in range(30))
    began = time.monotonic()
    cache.get(key(slow[: formulas.MAX_TEX]))
    qtbot.waitUntil(lambda: not cache.busy, timeout=15_000)
    assert time.monotonic() - began < MAX_SECONDS + 5


def test_a_longer_formula_is_not_even_tried() -> None:
    cache = FormulaCache()
    assert cache.get(key("x" * 5000)) is None
    assert not cache.busy


def test_the_source_is_shown_first_and_then_the_formula_on_the_baseline(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.add_message(Role.ASSISTANT, r"Before $\frac{a}{b}$ after.", state=MessageState.COMPLETE)
    plain = first_line(view)
    assert plain.isValid()
    ascent = plain.ascent()
    qtbot.waitUntil(lambda: not view.formulas.busy, timeout=10_000)
    qtbot.waitUntil(lambda: first_line(view).descent() > 6, timeout=5_000)
    assert first_line(view).ascent() >= ascent - 6


def test_a_displayed_formula_takes_its_height_when_it_is_ready(
    view: TranscriptView, qtbot: QtBot
) -> None:
    view.add_message(Role.ASSISTANT, "$$\n\\int_0^1 x\\,dx\n$$", state=MessageState.COMPLETE)
    layout = view.conversation.layout(0).answer.layouts[0]
    qtbot.waitUntil(
        lambda: (
            view.formulas.get(view.kit.objects.key(layout.segment.text.strip(), large=True))
            is not None
        ),
        timeout=10_000,
    )
    qtbot.waitUntil(lambda: layout.document is None, timeout=5_000)
    assert layout.height > 30


def test_no_engine_runs_while_a_formula_is_unfinished(view: TranscriptView) -> None:
    view.add_message(Role.ASSISTANT, "")
    view.append_text("$$\n\\frac{a}{")
    view.pump.flush()
    assert not view.formulas.busy
