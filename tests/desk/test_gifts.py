"""Things that change hands: ideas for gifts with their occasion, what was given before, and loans."""

from __future__ import annotations

from datetime import date

import pytest

from planner.core.model import FavorState, ItemKind
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import TODAY, add, day, on
from tests.store.stores import facts


def birthday(desk: Desk, today: date = TODAY) -> str:
    """What the agenda says of the day of the year that is near."""
    (item,) = [one.item for one in desk.on(today).reading.agenda().items if one.item.kind is ItemKind.DATE]
    return item.text


def test_before_a_birthday_the_idea_and_the_gift_of_last_year_stand_beside_it(desk: Desk) -> None:
    ana = add(desk, birthday="1980-11-25")
    desk.on(day(11, 24, 2025)).favors.enter("gave", [ana], kind="gift", note="a scarf", occasion="birthday")
    assert birthday(desk) == "birthday: turns 46 · last year: a scarf"
    idea = desk.favors.enter("idea", [ana], note="a pen", occasion="Birthday").id
    assert birthday(desk) == "birthday: turns 46 · idea: a pen · last year: a scarf"
    assert not [one for one in desk.reading.card(ana).loops if one.kind is not ItemKind.DATE]
    desk.favors.done([idea])
    assert birthday(desk) == "birthday: turns 46 · given: a pen"
    assert desk.reading.why(ana).last_contact == TODAY
    desk.keeping.undo()
    assert birthday(desk).endswith("idea: a pen · last year: a scarf")
    desk.favors.rest([idea])
    assert birthday(desk) == "birthday: turns 46 · last year: a scarf"
    assert desk.favors.one(idea).state is FavorState.RESTED


def test_whoever_has_died_is_remembered_without_gifts(desk: Desk) -> None:
    ana = add(desk, birthday="1980-11-25")
    desk.favors.enter("idea", [ana], note="a pen")
    desk.people.set_status([ana], "deceased")
    assert birthday(desk) == "remember: birthday"


def test_only_a_gift_has_an_occasion_and_an_idea_has_words(desk: Desk) -> None:
    ana = add(desk)
    for verb, kind, note in (("gave", "advice", "x"), ("asked", "gift", "x"), ("ask", "gift", "x")):
        with pytest.raises(Refused, match="Only a gift has an occasion"):
            desk.favors.enter(verb, [ana], kind=kind, note=note, occasion="birthday")
    with pytest.raises(Refused, match="The idea is empty"):
        desk.favors.enter("idea", [ana], note=" ")


def test_a_loan_stands_on_its_lane_and_is_home_by_one_step_whoever_has_it(desk: Desk) -> None:
    ida = add(desk, "Ida Voss")
    lent = desk.favors.enter("gave", [ida], kind="loan", note="the tent", due=day(12, 12))
    borrowed = desk.favors.enter("received", [ida], kind="loan", note="her drill", due=day(12, 1))
    assert lent.said == "Lent Ida Voss: the tent, to be home Sat 12 Dec 2026"
    lanes = desk.favors.ledger().lanes
    assert [row.item.text for row in lanes["i_asked"]] == ["Ida has the tent · back Sat 12 Dec"]
    assert [row.item.text for row in lanes["promised"]] == ["bring back her drill"]
    assert [row.item.kind for row in lanes["to_close"]] == [ItemKind.THANKS]
    desk.triage.done([f"l{lent.id}", f"l{borrowed.id}"])
    desk.favors.thank([borrowed.id])
    assert not any(desk.favors.ledger().lanes.values())
    later = desk.on(on(60)).reading.agenda()
    assert not later.items


def test_a_loan_that_is_moved_is_to_be_home_on_that_day(desk: Desk) -> None:
    ida = add(desk, "Ida Voss")
    lent = desk.favors.enter("gave", [ida], kind="loan", note="the tent", due=day(12, 12)).id
    before = facts(desk.store)
    desk.triage.snooze([f"l{lent}"], day(12, 15))
    said = desk.triage.move([f"l{lent}"], day(12, 20)).said
    assert said == "Moved Ida Voss to Sun 20 Dec 2026"
    (item,) = desk.reading.card(ida).loops
    assert (item.due, item.text, item.hidden_until) == (day(12, 20), "Ida has the tent · back Sun 20 Dec", None)
    with pytest.raises(Refused, match="The day"):
        desk.triage.move([f"l{lent}"], day(11, 1))
    desk.keeping.undo()
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_a_gift_that_was_an_idea_settles_the_idea_and_counts_once(desk: Desk) -> None:
    ana = add(desk)
    scarf = desk.favors.enter("idea", [ana], note="a red scarf", occasion="birthday").id
    for book in ("a book on rails", "a book on ships"):
        desk.favors.enter("idea", [ana], note=book)
    desk.favors.enter("gave", [ana], kind="gift", note="the scarf")
    one = desk.favors.one(scarf)
    assert (one.state, one.done_on, one.occasion) == (FavorState.DONE, TODAY, "birthday")
    assert desk.reading.card(ana).gave == 1
    desk.keeping.undo()
    assert desk.favors.one(scarf).state is FavorState.IDEA
    # Two ideas hold the words, and help is no gift: neither settles an idea.
    desk.favors.enter("gave", [ana], kind="gift", note="a book")
    desk.favors.enter("gave", [ana], kind="advice", note="scarf")
    assert desk.reading.card(ana).gave == 2
    desk.capture.take("Ana: gave her the scarf")
    assert desk.favors.one(scarf).state is FavorState.DONE
    # Given again, it is a second gift.
    desk.capture.take("Ana: gave her the scarf")
    assert desk.reading.card(ana).gave == 4


def test_before_the_next_gift_stands_what_was_given_before(desk: Desk) -> None:
    ana = add(desk, birthday="1980-11-25")
    for on_day, note, occasion in (
        (day(12, 24, 2025), "a scarf", "Christmas"), (day(5, 1, 2024), "tulips", "name day"),
    ):  # fmt: skip
        desk.on(on_day).favors.enter("gave", [ana], kind="gift", note=note, occasion=occasion)
    desk.favors.enter("idea", [ana], note="a pen", occasion="birthday")
    desk.favors.enter("received", [ana], kind="gift", note="a bell", occasion="Christmas")
    assert desk.favors.gifts_before(ana) == "idea: a pen (birthday)"
    assert desk.favors.gifts_before(ana, "xmas") == "last year: a scarf"
    assert desk.favors.gifts_before(ana, "birthday") == "idea: a pen"
    assert desk.favors.gifts_before(ana, "name day") == "2024: tulips"
    assert desk.favors.gifts_before(ana, "housewarming") == ""
