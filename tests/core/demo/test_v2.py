"""Protocol v2: each row of its table of failures, word for word."""

from __future__ import annotations

import html
import json
import re

import pytest
from helpers.raw_visitor import Answer, visiting

from core.demo import Failure, Scenario, Version

OLD, NEW = Version.V2_3_69, Version.V2_4_71
BOTH = (OLD, NEW)
STREAM = "text/event-stream; charset=utf-8"
JSON = "application/json; charset=UTF-8"
PADDING = ":" + " " * 4096
DONE = 'event: done\ndata: {"finished":true}'
EXPIRED = (
    '{"success":false,"data":{"message":"Your session has expired or the request is invalid.'
    ' Please refresh the page and try again.","code":"nonce_failure_cache_sse"}}'
)
SECURITY = "Security check failed. Please refresh the page and try again."


async def ask(failure: Failure | None, version: Version) -> Answer:
    async with visiting(Scenario(version=version, speed=0, failure=failure)) as visitor:
        visitor.site.answer("one ", "two ", "three ", "four")
        return await visitor.ask("hi")


def unpadded(answer: Answer) -> list[str]:
    return [event for event in answer.events if event != PADDING]


@pytest.mark.parametrize("version", BOTH)
async def test_a_whole_answer(version: Version) -> None:
    answer = await ask(None, version)
    assert answer.kind == STREAM
    assert answer.headers["Pragma"] == "no-cache"
    assert ("no-transform" in answer.headers["Cache-Control"]) is (version is NEW)
    assert (answer.events[0] == PADDING) is (version is NEW)
    start, status, *deltas, response_id, done = unpadded(answer)
    assert re.fullmatch(
        r'event: message_start\ndata: {"message_id":"aipkit-msg-[0-9a-f]{14}\.\d{8}"}', start
    )
    assert status.startswith('event: status\ndata: {"type":"response.created","status":"in_pro')
    assert deltas == [f'data: {{"delta":"{word}"}}' for word in ("one ", "two ", "three ", "four")]
    assert response_id.startswith('event: openai_response_id\ndata: {"id":"resp_')
    assert done == DONE


@pytest.mark.parametrize(
    ("failure", "status", "text"),
    [
        (Failure.NONCE_REFUSED, 403, EXPIRED),
        (
            Failure.EMPTY_INPUT,
            400,
            (
                '{"success":false,"data":{"message":"Data to cache (message or image) cannot be'
                ' empty.","code":"empty_data_to_cache"}}'
            ),
        ),
        (
            Failure.FOREIGN_ORIGIN,
            403,
            (
                '{"success":false,"data":{"message":"Embed feature is not available with your'
                ' current plan.","code":"embed_not_available"}}'
            ),
        ),
    ],
)
async def test_a_refusal_of_the_first_step(failure: Failure, status: int, text: str) -> None:
    answer = await ask(failure, NEW)
    assert (answer.status, answer.kind, answer.text) == (status, JSON, text)


@pytest.mark.parametrize(
    ("failure", "text"),
    [
        (Failure.NONCE_REFUSED_STREAM, SECURITY),
        (Failure.MISSING_KEY, "Message cache key is missing."),
        (Failure.UNKNOWN_KEY, "Message not found in cache."),
        (Failure.WRONG_BOT, "Invalid chatbot specified."),
        (Failure.MISSING_CONVERSATION, "Conversation ID is missing."),
        (Failure.MISSING_SESSION, "Session ID is missing for guest."),
        (
            Failure.BANNED_WORD,
            "Sorry, your message could not be sent as it contains prohibited words.",
        ),
        (Failure.BANNED_IP, "Access from your IP address has been blocked."),
        (Failure.TOKEN_LIMIT, "You have reached your token limit for this period."),
        (Failure.NO_API_KEY, "API key missing for OpenAI."),
    ],
)
async def test_a_refusal_of_the_second_step(failure: Failure, text: str) -> None:
    answer = await ask(failure, OLD)
    assert (answer.status, answer.kind) == (200, STREAM)
    error = rf'event: error\nid: err-\d{{10}}\ndata: {{"error":"{re.escape(text)}"}}\n\n'
    assert re.fullmatch(error + re.escape(DONE) + "\n\n", answer.text)


async def test_what_is_wrong_with_a_request_is_found() -> None:
    async with visiting(Scenario(version=OLD, speed=0)) as visitor:
        good = await visitor.stream_fields("aipkit_sse_unknown")
        for changes, text in (
            ({"_ajax_nonce": "deadbeef00"}, SECURITY),
            ({"cache_key": ""}, "Message cache key is missing."),
            ({}, "Message not found in cache."),
            ({"bot_id": "99999"}, "Invalid chatbot specified."),
            ({"conversation_uuid": ""}, "Conversation ID is missing."),
            ({"session_id": ""}, "Session ID is missing for guest."),
        ):
            assert text in (await visitor.get(**good | changes)).text
        bad = await visitor.cached("hi", _ajax_nonce="deadbeef00")
        assert (bad.status, bad.text) == (403, EXPIRED)
        assert (await visitor.cached("0")).status == 400


async def test_the_quota_of_the_newest_release_has_a_notice() -> None:
    for failure in (Failure.TOKEN_LIMIT, Failure.QUOTA_NOTICE):
        error, done = unpadded(await ask(failure, NEW))
        value = json.loads(error.split("data: ")[1])
        assert value["error"] == "You have reached your quota for this period."
        assert value["quota_notice"]["type"] == "quota_notice"
        assert done == DONE


async def test_the_token_limit_counts_by_the_session() -> None:
    async with visiting(Scenario(version=OLD, speed=0, token_limit=1)) as visitor:
        assert (await visitor.ask("hi", session_id="a")).said
        assert "token limit" in (await visitor.ask("hi", session_id="a")).text
        assert (await visitor.ask("hi", session_id="b")).said


@pytest.mark.parametrize(
    ("failure", "text"),
    [
        (Failure.UPSTREAM_429, "Please try again in 20s. (Code: rate_limit_exceeded)"),
        (Failure.UPSTREAM_401, r"https:\/\/platform.openai.com\/account\/api-keys. (Code: "),
        (Failure.UPSTREAM_500, "Sorry about that!"),
    ],
)
async def test_an_upstream_error_ends_without_done(failure: Failure, text: str) -> None:
    start, error = unpadded(await ask(failure, NEW))
    assert start.startswith("event: message_start\n")
    assert re.match(r'event: error\nid: err-\d{10}\ndata: {"error":"API Error: ', error)
    assert text in error


async def test_an_upstream_that_breaks_off() -> None:
    reset = await ask(Failure.UPSTREAM_RESET, OLD)
    assert reset.said == "one two "
    assert reset.events[-1].endswith(
        '{"error":"Connection Error: transfer closed with outstanding read data remaining"}'
    )
    closed = await ask(Failure.UPSTREAM_CLOSED, OLD)
    assert closed.said == "one two "
    assert closed.events[-1] == DONE


async def test_a_warning_is_not_the_end() -> None:
    answer = await ask(Failure.WARNING_EVENT, NEW)
    assert any(event.startswith("event: warning\n") for event in answer.events)
    assert answer.said == "one two three four"


async def test_the_nonce_step_gives_the_nonce_of_the_page() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        fields = {"action": "aipkit_get_frontend_chat_nonce", "bot_id": "4"}
        answer = await visitor.post(**fields)
        assert answer.json == {"success": True, "data": {"nonce": await visitor.nonce()}}
        visitor.site.use(failure=Failure.FOREIGN_ORIGIN)
        refused = await visitor.post(**fields)
        assert (refused.status, refused.text) == (
            403,
            (
                '{"success":false,"data":{"message":"This domain is not permitted to access the'
                ' chatbot.","code":"cors_denied"}}'
            ),
        )


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", 403), ("", 200)])
async def test_a_foreign_origin_is_refused_and_the_sites_own_is_not(
    origin: str, status: int
) -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        for action in ("aipkit_get_frontend_chat_nonce", "aipkit_cache_sse_message"):
            fields = {"action": action, "message": "hi", "_ajax_nonce": await visitor.nonce()}
            answer = await visitor.fetch(
                "POST",
                visitor.ajax,
                data=fields,
                headers={"Origin": origin or visitor.site.url},
            )
            assert answer.status == status


async def test_a_key_is_good_for_one_use() -> None:
    async with visiting(Scenario(version=OLD, speed=0)) as visitor:
        key = json.loads((await visitor.cached("hi")).body)["data"]["cache_key"]
        assert re.fullmatch(r"aipkit_sse_[A-Za-z0-9]{32}", key)
        assert (await visitor.streamed(key)).said
        assert "Message not found in cache." in (await visitor.streamed(key)).text


async def test_the_message_reaches_the_model_unchanged() -> None:
    message = '  <b>x</b>\n\t"quoted" \\n 1<2 %41 &lt;  '
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        await visitor.ask(message)
        assert visitor.site.prompts[-1][-1] == ("user", message)


async def test_the_site_remembers_by_bot_session_and_conversation() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        visitor.site.answer("Hello ", "Ann.")
        await visitor.ask("I am Ann")
        await visitor.ask("Who am I?")
        assert visitor.site.prompts[-1][1:] == (
            ("user", "I am Ann"),
            ("assistant", "Hello Ann."),
            ("user", "Who am I?"),
        )
        for other in ({"session_id": "other"}, {"conversation_uuid": "other"}, {"bot_id": "6"}):
            await visitor.ask("Who am I?", **other)
            assert visitor.site.prompts[-1][1:] == (("user", "Who am I?"),)


async def test_the_json_action_is_there_until_2_4_0() -> None:
    fields = {
        "action": "aipkit_frontend_chat_message",
        "bot_id": "4",
        "session_id": "s",
        "conversation_uuid": "c",
    }
    async with visiting(Scenario(version=OLD, speed=0)) as visitor:
        fields["_ajax_nonce"] = await visitor.nonce()
        visitor.site.answer("a/b")
        answer = await visitor.post(message="hi", **fields)
        assert (answer.status, answer.kind) == (200, JSON)
        assert re.fullmatch(
            r'{"success":true,"data":{"reply":"a\\/b","message_id":"aipkit-msg-[0-9a-f]{22}",'
            r'"openai_response_id":"resp_\w+"}}',
            answer.text,
        )
        empty = await visitor.post(message="", **fields)
        assert (empty.status, empty.json) == (
            400,
            {"success": False, "data": {"message": "Message or image cannot be empty."}},
        )
        visitor.site.use(failure=Failure.UPSTREAM_429)
        refused = await visitor.post(message="hi", **fields)
        assert refused.status == 429
        assert '"message":"OpenAI API Error (HTTP 429): Rate limit reached' in refused.text
        visitor.site.use(failure=None)
        assert (await visitor.post(message="hi", **fields | {"bot_id": "99"})).status == 500
        bad = await visitor.post(message="hi", **fields | {"_ajax_nonce": "deadbeef00"})
        assert (bad.status, bad.json) == (403, {"success": False, "data": {"message": SECURITY}})
        visitor.site.use(version=NEW)
        gone = await visitor.post(message="hi", **fields)
        assert (gone.status, gone.text) == (400, "0")


async def test_the_page_says_how_the_site_streams_and_whether_it_wants_consent() -> None:
    for version in BOTH:
        scenario = Scenario(version=version, stream=False, consent=True)
        async with visiting(scenario) as visitor:
            page = (await visitor.page()).text
        found = re.search("data-config='([^']*)'", page)
        assert found
        config = json.loads(html.unescape(found[1]))
        assert config["requireConsentCompliance"] is True
        assert config.get("streamEnabled") is (False if version is OLD else None)
