"""An unfinished text is taken up where it belongs, about the same people, whatever became of them meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.cases import case
from tests.ui.words import planner

NAMES = ("Ana Silva", "Ben Okri", "Cy Young", "Dora Lind")
LONG_AGO = date(2026, 1, 1)


def four(desk: Desk) -> None:
    for name in NAMES:
        desk.people.add(ContactDraft(name=name, cadence="2w", since=LONG_AGO, notes=f"about {name}"))
    for title in ("A boat", "A flat in Lisbon"):
        desk.needs.add(title)


def noted(desk: Desk) -> set[str]:
    """Who has the note that was typed."""
    here = {one.now for one in desk.reading.whereabouts(range(1, len(NAMES) + 1)) if one.now is not None}
    people = [desk.reading.card(one).contact for one in here]
    return {one.name for one in people if "Oslo now" in one.notes}


def nothing(desk: Desk) -> None:
    """What happens between two sessions: nothing."""


async def leave(folder: Path, *keys: str, typed: str) -> None:
    """A session that ends while something is typed."""
    async with planner(folder, four if not (folder / "planner.db").exists() else nothing) as see:
        await see.press(*keys)
        await see.type(typed)
        see.app.typed.keep(at_last=True)
        see.app.typed.close()


async def test_a_text_about_marked_people_marks_them_again(tmp_path: Path) -> None:
    cases: dict[str, tuple[tuple[str, ...], Callable[[Desk], object], tuple[str, ...], set[str]]] = {
        "contacts": (("2", "space", "space", "space", "n"), nothing, ("Note about 3 people",), set(NAMES[:3])),
        "needs": (("4", "down", "enter", "space", "space", "n"), nothing, ("Note about 2 people",), set(NAMES[:2])),
        "agenda": (("space", "space", "n"), nothing, ("Note about 2 people",), set(NAMES[:2])),
        "settled": (
            ("space", "space", "space", "n"),
            lambda desk: desk.triage.snooze(["c2"], date(2027, 3, 1)),
            ("Note about 2 people", "Without Ben Okri (nothing open here)"),
            {"Ana Silva", "Cy Young"},
        ),
        "archived": (
            ("2", "space", "space", "space", "n"),
            lambda desk: desk.people.set_status([2], "archived"),
            ("Note about 2 people", "Without Ben Okri (archived)"),
            {"Ana Silva", "Cy Young"},
        ),
        "merged": (
            ("2", "space", "space", "n"),
            lambda desk: desk.people.merge(4, 2),
            ("Note about 2 people",),
            {"Ana Silva", "Dora Lind"},
        ),
        "forgotten": (
            ("2", "space", "space", "space", "n"),
            lambda desk: desk.people.forget(3, state=tmp_path / "forgotten" / "state"),
            ("Note about 2 people", "Without 1 person who is gone"),
            {"Ana Silva", "Ben Okri"},
        ),
    }
    for name, (keys, meanwhile, words, about) in cases.items():
        with case(name):
            await leave(tmp_path / name, *keys, typed="Oslo now")
            async with planner(tmp_path / name, meanwhile) as see:
                await see.press("5", "ctrl+r", "enter")
                see.sees("Oslo now", *words)
                await see.press("enter")
                see.sees("Noted")
                assert await see.ask(noted) == about
                assert see.app.typed.left_over() == []


async def test_nobody_is_taken_for_somebody_who_is_gone(tmp_path: Path) -> None:
    await leave(tmp_path, "2", "space", "space", "n", typed="Oslo now")
    async with planner(tmp_path, lambda desk: [desk.people.set_status([1, 2], "archived")]) as see:
        await see.press("5", "ctrl+r", "enter")
        see.sees("This text is about Ana Silva (archived), Ben Okri (archived)")
        await see.press("ctrl+r", "x")
        assert see.app.typed.left_over() == []


async def test_a_text_about_what_is_settled_waits_on(tmp_path: Path) -> None:
    await leave(tmp_path, "space", "space", "n", typed="Oslo now")
    async with planner(tmp_path, lambda desk: desk.triage.snooze(["c1", "c2"], date(2027, 3, 1))) as see:
        await see.press("5", "ctrl+r", "enter")
        see.sees("Nothing is open here about Ana Silva, Ben Okri; the text goes on waiting")
        see.sees_not("Oslo now")
        assert len(see.app.typed.left_over()) == 1


def two_entries(desk: Desk) -> None:
    """Two interactions with Ana."""
    for day in (3, 12):
        desk.interactions.log([1], on=date(2026, 11, day), channel="coffee", note=f"day {day}")


async def test_a_change_of_an_entry_is_taken_up_in_that_entry(tmp_path: Path) -> None:
    async with planner(tmp_path, four) as see:
        await see.ask(two_entries)
    await leave(tmp_path, "2", "enter", "down", "enter", "tab", typed="phone")
    async with planner(tmp_path, nothing) as see:
        await see.press("5", "ctrl+r", "enter")
        see.sees("Tue 3 Nov 2026 with Ana Silva", "phone")
        await see.press("ctrl+s")
        assert {one.on.day: one.channel for one in (await see.ask(lambda desk: desk.reading.card(1))).interactions} == {
            3: "coffeephone", 12: "coffee"}  # fmt: skip


async def test_what_is_about_nobody_yet_is_taken_up_where_it_was_typed(tmp_path: Path) -> None:
    await leave(tmp_path, "2", "down", "+", typed="Zita M")
    async with planner(tmp_path, nothing) as see:
        await see.press("5", "ctrl+r")
        see.sees("Someone new", "Zita M")
        await see.press("enter", "ctrl+s")
        see.sees("Added Zita M")


async def test_what_was_typed_on_a_page_over_a_place_is_taken_up_among_the_contacts(tmp_path: Path) -> None:
    def closed(desk: Desk) -> None:
        """A need that is closed, and of which three people are to hear how it went."""
        desk.needs.tell(1, [2, 3, 4])
        desk.needs.close(1, outcome="found one")

    async with planner(tmp_path, four) as see:
        await see.ask(closed)
    await leave(tmp_path, "4", "down", "d", "space", "space", "n", typed="Oslo now")
    async with planner(tmp_path, nothing) as see:
        await see.press("5", "ctrl+r", "enter")
        see.sees("Note about 2 people", "Oslo now")
        await see.press("enter")
        assert await see.ask(noted) == {"Ben Okri", "Cy Young"}


def a_request(desk: Desk) -> None:
    """Ana asked for something, and is in a rhythm."""
    four(desk)
    desk.favors.enter("asked", [1], kind="feedback", note="her talk")


async def test_what_is_offered_instead_of_a_favor_is_taken_up_there_and_no_round_is_left_out(tmp_path: Path) -> None:
    async with planner(tmp_path, a_request):
        pass
    await leave(tmp_path, "3", "x", "4", typed="a page")
    async with planner(tmp_path, nothing) as see:
        before = await see.ask(lambda desk: (desk.reading.why(1).due, desk.reading.card(1).interactions))
        await see.press("5", "ctrl+r", "enter")
        see.sees("What can you offer instead?", "Ana Silva asked")
        await see.press("4")
        see.sees("a page")
        after = await see.ask(lambda desk: (desk.reading.why(1).due, desk.reading.card(1).interactions))
        assert after == before


async def test_what_is_said_of_a_follow_up_is_taken_up_in_that_follow_up(tmp_path: Path) -> None:
    def owed(desk: Desk) -> None:
        desk.people.add(ContactDraft(name="Ana Silva"))
        desk.triage.follow_up([1], "send the book", desk.today)

    async with planner(tmp_path, owed):
        pass
    await leave(tmp_path, "d", typed="sent it")
    async with planner(tmp_path, nothing) as see:
        await see.press("5", "ctrl+r", "enter")
        see.sees("send the book", "sent it")
        await see.press("enter")
        assert await see.ask(lambda desk: desk.reading.still_open(["f1"])) == ()


async def test_what_was_typed_where_nothing_leads_back_says_where_it_waits(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,email\nZoe Brown,zoe@example.org\n")
    async with planner(tmp_path, four) as see:
        await see.press("2", "<")
        await see.type(str(file))
        await see.press("enter")
        await see.until("A preview")
        await see.press("c")
        await see.type("rowers")
        see.sees("rowers")
        see.app.typed.keep(at_last=True)
        see.app.typed.close()
    async with planner(tmp_path, nothing) as see:
        await see.press("ctrl+r", "enter")
        see.sees("It waits where it was typed", "in Bringing in a file")
        assert len(see.app.typed.left_over()) == 1
        assert await see.ask(lambda desk: desk.people.circles()) == ()
