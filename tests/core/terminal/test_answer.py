"""How an answer is shown, and what its end stands for."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncGenerator

import pytest
from helpers.scripted_provider import request, scripted

from core.attempts import Attempt, RetryPolicy
from core.errors import ChatError, ConnectionFailedError, Fault, ProviderError, RateLimitError
from core.events import (
    Finished,
    FinishReason,
    ProviderChanged,
    ReasoningDelta,
    RetryScheduled,
    Stage,
    StageReached,
    StreamEvent,
    TextDelta,
    Usage,
)
from core.models import ChatRequest, Message, Profile, Role
from core.providers.base import AsyncGeneratorProvider
from core.reply import Reply
from core.terminal.answer import JsonPrinter, TextPrinter, show
from core.terminal.output import Output

PROFILE = Profile(name="Test", provider="ai_power")
STOP = Finished(FinishReason.STOP)


def reply_of(*steps: StreamEvent | ChatError) -> Reply:
    class Scripted(AsyncGeneratorProvider):
        url = "https://chat.example"

        @classmethod
        async def stream(cls, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
            assert request.messages
            for step in steps:
                if isinstance(step, ChatError):
                    raise step
                yield step

    return Reply(Scripted, ChatRequest("m", (Message(Role.USER, "hi"),)))


DETOUR = (
    RetryScheduled(1.4, 1, 2, ProviderError("oops", fault=Fault.SERVER_ERROR, status=502)),
    ProviderChanged(
        Profile(name="Other", provider="openai"), PROFILE, ConnectionFailedError(fault=Fault.DNS)
    ),
)


async def test_each_detour_is_one_line_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = io.StringIO()
    output = Output(stream)
    reply = reply_of(*DETOUR, TextDelta("a"), STOP)
    assert await show(reply, output, TextPrinter(output)) == 0
    assert stream.getvalue() == "a\n"
    retry, change = capsys.readouterr().err.splitlines()
    assert retry.endswith("Trying again in 2 s, 1 of 2.")
    assert "502" in retry
    assert change.endswith("Other answers instead.")
    assert "was not found" in change


async def test_detours_are_json_lines_and_the_end_names_who_answered() -> None:
    async def open_attempt() -> Attempt:
        provider = scripted([TextDelta("Well."), STOP])
        return Attempt(provider, request("m2"), Profile(name="Other", provider="openai"))

    stream = io.StringIO()
    output = Output(stream)
    broken = ProviderError(fault=Fault.SERVER_ERROR, status=502, retryable=True)
    reply = Reply(
        scripted([broken]),
        request(),
        profile=PROFILE,
        fallbacks=[open_attempt],
        policy=RetryPolicy(retries=1, first_wait=0.001),
    )
    assert await show(reply, output, JsonPrinter(output, PROFILE)) == 0
    *events, end = map(json.loads, stream.getvalue().splitlines())
    told = [event for event in events if event["event"] in {"retry", "provider"}]
    assert [event["event"] for event in told] == ["retry", "provider"]
    assert {event["error"]["fault"] for event in told} == {"server_error"}
    assert (told[0]["number"], told[0]["of"], told[1]["provider"]) == (1, 1, "Other")
    assert (end["provider"], end["model"], end["text"]) == ("Other", "m2", "Well.")


class CountingStream(io.StringIO):
    """A stream that counts how often it was flushed."""

    flushes = 0

    def flush(self) -> None:
        self.flushes += 1
        super().flush()


@pytest.mark.parametrize(
    ("steps", "code", "text", "complaint"),
    [
        ((TextDelta("a"), TextDelta("b"), STOP), 0, "ab\n", ""),
        ((TextDelta("ends\n"), STOP), 0, "ends\n", ""),
        ((TextDelta("a"), Finished(FinishReason.LENGTH)), 0, "a\n", "length"),
        ((TextDelta("a"), Finished(FinishReason.CUT)), 3, "a\n", "cut off"),
        ((TextDelta("a"), ConnectionFailedError()), 3, "a\n", "broke off the connection"),
        ((ConnectionFailedError(),), 1, "", "broke off the connection"),
        ((TextDelta("a"), RateLimitError()), 1, "a\n", "asks to wait"),
        ((STOP,), 1, "", "answered with nothing"),
    ],
)
async def test_every_end_has_its_exit_code_and_at_most_one_sentence(
    steps: tuple[StreamEvent | ChatError, ...],
    code: int,
    text: str,
    complaint: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = io.StringIO()
    output = Output(stream)
    assert await show(reply_of(*steps), output, TextPrinter(output)) == code
    assert stream.getvalue() == text
    complaints = capsys.readouterr().err.splitlines()
    assert len(complaints) == bool(complaint)
    assert complaint in "".join(complaints)


async def test_json_lines_hold_every_event() -> None:
    stream = io.StringIO()
    output = Output(stream)
    steps = (StageReached(Stage.WAITING), ReasoningDelta("hm"), TextDelta("й"), Usage(1, 2), STOP)
    assert await show(reply_of(*steps), output, JsonPrinter(output, PROFILE)) == 0
    *events, end = map(json.loads, stream.getvalue().splitlines())
    assert events == [
        {"event": "stage", "stage": "waiting"},
        {"event": "reasoning", "text": "hm"},
        {"event": "text", "text": "й"},
        {"event": "usage", "prompt_tokens": 1, "completion_tokens": 2},
    ]
    assert end.pop("seconds") >= 0
    assert end == {
        "event": "end",
        "state": "complete",
        "text": "й",
        "model": "m",
        "provider": "Test",
        "finish_reason": "stop",
        "usage": {"prompt_tokens": 1, "completion_tokens": 2},
        "error": None,
    }


async def test_an_answer_that_is_stopped_before_its_first_step_is_told_as_stopped() -> None:
    stream = io.StringIO()
    output = Output(stream)
    reply = reply_of(TextDelta("a"), STOP)
    task = asyncio.create_task(show(reply, output, JsonPrinter(output, PROFILE)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert json.loads(stream.getvalue())["state"] == "stopped"


async def test_pieces_that_come_together_are_written_together() -> None:
    stream = CountingStream()
    output = Output(stream)
    reply = reply_of(*[TextDelta("x")] * 1000, STOP)
    await show(reply, output, TextPrinter(output))
    assert stream.getvalue() == "x" * 1000 + "\n"
    assert stream.flushes < 100


async def test_the_words_of_a_service_stay_in_one_line_and_steer_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = Output(io.StringIO())
    error = ProviderError("bad\x1b[2J\r\nnews " + "x" * 100_000)
    assert await show(reply_of(error), output, TextPrinter(output)) == 1
    complaint = capsys.readouterr().err
    assert "[2J news" in complaint
    assert "\x1b" not in complaint
    assert len(complaint.splitlines()) == 1
    assert len(complaint) < 3000
