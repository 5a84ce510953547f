"""The contacts that a name may mean while it is typed."""

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
    """A contact by id and name. `apart` tells contacts with one name apart, such as a company; "" if nothing does."""

    id: int
    name: str
    apart: str = ""

    @property
    def told(self) -> str:
        """The name, and after a comma what tells the contact apart."""
        return f"{self.name}, {self.apart}" if self.apart else self.name


def people_for(desk: Desk, text: str) -> tuple[NamedContact, ...]:
    """The contacts that a part of a name may mean, the likeliest first. "#7" and an e-mail address mean one contact."""
    typed = text.strip()
    if not typed:
        return ()
    if typed.startswith("#") or "@" in typed:
        try:
            key = desk.people.find(typed)
        except Refused:
            return ()
        return (NamedContact(key, desk.reading.card(key, history=1).contact.name),)
    found = desk.people.complete(typed, limit=SHOWN)
    apart = desk.people.told_apart(found)
    people = [NamedContact(key, name, apart.get(key, "")) for key, name in found]
    # A name typed in full is meant before longer ones that begin with it.
    people.sort(key=lambda person: fold(person.name) != fold(typed))
    return tuple(people)


def people_echo(people: tuple[NamedContact, ...]) -> Content:
    """The contacts on one line; the first, which enter takes, is bold. Namesakes also show their numbers."""
    if not people:
        return content("nobody of that name; part of a name is enough", "$due")
    names = [person.name for person in people]
    parts: list[Content] = []
    for place, person in enumerate(people):
        same = names.count(person.name) > 1
        shown = f"{person.told} #{person.id}" if same else person.told
        parts.append(content(shown if place == 0 else f"   {shown}", "bold $name" if place == 0 else "$dim"))
    return Content.assemble(*parts)
