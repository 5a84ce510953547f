"""Every verb on one and on three marked: one step of history, undone whole; a refusal keeps the marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.commands.registry import by_id
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.agenda.rows import AgendaList
from planner.ui.agenda.screen import AgendaScreen
from planner.ui.contact.screen import ContactScreen
from planner.ui.contacts.rows import ContactList
from planner.ui.contacts.screen import ContactsScreen
from planner.ui.focus.screen import FocusScreen
from planner.ui.widgets.line_list import LineList
from tests.store.stores import facts
from tests.ui.words import TODAY, Words, planner

NAMES = ("Ana Silva", "Ben Okri", "Cleo Ware", "Dora Lind")
ANSWERS: dict[str, tuple[str, ...]] = {
    "done": ("", "enter"), "snooze": ("w", "enter"), "attempt": (), "leave_out": (), "move": ("sat", "enter"),
    "later": (), "note": ("likes tea", "enter"), "rhythm": ("9w", "enter"), "pause": ("2w", "enter"),
    "circle": ("choir", "enter"), "follow_up": ("send the talk fri", "enter"), "mode": ("o",), "archive": (),
    "gave": ("advice", "enter"), "helped": ("the contract", "enter"), "ask": ("a reference", "enter"),
    "request": ("a reference", "enter"), "promise": ("an introduction", "enter"), "delete": ("d",),
}  # fmt: skip
"""What is typed and pressed after the key of a verb.

A verb without an answer writes nothing: it opens something, or there is nothing earlier than today.
"""


def network(desk: Desk) -> None:
    """Four people with a rhythm and an interaction each, who are due."""
    for number, name in enumerate(NAMES, 1):
        draft = ContactDraft(name=name, cadence="2w", since=date(2026, 1, 1), emails=(f"p{number}@example.org",))
        desk.people.add(draft)
        desk.interactions.log([number], on=date(2026, 10, 1), channel="call")


@dataclass(frozen=True)
class Place:
    """A place with verbs: its screen, the keys that open it, and its list, None for a place without marks."""

    screen: type[Any]
    keys: tuple[str, ...]
    line_list: type[LineList] | None = None
    archived_asks: bool = False


PLACES = (
    Place(AgendaScreen, ("1",), AgendaList),
    Place(FocusScreen, ("1", "f")),
    Place(ContactsScreen, ("2",), ContactList, archived_asks=True),
    Place(ContactScreen, ("2", "enter")),
)


async def _state(see: Words) -> tuple[Any, int]:
    def read(desk: Desk) -> tuple[Any, int]:
        return facts(desk.store), sum(one.state == "done" for one in desk.keeping.history(1000))

    return await see.ask(read)


async def _give(see: Words, place: Place, verb: str, marked: int) -> None:
    """Give a verb its key and its answer."""
    command = by_id(f"{place.screen.PLACE}.{verb}")
    if command.keys:
        await see.press(command.keys[0])
    else:
        await see.command(command.title)
    if verb == "archive" and marked > 1:
        await see.press("y")
    for part in ANSWERS.get(verb, ()):
        await (see.press(part) if len(part) == 1 or part == "enter" else see.type(part))
    if verb == "ask" and see.app.screen.is_modal:
        # A look at how things stand, with the words to send, comes before an ask is written down.
        await see.press("i")


async def _try(see: Words, place: Place, verb: str, marked: int) -> None:
    case = f"{place.screen.PLACE}.{verb} on {marked}"
    if not isinstance(see.app.screen, place.screen):
        await see.press(*place.keys)
    assert isinstance(see.app.screen, place.screen), case
    listed = see.app.screen.query_one(place.line_list) if place.line_list is not None else None
    if listed is not None:
        await see.press("home", *(["space"] * marked if marked > 1 else []))
    marks = frozenset(listed.marked) if listed is not None else frozenset()
    assert len(marks) == (marked if marked > 1 else 0), case
    before, steps = await _state(see)
    refusal = see.app.screen.refusal(verb)
    await _give(see, place, verb, marked) if not refusal else await see.press(*_key_of(place, verb))
    after, now = await _state(see)
    if refusal or verb not in ANSWERS:
        assert (after, now) == (before, steps), case
        assert not refusal or listed is None or frozenset(listed.marked) == marks, case
    else:
        assert now == steps + 1, f"{case}: {now - steps} steps\n{see.text}"
        assert after != before, case
        assert listed is None or not listed.marked or verb == "later", case
        await see.ask(lambda desk: desk.keeping.undo())
        assert (await _state(see))[0] == before, case
        see.app.data_changed()
        await see.idle()
    # A contact may be open whom the list does not hold, and focus goes on to the next: each begins anew.
    while len(see.app.screen_stack) > 1 and (place.line_list is None or not isinstance(see.app.screen, place.screen)):
        await see.press("escape")
    if listed is None or listed.marked:
        await see.press("escape")


def _key_of(place: Place, verb: str) -> tuple[str, ...]:
    return by_id(f"{place.screen.PLACE}.{verb}").keys[:1]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.screen.PLACE)
async def test_each_verb_is_one_step_on_one_and_on_three(tmp_path: Path, place: Place) -> None:
    async with planner(tmp_path, network) as see:
        for verb in place.screen.VERBS:
            for marked in (1, 3) if place.line_list is not None else (1,):
                await _try(see, place, verb, marked)


async def test_the_cursor_stays_where_a_verb_says_so_and_else_moves_on(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        place = next(one for one in PLACES if one.screen is ContactsScreen)
        adding = ("note", "gave", "follow_up")
        for verb in (*adding, "rhythm", "pause", "circle"):
            await see.press(*place.keys, "home")
            listed = see.app.screen.query_one(ContactList)
            before = listed.cursor
            await _give(see, place, verb, 1)
            stays = ContactsScreen.VERBS[verb].cursor_stays
            assert (listed.cursor - before, stays) == ((0, True) if verb in adding else (1, False)), verb


async def test_what_a_verb_refuses_keeps_the_marks(tmp_path: Path) -> None:
    refused: dict[str, Callable[[Desk], object]] = {
        # Somebody who was met today has nothing to snooze.
        "s": lambda desk: desk.interactions.log([1], channel="call"),
        "x": lambda desk: desk.people.set_cadence([1], "none"),
    }
    for key, change in refused.items():
        async with planner(tmp_path / key, network) as see:
            await see.press("home", "space", "space", "space")
            listed = see.app.screen.query_one(AgendaList)
            marks = frozenset(listed.marked)
            await see.ask(change)
            before, steps = await _state(see)
            await see.press(key, *(["w", "enter"] if key == "s" else []))
            assert await _state(see) == (before, steps), key
            await see.press("escape") if key == "s" else None
            assert marks == frozenset(listed.marked) | {"c1"}, key
            assert TODAY
