"""Pairs of contacts who may be one person, side by side: one person, two, or later; then the next pair."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.core.matching.duplicates import search
from planner.core.words.counts import counted
from planner.desk.values import Card, Duplicate, Duplicates
from planner.errors import PlannerError
from planner.ui.gateway import GivingWay
from planner.ui.keymap import bindings_of
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.review.pair_lines import FieldList, PairField, PairList, fields_of, weight
from planner.ui.text import content
from planner.ui.widgets.line_list import Row

if TYPE_CHECKING:
    from planner.desk import Desk, Done

LOOKING = " Looking through everyone"
HISTORY = 1000
"""Interactions read of each contact: `weight` counts them."""
NEEDS_PAIR = frozenset({"merge", "apart", "later", "left", "right", "other", "all"})
NEEDS_FIELD = frozenset({"left", "right", "other"})


class PairsScreen(PlaceScreen):
    """Shows one pair after another, and stores the answer to each."""

    PLACE = "pairs"
    AUTO_FOCUS = "FieldList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("pairs")

    def __init__(
        self, *, imported: bool = False, pairs: Sequence[Duplicate] = (), then: Callable[[], None] | None = None
    ) -> None:
        """`imported` shows only pairs that imports left open; given `pairs` are shown without a search.

        `then` is called when the place is left after the last pair; with `pairs` once one of them is answered.
        """
        super().__init__()
        self.imported = imported
        self.by_hand = bool(pairs)
        self.pairs: list[Duplicate] | None = list(pairs) or None
        self.total = len(pairs)
        self.place = 0
        self.looking = False
        """Whether the search through everybody is still running."""
        self.then = then
        self.cards: dict[int, Card] = {}
        self.shown: tuple[int, int] | None = None
        """The ids of the pair whose fields are drawn."""
        self.fields: list[PairField] = []
        self.before: list[tuple[list[Duplicate], int, int]] = []
        """The pairs, the index and the total before each answer, for undo."""

    def top_place(self) -> str:
        return "contacts"

    def body(self) -> ComposeResult:
        marks = self.planner.ascii_marks
        yield Static(id="pairs-told", markup=False)
        with Vertical(id="pairs-body"):
            yield FieldList(ascii_marks=marks, id="pairs-fields")
            yield Static(id="pairs-legend", markup=False)
            yield PairList(ascii_marks=marks, id="pairs-list")
        yield Static(id="pairs-empty", classes="empty", markup=False)

    @property
    def field_list(self) -> FieldList:
        """The list of fields."""
        return self.query_one(FieldList)

    @property
    def pair(self) -> Duplicate | None:
        """The shown pair."""
        pairs = self.pairs or []
        return pairs[self.place] if self.place < len(pairs) else None

    # Reading

    async def reload(self) -> None:
        """Find the pairs the first time, and each time read the two shown contacts."""
        if self.pairs is None:
            found = await (self.fetch(lambda desk: desk.review.pairs()) if self.imported else self._surest())
            self.pairs, self.total = list(found.pairs), found.total
            if not self.imported:
                self._look_through()
        self.cards.clear()
        self.shown = None
        await self._show_pair()

    async def _surest(self) -> Duplicates:
        """The pairs that are found without comparing everybody."""
        self.query_one("#pairs-told", Static).update(content(LOOKING, "bold $accent"))
        # It writes if the region has changed.
        await self.fetch(lambda desk: desk.review.read_numbers_anew())
        return await self.fetch_long(lambda desk: desk.review.surest())

    @work(exclusive=True, group="look")
    async def _look_through(self) -> None:
        """Compare everybody while the surest pairs are answered; the other pairs follow these."""
        self.looking = True
        first = {(one.one, one.other) for one in self.pairs or ()}
        way = GivingWay(lambda: self.planner.busy)

        def between() -> None:
            if self.is_gone:
                raise asyncio.CancelledError
            way()

        try:
            compared = await self.fetch_long(lambda desk: desk.review.compared())
            likely = await self.in_thread(search, compared, between)
            found = await self.fetch_long(lambda desk: desk.review.among(likely))
        except PlannerError as problem:
            self.say(str(problem), tone="late")
        else:
            self._follow(found, first)
        self.looking = False
        await self._show_pair()

    def _follow(self, found: Duplicates, first: Set[tuple[int, int]]) -> None:
        """Append the pairs from the full search to the first pairs, whether those were answered or not."""
        pairs = self.pairs or []
        known = first | {(min(one.one, one.other), max(one.one, one.other)) for one in pairs}
        rest = [one for one in found.pairs if (one.one, one.other) not in known]
        more = found.total - self.total
        self.pairs, self.total = [*pairs, *rest], found.total
        self.before = [([*before, *rest], place, total + more) for before, place, total in self.before]

    async def _show_pair(self) -> None:
        """Draw the present pair; pairs with a deleted contact are dropped."""
        while (pair := self.pair) is not None:
            try:
                left, right = await self._card(pair.one), await self._card(pair.other)
            except PlannerError:
                if self.pair is pair:
                    self._drop(pair)
                continue
            if self.pair is pair:
                break
        if pair is not None and self.shown != (pair.one, pair.other):
            self.shown = (pair.one, pair.other)
            fields = self.field_list
            fields.look = self.look
            fields.swapped = ()
            # The contact with more history stays: its fields are more likely to be up to date.
            fields.right_stays = weight(right) > weight(left)
            self.fields = fields_of(left, right, self.look)
            rows = [Row(one.label, "item" if one.choice else "detail", one) for one in self.fields]
            fields.set_rows(0, [], 0)
            fields.set_rows(0, rows, len(rows))
            fields.styles.height = len(rows)
        self._draw_around()
        following = (self.pairs or [])[self.place + 1 : self.place + 2]
        for one in following:
            # Read ahead: the next answer then draws the next pair at once.
            for key in (one.one, one.other):
                try:
                    await self._card(key)
                except PlannerError:
                    continue

    async def _card(self, key: int) -> Card:
        if key not in self.cards:
            self.cards[key] = await self.fetch(lambda desk: desk.reading.card(key, history=HISTORY))
        return self.cards[key]

    def _draw_around(self) -> None:
        pairs, pair = self.pairs or [], self.pair
        told = self.query_one("#pairs-told", Static)
        if pair is None and self.looking:
            told.update(content(LOOKING, "bold $accent"))
            self.show_empty("")
        elif pair is None:
            told.update("")
            left = len(pairs)
            done = f"{counted(left, 'pair waits', 'pairs wait')} for later.\n\n" if left else ""
            words = "That was every pair.\n\n" if self.before or left else "Nobody seems to be here twice.\n\n"
            after = "goes on to those who are new" if self.then is not None else "goes back"
            self.show_empty(self.with_keys(f"{words}{done}{{go_on}}  {after}"))
        else:
            self.show_empty("")
            count = f"{self.place + 1:,} of {self.total:,}{' so far' if self.looking else ''}"
            question = " One person, or two?   " if self.size.width >= 60 else " "
            told.update(
                Content.assemble(
                    content(question, "bold $accent"),
                    content(f"{count}   ", "$dim"),
                    content(pair.likeness.words, "$due"),
                )
            )
            self._draw_legend()
            listed = self.query_one(PairList)
            listed.look = self.look
            rows = [Row(f"{one.one}-{one.other}", "item", one) for one in pairs]
            listed.set_rows(0, rows, len(rows))
            listed.move_to(self.place)
            listed.set_class(len(pairs) < 2, "-alone")
        self.draw_keys()

    def _draw_legend(self) -> None:
        """Explain the marks before the values."""
        legend, marks = self.query_one("#pairs-legend", Static), self.look.glyphs
        words = [f"{marks.done} is kept"] if any(one.choice for one in self.fields) else []
        words += [f"{marks.marked} both are kept"] if any(one.unites and one.differs for one in self.fields) else []
        legend.display = bool(words) and self.size.height >= 16
        legend.update(content("   ".join(words), "$dim"))

    # Verbs

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb in NEEDS_PAIR and self.pair is None:
            if self.looking:
                return "Everyone is still being looked through"
            return self.with_keys("There is no pair to look at; {go_on} goes on")
        if verb == "go_on" and self.pair is not None:
            return self.with_keys("{merge} makes one person of them, {apart} says they are two, {later} leaves them")
        if verb in NEEDS_FIELD and self._field() is None:
            return "Nothing is to be chosen here: what differs is kept in any case"
        if verb == "before" and self.place == 0:
            return "This is the first pair"
        return ""

    def _field(self) -> PairField | None:
        row = self.field_list.cursor_row
        return row.data if row is not None and isinstance(row.data, PairField) else None

    def _choose(self, fields: Sequence[PairField], right: bool | None) -> None:
        """Keep the right value of the fields (True), the left one (False), or the one not kept so far (None)."""
        listed = self.field_list
        swapped = set(listed.swapped)
        for one in fields:
            wanted = not listed.keeps_right(one) if right is None else right
            if wanted != listed.keeps_right(one):
                swapped ^= {one.choice}
        listed.swapped = frozenset(swapped)
        listed.redraw()

    def verb_left(self) -> None:
        """Keep the left value of the field under the cursor."""
        self._choose_here(right=False)

    def verb_right(self) -> None:
        """Keep the right value of the field under the cursor."""
        self._choose_here(right=True)

    def verb_other(self) -> None:
        """Keep the other value of the field under the cursor."""
        self._choose_here(right=None)

    def _choose_here(self, right: bool | None) -> None:
        field = self._field()
        if field is not None:
            self._choose([field], right)

    def verb_all(self) -> None:
        """Keep the other value of every field."""
        self._choose([one for one in self.fields if one.choice], None)

    @work(exclusive=True, group="pairs")
    async def _answer(self, act: Callable[[Desk], Done], kept: int | None, gone: int | None) -> None:
        """Store an answer, then show the next pair. For a merge, `kept` and `gone` are the ids of the two."""
        pair = self.pair
        if pair is None:
            return
        try:
            done = await self.fetch(act)
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        if self.by_hand:
            self._leave()
            self._tell_others()
            self.planner.say(done.said, undo=True)
            return
        # The present list: the pairs from the full search may have come meanwhile.
        self.before.append((list(self.pairs or ()), self.place, self.total))
        self._drop(pair)
        if kept is not None and gone is not None:
            self._rename(kept, gone)
        self.cards.clear()
        self.shown = None
        await self._show_pair()
        self.say(done.said, undo=True)
        self._tell_others()

    def _tell_others(self) -> None:
        for screen in self.app.screen_stack:
            if isinstance(screen, PlaceScreen) and screen is not self:
                screen.read_again()

    def _drop(self, pair: Duplicate) -> None:
        assert self.pairs is not None
        self.pairs.remove(pair)
        self.total -= 1

    def _rename(self, kept: int, gone: int) -> None:
        """In other pairs replace the deleted contact by the one that stayed; drop doubled pairs."""
        assert self.pairs is not None
        found: list[Duplicate] = []
        seen: set[tuple[int, int]] = set()
        for index, pair in enumerate(self.pairs):
            ends = [kept if key == gone else key for key in (pair.one, pair.other)]
            if ends[0] == ends[1] or (min(ends), max(ends)) in seen:
                self.total -= 1
                self.place -= index < self.place
                continue
            seen.add((min(ends), max(ends)))
            found.append(Duplicate(ends[0], ends[1], pair.one_name, pair.other_name, pair.likeness, pair.company))
        self.pairs = found

    def verb_merge(self) -> None:
        """Merge the two contacts, with the chosen value of each field."""
        pair, fields = self.pair, self.field_list
        if pair is None:
            return
        kept, gone = (pair.other, pair.one) if fields.right_stays else (pair.one, pair.other)
        take = sorted(fields.swapped)
        self._answer(lambda desk: desk.people.merge(kept, gone, take=take), kept, gone)

    def verb_apart(self) -> None:
        """Say that they are two people; they are never shown as a pair again."""
        pair = self.pair
        if pair is not None:
            self._answer(lambda desk: desk.review.keep_apart(pair.one, pair.other), None, None)

    def verb_later(self) -> None:
        """Go to the next pair; this one waits."""
        self._go(self.place + 1)

    def verb_before(self) -> None:
        """Go to the pair before."""
        self._go(self.place - 1)

    @work(exclusive=True, group="pairs")
    async def _go(self, place: int) -> None:
        self.place = min(max(0, place), len(self.pairs or []))
        await self._show_pair()

    def verb_undo(self) -> None:
        """Undo the last answer, and show its pair again."""
        if self.before:
            self._take_back()
        else:
            self.planner.verb_undo()

    @work(exclusive=True, group="pairs")
    async def _take_back(self) -> None:
        try:
            done = await self.fetch(lambda desk: desk.keeping.undo())
        except PlannerError as problem:
            self.say(str(problem), tone="due")
            return
        self.pairs, self.place, self.total = self.before.pop()
        self.cards.clear()
        self.shown = None
        await self._show_pair()
        self.say(done.said)
        self._tell_others()

    def verb_go_on(self) -> None:
        """Leave the place after the last pair."""
        self.verb_back()

    def verb_back(self) -> None:
        """Leave the place."""
        if self.by_hand:
            self.dismiss(None)
        else:
            self._leave()

    def _leave(self) -> None:
        self.dismiss(None)
        if self.then is not None:
            self.then()
