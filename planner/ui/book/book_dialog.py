"""The dialog of the address book: its open questions, each answered by one key, then the added and changed people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from planner.core.records import record
from planner.desk.book.values import CardQuestion, Synced, SyncLine
from planner.ui.book.calendar_dialog import show_calendar
from planner.ui.glyphs import glyphs
from planner.ui.shared.card import Line
from planner.ui.shared.walked_dialog import NARROW, WalkedDialog
from planner.ui.text import content, plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.prompt import Question
from planner.ui.widgets.rows import Column, fit, lay

if TYPE_CHECKING:
    from textual.content import Content

    from planner.desk import Desk, Done
    from planner.ui.port import PlacePort

COLUMNS = (Column(1), Column(10, most=30, share=2), Column(14, share=3))
KEYS: dict[str, tuple[str, str]] = {
    "theirs": ("t", "takes theirs"),
    "mine": ("m", "keeps mine"),
    "both": ("b", "keeps both"),
    "archive": ("x", "archives"),
    "keep": ("m", "keeps it"),
    "unlink": ("l", "unlinks"),
    "gone": ("g", "they are gone"),
    "two": ("2", "two people"),
    "one": ("1", "one person"),
    "restore": ("r", "puts it back"),
    "again": ("a", "reads them again"),
}
"""The key of each answer, and its effect in short. Upper case answers all questions of the kind alike."""
LETTERS = tuple(dict.fromkeys(key for key, _ in KEYS.values()))
FOR_ALL = {key.upper(): key for key in LETTERS if key.isalpha()}


@record(frozen=True, slots=True)
class ChosenAnswer:
    """An answer to some questions, or a contact to open."""

    questions: tuple[int, ...] = ()
    answer: str = ""
    contact_id: int | None = None


class BookDialog(WalkedDialog[ChosenAnswer]):
    """Returns the choice; None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open the person", show=False),
        *(Binding(key, f"answer('{key}')", "Answer", show=False) for key in LETTERS),
        *(Binding(key, f"answer_all('{one}')", "Answer all alike", show=False) for key, one in FOR_ALL.items()),
    ]

    def __init__(self, questions: Sequence[CardQuestion], followed: Sequence[SyncLine], index: int = 0) -> None:
        super().__init__()
        self.questions = tuple(questions)
        self.followed = tuple(followed)
        self.index = max(0, min(index, self.count - 1))

    @property
    def question(self) -> CardQuestion | None:
        """The marked entry, if it is a question."""
        return self.questions[self.index] if self.index < len(self.questions) else None

    @property
    def count(self) -> int:
        return len(self.questions) + len(self.followed)

    def heading(self) -> str:
        parts = [f"{len(self.questions):,} to decide"] if self.questions else []
        parts += [f"{len(self.followed):,} new or changed"] if self.followed else []
        words = ", ".join(parts)
        return words if self.app.size.width < NARROW else f"Address book: {words}"

    def keys(self) -> str:
        keys, one = [], self.question
        for key, answer in self._answers().items():
            keys.append(f"{key} {KEYS[answer][1]}")
        if one is not None and len(self._alike(one)) > 1:
            for_all = " ".join(key.upper() for key in self._answers() if key.isalpha())
            keys += [f"{for_all} for all {len(self._alike(one)):,}"] if for_all else []
        if self._contact_id is not None:
            keys.append("enter opens")
        return "   ".join([*keys, "esc leaves"])

    def entry(self, place: int, width: int, colors: Palette) -> Line:
        return lay(self._cells(place, colors), COLUMNS, fit(COLUMNS, width))

    def details(self, width: int, colors: Palette) -> list[Segment]:
        one = self.question
        if one is None:
            return []
        found: list[Segment] = []
        if not one.name:
            # It may not fit in its row.
            found += [Segment(part, colors.text) for part in wrapped(plain(one.words), width, 2)]
        for label, value in (("there", one.theirs), ("here", one.mine)):
            if value:
                found += [Segment(part, colors.text) for part in wrapped(f"{label:<6}{plain(value)}", width, 2)]
        if not (one.theirs and one.mine):
            does = "; ".join(f"{key}: {one.answers[answer]}" for key, answer in self._answers().items())
            found += [Segment(part, colors.dim) for part in wrapped(does, width, 3)]
        return found

    def _cells(self, place: int, colors: Palette) -> tuple[tuple[str, Style], ...]:
        marks = glyphs(getattr(self.app, "ascii_marks", False))
        if place < len(self.questions):
            one = self.questions[place]
            words = plain(one.words)
            name = plain(one.name)
            # The name has a column of its own.
            told = words.removeprefix(f"{name}: ").removeprefix(f"{name} ") if name else words
            return (("?", colors.due), (name, colors.name), (told, colors.due))
        line = self.followed[place - len(self.questions)]
        return ((marks.done, colors.done), (plain(line.name), colors.name), (plain(line.what), colors.dim))

    def _answers(self) -> dict[str, str]:
        """The answers to the marked question, by their keys."""
        one = self.question
        return {KEYS[answer][0]: answer for answer in one.answers} if one is not None else {}

    def _alike(self, one: CardQuestion) -> tuple[int, ...]:
        """All questions that can be answered in the same way."""
        answers = set(one.answers)
        return tuple(other.id for other in self.questions if set(other.answers) == answers)

    @property
    def _contact_id(self) -> int | None:
        if self.question is not None:
            return self.question.contact_id
        place = self.index - len(self.questions)
        return self.followed[place].contact_id if 0 <= place < len(self.followed) else None

    def action_answer(self, key: str) -> None:
        """Answer the marked question, if the key is one of its answers."""
        answer, one = self._answers().get(key), self.question
        if answer is not None and one is not None:
            self.dismiss(ChosenAnswer((one.id,), answer))

    def action_answer_all(self, key: str) -> None:
        """Answer all questions of this kind alike, as one step."""
        answer, one = self._answers().get(key), self.question
        if answer is not None and one is not None:
            self.dismiss(ChosenAnswer(self._alike(one), answer))

    def action_open(self) -> None:
        """Open the contact of the marked entry."""
        if self._contact_id is not None:
            self.dismiss(ChosenAnswer(contact_id=self._contact_id))


async def show_book(place: PlacePort, contact_id: int | None = None) -> None:
    """Read books and calendars, report changes, show the questions; if there is neither, ask for a book.

    With `contact_id` the mark is on the first entry of that person.
    """
    books = place.planner.outside.books
    done = await books.read()
    came = await books.calendar(dry_run=True)
    if done is None and came is None:
        _ask_for_book(place)
        return
    if done is not None:
        _tell(place, done)
        if not await decide(place, contact_id):
            return
    if came is not None:
        await show_calendar(place, came)


def _tell(place: PlacePort, done: Synced) -> None:
    if done.step is not None:
        place.planner.data_changed()
    for trouble in done.troubles:
        place.say(trouble, tone="due")
    if not done.troubles:
        place.say(f"Address book: {done.plan}", undo=done.step is not None)


async def show_questions(place: PlacePort) -> None:
    """Show the open questions, without reading first."""
    await decide(place)


async def decide(place: PlacePort, contact_id: int | None = None) -> bool:
    """Show the questions and the added or changed people, until none are left or the dialog is left.

    Returns False if it was left for the page of a person.
    """
    index: int | None = None
    while True:
        questions = await place.fetch(lambda desk: desk.book.asked())
        followed = place.planner.outside.books.followed
        entries = [*(one.contact_id for one in questions), *(one.contact_id for one in followed)]
        if not entries:
            return True
        if index is None:
            index = entries.index(contact_id) if contact_id in entries else 0
        elif questions:
            # The answered question is gone from the list: the next one has its index.
            index = min(index, len(questions) - 1)
        dialog = BookDialog(questions, followed, index)
        chosen = await place.answer_of(dialog)
        if chosen is None:
            return True
        index = dialog.index
        if chosen.contact_id is not None:
            place.planner.open_contact(chosen.contact_id)
            return False
        await place.do(partial(_decided, chosen))
        if chosen.answer == "again" and (done := await place.planner.outside.books.read()) is not None:
            _tell(place, done)


def _decided(chosen: ChosenAnswer, desk: Desk) -> Done:
    return desk.book.decide(chosen.questions, chosen.answer)


def _ask_for_book(place: PlacePort) -> None:
    """Ask which address book to read from now on."""

    async def check(text: str) -> Content:
        return content("What a card says anew follows; nothing in the book is changed", "$dim")

    async def submit(text: str) -> None:
        path = await place.in_thread(_present_book, text)
        await place.do(lambda desk: desk.book.add(path))
        place.in_turn(partial(show_book, place))

    question = Question("Address book", "a folder of cards, as vdirsyncer keeps, or a file of them", check=check)
    place.ask(question, submit)


def _present_book(text: str) -> str:
    """The absolute path of an existing, readable book; raises Refused otherwise."""
    # Imported late: the list of questions needs no reader of cards.
    from pathlib import Path

    from planner.interchange.book.reading import check_book

    path = str(Path(text.strip()).expanduser().absolute())
    check_book(path)
    return path
