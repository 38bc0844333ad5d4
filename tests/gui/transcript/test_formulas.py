from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from core.models import MessageState, Role
from gui.transcript import formulas
from gui.transcript.formula_process import MAX_SECONDS, FormulaProcess
from gui.transcript.formulas import FormulaCache
from gui.transcript.typesetting import FormulaKey, typeset

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


@pytest.fixture
def process() -> Iterator[FormulaProcess]:
    result = FormulaProcess()
    yield result
    result.close()


def test_another_process_draws_what_this_one_would(process: FormulaProcess) -> None:
    assert process.draw(key(r"\frac{a}{b}")) == typeset(key(r"\frac{a}{b}"))
    assert process.is_running


def test_a_formula_that_cannot_be_drawn_leaves_the_process_to_the_next(
    process: FormulaProcess,
) -> None:
    assert process.draw(key(r"\frac{")) is None
    assert process.is_running
    assert process.draw(key("x")) is not None


def test_a_process_that_rests_is_started_again_for_the_next_formula(
    process: FormulaProcess,
) -> None:
    process.draw(key("x"))
    process.rest()
    assert not process.is_running
    assert process.draw(key("y")) is not None


def test_a_process_that_hangs_is_ended_and_replaced() -> None:
    hangs = "print('ready', flush=True); import time; time.sleep(60)"
    process = FormulaProcess([sys.executable, "-c", hangs])
    began = time.monotonic()
    assert process.draw(key("x")) is None
    assert time.monotonic() - began < MAX_SECONDS + 5
    assert not process.is_running
    process.close()


@pytest.mark.parametrize(
    "command", [["/nowhere/to/be/found"], [sys.executable, "-c", "raise SystemExit(1)"]]
)
def test_without_a_process_formulas_stay_source_and_the_log_says_so_once(
    command: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    process = FormulaProcess(command)
    with caplog.at_level(logging.WARNING):
        assert process.draw(key("x")) is None
        assert process.draw(key("y")) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    caplog.clear()


def test_a_closed_process_is_never_started_again(process: FormulaProcess) -> None:
    process.close()
    assert process.draw(key("x")) is None
    assert not process.is_running


def test_what_is_drawn_already_is_not_laid_out_again(view: TranscriptView, qtbot: QtBot) -> None:
    view.add_message(Role.ASSISTANT, r"A $\frac{a}{b}$ and $c$.", state=MessageState.COMPLETE)
    first_line(view)
    qtbot.waitUntil(lambda: first_line(view).descent() > 6, timeout=15_000)
    qtbot.waitUntil(lambda: not view.formulas.busy, timeout=10_000)
    layout = view.conversation.layout(0).answer.layouts[0]
    layout.objects_changed(formulas_only=True)
    assert not layout.objects_changed(formulas_only=True)
    assert layout.objects_changed()
