"""Reach at the desk: who is found by what, and that what people know is found as it is written down."""

from __future__ import annotations

import pytest

from planner.core.contact_fields import HEARD_OF
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.store import sqlite
from planner.store.facts.acquaintances import reach_matches
from tests.cases import case
from tests.desk.desks import add, on
from tests.store.stores import asked, facts


def maps(desk: Desk, target: str) -> list[str]:
    """The ways to a target as they are read."""
    return [" > ".join(step.name for step in path.steps) for path in desk.network.reach(target)]


def met(desk: Desk, contact_id: int, days_ago: int) -> None:
    desk.interactions.log([contact_id], on=on(-days_ago), channel="call")


def test_a_person_a_company_and_a_topic(desk: Desk) -> None:
    ana = add(desk, "Ana Silva", company="Port of Lyon", title="Product lead", offers="piano lessons")
    ben = add(desk, "Ben Okri")
    desk.network.knows(ben, "Carl Stone", company="Port of Lyon", topic="tall cranes")
    met(desk, ben, 2)
    met(desk, ana, 5)
    assert maps(desk, "ana sil") == ["Ana Silva"]
    assert maps(desk, "carl") == ["Ben Okri > Carl Stone"]
    assert maps(desk, "PORT LYON") == ["Ana Silva", "Ben Okri > Carl Stone"]
    assert maps(desk, "crane") == ["Ben Okri > Carl Stone"]
    assert maps(desk, "product lead") == maps(desk, "piano") == ["Ana Silva"]
    assert [path.why for path in desk.network.reach("port")] == [
        "works at Port of Lyon", "Port of Lyon, tall cranes",
    ]  # fmt: skip
    assert maps(desk, "nobody at all") == []


def test_any_beginning_of_a_word_is_enough(desk: Desk) -> None:
    ben = add(desk, "Ben Hart")
    met(desk, ben, 1)
    desk.network.knows(ben, "Carl Stone", company="Port of Lyon")
    for typed in ["l", "ly", "lyo", "lyon", "of", "o"]:
        with case(typed):
            assert maps(desk, typed) == ["Ben Hart > Carl Stone"]


HOSTILE = ['"', "a*b", "NEAR(", "x\0y", "\ud800ab", "%_%", "'; DROP TABLE contact", "-", "ab" * 90]


def test_nothing_typed_is_an_error(desk: Desk) -> None:
    add(desk, "Ben Hart")
    for typed in HOSTILE:
        with case(typed):
            assert maps(desk, typed) == []


def test_nothing_and_too_much_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nobody was named"):
        desk.network.reach("  \x07 ")
    with pytest.raises(Refused, match="201 characters"):
        desk.network.reach("x" * 201)


def test_a_town_or_a_note_alone_is_no_way_and_hides_none(desk: Desk) -> None:
    for number in range(30):
        met(desk, add(desk, f"P{number}", city="Lyon", notes="port"), 1)
    ana = add(desk, "Ana Silva", company="Lyon Port")
    assert maps(desk, "lyon port") == ["Ana Silva"]
    assert ana


def test_whoever_is_put_away_or_left_in_peace_is_not_asked(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva", company="Port"), add(desk, "Ben Okri")
    desk.network.knows(ben, "Carl Stone", company="Port")
    desk.people.archive([ana])
    desk.people.set_mode([ben], "never")
    assert maps(desk, "port") == []
    desk.people.set_mode([ben], "occasion")
    assert maps(desk, "port") == ["Ben Okri > Carl Stone"]


def test_a_cold_one_is_reached_through_a_warm_one(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri")
    desk.network.knows(ana, "Carl Stone", company="Port")
    desk.network.knows(ben, "Ana Silva")
    met(desk, ben, 3)
    met(desk, ana, 400)
    assert maps(desk, "port") == ["Ben Okri > Ana Silva > Carl Stone", "Ana Silva > Carl Stone"]
    met(desk, ana, 1)
    assert maps(desk, "port") == ["Ana Silva > Carl Stone"]


def test_whoever_was_helped_comes_before_whoever_was_not(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva", company="Port"), add(desk, "Ben Okri", company="Port")
    for who in (ana, ben):
        met(desk, who, 10)
    desk.favors.enter("gave", [ben], on=on(-20))
    desk.favors.enter("ask", [ana], on=on(-30))
    assert maps(desk, "port") == ["Ben Okri", "Ana Silva"]
    assert [path.price for path in desk.network.reach("port")] == [
        "you helped Ben once this year", "you asked Ana once this year, gave nothing yet",
    ]  # fmt: skip


def test_what_is_known_is_found_at_once_and_undone_and_never_doubled(desk: Desk) -> None:
    ben = add(desk, "Ben Okri")
    before = facts(desk.store)
    key = desk.network.knows(ben, "Carl Stone", company="Port of Lyon").id
    assert desk.network.knows(ben, "CARL  stone", topic="cranes").id == key
    assert [path.why for path in desk.network.reach("cranes")] == ["Port of Lyon, cranes"]
    desk.keeping.undo()
    assert maps(desk, "cranes") == []
    assert maps(desk, "port") == ["Ben Okri > Carl Stone"]
    desk.keeping.undo()
    assert maps(desk, "port") == []
    assert facts(desk.store) == before
    desk.keeping.redo()
    assert maps(desk, "port") == ["Ben Okri > Carl Stone"]


def test_forgetting_takes_whom_they_knew_and_who_knew_them(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri")
    desk.network.knows(ana, "Carl Stone", company="Port")
    desk.network.knows(ben, "Ana Silva", company="Harbour")
    desk.people.forget(ana)
    assert maps(desk, "port") == maps(desk, "harbour") == []


def test_who_knows_whom_is_said_of_real_people(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri", company="Port")
    desk.network.knows(ana, f"#{ben}")
    (path,) = (path for path in desk.network.reach("ben") if len(path.steps) == 2)
    assert [step.contact_id for step in path.steps] == [ana, ben]
    for other, said in (("Ana Silva", "Both are Ana Silva"), ("", "Nobody was named"), ("#99", "#99")):
        with pytest.raises(Refused, match=said):
            desk.network.knows(ana, other)


def test_a_broad_target_finds_those_lately_met(desk: Desk) -> None:
    for number in range(9):
        who = add(desk, f"Person {number}", company="Port")
        desk.network.knows(who, f"Carl {number}", company="Port")
        met(desk, who, 10 + number)
    with desk.store.read():
        everybody, lately = reach_matches("port", broad=9), reach_matches("port", broad=8, lately=3)
    assert len(everybody) == 18
    people = list(dict.fromkeys(one.contact_id for one in everybody))
    known = [(who, f"Carl {number}") for number, who in enumerate(people[:3])]
    assert [(one.contact_id, one.name) for one in lately] == [*((who, "") for who in people[:3]), *known]


def test_the_doctor_sees_an_index_that_lags_and_mends_it(desk: Desk) -> None:
    ben = add(desk, "Ben Okri")
    desk.network.knows(ben, "Carl Stone", company="Port")
    desk.store.transact(lambda: asked(desk.store, "UPDATE acquaintance_text SET text = 'other'"))
    with desk.store.read():
        assert sqlite.search_differences(desk.store.database) != []
    assert not desk.keeping.doctor().healthy
    assert desk.keeping.doctor(rebuild=True).healthy
    assert maps(desk, "port") == ["Ben Okri > Carl Stone"]


def through(desk: Desk, contact_id: int) -> str:
    return desk.reading.card(contact_id, history=1).contact.through


def test_whom_somebody_is_known_through_is_set_and_cleared_by_hand(desk: Desk) -> None:
    mum = add(desk, "Mum")
    grete = add(desk, "Grete Lund", company="Nordlys", through="Mum")
    before = facts(desk.store)
    assert through(desk, grete) == "Mum"
    assert maps(desk, "nordlys") == ["Mum > Grete Lund"]
    desk.people.edit(grete, ContactDraft(through=""))
    assert (through(desk, grete), maps(desk, "nordlys")) == ("", ["Grete Lund"])
    desk.people.edit(grete, ContactDraft(through=HEARD_OF))
    assert (through(desk, grete), maps(desk, "nordlys")) == (HEARD_OF, [])
    desk.people.edit(grete, ContactDraft(company="Nordlys Energy"))
    assert through(desk, grete) == HEARD_OF
    for _ in range(3):
        desk.keeping.undo()
    assert facts(desk.store) == before
    for who, whom, said in [
        (grete, "Grete", "through themselves"), (mum, "Grete", "known through Mum"), (mum, "Qu", "Nobody is called"),
    ]:  # fmt: skip
        with case(who, whom), pytest.raises(Refused, match=said):
            desk.people.edit(who, ContactDraft(through=whom))


def test_a_way_over_somebody_never_logged_comes_last_and_counts(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva", company="Port"), add(desk, "Ben Okri")
    desk.network.knows(ben, "Carl Stone", company="Port")
    assert maps(desk, "port") == ["Ana Silva", "Ben Okri > Carl Stone"]
    met(desk, ben, 7_300)
    assert maps(desk, "port") == ["Ben Okri > Carl Stone", "Ana Silva"]
    assert ana


def test_a_stranger_whom_only_strangers_know_is_reached_through_whoever_knows_one_of_these(desk: Desk) -> None:
    add(desk, "Mum")
    add(desk, "Kim Neu", through="Mum")
    lea = add(desk, "Lea Far", company="Quay Press", through="Kim Neu")
    (path,) = desk.network.reach("Quay Press")
    assert [step.name for step in path.steps] == ["Mum", "Kim Neu", "Lea Far"]
    assert path.why == "works at Quay Press"
    assert [path.why for path in desk.network.reach("Lea Far")] == ["Kim Neu knows them"]
    desk.interactions.log([lea], on=on(0))
    assert [[step.name for step in path.steps] for path in desk.network.reach("Quay Press")] == [["Lea Far"]]


def test_of_a_stranger_it_is_not_said_that_i_know_them(desk: Desk) -> None:
    add(desk, "Mum")
    add(desk, "Kim Neu", through="Mum")
    assert [path.why for path in desk.network.reach("Kim")] == ["Mum knows them"]
