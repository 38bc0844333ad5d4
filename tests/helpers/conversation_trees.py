"""Conversations with branches: a small one to look at, and any that there could be."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hypothesis import strategies as st

from core.attachments import clean_name
from core.models import Attachment, Conversation, ConversationTree, Message, MessageState, Role

MARCH = 1_772_000_000.0
"""A time in 2026."""

_EMPTY: st.SearchStrategy[None] = st.none()
ids = st.integers(min_value=1, max_value=2**63 - 1)
times = st.one_of(st.just(0.0), st.floats(min_value=0, max_value=4e9))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
counts = st.one_of(_EMPTY, st.integers(min_value=0, max_value=2**63 - 1))
json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(min_value=-(2**63), max_value=2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        texts,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)

_STARTS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF89a",
    "image/webp": b"RIFF\0\0\0\0WEBP",
}
pictures = st.builds(
    lambda name, kind, rest: Attachment(clean_name(name), kind, _STARTS[kind] + rest),
    texts,
    st.sampled_from(sorted(_STARTS)),
    st.binary(max_size=30),
)
text_files = st.builds(
    lambda name, text: Attachment(clean_name(name), "text/plain", text.lstrip("\ufeff").encode()),
    texts,
    texts,
)
attachments = st.lists(st.one_of(pictures, text_files), max_size=2).map(tuple)


@st.composite
def conversation_trees(draw: st.DrawFn) -> ConversationTree:
    """Any conversation that a store may give."""
    message_ids = draw(st.lists(ids, max_size=6, unique=True))
    messages = tuple(
        draw(_messages(message_id, message_ids[:number]))
        for number, message_id in enumerate(message_ids)
    )
    folder_id = draw(st.one_of(_EMPTY, ids))
    conversation = Conversation(
        draw(ids),
        leaf_id=draw(st.sampled_from(message_ids)) if message_ids else None,
        title=draw(texts),
        has_own_title=draw(st.booleans()),
        profile=draw(texts),
        model=draw(texts),
        system_prompt=draw(texts),
        parameters=draw(st.dictionaries(texts, json_values, max_size=3)),
        folder_id=folder_id,
        is_pinned=draw(st.booleans()),
        is_archived=draw(st.booleans()),
        draft=draw(texts),
        created_at=draw(times),
        updated_at=draw(times),
        deleted_at=draw(times),
    )
    return ConversationTree(conversation, messages, draw(texts) if folder_id else "")


@st.composite
def _messages(draw: st.DrawFn, message_id: int, earlier: list[int]) -> Message:
    return Message(
        draw(st.sampled_from(Role)),
        draw(texts),
        id=message_id,
        parent_id=draw(st.sampled_from([None, *earlier])),
        state=draw(st.sampled_from(MessageState)),
        reasoning=draw(texts),
        profile=draw(texts),
        model=draw(texts),
        finish_reason=draw(texts),
        error=draw(texts),
        prompt_tokens=draw(counts),
        completion_tokens=draw(counts),
        created_at=draw(times),
        ended_at=draw(times),
        deleted_at=draw(times),
        attachments=draw(attachments),
    )


def small_tree(
    *, id_: int = 100, title: str = "Rivers", answer: str = "The Nile.", folder: str = ""
) -> ConversationTree:
    """A question with two versions of the answer, of which the second is shown."""
    question = Message(Role.USER, "The longest?", id=id_ + 1, created_at=MARCH)
    first = Message(
        Role.ASSISTANT, "The Amazon.", id=id_ + 2, parent_id=question.id, created_at=MARCH + 1
    )
    second = Message(
        Role.ASSISTANT,
        answer,
        id=id_ + 3,
        parent_id=question.id,
        model="m-1",
        reasoning="Compare.",
        created_at=MARCH + 2,
    )
    conversation = Conversation(
        id_, title=title, leaf_id=second.id, created_at=MARCH, updated_at=MARCH + 2
    )
    return ConversationTree(conversation, (question, first, second), folder)


def everything(tree: ConversationTree) -> dict[str, Any]:
    """Return all fields, the ones too that do not count when two values are compared."""
    conversation = tree.conversation
    names = [name for name in Conversation.__slots__ if name not in {"versions", "parameters"}]
    return {
        **{name: getattr(conversation, name) for name in names},
        "parameters": dict(conversation.parameters),
        "all_messages": [asdict(message) for message in tree.messages],
        "folder_name": tree.folder,
    }
