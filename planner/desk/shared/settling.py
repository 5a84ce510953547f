"""How each kind of open item is settled by done, the same for both front ends. Inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.shown import exact_date
from planner.core.model import ANSWERED, Direction, ItemKind, OpenItem, Outcome, Settings
from planner.core.records import record
from planner.desk.reciprocity.loops import favor_words, step_favor
from planner.desk.shared.checks import briefly, listed, many_lines, not_after, not_before
from planner.desk.shared.items import comes_back, items_with, names_of, next_due, next_round, not_open
from planner.errors import Refused
from planner.store.facts import contact_dates, contacts, follow_ups, interactions, rhythm_facts
from planner.store.facts import favors as ledger

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

DROPPED = "dropped"
IN_TOUCH = (ItemKind.CADENCE, ItemKind.PLANNED)
"""Items that contact settles."""


@record(frozen=True, slots=True)
class Settlement:
    """How to settle items; the values are checked.

    `outcome` is reached, attempt or dropped. Without `on` planned interactions happened on their day, everything else
    today.
    """

    outcome: str = Outcome.REACHED
    on: date | None = None
    channel: str = ""
    note: str = ""
    direction: str = Direction.ME


def settle(
    writer: Writer, item_ids: Sequence[str], settlement: Settlement, settings: Settings, today: date
) -> tuple[str, list[OpenItem]]:
    """Settle open items, each by the rule of its kind; return the sentence about it, and the items.

    A rhythm or a plan: reached. A message: answered. A date: kept. A follow-up: one round. A request or promise: done.
    An ask: nudged, or left to rest after the last nudge. Thanks: said. An outcome: told. A need: asked again. An
    introduction: its next step. An attempt is logged, and settles only plans. Refused for the rhythm of somebody who
    was reached on that day already.
    """
    items = items_with(item_ids, today, settings)
    asked = next((one for one in items if one.asks == ANSWERED), None)
    if asked is not None and settlement.outcome == Outcome.REACHED:
        raise Refused(
            f"{asked.contact_name} wrote on {exact_date(asked.due)}: was it the answer to “{briefly(asked.text)}”?",
            f"“planner done {asked.id} --outcome helped”, or passed (--to WHO), cannot, unrelated",
        )
    if settlement.outcome == DROPPED:
        others = [one for one in items if one.kind is not ItemKind.PLANNED]
        if others:
            raise Refused(f"Nothing is planned with {listed(names_of(others))}", "Only what was planned can be dropped")
    if settlement.outcome == Outcome.REACHED:
        _refuse_reached(items, settlement.on or today, today)
    said = [_settle_one(writer, item, settlement, settings, today) for item in items]
    if len(items) == 1:
        return said[0], items
    words = {Outcome.ATTEMPT: "No answer from", DROPPED: "Dropped what was planned with"}
    return f"{words.get(settlement.outcome, 'Done:')} {listed(names_of(items))}", items


def what_next(items: Sequence[OpenItem], settlement: Settlement, settings: Settings, today: date) -> str:
    """The end of the sentence about settled items, after everything is written: when the rhythm is due next."""
    if not all(one.kind in IN_TOUCH for one in items):
        return ""
    words = comes_back if settlement.outcome == Outcome.ATTEMPT else next_due
    return words([one.contact_id for one in items], settings, today)


def settle_planned(writer: Writer, interaction_id: int, result: str, settlement: Settlement, today: date) -> str:
    """Set the outcome of a planned interaction: reached, attempt, moved (to `settlement.on`) or dropped."""
    found = interactions.interaction(interaction_id)
    if found is None or found.outcome is not Outcome.PLANNED:
        raise Refused(f"Nothing planned has the id i{interaction_id}", "See “planner agenda” for what is open")
    names = listed(name for _, name in found.contacts)
    changes: dict[str, Any] = {"note": settlement.note} if settlement.note else {}
    changes |= {"channel": settlement.channel} if settlement.channel else {}
    if result == DROPPED:
        interactions.delete_interaction(writer, interaction_id)
        return f"Dropped what was planned with {names}"
    if result == "moved":
        if settlement.on is None:
            raise Refused("No day was given to move it to", "Say a day, such as fri")
        not_before(settlement.on, today, "A plan for")
        interactions.update_interaction(writer, interaction_id, on=settlement.on, **changes)
        return f"Moved {names} to {exact_date(settlement.on)}"
    day = settlement.on or min(found.on, today)
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


def _settle_one(writer: Writer, item: OpenItem, settlement: Settlement, settings: Settings, today: date) -> str:
    # The item of a need may name a person after its number: n1c5.
    key = int(item.id[1:].partition("c")[0])
    name, day = item.contact_name, settlement.on or today
    if item.kind is ItemKind.PLANNED:
        return settle_planned(writer, key, settlement.outcome, settlement, today)
    attempt = settlement.outcome == Outcome.ATTEMPT
    if attempt or item.kind is ItemKind.CADENCE or settlement.note or settlement.channel:
        interactions.insert_interaction(
            writer,
            [item.contact_id],
            on=day,
            channel=settlement.channel,
            direction=settlement.direction,
            outcome=settlement.outcome,
            note=settlement.note,
        )
    if attempt:
        return f"No answer from {name}"
    # The note given with it is the contact: the step of the loop is not stored a second time.
    met = {day} if settlement.note or settlement.channel else frozenset[date]()
    match item.kind:
        case ItemKind.CADENCE:
            return f"Caught up with {name}, {exact_date(day)}"
        case ItemKind.ANSWER:
            interactions.update_interaction(writer, key, answered_on=day)
            return f"Answered {name}"
        case ItemKind.DATE:
            contact_dates.keep_date(writer, key, item.due, today)
            return f"{item.text.split(':')[0].capitalize()} of {name}: done"
        case ItemKind.FOLLOWUP:
            follow_ups.insert_follow_up_done(writer, key, day, item.due)
            return f"Done: {item.text} ({name}){next_round(key)}"
        case ItemKind.INTRODUCTION:
            # Late, as for needs: few of the items settled every day are introductions.
            from planner.desk.reciprocity.introductions import next_step

            return next_step(writer, item, day, settings, met)
        case ItemKind.NEED:
            from planner.desk.reciprocity.need_steps import settle_need

            return settle_need(writer, item, day, met)
    return _settle_favor(writer, item, day, settings, met)


def _settle_favor(writer: Writer, item: OpenItem, day: date, settings: Settings, met: Collection[date]) -> str:
    favor = ledger.favor(int(item.id[1:]))
    if favor is None:
        raise not_open(item.id)
    match item.kind:
        case ItemKind.ASK if len(favor.nudges) >= settings.nudges:
            after, verb = favors.rest(favor, day), "rest"
        case ItemKind.ASK:
            after, verb = favors.nudge(favor, day, settings), "nudge"
        case ItemKind.THANKS:
            after, verb = favors.thank(favor, day), "thank"
        case ItemKind.OUTCOME:
            after, verb = favors.tell(favor, day), "told"
        case ItemKind.LOAN:
            after, verb = favors.home(favor, day), "home"
        case _:
            after, verb = favors.done(favor, day, settings), "done"
    step_favor(writer, favor, after, day, met)
    return favor_words(verb, [favor])
