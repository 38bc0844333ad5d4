"""Reads from a site's page how its chat is to be asked.

Everything comes from one tag: a page may hold several chats, each with a nonce of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from yarl import URL

from core.errors import Fault, PageFormatError
from core.providers.ai_power.lenient_json import decode_object
from core.providers.ai_power.tags import Markup, markup_of

PAGE_LIMIT_MB = 4
"""Real chat pages have 0.1 to 0.5 MB."""

_AJAX_PATH = "/wp-admin/admin-ajax.php"
_CONTAINERS = (b"aipkit_chat_container", b"aipkit_popup_wrapper")
_SHORTCODE, _WIDGET = b"wpaicg-chat-shortcode", b"wpaicg-chatbox"
_LONGEST_VALUE = 200
_LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage:
    """What a page says about its chat."""

    address: str
    """Where the page was asked for."""
    location: str
    """Where it was found: a site may send visitors on to another of its own addresses."""
    ajax_url: str
    nonce: str
    post_id: str
    bot_id: str
    fetched_at: float = field(default_factory=time.time)
    """Unix time, in seconds; a nonce lives 12 to 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcodePage(ChatPage):
    """A page of protocol v1 (plugin 1.x)."""

    url: str
    is_widget: bool
    memory_limit: int | None
    """How many history entries the site wants; None where the page does not say (before 1.8.93)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerPage(ChatPage):
    """A page of protocol v2 (plugin 2.x)."""

    streams: bool
    """False: the site answers with JSON. Pages that do not say stream."""
    requires_consent: bool


def read_page(
    html: bytes, address: str, *, location: str | None = None
) -> ShortcodePage | ContainerPage:
    """Return how to ask the chat on the page of `address`, which was found at `location`.

    The newer protocol comes first, and a chat in the text of the page before a widget.

    Raises:
        PageFormatError: there is no chat, or it lacks its nonce or its post id.
    """
    error: PageFormatError | None = None
    for reading in _readings(markup_of(html), address, location or address):
        try:
            return reading.read()
        except PageFormatError as exc:
            error = error or exc
    raise error or PageFormatError(fault=Fault.NO_CHAT)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One tag that may be a chat."""

    markup: Markup
    attributes: dict[str, str | None]
    address: str
    location: str

    def read(self) -> ShortcodePage | ContainerPage:
        if self.attributes.get("data-config") is not None:
            return self._container_page()
        return self._shortcode_page()

    def _container_page(self) -> ContainerPage:
        config = decode_object(self.attributes.get("data-config") or "") or {}
        bot_id = _text(config.get("botId")) or self.attributes.get("data-bot-id") or "0"
        return ContainerPage(
            address=self.address,
            location=self.location,
            ajax_url=_ajax_url(_text(config.get("ajaxUrl")), self.location),
            nonce=_required(_text(config.get("nonce")), Fault.NO_NONCE),
            post_id=_required(_text(config.get("postId")), Fault.NO_POST_ID),
            bot_id=bot_id,
            streams=_truth(config.get("streamEnabled", True)),
            requires_consent=_truth(config.get("requireConsentCompliance", False)),
        )

    def _shortcode_page(self) -> ShortcodePage:
        attributes = self.attributes
        limit = (attributes.get("data-memory-limit") or "").strip()
        is_number = limit.isascii() and limit.isdigit() and len(limit) <= _LONGEST_NUMBER
        return ShortcodePage(
            address=self.address,
            location=self.location,
            ajax_url=_ajax_url(_script_ajax_url(self.markup), self.location),
            nonce=_required(attributes.get("data-nonce"), Fault.NO_NONCE),
            post_id=_required(attributes.get("data-post-id"), Fault.NO_POST_ID),
            bot_id=attributes.get("data-bot-id") or "0",
            url=attributes.get("data-url") or self.location,
            is_widget=attributes.get("data-type") == "widget",
            memory_limit=int(limit) if is_number else None,
        )


def _readings(markup: Markup, address: str, location: str) -> Iterator[_Reading]:
    for word in _CONTAINERS:
        for attributes in markup.tags_with(word):
            if _has_class(attributes, word) and "data-config" in attributes:
                yield _Reading(markup, attributes, address, location)
    for attributes in markup.tags_with(_SHORTCODE):
        if _has_class(attributes, _SHORTCODE):
            yield _Reading(markup, attributes, address, location)
    for attributes in markup.tags_with(_WIDGET):
        if "data-nonce" in attributes:
            yield _Reading(markup, attributes, address, location)


def _has_class(attributes: dict[str, str | None], word: bytes) -> bool:
    return word.decode() in (attributes.get("class") or "").split()


def _text(value: object) -> str:
    """Return a value of the configuration as text; nothing for what cannot be one."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _truth(value: object) -> bool:
    """Return what PHP may have meant: it also writes "0" or an empty text for false."""
    return bool(value) and value not in ("0", "false")


def _required(value: str | None, fault: Fault) -> str:
    if value is None or not value.strip() or len(value) > _LONGEST_VALUE:
        raise PageFormatError(fault=fault)
    return value.strip()


def _script_ajax_url(markup: Markup) -> str:
    r"""Return `ajax_url` out of `wpaicgParams = {"ajax_url":"http:\/\/…", …}`, or nothing."""
    _, _, rest = markup.script_after(b"wpaicgParams").partition(b'"ajax_url":')
    literal = rest[: rest.find(b'"', rest.find(b'"') + 1) + 1].decode("utf-8", "replace")
    found = decode_object(f'{{"url":{literal}}}') if literal else None
    return _text(found.get("url")) if found else ""


def _ajax_url(named: str, location: str) -> str:
    """Return where to post: as the page names it, but never on another host or less secure."""
    page = URL(location)
    default = str(page.origin().with_path(_AJAX_PATH))
    try:
        url = page.join(URL(named))
        is_own = bool(named) and url.host == page.host and url.explicit_port == page.explicit_port
        return str(url.with_scheme(page.scheme)) if is_own else default
    except ValueError:
        return default
