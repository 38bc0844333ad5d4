"""The real window with services of its own: the first start, a chain, models, the diagnosis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.api_server import ServedApiServer, openai_stream, refusal
from helpers.window import Window

pytestmark = pytest.mark.end_to_end

OpenWindow = Callable[..., Window]


@pytest.fixture
def api() -> Iterator[ServedApiServer]:
    with ServedApiServer() as server:
        yield server


def profile(name: str, address: str, **fields: str) -> str:
    """Return a profile as it stands in the settings' file."""
    values = {"name": name.title(), "provider": "openai", "address": address, **fields}
    lines = (f'{key} = "{value}"' for key, value in values.items())
    return "\n".join([f"[profiles.{name}]", *lines, ""])


def test_the_first_start_asks_who_shall_answer_and_the_second_does_not(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(settings="")
    window.wait_until_shown("firstStartPage")
    window.driver.press("demoOfferButton")
    window.ask("What are you?")
    window.wait_for_text("not a language model")
    window.wait_for_answer()
    assert window.close() == 0
    assert "[profiles.demo]" in (tmp_path / "data" / "settings.toml").read_text("utf-8")
    again = open_window()
    again.wait_until_shown("welcomeTitle")
    assert not again.driver.is_shown("firstStartPage")
    assert again.program.complaints == ""


def test_services_are_looked_for_again_on_request(
    open_window: OpenWindow, api: ServedApiServer
) -> None:
    settings = '[shortcuts]\nfind_services = "Ctrl+Shift+L"\n' + profile("mine", api.url, model="a")
    window = open_window(settings=settings)
    window.display.key("ctrl+shift+l")
    window.wait_until_shown("firstStartPage")
    window.ask("Hi")
    window.wait_for_text("Hello")
    window.display.key("ctrl+n")
    window.wait_until_shown("welcomeTitle")
    assert window.program.complaints == ""


def test_another_service_answers_where_the_first_cannot(
    open_window: OpenWindow, api: ServedApiServer
) -> None:
    api.server.answer(openai_stream("It is ", "blue."))
    with ServedApiServer() as broken:
        broken.server.answer(refusal(503, "overloaded"))
        settings = "[advanced]\nretries = 0\n" + profile(
            "first", broken.url, model="a", fallback="second"
        )
        window = open_window(settings=settings + profile("second", api.url, model="b"))
        window.ask("Why is the sky blue?")
        window.wait_for_text("It is blue.")
        window.wait_for_answer()
        assert "Second" in window.wait_until_shown("replyNote").name + window.transcript
        assert len(broken.server.questions) == 1
    assert window.program.complaints == ""


def test_what_is_written_into_the_settings_holds_in_the_open_window(
    open_window: OpenWindow, api: ServedApiServer, tmp_path: Path
) -> None:
    window = open_window(settings=profile("mine", api.url, model="a"))
    window.driver.wait_until(lambda: "Mine" in window.find("modelPicker").name, "the name")
    file = tmp_path / "data" / "settings.toml"
    file.write_text("# mine\n" + profile("mine", api.url, model="b"), "utf-8")
    window.driver.wait_until(lambda: "Mine · b" in window.find("modelPicker").name, "the model")
    window.ask("Hi")
    window.wait_for_text("Hello")
    assert api.server.questions[-1].json["model"] == "b"
    assert "# mine" in file.read_text("utf-8")


def test_a_refused_key_leads_to_the_settings(open_window: OpenWindow, api: ServedApiServer) -> None:
    api.server.answer(refusal(401, "Incorrect API key provided.", code="invalid_api_key"))
    settings = "[advanced]\nretries = 0\n" + profile("mine", api.url, model="a")
    window = open_window(settings=settings)
    window.ask("Hi")
    window.wait_until_shown("errorRow")
    window.driver.press("openSettingsButton")
    window.wait_until_shown("settingsWindow")
    window.display.key("Escape")
    window.driver.wait_until(lambda: not window.driver.is_shown("settingsWindow"), "its end")
    assert window.program.complaints == ""


def test_a_broken_way_leads_to_the_diagnosis(open_window: OpenWindow) -> None:
    settings = "[advanced]\nretries = 0\n" + profile("mine", "http://127.0.0.1:9", model="a")
    window = open_window(settings=settings)
    window.ask("Hi")
    window.wait_until_shown("errorRow")
    window.driver.press("diagnoseButton")
    window.wait_until_shown("diagnosisDialog")
    window.driver.wait_until(lambda: window.driver.look("tcpStep"), "a step")
    window.display.key("Escape")
    window.driver.wait_until(lambda: not window.driver.is_shown("diagnosisDialog"), "its end")
    assert window.program.complaints == ""
