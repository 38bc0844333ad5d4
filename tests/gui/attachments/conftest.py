from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter


def painted(width: int, height: int, *, colour: str = "#2060a0") -> QImage:
    """Return a picture in two colours, so that one side can be told from the other."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height, QColor("#c02020"))
    painter.end()
    return image


@pytest.fixture
def picture_file(tmp_path: Path) -> Callable[..., str]:
    """Write a picture and return its path."""

    def write(name: str = "cat.png", width: int = 60, height: int = 40) -> str:
        path = tmp_path / name
        assert painted(width, height).save(str(path))
        return str(path)

    return write
