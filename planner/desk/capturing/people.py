"""The people of a captured line: which contact a typed name means, and whom the line adds. Inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import IN_PERSON
from planner.core.words.folding import fold
from planner.desk.shared.checks import one_line, present_name
from planner.desk.shared.whom import find_contact
from planner.errors import Ambiguous, PlannerError, Refused
from planner.store.facts import acquaintances, contacts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def name_finder() -> Callable[[str], Sequence[str]]:
    """A function that gives the full names of the contacts that a typed name fits, whole or by whole words."""
    known: dict[str, Sequence[str]] = {}

    def find(name: str) -> Sequence[str]:
        if name not in known:
            known[name] = _names_for(name)
        return known[name]

    return find


def _names_for(name: str) -> Sequence[str]:
    if name.startswith("#") or "@" in name:
        try:
            return (present_name(find_contact(name)),)
        except PlannerError:
            return ()
    return [found for _, found in contacts.by_words_of_name(name)]


def may_be_added(name: str, problem: PlannerError) -> bool:
    """Whether an unknown name can be that of a new contact: a number or an address means an existing one."""
    return not isinstance(problem, Ambiguous) and "@" not in name and name[:1].isalpha()


def add_named(writer: Writer, name: str, today: date) -> int:
    """Add a contact with an unknown name; return its id."""
    typed = {"name": one_line(name, "name"), "source": IN_PERSON, "typed": "name"}
    return contacts.insert_contact(writer, typed, today)


def write_known(writer: Writer, contact_id: int, name: str, company: str, topic: str, today: date) -> int | None:
    """Store that a contact knows somebody; return the id of that person, None if only the name is known."""
    found = contacts.by_words_of_name(name)
    # A part of a word may mean somebody else, and several matches may mean any of them.
    other = found[0][0] if len(found) == 1 else None
    if other == contact_id:
        # A part of their own name: it means somebody else with the same part.
        if fold(name) == fold(present_name(contact_id)):
            raise Refused(f"Both are {name}", "Name somebody else")
        other = None
    shown = one_line(name, "name") if other is None else present_name(other)
    at, about = one_line(company, "company"), one_line(topic, "topic")
    acquaintances.insert_acquaintance(writer, contact_id, other, shown, "", at, about, today)
    return other


def write_met(writer: Writer, contact_id: int, name: str, company: str, today: date) -> None:
    """Store that a contact introduced me to somebody: they know each other, and a new one is known through them."""
    if write_known(writer, contact_id, name, company, "", today) is not None or contacts.by_words_of_name(name):
        return
    source = f"through {present_name(contact_id)}"
    values = {"name": one_line(name, "name"), "source": source, "mode": "occasion", "typed": "name"}
    if company:
        values["company"] = one_line(company, "company")
    met = contacts.insert_contact(writer, values, today)
    acquaintances.set_through(writer, met, contact_id)
    for key, _ in acquaintances.knowers_of(name):
        acquaintances.point_to(writer, key, met)
