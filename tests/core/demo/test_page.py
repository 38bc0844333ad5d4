"""The pages of the site, as a visitor without a browser reads them."""

from __future__ import annotations

import html
import json
import re

import pytest
from helpers.raw_visitor import visiting

from core.demo import Failure, Placement, Scenario, Version

V1, V2 = Version.V1_9_18, Version.V2_4_71


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/", "/?nocache=1"])
async def test_the_front_page_has_the_chat(path: str) -> None:
    async with visiting(Scenario(version=V1)) as visitor:
        page = await visitor.page(path)
        assert (page.status, page.kind) == (200, "text/html; charset=UTF-8")
        assert 'data-bot-id="0"' in page.text
        address = visitor.site.url + path.split("?", maxsplit=1)[0].rstrip("/")
        assert f'data-url="{address}"' in page.text
        assert (await visitor.page("/nothing/here")).status == 404
        assert "Stable tag: 1.9.18" in (await visitor.page(README)).text


README = "/wp-content/plugins/gpt3-ai-content-generator/README.txt"


@pytest.mark.parametrize(("stream", "value"), [(True, "1"), (False, "0")])
async def test_the_tag_says_whether_the_bot_streams(stream: bool, value: str) -> None:
    async with visiting(Scenario(version=V1, stream=stream)) as visitor:
        assert f'data-openai_stream_nav="{value}"' in (await visitor.page()).text


async def test_a_bot_has_a_page_of_its_own() -> None:
    for version, mark in ((V1, 'data-bot-id="6"'), (V2, "&quot;botId&quot;:6,")):
        async with visiting(Scenario(version=version)) as visitor:
            assert mark in (await visitor.page("/botpage")).text


@pytest.mark.parametrize("version", [V1, V2])
async def test_a_widget_stands_before_or_instead_of_the_chat_in_the_text(version: Version) -> None:
    widget = 'class="wpaicg-chatbox ' if version is V1 else 'class="aipkit_popup_wrapper '
    text = "wpaicg-chat-shortcode" if version is V1 else "aipkit_chat_container"
    for placement, has_widget, has_text in (
        (Placement.SHORTCODE, False, True),
        (Placement.WIDGET, True, False),
        (Placement.BOTH, True, True),
    ):
        async with visiting(Scenario(version=version, placement=placement)) as visitor:
            page = (await visitor.page()).text
        assert (widget in page) is has_widget
        assert (text in page) is has_text
        if placement is Placement.BOTH:
            assert page.index(widget) < page.index(text)
            assert set(re.findall(r'data-bot-id="(\d+)"', page)) in ({"6", "0"}, {"6", "4"})


async def test_what_may_be_missing_on_a_page() -> None:
    for failure, v1, v2 in (
        (Failure.PAGE_NO_NONCE, "data-nonce", "nonce"),
        (Failure.PAGE_NO_POST_ID, "data-post-id", "postId"),
    ):
        async with visiting(Scenario(version=V1, failure=failure)) as visitor:
            page = (await visitor.page()).text
            assert v1 not in page
            assert "data-bot-id" in page
        async with visiting(Scenario(version=V2, failure=failure)) as visitor:
            found = re.search("data-config='([^']*)'", (await visitor.page()).text)
            assert found
            assert v2 not in json.loads(html.unescape(found[1]))
    for version in (V1, V2):
        async with visiting(Scenario(version=version, failure=Failure.PAGE_NO_CHAT)) as visitor:
            page = (await visitor.page()).text
            assert "chat_container" not in page
            assert "chat-shortcode" not in page


async def test_other_failures_of_a_page() -> None:
    async with visiting(Scenario(version=V1)) as visitor:
        visitor.site.use(failure=Failure.PAGE_HUGE)
        assert len((await visitor.page()).body) > 50_000_000
        visitor.site.use(failure=Failure.PAGE_BROKEN)
        assert (await visitor.page()).status == 500
        visitor.site.use(failure=Failure.PAGE_EMPTY)
        assert (await visitor.page()).body == b""
        visitor.site.use(failure=Failure.PAGE_REDIRECT)
        moved = await visitor.page()
        assert (moved.status, moved.headers["Location"]) == (302, "http://elsewhere.invalid/")
