"""The first step of an import, which chooses a file: a line for its path, and a list of files below."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from planner.import_folder import last_import_folder
from planner.ui.imports.lines import ImportList, rows_of_files
from planner.ui.imports.path_completion import PathFound, common_beginning, completions, files_nearby, looked_at
from planner.ui.imports.path_input import PathInput
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.widgets.line_list import LineList

COMPLETIONS = 60


class PathScreen(PlaceScreen):
    """A place that first asks for a path. `step` is "path" while it asks; `chosen_path` then gets the path."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "list('cursor_up')", "Up", show=False),
        Binding("down", "list('cursor_down')", "Down", show=False),
        Binding("pageup", "list('page_up')", "Page up", show=False),
        Binding("pagedown", "list('page_down')", "Page down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.step = "path"
        self.moved = False
        """Whether the cursor was moved in the list since the path last changed."""

    @property
    def entry(self) -> PathInput:
        """The line for the path."""
        return self.query_one(PathInput)

    @property
    def list(self) -> ImportList:
        """The list of files, or of unreadable records."""
        return self.query_one(ImportList)

    def chosen_path(self, path: Path) -> None:
        """Continue with the chosen path."""
        raise NotImplementedError

    def verb_go_on(self) -> None:
        """Go on to the next step."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.suggest(event.value)

    @work(exclusive=True, group="suggest")
    async def suggest(self, text: str) -> None:
        """List the completions of a typed path; without a text the files in the usual folders."""
        last = last_import_folder(self.planner.paths.state) if self.planner.paths is not None else ""

        def find() -> list[PathFound]:
            return looked_at(completions(text, COMPLETIONS)) if text.strip() else files_nearby(last)

        found = await self.in_thread(find)
        if self.step != "path" or self.entry.value != text:
            return
        self.moved = False
        rows = rows_of_files(found)
        self.list.look = self.look
        self.list.set_rows(0, [], 0)
        self.list.set_rows(0, rows, len(rows))
        self.suggested(text, bool(rows))

    def suggested(self, text: str, found: bool) -> None:
        """Called once the completions of a text are listed; `found` says whether there are any."""

    @on(PathInput.Complete)
    @work(exclusive=True, group="complete")
    async def _complete(self) -> None:
        text = self.entry.value
        found = await self.in_thread(completions, text)
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
            self.chosen_path(Path(os.path.expanduser(typed)))

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        """Choose the file that was clicked; at other steps go on."""
        if isinstance(event.row.data, PathFound):
            self._write(event.row.data.path)
            if not event.row.data.is_folder:
                self.chosen_path(Path(os.path.expanduser(event.row.data.path)))
        elif self.step != "path":
            self.verb_go_on()

    def action_list(self, name: str) -> None:
        """Move the cursor among the files by an action of the list, such as "cursor_up"."""
        if self.step == "path":
            self.moved = True
            getattr(self.list, f"action_{name}")()
