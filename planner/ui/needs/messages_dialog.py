"""Shared by the dialogs that show one message about a need after another, and store who got it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual import work
from textual.binding import Binding, BindingType

from planner.core.needs import Need
from planner.desk.reciprocity.drafts import Letter
from planner.errors import PlannerError
from planner.ui.asking.words_dialog import NOT_SENT, SendsWords
from planner.ui.glyphs import glyphs
from planner.ui.shared.card import Line
from planner.ui.themes import Palette
from planner.ui.widgets.rows import bar, clip
from planner.unfinished import Unfinished

BAR = 12
"""The most cells of the bar of progress."""
COPYING = ("c copy", "m mail", "v edit")
People = tuple[tuple[int, str], ...]
"""(id, name) of each person."""

Result = TypeVar("Result")


class MessagesDialog(SendsWords[Result]):
    """Shows the messages in turn. A subclass writes them, stores who was told, and returns the result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sent", "Sent", show=False),
        Binding("T", "told", "Told", show=False),
        Binding("s", "skip", "Skip", show=False),
        Binding("escape,q,ctrl+c", "leave", "Leave", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | enter | The message was sent, if it was copied or mailed: its people are told. Shows the next message. |
    | T | Its people were told in another way. Shows the next message. |
    | s | Leave its people out. |
    | c, m, v | Copy the message, copy a link that starts the mail, open the message in the editor. |
    | escape, q | Leave. Whoever was told stays told. |
    """
    MORE_KEYS: ClassVar[tuple[str, ...]] = ()
    """The keys of a subclass for the bottom line."""

    def __init__(self, need: Need, letters: Sequence[People]) -> None:
        """`letters` holds the people of each message, in the order in which the messages are shown."""
        super().__init__()
        self.need = need
        self.letters = tuple(letters)
        self.place = 0
        self.sent = 0
        """How many people were told."""
        self.drafts: dict[int, Letter] = {}
        """The messages by their index in `letters`."""

    # To be implemented by a subclass

    async def write_drafts(self) -> dict[int, Letter]:
        """The messages by their index."""
        raise NotImplementedError

    async def store(self, people: People) -> str:
        """Store that people were told; return the words about it."""
        raise NotImplementedError

    def result(self) -> Result:
        """The result of the dialog when it closes."""
        raise NotImplementedError

    # Display

    @property
    def people(self) -> People:
        """The people of the shown message."""
        return self.letters[self.place]

    @property
    def total(self) -> int:
        """How many people the messages are for."""
        return sum(map(len, self.letters))

    def keys(self) -> str:
        several = len(self.letters) > 1
        first = ("enter sent, next" if several else "enter sent",) if self.is_handed else (*COPYING, "T told them")
        again = COPYING if self.is_handed else ()
        return "   ".join((*first, *(("s skip",) if several else ()), *again, *self.MORE_KEYS, "esc leaves"))

    def lines(self, width: int, colors: Palette) -> list[Line]:
        head: list[Line] = []
        if len(self.letters) > 1:
            marks, room = glyphs(self.planner.ascii_marks), max(0, min(BAR, width - 16))
            styles = colors.done, colors.rule
            done = bar(self.place, len(self.letters), room, (marks.load_full, marks.load_empty), styles)
            count = f" {self.place + 1} of {len(self.letters)}"
            told = f"   told {self.sent}" if self.sent else ""
            head = [[*done, Segment(count, colors.text), Segment(told, colors.done)]]
        return [*head, clip(self.way(colors), width), [], *self.message(width, colors)]

    def kept_as(self, contact_id: int | None) -> Unfinished:
        everyone = [one for people in self.letters for one in people]
        meant = [one for one in everyone if one[0] == contact_id] or everyone
        who = meant[0][1] if len(meant) == 1 else f"{len(meant)} people"
        verb = f"words in {type(self).__name__} {self.need.id}"
        return Unfinished(verb, tuple(key for key, _ in meant), self.about[0], f"Message to {who}: {self.need.title}")

    def on_mount(self) -> None:
        """Write the messages."""
        self.write_again()

    @work(exclusive=True, group="drafts")
    async def write_again(self) -> None:
        """Write the messages; those that were edited by hand stay."""
        try:
            self.drafts = await self.write_drafts()
        except PlannerError as problem:
            self.tell(str(problem))
            return
        self.take_up_words([people[0][0] for people in self.letters if len(people) == 1])
        self._show()

    def _show(self) -> None:
        self.draft = self.drafts.get(self.place)
        self.draw()

    # Keys

    def action_sent(self) -> None:
        """Store that the people were told, if the message was copied or mailed; else say what to do."""
        if self.is_handed:
            self._told()
        else:
            self.tell(f"{NOT_SENT}; T where they know already")

    def action_told(self) -> None:
        """Store that the people were told in another way."""
        self._told()

    @work(exclusive=True, group="told")
    async def _told(self) -> None:
        people = self.people
        try:
            said = await self.store(people)
        except PlannerError as problem:
            self.tell(f"{problem} s goes on")
            return
        self.sent += len(people)
        self._next(said)

    def action_skip(self) -> None:
        """Show the next message; the people of this one are not told."""
        self._next("")

    def _next(self, said: str) -> None:
        if self.place + 1 >= len(self.letters):
            self.action_leave()
            return
        self.place += 1
        self.said = said
        self._show()

    def action_leave(self) -> None:
        """Close the dialog."""
        self.dismiss(self.result())
