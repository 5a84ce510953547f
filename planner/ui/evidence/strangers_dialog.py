"""The dialog of people I write with who are not contacts: one key adds a person, another refuses them for good."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on, work
from textual.binding import Binding, BindingType

from planner.core.dates.shown import exact_date, short_date
from planner.core.evidence.seen import Handle, HandleKind
from planner.core.evidence.strangers import Stranger
from planner.core.records import record
from planner.core.words.counts import counted, people_word
from planner.errors import PlannerError, Refused
from planner.ui.messages import Progressed
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import paragraph
from planner.ui.shared.walked_dialog import WalkedDialog
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.prompt import Question
from planner.ui.widgets.rows import Column, fit, lay

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.desk import Desk, Done
    from planner.ui.messages import Progressed
from planner.ui.port import PlacePort

COLUMNS = (Column(10, most=48, share=3), Column(10, most=40, rank=1, share=2), Column(8, rank=2), Column(9))
NOBODY = "Nobody else wrote to you and heard from you, on two days or more."


@record(frozen=True, slots=True)
class ChosenStranger:
    """The action: "add" or "never" for a stranger; without a stranger the last answer is taken back."""

    does: str
    one: Stranger | None = None


class StrangersDialog(AsksPlanner, WalkedDialog[ChosenStranger]):
    """Returns the choice; None if the dialog was left. Without `people` it reads them first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose('add')", "Add them", show=False),
        Binding("x", "choose('never')", "Never propose them", show=False),
        Binding("u", "undo", "Take back the last answer", show=False),
    ]

    def __init__(
        self,
        people: tuple[Stranger, ...] | None,
        today: date,
        index: int = 0,
        said: str = "",
        *,
        answered: bool = False,
    ) -> None:
        """`said` is the result of the last answer; `answered` says whether there is one to take back."""
        super().__init__()
        self.people = people
        self.today = today
        self.said = said
        self.answered = answered
        self.index = max(0, min(index, self.count - 1))
        self._read_of = ""

    def on_mount(self) -> None:
        """Read the people if they are not known yet."""
        if self.people is None:
            self._read()

    @work(exclusive=True, group="strangers")
    async def _read(self) -> None:
        def told(done: int, total: int) -> None:
            # Called on the thread of the reading, which may only send a message.
            self.post_message(Progressed(done, total))

        try:
            self.people = await self.planner.outside.evidence.read_strangers(told, lambda: self.is_gone)
        except PlannerError as problem:
            self.planner.say(str(problem), tone="due")
            self.dismiss(None)
            return
        self.draw()

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if event.total:
            self._read_of = f": {min(99, 100 * event.done // event.total)} %"
            self.draw()

    @property
    def count(self) -> int:
        return len(self.people or ())

    def heading(self) -> str:
        if self.people is None:
            return "Who else do you write with?"
        return f"You write with {people_word(self.count)} who {'is' if self.count == 1 else 'are'} not here"

    def keys(self) -> str:
        keys = ["enter adds, after the name", "x never"] if self.count else []
        keys += ["u takes back"] if self.answered else []
        return "   ".join([*keys, "esc leaves"])

    def lines(self, width: int, colors: Palette) -> list[Line]:
        above = paragraph(self.said, width, colors, "done", 2) if self.said else []
        if self.people is None:
            return [*above, *paragraph(f"Reading all that is watched{self._read_of}", width, colors, "dim")]
        if not self.people:
            return [*above, *paragraph(NOBODY, width, colors, "dim")]
        return [*above, *super().lines(width, colors)]

    def entry(self, place: int, width: int, colors: Palette) -> Line:
        one = (self.people or ())[place]
        name, value = one.handle.name, one.handle.value
        cells = (
            (plain(name or value), colors.name),
            (plain(value) if name else "", colors.dim),
            (counted(one.theirs + one.mine, "day"), colors.dim),
            (short_date(one.last, self.today), colors.dim),
        )
        return lay(cells, COLUMNS, fit(COLUMNS, width))

    def details(self, width: int, colors: Palette) -> list[Segment]:
        one = (self.people or ())[self.index]
        words = (
            f"They wrote or called on {counted(one.theirs, 'day')}, you on {counted(one.mine, 'day')}, "
            f"last {exact_date(one.last)}"
        )
        return [Segment(part, colors.dim) for part in wrapped(words, width, 3)]

    def action_step(self, by: int) -> None:
        """Move the mark; there is none while nobody is listed."""
        if self.people:
            super().action_step(by)

    def action_choose(self, does: str) -> None:
        """Return the marked stranger."""
        if self.people:
            self.dismiss(ChosenStranger(does, self.people[self.index]))

    def action_undo(self) -> None:
        """Take back the last answer."""
        if self.answered:
            self.dismiss(ChosenStranger("undo"))


class MeetingStrangers:
    """Goes through the strangers one by one, from a place: `came` is called with the id of each added contact."""

    def __init__(self, place: PlacePort, came: Callable[[int], None] = lambda contact_id: None) -> None:
        self._place = place
        self._came = came
        self._index = 0
        self._said = ""
        self._steps: list[int] = []
        """The steps of the history made here that are not undone."""

    async def go(self) -> None:
        """Show the dialog until it is left, then read the sources for the people who were added."""
        place = self._place
        while True:
            people = await self._known()
            dialog = StrangersDialog(people, place.planner.today, self._index, self._said, answered=bool(self._steps))
            chosen = await place.answer_of(dialog)
            self._index = dialog.index
            if chosen is None:
                if self._steps:
                    place.planner.outside.read_evidence()
                return
            if chosen.one is None:
                self._said = (await place.do(partial(_undo, self._steps.pop()))).said
            elif chosen.does == "add":
                self._ask_name(chosen.one)
                return
            else:
                self._keep(await place.do(partial(_never, chosen.one)))

    async def _known(self) -> tuple[Stranger, ...] | None:
        """The strangers without an answer since they were read; None if they were not read in this session."""
        known = self._place.planner.outside.evidence.strangers
        return await self._place.fetch(lambda desk: desk.strangers.still(known)) if known is not None else None

    def _keep(self, done: Done) -> None:
        self._said = done.said
        if done.step is not None:
            self._steps.append(done.step)

    def _ask_name(self, one: Stranger) -> None:
        place = self._place

        async def submit(name: str) -> None:
            done = await place.do(lambda desk: desk.strangers.add(one.handle, name))
            self._keep(done)
            self._came(int(done.ids[0]))
            place.in_turn(self.go)

        shown = one.handle.value if one.handle.kind is not HandleKind.NAME else "a chat"
        hint = f"{plain(shown)}: the name to add them under; enter adds, esc leaves"
        place.ask(Question("Add", hint, plain(suggested_name(one.handle))), submit)


def suggested_name(handle: Handle) -> str:
    """A name for a stranger: as written beside the handle, else from an address with two words or more."""
    if handle.name or handle.kind is HandleKind.NAME:
        return handle.name or handle.value
    words = handle.value.partition("@")[0].replace("_", ".").split(".") if handle.kind is HandleKind.EMAIL else []
    return " ".join(word.capitalize() for word in words) if len(words) > 1 and all(map(str.isalpha, words)) else ""


def _never(one: Stranger, desk: Desk) -> Done:
    return desk.strangers.refuse(one.handle)


def _undo(step: int, desk: Desk) -> Done:
    last = desk.keeping.last_step()
    if last is None or last.id != step:
        raise Refused("Something else was done since", "Look at it first, then take it back where it was done")
    return desk.keeping.undo()
