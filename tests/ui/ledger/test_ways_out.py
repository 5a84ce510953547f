"""Something better than no, in words: each of the six ways out does its thing, and nothing is answered with nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.core.model import FavorState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.ledger.decline_dialog import DeclineDialog
from tests.ui.words import Words, planner

KIM, CY, DORA = 1, 2, 3


def asked(desk: Desk) -> None:
    """Kim asks for a flat; Cy has one."""
    for name, offers in (("Kim Berg", ""), ("Cy Young", "a flat in Lyon"), ("Dora Lind", "")):
        desk.people.add(ContactDraft(name=name, offers=offers))
    desk.favors.enter("asked", [KIM], kind="information", note="a flat in Lyon")


async def offer(see: Words, digit: str, text: str, *then: str) -> None:
    """From the ledger: a way out by its digit, its line, and how it is given."""
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
        see.sees("What Kim Berg asked comes back on Tue 8 Dec 2026", "They asked me 1")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert [one.item.id for one in agenda.items] == []
        back = await see.ask(lambda desk: desk.on(date(2026, 12, 8)).reading.agenda())
        assert [(one.item.id, one.overdue_days) for one in back.items] == [("v1", 0)]


async def test_introducing_somebody_begins_it(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "3", "cy")
        see.sees("Cy Young is asked first about meeting Kim Berg", "They asked me 0")
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


async def test_a_name_that_is_no_contact_is_kept_as_it_stands(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "3", "Maude Ferrand")
        see.sees("Offered Kim Berg instead: Maude Ferrand")
        assert await see.ask(lambda desk: desk.introductions.all()) == ()


async def test_asking_my_network_makes_it_what_they_look_for(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "6", "I ask around")
        see.sees("Kim Berg looks for it now", "They asked me 0")
        (pair,) = await see.ask(lambda desk: desk.network.matches())
        assert (pair.needs.contact_id, pair.offers.contact_id) == (KIM, CY)


@pytest.mark.parametrize(("digit", "said"), [("2", "half an hour"), ("4", "the alumni list"), ("5", "ask the union")])
async def test_help_of_another_kind_counts_once_given_from_the_history(tmp_path: Path, digit: str, said: str) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, digit, said)
        see.sees("Offered Kim Berg")
        assert await state(see) == FavorState.ALTERNATIVE
        await see.press("2", "end", "enter")
        see.sees("offered", said)
        await see.press("enter")
        see.sees(f"You offered Kim Berg: {said}", "it is given")
        await see.press("g")
        see.sees("You helped Kim Berg")
        assert await state(see) == FavorState.DONE
        await see.press("u")
        assert await state(see) == FavorState.ALTERNATIVE


async def test_what_is_given_already_counts_at_once(tmp_path: Path) -> None:
    async with planner(tmp_path, asked) as see:
        await offer(see, "5", "ask the union", "ctrl+s")
        see.sees("You helped Kim Berg: ask the union", "They asked me 0", "you helped 1 person this week")
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
        await see.press("s", "w")
        see.sees("Snoozed Cy Young")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert [one.item.id for one in agenda.items] == []
        await see.press("u", "end", "d", "enter")
        see.sees("Asked Cy Young about it")
        agenda = await see.ask(lambda desk: desk.reading.agenda())
        assert "t1" in [one.item.id for one in agenda.done]
