"""The line of the quick prompt: a composer that knows commands, and texts that go with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from core.templates import (
    SIGN,
    Command,
    Source,
    Template,
    find_command,
    prompt_of,
    split_command,
    wanted_sources,
)
from gui.quick.context_bar import ContextBar
from gui.quick.quick_metrics import quick_metrics
from gui.widgets.composer import Composer

if TYPE_CHECKING:
    from core.attachments import Files

ReadSource = Callable[[Source], str]
"""Gives the text that a source has now; empty for none."""


class QuickComposer(Composer):
    """Gives for its text the prompt that a command stands for, with what was added to it.

    Nothing is added silently: what goes along is in a chip before the question is asked.

    Signals:
        commands_offered: these `Template` begin with what is typed; none when no command is.
        context_changed: chips have come or gone.
    """

    commands_offered = Signal(object)
    context_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        # The base looks at the text while it is made.
        self._templates: Sequence[Template] = ()
        self._added: dict[Source, str] = {}
        """What the user has asked for, by a button or a key."""
        self._declined: set[Source] = set()
        self._declined_for = ""
        self._context: ContextBar | None = None
        self._has_answer = False
        self.read_source: ReadSource | None = None
        super().__init__(parent)

        side, padding = quick_metrics().line_margin, quick_metrics().padding
        self._column.setContentsMargins(side, padding, side, padding)
        self._context = ContextBar()
        self._column.insertWidget(self._column.indexOf(self.editor), self._context)
        font = QFont(self.editor.font())
        font.setPointSizeF(font.pointSizeF() * quick_metrics().text_scale)
        self.editor.setFont(font)
        self._show_hint()

        self._context.removed.connect(self._on_context_removed)
        self._context.changed.connect(self._on_context_changed)
        self.editor.textChanged.connect(self._look_for_command)

    @property
    def context(self) -> ContextBar:
        """What shows the texts that go along."""
        if self._context is None:
            raise RuntimeError("the line is not made yet")
        return self._context

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed, and nothing would go along."""
        return not (self.editor.text().strip() or self.chip.text() or self._added or self.files())

    @property
    def templates(self) -> Sequence[Template]:
        """What can be typed as a command."""
        return self._templates

    def set_templates(self, templates: Sequence[Template]) -> None:
        """Let these be typed as commands."""
        self._templates = templates
        self._look_for_command()

    def text(self) -> str:
        """Return the prompt that would be sent: a command is replaced by its template."""
        typed = super().text()
        if self._context is None or not typed.strip():
            return typed
        return prompt_of(typed, self._templates, context=self._context.texts())

    def typed_text(self) -> str:
        """Return what is typed, as it is."""
        return self.editor.text()

    def start_editing(self, text: str, files: Files = ()) -> None:
        """Put an earlier message into the line; what is typed there is laid aside as it is."""
        if self._aside is None:
            self._aside = super().text(), self.files()  # not what a command stands for
        super().start_editing(text, files)

    def add_context(self, source: Source) -> bool:
        """Let the text of a source go with the question; False when it has none."""
        text = self.read_source(source) if self.read_source is not None else ""
        if not text.strip():
            return False
        self._added[source] = text
        self._show_context()
        return True

    @Slot()
    def clear(self) -> None:
        """Empty the line and let the texts go."""
        self._added.clear()
        self._declined.clear()
        super().clear()
        self._show_context()

    def complete(self, template: Template) -> None:
        """Put the name of a command in the place of what is typed of it."""
        _, rest = split_command(self.editor.text())
        self.editor.setPlainText(f"{SIGN}{template.name} {rest}")
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)

    def add_control_at_end(self, widget: QWidget) -> None:
        """Put a control of somebody else's beside the button, on the right."""
        self._controls.insertWidget(self._controls.count() - 2, widget)
        QWidget.setTabOrder(self.send_button, self.stop_button)

    def set_has_answer(self, has_answer: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Say what Enter does on an empty line once there is an answer."""
        self._has_answer = has_answer
        self._show_hint()

    @Slot()
    def _show_hint(self) -> None:
        super()._show_hint()
        if self._strip is not None and not self._strip.is_empty:
            return
        hint = self.tr("Ask anything, or type / for a command…")
        if self._has_answer:
            hint = self.tr("Enter copies the answer and closes; or ask on…")
        self.editor.setPlaceholderText(hint)
        self.editor.viewport().update()  # Qt paints no more than where the caret was

    @Slot()
    def _look_for_command(self) -> None:
        text = self.editor.text()
        name, rest = split_command(text) if text.startswith(SIGN) else ("", "")
        is_naming = text.startswith(SIGN) and not rest and not text[1:].endswith((" ", "\n"))
        known = [one for one in self._templates if name or not one.is_foreign]
        found = [one for one in known if one.name.startswith(name)] if is_naming else []
        if [one.name for one in found] == [name]:
            found = []
        self.commands_offered.emit(found)
        if name != self._declined_for:
            self._declined.clear()
            self._declined_for = name
        self._show_context()

    def _show_context(self) -> None:
        command = find_command(self.editor.text(), self._templates)
        texts = {**self._added, **self._automatic(command)}
        self.context.show_texts(texts)

    def _automatic(self, command: Command | None) -> dict[Source, str]:
        """Return what a command itself asks for."""
        result: dict[Source, str] = {}
        if command is None or self.read_source is None:
            return result
        for group in wanted_sources(command, self._added):
            for source in group:
                text = "" if self._declined.intersection(group) else self.read_source(source)
                if text.strip():
                    result[source] = text
                    break
        return result

    @Slot(object)
    def _on_context_removed(self, source: Source) -> None:
        if self._added.pop(source, None) is None:
            self._declined.add(source)
        self._show_context()
        self.editor.setFocus()

    @Slot()
    def _on_context_changed(self) -> None:
        self._refresh()
        self.context_changed.emit()
