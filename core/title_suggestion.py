"""A title that a model gives to a conversation, when the user wants one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.chat import new_conversation
from core.events import StreamEvent, TextDelta
from core.models import Conversation, Profile
from core.reply import Reply
from core.titles import title_from_model, title_messages

LONGEST_WAIT = 20.0
"""Seconds."""
LONGEST_LOOK = 200
"""Characters of the answer after which the service is left: a title is shorter."""

OpenReply = Callable[[Conversation, Profile], Awaitable[Reply]]
"""Gives the reply to a conversation's last question, ready to run; may raise ChatError."""


async def suggest_title(
    conversation: Conversation,
    profile: Profile,
    open_reply: OpenReply,
    *,
    longest_wait: float = LONGEST_WAIT,
) -> str:
    """Return the title that a model gives; empty when nothing came in time that can be one.

    Nothing of it is kept, and what the service remembers of the conversation stays as it is.

    Raises:
        ChatError: the service cannot be asked, or failed.
    """
    asked = replace(new_conversation(), messages=title_messages(conversation))
    reply: Reply | None = None
    try:
        async with asyncio.timeout(longest_wait) as limit:
            reply = await open_reply(asked, profile)

            def look(event: StreamEvent) -> None:
                if isinstance(event, TextDelta) and len(reply.text) >= LONGEST_LOOK:
                    limit.reschedule(asyncio.get_running_loop().time())

            await reply.run(look)
    except TimeoutError:
        pass
    return "" if reply is None else title_from_model(reply.text)
