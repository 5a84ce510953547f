"""What a verb is on the screen: whom it needs, why it may refuse, what it asks, and what the desk then does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Protocol

from planner.core.model import ItemKind, OpenItem
from planner.core.records import record
from planner.ui.port import PlacePort
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk, Done

Work = Callable[["Desk"], "Done"]
"""What the desk does for a verb; it runs on the thread of the database."""


@record(frozen=True, slots=True)
class Target:
    """A person a verb is about, and the open item under the cursor where there is one."""

    contact_id: int
    name: str
    item: OpenItem | None = None
    planned: date | None = None
    """The day of the week plan the item stands on."""
    settled: bool = False
    """Whether the item is done already."""
    paused: bool = False
    archived: bool = False
    mode: str = ""
    cadence: str = ""

    @property
    def item_id(self) -> str:
        """The id the desk knows the item by; a person alone stands for their rhythm."""
        return self.item.id if self.item is not None else f"c{self.contact_id}"

    @property
    def kind(self) -> ItemKind:
        """The kind of the item; a person alone stands for their rhythm."""
        return self.item.kind if self.item is not None else ItemKind.CADENCE


Targets = Sequence[Target]


class VerbPlace(PlacePort, Protocol):
    """What a verb may ask of the place where it is given."""

    def targets(self, verb: str) -> Targets:
        """Whom this verb is about: the marked ones in their order, or the one under the cursor."""

    def nobody(self) -> str:
        """Why there is no target, in a sentence that says what to press."""

    def settled(self, verb: str, targets: Targets) -> None:
        """The verb is stored: take the marks away, go on to whoever is next."""


class Verb:
    """One verb: a question if need be, then one call of the desk, which says what was done."""

    id: str = ""
    many: ClassVar[bool] = True
    """Whether it acts on several at once."""

    def refusal(self, place: VerbPlace) -> str:
        """Why it cannot act on what is under the cursor, in a sentence; empty when it can."""
        targets = place.targets(self.id)
        if not targets:
            return place.nobody()
        if not self.many and len(targets) > 1:
            return f"{len(targets)} are marked, and this is for one at a time; esc takes the marks away"
        if all(target.settled for target in targets):
            return place.with_keys("That is done already; {undo} takes the last change back")
        return place.with_keys(self.refuses(open_ones(targets)))

    def refuses(self, targets: Targets) -> str:
        """Why it cannot act on these, with the keys of other verbs as {done}."""
        return ""

    def run(self, place: VerbPlace) -> None:
        """Ask what the verb wants to know, then do it."""
        targets = open_ones(place.targets(self.id))
        question = self.question(place, targets)

        async def submit(text: str) -> None:
            await place.do(self.work(place, targets, text))
            place.settled(self.id, targets)

        if question is None:
            place.in_turn(submit(""))
        else:
            place.ask(question, submit)

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        """What is asked first; None for nothing."""
        return None

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        """What the desk does; raises Refused for an answer that cannot be."""
        raise NotImplementedError


def open_ones(targets: Targets) -> Targets:
    """The targets whose item is not done already."""
    return [target for target in targets if not target.settled]


def names(targets: Targets) -> str:
    """ "Ana Silva" or "3 people"."""
    people = {target.contact_id: target.name for target in targets}
    return next(iter(people.values())) if len(people) == 1 else f"{len(people):,} people"


def item_ids(targets: Targets) -> list[str]:
    """The ids of the items, each once, in order."""
    return list(dict.fromkeys(target.item_id for target in targets))


def contact_ids(targets: Targets) -> list[int]:
    """The ids of the people, each once, in order."""
    return list(dict.fromkeys(target.contact_id for target in targets))
