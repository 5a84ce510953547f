"""The place that gives each column of a table its meaning, with one key for each meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.core.records import record
from planner.core.words.folding import fold
from planner.errors import Refused
from planner.ui.keymap import bindings_of
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.shared.card import Look
from planner.ui.text import content
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.prompt import Question
from planner.ui.widgets.rows import Column

if TYPE_CHECKING:
    from planner.interchange.reading import FileTable

COLUMNS = (Column(10, most=40, first=True), Column(12, share=1, most=30), Column(8, share=4, rank=1))
KEYED = {"name": "name", "given": "given_name", "family": "family_name", "email": "email", "phone": "phone",
         "company": "company", "title": "title", "notes": "notes", "leave_out": ""}  # fmt: skip
"""The field for the column, by verb; "" leaves the column out."""
TELLS_WHO = ("name", "given_name", "family_name", "nickname", "email")


@record(frozen=True, slots=True)
class Meaning:
    """A column of the table: its name, a few of its values, and the words for the field it means.

    `guessed` is True if the meaning was guessed from the values and the person has not confirmed it.
    """

    name: str
    samples: str
    field: str
    words: str
    guessed: bool = False


class ColumnList(LineList):
    """The list of columns: name, meaning, a few values."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        cells = self.cells(row)
        return self.laid(cells, COLUMNS, width)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, one = self.look, row.data
        if look is None or not isinstance(one, Meaning):
            return ()
        colors = look.colors
        words = (one.words, colors.done) if one.field else ("left out", colors.dim)
        if one.guessed:
            words = (f"{one.words}, a guess", colors.due)
        name = colors.name if one.field else colors.text
        return (one.name, name), words, (one.samples, colors.dim)


class ColumnsScreen(PlaceScreen):
    """The columns of one table. `take` gets the field of each column by its name; None if the place is left."""

    PLACE = "columns"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("columns")

    def __init__(
        self, table: FileTable, mapping: Mapping[str, str] | None, take: Callable[[Mapping[str, str] | None], None]
    ) -> None:
        super().__init__()
        self.table = table
        self.take = take
        self.fields = [(mapping or {}).get(one.name, one.field) for one in table.columns]
        self.guessed = {place for place, one in enumerate(table.columns) if one.guessed and mapping is None}
        """Indexes of the columns whose guessed meaning the person has not confirmed."""

    def top_place(self) -> str:
        return "contacts"

    def body(self) -> ComposeResult:
        yield Static(id="columns-told", markup=False)
        yield ColumnList(ascii_marks=self.planner.ascii_marks, id="columns-list")

    @property
    def list(self) -> ColumnList:
        """The columns."""
        return self.query_one(ColumnList)

    @property
    def words_of(self) -> Mapping[str, str]:
        """The words for each field a column can mean."""
        # Imported late: the formats load slowly, and reading the file has loaded them.
        from planner.interchange.reading import FIELDS

        return FIELDS

    async def reload(self) -> None:
        """Draw the columns."""
        self._draw()

    def _draw(self) -> None:
        words = self.words_of
        rows = [
            Row(
                str(place),
                "item",
                Meaning(one.name, "  ·  ".join(one.samples), field, words.get(field, field), place in self.guessed),
            )
            for place, (one, field) in enumerate(zip(self.table.columns, self.fields, strict=True))
        ]
        self.list.look = self.look
        self.list.set_rows(0, rows, len(rows))
        meant = sum(bool(field) for field in self.fields)
        missing = "" if self._tells_who() else "   which one holds the name, or the e-mail?"
        heading = f"What do the columns mean?   {meant} of {len(rows)} are taken"
        count = len(self.guessed)
        guesses = f", {count} by a guess"
        told = Content.assemble(
            content(heading, "bold $accent"), content(guesses if count else "", "$due"), content(missing, "$due")
        )
        self.query_one("#columns-told", Static).update(told)
        self.draw_keys()

    def _tells_who(self) -> bool:
        return any(field in TELLS_WHO for field in self.fields)

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb == "take" and not self._tells_who():
            return "Say first which column holds the name, or the e-mail"
        return ""

    def _mean(self, field: str, *, go_on: bool = True) -> None:
        """Give the column under the cursor a field; with `go_on` move to the next column."""
        place = self.list.cursor
        if 0 <= place < len(self.fields):
            self.fields[place] = field
            self.guessed.discard(place)
            self._draw()
            if go_on:
                self.list.action_cursor_down()

    def _step(self, by: int) -> None:
        place, fields = self.list.cursor, list(self.words_of)
        if 0 <= place < len(self.fields):
            now = self.fields[place]
            index = fields.index(now) if now in fields else len(fields) - 1
            self._mean(fields[(index + by) % len(fields)], go_on=False)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Take the meanings when enter is pressed, wherever the cursor is."""
        event.stop()
        self.action_verb("columns.take")

    def action_verb(self, command_id: str) -> None:
        """Give the column the meaning of the key, or run another verb."""
        verb = command_id.partition(".")[2]
        if verb in KEYED and command_id.startswith("columns."):
            self._mean(KEYED[verb])
        else:
            super().action_verb(command_id)

    def verb_after(self) -> None:
        """Give the column the next meaning."""
        self._step(1)

    def verb_before(self) -> None:
        """Give the column the meaning before."""
        self._step(-1)

    def verb_choose(self) -> None:
        """Ask for the beginning of a meaning."""
        words = self.words_of

        def found(text: str) -> str:
            wanted = fold(text)
            for field, title in words.items():
                if fold(title).startswith(wanted) or field.startswith(wanted):
                    return field
            raise Refused(f"No meaning begins with “{text[:30]}”", ", ".join(list(words.values())[:6]))

        async def check(text: str) -> Content:
            return content(words[found(text)], "$done")

        async def submit(text: str) -> None:
            self._mean(found(text))

        place = self.list.cursor
        name = self.table.columns[place].name if 0 <= place < len(self.fields) else ""
        hint = ", ".join(title.lower() for title in words.values())
        self.ask(Question(f"“{name}” means", hint, check=check), submit)

    def verb_take(self) -> None:
        """Read the table again with these meanings."""
        mapping = {one.name: field for one, field in zip(self.table.columns, self.fields, strict=True)}
        self.dismiss(None)
        self.take(mapping)

    def verb_back(self) -> None:
        """Leave the meanings unchanged."""
        self.dismiss(None)
        self.take(None)
