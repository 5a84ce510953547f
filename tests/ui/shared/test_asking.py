"""A look at how things stand comes before every direct ask, and leads to giving first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.asking.etiquette_dialog import EtiquetteDialog
from planner.ui.ledger.favor_dialog import FavorDialog
from planner.ui.widgets.field import FieldInput
from tests.ui.words import TODAY, Words, planner

ANA, BEN, CY, DORA = range(1, 5)


def known(desk: Desk) -> None:
    """Ana looks for what Cy offers; Ben is promised something; nothing is known about Dora."""
    for name, more in (
        ("Ana Silva", {"looking_for": "a flat in Lyon"}), ("Ben Okri", {}),
        ("Cy Young", {"offers": "flats in Lyon"}), ("Dora Lind", {}),
    ):  # fmt: skip
        desk.people.add(ContactDraft(name=name, **more))  # type: ignore[arg-type]
    desk.interactions.log([ANA], on=date(2026, 10, 1))
    desk.favors.enter("ask", [ANA], note="a lift", on=date(2026, 8, 4))
    desk.favors.enter("promise", [BEN], note="the map")


async def asked(see: Words) -> list[tuple[int, str]]:
    found = await see.ask(lambda desk: desk.favors.ledger())
    return [(row.favor.contact_id, row.favor.note) for row in found.lanes["i_asked"]]


async def promised(see: Words) -> list[tuple[int, str]]:
    found = await see.ask(lambda desk: desk.favors.ledger())
    return [(row.favor.contact_id, row.favor.note) for row in found.lanes["promised"]]


async def ask_in_the_ledger(see: Words, name: str, what: str, day: str = "") -> None:
    """Fill in the dialog of an ask: whom, and for what; the kind is advice."""
    await see.press("3", "i")
    dialog = see.app.screen
    assert isinstance(dialog, FavorDialog)
    await see.press("shift+tab", "ctrl+u")
    await see.type(name)
    await see.press("enter", "2")
    await see.type(what)
    await see.press("enter")
    await see.type(day)
    await see.press("enter")


async def test_the_ledger_looks_first_then_writes_the_ask_down(tmp_path: Path) -> None:
    async with planner(tmp_path, known) as see:
        await ask_in_the_ledger(see, "ana", "her notes")
        assert isinstance(see.app.screen, EtiquetteDialog)
        see.sees("Before you ask Ana Silva", "her notes", "last spoke  Thu 1 Oct 2026", "last asked  Tue 4 Aug 2026")
        see.sees("introduce Cy Young, who offers flats in Lyon")
        await see.press("i")
        assert (ANA, "her notes") in await asked(see)


async def test_giving_first_or_leaving_writes_no_ask(tmp_path: Path) -> None:
    async with planner(tmp_path, known) as see:
        before = await asked(see)
        await ask_in_the_ledger(see, "ana", "her notes")
        await see.press("escape", "escape")
        assert await asked(see) == before
        await ask_in_the_ledger(see, "ana", "her notes")
        see.sees("g begins it: Ana Silva is asked first about meeting Cy Young", "g begin the introduction")
        await see.press("g")
        see.sees("Ana Silva is asked first about meeting Cy Young")
        assert (await asked(see), await promised(see)) == (before, [(BEN, "the map")])
        (begun,) = await see.ask(lambda desk: desk.introductions.all())
        assert (begun.one_id, begun.other_id, begun.note) == (ANA, CY, "a flat in Lyon")


async def test_words_that_gave_way_stand_in_the_next_ask(tmp_path: Path) -> None:
    async with planner(tmp_path, known) as see:
        await ask_in_the_ledger(see, "ana", "her notes")
        await see.press("escape")
        assert isinstance(see.app.screen, FavorDialog)
        see.sees("I asked for help", "Ana Silva", "her notes")
        await see.type(" on Lyon")
        await see.press("ctrl+s")
        see.sees("Before you ask Ana Silva", "her notes on Lyon")
        await see.press("g", "i")
        see.sees("I asked for help", "her notes on Lyon")
        await see.press("ctrl+s", "i")
        assert (ANA, "her notes on Lyon") in await asked(see)
        await see.press("i")
        assert see.app.screen.query_one("#favor-what", FieldInput).value == ""


async def test_with_nothing_concrete_giving_first_is_a_promise(tmp_path: Path) -> None:
    def spoken(desk: Desk) -> None:
        known(desk)
        desk.interactions.log([DORA], on=date(2026, 10, 1))

    async with planner(tmp_path, spoken) as see:
        await ask_in_the_ledger(see, "dora", "a tent")
        see.sees("g promise something first")
        await see.press("g")
        await see.type("her bike")
        await see.press("enter")
        assert (DORA, "her bike") in await promised(see)


async def test_what_is_promised_already_is_not_promised_twice(tmp_path: Path) -> None:
    async with planner(tmp_path, known) as see:
        before = await promised(see)
        await ask_in_the_ledger(see, "ben", "his drill")
        see.sees("what you promised: the map")
        await see.press("g")
        see.sees("That is promised already")
        assert await promised(see) == before


async def test_what_two_agreed_to_is_the_thing_to_give(tmp_path: Path) -> None:
    def agreed(desk: Desk) -> None:
        known(desk)
        key = desk.introductions.start(CY, DORA).id
        desk.introductions.answer(key, CY, "yes")
        desk.introductions.answer(key, DORA, "yes")

    async with planner(tmp_path, agreed) as see:
        await ask_in_the_ledger(see, "dora", "a tent")
        see.sees("introduce them to Cy Young: both said yes")
        await see.press("g")
        see.sees("d introduces them")


async def test_with_nothing_known_there_are_words_and_a_past_ask_needs_no_look(tmp_path: Path) -> None:
    async with planner(tmp_path, known) as see:
        await ask_in_the_ledger(see, "dora", "a tent")
        see.sees("Before you ask Dora Lind", "one line is enough. It is about a tent.", "no e-mail address: c copies")
        await see.press("enter")
        see.sees("Nothing was sent yet: c copies it")
        assert (DORA, "a tent") not in await asked(see)
        await see.press("c")
        assert see.app.clipboard.startswith("Hello Dora,")
        await see.press("enter")
        assert (DORA, "a tent") in await asked(see)
        await ask_in_the_ledger(see, "ana", "her drill", "yesterday")
        found = await see.ask(lambda desk: desk.reading.card(ANA))
        assert [one.asked_on for one in found.favors if one.note == "her drill"] == [TODAY - timedelta(days=1)]


async def test_the_page_of_a_contact_looks_first_too(tmp_path: Path) -> None:
    async with planner(tmp_path, known) as see:
        await see.press("2", "enter", "i")
        await see.type("her notes")
        await see.press("enter")
        assert isinstance(see.app.screen, EtiquetteDialog)
        see.sees("Before you ask Ana Silva", "last asked  Tue 4 Aug 2026", "introduce Cy Young")
        await see.press("escape")
        see.sees("Nothing is written down yet", "her notes")
        assert (ANA, "her notes") not in await asked(see)
        await see.press("enter", "i")
        assert (ANA, "her notes") in await asked(see)


async def test_at_forty_by_twelve_every_key_of_the_look_is_there(tmp_path: Path) -> None:
    async with planner(tmp_path, known, size=(40, 12)) as see:
        await ask_in_the_ledger(see, "ana", "her notes")
        assert isinstance(see.app.screen, EtiquetteDialog)
        see.sees("Before you ask", "g begin the introduction", "i asked", "c copy", "m mail", "esc or q leaves")


@pytest.mark.parametrize("size", [(120, 40), (120, 26), (80, 24)])
async def test_the_keys_stand_below_words_that_need_more_lines_than_there_are(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    def needy(desk: Desk) -> None:
        known(desk)
        desk.needs.add("a flat in Lyon", why="a reason that goes on and on, " * 40)

    async with planner(tmp_path, needy, size=size) as see:
        await see.press("4", "enter")
        await see.press("i")
        assert isinstance(see.app.screen, EtiquetteDialog)
        see.sees("Before you ask", "i asked", "c copy", "esc or q leaves")
