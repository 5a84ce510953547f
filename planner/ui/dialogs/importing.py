"""Bringing in an address book: which file, what it would do, doing it, and what came of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from planner.core.model import ImportReport
from planner.errors import PlannerError
from planner.ui.path_completion import common_beginning, completions
from planner.ui.text import content
from planner.ui.themes import glyphs
from planner.ui.widgets.rows import level

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.ui.app import PlannerApp
    from planner.ui.screens.base import PlaceScreen

SHOWN = 5
"""Reasons, remarks and names that are shown; how many more there are is said."""
KEYS = {
    "path": "tab completes   enter looks into it   esc leaves",
    "reading": "esc stops",
    "preview": "enter brings them in   e another file   esc leaves",
    "nothing": "enter another file   esc leaves",
    "writing": "esc stops, and nothing of it stays",
    "done": "enter goes on   u takes it all back",
}
"""What the keys do at each step."""


class PathInput(Input):
    """The path; tab completes it as a shell does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    class Complete(Message):
        """Tab was pressed."""

    def action_complete(self) -> None:
        """Complete what is typed."""
        self.post_message(self.Complete())


class ImportDialog(ModalScreen[ImportReport | None]):
    """Gives what was brought in, None when nothing was or it was taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("enter", "go_on", "Go on", show=False),
        Binding("e", "other_file", "Another file", show=False),
        Binding("u", "take_back", "Take it back", show=False),
        Binding("q", "leave", "Leave", show=False),
    ]

    class Progressed(Message):
        """So many records are read, of about so many."""

        def __init__(self, done: int, expected: int) -> None:
            super().__init__()
            self.done = done
            self.expected = expected

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ImportDialog.Progressed)

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.start = path
        self.step = "path"
        self.report: ImportReport | None = None
        self.expected = 0
        self.stop = Event()

    @property
    def planner(self) -> PlannerApp:
        """The app, by its own type."""
        return cast("PlannerApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content("Bring in an address book", "bold $accent"), classes="dialog-heading")
            entry = PathInput(self.start, placeholder="~/Downloads/contacts.vcf", id="import-path", compact=True)
            entry.cursor_blink = False
            yield entry
            yield Static(id="import-text", markup=False)
            yield Static(id="import-bar", markup=False)
            yield Static(id="import-keys", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the path."""
        self._show("path")
        self._suggest("")

    def on_unmount(self) -> None:
        """Who leaves the planner stops what is being read."""
        self.stop.set()

    @property
    def entry(self) -> PathInput:
        """The line with the path."""
        return self.query_one(PathInput)

    def _show(self, step: str, text: Content | str = "", keys: str = "") -> None:
        self.step = step
        self.entry.disabled = step != "path"
        self.query_one("#import-text", Static).update(text if isinstance(text, Content) else content(text))
        bar = self.query_one("#import-bar", Static)
        bar.display = step in ("reading", "writing")
        bar.update("")
        self.query_one("#import-keys", Static).update(content(keys or KEYS[step], "$dim"))
        if step == "path":
            self.entry.focus()
        else:
            self.set_focus(None)

    # The path

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(event.value)

    @work(exclusive=True, group="suggest")
    async def _suggest(self, text: str) -> None:
        """What the path may become."""
        found = await asyncio.to_thread(completions, text)
        if self.step != "path" or self.entry.value != text:
            return
        if found:
            lines = [content(one, "$foreground" if one.endswith("/") else "$name") for one in found]
            self.query_one("#import-text", Static).update(Content("\n").join(lines))
        elif not text.strip():
            words = (
                "A file of your phone, your mail program or LinkedIn: .vcf, .csv or .zip.\n"
                "Nothing is written before you have seen what it would do."
            )
            self.query_one("#import-text", Static).update(content(words, "$dim"))
        else:
            self.query_one("#import-text", Static).update(content("nothing there begins with this", "$dim"))

    @on(PathInput.Complete)
    @work(exclusive=True, group="complete")
    async def _complete(self) -> None:
        text = self.entry.value
        found = await asyncio.to_thread(completions, text)
        longer = found[0] if found and not text.strip() else common_beginning(text, found)
        if self.entry.value == text and longer != text:
            self.entry.value = longer
            self.entry.cursor_position = len(longer)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.step == "path" and event.value.strip():
            self._look_into(Path(os.path.expanduser(event.value.strip())))

    # Looking into it, and bringing it in

    @work(exclusive=True, group="import")
    async def _look_into(self, path: Path) -> None:
        self._show("reading", "Looking into it; nothing is written yet")
        report = await self._run(path, dry_run=True)
        if report is None:
            return
        self.report = report
        if report.added or report.merged:
            self._show("preview", _told(report, "would be"))
        else:
            self._show("nothing", Content("\n").join([content("Nothing new is in it."), _told(report, "would be")]))

    @work(exclusive=True, group="import")
    async def _bring_in(self, path: Path) -> None:
        self._show("writing", "Bringing them in")
        report = await self._run(path, dry_run=False)
        if report is None:
            return
        self.report = report
        self._show("done", _told(report, "were"))
        self.planner.data_changed()

    async def _run(self, path: Path, *, dry_run: bool) -> ImportReport | None:
        """The report; None after a refusal or a stop, which lead back to the path."""
        from planner.interchange.reading import count_hint, read

        self.stop = stop = Event()
        today = self.planner.today
        expected = await asyncio.to_thread(count_hint, [path])

        def progress(done: int, total: int) -> None:
            # Runs on the database thread: a message is all that may leave it.
            self.post_message(self.Progressed(done, total))

        def work(desk: Desk) -> ImportReport:
            return desk.import_records(
                read([path]), today=today, expected=expected, dry_run=dry_run,
                progress=progress, cancelled=stop.is_set,
            )  # fmt: skip

        try:
            report = await self.planner.gateway.call(work)
        except PlannerError as problem:
            self._show("path")
            self._suggest_nothing(str(problem))
            return None
        if stop.is_set():
            self._show("path")
            self._suggest_nothing("Stopped: nothing of it was kept.")
            return None
        return report

    def _suggest_nothing(self, words: str) -> None:
        self.workers.cancel_group(self, "suggest")
        self.query_one("#import-text", Static).update(content(words, "$late"))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.step not in ("reading", "writing"):
            return
        marks, cells = glyphs(self.planner.ascii_marks), 40
        full = level(event.done, event.expected, cells)
        self.query_one("#import-bar", Static).update(
            Content.assemble(
                content(marks.progress_full * full, "$accent"),
                content(marks.progress_empty * (cells - full), "$rule"),
                content(f"  {event.done:,} of about {event.expected:,}", "$dim"),
            )
        )

    # Keys

    def action_go_on(self) -> None:
        """The next step."""
        if self.step == "preview":
            self._bring_in(Path(os.path.expanduser(self.entry.value.strip())))
        elif self.step == "nothing":
            self.action_other_file()
        elif self.step == "done":
            self.dismiss(self.report)

    def action_other_file(self) -> None:
        """Back to the path."""
        if self.step in ("preview", "nothing"):
            self._show("path")
            self._suggest(self.entry.value)

    def action_take_back(self) -> None:
        """Undo what was brought in."""
        if self.step == "done":
            self.dismiss(None)
            self.planner.verb_undo()

    def action_leave(self) -> None:
        """Stop what runs; else leave."""
        if self.step in ("reading", "writing"):
            self.stop.set()
        else:
            self.dismiss(self.report if self.step == "done" else None)


def _told(report: ImportReport, verb: str) -> Content:
    """The counts, a few names, and what could not be taken, with reasons."""
    counts = (
        (report.added, f"{verb} added", "$done"),
        (report.merged, f"{verb} merged with someone you have", "$done"),
        (report.unchanged, "are here already, the same", "$dim"),
        (report.ambiguous, "may be someone you have: kept apart, with a note; M merges two", "$due"),
        (report.skipped, "left out on purpose", "$dim"),
        (len(report.rejected), "could not be read", "$late"),
    )
    room = max((len(f"{count:,}") for count, _, _ in counts), default=1)
    lines = [
        Content.assemble(content(f"{count:>{room},}", "bold $name"), "  ", content(words, tone))
        for count, words, tone in counts
        if count
    ]
    if report.examples:
        lines += [Content(""), content(", ".join(report.examples[:SHOWN]), "$dim")]
    reasons = [
        f"{one.file}{f', line {one.line}' if one.line else ''}: {one.reason}" for one in report.rejected[:SHOWN]
    ]
    if len(report.rejected) > SHOWN:
        reasons.append(f"and {len(report.rejected) - SHOWN:,} more")
    remarks = list(report.remarks[:SHOWN])
    for tone, texts in (("$late", reasons), ("$dim", remarks)):
        if texts:
            lines += [Content(""), *(content(text, tone) for text in texts)]
    return Content("\n").join(lines)


def start_import(screen: PlaceScreen, after: Callable[[ImportReport], None] | None = None) -> None:
    """Bring in an address book over a place, then offer the newcomers a rhythm."""
    app = screen.planner

    async def run() -> None:
        report = await app.push_screen_wait(ImportDialog())
        if report is None or not report.added:
            return
        from planner.ui.dialogs.newcomers import offer_rhythms

        app.say(f"{report.added:,} added, {report.merged:,} merged", undo=True)
        await offer_rhythms(app)
        if after is not None:
            after(report)

    # On the app, not on the place: an empty planner's welcome goes as soon as it is no longer empty.
    app.run_worker(run(), exclusive=True, group="import")
