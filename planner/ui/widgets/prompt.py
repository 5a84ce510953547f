"""One line to type in at the bottom of a screen: its label, the text, and the reading of the text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from planner.core.records import record
from planner.errors import PlannerError, TwoReadings
from planner.ui.text import content
from planner.ui.widgets.line_input import LineInput


@record(frozen=True, slots=True)
class Parts:
    """The reading of a text in parts: a line is broken between two parts, never within one that fits."""

    parts: tuple[Content, ...]
    between: str = "  ·  "

    def laid(self, width: int) -> Content:
        """The parts in lines of `width` cells."""
        between, lines = content(self.between, "$dim"), list[Content]()
        for part in self.parts:
            longer = _joined(lines[-1], between, part) if lines else part
            if lines and longer.cell_length <= width:
                lines[-1] = longer
            else:
                lines.append(part)
        if len(lines) > LINES and lines[LINES - 1].cell_length + 3 <= width:
            lines[LINES - 1] = _joined(lines[LINES - 1], content("  "), content("…", "$dim"))
        return Content("\n").join(lines)


def _joined(line: Content, between: Content, part: Content) -> Content:
    # Its parameters allow only clean text, which `test_layers` checks.
    return Content.assemble(line, between, part)


Echo = Content | Parts | str
Check = Callable[[str], Awaitable[Echo]]
Submit = Callable[[str], Awaitable[None]]
Swap = Callable[[str, int], Awaitable[str]]
"""Gives the text with its other reading, from the text and the index of the cursor in it."""
LINES = 2
"""The most lines of the reading; the stylesheet gives the prompt the same height."""
SWAP_KEY = "tab"
"""The key that swaps two readings: no text contains it."""


@record(frozen=True, slots=True)
class Question:
    """The question of a prompt.

    `check` gives the reading of every typed text, and raises PlannerError if there is none. `short` gives the answers
    for short texts, the empty one too: 1 is tomorrow, unless more is typed, as in 12 dec. With `swap` the tab key
    rewrites the text so that another reading applies.
    """

    label: str
    hint: str = ""
    value: str = ""
    placeholder: str = ""
    short: Mapping[str, str] = field(default_factory=dict)
    check: Check | None = None
    may_be_empty: bool = False
    swap: Swap | None = None

    def meant(self, text: str) -> str:
        """The answer that a typed text means."""
        return self.short.get(text.strip(), text)


class PromptInput(LineInput, inherit_bindings=True):
    """The input of a prompt. The prompt hears each key first, and takes escape."""

    # Escape is no binding: the screen, which has an escape of its own, gets a key before bindings are looked up.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "leave", "Leave", show=False, priority=True)]
    """
    | Key(s) | Description |
    | :- | :- |
    | escape, ctrl+c | Leave without answering. |
    """

    async def on_key(self, event: events.Key) -> None:
        if self.query_ancestor(Prompt).take_key(event):
            event.stop()
            event.prevent_default()

    def action_leave(self) -> None:
        """Leave without answering."""
        prompt = self.query_ancestor(Prompt)
        prompt.leave()


class Prompt(Vertical):
    """Asks one question at a time; no typed text is lost while an answer cannot be taken."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        display: none;
    }
    Prompt #prompt-line { height: 1; }
    Prompt #prompt-label { width: auto; }
    Prompt #prompt-hint { height: auto; max-height: 2; padding: 0 1; }
    Prompt PromptInput { border: none; height: 1; padding: 0; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._submit: Submit | None = None
        self._round = 0
        self._busy = False
        self._early: list[events.Key] = []
        self._parts: Parts | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="prompt-hint", markup=False)
        with Horizontal(id="prompt-line"):
            yield Static(id="prompt-label", markup=False)
            entry = PromptInput(id="prompt-input", compact=True)
            entry.cursor_blink = False
            yield entry

    @property
    def is_open(self) -> bool:
        """Whether a question is being asked."""
        return self._question is not None

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(PromptInput).value if self.is_open else ""

    @property
    def question(self) -> Question | None:
        """What is asked."""
        return self._question

    def ask(self, question: Question, submit: Submit) -> None:
        """Ask a question. `submit` gets the answer; if it refuses, the reason is shown and the text stays."""
        self._question, self._submit, self._busy = question, submit, False
        entry = self.query_one(PromptInput)
        entry.placeholder = question.placeholder
        with entry.prevent(Input.Changed):
            entry.value = question.value
        entry.cursor_position = len(question.value)
        # A text that ends with a blank is the beginning of an answer: typing continues after it.
        entry.select_on_focus = not question.value.endswith(" ")
        self.query_one("#prompt-label", Static).update(content(f" {question.label} ", "bold $accent"))
        self._say(question.hint)
        self.display = True
        entry.focus()
        if question.value:
            self._check(question.value)

    def leave(self) -> None:
        """Close without an answer."""
        if self.is_open and not self._busy:
            self._close()

    def _close(self) -> None:
        self._question = self._submit = None
        self._round += 1
        self.display = False
        self.query_one(PromptInput).value = ""
        self.screen.set_focus(None)
        self.post_message(Closed())

    def _say(self, echo: Echo, tone: str = "$dim") -> None:
        self._parts = echo if isinstance(echo, Parts) else None
        if isinstance(echo, Parts):
            # The line has a margin of one cell on each side.
            self._show(echo.laid(max(1, (self.size.width or self.app.size.width) - 2)))
        else:
            self._show(echo if isinstance(echo, Content) else content(echo, tone))

    def _show(self, words: Content) -> None:
        hint = self.query_one("#prompt-hint", Static)
        width, height = hint.size
        # The rest of the screen moves only where the words take another number of lines.
        fits = width > 0 and min(LINES, words.get_height({}, width)) == height
        hint.update(words, layout=not fits)

    def on_resize(self) -> None:
        """Break the parts into lines again."""
        if self._parts is not None:
            self._say(self._parts)

    # Keys that the input does not get

    def take_key(self, event: events.Key) -> bool:
        """Whether a key is taken before the input sees it: escape, or any key while an answer is being taken."""
        if self._question is None:
            return False
        if self._busy:
            self._early.append(event)
            return True
        if event.key == "escape":
            self.leave()
            return True
        if event.key == SWAP_KEY and self._question.swap is not None:
            self._busy = True
            self._turn(self._question.swap)
            return True
        return False

    @work(exclusive=True, group="prompt-submit")
    async def _turn(self, swap: Swap) -> None:
        """Write the text with its other reading; keys typed meanwhile apply to the text at that time."""
        entry = self.query_one(PromptInput)
        text = entry.value
        try:
            turned = await swap(text, entry.cursor_position)
        except PlannerError as problem:
            self._say(str(problem), "$due")
            return
        finally:
            self._busy = False
        if turned != text:
            entry.value = turned
            entry.cursor_position = len(turned)
        self._type_early_keys()

    def _type_early_keys(self) -> None:
        """Deliver keys typed while an answer was being taken to whatever comes after it."""
        keys, self._early = self._early, []
        for key in keys:
            self.app.post_message(events.Key(key.key, key.character))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._question is not None:
            self._check(event.value)

    @work(exclusive=True, group="prompt-check")
    async def _check(self, text: str) -> None:
        question, self._round = self._question, self._round + 1
        round_now = self._round
        if question is None:
            return
        if question.check is None or not text.strip():
            self._say(question.hint)
            return
        try:
            echo = await question.check(question.meant(text))
            tone = "$foreground"
        except PlannerError as problem:
            echo, tone = str(problem), "$due"
        if round_now == self._round and self._question is question:
            self._say(echo, tone)

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        question = self._question
        if question is None or self._busy:
            return
        answer = question.meant(event.value)
        if not answer.strip() and not question.may_be_empty:
            self._say(f"{question.hint}   esc leaves" if question.hint else "Type something, or esc to leave", "$due")
            return
        self._finish(answer)

    @work(exclusive=True, group="prompt-submit")
    async def _finish(self, text: str) -> None:
        question, submit = self._question, self._submit
        if submit is None:
            return
        self._busy = True
        try:
            await submit(text)
        except PlannerError as problem:
            self._early.clear()
            self._round += 1
            said = str(problem)
            if isinstance(problem, TwoReadings):
                said = f"{SWAP_KEY} chooses: “{problem.readings[0]}” or “{problem.readings[1]}”"
            self._say(said, "$late")
            return
        finally:
            self._busy = False
        # The answer may have opened the next question already.
        if self._question is question:
            self._close()
        self._type_early_keys()


class Closed(Message):
    """A prompt was closed; the list takes the focus back."""

    def __init__(self) -> None:
        super().__init__()
