"""The ledger: the favors that are open between people and me, in four lanes, and one key for each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from planner.core.model import ItemKind, OpenItem
from planner.core.words.counts import counted
from planner.desk.values import Card, Ledger, LedgerRow
from planner.ui.keymap import bindings_of
from planner.ui.ledger.rows import AnswerKey, LedgerList, card_lines, lanes_line, rows_of
from planner.ui.ledger.verbs import OWN
from planner.ui.places.place_with_card import PlaceWithCard
from planner.ui.places.words_filter import WordsFilter
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import AddFollowUp, AddNote, Edit, GetInTouch, ShowBrief, ShowWhy
from planner.ui.verbs.triage import LeaveOut, Move, SettleOrLog, SnoozeItem
from planner.ui.verbs.verb import KEEP_THE_CURSOR, Target, Targets
from planner.ui.verbs.words import WordsForItem
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.lines_view import Draw, LinesView

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done as Written
    from planner.ui.ledger.favor_dialog import FavorDraft

ANSWERS = {
    ItemKind.REQUEST: {"promise": "promise it", "done": "done", "leave_out": "way out"},
    ItemKind.PROMISE: {"done": "done", "leave_out": "way out"},
    ItemKind.ASK: {"helped": "they helped", "nudge": "nudge", "leave_out": "let it rest"},
    ItemKind.THANKS: {"done": "thanks said", "told": "told how it went"},
    ItemKind.OUTCOME: {"told": "told how it went"},
    ItemKind.LOAN: {"done": "it is home", "move": "another day", "words": "words"},
}
"""What the card says can be answered, by kind of favor: the verb and its word."""

ROOM_FOR_LANES = 100
"""Cells from which the lanes have a line of their own over the list."""
NOTHING_YET = """\
Help goes both ways. Here stands what is open: what people asked you, what you promised,
what you asked for, and the thanks that are due. It counts, and keeps no score."""
ALL_IS_GIVEN = "Nothing is open: every answer, promise and thanks is given."
EMPTY_KEYS = """\
{request}  they asked me for something       {ask}  I asked for something
{gave}  I helped someone                  {helped}  someone helped me"""
EMPTY_WHEN_LOW = """\
What is open with people stands here.

{request}  they asked me     {ask}  I asked
{gave}  I helped          {helped}  they helped"""


class LedgerScreen(WordsFilter, PlaceWithCard):
    """The four lanes in one list, and the card of the favor under the cursor."""

    PLACE = "ledger"
    CARD = "#ledger-card"
    HISTORY = 10
    FILTER_HINT = "words of a name, a kind or what it is about; empty shows everything"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("ledger")
    VERBS = offered(
        SettleOrLog(), SnoozeItem(), LeaveOut(), Move(), *OWN, WordsForItem(), AddNote(), Edit(), ShowBrief(),
        ShowWhy(), GetInTouch(), AddFollowUp(),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.ledger: Ledger | None = None
        self.wanted = ""
        """The key of a row that is not read yet, such as a new favor: the cursor goes to it after the next reading."""
        self.before: dict[int, str] = {}
        """The key of the row under the cursor when a step of the history was made, by the number of the step."""
        self.put_off: FavorDraft | None = None

    def body(self) -> ComposeResult:
        yield LinesView(id="ledger-lanes")
        with SideBySide(id="ledger-body"):
            yield LedgerList(ascii_marks=self.planner.ascii_marks, id="ledger-list")
            yield LinesView(id="ledger-card")
        yield Static(id="ledger-empty", classes="empty", markup=False)

    @property
    def list(self) -> LedgerList:
        """The list of favors."""
        return self.query_one(LedgerList)

    # Reading

    async def reload(self) -> None:
        """Read the lanes, then the card of the person under the cursor."""
        ledger = await self.fetch(lambda desk: desk.favors.ledger(people=False))
        self.cards.clear()
        self.show(ledger)
        self.draw_bars()
        self.card_soon()

    def show(self, ledger: Ledger) -> None:
        """Show the lanes. The cursor stays on its favor, or goes to the next one when that favor left its lane."""
        if not self.wanted and self.ledger is not None and self.list.cursor_row is not None:
            key = self.list.cursor_row.key
            before, after = _lane_of(self.ledger, key), _lane_of(ledger, key)
            following = _next_in_lane(self.ledger, before, key)
            if before != after and following:
                self.wanted = following
        self.ledger = ledger
        self.list.look = self.look
        rows = self._rows(ledger)
        self.list.set_rows(0, rows, len(rows))
        self.list.redraw()
        self.list.move_to_key(self.wanted)
        self.wanted = ""
        self._draw_lanes()
        self.show_empty("" if rows else self.with_keys(self._empty_words(ledger)))
        self.draw_keys()

    def _draw_lanes(self) -> None:
        ledger, view = self.ledger, self.query_one("#ledger-lanes", LinesView)
        if ledger is None:
            return
        # Where the line of the lanes would stand right over the first of them, their headings count.
        view.display = not self.list.total or not self._counts_below
        self.set_class(not view.display and self.size.height >= 16, "-counts-below")
        flat = self.size.height < 16
        view.styles.height = 1 if flat else 3

        def lines(width: int) -> list[list[Segment]]:
            lanes = lanes_line(ledger, width, self.look)
            return [lanes] if flat else [[], lanes, [Segment(self.look.glyphs.line * width, self.look.colors.rule)]]

        view.show(lines)

    def _rows(self, ledger: Ledger) -> Sequence[Row]:
        return rows_of(ledger, self.planner.config.settings, self.words, counts=self._counts_below)

    @property
    def _counts_below(self) -> bool:
        """Whether the headings in the list say how many entries a lane has: there is no room for a line of its own."""
        return self.size.width < ROOM_FOR_LANES

    def _empty_words(self, ledger: Ledger) -> str:
        """What stands where no favor is shown, with the keys of verbs as {ask}."""
        if self.words:
            return "Nothing open holds these words. {filter} changes them, esc shows everything."
        if self.size.height < 16:
            return EMPTY_WHEN_LOW
        return f"{ALL_IS_GIVEN if ledger.begun else NOTHING_YET}\n\n{EMPTY_KEYS}"

    @property
    def contact_id(self) -> int | None:
        return self.current.favor.contact_id if self.current is not None else None

    @property
    def to_close(self) -> OpenItem | None:
        """The closed need under the cursor, which somebody is still to hear of."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, OpenItem) else None

    def beside(self, card: Card | None) -> Draw | None:
        row = self.current
        if row is None or card is None:
            return None
        answers = [
            AnswerKey(self.label(f"ledger.{verb}"), word)
            for verb, word in ANSWERS[row.item.kind].items()
            if not self.refusal(verb)
        ]
        return lambda width: card_lines(row, card, answers, width, self.look)

    @property
    def current(self) -> LedgerRow | None:
        """The favor under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, LedgerRow) else None

    # Whom a verb is about

    def targets(self, verb: str) -> Targets:
        """The person and the favor under the cursor, or everybody who is to hear how a need went."""
        row, closed = self.current, self.to_close
        if closed is not None:
            return (Target(closed.contact_id, closed.contact_name, closed),)
        return (Target(row.favor.contact_id, row.favor.contact_name, row.item),) if row is not None else ()

    def nobody(self) -> str:
        """Why there is no favor under the cursor, with the key that writes one."""
        return self.with_keys("Nothing is open here; {new} writes something down")

    def refuses(self, verb: str) -> str:
        """Why a verb of the ledger alone cannot act now."""
        ledger = self.ledger
        if verb == "filter" and ledger is not None and not (any(ledger.lanes.values()) or ledger.needs_to_close):
            return "There is nothing to filter yet"
        return self.nobody() if verb == "open" and self.current is None and self.to_close is None else ""

    def verb_open(self) -> None:
        """Open the page of the person under the cursor, or of the closed need."""
        if self.to_close is not None:
            self.action_verb("ledger.done")
        else:
            super().verb_open()

    async def do(self, work: Callable[[Desk], Written]) -> Written:
        """Run a verb of the desk, and keep the row under the cursor: undo of the step comes back to that row."""
        row = self.list.cursor_row
        done = await super().do(work)
        if row is not None and done.step is not None:
            self.before[done.step] = row.key
        return done

    def settled(self, verb: str, targets: Targets) -> None:
        """The next entry comes."""
        if verb not in KEEP_THE_CURSOR:
            self.list.pass_by({target.item_id for target in targets})

    def go_to(self, favor_id: int) -> None:
        """Put the cursor on a favor that was just written, if it is open; else it stays."""
        if not self.list.move_to_key(f"v{favor_id}"):
            self.wanted = f"v{favor_id}"

    def undone(self, step: int) -> None:
        """Come back to the row that was under the cursor when the step was made."""
        self.wanted = self.before.pop(step, "")

    # Looking

    def filtered(self) -> str:
        count = sum(1 for row in self._rows(self.ledger) if row.selectable) if self.ledger is not None else 0
        return counted(count, "entry", "entries")

    def show_filtered(self) -> None:
        if self.ledger is not None:
            self.show(self.ledger)

    def key_escape(self) -> None:
        """Take the filter away."""
        self.filter_by("")

    def on_resize(self) -> None:
        """Draw the four lanes as the room allows."""
        if self.ledger is not None:
            self.show(self.ledger)


def _lane_of(ledger: Ledger, key: str) -> str:
    """The lane of the row with a key, "" for none."""
    return next((lane for lane, rows in ledger.lanes.items() if any(row.item.id == key for row in rows)), "")


def _next_in_lane(ledger: Ledger, lane: str, key: str) -> str:
    """The key of the row after the row with a key, else of the row before; "" where it is alone in its lane."""
    keys = [row.item.id for row in ledger.lanes.get(lane, ())]
    if key not in keys:
        return ""
    place = keys.index(key)
    return next(iter(keys[place + 1 : place + 2] or keys[max(0, place - 1) : place]), "")
