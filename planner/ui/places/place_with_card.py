"""A place with one list about people, and the card of the person under the cursor beside it."""

from __future__ import annotations

from asyncio import sleep
from time import monotonic
from typing import ClassVar

from textual import on
from textual.worker import Worker

from planner.desk.values import Card
from planner.errors import PlannerError
from planner.ui.places.look_list import LookList
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.shared.card import card_lines
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import Draw, LinesView

CARD_WAIT = 0.1
"""Seconds the cursor must rest before card and footer follow: a held key draws one of each, not sixty."""
MOST_CARDS = 500
"""The most cards kept between two readings of the place."""


class PlaceWithCard(PlaceScreen):
    """A place whose body has one `LookList`, and a `LinesView` with the selector `CARD` for the card."""

    CARD: ClassVar[str] = "#card"
    HISTORY: ClassVar[int] = 30
    """How many interactions are read for a card."""
    SECOND_LINE: ClassVar[bool] = True
    """Whether on a narrow screen the row under the cursor has a second line in place of the card."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[int, Card] = {}
        """The cards read since the last reading of the place, by the id of the contact."""
        self._rests_at = 0.0
        """When the cursor will have rested long enough, on the clock of `time.monotonic`."""
        self._at_rest: Worker[None] | None = None

    @property
    def contact_id(self) -> int | None:
        """The id of the contact under the cursor, or None."""
        return None

    def beside(self, card: Card | None) -> Draw | None:
        """A function that draws the lines beside the list; None keeps the present lines.

        `card` is None until it is read.
        """
        return (lambda width: card_lines(card, width, self.look)) if card is not None else None

    @on(LineList.Highlighted)
    def card_soon(self) -> None:
        """Once the cursor rests, draw the footer, and read and draw the card of the person under the cursor."""
        self._rests_at = monotonic() + CARD_WAIT
        # One worker waits as long as the cursor moves: one per row would be a tenth of a row's cost.
        if self._at_rest is None or self._at_rest.is_finished:
            self._at_rest = self.run_worker(self._follow_cursor, group="card")

    async def _follow_cursor(self) -> None:
        drawn_for = 0.0
        while drawn_for != self._rests_at:
            while (left := self._rests_at - monotonic()) > 0:
                await sleep(left)
            drawn_for = self._rests_at
            self.draw_keys()
            if await self._has_card() and drawn_for == self._rests_at:
                self.draw_card()

    async def _has_card(self) -> bool:
        """Read the card of the person under the cursor unless it is there; return whether there is one."""
        contact_id, asked_for = self.contact_id, self._rests_at
        if contact_id is None or contact_id in self.cards:
            return True
        try:
            card = await self.fetch(lambda desk: desk.reading.card(contact_id, history=self.HISTORY))
        except PlannerError:
            # The contact is gone: the next reading of the place removes the row.
            self.query_one(self.CARD, LinesView).show(None)
            return False
        if asked_for == self._rests_at:
            if len(self.cards) >= MOST_CARDS:
                self.cards.clear()
            self.cards[contact_id] = card
        return True

    def draw_card(self) -> None:
        """Draw the lines beside the list, and the second line of the row under the cursor."""
        listed, view, contact_id = self.query_one(LookList), self.query_one(self.CARD, LinesView), self.contact_id
        if listed.cursor_row is None:
            view.show(None)
            return
        card = self.cards.get(contact_id) if contact_id is not None else None
        draw = self.beside(card)
        if draw is not None or contact_id is None:
            view.show(draw)
        if card is not None:
            listed.card = card
            if listed.two_line:
                listed.redraw()

    @on(LineList.Selected)
    def _selected(self) -> None:
        self.verb_open()

    def verb_open(self) -> None:
        """Open the page of the person under the cursor."""
        if self.contact_id is not None:
            self.planner.open_contact(self.contact_id)

    def verb_top(self) -> None:
        """Go to the first row."""
        self.query_one(LookList).action_first()

    def on_resize(self) -> None:
        """Give the row under the cursor a second line if the card does not fit."""
        width, height = self.size
        self.query_one(LookList).two_line = self.SECOND_LINE and 0 < width < 120 and height >= 12
