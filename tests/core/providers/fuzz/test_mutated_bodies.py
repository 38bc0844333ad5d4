"""Error pages, lists of models and web pages, broken at random, are no trouble either."""

from __future__ import annotations

import json

import pytest
from helpers.mutated_streams import MutatedStreams

from core.demo import DemoSite, Scenario, Version
from core.errors import ChatError
from core.models import ModelInfo
from core.net.session import StreamSession
from core.providers.ai_power import refusals
from core.providers.ai_power.page import ChatPage, read_page
from core.providers.chat_completions.models import read_models
from core.providers.refusals import Asked, refusal_from_status

EACH = 3_000
ASKED = Asked("host.invalid", "tiny", "https://host.invalid/v1", "sk-0123456789", has_images=True)
HEADERS = (
    {},
    {"Retry-After": "9" * 400, "x-ratelimit-reset-tokens": "6m0s", "retry-after-ms": "x"},
    {"Retry-After": "Wed, 99 Oct 9999 99:99:99 GMT", "x-ratelimit-reset": "2026-99-01T00:00:00Z"},
    {"anthropic-ratelimit-tokens-reset": "9999-12-31T23:59:59+23:59", "Server": "cloudflare"},
)
REFUSALS = [
    json.dumps(value).encode()
    for value in (
        {"error": {"message": "Rate limit, try again in 6m0.5s", "code": 429, "param": None}},
        {"error": {"message": "This model's maximum context length is 9", "type": "invalid"}},
        {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
        {"detail": [{"loc": ["body", "messages", 0], "msg": "Field required", "type": "missing"}]},
        {"error": {"message": "no", "metadata": {"raw": '{"error":{"message":"inner"}}'}}},
        [{"error": {"code": 400, "message": "API key not valid", "status": "INVALID"}}],
        {"object": "error", "message": "no such model", "code": 404},
        {"success": False, "data": {"message": "Security check failed", "code": "nonce"}},
        {"status": "error", "msg": "You have reached your limit", "tokenLimitReached": True},
    )
]
LISTS = [
    json.dumps(value).encode()
    for value in (
        {"object": "list", "data": [{"id": "a", "context_length": 9}, {"id": "b", "meta": {}}]},
        {"data": [{"id": "c", "architecture": {"input_modalities": ["text", "image"]}}]},
        {"models": [{"name": "models/d", "inputTokenLimit": 5, "capabilities": ["vision"]}]},
        [{"id": "e", "type": "chat", "capabilities": {"vision": {"supported": True}}}],
    )
]


def test_a_broken_refusal_is_an_error_that_is_expected() -> None:
    streams = MutatedStreams(REFUSALS, seed="refusals")
    for number in range(EACH):
        text = streams.body().decode("utf-8", "replace")
        status = (400, 401, 403, 404, 413, 429, 500, 503, 599)[number % 9]
        error = refusal_from_status(status, HEADERS[number % len(HEADERS)], text, ASKED)
        assert isinstance(error, ChatError), text
        assert ASKED.key not in error.message
        assert refusals.refusal_from_body(status, text) is None or status


def test_a_broken_list_of_models_is_a_list_or_an_error_that_is_expected() -> None:
    streams = MutatedStreams(LISTS, seed="lists")
    read = 0
    for _ in range(EACH):
        try:
            models = read_models(streams.body())
        except ChatError:
            continue
        read += 1
        for model in models:
            assert isinstance(model, ModelInfo)
            assert model.name.isprintable()
            assert model.context_window is None or model.context_window > 0
    assert EACH // 10 < read < EACH


@pytest.mark.parametrize("version", [Version.V1_9_18, Version.V2_4_71])
async def test_a_broken_page_has_a_chat_or_is_an_error_that_is_expected(version: Version) -> None:
    site = DemoSite(scenario=Scenario(version=version))
    await site.start()
    async with StreamSession() as session, session.get(site.url) as response:
        page = await response.read_capped()
    await site.close()
    streams = MutatedStreams([page], seed=version)
    read = 0
    for _ in range(EACH // 3):
        try:
            found = read_page(streams.body(), site.url)
        except ChatError:
            continue
        read += 1
        assert isinstance(found, ChatPage)
        assert found.ajax_url
    assert read
