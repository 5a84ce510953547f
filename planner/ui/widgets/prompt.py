"""One line to type in at the bottom of a screen: its label, the text, and what is understood of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from planner.errors import PlannerError
from planner.ui.text import content

Echo = Content | str
Check = Callable[[str], Awaitable[Echo]]
Submit = Callable[[str], Awaitable[None]]
QUICK_WAIT = 0.8
"""Seconds a quick key can still become the first letter of a longer answer; any other key ends them."""


@dataclass(frozen=True)
class Question:
    """What a prompt asks.

    `check` says for every text typed how it is understood, and raises PlannerError where it is not;
    `quick` gives single keys that answer while nothing is typed, unless one of the keys in `longer` follows
    at once: 1 is tomorrow and 12 the beginning of a date. `draft` names the draft under which an unfinished
    text is kept.
    """

    label: str
    hint: str = ""
    value: str = ""
    placeholder: str = ""
    quick: Mapping[str, str] = field(default_factory=dict)
    longer: Mapping[str, str] = field(default_factory=dict)
    check: Check | None = None
    may_be_empty: bool = False
    draft: str = ""


class PromptInput(Input, inherit_bindings=True):
    """The input of a prompt: its keys are shown to the prompt first, escape leaves."""

    # Escape is no binding: the screen, which has an escape of its own, hears a key before bindings are looked for.
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
    """Asks one question at a time; nothing typed is lost while an answer cannot be taken."""

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
        self._pending = ""
        self._early: list[events.Key] = []

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
        """Ask; `submit` gets the answer, and what it refuses is shown while the text stays."""
        self._question, self._submit, self._busy = question, submit, False
        self._pending = ""
        entry = self.query_one(PromptInput)
        entry.placeholder = question.placeholder
        with entry.prevent(Input.Changed):
            entry.value = question.value
        entry.cursor_position = len(question.value)
        # What ends in a blank is the beginning of the answer: typing goes on behind it.
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
        self._pending = ""
        self._round += 1
        self.display = False
        self.query_one(PromptInput).value = ""
        self.screen.set_focus(None)
        self.post_message(Closed())

    def _say(self, echo: Echo, tone: str = "$dim") -> None:
        shown = echo if isinstance(echo, Content) else content(echo, tone)
        self.query_one("#prompt-hint", Static).update(shown)

    # Keys that answer by themselves

    def take_key(self, event: events.Key) -> bool:
        """Whether a key is taken before the input sees it: escape, a quick answer, or one typed ahead."""
        question = self._question
        if question is None:
            return False
        if self._busy:
            self._early.append(event)
            return True
        if event.key == "escape":
            self.leave()
            return True
        if self._pending:
            return self._after_quick(question, event)
        letter = event.character or ""
        if self.query_one(PromptInput).value or letter not in question.quick:
            return False
        self._pending = letter
        entry = self.query_one(PromptInput)
        with entry.prevent(Input.Changed):
            entry.value = letter
        entry.cursor_position = len(letter)
        self._check(question.quick[letter])
        self._answer_soon(letter)
        return True

    def _after_quick(self, question: Question, event: events.Key) -> bool:
        letter, self._pending = self._pending, ""
        if event.key in ("ctrl+c", "backspace"):
            return False
        if event.character and event.character in question.longer.get(letter, ""):
            return False
        if event.key != "enter":
            self._early.append(event)
        self._finish(question.quick[letter])
        return True

    @work(exclusive=True, group="prompt-quick")
    async def _answer_soon(self, letter: str) -> None:
        question = self._question
        if question is not None and letter in question.longer:
            await asyncio.sleep(QUICK_WAIT)
        if question is not None and self._question is question and self._pending == letter:
            self._pending = ""
            self._finish(question.quick[letter])

    def _type_early_keys(self) -> None:
        """Keys typed while an answer was being taken are meant for what comes after it."""
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
            echo = await question.check(text)
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
        if not event.value.strip() and not question.may_be_empty:
            self._say(f"{question.hint}   esc leaves" if question.hint else "Type something, or esc to leave", "$due")
            return
        self._finish(event.value)

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
            self._say(str(problem), "$late")
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
