"""The agenda asks whether somebody who wrote answered; each answer is a single key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.config import Config
from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.desk.evidence_runs import ME, at, mail, watch
from tests.ui.words import planner

CONFIG = Config(me=(ME,))


def waiting(desk: Desk) -> None:
    early = desk.on(date(2026, 11, 1))
    early.people.add(ContactDraft(name="Ben Okri", emails=("ben@example.org",)))
    early.favors.enter("ask", [1], note="a reference [b]for\x1b[31m SNCF")
    desk.evidence.add("/gone", "maildir")
    watch(desk, mail("1", "ben@example.org", ME, on=at(11, 20)))


async def test_a_single_key_says_what_a_letter_was_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with planner(tmp_path, waiting, config=CONFIG) as see:
        await see.until("answered?")
        see.sees("a reference [b]for")
        await see.press("d")
        see.sees("Ben Okri answered?", "not about this", "passed on", "Fri 20 Nov 2026")
        await see.press("escape")
        see.sees("answered?")
        await see.press("d", "h")
        see.sees_not("answered?")
        assert (await see.ask(lambda desk: desk.favors.one(1))).done_on == date(2026, 11, 20)
        await see.press("u")
        see.sees("answered?")
        await see.press("d", "n")
        see.sees_not("answered?")
        await see.press("u", "d", "p")
        await see.type("Leo Roux")
        await see.press("enter")
        see.sees("passed it on to Leo Roux")


async def test_the_question_and_its_keys_fit_a_small_screen(tmp_path: Path) -> None:
    async with planner(tmp_path, waiting, config=CONFIG, size=(40, 12)) as see:
        await see.until("Ben Okri", "3d past")
        # The verb and its answer come in one burst.
        see.send("d", "p", *"Leo Roux")
        await see.idle()
        see.sees("Leo Roux")
        await see.press("escape", "d")
        see.sees("answered?", "helped", "passed on", "cannot", "not about this")
        await see.press("n")
        assert (await see.ask(lambda desk: desk.favors.one(1))).not_about_on == date(2026, 11, 20)


async def test_one_person_at_a_time_is_asked_the_same_in_focus_triage(tmp_path: Path) -> None:
    async with planner(tmp_path, waiting, config=CONFIG) as see:
        await see.until("answered?")
        await see.press("f", "d")
        see.sees("Ben Okri answered?")
        await see.press("c")
        assert str((await see.ask(lambda desk: desk.favors.one(1))).state) == "declined"
