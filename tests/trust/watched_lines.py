"""Runs the planner and writes down each line it makes and each letter that is typed, by where the line is made.

python watched_lines.py FILE [WORD...]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

MAKERS = ("planner.ui.",)
NOT_MAKERS = ("planner.ui.widgets.prompt", "planner.ui.widgets.field")
"""Modules whose own lines belong to whoever makes the prompt or the field."""


def _made_at(frame: FrameType | None) -> str:
    """ "module:number" of the line of source that makes something; "" where none of the planner's does."""
    while frame is not None:
        if frame.f_globals.get("__name__") == "dataclasses" and "obj" in frame.f_locals:
            return str(getattr(frame.f_locals["obj"], "made_at", ""))
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(MAKERS) and frame.f_code.co_name not in ("__init__", "<lambda>"):
            return "" if name in NOT_MAKERS else f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def _notes_its_maker(kind: type[Any], tell: Callable[[str], object]) -> None:
    make: Callable[..., None] = kind.__init__

    def made(self: Any, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        if not hasattr(self, "made_at"):
            object.__setattr__(self, "made_at", _named(self, _made_at(sys._getframe(1))))
            tell(f"made {self.made_at}\n" if self.made_at else "")

    kind.__init__ = made  # type: ignore[method-assign]


def _named(made: Any, place: str) -> str:
    """The place where a line is made, with the name of a field: a loop makes several. Numbers in it are left out."""
    name = str(getattr(made, "name", None) or "").rstrip("0123456789_")
    return f"{place}:{name}" if place and name else place


def watch(path: str) -> None:
    """Write a line to a file for each line of the screen that is made, and for each letter typed into one."""
    seen = open(path, "a", buffering=1, encoding="utf-8")  # noqa: SIM115 - as long as the program
    from textual.app import App
    from textual.events import Event, Key
    from textual.widgets import Input, TextArea

    from planner.ui.widgets import prompt

    class Question(prompt.Question):
        """A record holds nothing but its fields: this one has room for where it was made."""

    # A record writes its `__init__` when the first one is made.
    prompt.Question("")
    prompt.Question = Question  # type: ignore[misc]
    from planner.ui.widgets.field import Field

    for kind in (Input, TextArea, Field, Question):
        _notes_its_maker(kind, seen.write)
    take = App.on_event

    async def taken(self: App[object], event: Event) -> None:
        if isinstance(event, Key) and event.is_printable and not event.is_forwarded:
            focused = self.focused
            if isinstance(focused, Input | TextArea):
                owner: Any = focused
                for node in focused.ancestors:
                    if isinstance(node, Field):
                        owner = node
                    elif isinstance(node, prompt.Prompt):
                        owner = node.question
                seen.write(f"typed {getattr(owner, 'made_at', '')}\n")
        await take(self, event)

    App.on_event = taken  # type: ignore[method-assign]


if __name__ == "__main__":
    watch(sys.argv[1])
    from planner.cli import main

    sys.exit(main(sys.argv[2:]))
