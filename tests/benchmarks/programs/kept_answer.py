"""Takes one answer with the window's controller: `kept_answer.py ADDRESS STATE [STORE]`.

Without STORE, a folder, nothing is kept. Prints as JSON what it cost.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import qasync
from helpers.conversation import signalled
from helpers.loop_gaps import LoopGaps
from PySide6.QtWidgets import QApplication

from core.state import StateFile
from gui.conversation_controller import ConversationController
from gui.garbage import GarbageCollector
from gui.live_conversation import Sources
from gui.open_conversations import OpenConversations
from gui.profiles import profile_of
from gui.reply_source import ReplySource
from gui.store_source import StoreSource
from gui.tasks import TaskScope

WARM_UP = 1.0


async def measure(address: str, state: Path, folder: Path | None) -> dict[str, object]:
    """Ask, and return what was seen until the answer was complete."""
    source, store = ReplySource(StateFile(state / "state.json")), StoreSource(folder)
    replies, keeping = TaskScope(), TaskScope()
    conversations = OpenConversations(Sources(source.open, store.open), scope=replies)
    controller = ConversationController(conversations, profile_of(address), scope=keeping)
    await source.warm_up(controller.profile)
    await store.open()
    await asyncio.sleep(WARM_UP)
    garbage = GarbageCollector()
    controller.text_arrived.connect(garbage.wake)

    gaps = LoopGaps()
    end = signalled(controller.reply_finished)
    gaps.start()
    began, used = perf_counter(), process_time()
    assert controller.send("Go on.")
    state_at_end = await end
    await conversations.settled()
    took, used = perf_counter() - began, process_time() - used
    gaps.stop()
    garbage.close()
    await replies.close()
    await keeping.finish()
    await source.close()
    await store.close()
    longest = gaps.longest.own * 1e3
    return {"state": str(state_at_end), "seconds": took, "cpu": used, "block": longest}


def main(address: str, state: str, folder: str = "") -> None:
    """Measure and print."""
    application = QApplication(["beseda", "-platform", "offscreen"])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        kept = Path(folder) if folder else None
        result = loop.run_until_complete(measure(address, Path(state), kept))
    print(json.dumps(result), flush=True)


main(*sys.argv[1:])
