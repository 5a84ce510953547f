"""A letter of theirs after I asked or told them: it is asked what it was, and only a person says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.core.model import ANSWERED, FavorState
from planner.desk import Desk
from planner.errors import Refused
from tests.cases import case
from tests.desk.desks import add, day
from tests.desk.evidence_runs import ME, at, desk_of, line, mail, watch
from tests.store.stores import assert_sound, facts

ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_of(tmp_path / "planner.db") as found:
        add(found, "Ana Silva", emails=[ANA])
        add(found, "Ben Okri", emails=[BEN])
        yield found
        assert_sound(found.store)


def asked(desk: Desk) -> list[tuple[str, str, str]]:
    """(item, name, day) of each question whether somebody answered."""
    found = [one.item for one in desk.reading.agenda().items if one.item.asks == ANSWERED]
    return [(one.id, one.contact_name, one.due.isoformat()) for one in found]


def test_an_ask_a_nudge_and_a_told_need_are_asked_about_once_they_wrote(desk: Desk) -> None:
    desk.favors.enter("ask", [1], note="a reference", on=day(11, 10))
    need = desk.needs.add("a flat in Lyon").id
    desk.needs.tell(need, [1, 2], on=day(11, 12))
    watch(desk, mail("0", BEN, ME, on=at(11, 11)), mail("1", ANA, ME, on=at(11, 11)))
    assert asked(desk) == [("v1", "Ana Silva", "2026-11-11")]
    watch(desk, mail("2", BEN, ME, on=at(11, 18)), mail("3", BEN, ME, on=at(11, 19)))
    assert asked(desk) == [("v1", "Ana Silva", "2026-11-11"), (f"n{need}c2", "Ben Okri", "2026-11-18")]
    assert "any news?" in next(one.text for one in desk.reading.card(1).loops if one.id == f"n{need}")
    with pytest.raises(Refused, match="was it the answer"):
        desk.triage.done(["v1"])
    desk.favors.nudge([1])
    assert asked(desk) == [(f"n{need}c2", "Ben Okri", "2026-11-18")]


def test_on_the_day_of_asking_only_what_came_after_something_of_mine_counts(tmp_path: Path) -> None:
    for what, seen, expected in (
        ("theirs alone", [mail("1", ANA, ME, on=at(11, 16, 15))], False),
        ("theirs, then mine", [mail("1", ANA, ME, on=at(11, 16, 9)), mail("2", ME, ANA, on=at(11, 16, 10))], False),
        ("mine, then theirs", [mail("2", ME, ANA, on=at(11, 16, 9)), mail("1", ANA, ME, on=at(11, 16, 10))], True),
        ("a chat of both", [line("c", "Ana Silva", at(11, 16, 9)), line("c", None, at(11, 16, 10))], True),
        ("mine alone", [mail("2", ME, ANA, on=at(11, 17))], False),
    ):
        with case(what), desk_of(tmp_path / f"{what}.db") as fresh:
            add(fresh, "Ana Silva", emails=[ANA])
            fresh.favors.enter("ask", [1], note="a reference", on=day(11, 16))
            watch(fresh, *seen)
            assert bool(asked(fresh)) is expected


def test_each_answer_is_one_step_that_undo_takes_back(desk: Desk) -> None:
    desk.favors.enter("ask", [1], note="a reference", on=day(11, 10))
    need = desk.needs.add("a flat in Lyon").id
    desk.needs.tell(need, [2], on=day(11, 12))
    desk.needs.ask(need, [1], on=day(11, 12))
    watch(desk, mail("1", ANA, ME, on=at(11, 18)), mail("2", BEN, ME, on=at(11, 18)))
    items = ["v1", "v2", f"n{need}c2"]
    assert sorted(key for key, _, _ in asked(desk)) == sorted(items)
    before = facts(desk.store)
    for item in items:
        for what, to in (("helped", ""), ("passed", "Leo Roux"), ("passed", "#2"), ("cannot", ""), ("unrelated", "")):
            if (item, to) == (f"n{need}c2", "#2"):
                continue
            with case(item, what, to):
                done = desk.replies.said(item, what, to=to)
                assert done.step is not None
                assert item not in [key for key, _, _ in asked(desk)]
                assert_sound(desk.store)
                desk.keeping.undo()
                assert facts(desk.store) == before
    desk.replies.said("v1", "helped")
    assert (desk.favors.one(1).state, desk.favors.one(1).done_on) == (FavorState.DONE, day(11, 18))
    desk.replies.said("v2", "cannot")
    assert [str(one.state) for one in desk.needs.told(need)] == ["declined", "told"]
    desk.replies.said(f"n{need}c2", "passed", to="Leo Roux")
    assert [(one.name, str(one.state)) for one in desk.needs.told(need)][1:] == [
        ("Ben Okri", "passed on"), ("Leo Roux", "heard of"),
    ]  # fmt: skip


def test_not_about_this_is_asked_again_once_they_write_again(desk: Desk) -> None:
    desk.favors.enter("ask", [1], note="a reference", on=day(11, 10))
    watch(desk, mail("1", ANA, ME, on=at(11, 17)), mail("2", ANA, ME, on=at(11, 19)))
    assert desk.replies.said("v1", "unrelated").said.startswith("Not about it: a reference")
    assert asked(desk) == []
    watch(desk, mail("3", ANA, ME, on=at(11, 18)))
    assert asked(desk) == []
    watch(desk, mail("4", ANA, ME, on=at(11, 20)))
    assert asked(desk) == [("v1", "Ana Silva", "2026-11-20")]


def test_what_cannot_be_said_is_refused(desk: Desk) -> None:
    desk.favors.enter("ask", [1], note="a reference", on=day(11, 10))
    for what, to in (("helped", ""), ("passed", ""), ("helped", "Leo"), ("maybe", "")):
        with case(what, to), pytest.raises(Refused):
            desk.replies.said("v1", what, to=to)
    watch(desk, mail("1", ANA, ME, on=at(11, 17)))
    with pytest.raises(Refused, match="themselves"):
        desk.replies.said("v1", "passed", to="#1")
