"""Reach: the paths to a target, the introductions under way, and the matches that could become introductions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from planner.commands.registry import by_id
from planner.core.introductions import Introduction
from planner.core.network.matchmaking import Pair
from planner.core.network.reach import Path
from planner.core.words.folding import clean
from planner.desk.values import Card
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.places.place_with_card import PlaceWithCard
from planner.ui.reach.card import beside
from planner.ui.reach.rows import MOST_NAME, Found, ReachList, rows_of, way_key
from planner.ui.reach.verbs import OWN, target_of
from planner.ui.text import content, width
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import AddNote, Edit, GetInTouch, ShowBrief
from planner.ui.verbs.verb import Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.bars import Key, KeyBar
from planner.ui.widgets.line_input import LineInput
from planner.ui.widgets.lines_view import Draw, LinesView

if TYPE_CHECKING:
    from planner.desk import Desk

LONGEST = 200
"""The most characters of a target."""
MOST_MATCHES = 100
WHO_KNOWS = f"{{palette}} “{by_id('reach.knows').title}”"
"""How to reach the verb “who knows”, which has no key."""
LINE_KEYS = (Key("", "enter", "go to the list"), Key("", "esc", "empty it"))
HINT, SHORT_HINT = "a person, a company or a topic", "anybody, anything"
NO_WAY = f"Nobody leads there yet. {WHO_KNOWS} writes down who does."
WORDS_WHEN_EMPTY = f"""\
You reach people you don't know through people you do, and so do they.

{{filter}}  who gets me to a person, a company or a topic
{{introduce}}  introduce two people to each other
{WHO_KNOWS}  write down that someone knows someone

Who looks for something and who offers it: it stands in a contact, and meets here."""
WORDS_WHEN_LOW = f"""\
People are reached through people.

{{filter}}  who gets me there
{{introduce}}  introduce two
{WHO_KNOWS}  who knows whom"""


class ReachInput(LineInput):
    """The line for the target; enter, tab, down and escape go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False),
        Binding("down,enter,tab", "to_list", "To the list", show=False),
    ]

    class Left(Message):
        """The line was left for the list; `emptied` means that escape was pressed, which empties the line."""

        def __init__(self, emptied: bool) -> None:
            super().__init__()
            self.emptied = emptied

    def action_leave(self) -> None:
        """Empty the line and go back to the list."""
        self.post_message(self.Left(True))

    def action_to_list(self) -> None:
        """Go to the list."""
        self.post_message(self.Left(False))


def _read(target: str, desk: Desk) -> Found:
    ways = desk.network.reach(target) if target else ()
    return Found(target, ways, desk.introductions.all(), desk.network.matches(most=MOST_MATCHES))


class ReachScreen(PlaceWithCard):
    """Paths, introductions and matches in one list."""

    PLACE = "reach"
    CARD = "#reach-card"
    HISTORY = 10
    SECOND_LINE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reach")
    VERBS = offered(*OWN, AddNote(), Edit(), ShowBrief(), GetInTouch())

    def __init__(self) -> None:
        super().__init__()
        self.found = Found()

    def body(self) -> ComposeResult:
        with Horizontal(id="reach-top"):
            yield Static(content(" Who gets me to ", "bold $accent"), id="reach-label", markup=False)
            entry = ReachInput(placeholder=HINT, id="reach-input", compact=True, max_length=LONGEST)
            entry.cursor_blink = False
            yield entry
        with SideBySide(id="reach-body"):
            yield ReachList(ascii_marks=self.planner.ascii_marks, id="reach-list")
            yield LinesView(id="reach-card")
        yield Static(id="reach-empty", classes="empty", markup=False)

    @property
    def list(self) -> ReachList:
        """The list of paths, introductions and matches."""
        return self.query_one(ReachList)

    @property
    def entry(self) -> ReachInput:
        """The line for the target."""
        return self.query_one(ReachInput)

    # Reading

    async def reload(self) -> None:
        """Read the paths to the target, if there is one, the introductions and the matches."""
        found = await self.fetch_long(partial(_read, self.found.target))
        while found.target != self.found.target:
            # Another target was typed meanwhile, and its paths may have been read before the last write.
            found = await self.fetch_long(partial(_read, self.found.target))
        self.cards.clear()
        self.show(found)
        self.draw_bars()
        self.card_soon()

    def show(self, found: Found) -> None:
        """Show the results. The cursor stays on its entry; if that is gone, it goes to the next one."""
        self.found = found
        people = [one.name for pair in found.matches for one in (pair.needs, pair.offers)]
        self.list.names = min(MOST_NAME, max((width(name) for name in people), default=0))
        self.list.look, self.list.settings = self.look, self.planner.config.settings
        rows = rows_of(found, self.with_keys(NO_WAY))
        self.list.set_rows(0, rows, len(rows))
        self.list.redraw()
        self.draw_keys()
        words = WORDS_WHEN_LOW if self.size.height < 16 else WORDS_WHEN_EMPTY
        self.show_empty(self.with_keys(words) if found.empty else "")

    @on(Input.Changed, "#reach-input")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_for(event.value)

    @work(exclusive=True, group="reach")
    async def _look_for(self, text: str) -> None:
        """Read the paths to a typed target; the reading for an earlier target is dropped."""
        target = " ".join(clean(text).split())
        if target == self.found.target:
            return
        try:
            ways = await self.fetch_long(lambda desk: desk.network.reach(target)) if target else ()
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        self.show(replace(self.found, target=target, ways=ways))
        if ways:
            self.list.move_to_key(way_key(ways[0]))
        else:
            self.list.move_to(0)

    @on(ReachInput.Left)
    def _left(self, event: ReachInput.Left) -> None:
        if event.emptied:
            self.entry.value = ""
        self.focus_list()

    def draw_keys(self) -> None:
        """Draw the footer: while the target is typed, the keys of its line, since every letter is text."""
        if self.entry.has_focus:
            self.query_one(KeyBar).show(LINE_KEYS)
        else:
            super().draw_keys()

    def on_descendant_focus(self) -> None:
        """Show the keys for the focused widget."""
        self.draw_keys()

    # The card

    def beside(self, card: Card | None) -> Draw | None:
        data, settings = self.data, self.planner.config.settings
        return (lambda width: beside(data, card, settings, width, self.look)) if data is not None else None

    @property
    def data(self) -> Path | Introduction | Pair | None:
        """The entry under the cursor."""
        row = self.list.cursor_row
        found = row.data if row is not None else None
        return found if isinstance(found, Path | Introduction | Pair) else None

    # Targets of verbs

    @property
    def target(self) -> str:
        """The person, company or topic for which paths are shown."""
        return self.found.target

    @property
    def contact_id(self) -> int | None:
        return next((target.contact_id for target in self.targets("open")), None)

    def targets(self, verb: str) -> Targets:
        """The person with whom the entry under the cursor continues."""
        target = target_of(self.data) if self.data is not None else None
        return (target,) if target is not None else ()

    def nobody(self) -> str:
        """Why there is no entry under the cursor, with the key that searches for somebody."""
        return self.with_keys("Nobody stands here yet; {filter} looks for somebody")

    def refuses(self, verb: str) -> str:
        """Why a verb that only reach has cannot act now."""
        if verb == "matches" and not self.found.matches:
            return "Nobody offers yet what somebody looks for; it stands in their contact"
        if verb == "introductions" and not self.found.introductions:
            return self.with_keys("Nobody is being introduced; {introduce} begins")
        return self.nobody() if verb == "open" and not self.targets("open") else ""

    # Looking

    def verb_filter(self) -> None:
        """Focus the line for the target."""
        self.entry.focus()

    def verb_matches(self) -> None:
        """Go to the first match."""
        self.list.go_to_group("matches")

    def verb_introductions(self) -> None:
        """Go to the first introduction."""
        self.list.go_to_group("introductions")

    def key_escape(self) -> None:
        """Empty the line for the target."""
        self.entry.value = ""

    def on_resize(self) -> None:
        """On a low screen leave no blank line below the line for the target; on a narrow one shorten its hint."""
        self.set_class(self.size.height < 16, "-flat")
        self.entry.placeholder = HINT if self.size.width >= 50 else SHORT_HINT
