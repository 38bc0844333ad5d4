from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gui.widgets.reply_status import Phase, ReplyStatus

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def status(qtbot: QtBot) -> ReplyStatus:
    status = ReplyStatus()
    qtbot.addWidget(status)
    return status


@pytest.mark.parametrize("end", [Phase.COMPLETE, Phase.STOPPED, Phase.CUT, Phase.FAILED])
def test_the_clock_runs_only_while_there_is_something_to_count(
    status: ReplyStatus, end: Phase
) -> None:
    assert not status.is_ticking
    for phase in (Phase.CONNECTING, Phase.WAITING, Phase.STREAMING):
        status.set_phase(phase)
        assert status.is_ticking
    status.set_phase(end)
    assert not status.is_ticking


def test_waiting_shows_a_clock(status: ReplyStatus, qtbot: QtBot) -> None:
    status.set_phase(Phase.CONNECTING)
    status.set_phase(Phase.WAITING)
    assert status.text() == "Waiting for the first word…"
    qtbot.waitUntil(lambda: status.text().endswith(" 1 s"), timeout=3000)


def test_every_end_says_how_much_came(status: ReplyStatus) -> None:
    said = []
    for phase in (Phase.COMPLETE, Phase.STOPPED, Phase.CUT):
        status.set_phase(Phase.CONNECTING)
        status.count(1200)
        status.count(34)
        status.set_phase(phase)
        said.append(status.text())

    assert len(set(said)) == 3
    assert all("1,234" in text or "1234" in text or "1 234" in text for text in said)


def test_a_new_reply_counts_from_nothing(status: ReplyStatus) -> None:
    status.set_phase(Phase.CONNECTING)
    status.count(99)
    status.set_phase(Phase.CONNECTING)
    status.set_phase(Phase.STREAMING)
    assert "99" not in status.text()
