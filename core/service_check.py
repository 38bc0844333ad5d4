"""Asks a service for one word, to see that it answers."""

from __future__ import annotations

from contextlib import aclosing
from enum import StrEnum

from core.errors import (
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    Fault,
    PageFormatError,
    ResponseFormatError,
)
from core.events import ReasoningDelta, TextDelta
from core.models import ChatRequest, Limits, Message, Profile, Role
from core.redaction import register

QUESTION = "Please answer with the one word OK."
LIMITS = Limits(connect=10.0, silence=60.0)


class Verdict(StrEnum):
    """Why a free site does not answer, as far as the next step depends on it."""

    GUARDED = "guarded"
    """Somebody stands before it who wants to see a browser."""
    CHANGED = "changed"
    """It is there, and is no longer what this program knows."""
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    """It is there as it was, and does not want to: a quota, or a trouble of its own."""


def verdict_of(error: ChatError) -> Verdict:
    """Return what an error of `check_service` says of a site."""
    if isinstance(error, BrowserCheckError):
        return Verdict.GUARDED
    if isinstance(error, ConnectionFailedError):
        return Verdict.UNREACHABLE
    is_other = isinstance(error, (PageFormatError, ResponseFormatError))
    if is_other or error.fault in {Fault.ENDPOINT_GONE, Fault.NONCE_REFUSED, Fault.FOREIGN_ORIGIN}:
        return Verdict.CHANGED
    return Verdict.REFUSED


async def check_service(
    profile: Profile, *, key: str = "", proxy: str | None = None, client_id: str | None = None
) -> None:
    """Ask for one word, and hang up when something of the answer has come.

    `key`, `proxy` and `client_id` are as in `ChatRequest`. It costs a few tokens.

    Raises:
        ChatError: why there is no answer.
    """
    from core.providers.registry import provider_for  # noqa: PLC0415 - loads all providers

    register(key)
    request = ChatRequest(
        model=profile.model,
        messages=(Message(Role.USER, QUESTION),),
        proxy=proxy,
        limits=LIMITS,
        client_id=client_id,
        address=profile.address,
        key=key,
        trust=profile.trust,
    )
    async with aclosing(provider_for(profile).stream(request)) as events:
        async for event in events:
            if isinstance(event, (TextDelta, ReasoningDelta)):
                return
    raise ResponseFormatError(fault=Fault.EMPTY_ANSWER)
