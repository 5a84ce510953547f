"""Closing a need on the screen: who is still to hear, words to send, told, let be, and that nobody is told unasked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.needs.closing_screen import ClosingScreen
from planner.ui.needs.hear_dialog import HearDialog
from planner.ui.needs.screen import NeedsScreen
from tests.store.stores import facts
from tests.ui.needs.test_needs import ANA, BEN, CY, HOSTILE, busy, flat, hostile
from tests.ui.words import TODAY, Words, planner


def over(desk: Desk) -> None:
    """A need that is closed: six knew of it, one helped and one passed it on."""
    busy(desk)
    desk.needs.close(1, outcome="found one by the river")


async def page(see: Words) -> tuple[int, int, int, list[str]]:
    """How many were told, heard and are let be, and who is still to hear."""
    found = await see.ask(lambda desk: desk.closing.page(1))
    names = [name for _, name in await see.ask(lambda desk: desk.closing.everybody(found))]
    return found.told, found.heard, found.let_be, names


async def test_d_closes_a_need_and_everybody_hears_from_one_page(tmp_path: Path) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4", "d")
        await see.type("found one by the river")
        await see.press("enter")
        assert isinstance(see.app.screen, ClosingScreen)
        see.sees("A flat in Lisbon · found one by the river", "told 6 · heard how it went 0")
        order = ["Helped", "Dora Lind", "Passed it on", "Eve Adler", "Told", "Cy Young", "Ana Silva", "Ben Okri"]
        places = [see.text.index(word) for word in order]
        assert places == sorted(places)
        see.sees("thanks, and how it went", "to Maude Ferrand, today", "asked 21 Nov", "could not help, 18 Nov")
        before = await see.ask(lambda desk: facts(desk.store))
        await see.press("asterisk", "W", "enter")
        see.sees("How it went, to 6 people", "Nothing was sent yet: c copies it")
        assert await see.ask(lambda desk: facts(desk.store)) == before
        await see.press("c")
        assert "found one by the river" in see.app.clipboard
        await see.press("enter")
        # Nobody is left: the place below says what was done, and its list is where it was.
        assert isinstance(see.app.screen, NeedsScreen)
        see.sees("6 of 6 heard how it went", "Someone at SNCF")
        assert await page(see) == (6, 6, 0, [])
        await see.press("u")
        assert await see.ask(lambda desk: facts(desk.store)) == before


async def test_one_after_another_each_in_their_own_words(tmp_path: Path) -> None:
    async with planner(tmp_path, over) as see:
        await see.press("4", "down", "down", "down", "d", "W")
        assert isinstance(see.app.screen, HearDialog)
        see.sees("1 of 6", "Hello Dora,", "ound one by the river", "hank you for your help")
        await see.press("c", "enter")
        see.sees("2 of 6", "Hello Eve,", "Maude Ferrand", "Told Dora Lind how it went")
        await see.press("s", "T", "escape")
        see.sees("2 of 6 heard how it went", "told 6 · heard how it went 2")
        told, heard, let_be, left = await page(see)
        assert (told, heard, let_be, left) == (6, 2, 0, ["Eve Adler", "Ana Silva", "Ben Okri", "Leo Hart"])
        ledger = await see.ask(lambda desk: desk.favors.ledger())
        assert [row.favor.contact_name for row in ledger.lanes["to_close"]] == ["Eve Adler"]


async def test_d_and_x_say_it_without_words_and_the_list_keeps_its_place(tmp_path: Path) -> None:
    async with planner(tmp_path, over) as see:
        await see.press("4", "down", "down", "down", "d", "down", "down", "d")
        see.sees("Told Cy Young how it went")
        assert "Ana Silva" in next(line for line in see.screen if "▌" in line)
        await see.press("x")
        see.sees("Let be: Ana Silva need not hear of A flat in Lisbon", "let be 1")
        assert "Ben Okri" in next(line for line in see.screen if "▌" in line)
        await see.press("end")
        for name in ("Ana Silva", "Cy Young"):
            await see.press("u")
            assert name in next(line for line in see.screen if "▌" in line), "undo comes back to whom it was about"
        assert (await page(see))[1:3] == (0, 0)
        await see.press("asterisk", "x")
        assert isinstance(see.app.screen, NeedsScreen)
        assert await page(see) == (6, 0, 6, [])
        ledger = await see.ask(lambda desk: desk.favors.ledger())
        assert not ledger.lanes["to_close"]
        await see.press("d")
        see.sees("That need is closed")


def _with_mail(address: str) -> ContactDraft:
    return ContactDraft(emails=(address,))


async def test_one_text_goes_to_all_addresses_hidden_from_each_other(tmp_path: Path) -> None:
    async with planner(tmp_path, over) as see:
        await see.ask(lambda desk: desk.people.edit(BEN, _with_mail("ben@dock.example")))
        await see.press("4", "down", "down", "down", "d", "asterisk", "W")
        see.sees("mail to ana@port.example, ben@dock.example", "4 without an address")
        await see.press("m")
        found = parse_qs(urlsplit(see.app.clipboard).query)
        assert found["bcc"] == ["ana@port.example,ben@dock.example"]
        assert found["subject"] == ["A flat in Lisbon"]
        await see.press("enter")
        assert (await page(see))[1] == 6


async def test_d_on_the_agenda_and_in_the_ledger_opens_the_page_and_tells_nobody(tmp_path: Path) -> None:
    def closed_long_ago(desk: Desk) -> None:
        flat(desk)
        earlier = desk.on(TODAY - timedelta(days=5))
        earlier.needs.tell(1, [ANA, BEN, CY])
        earlier.needs.close(1, outcome="two rooms")

    async with planner(tmp_path, closed_long_ago) as see:
        see.sees("everyone told", "tell 3 people how it went", "3d past")
        before = await see.ask(lambda desk: facts(desk.store))
        await see.press("d")
        assert isinstance(see.app.screen, ClosingScreen)
        await see.press("q", "3")
        see.sees("To close 1", "everyone told", "3d past")
        for key in ("d", "T", "enter"):
            await see.press(key)
            assert isinstance(see.app.screen, ClosingScreen), key
            await see.press("escape")
        for key in ("N", "x", "t"):
            await see.press(key)
        await see.press("1")
        assert await see.ask(lambda desk: facts(desk.store)) == before
        await see.press("d", "asterisk", "d")
        see.sees("Told Ana Silva, Ben Okri and Cy Young how it went")
        await see.press("3")
        see.sees_not("everyone told")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (3, 3)])
async def test_the_page_is_there_at_every_size_whatever_people_are_called(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with planner(tmp_path, hostile, size=size) as see:
        see.app.open("closing", 5)
        await see.idle()
        await see.press("W", "escape", "asterisk", "W", "enter", "escape", "escape")
        await see.ask(lambda desk: desk.needs.close(1, outcome=HOSTILE[1]))
        see.app.open("closing", 1)
        await see.idle()
        await see.press("down", "W", "m", "c", "enter", "escape", "n", "escape", "escape")
        strips = see.app.screen._compositor.render_strips()
        drawn = "".join(segment.text for strip in strips for segment in strip)
        assert not any(letter in drawn for letter in "\x1b\x07\u202e\u200e")


async def test_the_people_of_a_closed_need_say_who_knows_and_who_is_let_be(tmp_path: Path) -> None:
    def told(desk: Desk) -> None:
        over(desk)
        desk.needs.heard(1, [ANA])
        desk.needs.let_be(1, [BEN])

    async with planner(tmp_path, told, size=(130, 45)) as see:
        await see.press("4", "down", "down", "down")
        await see.until("knows how it went")
        assert "knows how it went" in see.line_of("Ana Silva")
        assert "let be" in see.line_of("Ben Okri")
