"""The agenda: the week, every key of triage on one item and on several, weeks, filter, every size."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planner.core.dates.shown import exact_date
from planner.core.model import Agenda
from planner.core.rhythm.agenda import CROWDED
from planner.desk import Desk, Done
from planner.desk.reading import Reading
from planner.desk.values import ContactDraft
from planner.errors import Busy
from planner.ui.agenda.rows import AgendaList, loan_words
from planner.ui.agenda.screen import FRAMES_SECONDS, AgendaScreen
from planner.ui.focus.screen import FocusScreen
from planner.ui.messages import DataChanged
from tests.cases import PATIENCE, case
from tests.desk.test_crowded_days import log_many
from tests.ui.words import TODAY, Words, planner

NAMES = ("Ana Silva", "Ben Okri", "Cleo Ware")


def add(desk: Desk, name: str, **fields: object) -> int:
    """A contact, known for some months."""
    return desk.on(date(2026, 7, 1)).people.add(ContactDraft(name=name, **fields)).id  # type: ignore[arg-type]


def fill(desk: Desk) -> None:
    """Three people due, most overdue first; one with a late promise; a birthday on Thursday; one due next week."""
    for name, last in zip(NAMES, (date(2026, 10, 30), date(2026, 11, 6), date(2026, 11, 8)), strict=True):
        key = add(desk, name, cadence="2w", emails=(f"{name.split()[0].lower()}@example.org",))
        desk.interactions.log([key], on=last, channel="coffee", note=f"talked with {name}")
    desk.favors.enter("promise", [2], kind="advice", due=date(2026, 11, 20), note="the lease", on=date(2026, 11, 9))
    add(desk, "Nora Quist", birthday="1990-11-26")
    key = add(desk, "Zoe Lind", cadence="4w")
    desk.interactions.log([key], on=date(2026, 11, 2), channel="call")


def crowd(desk: Desk) -> None:
    """Forty people whose weekly rhythm is long past: more than fit the week."""
    for number in range(40):
        key = add(desk, f"Person {number:02}", cadence="1w")
        desk.interactions.log([key], on=date(2026, 9, 1))


def cursor_line(see: Words) -> str:
    """The line the cursor is on."""
    return next(line for line in see.screen if line.startswith("▌"))


async def go_to(see: Words, name: str, kind: str = "") -> None:
    """Move the cursor to an open item of somebody."""
    listed = see.app.screen.query_one(AgendaList)
    for place in range(listed.total):
        row = listed.row_at(place)
        if row is not None and row.selectable:
            item = row.data.item
            if item.contact_name == name and item.settled_on is None and kind in ("", str(item.kind)):
                listed.move_to(place)
                await see.idle()
                return
    raise AssertionError(f"{name} is not on the agenda:\n{see.text}")


async def states(see: Words) -> dict[str, str]:
    """The state of every item on this week's agenda by its id."""
    agenda = await see.ask(lambda desk: desk.reading.agenda())
    return {item.item.id: str(item.state) for item in agenda.items}


async def test_the_week_stands_over_the_items_grouped_by_day_and_the_card_beside(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        see.sees("Mon 23", "Sun 29", "Today", "Thursday 26")
        lines = see.screen
        order = [next(i for i, line in enumerate(lines) if words in line) for words in
                 ("Today", "▲ promise    Ben Okri", f"● catch up   {'':8}", "▲ catch up   Ana Silva",
                  "● catch up   Cleo Ware", "Thursday 26", "birthday   Nora Quist")]  # fmt: skip
        assert order == sorted(order)
        assert "the lease" in lines[order[1]]
        assert "3d past" in lines[order[1]]
        # A late promise comes first and is where the eye lands; its person is beside.
        assert "▲ promise" in cursor_line(see)
        see.sees("talked with Ben Okri", "you promised: the lease")
        # The rhythm that joins the promise stands below it, under one name.
        assert order[2] == order[1] + 1
        await see.press("down")
        see.sees("talked with Ben Okri")
        await see.press("down")
        see.sees("talked with Ana Silva")
        see.sees_not("talked with Ben Okri")


async def test_done_takes_one_line_and_what_was_done_stays_dimmed(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("d")
        see.sees("Caught up with Ana Silva")
        await see.type("call, her op is on 12 dec, again 6w")
        await see.press("enter")
        see.sees("✓ catch up   Ana Silva", "1 of 4 done")
        # The cursor stays where the next item came to stand.
        assert "Cleo Ware" in cursor_line(see)
        assert "c1" not in await states(see)
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert (card.interactions[0].on, card.interactions[0].channel) == (TODAY, "call")
        # Dates in the line are things to come back to.
        planned = [(one.text, one.on) for one in card.follow_ups]
        assert planned == [("her op is", date(2026, 12, 12)), ("catch up", date(2027, 1, 4))]
        await see.press("u")
        see.sees("▲ catch up   Ana Silva")
        assert (await states(see))["c1"] == "late"
        await see.press("U")
        see.sees("✓ catch up   Ana Silva")


async def test_enter_alone_is_enough_for_done(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("d")
        see.sees("Done for Ben Okri")
        await see.press("enter")
        see.sees("✓ promise    Ben Okri", "You helped Ben Okri")
        assert "v1" not in await states(see)


@pytest.mark.parametrize(
    ("keys", "until"),
    [
        ("1", date(2026, 11, 24)), ("3", date(2026, 11, 26)), ("w", date(2026, 11, 30)), ("m", date(2026, 12, 23)),
        ("s", date(2026, 11, 30)), ("", date(2026, 11, 30)), ("12 dec", date(2026, 12, 12)),
        ("sat", date(2026, 11, 28)),
    ],
)  # fmt: skip
async def test_snooze_takes_a_short_answer_an_empty_one_and_a_day_that_begins_like_one(
    tmp_path: Path, keys: str, until: date
) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("s", *(key.replace(" ", "space") for key in keys))
        see.sees(exact_date(until) if keys else "enter alone is a week")
        assert "c1" in await states(see)
        await see.press("enter")
        assert "c1" not in await states(see)
        assert (await see.ask(lambda desk: desk.reading.why(1))).snoozed_until == until
        see.sees("Snoozed Ana Silva to")


async def test_snooze_takes_a_typed_day_and_refuses_one_that_is_none(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("s")
        await see.type("12 dec")
        see.sees("Sat 12 Dec 2026")
        await see.press("enter")
        assert (await see.ask(lambda desk: desk.reading.why(1))).snoozed_until == date(2026, 12, 12)
        await go_to(see, "Cleo Ware")
        await see.press("s")
        await see.type("32 dec")
        await see.press("enter")
        # It stays open with what was typed.
        see.sees("Snooze Cleo Ware to", "32 dec")
        await see.press("escape")
        assert "c3" in await states(see)


async def test_keys_pressed_ahead_are_meant_for_the_next_item_and_none_is_lost(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ben Okri", "cadence")
        await see.pilot.press("s", "w", "enter", "down", "x")
        await see.idle()
        found = await states(see)
        assert ("c2" in found, "c1" in found, "c3" in found) == (False, True, False)
        see.sees("Skipped Cleo Ware this round")
        assert (await see.ask(lambda desk: desk.reading.why(2))).snoozed_until == date(2026, 11, 30)


async def test_skip_and_attempt_act_at_once_and_say_so(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("x")
        see.sees("Skipped Ana Silva this round")
        assert (await see.ask(lambda desk: desk.reading.why(1))).due == date(2026, 12, 7)
        await go_to(see, "Cleo Ware")
        await see.press("t")
        see.sees("No answer from Cleo Ware; again on Mon 30 Nov 2026")
        why = await see.ask(lambda desk: desk.reading.why(3))
        assert (why.last_contact, "c3" in await states(see)) == (date(2026, 11, 8), False)


async def test_leaving_out_a_promise_asks_what_is_offered_instead(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("x")
        see.sees("What can you offer instead?")
        await see.press("escape")
        see.sees("Kept open: what Ben Okri asked")
        assert "v1" in await states(see)


async def test_a_birthday_cannot_be_left_out_and_says_why(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Nora Quist")
        await see.press("x")
        see.sees("Only a rhythm and a recurring follow-up have rounds; s snoozes anything")


async def test_a_round_of_a_recurring_follow_up_is_left_out_one_that_comes_once_is_not(tmp_path: Path) -> None:
    def with_follow_ups(desk: Desk) -> None:
        ana = add(desk, "Ana Silva")
        desk.triage.follow_up([ana], "water the figs", TODAY, repeat="+1w")
        desk.triage.follow_up([ana], "send the film", TODAY)

    async with planner(tmp_path, with_follow_ups) as see:
        await go_to(see, "Ana Silva")
        await see.press("x")
        see.sees("next due Mon 30 Nov 2026")
        await see.press("x")
        see.sees("Delete “send the film”?", "Ana Silva: it comes once, there is no next round", "u takes it back")
        await see.press("k")
        assert {"f1", "f2"} <= (await states(see)).keys()
        await see.press("x", "d")
        assert "f2" not in await states(see)
        await see.press("u")
        assert {"f1", "f2"} <= (await states(see)).keys()


async def test_an_item_moves_within_the_week_and_stays_where_it_was_put(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("L", "L")
        see.sees("Wednesday 25", "Moved Ana Silva to Wed 25 Nov 2026")
        await see.press("H")
        see.sees("Tuesday 24")
        assert "Ana Silva" in cursor_line(see)
        await see.press("H", "H")
        see.sees("Nothing moves into the past")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert next(item.planned for item in agenda.items if item.item.id == "c1") == TODAY


async def test_reschedule_takes_any_day_and_a_birthday_stays(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("m")
        await see.type("sat")
        await see.press("enter")
        see.sees("Saturday 28")
        await go_to(see, "Nora Quist")
        await see.press("m")
        see.sees("A date of the year stays on its day")


async def test_pause_rests_the_rhythm_while_the_promise_still_shows(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ben Okri", "cadence")
        await see.press("p")
        await see.type("2w")
        see.sees("Mon 7 Dec 2026")
        await see.press("enter")
        found = await states(see)
        assert ("c2" in found, "v1" in found) == (False, True)


async def test_marked_items_take_the_next_key_together_as_one_step(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ben Okri", "cadence")
        await see.press("space", "space", "space")
        await see.press("s", "w", "enter")
        found = await states(see)
        assert not {"c1", "c2", "c3"} & set(found)
        see.sees("Snoozed Ben Okri, Ana Silva and Cleo Ware to Mon 30 Nov 2026")
        await see.press("u")
        assert {"c1", "c2", "c3"} <= set(await states(see))


async def test_a_note_about_several_people_is_one_step(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ben Okri", "cadence")
        await see.press("space", "space", "n")
        await see.type("met at the fair")
        await see.press("enter")
        for key in (1, 2):
            card = await see.ask(lambda desk, key=key: desk.reading.card(key))
            assert card.contact.notes == "2026-11-23: met at the fair"
        await see.press("u")
        for key in (1, 2):
            card = await see.ask(lambda desk, key=key: desk.reading.card(key))
            assert card.contact.notes == ""


async def test_weeks_go_back_and_forth_and_the_full_stop_comes_back(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("right_square_bracket")
        see.sees("Mon 30", "Sun 6", "Zoe Lind")
        await see.press("full_stop", "left_square_bracket")
        see.sees("Mon 16", "Sun 22")
        await see.press("full_stop")
        see.sees("Mon 23", "▲ promise    Ben Okri")


async def test_the_filter_shows_what_holds_the_words_and_escape_shows_all(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("slash")
        await see.type("ana")
        await see.press("enter")
        see.sees("Ana Silva")
        see.sees_not("Cleo Ware", "Nora Quist")
        await see.press("escape")
        see.sees("Cleo Ware", "Nora Quist")
        await see.press("slash")
        await see.type("nobody at all")
        await see.press("enter")
        see.sees("Nothing here holds these words")


async def test_why_explains_and_enter_opens_the_contact(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ana Silva")
        await see.press("w")
        see.sees("last contact", "30 Oct 2026", "urgency")
        await see.press("escape", "enter")
        see.sees("ana@example.org", "talked with Ana Silva")
        await see.press("escape")
        assert "Ana Silva" in cursor_line(see)


async def test_focus_begins_with_what_is_due(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("f")
        assert isinstance(see.app.screen, FocusScreen)
        see.sees("1 of 3", "Ben Okri")


async def test_what_does_not_fit_is_counted_and_the_backlog_is_spread_after_a_preview(tmp_path: Path) -> None:
    async with planner(tmp_path, crowd) as see:
        see.sees("can wait")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert len(agenda.items) + agenda.waiting == 40
        assert max(Counter(item.planned for item in agenda.items).values()) == 5
        await see.command("spread")
        see.sees("40")
        before = await states(see)
        await see.press("escape")
        assert await states(see) == before
        await see.command("spread")
        await see.press("enter")
        see.sees("Spread 40 overdue")
        await see.press("u")
        assert await states(see) == before


async def test_an_item_of_every_kind_takes_why_snooze_and_a_move(tmp_path: Path) -> None:
    def every_kind(desk: Desk) -> None:
        fill(desk)
        desk.favors.enter("asked", [1], note="a reference", on=TODAY)
        desk.favors.enter("ask", [1], note="a name at the port", on=date(2026, 11, 9))
        desk.favors.enter("received", [1], note="the keys", on=date(2026, 11, 20))
        desk.interactions.log([3], on=date(2026, 11, 20), direction="them", channel="mail")
        desk.triage.follow_up([3], "send the photos", TODAY)
        desk.introductions.start(1, 3)

    async with planner(tmp_path, every_kind) as see:
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        kinds = {str(item.item.kind): item.item for item in agenda.items}
        assert {"cadence", "date", "promise", "request", "ask", "thanks", "followup", "introduction"} <= set(kinds)
        for kind, item in kinds.items():
            await go_to(see, item.contact_name, kind)
            await see.press("w")
            see.sees(item.contact_name)
            assert len(see.app.screen_stack) > 1, kind
            await see.press("escape")
            await see.press("s", "w", "enter")
            assert item.id not in await states(see), kind
            await see.press("u")
            assert item.id in await states(see), kind
            if kind in ("promise", "followup"):
                await go_to(see, item.contact_name, kind)
                await see.press("L")
                see.sees("Moved")
                await see.press("u")


def network(desk: Desk) -> None:
    """News of a need is due from Ana, an answer about an introduction from Ben."""
    for name in NAMES:
        add(desk, name)
    desk.on(date(2026, 11, 2)).needs.add("a flat in Lyon")
    desk.needs.tell(1, [1], on=date(2026, 11, 2))
    desk.on(date(2026, 11, 9)).introductions.start(2, 3)


@pytest.mark.parametrize(("name", "key"), [("Ana Silva", "n1"), ("Ben Okri", "t1")])
async def test_news_and_introductions_move_and_say_why_they_are_not_skipped(
    tmp_path: Path, name: str, key: str
) -> None:
    async with planner(tmp_path, network) as see:

        async def planned() -> date:
            agenda = await see.ask(lambda desk: desk.reading.agenda())
            return next(item.planned for item in agenda.items if item.item.id == key)

        await go_to(see, name)
        await see.press("L")
        see.sees(f"Moved {name} to Tue 24 Nov 2026", "Tuesday 24")
        assert (await planned(), name in cursor_line(see)) == (date(2026, 11, 24), True)
        await see.press("H")
        assert await planned() == TODAY
        await see.press("H")
        see.sees("Nothing moves into the past")
        await see.press("m")
        await see.type("sat")
        await see.press("enter")
        see.sees(f"Moved {name} to Sat 28 Nov 2026", "Saturday 28")
        assert await planned() == date(2026, 11, 28)
        await see.press("u", "u", "u")
        await go_to(see, name)
        before = await see.ask(lambda desk: desk.keeping.history())
        await see.press("x")
        see.sees("has no rounds to leave out")
        await see.press("t")
        see.sees("Nobody was called: d ")
        assert await see.ask(lambda desk: desk.keeping.history()) == before
        await see.press("f", "x")
        see.sees("has no rounds to leave out")
        await see.press("t")
        see.sees("Nobody was called: d ")
        assert await see.ask(lambda desk: desk.keeping.history()) == before


async def test_an_attempt_about_a_promise_does_not_say_that_it_waits(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await go_to(see, "Ben Okri", "promise")
        await see.press("t")
        see.sees("No answer from Ben Okri")
        see.sees_not("again on Mon 30 Nov 2026")
        assert "v1" in await states(see)


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (80, 24), (60, 20), (40, 12), (20, 6), (1, 1)])
async def test_every_size_shows_the_list_or_at_least_no_fault(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, fill, size=size) as see:
        await see.press("down", "space", "up")
        if size[0] >= 40:
            see.sees("Ben Okri")
        if 80 <= size[0] < 120:
            # The line under the cursor says in a second one what the card would.
            see.sees("last 6 Nov · every 2 weeks")


async def test_an_empty_week_says_what_to_press(tmp_path: Path) -> None:
    def one(desk: Desk) -> None:
        desk.people.add(ContactDraft(name="Ana Silva"))

    async with planner(tmp_path, one) as see:
        see.sees("Nobody is due this week.", "a  write down what happened", "r gives a rhythm", ":  newcomers")
        await see.press("d")
        see.sees("Nothing is selected")


def test_the_day_of_a_loan_is_left_out_from_its_end_where_it_has_no_room() -> None:
    text = "Hana has the drill · back Fri 27 Nov"
    shown = ["Hana has the drill", "Hana has the drill · back Fri", text]
    assert [loan_words(text, room) for room in (28, 35, 36)] == shown
    assert loan_words("bring back the drill", 9) == "bring back the drill"


async def test_after_undo_the_cursor_is_on_the_item_that_came_back(tmp_path: Path) -> None:
    async with planner(tmp_path, demo=True) as see:

        def under_cursor() -> str:
            return next(line[:60] for line in see.screen if line.startswith("▌"))

        before = under_cursor()
        await see.press("s", "3", "enter")
        assert under_cursor() != before
        await see.press("down", "down", "u")
        assert under_cursor() == before
        # Of several the first of them.
        await see.press("space", "space", "t", "down", "u")
        assert under_cursor() == before


async def test_what_a_verb_did_stands_there_before_the_whole_week_is_read(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        screen = see.app.screen
        assert isinstance(screen, AgendaScreen)
        read_all, shown, weeks = screen.reload, [], [screen.agenda]

        async def reload() -> None:
            shown.append(screen.agenda)
            await read_all()

        screen.reload = reload  # type: ignore[method-assign]
        for keys in (["d", "enter"], ["s", "w", "enter"], ["u"]):
            with case(keys):
                await see.press(*keys)
                # What was shown when the whole began to be read is what the whole says.
                assert shown[-1] == screen.agenda
                assert len(shown) == len(weeks)
                weeks.append(screen.agenda)
        assert weeks[0] != weeks[1] != weeks[2]
        assert weeks[3] == weeks[1]


async def test_undo_brings_back_no_week_that_somebody_else_changed_since(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("d", "enter")
        step = (await see.ask(lambda desk: desk.keeping.last_step())).id
        await see.ask(lambda desk: desk.people.edit(3, ContactDraft(name="Cleo Hope", cadence="2w"), version=1))
        see.app.screen.post_message(DataChanged())
        await see.idle()
        assert isinstance(see.app.screen, AgendaScreen)
        assert see.app.screen.at_once.take(Done("", (), step), see.app.screen.agenda) is None


async def test_what_was_done_is_said_though_it_cannot_be_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise Busy("Another session is writing")

    monkeypatch.setattr(Reading, "with_people_anew", locked)
    async with planner(tmp_path, fill) as see:
        await see.press("d", "enter")
        see.sees("✓", "undo")
        assert (await see.ask(lambda desk: desk.keeping.last_step())) is not None
        see.sees_not("Another session is writing")


async def test_a_crowded_day_of_a_week_gone_is_one_line_until_it_is_opened(tmp_path: Path) -> None:
    def busy(desk: Desk) -> None:
        fill(desk)
        log_many(desk, add(desk, "Eve Adler"), {date(2026, 11, 17): CROWDED + 1, date(2026, 11, 18): 1})

    async with planner(tmp_path, busy) as see:
        await see.press("[")
        see.sees(f"Tue 17  more than {CROWDED} done", "✓ 200+", "Wednesday 18")
        assert see.text.count("Eve Adler") == 1
        await see.press("enter")
        see.sees(f"Tue 17  {CROWDED + 1} done")
        assert see.text.count("Eve Adler") > 5
        await see.press("enter")
        see.sees(f"Tue 17  more than {CROWDED} done")
        await see.press("/")
        await see.type("eve adler")
        see.sees(f"{CROWDED + 2} items")
        await see.press("enter", "escape")
        see.sees(f"Tue 17  more than {CROWDED} done", "Wednesday 18")


async def test_a_week_that_was_asked_for_is_shown_in_place_of_the_one_that_is_still_read(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        screen, held = see.app.screen, threading.Event()
        assert isinstance(screen, AgendaScreen)
        await see.press("d")
        before, show, shown = screen.agenda, screen.show, []
        see.send("enter")
        while screen.agenda is before:
            await asyncio.sleep(0.001)
        see.app.gateway.submit(lambda desk: desk.favors.enter("promise", [1], note="a map", due=TODAY))
        see.app.gateway.submit(lambda desk: held.wait(PATIENCE))
        # The whole of this week waits for the desk, and the week before is asked for behind it.
        await asyncio.sleep(2 * FRAMES_SECONDS)

        def told(week: Agenda) -> None:
            shown.append(week.start)
            show(week)

        screen.show = told  # type: ignore[method-assign]
        see.send("[")
        for _ in range(9):
            await see.pilot.pause(0)
        held.set()
        await see.idle()
        assert shown == [date(2026, 11, 16)]
