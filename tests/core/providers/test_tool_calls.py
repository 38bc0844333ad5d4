"""Calls of tools whose arguments are made to do harm."""

from __future__ import annotations

import sys

import pytest

from core.providers.tool_calls import ToolCalls


def shown(arguments: object) -> str:
    calls = ToolCalls()
    calls.add([{"index": 0, "function": {"name": "f", "arguments": arguments}}])
    return calls.text()


def test_arguments_that_are_nested_deep_are_not_indented() -> None:
    arguments = "[" * 500 + "1," * 10_000 + "1" + "]" * 500
    text = shown(arguments)
    assert len(text) < len(arguments) + 100
    assert arguments in text


@pytest.mark.parametrize("below", range(40))
def test_arguments_may_be_nested_as_deep_as_python_goes(below: int) -> None:
    depth = sys.getrecursionlimit() - below
    assert shown("[" * depth + "]" * depth)


def test_an_object_in_the_place_of_a_text_is_shown() -> None:
    assert '"city": "Paris"' in shown({"city": "Paris"})
