"""Bringing in an address book: which file, what it would do, doing it, and what comes of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from planner.core.model import ImportReport
from planner.drafts import Drafts
from planner.errors import PlannerError
from planner.ui.imports.columns_screen import ColumnsScreen
from planner.ui.imports.lines import ImportList, Wish, report_lines, rows_of_files, rows_of_rejects
from planner.ui.imports.path_completion import PathFound, common_beginning, completions, files_nearby, looked_at
from planner.ui.imports.path_input import PathInput
from planner.ui.keymap import bindings_of
from planner.ui.shared.card import Line
from planner.ui.shared.people_questions import circle_question, rhythm_question, rhythm_words
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content
from planner.ui.widgets.bars import KeyBar
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.rows import level

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.interchange.reading import Table

COMPLETIONS = 60
LAST_FOLDER = "import.folder"
TABLES = (".csv", ".tsv", ".txt")
HEADINGS = {
    "path": "Which file?",
    "reading": "Looking into it; nothing is written yet",
    "preview": "This is what it would do; nothing is written yet",
    "writing": "Bringing them in",
    "done": "They are in",
}
"""What each step says first."""


class ImportScreen(PlaceScreen):
    """A file, step by step: path, reading, preview, writing, done."""

    PLACE = "import"
    AUTO_FOCUS = "PathInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("import"),
        Binding("up", "list('cursor_up')", "Up", show=False),
        Binding("down", "list('cursor_down')", "Down", show=False),
        Binding("pageup", "list('page_up')", "Page up", show=False),
        Binding("pagedown", "list('page_down')", "Page down", show=False),
    ]

    class Progressed(Message):
        """So many records are read, of about so many."""

        def __init__(self, done: int, expected: int) -> None:
            super().__init__()
            self.done = done
            self.expected = expected

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ImportScreen.Progressed)

    def __init__(self) -> None:
        super().__init__()
        self.step = "path"
        self.path = Path()
        self.mapping: Mapping[str, str] | None = None
        self.table: Table | None = None
        self.recognized = ""
        self.is_whole = False
        """Whether the file is a whole planner of ours, which comes back as it was."""
        self.wish = Wish()
        self.report: ImportReport | None = None
        self.moved = False
        """Whether a file of the list was chosen since the path last changed."""
        self.stop = Event()

    def top_place(self) -> str:
        return "contacts"

    def body(self) -> ComposeResult:
        yield Static(id="import-told", markup=False)
        entry = PathInput(placeholder="type a path, or choose with down and enter", id="import-path", compact=True)
        entry.cursor_blink = False
        yield entry
        with Vertical(id="import-body"):
            yield LinesView(id="import-text")
            yield Static(id="import-bar", markup=False)
            yield ImportList(ascii_marks=self.planner.ascii_marks, id="import-list")

    def on_mount(self) -> None:
        """Begin with the path."""
        super().on_mount()
        self._show("path")
        self._suggest("")

    def on_unmount(self) -> None:
        """Who leaves the planner stops what is being read."""
        self.stop.set()

    def stays(self) -> bool:
        """What is under way goes on."""
        return self.step in ("reading", "writing")

    @property
    def entry(self) -> PathInput:
        """The line with the path."""
        return self.query_one(PathInput)

    @property
    def list(self) -> ImportList:
        """The files, or what could not be read."""
        return self.query_one(ImportList)

    def focus_list(self) -> None:
        """The path while it is asked for, else the list."""
        if self.step == "path":
            self.entry.focus()
        elif self.list.display:
            self.list.focus()
        else:
            self.set_focus(None)

    def _show(self, step: str, problem: str = "") -> None:
        """Draw a step."""
        self.step = step
        report = self.report if step in ("preview", "done") else None
        heading = content(HEADINGS[step], "bold $accent")
        if step == "preview" and report is not None and not (report.added or report.merged):
            heading = content("There is nothing to bring in", "bold $accent")
        told = Content.assemble(heading, content(f"   {problem}" if problem else "", "$late"))
        self.query_one("#import-told", Static).update(told)
        self.entry.display = step == "path"
        self.entry.disabled = step != "path"
        self.query_one("#import-bar").display = step in ("reading", "writing")
        self.query_one("#import-bar", Static).update("")
        self._draw_text(report)
        self.list.look = self.look
        rows = rows_of_rejects(report.rejected) if report is not None else []
        if step != "path":
            self.list.set_rows(0, rows, len(rows))
        self.list.display = step == "path" or bool(rows)
        self.focus_list()
        self.draw_keys()

    def _draw_text(self, report: ImportReport | None) -> None:
        view = self.query_one("#import-text", LinesView)
        view.display = report is not None
        if report is None:
            return
        wish = self.wish if self.step == "preview" else None
        room = 7 * self.planner.config.settings.daily_capacity
        recognized, is_whole, look = self.recognized, self.is_whole, self.look

        asked = not self.wish.cadence

        def lines(width: int) -> list[Line]:
            return report_lines(report, recognized, wish, room, max(1, width), look, is_whole=is_whole, asked=asked)

        view.show(lines)
        view.styles.height = len(lines(self.size.width - 4))

    # The path

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(event.value)

    @work(exclusive=True, group="suggest")
    async def _suggest(self, text: str) -> None:
        """What the path may become; without a text the files nearby."""
        last = Drafts(self.planner.paths.state).look(LAST_FOLDER) if self.planner.paths is not None else ""

        def find() -> list[PathFound]:
            return looked_at(completions(text, COMPLETIONS)) if text.strip() else files_nearby(last)

        found = await asyncio.to_thread(find)
        if self.step != "path" or self.entry.value != text:
            return
        self.moved = False
        rows = rows_of_files(found)
        self.list.look = self.look
        self.list.set_rows(0, [], 0)
        self.list.set_rows(0, rows, len(rows))

    @on(PathInput.Complete)
    @work(exclusive=True, group="complete")
    async def _complete(self) -> None:
        text = self.entry.value
        found = await asyncio.to_thread(completions, text)
        longer = found[0] if found and not text.strip() else common_beginning(text, found)
        if self.entry.value == text and longer != text:
            self._write(longer)

    def _write(self, path: str) -> None:
        self.entry.value = path
        self.entry.cursor_position = len(path)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        row = self.list.cursor_row
        chosen = row.data if row is not None and isinstance(row.data, PathFound) else None
        if chosen is not None and (self.moved or not typed or not Path(os.path.expanduser(typed)).exists()):
            self._write(chosen.path)
            if chosen.is_folder:
                return
            typed = chosen.path
        if typed:
            self._begin(Path(os.path.expanduser(typed)))

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        """A click on a file, or enter on a line that could not be read."""
        if isinstance(event.row.data, PathFound):
            self._write(event.row.data.path)
            if not event.row.data.is_folder:
                self._begin(Path(os.path.expanduser(event.row.data.path)))
        elif self.step != "path":
            self.verb_go_on()

    def action_list(self, name: str) -> None:
        """Move the mark among the files."""
        if self.step == "path":
            self.moved = True
            getattr(self.list, f"action_{name}")()

    # Looking into it, and bringing it in

    def _begin(self, path: Path) -> None:
        self.path, self.mapping, self.table = path, None, None
        self._look_into()

    @work(exclusive=True, group="import")
    async def _look_into(self) -> None:
        self._show("reading")
        if self.planner.paths is not None and self.path.parent != Path():
            folder = self.path if self.path.is_dir() else self.path.parent
            await asyncio.to_thread(Drafts(self.planner.paths.state).keep, {LAST_FOLDER: str(folder)})
        problem = await asyncio.to_thread(self._recognize)
        if problem is not None and self.table is None:
            self._back_to_path(str(problem))
        elif problem is not None:
            self._match_columns()
        else:
            self.report = await self._run(dry_run=True)
            if self.report is not None:
                self._show("preview")

    def _recognize(self) -> PlannerError | None:
        """Find out what the file is, and its columns; gives why it is not known. Runs on a thread of its own."""
        # Loading the formats takes as long as all else of this place: the thread that reads the file does it.
        from planner.interchange.detect import resolve
        from planner.interchange.reading import columns_of
        from planner.interchange.registry import named

        problem: PlannerError | None = None
        found = named("csv")
        try:
            found = resolve(self.path, "auto", self.mapping).format
        except PlannerError as refusal:
            problem = refusal
        self.is_whole = found.is_whole
        if problem is None or self.path.suffix.lower() in TABLES:
            try:
                self.table = self.table or columns_of(self.path)
            except PlannerError:
                self.table = None
        self.recognized = f"{found.title}  ·  {self.path.name}"
        return problem

    def _match_columns(self) -> None:
        table = self.table
        if table is None:
            return

        def take(mapping: Mapping[str, str] | None) -> None:
            if mapping is not None:
                self.mapping = mapping
                self._look_into()
            elif self.step == "reading":
                self._back_to_path("")

        self.app.push_screen(ColumnsScreen(table, self.mapping, take))

    @work(exclusive=True, group="import")
    async def _bring_in(self) -> None:
        self._show("writing")
        report = await self._run(dry_run=False)
        if report is None:
            return
        self.report = report
        self._show("done")
        self.planner.data_changed()

    async def _run(self, *, dry_run: bool) -> ImportReport | None:
        """The report; None after a refusal or a stop, which lead back to the path."""
        # They are loaded by now; see `_recognize`.
        from planner.interchange.json.own import take_in
        from planner.interchange.reading import count_hint, read

        self.stop = stop = Event()
        path, mapping, wish = self.path, self.mapping, self.wish
        is_whole = self.is_whole
        expected = 0 if is_whole else await asyncio.to_thread(count_hint, [path], "auto", mapping)

        def progress(done: int, total: int) -> None:
            # Runs on the database thread: a message is all that may leave it.
            self.post_message(self.Progressed(done, total))

        def work(desk: Desk) -> ImportReport:
            if is_whole:
                # As it was, so without the circle and the rhythm that newcomers may be given.
                return take_in(desk.exports, path, dry_run=dry_run, progress=progress, cancelled=stop.is_set)
            return desk.imports.run(
                read([path], mapping=mapping), expected=expected, dry_run=dry_run,
                circle=wish.circle or None, cadence=wish.cadence or None, progress=progress, cancelled=stop.is_set,
            ).report  # fmt: skip

        try:
            report = await self.planner.gateway.call(work)
        except PlannerError as problem:
            self._back_to_path(str(problem))
            return None
        if stop.is_set():
            self._back_to_path("Stopped: nothing of it was kept.")
            return None
        return report

    def _back_to_path(self, problem: str) -> None:
        self._show("path", problem)
        self._suggest(self.entry.value)

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.step not in ("reading", "writing"):
            return
        marks = self.look.glyphs
        cells = min(60, max(8, self.size.width - 32))
        full = level(event.done, event.expected, cells)
        self.query_one("#import-bar", Static).update(
            Content.assemble(
                content(marks.progress_full * full, "$accent"),
                content(marks.progress_empty * (cells - full), "$rule"),
                content(f"  {event.done:,} of about {event.expected:,}", "$dim"),
            )
        )

    # Keys

    def draw_keys(self) -> None:
        """The footer; the key for columns only where there are some."""
        super().draw_keys()
        if self.table is None:
            bar = self.query_one(KeyBar)
            bar.show([key for key in bar.keys if key.command_id != "import.columns"])

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if self.step in ("reading", "writing") and verb != "back":
            return "It is under way; esc stops it, and nothing of it stays"
        if verb in ("circle", "rhythm", "other") and self.step != "preview":
            return "Choose a file first" if self.step == "path" else "They are in; u takes them back"
        if verb in ("circle", "rhythm") and self.is_whole:
            return "A whole planner comes back as it was, with its own circles and rhythms"
        if verb in ("circle", "rhythm") and self.report is not None and not self.report.added:
            return "Nobody new is in it"
        if verb == "columns" and (self.step != "preview" or self.table is None):
            return "Only a table has columns to match"
        return ""

    def verb_go_on(self) -> None:
        """The next step."""
        report = self.report
        if self.step == "preview" and report is not None and (report.added or report.merged):
            self._bring_in()
        elif self.step == "preview":
            self.verb_other()
        elif self.step == "done" and report is not None:
            self.dismiss(None)
            if report.added:
                self.planner.say(f"{report.added:,} new, {report.merged:,} updated", undo=True)
            if not self.is_whole:
                _go_through(self, report, asked=not self.wish.cadence)

    def verb_columns(self) -> None:
        """What the columns mean."""
        self._match_columns()

    @work(exclusive=True, group="circle")
    async def verb_circle(self) -> None:
        """A circle for everyone new."""
        rows = await self.fetch(lambda desk: desk.people.circles())

        async def submit(text: str) -> None:
            name = " ".join(text.split()).lstrip("-").strip()
            self.wish = Wish(name, self.wish.cadence)
            self._draw_text(self.report)

        known = [(row.name, row.members) for row in sorted(rows, key=lambda row: -row.members)]
        question = circle_question("everyone new", known)
        self.ask(replace(question, value=self.wish.circle, may_be_empty=True), submit)

    def verb_rhythm(self) -> None:
        """A rhythm for everyone new."""

        async def submit(text: str) -> None:
            rhythm_words(text, self.planner.today)
            self.wish = Wish(self.wish.circle, "" if text.strip().casefold() in ("none", "inherit") else text)
            self._draw_text(self.report)

        self.ask(rhythm_question(self, "everyone new", self.wish.cadence), submit)

    def verb_other(self) -> None:
        """Back to the path."""
        self._back_to_path("")

    def verb_undo(self) -> None:
        """Take back what was brought in."""
        done = self.step == "done"
        if done:
            self.dismiss(None)
            self.planner.undo_at_once()
        else:
            self.planner.verb_undo()

    def verb_back(self) -> None:
        """Stop what runs; else leave."""
        if self.step in ("reading", "writing"):
            self.stop.set()
            words = "Stopping; what is written is taken back" if self.step == "writing" else "Stopping"
            self.query_one("#import-told", Static).update(content(words, "bold $accent"))
        else:
            self.dismiss(None)


def _go_through(screen: ImportScreen, report: ImportReport, *, asked: bool) -> None:
    """After an import: who may be somebody known, then how to keep in touch with those who are new.

    `asked`: whether that is still to be asked; a rhythm given to everyone has answered it.
    """
    planner = screen.planner

    def newcomers() -> None:
        planner.open("newcomers")

    if report.ambiguous:
        planner.open("pairs", imported=True, then=newcomers if asked else None)
    elif report.added and asked:
        newcomers()
