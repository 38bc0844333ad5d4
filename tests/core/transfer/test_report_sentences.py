"""What a person reads of an import."""

from __future__ import annotations

import pytest

from core.transfer.report import ImportReport, Skipped, SkipReason
from core.transfer.report_sentences import import_sentence, skip_sentences


@pytest.mark.parametrize("reason", list(SkipReason))
def test_every_reason_has_a_sentence(reason: SkipReason) -> None:
    [sentence] = skip_sentences([Skipped("Rivers", reason, 12)])
    assert sentence.endswith(": 12 (“Rivers”).")


def test_places_are_named_once_and_only_the_first_few() -> None:
    skipped = [Skipped(f"number {n % 5}", SkipReason.TOOL_MESSAGE, 2) for n in range(10)]
    [sentence] = skip_sentences([*skipped, *skipped])
    assert sentence.endswith(": 40 (“number 0”, “number 1”, “number 2”, …).")


def test_names_from_elsewhere_steer_nothing_and_fill_no_placeholder() -> None:
    name = "\x1b[2J{count}\n\u202e" + "x" * 1000
    [sentence] = skip_sentences([Skipped(name, SkipReason.ATTACHMENT)])
    assert sentence.isprintable()
    assert "[2J{count} xx" in sentence
    assert len(sentence) < 200
    assert import_sentence(ImportReport(), name).isprintable()


def test_templates_are_translated_before_they_are_filled() -> None:
    asked: list[str] = []

    def translate(template: str) -> str:
        asked.append(template)
        return "{count} в {places}"

    skipped = [Skipped("Реки", SkipReason.BROKEN_VALUE)]
    assert skip_sentences(skipped, translate=translate) == ["1 в “Реки”"]
    assert "{count}" in asked[0]
