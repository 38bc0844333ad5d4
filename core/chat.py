"""The use cases of a conversation, as pure functions on frozen values."""

from __future__ import annotations

from dataclasses import replace

from core.errors import InvalidPromptError
from core.ids import new_id
from core.models import ChatRequest, Conversation, Message, Profile, Role
from core.reply import Reply
from core.text import without_surrogates


def new_conversation() -> Conversation:
    """Return an empty conversation under an id of its own."""
    return Conversation(new_id())


def clean_prompt(text: str) -> str:
    """Return `text` without NUL and without lone surrogates, so that it can be sent.

    Raises:
        InvalidPromptError: nothing but white space is left.
    """
    cleaned = without_surrogates(text.replace("\0", ""))
    if not cleaned.strip():
        raise InvalidPromptError
    return cleaned


def with_question(conversation: Conversation, text: str) -> Conversation:
    """Return the conversation with the user's next message at its end.

    Raises:
        InvalidPromptError: there is nothing in `text` to send.
    """
    return _with(conversation, Message(Role.USER, clean_prompt(text)))


def with_answer(conversation: Conversation, reply: Reply) -> Conversation:
    """Return the conversation with what `reply` has said; unchanged when it said nothing.

    The part of a stopped, cut or failed reply counts as its answer.
    """
    if not reply.text.strip():
        return conversation
    return _with(conversation, Message(Role.ASSISTANT, reply.text))


def without_answer(conversation: Conversation) -> Conversation:
    """Return the conversation up to its last question, so that it can be asked again."""
    messages = conversation.messages
    while messages and messages[-1].role is not Role.USER:
        messages = messages[:-1]
    return replace(conversation, messages=messages)


def begin_reply(
    conversation: Conversation,
    profile: Profile,
    *,
    client_id: str | None = None,
) -> Reply:
    """Return the reply to the conversation's last question, ready to run; nothing is sent yet.

    Raises:
        InvalidPromptError: the conversation does not end with a question.
        ModelNotSupportedError: the profile's model is not one of the provider's.
        ChatError: the profile's address is no web address.
    """
    # Providers bring aiohttp (0.3 s), which a window must not wait for before its first frame.
    from core.providers.base import ProviderModelMixin, check_question  # noqa: PLC0415 - see above
    from core.providers.registry import provider_for  # noqa: PLC0415 - see above

    check_question(conversation.messages)
    provider = provider_for(profile)
    model = profile.model
    if issubclass(provider, ProviderModelMixin):
        model = provider.get_model(model)
    request = ChatRequest(
        model=model,
        messages=_with_system_prompt(conversation, profile.system_prompt),
        proxy=profile.proxy,
        limits=profile.limits,
        conversation_id=f"{conversation.id:x}",
        client_id=client_id,
    )
    return Reply(provider, request)


def _with(conversation: Conversation, message: Message) -> Conversation:
    return replace(conversation, messages=(*conversation.messages, message))


def _with_system_prompt(conversation: Conversation, prompt: str) -> tuple[Message, ...]:
    cleaned = without_surrogates(prompt.replace("\0", ""))
    if not cleaned.strip():
        return conversation.messages
    return (Message(Role.SYSTEM, cleaned), *conversation.messages)
