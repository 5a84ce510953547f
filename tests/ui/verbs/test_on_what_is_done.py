"""Verbs about a person act on whoever is shown, also where the item under the cursor is done or is no rhythm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.commands.registry import by_id
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.agenda.rows import AgendaList
from tests.cases import case
from tests.ui.words import TODAY, planner

ANSWERS = {
    "note": "likes tea", "rhythm": "9w", "pause": "2w", "circle": "choir", "follow_up": "send the talk fri",
    "gave": "advice", "helped": "the contract", "request": "a reference", "promise": "an introduction",
}  # fmt: skip


def met_and_birthday(desk: Desk) -> None:
    """Ana was met today; Ben has a birthday today, and no rhythm."""
    desk.on(date(2026, 7, 1)).people.add(ContactDraft(name="Ana Silva", cadence="2w"))
    desk.interactions.log([1], on=TODAY, channel="call")
    desk.on(date(2026, 7, 1)).people.add(ContactDraft(name="Ben Okri", birthday="1990-11-23"))


async def test_on_the_agenda_under_a_tick(tmp_path: Path) -> None:
    async with planner(tmp_path, met_and_birthday) as see:
        listed = see.app.screen.query_one(AgendaList)
        for verb, answer in ANSWERS.items():
            with case(verb):
                place = next(
                    place
                    for place in range(listed.total)
                    if (row := listed.row_at(place)) is not None and row.selectable and row.data.item.settled_on
                )
                listed.move_to(place)
                await see.idle()
                await see.press(*by_id(f"agenda.{verb}").keys[:1])
                see.sees("Ana Silva")
                see.sees_not("0 people")
                await see.type(answer)
                await see.press("enter")
                see.sees("u undo")
                await see.press("u")


async def test_in_focus_beside_a_birthday(tmp_path: Path) -> None:
    async with planner(tmp_path, met_and_birthday) as see:
        await see.press("f")
        see.sees("Ben Okri", "birthday")
        await see.press("p")
        see.sees("Pause Ben Okri to")
        await see.type("2w")
        await see.press("enter")
        see.sees("Paused Ben Okri until Mon 7 Dec 2026", "1 of 1")
