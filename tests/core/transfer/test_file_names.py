"""Names of files that every system takes, whatever a title is."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.transfer.file_names import LONGEST, folded, safe_name, unique_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Windows\\win.ini", "C Windows win.ini"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("Com1 .md", "_Com1 .md"),
        ("COM¹", "_COM¹"),
        ("console", "console"),
        ("what? when: <now>|*", "what when now"),
        ("  dots and spaces. . ", "dots and spaces"),
        ("...", ""),
        ("line\nbreak\0nul\u202egnp", "line break nul gnp"),
        ("e\u0301", "é"),
        ("half \ud83d", "half"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("ж" * 200, "ж" * 60),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(text=st.text(st.characters(exclude_categories=[]), max_size=300))
def test_any_text_becomes_a_name_that_is_one_everywhere(text: str) -> None:
    name = safe_name(text)
    if not name:
        return
    assert len(name.encode()) <= LONGEST
    assert unicodedata.is_normalized("NFC", name)
    assert PureWindowsPath(name).name == PurePosixPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert name == name.strip(". ")


def test_names_that_look_the_same_to_some_system_are_told_apart() -> None:
    taken = {folded("Straße.md"), folded("strasse (2).md")}
    assert unique_name("STRASSE", ".md", taken) == "STRASSE (3).md"
    assert unique_name("Strase", ".md", taken) == "Strase.md"
    assert folded("É") == folded("e\u0301")
