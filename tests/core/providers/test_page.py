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
        ("<div class='aipkit_chat_container' data-config='{\"nonce\":5}'>", Fault.NO_NONCE),
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
