"""A labelled line to type in. While a text is typed, its reading is shown beside the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input

from planner.core.words.folding import fold
from planner.errors import PlannerError
from planner.ui.text import content, cut
from planner.ui.widgets.line_input import LineInput
from planner.ui.widgets.widget_message import WidgetMessage

LABEL = 13
"""Columns of a label."""
Reads = Callable[[str], str]
"""Gives the reading of a text; raises PlannerError if it cannot be read."""


class FieldInput(LineInput):
    """The line itself; up and down go to the field above and below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "Field above", show=False),
        Binding("down", "app.focus_next", "Field below", show=False),
    ]


class ListSuggester(Suggester):
    """Completes the text after the last comma to the first of `words` with that beginning, in any case and accents."""

    def __init__(self, words: Sequence[str], *, many: bool = True) -> None:
        """With `many` the line has several words, separated by commas."""
        super().__init__(use_cache=False, case_sensitive=True)
        self.words = tuple(words)
        self.many = many

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with the word completed; None if no word begins with the text."""
        before, comma, last = value.rpartition(",") if self.many else ("", "", value)
        typed = last.lstrip()
        if not typed:
            return None
        for word in self.words:
            if fold(word).startswith(fold(typed)) and len(word) > len(typed):
                blank = last[: len(last) - len(typed)]
                # Typed text stays as typed: the suggestion only continues it.
                return f"{before}{comma}{blank}{typed}{word[len(typed) :]}"
        return None


class Field(Horizontal):
    """A label, a line, and at its right the reading of the text, or why it cannot be taken."""

    DEFAULT_CSS = """
    Field { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Field FieldInput { width: 55%; margin: 0 0 0 13; border: none; height: 1; padding: 0; background: $panel; }
    """

    class Changed(WidgetMessage["Field"]):
        """The text of the field changed."""

    class Submitted(WidgetMessage["Field"]):
        """Enter was pressed in the field."""

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        reads: Reads | None = None,
        example: str = "",
        suggester: Suggester | None = None,
    ) -> None:
        """`example` is shown dim in the empty line; `reads` is called each time the text changes."""
        super().__init__(name=name, id=f"field-{name.replace('_', '-')}")
        self.label = label
        self.original = value
        self.reads = reads
        self.example = example
        self.suggester = suggester
        self.problem = ""
        """Why the text cannot be taken; empty when it can."""
        self.said: Content = Content()
        """The words about the text: its reading, or a problem with advice."""
        self.said_short: Content = Content()
        """The words beside the line, without advice."""

    def compose(self) -> ComposeResult:
        entry = FieldInput(
            self.original,
            placeholder=self.example,
            compact=True,
            suggester=self.suggester,
            select_on_focus=False,
        )
        entry.cursor_blink = False
        yield entry

    def render(self) -> Content:
        """The label and the reading, drawn around the line: as widgets they took half of the time a form opens in."""
        line = self.input.region
        before_reading = max(LABEL, line.right - self.region.x) + 2
        return Content.assemble(content(cut(self.label, LABEL).ljust(before_reading), "$dim"), self.said_short)

    def on_mount(self) -> None:
        """Show the reading of the first text."""
        self.check()

    @property
    def input(self) -> FieldInput:
        """The line."""
        return self.query_one(FieldInput)

    @property
    def value(self) -> str:
        """The typed text, without blanks around it."""
        return self.input.value.strip() if self.is_mounted else self.original

    @value.setter
    def value(self, text: str) -> None:
        self.input.value = text
        self.input.cursor_position = len(text)

    @property
    def changed(self) -> bool:
        """Whether the text differs from the initial one."""
        return self.value != self.original.strip()

    def check(self, problem: str = "") -> bool:
        """Show the reading of the text, or `problem` if given; return whether the text can be taken."""
        words, short = "", problem
        if not problem and self.reads is not None:
            try:
                words = self.reads(self.value)
            except PlannerError as refusal:
                problem, short = str(refusal), refusal.message
        self.problem = problem
        self.echo(short or words, "$late" if problem else "$done")
        if problem:
            self.said = content(problem, "$late")
        return not problem

    def echo(self, words: str, tone: str = "$dim") -> None:
        """Show words beside the line."""
        self.said = self.said_short = content(words, tone)
        self.refresh()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.check()
        self.post_message(self.Changed(self))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(self))
