"""Pairs who may be one person: side by side, one key for each answer, then the next pair."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from planner.core.matching.duplicates import Compared, LikelyPair, search
from planner.core.model import Cell
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.contact.screen import ContactScreen
from planner.ui.contacts.screen import ContactsScreen
from planner.ui.review import pairs_screen
from planner.ui.review.pairs_screen import PairsScreen
from tests.cases import PATIENCE, Patience
from tests.desk.test_imports import person, take
from tests.store.stores import facts
from tests.ui.words import TODAY, Words, planner

SIZES = [(120, 40), (80, 24), (40, 12), (12, 4), (1, 1)]


def network(desk: Desk) -> None:
    ana = desk.people.add(
        ContactDraft(name="Ana Silva", company="Port of Lyon", city="Lyon", emails=("ana@silva.example",),
                     circles=("work",), cadence="4w"),
    ).id  # fmt: skip
    desk.interactions.log([ana], on=TODAY - timedelta(days=31), channel="coffee")
    desk.people.add(ContactDraft(name="Kim Berg", phones=("+33 6 12 34 56 78",)))
    desk.people.add(ContactDraft(name="Leo Hart"))
    take(
        desk,
        [
            person("Ben Silva", "vcard:1", "ana@silva.example", company="Quay", circles=("climbing",)),
            person("Rui Costa", "vcard:2", phones=(Cell("+33612345678"),)),
        ],
    )
    desk.people.add(ContactDraft(name="leo hart", city="Porto"))


async def total(see: Words) -> int:
    return int((await see.ask(lambda desk: desk.reading.contacts(""))).total)


async def test_the_pairs_stand_side_by_side_with_the_reason(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        see.sees("1 of 3", "same e-mail, other name", "Rui Costa", "same phone", "same name")
        assert see.line_of("company").split() == ["company", "✓", "Port", "of", "Lyon", "Quay"]
        assert see.line_of("circles").split() == ["circles", "+", "work", "+", "climbing"]
        assert "✓" not in see.line_of("city")
        assert see.line_of("name  ").startswith("▌")


async def test_one_key_makes_one_person_and_the_next_pair_is_there(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        before = await see.ask(lambda desk: facts(desk.store))
        await see.press("2")
        await see.command("here twice")
        await see.press("down", "right")
        assert "✓ Quay" in see.line_of("company")
        await see.press("enter")
        see.sees("m makes one person of them", "1 of 3")
        await see.press("m")
        see.sees("Merged Ben Silva", "1 of 2", "same phone", "Kim Berg")
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert (card.contact.name, card.contact.company, card.contact.circles) == (
            "Ana Silva", "Quay", ("climbing", "work"),
        )  # fmt: skip
        assert "Company: Port of Lyon" in card.contact.notes
        await see.press("u")
        see.sees("Took back", "1 of 3", "same e-mail, other name")
        assert await see.ask(lambda desk: facts(desk.store)) == before


async def test_two_people_are_remembered_and_later_is_left(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        await see.press("x")
        see.sees("Ana Silva (#1) and Ben Silva (#4) are two people", "1 of 2", "Kim Berg")
        await see.press("s")
        see.sees("2 of 2", "leo hart", "same name")
        await see.press("b")
        see.sees("1 of 2", "same phone")
        await see.press("b")
        see.sees("This is the first pair")
        await see.press("s", "s")
        see.sees("That was every pair", "2 pairs wait for later")
        await see.press("m")
        see.sees("There is no pair to look at")
        await see.press("b", "s", "enter")
        assert isinstance(see.app.screen, ContactsScreen)
        await see.command("here twice")
        see.sees("1 of 2", "same phone")
        see.sees_not("Ben Silva")


async def test_one_who_became_part_of_another_is_in_no_other_pair(tmp_path: Path) -> None:
    def three(desk: Desk) -> None:
        for name in ("Ana Silva", "ana silva", "ANA SILVA", "Kim Berg", "kim berg"):
            desk.people.add(ContactDraft(name=name))

    async with planner(tmp_path, three) as see:
        await see.press("2")
        await see.command("here twice")
        see.sees("1 of 4")
        await see.press("m")
        see.sees("1 of 2", "ANA SILVA")
        await see.press("m")
        see.sees("1 of 1", "Kim Berg")
        await see.press("m")
        see.sees("That was every pair")
        assert await total(see) == 2
        await see.press("u", "u", "u")
        see.sees("1 of 4")
        assert await total(see) == 5


async def test_every_field_can_be_taken_from_the_other_side(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        await see.press("tab")
        assert "✓ Ben Silva" in see.line_of("name  ")
        assert "✓ Quay" in see.line_of("company")
        await see.press("space")
        assert "✓ Ana Silva" in see.line_of("name  ")
        await see.press("space", "m")
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert (card.contact.name, card.contact.company) == ("Ben Silva", "Quay")
        assert len(card.interactions) == 1


async def test_the_one_with_more_history_stays(tmp_path: Path) -> None:
    def network(desk: Desk) -> None:
        for name in ("Ana Silva", "ana silva"):
            desk.people.add(ContactDraft(name=name))
        desk.interactions.log([2], on=TODAY)
        desk.people.edit(2, ContactDraft(name="Ana  Silva-Costa"))
        desk.people.edit(1, ContactDraft(emails=("a@x.example",)))
        desk.people.edit(2, ContactDraft(emails=("a@x.example",)))

    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        assert "✓ Ana Silva-Costa" in see.line_of("name  ")
        await see.press("m")
        rows = (await see.ask(lambda desk: desk.reading.contacts(""))).rows
        assert [(row.id, row.name) for row in rows] == [(2, "Ana Silva-Costa")]


async def test_where_nothing_differs_the_arrows_say_so_and_m_works(tmp_path: Path) -> None:
    def same(desk: Desk) -> None:
        for _ in range(2):
            desk.people.add(ContactDraft(name="Ana Silva"))

    async with planner(tmp_path, same) as see:
        await see.press("2")
        await see.command("here twice")
        await see.press("left")
        see.sees("Nothing is to be chosen here")
        await see.press("m")
        assert await total(see) == 1


async def test_who_is_gone_meanwhile_is_left_out(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        await see.ask(lambda desk: desk.people.forget(5))
        await see.press("s")
        see.sees("leo hart")


async def test_a_digit_shows_the_place_itself_and_enter_there_opens_a_person(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        await see.press("1", "2")
        assert isinstance(see.app.screen, ContactsScreen)
        await see.press("enter")
        assert isinstance(see.app.screen, ContactScreen)
        await see.press("3", "2")
        await see.command("here twice")
        await see.press("2")
        assert isinstance(see.app.screen, ContactsScreen)
        assert await total(see) == 6


async def test_a_place_that_is_left_while_it_is_read_is_left(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        for _ in range(20):
            answers = threading.Event()
            see.app.gateway.submit(lambda desk, answers=answers: answers.wait())
            see.app.push_screen(PairsScreen())
            await see.pilot.pause()
            see.app.go_to("contacts")
            answers.set()
            await see.idle()
            assert isinstance(see.app.screen, ContactsScreen)


async def test_a_legend_says_what_the_marks_mean(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("here twice")
        see.sees("✓ is kept   + both are kept")


async def test_nobody_is_here_twice(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana"))) as see:
        await see.press("2")
        await see.command("here twice")
        see.sees("Nobody seems to be here twice")
        await see.press("escape")
        assert isinstance(see.app.screen, ContactsScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_what_it_can(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, network, size=size) as see:
        await see.press("2")
        await see.command("here twice")
        await see.press("down", "right", "tab", "s", "b")
        assert isinstance(see.app.screen, PairsScreen)
        if size[0] >= 40:
            see.sees("1 of 3", "Ana Silva", "Ben Silva")
            await see.press("enter")
            assert "x says they are two, s leaves them" in " ".join(see.text.split())
            await see.press("s")
            see.sees_not("s leaves them")
            await see.press("s", "s")
            see.sees("That was every pair", "enter  goes back")
            await see.press("b", "b", "b")
        await see.press("x", "m", "u", "m", "m", "escape")
        assert await total(see) == 4


async def test_hostile_names_are_shown_harmlessly(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        for company in ("[bold]B[/]", "\x1b[31mred"):
            desk.people.add(ContactDraft(name="[@click=app.quit]Bob[/]", company=company, emails=("b@x.example",)))

    async with planner(tmp_path, hostile) as see:
        await see.press("2")
        await see.command("here twice")
        see.sees("[@click=app.quit]Bob[/]", "[bold]B[/]")
        assert "\x1b" not in see.text
        await see.press("x")
        see.sees("are two people")


# While everybody is looked through


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold up the look at everybody until this is set."""
    found = threading.Event()

    def after(*given: object) -> object:
        assert found.wait(PATIENCE)
        return search(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pairs_screen, "search", after)
    yield found
    found.set()


def pairs_of(see: Words) -> PairsScreen:
    screen = see.app.screen
    assert isinstance(screen, PairsScreen)
    return screen


async def until_looked_through(see: Words, looks: threading.Event) -> None:
    looks.set()
    patience = Patience()
    while pairs_of(see).looking and not patience.over:
        await asyncio.sleep(0.01)
    await see.idle()


async def first_pairs(see: Words) -> None:
    """Open the pairs, and wait for those that are there at once."""
    await see.press("2")
    see.app.open("pairs")
    await shown(see, "1 of 2 so far")
    see.sees("same e-mail, other name")


async def pressed(see: Words, key: str, words: str) -> None:
    """Press a key, and wait for words."""
    see.send(key)
    await shown(see, words)


async def shown(see: Words, words: str) -> None:
    """Wait for words while a worker still looks, so that nothing comes to rest."""
    patience = Patience()
    while words not in see.text and not patience.over:
        await see.pilot.pause(0.01)
    see.sees(words)


async def test_the_surest_pairs_are_gone_through_before_everybody_is_looked_through(
    tmp_path: Path, looks: threading.Event
) -> None:
    async with planner(tmp_path, network) as see:
        await first_pairs(see)
        await pressed(see, "m", "Merged Ben Silva")
        see.sees("1 of 1 so far", "same phone")
        await pressed(see, "x", "are two people")
        see.sees("Looking through everyone")
        await pressed(see, "m", "Everyone is still being looked through")
        await until_looked_through(see, looks)
        see.sees("1 of 1", "same name", "leo hart")
        see.sees_not("so far")
        for words in ("1 of 2", "1 of 3"):
            await see.press("u")
            see.sees("Took back", words)


async def test_what_is_found_later_follows_and_the_pair_that_is_shown_stays(
    tmp_path: Path, looks: threading.Event
) -> None:
    async with planner(tmp_path, network) as see:
        await first_pairs(see)
        await pressed(see, "s", "2 of 2 so far")
        await until_looked_through(see, looks)
        see.sees("2 of 3", "same phone")
        await see.press("s")
        see.sees("3 of 3", "same name")


async def test_who_leaves_ends_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def endless(compared: Compared, between: Callable[[], None]) -> list[LikelyPair]:
        try:
            while True:
                between()
        finally:
            ended.set()

    monkeypatch.setattr(pairs_screen, "search", endless)
    async with planner(tmp_path, network) as see:
        await first_pairs(see)
        see.send("q")
        assert await asyncio.to_thread(ended.wait, PATIENCE)
        await see.idle()
        assert isinstance(see.app.screen, ContactsScreen)
