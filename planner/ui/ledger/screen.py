"""The ledger: the open favors between other people and me, in four lanes, and one key for each answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from planner.core.model import ItemKind, OpenItem
from planner.core.words.counts import counted
from planner.core.words.folding import fold
from planner.desk.values import Card, Lanes, LedgerRow
from planner.ui.keymap import bindings_of
from planner.ui.ledger.lanes import LaneRows, lane_of, lanes_line, next_in_lane, place_in_lane
from planner.ui.ledger.rows import AnswerKey, LedgerList, card_lines
from planner.ui.ledger.verbs import OWN
from planner.ui.places.place_with_card import PlaceWithCard
from planner.ui.places.words_filter import WordsFilter
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import AddFollowUp, AddNote, Edit, GetInTouch, ShowBrief, ShowWhy
from planner.ui.verbs.triage import LeaveOut, Move, SettleOrLog, SnoozeItem
from planner.ui.verbs.verb import Target, Targets
from planner.ui.verbs.words import WordsForItem
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList
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
"""The answers on the card, by kind of favor: the verb and its word."""

ROOM_FOR_LANES = 100
"""Cells from which the lanes have their own line over the list."""
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
        self.lanes: Lanes | None = None
        self.rows: LaneRows | None = None
        self.holding: frozenset[str] | None = None
        """The favors that contain the words of the filter; None if every favor is shown."""
        self.wanted = ""
        """The key of a row that is not read yet, such as a new favor: the next reading puts the cursor on it."""
        self.acted = ""
        """The key of the row a verb acted on, until its effect is read: the cursor then goes to the next row."""
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
        """Read the lanes and the visible favors, then the card of the person under the cursor."""
        row, words = self.list.cursor_row, self.words
        wanted, before, settings = self.wanted, self.lanes, self.planner.config.settings
        key, counts, reach = row.key if row is not None else "", self._counts_below, self._reach
        place, acted = self.list.cursor, self.acted

        def read(desk: Desk) -> tuple[Lanes, frozenset[str] | None, LaneRows, str]:
            lanes, goes_to = desk.favors.lanes(), wanted
            lane = lane_of(before, key) if before is not None and key else ""
            if before is not None and lane and not wanted:
                # The cursor stays on its favor; if that favor left its lane, or was moved within it by the last verb,
                # the cursor goes to the next one.
                at = place_in_lane(lanes, lane, key)
                if at < 0 or (key == acted and at != place_in_lane(before, lane, key)):
                    goes_to = next_in_lane(before, lane, key)
            holding = desk.favors.holding(words) if words else None
            rows = LaneRows(lanes, settings, holding=holding, words=words, counts=counts)
            there = rows.place_of(goes_to or key)
            middle = place if there is None else there
            unread = rows.unread(middle - reach, middle + reach)
            rows.take(desk.favors.rows(unread), unread)
            return lanes, holding, rows, goes_to

        lanes, holding, rows, goes_to = await self.fetch(read)
        if words != self.words:
            return
        if self.wanted not in ("", wanted):
            # A favor was written while the lanes were read: the cursor goes to it.
            await self.reload()
            return
        self.cards.clear()
        self.lanes, self.holding, self.rows, self.wanted = lanes, holding, rows, ""
        self.show(goes_to)
        if acted and self.acted == acted and (goes_to or lanes != before):
            self.acted = ""
        self.draw_bars()
        self.card_soon()

    @property
    def _reach(self) -> int:
        """How many rows are read before and after the cursor."""
        return 3 * max(self.list.size.height, 20)

    def show(self, goes_to: str = "") -> None:
        """Show the rows that were read around the cursor, which goes to the row with the key, if there is one."""
        rows, listed = self.rows, self.list
        if rows is None:
            return
        row = listed.cursor_row
        places = (rows.place_of(key) for key in (goes_to, row.key if row is not None else ""))
        middle = next((place for place in places if place is not None), listed.cursor)
        listed.look = self.look
        listed.set_rows(*rows.around(middle, self._reach), rows.total)
        listed.redraw()
        listed.move_to_key(goes_to)
        self._draw_lanes()
        self.show_empty("" if rows.total else self.with_keys(self._empty_words()))
        self.draw_keys()

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        self._show_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _show_window(self, start: int, stop: int) -> None:
        """Show some rows, once their favors are read."""
        rows = self.rows
        if rows is not None and (unread := rows.unread(start, stop)):
            rows.take(await self.fetch(lambda desk: desk.favors.rows(unread)), unread)
        if rows is not None and self.rows is rows:
            self.list.set_rows(start, rows.between(start, stop), rows.total)

    def _draw_lanes(self) -> None:
        found, view = self.lanes, self.query_one("#ledger-lanes", LinesView)
        if found is None:
            return
        # If the line of the lanes would be directly above the first one, their headings have the counts instead.
        view.display = not self.list.total or not self._counts_below
        self.set_class(not view.display and self.size.height >= 16, "-counts-below")
        flat = self.size.height < 16
        view.styles.height = 1 if flat else 3

        def lines(width: int) -> list[list[Segment]]:
            lanes = lanes_line(found, width, self.look)
            return [lanes] if flat else [[], lanes, [Segment(self.look.glyphs.line * width, self.look.colors.rule)]]

        view.show(lines)

    @property
    def _counts_below(self) -> bool:
        """Whether the headings show the counts of the lanes, because there is no room for a line of their own."""
        return self.size.width < ROOM_FOR_LANES

    def _empty_words(self) -> str:
        """The text when no favor is shown, with the keys of verbs as {ask}."""
        if self.words:
            return "Nothing open holds these words. {filter} changes them, esc shows everything."
        if self.size.height < 16:
            return EMPTY_WHEN_LOW
        begun = self.lanes is not None and self.lanes.begun
        return f"{ALL_IS_GIVEN if begun else NOTHING_YET}\n\n{EMPTY_KEYS}"

    @property
    def contact_id(self) -> int | None:
        return self.current.favor.contact_id if self.current is not None else None

    @property
    def to_close(self) -> OpenItem | None:
        """The closed need under the cursor that somebody is still to hear about."""
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

    # Targets of verbs

    def targets(self, verb: str) -> Targets:
        """The person and the favor under the cursor, or everybody who is to hear how a need went."""
        row, closed = self.current, self.to_close
        if closed is not None:
            return (Target(closed.contact_id, closed.contact_name, closed),)
        return (Target(row.favor.contact_id, row.favor.contact_name, row.item),) if row is not None else ()

    def nobody(self) -> str:
        """Why there is no favor under the cursor, with the key that adds one."""
        return self.with_keys("Nothing is open here; {new} writes something down")

    def refuses(self, verb: str) -> str:
        """Why a verb that only the ledger has cannot act now."""
        found = self.lanes
        if (
            verb == "filter"
            and found is not None
            and not (any(lane.keys for lane in found.lanes.values()) or found.needs_to_close)
        ):
            return "There is nothing to filter yet"
        return self.nobody() if verb == "open" and self.current is None and self.to_close is None else ""

    def verb_open(self) -> None:
        """Open the page of the person under the cursor, or of the closed need."""
        if self.to_close is not None:
            self.action_verb("ledger.done")
        else:
            super().verb_open()

    async def do(self, work: Callable[[Desk], Written]) -> Written:
        """Run a verb of the desk, and remember the row under the cursor: undo of the step returns to that row."""
        row = self.list.cursor_row
        self.acted = row.key if row is not None else ""
        try:
            done = await super().do(work)
        except BaseException:
            self.acted = ""
            raise
        if row is not None and done.step is not None:
            self.before[done.step] = row.key
        return done

    def settled(self, verb: str, targets: Targets) -> None:
        """Go to the next entry."""
        if self.moves_on(verb):
            self.list.pass_by({target.item_id for target in targets})

    def go_to(self, favor_id: int) -> None:
        """Put the cursor on a new favor, if it is open; else it stays."""
        if not self.list.move_to_key(f"v{favor_id}"):
            self.wanted = f"v{favor_id}"

    def undone(self, step: int) -> None:
        """Return to the row that was under the cursor when the step was made."""
        self.wanted = self.before.pop(step, "")

    # Looking

    def filtered(self) -> str:
        return counted(self.rows.people if self.rows is not None else 0, "entry", "entries")

    async def filter_shown(self, text: str) -> None:
        """Show only the favors that contain the words of a text."""
        words = tuple(fold(text).split())
        # In a burst of keys the words are taken while their rows are still being read.
        if words != self.words or self.rows is None or words != self.rows.words:
            self.words = words
            await self.reload()

    def show_filtered(self) -> None:
        """Show the favors that contain the words, once these are found."""
        self.run_worker(self.reload, exclusive=True, group="filter")

    def key_escape(self) -> None:
        """Remove the filter."""
        self.filter_by("")

    def on_resize(self) -> None:
        """Draw the four lanes to fit the room."""
        if self.lanes is not None and self.rows is not None:
            self.rows = LaneRows(
                self.lanes, self.planner.config.settings, holding=self.holding, words=self.words,
                counts=self._counts_below, known=self.rows.known,
            )  # fmt: skip
            self.show()
