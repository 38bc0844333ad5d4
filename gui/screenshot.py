"""A picture of the window, for documentation and for whoever wants to see that it works."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from core.errors import ChatError, StorageError
from gui.conversation_controller import ConversationController
from gui.main_window import MainWindow

_PAINT_SECONDS = 0.1
_LONGEST_DRAWING = 50
"""Times `_PAINT_SECONDS`."""


async def take_screenshot(
    window: MainWindow,
    controller: ConversationController,
    path: Path,
    *,
    ask: str | None,
    is_drawing: Callable[[], bool],
) -> None:
    """Ask, wait for the end of the answer, and save the window as PNG.

    `is_drawing` says whether something is still being drawn: that is waited for, some seconds.

    Raises:
        ChatError: there was no answer (the picture then shows that), or it could not be saved.
    """
    errors: list[ChatError] = []
    if ask is not None:
        controller.failed.connect(errors.append)
        await _answered(controller, ask)
    await asyncio.sleep(_PAINT_SECONDS)
    for _ in range(_LONGEST_DRAWING):
        if not is_drawing():
            break
        await asyncio.sleep(_PAINT_SECONDS)
    if not window.grab().save(str(path), "PNG"):
        raise StorageError(str(path))
    if errors:
        raise errors[0]


async def _answered(controller: ConversationController, ask: str) -> None:
    finished = asyncio.get_running_loop().create_future()
    controller.reply_finished.connect(finished.set_result)
    if not controller.send(ask):
        finished.set_result(None)
    await finished
    controller.reply_finished.disconnect(finished.set_result)
