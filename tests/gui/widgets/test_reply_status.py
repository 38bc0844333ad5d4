from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gui.widgets.reply_status import Offer, Phase, ReplyStatus

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


class Clock:
    """A clock that a test puts forward."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(qtbot: QtBot, clock: Clock) -> ReplyStatus:
    status = ReplyStatus(clock=clock)
    qtbot.addWidget(status)
    status.set_phase(Phase.CONNECTING)
    return status


def after(status: ReplyStatus, clock: Clock, seconds: float) -> str:
    """Return what is said so many seconds later."""
    clock.now += seconds
    status.refresh()
    return status.text()


def test_each_stage_has_its_own_clock(timed: ReplyStatus, clock: Clock) -> None:
    assert after(timed, clock, 3) == "Connecting… 3 s"
    timed.set_phase(Phase.LOADING)
    assert after(timed, clock, 7) == "Loading the model… 7 s"
    timed.set_phase(Phase.WAITING)
    assert after(timed, clock, 42) == "Waiting for the first word… 42 s"


def test_what_is_offered_counts_from_the_question(timed: ReplyStatus, clock: Clock) -> None:
    after(timed, clock, 12)
    timed.set_phase(Phase.WAITING)
    after(timed, clock, 7.9)
    assert timed.offer == Offer.NOTHING
    after(timed, clock, 0.2)
    assert timed.offer == Offer.KEEP_WAITING | Offer.STOP | Offer.ELSEWHERE
    timed.set_unlimited()
    assert timed.offer == Offer.STOP | Offer.ELSEWHERE
    timed.set_phase(Phase.STREAMING)
    assert timed.offer == Offer.NOTHING


def test_an_offer_is_told_once(timed: ReplyStatus, clock: Clock) -> None:
    told: list[Offer] = []
    timed.offer_changed.connect(told.append)
    for _ in range(30):
        after(timed, clock, 1)
    timed.set_phase(Phase.STOPPED)
    assert told == [Offer.KEEP_WAITING | Offer.STOP | Offer.ELSEWHERE, Offer.NOTHING]


def test_the_next_reply_has_its_limit_again(timed: ReplyStatus, clock: Clock) -> None:
    timed.set_unlimited()
    assert "without a limit" in after(timed, clock, 5)
    timed.set_phase(Phase.WAITING)
    assert "without a limit" in after(timed, clock, 5)
    timed.set_phase(Phase.STOPPED)
    timed.set_phase(Phase.CONNECTING)
    assert after(timed, clock, 5) == "Connecting… 5 s"


def test_an_answer_is_measured_in_words_whatever_pieces_they_come_in(
    timed: ReplyStatus, clock: Clock
) -> None:
    timed.set_phase(Phase.STREAMING)
    assert timed.text() == "Answering…"
    clock.now += 2
    for piece in ("on", "e two ", "three", " fo", "", "ur five six"):
        timed.count_text(piece)
    assert after(timed, clock, 0) == "Answering: 3 words a second"


def test_an_answer_without_spaces_is_measured_in_characters(
    timed: ReplyStatus, clock: Clock
) -> None:
    timed.set_phase(Phase.STREAMING)
    clock.now += 2
    timed.count_text("天空是蓝色的，因为空气分子散射阳光中的蓝光。" * 2)
    assert after(timed, clock, 0) == "Answering: 22 characters a second"


def test_thinking_is_measured_but_is_no_part_of_the_answer(
    timed: ReplyStatus, clock: Clock
) -> None:
    timed.set_phase(Phase.STREAMING)
    clock.now += 2
    timed.count_reasoning("let me think of that ")
    assert after(timed, clock, 1) == "Answering: 2 words a second"
    timed.count_text("Yes")
    timed.set_phase(Phase.COMPLETE)
    assert timed.text() == "Done: 3 characters in 3.0 s"


def test_a_stall_is_said_before_something_is_offered(timed: ReplyStatus, clock: Clock) -> None:
    timed.set_phase(Phase.STREAMING)
    timed.count_text("Half ")
    assert after(timed, clock, 4) == "Answering…"
    assert after(timed, clock, 2) == "Nothing new for 6 s"
    assert timed.offer == Offer.NOTHING
    assert after(timed, clock, 6) == "Nothing new for 12 s"
    assert timed.offer == Offer.KEEP_WAITING | Offer.STOP | Offer.ELSEWHERE
    timed.count_text("more")
    after(timed, clock, 0)
    assert timed.offer == Offer.NOTHING


def test_a_retry_is_counted_down_and_never_below_nothing(timed: ReplyStatus, clock: Clock) -> None:
    timed.show_retry(1, 2, seconds=4.6)
    assert timed.is_ticking
    assert timed.text() == "Trying again in 5 s, 1 of 2"
    assert after(timed, clock, 3) == "Trying again in 2 s, 1 of 2"
    assert after(timed, clock, 3) == "Trying again in 0 s, 1 of 2"
    assert timed.offer == Offer.RETRY_NOW | Offer.STOP | Offer.ELSEWHERE


def test_the_wait_after_a_retry_begins_anew(timed: ReplyStatus, clock: Clock) -> None:
    after(timed, clock, 19)
    timed.show_retry(1, 2, seconds=5)
    clock.now += 5
    timed.set_phase(Phase.CONNECTING)
    assert after(timed, clock, 3) == "Connecting… 3 s"
    assert timed.offer == Offer.NOTHING


def test_a_reply_that_is_joined_on_its_way_is_shown_as_it_stands(
    qtbot: QtBot, clock: Clock
) -> None:
    status = ReplyStatus(clock=clock)
    qtbot.addWidget(status)
    status.set_phase(Phase.WAITING, age=33, asked_ago=40)
    assert status.text() == "Waiting for the first word… 33 s"
    assert Offer.KEEP_WAITING in status.offer
    status.set_phase(Phase.STREAMING)
    status.set_phase(Phase.COMPLETE)
    assert status.text().endswith("in 40.0 s")
