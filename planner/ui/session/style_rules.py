"""The rules of the stylesheet, read once for each theme; those of the first place before the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

LATER = "/* === What follows is read once the first place is drawn === */"
"""The line that divides the stylesheet: reading all of it takes a twentieth of the start."""


def stylesheet() -> Path:
    """The path of the stylesheet: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[2] / "planner.tcss"
    return inside if inside.exists() else inside.parent.parent / "planner.tcss"


class StyleRules(Stylesheet):
    """A stylesheet that is read again only when its variables change, and that styles a screen only when that matters.

    Textual reads it twice whenever a place is first opened, and styles every widget of a screen whenever the screen is
    seen again; both delay the key that opens a place.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self.read_with = variables
        """The theme variables with which the rules are read."""
        self._is_stale = False
        self._later: list[tuple[str, str]] = []
        """Paths of stylesheets, with their rules that are not read yet."""
        self._first: Screen[Any] | None = None
        self._changes = 0
        """How often variables or rules changed for widgets that have their styles already."""
        self._asked_by: list[RuleSet] = []
        """The rules from which `_asked_states` is made."""
        self._asked_states: frozenset[str] = frozenset()
        """The states, such as "focus-within", that any rule asks for."""
        self._styled_for: WeakKeyDictionary[Screen[Any], tuple[object, ...]] = WeakKeyDictionary()
        """What the widgets of each screen were last styled for."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of a theme; the same ones change nothing."""
        if variables != self.read_with:
            self.read_with, self._is_stale = variables, True
            self._changes += 1
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
            self._changes += 1
            self.parse()

    def apply(self, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
        """Give a widget its styles; a second screen needs all rules."""
        if isinstance(node, Screen):
            self._first = self._first or node
            if node is not self._first:
                self.read_later()
            if node not in self._styled_for:
                _begin_as_wide_as_terminal(node)
            self._styled_for[node] = self._states(node)
        super().apply(node, animate=animate, cache=cache)

    def update_nodes(self, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        """Give widgets their styles, except a whole screen for which nothing has changed.

        `nodes` holds a screen before its widgets. A widget that changes, or is added, is styled by itself.
        """
        super().update_nodes(self._changed(nodes), animate)

    def _changed(self, nodes: Iterable[DOMNode]) -> Iterator[DOMNode]:
        is_styled = False
        for node in nodes:
            if isinstance(node, Screen):
                is_styled = self._styled_for.get(node) == self._states(node)
            if not is_styled:
                yield node

    def _states(self, screen: Screen[Any]) -> tuple[object, ...]:
        """The rules, and the classes and states of app and screen that rules can ask for."""
        if self._asked_by is not self.rules:
            # No rule asks for a state that every screen soon gets: one of its widgets has the focus.
            self._asked_by = self.rules
            selectors = (one for rule in self.rules for part in rule.selector_set for one in part.selectors)
            self._asked_states = frozenset(state for one in selectors for state in one.pseudo_classes)
        app, asked = screen.app, self._asked_states
        return self._changes, app.classes, app.pseudo_classes & asked, screen.classes, screen.pseudo_classes & asked


def _begin_as_wide_as_terminal(screen: Screen[Any]) -> None:
    """Give a screen the class of its width; Textual would do it after layout, and then lay it out again."""
    width = screen.app.size.width
    fitting = [(least, name) for least, name in screen.app.HORIZONTAL_BREAKPOINTS or () if width >= least]
    if fitting:
        screen.set_class(True, max(fitting)[1], update=False)
