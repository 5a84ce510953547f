"""The ledger: what is open between people and me, in four lanes, and one key for each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from planner.core.model import ItemKind
from planner.core.words.folding import fold
from planner.desk.values import Card, Ledger, LedgerRow
from planner.ui.keymap import bindings_of
from planner.ui.ledger.rows import AnswerKey, LedgerList, card_lines, lanes_line, rows_of
from planner.ui.ledger.verbs import OWN
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import Edit, FollowUp, GetInTouch, Note, Why
from planner.ui.verbs.triage import Done, LeaveOut, Snooze
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done as Written
    from planner.ui.ledger.favor_dialog import FavorDraft

CARD_WAIT = 0.1
"""Seconds the cursor rests before the card follows: a held key draws one card, not sixty."""
ANSWERS = {
    ItemKind.REQUEST: {"promise": "promise it", "done": "done", "leave_out": "offer else"},
    ItemKind.PROMISE: {"done": "done", "leave_out": "offer else"},
    ItemKind.ASK: {"helped": "they helped", "nudge": "nudge", "leave_out": "let it rest"},
    ItemKind.THANKS: {"done": "thanks said", "told": "told how it went"},
    ItemKind.OUTCOME: {"told": "told how it went"},
}
"""What the card says can be answered, by kind of favor: the verb and its word."""


class LedgerScreen(PlaceScreen):
    """The four lanes."""

    PLACE = "ledger"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("ledger")
    VERBS = offered(Done(), Snooze(), LeaveOut(), *OWN, Note(), Edit(), Why(), GetInTouch(), FollowUp())

    def __init__(self) -> None:
        super().__init__()
        self.ledger: Ledger | None = None
        self.words: tuple[str, ...] = ()
        self.cards: dict[int, Card] = {}
        self.wanted = ""
        """The key of a favor that was just written: the cursor goes to it once it is read."""
        self.before: dict[int, str] = {}
        """The key of the entry under the cursor, by the step of the history that was made there."""
        self.put_off: FavorDraft | None = None

    def body(self) -> ComposeResult:
        yield LinesView(id="ledger-lanes")
        with SideBySide(id="ledger-body"):
            yield LedgerList(ascii_marks=self.planner.ascii_marks, id="ledger-list")
            yield LinesView(id="ledger-card")
        yield Static(id="ledger-empty", markup=False)

    @property
    def list(self) -> LedgerList:
        """The list of loops."""
        return self.query_one(LedgerList)

    # Reading

    async def reload(self) -> None:
        """Read the lanes, then the card of whoever is under the cursor."""
        ledger = await self.fetch(lambda desk: desk.favors.ledger())
        self.cards.clear()
        self.planner.badges["ledger"] = sum(len(rows) for rows in ledger.lanes.values())
        self.show(ledger)
        self.draw_bars()
        self._card_soon()

    def show(self, ledger: Ledger) -> None:
        """Show the lanes; the cursor stays on its loop, or goes to the next one when that left its lane."""
        if not self.wanted and self.ledger is not None and self.list.cursor_row is not None:
            key = self.list.cursor_row.key
            before, after = _lane_of(self.ledger, key), _lane_of(ledger, key)
            following = _next_in_lane(self.ledger, before, key)
            if before != after and following:
                self.wanted = following
        self.ledger = ledger
        self.list.look = self.look
        rows = rows_of(ledger, self.planner.config.settings, self.words)
        self.list.set_rows(0, rows, len(rows))
        self.list.redraw()
        self.list.move_to_key(self.wanted)
        self.wanted = ""
        self._draw_lanes()
        self._show_empty(ledger, rows)
        self.draw_keys()

    def _draw_lanes(self) -> None:
        ledger, view = self.ledger, self.query_one("#ledger-lanes", LinesView)
        if ledger is None:
            return
        flat = self.size.height < 16
        view.styles.height = 1 if flat else 3

        def lines(width: int) -> list[list[Segment]]:
            lanes = lanes_line(ledger, width, self.look)
            return [lanes] if flat else [[], lanes, [Segment(self.look.glyphs.line * width, self.look.colors.rule)]]

        view.show(lines)

    def _show_empty(self, ledger: Ledger, rows: Sequence[Row]) -> None:
        empty = self.query_one("#ledger-empty", Static)
        empty.display = not rows
        self.query_one("#ledger-body").display = bool(rows)
        if rows:
            return
        if self.words:
            words = "Nothing open holds these words. {filter} changes them, esc shows everything."
            empty.update(content(self.with_keys(words)))
            return
        begun = (
            "Nothing is open: every answer, promise and thanks is given."
            if ledger.people
            else (
                "Help goes both ways. Here stands what is open: what people asked you, what you promised,\n"
                "what you asked for, and the thanks that are due. It counts, and keeps no score."
            )
        )
        keys = (
            "{request}  they asked me for something       {ask}  I asked for something\n"
            "{gave}  I helped someone                  {helped}  someone helped me"
        )
        if self.size.height < 16:
            begun = "What is open with people stands here."
            keys = "{request}  they asked me     {ask}  I asked\n{gave}  I helped          {helped}  they helped"
        empty.update(content(f"{begun}\n\n{self.with_keys(keys)}"))

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.draw_keys()
        self._draw_card()
        self._card_soon()

    @work(exclusive=True, group="card")
    async def _card_soon(self) -> None:
        """The card of the person under the cursor, once the cursor rests."""
        from asyncio import sleep

        row = self.current
        if row is None:
            self._draw_card()
            return
        contact_id = row.favor.contact_id
        if contact_id not in self.cards:
            await sleep(CARD_WAIT)
            card = await self.fetch(lambda desk: desk.reading.card(contact_id, history=10))
            self.cards[contact_id] = card
        self._draw_card()

    def _draw_card(self) -> None:
        """The card of the row under the cursor, where it is read already."""
        row, view = self.current, self.query_one("#ledger-card", LinesView)
        if row is None:
            view.show(None)
            return
        answers = [
            AnswerKey(self.label(f"ledger.{verb}"), word)
            for verb, word in ANSWERS[row.item.kind].items()
            if not self.refusal(verb)
        ]
        card = self.cards.get(row.favor.contact_id)
        if card is None:
            return
        self.list.card = card
        view.show(lambda width: card_lines(row, card, answers, width, self.look))
        if self.list.two_line:
            self.list.redraw()

    @property
    def current(self) -> LedgerRow | None:
        """The loop under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, LedgerRow) else None

    # Whom a verb is about

    def targets(self, verb: str) -> Targets:
        """The person and the favor under the cursor."""
        row = self.current
        return (Target(row.favor.contact_id, row.favor.contact_name, row.item),) if row is not None else ()

    def nobody(self) -> str:
        """Why nothing is under the cursor."""
        return self.with_keys("Nothing is open here; {new} writes something down")

    def refuses(self, verb: str) -> str:
        """Why a verb of the ledger alone cannot act now."""
        if verb == "filter" and self.ledger is not None and not any(self.ledger.lanes.values()):
            return "There is nothing to filter yet"
        return self.nobody() if verb == "open" and self.current is None else ""

    async def do(self, work: Callable[[Desk], Written]) -> Written:
        """Run a verb of the desk; its undo comes back to the entry under the cursor."""
        row = self.list.cursor_row
        done = await super().do(work)
        if row is not None and done.step is not None:
            self.before[done.step] = row.key
        return done

    def go_to(self, favor_id: int) -> None:
        """Put the cursor on a favor that was just written, where it is open."""
        if not self.list.move_to_key(f"v{favor_id}"):
            self.wanted = f"v{favor_id}"

    def undone(self, step: int) -> None:
        """Come back to the entry that the step was about."""
        self.wanted = self.before.pop(step, "")

    # Looking

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        if isinstance(event.row.data, LedgerRow):
            self.planner.open_contact(event.row.data.favor.contact_id)

    def verb_open(self) -> None:
        """Open the contact."""
        if self.current is not None:
            self.planner.open_contact(self.current.favor.contact_id)

    def verb_top(self) -> None:
        """The first entry."""
        self.list.action_first()

    def verb_filter(self) -> None:
        """Only loops with some words."""

        async def check(text: str) -> str:
            self._filter(text)
            count = self._matches()
            return "1 entry" if count == 1 else f"{count} entries"

        async def submit(text: str) -> None:
            self._filter(text)

        hint = "words of a name, a kind or what it is about; empty shows everything"
        self.ask(Question("Show", hint, " ".join(self.words), check=check, may_be_empty=True), submit)

    def _matches(self) -> int:
        if self.ledger is None:
            return 0
        rows = rows_of(self.ledger, self.planner.config.settings, self.words)
        return sum(1 for row in rows if row.selectable)

    def _filter(self, text: str) -> None:
        self.words = tuple(fold(text).split())
        if self.ledger is not None:
            self.show(self.ledger)

    def key_escape(self) -> None:
        """Everything again after a filter."""
        if self.words:
            self._filter("")

    def on_resize(self) -> None:
        """Below 120 columns the row under the cursor has a second line instead of the card."""
        self.list.two_line = 0 < self.size.width < 120 and self.size.height >= 12
        self._draw_lanes()


def _lane_of(ledger: Ledger, key: str) -> str:
    """The lane an entry stands in, "" for none."""
    return next((lane for lane, rows in ledger.lanes.items() if any(row.item.id == key for row in rows)), "")


def _next_in_lane(ledger: Ledger, lane: str, key: str) -> str:
    """The key of the entry after one, else of the one before; "" when it stands alone in its lane."""
    keys = [row.item.id for row in ledger.lanes.get(lane, ())]
    if key not in keys:
        return ""
    place = keys.index(key)
    return next(iter(keys[place + 1 : place + 2] or keys[max(0, place - 1) : place]), "")
