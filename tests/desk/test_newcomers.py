"""Those who came with a file: asked about in the order in which they matter, once, and never due in a flood."""

from __future__ import annotations

import pytest

from planner.core.model import Cell
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import TODAY, add, on
from tests.desk.test_imports import crowd, person, take
from tests.store.stores import facts

PHONES = (Cell("+33612345678"),)


def asked(desk: Desk, words: str = "") -> list[str]:
    return [one.name for one in desk.newcomers(desk.newcomer_ids(words, today=TODAY), today=TODAY)]


def count(desk: Desk) -> tuple[int, int]:
    found = desk.newcomer_count(today=TODAY)
    return found.said, found.total


def four(desk: Desk) -> None:
    take(
        desk,
        [
            person("Name Alone", "vcard:1"),
            person("Full Record", "vcard:2", "f@x.example", company="Port", title="Lead", phones=PHONES),
            person("Met Lately", "vcard:3", met_on=on(-9)),
            person("Wrote Lately", "vcard:4", last_contact_on=on(-40)),
            person("Met Long Ago", "vcard:5", met_on=on(-900)),
        ],
    )  # fmt: skip


def test_those_who_matter_come_first(desk: Desk) -> None:
    four(desk)
    assert asked(desk) == ["Wrote Lately", "Met Lately", "Full Record", "Met Long Ago", "Name Alone"]
    assert asked(desk, "PORT lead") == ["Full Record"]
    assert count(desk) == (0, 5)
    add(desk, "Typed By Hand")
    assert count(desk) == (0, 5)


def test_what_is_not_said_makes_nobody_due(desk: Desk) -> None:
    take(desk, crowd(60))
    assert desk.forecast(today=TODAY).asked_a_week == 0
    assert desk.agenda(today=TODAY, week_of=on(90)).items == ()


def test_each_word_takes_one_away_and_undo_brings_them_back(desk: Desk) -> None:
    four(desk)
    ids = desk.newcomer_ids(today=TODAY)
    desk.settle_newcomers([ids[0]], cadence="1m", today=TODAY)
    desk.settle_newcomers([ids[1]], mode="occasion", today=TODAY)
    desk.settle_newcomers([ids[2]], mode="never", today=TODAY)
    desk.settle_newcomers([ids[3]], circle="climbing", today=TODAY)
    before = facts(desk.store)
    desk.settle_newcomers([ids[4]], today=TODAY)
    assert (asked(desk), count(desk)) == ([], (5, 5))
    said = [one.said for one in desk.newcomers(ids, today=TODAY)]
    assert said == ["monthly", "on occasion", "never", "in climbing", "left as it is"]
    assert desk.card(ids[3], today=TODAY).contact.circles == ("climbing",)
    desk.undo(today=TODAY)
    assert facts(desk.store) == before
    assert asked(desk) == ["Name Alone"]


def test_what_is_said_elsewhere_counts_too(desk: Desk) -> None:
    four(desk)
    ids = desk.newcomer_ids(today=TODAY)
    desk.set_cadence([ids[0]], "4w", today=TODAY)
    desk.set_mode([ids[1]], "never", today=TODAY)
    desk.archive([ids[2]], today=TODAY)
    assert desk.newcomer_ids(today=TODAY) == ids[3:]
    assert count(desk) == (3, 5)


def test_many_at_once_are_one_step_and_their_first_days_are_spread(desk: Desk) -> None:
    take(desk, crowd(600))
    before = facts(desk.store)
    ids, heard = desk.newcomer_ids(today=TODAY), []
    desk.settle_newcomers(ids, cadence="12w", progress=lambda done, of: heard.append((done, of)), today=TODAY)
    assert (heard[0], heard[-1]) == ((250, 600), (600, 600))
    due = [one.due for one in desk.contacts("", today=TODAY, limit=600).rows]
    days = {day: due.count(day) for day in due}
    # The uid of each is chance: what is sure is that no day has many.
    assert len(days) > 70
    assert max(days.values()) < 30
    assert asked(desk) == []
    desk.undo(today=TODAY)
    assert facts(desk.store) == before


def test_a_later_file_asks_about_its_own_people_alone(desk: Desk) -> None:
    take(desk, crowd(3))
    desk.settle_newcomers(desk.newcomer_ids(today=TODAY), today=TODAY)
    assert count(desk) == (3, 3)
    assert take(desk, crowd(3)).unchanged == 3
    assert asked(desk) == []
    desk.import_records([person("Leo Hart", "vcard:leo")], today=on(30))
    assert asked(desk) == ["Leo Hart"]
    assert count(desk) == (0, 1)


def test_a_merge_asks_about_the_one_that_stays_only_where_it_was_new_itself(desk: Desk) -> None:
    known = add(desk, "Ana Silva", phones=("+33612345678",))
    take(desk, [person("Ana S.", "vcard:1", phones=PHONES)])
    desk.merge_contacts(known, 2, today=TODAY)
    assert (asked(desk), count(desk)) == ([], (0, 0))


def test_what_cannot_be_said_is_refused_and_nothing_is_written(desk: Desk) -> None:
    four(desk)
    before = facts(desk.store)
    for wrong in ({"cadence": "sometimes"}, {"mode": "often"}, {"circle": " "}):
        with pytest.raises(Refused):
            desk.settle_newcomers([1], today=TODAY, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        desk.settle_newcomers([99], cadence="4w", today=TODAY)
    assert facts(desk.store) == before


def test_who_is_gone_meanwhile_is_left_out_of_the_lines(desk: Desk) -> None:
    four(desk)
    ids = desk.newcomer_ids(today=TODAY)
    desk.forget(ids[0], today=TODAY)
    assert [one.id for one in desk.newcomers(ids, today=TODAY)] == ids[1:]
