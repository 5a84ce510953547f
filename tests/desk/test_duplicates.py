"""Who may be one person: what an import leaves to look at, what the whole network shows, and what was said."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.matching.duplicates import SURE, search
from planner.core.matching.recognition import Likeness
from planner.core.model import Cell
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import add, on, open_desk
from tests.desk.test_imports import person, take
from tests.store.stores import facts

ANA = person("Ana Silva", "vcard:1", "ana@silva.example", company="Port", phones=(Cell("+33 6 12 34 56 78"),))


def pairs(desk: Desk) -> list[tuple[int, int, Likeness]]:
    return [(one.one, one.other, one.likeness) for one in desk.review.pairs().pairs]


def suggested(desk: Desk) -> list[tuple[int, int, Likeness]]:
    return [(one.one, one.other, one.likeness) for one in desk.review.duplicates().pairs]


def couple(desk: Desk) -> tuple[int, int]:
    """Ana, and Ben who has her mailbox, as two files tell of them."""
    take(desk, [ANA])
    report = take(desk, [person("Ben Silva", "vcard:2", "ana@silva.example")])
    assert report.ambiguous == 1
    return 1, 2


# What an import leaves


def test_an_import_leaves_each_doubtful_pair_with_its_reason(desk: Desk) -> None:
    take(desk, [ANA])
    take(
        desk,
        [
            person("Ben Silva", "vcard:2", "ana@silva.example"),
            person("Rui Costa", "vcard:3", phones=(Cell("+33612345678"),)),
            person("ana silva", "vcard:4", company="PORT"),
            person("Leo Hart", "vcard:5", "leo@hart.example"),
        ],
    )
    assert pairs(desk) == [(1, 2, Likeness.EMAIL), (1, 3, Likeness.PHONE), (1, 4, Likeness.COMPANY)]
    assert [one.other_name for one in desk.review.pairs().pairs] == ["Ben Silva", "Rui Costa", "ana silva"]


def test_two_who_came_with_one_file_are_a_pair_too(desk: Desk) -> None:
    take(desk, [person("Ana Silva", "", company="Port"), person("Ana Silva", "", company="Port", city="Lyon")])
    assert pairs(desk) == [(1, 2, Likeness.COMPANY)]


def test_a_dry_run_leaves_nothing(desk: Desk) -> None:
    take(desk, [ANA])
    before = facts(desk.store)
    assert take(desk, [person("Ben Silva", "vcard:2", "ana@silva.example")], dry_run=True).ambiguous == 1
    assert facts(desk.store) == before


def test_undoing_an_import_takes_its_pairs_along_and_redo_brings_them_back(desk: Desk) -> None:
    couple(desk)
    before = facts(desk.store)
    desk.keeping.undo()
    assert pairs(desk) == []
    desk.keeping.redo()
    assert facts(desk.store) == before


def test_an_import_that_is_stopped_leaves_no_pair(desk: Desk) -> None:
    take(desk, [ANA])
    before = facts(desk.store)
    crowd = [person(f"Person {n}", f"vcard:p{n}", "ana@silva.example") for n in range(400)]
    take(desk, crowd, cancelled=lambda: len(desk.review.pairs().pairs) > 200)
    assert facts(desk.store) == before


# Two people


def test_who_is_kept_apart_is_asked_about_no_more(desk: Desk) -> None:
    ana, ben = couple(desk)
    desk.review.keep_apart(ben, ana)
    assert (pairs(desk), suggested(desk)) == ([], [])
    for again in (ANA, person("Ben Silva", "vcard:2", "ana@silva.example")):
        report = take(desk, [again])
        assert (report.added, report.ambiguous, report.unchanged) == (0, 0, 1)
    # Another file, without the keys: Ben is known by his mailbox and name, and Ana is nobody to ask about.
    other_file = person("Ben Silva", "google:9", "ana@silva.example", company="Quay")
    assert take(desk, [other_file]).ambiguous == 0
    assert pairs(desk) == []
    desk.keeping.undo()
    desk.keeping.undo()
    assert pairs(desk) == [(ana, ben, Likeness.EMAIL)]


def test_a_namesake_kept_apart_is_told_by_the_phone_from_who_it_is_not(desk: Desk) -> None:
    phone = (Cell("06 12 34 56 78"),)
    take(desk, [person("Ana Silva", "vcard:1", phones=phone)])
    take(desk, [person("Ben Silva", "vcard:2", phones=phone)])
    desk.review.keep_apart(1, 2)
    take(desk, [person("Ben Silva", "google:2", phones=phone)])
    assert pairs(desk) == [(2, 3, Likeness.PHONE)]


def test_to_keep_one_apart_from_itself_or_from_nobody_is_refused(desk: Desk) -> None:
    add(desk)
    with pytest.raises(Refused):
        desk.review.keep_apart(1, 1)
    with pytest.raises(Refused):
        desk.review.keep_apart(1, 9)


# One person


def test_a_merge_takes_the_pair_away_and_undo_brings_it_back(desk: Desk) -> None:
    ana, ben = couple(desk)
    before = facts(desk.store)
    desk.people.merge(ana, ben)
    assert pairs(desk) == []
    assert take(desk, [ANA, person("Ben Silva", "vcard:2", "ana@silva.example")]).unchanged == 2
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_a_merged_contact_leaves_its_other_doubts_and_refusals_to_the_one_that_stays(desk: Desk) -> None:
    ana, ben = couple(desk)
    rui = add(desk, "Rui Costa", phones=("+33 6 12 34 56 78",))
    kim = add(desk, "Kim Silva", emails=("ana@silva.example",))
    desk.review.keep_apart(ben, rui)
    desk.review.keep_apart(ben, kim)
    assert {(ana, rui), (ana, kim)} <= {(one, other) for one, other, _ in suggested(desk)}
    desk.people.merge(ana, ben)
    assert suggested(desk) == []


def test_forgetting_someone_forgets_their_pairs(desk: Desk) -> None:
    couple(desk)
    desk.people.forget(2)
    assert (pairs(desk), suggested(desk)) == ([], [])
    assert facts(desk.store)["doubt"] == []
    # The mailbox is Ana's as well: she keeps it.
    assert [cell.value for cell in desk.reading.card(1).contact.emails] == ["ana@silva.example"]


def test_of_two_who_differ_each_field_can_be_taken_from_the_one_that_goes(desk: Desk) -> None:
    kept = add(desk, "Ana Silva", company="Port", city="Lyon", cadence="4w", birthday="12-12", notes="met at sea")
    other = add(
        desk, "Ana M. Silva", company="Quay", title="Lead", city="Porto", cadence="2w", birthday="1988-12-13",
        mode="occasion", offers="boats",
    )  # fmt: skip
    before = facts(desk.store)
    desk.people.merge(kept, other, take=("company", "cadence", "mode", "birthday", "looking_for"))
    ana = desk.reading.card(kept).contact
    assert (ana.name, ana.company, ana.title, ana.city) == ("Ana Silva", "Quay", "Lead", "Lyon")
    assert (ana.cadence, ana.mode, ana.offers) == ("2w", "occasion", "boats")
    assert [(one.year, one.month, one.day) for one in ana.dates] == [(1988, 12, 13)]
    assert ana.notes.splitlines() == [
        "met at sea", "Also known as: Ana M. Silva", "Company: Port", "City: Porto", "Birthday: 12 December",
    ]  # fmt: skip
    desk.keeping.undo()
    assert facts(desk.store) == before
    with pytest.raises(Refused, match="cannot be chosen"):
        desk.people.merge(kept, other, take=("uid",))


# The whole network


def test_the_whole_network_is_looked_through(desk: Desk) -> None:
    for name, fields in (
        ("Ana Silva", {"emails": ("ana@silva.example",)}),
        ("Silva Ana", {"emails": ("ANA@silva.example",)}),
        ("Ben Okri", {"emails": ("ana@silva.example", "info@port.example")}),
        ("Robert Smith", {"company": "Quay"}),
        ("Bob Smith", {"company": "Port"}),
        ("Hanna Meyer", {}),
        ("Hanna Maier", {"emails": ("info@port.example",)}),
        ("Kim Berg", {"company": "Port"}),
        ("Kim Berg", {"company": "port"}),
        ("Kim Berg", {"company": "Quay"}),
        ("Sarah Chen", {"company": "Port"}),
        ("Sara Chan", {"company": "Quay"}),
    ):
        add(desk, name, **fields)
    assert suggested(desk) == [
        (1, 2, Likeness.EMAIL_AND_NAME),
        (1, 3, Likeness.EMAIL),
        (2, 3, Likeness.EMAIL),
        (8, 9, Likeness.COMPANY),
        (8, 10, Likeness.NAME),
        (9, 10, Likeness.NAME),
        (4, 5, Likeness.NICKNAME),
        (6, 7, Likeness.SIMILAR),
    ]
    assert desk.review.duplicates(most=3).total == 8


def test_two_profiles_are_two_people_and_a_number_of_many_is_nobodys(desk: Desk) -> None:
    take(desk, [person("Ana Silva", "linkedin:ana"), person("Ana Silva", "linkedin:ana-2")])
    for number in range(20):
        add(desk, f"{chr(97 + number) * 5} {chr(97 + number) * 7}", phones=("+33 1 42 68 53 00",))
    assert suggested(desk) == []


def test_what_an_import_left_comes_first(desk: Desk) -> None:
    add(desk, "Ana Silva", emails=("a@x.example",))
    add(desk, "Ana Silva", emails=("a@x.example",))
    take(desk, [person("Leo Hart", "vcard:1", phones=(Cell("+33612345678"),))])
    take(desk, [person("Kim Berg", "vcard:2", phones=(Cell("+33612345678"),))])
    assert suggested(desk) == [(3, 4, Likeness.PHONE), (1, 2, Likeness.EMAIL_AND_NAME)]


# The first answer


somebody = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Ana Silva", "ana silva", "Ana Sylva", "Kate Bell", "Katherine Bell", "Rui", ""]),
        "company": st.sampled_from(["", "Port", "port", "Quay"]),
        "emails": st.lists(st.sampled_from(["ana@x.example", "info@x.example"]), unique=True).map(tuple),
        "phones": st.lists(st.sampled_from(["+33612345678", "0612345678"]), unique=True).map(tuple),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(somebody, max_size=6), st.booleans())
def test_the_first_answer_holds_the_sure_pairs_of_the_whole_in_their_order(
    network: list[dict[str, object]], apart: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder) / "planner.db") as desk:
        for number, one in enumerate(network):
            add(desk, **{**one, "name": one["name"] or f"Nobody {number}"})  # type: ignore[arg-type]
        if apart and len(network) > 1:
            desk.review.keep_apart(1, 2)
        whole = desk.review.duplicates().pairs
        first = desk.review.surest()
        assert list(first.pairs) == [one for one in whole if one.likeness in SURE]
        assert first.total == len(first.pairs)


def test_the_first_answer_looks_at_so_many_and_at_what_an_import_left(desk: Desk) -> None:
    couple(desk)
    for name in ("Kim Berg", "Leo Hart"):
        for _ in range(2):
            add(desk, name, company="Quay")
    assert [(one.one, one.other) for one in desk.review.surest().pairs] == [(1, 2), (3, 4), (5, 6)]
    assert [(one.one, one.other) for one in desk.review.surest(names=1).pairs] == [(1, 2), (3, 4)]


def test_the_search_lets_others_have_their_turn_and_ends_when_it_is_told_to(desk: Desk) -> None:
    for _ in range(2):
        add(desk)
    turns = []
    search(desk.review.compared(), lambda: turns.append(1))
    assert turns

    def left() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        search(desk.review.compared(), left)


# Any two


words = st.sampled_from(["", "Port", "Quay", "ä b"])
people = st.fixed_dictionaries(
    {
        "company": words, "title": words, "city": words, "offers": words, "notes": words,
        "emails": st.lists(st.sampled_from(["a@x.example", "b@x.example"]), unique=True).map(tuple),
        "phones": st.lists(st.sampled_from(["+33612345678", "+33612345679"]), unique=True).map(tuple),
        "circles": st.lists(st.sampled_from(["work", "family"]), unique=True).map(tuple),
        "cadence": st.sampled_from([None, "4w", "none"]),
        "birthday": st.sampled_from([None, "12-12", "1988-12-12", "1990-01-02"]),
        "mode": st.sampled_from(["rhythm", "occasion", "never"]),
    }
)  # fmt: skip
FIELDS = ["name", "company", "title", "city", "offers", "cadence", "mode", "birthday"]


@settings(max_examples=25, deadline=None)
@given(people, people, st.lists(st.sampled_from(FIELDS), unique=True), st.booleans(), st.booleans())
def test_merging_any_two_loses_nothing_and_undo_makes_them_two_again(
    first: dict[str, object], second: dict[str, object], take_over: list[str], apart: bool, logged: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder) / "planner.db") as desk:
        kept, other = add(desk, "Ana Silva", **first), add(desk, "Ana Sylva", **second)
        third = add(desk, "Leo Hart")
        if logged:
            desk.interactions.log([kept, other, third], on=on(-3))
            desk.favors.enter("promise", [other], kind="advice")
        if apart:
            desk.review.keep_apart(other, third)
            desk.review.keep_apart(kept, other)
        before = facts(desk.store)
        desk.people.merge(kept, other, take=take_over)
        card = desk.reading.card(kept)
        everything = " ".join(
            [card.contact.name, card.contact.company, card.contact.title, card.contact.city, card.contact.offers,
             card.contact.notes]
        )  # fmt: skip
        for person_ in (first, second):
            for field in ("company", "title", "city", "offers", "notes"):
                assert str(person_[field]) in everything
            assert set(person_["emails"]) <= {cell.value for cell in card.contact.emails}  # type: ignore[call-overload]
            assert set(person_["circles"]) <= set(card.contact.circles)  # type: ignore[call-overload]
        assert len(card.interactions) == len(card.favors) == int(logged)
        after = facts(desk.store)
        desk.keeping.undo()
        assert facts(desk.store) == before
        desk.keeping.redo()
        assert facts(desk.store) == after
