"""Where the user's data is; imported by what must start at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA_FOLDER_VARIABLE = "BESEDA_DATA_DIR"


def data_folder(override: str | Path | None = None) -> Path:
    """Return the folder of the user's data: `override`, `BESEDA_DATA_DIR`, or the system's place.

    The folder need not exist yet.
    """
    chosen = override or os.environ.get(DATA_FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform != "linux":
        from platformdirs import user_data_path  # noqa: PLC0415 - slow to import

        return user_data_path("beseda", appauthor=False)
    # The same as platformdirs says, for which the first frame would wait.
    place = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (place if place.is_absolute() else Path("~/.local/share").expanduser()) / "beseda"
