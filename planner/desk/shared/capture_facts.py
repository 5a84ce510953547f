"""What a captured line says, written as facts and shown as chips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.capture.facts import (
    Ask,
    Cadence,
    Capture,
    Fact,
    FollowUp,
    Gave,
    Interaction,
    NextDate,
    Note,
    Promise,
    Received,
    Request,
)
from planner.core.model import Favor, FavorDirection, FavorState
from planner.desk.shared.checks import many_lines
from planner.desk.shared.contact_checks import cadence_text
from planner.desk.values import Chip
from planner.store.facts import contacts, interactions

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

KINDS: dict[type[Fact], str] = {
    Interaction: "interaction",
    Promise: "promise",
    Request: "request",
    Ask: "ask",
    Received: "received",
    Gave: "gave",
    FollowUp: "followup",
    NextDate: "next",
    Cadence: "cadence",
    Note: "note",
}


def write_facts(writer: Writer, contact_id: int, facts: Sequence[Fact], today: date) -> None:
    """Everything a line says but interactions and notes, for one contact."""
    for fact in facts:
        match fact:
            case FollowUp():
                interactions.insert_follow_up(writer, contact_id, fact.text, fact.on)
            case NextDate():
                interactions.insert_follow_up(writer, contact_id, fact.text, fact.on)
            case Cadence():
                text = cadence_text(fact.text, today)
                if contacts.read_contacts([contact_id])[contact_id].cadence != text:
                    changes = {"cadence": text, "cadence_since": today if text is not None else None}
                    contacts.update_contact(writer, contact_id, changes, today)
            case Promise() | Request() | Ask() | Received() | Gave():
                _favor_of(writer, contact_id, fact)


def _favor_of(writer: Writer, contact_id: int, fact: Promise | Request | Ask | Received | Gave) -> None:
    given, received = FavorDirection.GIVEN, FavorDirection.RECEIVED
    day = fact.on
    match fact:
        case Promise():
            new = Favor(0, contact_id, given, fact.kind, FavorState.PROMISED, asked_on=day, due_on=fact.due)
        case Request():
            new = Favor(0, contact_id, given, fact.kind, FavorState.ASKED, asked_on=day, due_on=fact.due)
        case Ask():
            state = FavorState.PROMISED if fact.promised else FavorState.ASKED
            new = Favor(0, contact_id, received, fact.kind, state, asked_on=day)
        case Received():
            new = Favor(0, contact_id, received, fact.kind, FavorState.DONE, done_on=day)
        case Gave():
            new = Favor(0, contact_id, given, fact.kind, FavorState.DONE, done_on=day)
    interactions.insert_favor(
        writer,
        contact=contact_id,
        direction=str(new.direction),
        kind=new.kind,
        state=str(new.state),
        note=many_lines(fact.note, "note"),
        asked_on=new.asked_on,
        due_on=new.due_on,
        done_on=new.done_on,
    )


def chips_of(line: Capture, shift: int) -> list[Chip]:
    """A chip for each part of a line, its place counted from `shift`."""
    return [
        Chip(
            KINDS[type(fact)],
            fact.problem or fact.chip,
            max(0, fact.start - shift),
            max(0, fact.end - shift),
            bool(fact.problem),
        )
        for fact in line.facts
    ]


def beside_contact(line: Capture) -> list[str]:
    """The chips of what a line says beside the contact itself and its notes."""
    return [fact.chip for fact in line.facts if not isinstance(fact, Interaction | Note)]
