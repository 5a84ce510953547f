"""Long texts in the person's own editor: the terminal is lent to it, and no text of it is ever lost.

What is written stands in a private file until whoever asked says that it is kept elsewhere. An editor that
fails, a text that is not taken or a change made elsewhere meanwhile leave the file where it is, and name it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from planner.core.words.folding import clean
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.ui.port import AppPort

USUAL = ("nano", "vi")
"""Editors looked for where the environment names none."""


class EditedText:
    """A text as it left the editor, and the file that holds it until it is kept elsewhere."""

    def __init__(self, text: str, before: str, file: Path) -> None:
        """`before` is the text the editor was given."""
        self.text = text
        self.before = before
        self.file = file

    @property
    def changed(self) -> bool:
        """Whether it is another text than before."""
        return self.text != self.before

    def is_kept(self) -> None:
        """It is kept elsewhere now, or not wanted: the file goes."""
        self.file.unlink(missing_ok=True)

    @property
    def where(self) -> str:
        """Where the text still is, in a sentence."""
        return f"What you wrote is in {shown_path(self.file)}"


def editor_command(environment: Mapping[str, str] | None = None) -> list[str]:
    """The editor with its options, as VISUAL or EDITOR name it, else a usual one; Refused where there is none."""
    environment = os.environ if environment is None else environment
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


def edited(text: str, folder: Path | None, *, name: str = "text") -> EditedText:
    """The text as it is after the person's editor, run in this terminal on a private file in a folder.

    Raises Refused where the editor did not start or failed; what was written then stays in its file.
    """
    command = editor_command()
    editor = Path(command[0]).name
    file = file_with(text, folder, name)
    try:
        with _interrupts_are_the_editors():
            done = subprocess.run([*command, str(file)], check=False)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise Refused(f"The editor {editor} did not start", "Set EDITOR to one that is there") from error
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"The editor left no file: {error.strerror}", "The text stays as it was") from error
    if done.returncode:
        ended = f"The editor {editor} ended with {done.returncode}"
        if content == _content(text):
            file.unlink(missing_ok=True)
            raise Refused(ended, "The text stays as it was")
        raise Refused(f"What you wrote is in {shown_path(file)}", ended)
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"What you wrote is in {shown_path(file)}", f"The editor {editor} wrote no UTF-8") from error
    return EditedText("\n".join(clean(line).rstrip() for line in found.splitlines()).strip(), text.strip(), file)


def edit(planner: AppPort, text: str, *, name: str) -> EditedText:
    """Lend the terminal of an app to the editor; raises Refused where that cannot be, or the editor fails."""
    folder = planner.paths.state if planner.paths is not None else None
    problem: Refused | None = None
    try:
        with planner.suspend():
            # A refusal waits until the terminal is ours again: it would leave the app without one.
            try:
                written = edited(text, folder, name=name)
            except Refused as refusal:
                problem = refusal
    except SuspendNotSupported as error:
        raise Refused("This terminal cannot be handed to an editor", "Write it here") from error
    if problem is not None:
        raise problem
    return written


def shown_path(file: Path) -> str:
    """A path as a person writes it, short enough for one line."""
    home = Path.home()
    return f"~/{file.relative_to(home)}" if file.is_relative_to(home) else str(file)


def _content(text: str) -> bytes:
    return f"{text}\n".encode("utf-8", "replace") if text else b""


def file_with(text: str, folder: Path | None, name: str) -> Path:
    """A new file for its owner alone that holds a text; raises Refused where none can be written."""
    try:
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp opens for its owner alone, and never a file that is there.
        descriptor, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".txt", dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_content(text))
    except OSError as error:
        raise Refused(f"The text could not be handed over: {error.strerror}", "Write it here") from error
    return Path(path)


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Ctrl-C reaches every program of a terminal: while it lasts, only the editor minds it."""

    def leave_it(number: int, frame: FrameType | None) -> None:
        """A function, and not SIG_IGN, which the editor would inherit."""

    before = {}
    try:
        for number in (signal.SIGINT, signal.SIGQUIT) if hasattr(signal, "SIGQUIT") else (signal.SIGINT,):
            before[number] = signal.signal(number, leave_it)
    except ValueError:
        pass  # not the main thread, where no signal arrives
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
