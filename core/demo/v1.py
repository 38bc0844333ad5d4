"""Protocol v1: `wpaicg_chat_shortcode_message`, as releases 1.8.68 to 1.9.18 answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from core.demo import sanitise, troubles
from core.demo.answers import Script
from core.demo.failure import Failure, Where
from core.demo.page import V1_ACTION, bot_of
from core.demo.recording import Prompt, RecordedRequest
from core.demo.scenario import Bot, Scenario
from core.demo.state import SiteState
from core.demo.upstream import BROKEN_OFF, UNREACHABLE, UPSTREAM_ERRORS
from core.demo.v1_stream import StreamBody
from core.demo.wire import (
    HTML,
    JSON,
    SSE_V1,
    STREAM_HEADERS,
    Piece,
    Response,
    critical_error,
    json_response,
    no_such_action,
    php_json,
    response,
)

ACTIONS = frozenset({"wpaicg_chat_shortcode_message", "wpaicg_chatbox_message"})

SYSTEM_PROMPT = (
    "Converse as if you were an AI assistant. Answer the question as truthfully as possible"
    " using the provided {}"
)
IN_CONTEXT = 'context. Tone: Friendly.\n, Current context: "{}"'
NO_CONTEXT = "text. Tone: Friendly"
FRONT_PAGE = "Beseda demo\nA chat to try Beseda with."
BOT_PAGE = "Bot page"

TOKEN_LIMIT = {"msg": "You have reached your token limit.", "tokenLimitReached": True}
BANNED_IP = "You are not allowed to access this feature."
BANNED_WORD = "Your message contains prohibited words. Please modify your message and try again."
MODERATION = (
    "Your message has been flagged as potentially harmful or inappropriate. Please ensure that"
    " your messages are respectful and do not contain language or content that could be"
    " offensive or harmful to others. Thank you for your cooperation."
)
PINECONE_ERROR = "No match found in the knowledge base: the vector database did not answer."
NOTHING_INPUTTED = "It appears that nothing was inputted."
NO_API_KEY = "Unable to initialize the AI instance. Please make sure the API key is valid."
INVALID_NONCE = (
    "Invalid nonce. This means we are unable to verify the validity of the nonce. There are"
    " couple of possible reasons for this. 1. A cache plugin is caching the nonce. 2. The nonce"
    " has expired. 3. Invalid SSL certificate. 4. Network issue. Please check and try again."
)

FLAGS: dict[Failure | None, tuple[str, str]] = {
    Failure.BANNED_IP: (BANNED_IP, "ipBanned"),
    Failure.BANNED_WORD: (BANNED_WORD, "messageFlagged"),
    Failure.MODERATION: (MODERATION, "modflag"),
    Failure.PINECONE_ERROR: (PINECONE_ERROR, "pineconeError"),
}
ANSWERED_ALL_THE_SAME = frozenset({Failure.BANNED_IP, Failure.BANNED_WORD})
"""Flags after which the plugin goes on and asks the model."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request that got past the door."""

    message: str
    turns: list[sanitise.Turn]
    greeting: str
    client: str
    bot: Bot

    @property
    def prompt(self) -> Prompt:
        """What the model is given."""
        return (("system", self.greeting), *self.turns, ("user", self.message))


def answer(state: SiteState, request: RecordedRequest) -> Response:
    """Return what the site answers to a request to admin-ajax.php."""
    if request.action not in ACTIONS:
        return no_such_action(request.action)
    failure = state.take_failure(Where.V1)
    refusal = (
        troubles.before_the_site(failure)
        or _nonce_refusal(state, request, failure)
        or _input_refusal(state, request, failure)
    )
    if refusal is not None:
        return refusal
    try:
        question = _question(state.scenario, request)
    except sanitise.BrokenHistoryError:
        return critical_error("support")
    flag = _flag(state, question, failure)
    return _model_answer(state, question, failure) if flag is None else flag


def _nonce_refusal(
    state: SiteState, request: RecordedRequest, failure: Failure | None
) -> Response | None:
    if failure is Failure.NONCE_MINUS_ONE:
        return response(HTML, "-1", status=403)
    if failure is Failure.NONCE_INVALID:
        return _error(INVALID_NONCE)
    good = state.nonces.verify(request.fields.get("_wpnonce", ""), V1_ACTION)
    if good and failure is not Failure.NONCE_REFUSED:
        return None
    if state.scenario.version.before(1, 8, 91):
        return _error("Nonce verification failed")
    return response(HTML, "The link you followed has expired.", status=403)


def _input_refusal(
    state: SiteState, request: RecordedRequest, failure: Failure | None
) -> Response | None:
    version = state.scenario.version
    raw = _sent_message(state.scenario, request)
    kept = sanitise.message(raw, version) if version.before(1, 8, 96) else raw
    if failure is Failure.EMPTY_INPUT or sanitise.is_empty(kept):
        return _error(NOTHING_INPUTTED)
    if failure is Failure.NO_API_KEY:
        return _error(NO_API_KEY)
    return critical_error("support") if failure is Failure.FATAL_ERROR else None


def _flag(state: SiteState, question: Question, failure: Failure | None) -> Response | None:
    """Return the answer that is a flag alone, or None when the model is asked."""
    if state.over_limit(question.client) or failure is Failure.TOKEN_LIMIT:
        return _flagged(question, TOKEN_LIMIT)
    if failure not in FLAGS:
        return None
    words, flag = FLAGS[failure]
    if not question.bot.stream:
        return _error(words)
    if failure in ANSWERED_ALL_THE_SAME:
        return None
    return _flagged(question, {"msg": words, flag: True})


def _question(scenario: Scenario, request: RecordedRequest) -> Question:
    fields, version = request.fields, scenario.version
    bot = bot_of(scenario, fields.get("bot_id", ""))
    # The bot of the front page alone looks at the page that it is asked from.
    titles = {str(other.post_id): BOT_PAGE for other in scenario.bots} | {"4": FRONT_PAGE}
    title = titles.get(fields.get("post_id", "")) if bot.id == 0 else None
    context = NO_CONTEXT if title is None else IN_CONTEXT.format(title)
    return Question(
        message=sanitise.message(_sent_message(scenario, request), version),
        turns=sanitise.history(fields.get("wpaicg_chat_history", ""), version),
        greeting=SYSTEM_PROMPT.format(context),
        client=fields.get("wpaicg_chat_client_id", ""),
        bot=bot,
    )


def _sent_message(scenario: Scenario, request: RecordedRequest) -> str:
    """Return the field as PHP sees it: from 1.8.91 on only a form's is read."""
    source = request.fields if scenario.version.before(1, 8, 91) else request.form
    return source.get("message", "")


def _model_answer(state: SiteState, question: Question, failure: Failure | None) -> Response:
    script = state.ask(question.prompt)
    if script.status is not None:
        return troubles.http_error(script.status)
    failure = failure or script.failure
    state.spend(question.client, question.message, *script.pieces)
    if not question.bot.stream:
        return _json_answer(state.scenario, question, script, failure)
    if failure is Failure.UPSTREAM_UNREACHABLE and state.scenario.version.before(1, 8, 86):
        body = php_json(_outcome(question, data=""))
        return response(JSON, body, headers=STREAM_HEADERS)
    body_of = StreamBody(
        script=script,
        tail=_tail(question) if state.scenario.version.before(1, 8, 86) else None,
        created=int(state.clock()),
    )
    whole = Response(
        200,
        {"Content-Type": SSE_V1, **STREAM_HEADERS},
        _flag_then(failure, body_of.pieces(failure)),
        delay=state.scenario.delay + script.delay,
        speed=state.scenario.speed if script.speed is None else script.speed,
    )
    return troubles.on_the_way(failure, whole)


def _flag_then(failure: Failure | None, pieces: Iterator[Piece]) -> Iterator[Piece]:
    if failure in FLAGS:
        words, flag = FLAGS[failure]
        yield Piece(f"data: {php_json({'msg': words, flag: True})}\n\n".encode())
    yield from pieces


def _json_answer(
    scenario: Scenario, question: Question, script: Script, failure: Failure | None
) -> Response:
    if (error := UPSTREAM_ERRORS.get(failure)) is not None:
        value = _upstream_error(question, error.message)
    elif failure is Failure.UPSTREAM_UNREACHABLE:
        value = _upstream_error(question, f"cURL error 7: {UNREACHABLE}")
    elif failure in {Failure.UPSTREAM_CLOSED, Failure.UPSTREAM_RESET}:
        value = _upstream_error(question, f"cURL error 18: {BROKEN_OFF}")
    else:
        data = "" if failure is Failure.UPSTREAM_HTML else "".join(script.pieces)
        value = _outcome(question, data=data)
    whole = json_response(value)
    return troubles.on_the_way(failure, replace(whole, delay=scenario.delay + script.delay))


def _upstream_error(question: Question, message: str) -> dict[str, object]:
    return {
        "status": "error",
        "msg": sanitise.esc_html(message),
        "greeting_message": question.greeting,
        "log": False,
    }


def _outcome(question: Question, *, data: str) -> dict[str, object]:
    return {
        "status": "success",
        "msg": "Something went wrong",
        "greeting_message": question.greeting,
        "data": data,
        "log": False,
    }


def _tail(question: Question) -> Callable[[str], bytes]:
    """Return what makes the object that releases before 1.8.86 send after a stream."""

    def tail(said: str) -> bytes:
        return php_json(_outcome(question, data=said)).encode()

    return tail


def _error(words: str) -> Response:
    return json_response({"status": "error", "msg": words})


def _flagged(question: Question, value: dict[str, object]) -> Response:
    if not question.bot.stream:
        return json_response(value)
    body = f"data: {php_json(value)}\n\n"
    return response(SSE_V1, body, headers=STREAM_HEADERS)
