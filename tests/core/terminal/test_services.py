"""Which service a command asks, and what reaches it."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.api_server import MODELS, ServedApiServer, Whole, openai_stream, refusal
from helpers.loopback_server import unused_port
from helpers.running_program import RunningProgram
from helpers.stores import loaded, opened

from core.models import Conversation
from core.state import State, StateFile
from core.terminal.options import parse

Start = Callable[..., RunningProgram]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NO_KEYRING = '[privacy]\nkeys = "session"\n'


@pytest.fixture
def api() -> Iterator[ServedApiServer]:
    with ServedApiServer() as server:
        server.server.answer(openai_stream("Hel", "lo"))
        yield server


@pytest.fixture
def folder(tmp_path: Path, environment: dict[str, str]) -> Path:
    """The data folder of every program of the test."""
    environment["BESEDA_DATA_DIR"] = str(tmp_path / "data")
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def write_settings(folder: Path, text: str) -> None:
    (folder / "settings.toml").write_text(NO_KEYRING + text, encoding="utf-8")


def kept(folder: Path) -> list[Conversation]:
    """Return the conversations that are on the disk, the oldest first."""

    async def read() -> list[Conversation]:
        async with opened(folder) as store:
            return [await loaded(store, id_) for id_ in await store.tree_ids()]

    return asyncio.run(read())


def work_profile(api: ServedApiServer, more: str = "") -> str:
    return (
        f'[profiles.work]\nname = "The Office"\nprovider = "openai"\naddress = "{api.url}/v1"\n'
        f'model = "mine"\n{more}'
    )


def test_a_server_is_asked_by_its_address(start: Start, api: ServedApiServer, folder: Path) -> None:
    write_settings(folder, "")
    program = start("ask", "--address", f"{api.url}/v1", "--model", "tiny", "hi")
    assert (program.wait(), program.stdout.text, program.complaints) == (0, "Hello\n", "")
    [question] = api.server.questions
    assert question.json["messages"] == [{"role": "user", "content": "hi"}]
    sent = {"temperature", "top_p", "max_tokens", "stop", "seed"} & set(question.json)
    assert not sent


def test_a_key_goes_to_an_address_only_when_its_variable_is_named(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, "")
    options = ("ask", "--provider", "openai", "--address", api.url, "--model", "tiny", "hi")
    assert start(*options, OPENAI_API_KEY="sk-planted").wait() == 0
    assert "sk-planted" not in str(api.server.questions[-1].headers)
    named = start(*options, "--key-variable", "MY_KEY", MY_KEY="sk-mine")
    assert named.wait() == 0
    assert api.server.questions[-1].headers["authorization"] == "Bearer sk-mine"


def test_a_saved_profile_is_asked_with_what_it_and_the_settings_say(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(
        folder,
        '[model]\nsystem_prompt = "Be brief."\nseed = 3\ntemperature = 1.5\n'
        + work_profile(api, 'temperature = 0.25\nstop = ["END"]\n'),
    )
    for name in ("work", "the office", "The Office"):
        assert start("ask", "--profile", name, "hi").wait() == 0
    question = api.server.questions[-1].json
    assert question["messages"][0] == {"role": "system", "content": "Be brief."}
    assert (question["temperature"], question["seed"], question["stop"]) == (0.25, 3, ["END"])
    assert (question["model"], "top_p" in question) == ("mine", False)


def test_the_command_has_the_last_word(start: Start, api: ServedApiServer, folder: Path) -> None:
    write_settings(folder, work_profile(api, 'temperature = 0.25\nstop = ["END"]\n'))
    options = "--temperature 0.5 --top-p 0,9 --max-tokens 7 --seed 4 --stop one --stop two"
    more = ("--system", "Be kind.", "--model", "other")
    assert start("ask", "--profile", "work", *options.split(), *more, "hi").wait() == 0
    question = api.server.questions[-1].json
    assert question["messages"][0]["content"] == "Be kind."
    assert (question["model"], question["seed"], question["stop"]) == ("other", 4, ["one", "two"])
    assert (question["temperature"], question["top_p"]) == (0.5, 0.9)
    assert 7 in {question.get("max_tokens"), question.get("max_completion_tokens")}


def test_the_settings_say_who_is_asked_at_first(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    StateFile(folder / "state.json").save(State(provider="demo"))
    write_settings(folder, '[general]\nprofile = "work"\n' + work_profile(api))
    program = start("ask", "hi")
    assert (program.wait(), program.complaints) == (0, "")
    assert len(api.server.questions) == 1


def test_a_saved_profile_that_was_asked_last_is_asked_again(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    StateFile(folder / "state.json").save(State(provider="work"))
    write_settings(folder, work_profile(api))
    assert start("ask", "hi").wait() == 0
    assert len(api.server.questions) == 1


def test_a_key_in_the_environment_belongs_to_its_profile(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    api.server.key = "sk-right"
    write_settings(folder, work_profile(api, "needs_key = true\n"))
    missing = start("ask", "--profile", "work", "hi")
    assert (missing.wait(), missing.stdout.text) == (1, "")
    assert "needs a key" in missing.complaints
    assert not api.server.questions
    assert start("ask", "--profile", "work", "hi", BESEDA_KEY_WORK="sk-right").wait() == 0
    wrong = start("ask", "--profile", "work", "hi", BESEDA_KEY_WORK="sk-wrong")
    assert wrong.wait() == 1
    assert "did not accept your key" in wrong.complaints
    assert "sk-wrong" not in wrong.complaints


def test_another_profile_answers_where_the_first_cannot(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(
        folder,
        "[advanced]\nretries = 0\n"
        f'[profiles.away]\nname = "Away"\nprovider = "openai"\nmodel = "m"\nfallback = "work"\n'
        f'address = "http://127.0.0.1:{unused_port()}/v1"\n' + work_profile(api),
    )
    program = start("ask", "--profile", "away", "--json", "hi", BESEDA_KEY_AWAY="sk-of-another")
    assert program.wait() == 0
    assert "sk-of-another" not in str(api.server.questions[-1].headers)
    end = json.loads(program.stdout.text.splitlines()[-1])
    assert (end["text"], end["provider"], end["model"]) == ("Hello", "The Office", "mine")


def test_retries_are_as_many_as_the_command_says(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, work_profile(api))
    api.server.answer(refusal(503, "busy", headers={"Retry-After": "0"}), openai_stream("Now"))
    program = start("ask", "--profile", "work", "--retries", "0", "hi")
    assert program.wait() == 1
    assert start("ask", "--profile", "work", "--retries", "1", "hi").wait() == 0
    assert len(api.server.questions) == 2


@pytest.mark.parametrize("name", ["nobody", "", "ai_power"])
def test_a_profile_that_nobody_saved_is_told(start: Start, folder: Path, name: str) -> None:
    write_settings(folder, "")
    program = start("ask", "--profile", name, "hi")
    assert (program.wait(), program.stdout.text) == (2, "")
    assert f"There is no profile “{name}”" in program.complaints


def test_settings_that_are_wrong_are_told_and_the_rest_counts(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, '[model]\ntemperature = "hot"\nseed = 5\n' + work_profile(api))
    program = start("ask", "--profile", "work", "hi")
    assert (program.wait(), program.stdout.text) == (0, "Hello\n")
    [complaint] = program.complaints.splitlines()
    assert "model.temperature" in complaint
    assert api.server.questions[-1].json["seed"] == 5


def test_a_broken_settings_file_is_told_and_left(start: Start, folder: Path) -> None:
    write_settings(folder, "[[[")
    program = start("ask", "--provider", "demo", "/error 429")
    assert program.wait() == 1
    assert "settings.toml cannot be understood" in program.complaints.splitlines()[0]
    assert (folder / "settings.toml").read_text() == NO_KEYRING + "[[["


def test_a_chat_goes_on_with_the_server_it_was_held_with(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, "")
    options = ("--address", f"{api.url}/v1", "--model", "tiny")
    assert start("chat", *options, piped="Anna\n").wait() == 0
    assert kept(folder)[0].profile == f"openai+{api.url}/v1"
    assert start("chat", "--continue", piped="Boris\n").wait() == 0
    question = api.server.questions[-1].json
    assert question["model"] == "tiny"
    assert [message["content"] for message in question["messages"]] == ["Anna", "Hello", "Boris"]


def test_a_chat_goes_on_with_its_profile_as_that_is_now(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, work_profile(api, 'system_prompt = "Old."\n'))
    assert start("chat", "--profile", "work", piped="Anna\n").wait() == 0
    assert (kept(folder)[0].profile, kept(folder)[0].system_prompt) == ("work", "")
    write_settings(folder, work_profile(api, 'system_prompt = "New."\n'))
    assert start("chat", "--continue", piped="Boris\n").wait() == 0
    assert api.server.questions[-1].json["messages"][0]["content"] == "New."


def test_a_profile_that_is_gone_is_told_before_another_one_answers(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, work_profile(api))
    assert start("chat", "--profile", "work", piped="Anna\n").wait() == 0
    write_settings(
        folder, '[general]\nprofile = "new"\n' + work_profile(api).replace(".work", ".new")
    )
    program = start("chat", "--continue", piped="Boris\n")
    assert program.wait() == 0
    assert "“work”, is not known any more" in program.complaints


def test_a_picture_goes_with_a_question(
    start: Start, api: ServedApiServer, folder: Path, tmp_path: Path
) -> None:
    write_settings(folder, work_profile(api))
    (tmp_path / "dot.png").write_bytes(PNG)
    (tmp_path / "notes.txt").write_text("wolves")
    files = ("--image", str(tmp_path / "dot.png"), "--image", str(tmp_path / "notes.txt"))
    assert start("ask", "--profile", "work", *files, "What is it?").wait() == 0
    sent = json.dumps(api.server.questions[-1].json)
    assert "data:image/png;base64," + base64.b64encode(PNG).decode() in sent
    assert "wolves" in sent


def test_a_picture_stays_in_a_chat(
    start: Start, api: ServedApiServer, folder: Path, tmp_path: Path
) -> None:
    write_settings(folder, work_profile(api))
    (tmp_path / "dot.png").write_bytes(PNG)
    lines = f"/image {tmp_path / 'nothing.png'}\n/image {tmp_path / 'dot.png'}\nWhat?\nSure?\n"
    program = start("chat", "--profile", "work", piped=lines)
    assert program.wait() == 0
    assert "nothing.png” cannot be read" in program.complaints
    assert "With the next question goes: dot.png" in program.complaints
    first, second = (question.json["messages"] for question in api.server.questions)
    assert "image_url" in json.dumps(first)
    assert second[-1]["content"] == "Sure?"
    [talk] = kept(folder)
    assert talk.messages[0].attachments[0].data == PNG


@pytest.mark.parametrize("content", [None, b"\0\1\2\xff", b"x" * 1_000_001])
def test_a_file_that_cannot_go_with_a_question_is_told(
    start: Start, api: ServedApiServer, folder: Path, tmp_path: Path, content: bytes | None
) -> None:
    write_settings(folder, work_profile(api))
    path = tmp_path / "file.bin"
    if content is not None:
        path.write_bytes(content)
    program = start("ask", "--profile", "work", "--image", str(path), "hi")
    assert (program.wait(), program.stdout.text) == (2, "")
    assert len(program.complaints.splitlines()) == 1
    assert "file.bin" in program.complaints
    assert not api.server.questions


@pytest.mark.parametrize(
    "arguments",
    [
        ("--profile", "a", "--provider", "demo"),
        ("--profile", "a", "--address", "http://x.example"),
        ("--profile", "a", "--key-variable", "X"),
        ("--provider", "demo", "--address", "http://x.example"),
        ("--provider", "ollama", "--address", "http://x.example"),
        ("--provider", "ai_power"),
        ("--provider", "https://x.example", "--address", "http://x.example"),
        ("--provider", "compatible"),
        ("--provider", "openai+nonsense"),
        ("--address", "x.example"),
        ("--key-variable", "A-B"),
        ("--temperature", "3"),
        ("--temperature", "warm"),
        ("--max-tokens", "0"),
        ("--seed", "1.5"),
        ("--retries", "6"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse("ask", (*arguments, "hi"))
    assert caught.value.code == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "choice"),
    [
        (("--provider", "Ollama"), "ollama"),
        (("--address", "http://x.example/v1"), "openai+http://x.example/v1"),
        (("--provider", "anthropic", "--address", "http://X"), "anthropic+http://X"),
        (("--provider", "openai+http://x.example/v1"), "openai+http://x.example/v1"),
        (("--provider", "https://x.example/Chat"), "https://x.example/Chat"),
        ((), None),
    ],
)
def test_a_service_is_one_choice(arguments: tuple[str, ...], choice: str | None) -> None:
    assert parse("ask", (*arguments, "hi")).provider == choice


def test_models_are_listed_with_what_the_service_says_of_them(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    api.server.models = {"data": [*MODELS["data"], {"id": "blind"}]}
    write_settings(folder, work_profile(api))
    plain = start("models", "The Office")
    assert (plain.wait(), plain.stdout.text, plain.complaints) == (0, "tiny\t8192\nblind\n", "")
    lines = start("models", "work", "--json")
    assert lines.wait() == 0
    first, second = map(json.loads, lines.stdout.text.splitlines())
    assert (first["name"], first["context_window"]) == ("tiny", 8192)
    assert (second["context_window"], second["takes_images"]) == (None, None)
    assert not api.server.questions


def test_models_of_a_service_that_refuses_are_an_error(
    start: Start, api: ServedApiServer, folder: Path
) -> None:
    write_settings(folder, work_profile(api))
    api.server.models = Whole("nothing here", status=500, content_type="text/plain")
    program = start("models", "work")
    assert (program.wait(), program.stdout.text) == (1, "")
    assert len(program.complaints.splitlines()) == 1


def test_the_demo_has_models_too(start: Start, folder: Path) -> None:
    write_settings(folder, "")
    program = start("models", "demo")
    assert program.wait() == 0
    assert program.stdout.text.startswith("gpt-4o-mini")


def test_models_of_two_services_at_once_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse("models", ("work", "--provider", "demo"))
    assert "PROFILE" in capsys.readouterr().err
