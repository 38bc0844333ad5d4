from __future__ import annotations

import re

import pytest
from helpers.markdown_oracle import expected, found
from helpers.markdown_texts import documents, examples, without_alien_marks
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gui.transcript.engine import parse


@pytest.mark.parametrize("text", [t for t in examples() if without_alien_marks(t)])
def test_an_example_reads_as_markdown_it_reads_it(text: str) -> None:
    assert found(parse(text)) == expected(text)


def test_there_are_examples_enough() -> None:
    assert len([text for text in examples() if without_alien_marks(text)]) >= 300


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(plain=True))
def test_generated_markdown_reads_as_markdown_it_reads_it(text: str) -> None:
    text = text.replace("http://x.y", "/x")
    assume(without_alien_marks(text))
    assert found(parse(text)) == expected(text)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="ab *_[]()`~<>!\\&;\"'", max_size=20))
def test_any_line_reads_as_markdown_it_reads_it(text: str) -> None:
    assume(without_alien_marks(text) and not re.search(r"<!--|\\ ", text))
    text = "x " + text.strip()
    assert found(parse(text)) == expected(text)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            [
                "- ",
                "* ",
                "1. ",
                "2) ",
                "> ",
                "  ",
                "    ",
                "# ",
                "```",
                "~~~",
                "---",
                "===",
                "a",
                "b",
            ]
            + ["\n"] * 6
        ),
        max_size=16,
    ).map("".join)
)
def test_any_structure_reads_as_markdown_it_reads_it(text: str) -> None:
    # There it goes on with a quote whose mark is indented by four columns; the specification
    # has code there.
    assume(not re.search(r" {4}>", text))
    assert found(parse(text)) == expected(text)
