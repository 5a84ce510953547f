"""A terminal that reads slowly gets the latest frame, not every frame: what is on its way is bounded."""

from __future__ import annotations

from typing import Any

import pexpect
import pytest

from planner.terminal.pace import ANSWER, ENOUGH, LONGEST, Pace
from tests.terminal.test_driver import compare, terminals

__all__ = ["terminals"]


def test_a_frame_waits_for_a_terminal_that_answers_and_for_no_other() -> None:
    pace = Pace()
    assert not pace.asks(ENOUGH - 1, 0)
    assert pace.asks(1, 0)
    assert not pace.asks(9 * ENOUGH, 0)
    assert not pace.is_full(0), "nothing is known of this terminal yet"
    pace.answered()
    assert pace.asks(1, 1)
    assert not pace.asks(ENOUGH - 1, 1)
    assert not pace.is_full(1)
    assert not pace.asks(1, 1)
    assert pace.is_full(1)
    pace.answered()
    assert not pace.is_full(1)


def test_an_answer_that_never_comes_is_not_waited_for() -> None:
    pace = Pace()
    pace.asks(ENOUGH, 0)
    pace.answered()
    pace.asks(ENOUGH, 10)
    pace.asks(ENOUGH, 10)
    assert pace.is_full(10 + LONGEST / 2)
    assert not pace.is_full(10 + LONGEST)
    assert not pace.is_awaited
    assert pace.asks(0, 10 + LONGEST)


def test_before_a_terminal_is_given_back_all_that_it_was_asked_is_answered_or_lost() -> None:
    pace = Pace()
    assert not pace.may_be_answered(0)
    assert pace.asks_at_last(0), "it was asked about its modes at the start"
    assert pace.may_be_answered(LONGEST / 2)
    assert not pace.may_be_answered(LONGEST)
    assert not pace.asks_at_last(1), "it is asked once"
    pace.answered()
    assert not pace.may_be_answered(1)
    assert not pace.asks_at_last(1)
    pace.asks(ENOUGH, 1)
    assert pace.is_full(1 + LONGEST) is False
    assert not pace.asks_at_last(2 + LONGEST), "it does not answer"
    pace.asks(ENOUGH, 2 + LONGEST)
    assert not pace.may_be_answered(2 + LONGEST), "nobody waits for a terminal that never answers"
    pace.answered()
    pace.asks(ENOUGH, 3 + LONGEST)
    assert pace.may_be_answered(3 + LONGEST)


def test_a_held_key_queues_no_frames_and_the_latest_one_is_shown(terminals: Any) -> None:
    stock, ours = terminals("patient", columns=120, rows=40)
    # It was asked behind the first frame, and is known from here on to answer.
    ours.child.send(ANSWER)
    ours.settle()
    sent = [ours.press("pagedown") for _ in range(12)]
    assert 0 < sum(sent) <= 2 * (ENOUGH + max(sent))
    assert sent[-6:] == [0] * 6, "what waits is drawn, and not sent"
    ours.child.send(ANSWER)
    ours.settle()
    assert ours.sent <= 2 * max(sent)
    for _ in sent:
        stock.press("pagedown")
    compare(stock, ours, "the key is let go")


def test_a_terminal_is_given_back_once_it_has_answered(terminals: Any) -> None:
    """An answer that comes later stands on the line of the shell as if somebody had typed it."""
    _, ours = terminals("patient", columns=120, rows=40)
    ours.child.send("\x11")
    with pytest.raises(pexpect.TIMEOUT):
        ours.child.expect_exact("\x1b[?1049l", timeout=0.3)
    ours.child.send(ANSWER)
    ours.child.expect_exact("\x1b[?1049l")
    ours.child.expect(pexpect.EOF)
    assert "0n" not in ours.child.before
