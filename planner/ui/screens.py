"""The screens that are opened by name. The module of a screen is imported when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from textual.screen import Screen

SCREENS: Final = {
    "agenda": "agenda.screen:AgendaScreen",
    "contacts": "contacts.screen:ContactsScreen",
    "ledger": "ledger.screen:LedgerScreen",
    "needs": "needs.screen:NeedsScreen",
    "reach": "reach.screen:ReachScreen",
    "closing": "needs.closing_screen:ClosingScreen",
    "contact": "contact.screen:ContactScreen",
    "form": "contact.form_screen:ContactForm",
    "focus": "focus.screen:FocusScreen",
    "welcome": "agenda.welcome_screen:WelcomeScreen",
    "import": "imports.screen:ImportScreen",
    "export": "imports.export_dialog:ExportDialog",
    "newcomers": "review.newcomers_screen:NewcomersScreen",
    "pairs": "review.pairs_screen:PairsScreen",
    "palette": "palette:PaletteScreen",
    "help": "help:HelpScreen",
    "why": "shared.why_dialog:WhyDialog",
    "problem": "shared.problem_dialog:ProblemDialog",
}
"""By name: the module below `planner.ui`, and the class."""


def screen_class(name: str) -> type[Screen[Any]]:
    """The class of a screen; raises KeyError for an unknown name."""
    module, _, kind = SCREENS[name].partition(":")
    found: type[Screen[Any]] = getattr(import_module(f"planner.ui.{module}"), kind)
    return found
