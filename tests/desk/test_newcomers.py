"""Those who came with a file: asked about in the order in which they matter, once, and never due in a flood."""

from __future__ import annotations

import pytest

from planner.core.model import Cell
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import add, on
from tests.desk.test_imports import crowd, person, take
from tests.store.stores import facts

PHONES = (Cell("+33612345678"),)


def asked(desk: Desk, words: str = "") -> list[str]:
    return [one.name for one in desk.review.newcomers(desk.review.newcomer_ids(words))]


def count(desk: Desk) -> tuple[int, int]:
    found = desk.review.newcomer_count()
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
    assert desk.triage.forecast().asked_a_week == 0
    assert desk.reading.agenda(week_of=on(90)).items == ()


def test_each_word_takes_one_away_and_undo_brings_them_back(desk: Desk) -> None:
    four(desk)
    ids = desk.review.newcomer_ids()
    desk.review.settle_newcomers([ids[0]], cadence="1m")
    desk.review.settle_newcomers([ids[1]], mode="occasion")
    desk.review.settle_newcomers([ids[2]], mode="never")
    desk.review.settle_newcomers([ids[3]], circle="climbing")
    before = facts(desk.store)
    desk.review.settle_newcomers([ids[4]])
    assert (asked(desk), count(desk)) == ([], (5, 5))
    said = [one.said for one in desk.review.newcomers(ids)]
    assert said == ["monthly", "on occasion", "never", "in climbing", "left as it is"]
    assert desk.reading.card(ids[3]).contact.circles == ("climbing",)
    desk.keeping.undo()
    assert facts(desk.store) == before
    assert asked(desk) == ["Name Alone"]


def test_what_is_said_elsewhere_counts_too(desk: Desk) -> None:
    four(desk)
    ids = desk.review.newcomer_ids()
    desk.people.set_cadence([ids[0]], "4w")
    desk.people.set_mode([ids[1]], "never")
    desk.people.archive([ids[2]])
    assert desk.review.newcomer_ids() == ids[3:]
    assert count(desk) == (3, 5)


def test_many_at_once_are_one_step_and_their_first_days_are_spread(desk: Desk) -> None:
    take(desk, crowd(600))
    before = facts(desk.store)
    ids, heard = desk.review.newcomer_ids(), []
    desk.review.settle_newcomers(ids, cadence="12w", progress=lambda done, of: heard.append((done, of)))
    assert (heard[0], heard[-1]) == ((250, 600), (600, 600))
    due = [one.due for one in desk.reading.contacts("", limit=600).rows]
    days = {day: due.count(day) for day in due}
    # The uid of each is chance: what is sure is that no day has many.
    assert len(days) > 70
    assert max(days.values()) < 30
    assert asked(desk) == []
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_a_later_file_asks_about_its_own_people_alone(desk: Desk) -> None:
    take(desk, crowd(3))
    desk.review.settle_newcomers(desk.review.newcomer_ids())
    assert count(desk) == (3, 3)
    assert take(desk, crowd(3)).unchanged == 3
    assert asked(desk) == []
    desk.on(on(30)).imports.run([person("Leo Hart", "vcard:leo")])
    assert asked(desk) == ["Leo Hart"]
    assert count(desk) == (0, 1)


def test_a_merge_asks_about_the_one_that_stays_only_where_it_was_new_itself(desk: Desk) -> None:
    known = add(desk, "Ana Silva", phones=("+33612345678",))
    take(desk, [person("Ana S.", "vcard:1", phones=PHONES)])
    desk.people.merge(known, 2)
    assert (asked(desk), count(desk)) == ([], (0, 0))


def test_what_cannot_be_said_is_refused_and_nothing_is_written(desk: Desk) -> None:
    four(desk)
    before = facts(desk.store)
    for wrong in ({"cadence": "sometimes"}, {"mode": "often"}, {"circle": " "}):
        with pytest.raises(Refused):
            desk.review.settle_newcomers([1], **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        desk.review.settle_newcomers([99], cadence="4w")
    assert facts(desk.store) == before


def test_who_is_gone_meanwhile_is_left_out_of_the_lines(desk: Desk) -> None:
    four(desk)
    ids = desk.review.newcomer_ids()
    desk.people.forget(ids[0])
    assert [one.id for one in desk.review.newcomers(ids)] == ids[1:]
