from __future__ import annotations

import pytest

from core.errors import Fault, PageFormatError
from core.providers.ai_power.page import ContainerPage, ShortcodePage, read_page

TAG = """<div class="wpaicg-chat-shortcode" data-nonce='abc123' data-post-id = "4"
 data-bot-id="7" data-url="https://site.example/chat" data-memory-limit = "100"
 data-type="shortcode">"""
CONFIG = (
    "<div class='aipkit_chat_container' data-config='{&quot;botId&quot;:4,&quot;ajaxUrl&quot;:"
    "&quot;https:\\/\\/site.example\\/wp\\/wp-admin\\/admin-ajax.php&quot;,"
    "&quot;nonce&quot;:&quot;ff00&quot;,&quot;postId&quot;:8}'></div>"
)


def page(html: str) -> ShortcodePage | ContainerPage:
    return read_page(html.encode(), "https://site.example/chat/")


def test_all_values_come_from_the_chats_own_tag() -> None:
    found = page(f"<p data-nonce='wrong' data-post-id='wrong'></p>{TAG}<i data-nonce='x'></i>")
    assert isinstance(found, ShortcodePage)
    assert (found.nonce, found.post_id, found.bot_id) == ("abc123", "4", "7")
    assert found.memory_limit == 100
    assert found.ajax_url == "https://site.example/wp-admin/admin-ajax.php"


def test_a_tag_in_a_comment_or_a_script_is_no_chat() -> None:
    with pytest.raises(PageFormatError) as caught:
        page(f"<!-- {TAG} --><script>var x = `{TAG}`</script>")
    assert caught.value.fault is Fault.NO_CHAT


def test_the_newer_protocol_is_recognised_and_preferred() -> None:
    found = page(TAG + CONFIG)
    assert isinstance(found, ContainerPage)
    assert (found.nonce, found.post_id, found.bot_id, found.streams) == ("ff00", "8", "4", True)
    assert found.ajax_url == "https://site.example/wp/wp-admin/admin-ajax.php"


def test_the_site_wide_widget_is_a_chat_too() -> None:
    found = page(
        "<div class='wpaicg-chatbox x' data-type='widget' data-nonce='n' data-post-id='1'>"
    )
    assert isinstance(found, ShortcodePage)
    assert found.is_widget


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("", Fault.NO_CHAT),
        ("<div class='wpaicg-chat-shortcode' data-post-id='1'>", Fault.NO_NONCE),
        ("<div class='wpaicg-chat-shortcode' data-nonce='n'>", Fault.NO_POST_ID),
        ("<div class='wpaicg-chat-shortcode' data-nonce='' data-post-id='1'>", Fault.NO_NONCE),
        ("<div class='aipkit_chat_container' data-config='{broken'>", Fault.NO_NONCE),
        ("<div class='aipkit_chat_container' data-config='{\"nonce\":\"n\"}'>", Fault.NO_POST_ID),
        ("<div class='aipkit_chat_container' data-config='{\"nonce\":true}'>", Fault.NO_NONCE),
    ],
)
def test_a_page_that_lacks_something_says_what(html: str, fault: Fault) -> None:
    with pytest.raises(RuntimeError) as caught:
        page(html)
    assert isinstance(caught.value, PageFormatError)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("named", "used"),
    [
        ("https:\\/\\/site.example\\/blog\\/wp-admin\\/admin-ajax.php", "https://site.example/blog/wp-admin/admin-ajax.php"),
        ("http:\\/\\/site.example\\/wp-admin\\/admin-ajax.php", "https://site.example/wp-admin/admin-ajax.php"),
        ("https:\\/\\/evil.example\\/steal", "https://site.example/wp-admin/admin-ajax.php"),
        ("https:\\/\\/site.example:99\\/x", "https://site.example/wp-admin/admin-ajax.php"),
        ("javascript:alert(1)", "https://site.example/wp-admin/admin-ajax.php"),
        ("", "https://site.example/wp-admin/admin-ajax.php"),
    ],
)  # fmt: skip
def test_questions_go_to_the_pages_own_host_alone(named: str, used: str) -> None:
    script = f'<script>var wpaicgParams = {{"ajax_url":"{named}","x":1}};</script>'
    assert page(TAG + script).ajax_url == used


def test_an_earlier_tag_that_only_looks_like_a_chat_hides_no_chat() -> None:
    form = "<form class='aipkit_form' data-config='{&quot;nonce&quot;:&quot;x&quot;}'></form>"
    broken = "<div class='aipkit_chat_container' data-config='{}'></div>"
    found = page(form + broken + CONFIG)
    assert isinstance(found, ContainerPage)
    assert found.nonce == "ff00"


@pytest.mark.parametrize(
    ("setting", "streams"),
    [("1", True), ('"1"', True), ("true", True), ("0", False), ('"0"', False), ("false", False)],
)
def test_a_configuration_is_read_in_whatever_types_php_wrote_it(
    setting: str, streams: bool
) -> None:
    config = f'{{"nonce":12,"postId":"8","ajaxUrl":null,"streamEnabled":{setting}}}'
    found = page(f"<div class='aipkit_chat_container' data-config='{config}'></div>")
    assert isinstance(found, ContainerPage)
    assert (found.nonce, found.post_id, found.streams) == ("12", "8", streams)


@pytest.mark.parametrize("post_id", ["null", "false", "[]", '""'])
def test_what_is_no_post_id_is_none(post_id: str) -> None:
    config = f'{{"nonce":"a","postId":{post_id}}}'
    with pytest.raises(PageFormatError) as caught:
        page(f"<div class='aipkit_chat_container' data-config='{config}'></div>")
    assert caught.value.fault is Fault.NO_POST_ID


def test_a_page_that_was_found_elsewhere_is_asked_there() -> None:
    found = read_page(TAG.encode(), "http://site.example", location="https://www.site.example/")
    assert found.ajax_url == "https://www.site.example/wp-admin/admin-ajax.php"
    assert found.address == "http://site.example"


def test_odd_numbers_and_addresses_are_met_calmly() -> None:
    odd = TAG.replace('"100"', f'"{"9" * 5000}"')
    script = '<script>wpaicgParams = {"ajax_url":"http:\\/\\/xn--\\/"}</script>'
    found = page(odd + script)
    assert isinstance(found, ShortcodePage)
    assert found.memory_limit is None
    assert found.ajax_url == "https://site.example/wp-admin/admin-ajax.php"


MB = 1_000_000
HOSTILE = {
    "nested": b"<div>" * (MB // 5),
    "formatting": b"<b><p>" * (MB // 6),
    "comments": b"<!--" * (MB // 4),
    "scripts": b"<script>" * (MB // 8),
    "angles": b"<" * MB,
    "quotes": b'<p a="' * (MB // 6),
    "names": b"wpaicg-chat-shortcode" * (MB // 21),
    "tags": b"<a wpaicg-chat-shortcode" * (MB // 24),
    "attributes": b"<div class='wpaicg-chat-shortcode' " + b"a=b " * (MB // 4) + b">",
    "classes": b"<div class='wpaicg-chat-shortcode'>" * (MB // 35),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_no_more_for_being_longer(name: str) -> None:
    """A page that took a time of its length squared would meet the test's own limit of time."""
    with pytest.raises(PageFormatError):
        read_page(HOSTILE[name] * 4, "https://site.example/")
