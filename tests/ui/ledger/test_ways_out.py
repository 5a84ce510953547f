"""What can be offered instead of a favor: each of the six ways out is stored as what it is, an empty one is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.core.model import FavorState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.ledger.answer_dialog import AnswerDialog
from planner.ui.ledger.decline_dialog import DeclineDialog
from tests.ui.words import Words, planner

KIM, CY, DORA = 1, 2, 3


def asked(desk: Desk) -> None:
    """Kim asks for a flat; Cy has one."""
    for name, offers in (("Kim Berg", ""), ("Cy Young", "a flat in Lyon"), ("Dora Lind", "")):
        desk.people.add(ContactDraft(name=name, offers=offers))
    desk.favors.enter("asked", [KIM], kind="information", note="a flat in Lyon")


async def offer(see: Words, digit: str, text: str, *then: str) -> None:
    """In the ledger, pick a way out by its digit, type its line, and press the key that offers it."""
    await see.press("3", "x", digit)
    await see.type(text)
    await see.press(*(then or ("enter",)))


async def state(see: Words) -> FavorState:
    card = await see.ask(lambda desk: desk.reading.card(KIM))
    found: FavorState = card.favors[0].state
    return found


@pytest.mark.parametrize("digit", list("123456"))
async def test_empty_is_refused_whichever_way(tmp_path: Path, digit: str) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, digit, "   ", "enter")
        assert isinstance(see.app.screen, DeclineDialog)
        see.sees("empty would be just no")
        await see.press("escape")
        assert await state(see) == FavorState.ASKED


async def test_later_is_gone_until_its_day(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "1", "8 dec")
        await see.until("What Kim Berg asked comes back on Tue 8 Dec 2026", "They asked me 1")
        see.sees("you said later: on Tue 8 Dec 2026")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert [one.item.id for one in agenda.items] == []
        back = await see.ask(lambda desk: desk.on(date(2026, 12, 8)).reading.agenda())
        assert [(one.item.id, one.overdue_days) for one in back.items] == [("v1", 0)]


async def test_introducing_somebody_begins_it(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "3", "cy")
        await see.until("Cy Young is asked first about meeting Kim Berg", "They asked me 0")
        (one,) = await see.ask(lambda desk: desk.introductions.all())
        assert (one.one_id, one.other_id, one.note) == (CY, KIM, "a flat in Lyon")


async def test_of_two_who_are_called_alike_the_one_that_is_shown_is_introduced(tmp_path: Path) -> None:
    def twice(desk: Desk) -> None:
        asked(desk)
        desk.people.add(ContactDraft(name="Cy Young"))

    async with planner(tmp_path, twice) as see:
        await offer(see, "3", "cy young")
        (one,) = await see.ask(lambda desk: desk.introductions.all())
        assert one.one_id == CY


async def test_nobody_is_introduced_who_is_no_contact(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "3", "Maude Ferrand")
        await see.until("Nobody among your contacts is called “Maude Ferrand”")
        assert await state(see) == FavorState.ASKED
        assert await see.ask(lambda desk: desk.introductions.all()) == ()


async def test_asking_my_network_makes_it_a_need_of_theirs_and_what_they_look_for(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "6", "I ask around")
        await see.until("On your board, for Kim Berg: I ask around", "They asked me 0")
        (need,) = await see.ask(lambda desk: desk.needs.all())
        assert need.need.whose == (KIM, "Kim Berg")
        (pair,) = await see.ask(lambda desk: desk.network.matches())
        assert (pair.needs.contact_id, pair.offers.contact_id) == (KIM, CY)


@pytest.mark.parametrize(("digit", "said"), [("2", "half an hour"), ("4", "the alumni list"), ("5", "ask the union")])
async def test_help_of_another_kind_is_promised_and_counts_once_given(tmp_path: Path, digit: str, said: str) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, digit, said)
        await see.until(f"Promised Kim Berg instead: {said}", "They asked me 0", "I promised 1")
        assert await state(see) == FavorState.PROMISED
        await see.ask(lambda desk: desk.triage.done(["v1"]))
        assert await state(see) == FavorState.DONE
        await see.ask(lambda desk: desk.keeping.undo())
        assert await state(see) == FavorState.PROMISED


async def test_what_is_given_already_counts_at_once(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "5", "ask the union", "ctrl+s")
        await see.until("You helped Kim Berg: ask the union", "They asked me 0", "you helped 1 person this week")
        assert await state(see) == FavorState.DONE


async def test_what_only_begins_something_is_not_given_at_once(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "6", "I ask around", "ctrl+s")
        assert isinstance(see.app.screen, DeclineDialog)
        assert await state(see) == FavorState.ASKED


async def test_the_ledger_says_what_is_snoozed(tmp_path: Path) -> None:
    def snoozed(desk: Desk) -> None:
        asked(desk)
        desk.favors.enter("promise", [DORA], note="the map", on=date(2026, 11, 1), due=date(2026, 11, 10))
        desk.triage.snooze(["v2"], date(2026, 12, 1))

    async with planner(tmp_path, snoozed) as see:
        await see.press("3")
        assert "snoozed" in see.line_of("the map")
        see.sees_not("1 late")
        await see.press("end")
        see.sees("snoozed to 1 Dec")


async def test_each_way_out_asks_for_what_it_needs_and_drafts_a_kind_answer(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        for digit, first, second, said, in_the_answer in (
            ("1", "8 dec", "after the move", "comes back on Tue 8 Dec 2026", "8 December 2026"),
            ("2", "one room of it", "4 dec", "one room of it, due Fri 4 Dec 2026", "one room"),
            ("3", "cy", "he lets flats", "Cy Young is asked first about meeting Kim Berg", "Cy Young"),
            ("4", "the alumni list", "", "the alumni list, due Mon 30 Nov 2026", "the alumni list"),
            ("5", "ask the union", "fri", "ask the union, due Fri 27 Nov 2026", "ask the union"),
            ("6", "a flat in Lyon, two rooms", "", "On your board, for Kim Berg", "a flat in Lyon"),
        ):
            await see.press("3", "x", digit)
            await see.type(first)
            if second:
                await see.press("tab")
                await see.type(second)
            await see.press("enter")
            assert isinstance(see.app.screen, AnswerDialog), digit
            see.sees("A kind answer to Kim Berg", said)
            await see.press("c")
            assert "Kim" in see.app.clipboard, digit
            assert in_the_answer in see.app.clipboard, digit
            # The key of undo is named while the answer is shown: it takes the way out back from there, too.
            await see.press(*(("u",) if digit == "2" else ("enter", "u")))
            assert await state(see) == FavorState.ASKED, digit
            assert not isinstance(see.app.screen, AnswerDialog), digit


async def test_a_day_that_is_past_is_not_promised(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await see.press("3", "x", "2")
        await see.type("one room of it")
        await see.press("tab")
        await see.type("2026-11-01")
        await see.press("enter")
        see.sees("Sun 1 Nov 2026 is past")
        assert await state(see) == FavorState.ASKED


# The steps of introductions on the agenda


async def test_s_w_m_and_l_work_on_the_step_of_an_introduction(tmp_path: Path) -> None:
    def begun(desk: Desk) -> None:
        asked(desk)
        desk.favors.done([1])
        desk.on(date(2026, 11, 17)).introductions.start(CY, KIM, note="a flat")

    async with planner(tmp_path, begun) as see:
        see.sees("intro", "Cy Young", "an answer about meeting Kim Berg")
        await see.press("home", "w")
        see.sees("an answer about meeting Kim Berg, 1 day past Sun 22 Nov 2026", "introduction")
        await see.press("escape", "L")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert [(one.item.id, one.planned) for one in agenda.items] == [("t1", date(2026, 11, 24))]
        await see.press("m")
        await see.type("fri")
        await see.press("enter")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert [(one.item.id, one.planned) for one in agenda.items] == [("t1", date(2026, 11, 27))]
        await see.press("s", "w", "enter")
        see.sees("Snoozed Cy Young")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert [one.item.id for one in agenda.items] == []
        await see.press("u", "end", "d", "enter")
        see.sees("Asked Cy Young about meeting Kim Berg")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert "t1" in [one.item.id for one in agenda.done]
