"""The dialog for a need: what is needed, why, by which day and who might know, and how people will read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.core.dates.shown import exact_date
from planner.core.drafting.draft import Matter, paragraph
from planner.core.needs import Need, nudge_to_be_specific
from planner.core.records import record
from planner.errors import Refused
from planner.ui.port import AsksPlanner
from planner.ui.text import content
from planner.ui.widgets.field import Field

EXAMPLES = {
    "title": "a job at the port of Lyon",
    "why": "I miss the ships",
    "by": "12 dec, eom; may stay empty",
    "who": "people who load ships, recruiters; may stay empty",
}
LOWEST = 20
"""Lines of a screen below which the paragraph does not fit."""


@record(frozen=True, slots=True)
class NeedDraft:
    """A typed need; `by` is None without a day."""

    title: str
    why: str
    by: date | None
    who: str = ""


class NeedDialog(AsksPlanner, ModalScreen[NeedDraft | None]):
    """Returns the need, or None if the dialog was left. Enter goes to the next line; on the last it saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False),
        Binding("ctrl+s", "save", "Write it", show=False),
    ]

    def __init__(self, need: Need | None, read_day: Callable[[str], date], today: date) -> None:
        """`need` is the need to change, None for a new one. `read_day` reads a typed day; it raises Refused."""
        super().__init__()
        self.need = need
        self.read_day = read_day
        self.today = today

    @property
    def text_kind(self) -> str:
        return f"NeedDialog {self.need.id if self.need is not None else 'new'}"

    def compose(self) -> ComposeResult:
        need = self.need
        by = need.by.isoformat() if need is not None and need.by is not None else ""
        with Vertical(classes="dialog dialog-wide"):
            heading = "I am looking for" if need is None else "What I am looking for"
            yield Static(content(heading, "bold $accent"), classes="dialog-heading")
            yield Field("title", "what", need.title if need is not None else "", example=EXAMPLES["title"])
            yield Field("why", "why", " ".join(need.why.split()) if need is not None else "", example=EXAMPLES["why"])
            yield Field("by", "by when", by, reads=self._day_words, example=EXAMPLES["by"])
            yield Field("who", "who knows", need.who if need is not None else "", example=EXAMPLES["who"])
            yield Static(id="need-echo", classes="dialog-echo", markup=False)
            yield Static(id="need-paragraph", classes="dialog-text", markup=False)
            keys = "enter goes on, at the end writes it   ctrl+s writes it   esc leaves"
            yield Static(content(keys, "$dim"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Focus the first line."""
        self._field("title").input.focus()
        self._advise()

    def _field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)

    def _day(self, text: str) -> date | None:
        """The typed day, None for an empty text. Refuses a past day, except the day the need has already."""
        if not text.strip():
            return None
        day = self.read_day(text)
        known = self.need.by if self.need is not None else None
        if day < self.today and day != known:
            raise Refused(f"{exact_date(day)} is past", "Give today or a later day, or nothing")
        return day

    def _day_words(self, text: str) -> str:
        day = self._day(text)
        return exact_date(day) if day is not None else ""

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        event.stop()
        self._advise()

    def _advise(self) -> None:
        """Show the problem with the day, else advice on making the title more specific."""
        day, title = self._field("by"), self._field("title").value
        advice = nudge_to_be_specific(title) if title else "the more specific, the easier people can help"
        said = day.said if day.problem else content(advice, "$dim") if advice else content("that is specific", "$done")
        self.query_one("#need-echo", Static).update(said)
        self._show_paragraph()

    def _show_paragraph(self) -> None:
        """Show how people will read it."""
        by = self._field("by")
        about = Matter(
            what=self._field("title").value, why=self._field("why").value, who=self._field("who").value,
            by=self._day(by.value) if by.value and not by.problem else None,
            whose=self.need.whose[1] if self.need is not None and self.need.whose is not None else "",
        )  # fmt: skip
        words = paragraph(about, language=self.planner.config.language, today=self.today)
        shown = self.query_one("#need-paragraph", Static)
        shown.display = bool(words) and self.app.size.height >= LOWEST
        shown.update(content(words, "$name"))

    def on_resize(self) -> None:
        """Hide the paragraph on a low screen, to make room for the lines."""
        self._show_paragraph()

    @on(Field.Submitted)
    def _submitted(self, event: Field.Submitted) -> None:
        event.stop()
        if event.control.name == "who":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Return the need; if a line is missing or wrong, focus that line and say why."""
        title, by = self._field("title"), self._field("by")
        if not title.value:
            title.input.focus()
            self.query_one("#need-echo", Static).update(content("What do you need? A few words", "$due"))
            return
        if not by.check():
            by.input.focus()
            self._advise()
            return
        why = self._field("why")
        # Line breaks of an unchanged reason stay.
        reason = self.need.why if self.need is not None and not why.changed else why.value
        self.dismiss(NeedDraft(title.value, reason, self._day(by.value), self._field("who").value))

    def action_leave(self) -> None:
        """Leave without a need."""
        self.dismiss(None)
