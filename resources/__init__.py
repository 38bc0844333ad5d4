"""Data only: icons, themes, translations."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the files are; `importlib.resources` takes 5 ms to import, and the first frame waits."""
