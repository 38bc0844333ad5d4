"""What goes wrong between the site and its visitor, on the wire."""

from __future__ import annotations

import asyncio
import json
import zlib

import aiohttp
import pytest
from helpers.raw_visitor import PATIENCE, Answer, Visitor, visiting

from core.demo import Failure, Scenario, Version, Where

V1, V2 = Version.V1_9_18, Version.V2_4_71
BOTH = (V1, V2)
WORDS = ("one ", "two ", "three ", "four")


def scenario(failure: Failure | None, version: Version = V1, **more: object) -> Scenario:
    return Scenario(version=version, speed=0, failure=failure, **more)


async def ask(failure: Failure | None, version: Version, **more: object) -> Answer:
    async with visiting(scenario(failure, version, **more)) as visitor:
        visitor.site.answer(*WORDS)
        return await visitor.ask("hi")


async def begin(visitor: Visitor) -> asyncio.Task[bytes]:
    """Ask, and keep reading until cancelled or broken off."""
    visitor.site.answer(*WORDS)
    return asyncio.create_task(_read(visitor))


async def _read(visitor: Visitor) -> bytes:
    return (await visitor.ask("hi")).body


async def reached(visitor: Visitor, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(visitor.site.prompts) < number:  # noqa: ASYNC110 - the site has no event for it
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("failure", [Failure.SILENT_START, Failure.SILENT_MIDDLE])
async def test_silence_lasts_until_the_client_hangs_up(version: Version, failure: Failure) -> None:
    async with visiting(scenario(failure, version)) as visitor:
        task = await begin(visitor)
        await reached(visitor, 1)
        record = visitor.site.requests[-1]
        assert not record.ended.is_set()
        task.cancel()
        async with asyncio.timeout(PATIENCE):
            await record.hung_up.wait()
            await record.ended.wait()
        assert await asyncio.gather(task, return_exceptions=True)


async def test_silence_in_the_middle_comes_after_half_the_answer() -> None:
    async with visiting(scenario(Failure.SILENT_MIDDLE)) as visitor:
        visitor.site.answer(*WORDS)
        fields = {
            "action": "wpaicg_chat_shortcode_message",
            "message": "hi",
            "_wpnonce": await visitor.nonce(),
        }
        async with visitor.session.post(visitor.ajax, data=fields) as reply:
            got = b""
            while b'"two "' not in got:
                got += await reply.content.readany()
            assert b"three" not in got
            assert not visitor.site.requests[-1].ended.is_set()


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("failure", [Failure.RESET_MIDDLE, Failure.TORN_MIDDLE])
async def test_a_broken_connection_is_seen_by_the_client(
    version: Version, failure: Failure
) -> None:
    async with visiting(scenario(failure, version)) as visitor:
        visitor.site.answer(*WORDS)
        with pytest.raises(aiohttp.ClientError) as caught:
            await visitor.ask("hi")
        assert ("reset" in str(caught.value).lower()) is (failure is Failure.RESET_MIDDLE)


async def test_a_reset_before_the_first_byte() -> None:
    async with visiting(scenario(Failure.RESET_START)) as visitor:
        with pytest.raises(aiohttp.ClientOSError) as caught:
            await visitor.ask("hi")
        assert isinstance(caught.value.__cause__, ConnectionResetError)


@pytest.mark.parametrize("version", BOTH)
async def test_an_answer_cut_short_ends_cleanly_without_an_end_mark(version: Version) -> None:
    answer = await ask(Failure.CUT_SHORT, version)
    assert answer.said == "one two "
    assert "[DONE]" not in answer.text
    assert "event: done" not in answer.text


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("status", [403, 503])
async def test_a_challenge_instead_of_the_answer_or_of_the_page(
    version: Version, status: int
) -> None:
    answer = await ask(Failure(f"challenge-{status}"), version)
    async with visiting(scenario(Failure(f"page-challenge-{status}"), version)) as visitor:
        page = await visitor.page()
    for challenge in (answer, page):
        assert challenge.status == status
        assert challenge.headers["Server"] == "cloudflare"
        assert challenge.headers["cf-mitigated"] == "challenge"
        assert "<title>Just a moment...</title>" in challenge.text


@pytest.mark.parametrize("version", BOTH)
async def test_other_answers_of_the_web_server(version: Version) -> None:
    busy = await ask(Failure.HTTP_429, version)
    assert (busy.status, busy.headers["Retry-After"]) == (429, "20")
    assert (await ask(Failure.HTTP_502, version)).status == 502
    moved = await ask(Failure.REDIRECT, version)
    assert (moved.status, moved.headers["Location"]) == (307, "http://elsewhere.invalid/")
    empty = await ask(Failure.EMPTY_BODY, version)
    assert (empty.status, empty.body) == (200, b"")
    page = await ask(Failure.HTML_ANSWER, version)
    assert (page.status, page.kind) == (200, "text/html; charset=UTF-8")
    assert page.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("version", BOTH)
async def test_broken_lines_stand_between_good_ones(version: Version) -> None:
    answer = await ask(Failure.BROKEN_JSON, version)
    broken = [event for event in answer.events if not _is_good(event)]
    assert len(broken) == len(WORDS)
    good = [event for event in answer.events if _is_good(event)]
    assert all(any(word in event for event in good) for word in WORDS)


def _is_good(event: str) -> bool:
    data = event.rpartition("data: ")[2]
    try:
        json.loads(data)
    except ValueError:
        return data == "[DONE]" or data.startswith(":")
    return True


@pytest.mark.parametrize("version", BOTH)
async def test_bytes_that_are_no_utf8(version: Version) -> None:
    answer = await ask(Failure.INVALID_UTF8, version)
    assert answer.body.count(b"\xff") == len(WORDS)
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode()


@pytest.mark.parametrize("version", BOTH)
async def test_a_line_without_end(version: Version) -> None:
    async with visiting(scenario(Failure.ENDLESS_LINE, version)) as visitor:
        if visitor.speaks_v2:
            key = json.loads((await visitor.cached("hi")).body)["data"]["cache_key"]
            opened = visitor.session.get(visitor.ajax, params=await visitor.stream_fields(key))
        else:
            fields = {"action": "wpaicg_chat_shortcode_message", "message": "hi"}
            fields["_wpnonce"] = await visitor.nonce()
            opened = visitor.session.post(visitor.ajax, data=fields)
        async with opened as reply:
            got = await reply.content.readexactly(10_000_000)
        assert b"\n" not in got.lstrip(b": \n")


@pytest.mark.parametrize("version", BOTH)
async def test_many_tiny_events_in_one_chunk(version: Version) -> None:
    answer = await ask(Failure.MANY_EVENTS, version)
    assert len(answer.said) == 100_000 + len("".join(WORDS))
    assert answer.said.startswith("0123456789")


@pytest.mark.parametrize(
    ("failure", "path"), [(Failure.GZIP_BOMB, None), (Failure.PAGE_GZIP_BOMB, "/")]
)
async def test_a_gzip_bomb_is_small_on_the_wire_and_large_after(
    failure: Failure, path: str | None
) -> None:
    async with visiting(scenario(None)) as visitor:
        fields = {"action": "wpaicg_chat_shortcode_message", "message": "hi"}
        fields["_wpnonce"] = await visitor.nonce()
        visitor.site.use(failure=failure)
        packed = b""
        async with aiohttp.ClientSession(auto_decompress=False) as session:
            method = "GET" if path else "POST"
            url = visitor.site.url + path if path else visitor.ajax
            async with session.request(method, url, data=None if path else fields) as reply:
                assert reply.headers["Content-Encoding"] == "gzip"
                packed = await reply.read()
    assert len(packed) < 2_000_000
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert len(unpacker.decompress(packed, 80_000_000)) == 80_000_000


@pytest.mark.parametrize("chunking", [None, 1, 7, "whole"])
@pytest.mark.parametrize("version", BOTH)
async def test_an_answer_is_the_same_however_it_is_cut(
    chunking: int | str | None, version: Version
) -> None:
    answer = await ask(None, version, chunking=chunking)
    assert answer.said == "".join(WORDS)


async def test_chunks_have_the_size_that_was_asked_for() -> None:
    async with visiting(scenario(None, chunking=7)) as visitor:
        fields = f"action=wpaicg_chat_shortcode_message&message=hi&_wpnonce={await visitor.nonce()}"
        reader, writer = await asyncio.open_connection("127.0.0.1", visitor.site.port)
        head = (
            "POST /wp-admin/admin-ajax.php HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(fields)}\r\n\r\n"
        )
        writer.write((head + fields).encode())
        body = (await reader.read()).partition(b"\r\n\r\n")[2]
        writer.close()
        await writer.wait_closed()
    sizes = [body.split(b"\r\n", 1)[0]]
    while int(sizes[-1], 16):
        body = body.split(b"\r\n", 1)[1][int(sizes[-1], 16) + 2 :]
        sizes.append(body.split(b"\r\n", 1)[0])
    # The last event's rest may be shorter; each event is cut by itself.
    assert max(int(size, 16) for size in sizes) == 7
    assert len(sizes) > 100


async def test_a_failure_can_be_met_by_the_next_requests_only() -> None:
    async with visiting(scenario(None)) as visitor:
        visitor.site.use(failure=Failure.HTTP_429, times=2)
        assert [(await visitor.ask("hi")).status for _ in range(4)] == [429, 429, 200, 200]
        visitor.site.use(speed=0)
        assert (await visitor.ask("hi")).status == 200
        visitor.site.use(failure=Failure.PAGE_NOT_FOUND, times=1)
        assert [(await visitor.page()).status for _ in range(2)] == [404, 200]


async def test_a_failure_of_the_other_protocol_does_nothing() -> None:
    for failure in Failure:
        if not failure.where & (Where.V1 | Where.PAGE):
            assert (await ask(failure, V1)).said == "".join(WORDS)


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_says_what_it_does(failure: Failure) -> None:
    assert failure.says
    assert failure.where
    assert failure == failure.name.lower().replace("_", "-")
    assert Failure(failure.value) is failure
