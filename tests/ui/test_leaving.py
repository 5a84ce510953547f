"""A screen that is left while something is read for it: what comes back is dropped, and nothing ends."""

from __future__ import annotations

import ast
import asyncio
import gc
import threading
import warnings
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from textual.events import Resize
from textual.screen import Screen

import planner.ui
from planner.core.model import State
from planner.desk import Desk
from planner.desk.values import ContactDraft, Why
from planner.errors import Refused
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.screens import SCREENS
from planner.ui.widgets.may_be_left import MayBeLeft
from tests.cases import PATIENCE, case
from tests.ui.words import Words
from tests.ui.words import planner as planner_of

ASKS_ITSELF = {"app.py", "gateway.py", "port.py", "sample.py", "session", "contacting", "background.py"}
"""Files and folders of the app itself, which is never left while it is open: these may ask directly."""
UI = Path(planner.ui.__file__).parent
PLACES = ("agenda", "contacts", "ledger", "needs", "reach")
GIVEN: dict[str, tuple[Any, ...]] = {
    "contact": (1,), "closing": (1,), "form": (None,), "focus": ((),), "welcome": (), "import": (), "export": (),
    "newcomers": (), "pairs": (), "palette": (), "help": ("agenda",), "problem": (Refused("Nothing", "Nothing to do"),),
    "why": (Why(1, "Ana Silva", "c1", State.NONE), date(2026, 11, 23)),
}  # fmt: skip
"""What the screens over a place are made with."""
TICKS = (0, 1, 2, 5, 13, 34)
"""Turns of the event loop between leaving a screen and the answer."""


def fill(desk: Desk) -> None:
    """Two people who are due, one of them twice, and a closed need of which they are to hear."""
    for name in ("Ana Silva", "Ben Okri", "Ana Silva"):
        desk.people.add(ContactDraft(name=name, cadence="2w", since=date(2026, 1, 1), looking_for="a flat in Lyon"))
    desk.needs.add("A boat")
    desk.needs.tell(1, [1, 2])
    desk.needs.close(1, outcome="found one")


async def left_while_reading(see: Words, name: str, ticks: int) -> None:
    """Open a screen while the database answers nobody, leave it, and then let the answer come."""
    held = threading.Event()
    see.app.gateway.submit(lambda desk: held.wait(PATIENCE))
    before = len(see.app.screen_stack)
    if name in PLACES:
        see.app.go_to(name)
    else:
        see.app.open(name, *GIVEN[name])
    for _ in range(3):
        await see.pilot.pause(0)
    if name in PLACES:
        see.app.go_to("agenda" if name != "agenda" else "contacts")
    elif len(see.app.screen_stack) > before:
        see.app.pop_screen()
    for _ in range(ticks):
        await asyncio.sleep(0)
    held.set()
    await see.idle()
    assert see.app.is_running


async def test_every_screen_may_be_left_while_it_reads(tmp_path: Path) -> None:
    assert set(GIVEN) | set(PLACES) == set(SCREENS)
    for name in SCREENS:
        async with planner_of(tmp_path / name, fill) as see:
            for ticks in TICKS if name not in PLACES else TICKS[:1]:
                with case(name, ticks):
                    await left_while_reading(see, name, ticks)


def test_every_screen_asks_by_the_one_way_that_drops_what_comes_late() -> None:
    for path in sorted(UI.rglob("*.py")):
        if {path.name, path.parent.name} & ASKS_ITSELF:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("call", "submit", "to_thread"):
                owner = ast.unparse(node.value)
                assert not owner.endswith(("gateway", "asyncio")), f"{path.name}:{node.lineno} {owner}.{node.attr}"


def test_every_screen_may_be_left_at_any_moment() -> None:
    for path in sorted(UI.rglob("*.py")):
        import_module(".".join(("planner.ui", *path.relative_to(UI).with_suffix("").parts)).removesuffix(".__init__"))
    screens = [kind for kind in _kinds_of(Screen) if kind.__module__.startswith("planner.")]
    assert len(screens) > len(SCREENS)
    assert [kind.__name__ for kind in screens if kind.call_next is not MayBeLeft.call_next] == []


def _kinds_of(kind: type[Any]) -> list[type[Any]]:
    return [one for below in kind.__subclasses__() for one in (below, *_kinds_of(below))]


def test_no_coroutine_is_made_before_it_is_run() -> None:
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("run_worker", "in_turn"):
                (flow, *_) = node.args
                is_made = isinstance(flow, ast.Call) and ast.unparse(flow.func) != "partial"
                assert not is_made, f"{path.name}:{node.lineno} {ast.unparse(flow)}"


async def test_a_worker_that_is_ended_before_its_first_turn_leaves_nothing_behind(tmp_path: Path) -> None:
    async with planner_of(tmp_path, fill) as see:
        place = see.app.screen
        assert isinstance(place, PlaceScreen)
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            for _ in range(2):
                see.app.verb_undo()
                place.act(lambda desk: desk.triage.attempt(["c1"]))
            see.app.workers.cancel_all()
            await see.idle()
            gc.collect()
    assert [str(one.message) for one in found if issubclass(one.category, RuntimeWarning)] == []


async def test_what_timers_and_workers_ask_of_a_place_that_is_opened_or_left_ends_nothing(tmp_path: Path) -> None:
    async with planner_of(tmp_path, fill) as see:
        for ticks in TICKS:
            with case("opened", ticks):
                see.app.open("contact", 1)
                see.app.say("Ana moved to Oslo")
                for _ in range(ticks):
                    await asyncio.sleep(0)
                see.app.typed.keep_soon()
                await see.idle()
                see.sees("Ana moved to Oslo")
            with case("left", ticks):
                place = see.app.screen
                await see.press("n")
                await see.type("a boat")
                see.app.pop_screen()
                for _ in range(ticks):
                    await asyncio.sleep(0)
                    assert isinstance(place, PlaceScreen)
                    place.run_worker(partial(asked, place))
                    place.call_later(place.draw_bars)
                    see.app.say("Ben moved to Oslo")
                    see.app.typed.now()
                await see.idle()
                assert see.app.is_running


async def asked(place: PlaceScreen) -> None:
    """A worker that asks a place for its widgets."""
    place.draw_bars()


async def test_what_reads_while_the_planner_ends_finds_every_screen_gone(tmp_path: Path) -> None:
    for ticks in TICKS:
        with case(ticks):
            async with planner_of(tmp_path / str(ticks), fill) as see:
                await see.press("n")
                await see.type("he has a boat")
                place, held = see.app.screen, threading.Event()
                assert isinstance(place, PlaceScreen)
                see.app.gateway.submit(lambda desk, held=held: held.wait(PATIENCE))
                place.read_again()
                see.app.go_to("contacts")
                see.app.set_interval(0.001, see.app.typed.now)
                for _ in range(ticks):
                    await asyncio.sleep(0)
                held.set()
            assert place.is_gone


async def test_what_follows_a_frame_or_a_timer_finds_a_screen_gone(tmp_path: Path) -> None:
    async with planner_of(tmp_path, fill) as see:
        for name in ("closing", "why"):
            with case(name):
                below, may_draw = see.app.screen, asyncio.Event()
                see.app.open(name, *GIVEN[name])
                await see.idle()
                left = see.app.screen
                below.call_later(may_draw.wait)
                left.post_message(Resize(left.size, left.size))
                see.app.pop_screen()
                while left.query("*"):
                    await asyncio.sleep(0)
                may_draw.set()
                await see.idle()
                assert see.app.is_running
                assert left.is_gone


async def test_a_timer_of_a_screen_that_is_being_left_ends_nothing(tmp_path: Path) -> None:
    async with planner_of(tmp_path, fill) as see:
        see.app.open("closing", *GIVEN["closing"])
        await see.idle()
        left, rang = see.app.screen, []
        assert isinstance(left, PlaceScreen)

        def draw() -> None:
            rang.append(left.is_gone)
            left.query_one("#closing-head")

        see.app.pop_screen()
        while left.query("*"):
            left.set_timer(0.0001, draw)
            await asyncio.sleep(0)
        await see.idle()
        assert see.app.is_running
        assert True in rang
