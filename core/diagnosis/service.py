"""The last steps: what the service is, whether it takes key and model, and its first word."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from core.diagnosis.checks import Check, Finding, Outcome, Step
from core.diagnosis.target import FIRST_WORD_LIMITS, LIMITS, Stopwatch, Target
from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ConnectionFailedError,
    Fault,
    ResponseFormatError,
)
from core.events import ReasoningDelta, TextDelta
from core.models import ModelInfo
from core.net.session import StreamSession
from core.providers.ai_power.exchange import fetch_page
from core.providers.ai_power.page import ContainerPage
from core.providers.base import ProviderModelMixin

_MOST_NAMES = 5


@dataclass(slots=True)
class _Seen:
    """What the list of models told; None where there is no list."""

    models: tuple[ModelInfo, ...] | None = None
    refusal: AuthenticationError | None = None


async def service_checks(
    target: Target, *, key_error: ChatError | None
) -> AsyncGenerator[Check, None]:
    """Yield the checks from the service to its first word, until one fails."""
    seen = _Seen()
    service = await (_page_check(target) if target.is_site else _api_check(target, seen))
    yield service
    if service.outcome is Outcome.FAILED:
        return
    key = _key_check(target, seen, key_error)
    yield key
    if key.outcome is Outcome.FAILED:
        return
    model, check = _model_check(target, seen)
    yield check
    if check.outcome is not Outcome.FAILED:
        yield await _first_word_check(target, model)


async def _page_check(target: Target) -> Check:
    watch = Stopwatch()
    session = StreamSession(proxy=target.access.proxy, limits=LIMITS, trust=target.profile.trust)
    try:
        async with session:
            page = await fetch_page(session, str(target.url))
    except ChatError as exc:
        return Check(Step.SERVICE, Outcome.FAILED, watch.lap(), error=target.told(exc))
    data = {**target.names, "version": 2 if isinstance(page, ContainerPage) else 1}
    found = Finding.PAGE_KNOWN
    return Check(Step.SERVICE, Outcome.OK, watch.lap(), finding=found, data=data)


async def _api_check(target: Target, seen: _Seen) -> Check:
    """Ask for the list of models; a service without one may answer all the same."""
    watch = Stopwatch()
    request = target.request(LIMITS, model=target.profile.model)
    finding, outcome, message = Finding.API_KNOWN, Outcome.OK, ""
    try:
        seen.models = await target.provider.fetch_models(request)
    except AuthenticationError as exc:
        seen.refusal = exc
        finding = Finding.API_WANTS_KEY
    except ChatError as exc:
        if isinstance(exc, (ConnectionFailedError, BrowserCheckError)) or _is_page(exc):
            return Check(Step.SERVICE, Outcome.FAILED, watch.lap(), error=target.told(exc))
        finding, outcome, message = Finding.NO_LIST, Outcome.WARNING, exc.message
    data = {**target.names, "count": len(seen.models or ()), "message": message}
    return Check(Step.SERVICE, outcome, watch.lap(), finding=finding, data=data)


def _is_page(error: ChatError) -> bool:
    """Whether a web page answered, which means that the address is not that of an API."""
    return isinstance(error, ResponseFormatError) and error.fault is Fault.HTML_ANSWER


def missing_key_check(target: Target, key_error: ChatError | None) -> Check | None:
    """Return the check of a key that is not there, which is known without asking anybody."""
    error = key_error
    if error is None and target.profile.needs_key and not target.access.key:
        error = AuthenticationError(fault=Fault.KEY_MISSING)
    return None if error is None else Check(Step.KEY, Outcome.FAILED, error=target.told(error))


def _key_check(target: Target, seen: _Seen, key_error: ChatError | None) -> Check:
    if missing := missing_key_check(target, key_error):
        return missing
    has_key = bool(target.access.key)
    if (refusal := seen.refusal) is not None:
        error = refusal if has_key else AuthenticationError(fault=Fault.KEY_MISSING)
        # A key may be kept from the list of models, and be good for answers.
        outcome = Outcome.WARNING if error.fault is Fault.FORBIDDEN else Outcome.FAILED
        return Check(Step.KEY, outcome, error=target.told(error))
    if not has_key:
        return Check(Step.KEY, Outcome.SKIPPED, finding=Finding.NO_KEY_NEEDED)
    return Check(Step.KEY, Outcome.OK, finding=Finding.KEY_SENT, data=target.names)


def _model_check(target: Target, seen: _Seen) -> tuple[str, Check]:
    """Return the model to ask for, and what is known of it before."""
    model = target.profile.model
    if target.is_site:
        return _site_model(target, model)
    names = [info.name for info in seen.models or ()]
    outcome = Outcome.OK
    if not model:
        finding = Finding.MODEL_FIRST if names else Finding.MODEL_OPEN
        outcome = Outcome.OK if names else Outcome.SKIPPED
    elif not names:
        finding, outcome = Finding.MODEL_UNSURE, Outcome.SKIPPED
    elif _is_among(model, names):
        finding = Finding.MODEL_LISTED
    else:
        finding, outcome = Finding.MODEL_NOT_LISTED, Outcome.WARNING
    data = {
        **target.names,
        "model": model or (names[0] if names else ""),
        "models": ", ".join(names[:_MOST_NAMES]),
    }
    return model, Check(Step.MODEL, outcome, finding=finding, data=data)


def _site_model(target: Target, model: str) -> tuple[str, Check]:
    provider = target.provider
    try:
        if issubclass(provider, ProviderModelMixin):
            model = provider.get_model(model)
    except ChatError as exc:
        return model, Check(Step.MODEL, Outcome.FAILED, error=target.told(exc))
    found = Finding.MODEL_OPEN
    return model, Check(Step.MODEL, Outcome.SKIPPED, finding=found, data=target.names)


def _is_among(model: str, names: list[str]) -> bool:
    """Whether a list has a model, under that name or under one that services take for it."""
    wanted = model.lower()
    return any(name.lower() in {wanted, f"{wanted}:latest", f"models/{wanted}"} for name in names)


async def _first_word_check(target: Target, model: str) -> Check:
    watch = Stopwatch()
    request = target.request(FIRST_WORD_LIMITS, model=model)
    error: ChatError = ResponseFormatError(fault=Fault.EMPTY_ANSWER)
    try:
        async with aclosing(target.provider.stream(request)) as events:
            async for event in events:
                if isinstance(event, (TextDelta, ReasoningDelta)) and event.text.strip():
                    seconds = watch.lap()
                    data = {"seconds": round(seconds, 1 if seconds >= 1 else 2)}
                    found = Finding.FIRST_WORD
                    return Check(Step.FIRST_WORD, Outcome.OK, seconds, finding=found, data=data)
    except ChatError as exc:
        error = exc
    return Check(Step.FIRST_WORD, Outcome.FAILED, watch.lap(), error=target.told(error))
