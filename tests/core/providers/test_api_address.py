"""Addresses as people write them."""

from __future__ import annotations

import pytest

from core.errors import ConnectionFailedError, Fault
from core.providers.api_address import read_address


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
        ("https://api.openai.com", "https://api.openai.com/v1"),
        ("https://api.openai.com/", "https://api.openai.com/v1"),
        (" api.openai.com ", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/models/", "https://api.openai.com/v1"),
        ("https://openrouter.ai/api", "https://openrouter.ai/api/v1"),
        ("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1"),
        (
            "https://generativelanguage.googleapis.com/v1beta/openai/",
            "https://generativelanguage.googleapis.com/v1beta/openai",
        ),
        ("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4"),
        ("https://api.perplexity.ai/chat/completions", "https://api.perplexity.ai"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("192.168.1.5:1234", "http://192.168.1.5:1234/v1"),
        ("[::1]:8080", "http://[::1]:8080/v1"),
        ("nas:8000", "http://nas:8000/v1"),
        ("server.local", "http://server.local/v1"),
        ("https://localhost:8443//v1//", "https://localhost:8443/v1"),
        ("https://x.openai.azure.com", "https://x.openai.azure.com/openai/v1"),
        ("https://x.openai.azure.com/openai/v1/", "https://x.openai.azure.com/openai/v1"),
        ("HTTPS://API.Example.org/V1#top", "https://API.Example.org/V1"),
    ],
)
def test_an_address_may_be_written_in_many_ways(written: str, asked: str) -> None:
    address = read_address(written)
    assert address.endpoint("chat/completions") == f"{asked}/chat/completions"
    assert address.endpoint("models") == f"{asked}/models"


def test_azures_whole_address_keeps_its_version() -> None:
    base = "https://x.openai.azure.com/openai/deployments/my-gpt"
    for written in (
        f"{base}?api-version=2024-10-21",
        f"{base}/chat/completions?api-version=2024-10-21",
    ):
        address = read_address(written)
        assert address.is_azure
        assert address.deployment == "my-gpt"
        asked = address.endpoint("chat/completions")
        assert asked == f"{base}/chat/completions?api-version=2024-10-21"
        models = "https://x.openai.azure.com/openai/models?api-version=2024-10-21"
        assert address.endpoint("models") == models


def test_what_stands_beside_the_api_is_found() -> None:
    assert read_address("localhost:11434").at_root("api/ps") == "http://localhost:11434/api/ps"
    proxied = read_address("https://home.example.org/ollama/v1")
    assert proxied.at_root("api/ps") == "https://home.example.org/ollama/api/ps"


@pytest.mark.parametrize(
    ("written", "is_local"),
    [
        ("localhost:1", True),
        ("127.0.0.9", True),
        ("[::1]:8080", True),
        ("10.1.2.3", True),
        ("nas", True),
        ("box.local:1", True),
        ("api.openai.com", False),
        ("8.8.8.8", False),
        ("localhost.example.org", False),
    ],
)
def test_a_local_server_is_told_from_a_stranger(written: str, is_local: bool) -> None:
    address = read_address(written)
    assert address.is_local is is_local
    assert address.may_be_ollama is is_local


def test_a_host_has_its_port_where_it_matters() -> None:
    assert read_address("localhost:11434").host == "localhost:11434"
    assert read_address("[::1]:80").host == "[::1]:80"
    assert read_address("api.openai.com/v1").host == "api.openai.com"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "ftp://example.org",
        "https://",
        "https://exa mple.org",
        "https://me:hunter2@example.org/v1",
        "http://[::1",
        "http://example.org:0",
        "http://example.org:99999",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_web_address_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(ConnectionFailedError) as caught:
        read_address(written)
    assert caught.value.fault is Fault.BAD_ADDRESS
    assert not caught.value.retryable
    assert "hunter2" not in str(caught.value.data)
