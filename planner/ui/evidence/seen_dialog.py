"""The dialog of what was seen: a line for each person, then a line for each name without a known owner."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from planner.core.dates.shown import exact_date, short_date
from planner.core.evidence.owners import ME
from planner.core.evidence.words import since_words, what_happened
from planner.core.model import Outcome
from planner.core.records import record
from planner.core.words.counts import counted, people_word
from planner.desk.evidence.values import SeenLine, SeenNews
from planner.errors import Refused
from planner.ui.glyphs import glyphs
from planner.ui.shared.card import Line
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.people_dialog import people_echo, people_for
from planner.ui.shared.walked_dialog import WalkedDialog
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.prompt import Question
from planner.ui.widgets.rows import Column, fit, lay

if TYPE_CHECKING:
    from textual.content import Content

    from planner.desk import Desk, Done
    from planner.ui.port import PlacePort

COLUMNS = (
    Column(1),
    Column(10, most=30, share=2),
    Column(10, most=26, share=2),
    Column(10, rank=1, share=2),
    Column(9),
)


@record(frozen=True, slots=True)
class ChosenSeen:
    """A place in the list, and the action: "open" the person, "not" this interaction, or "never" from that source."""

    place: int
    does: str


class SeenDialog(WalkedDialog[ChosenSeen]):
    """Returns the choice; None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose('open')", "Open the person", show=False),
        Binding("x", "choose('not')", "Not this", show=False),
        Binding("X", "choose('never')", "Never from this source", show=False),
    ]

    def __init__(self, news: SeenNews, today: date, index: int = 0) -> None:
        super().__init__()
        self.today = today
        self.news = news
        self.index = max(0, min(index, self.count - 1))

    @property
    def line(self) -> SeenLine | None:
        """The marked line; None on a name that asks for its owner."""
        return self.news.lines[self.index] if self.index < len(self.news.lines) else None

    def heading(self) -> str:
        news, today = self.news, self.today
        parts = [people_word(len(news.lines))] if news.lines else []
        parts += [f"{counted(len(news.asked), 'name')} to say"] if news.asked else []
        words = f"Seen {since_words(news.since, today)}" if news.lines else "Whose are they?"
        return f"{words}: {', '.join(parts)}"

    def keys(self) -> str:
        if self.line is None:
            return "enter says whose it is   esc leaves"
        return "enter opens   x not this   X never from there   esc leaves"

    @property
    def count(self) -> int:
        return len(self.news.lines) + len(self.news.asked)

    def entry(self, place: int, width: int, colors: Palette) -> Line:
        return lay(self._cells(place, colors), COLUMNS, fit(COLUMNS, width))

    def details(self, width: int, colors: Palette) -> list[Segment]:
        return [Segment(part, colors.dim) for part in wrapped(self._words(self.index), width, 3)]

    def _cells(self, place: int, colors: Palette) -> tuple[tuple[str, Style], ...]:
        lines = self.news.lines
        if place >= len(lines):
            asked = self.news.asked[place - len(lines)]
            return (
                ("?", colors.due), (f"“{plain(asked.name)}”", colors.name), ("whose is it?", colors.due),
                (counted(asked.times, "day"), colors.dim), ("", colors.dim),
            )  # fmt: skip
        one, marks = lines[place], glyphs(getattr(self.app, "ascii_marks", False))
        mark, style = {
            Outcome.REACHED: (marks.done, colors.done),
            Outcome.PLANNED: (marks.planned, colors.accent),
        }.get(one.outcome, (marks.dot, colors.dim))
        return (
            (marks.soon if one.waits else mark, colors.due if one.waits else style),
            (plain(one.name), colors.name),
            (what_happened(one.channel, one.direction, one.outcome), colors.text),
            (plain(one.source), colors.dim),
            (short_date(one.on, self.today), colors.dim),
        )

    def _words(self, place: int) -> str:
        lines = self.news.lines
        if place >= len(lines):
            return "Nothing of theirs counts until somebody says whose it is: one of your people, you, or nobody"
        one = lines[place]
        waits = ", to answer" if one.waits else ""
        more = self.news.more.get(one.id, 0)
        others = f"; {counted(more, 'earlier day')} too" if more else ""
        return f"{exact_date(one.on)}: {one.channel}, {one.source}{waits}{others}"

    def action_choose(self, does: str) -> None:
        """Return the marked line; for a name the only action is to say whose it is."""
        if self.line is not None or does == "open":
            self.dismiss(ChosenSeen(self.index, does))


async def list_seen(place: PlacePort) -> None:
    """Show the dialog. A line that was no contact is removed at once; a chosen person is opened, a name asked about."""
    index = 0
    while True:
        news = await place.fetch(lambda desk: desk.evidence.news())
        if not news.lines and not news.asked:
            return
        dialog = SeenDialog(news, place.planner.today, index)
        chosen = await place.answer_of(dialog)
        await place.fetch(lambda desk: desk.evidence.looked())
        if chosen is None:
            return
        index, line = dialog.index, dialog.line
        if line is None:
            await _ask_whose(place, news.asked[index - len(news.lines)].name)
            return
        if chosen.does == "open":
            place.planner.open_contact(line.contact_id)
            return
        await place.do(partial(_not_this if chosen.does == "not" else _never, line))


def _not_this(line: SeenLine, desk: Desk) -> Done:
    return desk.evidence.not_this([line.id])


def _never(line: SeenLine, desk: Desk) -> Done:
    return desk.evidence.never_from(line.contact_id, line.source_id)


async def _ask_whose(place: PlacePort, name: str) -> None:
    """Ask for the owner of a name, then read the sources again."""
    choices = (
        Choice("p", "a person", "one of your people"),
        Choice("m", "me", "what is written under it is mine"),
        Choice("n", "nobody", "nothing of theirs counts, and it is not asked again"),
    )
    answer = await place.answer_of(ChooseDialog(f"Whose is “{plain(name)}”?", choices))
    if answer == "p":
        _ask_which_person(place, name)
    elif answer is not None:
        await _say_whose(place, name, ME if answer == "m" else None)


def _ask_which_person(place: PlacePort, name: str) -> None:
    async def check(text: str) -> Content:
        return people_echo(await place.fetch(lambda desk: people_for(desk, text)))

    async def submit(text: str) -> None:
        people = await place.fetch(lambda desk: people_for(desk, text))
        if not people:
            raise Refused(f"Nobody is found for “{text.strip()[:40]}”", "Part of a name is enough")
        await _say_whose(place, name, people[0].id)

    place.ask(Question(f"Whose is “{name}”", "a part of a name, or #7", check=check), submit)


async def _say_whose(place: PlacePort, name: str, owner: int | None) -> None:
    await place.do(lambda desk: desk.evidence.whose(name, owner))
    place.planner.outside.read_evidence()
