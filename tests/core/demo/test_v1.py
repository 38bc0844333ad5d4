"""Protocol v1: each row of its table of failures, word for word."""

from __future__ import annotations

import json

import pytest
from helpers.raw_visitor import Answer, visiting

from core.demo import Failure, Scenario, Version

OLD, MIDDLE, NEW = Version.V1_8_68, Version.V1_8_93, Version.V1_9_18
ALL = (OLD, MIDDLE, NEW)
STREAM = "text/event-stream;charset=UTF-8"
JSON = "application/json; charset=UTF-8"
HTML = "text/html; charset=UTF-8"
NOTHING = '{"status":"error","msg":"It appears that nothing was inputted."}'
LIMIT = '{"msg":"You have reached your token limit.","tokenLimitReached":true}'
RATE = (
    "Rate limit reached for gpt-4o-mini in organization org-x on requests per min (RPM):"
    " Limit 3, Used 3, Requested 1. Please try again in 20s."
)
FINISH = 'data: {"choices":[{"finish_reason":"stop"}]}'


def words(message: str) -> str:
    """An error as the plugin makes it, word by word."""
    parts = [f" {word}" if number else word for number, word in enumerate(message.split(" "))]
    return "".join(
        f'event: message\ndata: {{"choices":[{{"delta":{{"content":"{part}"}}}}]}}\n\n'
        for part in parts
    )


def tail_of(answer: Answer) -> dict[str, object]:
    """The object that releases before 1.8.86 append."""
    value = json.loads(answer.events[-1])
    assert isinstance(value, dict)
    return value


async def ask(
    failure: Failure | None, version: Version, *, stream: bool = True, message: str = "hi"
) -> Answer:
    scenario = Scenario(version=version, speed=0, stream=stream, failure=failure)
    async with visiting(scenario) as visitor:
        visitor.site.answer("one ", "two ", "three ", "four")
        return await visitor.ask(message)


@pytest.mark.parametrize("version", ALL)
@pytest.mark.parametrize("stream", [True, False])
async def test_a_refused_nonce(version: Version, stream: bool) -> None:
    answer = await ask(Failure.NONCE_REFUSED, version, stream=stream)
    if version is OLD:
        assert (answer.status, answer.kind) == (200, JSON)
        assert answer.text == '{"status":"error","msg":"Nonce verification failed"}'
    else:
        assert (answer.status, answer.kind) == (403, HTML)
        assert answer.text == "The link you followed has expired."


async def test_other_words_for_a_refused_nonce() -> None:
    old = await ask(Failure.NONCE_INVALID, OLD)
    assert old.text.startswith('{"status":"error","msg":"Invalid nonce. This means we are')
    bare = await ask(Failure.NONCE_MINUS_ONE, NEW)
    assert (bare.status, bare.text) == (403, "-1")


@pytest.mark.parametrize("version", ALL)
@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("message", ["", "0", "  \n "])
async def test_an_empty_question(version: Version, stream: bool, message: str) -> None:
    answer = await ask(None, version, stream=stream, message=message)
    if version is NEW and message.isspace():
        assert "one " in answer.text
    else:
        assert (answer.kind, answer.text) == (JSON, NOTHING)


@pytest.mark.parametrize("version", ALL)
@pytest.mark.parametrize("stream", [True, False])
async def test_a_site_without_a_key(version: Version, stream: bool) -> None:
    answer = await ask(Failure.NO_API_KEY, version, stream=stream)
    assert answer.kind == JSON
    assert answer.text == (
        '{"status":"error","msg":"Unable to initialize the AI instance. Please make sure the API'
        ' key is valid."}'
    )


async def test_an_action_that_is_gone_or_unknown() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        for answer in (
            await visitor.ask("hi", action="no_such_action"),
            await visitor.post(message="hi"),
            await visitor.post(action="aipkit_cache_sse_message", message="hi"),
        ):
            assert (answer.status, answer.kind, answer.text) == (400, HTML, "0")
    gone = await ask(Failure.ENDPOINT_GONE, NEW)
    assert (gone.status, gone.kind, gone.text) == (400, HTML, "0")


@pytest.mark.parametrize("version", ALL)
async def test_the_token_limit(version: Version) -> None:
    streamed = await ask(Failure.TOKEN_LIMIT, version)
    assert (streamed.kind, streamed.text) == (STREAM, f"data: {LIMIT}\n\n")
    whole = await ask(Failure.TOKEN_LIMIT, version, stream=False)
    assert (whole.kind, whole.text) == (JSON, LIMIT)


@pytest.mark.parametrize("version", ALL)
@pytest.mark.parametrize(
    ("failure", "flag", "text"),
    [
        (Failure.BANNED_IP, "ipBanned", "You are not allowed to access this feature."),
        (
            Failure.BANNED_WORD,
            "messageFlagged",
            "Your message contains prohibited words. Please modify your message and try again.",
        ),
    ],
)
async def test_a_ban_is_flagged_and_answered_all_the_same(
    version: Version, failure: Failure, flag: str, text: str
) -> None:
    streamed = await ask(failure, version)
    assert streamed.kind == STREAM
    assert streamed.events[0] == f'data: {{"msg":"{text}","{flag}":true}}'
    assert streamed.said == "one two three four"
    whole = await ask(failure, version, stream=False)
    assert whole.text == f'{{"status":"error","msg":"{text}"}}'


@pytest.mark.parametrize(
    ("failure", "flag"),
    [(Failure.MODERATION, "modflag"), (Failure.PINECONE_ERROR, "pineconeError")],
)
async def test_a_flag_that_ends_the_answer(failure: Failure, flag: str) -> None:
    answer = await ask(failure, NEW)
    assert len(answer.events) == 1
    value = json.loads(answer.events[0].removeprefix("data: "))
    assert value[flag] is True
    assert value["msg"]


@pytest.mark.parametrize("version", ALL)
async def test_an_upstream_error_comes_word_by_word_and_twice(version: Version) -> None:
    answer = await ask(Failure.UPSTREAM_429, version)
    block = f"{words(RATE)}{FINISH}\n\n"
    assert answer.kind == STREAM
    assert answer.text.startswith(block + block)
    if version is OLD:
        assert tail_of(answer)["data"] == ""
    else:
        assert answer.text == block + block


async def test_the_words_of_an_upstream_error_are_not_escaped() -> None:
    answer = await ask(Failure.UPSTREAM_400, NEW)
    assert 'data: {"choices":[{"delta":{"content":" "null".\nSecond"}}]}\n\n' in answer.text
    assert 'data: {"choices":[{"delta":{"content":" \\"}}]}\n\n' in answer.text


@pytest.mark.parametrize(
    ("failure", "text"),
    [
        (Failure.UPSTREAM_429, RATE),
        (
            Failure.UPSTREAM_400,
            (
                "Invalid value for &#039;content&#039;: expected a string, got &quot;null&quot;.\n"
                "Second line \\ backslash."
            ),
        ),
        (
            Failure.UPSTREAM_500,
            "The server had an error while processing your request. Sorry about that!",
        ),
    ],
)
async def test_an_upstream_error_without_streaming(failure: Failure, text: str) -> None:
    answer = await ask(failure, NEW, stream=False)
    value = json.loads(answer.body)
    assert list(value) == ["status", "msg", "greeting_message", "log"]
    assert (value["status"], value["msg"], value["log"]) == ("error", text, False)


async def test_an_upstream_that_cannot_be_reached() -> None:
    streamed = await ask(Failure.UPSTREAM_UNREACHABLE, NEW)
    assert (streamed.kind, streamed.text) == (STREAM, "")
    old = await ask(Failure.UPSTREAM_UNREACHABLE, OLD)
    assert old.kind == JSON
    value = json.loads(old.body)
    assert (value["status"], value["data"]) == ("success", "")
    whole = json.loads((await ask(Failure.UPSTREAM_UNREACHABLE, NEW, stream=False)).body)
    assert whole["status"] == "error"
    assert whole["msg"].startswith("cURL error 7: Failed to connect to ")


async def test_an_upstream_that_answers_with_a_page() -> None:
    streamed = await ask(Failure.UPSTREAM_HTML, NEW)
    assert streamed.kind == STREAM
    assert streamed.text.startswith("<html>")
    assert streamed.text.endswith("</html>\r\n")
    old = await ask(Failure.UPSTREAM_HTML, OLD)
    assert json.loads(old.text.split("</html>\r\n")[1])["data"] == ""
    whole = json.loads((await ask(Failure.UPSTREAM_HTML, NEW, stream=False)).body)
    assert (whole["status"], whole["data"]) == ("success", "")


@pytest.mark.parametrize("failure", [Failure.UPSTREAM_CLOSED, Failure.UPSTREAM_RESET])
async def test_an_upstream_that_breaks_off(failure: Failure) -> None:
    new = await ask(failure, NEW)
    assert new.said == "one two "
    assert "[DONE]" not in new.text
    assert '"finish_reason":"' not in new.text
    assert tail_of(await ask(failure, OLD))["data"] == "one two "


async def test_an_error_event_in_the_middle() -> None:
    answer = await ask(Failure.UPSTREAM_ERROR_EVENT, NEW)
    assert answer.said == "one two "
    assert answer.events[-1] == (
        'data: {"error":{"message":"The server had an error processing your request.",'
        '"type":"server_error","param":null,"code":null}}'
    )


async def test_a_limited_answer() -> None:
    answer = await ask(Failure.LIMITED, NEW)
    assert answer.events[0].startswith("event: message\n")
    assert answer.events[-1] == "data: [LIMITED]"


async def test_a_fatal_error() -> None:
    answer = await ask(Failure.FATAL_ERROR, NEW)
    assert (answer.status, answer.kind) == (500, HTML)
    assert answer.text.startswith("<p>There has been a critical error on this website.</p>")


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (None, "stop"),
        (Failure.FINISH_LENGTH, "length"),
        (Failure.FINISH_CONTENT_FILTER, "content_filter"),
    ],
)
async def test_how_an_answer_finishes(failure: Failure | None, reason: str) -> None:
    answer = await ask(failure, NEW)
    assert answer.said == "one two three four"
    assert f'"finish_reason":"{reason}"' in answer.events[-2]
    assert answer.events[-1] == "data: [DONE]"


async def test_unusual_streams() -> None:
    usage = await ask(Failure.USAGE_CHUNK, NEW)
    assert '"choices":[],"usage":{"prompt_tokens":10' in usage.events[-2]
    no_done = await ask(Failure.NO_DONE, NEW)
    assert '"finish_reason":"stop"' in no_done.events[-1]
    legacy = await ask(Failure.LEGACY_TEXT, NEW)
    assert '"text":"one "' in legacy.events[1]


async def test_the_old_release_says_it_all_again_after_the_end() -> None:
    answer = await ask(None, OLD)
    assert answer.events[-2] == "data: [DONE]"
    tail = tail_of(answer)
    assert list(tail) == ["status", "msg", "greeting_message", "data", "log"]
    assert (tail["status"], tail["msg"]) == ("success", "Something went wrong")
    assert (tail["data"], tail["log"]) == ("one two three four", False)


async def test_json_is_escaped_as_php_does_it() -> None:
    async with visiting(Scenario(version=NEW, speed=0, stream=False)) as visitor:
        visitor.site.answer("Привет 🌍\n<b>x</b>")
        answer = await visitor.ask("hi")
    assert answer.kind == JSON
    data = r'"data":"\u041f\u0440\u0438\u0432\u0435\u0442 \ud83c\udf0d\n<b>x<\/b>"'
    assert data in answer.text


async def test_the_token_limit_counts_by_the_client_id() -> None:
    scenario = Scenario(version=NEW, speed=0, token_limit=1)
    async with visiting(scenario) as visitor:
        assert (await visitor.ask("hi", wpaicg_chat_client_id="Ann")).said
        assert LIMIT in (await visitor.ask("hi", wpaicg_chat_client_id="Ann")).text
        assert (await visitor.ask("hi", wpaicg_chat_client_id="Ben")).said
        assert (await visitor.ask("hi")).said
        assert (await visitor.ask("hi")).said


async def test_fields_of_a_query_are_read_by_the_old_release_alone() -> None:
    for version in ALL:
        async with visiting(Scenario(version=version, speed=0)) as visitor:
            fields = {"action": "wpaicg_chat_shortcode_message", "message": "hi"}
            answer = await visitor.get(_wpnonce=await visitor.nonce(), **fields)
        assert (answer.text == NOTHING) is (version is not OLD)


async def test_a_bot_of_its_own_answers_for_its_id_and_the_front_page_for_any_other() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        for bot_id, text in (("6", "provided text"), ("0", "Current context"), ("77", "Current")):
            await visitor.ask("hi", bot_id=bot_id)
            role, greeting = visitor.site.prompts[-1][0]
            assert role == "system"
            assert text in greeting


async def test_the_widgets_action_is_answered_as_well() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        assert (await visitor.ask("hi", action="wpaicg_chatbox_message")).said


async def test_a_request_over_the_limit_of_php_loses_its_fields() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        nonce = await visitor.nonce()
        answer = await visitor.ask("x" * 9_000_000, _wpnonce=nonce)
        assert (answer.status, answer.kind, answer.text) == (400, HTML, "0")
        assert visitor.site.requests[-1].too_large
        assert (await visitor.ask("x" * 2_000_000)).said
        assert len(visitor.site.prompts[-1][-1][1]) == 2_000_000
