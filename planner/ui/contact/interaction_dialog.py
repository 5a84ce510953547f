"""The dialog that changes an interaction: its day, channel, direction, outcome and note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.core.dates.shown import exact_date
from planner.core.model import CHANNELS, Direction, Interaction, Outcome
from planner.errors import Refused
from planner.ui.editor import edit, is_on_screen
from planner.ui.port import AsksPlanner
from planner.ui.text import content
from planner.ui.widgets.field import Field, ListSuggester

if TYPE_CHECKING:
    pass

Changes = dict[str, Any]


class InteractionDialog(AsksPlanner, ModalScreen[Changes | None]):
    """Returns the changes by the argument names of `desk.interactions.edit`; None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("ctrl+o", "editor", "The note in the editor", show=False, priority=True),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | ctrl+s, enter on the note | Save. |
    | ctrl+o | Write the note in your own editor; it may have several lines there. |
    | escape | Leave it as it is. |
    """

    def __init__(
        self,
        interaction: Interaction,
        read_day: Callable[..., date],
        today: date,
        *,
        typed: Changes | None = None,
        problem: str = "",
    ) -> None:
        """`typed` holds changes of an earlier dialog that could not be saved, `problem` the reason."""
        super().__init__()
        self.interaction = interaction
        self.read_day = read_day
        self.today = today
        self.typed = typed or {}
        self.problem = problem
        self.note = interaction.note
        """The note with its line breaks; the field shows it on one line."""

    def text_of_line(self, name: str, shown: str) -> str:
        return self.note if name == "note" and shown == on_one_line(self.note) else shown

    def shown_in_line(self, name: str, text: str) -> str:
        if name != "note":
            return text
        self.note = text
        return on_one_line(text)

    @property
    def text_kind(self) -> str:
        return f"InteractionDialog {self.interaction.id}"

    def compose(self) -> ComposeResult:
        one = self.interaction
        names = ", ".join(name for _, name in one.contacts)
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content(f"{exact_date(one.on)} with {names}", "bold $accent"), classes="dialog-heading")
            yield Field("on", "day", one.on.isoformat(), reads=self._day_words)
            yield Field("channel", "how", one.channel, suggester=ListSuggester(CHANNELS, many=False))
            yield Field("outcome", "outcome", str(one.outcome), reads=self._outcome_words,
                        suggester=ListSuggester([*Outcome], many=False))  # fmt: skip
            yield Field("direction", "who began", str(one.direction), reads=self._direction_words,
                        suggester=ListSuggester([*Direction], many=False))  # fmt: skip
            yield Field("note", "note", on_one_line(one.note))
            yield Static(id="interaction-echo", markup=False)
            yield Static(content("tab next   ctrl+o the note in your editor   ctrl+s saves   esc leaves", "$dim"),
                         classes="dialog-keys")  # fmt: skip

    def on_mount(self) -> None:
        """Restore changes that could not be saved."""
        for field in self.query(Field):
            value = self.typed.get(field.name or "")
            if value is None:
                continue
            if field.name == "note":
                self.note = str(value)
                field.value = on_one_line(self.note)
            else:
                field.value = value.isoformat() if isinstance(value, date) else str(value)
        self._show_problem()

    def _day_words(self, text: str) -> str:
        return exact_date(self._day(text))

    def _day(self, text: str) -> date:
        planned = self.interaction.outcome is Outcome.PLANNED
        day: date = self.read_day(text, past=not planned)
        return day

    def _outcome_words(self, text: str) -> str:
        return {
            Outcome.REACHED: "you were in touch",
            Outcome.ATTEMPT: "no answer",
            Outcome.PLANNED: "still to come",
        }[_begun(Outcome, text, "outcome")]

    def _direction_words(self, text: str) -> str:
        return {Direction.ME: "I did", Direction.THEM: "they did", Direction.BOTH: "both of us"}[
            _begun(Direction, text, "beginning")
        ]

    @on(Field.Submitted)
    def _submitted(self, event: Field.Submitted) -> None:
        if event.control.name == "note":
            self.action_save()
        else:
            self.focus_next()

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        self._echo(event.control)

    def _echo(self, field: Field) -> None:
        """Show the words of a problem below the fields, since they do not fit beside one."""
        if field.problem:
            self.query_one("#interaction-echo", Static).update(field.said)
        else:
            self._show_problem()

    def _show_problem(self) -> None:
        self.query_one("#interaction-echo", Static).update(content(self.problem, "$late"))

    def action_save(self) -> None:
        """Return the changes; if a field is wrong, focus it."""
        fields = {field.name or "": field for field in self.query(Field)}
        for field in fields.values():
            if not field.check():
                field.input.focus()
                self._echo(field)
                return
        changes: Changes = {name: field.value for name, field in fields.items() if field.changed}
        if fields["note"].value == on_one_line(self.note):
            changes.pop("note", None)
            changes |= {"note": self.note} if self.note != self.interaction.note else {}
        if "on" in changes:
            changes["on"] = self._day(changes["on"])
        if "outcome" in changes:
            changes["outcome"] = str(_begun(Outcome, changes["outcome"], "outcome"))
        if "direction" in changes:
            changes["direction"] = str(_begun(Direction, changes["direction"], "beginning"))
        self.dismiss(changes)

    def action_editor(self) -> None:
        """Edit the note in the person's own editor."""
        field = next(one for one in self.query(Field) if one.name == "note")
        before = self.note if field.value == on_one_line(self.note) else field.value
        try:
            written = edit(self.planner, before, self.text_about, "note", name="note")
        except Refused as problem:
            self.problem = str(problem)
            self._show_problem()
            return
        self.problem, self.note = "", written.text
        field.value = on_one_line(written.text)
        field.input.focus()
        is_on_screen(self.planner, written)

    def action_leave(self) -> None:
        """Leave the interaction unchanged."""
        self.dismiss(None)


def on_one_line(text: str) -> str:
    """A text of several lines as one line, for a field."""
    return " ".join(text.split())


def _begun(kind: Any, text: str, what: str) -> Any:
    """The member whose name is the text or begins with it; raises Refused, listing the members."""
    wanted = text.strip().casefold()
    found = [one for one in kind if str(one).startswith(wanted)] if wanted else []
    if len(found) != 1:
        raise Refused(f"No such {what}", f"Use {', '.join(str(one) for one in kind)}")
    return found[0]
