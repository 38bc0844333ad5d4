"""Reads from a site's page how its chat is to be asked.

Everything comes from one tag: a page may hold several chats, each with a nonce of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from yarl import URL

from core.errors import Fault, PageFormatError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

PAGE_LIMIT_MB = 4
"""Real chat pages have 0.1 to 0.5 MB."""

_AJAX_PATH = "/wp-admin/admin-ajax.php"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage:
    """What a page says about its chat."""

    address: str
    """The page itself."""
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


class _Config(msgspec.Struct, rename="camel"):
    """The part of v2's `data-config` that a client needs."""

    bot_id: Any = ""
    ajax_url: str = ""
    nonce: str = ""
    post_id: Any = ""
    stream_enabled: bool = True
    require_consent_compliance: bool = False


def read_page(html: bytes, address: str) -> ShortcodePage | ContainerPage:
    """Return how to ask the chat on the page at `address`.

    Raises:
        PageFormatError: there is no chat, or it lacks its nonce or its post id.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only a fetched page needs it

    tree = LexborHTMLParser(html)
    if (tag := tree.css_first("[data-config][class*='aipkit_']")) is not None:
        return _container_page(tag, address)
    for selector in (".wpaicg-chat-shortcode", "[class*='wpaicg-chatbox'][data-nonce]"):
        if (tag := tree.css_first(selector)) is not None:
            return _shortcode_page(tree, tag, address)
    raise PageFormatError(fault=Fault.NO_CHAT)


def _container_page(tag: LexborNode, address: str) -> ContainerPage:
    try:
        config = msgspec.json.decode(tag.attributes.get("data-config") or "", type=_Config)
    except (msgspec.DecodeError, UnicodeEncodeError) as exc:
        raise PageFormatError(str(exc), fault=Fault.NO_NONCE) from exc
    return ContainerPage(
        address=address,
        ajax_url=_ajax_url(config.ajax_url, address),
        nonce=_required(config.nonce, Fault.NO_NONCE),
        post_id=_required(str(config.post_id), Fault.NO_POST_ID),
        bot_id=str(config.bot_id or tag.attributes.get("data-bot-id") or "0"),
        streams=config.stream_enabled,
        requires_consent=config.require_consent_compliance,
    )


def _shortcode_page(tree: LexborHTMLParser, tag: LexborNode, address: str) -> ShortcodePage:
    attributes = tag.attributes
    limit = (attributes.get("data-memory-limit") or "").strip()
    return ShortcodePage(
        address=address,
        ajax_url=_ajax_url(_script_ajax_url(tree), address),
        nonce=_required(attributes.get("data-nonce"), Fault.NO_NONCE),
        post_id=_required(attributes.get("data-post-id"), Fault.NO_POST_ID),
        bot_id=attributes.get("data-bot-id") or "0",
        url=attributes.get("data-url") or address,
        is_widget=attributes.get("data-type") == "widget",
        memory_limit=int(limit) if limit.isascii() and limit.isdigit() else None,
    )


def _required(value: str | None, fault: Fault) -> str:
    if value is None or not value.strip() or len(value) > 200:
        raise PageFormatError(fault=fault)
    return value.strip()


def _script_ajax_url(tree: LexborHTMLParser) -> str:
    r"""Return `ajax_url` out of `wpaicgParams = {"ajax_url":"http:\/\/…", …}`, or nothing."""
    for script in tree.css("script"):
        _, found, rest = script.text().partition("wpaicgParams")
        _, key, rest = rest.partition('"ajax_url":')
        if found and key:
            literal = rest[: rest.find('"', 1) + 1]
            try:
                return msgspec.json.decode(literal, type=str)
            except (msgspec.DecodeError, UnicodeEncodeError):
                return ""
    return ""


def _ajax_url(named: str, address: str) -> str:
    """Return where to post: as the page names it, but never on another host or less secure."""
    page = URL(address)
    default = str(page.origin().with_path(_AJAX_PATH))
    try:
        url = page.join(URL(named))
    except ValueError:
        return default
    if not named or url.host != page.host or url.explicit_port != page.explicit_port:
        return default
    return str(url.with_scheme(page.scheme))
