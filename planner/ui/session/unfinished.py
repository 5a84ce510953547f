"""Texts typed on the screen and not yet saved: kept each second, and restored where they belong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.screen import Screen
from textual.widgets import Input

from planner.terminal.typed_into import is_typed_into
from planner.ui.widgets.field import Field
from planner.ui.widgets.prompt import Prompt
from planner.unfinished import Unfinished, UnfinishedTexts

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from planner.paths import Paths

LONGEST_WAIT = 0.5
"""Seconds one thread waits for another that is storing."""


def lines_of(screen: Screen[Any]) -> dict[str, Input | TextArea]:
    """The text inputs of a screen by their names, without the line of a prompt."""
    found: dict[str, Input | TextArea] = {}
    for line in screen.query("Input, TextArea").results():
        if not is_typed_into(line):
            continue
        field = next((node for node in line.ancestors if isinstance(node, Field)), None)
        if not any(isinstance(node, Prompt) for node in line.ancestors):
            found[(field.name if field is not None else line.id) or ""] = line
    return found


def text_of(line: Input | TextArea) -> str:
    """The text in a line."""
    return line.value if isinstance(line, Input) else line.text


class Typed:
    """The unfinished texts of one app."""

    def __init__(self, paths: Paths | None, say: Callable[[str], None] = lambda words: None) -> None:
        """`say` tells the person of trouble."""
        self._say = say
        self._trouble_is_said = False
        self.files = UnfinishedTexts(paths.state, str(paths.database)) if paths is not None else None
        self._lock = Lock()
        self.is_over = False
        """Whether the app ends: the kept texts then stay as they are."""
        self.trouble = ""
        """Why the texts could not be kept the last time; empty if they were."""
        self._readdressed: list[Unfinished] = []
        """Texts of ended sessions whose people have changed since, until they are resumed."""
        self._handed_out: list[Unfinished] = []
        """The texts that an editor has open or has left behind, each with its file."""
        self._taken: list[tuple[Unfinished, Callable[[], None]]] = []
        """The waiting texts that were resumed, each with a function that drops it once all typed text is kept."""
        self._let_go: list[Callable[[], None]] = []
        """Functions that drop the texts that were resumed before all typed text was kept."""
        self._before: WeakKeyDictionary[Screen[Any], dict[str, str]] = WeakKeyDictionary()
        """The screens that were typed into, with the earlier texts of their lines."""

    def begins(self, screen: Screen[Any]) -> None:
        """Remember the texts of a screen before the first key is typed into it."""
        if screen not in self._before:
            self._before[screen] = {name: text_of(line) for name, line in lines_of(screen).items()}

    def now(self) -> list[Unfinished]:
        """All typed, unsaved text at this moment."""
        found: list[Unfinished] = list(self._readdressed)
        for screen in list(self._before):
            if (tell := getattr(screen, "typed_now", None)) is not None:
                found += tell()
        for one in self._in_files():
            same = next((number for number, other in enumerate(found) if other.is_about == one.is_about), None)
            if same is None:
                found.append(one)
            else:
                found[same] = replace(found[same], files={**found[same].files, **one.files})
        return found

    def _in_files(self) -> list[Unfinished]:
        """The texts that an editor has or left, as long as their files exist."""
        return [one for one in list(self._handed_out) if any(Path(path).exists() for path, _ in one.files.values())]

    def hand_out(self, about: Unfinished, line: str, file: Path, before: str, waiting: Unfinished | None) -> None:
        """Register a file given to an editor; whatever happens meanwhile, its text is kept as one of `about` until the
        file is removed.

        `before` is the fingerprint of the text to be changed. `waiting` is the waiting text that the editor gets.
        """
        others = [one for one in self._in_files() if waiting is None or one.files != waiting.files]
        self._readdressed = [one for one in self._readdressed if one != waiting]
        self._handed_out = [*others, replace(about, texts={}, files={line: (str(file), before)})]

        def drop() -> None:
            if waiting is not None and self.files is not None:
                self.files.drop(waiting)
            if waiting is not None and waiting.files[line][0] != str(file):
                waiting.remove_files()

        self._take(waiting, drop)

    def changed_lines(self, screen: Screen[Any]) -> dict[str, str]:
        """The texts of a dialog that differ from those before the first key, by the names of their lines."""
        before = self._before.get(screen, {})
        texts = {name: text_of(line) for name, line in lines_of(screen).items()}
        return {name: text for name, text in texts.items() if text.strip() and text != before.get(name, "")}

    def keep_soon(self) -> None:
        """Store the unsaved texts on another thread, so that the event loop does not wait for the disk.

        A failure is reported once a session.
        """
        if self.trouble and not self._trouble_is_said:
            self._trouble_is_said = True
            self._say(f"What you type is not kept for next time, only what you save: {self.trouble}")
        if self.files is not None and not self.is_over:
            texts, let_go = self._to_store()
            # Nearly always nothing is new, and no other thread is woken for that.
            if let_go or self.trouble or not self.files.keeps(texts):
                asyncio.get_running_loop().run_in_executor(None, self._store, texts, let_go, False)
        self._let_go_of_taken()

    def keep(self, *, at_last: bool = False) -> None:
        """Store the unsaved texts; `trouble` says why they could not be stored. Any thread may call it.

        With `at_last` the app ends and its screens are removed: the texts stored by this call stay.
        """
        if not self.is_over:
            self._store(*self._to_store(), at_last)

    @property
    def count(self) -> int:
        """The number of kept texts."""
        return self.files.count if self.files is not None else 0

    def _to_store(self) -> tuple[list[Unfinished], list[Callable[[], None]]]:
        """(all typed text, functions that drop the texts that are safe once it is stored)."""
        return self.now(), [drop for _, drop in self._taken]

    def _store(self, texts: list[Unfinished], let_go: list[Callable[[], None]], at_last: bool) -> None:
        if self.files is None or not self._lock.acquire(timeout=LONGEST_WAIT):
            return
        try:
            if self.is_over:
                return
            self.is_over = at_last
            self.files.keep(texts)
            self.trouble = ""
            self._let_go = let_go
        except OSError as problem:
            # If nothing is typed, nothing is lost: a file that cannot be removed is offered once more.
            self.trouble = (problem.strerror or "the system refuses it") if texts else ""
        finally:
            self._lock.release()

    # Resuming

    def left_over(self) -> list[Unfinished]:
        """The waiting texts: those of ended sessions, and those that an editor left in this session."""
        left = [one.as_the_editor_left_it() for one in (*self._readdressed, *self._in_files())]
        waiting = [*(self.files.left_over() if self.files is not None else []), *(one for one in left if one.words)]
        taken = [one for one, _ in self._taken]
        return [one for one in waiting if one not in taken]

    def for_line(self, verb: str, contacts: tuple[int, ...]) -> Unfinished | None:
        """The waiting text of a verb about some people."""
        wanted = Unfinished(verb, contacts).is_about
        return next((one for one in self.left_over() if one.is_about == wanted), None)

    def put_back(self, screen: Screen[Any], text: Unfinished, put: Callable[[], None]) -> None:
        """Restore a text by calling `put`. This session keeps the text before the old file is deleted."""
        self.begins(screen)
        put()
        self._take(text, lambda: self.drop(text))

    def _take(self, text: Unfinished | None, drop: Callable[[], None]) -> None:
        """Keep typed texts, and stop offering a waiting text; its file is deleted once all typed text is kept."""
        if text is not None:
            self._taken.append((text, drop))
        self.keep()
        self._let_go_of_taken()

    def _let_go_of_taken(self) -> None:
        let_go, self._let_go = self._let_go, []
        for drop in let_go:
            drop()
        self._taken = [one for one in self._taken if one[1] not in let_go]

    def put_into(self, screen: Screen[Any], text: Unfinished, shown: Mapping[str, str]) -> None:
        """Restore a text in the lines of a dialog; `shown` holds the words of each line by its name."""
        lines = lines_of(screen)

        def put() -> None:
            for name, words in shown.items():
                if (line := lines.get(name)) is None:
                    continue
                if isinstance(line, Input):
                    line.value = words
                    line.cursor_position = len(words)
                else:
                    line.text = words

        self.put_back(screen, text, put)

    def readdress(self, text: Unfinished, contacts: tuple[int, ...]) -> None:
        """Keep a waiting text about these people instead of its former ones."""
        meant = replace(text, contacts=contacts)
        if meant.is_about == text.is_about:
            return
        self._readdressed = [*(one for one in self._readdressed if one != text), meant]

        def drop() -> None:
            if self.files is not None:
                self.files.drop(text)

        self._take(text, drop)

    def drop(self, text: Unfinished) -> None:
        """Drop a waiting text, and the files an editor left of it."""
        self._handed_out = [one for one in self._handed_out if not one.files.items() & text.files.items()]
        self._readdressed = [one for one in self._readdressed if one != text]
        if self.files is not None:
            self.files.drop(text)
        text.remove_files()

    def close(self) -> None:
        """Close the files of the texts when the app has been left."""
        self._let_go_of_taken()
        if self.files is not None:
            self.files.close()
