"""Pairs who may be one person, side by side: one, two, or later; then the next pair at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.desk.values import Card, Suspicion, Suspicions
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.review.pair_lines import FieldList, PairField, PairList, fields_of, weight
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content
from planner.ui.widgets.line_list import Row

if TYPE_CHECKING:
    from planner.desk import Desk, Done

HISTORY = 1000
NEEDS_PAIR = frozenset({"merge", "apart", "later", "left", "right", "other", "all"})
NEEDS_FIELD = frozenset({"left", "right", "other"})


class PairsScreen(PlaceScreen):
    """Two people or one, pair by pair."""

    PLACE = "pairs"
    AUTO_FOCUS = "FieldList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("pairs")

    def __init__(
        self, *, imported: bool = False, pairs: Sequence[Suspicion] = (), then: Callable[[], None] | None = None
    ) -> None:
        """`imported`: only what imports left; `pairs` are shown instead of looking for any.

        `then` follows: after the last pair, or with `pairs` once one of them was answered.
        """
        super().__init__()
        self.imported = imported
        self.by_hand = bool(pairs)
        self.pairs: list[Suspicion] | None = list(pairs) or None
        self.total = len(pairs)
        self.place = 0
        self.then = then
        self.cards: dict[int, Card] = {}
        self.shown: tuple[int, int] | None = None
        """The pair whose fields are drawn."""
        self.fields: list[PairField] = []
        self.before: list[tuple[list[Suspicion], int, int]] = []
        """The pairs, the place and the total before each answer, so that undo comes back."""

    def top_place(self) -> str:
        return "contacts"

    def body(self) -> ComposeResult:
        marks = self.planner.ascii_marks
        yield Static(id="pairs-told", markup=False)
        with Vertical(id="pairs-body"):
            yield FieldList(ascii_marks=marks, id="pairs-fields")
            yield Static(id="pairs-legend", markup=False)
            yield PairList(ascii_marks=marks, id="pairs-list")
        yield Static(id="pairs-empty", markup=False)

    @property
    def field_list(self) -> FieldList:
        """The fields side by side."""
        return self.query_one(FieldList)

    @property
    def pair(self) -> Suspicion | None:
        """The pair that is shown."""
        pairs = self.pairs or []
        return pairs[self.place] if self.place < len(pairs) else None

    # Reading

    async def reload(self) -> None:
        """The pairs once; the two that are shown each time."""
        if self.pairs is None:
            imported = self.imported

            def read(desk: Desk) -> Suspicions:
                return desk.review.pairs() if imported else desk.review.duplicates()

            if not imported:
                self.query_one("#pairs-told", Static).update(content(" Looking through everyone", "bold $accent"))
            found = await self.fetch(read)
            self.pairs, self.total = list(found.pairs), found.total
        self.cards.clear()
        self.shown = None
        await self._show_pair()

    async def _show_pair(self) -> None:
        """Draw the pair at the place; one of whom somebody is gone is left out."""
        while (pair := self.pair) is not None:
            try:
                left, right = await self._card(pair.one), await self._card(pair.other)
            except PlannerError:
                self._drop(pair)
                continue
            break
        if pair is not None and self.shown != (pair.one, pair.other):
            self.shown = (pair.one, pair.other)
            fields = self.field_list
            fields.look = self.look
            fields.swapped = ()
            # The one with more history is the likelier to be the real one.
            fields.right_stays = weight(right) > weight(left)
            self.fields = fields_of(left, right, self.look)
            rows = [
                Row(one.label, "item" if one.choice else "detail", one) for one in self.fields
            ]
            fields.set_rows(0, [], 0)
            fields.set_rows(0, rows, len(rows))
            fields.styles.height = len(rows)
        self._draw_around()
        following = (self.pairs or [])[self.place + 1 : self.place + 2]
        for one in following:
            # So that the next key draws at once.
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
        here = pair is not None
        self.query_one("#pairs-body").display = here
        empty = self.query_one("#pairs-empty", Static)
        empty.display = not here
        told = self.query_one("#pairs-told", Static)
        if pair is None:
            told.update("")
            left = len(pairs)
            done = f"{left:,} {'pair waits' if left == 1 else 'pairs wait'} for later.\n\n" if left else ""
            words = "That was every pair.\n\n" if self.before or left else "Nobody seems to be here twice.\n\n"
            after = "goes on to those who are new" if self.then is not None else "goes back"
            empty.update(content(f"{words}{done}enter  {after}"))
        else:
            count = f"{self.place + 1:,} of {self.total:,}"
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
            listed.display = len(pairs) > 1
        self.draw_keys()

    def _draw_legend(self) -> None:
        """What the marks before a field mean, of those that are there."""
        legend, marks = self.query_one("#pairs-legend", Static), self.look.glyphs
        words = [f"{marks.done} is kept"] if any(one.choice for one in self.fields) else []
        words += [f"{marks.marked} both are kept"] if any(one.unites and one.differs for one in self.fields) else []
        legend.display = bool(words) and self.size.height >= 16
        legend.update(content("   ".join(words), "$dim"))

    # What can be done

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb in NEEDS_PAIR and self.pair is None:
            return "There is no pair to look at; enter goes on"
        if verb == "go_on" and self.pair is not None:
            return "m makes one person of them, x says they are two, s leaves them for later"
        if verb in NEEDS_FIELD and self._field() is None:
            return "Nothing is to be chosen here: what differs is kept in any case"
        if verb == "before" and self.place == 0:
            return "This is the first pair"
        return ""

    def _field(self) -> PairField | None:
        row = self.field_list.cursor_row
        return row.data if row is not None and isinstance(row.data, PairField) else None

    def _choose(self, fields: Sequence[PairField], right: bool | None) -> None:
        """Keep the right side of fields, the left, or (None) the other than now."""
        listed = self.field_list
        swapped = set(listed.swapped)
        for one in fields:
            wanted = not listed.keeps_right(one) if right is None else right
            if wanted != listed.keeps_right(one):
                swapped ^= {one.choice}
        listed.swapped = frozenset(swapped)
        listed.redraw()

    def verb_left(self) -> None:
        """The left side of this field."""
        self._choose_here(right=False)

    def verb_right(self) -> None:
        """The right side of this field."""
        self._choose_here(right=True)

    def verb_other(self) -> None:
        """The other side of this field."""
        self._choose_here(right=None)

    def _choose_here(self, right: bool | None) -> None:
        field = self._field()
        if field is not None:
            self._choose([field], right)

    def verb_all(self) -> None:
        """The other side of every field."""
        self._choose([one for one in self.fields if one.choice], None)

    @work(exclusive=True, group="pairs")
    async def _answer(self, act: Callable[[Desk], Done], kept: int | None, gone: int | None) -> None:
        """Write an answer, then show the next pair."""
        pair, pairs = self.pair, self.pairs
        if pair is None or pairs is None:
            return
        snapshot = (list(pairs), self.place, self.total)
        try:
            done = await self.planner.gateway.call(act)
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        if self.by_hand:
            self._leave()
            self._tell_others()
            self.planner.say(done.said, undo=True)
            return
        self.before.append(snapshot)
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

    def _drop(self, pair: Suspicion) -> None:
        assert self.pairs is not None
        self.pairs.remove(pair)
        self.total -= 1

    def _rename(self, kept: int, gone: int) -> None:
        """Other pairs with the one that is gone are about the one that stayed."""
        assert self.pairs is not None
        found: list[Suspicion] = []
        seen: set[tuple[int, int]] = set()
        for index, pair in enumerate(self.pairs):
            ends = [kept if key == gone else key for key in (pair.one, pair.other)]
            if ends[0] == ends[1] or (min(ends), max(ends)) in seen:
                self.total -= 1
                self.place -= index < self.place
                continue
            seen.add((min(ends), max(ends)))
            found.append(Suspicion(ends[0], ends[1], pair.one_name, pair.other_name, pair.likeness, pair.company))
        self.pairs = found

    def verb_merge(self) -> None:
        """One person, with the chosen side of each field."""
        pair, fields = self.pair, self.field_list
        if pair is None:
            return
        kept, gone = (pair.other, pair.one) if fields.right_stays else (pair.one, pair.other)
        take = sorted(fields.swapped)
        self._answer(lambda desk: desk.people.merge(kept, gone, take=take), kept, gone)

    def verb_apart(self) -> None:
        """Two people, for good."""
        pair = self.pair
        if pair is not None:
            self._answer(lambda desk: desk.review.keep_apart(pair.one, pair.other), None, None)

    def verb_later(self) -> None:
        """The next pair; this one waits."""
        self._go(self.place + 1)

    def verb_before(self) -> None:
        """The pair before."""
        self._go(self.place - 1)

    @work(exclusive=True, group="pairs")
    async def _go(self, place: int) -> None:
        self.place = min(max(0, place), len(self.pairs or []))
        await self._show_pair()

    def verb_undo(self) -> None:
        """Take the last answer back, and come back to those two."""
        if self.before:
            self._take_back()
        else:
            self.planner.verb_undo()

    @work(exclusive=True, group="pairs")
    async def _take_back(self) -> None:
        try:
            done = await self.planner.gateway.call(lambda desk: desk.keeping.undo())
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
        """After the last pair: on to what follows."""
        self.verb_back()

    def verb_back(self) -> None:
        """Back to where one came from."""
        if self.by_hand:
            self.dismiss(None)
        else:
            self._leave()

    def _leave(self) -> None:
        self.dismiss(None)
        if self.then is not None:
            self.then()
