"""W shows the words for what is open: a reminder, thanks, how it went; sending them settles it."""

from __future__ import annotations

from pathlib import Path

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.shared.letter_dialog import LetterDialog
from tests.ui.words import Words, planner

ANA, BEN = 1, 2


def helped(desk: Desk) -> None:
    """Ana helped; Ben asks for something, and is to be met every week."""
    desk.people.add(ContactDraft(name="Ana Silva", language="de", emails=("ana@port.example",)))
    desk.people.add(ContactDraft(name="Ben Okri", cadence="1w"))
    desk.favors.enter("received", [ANA], kind="time", note="die Stunde im Archiv")
    desk.favors.enter("asked", [BEN], kind="reference", note="a reference for the grant")


async def lanes(see: Words) -> dict[str, list[str]]:
    found = await see.ask(lambda desk: desk.favors.ledger())
    return {name: [row.favor.note for row in rows] for name, rows in found.lanes.items() if rows}


async def to(see: Words, words: str) -> None:
    """Go to the line with some words."""
    await see.press("home")
    for _ in range(20):
        if any("▌" in line and words in line for line in see.screen):
            return
        await see.press("down")
    raise AssertionError(see.text)


async def test_thanks_are_shown_in_their_language_and_sending_settles_them(tmp_path: Path) -> None:
    async with planner(tmp_path, helped) as see:
        await see.press("3")
        await to(see, "Ana Silva")
        await see.press("W")
        assert isinstance(see.app.screen, LetterDialog)
        see.sees("To Ana Silva", "mail to ana@port.example", "nur kurz: Danke für die Stunde im Archiv.")
        await see.press("enter")
        see.sees("Nothing was sent yet: c copies it, m starts a mail; d where it is said already")
        before = await lanes(see)
        await see.press("c")
        assert see.app.clipboard.startswith("Hallo Ana,")
        assert await lanes(see) == before
        await see.press("enter")
        see.sees("Thanked Ana Silva")
        await see.press("u")
        assert await lanes(see) == before


async def test_a_request_has_an_answer_that_settles_nothing(tmp_path: Path) -> None:
    async with planner(tmp_path, helped) as see:
        await see.press("3")
        await to(see, "Ben Okri")
        before = await lanes(see)
        await see.press("W")
        see.sees("You asked me for a reference for the grant. Yes, I will do it.")
        await see.press("d", "c", "enter")
        assert await lanes(see) == before
        assert not isinstance(see.app.screen, LetterDialog)


async def test_the_agenda_and_the_page_of_a_person_have_words_and_say_where_there_are_none(tmp_path: Path) -> None:
    async with planner(tmp_path, helped, size=(130, 40)) as see:
        await to(see, "Ana Silva")
        await see.press("W")
        see.sees("To Ana Silva", "Danke")
        await see.press("d")
        see.sees("Thanked Ana Silva")
        await see.press("2")
        await to(see, "Ana Silva")
        await see.press("enter", "W")
        see.sees("To Ana Silva", "Du hast mir dabei geholfen: die Stunde im Archiv.")
        await see.press("escape", "escape", "1")
        await to(see, "reference")
        await see.press("W")
        see.sees("To Ben Okri", "Yes, I will do it.")
        await see.press("escape", "2")
        await to(see, "Ben Okri")
        await see.press("W")
        see.sees("To Ben Okri", "Yes, I will do it.")
