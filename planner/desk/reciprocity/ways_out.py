"""The consequences of a way out: an introduction under way, or a need of theirs on my board. Inside a transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.dates.shown import exact_date
from planner.core.model import Favor, FavorDirection, Settings
from planner.desk.shared.checks import briefly, one_line, present_name
from planner.errors import Refused
from planner.store.facts import contacts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def declined_words(favor: Favor, given: bool, other: str) -> str:
    """The sentence about a declined favor; `other` names the person for an introduction."""
    name, words = favor.contact_name, briefly(favor.way_out_note)
    if favor.direction is FavorDirection.RECEIVED:
        return f"{name} declined; they could be asked again"
    if given:
        return f"You helped {name}: {words}"
    match favor.way_out:
        case "later" if favor.due_on is not None:
            return f"What {name} asked comes back on {exact_date(favor.due_on)}"
        case "introduce" if other:
            return f"{other} is asked first about meeting {name}"
        case "network":
            return f"On your board, for {name}: {words}"
        case "smaller" | "resource" | "advice" if favor.due_on is not None:
            return f"Promised {name} instead: {words}, due {exact_date(favor.due_on)}"
    return f"Offered {name} instead: {words}"


def introduce_instead(writer: Writer, favor: Favor, other: int | None, today: date, settings: Settings) -> str:
    """Start an introduction in which the asker counts as having said yes; return the name of the other one."""
    from planner.core import introductions as rules
    from planner.core.introductions import Answer
    from planner.desk.reciprocity.loops import step_introduction
    from planner.store.facts import introductions

    named = contacts.by_exact_name(favor.way_out_note)
    if other is None and len(named) == 1:
        other = named[0][0]
    if other is None:
        raise Refused(f"Nobody was named whom {favor.contact_name} could meet", "Name them: --to WHO")
    if other == favor.contact_id:
        raise Refused(f"{favor.contact_name} cannot be introduced to themselves", "Name somebody else")
    name = present_name(other)
    pair = {other, favor.contact_id}
    if any({one.one_id, one.other_id} == pair for one in introductions.introductions(with_contact=other)):
        return name
    key = introductions.insert_introduction(writer, other, favor.contact_id, favor.note or favor.kind, today)
    started = introductions.introduction(key)
    assert started is not None
    step_introduction(writer, None, started, today)
    # The one who asked for it need not be asked.
    agreed = rules.answer(started, favor.contact_id, Answer.YES, today, settings)
    introductions.update_introduction(writer, started, agreed)
    return name


def ask_my_network(writer: Writer, favor: Favor, today: date) -> None:
    """Make what they asked for a need of theirs on my board, and part of what they look for."""
    from planner.store.facts import needs

    title = one_line(favor.way_out_note.splitlines()[0][:200], "title", 200)
    needs.insert_need(writer, title, favor.note if favor.note != title else "", None, today, whose=favor.contact_id)
    before = contacts.read_contacts([favor.contact_id])[favor.contact_id].looking_for
    wanted = favor.note or favor.way_out_note
    if wanted.casefold() not in before.casefold():
        together = f"{before}; {wanted}" if before else wanted
        contacts.update_contact(writer, favor.contact_id, {"looking_for": one_line(together, "need")}, today)
