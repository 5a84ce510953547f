"""The inbox of the desk: clear lines are captured as one step, the others wait; nothing twice, nothing lost."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.inbox import InboxText
from planner.desk import Desk
from planner.desk.inbox import SEEN
from planner.errors import Refused
from planner.store import derived
from tests.desk.desks import TODAY, add, day, on, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = open_desk(tmp_path / "planner.db")
    for name in ("Ana Silva", "Bo Berg"):
        add(found, name, today=on(-60))
    return found


def take(desk: Desk, *lines: str, name: str = "inbox.txt", written: date = TODAY, modified: float = 1.0) -> list[int]:
    """Take in a file of these lines; gives the ids of the contacts."""
    fresh = desk.inbox.keep(InboxText(name, written, modified, lines))
    return list(desk.inbox.take(fresh).ids) if fresh else []


def waiting(desk: Desk) -> list[tuple[str, str]]:
    return [(one.text, one.problem) for one in desk.inbox.waiting()]


def test_clear_lines_are_taken_as_on_the_day_they_were_written(desk: Desk) -> None:
    assert take(desk, "Ana: coffee, again 6w", "ring Bo on friday", written=on(-4)) == [1, 2]
    assert waiting(desk) == []
    ana, bo = desk.reading.card(1), desk.reading.card(2)
    assert [(one.on, one.channel) for one in ana.interactions] == [(on(-4), "coffee")]
    assert [one.on for one in bo.follow_ups] == [day(11, 20)]
    assert desk.keeping.history(1)[0].summary.startswith("2 lines of the inbox: Ana Silva: coffee")


def test_lines_that_are_not_clear_wait_each_with_its_reason(desk: Desk) -> None:
    assert take(desk, "asdf qwer", "Ana: coffee", "Ana: asked for advice", "Zed: coffee") == [1]
    told = dict(waiting(desk))
    assert list(told) == ["asdf qwer", "Ana: asked for advice", "Zed: coffee"]
    assert "No colon" in told["asdf qwer"]
    assert " or " in told["Ana: asked for advice"]
    assert "Zed" in told["Zed: coffee"]
    assert desk.reading.agenda().to_read == 3


def test_undo_lets_the_lines_wait_and_they_are_not_taken_again_by_themselves(desk: Desk) -> None:
    take(desk, "Ana: coffee", "Bo: mail")
    desk.keeping.undo()
    assert [text for text, _ in waiting(desk)] == ["Ana: coffee", "Bo: mail"]
    assert take(desk, "Ana: coffee", "Bo: mail") == []
    assert desk.reading.card(1).interactions == ()
    desk.keeping.redo()
    assert waiting(desk) == []
    assert len(desk.reading.card(1).interactions) == 1


def test_a_file_that_comes_back_is_known_and_what_was_added_is_taken(desk: Desk) -> None:
    lines = ("Ana: coffee", "Bo: mail", "Ana: call")
    take(desk, *lines)
    assert take(desk, *lines) == []
    assert take(desk, *lines, "Bo: lunch", modified=9.0) == [2]
    assert [one.channel for one in desk.reading.card(2).interactions] == ["meal", "mail"]
    assert waiting(desk) == []


def test_a_line_that_may_have_been_read_before_is_asked_about(desk: Desk) -> None:
    take(desk, "Ana: call")
    assert take(desk, "Ana: call", modified=900.0) == []
    assert waiting(desk) == [("Ana: call", SEEN)]


def test_a_waiting_line_is_settled_in_other_words_or_thrown_away(desk: Desk) -> None:
    take(desk, "coffe with anna", "nonsense", written=on(-3))
    one, other = (line.id for line in desk.inbox.waiting())
    with pytest.raises(Refused):
        desk.inbox.settle(one, "still nonsense")
    assert len(desk.inbox.waiting()) == 2
    desk.inbox.settle(one, "Ana: coffee yesterday")
    assert [held.on for held in desk.reading.card(1).interactions] == [on(-4)]
    desk.inbox.drop([other])
    assert desk.inbox.waiting() == []
    desk.keeping.undo()
    assert [held.text for held in desk.inbox.waiting()] == ["nonsense"]
    with pytest.raises(Refused, match="No line 99"):
        desk.inbox.drop([99])


def test_a_trial_tells_the_same_and_keeps_nothing(desk: Desk) -> None:
    text = InboxText("inbox.txt", TODAY, 1.0, ("Ana: coffee", "asdf"))
    done, left = desk.inbox.tried([text])
    assert (done.ids, [one.text for one in left]) == ((1,), ["asdf"])
    assert waiting(desk) == []
    assert take(desk, *text.lines) == [1]


def test_forgetting_somebody_takes_the_name_out_of_waiting_lines(desk: Desk) -> None:
    take(desk, "Ana Silva dreams of a flat maybe")
    desk.people.forget(1)
    assert [text for text, _ in waiting(desk)] == ["(forgotten) dreams of a flat maybe"]


LINES = ("Ana: coffee", "Bo: mail", "asdf", "Ana: again 6w", "Bo: promised a book by 12 dec", "Zed: call", "Ana: call")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=5, unique=True), min_size=1, max_size=4))
def test_every_line_of_every_file_is_taken_once_or_waits(files: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder) / "planner.db") as desk:
        for name in ("Ana Silva", "Bo Berg"):
            add(desk, name, today=on(-60))
        for number, lines in enumerate(files):
            for again in range(2):
                held = {one.text for one in desk.inbox.waiting()}
                take(desk, *lines, name=f"{number}.txt")
                if again:
                    assert {one.text for one in desk.inbox.waiting()} == held
        wanted = [line for lines in files for line in lines]
        unclear = [line for line in wanted if line in ("asdf", "Zed: call")]
        assert sorted(text for text, _ in waiting(desk)) == sorted(unclear)
        logged = sum(len(desk.reading.card(key).interactions) for key in (1, 2))
        assert logged == sum(line in ("Ana: coffee", "Bo: mail", "Ana: call") for line in wanted)
        with desk.store.read():
            assert derived.differences(desk.store) == []
