from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF
from PySide6.QtGui import QCursor, QEnterEvent

from gui.sidebar.undo_toast import UndoToast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_notice_goes_by_itself(qtbot: QtBot) -> None:
    toast = UndoToast(stays=20)
    qtbot.addWidget(toast)
    toast.move(QCursor.pos() + QPoint(200, 200))
    toast.show_deletion("Deleted", "token")
    assert toast.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())
    with qtbot.assertNotEmitted(toast.undo_requested):
        toast.undo()


def test_the_notice_stays_under_the_pointer(qtbot: QtBot) -> None:
    toast = UndoToast(stays=20)
    qtbot.addWidget(toast)
    toast.show_deletion("Deleted", "token")
    here = QPointF(1, 1)
    QCoreApplication.sendEvent(toast, QEnterEvent(here, here, here))
    assert not toast.is_counting
    QCoreApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.is_counting


def test_the_newest_deletion_is_undone(qtbot: QtBot) -> None:
    toast = UndoToast()
    qtbot.addWidget(toast)
    toast.show_deletion("first", 1)
    toast.show_deletion("second", 2)
    assert toast.text() == toast.accessibleName() == "second"
    with qtbot.waitSignal(toast.undo_requested) as undone:
        toast.undo_button.click()
    assert undone.args == [2]
    assert toast.text() == ""
