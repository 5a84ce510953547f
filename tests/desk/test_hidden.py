"""Nobody is hidden without being counted and listed, with the day they come back."""

from __future__ import annotations

from datetime import date

import pytest

from planner.core.model import FOREVER, Hidden, State
from planner.core.words.wording import back_words, hidden_filter, hidden_words
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from tests.cases import case
from tests.desk.desks import TODAY, add, day, on


def listed(desk: Desk, query: str) -> dict[str, str]:
    """Who a query finds, and when each comes back."""
    return {one.name: back_words(one.state, one.back, desk.today) for one in desk.reading.contacts(query).rows}


def agrees(desk: Desk) -> Hidden:
    """The counts, each as large as the list it names."""
    hidden = desk.reading.hidden()
    for state in ("snoozed", "paused", "planned"):
        with case(state):
            assert getattr(hidden, state) == desk.reading.contacts(f"is:{state}").total
    everyone = desk.reading.contacts().total
    if hidden:
        found = hidden_filter(hidden)
        assert desk.reading.contacts(found).total + desk.reading.contacts(f"-{found}").total == everyone
    return hidden


@pytest.fixture
def four(desk: Desk) -> Desk:
    """Four people who are overdue."""
    for name in ("Ana", "Ben", "Cid", "Dora"):
        add(desk, name, cadence="2w", since=day(10, 1))
    return desk


def test_nothing_is_hidden_in_the_beginning(four: Desk) -> None:
    assert not agrees(four)
    assert hidden_words(agrees(four), TODAY) == ""


def test_each_way_of_being_hidden_is_counted_and_listed_with_the_day_of_coming_back(four: Desk) -> None:
    four.triage.snooze(["c1"], on(14))
    four.triage.pause([2], until=day(1, 3, 2027))
    four.interactions.log([3], on=on(4), outcome="planned")
    hidden = agrees(four)
    assert (hidden.snoozed, hidden.paused, hidden.planned) == (1, 1, 1)
    assert hidden_words(hidden, TODAY) == "1 snoozed, 1 paused until 3 Jan, 1 planned"
    assert hidden_filter(hidden) == "is:snoozed,paused,planned"
    assert listed(four, "is:snoozed") == {"Ana": "snoozed to 7 Dec"}
    assert listed(four, "is:paused") == {"Ben": "paused until 3 Jan"}
    assert listed(four, "is:planned") == {"Cid": "planned Fri"}
    assert set(listed(four, "-is:snoozed,paused,planned")) == {"Dora"}
    assert not agrees(four.on(day(2, 1, 2027))).paused


def test_pauses_with_several_ends_name_the_first(four: Desk) -> None:
    four.triage.pause([1], until=day(1, 3, 2027))
    four.triage.pause([2])
    assert hidden_words(agrees(four), TODAY) == "2 paused, the first until 3 Jan"
    four.triage.resume([1])
    hidden = agrees(four)
    assert hidden_words(hidden, TODAY) == "1 paused until resumed"
    assert hidden.last_back == FOREVER
    assert listed(four, "is:paused") == {"Ben": "paused until resumed"}


def test_a_pause_of_everyone_hides_every_rhythm_and_no_loop(four: Desk) -> None:
    four.favors.enter("ask", [4], kind="loan", note="a tent")
    four.triage.snooze(["v1", "c1"], on(14))
    four.interactions.log([3], on=on(4), outcome="planned")
    four.triage.pause(everyone=True, until=day(1, 3, 2027))
    assert hidden_words(agrees(four), TODAY) == "1 snoozed, 4 paused until 3 Jan"
    assert set(listed(four, "is:snoozed")) == {"Dora"}
    four.triage.resume(everyone=True)
    assert hidden_words(agrees(four), TODAY) == "2 snoozed, 1 planned"
    assert listed(four, "is:snoozed")["Dora"] == "snoozed to 30 Nov"


def test_a_snoozed_birthday_is_hidden_too(four: Desk) -> None:
    four.people.edit(1, ContactDraft(birthday="11-25"))
    (found,) = [one for one in four.reading.agenda().items if one.item.id.startswith("d")]
    four.triage.snooze([found.item.id], on(4))
    assert agrees(four).snoozed == 1
    assert agrees(four.on(on(4))).snoozed == 0


def test_who_is_put_away_is_not_hidden(four: Desk) -> None:
    four.triage.pause([1, 2], until=day(1, 3, 2027))
    four.people.archive([1])
    assert agrees(four).paused == 1


def test_what_cannot_be_asked_is_refused(four: Desk) -> None:
    with pytest.raises(Refused, match="snoozed, paused, planned"):
        four.reading.contacts("is:busy")


def test_coming_back_is_said_in_words() -> None:
    for state, back, words in (
        (State.SNOOZED, day(11, 27), "snoozed to Fri"), (State.DUE, day(12, 7), "snoozed to 7 Dec"),
        (State.PAUSED, date(9999, 12, 31), "paused until resumed"), (State.PLANNED, day(11, 24), "planned tomorrow"),
    ):  # fmt: skip
        with case(words):
            assert back_words(state, back, TODAY) == words
