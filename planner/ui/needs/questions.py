"""The questions about a need: to whom it was passed on, what was asked, how it went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.needs import NEW, Need
from planner.desk.shared.checks import listed
from planner.errors import Refused
from planner.ui.shared.people_dialog import NamedContact, people_echo, people_for
from planner.ui.text import content
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.ui.port import PlacePort


def close_question(need: Need, helped: Sequence[str]) -> Question:
    """The question for the outcome of a need being closed; `helped` are the names of those who will be told."""
    told = f"; {listed(helped)} helped and will be told" if helped else ""
    return Question("How did it go", f"a line, or enter alone closes “{need.title}”{told}", may_be_empty=True)


def pass_question(place: PlacePort, name: str, contact_id: int) -> tuple[Question, Callable[[str], Awaitable[str]]]:
    """(the question to whom a person passed a need on, a function that turns an answer into "#ID" or "NAME+").

    The function raises Refused for a text that names nobody. It never finds the person itself.
    """

    async def found(text: str) -> tuple[NamedContact, ...]:
        if text.rstrip().endswith(NEW):
            return ()
        people = await place.fetch(lambda desk: people_for(desk, text))
        return tuple(person for person in people if person.id != contact_id)

    async def check(text: str) -> Content:
        people = await found(text)
        if people:
            return Content.assemble(people_echo(people), content(f"   {NEW} after the name: somebody new", "$dim"))
        typed = text.strip().rstrip(NEW).strip()
        return content(f"{typed} is new: they become a contact, for you to write to", "$done")

    async def whom(text: str) -> str:
        people = await found(text)
        if people:
            return f"#{people[0].id}"
        typed = text.strip().rstrip(NEW).strip()
        if not typed or typed.startswith("#") or "@" in typed:
            raise Refused(f"Nobody is found for “{typed[:40]}”", "Give a name")
        return f"{typed}{NEW}"

    hint = f"a part of a name, or somebody new; {name} will be shown to know them"
    return Question(f"{name} passed it on to", hint, check=check), whom
