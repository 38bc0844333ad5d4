"""The option that says where the data is; imported by what must start at once."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_data_option(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add the option that chooses where the data is."""
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="FOLDER",
        help="where the program keeps its data (default: BESEDA_DATA_DIR, or the system's place)",
    )
