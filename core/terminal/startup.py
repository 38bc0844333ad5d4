"""What makes a command start fast."""

from __future__ import annotations

import os
import sys

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def import_aiohttp() -> None:
    """Import aiohttp in about two thirds of the time; does nothing when somebody has done so.

    aiohttp reads all certificates of the system twice when it is imported, for contexts that we
    never use: `StreamSession` brings its own. Here they are made empty, and so trust nobody.
    """
    if "aiohttp" in sys.modules:
        return
    kept = {name: os.environ.get(name) for name in _CERTIFICATES}
    os.environ.update(dict.fromkeys(_CERTIFICATES, os.devnull))
    try:
        import aiohttp  # noqa: F401, PLC0415 - only to have it loaded
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
