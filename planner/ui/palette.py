"""The palette: finds commands, places, themes and contacts by parts of their names.

It has every command of the place where it was opened, and of other places the commands that need nothing under the
cursor; choosing one of these goes to its place first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from planner.commands.command import APP
from planner.commands.keys import key_label
from planner.commands.places import TOP_PLACES
from planner.commands.registry import PLACE_TITLES, by_id, for_place, from_elsewhere
from planner.core.records import record
from planner.core.words.folding import fold
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.port import AsksPlanner
from planner.ui.themes import DARK, LIGHT, palette
from planner.ui.widgets.line_input import LineInput
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, fit, lay, say, spread

if TYPE_CHECKING:
    from planner.ui.port import AppPort

CONTACTS = 30
"""The most contacts shown for a typed text."""
THEME_WAIT = 0.1
"""Seconds the cursor must rest on a theme before the screen shows it."""
SPAN = 3
"""Typed letters match in order if they span at most this many times their number in a title."""
COLUMNS = (Column(14, most=60, first=True), Column(12, share=5, rank=1), Column(10, align="right", rank=2))
Kind = Literal["command", "theme", "contact"]


@record(frozen=True, slots=True)
class PaletteEntry:
    """An entry to choose. `id` is the id of a command, the name of a theme, or the id of a contact as text."""

    kind: Kind
    id: str
    title: str
    help: str = ""
    key: str = ""
    enabled: bool = True


def rank(typed: str, title: str, help_words: str = "") -> int | None:
    """The rank of a title for a typed text, from 0 (best) to 4; None if the title does not match.

    0: the title begins with the text; 1: a word of the title does; 2: the title contains it; 3: each typed word begins
    a word of the title or help; 4: its letters occur in the title in this order.
    """
    text, name = fold(typed).strip(), fold(title)
    if not text or name.startswith(text):
        return 0
    if f" {text}" in name.replace(":", " ").replace("-", " "):
        return 1
    if text in name:
        return 2
    everything = f" {name} {fold(help_words)}".replace(":", " ").replace("-", " ")
    if all(f" {word}" in everything for word in text.split()):
        return 3
    return 4 if len(text) > 1 and _in_order(text.replace(" ", ""), name) else None


def _in_order(letters: str, name: str) -> bool:
    """Whether the name contains the letters in order, beginning at a word, within `SPAN` times their number."""
    for start, letter in enumerate(name):
        if letter != letters[0] or (start and name[start - 1].isalnum()):
            continue
        end = start
        for wanted in letters[1:]:
            end = name.find(wanted, end + 1)
            if end < 0:
                break
        if 0 <= end < start + SPAN * len(letters):
            return True
    return False


def matching(typed: str, entries: Iterable[PaletteEntry]) -> list[tuple[int, PaletteEntry]]:
    """(rank, entry) of each matching entry, in the given order."""
    found = ((rank(typed, entry.title, entry.help), entry) for entry in entries)
    return [(place, entry) for place, entry in found if place is not None]


class PaletteList(LineList, can_focus=False):
    """The list of entries. It never has the focus, which stays in the line."""

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        entry = row.data
        if not isinstance(entry, PaletteEntry):
            return []
        colors = palette(self.app)
        name = colors.name if entry.enabled else colors.dim
        key = colors.key if entry.kind == "command" and entry.enabled else colors.dim
        if not entry.help:
            return spread([say(entry.title, name)], [say(f"{entry.key} ", key)], width)
        cells = ((entry.title, name), (entry.help, colors.dim), (entry.key, key))
        return lay(cells, COLUMNS, fit(COLUMNS, max(0, width - 1)))


class PaletteScreen(AsksPlanner, ModalScreen[None]):
    """The dialog of the palette: a line to type in, and the matching entries."""

    KEEPS_TYPED = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,ctrl+p", "close", "Close", show=False, priority=True),
        Binding("up", "list('cursor_up')", "Up", show=False),
        Binding("down", "list('cursor_down')", "Down", show=False),
        Binding("pageup", "list('page_up')", "Page up", show=False),
        Binding("pagedown", "list('page_down')", "Page down", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | enter | Run the command, set the theme or open the contact under the cursor. |
    | up, down, pageup, pagedown | Move the cursor. |
    | escape, ctrl+p, ctrl+c | Close. |
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[PaletteEntry] = ()
        self.people: Sequence[PaletteEntry] = ()
        self.known = ""
        """The text for which `people` were found."""
        self.moved = False
        """Whether the cursor was moved since the text last changed; otherwise it is on the best entry."""
        self.awaited = False
        """Whether enter was pressed before the contacts for the text were read."""

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            with Horizontal(id="palette-line"):
                yield Static(">", id="palette-mark", markup=False)
                words = "a command, a place, a theme, a contact"
                entry = LineInput(id="palette-input", compact=True, placeholder=words)
                entry.cursor_blink = False
                yield entry
            yield PaletteList(ascii_marks=self.planner.ascii_marks, id="palette-list")
            yield Static("enter takes it   up down   esc leaves", id="palette-told", markup=False)

    def on_mount(self) -> None:
        """Show everything that works where the palette was opened."""
        self.entries = self._entries()
        self._show("")
        self.query_one(Input).focus()

    def _entries(self) -> list[PaletteEntry]:
        app, planner = self.app, self.planner
        stack = app.screen_stack
        under = stack[stack.index(self) - 1]
        place = getattr(under, "PLACE", APP)
        refusal = getattr(under, "refusal", lambda verb: "")
        places = {f"app.{one.id}" for one in TOP_PLACES}
        found: list[PaletteEntry] = []
        for one in for_place(place, sample=planner.demo):
            if one.id == "app.palette":
                continue
            title = f"Go to {one.title}" if one.id in places else one.title
            words = "" if one.id in places else one.help
            key = " ".join(key_label(key) for key in planner.keys[one.id])
            enabled = one.place == APP or not refusal(one.verb)
            found.append(PaletteEntry("command", one.id, title, words, key, enabled))
        for one in from_elsewhere(place):
            found.append(PaletteEntry("command", one.id, one.title, one.help, PLACE_TITLES[one.place]))
        ours = [name for name in (DARK, LIGHT) if name in app.available_themes]
        others = sorted(name for name in app.available_themes if name not in ours)
        for name in (*ours, *others):
            here = "in use" if name == app.theme else ""
            found.append(PaletteEntry("theme", name, f"Theme: {name}", "", here))
        return found

    # Display

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Show commands at once, and contacts when the database has answered."""
        event.stop()
        self.moved = self.awaited = False
        self._show(event.value)
        self._look_up(event.value)

    @work(exclusive=True, group="palette")
    async def _look_up(self, text: str) -> None:
        found = await self.fetch(lambda desk: desk.people.complete(text, limit=CONTACTS))
        # The text may have changed while its contacts were read.
        if text != self.query_one(Input).value:
            return
        self.people = [PaletteEntry("contact", str(key), name, "", "contact") for key, name in found]
        self.known = text
        self._show(text)
        if self.awaited:
            self.awaited = False
            self._take()

    def _show(self, text: str) -> None:
        ranked = matching(text, self.entries)
        if text.strip():
            # Contacts found for the earlier text stay until new ones are read, so that the list does not flicker.
            people = (
                matching(text, self.people)
                if self.known != text
                else [(self._person_rank(text, entry), entry) for entry in self.people]
            )
            ranked += people
        ranked.sort(key=lambda pair: pair[0])
        rows = [Row(f"{entry.kind}:{entry.id}", "item", entry) for _, entry in ranked]
        shown = self.query_one(PaletteList)
        shown.set_rows(0, rows, len(rows))
        if not self.moved:
            shown.move_to(0)
        told = "enter takes it   up down   esc leaves" if rows else "Nothing of that name; esc leaves"
        self.query_one("#palette-told", Static).update(told)

    @staticmethod
    def _person_rank(text: str, entry: PaletteEntry) -> int:
        """The rank of a contact; 2 if the database found it by something other than its name."""
        found = rank(text, entry.title)
        return 2 if found is None else found

    @on(LineList.Highlighted)
    def _highlighted(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._look_at_theme()

    @work(exclusive=True, group="theme")
    async def _look_at_theme(self) -> None:
        """Show the screen in the theme under the cursor; on any other entry in the chosen theme."""
        await asyncio.sleep(THEME_WAIT)
        entry = self._entry
        self.planner.look_at_theme(entry.id if entry is not None and entry.kind == "theme" and self.moved else "")

    @property
    def _entry(self) -> PaletteEntry | None:
        row = self.query_one(PaletteList).cursor_row
        return row.data if row is not None and isinstance(row.data, PaletteEntry) else None

    # Choosing

    def action_list(self, name: str) -> None:
        """Move the cursor by an action of the list, such as "cursor_up"."""
        self.moved = True
        getattr(self.query_one(PaletteList), f"action_{name}")()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() and self.known != event.value and not self.moved:
            self.awaited = True
            return
        self._take()

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        event.stop()
        self._take()

    def _take(self) -> None:
        entry = self._entry
        if entry is None:
            return
        if entry.kind != "theme":
            self.planner.look_at_theme("")
        self.dismiss(None)
        self.app.call_later(run_entry, self.planner, entry)

    def action_close(self) -> None:
        """Close the palette and show the chosen theme again."""
        self.planner.look_at_theme("")
        self.dismiss(None)


def run_entry(planner: AppPort, entry: PaletteEntry) -> None:
    """Set the theme, open the contact or run the command of an entry; first go to the place that has it."""
    if entry.kind == "theme":
        planner.choose_theme(entry.id)
    elif entry.kind == "contact":
        planner.open_contact(int(entry.id))
    elif (place := by_id(entry.id).place) == APP:
        planner.action_verb(entry.id)
    elif place == getattr(planner.screen, "PLACE", place):
        verb = getattr(planner.screen, "action_verb", planner.action_verb)
        verb(entry.id)
    else:
        planner.go_to(place)
        there = planner.screen
        if isinstance(there, PlaceScreen) and place == there.PLACE:
            there.when_read(lambda: there.action_verb(entry.id))
