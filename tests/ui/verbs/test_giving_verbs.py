"""Every verb of ledger, needs and reach: one step of history, undone whole; what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.commands.registry import COMMANDS, by_id
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.asking.etiquette_dialog import EtiquetteDialog
from planner.ui.ledger.screen import LedgerScreen
from planner.ui.needs.rows import PeopleList
from planner.ui.needs.screen import NeedsScreen
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.reach.screen import ReachScreen
from tests.store.stores import facts
from tests.ui.words import TODAY, Words, planner

ANA, BEN, CY, DORA, EVE = range(1, 6)
REFUSED, SHOWS = "is refused", "shows something and writes nothing"
Answers = Mapping[str, tuple[str, ...] | str]
"""By verb what is pressed and typed after its key, or what becomes of it."""

ENTRY = ("2", "enter", "enter")
"""Kind, words and day of a new entry of the ledger."""
PERSON: Answers = {"note": ("likes tea", "enter"), "edit": SHOWS, "get_in_touch": SHOWS, "brief": SHOWS}
LEDGER: Answers = {
    **PERSON, "gave": ENTRY, "helped": ENTRY, "ask": ENTRY, "promise": ENTRY, "request": (*ENTRY, "enter"),
    "new": ("g", *ENTRY), "done": ("enter",), "snooze": ("w", "enter"), "follow_up": ("send the talk fri", "enter"),
    "move": ("sat", "enter"), "told": (), "nudge": (), "leave_out": ("5", "ask the dean", "enter"), "why": SHOWS,
    "words": SHOWS,
}  # fmt: skip
NEEDS: Answers = {
    **PERSON, "told": (), "helped": (), "leave_out": (), "ask": (), "passed_on": ("ben", "enter"),
    "done": ("enter",), "words": ("c", "enter", "escape"), "new": ("A boat", "ctrl+s"),
    "post": ("c", "enter", "linkedin", "enter"),
}  # fmt: skip
REACH: Answers = {
    **PERSON, "introduce": ("dora and eve", "enter"), "knows": ("ana knows Carl Stone", "enter"), "done": (),
    "ask": (), "nudge": (), "leave_out": (), "words": SHOWS,
}  # fmt: skip


def network(desk: Desk) -> None:
    """Five people with a favor of each kind, a need, three introductions and a match."""
    for name, more in (
        ("Ana Silva", {"looking_for": "a flat in Lyon"}), ("Ben Okri", {}), ("Cy Young", {"offers": "flats in Lyon"}),
        ("Dora Lind", {}), ("Eve Adler", {}),
    ):  # fmt: skip
        desk.people.add(ContactDraft(name=name, **more))  # type: ignore[arg-type]
    for who in (ANA, BEN):
        desk.interactions.log([who], on=TODAY - timedelta(days=9), channel="call")
    desk.favors.enter("asked", [ANA], note="for the grant")
    desk.favors.enter("promise", [BEN], note="to Leo")
    desk.favors.enter("ask", [CY], note="SNCF")
    desk.favors.enter("received", [DORA, EVE], note="the job")
    desk.favors.thank([5])
    desk.needs.add("A flat in Lisbon")
    desk.needs.add("A winter tent")
    desk.network.knows(BEN, "Maude Ferrand", company="SNCF")
    for one, other in ((ANA, BEN), (CY, DORA), (CY, EVE)):
        desk.on(TODAY - timedelta(days=6)).introductions.start(one, other)
    for introduction, people in ((2, (CY, DORA)), (3, (CY, EVE))):
        for who in people:
            desk.introductions.answer(introduction, who, "yes")
    desk.introductions.made(3)


@dataclass(frozen=True)
class Stand:
    """An entry the cursor stands on in a place, and what is pressed after the key of each verb there."""

    place: type[Any]
    on: str
    keys: tuple[str, ...]
    """The keys that lead to the list from any place."""
    answers: Answers
    marked: int = 0


def refused(*verbs: str) -> Answers:
    """Verbs that are refused on this entry."""
    return dict.fromkeys(verbs, REFUSED)


KEYS = frozenset({"enter", "escape", "ctrl+s", *(key for one in COMMANDS for key in one.keys)})
WAY = ("5", "slash", "sncf", "enter")
STANDS = (
    Stand(LedgerScreen, "Ana Silva", ("3",), {**LEDGER, **refused("told", "nudge"), "promise": ("enter",)}),
    Stand(LedgerScreen, "Ben Okri", ("3",), {**LEDGER, **refused("told", "nudge")}),
    Stand(LedgerScreen, "Cy Young", ("3",), {**LEDGER, **refused("told"), "helped": (), "leave_out": ()}),
    Stand(LedgerScreen, "Dora Lind", ("3",), {**LEDGER, **refused("nudge", "leave_out")}),
    Stand(LedgerScreen, "Eve Adler", ("3",), {**LEDGER, **refused("nudge", "leave_out")}),
    Stand(
        NeedsScreen, "A flat in Lisbon", ("4",),
        {
            **NEEDS,
            **refused("told", "helped", "leave_out", "ask", "passed_on", "note", "get_in_touch", "brief"),
            "edit": (" or Porto", "ctrl+s"),
        },
    ),
    Stand(NeedsScreen, "Eve Adler", ("4", "enter"), NEEDS),
    Stand(
        NeedsScreen, "three people", ("4", "enter"),
        {**NEEDS, **refused("ask", "passed_on", "edit", "get_in_touch", "brief")}, marked=3,
    ),
    Stand(
        ReachScreen, "Maude Ferrand", WAY,
        {
            **REACH, **refused("done", "nudge", "leave_out", "words"), "ask": ("enter",),
            "knows": ("Carl Stone", "enter"),
        },
    ),
    Stand(ReachScreen, "Ana Silva ── Ben Okri", ("5",), {**REACH, **refused("ask"), "done": ("y",)}),
    Stand(ReachScreen, "Cy Young ── Dora Lind", ("5",), {**REACH, **refused("ask", "nudge"), "done": ("d",)}),
    Stand(ReachScreen, "Cy Young ── Eve Adler", ("5",), {**REACH, **refused("ask", "nudge"), "done": ("enter",)}),
    Stand(
        ReachScreen, "looks for  a flat", ("5",),
        {**REACH, **refused("ask", "done", "nudge", "words"), "introduce": ()},
    ),
)  # fmt: skip


async def _state(see: Words) -> tuple[Any, int]:
    """All facts, and how many steps undo could take back."""

    def read(desk: Desk) -> tuple[Any, int]:
        return facts(desk.store), sum(one.state == "done" for one in desk.keeping.history(1000))

    found: tuple[Any, int] = await see.ask(read)
    return found


async def _press(see: Words, *parts: str) -> None:
    """Press each word that is a key, type every other word, and ask anyway where the look before an ask opens."""
    for part in parts:
        is_key = len(part) == 1 or part in KEYS
        await (see.press(part) if is_key else see.type(part))
        if isinstance(see.app.screen, EtiquetteDialog):
            await see.press("i")


def _stands_there(see: Words, stand: Stand) -> bool:
    """Whether the place is open and the cursor is on the entry."""
    return isinstance(see.app.screen, stand.place) and any("▌" in line and stand.on in line for line in see.screen)


async def _go(see: Words, stand: Stand) -> None:
    """Open the place, and go to the entry, or mark so many."""
    if not stand.marked and _stands_there(see, stand):
        return
    while len(see.app.screen_stack) > 1:
        await see.press("escape")
    await see.press("escape", "escape")
    await _press(see, *stand.keys)
    assert isinstance(see.app.screen, stand.place)
    if stand.marked:
        await see.press("home", *["space"] * stand.marked)
        return
    # The cursor often stands there still.
    for key in ("", "home", *["down"] * 20):
        await see.press(*key.split())
        if _stands_there(see, stand):
            return
    raise AssertionError(f"{stand.on} is not in the list:\n{see.text}")


async def _try(see: Words, stand: Stand, verb: str) -> None:
    await _go(see, stand)
    place = see.app.screen
    assert isinstance(place, PlaceScreen)
    case = f"{place.PLACE}.{verb} on {stand.on}"
    listed = place.query_one(PeopleList) if isinstance(place, NeedsScreen) else None
    marks = frozenset(listed.marked) if listed is not None else frozenset()
    assert len(marks) == stand.marked, case
    command, answer, before = by_id(f"{place.PLACE}.{verb}"), stand.answers[verb], await _state(see)
    assert bool(place.refusal(verb)) is (answer == REFUSED), f"{case}: {place.refusal(verb)}"
    await (_press(see, command.keys[0]) if command.keys else see.command(command.title))
    if isinstance(answer, str):
        assert await _state(see) == before, f"{case}\n{see.text}"
        assert listed is None or frozenset(listed.marked) == marks, case
        assert answer != REFUSED or see.screen[-2].startswith(" ! "), f"{case}\n{see.text}"
        return
    await _press(see, *answer)
    after = await _state(see)
    assert after[1] == before[1] + 1, f"{case}: {after[1] - before[1]} steps\n{see.text}"
    assert after[0] != before[0], case
    assert listed is None or verb == "new" or not listed.marked, case
    await see.ask(lambda desk: desk.keeping.undo())
    assert (await _state(see))[0] == before[0], case
    see.app.data_changed()
    await see.idle()


@pytest.mark.parametrize("stand", STANDS, ids=lambda stand: f"{stand.place.PLACE}: {stand.on}")
async def test_each_verb_is_one_step_on_one_and_on_many_or_says_why_not(tmp_path: Path, stand: Stand) -> None:
    assert set(stand.answers) == set(stand.place.VERBS)
    async with planner(tmp_path, network) as see:
        for verb in stand.place.VERBS:
            await _try(see, stand, verb)
