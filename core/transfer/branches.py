"""What a reader of a conversation sees: one branch of its tree, without what was thrown away."""

from __future__ import annotations

from core.models import ConversationTree, Message


def shown_messages(tree: ConversationTree) -> tuple[Message, ...]:
    """Return the messages of the shown branch that are not in the trash, oldest first."""
    by_id = {message.id: message for message in tree.messages}
    branch: list[Message] = []
    step = tree.conversation.leaf_id
    # A damaged tree may hold a circle; popping what was seen ends it.
    while step is not None and (message := by_id.pop(step, None)) is not None:
        if not message.deleted_at:
            branch.append(message)
        step = message.parent_id
    return tuple(reversed(branch))
