"""D on the agenda and in focus: it ends a follow-up and drops a plan, after asking; elsewhere it says why not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.agenda.rows import AgendaList
from tests.cases import case
from tests.ui.words import TODAY, Words, planner


def fill(desk: Desk) -> None:
    """One person with an entry of every kind that stands on the agenda."""
    earlier = desk.on(date(2026, 7, 1))
    earlier.people.add(ContactDraft(name="Ana Silva", cadence="2w"))
    earlier.people.add(ContactDraft(name="Ben Okri", birthday="1990-11-24"))
    earlier.people.add(ContactDraft(name="Cleo Ware", cadence="2w"))
    desk.triage.follow_up([1], "water the figs", TODAY, repeat="++1w")
    desk.triage.follow_up([2], "send the film", TODAY)
    desk.interactions.log([2], on=TODAY + timedelta(days=2), outcome="planned", channel="lunch")
    desk.favors.enter("promise", [1], note="the lease")
    desk.favors.enter("asked", [1], note="a name")


async def go_to(see: Words, item_id: str) -> None:
    """Put the cursor on an item."""
    listed = see.app.screen.query_one(AgendaList)
    place = listed.position_of(item_id)
    assert place is not None, f"{item_id} is not on the agenda:\n{see.text}"
    listed.move_to(place)
    await see.idle()


async def test_a_follow_up_ends_and_a_plan_is_dropped(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        for item_id, asked, said in (
            ("f1", "End “water the figs”?", "Ended: water the figs"),
            ("f2", "Delete “send the film”?", "Dropped: send the film"),
            ("i1", "Delete what is planned with Ben Okri?", "Dropped what was planned with Ben Okri"),
        ):
            with case(item_id):
                await go_to(see, item_id)
                await see.press("D")
                see.sees(asked)
                await see.press("k", "D", "enter")
                assert see.app.screen.query_one(AgendaList).position_of(item_id) is not None
                await see.press("D", "d")
                see.sees(said, "u undo")
                assert see.app.screen.query_one(AgendaList).position_of(item_id) is None
                await see.press("u")
                assert see.app.screen.query_one(AgendaList).position_of(item_id) is not None


async def test_several_are_one_step(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        for item_id in ("f1", "f2"):
            await go_to(see, item_id)
            await see.press("space")
        await see.press("D")
        see.sees("End 2 entries?")
        await see.press("d")
        see.sees("Ended: water the figs; Dropped: send the film")
        await see.press("u")
        listed = see.app.screen.query_one(AgendaList)
        assert None not in (listed.position_of("f1"), listed.position_of("f2"))


async def test_what_cannot_be_deleted_says_why_and_keeps_the_marks(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        listed = see.app.screen.query_one(AgendaList)
        for item_id, why in (
            ("c3", "x leaves this round out"), ("d1", "e changes it"), ("v1", "stays in the ledger"),
            ("v2", "stays in the ledger"),
        ):  # fmt: skip
            with case(item_id):
                await go_to(see, item_id)
                await see.press("space", "D")
                see.sees(why)
                assert listed.marked == {item_id}
                await see.press("escape")


async def test_in_focus_it_is_settled_and_comes_back_with_undo(tmp_path: Path) -> None:
    def one(desk: Desk) -> None:
        desk.on(date(2026, 7, 1)).people.add(ContactDraft(name="Ben Okri"))
        desk.triage.follow_up([1], "send the film", TODAY)

    async with planner(tmp_path, one) as see:
        await see.press("f", "D", "d")
        see.sees("Dropped: send the film", "That was everyone", "dropped for good")
        await see.press("u")
        see.sees("send the film", "1 of 1")
