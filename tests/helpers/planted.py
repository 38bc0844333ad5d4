"""A secret that is easy to find again, and the search for it in whatever a program leaves."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

KEY = "sk-plntdQ7x9/Zt4+mN8w=K2v"
PASSWORD = "plntdR5j3:Hb6 &Yd1пар"
PIECES = ("plntd", "Q7x9", "Zt4", "mN8w", "R5j3", "Hb6", "Yd1")
"""What stays as it is however they are escaped. A half of a secret is found, too."""


def quoting(secret: str) -> str:
    """Return words of an unfriendly service: all that may be made of a secret it was shown."""
    token = base64.b64encode(f"me:{secret}".encode()).decode()
    forms = (secret, quote(secret, safe=""), json.dumps(secret), repr(secret), token)
    return f"Incorrect API key provided: {' '.join(forms)}. Authorization: Bearer {secret}"


def found_in(content: bytes) -> list[str]:
    """Return what of the planted secrets is in `content`, in clear or in base64."""
    forms = {piece: piece.encode() for piece in PIECES}
    for secret in (KEY, PASSWORD):
        for before in range(3):
            encoded = base64.b64encode(bytes(before) + secret.encode())
            forms[f"base64 {before} of {secret}"] = encoded[4:16]
    return [name for name, form in forms.items() if form in content]


def found_below(folder: Path, *, besides: Iterable[Path] = ()) -> dict[str, list[str]]:
    """Return which files below `folder` hold something of the planted secrets, and what."""
    left_out = set(besides)
    files = [path for path in folder.rglob("*") if path.is_file() and path not in left_out]
    assert files, f"there is nothing in {folder}"
    found = {str(path): found_in(path.read_bytes()) for path in files}
    return {path: pieces for path, pieces in found.items() if pieces}
