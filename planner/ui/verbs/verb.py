"""A verb on the screen: its targets, why it may refuse, its question, and its desk call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from planner.core.model import ItemKind, OpenItem
from planner.core.records import record
from planner.ui.port import PlacePort
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk, Done

Work = Callable[["Desk"], "Done"]
"""The desk call of a verb; it runs on the thread of the database."""


@record(frozen=True, slots=True)
class Target:
    """A person a verb acts on, with one item about them; `item` is None if only the person is meant."""

    contact_id: int
    name: str
    item: OpenItem | None = None
    planned: date | None = None
    """The day of the item in the week plan."""
    settled: bool = False
    """Whether the item is done already."""
    paused: bool = False
    archived: bool = False
    mode: str = ""
    cadence: str = ""

    @property
    def item_id(self) -> str:
        """The id of the item for the desk; without an item, the id of the person's keep-in-touch item."""
        return self.item.id if self.item is not None else f"c{self.contact_id}"

    @property
    def kind(self) -> ItemKind:
        """The kind of the item; without an item, keep-in-touch."""
        return self.item.kind if self.item is not None else ItemKind.CADENCE


Targets = Sequence[Target]


class VerbPlace(PlacePort, Protocol):
    """What a verb may ask of the place where its key was pressed."""

    def targets(self, verb: str) -> Targets:
        """The targets of a verb: the marked entries in order, or the entry under the cursor."""

    def nobody(self) -> str:
        """The sentence for a verb without a target: why there is none, and which key helps."""

    def settled(self, verb: str, targets: Targets) -> None:
        """Remove the marks and move the cursor on, after a verb was stored."""


class ScreenVerb:
    """One verb: perhaps a question, then one desk call, whose result says what was done."""

    id: str = ""
    many: ClassVar[bool] = True
    """Whether the verb acts on several targets at once."""
    cursor_stays: ClassVar[bool] = False
    """Whether the cursor stays after the verb, because it adds to the entry or is pressed repeatedly."""
    for_all_found: ClassVar[bool] = False
    """Whether the verb can act on all contacts that the filter finds; the user is then asked whom they mean."""

    def refusal(self, place: VerbPlace) -> str:
        """Why the verb cannot act on its targets here, as a sentence; "" if it can."""
        targets = place.targets(self.id)
        if not targets:
            return place.nobody()
        if too_many := self.too_many(targets):
            return too_many
        if all(target.settled for target in targets):
            return place.with_keys("That is done already; {undo} takes the last change back")
        return place.with_keys(self.refuses(open_ones(targets)))

    def too_many(self, targets: Targets) -> str:
        """The refusal of several targets by a verb for one; "" if the verb can act on them."""
        if self.many or len(targets) == 1:
            return ""
        return f"{len(targets)} are marked, and this is for one at a time; esc takes the marks away"

    def refuses(self, targets: Targets) -> str:
        """Why the verb cannot act on these targets, "" if it can; `{done}` stands for the key of that verb."""
        return ""

    def run(self, place: VerbPlace) -> None:
        """Ask the verb's question, if it has one, then do the verb."""
        targets = self.meant(place.targets(self.id))
        question = self.question(place, targets)

        async def submit(text: str) -> None:
            await place.do(self.work(place, targets, text))
            place.settled(self.id, targets)

        if question is None:
            place.in_turn(partial(submit, ""))
        else:
            place.ask(question, submit)

    def meant(self, targets: Targets) -> Targets:
        """The targets the verb acts on: those whose item is not done already."""
        return open_ones(targets)

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        """The question before the verb acts; None for a verb without one."""
        return None

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        """The desk call for an answer; raises Refused for an answer that cannot be read."""
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
