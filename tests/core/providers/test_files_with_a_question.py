"""A site with the plugin AI Power takes words alone: texts go in them, pictures not at all."""

from __future__ import annotations

from contextlib import aclosing

import pytest

from core.demo import DemoSite, Scenario, Version
from core.errors import Fault, ProviderError
from core.events import StreamEvent
from core.models import Attachment, ChatRequest, Message, Role
from core.providers.ai_power.site import AIPowerSite

PICTURE = Attachment("cat.png", "image/png", b"\x89PNG\r\n\x1a\n")
NOTES = Attachment("notes.txt", "text/plain", b"Feed the heron.\n")


async def ask(site: DemoSite, *messages: Message) -> list[StreamEvent]:
    provider = type("FreshSite", (AIPowerSite,), {"url": site.url})
    request = ChatRequest(model=provider.default_model, messages=messages)
    async with aclosing(provider.stream(request)) as events:
        return [event async for event in events]


@pytest.mark.parametrize("place", [0, 2])
async def test_a_picture_is_refused_before_anything_is_sent(place: int) -> None:
    turns = [
        Message(Role.USER, "Hello"),
        Message(Role.ASSISTANT, "Hi"),
        Message(Role.USER, "What is this?"),
    ]
    turns[place] = Message(Role.USER, "This?", attachments=(PICTURE,))
    async with DemoSite(scenario=Scenario(speed=0)) as site:
        with pytest.raises(ProviderError) as caught:
            await ask(site, *turns)
        assert site.requests == []
    assert caught.value.fault is Fault.NO_IMAGES
    assert str(caught.value.data["host"]) in site.url


@pytest.mark.parametrize("version", [Version.V1_9_18, list(Version)[-1]])
async def test_a_text_file_is_sent_in_the_words(version: Version) -> None:
    async with DemoSite(scenario=Scenario(version=version, speed=0)) as site:
        await ask(site, Message(Role.USER, "Read this.", attachments=(NOTES,)))
        [question] = site.questions
    fields = " ".join(question.fields.values())
    assert "Read this." in fields
    assert "Feed the heron." in fields
