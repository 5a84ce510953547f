"""What a card says now, what it said before and what is held here: nothing is lost, and nothing is done twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.book.said import CIRCLES, DATES, LISTS, RELATIONS, TEXT_FIELDS, Said, delivered, united
from planner.core.book.three_way import Difference, compare
from planner.core.words.folding import fold


def form(kind: str, value: str) -> str:
    return fold(value)


def after(held: Said, found: Difference) -> dict[str, Any]:
    return {**held, **found.changes}


def differs(before: Said, now: Said, held: Said, **how: Any) -> Difference:
    return compare(before, now, held, form, **how)


def mails(*values: str) -> dict[str, Any]:
    return {"emails": [[value, ""] for value in values]}


@pytest.mark.parametrize(
    ("before", "now", "held", "want", "asked", "sent"),
    [
        # (said before, says now, held here, what is held then, what is asked, what the card ought to say)
        ("a b", "a c", "a b", "a c", False, None),
        ("a b", "b", "a b", "b", False, None),
        ("a b", "b a", "a b", "b a", False, None),
        ("a", "a", "a c", "a c", False, "a c"),
        ("a b", "a b", "b", "b", False, "b"),
        ("a b", "a b", "b a", "b a", False, "b a"),
        ("a b", "a c", "b", "c", False, "c"),
        ("a", "b", "c", "c", True, None),
        ("a", "b", "b", "b", False, None),
        ("a", "a b", "a c", "a b c", False, "a b c"),
        ("a", "", "a c", "c", False, "c"),
        ("a", "A", "a", "a", False, None),
    ],
)
def test_addresses(before: str, now: str, held: str, want: str, asked: bool, sent: str | None) -> None:
    found = differs(mails(*before.split()), mails(*now.split()), mails(*held.split()))
    assert [one[0] for one in after(mails(*held.split()), found)["emails"]] == want.split()
    assert [one.field for one in found.asked] == (["emails"] if asked else [])
    assert found.wanted.get("emails") == (None if sent is None else mails(*sent.split())["emails"])


@pytest.mark.parametrize(
    ("before", "now", "held", "typed", "want", "asked"),
    [
        ("Ana Lund", "Ana Berg", "Ana Lund", False, "Ana Berg", False),
        ("Ana Lund", "Ana", "Ana Lund", False, "Ana Lund", True),
        ("Ana Lund", "ana lund", "Ana Lund", False, "Ana Lund", True),
        ("ana lund", "Ana Lund", "ana lund", False, "Ana Lund", False),
        ("Ana Lund", "ana@x.example", "Ana Lund", False, "Ana Lund", True),
        ("Ana Lund", "Mum", "Ana Lund", False, "Ana Lund", True),
        ("Ana Lund", "Ana Berg", "Aunt Ana", True, "Aunt Ana", True),
        ("ana", "ana l", "Ana Lund", False, "Ana Lund", False),
        ("Ana", "Ana", "Ana Lund", True, "Ana Lund", False),
    ],
)
def test_names(before: str, now: str, held: str, typed: bool, want: str, asked: bool) -> None:
    found = differs({"name": before}, {"name": now}, {"name": held}, typed={"name"} if typed else ())
    assert (after({"name": held}, found)["name"], bool(found.asked)) == (want, asked)


def test_a_line_a_note_and_a_birthday() -> None:
    day = ["birthday", 6, 15, 1988]
    held = {"company": "Acme", "notes": "a", DATES: [day]}
    gone = differs(held, {}, held)
    assert gone.changes == {"company": "", "notes": "", DATES: []}
    moved = differs(held, {**held, DATES: [["birthday", 6, 16, 1988]]}, held)
    assert moved.changes == {DATES: [["birthday", 6, 16, 1988]]}
    lost = differs(held, {**held, DATES: [["birthday", 6, 15, None]]}, held)
    assert not lost.changes
    assert [one.field for one in lost.asked] == ["birthday"]
    typed = {**held, "company": "Harbour Lab", "notes": "a\nc"}
    # Programs are known to lose a day without a year.
    yearless = {**held, DATES: [["birthday", 6, 15, None]]}
    assert [one.field for one in differs(yearless, {**held, DATES: []}, yearless).asked] == ["birthday"]
    both = differs(held, {"company": "Ocean", "notes": "a\nb", DATES: [day]}, typed, typed={"company", "notes"})
    assert sorted(one.field for one in both.asked) == ["company", "notes"]
    assert differs(held, {}, typed, typed={"company", "notes"}).changes == {DATES: []}
    added = differs({"notes": "met at sea"}, {"notes": "met in port"}, {"notes": "met at sea\n\nfrom LinkedIn"})
    assert added.changes == {"notes": "met in port\n\nfrom LinkedIn"}


@pytest.mark.parametrize(
    ("before", "now", "held", "want"),
    [
        # The year of a day that the card said, says now, is held, and is held then; 0 is a day without its year.
        (None, 0, 1988, 1988),
        (None, 1990, 1988, 1988),
        (None, 1990, 0, 1990),
        (1988, 1990, 1988, 1990),
        (1988, 0, 1988, 1988),
        (0, 1988, 0, 1988),
        (1988, 1990, 1975, 1975),
        (1988, 1988, 1975, 1975),
    ],
)
def test_no_year_of_a_day_is_lost_and_one_that_the_card_adds_or_corrects_follows(
    before: int | None, now: int, held: int, want: int
) -> None:
    def met(year: int | None) -> dict[str, Any]:
        return {} if year is None else {DATES: [["First climb", 9, 12, year or None]]}

    found = differs(met(before), met(now), met(held))
    assert after(met(held), found) == met(want)
    assert not found.asked
    assert not differs(met(now), met(now), met(want)).changes


def test_what_another_card_says_stays_and_is_not_sent() -> None:
    others = united([mails("b", "c")])
    found = differs(mails("a", "b"), mails("a"), mails("a", "b", "c"), elsewhere=others)
    assert (found.changes, found.wanted) == ({}, {})


def test_what_was_written_counts_as_said_once_it_is_found_there() -> None:
    before, sent = {"company": "A", "notes": "x", "city": "Oslo"}, {"company": "B", "notes": "x"}
    # The number of a card is found with what was written; the phone has changed the note meanwhile.
    assert delivered(before, sent, {"company": "B", "notes": "y"}) == {"company": "B", "notes": "x"}
    # Another program has put its own text back.
    assert delivered(before, sent, before) == before
    assert delivered(before, {}, {}) == before
    # Another program has changed what was written, having seen it.
    assert delivered(before, sent, {"company": "C"}, is_on_top=True) == sent


_word = st.sampled_from(["a", "b", "c", "D", "e@x.example"])
_cell = st.tuples(_word, st.sampled_from(["", "home", "work"])).map(list)
_cells = st.lists(_cell, max_size=3, unique_by=lambda one: one[0])
_said = st.fixed_dictionaries(
    {"name": _word},
    optional={
        **dict.fromkeys(("company", "notes"), _word),
        **dict.fromkeys(("emails", "phones", "streets"), _cells),
        CIRCLES: st.lists(_word, max_size=3, unique_by=fold),
        RELATIONS: st.lists(st.tuples(_word, _word).map(list), max_size=2, unique_by=str),
        DATES: st.lists(
            st.tuples(
                st.sampled_from(["birthday", "met"]),
                st.integers(1, 2),
                st.integers(1, 2),
                st.sampled_from([None, 1988, 1990]),
            ).map(list),
            max_size=2,
            unique_by=lambda one: one[0],
        ),
    },
)


def everything(said: Said) -> set[tuple[str, str]]:
    """Each value as (field, normal form); years are values of their own."""
    found = set()
    for name, value in said.items():
        for one in value if isinstance(value, list) else [value]:
            text = one if isinstance(one, str) else one[0] if name in LISTS else str(one[:3])
            found.add((name, fold(text)))
            if name == DATES and one[3]:
                found.add((name, fold(f"{one[:3]} in {one[3]}")))
    return found


@settings(max_examples=60)
@given(before=_said, now=_said, held=_said, typed=st.sets(st.sampled_from(TEXT_FIELDS)))
def test_no_value_is_lost_and_a_second_look_changes_nothing(
    before: dict[str, Any], now: dict[str, Any], held: dict[str, Any], typed: set[str]
) -> None:
    found = differs(before, now, held, typed=typed)
    result = after(held, found)
    undecided = {DATES if one.field == "birthday" else one.field for one in found.asked}
    # A value goes only where the card took it back or put another one in its place.
    gone = {one for one in everything(held) - everything(result) if one[0] not in undecided}
    for name, value in gone:
        if (name, value.partition(" in ")[0]) in gone - {(name, value)}:
            # A year goes with its day.
            continue
        if name in TEXT_FIELDS:
            assert found.changes[name] == now.get(name, "") or value in fold(found.changes[name])
        else:
            assert (name, value) in everything(before)
            assert (name, value) not in everything(now)
    # What the card newly says is held, asked about, or was passed over as a worse name.
    for name, value in everything(now) - everything(before):
        if name in LISTS or name == CIRCLES:
            assert (name, value) in everything(result) or name in undecided
    again = differs(now, now, result, typed=typed)
    assert (again.changes, again.asked) == ({}, ())


@settings(max_examples=60)
@given(before=_said, now=_said, held=_said)
def test_both_ways_agree_once_the_card_says_what_it_ought_to(
    before: dict[str, Any], now: dict[str, Any], held: dict[str, Any]
) -> None:
    found = differs(before, now, held, typed=set(TEXT_FIELDS), sends_circles=True)
    result = after(held, found)
    sent = {name: value for name, value in {**now, **found.wanted}.items() if value}
    settled = differs(sent, sent, result, typed=set(TEXT_FIELDS), sends_circles=True)
    undecided = {DATES if one.field == "birthday" else one.field for one in found.asked}
    assert not settled.changes
    assert {name for name in settled.wanted if name not in undecided} == set()
