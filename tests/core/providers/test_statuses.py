"""What a failed status of an AI Power site means, whatever language its words are in."""

from __future__ import annotations

import pytest
from helpers.loopback_server import Peer, loopback

from core.errors import AuthenticationError, ChatError, ContextLengthError, Fault, RateLimitError
from core.models import ChatRequest, Message, Role
from core.providers import ChatgptFree

V1_PAGE = b"<div class='wpaicg-chat-shortcode' data-nonce='n' data-post-id='1'></div>"
V2_PAGE = b"""<div class='aipkit_chat_container' data-config='{"nonce":"n","postId":1,
"streamEnabled":false}'></div>"""
HI = ChatRequest(model="", messages=(Message(Role.USER, "hi"),))


async def error_from(page: bytes, body: bytes, status: str, **headers: str) -> ChatError:
    """Return what asking a site raises that answers each POST with `status` and `body`."""

    async def site(peer: Peer) -> None:
        while True:
            request = await peer.request()
            if request.method == "GET":
                await peer.respond(page)
            else:
                await peer.respond(body, status=status, **headers)

    async with loopback(site) as server:
        with pytest.raises(ChatError) as caught:
            async for _event in ChatgptFree.at(server.url).stream(HI):
                pass
    return caught.value


@pytest.mark.parametrize("page", [V1_PAGE, V2_PAGE], ids=["v1", "v2"])
async def test_a_limit_in_other_words_is_a_limit_with_its_time(page: bytes) -> None:
    body = '{"message":"Помедленнее, пожалуйста"}'.encode()
    error = await error_from(page, body, "429 Too Many Requests", Retry_After="30")
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 30
    known = b'{"data":{"message":"Rate limit reached"}}'
    error = await error_from(page, known, "429 Too Many Requests", Retry_After="30")
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 30


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        ("401 Unauthorized", Fault.SITE_KEY_REFUSED),
        ("402 Payment Required", Fault.PAYMENT_REQUIRED),
        ("503 Service Unavailable", Fault.SERVER_ERROR),
    ],
)
async def test_a_status_tells_where_words_do_not(status: str, fault: Fault) -> None:
    error = await error_from(V1_PAGE, '{"message":"Нет"}'.encode(), status)
    assert error.fault is fault
    assert isinstance(error, AuthenticationError) == (fault is Fault.SITE_KEY_REFUSED)


async def test_a_prompt_that_is_too_long_is_told_in_one_piece_too() -> None:
    body = b'{"data":{"message":"This model\'s maximum context length is 8192 tokens"}}'
    error = await error_from(V2_PAGE, body, "400 Bad Request")
    assert isinstance(error, ContextLengthError)


async def test_an_error_page_for_a_nonce_does_not_end_the_search_for_one() -> None:
    pages = 0

    async def site(peer: Peer) -> None:
        nonlocal pages
        while True:
            request = await peer.request()
            if request.method == "GET":
                pages += 1
                await peer.respond(V2_PAGE)
            elif b"get_frontend_chat_nonce" in request.body:
                await peer.respond(b"<html>" + b" " * 100_000, status="404 Not Found")
            else:
                code = b'{"success":false,"data":{"code":"nonce_failure_x","message":"x"}}'
                await peer.respond(code, status="403 Forbidden")

    async with loopback(site) as server:
        provider = ChatgptFree.at(server.url)
        for _ in range(2):
            with pytest.raises(ChatError) as caught:
                async for _event in provider.stream(HI):
                    pass
            assert caught.value.fault is Fault.NONCE_REFUSED
    assert pages >= 4


async def test_a_site_that_sends_its_visitors_on_is_asked_where_they_arrive() -> None:
    """The page of the address is at another one of the same host, and so is its chat."""
    asked: list[str] = []

    async def site(peer: Peer) -> None:
        while True:
            request = await peer.request()
            asked.append(f"{request.method} {request.target}")
            if request.target == "/":
                await peer.respond(status="301 Moved Permanently", Location="/blog/")
            elif request.method == "GET":
                await peer.respond(V1_PAGE)
            else:
                assert request.headers["referer"].endswith("/blog/")
                await peer.respond(b'{"status":"success","data":"Hello"}')

    async with loopback(site) as server:
        texts = ChatgptFree.at(server.url).create_async_generator(
            "", [{"role": "user", "content": "hi"}]
        )
        assert [text async for text in texts] == ["Hello"]
    assert asked == ["GET /", "GET /blog/", "POST /wp-admin/admin-ajax.php"]
