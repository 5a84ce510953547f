"""Focus triage, one person after the other: every key, undo, the summary, every size."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.focus.screen import FocusScreen
from tests.cases import case
from tests.ui.words import TODAY, Words, planner


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def fill(desk: Desk) -> None:
    """Ana with a late promise and a rhythm, then Ben, Cleo and Dan with a rhythm each, in that order."""
    for name, past in (("Ana Silva", 10), ("Ben Okri", 7), ("Cleo Ware", 4), ("Dan Poe", 1)):
        key = desk.on(days_ago(100)).people.add(
            ContactDraft(
                name=name, company=f"{name.split()[0]} & Co", title="Pilot", city="Lyon", cadence="2w",
                emails=(f"{name.split()[0].lower()}@example.org",),
            ),
        ).id  # fmt: skip
        desk.interactions.log([key], on=days_ago(14 + past), channel="coffee", note=f"talked with {name}")
    desk.favors.enter("promise", [1], kind="introduction", due=days_ago(3), note="meet Leo", on=days_ago(9))
    desk.people.add(ContactDraft(name="Eva Lund", offers="a boat, six metres", mode="occasion"))
    desk.people.edit(2, ContactDraft(looking_for="a boat", offers="sails"))


@asynccontextmanager
async def focused(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Words]:
    async with planner(folder, fill, size=size) as words:
        await words.press("f")
        assert isinstance(words.app.screen, FocusScreen)
        yield words


async def test_shows_one_person_with_everything_that_matters(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        assert "Focus" in words.screen[0]
        assert "1 of 4" in words.screen[0]
        words.sees("Ana Silva", "Pilot, Ana & Co", "Lyon")
        words.sees("you promised: meet Leo  3 days past", "catch up every 2 weeks  10 days past", "coffee 30 Oct")
        words.sees("talked with Ana Silva")
        words.sees("d done", "t no answer", "s snooze", "x leave out", "p pause", "n note", "o get in touch")
        words.sees_not("Ben Okri")
        await words.press("right")
        words.sees("2 of 4", "Ben Okri", "looks for a boat", "offers    sails", "give      introduce Eva Lund")
        words.sees_not("Ana Silva")


async def test_gives_nothing_where_there_is_nothing_concrete(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "right")
        words.sees("Cleo Ware")
        words.sees_not("give", "looks for", "offers")


async def test_d_writes_what_happened_and_shows_the_next_person(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "d")
        words.sees("Caught up with Ben Okri")
        await words.type("call, sold the boat")
        await words.press("enter")
        words.sees("Cleo Ware", "3 of 4", "1 done", "u undo")
        card = await words.ask(lambda desk: desk.reading.card(2))
        assert (card.interactions[0].on, card.interactions[0].channel) == (TODAY, "call")


async def test_t_tries_x_skips_s_snoozes_p_pauses(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("down", "x")
        words.sees("Skipped Ana Silva this round", "1 of 4", "you promised")
        await words.press("right", "t")
        words.sees("No answer from Ben Okri", "Cleo Ware")
        await words.press("s", "w", "enter")
        words.sees("Snoozed Cleo Ware to Mon 30 Nov 2026", "Dan Poe")
        await words.press("p")
        await words.type("12 dec")
        await words.press("enter")
        words.sees("Paused Dan Poe until Sat 12 Dec 2026", "That was everyone", "4 people")
        states = [(await words.ask(lambda desk, key=key: desk.reading.card(key))).state for key in (2, 3, 4)]
        assert states == ["snoozed", "snoozed", "paused"]


async def test_the_item_in_hand_is_chosen_with_the_arrows(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        assert "▌" in words.line_of("you promised")
        await words.press("down")
        assert "▌" in words.line_of("catch up")
        await words.press("t")
        assert "✓ catch up" in words.line_of("catch up")
        assert "▌" in words.line_of("you promised")
        words.sees("1 of 4")
        await words.press("d", "enter")
        words.sees("2 of 4", "Ben Okri", "1 done")


async def test_n_notes_and_stays_with_the_person(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("n")
        await words.type("likes boats")
        await words.press("enter")
        words.sees("Noted about Ana Silva", "1 of 4")
        card = await words.ask(lambda desk: desk.reading.card(1))
        assert "likes boats" in card.contact.notes


async def test_o_takes_the_address_to_the_clipboard(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("o")
        words.sees("ana@example.org")
        assert words.app.clipboard == "ana@example.org"


async def test_enter_opens_the_contact_and_escape_comes_back(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "enter")
        assert not isinstance(words.app.screen, FocusScreen)
        words.sees("Ben Okri")
        await words.press("escape")
        assert isinstance(words.app.screen, FocusScreen)
        words.sees("2 of 4")


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_q_and_escape_go_back_to_the_agenda(tmp_path: Path, key: str) -> None:
    async with focused(tmp_path) as words:
        await words.press(key)
        assert not isinstance(words.app.screen, FocusScreen)
        words.sees("Agenda", "Today")
        assert words.app.is_running


async def test_undo_comes_back_to_the_person_and_redo_goes_on(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "t", "right")
        words.sees("Dan Poe", "1 tried")
        await words.press("u")
        words.sees("Ben Okri", "2 of 4", "Took back")
        words.sees_not("1 tried")
        assert (await words.ask(lambda desk: desk.reading.card(2))).state == "due"
        await words.press("U")
        words.sees("Cleo Ware", "1 tried", "Brought back")
        assert (await words.ask(lambda desk: desk.reading.card(2))).state == "snoozed"


async def test_left_comes_back_and_says_where_the_first_is(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "left")
        words.sees("1 of 4", "Ana Silva")
        await words.press("left")
        words.sees("This is the first person")


async def test_what_cannot_be_said_why(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("x")
        words.sees("What can you offer instead?")
        await words.press("escape")
        words.sees("Kept open: what Ana Silva asked")
        await words.press("right", "right", "right", "right")
        words.sees("That was everyone")
        for key in ("d", "s", "t", "x", "n", "o", "right"):
            await words.press(key)
            words.sees("That was everyone; q goes back to the agenda")


async def test_the_summary_counts_and_says_what_to_press(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("d", "enter")
        await words.press("right", "t", "s", "3", "enter")
        words.sees("4 people", "reached or settled", "tried, no answer yet", "snoozed", "left as found")
        words.sees("You helped 1 person this week.", "back to the agenda", "take back the last change")
        await words.press("left")
        words.sees("Dan Poe", "4 of 4")


async def test_the_next_person_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        screen = words.app.screen
        assert isinstance(screen, FocusScreen)
        assert set(screen.cards) == {1, 2}
        await words.press("right")
        assert set(screen.cards) == {1, 2, 3}


def crowd(desk: Desk) -> None:
    """Twelve more people who come before the rhythm of Ana, to whom something was promised too."""
    fill(desk)
    for number in range(12):
        key = desk.on(days_ago(200)).people.add(ContactDraft(name=f"Person {number:02}", cadence="1w")).id
        desk.interactions.log([key], on=days_ago(60))


async def test_a_person_is_met_once_with_all_that_is_due(tmp_path: Path) -> None:
    async with planner(tmp_path, crowd) as words:
        agenda = await words.ask(lambda desk: desk.reading.agenda())
        (rhythm,) = [item for item in agenda.items if item.item.id == "c1"]
        assert rhythm.planned > TODAY
        await words.press("f")
        words.sees("you promised: meet Leo", "catch up every 2 weeks")


async def test_what_else_is_due_for_the_others_is_there_before_they_are(tmp_path: Path) -> None:
    def behind_ben(desk: Desk) -> None:
        crowd(desk)
        desk.favors.enter("promise", [2], kind="introduction", due=days_ago(5), note="meet Mia", on=days_ago(9))

    async with planner(tmp_path, behind_ben) as words:
        agenda = await words.ask(lambda desk: desk.reading.agenda())
        (rhythm,) = [item for item in agenda.items if item.item.id == "c1"]
        assert rhythm.planned > TODAY
        await words.press("f")
        words.sees("you promised: meet Mia")
        screen = words.app.screen
        assert isinstance(screen, FocusScreen)
        assert "c1" in screen.round.item_ids


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 6), (40, 12), (80, 24), (120, 40), (200, 60)])
async def test_every_size_shows_what_it_can(tmp_path: Path, size: tuple[int, int]) -> None:
    async with focused(tmp_path, size) as words:
        await words.press("down", "x", "right", "right", "right", "right")
        await words.pilot.resize_terminal(120, 40)
        await words.idle()
        words.sees("That was everyone")


async def test_at_forty_by_twelve_the_person_and_the_keys_are_there(tmp_path: Path) -> None:
    async with focused(tmp_path, (40, 12)) as words:
        words.sees("1 of 4", "Ana Silva", "you promised", "d done", "t no answer", "o get in touch", "? help")
        # The item in hand is in sight with its day; a line that is typed has the room of the verbs.
        await words.press("down")
        words.sees("▌ ▲ catch up every 2 weeks", "10 days past", "coffee 30 Oct", "o get in touch")
        await words.press("d")
        words.sees("▌ ▲ catch up every 2 weeks", "enter take it")
        words.sees_not("t no answer", "→ next person")
        await words.press("escape")
        words.sees("o get in touch", "→ next person")


async def test_hostile_names_are_shown_harmlessly(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        key = desk.on(days_ago(90)).people.add(ContactDraft(name="[red]Eve[/red]", cadence="1w", company="[b]x")).id
        desk.interactions.log([key], on=days_ago(30), note="[link=x]y")

    async with planner(tmp_path, hostile) as words:
        await words.press("f")
        words.sees("[red]Eve[/red]", "[b]x", "[link=x]y")


async def test_what_could_be_given_is_never_below_the_fold(tmp_path: Path) -> None:
    for size in [(80, 24), (60, 20), (120, 40)]:
        with case(size):
            folder = tmp_path / f"{size[0]}"
            folder.mkdir()
            async with focused(folder, size) as words:
                await words.press("right")
                words.sees("Ben Okri", "ben@example.org", "looks for a boat", "introduce Eva Lund")


async def test_the_strip_of_days_has_a_label(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        assert words.line_of("· ·").strip().startswith("days ")


async def test_no_verb_stands_alone_on_a_line_of_its_own(tmp_path: Path) -> None:
    for size, lines in (((120, 40), 1), ((80, 24), 1), ((60, 20), 2)):
        with case(size):
            folder = tmp_path / f"{size[0]}"
            folder.mkdir()
            async with focused(folder, size) as words:
                shown = [line for line in words.screen if any(word in line for word in ("d done", "o get in touch"))]
                assert len(shown) == lines
                assert all("  " in line.strip() for line in shown)
