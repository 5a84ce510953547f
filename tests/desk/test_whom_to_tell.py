"""Whom to tell of a need, over a real file: everybody in turn, each with a reason that stands in their fields."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.network.sought import sought
from planner.core.network.telling import Suggestion
from planner.core.words.folding import fold
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.views.of_needs.whom_to_tell import whom_to_tell
from tests.desk.desks import TODAY, add, on, open_desk

TIES = ("not in touch yet", "last in touch", "close: ")


def suggested(desk: Desk, title: str, *, why: str = "", who: str = "") -> Sequence[Suggestion]:
    return desk.needs.suggest(desk.needs.add(title, why=why, who=who).id)


def test_paging_through_the_suggestions_reaches_everybody_once_and_nobody_who_is_to_be_left_alone(desk: Desk) -> None:
    everybody = {add(desk, f"Person {number}", city="Lyon" if number % 3 else "") for number in range(40)}
    for number, key in enumerate(sorted(everybody)[::4]):
        desk.interactions.log([key], on=on(-40 * number))
    never = add(desk, "Left Alone", mode="never", city="Lyon")
    gone = add(desk, "In the Archive", city="Lyon")
    desk.people.archive([gone])
    found = suggested(desk, "A flat in Lyon")
    pages = [found[start : start + 7] for start in range(0, len(found), 7)]
    reached = [one.contact_id for page in pages for one in page]
    assert sorted(reached) == sorted(everybody)
    assert never not in reached
    near = [one.why for one in found if not one.why.startswith(TIES)]
    assert near == ["lives in Lyon"] * 26
    assert found[3].why.startswith("last in touch"), "a tie gone quiet stands after three who match"


def test_where_very_many_share_a_word_those_of_a_rare_word_come_first_and_nobody_is_left_out(desk: Desk) -> None:
    """With small bounds, fifty people are very many."""
    many = [add(desk, f"Baker {number}", title="Baker", city="Lyon") for number in range(50)]
    rare = add(desk, "The One", title="Baker", company="Nordlys Mill", city="Lyon")
    with desk.store.read():
        found = whom_to_tell(sought("A job as a baker at Nordlys Mill", "", ""), 0, TODAY, most=5, budget=30)
    assert (found[0].contact_id, found[0].why) == (rare, "works at Nordlys Mill, Baker")
    assert sorted(one.contact_id for one in found) == sorted([*many, rare])


def test_a_word_of_the_notes_or_of_the_reason_of_the_need_is_no_reason(desk: Desk) -> None:
    add(desk, "Notes", notes="has a flat in Lisbon, likes ports")
    add(desk, "Port", company="Port of Lyon")
    found = suggested(desk, "A flat in Lisbon", why="To finish the book on small ports.")
    assert {one.why for one in found} == {"not in touch yet: a reason to write"}


def test_who_would_know_is_found_by_name_trade_and_firm(desk: Desk) -> None:
    add(desk, "Ben Costa")
    ida, cy = add(desk, "Ida Holm"), add(desk, "Cy Berg", company="Rotary Club of Lund")
    found = suggested(desk, "A berth from April", who="Ida, the Rotary club")
    assert [(one.contact_id, one.why) for one in found[:2]] == [
        (ida, "you wrote that Ida Holm would know"),
        (cy, "works at Rotary Club of Lund, as you wrote"),
    ]


def test_the_words_of_a_contact_follow_every_change_undone_too(desk: Desk) -> None:
    key = add(desk, "Ana", company="Nordlys Mill")
    add(desk, "Ben", company="Bell Foundry")
    need = desk.needs.add("Somebody at Nordlys Mill").id

    def reasons() -> list[str]:
        return [one.why for one in desk.needs.suggest(need) if one.contact_id == key]

    assert reasons() == ["works at Nordlys Mill"]
    desk.people.edit(key, ContactDraft(name="Ana", company="Quay Press"))
    assert reasons() == ["not in touch yet: a reason to write"]
    desk.keeping.undo()
    assert reasons() == ["works at Nordlys Mill"]


def test_windows_of_those_who_match_in_nothing_join_to_the_whole_in_its_order(desk: Desk) -> None:
    """Quiet ties, the longest first, then who was never met, then the near; those left alone or told in none."""
    offers = [add(desk, f"Baker {number}", offers="bread baking") for number in range(7)]
    days = {add(desk, f"Person {number}"): (None, -20 - number, -200 - number)[number % 3] for number in range(30)}
    for key, back in days.items():
        if back is not None:
            desk.interactions.log([key], on=on(back))
    need = desk.needs.add("bread baking").id
    told, alone = list(days)[4], list(days)[5]
    desk.needs.tell(need, [told])
    desk.people.archive([alone])
    found = desk.needs.suggest(need, most=0)
    joined = [row for start in range(0, 40, 7) for row in desk.needs.others(found, start, start + 7)]
    left = {key: back for key, back in days.items() if key not in (told, alone)}
    never = [key for key, back in left.items() if back is None]
    met = sorted((back, key) for key, back in left.items() if back is not None)
    quiet, near = [key for back, key in met if back < -180], [key for back, key in met if back > -180]
    assert [one.contact_id for one in found.head] == [*offers[:3], quiet[0], *offers[3:6], quiet[1], offers[6]]
    assert [key for key, *_ in joined] == [*quiet[2:], *never, *near]
    assert len(found) == len(left) + len(offers)
    desk.needs.tell(need, [quiet[1], near[0]])
    again = desk.needs.people(need, ranked=found).suggestions
    assert [one.contact_id for one in again] == [
        one.contact_id for one in found if one.contact_id not in (quiet[1], near[0])
    ]


# The filter

NAMES = ("Ana Mai", "Ben 12", "Touch Lee", "Ear Other", "Éva Monthly", "Zoë Reason", "Lyon Baker")
DAYS_SINCE = (None, 1, 29, 180, 181, 200, 365, 400, 3600)
WORDS = ("a", "e", "mai", "12", "1", "6", "touch", "month", "months", "reason", "write", "ear", "close", "eva", "z")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS_SINCE)), max_size=9),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.one_of(st.none(), st.frozensets(st.integers(1, 9))),
)
def test_a_filter_leaves_those_whose_name_and_reason_hold_the_words(
    people: list[tuple[str, int | None]], words: list[str], among: frozenset[int] | None
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder) / "planner.db") as desk:
        for name, days in people:
            key = add(desk, name, city="Lyon" if name.startswith("Lyon") else "")
            if days is not None:
                desk.interactions.log([key], on=on(-days))
        need = desk.needs.add("A flat in Lyon").id
        if people:
            desk.needs.tell(need, [1])
        everybody = desk.needs.suggest(need)
        found = desk.needs.suggestions_holding(everybody, words, among=among)
        found.take(0, desk.needs.others(found, 0, sum(found.counts)))
        assert list(found) == [
            one for one in everybody
            if all(word in fold(f"{one.name} {one.why}") for word in words)
            and (among is None or one.contact_id in among)
        ]  # fmt: skip
