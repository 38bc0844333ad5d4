"""Everything that can go wrong at the demo service, by name."""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from typing import Self


class Where(Flag):
    """The requests that a failure can meet."""

    PAGE = auto()
    V1 = auto()
    V2_NONCE = auto()
    V2_CACHE = auto()
    V2_STREAM = auto()
    V2_JSON = auto()
    V2_ANSWER = V2_STREAM | V2_JSON
    ANSWER = V1 | V2_STREAM | V2_JSON
    FIRST = V1 | V2_CACHE | V2_JSON
    """The request that carries the question."""
    AJAX = V1 | V2_NONCE | V2_CACHE | V2_STREAM | V2_JSON


class Failure(StrEnum):
    """One thing that goes wrong; `where` it does, and one line that `says` what happens.

    The values are the names for `--failure`. A failure does nothing to a request that it cannot
    meet: those of v2 alone are silent under v1.
    """

    where: Where
    says: str

    def __new__(cls, name: str, where: Where, says: str) -> Self:
        """Make the member; `name` is its value."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.where = where
        member.says = says
        return member

    # The page.
    PAGE_SILENT = "page-silent", Where.PAGE, "the page never comes"
    PAGE_RESET = "page-reset", Where.PAGE, "the connection is reset instead of the page"
    PAGE_CHALLENGE_403 = "page-challenge-403", Where.PAGE, "a CDN's browser check, status 403"
    PAGE_CHALLENGE_503 = "page-challenge-503", Where.PAGE, "a CDN's browser check, status 503"
    PAGE_NOT_FOUND = "page-not-found", Where.PAGE, "status 404"
    PAGE_BROKEN = "page-broken", Where.PAGE, "status 500, WordPress's critical error"
    PAGE_NO_CHAT = "page-no-chat", Where.PAGE, "a page without a chat"
    PAGE_NO_NONCE = "page-no-nonce", Where.PAGE, "a chat without its nonce"
    PAGE_NO_POST_ID = "page-no-post-id", Where.PAGE, "a chat without its post id"
    PAGE_HUGE = "page-huge", Where.PAGE, "50 MB before the chat"
    PAGE_GZIP_BOMB = "page-gzip-bomb", Where.PAGE, "1 GB packed into 1 MB instead of the page"
    PAGE_REDIRECT = "page-redirect", Where.PAGE, "visitors are sent on to another host"
    PAGE_EMPTY = "page-empty", Where.PAGE, "a page with nothing in it"
    # The nonce.
    NONCE_REFUSED = "nonce-refused", Where.FIRST, "every nonce is refused"
    NONCE_EXPIRED_ONCE = "nonce-expired-once", Where.FIRST, "all nonces given so far die, once"
    NONCE_CACHED_PAGE = (
        "nonce-cached-page",
        Where.PAGE,
        "a page without a query string holds a dead nonce",
    )
    NONCE_INVALID = "nonce-invalid", Where.V1, "a nonce is refused in the words of release 1.7.14"
    NONCE_MINUS_ONE = "nonce-minus-one", Where.V1, "a nonce is refused by status 403 and `-1`"
    NONCE_REFUSED_STREAM = (
        "nonce-refused-stream",
        Where.V2_STREAM,
        "v2: the stream step refuses the nonce",
    )
    # The site refuses.
    EMPTY_INPUT = "empty-input", Where.FIRST, "the site takes the question for empty"
    NO_API_KEY = "no-api-key", Where.ANSWER, "the site has no key for its model"
    ENDPOINT_GONE = "endpoint-gone", Where.AJAX, "status 400 and `0`: no such action"
    TOKEN_LIMIT = "token-limit", Where.ANSWER, "the visitor's token limit is reached"
    BANNED_IP = "banned-ip", Where.ANSWER, "the visitor's address is banned"
    BANNED_WORD = "banned-word", Where.ANSWER, "the question has a banned word"
    MODERATION = "moderation", Where.V1, "v1: the question is flagged as harmful"
    PINECONE_ERROR = "pinecone-error", Where.V1, "v1: the site's knowledge base fails"
    FATAL_ERROR = "fatal-error", Where.ANSWER, "status 500: PHP stops with a fatal error"
    FOREIGN_ORIGIN = (
        "foreign-origin",
        Where.V2_CACHE | Where.V2_NONCE,
        "v2: the site's own origin counts as foreign",
    )
    MISSING_KEY = "missing-key", Where.V2_STREAM, "v2: the stream step sees no cache key"
    UNKNOWN_KEY = "unknown-key", Where.V2_STREAM, "v2: the cache key is unknown or used"
    WRONG_BOT = "wrong-bot", Where.V2_ANSWER, "v2: there is no such bot"
    MISSING_CONVERSATION = (
        "missing-conversation",
        Where.V2_STREAM,
        "v2: the conversation's id is missing",
    )
    MISSING_SESSION = "missing-session", Where.V2_STREAM, "v2: the session's id is missing"
    QUOTA_NOTICE = "quota-notice", Where.V2_STREAM, "v2: the quota is used up, as 2.4.71 says it"
    # The site's model.
    UPSTREAM_400 = "upstream-400", Where.ANSWER, "the model refuses; its words hold quotes"
    UPSTREAM_401 = "upstream-401", Where.ANSWER, "the model does not take the site's key"
    UPSTREAM_429 = "upstream-429", Where.ANSWER, "the model's rate limit"
    UPSTREAM_QUOTA = "upstream-quota", Where.ANSWER, "the site's quota at the model is used up"
    UPSTREAM_500 = "upstream-500", Where.ANSWER, "the model has an error of its own"
    UPSTREAM_HTML = "upstream-html", Where.V1, "v1: the model answers with a web page (502)"
    UPSTREAM_UNREACHABLE = "upstream-unreachable", Where.ANSWER, "the site cannot reach its model"
    UPSTREAM_CLOSED = "upstream-closed", Where.ANSWER, "the model closes in the middle"
    UPSTREAM_RESET = "upstream-reset", Where.ANSWER, "the model's connection is reset midway"
    UPSTREAM_ERROR_EVENT = "upstream-error-event", Where.ANSWER, "an error event in the middle"
    LIMITED = "limited", Where.V1, "v1: an error's words, ended by [LIMITED]"
    # Unusual, and no error.
    FINISH_LENGTH = "finish-length", Where.V1, "v1: the answer ends for its length"
    FINISH_CONTENT_FILTER = "finish-content-filter", Where.V1, "v1: ended by a content filter"
    USAGE_CHUNK = "usage-chunk", Where.V1, "v1: a chunk with the usage and no choices"
    NO_DONE = "no-done", Where.V1, "v1: a finish reason, and no [DONE]"
    LEGACY_TEXT = "legacy-text", Where.V1, "v1: choices[0].text instead of delta.content"
    WARNING_EVENT = "warning-event", Where.V2_STREAM, "v2: a warning that is not fatal"
    # The way to the site.
    SILENT_START = "silent-start", Where.ANSWER, "no byte of the answer ever comes"
    SILENT_MIDDLE = "silent-middle", Where.ANSWER, "silence from the middle of the answer on"
    RESET_START = "reset-start", Where.ANSWER, "TCP reset before the first byte"
    RESET_MIDDLE = "reset-middle", Where.ANSWER, "TCP reset in the middle of the answer"
    TORN_MIDDLE = "torn-middle", Where.ANSWER, "connection closed in mid-body, HTTP unfinished"
    CUT_SHORT = "cut-short", Where.ANSWER, "half an answer and a clean end, with no end mark"
    CHALLENGE_403 = "challenge-403", Where.FIRST, "a CDN's browser check for the question, 403"
    CHALLENGE_503 = "challenge-503", Where.FIRST, "a CDN's browser check for the question, 503"
    REDIRECT = "redirect", Where.FIRST, "the question is sent on to another host (307)"
    HTTP_429 = "http-429", Where.FIRST, "status 429 with Retry-After from the web server"
    HTTP_502 = "http-502", Where.FIRST, "status 502 from the web server"
    EMPTY_BODY = "empty-body", Where.ANSWER, "status 200 and no answer at all"
    HTML_ANSWER = "html-answer", Where.ANSWER, "a web page instead of the answer"
    BROKEN_JSON = "broken-json", Where.ANSWER, "lines of broken JSON between good ones"
    INVALID_UTF8 = "invalid-utf8", Where.ANSWER, "bytes in the answer that are no UTF-8"
    ENDLESS_LINE = "endless-line", Where.ANSWER, "a line without end"
    MANY_EVENTS = "many-events", Where.ANSWER, "100,000 tiny events in one chunk"
    GZIP_BOMB = "gzip-bomb", Where.ANSWER, "1 GB packed into 1 MB instead of the answer"
