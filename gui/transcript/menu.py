"""The menu of a message: all its actions, by mouse or key."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.transcript.actions import Action

_MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class MenuContext:
    """What a menu is about, besides the message."""

    has_selection: bool = False
    link: str = ""
    """The link under the pointer."""
    codes: tuple[str, ...] = ()
    """Languages of the message's code blocks, in order."""
    tables: int = 0
    """How many tables the message has."""
    links: tuple[str, ...] = field(default_factory=tuple)
    """Targets of the message's links."""
    offered: tuple[Action, ...] = ()
    """What else can be done with the message."""
    others: tuple[tuple[str, str], ...] = ()
    """Who else may answer: a key that means something to whoever gave it, and a name."""
    attachments: tuple[str, ...] = ()
    """Names of the message's files, in order."""
    version: int = 0
    """Which of its versions the message is, from 1 on."""
    versions: int = 0


class MessageMenu(QMenu):
    """What can be done here.

    Signals:
        chosen: name of what is wanted, and what it is about: an address or a number.
    """

    chosen = Signal(str, str)

    def __init__(self, context: MenuContext, parent: QWidget) -> None:
        super().__init__(parent)
        if context.has_selection:
            self._add(self.tr("Copy selection"), "copy-selection")
            self.addSeparator()
        if context.link:
            self._add(self.tr("Open link…"), "open-link", context.link)
            self._add(self.tr("Copy link address"), "copy-link", context.link)
            self.addSeparator()
        self._add(self.tr("Copy message"), "copy")
        as_menu = self.addMenu(self.tr("Copy message as"))
        self._add(self.tr("Rich text"), "copy-rich", menu=as_menu)
        self._add(self.tr("Markdown"), "copy-markdown", menu=as_menu)
        self._add(self.tr("Plain text"), "copy-plain", menu=as_menu)
        self._add(self.tr("Copy conversation"), "copy-conversation")
        self._add_attachments(context)
        self._add_codes(context)
        self._add_tables(context)
        self._add_links(context)
        self._add(self.tr("Select text"), "select")
        self._add_versions(context)
        self._add_actions(context)
        self.triggered.connect(self._on_triggered)

    def _add_attachments(self, context: MenuContext) -> None:
        for number, name in enumerate(context.attachments):
            label = self.tr("Show {name}").format(name=_short(name))
            self._add(label, "show-attachment", str(number))

    def _add_codes(self, context: MenuContext) -> None:
        if context.codes:
            self._add(self.tr("Wrap or scroll code"), "wrap-code")
        if len(context.codes) == 1:
            self._add(self.tr("Copy code"), "copy-code", "0")
        elif context.codes:
            menu = self.addMenu(self.tr("Copy code"))
            for number, language in enumerate(context.codes):
                self._add(f"{number + 1}. {language}", "copy-code", str(number), menu=menu)

    def _add_tables(self, context: MenuContext) -> None:
        if context.tables == 1:
            self._add(self.tr("Copy table"), "copy-table", "0")
        elif context.tables:
            menu = self.addMenu(self.tr("Copy table"))
            for number in range(context.tables):
                self._add(f"{number + 1}", "copy-table", str(number), menu=menu)

    def _add_links(self, context: MenuContext) -> None:
        if context.links:
            menu = self.addMenu(self.tr("Links"))
            for link in context.links:
                self._add(_short(link), "open-link", link, menu=menu)

    def _add_versions(self, context: MenuContext) -> None:
        if context.versions < 2:
            return
        self.addSeparator()
        previous = self._add(self.tr("Previous version"), "version", "-1")
        previous.setEnabled(context.version > 1)
        following = self._add(self.tr("Next version"), "version", "1")
        following.setEnabled(context.version < context.versions)

    def _add_actions(self, context: MenuContext) -> None:
        names = {
            Action.EDIT: self.tr("Edit and send again"),
            Action.REGENERATE: self.tr("Answer again"),
            Action.CONTINUE: self.tr("Continue"),
            Action.DELETE: self.tr("Delete message"),
        }
        offered = [action for action in context.offered if action in names]
        if offered:
            self.addSeparator()
        for action in offered:
            self._add(names[action], action.value)
            if action is Action.REGENERATE and context.others:
                menu = self.addMenu(self.tr("Answer again with"))
                for key, name in context.others:
                    self._add(name.replace("&", "&&"), "regenerate-with", key, menu=menu)

    def _add(self, label: str, name: str, about: str = "", *, menu: QMenu | None = None) -> QAction:
        action = QAction(label, self)
        action.setObjectName(name)
        action.setData((name, about))
        (menu or self).addAction(action)
        return action

    def _on_triggered(self, action: QAction) -> None:
        name, about = action.data()
        self.chosen.emit(name, about)


def _short(name: str) -> str:
    """Return a name as a menu can show it."""
    shown = name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 1]}…"
    return shown.replace("&", "&&")
