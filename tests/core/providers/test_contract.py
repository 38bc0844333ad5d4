"""The public door of a provider, as its users know it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from core.demo import DemoSite, Failure, Scenario, Version
from core.errors import InvalidPromptError, ModelNotSupportedError, PageFormatError
from core.events import FinishReason, StreamEvent, TextDelta, Usage
from core.providers import AsyncGeneratorProvider, ChatgptFree, ProviderModelMixin, TextStream
from core.providers.ai_power.site import AIPowerSite

MODEL = "gpt-4o-mini"
HI = [{"role": "user", "content": "hi"}]


@asynccontextmanager
async def demo(**scenario: object) -> AsyncIterator[tuple[DemoSite, type[AIPowerSite]]]:
    settings = Scenario(speed=0, **scenario)  # type: ignore[arg-type]  # as named
    async with DemoSite(scenario=settings) as site:
        site.answer("Hel", "lo")
        # Not `ChatgptFree.at`, which may remember an earlier site on the same port.
        yield site, type("FreshSite", (AIPowerSite,), {"url": site.url})


def test_the_class_is_what_its_contract_says() -> None:
    assert issubclass(ChatgptFree, AsyncGeneratorProvider)
    assert issubclass(ChatgptFree, ProviderModelMixin)
    assert ChatgptFree.url == "https://chatgptfree.ai"
    assert ChatgptFree.working is True
    assert ChatgptFree._post_id is None
    assert ChatgptFree._nonce is None
    assert ChatgptFree.default_model == "gpt-4o-mini-2024-07-18"
    assert ChatgptFree.models == [ChatgptFree.default_model]
    assert ChatgptFree.model_aliases == {"gpt-4o-mini": ChatgptFree.default_model}


def test_a_model_is_known_by_name_by_alias_and_as_the_default() -> None:
    for name in ("gpt-4o-mini", "", ChatgptFree.default_model):
        assert ChatgptFree.get_model(name) == ChatgptFree.default_model
    with pytest.raises(ModelNotSupportedError) as caught:
        ChatgptFree.get_model("gpt-9")
    assert caught.value.data["model"] == "gpt-9"


async def test_the_text_is_iterated_at_once() -> None:
    async with demo() as (_, provider):
        texts = [text async for text in provider.create_async_generator(model=MODEL, messages=HI)]
    assert texts == ["Hel", "lo"]


async def test_the_generator_may_be_awaited_first() -> None:
    async with demo() as (_, provider):
        generator = await provider.create_async_generator(model=MODEL, messages=HI)
        assert isinstance(generator, TextStream)
        assert generator.finish_reason is None
        assert [text async for text in generator] == ["Hel", "lo"]
        assert generator.finish_reason is FinishReason.STOP
        assert [text async for text in generator] == []


async def test_the_usage_is_known_once_the_reply_has_ended() -> None:
    async with demo(failure=Failure.USAGE_CHUNK) as (_, provider):
        stream = provider.create_async_generator(MODEL, HI)
        _ = [text async for text in stream]
    assert isinstance(stream.usage, Usage)


async def test_cookies_headers_and_unknown_options_are_taken() -> None:
    async with demo() as (site, provider):
        stream = provider.create_async_generator(
            MODEL, HI, cookies={"a": "b"}, headers={"X-Own": "1"}, web_search=True, timeout=30
        )
        _ = [text async for text in stream]
        headers = {name.lower(): value for name, value in site.requests[-1].headers.items()}
    assert "a=b" in headers["cookie"]
    assert headers["x-own"] == "1"
    assert headers["referer"].startswith(site.url)
    assert "Mozilla/5.0" in headers["user-agent"]


async def test_the_post_has_the_fields_of_the_contract() -> None:
    async with demo(version=Version.V1_9_18) as (site, provider):
        _ = [text async for text in provider.create_async_generator(MODEL, HI)]
        asked = site.requests[-1]
    assert (asked.method, asked.path) == ("POST", "/wp-admin/admin-ajax.php")
    assert asked.form["action"] == "wpaicg_chat_shortcode_message"
    assert asked.form["message"] == "hi"
    assert asked.form["bot_id"] == "0"
    assert {"_wpnonce", "post_id", "url"} <= set(asked.form)


async def test_a_missing_nonce_is_a_runtime_error() -> None:
    async with demo(failure=Failure.PAGE_NO_NONCE) as (_, provider):
        with pytest.raises(RuntimeError) as caught:
            _ = [text async for text in provider.create_async_generator(MODEL, HI)]
    assert isinstance(caught.value, PageFormatError)
    assert provider.working is False


async def test_closing_a_stream_that_never_began_is_harmless() -> None:
    stream = ChatgptFree.create_async_generator(MODEL, HI)
    await stream.aclose()
    assert [text async for text in stream] == []


async def test_leaving_early_ends_the_stream() -> None:
    async with demo() as (site, provider):
        site.scenario = Scenario(speed=200)
        async with aclosing(provider.create_async_generator(MODEL, HI)) as stream:
            async for _text in stream:
                break
        assert [text async for text in stream] == []


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "user", "content": " "}],
        [{"role": "assistant", "content": "hi"}],
        [{"role": "user"}],
        [{"role": "robot", "content": "hi"}],
        [{"role": "user", "content": None}],
    ],
)
def test_what_is_no_question_is_refused_before_anything_is_sent(
    messages: list[dict[str, str]],
) -> None:
    with pytest.raises(InvalidPromptError):
        ChatgptFree.create_async_generator(MODEL, messages)


async def test_nul_and_lone_surrogates_are_sent_harmless() -> None:
    async with demo(version=Version.V1_9_18) as (site, provider):
        odd = [{"role": "user", "content": "a\0b\ud800c"}]
        _ = [text async for text in provider.create_async_generator(MODEL, odd)]
        assert site.requests[-1].form["message"] == "ab\ufffdc"


async def test_half_characters_in_a_stream_become_whole_ones() -> None:
    async def events() -> AsyncGenerator[StreamEvent, None]:
        yield TextDelta("a\ud83c")
        yield TextDelta("\udf0d b")
        yield TextDelta("\ud83c")

    assert [text async for text in TextStream(events())] == ["a", "🌍 b", "\ufffd"]
