"""Our own JSON: what goes out comes in again, the same in every field."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.conversation_trees import conversation_trees, everything, small_tree
from hypothesis import given

from core.errors import Fault, TransferError
from core.models import ConversationTree, Message, MessageState, Role
from core.transfer.json_format import DEEPEST_PARAMETER, encoded, json_chunks, read
from core.transfer.reading import read_file
from core.transfer.report import SkipReason

SAMPLE = Path(__file__).parent / "samples" / "beseda.json"


def read_again(tree: ConversationTree) -> ConversationTree:
    skipped: Counter[SkipReason] = Counter()
    [again] = read(json.loads(encoded(tree)), skipped)
    assert not skipped
    return again


@given(tree=conversation_trees())
def test_a_conversation_comes_back_equal_in_every_field(tree: ConversationTree) -> None:
    assert everything(read_again(tree)) == everything(tree)


def test_a_file_holds_many_conversations(tmp_path: Path) -> None:
    trees = [small_tree(id_=number * 10 + 1, folder="Ё") for number in range(5)]
    path = tmp_path / "no suffix"
    path.write_bytes(b"".join(json_chunks(trees)))
    assert json.loads(path.read_bytes())["format"] == "beseda-conversations"
    reading = read_file(path)
    assert [everything(tree) for tree in reading.trees] == [everything(tree) for tree in trees]


def test_a_file_of_no_conversation_is_one_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_bytes(b"".join(json_chunks([])))
    assert read_file(path).trees == []


def test_the_documented_form_is_read_as_documented() -> None:
    [tree] = read_file(SAMPLE).trees
    conversation = tree.conversation
    assert (conversation.id, conversation.title) == (918273645546372819, "Capitals")
    assert conversation.parameters == {"temperature": 0.2}
    assert (conversation.is_pinned, conversation.draft, tree.folder) == (True, "And of", "School")
    assert [message.text for message in tree.messages] == ["The capital of Peru?", "Lima.", "Cuz"]
    question, answer, stopped = tree.messages
    assert conversation.leaf_id == answer.id
    assert answer.parent_id == stopped.parent_id == question.id
    assert (stopped.state, stopped.deleted_at) == (MessageState.STOPPED, 1796000003.0)
    assert (answer.prompt_tokens, answer.finish_reason, answer.ended_at) == (
        8,
        "stop",
        1796000002.5,
    )


def test_the_example_of_the_documentation_is_valid(tmp_path: Path) -> None:
    page = Path(__file__).parents[3] / "core" / "transfer" / "json_format.md"
    example = page.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    path = tmp_path / "example.json"
    path.write_text(example, encoding="utf-8")
    [tree] = read_file(path).trees
    assert [message.text for message in tree.messages] == ["The capital of Peru?", "Lima."]
    written = json.loads(encoded(tree))
    assert written == json.loads(example)["conversations"][0]


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.json"
    path.write_text('{"format": "beseda-conversations", "version": 2, "conversations": []}')
    with pytest.raises(TransferError) as caught:
        read_file(path)
    assert caught.value.fault is Fault.NEWER_EXPORT


def sample(**changes: Any) -> dict[str, Any]:
    value = json.loads(SAMPLE.read_bytes())["conversations"][0]
    return {**value, **changes}


def test_ids_that_cannot_be_are_made_anew_and_are_the_same_each_time() -> None:
    messages = sample()["messages"]
    messages[2]["id"] = messages[1]["id"]
    messages[0]["parent_id"] = "77"
    value = sample(id=5, messages=messages)
    skipped: Counter[SkipReason] = Counter()
    [tree] = read(value, skipped)
    assert skipped == {SkipReason.DUPLICATE_MESSAGE: 1, SkipReason.BROKEN_LINK: 1}
    assert [message.text for message in tree.messages] == ["The capital of Peru?", "Lima."]
    assert tree.messages[1].parent_id == tree.messages[0].id
    assert tree.conversation.leaf_id == tree.messages[1].id
    assert everything(read(value, Counter())[0]) == everything(tree)


def test_a_leaf_that_is_not_there_becomes_the_newest_one() -> None:
    [tree] = read(sample(leaf_id="12"), Counter())
    assert tree.conversation.leaf_id == tree.messages[-1].id


def test_values_of_the_wrong_kind_are_left_out() -> None:
    value = sample(
        title=["x"],
        is_pinned="yes",
        created_at="now",
        updated_at=1e300,
        folder="School",
        draft=None,
    )
    value["messages"].append({"role": "wizard", "text": "abracadabra"})
    value["messages"].append(["not even an object"])
    skipped: Counter[SkipReason] = Counter()
    [tree] = read(value, skipped)
    conversation = tree.conversation
    assert (conversation.title, conversation.is_pinned, conversation.draft) == ("", False, "")
    assert (conversation.created_at, conversation.updated_at, tree.folder) == (0.0, 0.0, "")
    assert skipped == {SkipReason.BROKEN_MESSAGE: 2}


def test_parameters_too_deep_to_be_sent_are_left_out() -> None:
    deep: Any = 1
    for _ in range(DEEPEST_PARAMETER):
        deep = [deep]
    skipped: Counter[SkipReason] = Counter()
    assert read(sample(parameters={"a": deep[0]}), skipped)[0].conversation.parameters
    assert not skipped
    assert not read(sample(parameters={"a": [deep]}), skipped)[0].conversation.parameters
    assert skipped == {SkipReason.BROKEN_VALUE: 1}


def test_text_that_cannot_be_encoded_is_exported_all_the_same() -> None:
    tree = small_tree(title="half \ud83d", answer="nul \0")
    odd = replace(tree.conversation, parameters={"a\udc00": ["\ud800", float("inf"), 2**70]})
    again = read_again(replace(tree, conversation=odd))
    assert again.conversation.title == "half \N{REPLACEMENT CHARACTER}"
    assert again.messages[2].text == "nul \N{REPLACEMENT CHARACTER}"
    assert dict(again.conversation.parameters) == {
        "a\N{REPLACEMENT CHARACTER}": ["\N{REPLACEMENT CHARACTER}", None, None]
    }


def test_a_message_that_is_being_written_stays_what_it_is() -> None:
    message = Message(Role.ASSISTANT, "Half", id=7, state=MessageState.STREAMING)
    tree = ConversationTree(replace(small_tree().conversation, leaf_id=7), (message,))
    assert read_again(tree).messages[0].state is MessageState.STREAMING
