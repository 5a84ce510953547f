"""The one rule of done: how an open item is settled, whichever front end asks for it. Inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.typed import exact_date
from planner.core.model import Direction, ItemKind, OpenItem, Outcome, Settings
from planner.core.records import record
from planner.desk.shared.checks import listed, many_lines, not_after, not_before
from planner.desk.shared.items import comes_back, items_with, names_of, next_due, not_open
from planner.errors import Refused
from planner.store.facts import contacts, interactions, rhythm_facts
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

DROPPED = "dropped"
IN_TOUCH = (ItemKind.CADENCE, ItemKind.PLANNED)
"""Items that being in touch settles."""


@record(frozen=True, slots=True)
class Happened:
    """How items were settled; checked already.

    `outcome` is reached, attempt or dropped. Without `on` what was planned happened on its day, the rest today.
    """

    outcome: str = Outcome.REACHED
    on: date | None = None
    channel: str = ""
    note: str = ""
    direction: str = Direction.ME


def settle(
    writer: Writer, item_ids: Sequence[str], happened: Happened, settings: Settings, today: date
) -> tuple[str, list[OpenItem]]:
    """Settle open items, each the way its kind asks for; gives the sentence that says it, and the items.

    A rhythm or something planned: reached. A message: answered. A date: kept. A follow-up: one round.
    A request or promise: done. An ask: nudged, or left to rest after the last nudge. Thanks: said.
    An outcome: told. A need: asked again. An introduction: its next step. An attempt is logged, and settles
    only what was planned. Refused for the rhythm of somebody who was reached on that day already.
    """
    items = items_with(item_ids, today, settings)
    if happened.outcome == DROPPED:
        others = [one for one in items if one.kind is not ItemKind.PLANNED]
        if others:
            raise Refused(f"Nothing is planned with {listed(names_of(others))}", "Only what was planned can be dropped")
    if happened.outcome == Outcome.REACHED:
        _refuse_reached(items, happened.on or today, today)
    said = [_settle_one(writer, item, happened, settings, today) for item in items]
    if len(items) == 1:
        return said[0], items
    words = {Outcome.ATTEMPT: "No answer from", DROPPED: "Dropped what was planned with"}
    return f"{words.get(happened.outcome, 'Done:')} {listed(names_of(items))}", items


def what_next(items: Sequence[OpenItem], happened: Happened, settings: Settings, today: date) -> str:
    """What the sentence about settled items ends in: when the rhythm comes round, once everything is written."""
    if not all(one.kind in IN_TOUCH for one in items):
        return ""
    words = comes_back if happened.outcome == Outcome.ATTEMPT else next_due
    return words([one.contact_id for one in items], settings, today)


def settle_planned(writer: Writer, interaction_id: int, result: str, happened: Happened, today: date) -> str:
    """Say what became of a planned interaction: reached, attempt, moved (to `happened.on`) or dropped."""
    found = interactions.interaction(interaction_id)
    if found is None or found.outcome is not Outcome.PLANNED:
        raise Refused(f"Nothing planned has the id i{interaction_id}", "See “planner agenda” for what is open")
    names = listed(name for _, name in found.contacts)
    changes: dict[str, Any] = {"note": happened.note} if happened.note else {}
    changes |= {"channel": happened.channel} if happened.channel else {}
    if result == DROPPED:
        interactions.delete_interaction(writer, interaction_id)
        return f"Dropped what was planned with {names}"
    if result == "moved":
        if happened.on is None:
            raise Refused("No day was given to move it to", "Say a day, such as fri")
        not_before(happened.on, today, "A plan for")
        interactions.update_interaction(writer, interaction_id, on=happened.on, **changes)
        return f"Moved {names} to {exact_date(happened.on)}"
    day = happened.on or min(found.on, today)
    not_after(day, today, "A contact")
    interactions.update_interaction(writer, interaction_id, on=day, outcome=result, **changes)
    return f"{'Reached' if result == Outcome.REACHED else 'No answer from'} {names}, {exact_date(day)}"


def append_note(writer: Writer, contact_id: int, text: str, today: date) -> None:
    """Add a dated line to a contact's notes."""
    before = contacts.read_contacts([contact_id])[contact_id].notes
    line = f"{today.isoformat()}: {text}"
    together = many_lines(f"{before}\n{line}" if before else line, "note")
    contacts.update_contact(writer, contact_id, {"notes": together}, today)


def _refuse_reached(items: Sequence[OpenItem], day: date, today: date) -> None:
    rhythms = {item.contact_id: item.contact_name for item in items if item.kind is ItemKind.CADENCE}
    facts = rhythm_facts.rhythm_facts(list(rhythms)) if rhythms else {}
    reached = [name for contact_id, name in rhythms.items() if day in facts[contact_id].reached]
    if reached:
        when = "today" if day == today else exact_date(day)
        raise Refused(f"You were in touch with {listed(reached)} {when} already", "“log” adds another time")


def _settle_one(writer: Writer, item: OpenItem, happened: Happened, settings: Settings, today: date) -> str:
    key, name, day = int(item.id[1:]), item.contact_name, happened.on or today
    if item.kind is ItemKind.PLANNED:
        return settle_planned(writer, key, happened.outcome, happened, today)
    attempt = happened.outcome == Outcome.ATTEMPT
    if attempt or item.kind is ItemKind.CADENCE or happened.note or happened.channel:
        interactions.insert_interaction(
            writer,
            [item.contact_id],
            on=day,
            channel=happened.channel,
            direction=happened.direction,
            outcome=happened.outcome,
            note=happened.note,
        )
    if attempt:
        return f"No answer from {name}"
    match item.kind:
        case ItemKind.CADENCE:
            return f"Caught up with {name}, {exact_date(day)}"
        case ItemKind.ANSWER:
            interactions.update_interaction(writer, key, answered_on=day)
            return f"Answered {name}"
        case ItemKind.DATE:
            open_items.keep_date(writer, key, item.due, today)
            return f"{item.text.split(':')[0].capitalize()} of {name}: done"
        case ItemKind.FOLLOWUP:
            interactions.insert_follow_up_done(writer, key, day, item.due)
            return f"Done: {item.text} ({name})"
        case ItemKind.INTRODUCTION:
            # Late, as for needs: most of what is settled every day is neither.
            from planner.desk.introductions import next_step

            return next_step(writer, item, day)
        case ItemKind.NEED:
            from planner.desk.needs import ask_again

            return ask_again(writer, item, day)
    return _settle_favor(writer, item, day, settings)


def _settle_favor(writer: Writer, item: OpenItem, day: date, settings: Settings) -> str:
    favor, name = interactions.favor(int(item.id[1:])), item.contact_name
    if favor is None:
        raise not_open(item.id)
    match item.kind:
        case ItemKind.ASK if len(favor.nudges) >= settings.nudges:
            after, said = favors.rest(favor, day), f"Left to rest: what you asked {name}"
        case ItemKind.ASK:
            after, said = favors.nudge(favor, day, settings), f"Nudged {name}"
        case ItemKind.THANKS:
            after, said = favors.thank(favor, day), f"Thanked {name}"
        case ItemKind.OUTCOME:
            after, said = favors.tell(favor, day), f"Told {name} the outcome"
        case _:
            after, said = favors.done(favor, day), f"Done for {name}: {item.text}"
    interactions.update_favor(writer, favor, after)
    return said
