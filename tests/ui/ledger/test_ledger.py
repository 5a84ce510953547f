"""The ledger: four lanes, one key for each answer, new entries, and reasons where a key cannot act."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.core.model import Favor, FavorState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.ledger.screen import LedgerScreen
from tests.ui.words import TODAY, Words, planner


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


PEOPLE = ("Kim Berg", "Ana Silva", "Ben Okri", "Dora Lind", "Leo Hart", "Nora Quist")


def fill(desk: Desk) -> None:
    """A favor of each kind: v1 Kim asks, v2 promised to Ana, v3 asked of Ben, v4 thanks to Dora, v5 Leo's outcome."""
    for name in PEOPLE:
        desk.on(days_ago(200)).people.add(ContactDraft(name=name, company=f"{name} Works", mode="occasion"))
    desk.favors.enter("asked", [1], kind="reference", note="for the grant", on=days_ago(2))
    desk.favors.enter("promise", [2], kind="introduction", note="to Leo", on=days_ago(9), due=days_ago(3))
    desk.favors.enter("ask", [3], kind="information", note="SNCF", on=days_ago(7))
    desk.favors.enter("received", [4], kind="referral", note="the job", on=days_ago(2))
    desk.favors.enter("received", [5], kind="advice", note="the interview", on=days_ago(20))
    desk.on(days_ago(5)).favors.thank([5])
    desk.favors.enter("gave", [1], kind="feedback", note="the poster", on=TODAY)
    desk.favors.enter("received", [1], kind="introduction", note="to Nora", on=days_ago(60))


@asynccontextmanager
async def ledger(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Words]:
    async with planner(folder, fill, size=size) as words:
        await words.press("3")
        assert isinstance(words.app.screen, LedgerScreen)
        yield words


async def favors_of(words: Words, contact: int) -> tuple[Favor, ...]:
    return tuple((await words.ask(lambda desk: desk.reading.card(contact))).favors)


async def favor(words: Words, key: int, contact: int) -> Favor:
    card = await words.ask(lambda desk: desk.reading.card(contact))
    found: Favor = next(one for one in card.favors if one.id == key)
    return found


async def on(words: Words, name: str) -> None:
    """Put the cursor on the favor of a person."""
    await words.press("home")
    for _ in range(len(PEOPLE)):
        row = words.app.screen.query_one("LedgerList").cursor_row  # type: ignore[attr-defined]
        if row.data.favor.contact_name == name:
            return
        await words.press("down")
    raise AssertionError(f"no loop of {name}")


async def test_shows_the_lanes_with_counts_hints_and_rows(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        words.sees("They asked me 1", "I promised 1", "I asked 1", "To close 2", "you helped 1 person this week")
        words.sees("answer within 2 days", "1 late", "a nudge after 7 days", "thanks within 2 days")
        assert "▲" in words.line_of("introduction")
        assert "3d past" in words.line_of("introduction")
        assert "today" in words.line_of("information")
        assert "thanks" in words.line_of("Dora Lind")
        assert "outcome" in words.line_of("Leo Hart")


async def test_the_card_says_what_was_asked_and_how_often_help_went_each_way(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        words.sees("Kim Berg Works", "asked     reference, for the grant", "          Sat 21 Nov 2026")
        words.sees("gave      1 █│█ 1  received", "feedback, the poster", "introduction, to Nora")
        words.sees("answer    y promise it  d done  x way out")
        await on(words, "Ben Okri")
        words.sees("I asked   information, SNCF", "          Mon 16 Nov 2026")
        words.sees("G they helped  N nudge", "x let it rest")


async def test_y_promises_what_they_asked_by_a_day(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("y")
        words.sees("Promise Kim Berg it by", "Mon 30 Nov 2026")
        await words.type("fri")
        words.sees("Fri 27 Nov 2026")
        await words.press("enter")
        words.sees("Promised Kim Berg: for the grant, due Fri 27 Nov 2026", "They asked me 0", "I promised 2")
        assert (await favor(words, 1, 1)).due_on == date(2026, 11, 27)
        await words.press("u")
        words.sees("They asked me 1", "I promised 1")


async def test_y_and_enter_alone_promise_in_a_week(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("y", "enter")
        assert (await favor(words, 1, 1)).due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("name", "key", "state", "said"),
    [
        ("Kim Berg", "d", FavorState.DONE, "You helped Kim Berg: for the grant"),
        ("Ana Silva", "d", FavorState.DONE, "You helped Ana Silva: to Leo"),
        ("Ben Okri", "G", FavorState.DONE, "Ben Okri helped you: SNCF; thanks are due Wed 25 Nov 2026"),
        ("Ben Okri", "x", FavorState.RESTED, "Left to rest: what you asked Ben Okri"),
        ("Dora Lind", "d", FavorState.THANKED, "Thanked Dora Lind"),
        ("Dora Lind", "T", FavorState.TOLD, "Told Dora Lind how it went"),
        ("Leo Hart", "d", FavorState.TOLD, "Told Leo Hart how it went"),
        ("Leo Hart", "T", FavorState.TOLD, "Told Leo Hart how it went"),
    ],
)
async def test_each_answer_is_one_key(tmp_path: Path, name: str, key: str, state: FavorState, said: str) -> None:
    async with ledger(tmp_path) as words:
        await on(words, name)
        await words.press(key)
        if key == "d":
            words.sees("enter is enough")
            await words.press("enter")
        words.sees(said)
        contact = PEOPLE.index(name) + 1
        assert (await favor(words, contact, contact)).state is state


async def test_d_on_an_ask_says_it_was_nudged_and_s_hides_it_until_a_day(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Ben Okri")
        await words.press("d", "enter")
        words.sees("Nudged Ben Okri")
        assert (await favor(words, 3, 3)).nudges == (TODAY,)
        # The next entry came; the nudge is not over.
        await on(words, "Ben Okri")
        await words.press("s")
        await words.type("12 dec")
        await words.press("enter")
        words.sees("Snoozed Ben Okri to Sat 12 Dec 2026")
        assert "snoozed" in words.line_of("Ben Okri   information")


async def test_N_nudges_until_it_is_enough(tmp_path: Path) -> None:  # noqa: N802
    async with ledger(tmp_path) as words:
        await on(words, "Ben Okri")
        await words.press("N")
        words.sees("Nudged Ben Okri", "nudged once")
        await on(words, "Ben Okri")
        await words.press("N")
        await on(words, "Ben Okri")
        words.sees("nudged twice: let it rest?")
        await words.press("N")
        words.sees("Nudged as often as is kind; x lets it rest, G says the help came")
        assert (await favor(words, 3, 3)).nudges == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Kim Berg", "TN"),
        ("Ana Silva", "TN"),
        ("Ben Okri", "T"),
        ("Dora Lind", "xN"),
        ("Leo Hart", "xN"),
    ],
)
async def test_a_key_that_cannot_act_names_one_that_can(tmp_path: Path, name: str, keys: str) -> None:
    async with ledger(tmp_path) as words:
        await on(words, name)
        before = await words.ask(lambda desk: desk.favors.ledger().lanes)
        for key in keys:
            await words.press(key)
            assert isinstance(words.app.screen, LedgerScreen)
            assert words.screen[-2].startswith(" ! "), key
        assert await words.ask(lambda desk: desk.favors.ledger().lanes) == before


async def test_x_never_takes_just_no(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("x")
        words.sees("Kim Berg asked: reference, for the grant", "What can you offer instead?")
        for word in ("later", "a smaller piece", "introduce someone", "a resource", "advice", "ask my network"):
            words.sees(word)
        await words.press("5", "enter")
        words.sees("Say in a few words what you offer")
        await words.type("ask the dean")
        await words.press("enter")
        words.sees("Promised Kim Berg instead: ask the dean, due", "They asked me 0", "I promised 2")
        answered = await favor(words, 1, 1)
        assert (answered.way_out, answered.way_out_note) == ("advice", "ask the dean")


async def test_x_introduces_someone_whose_name_is_completed(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("x", "3")
        await words.type("nora")
        words.sees("Nora Quist", "Nora Quist Works")
        await words.press("enter")
        assert (await favor(words, 1, 1)).way_out_note == "Nora Quist"


async def test_x_later_asks_for_a_day_and_brings_it_back(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("x", "1", "enter")
        words.sees("When does it suit?")
        await words.type("today")
        await words.press("enter")
        words.sees("Later is a day after today")
        for _ in "today":
            await words.pilot.press("backspace")
        await words.type("12 dec")
        await words.press("enter")
        words.sees("What Kim Berg asked comes back on Sat 12 Dec 2026", "They asked me 1")
        assert (await favor(words, 1, 1)).due_on == date(2026, 12, 12)


async def test_escape_keeps_the_request_open(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("x", "q")
        words.sees("Kept open: what Kim Berg asked")
        await words.press("x", "2", "escape")
        assert (await favor(words, 1, 1)).state is FavorState.ASKED


@pytest.mark.parametrize(
    ("key", "heading", "state", "direction"),
    [
        ("g", "I helped", FavorState.DONE, "given"),
        ("G", "They helped me", FavorState.DONE, "received"),
        ("i", "I asked for help", FavorState.ASKED, "received"),
        ("I", "They asked me", FavorState.ASKED, "given"),
    ],
)
async def test_a_new_entry_about_the_person_in_hand(
    tmp_path: Path, key: str, heading: str, state: FavorState, direction: str
) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Dora Lind")
        await words.press(key)
        words.sees(heading, "Dora Lind")
        await words.press("2")
        await words.type("the boat")
        await words.press("enter")
        words.sees("Mon 23 Nov 2026, today")
        await words.type("yesterday")
        words.sees("Sun 22 Nov 2026")
        await words.press("enter", *(["enter"] if key == "I" else []))
        new = await favor(words, 8, 4)
        assert (new.state, new.direction, new.kind, new.note) == (state, direction, "advice", "the boat")
        assert days_ago(1) in (new.asked_on, new.done_on)


async def test_y_promises_anew_where_nothing_is_asked_for_and_plus_offers_every_kind(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Dora Lind")
        await words.press("y")
        words.sees("I promised", "Dora Lind", "due")
        await words.press("2", "enter")
        await words.type("fri")
        await words.press("enter")
        words.sees("Promised Dora Lind: advice, due Fri 27 Nov 2026", "I promised 2")
        await words.press("plus")
        for kind in ("I  They asked me", "y  I promised", "g  I helped", "i  I asked for help", "G  They helped me"):
            words.sees(kind)
        await words.press("g")
        words.sees("I helped", "Dora Lind")
        await words.press("escape")
        await words.press("plus", "escape")
        words.sees("I promised 2")


async def test_a_new_entry_about_somebody_else_is_completed_and_found_at_once(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await words.press("I", "up")
        for _ in "Kim Berg":
            await words.pilot.press("backspace")
        await words.type("nor")
        words.sees("Nora Quist")
        await words.press("enter", "8", "enter", "enter", "enter")
        words.sees("Nora Quist asked you", "They asked me 2")
        assert any(line.startswith("▌ ○ Nora Quist") for line in words.screen)


async def test_a_new_entry_refuses_what_it_cannot_be(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await words.press("g", "up")
        await words.type("xyz")
        await words.press("enter")
        words.sees("nobody of that name")
        for _ in "xyz":
            await words.pilot.press("backspace")
        await words.idle()
        await words.press("ctrl+s")
        words.sees("Which kind of help?")
        words.sees_not("Nobody", "its digit, or arrows")
        await words.press("1", "enter")
        await words.type("fri next week")
        words.sees("is not a date I know")
        for _ in "fri next week":
            await words.pilot.press("backspace")
        await words.type("2026-12-24")
        await words.press("enter")
        words.sees("What happened cannot lie ahead")
        await words.press("escape")
        assert len((await words.ask(lambda desk: desk.reading.card(1))).favors) == 3


async def test_enter_opens_the_contact(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Leo Hart")
        await words.press("enter")
        assert not isinstance(words.app.screen, LedgerScreen)
        words.sees("Leo Hart")


async def test_slash_filters_and_escape_shows_all(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await words.press("slash")
        await words.type("sncf")
        words.sees("1 entry", "Ben Okri")
        words.sees_not("Dora Lind")
        await words.press("enter", "escape")
        words.sees("Dora Lind", "Kim Berg")
        await words.press("slash")
        await words.type("zzz")
        await words.press("enter")
        words.sees("Nothing open holds these words", "esc shows everything")


async def test_an_empty_ledger_invites(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana"))) as words:
        await words.press("3")
        words.sees("Help goes both ways", "I  they asked me", "g  I helped someone")
        await words.press("d")
        words.sees("Nothing is open here; + writes something down")
        await words.press("g")
        await words.type("ana")
        await words.press("enter", "1", "enter", "enter")
        words.sees("You helped Ana", "Nothing is open: every answer", "you helped 1 person this week")


async def test_narrow_shows_the_row_in_two_lines_and_wide_the_card(tmp_path: Path) -> None:
    async with ledger(tmp_path, (80, 24)) as words:
        assert words.line_of("asked Sat 21 Nov 2026").startswith("▌")
        words.sees_not("answer    ")
        await words.pilot.resize_terminal(120, 40)
        await words.idle()
        words.sees("answer    y promise it")


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 6), (40, 12), (79, 24), (200, 60)])
async def test_every_size_draws(tmp_path: Path, size: tuple[int, int]) -> None:
    async with ledger(tmp_path, size) as words:
        await words.press("down", "down", "up", "I", "escape", "x", "escape")
        await words.pilot.resize_terminal(100, 30)
        await words.idle()
        words.sees("They asked me 1")


async def test_forty_by_twelve_keeps_name_and_day(tmp_path: Path) -> None:
    async with ledger(tmp_path, (40, 12)) as words:
        assert "today" in words.line_of("Kim Berg")
        words.sees("asked me 1", "promised 1")


async def test_hostile_words_are_shown_harmlessly(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        desk.people.add(ContactDraft(name="[red]Eve[/]", mode="occasion"))
        desk.favors.enter("asked", [1], note="[b]x[/b]")

    async with planner(tmp_path, hostile) as words:
        await words.press("3", "x")
        words.sees("[red]Eve[/]", "[b]x[/b]")


async def test_what_they_ask_has_the_day_it_was_asked_and_the_day_it_is_wanted_by(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("I", "n", "o", "r", "enter", "down")
        words.sees("Nora Quist", "asked on", "wanted by")
        await words.press("2", "enter", "enter")
        await words.type("12 dec")
        words.sees("answer by Sat 12 Dec 2026")
        await words.press("enter")
        card = await words.ask(lambda desk: desk.reading.card(desk.people.find("Nora Quist")))
        new = max(card.favors, key=lambda one: one.id)
        assert (new.asked_on, new.due_on, new.kind) == (TODAY, date(2026, 12, 12), "advice")


async def test_the_cursor_goes_on_after_an_answer_and_comes_back_with_undo(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Kim Berg")
        await words.press("x", "5")
        await words.type("ask the dean")
        await words.press("enter")
        assert not words.line_of("▌").startswith("▌ ● Kim Berg")
        await words.press("down", "u")
        assert "Kim Berg" in words.line_of("▌")


@pytest.mark.parametrize("requests", [2, 3])
@pytest.mark.parametrize("keys", [("x", "1", "in 3 weeks", "enter"), ("y", "14 dec", "enter")])
async def test_the_cursor_goes_on_where_an_answer_moves_the_row_within_its_lane(
    tmp_path: Path, keys: tuple[str, ...], requests: int
) -> None:
    def asked(desk: Desk) -> None:
        ben = desk.people.add(ContactDraft(name="Ben Okri")).id
        for number in range(1, requests + 1):
            desk.favors.enter("asked", [ben], kind="advice", note=f"which school {number}")
        desk.favors.enter("received", [ben], kind="advice", note="the move")

    async with planner(tmp_path, asked) as words:
        await words.press("3")
        await words.press(*keys[:-2])
        await words.type(keys[-2])
        await words.press(keys[-1])
        if "A kind answer" in words.text:
            await words.press("escape")
        assert "which school 2" in words.line_of("▌")
        await words.press("end", "u")
        assert "which school 1" in words.line_of("▌")


async def test_undo_comes_back_to_what_was_changed_whatever_was_left_or_refused_meanwhile(tmp_path: Path) -> None:
    async with ledger(tmp_path) as words:
        await on(words, "Ben Okri")
        await words.press("N")
        await on(words, "Kim Berg")
        await words.press("y", "escape", "d", "escape", "x", "escape", "T")
        await on(words, "Leo Hart")
        await words.press("u")
        assert "Ben Okri" in words.line_of("▌")
        assert (await favor(words, 3, 3)).nudges == ()
        # Written elsewhere: the cursor stays where it is.
        await words.ask(lambda desk: desk.favors.enter("gave", [6], note="the tent"))
        await on(words, "Leo Hart")
        await words.press("u")
        assert "Leo Hart" in words.line_of("▌")


async def test_forty_by_twelve_has_room_for_every_lane_and_what_to_press_in_an_empty_one(tmp_path: Path) -> None:
    def ana(desk: Desk) -> None:
        desk.people.add(ContactDraft(name="Ana"))

    async with planner(tmp_path, ana, size=(40, 12)) as see:
        await see.press("3")
        see.sees("close 0", "I  they asked me", "G  they helped")
        await see.press("5")
        see.sees("people.", "v  introduce two", ": “who knows”  who knows whom")


async def test_a_small_screen_names_a_lane_and_what_it_is_about_once(tmp_path: Path) -> None:
    def lent(desk: Desk) -> None:
        fill(desk)
        desk.favors.enter("gave", [1], kind="loan", note="the tent", due=date(2026, 12, 12))

    async with planner(tmp_path, lent, size=(80, 24)) as words:
        await words.press("3")
        assert words.text.count("They asked me") == words.text.count("I promised") == 1
        words.sees("They asked me 1", "answer within 2 days")
        row = next(place for place, line in enumerate(words.screen) if "▌" in line)
        assert "for the grant" in words.screen[row]
        assert "for the grant" not in words.screen[row + 1]
        assert "12 Dec" in words.line_of("has the tent")
        assert "back" not in words.line_of("has the tent")


async def test_a_loan_is_extended_and_asked_for_where_it_stands(tmp_path: Path) -> None:
    def lent(desk: Desk) -> None:
        fill(desk)
        desk.favors.enter("gave", [1], kind="loan", note="the tent", due=date(2026, 12, 12))

    async with planner(tmp_path, lent) as words:
        await words.press("3", "slash")
        await words.type("tent")
        await words.press("enter", "m")
        await words.type("20 dec")
        await words.press("enter")
        words.sees("to be home Sun 20 Dec 2026")
        assert next(one for one in await favors_of(words, 1) if one.kind == "loan").home_by == date(2026, 12, 20)
        await words.press("W")
        words.sees("I lent you this on 23 November 2026: the tent. Could I have it back by 20 December 2026?")
        await words.press("escape", "u")
        words.sees("to be home Sat 12 Dec 2026")
