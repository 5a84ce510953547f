"""The present theme: the one of the configuration, one chosen on the screen, or one in preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from planner.config import Config, chosen_theme, remember_theme
from planner.ui import themes

if TYPE_CHECKING:
    from planner.paths import Paths


class ThemeChoice:
    """The themes of one app."""

    def __init__(self, app: App[Any], config: Config, paths: Paths | None, *, few_colors: bool) -> None:
        """A choice is kept in the folders of `paths`, nowhere with None. `few_colors`: the terminal has sixteen."""
        self._app, self._config, self._paths, self._few_colors = app, config, paths, few_colors
        self._looked_at_from = ""
        """The theme before a preview; empty without a preview."""

    def wanted(self) -> str:
        """The theme chosen on the screen or in the configuration, known or not.

        A terminal with sixteen colours gets the theme made of them unless another one was chosen.
        """
        chosen = chosen_theme(self._paths.state, self._config) if self._paths is not None else None
        wanted = chosen or self._config.theme
        return themes.TERMINAL if self._few_colors and chosen is None and wanted == themes.DARK else wanted

    def put_on(self) -> str:
        """Register our themes and set the wanted one, before anything is drawn.

        Returns why another one is set instead, in words with {keys}; "" for the wanted one.
        """
        app = self._app
        for theme in (*themes.THEMES, themes.TERMINAL_THEME):
            app.register_theme(theme)
        wanted = self.wanted()
        name = wanted if wanted in app.available_themes else themes.DARK
        chosen = app.available_themes[name]
        if chosen.ansi:
            app.theme = name
        else:
            # Before the stylesheet is read: a change of theme afterwards reads all of it again, which delays every
            # start.
            app.set_reactive(App.theme, name)
            app.set_class(chosen.dark, "-dark-mode", update=False)
            app.set_class(not chosen.dark, "-light-mode", update=False)
            app.add_class(f"-theme-{name}", update=False)
            app.stylesheet.set_variables(app.get_css_variables())
        return "" if name == wanted else f"There is no theme “{wanted}”; the palette, {{palette}}, lists them"

    def choose(self, name: str, say: Callable[[str], None]) -> None:
        """Set a theme and keep it for the next time; `say` is called with the reason if it cannot be kept."""
        self._looked_at_from = ""
        self._app.theme = name
        if self._paths is None:
            return
        try:
            remember_theme(self._paths.state, name, self._config)
        except OSError as error:
            say(f"The theme is on until you leave; it could not be kept: {error.strerror}")

    def look_at(self, name: str) -> None:
        """Show a theme without choosing it; an empty name restores the theme from before."""
        if name:
            self._looked_at_from = self._looked_at_from or self._app.theme
        wanted = name or self._looked_at_from
        if not name:
            self._looked_at_from = ""
        if wanted and wanted != self._app.theme:
            self._app.theme = wanted
