"""The rules of the stylesheet, read once for each theme; those of the first place before the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

LATER = "/* === What follows is read once the first place is drawn === */"
"""The line that divides the stylesheet: reading all of it takes a twentieth of the start."""


class StyleRules(Stylesheet):
    """A stylesheet that is read again only when its variables change.

    Textual reads it twice whenever a place is first opened, which delays the key that opens it.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self.read_with = variables
        """The theme variables with which the rules are read."""
        self._is_stale = False
        self._later: list[tuple[str, str]] = []
        """Paths of stylesheets, with their rules that are not read yet."""
        self._first: Screen[Any] | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of a theme; the same ones change nothing."""
        if variables != self.read_with:
            self.read_with, self._is_stale = variables, True
            super().set_variables(variables)

    def parse(self) -> None:
        """Read all rules, reusing what is parsed already."""
        super().parse()
        self._is_stale = False

    def reparse(self) -> None:
        """Read all rules again if the variables have changed."""
        if self._is_stale:
            self.parse()

    def read_all(self, paths: Sequence[PurePath]) -> None:
        """Read the rules for the first place; `read_later` reads the rest."""
        super().read_all(paths)
        for path, name in [*self.source]:
            now, mark, later = self.source[path, name].content.partition(LATER)
            if mark:
                self.add_source(now, (path, name))
                self._later.append((path, later))

    def read_later(self) -> None:
        """Read the rules for the other screens, unless they are read."""
        for path, later in self._later:
            self.add_source(later, (path, LATER))
        if self._later:
            self._later.clear()
            self.parse()

    def apply(self, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
        """Give a widget its styles; a second screen needs all rules."""
        if isinstance(node, Screen):
            self._first = self._first or node
            if node is not self._first:
                self.read_later()
            if not node.size:
                _begin_as_wide_as_terminal(node)
        super().apply(node, animate=animate, cache=cache)


def _begin_as_wide_as_terminal(screen: Screen[Any]) -> None:
    """Give a screen the class of its width; Textual would do it after layout, and then lay it out again."""
    width = screen.app.size.width
    fitting = [(least, name) for least, name in screen.app.HORIZONTAL_BREAKPOINTS or () if width >= least]
    if fitting:
        screen.set_class(True, max(fitting)[1], update=False)
