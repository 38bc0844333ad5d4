"""Marks in a text where a picture, a sound or a file was that did not come with it."""

from __future__ import annotations

IMAGE = "image"
AUDIO = "audio"
FILE = "file"


def placeholder(kind: str, name: str = "") -> str:
    """Return the mark: the kind, and the name or description where there is one."""
    return f"[{kind}: {name}]" if name else f"[{kind}]"
