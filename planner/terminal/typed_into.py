"""What text is typed into, decided without loading a widget that is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from textual.widgets import Input

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import TextArea


class ManyLines:
    """Marks every multi-line widget: a base class next to Textual's TextArea.

    TextArea loads twenty modules, for which the first screen must not wait.
    """


def is_typed_into(widget: Widget | None) -> TypeGuard[Input | TextArea]:
    """Whether text is typed into a widget, on one line or on many."""
    return isinstance(widget, Input | ManyLines)
