"""The capture line on the screen: what is shown of it while it is typed, and the key that chooses a reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.desk import Desk
from tests.cases import case
from tests.desk.desks import add
from tests.ui.words import planner

SIZES = ((120, 40), (80, 24), (40, 12))


def network(desk: Desk) -> None:
    """Two people, one of them due."""
    add(desk, "Ana Silva", cadence="4w", since=date(2026, 9, 1))
    add(desk, "Olga Ray")


async def test_both_readings_are_shown_and_tab_chooses(tmp_path: Path) -> None:
    for size in SIZES:
        with case(size):
            async with planner(tmp_path / str(size[0]), network, size=size) as see:
                await see.press("a")
                await see.type("Olga: asked for advice")
                shown = " ".join(see.text.split())
                assert "tab: they asked: advice or you asked: advice" in shown
                await see.press("enter")
                assert "tab chooses: “they asked: advice” or “you asked: advice”" in " ".join(see.text.split())
                assert (await see.ask(lambda desk: desk.reading.card(2))).favors == ()
                await see.press("tab")
                see.sees("Olga: they asked for advice", "they asked: advice", "(tab")
                await see.press("tab")
                see.sees("Olga: I asked for advice", "you asked: advice")
                await see.press("tab", "enter")
                (favor,) = (await see.ask(lambda desk: desk.reading.card(2))).favors
                assert (str(favor.direction), favor.note) == ("given", "advice")


async def test_both_readings_are_in_sight_however_narrow_the_screen_and_long_the_line(tmp_path: Path) -> None:
    async with planner(tmp_path, network, size=(40, 12)) as see:
        await see.press("a")
        await see.type("coffee with Olga, likes tea, helped with the move, again 6w")
        assert "tab: you gave: the move or they helped: the move" in " ".join(see.text.split())


async def test_tab_and_enter_pressed_at_once_take_what_tab_chose(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("a")
        await see.type("Olga asked for advice")
        await see.press("tab", "tab", "enter")
        (favor,) = (await see.ask(lambda desk: desk.reading.card(2))).favors
        assert (str(favor.direction), str(favor.state)) == ("received", "asked")


async def test_tab_turns_the_part_the_cursor_stands_in_and_leaves_a_sure_line_alone(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("a")
        await see.type("Olga: asked for advice, helped with the move, coffee")
        await see.press("tab")
        see.sees("Olga: they asked for advice, helped with the move, coffee")
        await see.press("tab")
        see.sees("they asked for advice, I helped with the move, coffee")
        await see.press("escape", "a")
        await see.type("Olga: coffee")
        await see.press("tab")
        see.sees("Olga: coffee", "coffee today")
        await see.type(", likes tea")
        see.sees("Olga: coffee, likes tea")


async def test_the_line_about_somebody_under_the_cursor_has_both_readings_too(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("d")
        await see.type("coffee, helped with the move")
        see.sees("tab: you gave: the move or they helped: the move")
        await see.press("tab", "tab", "enter")
        (favor,) = (await see.ask(lambda desk: desk.reading.card(1))).favors
        assert str(favor.direction) == "received"


async def test_no_colon_is_needed_where_a_known_name_stands_beside_a_verb(tmp_path: Path) -> None:
    for size in SIZES:
        with case(size):
            async with planner(tmp_path / str(size[0]), network, size=size) as see:
                await see.press("a")
                await see.type("ring Olga on friday")
                see.sees("Olga Ray", "follow-up: ring Olga", "27 Nov")
                await see.press("enter")
                (todo,) = (await see.ask(lambda desk: desk.reading.card(2))).follow_ups
                assert (todo.text, todo.on) == ("ring Olga", date(2026, 11, 27))


async def test_names_are_offered_while_nobody_is_named(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("a")
        await see.type("Ol")
        see.sees("Olga Ray", "then a colon")


async def test_a_line_is_broken_between_chips_never_within_one(tmp_path: Path) -> None:
    line = "Olga: coffee, promised the film by fri, knows bees, again 6w"
    for size in SIZES:
        with case(size):
            async with planner(tmp_path / str(size[0]), network, size=size) as see:
                await see.press("a")
                await see.type(line)
                plan = await see.ask(lambda desk: desk.capture.preview(line, add=True))
                first = next(place for place, shown in enumerate(see.screen) if plan.chips[0].text in shown)
                shown = see.screen[first : first + 2]
                for chip in plan.chips if size[0] > 40 else plan.chips[:2]:
                    assert any(chip.text in one for one in shown), f"{chip.text}: {shown}"
                assert not any(one.rstrip().endswith("·") or one.strip().startswith("·") for one in shown)
