"""The rules of the stylesheet, read once for each theme."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class StyleRules(Stylesheet):
    """A stylesheet that is read anew only when its variables change.

    Textual asks for it twice whenever a place is opened first, which is felt at the key that opens it.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self.read_with = variables
        """The variables of the theme that the rules are read with."""
        self._is_stale = False

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme; the same ones change nothing."""
        if variables != self.read_with:
            self.read_with, self._is_stale = variables, True
            super().set_variables(variables)

    def parse(self) -> None:
        """Read all rules, from what is already parsed where that is known."""
        super().parse()
        self._is_stale = False

    def reparse(self) -> None:
        """Read all rules again if the variables have changed."""
        if self._is_stale:
            self.parse()
