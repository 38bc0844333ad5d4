"""A checkout to set up, in a folder whose name is not an easy one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from helpers.fake_checkout import ROOT, FakeCheckout

sys.path.append(str(ROOT / "packaging"))


@pytest.fixture
def checkout(tmp_path: Path) -> FakeCheckout:
    """Return a bare checkout; nothing is set up yet."""
    root = tmp_path / "a checkout, беседа"
    root.mkdir()
    return FakeCheckout(root, tmp_path / "tools")
