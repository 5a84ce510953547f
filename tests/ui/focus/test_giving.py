"""The page of giving, at the end of focus triage and on an empty today: each entry with its key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.ui.words import TODAY, planner


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def fill(desk: Desk) -> None:
    """A match, a tie gone quiet, help of spring, and help given in each of three weeks; nobody is due."""
    for name, more in (
        ("Dora Lind", {"looking_for": "a Rust developer"}), ("Ben Okri", {"offers": "Rust, from February"}),
        ("Samir Benali", {}), ("Theodora Vance", {}),
    ):  # fmt: skip
        desk.on(ago(600)).people.add(ContactDraft(name=name, mode="occasion", **more))
    for who, days, note in ((3, 430, "read my portfolio"), (4, 170, "an hour in the archive")):
        then = desk.on(ago(days))
        key = then.favors.enter("received", [who], note=note, kind="advice").id
        then.favors.thank([key])
        then.favors.told([key])
    for weeks in (0, 1, 2):
        desk.favors.enter("gave", [1], on=ago(7 * weeks), kind="advice")


def fill_with_one_due(desk: Desk) -> None:
    fill(desk)
    key = desk.on(ago(100)).people.add(ContactDraft(name="Ana Silva", cadence="2w")).id
    desk.interactions.log([key], on=ago(30), channel="call")


WORDS = (
    "Dora Lind looks for a Rust developer", "Samir Benali, 14 months; helped you: read my portfolio",
    "Theodora Vance helped you in June: an hour in the archive", "You helped somebody in each of the last 3 weeks",
)  # fmt: skip


async def test_focus_ends_with_one_page_of_giving_and_each_has_its_key(tmp_path: Path) -> None:
    async with planner(tmp_path, fill_with_one_due) as see:
        await see.press("f")
        see.sees_not("Two minutes more?")
        await see.press("v")
        see.sees("That stands on the page of giving")
        await see.press("right")
        see.sees("That was everyone", "Two minutes more?", *WORDS, "v introduce them", "W words of thanks")
        await see.press("W")
        see.sees("To Theodora Vance", "an hour in the archive")
        await see.press("enter")
        see.sees("Nothing was sent yet")
        await see.press("d")
        see.sees("Thanked Theodora Vance")
        see.sees_not("Theodora Vance helped you")
        await see.press("v")
        see.sees("Dora Lind is asked first about meeting Ben Okri")
        see.sees_not("looks for a Rust developer")


async def test_an_empty_today_shows_it_too_and_enter_does_what_it_offers(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        see.sees("All is done for today", *(words[:40] for words in WORDS))
        await see.press("enter")
        see.sees("Dora Lind is asked first about meeting Ben Okri")
        (found,) = await see.ask(lambda desk: desk.introductions.all())
        assert found.note == "a Rust developer"


async def test_what_somebody_looks_for_is_asked_once_a_round_and_let_be_with_enter(tmp_path: Path) -> None:
    async with planner(tmp_path, fill_with_one_due) as see:
        await see.press("f", "d")
        see.sees("what is Ana Silva looking for? Such as: coffee, looks for a flat in Lyon")
        await see.press("escape", "d")
        see.sees_not("what is Ana Silva looking for?")
        await see.press("enter")
        see.sees("That was everyone", "What is Ana Silva looking for?", "e write it down")
        await see.press("e", "enter")
        see.sees("What is Ana Silva looking for?")
        await see.press("e")
        await see.type("a boat in spring")
        await see.press("enter")
        see.sees_not("What is Ana Silva looking for?")
        card = await see.ask(lambda desk: desk.reading.card(5, history=1))
        assert card.contact.looking_for == "a boat in spring"
