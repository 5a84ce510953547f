"""Dialogs that say what is wrong, explain, or ask one thing: what they show, and every key that leaves them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.screen import ModalScreen

from planner.core.brief import Brief
from planner.core.model import FAVOR_KINDS, Favor, FavorDirection, FavorState, ItemKind, OpenItem, State, Term
from planner.desk import Desk
from planner.desk.values import ContactDraft, Why
from planner.errors import Busy, Damaged, PlannerError
from planner.ui.agenda.backlog_dialog import BacklogDialog
from planner.ui.ledger.decline_dialog import DeclineAnswer, DeclineDialog
from planner.ui.ledger.favor_dialog import FavorDialog, FavorDraft
from planner.ui.shared.brief_dialog import BriefDialog
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.problem_dialog import ProblemDialog
from planner.ui.shared.why_dialog import WhyDialog
from tests.ui.words import TODAY, Words, planner

NOTHING = object()
SIZES = [(1, 1), (8, 3), (40, 12), (80, 24), (200, 60)]


def fill(desk: Desk) -> None:
    for name in ("Kim Berg", "Nora Quist", "Nora Quist"):
        desk.people.add(ContactDraft(name=name, offers="boats" if name == "Nora Quist" else ""))


async def shown(words: Words, dialog: ModalScreen[Any]) -> Callable[[], Any]:
    """Open a dialog; the returned function gives the answer of the dialog, `NOTHING` while it is open."""
    answers: list[Any] = []
    words.app.push_screen(dialog, answers.append)
    await words.idle()
    return lambda: answers[0] if answers else NOTHING


# What went wrong


@pytest.mark.parametrize("key", ["enter", "escape", "q"])
async def test_a_problem_is_said_with_advice_and_left_with_any_of_three_keys(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path) as words:
        problem = Busy("Another program [b]holds[/b] the file", "Close it, then go on")
        answer = await shown(words, ProblemDialog(problem))
        words.sees("The database", "Another program [b]holds[/b] the file.", "Close it, then go on.")
        await words.press(key)
        assert answer() is None
        assert words.app.is_running


async def test_a_damaged_database_names_its_newest_backup(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await shown(words, ProblemDialog(Damaged("It is damaged", "Restore it", backup="/backups/monday.db")))
        words.sees("The newest good backup:", "/backups/monday.db")


async def test_a_problem_without_a_backup_names_none(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await shown(words, ProblemDialog(Damaged("It is damaged", "")))
        words.sees_not("backup")


# Why


def why(state: State = State.LATE) -> Why:
    return Why(
        contact_id=1,
        name="Ana [i]Silva[/i]",
        item_id="c1",
        state=state,
        due=TODAY - timedelta(days=3),
        snoozed_until=TODAY + timedelta(days=4),
        urgency=1.75,
        terms=(Term("3 days past due ÷ 14 days", 0.25), Term("late", 1.5)),
        steps=("every 2 weeks, your own rhythm", "last contact on Fri 6 Nov 2026"),
    )


@pytest.mark.parametrize("key", ["enter", "escape", "q", "w"])
async def test_why_shows_every_step_and_a_sum(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path) as words:
        answer = await shown(words, WhyDialog(why(), TODAY))
        words.sees("Ana [i]Silva[/i]", "▲ late, 3 days past")
        assert "1  every 2 weeks, your own rhythm" in words.line_of("every 2 weeks")
        assert "2  last contact" in words.line_of("last contact")
        assert words.line_of("÷ 14 days").split("│")[1].split()[-1] == "0.25"
        assert words.line_of("together").split("│")[1].split()[-1] == "1.75"
        words.sees("The number only orders the list")
        await words.press(key)
        assert answer() is None


@pytest.mark.parametrize(
    ("state", "words_of_it"),
    [
        (State.SNOOZED, "snoozed to Fri 27 Nov 2026"),
        (State.PAUSED, "What you promised still shows"),
        (State.NONE, "give a rhythm when you want one"),
        (State.FINE, "Nothing to do about it today"),
    ],
)
async def test_why_has_a_kind_word_for_every_state(tmp_path: Path, state: State, words_of_it: str) -> None:
    async with planner(tmp_path) as words:
        await shown(words, WhyDialog(why(state), TODAY))
        words.sees(words_of_it)


async def test_w_in_the_agenda_explains_the_item(tmp_path: Path) -> None:
    def due(desk: Desk) -> None:
        desk.on(TODAY - timedelta(days=40)).people.add(ContactDraft(name="Ana", cadence="2w"))

    async with planner(tmp_path, due) as words:
        await words.press("w")
        words.sees("Why it stands where it stands", "every 2 weeks", "urgency", "together")


async def test_a_long_why_is_scrolled(tmp_path: Path) -> None:
    many = Why(1, "Ana", "c1", State.FINE, steps=tuple(f"step number {number}" for number in range(1, 41)))
    async with planner(tmp_path, size=(60, 16)) as words:
        await shown(words, WhyDialog(many, TODAY))
        words.sees("step number 1", "esc or q closes")
        words.sees_not("step number 40")
        await words.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "down")
        words.sees("step number 40", "esc or q closes")
        await words.press("pageup", "up")
        words.sees_not("step number 40")


# The backlog


def overdue(count: int) -> tuple[tuple[OpenItem, date], ...]:
    def item(number: int) -> OpenItem:
        due = TODAY - timedelta(days=number)
        return OpenItem(f"c{number}", ItemKind.CADENCE, number, due, contact_name=f"Person {number:03}")

    return tuple((item(number), TODAY + timedelta(days=number)) for number in range(1, count + 1))


async def test_the_backlog_shows_weeks_and_the_first_ten_people(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await shown(words, BacklogDialog(overdue(25), TODAY, True))
        words.sees("25 rhythms are due", "More than two weeks of room", "and 15 more")
        assert words.line_of("this week").split()[-2] == "6"
        assert words.line_of("next week").split()[-2] == "7"
        assert words.line_of("from 7 Dec").split()[-2] == "7"
        assert "1d past" in words.line_of("Person 001")
        assert "tomorrow" in words.line_of("Person 001")
        words.sees("Person 010")
        words.sees_not("Person 011")


async def test_a_far_backlog_is_counted_as_later(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await shown(words, BacklogDialog(overdue(100), TODAY, False))
        words.sees("later", "They fit into two weeks as they are")
        assert words.line_of("later ").split()[-2] == "17"


@pytest.mark.parametrize(("key", "spread"), [("y", True), ("enter", True), ("escape", False), ("q", False)])
async def test_the_backlog_is_answered_with_one_key(tmp_path: Path, key: str, spread: bool) -> None:
    async with planner(tmp_path) as words:
        answer = await shown(words, BacklogDialog(overdue(3), TODAY, True))
        assert answer() is NOTHING
        await words.press(key)
        assert answer() is spread


# Declining


FAVOR = Favor(
    1, 1, FavorDirection.GIVEN, "reference", FavorState.ASKED, note="for [b]the grant[/b]", contact_name="Kim Berg"
)


@pytest.mark.parametrize(
    ("digit", "way", "text", "note"),
    [
        ("2", "smaller", "one page of it", "one page of it"),
        ("4", "resource", "the handbook", "the handbook"),
        ("5", "advice", "ask the dean", "ask the dean"),
        ("6", "network", "grant writers", "grant writers"),
    ],
)
async def test_each_way_out_is_a_digit_and_a_line(tmp_path: Path, digit: str, way: str, text: str, note: str) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, DeclineDialog(FAVOR))
        words.sees("Kim Berg asked: reference, for [b]the grant[/b]", "What can you offer instead?")
        await words.press(digit, "enter")
        words.sees("just no")
        assert answer() is NOTHING
        await words.type(text)
        await words.press("enter")
        assert answer() == DeclineAnswer(way, note)


async def test_later_is_a_day_and_digits_of_the_day_are_text(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, DeclineDialog(FAVOR))
        await words.press("1")
        await words.type("12 dec")
        words.sees("Sat 12 Dec 2026, in 19 days")
        await words.press("enter")
        assert answer() == DeclineAnswer("later", "on Sat 12 Dec 2026", date(2026, 12, 12))


async def test_a_name_is_completed_with_what_they_offer_and_never_the_one_who_asks(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, DeclineDialog(FAVOR))
        await words.press("3")
        await words.type("ber")
        words.sees("not among your contacts")
        for _ in "ber":
            await words.pilot.press("backspace")
        await words.type("quist")
        words.sees("Nora Quist", "offers boats")
        await words.press("enter")
        assert answer() == DeclineAnswer("introduce", "Nora Quist", introduce_to=2)


async def test_backspace_in_the_empty_line_goes_back_to_the_ways(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, DeclineDialog(FAVOR))
        await words.press("1", "backspace", "right", "enter")
        await words.type("half of it")
        await words.press("enter")
        assert answer() == DeclineAnswer("smaller", "half of it")


@pytest.mark.parametrize("keys", [("escape",), ("q",), ("2", "escape")])
async def test_declining_can_be_left(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, DeclineDialog(FAVOR))
        await words.press(*keys)
        assert answer() is None


# A new entry


async def test_people_of_one_name_are_told_apart_by_number(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, FavorDialog("gave"))
        await words.type("nora")
        words.sees("Nora Quist #2", "Nora Quist #3")
        for _ in "nora":
            await words.pilot.press("backspace")
        await words.pilot.press("number_sign", "3")
        await words.idle()
        await words.press("enter", "0", "enter", "enter")
        assert answer() == FavorDraft("gave", 3, "Nora Quist", "other")


async def test_a_promise_asks_when_it_is_due(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, FavorDialog("promise", (1, "Kim Berg")))
        await words.press("1", "enter")
        words.sees("I promised", "due", "Mon 30 Nov 2026, in 7 days")
        await words.type("fri")
        await words.press("ctrl+s")
        assert answer() == FavorDraft("promise", 1, "Kim Berg", "introduction", due=date(2026, 11, 27))


async def test_a_gift_has_an_occasion_and_shows_what_was_given_before(tmp_path: Path) -> None:
    def given(desk: Desk) -> None:
        fill(desk)
        last_year = desk.on(date(2025, 12, 24))
        last_year.favors.enter("gave", [1], kind="gift", note="a scarf", occasion="Christmas")
        desk.favors.enter("idea", [1], note="a pen")

    async with planner(tmp_path, given) as words:
        answer = await shown(words, FavorDialog("gave", (1, "Kim Berg")))
        assert "home by" not in words.text
        gift = str(FAVOR_KINDS.index("gift") + 1)
        await words.press(gift)
        words.sees("idea: a pen")
        await words.type("a map")
        await words.press("enter")
        await words.type("Christmas")
        words.sees("idea: a pen · last year: a scarf")
        await words.press("enter", "enter")
        assert answer() == FavorDraft("gave", 1, "Kim Berg", "gift", "a map", occasion="Christmas")


async def test_a_loan_is_asked_its_day_home_and_an_idea_only_its_words(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, FavorDialog("gave", (1, "Kim Berg")))
        await words.press(str(FAVOR_KINDS.index("loan") + 1))
        await words.type("the tent")
        await words.press("enter", "enter")
        words.sees("home by", "Mon 21 Dec 2026, in 28 days")
        await words.type("12 dec")
        await words.press("enter")
        assert answer() == FavorDraft("gave", 1, "Kim Berg", "loan", "the tent", due=date(2026, 12, 12))
        idea = await shown(words, FavorDialog("idea", (1, "Kim Berg")))
        await words.type("a scarf")
        await words.press("enter", "enter")
        assert idea() == FavorDraft("idea", 1, "Kim Berg", "gift", "a scarf")


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_an_entry_can_be_left(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, fill) as words:
        answer = await shown(words, FavorDialog("gave"))
        await words.press(key)
        assert answer() is None
        assert words.app.is_running


# Every size


@pytest.mark.parametrize("size", SIZES)
async def test_every_dialog_draws_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    problem: PlannerError = Damaged("It is damaged " * 40, "Do this " * 40, backup="/x" * 200)
    dialogs: list[Callable[[], ModalScreen[Any]]] = [
        lambda: ProblemDialog(problem),
        lambda: WhyDialog(why(), TODAY),
        lambda: BacklogDialog(overdue(100), TODAY, True),
        lambda: DeclineDialog(FAVOR),
        lambda: FavorDialog("gave", (1, "Kim Berg")),
    ]
    async with planner(tmp_path, fill, size=size) as words:
        for make in dialogs:
            answer = await shown(words, make())
            await words.press("pagedown", "down", "escape")
            assert answer() in (None, False)


@pytest.mark.parametrize("size", [(40, 12), (60, 16)])
async def test_the_line_in_hand_is_in_sight_on_a_small_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, fill, size=size) as words:
        await shown(words, FavorDialog("gave", (1, "Kim Berg")))
        await words.press("2")
        await words.type("the boat")
        words.sees("the boat")


async def test_a_low_screen_shows_the_choice_under_the_mark_whole_and_lines_in_place_of_white_space(
    tmp_path: Path,
) -> None:
    ways = (Choice("m", "mail", "kim.berg@example.com"), Choice("c", "message", "+33 6 12 34 16 00  cell"))
    brief = Brief(1, "Kim Berg", tuple((f"line {number}", "x") for number in range(9)))
    async with planner(tmp_path, fill, size=(40, 12)) as words:
        await shown(words, ChooseDialog("Reach Kim Berg", ways))
        words.sees("kim.berg@example.com", "Reach Kim Berg", "the key, or enter")
        await words.press("down")
        words.sees("+33 6 12 34 16 00  cell")
        await words.press("escape")
        await shown(words, BriefDialog(brief))
        words.sees("Kim Berg", "line 0", "line 6", "enter, esc or q closes")
