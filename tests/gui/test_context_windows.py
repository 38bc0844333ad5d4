"""What is remembered of the services' context windows."""

from __future__ import annotations

from dataclasses import replace

from core.models import ModelInfo, Profile
from gui.context_windows import ContextWindows

OLLAMA = Profile("Ollama", "openai", "http://127.0.0.1:11434/v1", "small", id="ollama")


def test_nothing_is_filled_in_where_nobody_knows() -> None:
    assert ContextWindows().filled_in(OLLAMA) is OLLAMA


def test_each_model_has_the_window_that_its_service_told() -> None:
    windows = ContextWindows()
    windows.tell(OLLAMA, [ModelInfo("small", 4_096), ModelInfo("large", 32_768)])
    assert windows.filled_in(OLLAMA).context_window == 4_096
    assert windows.filled_in(replace(OLLAMA, model="large")).context_window == 32_768
    assert windows.filled_in(replace(OLLAMA, id="other")).context_window is None


def test_what_a_model_refused_counts_more_than_what_anybody_says_of_it() -> None:
    windows = ContextWindows()
    said = replace(OLLAMA, context_window=8_192)
    windows.limit(said, 2_048)
    assert windows.filled_in(said).context_window == 2_048
    assert windows.filled_in(replace(said, model="large")).context_window == 8_192
    windows.limit(said, 20_000)
    assert windows.filled_in(said).context_window == 8_192
