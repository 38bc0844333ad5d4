"""Protocol v2: the `aipkit_*` actions, as releases 2.3.69 and 2.4.71 answer them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from urllib.parse import urlsplit

from core.demo import sanitise, troubles
from core.demo.failure import Failure, Where
from core.demo.page import V2_ACTION, front_bot
from core.demo.recording import Prompt, RecordedRequest
from core.demo.scenario import Version
from core.demo.state import SiteState
from core.demo.upstream import BROKEN_OFF, UNREACHABLE, UPSTREAM_ERRORS
from core.demo.v2_stream import StreamBody, refusal_stream, stream_of
from core.demo.wire import (
    Response,
    critical_error,
    json_response,
    no_such_action,
)

SYSTEM_PROMPT = "You are a helpful AI assistant."
SECURITY = "Security check failed. Please refresh the page and try again."
EXPIRED = (
    "Your session has expired or the request is invalid. Please refresh the page and try again."
)
TOKEN_LIMIT = "You have reached your token limit for this period."  # noqa: S105 - no password
QUOTA = "You have reached your quota for this period."
BANNED_WORD = "Sorry, your message could not be sent as it contains prohibited words."
BANNED_IP = "Access from your IP address has been blocked."
NO_API_KEY = "API key missing for OpenAI."

_STREAM_REFUSALS: dict[Failure | None, str] = {
    Failure.NONCE_REFUSED_STREAM: SECURITY,
    Failure.MISSING_KEY: "Message cache key is missing.",
    Failure.UNKNOWN_KEY: "Message not found in cache.",
    Failure.WRONG_BOT: "Invalid chatbot specified.",
    Failure.MISSING_CONVERSATION: "Conversation ID is missing.",
    Failure.MISSING_SESSION: "Session ID is missing for guest.",
    Failure.BANNED_WORD: BANNED_WORD,
    Failure.BANNED_IP: BANNED_IP,
    Failure.NO_API_KEY: NO_API_KEY,
}


def answer(state: SiteState, request: RecordedRequest) -> Response:
    """Return what the site answers to a request to admin-ajax.php."""
    match request.action:
        case "aipkit_get_frontend_chat_nonce" if request.method == "POST":
            return _nonce(state, request)
        case "aipkit_cache_sse_message" if request.method == "POST":
            return _cache(state, request)
        case "aipkit_frontend_chat_stream":
            return _stream(state, request)
        case "aipkit_frontend_chat_message" if state.scenario.version.before(2, 4, 1):
            return _message(state, request)
    return no_such_action(request.action)


def _nonce(state: SiteState, request: RecordedRequest) -> Response:
    failure = state.take_failure(Where.V2_NONCE)
    if (trouble := troubles.before_the_site(failure)) is not None:
        return trouble
    if failure is Failure.FOREIGN_ORIGIN or _is_foreign(request):
        words = "This domain is not permitted to access the chatbot."
        return _refusal(403, words, code="cors_denied")
    return json_response({"success": True, "data": {"nonce": state.nonces.make(V2_ACTION)}})


def _cache(state: SiteState, request: RecordedRequest) -> Response:
    failure = state.take_failure(Where.V2_CACHE)
    if (trouble := troubles.before_the_site(failure)) is not None:
        return trouble
    if failure is Failure.FOREIGN_ORIGIN or _is_foreign(request):
        words = "Embed feature is not available with your current plan."
        return _refusal(403, words, code="embed_not_available")
    if failure is Failure.NONCE_REFUSED or not _has_nonce(state, request):
        return _refusal(403, EXPIRED, code="nonce_failure_cache_sse")
    message = request.form.get("message", "")
    if failure is Failure.EMPTY_INPUT or sanitise.is_empty(message):
        words = "Data to cache (message or image) cannot be empty."
        return _refusal(400, words, code="empty_data_to_cache")
    return json_response({"success": True, "data": {"cache_key": state.put_message(message)}})


def _stream(state: SiteState, request: RecordedRequest) -> Response:
    failure = state.take_failure(Where.V2_STREAM)
    if (trouble := troubles.before_the_site(failure)) is not None:
        return trouble
    if failure is Failure.FATAL_ERROR:
        return critical_error("documentation")
    words = _stream_refusal(state, request, failure)
    message = "" if words else sanitise.readable(state.take_message(request.fields["cache_key"]))
    if not words and not message:
        words = _STREAM_REFUSALS[Failure.UNKNOWN_KEY]
    refusal: dict[str, object] | None = (
        {"error": words} if words else _limit(state, request, failure)
    )
    if refusal is not None:
        return refusal_stream(state.scenario.version, refusal, state.clock())
    return _stream_answer(state, request, message, failure)


def _stream_answer(
    state: SiteState, request: RecordedRequest, message: str, failure: Failure | None
) -> Response:
    scenario = state.scenario
    script = state.ask(_prompt(state, request, message))
    if script.status is not None:
        return troubles.http_error(script.status)
    failure = failure or script.failure
    state.spend(request.fields["session_id"], message, *script.pieces)
    body = StreamBody(
        script=script,
        now=state.clock(),
        remember=lambda said: state.remember(request.fields, message, said),
    )
    whole = replace(
        stream_of(scenario.version, body.pieces(failure)),
        delay=scenario.delay + script.delay,
        speed=scenario.speed if script.speed is None else script.speed,
    )
    return troubles.on_the_way(failure, whole)


def _limit(
    state: SiteState, request: RecordedRequest, failure: Failure | None
) -> dict[str, object] | None:
    """Return what the stream step says of a used-up quota, or None."""
    noticed = failure is Failure.QUOTA_NOTICE
    limited = failure is Failure.TOKEN_LIMIT or state.over_limit(request.fields["session_id"])
    if noticed or (limited and state.scenario.version is Version.V2_4_71):
        notice = {"type": "quota_notice", "message": QUOTA, "actions": []}
        return {"error": QUOTA, "quota_notice": notice}
    return {"error": TOKEN_LIMIT} if limited else None


def _stream_refusal(state: SiteState, request: RecordedRequest, failure: Failure | None) -> str:
    """Return why the stream step does not even look for the message, or nothing."""
    fields = request.fields
    if failure in _STREAM_REFUSALS:
        return _STREAM_REFUSALS[failure]
    if not _has_nonce(state, request):
        return SECURITY
    for field, refusal in (
        ("cache_key", Failure.MISSING_KEY),
        ("conversation_uuid", Failure.MISSING_CONVERSATION),
        ("session_id", Failure.MISSING_SESSION),
    ):
        if not fields.get(field):
            return _STREAM_REFUSALS[refusal]
    return "" if _has_bot(state, request) else _STREAM_REFUSALS[Failure.WRONG_BOT]


def _message(state: SiteState, request: RecordedRequest) -> Response:
    """Answer the JSON action, which is there until 2.4.0."""
    failure = state.take_failure(Where.V2_JSON)
    message = sanitise.readable(request.form.get("message", ""))
    return (
        troubles.before_the_site(failure)
        or _message_refusal(state, request, failure)
        or _message_answer(state, request, message, failure)
    )


def _message_refusal(
    state: SiteState, request: RecordedRequest, failure: Failure | None
) -> Response | None:
    if failure is Failure.NONCE_REFUSED or not _has_nonce(state, request):
        return _refusal(403, SECURITY)
    if failure is Failure.EMPTY_INPUT or sanitise.is_empty(request.form.get("message", "")):
        return _refusal(400, "Message or image cannot be empty.")
    if failure in {Failure.FATAL_ERROR, Failure.WRONG_BOT} or not _has_bot(state, request):
        return critical_error("documentation")
    if failure is Failure.TOKEN_LIMIT or state.over_limit(request.fields.get("session_id", "")):
        return _refusal(429, TOKEN_LIMIT)
    if failure in {Failure.BANNED_WORD, Failure.BANNED_IP, Failure.NO_API_KEY}:
        return _refusal(403, _STREAM_REFUSALS[failure])
    return None


def _json_upstream(failure: Failure | None) -> Response | None:
    """Return what the JSON action says of the model's own error, or None."""
    if (error := UPSTREAM_ERRORS.get(failure)) is not None:
        words = f"OpenAI API Error (HTTP {error.status}): {error.with_code}"
        return _refusal(error.status, words)
    if failure is Failure.UPSTREAM_UNREACHABLE:
        return _refusal(500, f"cURL error 7: {UNREACHABLE}")
    if failure in {Failure.UPSTREAM_CLOSED, Failure.UPSTREAM_RESET}:
        return _refusal(500, f"cURL error 18: {BROKEN_OFF}")
    return None


def _message_answer(
    state: SiteState, request: RecordedRequest, message: str, failure: Failure | None
) -> Response:
    script = state.ask(_prompt(state, request, message))
    failure = failure or script.failure
    if script.status is not None:
        return troubles.http_error(script.status)
    if (refusal := _json_upstream(failure)) is not None:
        return refusal
    said = "".join(script.pieces)
    state.remember(request.fields, message, said)
    state.spend(request.fields.get("session_id", ""), message, said)
    whole = json_response(
        {
            "success": True,
            "data": {
                "reply": said,
                "message_id": f"aipkit-msg-{secrets.token_hex(11)}",
                "openai_response_id": f"resp_{secrets.token_hex(12)}",
            },
        }
    )
    late = replace(whole, delay=state.scenario.delay + script.delay)
    return troubles.on_the_way(failure, late)


def _prompt(state: SiteState, request: RecordedRequest, message: str) -> Prompt:
    earlier = state.remembered(request.fields)
    return (("system", SYSTEM_PROMPT), *earlier, ("user", message))


def _has_nonce(state: SiteState, request: RecordedRequest) -> bool:
    return state.nonces.verify(request.fields.get("_ajax_nonce", ""), V2_ACTION) > 0


def _has_bot(state: SiteState, request: RecordedRequest) -> bool:
    bots = (front_bot(state.scenario), *state.scenario.bots)
    return request.fields.get("bot_id") in {str(bot.id) for bot in bots}


def _is_foreign(request: RecordedRequest) -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("Host")


def _refusal(status: int, words: str, *, code: str | None = None) -> Response:
    data = {"message": words} if code is None else {"message": words, "code": code}
    return json_response({"success": False, "data": data}, status=status)
