"""Exports of other programs, as they are made by their sources, come in with all that is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.conversation_trees import everything

from core.models import ConversationTree, Message, MessageState, Role
from core.transfer.branches import shown_messages
from core.transfer.reading import Reading, read_file
from core.transfer.report import Skipped, SkipReason, Source

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Reading:
    return read_file(SAMPLES / name)


def read_value(tmp_path: Path, value: Any) -> Reading:
    path = tmp_path / "export"
    path.write_text(json.dumps(value), encoding="utf-8")
    return read_file(path)


def shown(tree: ConversationTree) -> list[str]:
    return [message.text for message in shown_messages(tree)]


def said(tree: ConversationTree, text: str) -> Message:
    [message] = [message for message in tree.messages if message.text == text]
    return message


def versions_of(tree: ConversationTree, text: str) -> list[str]:
    message = said(tree, text)
    return [
        other.text
        for other in tree.messages
        if (other.parent_id, other.role) == (message.parent_id, message.role)
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("chatgpt.json", Source.CHATGPT),
        ("chatbox.json", Source.CHATBOX),
        ("chatbox_old.json", Source.CHATBOX),
        ("librechat_flat.json", Source.LIBRECHAT),
        ("librechat_recursive.json", Source.LIBRECHAT),
        ("open_webui.json", Source.OPEN_WEBUI),
        ("beseda.json", Source.BESEDA),
    ],
)
def test_a_form_is_known_by_its_content_and_read_the_same_each_time(
    tmp_path: Path, name: str, source: Source
) -> None:
    path = tmp_path / "holiday.png"
    path.write_bytes(b"\xef\xbb\xbf \n" + (SAMPLES / name).read_bytes())
    reading = read_file(path)
    assert reading.sources == {source}
    again = sample(name)
    assert [everything(tree) for tree in reading.trees] == [everything(t) for t in again.trees]
    for tree in reading.trees:
        assert_is_sound(tree)


def assert_is_sound(tree: ConversationTree) -> None:
    """Parents come before children, ids are unique and sort like the tree, the leaf is there."""
    known: set[int | None] = {None}
    for message in tree.messages:
        assert message.parent_id in known
        assert message.id not in known
        assert 0 < message.id < 2**63
        known.add(message.id)
    assert tree.conversation.leaf_id in known
    assert 0 < tree.conversation.id < 2**63


class TestChatGPT:
    def test_the_branch_of_the_current_node_is_shown(self) -> None:
        [tree] = sample("chatgpt.json").trees
        assert shown(tree) == [
            "Which river is the longest?",
            "It depends: the Nile or the Amazon.",
            "[file: notes.pdf]\n\n[image]\n\nWhat is in this picture?",
            "```python\nprint('Nile')\n```",
            "[image: A river at dusk]",
        ]

    def test_edited_and_regenerated_messages_are_versions(self) -> None:
        [tree] = sample("chatgpt.json").trees
        assert versions_of(tree, "Which river is the longest?") == [
            "Which rivver is the longest?",
            "Which river is the longest?",
        ]
        assert versions_of(tree, "The Nile: 6,650 km.") == [
            "The Nile: 6,650 km.",
            "It depends: the Nile or the Amazon.",
        ]

    def test_thoughts_times_and_models_come_with_it(self) -> None:
        [tree] = sample("chatgpt.json").trees
        answer = said(tree, "The Nile: 6,650 km.")
        assert answer.reasoning == "**Comparing**\n\nNile or Amazon."
        assert (answer.model, answer.created_at) == ("o4-mini", 1717000064.25)
        assert said(tree, "The Nile, by most counts.").reasoning == ""
        conversation = tree.conversation
        assert (conversation.title, conversation.has_own_title) == ("Longest river", True)
        assert (conversation.is_pinned, conversation.is_archived) == (True, True)
        assert (conversation.created_at, conversation.updated_at) == (1717000000.25, 1717000110.25)

    def test_what_stays_behind_is_reported(self) -> None:
        assert set(sample("chatgpt.json").skipped) == {
            Skipped("Longest river", SkipReason.TOOL_MESSAGE, 2),
            Skipped("Longest river", SkipReason.ATTACHMENT, 3),
            Skipped("New chat", SkipReason.NO_MESSAGES, 1),
            Skipped("chatgpt.json", SkipReason.OTHER_DATA, 1),
        }

    def test_one_conversation_by_itself_is_read_too(self, tmp_path: Path) -> None:
        value = json.loads((SAMPLES / "chatgpt.json").read_bytes())[0]
        [tree] = read_value(tmp_path, value).trees
        assert everything(tree) == everything(sample("chatgpt.json").trees[0])

    def test_hidden_messages_stay_hidden_and_what_follows_them_stays(self, tmp_path: Path) -> None:
        value = json.loads((SAMPLES / "chatgpt.json").read_bytes())[0]
        answer = value["mapping"]["a2b"]["message"]
        answer["metadata"]["is_visually_hidden_from_conversation"] = True
        [tree] = read_value(tmp_path, value).trees
        assert "It depends: the Nile or the Amazon." not in [m.text for m in tree.messages]
        assert shown(tree)[0] == "Which river is the longest?"
        assert shown(tree)[-1] == "[image: A river at dusk]"


class TestChatbox:
    def test_a_session_comes_with_its_forks_and_its_threads(self) -> None:
        tree, thread = sample("chatbox.json").trees
        assert shown(tree) == [
            "[file: recipe.pdf]\n\nHow many eggs?",
            "Three eggs.\n\n[image]",
            "And milk?",
            "",
        ]
        assert versions_of(tree, "Two eggs.") == ["Three eggs.\n\n[image]", "Two eggs."]
        assert thread.conversation.title == "Pancakes – Waffles"
        assert shown(thread) == ["And waffles?"]

    def test_its_system_message_is_the_conversations_prompt(self) -> None:
        tree, _ = sample("chatbox.json").trees
        assert tree.conversation.system_prompt == "You are a cook."
        assert all(message.role is not Role.SYSTEM for message in tree.messages)
        assert (tree.conversation.model, tree.conversation.is_pinned) == ("gpt-4o", True)

    def test_an_answer_comes_with_thoughts_tokens_and_its_error(self) -> None:
        tree, _ = sample("chatbox.json").trees
        answer = said(tree, "Three eggs.\n\n[image]")
        assert (answer.reasoning, answer.model) == ("Four people.", "GPT-4o")
        assert (answer.prompt_tokens, answer.completion_tokens) == (12, 5)
        assert answer.created_at == 1716000005.0
        failed = said(tree, "")
        assert (failed.state, failed.error) == (MessageState.FAILED, "429 Too Many Requests")

    def test_an_old_backup_is_read(self) -> None:
        [tree] = sample("chatbox_old.json").trees
        assert shown(tree) == ["Hi", "Hello!"]
        assert tree.conversation.system_prompt == "You are a helpful assistant."
        assert not tree.conversation.has_own_title

    def test_an_export_of_one_session_is_read(self, tmp_path: Path) -> None:
        session = json.loads((SAMPLES / "chatbox.json").read_bytes())["session:s-1"]
        value = {"__version": 1, "__source": "chatbox", "session": session}
        reading = read_value(tmp_path, value)
        assert everything(reading.trees[0]) == everything(sample("chatbox.json").trees[0])


class TestLibreChat:
    @pytest.mark.parametrize("name", ["librechat_flat.json", "librechat_recursive.json"])
    def test_both_of_its_forms_give_the_same_conversation(self, name: str) -> None:
        [tree] = sample(name).trees
        assert shown(tree) == [
            "Tell me a story",
            "There was a fox.",
            "[image: fox.png]\n\nAnd then?",
            "",
        ]
        assert versions_of(tree, "Once upon a time") == ["Once upon a time", "There was a fox."]
        assert said(tree, "Once upon a time").state is MessageState.STOPPED
        assert said(tree, "There was a fox.").reasoning == "A short one."
        failed = said(tree, "")
        assert (failed.state, failed.error) == (MessageState.FAILED, "Something went wrong.")

    def test_its_options_become_the_conversations(self) -> None:
        [tree] = sample("librechat_flat.json").trees
        conversation = tree.conversation
        assert (conversation.model, conversation.system_prompt) == ("gpt-4o", "You tell stories.")
        assert conversation.parameters == {"temperature": 1, "top_p": 0.9}
        assert conversation.created_at == pytest.approx(1716919681.014)


class TestOpenWebUI:
    def test_a_chat_comes_with_its_branches_and_its_state(self) -> None:
        [tree] = sample("open_webui.json").trees
        assert shown(tree) == [
            "What is 15 * 17?",
            "255",
            "[image]\n\n[file: table.csv]\n\nAnd 16 * 17?",
        ]
        assert versions_of(tree, "255") == ["255", "It is 255."]
        conversation = tree.conversation
        assert (conversation.is_pinned, conversation.is_archived) == (True, True)
        assert (conversation.system_prompt, conversation.model) == ("Calculate.", "deepseek-r1")

    def test_thoughts_are_taken_out_of_the_text(self) -> None:
        reading = sample("open_webui.json")
        answer = said(reading.trees[0], "255")
        assert answer.reasoning == "15 times 17\nis 255"
        assert (answer.prompt_tokens, answer.completion_tokens) == (9, 4)
        assert Skipped("Multiplying", SkipReason.TOOL_MESSAGE, 1) in reading.skipped

    def test_a_chat_without_its_row_is_read(self, tmp_path: Path) -> None:
        value = json.loads((SAMPLES / "open_webui.json").read_bytes())[0]["chat"]
        [tree] = read_value(tmp_path, value).trees
        assert shown(tree)[1] == "255"


class TestOddTrees:
    def mapping(self, **links: str | None) -> dict[str, Any]:
        return {
            "title": "Odd",
            "mapping": {
                key: {
                    "id": key,
                    "parent": parent,
                    "message": {
                        "author": {"role": "user"},
                        "content": {"content_type": "text", "parts": [key]},
                    },
                }
                for key, parent in links.items()
            },
        }

    def test_circles_and_links_to_nowhere_are_cut(self, tmp_path: Path) -> None:
        value = self.mapping(a="b", b="c", c="a", d="d", e="gone", f="e", g="a")
        reading = read_value(tmp_path, [value])
        [tree] = reading.trees
        assert_is_sound(tree)
        assert sorted(message.text for message in tree.messages) == list("abcdefg")
        assert Skipped("Odd", SkipReason.BROKEN_LINK, 3) in reading.skipped

    def test_a_chain_of_many_thousands_is_no_trouble(self, tmp_path: Path) -> None:
        links = {f"n{n}": f"n{n - 1}" if n else None for n in range(20_000)}
        [tree] = read_value(tmp_path, [self.mapping(**links)]).trees
        assert_is_sound(tree)
        assert len(shown_messages(tree)) == 20_000

    def test_messages_without_a_time_sort_as_the_tree_does(self, tmp_path: Path) -> None:
        [tree] = read_value(tmp_path, [self.mapping(a=None, b="a", c="b", d="a")]).trees
        ids = {message.text: message.id for message in tree.messages}
        assert ids["a"] < ids["b"] < ids["c"]
        assert ids["b"] < ids["d"]

    @pytest.mark.parametrize("time", [-1, 1e300, float("nan"), "soon", 5, 10**30, True, [1]])
    def test_an_absurd_time_is_none(self, tmp_path: Path, time: object) -> None:
        value = self.mapping(a=None)
        value["create_time"] = value["mapping"]["a"]["message"]["create_time"] = time
        [tree] = read_value(tmp_path, [value]).trees
        assert (tree.conversation.created_at, tree.messages[0].created_at) == (0.0, 0.0)

    def test_what_no_text_may_hold_is_replaced(self, tmp_path: Path) -> None:
        value = self.mapping(a=None)
        value["title"] = "half \ud83d"
        value["mapping"]["a"]["message"]["content"]["parts"] = ["nul \0 and \udc00 half"]
        [tree] = read_value(tmp_path, [value]).trees
        assert tree.conversation.title == "half \N{REPLACEMENT CHARACTER}"
        assert tree.messages[0].text == (
            "nul \N{REPLACEMENT CHARACTER} and \N{REPLACEMENT CHARACTER} half"
        )
