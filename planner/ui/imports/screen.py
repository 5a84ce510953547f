"""The import of a file of contacts: choose the file, see what it would change, import it, see what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.core.model import ImportReport
from planner.core.words.counts import what_happened
from planner.errors import PlannerError
from planner.import_folder import remember_import_folder
from planner.ui.imports.columns_screen import ColumnsScreen
from planner.ui.imports.lines import ImportList, Wish, report_lines, rows_of_rejects
from planner.ui.imports.path_input import PathInput
from planner.ui.imports.path_screen import PathScreen
from planner.ui.imports.recognized import Recognized, codec_typed, letters_question, recognize
from planner.ui.imports.steps import HEADINGS, LOW, OF_STEP
from planner.ui.keymap import bindings_of
from planner.ui.messages import Progressed
from planner.ui.shared.card import Line
from planner.ui.shared.people_questions import circle_question, rhythm_question, rhythm_words
from planner.ui.text import content
from planner.ui.widgets.bars import Key, KeyBar
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Prompt
from planner.ui.widgets.rows import level

if TYPE_CHECKING:
    from planner.desk import Desk


class ImportScreen(PathScreen):
    """An import in steps: path, reading, preview, writing, done."""

    PLACE = "import"
    AUTO_FOCUS = "PathInput"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("import")

    def __init__(self) -> None:
        super().__init__()
        self.path = Path()
        self.mapping: Mapping[str, str] | None = None
        self.encoding = ""
        """The encoding the person chose for the file; "" to detect it."""
        self.found = Recognized()
        self.wish = Wish()
        self.report: ImportReport | None = None
        self.stop = Event()
        self.problem_of: str | None = None
        """The path whose problem is shown; None once another path is typed."""

    def top_place(self) -> str:
        return "contacts"

    def body(self) -> ComposeResult:
        yield Static(id="import-told", markup=False)
        entry = PathInput(placeholder="type a path, or choose below", id="import-path", compact=True)
        entry.cursor_blink = False
        yield entry
        with Vertical(id="import-body"):
            yield LinesView(id="import-text")
            yield Static(id="import-bar", markup=False)
            yield ImportList(ascii_marks=self.planner.ascii_marks, id="import-list")

    def on_resize(self) -> None:
        """Draw the text again: a low screen has no room for blank lines."""
        if self.step in ("preview", "done"):
            self._draw_text(self.report)

    def suggested(self, text: str, found: bool) -> None:
        """Say when no file begins with the typed text."""
        problem = "" if found or not text.strip() or Path(text).expanduser().exists() else "no file begins like this"
        told = content(f"   {problem}", "$due")
        if self.step == "path" and self.problem_of != text:
            self.query_one("#import-told", Static).update(
                Content.assemble(content(HEADINGS["path"], "bold $accent"), told)
            )

    def on_mount(self) -> None:
        """Begin with the step that asks for the path."""
        self._show("path")
        self.suggest("")

    def on_unmount(self) -> None:
        """Stop reading the file when the screen closes."""
        self.stop.set()

    def stays(self) -> bool:
        """Whether an import is running, which another place must not interrupt."""
        return self.step in ("reading", "writing")

    def focus_list(self) -> None:
        """Focus the path while it is asked for, else the list."""
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
        recognized, is_whole, look = self.found.title, self.found.is_whole, self.look

        asked = not self.wish.cadence

        def lines(width: int) -> list[Line]:
            return report_lines(report, recognized, wish, room, max(1, width), look, is_whole=is_whole, asked=asked)

        def drawn(width: int) -> list[Line]:
            found = lines(width)
            # A low screen has no room for blank lines.
            return [line for line in found if line] if self.size.height < LOW else found

        view.show(drawn)
        view.styles.height = len(drawn(self.size.width - 4))

    # Reading and importing

    def chosen_path(self, path: Path) -> None:
        """Detect what the chosen file is."""
        self.path, self.mapping, self.encoding, self.found = path, None, "", Recognized()
        self._look_into()

    @work(exclusive=True, group="import")
    async def _look_into(self) -> None:
        self._show("reading")
        if self.planner.paths is not None and self.path.parent != Path():
            folder = self.path if self.path.is_dir() else self.path.parent
            await self.in_thread(remember_import_folder, self.planner.paths.state, str(folder))
        found = await self.in_thread(recognize, self.path, self.mapping, self.encoding, self.found.table)
        self.found = found
        if found.problem is not None and found.table is None:
            self._back_to_path(str(found.problem))
        elif found.problem is not None:
            self._match_columns()
        else:
            self.report = await self._run(dry_run=True)
            if self.report is not None:
                self._show("preview")

    def _match_columns(self) -> None:
        table = self.found.table
        if table is None:
            return

        def take(mapping: Mapping[str, str] | None) -> None:
            if mapping is not None:
                self.mapping = mapping
                self._look_into()
            elif self.step == "reading":
                self._back_to_path("")

        self.app.push_screen(ColumnsScreen(table, self.mapping, take))

    @work(exclusive=True, group="bring-in")
    async def _bring_in(self) -> None:
        self._show("writing")
        try:
            report = await self._run(dry_run=False)
        finally:
            if self.is_gone:
                self.planner.data_changed()
        if report is None:
            return
        self.report = report
        self._show("done")
        self.planner.data_changed()

    async def _run(self, *, dry_run: bool) -> ImportReport | None:
        """Import the file and return the report; None after a refusal or a stop, which go back to the path."""
        # Imported late: `recognize` has loaded it on the thread that reads.
        from planner.interchange.importing import bring_in

        self.stop = stop = Event()
        path, mapping, encoding = self.path, self.mapping, self.encoding
        # A whole planner is restored as it was: its contacts get no circle and no rhythm here.
        wish = self.wish if not self.found.is_whole else Wish()

        def progress(done: int, total: int) -> None:
            # This runs on the database thread, which may reach the screen by a message only.
            self.post_message(Progressed(done, total))

        def work(desk: Desk) -> ImportReport:
            return bring_in(
                desk.imports, [path], mapping=mapping, encoding=encoding, circle=wish.circle or None,
                cadence=wish.cadence or None, dry_run=dry_run, progress=progress, cancelled=stop.is_set,
            ).report  # fmt: skip

        try:
            report = await self.fetch(work)
        except PlannerError as problem:
            self._back_to_path(str(problem))
            return None
        if stop.is_set():
            self._back_to_path("Stopped: nothing of it was kept.")
            return None
        return report

    def _back_to_path(self, problem: str) -> None:
        self.problem_of = self.entry.value
        self._show("path", problem)
        self.suggest(self.entry.value)

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.step not in ("reading", "writing"):
            return
        marks = self.look.glyphs
        cells = min(60, max(8, self.size.width - 32))
        full = level(event.done, event.total, cells)
        self.query_one("#import-bar", Static).update(
            Content.assemble(
                content(marks.progress_full * full, "$accent"),
                content(marks.progress_empty * (cells - full), "$rule"),
                content(f"  {event.done:,} of about {event.total:,}", "$dim"),
            )
        )

    # Keys

    def draw_keys(self) -> None:
        """Show the keys of the step in the footer; columns and encoding only if the file has them."""
        super().draw_keys()
        bar = self.query_one(KeyBar)
        if self.query_one(Prompt).is_open:
            return
        if self.step == "path":
            choose = (Key("", "enter", "take it"), Key("", "tab", "complete"), Key("", "↑ ↓", "choose"))
            bar.show((*choose, Key("import.back", "esc", "leave")))
            return
        missing = {"import.columns"} if self.found.table is None else set()
        missing |= set() if self.found.sample else {"import.letters"}
        shown = {f"import.{verb}" for verb in OF_STEP[self.step]} - missing
        bar.show([key for key in bar.keys if key.command_id in shown])

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if self.step in ("reading", "writing") and verb != "back":
            return "It is under way; esc stops it, and nothing of it stays"
        if verb in OF_STEP["preview"][1:-1] and self.step != "preview":
            words = "Choose a file first" if self.step == "path" else "They are in; {undo} takes them back"
            return self.with_keys(words)
        if verb == "undo" and self.step != "done":
            return "Nothing is brought in yet"
        if verb in ("circle", "rhythm") and self.found.is_whole:
            return "A whole planner comes back as it was, with its own circles and rhythms"
        if verb in ("circle", "rhythm") and self.report is not None and not self.report.added:
            return "Nobody new is in it"
        if verb == "columns" and self.found.table is None:
            return "Only a table has columns to match"
        if verb == "letters" and not self.found.sample:
            return "Its letters leave nothing open"
        return ""

    def verb_go_on(self) -> None:
        """Go on to the next step."""
        report = self.report
        if self.step == "preview" and report is not None and (report.added or report.merged):
            self._bring_in()
        elif self.step == "preview":
            self.verb_other()
        elif self.step == "done" and report is not None:
            self.dismiss(None)
            if report.added:
                self.planner.say(what_happened((report.added, "new"), (report.merged, "changed")), undo=True)
            if not self.found.is_whole:
                _go_through(self, report, asked=not self.wish.cadence)

    def verb_columns(self) -> None:
        """Open the place that gives columns their meanings."""
        self._match_columns()

    def verb_letters(self) -> None:
        """Ask for the encoding of the file."""

        async def submit(text: str) -> None:
            self.encoding, self.found = codec_typed(text), replace(self.found, table=None)
            self._look_into()

        self.ask(letters_question(self.found.sample, self.encoding), submit)

    @work(exclusive=True, group="circle")
    async def verb_circle(self) -> None:
        """Ask for a circle for every new contact."""
        rows = await self.fetch(lambda desk: desk.people.circles())

        async def submit(text: str) -> None:
            name = " ".join(text.split()).lstrip("-").strip()
            self.wish = Wish(name, self.wish.cadence)
            self._draw_text(self.report)

        known = [(row.name, row.members) for row in sorted(rows, key=lambda row: -row.members)]
        question = circle_question("everyone new", known)
        self.ask(replace(question, value=self.wish.circle, may_be_empty=True), submit)

    def verb_rhythm(self) -> None:
        """Ask for a rhythm for every new contact."""

        async def submit(text: str) -> None:
            rhythm_words(text, self.planner.today)
            self.wish = Wish(self.wish.circle, "" if text.strip().casefold() in ("none", "inherit") else text)
            self._draw_text(self.report)

        self.ask(rhythm_question(self, "everyone new", self.wish.cadence), submit)

    def verb_other(self) -> None:
        """Go back to the path."""
        self._back_to_path("")

    def verb_undo(self) -> None:
        """Take the import back."""
        done = self.step == "done"
        if done:
            self.dismiss(None)
            self.planner.undo_at_once()
        else:
            self.planner.verb_undo()

    def verb_back(self) -> None:
        """Stop reading or writing; else leave the place."""
        if self.step in ("reading", "writing"):
            self.stop.set()
            words = "Stopping; what is written is taken back" if self.step == "writing" else "Stopping"
            self.query_one("#import-told", Static).update(content(words, "bold $accent"))
        else:
            self.dismiss(None)


def _go_through(screen: ImportScreen, report: ImportReport, *, asked: bool) -> None:
    """After an import, ask which pairs are one person, then how to keep in touch with the new contacts.

    `asked` means that the second question is to be asked; a rhythm given to every new contact has answered it.
    """
    planner = screen.planner

    def newcomers() -> None:
        planner.open("newcomers")

    if report.ambiguous:
        planner.open("pairs", imported=True, then=newcomers if asked else None)
    elif report.added and asked:
        newcomers()
