"""What is derived: contact by contact, all together, or step by step with the facts, it is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from planner.core.model import ItemKind
from planner.errors import Refused
from planner.store import derived
from planner.store import tables as t
from planner.store.journal import redo, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from planner.store.views.derivation import Derivation, derive
from tests.store.stores import TODAY, asked, assert_sound, contact_values, facts, open_store

PEOPLE = 3
OUTCOMES = (("planned", "me"), ("attempt", "me"), ("reached", "both"), ("reached", "them"), ("attempt", "them"))
GIVEN, RECEIVED = ("asked", "promised"), ("asked", "done", "thanked")
FAVORS = tuple(("given", state) for state in GIVEN) + tuple(("received", state) for state in RECEIVED)
ANSWERS = ("", "asked", "yes", "no", "later")
TOLD = ("heard of", "told", "asked", "helped", "passed on", "declined")
STATUSES = ("active", "archived", "deceased")
Act = Callable[[Store, int, int, int], None]
"""One change of facts, chosen by three numbers."""


def day(number: int) -> date:
    return TODAY + timedelta(days=number - 5)


def write(store: Store, work: Callable[[Writer], object]) -> None:
    store.write("x", "X", work, today=TODAY)


def rows_of(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.read():
        return asked(store, sql)


def person(store: Store, number: int) -> int:
    people = rows_of(store, "SELECT id FROM contact ORDER BY id")
    return int(people[number % len(people)][0])


def change(store: Store, one: int, other: int, number: int) -> None:
    """Somebody is put away or comes back, most often the one with whom something that was put off stands."""
    holders = rows_of(store, "SELECT contact_id FROM due_item WHERE hidden_until IS NOT NULL OR chosen_day IS NOT NULL")
    key = holders[one % len(holders)][0] if holders and number % 4 else person(store, one)
    changes: dict[str, Any] = ({"mode": ("rhythm", "never")[number % 2]}, {"status": STATUSES[number % 3]})[other % 2]
    write(store, lambda w: w.update(t.ContactTable, key, **changes))


def rhythm(store: Store, one: int, other: int, number: int) -> None:
    key = person(store, one)
    write(store, lambda w: w.update(t.ContactTable, key, cadence=f"{number + 1}w", cadence_since=day(other)))


def circle(store: Store, one: int, other: int, number: int) -> None:
    known = rows_of(store, f"SELECT 1 FROM membership WHERE circle_id = 1 AND contact_id = {person(store, one)}")
    if known or other % 3 == 0:
        write(store, lambda w: w.update(t.CircleTable, 1, cadence=f"{number + 1}w", cadence_since=day(other)))
    else:
        row = {"circle": 1, "contact": person(store, one), "joined_on": day(other)}
        write(store, lambda w: w.insert(t.MembershipTable, **row))


def happen(store: Store, one: int, other: int, number: int) -> None:
    outcome, direction = OUTCOMES[number % len(OUTCOMES)]
    together = {person(store, one), person(store, other)}

    def work(writer: Writer) -> None:
        key = writer.insert(
            t.InteractionTable, on=day(number), outcome=outcome, direction=direction, note=f"talk {number}"
        )
        for contact in sorted(together, reverse=bool(number % 2)):
            writer.insert(t.ParticipationTable, interaction=key, contact=contact)

    write(store, work)


def follow_up(store: Store, one: int, other: int, number: int) -> None:
    repeat = ("", "+1w", ".+2w")[number % 3]
    row = {"contact": person(store, one), "text": "write", "on": day(other), "repeat": repeat}
    write(store, lambda w: w.insert(t.FollowUpTable, **row))


def favor(store: Store, one: int, other: int, number: int) -> None:
    direction, state = FAVORS[number % len(FAVORS)]
    key, on = person(store, one), day(other)

    def work(writer: Writer) -> None:
        row = {"direction": direction, "kind": "advice", "state": state, "asked_on": on, "due_on": on, "done_on": on}
        ask = writer.insert(t.FavorTable, contact=key, **row)
        if state == "asked":
            writer.insert(t.NudgeTable, favor=ask, on=day(other + 1))

    write(store, work)


def tell(store: Store, one: int, other: int, number: int) -> None:
    known = rows_of(store, f"SELECT id FROM told WHERE need_id = 1 AND contact_id = {person(store, one)}")
    row = {"state": TOLD[number % len(TOLD)], "on": day(other)}
    if known:
        write(store, lambda w: w.update(t.ToldTable, known[0][0], **row))
    else:
        write(store, lambda w: w.insert(t.ToldTable, need=1, contact=person(store, one), **row))


def introduce(store: Store, one: int, other: int, number: int) -> None:
    pair = person(store, one), person(store, one + 1)
    known = rows_of(store, f"SELECT id FROM introduction WHERE one_id = {pair[0]} AND other_id = {pair[1]}")
    row = {"one_answer": ANSWERS[other % 5], "one_on": day(other), "other_answer": ANSWERS[number % 5]}
    if known:
        write(store, lambda w: w.update(t.IntroductionTable, known[0][0], **row))
    elif pair[0] != pair[1]:
        write(store, lambda w: w.insert(t.IntroductionTable, one=pair[0], other=pair[1], created_on=day(number), **row))


def put_off(store: Store, one: int, other: int, number: int) -> None:
    """Snooze an open item, or choose a day for it; whoever it stands with may change later."""
    items = rows_of(store, "SELECT id, contact_id, due FROM due_item ORDER BY id")
    if not items:
        return
    item, contact, due = items[(one + 12 * other) % len(items)]
    row = {"item": item, "contact": contact}
    if other % 2:
        write(store, lambda w: w.insert(t.SnoozeTable, until=day(number + 9), made_on=day(number), made_for=due, **row))
    elif not rows_of(store, f"SELECT 1 FROM chosen_day WHERE item = '{item}'"):
        write(store, lambda w: w.insert(t.ChosenDayTable, day=day(number), for_due=due, **row))


def pause_or_skip(store: Store, one: int, other: int, number: int) -> None:
    key = person(store, one)
    if other % 2:
        write(store, lambda w: w.insert(t.SkipTable, contact=key, on=day(number)))
    else:
        write(store, lambda w: w.update(t.ContactTable, key, paused_until=day(number)))


def part(store: Store, one: int, other: int, number: int) -> None:
    """Somebody did not take part after all, or goes with all that is theirs."""
    if number % 4 == 0 and len(rows_of(store, "SELECT id FROM contact")) > 2:
        write(store, lambda w: w.delete(t.ContactTable, person(store, one)))
    elif parts := rows_of(store, "SELECT id FROM participation ORDER BY id"):
        write(store, lambda w: w.delete(t.ParticipationTable, parts[other % len(parts)][0]))


def back_or_forth(store: Store, one: int, other: int, number: int) -> None:
    try:
        (undo, redo)[number % 2](store)
    except Refused:
        return


ACTS: tuple[Act, ...] = (
    change, rhythm, circle, happen, follow_up, favor, tell, introduce, pause_or_skip, part, back_or_forth,
    change, put_off, put_off, favor,
)  # fmt: skip


def in_any_order(found: dict[int, Derivation]) -> dict[int, Any]:
    return {key: replace(one, items=frozenset(one.items)) for key, one in found.items()}  # type: ignore[arg-type]


def assert_derived_alike(store: Store, trail: str) -> set[str]:
    """As stored, one by one and together; gives the kinds of the items that are put off."""
    with store.read():
        assert derived.differences(store) == [], trail
        everyone = derived.all_contact_ids()
        together = derive(everyone, store.settings)
        alone = {key: derive([key], store.settings)[key] for key in everyone}
    assert in_any_order(alone) == in_any_order(together), trail
    return {item.kind for one in together.values() for item in one.items if item.hidden_until or item.chosen_day}


def begin(writer: Writer) -> None:
    """Items of every kind."""
    rhythm = {"cadence": "4w", "cadence_since": TODAY}
    writer.insert_many(t.ContactTable, [contact_values(key, **rhythm) for key in range(PEOPLE)])
    writer.insert(t.CircleTable, name="Work", folded="work")
    writer.insert(t.NeedTable, title="a flat", created_on=TODAY)
    for outcome, direction in OUTCOMES:
        talk = writer.insert(t.InteractionTable, on=TODAY, outcome=outcome, direction=direction)
        for key in (3,) if direction == "them" else (1, 2):
            writer.insert(t.ParticipationTable, interaction=talk, contact=key)
    for direction, state in FAVORS:
        row = {"kind": "loan", "home_by": TODAY}
        row |= {"asked_on": TODAY, "due_on": TODAY, "done_on": TODAY, "thanked_on": TODAY}
        writer.insert(t.FavorTable, contact=3, direction=direction, state=state, **row)
    for key in range(1, PEOPLE + 1):
        writer.insert(t.ToldTable, need=1, contact=key, state="told", on=TODAY)


@pytest.mark.parametrize("walks", [30, pytest.param(1_000, marks=pytest.mark.long)])
def test_one_by_one_together_and_anew_are_the_same(tmp_path: Path, walks: int) -> None:
    kinds: set[str] = set()
    for walk in range(walks):
        random = Random(f"derived {walk}")
        with open_store(tmp_path / f"{walk}.db") as store:
            store.write("begin", "Begun", begin, today=TODAY, journal=False)
            trail = []
            for _ in range(30):
                act, numbers = random.choice(ACTS), [random.randrange(12) for _ in range(3)]
                trail.append(f"{act.__name__}{tuple(numbers)}")
                act(store, *numbers)
                kinds |= assert_derived_alike(store, f"walk {walk}: {', '.join(trail)}")
            before = facts(store)
            store.transact(partial(derived.rebuild, store))
            assert facts(store) == before
            assert_sound(store)
    print(f"put off by hand: {', '.join(sorted(kinds))}")
    assert set(ItemKind) - kinds == {ItemKind.DATE}


ABOUT_SOMEBODY_NEW: dict[str, Callable[[Writer, int, int], object]] = {
    "a talk": lambda w, new, old: w.insert(
        t.ParticipationTable, contact=new, interaction=w.insert(
            t.InteractionTable, on=TODAY, outcome="planned", direction="me")),
    "a follow-up": lambda w, new, old: w.insert(t.FollowUpTable, contact=new, text="write", on=TODAY),
    "a favor": lambda w, new, old: w.insert(
        t.FavorTable, contact=new, direction="given", kind="advice", state="asked", asked_on=TODAY),
    "an introduction": lambda w, new, old: w.insert(t.IntroductionTable, one=old, other=new, created_on=TODAY),
    "a need": lambda w, new, old: w.insert(
        t.ToldTable, contact=new, state="told", on=TODAY, need=w.insert(t.NeedTable, title="a flat", created_on=TODAY)),
    "a skip": lambda w, new, old: w.insert(t.SkipTable, contact=new, on=TODAY),
    "a snooze": lambda w, new, old: w.insert(
        t.SnoozeTable, contact=new, item=f"c{new}", until=day(9), made_on=TODAY, made_for=f"own|4w|{TODAY}"),
    "a chosen day": lambda w, new, old: w.insert(
        t.ChosenDayTable, contact=new, item=f"c{new}", day=TODAY, for_due=TODAY + timedelta(days=28)),
    "a rhythm": lambda w, new, old: None,
    "a circle with a rhythm": lambda w, new, old: w.insert(
        t.MembershipTable, contact=new, joined_on=TODAY, circle=w.insert(
            t.CircleTable, name="Work", folded="work", cadence="2w", cadence_since=TODAY)),
}  # fmt: skip
"""What a step may write about somebody whom it adds."""


@pytest.mark.parametrize("what", ABOUT_SOMEBODY_NEW)
@pytest.mark.parametrize("rhythm", [{"cadence": "4w", "cadence_since": TODAY}, {}], ids=("with a rhythm", "without"))
def test_what_is_written_of_somebody_new_in_the_same_step_is_derived(
    store: Store, what: str, rhythm: dict[str, Any]
) -> None:
    def work(writer: Writer) -> None:
        old, new, plain = writer.insert_many(
            t.ContactTable,
            [contact_values(2, **rhythm), contact_values(3, **rhythm), contact_values(4)],
        )
        ABOUT_SOMEBODY_NEW[what](writer, new, old)
        writer.insert(t.AddressTable, contact=plain, kind="email", value="a@b.example")

    store.write("add", "Added", work, today=TODAY)
    assert_sound(store)
    undo(store)
    redo(store)
    assert_sound(store)


def test_nothing_is_looked_for_that_nobody_new_can_have(store: Store) -> None:
    add = partial(contact_values, company="Port", notes="sails")
    write(store, lambda w: w.insert(t.ContactTable, **add(1)))
    statements: list[str] = []
    store.database.query_hooks.append(lambda event: statements.append(event.sql))
    write(store, lambda w: w.insert_many(t.ContactTable, [add(number) for number in range(2, 90)]))
    store.database.query_hooks.clear()
    asked_about = " ".join(statements)
    assert 'INSERT INTO "contact"' in asked_about
    # The least is asked: what they are, for the indexes, and whether a rhythm or a circle makes them due.
    for table in ("due_item", "participation", "favor", "follow_up", "snooze", "skip", "told", "introduction"):
        assert table not in asked_about, (table, statements)
    deleted = [one for one in statements if one.startswith("DELETE FROM") and "journal" not in one]
    assert deleted == []
    assert_sound(store)


def test_undo_derives_nothing_of_those_it_takes_out(store: Store) -> None:
    def add(writer: Writer) -> None:
        for key in writer.insert_many(t.ContactTable, [contact_values(one, cadence="4w", cadence_since=TODAY,
                                                                      company="Port", offers="a boat")
                                                       for one in range(1, 40)]):  # fmt: skip
            writer.insert(t.FollowUpTable, contact=key, text="write", on=TODAY)

    write(store, add)
    write(store, lambda w: w.insert(t.ContactTable, **contact_values(50)))
    undo(store)
    statements: list[str] = []
    store.database.query_hooks.append(lambda event: statements.append(event.sql))
    undo(store)
    store.database.query_hooks.clear()
    # What refers to the people is deleted and checked without being read.
    asked_about = " ".join(one for one in statements if not one.startswith(("SELECT 1 FROM", "DELETE FROM \"wish_word",
                                                                            "DELETE FROM \"contact_word")))  # fmt: skip
    assert 'DELETE FROM "contact"' in asked_about
    for table in ("favor ", "snooze", "skip", "told", "wish_word", "contact_word"):
        assert table not in asked_about, (table, statements)
    assert_sound(store)
    redo(store)
    assert_sound(store)
    assert len(rows_of(store, "SELECT id FROM due_item")) == 2 * 39
    assert len(rows_of(store, "SELECT DISTINCT contact_id FROM wish_word")) == 39
