"""Long texts in the person's own editor: the planner lends it the terminal, and no text is ever lost.

The text is in a private file until it is stored or shown on the screen. If the editor fails, the text is refused or the
planner has to leave meanwhile, the file stays, and its text is offered as an unfinished one.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from planner.edited_files import (
    NoFile,
    content_of,
    copies_beside,
    fingerprint,
    new_file,
    read,
    remove,
    remove_if_empty,
    tidy,
)
from planner.errors import Refused
from planner.limits import refuse_in_kiosk
from planner.unfinished import Unfinished

if TYPE_CHECKING:
    from planner.ui.port import AppPort

USUAL = ("nano", "vi")
"""The editors to look for if the environment names none."""


class EditedText:
    """A text from the editor, with the file that holds it until it is stored."""

    def __init__(self, text: str, before: str, file: Path) -> None:
        """`before` is the text that was to be changed."""
        self.text = text
        self.before = before
        self.file = file
        self.of_another = False
        """Whether it was written for a text other than `before`, which has changed since."""

    @property
    def changed(self) -> bool:
        """Whether the editor changed the text."""
        return self.text != self.before

    def is_kept(self) -> None:
        """Remove the file: the text is stored, or not wanted."""
        remove(self.file)

    @property
    def where(self) -> str:
        """A sentence naming the file with the text."""
        return f"What you wrote is in {shown_path(self.file)}"


def editor_command(environment: Mapping[str, str] | None = None) -> list[str]:
    """The command in VISUAL or EDITOR, with its options, else a usual editor. Raises Refused without one."""
    environment = os.environ if environment is None else environment
    refuse_in_kiosk("An editor")
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if named and not command:
        raise Refused("EDITOR cannot be read as a command", "Set it to one, such as EDITOR=nano")
    path = environment.get("PATH")
    for name in command[:1] or USUAL:
        if shutil.which(name, path=path) is not None:
            return command or [name]
    if command:
        raise Refused(f"There is no editor {command[0]}", "Set EDITOR to one that is there")
    raise Refused("No editor is known", "Set EDITOR, such as EDITOR=nano")


def edited(
    text: str,
    state: Path | None,
    *,
    name: str = "text",
    again: Path | None = None,
    given: Callable[[Path], None] = lambda file: None,
) -> EditedText:
    """Run the person's editor in this terminal on a text, in a private file; return the edited text.

    `state` is the folder of the program's state; `again` is a file that an editor had before, from whose copies it
    recovers; `given` is called with the file before the editor starts. Raises Refused if the editor does not start,
    fails or writes no UTF-8; a changed text then stays in its file.
    """
    command = editor_command()
    editor = Path(command[0]).name
    file = again or file_with(text, state, name)
    given(file)
    try:
        with _interrupts_are_the_editors():
            returncode = _run([*command, str(file)])
    except OSError as error:
        remove(file)
        raise Refused(f"The editor {editor} did not start", "Set EDITOR to one that is there") from error
    try:
        content = read(file)
    except NoFile as error:
        remove_if_empty(file)
        raise Refused(f"The editor {editor} left no text: {error}", f"See {shown_path(file)}") from error
    except OSError as error:
        remove_if_empty(file)
        raise Refused(f"The editor left no file: {error.strerror}", "The text stays as it was") from error
    if returncode:
        ended = f"The editor {editor} ended with {returncode}"
        if content == content_of(text):
            _remove_unless_saved_beside(file)
            raise Refused(ended, "The text stays as it was")
        raise Refused(f"What you wrote is in {shown_path(file)}", ended)
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"What you wrote is in {shown_path(file)}", f"The editor {editor} wrote no UTF-8") from error
    return EditedText(tidy(found), text.strip(), file)


def edit(planner: AppPort, text: str, about: Unfinished, line: str, *, name: str) -> EditedText:
    """Lend the terminal of the app to the editor, as in `edited`; also raises Refused if it cannot be lent.

    `about` identifies the text, which is kept under the name `line` until its file is removed. If an editor left such a
    text, the editor gets it in place of `text`.
    """
    state = planner.paths.state if planner.paths is not None else None
    problem: Refused | None = None
    waiting = planner.typed.for_line(about.verb, about.contacts)
    if waiting is not None and line not in waiting.files:
        waiting = None
    now = fingerprint(content_of(text))
    before = waiting.files[line][1] if waiting is not None else now
    again = Path(waiting.files[line][0]) if waiting is not None else None
    if again is not None and not (again.exists() and copies_beside(again)):
        again = None
    words = waiting.texts.get(line, text) if waiting is not None else text

    def given(file: Path) -> None:
        planner.typed.hand_out(about, line, file, before, waiting)

    try:
        with planner.suspend():
            # A refusal is raised only after the app has the terminal back: raised in here, it would leave the app
            # without one.
            try:
                written = edited(words, state, name=name, again=again, given=given)
            except Refused as refusal:
                problem = refusal
    except SuspendNotSupported as error:
        raise Refused("This terminal cannot be handed to an editor", "Write it here") from error
    if problem is not None:
        raise problem
    written.before, written.of_another = text.strip(), before != now
    if planner.typed.is_over:
        if not written.changed and not copies_beside(written.file):
            written.is_kept()
        raise Refused(written.where, "It is offered at the next start")
    return written


def is_on_screen(planner: AppPort, written: EditedText) -> None:
    """Remove the file of a text that is now in a line of the screen, and is kept with it."""
    planner.typed.keep()
    if not planner.typed.trouble:
        written.is_kept()


_running: list[subprocess.Popen[bytes]] = []
"""The editor that has the terminal now."""


def _run(command: list[str]) -> int:
    editor = subprocess.Popen(command)
    _running.append(editor)
    try:
        return editor.wait()
    finally:
        _running.remove(editor)


def hang_up(*, at_once: bool = False) -> None:
    """Tell a running editor that the terminal goes away, so that it stores its text; `at_once` ends it.

    Any thread may call it.
    """
    for editor in list(_running):
        if at_once:
            editor.kill()
        else:
            editor.send_signal(signal.SIGHUP)


def _remove_unless_saved_beside(file: Path) -> None:
    """Remove an unchanged file, unless the editor put another one beside it."""
    if [one.name for one in file.parent.iterdir()] == [file.name]:
        remove(file)


def shown_path(file: Path) -> str:
    """A path as people write it: ~ for the home folder."""
    home = Path.home()
    return f"~/{file.relative_to(home)}" if file.is_relative_to(home) else str(file)


def file_with(text: str, state: Path | None, name: str) -> Path:
    """Write a text into a new file that only its owner can read; raises Refused if that fails."""
    try:
        return new_file(text, state, name)
    except OSError as error:
        raise Refused(f"The text could not be handed over: {error.strerror}", "Write it here") from error


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Ignore Ctrl-C while the editor runs. It reaches every program in the terminal, but is meant for the editor."""

    def leave_it(number: int, frame: FrameType | None) -> None:
        """Do nothing. SIG_IGN in place of this function would be inherited by the editor."""

    before = {}
    try:
        for number in (signal.SIGINT, signal.SIGQUIT) if hasattr(signal, "SIGQUIT") else (signal.SIGINT,):
            before[number] = signal.signal(number, leave_it)
    except ValueError:
        pass  # not the main thread: no signal arrives here
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
