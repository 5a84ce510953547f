"""The dialog that exports people, the calendar or everything: what, whom, and to which file."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from planner.core.records import record
from planner.core.words.counts import people_word, what_happened
from planner.errors import PlannerError
from planner.export_list import remember_export
from planner.interchange.exporting import Exports, Said
from planner.interchange.files import ExportFolder, is_folder, save
from planner.ui.imports.path_completion import common_beginning, completions
from planner.ui.imports.path_input import PathInput
from planner.ui.port import AsksPlanner
from planner.ui.text import content

if TYPE_CHECKING:
    from planner.desk import Desk

Report = TypeVar("Report")


@record(frozen=True, slots=True)
class ExportKind:
    """One thing to export: its key, its name, the usual name of its file, and its description."""

    key: str
    name: str
    file: str
    help: str
    of_people: bool = False
    """Whether the export can be limited to the people a filter finds."""


KINDS = (
    ExportKind("v", "vCard", "people.vcf", "for a phone or a mail program", of_people=True),
    ExportKind("c", "table", "people.csv", "for a spreadsheet", of_people=True),
    ExportKind("i", "calendar", "planner.ics", "what is open, and birthdays"),
    ExportKind("t", "to-dos", "planner-todo.ics", "what is open as to-dos, and birthdays"),
    ExportKind("j", "everything", "planner.json", "to be read into another, empty planner"),
)
NARROW = 80
"""Cells of width below which the descriptions are left out."""
KEYS = {
    "kind": "the key, or enter   esc leaves",
    "found": "the key, or enter   a all or those found   esc leaves",
    "path": "tab completes   enter writes it   esc back",
    "there": "enter replaces it   e another name   esc leaves",
    "writing": "writing",
}
"""The line that names the keys, by step."""


class ExportDialog(AsksPlanner, ModalScreen[None]):
    """Asks what to export and to which file, writes the file, and says what was written."""

    KEEPS_TYPED = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("enter", "go_on", "Go on", show=False),
    ]

    def __init__(self, query: str = "", found: int = 0) -> None:
        """`query` is the filter of the place below, `found` the number of people it finds."""
        super().__init__()
        self.query_text = query.strip()
        self.found = found
        self.filtered = bool(self.query_text)
        self.index = 0
        self.step = "kind"

    @property
    def kind(self) -> ExportKind:
        """The kind of export under the mark."""
        return KINDS[self.index]

    @property
    def entry(self) -> PathInput:
        """The line for the path."""
        return self.query_one(PathInput)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content("Give to other programs", "bold $accent"), classes="dialog-heading")
            yield Static(id="export-kinds", markup=False)
            entry = PathInput(id="export-path", compact=True)
            entry.cursor_blink = False
            yield entry
            yield Static(id="export-text", markup=False)
            yield Static(id="export-keys", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Ask first what to export."""
        self._show("kind")

    def _show(self, step: str, text: str = "", tone: str = "$dim") -> None:
        self.step = step
        self.entry.display = step != "kind"
        self.entry.disabled = step != "path"
        self.query_one("#export-kinds", Static).update(self._kinds())
        self.query_one("#export-text", Static).update(content(text or (self._whom() if step == "kind" else ""), tone))
        keys = KEYS["found" if step == "kind" and self.query_text else step]
        self.query_one("#export-keys", Static).update(content(keys, "$dim"))
        if step == "path":
            self.entry.focus()
        else:
            self.set_focus(None)

    def on_resize(self) -> None:
        """Show the descriptions of the kinds if they fit."""
        self.query_one("#export-kinds", Static).update(self._kinds())

    def _kinds(self) -> Content:
        if self.step != "kind":
            return Content.assemble(content(self.kind.name, "bold $name"), content(f"   {self._whom()}", "$dim"))
        room = max(len(one.name) for one in KINDS)
        has_room = self.app.size.width >= NARROW
        lines = []
        for number, one in enumerate(KINDS):
            chosen = number == self.index
            lines.append(
                Content.assemble(
                    content("▌ " if chosen else "  ", "$accent"),
                    content(one.key, "bold $accent"),
                    content(f"  {one.name:<{room}}", "bold $name" if chosen else ""),
                    content(f"   {one.help}" if has_room else "", "$dim"),
                )
            )
        return Content("\n").join(lines)

    def _whom(self) -> str:
        if not self.kind.of_people:
            return "of everyone, whatever the filter"
        if not self.filtered:
            return "everyone, the archived too"
        return f"{people_word(self.found)} found by {self.query_text}"

    # The kind

    def on_key(self, event: events.Key) -> None:
        """Choose a kind by its key; "a" switches between all people and those found, "q" leaves."""
        if self.step == "there" and event.character in ("e", "q"):
            event.stop()
            self._show("path") if event.character == "e" else self.dismiss(None)
        if self.step != "kind":
            return
        for number, one in enumerate(KINDS):
            if event.character == one.key:
                event.stop()
                self.index = number
                self._ask_path()
                return
        if event.character == "a" and self.query_text:
            event.stop()
            self.filtered = not self.filtered
            self._show("kind")
        elif event.character == "q":
            event.stop()
            self.dismiss(None)

    def action_step(self, by: int) -> None:
        """Go to the kind above or below."""
        if self.step == "kind":
            self.index = (self.index + by) % len(KINDS)
            self._show("kind")

    def action_go_on(self) -> None:
        """Go on to the path; if the file exists already, overwrite it."""
        if self.step == "kind":
            self._ask_path()
        elif self.step == "there":
            self._write()

    def _ask_path(self) -> None:
        self.entry.value = f"~/{self.kind.file}"
        self.entry.cursor_position = len(self.entry.value)
        self._show("path")

    # The path

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(event.value)

    @work(exclusive=True, group="suggest")
    async def _suggest(self, text: str) -> None:
        ending = Path(self.kind.file).suffix
        found = await self.in_thread(partial(completions, text, 5, (ending,))) if text.strip() else ()
        if self.step == "path" and self.entry.value == text:
            lines = [content(one, "$dim") for one in found]
            self.query_one("#export-text", Static).update(Content("\n").join(lines))

    @on(PathInput.Complete)
    @work(exclusive=True, group="complete")
    async def _complete(self) -> None:
        text = self.entry.value
        found = await self.in_thread(partial(completions, text, 8, (Path(self.kind.file).suffix,)))
        longer = common_beginning(text, found) if text.strip() else text
        if self.entry.value == text and longer != text:
            self.entry.value = longer
            self.entry.cursor_position = len(longer)

    @on(Input.Submitted)
    @work(exclusive=True, group="export")
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.step != "path" or not event.value.strip():
            return
        path = self._path()
        is_there = await self.in_thread(os.path.lexists, path)
        if is_there and not (await self.in_thread(path.is_dir)):
            self.workers.cancel_group(self, "suggest")
            self._show("there", "There is a file of this name already.", "$due")
            return
        self._write()

    def _path(self) -> Path:
        return Path(os.path.expanduser(self.entry.value.strip()))

    @work(exclusive=True, group="write")
    async def _write(self) -> None:
        self.workers.cancel_group(self, "suggest")
        self._show("writing", "Writing it")
        kind, path, typed = self.kind, self._path(), self.entry.value.strip()
        paths = self.planner.paths
        query = self.query_text if self.filtered and kind.of_people else ""

        def write(work: Callable[[], Report]) -> Report:
            written = work()
            if paths is not None:
                remember_export(paths.state, path)
            return written

        def read(desk: Desk) -> Said:
            exports = Exports(desk.exports)
            if kind.key == "v":
                return exports.cards(query)
            if kind.key == "c":
                return exports.table(query)
            return exports.everything() if kind.key == "j" else exports.calendar(todo=kind.key == "t")

        def read_folder(desk: Desk) -> ExportFolder:
            exports = Exports(desk.exports)
            return exports.card_folder(query) if kind.key == "v" else exports.calendar_folder(todo=kind.key == "t")

        try:
            if kind.key in "itv" and is_folder(path, typed):
                files = await self.fetch(read_folder)
                report = await self.in_thread(write, partial(files.write, path))
                what = "People" if kind.key == "v" else "Calendar"
                counts = what_happened((report.written, "written"), (report.deleted, "deleted"))
                told = f"{what} in {typed}: {counts or 'as they were'}"
            else:
                said, parts = await self.fetch(read)
                # Writing a file must not keep the database thread busy.
                await self.in_thread(write, partial(save, path, parts))
                told = f"{said} to {typed}"
        except PlannerError as problem:
            self._show("path", str(problem), "$late")
            return
        self.planner.say(told)
        self.dismiss(None)

    # Leaving

    def action_leave(self) -> None:
        """Go back to the kinds, or leave from there. A file being written is finished."""
        if self.step == "path":
            self._show("kind")
        elif self.step != "writing":
            self.dismiss(None)
