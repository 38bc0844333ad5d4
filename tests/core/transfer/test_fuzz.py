"""Whatever becomes of an export on its way, it is read, or refused with an error that is expected.

The examples are made by changing the real ones: their bytes, and the values in them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.conversation_trees import everything, json_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ChatError
from core.models import ConversationTree
from core.transfer.html import html_of
from core.transfer.json_format import encoded
from core.transfer.markdown import markdown_of
from core.transfer.plain_text import plain_text_of
from core.transfer.reading import read_file
from core.transfer.words import Words

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
ODD: list[Any] = [
    *(None, True, 0, -1, 2**63, 2**200, 1e400, "", "\ud800", "0", [], {}, [[]], {"": None}),
    *("all", "user", "system", "text", [1], ["text"], {"a": "b"}, [{}], {"role": "user"}),
]

fuzzing = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place in a value of JSON: what it is in, and its key there."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    for container in waiting:
        keys = list(container) if isinstance(container, dict) else range(len(container))
        found.extend((container, key) for key in keys)
        waiting.extend(container[key] for key in keys if isinstance(container[key], dict | list))
    return found


def read_and_use(path: Path) -> None:
    try:
        trees = read_file(path).trees
    except ChatError:
        return
    for tree in trees:
        use(tree)


def use(tree: ConversationTree) -> None:
    """Do with a conversation that came in whatever is done with one."""
    known: set[int | None] = {None}
    for message in tree.messages:
        assert message.parent_id in known
        assert message.id not in known
        assert 0 < message.id < 2**63
        known.add(message.id)
    assert tree.conversation.leaf_id in known
    assert json.loads(encoded(tree))["id"] == str(tree.conversation.id)
    for render in (markdown_of, html_of, plain_text_of):
        assert render(tree, words=Words()).encode()
    json.dumps(everything(tree), allow_nan=False).encode()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@fuzzing
@given(data=st.data())
def test_changed_values_are_no_trouble(tmp_path: Path, sample: Path, data: st.DataObject) -> None:
    value = json.loads(sample.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(places(value) or [([0], 0)]))
        kind = data.draw(st.sampled_from(["odd", "any", "copy", "gone"]))
        if kind == "gone":
            del container[key]
        elif kind == "copy":
            other, other_key = data.draw(st.sampled_from(places(value)))
            container[key] = json.loads(json.dumps(other[other_key]))
        else:
            container[key] = data.draw(st.sampled_from(ODD) if kind == "odd" else json_values)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    read_and_use(path)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@fuzzing
@given(data=st.data())
def test_changed_bytes_are_no_trouble(tmp_path: Path, sample: Path, data: st.DataObject) -> None:
    content = bytearray(sample.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 30))
        content[start : start + length] = data.draw(st.binary(max_size=8))
        content = content or bytearray(b"[")
    path = tmp_path / "changed.json"
    path.write_bytes(content)
    read_and_use(path)


@fuzzing
@given(value=json_values)
def test_any_json_is_no_trouble(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "any.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    read_and_use(path)
