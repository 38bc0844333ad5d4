"""The window with its store: the real program's parts, put together as it does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.conversation import Talk, until
from PySide6.QtWidgets import QApplication

from core.state import StateFile
from gui.library import Library
from gui.sidebar.conversation_list import ConversationList

if TYPE_CHECKING:
    from pathlib import Path

    from core.demo import DemoSite


def library_of(talk: Talk, folder: Path) -> Library:
    return Library(
        talk.window,
        talk.store,
        controller=talk.controller,
        conversations=talk.conversations,
        transcript=talk.transcript,
        actions=talk.actions,
        shortcuts=talk.shortcuts,
        open_reply=talk.source.open,
        state_file=StateFile(folder / "state.json"),
        scope=talk.chores,
        keeping=talk.keeping,
    )


async def test_the_title_is_shown_and_follows_a_new_name(talk: Talk, tmp_path: Path) -> None:
    library = library_of(talk, tmp_path)
    library.open()
    await talk.ask("What is a tree?")
    await until(lambda: talk.window.header.title.whole_text() == "What is a tree?")
    assert talk.window.windowTitle() == "What is a tree?"

    store = await talk.store.open()
    await store.update(talk.controller.conversation.id, title="Trees", has_own_title=True)
    await until(lambda: talk.window.header.title.whole_text() == "Trees")
    talk.controller.start_conversation()
    assert talk.window.windowTitle() == "Beseda"
    await library.close()


async def test_the_model_names_a_conversation_when_asked(
    talk: Talk, demo_site: DemoSite, tmp_path: Path
) -> None:
    library = library_of(talk, tmp_path)
    library.open()
    await talk.ask("What is a tree?")
    demo_site.answer("“Trees, explained.”")
    talk.actions.title_requested.emit()
    await until(lambda: talk.window.header.title.whole_text() == "Trees, explained")
    assert talk.transcript.message_count() == 2
    await library.close()


async def test_what_needs_the_store_is_offered_once_it_is_open(talk: Talk, tmp_path: Path) -> None:
    library = library_of(talk, tmp_path)
    names = {"Export…", "Import…", "Markdown mirror…", "Ask the model for a title"}
    offered = [action for action in talk.window.actions() if action.text() in names]
    assert len(offered) == 4
    assert not any(action.isEnabled() for action in offered)

    library.open()
    await until(lambda: all(action.isEnabled() for action in offered))
    await library.close()
    assert not any(action.isEnabled() for action in offered)


async def test_the_lists_come_back_when_the_store_is_opened_anew(
    talk: Talk, tmp_path: Path
) -> None:
    library = library_of(talk, tmp_path)
    library.open()
    await talk.ask("What is a tree?")
    for _ in range(2):
        await until(lambda: rows_of_the_list() == ["What is a tree?"])
        await library.close()
        await talk.store.rest()
        QApplication.processEvents()
        library.open()
    await until(lambda: rows_of_the_list() == ["What is a tree?"])
    await library.close()


def rows_of_the_list() -> list[str]:
    """Titles in the one list that can be seen."""
    widgets = QApplication.allWidgets()
    lists = [w for w in widgets if isinstance(w, ConversationList) and w.isVisible()]
    if len(lists) != 1:
        return []
    model = lists[0].model()
    return [str(model.index(row, 0).data()) for row in range(1, model.rowCount())]


async def test_a_conversation_that_goes_to_the_trash_is_left(talk: Talk, tmp_path: Path) -> None:
    library = library_of(talk, tmp_path)
    library.open()
    await talk.ask("What is a tree?")
    store = await talk.store.open()
    await store.delete_conversations([talk.controller.conversation.id])
    await until(lambda: not talk.controller.conversation.messages)
    assert talk.transcript.message_count() == 0
    await library.close()
