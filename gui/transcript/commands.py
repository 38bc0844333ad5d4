"""What the user can do with messages: copying and the rest of the menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from gui import clipboard
from gui.attachments.viewer import AttachmentViewer
from gui.clipboard import CopiedText
from gui.transcript.actions import Action, actions_for
from gui.transcript.canvas import author_of, note_of
from gui.transcript.code_block import CodeLayout
from gui.transcript.copier import Copier
from gui.transcript.copy_pieces import whole
from gui.transcript.copying import (
    marked_parts,
    rendered_conversation,
    rendered_message,
    rendered_selection,
)
from gui.transcript.formats import NOTE_SCHEME
from gui.transcript.links import may_open, says_where
from gui.transcript.menu import MenuContext, MessageMenu
from gui.transcript.position import ANSWER, Position
from gui.transcript.rich_copy import copy_slices
from gui.transcript.segments import (
    Block,
    CodeSegment,
    Kind,
    Note,
    RunKind,
    TableSegment,
    TextSegment,
)

if TYPE_CHECKING:
    from gui.transcript.model import TranscriptMessage
    from gui.transcript.pointer import Target
    from gui.transcript.rich_copy import Steps
    from gui.transcript.segment_layout import SegmentLayout
    from gui.transcript.view import TranscriptView

_COPIED_SHOWN = 1_500
"""Milliseconds for which a button says that something was copied."""
_READ_FOR_A_MENU = 12_000
"""Characters of a message that may be read before its menu opens."""
_LONGEST_WORD = 200
_MAX_LISTED = 20


class Commands(QObject):
    """Carries out what was chosen; what others have to do becomes a signal of the view."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._form = ""
        """In which form the message that is being copied is wanted."""
        self.copier = Copier(self)

        self.copier.copied.connect(self._on_copier_copied)

    # -- copying

    def copy_selection(self) -> None:
        """Put the selected text on the clipboard, in all its forms."""
        steps = self._selection_steps()
        if steps is not None:
            self._copy(steps, "")

    def offer_selection(self) -> None:
        """Let the selected text be had by a middle click, where the desktop knows such a thing."""
        steps = self._selection_steps()
        if steps is not None:
            clipboard.offer_selection(partial(_finished, steps))

    def _selection_steps(self) -> Steps | None:
        bounds = self._view.shown.selection.bounds()
        if bounds is None:
            return None
        parts = marked_parts(self._view.conversation, self._view.shown.selection)
        return rendered_selection(parts, bounds)

    def copy_message(self, index: int, form: str = "") -> None:
        """Put a message on the clipboard; `form` is ``rich``, ``markdown``, ``plain`` or all."""
        if form == "markdown":
            clipboard.copy_plain(self._view.conversation.messages[index].text)
        else:
            self._copy(rendered_message(self._view.conversation, index), form)

    def _copy(self, steps: Steps, form: str) -> None:
        self._form = form
        self.copier.copy(steps)

    def _on_copier_copied(self, text: CopiedText) -> None:
        if self._form == "plain":
            clipboard.copy_plain(text.plain)
        elif self._form == "rich":
            clipboard.copy(CopiedText(plain=text.plain, html=text.html))
        else:
            clipboard.copy(text)

    def selected_word(self) -> str:
        """Return the selected characters if they are few and of one line."""
        bounds = self._view.shown.selection.bounds()
        if bounds is None or bounds[0][:3] != bounds[1][:3]:
            return ""
        place = self._view.conversation.place(bounds[0])
        if place is None:
            return ""
        plain = place.layout.segment.text[bounds[0].offset : bounds[1].offset]
        return plain if len(plain) <= _LONGEST_WORD and "\n" not in plain else ""

    def codes(self, index: int) -> list[tuple[str, str]]:
        """Return language and text of each of a message's code blocks."""
        result: list[tuple[str, str]] = []
        for layout in self._read_layouts(index):
            segment = layout.segment
            if not isinstance(segment, CodeSegment):
                continue
            if segment.continues and result:
                language, text = result[-1]
                result[-1] = (language, text + segment.joint + segment.text)
            else:
                result.append((segment.language, segment.text))
        return result

    def tables(self, index: int) -> list[list[TableSegment]]:
        """Return the pieces of each of a message's tables."""
        return _tables(self._read_layouts(index))

    def copy_conversation(self) -> None:
        """Put all messages on the clipboard, in all forms, each below the name of its author."""
        self._copy(rendered_conversation(self._view.conversation), "")

    def _languages(self, layouts: list[SegmentLayout]) -> list[str]:
        segments = [layout.segment for layout in layouts]
        return [
            segment.language
            for segment in segments
            if isinstance(segment, CodeSegment) and not segment.continues
        ]

    def _read_layouts(self, index: int) -> list[SegmentLayout]:
        """Return a message's segments; of a very long one as far as it was read to be shown."""
        layout = self._view.conversation.layout(index)
        layout.parse_some(_READ_FOR_A_MENU)
        self._view.conversation.update_height(index)
        return layout.answer.layouts

    # -- what was clicked

    def activate(self, target: Target) -> None:
        """Do what a click on something means."""
        if target.kind == "link":
            self.open_link(target.value, target.text, message=target.message)
        elif target.kind == "picture":
            self._view.images.request(target.value)
        elif target.kind == "reasoning":
            self.toggle_reasoning(target.message)
        elif target.kind == "attachment":
            self.show_attachment(target.message, int(target.value))
        elif isinstance(target.layout, CodeLayout):
            if target.value == "copy":
                self._copy_block(target.layout, target.message)
            else:
                self._toggle_wrap(target.layout, target.message)

    def _copy_block(self, layout: CodeLayout, message: int) -> None:
        pieces = self._pieces(layout, message)
        texts = [
            piece.segment.joint * bool(n) + piece.segment.text for n, piece in enumerate(pieces)
        ]
        clipboard.copy_plain("".join(texts))
        layout.is_copied = True
        self._view.viewport().update()
        QTimer.singleShot(_COPIED_SHOWN, self, partial(self._forget_copied, layout))

    def copy_last_code(self, index: int) -> bool:
        """Put the last code block of a message on the clipboard; False when it has none.

        The block itself says so. Of a very long message everything is read first.
        """
        shown = self._view.conversation.whole(index)
        layouts = [one for one in shown.answer.layouts if isinstance(one, CodeLayout)]
        if not layouts:
            return False
        self._copy_block(layouts[-1], index)
        return True

    def _forget_copied(self, layout: CodeLayout) -> None:
        layout.is_copied = False
        self._view.viewport().update()

    def _toggle_wrap(self, layout: CodeLayout, message: int) -> None:
        layout.group.wrap = not layout.group.wrap
        layout.group.scroll = 0
        for piece in self._pieces(layout, message):
            piece.exact = False
        self._view.refresh()

    def _toggle_wraps(self, index: int) -> None:
        """Wrap all code of a message, or none."""
        layouts = self._read_layouts(index)
        blocks = [layout for layout in layouts if isinstance(layout, CodeLayout)]
        wrap = not all(block.group.wrap for block in blocks)
        for block in blocks:
            block.group.wrap = wrap
            block.group.scroll = 0
            block.exact = False
        self._view.refresh()

    def _pieces(self, layout: CodeLayout, message: int) -> list[CodeLayout]:
        for _part, shown in self._view.conversation.layout(message).parts:
            if layout in shown.layouts:
                pieces = shown.group_of(shown.layouts.index(layout))
                return [piece for piece in pieces if isinstance(piece, CodeLayout)]
        return [layout]

    def toggle_reasoning(self, index: int) -> None:
        """Fold or unfold a message's reasoning; the header stays where it is."""
        message = self._view.conversation.messages[index]
        layout = self._view.conversation.layout(index)
        self._view.follow_state.let_go()
        message.is_reasoning_shown = not message.is_reasoning_shown
        if message.is_reasoning_shown:
            layout.show_reasoning()
        else:
            layout.hide_reasoning()
        self._view.shown.selection.clear()
        self._view.conversation.update_height(index)
        self._view.refresh()

    def show_attachment(self, index: int, number: int) -> None:
        """Show a file of a question by itself, as large as it is."""
        attachment = self._view.conversation.messages[index].attachments[number]
        AttachmentViewer(attachment, self._view.window()).open()

    def open_link(self, target: str, words: str = "", *, message: int = -1) -> None:
        """Open a link of an allowed kind after its target was shown; a note is scrolled to."""
        if target.startswith(NOTE_SCHEME):
            self._show_note(message, target.removeprefix(NOTE_SCHEME))
        elif not may_open(target):
            return
        elif says_where(words, target):
            self._view.link_open_requested.emit(target)
        else:
            self._view.overlays.link_question.ask(target, self._view.viewport().geometry())

    def _show_note(self, index: int, label: str) -> None:
        if index < 0:
            return
        for number, layout in enumerate(self._view.conversation.whole(index).answer.layouts):
            segment = layout.segment
            if not isinstance(segment, TextSegment) or segment.kind is not Kind.FOOTNOTE:
                continue
            offset = 0
            for block in segment.blocks:
                if _is_note(block, label):
                    self._view.show_position(Position(index, ANSWER, number, offset))
                    return
                offset += len(block.text) + 1

    # -- the menu

    def open_menu(self, index: int, target: Target, where: QPoint) -> None:
        """Open the menu of a message."""
        menu = self.menu(index, target)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def offered(self, index: int) -> list[Action]:
        """Return what can be done with a message here and now."""
        offers = self._view.offers
        actions = actions_for(self._view.conversation.messages[index])
        return [action for action in actions if offers is None or offers(index, action)]

    def menu(self, index: int, target: Target) -> MessageMenu:
        """Return the menu of a message."""
        view, layouts = self._view, self._read_layouts(index)
        context = MenuContext(
            has_selection=not view.shown.selection.is_empty,
            link=target.value if target.kind == "link" and may_open(target.value) else "",
            codes=tuple(language or self.tr("text") for language in self._languages(layouts)),
            tables=len(_tables(layouts)),
            links=self._links(layouts),
            offered=tuple(self.offered(index)),
            others=tuple(view.alternatives()) if view.alternatives is not None else (),
            attachments=tuple(item.name for item in view.conversation.messages[index].attachments),
            version=view.conversation.messages[index].version,
            versions=view.conversation.messages[index].versions,
        )
        menu = MessageMenu(context, view)
        menu.chosen.connect(partial(self._on_chosen, view.conversation.messages[index]))
        return menu

    def _links(self, layouts: list[SegmentLayout]) -> tuple[str, ...]:
        result: dict[str, None] = {}
        for layout in layouts:
            segment = layout.segment
            blocks = segment.blocks if isinstance(segment, TextSegment) else []
            for run in [run for block in blocks for run in block.runs]:
                if run.kind is RunKind.TEXT and run.href and may_open(run.href):
                    result[run.href] = None
        return tuple(result)[:_MAX_LISTED]

    def _on_chosen(self, message: TranscriptMessage, name: str, about: str) -> None:
        index = self._view.index_of_message(message)
        if index >= 0:
            self.run(index, name, about)

    def run(self, index: int, name: str, about: str = "") -> None:
        """Carry out an action by name."""
        view = self._view
        wishes = {
            Action.EDIT: view.edit_requested,
            Action.REGENERATE: view.regenerate_requested,
            Action.CONTINUE: view.continue_requested,
            Action.DELETE: view.delete_requested,
        }
        if name in wishes:
            wishes[Action(name)].emit(index)
        elif name == "regenerate-with":
            view.regenerate_with_requested.emit(index, about)
        elif name == "version":
            view.version_requested.emit(index, int(about))
        elif name == "wrap-code":
            self._toggle_wraps(index)
        elif name == "open-link":
            self.open_link(about)
        elif name == "show-attachment":
            self.show_attachment(index, int(about))
        elif name == "select":
            view.keyboard.select_message(index)
        elif name == Action.COPY or name.startswith("copy-"):
            self._copy_part(index, name, about)

    def _copy_part(self, index: int, name: str, about: str) -> None:
        if name == "copy-selection":
            self.copy_selection()
        elif name == "copy-code":
            clipboard.copy_plain(self.codes(index)[int(about)][1])
        elif name == "copy-table":
            clipboard.copy(copy_slices(whole(self.tables(index)[int(about)])))
        elif name == "copy-conversation":
            self.copy_conversation()
        elif name == "copy-link":
            clipboard.copy_plain(about)
        else:
            self.copy_message(index, name.removeprefix("copy").removeprefix("-"))

    # -- words for screen readers

    def announcement(self, message: TranscriptMessage) -> str:
        """Return what is said when an answer has ended."""
        author = message.author or author_of(message.role)
        note = note_of(message.state) or self.tr("Answer complete")
        return f"{author}: {note}"


def _tables(layouts: list[SegmentLayout]) -> list[list[TableSegment]]:
    """Return the tables among some segments: a long one is in pieces."""
    result: list[list[TableSegment]] = []
    for layout in layouts:
        segment = layout.segment
        if isinstance(segment, TableSegment):
            if segment.continues and result:
                result[-1].append(segment)
            else:
                result.append([segment])
    return result


def _finished(steps: Steps) -> CopiedText:
    """Return what steps render, having taken all of them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: CopiedText = end.value
            return result


def _is_note(block: Block, label: str) -> bool:
    return any(
        isinstance(container, Note) and container.label == label
        for container in block.path[block.opened :]
    )
