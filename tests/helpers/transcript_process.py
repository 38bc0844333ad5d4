"""Runs `transcript_frames.py`, so that no benchmark leaves its windows and memory to the next."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TypeAlias

from helpers.measuring import result_of
from helpers.running_program import plain_environment

Figures: TypeAlias = dict[str, tuple[list[float], list[float]]]


def transcript_figures(figure: str, rounds: int) -> Figures:
    """Return what the program measures, by name: ours, and what it is compared with."""
    with tempfile.TemporaryDirectory() as folder:
        # Without idle time, a frame is painted as soon as it is wanted.
        qt = {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_UPDATE_IDLE_TIME": "0"}
        environment = plain_environment(Path(folder)) | qt
        found = result_of("transcript_frames.py", figure, str(rounds), environment=environment)
        return {name: (ours, theirs) for name, (ours, theirs) in found.items()}
