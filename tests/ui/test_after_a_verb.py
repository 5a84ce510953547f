"""After a verb the cursor stands on the next item, in every list that has verbs; a double click opens what it hit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.agenda.rows import AgendaList
from planner.ui.contact.screen import ContactScreen
from planner.ui.contacts.rows import ContactList
from planner.ui.widgets.line_list import LineList
from tests.cases import case
from tests.ui.words import TODAY, Words, planner

NAMES = ("Ana Silva", "Ben Okri", "Cleo Ware", "Dora Lind", "Eve Adler")


def fill(desk: Desk) -> None:
    """Five people due in this order, promises to three of them, requests of two, and a need."""
    for number, name in enumerate(NAMES):
        key = desk.on(date(2026, 7, 1)).people.add(ContactDraft(name=name, cadence="2w")).id
        desk.interactions.log([key], on=TODAY - timedelta(days=30 - number), channel="call")
    for key in (1, 2, 3):
        desk.favors.enter("promise", [key], note="the lease", due=TODAY, on=TODAY - timedelta(days=9))
    for key in (4, 5):
        desk.favors.enter("ask", [key], note="a name at the port", on=TODAY - timedelta(days=9))
    desk.needs.add("A flat in Lisbon")


def under(see: Words, kind: type[LineList] = LineList) -> str:
    """The line the cursor of the focused list is on."""
    listed = see.app.focused
    assert isinstance(listed, kind)
    return listed.render_line(listed._line_of(listed.cursor) - listed.scroll_offset.y).text


def name_under(see: Words) -> str:
    """The name in that line."""
    return next(name for name in NAMES if name in under(see))


async def test_on_the_agenda_whatever_becomes_of_the_item(tmp_path: Path) -> None:
    typed = (["m", *"sat", "enter"], ["r", *"6w", "enter"], ["p", *"2w", "enter"])
    for keys in (["d", "enter"], ["s", "w", "enter"], ["t"], *typed):
        with case(keys):
            folder = tmp_path / keys[0]
            folder.mkdir()
            async with planner(folder, fill) as see:
                listed = see.app.screen.query_one(AgendaList)
                row, after = listed.cursor_row, listed.row_at(listed.cursor + 1)
                assert row is not None
                assert after is not None
                await see.press(*keys)
                here = listed.cursor_row
                assert here is not None
                same_person = after.data.item.contact_id == row.data.item.contact_id
                assert here.key == after.key or (same_person and here.key != row.key), see.text


async def test_the_last_one_of_today_gives_way_to_what_is_open_and_no_tick(tmp_path: Path) -> None:
    def two(desk: Desk) -> None:
        for name, ago in (("Ana Silva", 20), ("Zoe Lind", 12)):
            key = desk.on(date(2026, 7, 1)).people.add(ContactDraft(name=name, cadence="2w")).id
            desk.interactions.log([key], on=TODAY - timedelta(days=ago), channel="call")
        done = desk.people.add(ContactDraft(name="Cy Young")).id
        desk.interactions.log([done], on=TODAY, channel="call")

    async with planner(tmp_path, two) as see:
        assert "Ana Silva" in under(see)
        await see.press("d", "enter")
        assert "Zoe Lind" in under(see)
        await see.press("d", "enter")
        # Nothing is open: the cursor stays in the list.
        assert see.app.screen.query_one(AgendaList).cursor_row is not None


@pytest.mark.parametrize("order", ["name", "due"])
async def test_in_the_contacts_in_any_order(tmp_path: Path, order: str) -> None:
    for keys in (["d", "enter"], ["s", "w", "enter"], ["t"], ["x"], ["r", *"6w", "enter"], ["A"]):
        with case(keys, order):
            folder = tmp_path / keys[0]
            folder.mkdir()
            async with planner(folder, fill) as see:
                await see.press("2")
                if order == "due":
                    await see.press("O", "d")
                assert "Ana Silva" in under(see, ContactList)
                await see.press(*keys)
                assert "Ben Okri" in under(see, ContactList)
                if keys == ["t"]:
                    await see.press("t")
                    assert "Cleo Ware" in under(see, ContactList)


async def test_marked_people_are_passed_by_together(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("2", "space", "space", "up", "up", "t")
        assert "Cleo Ware" in under(see, ContactList)


async def test_in_the_ledger(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("3")
        first = under(see)
        for keys in (["d", "enter"], ["s", "w", "enter"]):
            await see.press(*keys)
            assert under(see) != first
        await see.press("end", "up")
        before = under(see)
        await see.press("N")
        assert under(see) != before


async def test_among_the_people_of_a_need(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("4", "enter")
        met = [name_under(see)]
        for _ in range(3):
            await see.press("T")
            met.append(name_under(see))
        assert len(set(met)) == 4


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_double_click_opens_what_it_hit_and_nothing_behind_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, fill, size=size) as see:
        await see.press("2")
        listed = see.app.screen.query_one(ContactList)
        for place, name in ((0, "Ana Silva"), (3, "Dora Lind")):
            listed = see.app.screen.query_one(ContactList)
            line = listed._line_of(place) - listed.scroll_offset.y
            await see.pilot.click(ContactList, offset=(10, line), times=2)
            await see.idle()
            assert isinstance(see.app.screen, ContactScreen), see.text
            assert see.app.screen.name_shown == name
            assert len(see.app.screen_stack) == 2
            await see.press("escape")


async def test_pasted_lines_are_all_kept(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("n")
        await see.type("her op went well.\nasks about the flat\n\nback in May")
        see.sees("her op went well. asks about the flat, back in May")
        await see.press("enter")
        (noted,) = [
            card.contact.notes
            for key in range(1, 6)
            if (card := await see.ask(lambda desk, key=key: desk.reading.card(key))).contact.notes
        ]
        assert noted.endswith("her op went well. asks about the flat, back in May")
