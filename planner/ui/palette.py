"""The palette: every command that works here, every place, every theme and every contact by a part of its name."""

from __future__ import annotations

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
from planner.commands.registry import by_id, for_place
from planner.core.records import record
from planner.core.words.folding import fold
from planner.ui.port import AsksPlanner
from planner.ui.themes import DARK, LIGHT, palette
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, fit, lay, say, spread

if TYPE_CHECKING:
    from planner.ui.port import AppPort

CONTACTS = 30
"""Contacts shown for one text; typing on narrows them."""
SPAN = 3
"""How many times its length a text may be strewn over a title that still fits."""
COLUMNS = (Column(14, share=2, most=28), Column(12, share=5, rank=1), Column(10, align="right", rank=2))
Kind = Literal["command", "theme", "contact"]


@record(frozen=True, slots=True)
class PaletteEntry:
    """One thing to choose: a command by its id, a theme by its name, a contact by its number."""

    kind: Kind
    id: str
    title: str
    help: str = ""
    key: str = ""
    enabled: bool = True


def rank(typed: str, title: str, help_words: str = "") -> int | None:
    """How well a typed text fits a title, 0 best; None where it does not.

    0: the title begins with it; 1: so does a word of the title; 2: it is inside; 3: every word of it begins
    a word of title or help; 4: its letters stand in the title in this order.
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
    """Whether the letters stand in the name in this order, from the beginning of a word and near each other."""
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
    """The entries a text fits with their ranks, in the order they came."""
    found = ((rank(typed, entry.title, entry.help), entry) for entry in entries)
    return [(place, entry) for place, entry in found if place is not None]


class PaletteList(LineList, can_focus=False):
    """The entries; the line to type in keeps the focus."""

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
    """Type a part of a name; enter runs the command or opens the contact."""

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
    | enter | Run the command, set the theme or open the contact the mark is on. |
    | up, down, pageup, pagedown | Move the mark. |
    | escape, ctrl+p, ctrl+c | Close. |
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[PaletteEntry] = ()
        self.people: Sequence[PaletteEntry] = ()
        self.known = ""
        """The text `people` were found for."""
        self.moved = False
        """Whether the mark was moved since the text last changed; else it stays on the best."""
        self.awaited = False
        """Whether enter was pressed before the contacts of the text were there."""

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            with Horizontal(id="palette-line"):
                yield Static(">", id="palette-mark", markup=False)
                entry = Input(id="palette-input", compact=True, placeholder="a command, a place, a theme, a contact")
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
        ours = [name for name in (DARK, LIGHT) if name in app.available_themes]
        others = sorted(name for name in app.available_themes if name not in ours)
        for name in (*ours, *others):
            here = "in use" if name == app.theme else ""
            found.append(PaletteEntry("theme", name, f"Theme: {name}", "", here))
        return found

    # What is shown

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Commands at once, contacts as soon as they are found."""
        event.stop()
        self.moved = self.awaited = False
        self._show(event.value)
        self._look_up(event.value)

    @work(exclusive=True, group="palette")
    async def _look_up(self, text: str) -> None:
        found = await self.planner.gateway.call(lambda desk: desk.people.complete(text, limit=CONTACTS))
        # Another text may have been typed while these were looked up.
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
            # Contacts of an older text stay until theirs come, so that the list does not flicker.
            people = matching(text, self.people) if self.known != text else [
                (self._person_rank(text, entry), entry) for entry in self.people
            ]
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
        """The database found the contact; where our own look disagrees it stands after the rest."""
        found = rank(text, entry.title)
        return 2 if found is None else found

    # Choosing

    def action_list(self, name: str) -> None:
        """Move the mark."""
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
        row = self.query_one(PaletteList).cursor_row
        if row is None or not isinstance(row.data, PaletteEntry):
            return
        self.dismiss(None)
        self.app.call_later(run_entry, self.planner, row.data)

    def action_close(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)


def run_entry(planner: AppPort, entry: PaletteEntry) -> None:
    """Do what an entry stands for, where the palette was opened."""
    if entry.kind == "theme":
        planner.choose_theme(entry.id)
    elif entry.kind == "contact":
        planner.open_contact(int(entry.id))
    elif by_id(entry.id).place == APP:
        planner.action_verb(entry.id)
    else:
        verb = getattr(planner.screen, "action_verb", planner.action_verb)
        verb(entry.id)
