"""Writes the parts of a captured line as facts, and shows them as chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.capture.facts import (
    Capture,
    CapturedAddress,
    CapturedAsk,
    CapturedCadence,
    CapturedFact,
    CapturedField,
    CapturedFollowUp,
    CapturedGave,
    CapturedGiftIdea,
    CapturedHome,
    CapturedInteraction,
    CapturedKnows,
    CapturedNews,
    CapturedNextDate,
    CapturedNote,
    CapturedPromise,
    CapturedReceived,
    CapturedRequest,
    CapturedThanks,
    CapturedThrough,
    CapturedTold,
    CapturedYearlyDay,
)
from planner.core.model import Cell, Outcome
from planner.desk.capturing.loops import write_closing, write_favor, write_gift_idea, write_home
from planner.desk.capturing.news import write_news
from planner.desk.capturing.people import write_known, write_met
from planner.desk.shared.cadences import put_cadence
from planner.desk.shared.checks import many_lines, one_line
from planner.desk.shared.contact_checks import cadence_text, checked_address
from planner.desk.shared.context import Context
from planner.desk.shared.settling import append_note
from planner.desk.shared.through import through_whom
from planner.desk.values import Chip
from planner.store.facts import acquaintances, contact_dates, contacts, follow_ups, interactions

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

KINDS: dict[type[CapturedFact], str] = {
    CapturedInteraction: "interaction",
    CapturedPromise: "promise",
    CapturedRequest: "request",
    CapturedAsk: "ask",
    CapturedReceived: "received",
    CapturedGave: "gave",
    CapturedGiftIdea: "gift",
    CapturedHome: "home",
    CapturedThanks: "thanks",
    CapturedTold: "outcome",
    CapturedFollowUp: "followup",
    CapturedNextDate: "next",
    CapturedCadence: "cadence",
    CapturedYearlyDay: "date",
    CapturedKnows: "knows",
    CapturedThrough: "through",
    CapturedNews: "need",
    CapturedNote: "note",
}


def kind_of(fact: CapturedFact) -> str:
    """The word for a part of a line; a field and an address have words of their own."""
    match fact:
        case CapturedField():
            return fact.field
        case CapturedAddress():
            return fact.kind
    return KINDS[type(fact)]


def write_line(
    writer: Writer,
    context: Context,
    contact_ids: Sequence[int],
    line: Capture,
    told: Sequence[CapturedInteraction],
    loose_notes: Sequence[str],
) -> None:
    """Write the facts of a line about contacts, given in the order of its names.

    Each interaction of `told` is written once, with all its people; every other fact for each person.
    """
    for fact in told:
        interactions.insert_interaction(
            writer,
            _about(fact, contact_ids),
            on=fact.on,
            channel=fact.channel,
            direction=fact.direction,
            outcome=fact.outcome,
            note=many_lines(fact.note, "note"),
        )
    for contact_id in dict.fromkeys(contact_ids):
        for note in loose_notes:
            append_note(writer, contact_id, note, context.today)
        _write_facts(writer, context, contact_id, [one for one in line.facts if contact_id in _about(one, contact_ids)])


def _about(fact: CapturedFact, contact_ids: Sequence[int]) -> list[int]:
    """The contacts a part is about, each once."""
    return list(dict.fromkeys([contact_ids[place] for place in fact.who] or contact_ids))


def _write_facts(writer: Writer, context: Context, contact_id: int, facts: Sequence[CapturedFact]) -> None:
    today = context.today
    met = {fact.on for fact in facts if isinstance(fact, CapturedInteraction) and fact.outcome is Outcome.REACHED}
    for fact in facts:
        match fact:
            case CapturedFollowUp() | CapturedNextDate():
                follow_ups.insert_follow_up(writer, contact_id, one_line(fact.text, "text"), fact.on)
            case CapturedCadence():
                put_cadence(writer, contact_id, cadence_text(fact.text, today), None, today, alone=True)
            case CapturedYearlyDay():
                contact_dates.set_date(writer, contact_id, fact.kind, (fact.year, fact.month, fact.day))
            case CapturedKnows():
                for name in fact.names:
                    write_known(writer, contact_id, name, fact.company, fact.topic, today)
            case CapturedThrough():
                acquaintances.set_through(writer, contact_id, through_whom(fact.name, contact_id))
            case CapturedAddress():
                _add_address(writer, context, contact_id, fact.kind, fact.value)
            case CapturedField():
                _fill(writer, contact_id, fact, today)
            case CapturedHome():
                write_home(writer, contact_id, fact, met)
            case CapturedThanks() | CapturedTold():
                write_closing(writer, contact_id, fact, met)
            case CapturedNews():
                write_news(writer, context, contact_id, fact)
            case CapturedGiftIdea():
                write_gift_idea(writer, contact_id, fact, today)
            case CapturedPromise() | CapturedRequest() | CapturedAsk() | CapturedReceived() | CapturedGave():
                write_favor(writer, contact_id, fact, context.settings, today, met)
                if isinstance(fact, CapturedReceived):
                    for name in fact.met:
                        write_met(writer, contact_id, name, fact.met_at, today)


def _add_address(writer: Writer, context: Context, contact_id: int, kind: str, value: str) -> None:
    """Add a phone number or an e-mail address to a contact; one that the contact has already stays as it is."""
    text = checked_address(kind, value)
    key = context.address_form(kind, text)
    contact = contacts.read_contacts([contact_id])[contact_id]
    cells = contact.phones if kind == "phone" else contact.emails
    present = [(cell, context.address_form(kind, cell.value)) for cell in cells]
    if key not in [one for _, one in present]:
        contacts.set_addresses(writer, contact_id, kind, [*present, (Cell(text), key)])


def _fill(writer: Writer, contact_id: int, fact: CapturedField, today: date) -> None:
    """Fill a field: a wish or an offer is appended, a new job or town replaces the old one."""
    before = contacts.read_contacts([contact_id])[contact_id]
    text = one_line(fact.text, fact.field.replace("_", " "))
    held: str = getattr(before, fact.field)
    if fact.field in ("looking_for", "offers"):
        known = [one.strip().casefold() for one in held.split(";")]
        added = held if text.casefold() in known else "; ".join(one for one in (held, text) if one)
        _change(writer, contact_id, {fact.field: one_line(added, fact.field.replace("_", " "))}, before, today)
        return
    changes: dict[str, Any] = {fact.field: text}
    moved = held.casefold() != text.casefold()
    left = [held] if moved and held else []
    if fact.field == "company" and (fact.title or moved):
        # The title at the previous company does not apply at the new one.
        changes["title"] = one_line(fact.title, "title")
        left = [before.title, *left] if before.title.casefold() != fact.title.casefold() and before.title else left
    _change(writer, contact_id, changes, before, today)
    if left or (fact.on != today and moved):
        said = fact.chip.partition(" · ")[0] + (f", before: {', '.join(left)}" if left else "")
        append_note(writer, contact_id, said, fact.on)


def _change(writer: Writer, contact_id: int, values: Mapping[str, Any], before: Any, today: date) -> None:
    """Change columns of a contact, and protect them from imports from now on."""
    changes = {key: value for key, value in values.items() if getattr(before, key) != value}
    if changes:
        typed = contacts.typed_fields(contact_id) | set(changes)
        contacts.update_contact(writer, contact_id, {**changes, "typed": " ".join(sorted(typed))}, today)


def chips_of(line: Capture) -> list[Chip]:
    """A chip for each part of a line, with the names of its people unless it is about everyone."""
    return [
        Chip(
            kind_of(fact),
            fact.problem or said_of(line, fact),
            fact.start,
            fact.end,
            bool(fact.problem),
            said_of(line, fact.other) if fact.other is not None else "",
            bool(fact.turned) or fact.other is not None,
        )
        for fact in line.facts
    ]


def said_of(line: Capture, fact: CapturedFact) -> str:
    """A part of a line in words, with the names of its people unless it is about everyone."""
    if not fact.who or set(fact.who) == set(range(len(line.who))):
        return fact.chip
    return f"{' and '.join(line.who[place] for place in fact.who)}: {fact.chip}"


def beside_contact(line: Capture) -> list[str]:
    """The chips of the parts of a line that are neither interactions nor notes."""
    return [said_of(line, fact) for fact in line.facts if not isinstance(fact, CapturedInteraction | CapturedNote)]
