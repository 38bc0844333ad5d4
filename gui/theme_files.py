"""Reads `resources/themes`."""

from __future__ import annotations

import json
from functools import cache

from resources import FOLDER


@cache
def theme_text(name: str) -> str:
    """Return a file's text."""
    return (FOLDER / "themes" / name).read_text(encoding="utf-8")


def theme_table(name: str) -> dict[str, str | float]:
    """Return the values of a TOML file by name; sections are for its reader.

    The files keep to one `name = value` on a line, which TOML and JSON write alike: importing
    `tomllib` takes longer than all else that is read before the first frame.
    """
    pairs = (line.partition(" = ") for line in theme_text(name).splitlines())
    return {key: json.loads(value) for key, found, value in pairs if found and key.isidentifier()}
