"""One contact in words: the page, the timeline, and every verb of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.core.model import Outcome
from planner.desk import Desk
from planner.desk.values import Card, ContactDraft
from planner.store import tables as t
from planner.store.row_writer import Writer
from planner.ui.contact.screen import ContactScreen
from planner.ui.contact.timeline import TimelineList
from tests.ui.words import TODAY, Words, planner


def ana(desk: Desk) -> None:
    """Ana, with something of everything, and Leo, whom she knows."""
    desk.people.add(
        ContactDraft(
            name="Ana Silva", title="Product lead", company="Port of Lyon", city="Lyon", circles=("work", "climbing"),
            emails=("ana@port.example",), phones=("+33 6 12 34 56 78",), urls=("https://ana.example",),
            cadence="4w/6w", since=date(2026, 1, 1), birthday="1988-12-12", looking_for="a flat in Lyon",
            offers="talks about ports", notes="met at the fair", nickname="Anouk",
        ),
    )  # fmt: skip
    desk.people.add(ContactDraft(name="Leo Hart"))
    desk.interactions.log([1], on=date(2026, 10, 23), channel="coffee", note="her op is on 12 December")
    desk.interactions.log([1, 2], on=date(2025, 9, 2), channel="meal", note="at the port")
    desk.favors.enter("promise", [1], kind="introduction", note="to Leo", due=date(2026, 11, 20))
    desk.favors.enter("received", [1], kind="advice", note="the contract", on=date(2026, 8, 12))
    desk.triage.follow_up([1], "ask how the op went", date(2026, 12, 15))

    def knows(writer: Writer) -> None:
        writer.insert(
            t.AcquaintanceTable, contact=1, other=2, name="Leo Hart", folded="leo hart", relation="works with"
        )
        more = {"street": ";;1 Quai Nord;Lyon", "chat": "xmpp:ana@chat.example", "organisation": "Choir"}
        for kind, value in more.items():
            writer.insert(t.AddressTable, contact=1, kind=kind, value=value, key=value, label="")

    desk.store.write("knows", "knows", knows, today=TODAY)


async def open_ana(see: Words) -> None:
    """To Ana's page."""
    await see.press("2", "enter")


async def card(see: Words) -> Card:
    """Ana as the desk has her."""
    found: Card = await see.ask(lambda desk: desk.reading.card(1))
    return found


async def go_to(see: Words, word: str) -> None:
    """Move the cursor of the timeline to the first entry with a word."""
    timeline = see.app.screen.query_one(TimelineList)
    for place in range(timeline.total):
        row = timeline.row_at(place)
        if row is not None and word in str(row.data) and row.selectable:
            timeline.move_to(place)
            await see.idle()
            return
    raise AssertionError(f"no entry says {word}")


async def test_the_page_says_everything_about_one_person(tmp_path: Path) -> None:
    async with planner(tmp_path, ana, size=(130, 45)) as see:
        await open_ana(see)
        see.sees(
            "Ana Silva", "● 3d past", "Product lead, Port of Lyon", "climbing, work", "every 4–6 weeks",
            "you promised: to Leo", "a flat in Lyon", "talks about ports", "Leo Hart  works with",
            "ana@port.example", "+33 6 12 34 56 78", "https://ana.example",
            "12 December 1988, turns 38 on Sat 12 Dec 2026", "met at the fair", "received   1",
            "called    Anouk", "address   1 Quai Nord, Lyon", "chat      xmpp:ana@chat.example", "also at   Choir",
        )  # fmt: skip


async def test_the_timeline_has_what_is_open_then_what_was_by_year(tmp_path: Path) -> None:
    async with planner(tmp_path, ana, size=(130, 45)) as see:
        await open_ana(see)
        words = (
            "Open", "to Leo", "ask how the op went", "2026", "her op is on", "the contract", "2025", "at the port",
        )  # fmt: skip
        lines = [line[62:] for line in see.screen]
        places = [next(n for n, line in enumerate(lines) if word in line) for word in words]
        assert places == sorted(places)
        see.sees("(with Leo Hart)")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (10, 5), (1, 1)])
async def test_below_120_columns_the_timeline_stands_under_the_page(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, ana, size=size) as see:
        await open_ana(see)
        if size[0] >= 40:
            see.sees("Ana Silva", "Open")
        await see.press("tab", "down", "pagedown", "end", "shift+tab", "down")


async def test_tab_and_the_arrows_read_a_page_that_is_longer_than_its_place(tmp_path: Path) -> None:
    async with planner(tmp_path, ana, size=(80, 20)) as see:
        await open_ana(see)
        see.sees_not("met at the fair")
        await see.press("tab", "end")
        see.sees("met at the fair")


async def test_enter_changes_an_interaction_and_the_due_date_follows(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await go_to(see, "her op")
        await see.press("enter")
        see.sees("Fri 23 Oct 2026 with Ana Silva", "outcome")
        await see.press(*["backspace"] * 10)
        await see.type("31 feb")
        await see.press("ctrl+s")
        see.sees("February has no day 31. It has days 1 to 29")
        await see.press(*["backspace"] * 6)
        await see.type("20 nov")
        see.sees("Fri 20 Nov 2026")
        await see.press("tab", *["backspace"] * 6)
        await see.type("call")
        await see.press("ctrl+s")
        now = await card(see)
        assert (now.interactions[0].on, now.interactions[0].channel) == (date(2026, 11, 20), "call")
        see.sees("due 18 Dec")


async def test_a_planned_one_becomes_reached_in_the_same_form(tmp_path: Path) -> None:
    def planned(desk: Desk) -> None:
        ana(desk)
        desk.interactions.log([1], on=TODAY, channel="meal", outcome="planned")

    async with planner(tmp_path, planned) as see:
        await open_ana(see)
        await go_to(see, "did it happen?")
        await see.press("enter", "tab", "tab", *["backspace"] * 7, "r", "ctrl+s")
        assert (await card(see)).interactions[0].outcome is Outcome.REACHED


async def test_delete_asks_then_deletes_and_u_brings_it_back(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await go_to(see, "her op")
        await see.press("D")
        see.sees("Delete coffee Fri 23 Oct 2026?")
        await see.press("escape")
        before = (await card(see)).interactions
        await see.press("D", "d")
        assert len((await card(see)).interactions) == len(before) - 1
        await see.press("u")
        assert (await card(see)).interactions == before


async def test_a_follow_up_moves_with_enter_and_is_dropped_with_delete(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await go_to(see, "ask how the op")
        await see.press("enter")
        await see.type("20 dec")
        await see.press("enter")
        assert (await card(see)).follow_ups[0].on == date(2026, 12, 20)
        await go_to(see, "ask how the op")
        await see.press("D", "d")
        assert (await card(see)).follow_ups[0].closed_on == TODAY


async def test_a_favor_says_where_it_moves_on(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await go_to(see, "to Leo")
        await see.press("enter")
        see.sees("the ledger, moves a favor on")
        await see.press("D")
        see.sees("A favor stays in the ledger")


@pytest.mark.parametrize(
    ("key", "text", "direction", "kind", "state"),
    [
        ("g", "advice on the contract", "given", "advice", "done"),
        ("y", "introduction to Kim by fri", "given", "introduction", "promised"),
        ("G", "the contract", "received", "advice", "done"),
        ("i", "a reference for the grant", "received", "reference", "asked"),
        ("I", "a reference by fri", "given", "reference", "asked"),
    ],
)
async def test_help_either_way_is_one_line(
    tmp_path: Path, key: str, text: str, direction: str, kind: str, state: str
) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        before = {one.id for one in (await card(see)).favors}
        await see.press(key)
        await see.type(text)
        await see.press("enter")
        if key == "i":
            see.sees("Before you ask Ana Silva")
            await see.press("i")
        (new,) = [one for one in (await card(see)).favors if one.id not in before]
        assert (str(new.direction), str(new.state)) == (direction, state)
        assert new.kind == kind or key == "G"


async def test_the_triage_keys_work_here_too(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await see.press("s", "w", "enter")
        assert (await card(see)).state == "snoozed"
        see.sees("Snoozed Ana Silva to Mon 30 Nov 2026")
        await see.press("u", "x")
        assert (await card(see)).due == TODAY + timedelta(weeks=4)
        await see.press("u", "t")
        assert (await card(see)).interactions[0].outcome is Outcome.ATTEMPT
        await see.press("u", "p", "enter")
        assert (await card(see)).state == "paused"
        await see.press("p")
        assert (await card(see)).state == "due"
        await see.press("n")
        await see.type("likes tea")
        await see.press("enter")
        see.sees("likes tea")


async def test_rhythm_circle_mode_and_archive(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await see.press("r")
        see.sees("4w/6w")
        await see.press(*["backspace"] * 5)
        await see.type("every friday")
        await see.press("enter")
        see.sees("every Friday")
        await see.press("c")
        await see.type("lyon")
        await see.press("enter")
        await see.command("mode")
        await see.press("n")
        contact = (await card(see)).contact
        assert contact.circles == ("climbing", "lyon", "work")
        assert contact.mode == "never"
        await see.press("A")
        assert (await card(see)).contact.status == "archived"
        await see.press("A")
        assert (await card(see)).contact.status == "active"


async def test_a_key_that_cannot_act_says_why(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "down", "enter")
        for key in ("s", "x"):
            await see.press(key)
            see.sees("Leo Hart has no rhythm; r gives one")
        await see.press("o")
        see.sees("has no e-mail address, number or page; e adds one")


async def test_someone_with_nothing_yet_is_an_invitation(tmp_path: Path) -> None:
    def nobody_yet(desk: Desk) -> None:
        desk.people.add(ContactDraft(name="Kim Berg"))

    async with planner(tmp_path, nobody_yet) as see:
        await open_ana(see)
        see.sees("Nothing is written down yet", "d  a contact you had")
        await see.press("D")
        see.sees("The timeline is empty")


async def test_a_long_history_is_read_in_parts(tmp_path: Path) -> None:
    def many(desk: Desk) -> None:
        ana(desk)

        def work(writer: Writer) -> None:
            days = [TODAY - timedelta(days=number) for number in range(1, 301)]
            keys = writer.insert_many(
                t.InteractionTable, [{"uid": f"u{n}", "on": day, "channel": "call"} for n, day in enumerate(days)]
            )
            writer.insert_many(t.ParticipationTable, [{"interaction": key, "contact": 1} for key in keys])

        desk.store.write("many", "many", work, today=TODAY)

    async with planner(tmp_path, many) as see:
        await open_ana(see)
        timeline = see.app.screen.query_one(TimelineList)
        first = timeline.total
        assert first < 100
        for _ in range(4):
            await see.press("end")
        assert timeline.total > 300
        see.sees("at the port")


async def test_escape_goes_back_and_who_is_gone_is_left(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await open_ana(see)
        await see.ask(lambda desk: desk.people.forget(1))
        see.app.data_changed()
        await see.idle()
        assert not isinstance(see.app.screen, ContactScreen)
        see.sees("There is no contact #1")


async def test_the_rule_beside_the_page_begins_below_the_top_line(tmp_path: Path) -> None:
    async with planner(tmp_path, ana, size=(120, 34)) as see:
        await open_ana(see)
        assert "│" not in see.screen[1]
        assert "│" in see.screen[2]
