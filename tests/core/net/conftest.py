"""Fixtures of the tests of core.net."""

from __future__ import annotations

import pytest
from helpers.loopback_tls import PrivateAuthority


@pytest.fixture(scope="module")
def authority() -> PrivateAuthority:
    return PrivateAuthority()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch
