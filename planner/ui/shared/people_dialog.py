"""Who is meant, while a name is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.records import record
from planner.core.words.folding import fold
from planner.errors import Refused
from planner.ui.text import content

if TYPE_CHECKING:
    from planner.desk import Desk

SHOWN = 5


@record(frozen=True, slots=True)
class NamedContact:
    """A contact by id and name."""

    id: int
    name: str


def people_for(desk: Desk, text: str) -> tuple[NamedContact, ...]:
    """Whom a typed part of a name may mean, the likeliest first; "#7" and an e-mail mean one person."""
    typed = text.strip()
    if not typed:
        return ()
    if typed.startswith("#") or "@" in typed:
        try:
            key = desk.people.find(typed)
        except Refused:
            return ()
        return (NamedContact(key, desk.reading.card(key, history=1).contact.name),)
    people = [NamedContact(key, name) for key, name in desk.people.complete(typed, limit=SHOWN)]
    # A name typed in full is meant before longer ones that begin with it.
    people.sort(key=lambda person: fold(person.name) != fold(typed))
    return tuple(people)


def people_echo(people: tuple[NamedContact, ...]) -> Content:
    """The people in a line, the one that enter takes in bold; those of one name with their number."""
    if not people:
        return content("nobody of that name; part of a name is enough", "$due")
    names = [person.name for person in people]
    parts: list[Content] = []
    for place, person in enumerate(people):
        same = names.count(person.name) > 1
        shown = f"{person.name} #{person.id}" if same else person.name
        parts.append(content(shown if place == 0 else f"   {shown}", "bold $name" if place == 0 else "$dim"))
    return Content.assemble(*parts)
