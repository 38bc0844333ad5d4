"""A server of somebody else's, which runs as a process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RealServer:
    """Where it is, and the key that it wants."""

    url: str
    """Without `/v1`."""
    key: str
