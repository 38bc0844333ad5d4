"""The use cases of a conversation, as pure functions on frozen values."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.attempts import NEVER_AGAIN, Account, Attempt, OpenAccount, RetryPolicy
from core.context import to_send
from core.continuation import CONTINUE_QUESTION
from core.errors import InvalidPromptError
from core.ids import new_id
from core.models import Attachment, ChatRequest, Conversation, Message, MessageState, Profile, Role
from core.patience import Patience
from core.reply import Reply, ReplyState
from core.text import without_surrogates
from core.titles import title_from

if TYPE_CHECKING:
    from core.access import Access

Clock = Callable[[], float]
"""Seconds since 1970, UTC."""


def new_conversation(*, clock: Clock = time.time) -> Conversation:
    """Return an empty conversation under an id of its own."""
    now = clock()
    return Conversation(new_id(), created_at=now, updated_at=now)


def clean_prompt(text: str) -> str:
    """Return `text` without NUL and without lone surrogates, so that it can be sent.

    Raises:
        InvalidPromptError: nothing but white space is left.
    """
    cleaned = without_surrogates(text.replace("\0", ""))
    if not cleaned.strip():
        raise InvalidPromptError
    return cleaned


def with_question(
    conversation: Conversation,
    text: str,
    *,
    attachments: tuple[Attachment, ...] = (),
    clock: Clock = time.time,
) -> Conversation:
    """Return the conversation with the user's next message at its end.

    Raises:
        InvalidPromptError: there is nothing in `text` to send.
    """
    message = Message(Role.USER, clean_prompt(text), attachments=attachments)
    return _with(conversation, message, clock=clock)


def with_edited(
    conversation: Conversation,
    message_id: int,
    text: str,
    *,
    attachments: tuple[Attachment, ...] = (),
    clock: Clock = time.time,
) -> Conversation:
    """Return the conversation up to a question, with another version of it at its end.

    Raises:
        InvalidPromptError: there is nothing in `text` to send.
        KeyError: no message on the branch has that id.
    """
    message = Message(Role.USER, clean_prompt(text), attachments=attachments)
    return _with_version(conversation, message_id, message, clock=clock)


def with_pending_answer(
    conversation: Conversation,
    profile: Profile,
    *,
    instead_of: int | None = None,
    clock: Clock = time.time,
) -> Conversation:
    """Return the conversation with an empty answer of `profile` at its end, being written.

    With `instead_of`, the id of an answer, it is another version of that; what follows is left.

    Raises:
        KeyError: no message on the branch has that id.
    """
    message = Message(
        Role.ASSISTANT,
        "",
        state=MessageState.STREAMING,
        profile=profile.name,
        model=profile.model,
    )
    if instead_of is None:
        return _with(conversation, message, clock=clock)
    return _with_version(conversation, instead_of, message, clock=clock)


def with_answer(
    conversation: Conversation, reply: Reply, *, clock: Clock = time.time
) -> Conversation:
    """Return the conversation with what `reply` has said; unchanged when it said nothing.

    The part of a stopped, cut or failed reply counts as its answer.
    """
    if not reply.text.strip():
        return conversation
    message = answer_of(reply, Message(Role.ASSISTANT, ""), clock=clock)
    return _with(conversation, message, clock=clock)


def answer_of(reply: Reply, message: Message, *, clock: Clock = time.time) -> Message:
    """Return `message` with what `reply` has said so far, and with its state."""
    usage = reply.usage
    return replace(
        message,
        text=reply.text,
        reasoning=reply.reasoning,
        state=message_state(reply),
        profile=message.profile if reply.profile is None else reply.profile.name,
        model=reply.request.model or message.model,
        finish_reason="" if reply.finish_reason is None else reply.finish_reason.value,
        prompt_tokens=message.prompt_tokens if usage is None else usage.prompt_tokens,
        completion_tokens=message.completion_tokens if usage is None else usage.completion_tokens,
        ended_at=clock() if reply.state.is_over else 0.0,
    )


def message_state(reply: Reply) -> MessageState:
    """Return the state of the message that a reply fills."""
    if not reply.state.is_over:
        return MessageState.STREAMING
    if reply.state is ReplyState.COMPLETE and reply.finish_reason == "length":
        return MessageState.CUT
    return MessageState(reply.state.value)


def with_message(conversation: Conversation, message: Message) -> Conversation:
    """Return the conversation with another value of the message that has this id."""
    messages = tuple(message if m.id == message.id else m for m in conversation.messages)
    return replace(conversation, messages=messages)


def position(conversation: Conversation, message_id: int) -> int:
    """Return the index of a message on the branch.

    Raises:
        KeyError: no message on the branch has that id.
    """
    for index, message in enumerate(conversation.messages):
        if message.id == message_id:
            return index
    raise KeyError(message_id)


def with_title(conversation: Conversation) -> Conversation:
    """Return the conversation with a title made from its first exchange, unless it has one."""
    if conversation.title or conversation.has_own_title:
        return conversation
    return replace(conversation, title=title_from(conversation))


def asking(conversation: Conversation, profile: Profile) -> Conversation:
    """Return the conversation with `profile` as the one that it asks."""
    return replace(conversation, profile=profile.key, model=profile.model)


def with_branch(details: Conversation, branch: Conversation) -> Conversation:
    """Return one conversation of two values of it: what is said, and whom it asks, of `branch`."""
    return replace(
        details,
        messages=branch.messages,
        versions=branch.versions,
        leaf_id=branch.leaf_id,
        profile=branch.profile,
        model=branch.model,
        title=details.title or branch.title,
        updated_at=max(details.updated_at, branch.updated_at),
    )


def first_difference(one: Conversation, other: Conversation) -> int | None:
    """Return the first index at which two values show something else; None where they do not."""
    for index, (a, b) in enumerate(zip(one.messages, other.messages, strict=False)):
        is_same = a is b or (a.id == b.id and a.state is b.state and a == b)
        if not is_same or one.versions.get(a.id) != other.versions.get(b.id):
            return index
    count = min(len(one.messages), len(other.messages))
    return None if len(one.messages) == len(other.messages) else count


def asking_to_continue(conversation: Conversation) -> Conversation:
    """Return what a service is sent so that it goes on with the answer at the end.

    Raises:
        InvalidPromptError: the conversation does not end with an answer that has text.
    """
    last = conversation.messages[-1] if conversation.messages else None
    if last is None or last.role is not Role.ASSISTANT or not last.text.strip():
        raise InvalidPromptError
    wish = Message(Role.USER, CONTINUE_QUESTION)
    return replace(conversation, messages=(*conversation.messages, wish))


def begin_reply(
    conversation: Conversation,
    profile: Profile,
    *,
    client_id: str | None = None,
    access: Access | None = None,
    fallbacks: Sequence[OpenAccount] = (),
    policy: RetryPolicy | None = None,
) -> Reply:
    """Return the reply to the conversation's last question, ready to run; nothing is sent yet.

    What is too long for the model is left out, as `profile.when_too_long` says, and so are answers
    that stayed empty. `fallbacks` answer in the
    place of `profile` where that cannot, in their order; each is only opened when it is its turn.
    Without a `policy` the usual one holds; the demo is never asked twice.

    Raises:
        InvalidPromptError: the conversation does not end with a question.
        ModelNotSupportedError: the profile's model is not one of the provider's.
        ChatError: the profile's address is no web address.
    """
    # Providers bring aiohttp (0.3 s), which a window must not wait for before its first frame.
    from core.providers.base import check_question  # noqa: PLC0415 - see above
    from core.providers.registry import DEMO  # noqa: PLC0415 - see above

    check_question(conversation.messages)
    patience = Patience()
    first = _attempt(conversation, Account(profile, access, client_id), patience)
    if policy is None or profile.provider == DEMO:
        policy = NEVER_AGAIN if profile.provider == DEMO else RetryPolicy()
    return Reply(
        first.provider,
        first.request,
        profile=profile,
        fallbacks=[partial(_opened, conversation, open_, patience) for open_ in fallbacks],
        policy=policy,
    )


async def _opened(conversation: Conversation, open_: OpenAccount, patience: Patience) -> Attempt:
    return _attempt(conversation, await open_(), patience)


def _attempt(conversation: Conversation, account: Account, patience: Patience) -> Attempt:
    """Return what asks the conversation's last question with an account."""
    from core.providers.base import ProviderModelMixin  # noqa: PLC0415 - see `begin_reply`
    from core.providers.registry import provider_for  # noqa: PLC0415 - see `begin_reply`

    profile, access = account.profile, account.access
    provider = provider_for(profile)
    model = profile.model
    if issubclass(provider, ProviderModelMixin):
        model = provider.get_model(model)
    request = ChatRequest(
        model=model,
        messages=to_send(conversation, profile).messages,
        proxy=profile.proxy if access is None else access.proxy,
        limits=replace(profile.limits, patience=patience),
        conversation_id=f"{conversation.id:x}",
        client_id=account.client_id,
        address=profile.address,
        key="" if access is None else access.key,
        parameters=profile.parameters,
        trust=profile.trust,
    )
    return Attempt(provider, request, profile)


def _with(conversation: Conversation, message: Message, *, clock: Clock) -> Conversation:
    """Return the conversation with a new message after its leaf."""
    now = clock()
    added = replace(message, id=new_id(), parent_id=conversation.leaf_id, created_at=now)
    return replace(
        conversation,
        messages=(*conversation.messages, added),
        leaf_id=added.id,
        updated_at=now,
    )


def _with_version(
    conversation: Conversation, message_id: int, message: Message, *, clock: Clock
) -> Conversation:
    """Return the conversation up to a message, with a sibling in the place of that message."""
    index = position(conversation, message_id)
    before = replace(_cut(conversation, index), leaf_id=conversation.messages[index].parent_id)
    result = _with(before, message, clock=clock)
    siblings = (*conversation.versions.get(message_id, (message_id,)), result.messages[-1].id)
    versions = {**result.versions, result.messages[-1].id: siblings}
    return replace(result, versions=MappingProxyType(versions))


def _cut(conversation: Conversation, count: int) -> Conversation:
    """Return the conversation with its first `count` messages."""
    if count >= len(conversation.messages):
        return conversation
    messages = conversation.messages[:count]
    ids = {message.id for message in messages}
    versions: Mapping[int, tuple[int, ...]] = {
        key: siblings for key, siblings in conversation.versions.items() if key in ids
    }
    return replace(
        conversation,
        messages=messages,
        versions=MappingProxyType(dict(versions)),
        leaf_id=messages[-1].id if messages else None,
    )
