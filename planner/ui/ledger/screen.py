"""The ledger: what is open between people and me, in four lanes, and one key for each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.commands import registry
from planner.commands.keys import key_label
from planner.core.favors import promise_by
from planner.core.words.folding import fold
from planner.desk.values import Card, Ledger, LedgerRow
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.ledger.decline_dialog import DeclineAnswer, DeclineDialog
from planner.ui.ledger.favor_dialog import FavorDialog, FavorDraft
from planner.ui.ledger.reasons import REASONS
from planner.ui.ledger.rows import AnswerKey, LedgerList, card_lines, lanes_line, rows_of
from planner.ui.shared.asking import look_at
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.shared.triage_questions import day_echo, day_question
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk, Done
    from planner.ui.ledger.favor_dialog import FavorDraft

CARD_WAIT = 0.1
"""Seconds the cursor rests before the card follows: a held key draws one card, not sixty."""
ANSWERS = ("promise", "done", "offer", "thank", "outcome", "nudge", "rest")
ENTRIES = {"gave": "gave", "helped": "received", "ask": "ask", "request": "asked"}
"""The verb of the desk by the verb of the screen."""


class LedgerScreen(PlaceScreen):
    """The four lanes."""

    PLACE = "ledger"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("ledger")

    def __init__(self) -> None:
        super().__init__()
        self.ledger: Ledger | None = None
        self.words: tuple[str, ...] = ()
        self.cards: dict[int, Card] = {}
        self.wanted = ""
        """The key of a loop that was just written: the cursor goes to it once it is read."""
        self.before: dict[int, str] = {}
        """The key of the entry under the cursor before each step of this place, for undo to come back to."""
        self.put_off: FavorDraft | None = None
        """An ask that gave way to giving first: the next one begins with its words."""

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
            empty.update("Nothing open holds these words. / changes them, esc shows everything.")
            return
        label = {verb: key_label(self.planner.keys[f"ledger.{verb}"][0]) for verb in ENTRIES}
        begun = (
            "Nothing is open: every answer, promise and thanks is given."
            if ledger.people
            else (
                "Help goes both ways. Here stands what is open: what people asked you, what you promised,\n"
                "what you asked for, and the thanks that are due. It counts, and keeps no score."
            )
        )
        keys = (
            f"{label['request']}  they asked me for something       {label['ask']}  I asked for something\n"
            f"{label['gave']}  I helped someone                  {label['helped']}  someone helped me"
        )
        if self.size.height < 16:
            begun = "What is open with people stands here."
            keys = (
                f"{label['request']}  they asked me     {label['ask']}  I asked\n"
                f"{label['gave']}  I helped          {label['helped']}  they helped"
            )
        empty.update(Content(f"{begun}\n\n{keys}"))

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
        card, answers = self.cards.get(row.favor.contact_id), self._answers()
        if card is None:
            return
        self.list.card = card
        view.show(lambda width: card_lines(row, card, answers, width, self.look))
        if self.list.two_line:
            self.list.redraw()

    def _answers(self) -> Sequence[AnswerKey]:
        found: Sequence[AnswerKey] = ()
        for verb in ANSWERS:
            if not self.refusal(verb):
                one = registry.by_id(f"ledger.{verb}")
                found = (*found, AnswerKey(key_label(self.planner.keys[one.id][0]), one.title))
        return found

    @property
    def current(self) -> LedgerRow | None:
        """The loop under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, LedgerRow) else None

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb == "filter" and self.ledger is not None and not any(self.ledger.lanes.values()):
            return "There is nothing to filter yet"
        if verb not in ANSWERS and verb != "open":
            return ""
        row = self.current
        if row is None:
            return "Nothing is open here; w, k, g and e write something down"
        reason = REASONS.get(verb, {}).get(row.item.kind, "")
        if reason:
            return reason
        if verb == "nudge" and len(row.favor.nudges) >= self.planner.config.settings.nudges:
            return "Nudged as often as is kind; R lets it rest, c says the help came"
        return ""

    # Answers

    def verb_promise(self) -> None:
        """Say yes, with a day."""
        row = self.current
        if row is None:
            return
        key, name = row.favor.id, row.favor.contact_name
        default = promise_by(row.favor, self.planner.today, self.planner.config.settings)

        async def submit(text: str) -> None:
            due = self.planner.read_day(text) if text.strip() else default
            await self.do(lambda desk: desk.favors.accept([key], due=due))

        question = day_question(self, f"Promise {name} it by", empty=True)
        hint = f"a day: fri, 12 dec, 2w, eom; enter alone is {day_echo(default, self.planner.today).plain}"
        self.ask(Question(question.label, hint, check=question.check, may_be_empty=True), submit)

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb; its undo comes back to the entry under the cursor."""
        row = self.list.cursor_row
        done = await super().do(work)
        if row is not None and done.step is not None:
            self.before[done.step] = row.key
        return done

    def undone(self, step: int) -> None:
        """Come back to the entry it was about."""
        self.wanted = self.before.get(step, "")

    def verb_done(self) -> None:
        """The help was given, or came."""
        row = self.current
        if row is not None:
            self.act(lambda desk: desk.favors.done([row.favor.id]))

    def verb_offer(self) -> None:
        """Something better than no."""

        row = self.current
        if row is None:
            return
        key, name = row.favor.id, row.favor.contact_name

        def answered(answer: DeclineAnswer | None) -> None:
            if answer is None:
                self.say(f"Kept open: what {name} asked", tone="accent")
                return
            self.act(
                lambda desk: desk.favors.decline(
                    key, way_out=answer.way_out, note=answer.note, back_on=answer.back_on,
                    introduce_to=answer.introduce_to, given=answer.given,
                )
            )  # fmt: skip

        self.app.push_screen(DeclineDialog(row.favor), answered)

    def verb_thank(self) -> None:
        """Thanks are said."""
        row = self.current
        if row is not None:
            self.act(lambda desk: desk.favors.thank([row.favor.id]))

    def verb_outcome(self) -> None:
        """They know how it went."""
        row = self.current
        if row is not None:
            self.act(lambda desk: desk.favors.told([row.favor.id]))

    def verb_nudge(self) -> None:
        """A kind reminder."""
        row = self.current
        if row is not None:
            self.act(lambda desk: desk.favors.nudge([row.favor.id]))

    def verb_rest(self) -> None:
        """Wait no longer."""
        row = self.current
        if row is not None:
            self.act(lambda desk: desk.favors.rest([row.favor.id]))

    # New entries

    def verb_gave(self) -> None:
        """I helped."""
        self._enter("gave")

    def verb_helped(self) -> None:
        """They helped me."""
        self._enter("helped")

    def verb_ask(self) -> None:
        """I asked."""
        self._enter("ask")

    def verb_request(self) -> None:
        """They asked me."""
        self._enter("request")

    def _enter(self, verb: str, written: FavorDraft | None = None) -> None:

        row = self.current
        person = (row.favor.contact_id, row.favor.contact_name) if row is not None else None
        if verb == "ask":
            written, self.put_off = written or self.put_off, None

        def given(draft: FavorDraft | None) -> None:
            if draft is None:
                return
            if draft.verb == "ask" and draft.on is None:
                self._ask_after_a_look(draft)
            else:
                self._write(draft)

        self.app.push_screen(FavorDialog(ENTRIES[verb], person, written), given)

    @work(exclusive=True, group="ask")
    async def _ask_after_a_look(self, draft: FavorDraft) -> None:
        """What was asked on an earlier day is written as it is; before an ask of today comes a look."""
        answer = await look_at(self, draft.contact_id, draft.note or draft.kind)
        if answer == "ask":
            self._write(draft)
        elif answer == "give":
            self.put_off = draft
        else:
            self._enter("ask", draft)

    @work(group="act")
    async def _write(self, draft: FavorDraft) -> None:
        """Write the entry; the cursor goes to it where it is open."""

        def enter(desk: Desk) -> Done:
            return desk.favors.enter(
                draft.verb, [draft.contact_id], kind=draft.kind, on=draft.on, due=draft.due, note=draft.note
            )

        try:
            key = (await self.do(enter)).id
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        if not self.list.move_to_key(f"v{key}"):
            self.wanted = f"v{key}"

    # Looking

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        if isinstance(event.row.data, LedgerRow):
            self.planner.open_contact(event.row.data.favor.contact_id)

    def verb_open(self) -> None:
        """Open the contact."""
        if self.current is not None:
            self.planner.open_contact(self.current.favor.contact_id)

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
