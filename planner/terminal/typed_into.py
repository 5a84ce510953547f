"""What text is typed into, told without loading a widget that is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from textual.widgets import Input

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import TextArea


class ManyLines:
    """A mark of every widget of many lines: a subclass of this and of Textual's TextArea.

    TextArea brings twenty modules, which the first screen is not to wait for.
    """


def is_typed_into(widget: Widget | None) -> TypeGuard[Input | TextArea]:
    """Whether text is typed into a widget, in one line or in many."""
    return isinstance(widget, Input | ManyLines)
