"""Steps of favors, needs and introductions, stored with the contact they imply. In a transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.favors import GIVEN_AT_ONCE, is_out
from planner.core.gifts import idea_meant
from planner.core.loops import CHANNEL, Touch, by_favor, by_introduction
from planner.core.model import Favor, FavorDirection, FavorState
from planner.core.words.folding import fold
from planner.desk.shared.checks import briefly, listed
from planner.errors import Refused
from planner.store.facts import favors, interactions

if TYPE_CHECKING:
    from planner.core.introductions import Introduction
    from planner.store.row_writer import Writer


def touch(writer: Writer, contact_id: int, loop: str, said: Touch, on: date) -> None:
    """Store the interaction that goes with a step of a loop ("v3", "n1", "t2") on a day."""
    interactions.insert_interaction(
        writer,
        [contact_id],
        on=on,
        channel=CHANNEL,
        direction=said.direction,
        outcome=said.outcome,
        note=said.note.splitlines()[0],
        loop=loop,
    )


def enter_favor(writer: Writer, on: date, met: Collection[date] = (), **values: Any) -> int:
    """Enter a favor of a day and return its id; on the days `met` the contact is stored already.

    A gift that was an idea continues that idea: it is no second gift.
    """
    if values["direction"] == FavorDirection.GIVEN and values["state"] == FavorState.DONE:
        idea = idea_meant(favors.gifts_for([values["contact"]]).get(values["contact"], ()), values["note"], on)
        if idea is not None and values["kind"] in ("gift", "other"):
            occasion = values.get("occasion") or idea.occasion
            step_favor(writer, idea, replace(idea, state=FavorState.DONE, done_on=on, occasion=occasion), on, met)
            return idea.id
    if values["kind"] == "gift" and values["state"] == FavorState.DONE:
        _keep_what_was_lent(writer, values)
    key = favors.insert_favor(writer, **values)
    entered = favors.favor(key)
    said = by_favor(None, entered) if entered is not None and on not in met else None
    if said is not None:
        touch(writer, values["contact"], f"v{key}", said, on)
    if entered is not None:
        _owe_once(writer, entered, on)
    return key


def _keep_what_was_lent(writer: Writer, gift: dict[str, Any]) -> None:
    """Let a lent thing stay that is now given: it need not be returned."""
    for one in favors.favors_with(gift["contact"]):
        if one.direction == gift["direction"] and is_out(one) and fold(one.note) == fold(gift["note"]) != "":
            favors.update_favor(writer, one, replace(one, home_by=None))


def present_favor(favor_id: int) -> Favor:
    """A favor by its id; refused for an unknown one."""
    found = favors.favor(favor_id)
    if found is None:
        raise Refused(f"There is no favor {favor_id}", "See “planner ledger” for ids")
    return found


def step_favor(writer: Writer, before: Favor, after: Favor, on: date, met: Collection[date] = ()) -> None:
    """Take a favor one step further on a day; on the days `met` the contact is stored already."""
    favors.update_favor(writer, before, after)
    said = by_favor(before, after)
    if said is not None and on not in met:
        touch(writer, before.contact_id, f"v{before.id}", said, on)
    if before.state is not after.state:
        _owe_once(writer, after, on)


def _owe_once(writer: Writer, latest: Favor, on: date) -> None:
    received = latest.direction is FavorDirection.RECEIVED and latest.need_id is not None
    if received and latest.state is FavorState.DONE:
        favors.owe_once(writer, latest, on)


def move_home(writer: Writer, favor_id: int, day: date) -> None:
    """Set another day for the return of a loan."""
    before = present_favor(favor_id)
    favors.update_favor(writer, before, replace(before, home_by=day))


def favor_words(step: str, found: list[Favor]) -> str:
    """The sentence about a step of one favor or of several, given as they were before it.

    `step` is accept, done, home, thank, told, nudge or rest.
    """
    first = found[0]
    names = listed(dict.fromkeys(one.contact_name for one in found))
    offered = first.way_out_note if step in ("done", "home") and first.way_out in GIVEN_AT_ONCE else ""
    note = briefly(offered or first.note) if len(found) == 1 else ""
    given, about = first.direction is FavorDirection.GIVEN, f": {note}" if note else ""
    match step:
        case "accept":
            return f"Promised {names}{about}"
        case "done":
            handed = {"loan": "Lent", "gift": "You gave"} if first.way_out not in ("advice", "resource") else {}
            return f"{handed.get(first.kind, 'You helped')} {names}{about}" if given else f"{names} helped you{about}"
        case "home":
            thing = note[:1].upper() + note[1:] if note else "The loan"
            return f"{thing} is {'home, from' if given else 'back with'} {names}"
        case "thank":
            return f"Thanked {names}{about}"
        case "told":
            return f"Told {names} how it went{about}"
        case "nudge":
            return f"Nudged {names}{about}"
    idea = first.state is FavorState.IDEA
    return f"Let go for {names}{about}" if idea else f"Left to rest: what you asked {names}{about}"


def step_introduction(
    writer: Writer, before: Introduction | None, after: Introduction, on: date, met: Collection[date] = ()
) -> None:
    """Store the interactions that go with a step of an introduction; the step itself is written already."""
    for contact_id, said in by_introduction(before, after) if on not in met else ():
        touch(writer, contact_id, f"t{after.id}", said, on)


def times_words(gave: int, asked: int) -> str:
    """ "you gave twice, asked once"; empty for neither."""
    times = {1: "once", 2: "twice"}
    counts = (("gave", gave), ("asked", asked))
    parts = [f"{verb} {times.get(count, f'{count} times')}" for verb, count in counts if count]
    return f"you {', '.join(parts)}" if parts else ""
