"""The filter as it is typed: whatever stands in it at any letter, the list or a reason is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planner.core.search.query import FIELDS
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.ui.widgets.prompt import Prompt
from tests.cases import case
from tests.desk.desks import open_desk
from tests.ui.words import planner

NAMES = (*FIELDS, "id")
PIECES = st.sampled_from(
    [*(f"{name}:" for name in NAMES), "4a", "#1", "1,", "9" * 30, "<2w", ">", "..", '"', "-", " ", "*", "%"]
)
VALUES = ("4a", "#1", "1,x", "9" * 25, '"<', "..2027", "ana*")


def people(desk: Desk) -> None:
    """Two people to be found."""
    for name in ("Ana Silva", "Ben Okri"):
        desk.people.add(ContactDraft(name=name, cadence="2w", since=date(2026, 1, 1), circles=("work",)))


def test_what_is_read_can_be_asked_for(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        people(desk)

        @given(st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join))
        def asked(text: str) -> None:
            try:
                desk.reading.contacts(text)
            except Refused as refusal:
                assert str(refusal).isprintable()  # noqa: PT017

        asked()


async def test_each_filter_is_typed_letter_by_letter(tmp_path: Path) -> None:
    async with planner(tmp_path, people) as see:
        await see.press("2")
        for number, name in enumerate(NAMES):
            typed = f"{name}:{VALUES[number % len(VALUES)]}"
            with case(typed):
                await see.press("slash")
                prompt = see.app.screen.query_one(Prompt)
                for letter in typed:
                    see.send(letter)
                    await see.pilot.pause(0)
                await see.idle()
                assert prompt.text == typed
                await see.press("enter", "escape", "escape")
                assert see.app.is_running
        for typed in ("id:4a", "id:1,x", f"id:{'9' * 40}"):
            await see.press("slash")
            await see.type(typed)
            await see.press("enter")
            see.sees("is not the number of a person")
            await see.press("escape")


async def test_a_fault_in_taking_a_line_leaves_the_line_open_and_says_so(tmp_path: Path) -> None:
    async with planner(tmp_path, people) as see:
        place = see.app.screen

        async def fails(text: str) -> None:
            raise ValueError(text)

        await see.press("n")
        place.ask(place.query_one(Prompt).question, fails)
        await see.type("a word")
        await see.press("enter")
        see.sees("a word", "That could not be taken (ValueError)")
        log = (tmp_path / "logs" / "planner.log").read_text()
        assert "ValueError" in log
        assert "a word" not in log
