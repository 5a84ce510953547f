"""Colours: our themes, and the palette that lines are drawn with.

The stylesheet reads the colours as `$due`, `$late`, `$done`, `$received`, `$dim`, `$name`, `$rule` and
`$selected`, beside Textual's own `$accent`, `$foreground`, `$background` and `$panel`. Widgets that draw
their own lines read the same colours from `palette`. Both follow any theme, Textual's own included.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from planner.core.records import record

DARK = "planner-dark"
LIGHT = "planner-light"
TERMINAL = "planner-terminal"
"""The theme made of the terminal's own sixteen colours."""

TEXT_CONTRAST = 4.5
"""The least contrast of text against its background (WCAG 2.2, 1.4.3)."""
MARK_CONTRAST = 3.0
"""The least contrast of a mark that carries meaning (WCAG 2.2, 1.4.11)."""

OWN_VARIABLES = ("due", "late", "done", "received", "dim", "name", "rule", "selected")
"""The variables of our themes beyond Textual's."""
_PALETTE_VARIABLES = ("foreground", "background", "panel", "accent", *OWN_VARIABLES)


def _theme(
    name: str,
    *,
    dark: bool,
    background: str,
    panel: str,
    selected: str,
    rule: str,
    text: str,
    dim: str,
    name_color: str,
    accent: str,
    due: str,
    late: str,
    done: str,
    received: str,
) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=received,
        accent=accent,
        warning=due,
        error=late,
        success=done,
        foreground=text,
        background=background,
        surface=background,
        panel=panel,
        variables={
            "due": due,
            "late": late,
            "done": done,
            "received": received,
            "dim": dim,
            "name": name_color,
            "rule": rule,
            "selected": selected,
            "text-muted": dim,
            "foreground-muted": dim,
            "border": accent,
            "border-blurred": rule,
            "block-cursor-background": selected,
            "block-cursor-foreground": name_color,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": selected,
            "block-cursor-blurred-foreground": text,
            "block-hover-background": selected,
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "input-selection-background": selected,
            "scrollbar": rule,
            "scrollbar-hover": dim,
            "scrollbar-active": accent,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "footer-background": panel,
            "footer-key-foreground": accent,
            "footer-description-foreground": dim,
            "link-color": accent,
        },
    )


THEMES = (
    _theme(
        DARK,
        dark=True,
        background="#14171c",
        panel="#1a1e25",
        selected="#232a35",
        rule="#2b313b",
        text="#d8d4cb",
        dim="#868d99",
        name_color="#f3efe6",
        accent="#7fb4ca",
        due="#e0b36a",
        late="#e8786f",
        done="#8fb573",
        received="#c3a6d6",
    ),
    _theme(
        LIGHT,
        dark=False,
        background="#faf7f0",
        panel="#f2ede2",
        selected="#e9e1d0",
        rule="#d9d1c1",
        text="#3a3a3c",
        dim="#6f6a62",
        name_color="#15161a",
        accent="#1f6f8b",
        due="#8a5a00",
        late="#b3261e",
        done="#3f6b2a",
        received="#6d4a8c",
    ),
)
"""Our themes, the default first."""

TERMINAL_THEME = Theme(
    name=TERMINAL,
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_magenta",
    accent="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "border": "ansi_cyan",
        "border-blurred": "ansi_bright_black",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-foreground": "ansi_black",
        "input-cursor-background": "ansi_cyan",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
    },
)
"""The theme for a terminal with sixteen colours: the terminal's own."""

_ANSI_VARIABLES = {
    "due": "ansi_yellow",
    "late": "ansi_red",
    "done": "ansi_green",
    "received": "ansi_magenta",
    "dim": "ansi_bright_black",
    "name": "ansi_default",
    "rule": "ansi_bright_black",
    "selected": "ansi_default",
}


def has_few_colors(environ: Mapping[str, str]) -> bool:
    """Whether a terminal draws with sixteen colours only, according to `TERM` and `COLORTERM`.

    Without NO_COLOR; a terminal with more colours whose TERM does not say so sets COLORTERM.
    """
    if environ.get("NO_COLOR") or environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    term = environ.get("TERM", "").strip().lower()
    many = ("256color", "direct", "kitty", "ghostty", "alacritty", "wezterm", "foot", "truecolor")
    return bool(term) and term not in ("dumb", "unknown") and not any(word in term for word in many)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(color: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: Color, background: Color, ratio: float = TEXT_CONTRAST) -> Color:
    """The colour, moved towards black or white only as far as `ratio` on `background` requires."""
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    pole = white if contrast(white, background) > contrast(black, background) else black
    for step in range(11):
        moved = color.blend(pole, step / 10, 1)
        if contrast(moved, background) >= ratio:
            return moved
    return pole


@lru_cache(maxsize=512)
def lifted(style: Style, background: str) -> Style:
    """The style with a colour that reads as well on `background` (hexadecimal) as it does on the page."""
    color = style.color
    if color is None or color.triplet is None or style.bgcolor is not None:
        return style
    moved = readable(Color(*color.triplet), Color.parse(background))
    return style + Style(color=moved.rich_color)


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Our variables for a theme without them, made of its colours.

    An app returns it from `App.get_theme_variable_defaults`.
    """
    if theme.ansi:
        return dict(_ANSI_VARIABLES)
    colors = theme.to_color_system().generate()
    background, foreground = _opaque(colors, "background"), _opaque(colors, "foreground")
    selected = background.blend(foreground, 0.10, 1)
    marks = {"due": "warning", "late": "error", "done": "success", "received": "secondary"}
    return {
        **{ours: readable(_opaque(colors, theirs), selected).hex for ours, theirs in marks.items()},
        "dim": readable(foreground.blend(background, 0.4, 1), selected).hex,
        "name": readable(foreground, selected, 9).hex,
        "rule": background.blend(foreground, 0.16, 1).hex,
        "selected": selected.hex,
    }


def _opaque(colors: Mapping[str, str], name: str) -> Color:
    try:
        return Color.parse(colors[name]).with_alpha(1)
    except (KeyError, ColorParseError):
        return Color(128, 128, 128)


@record(frozen=True, slots=True)
class Palette:
    """The styles lines are drawn with, resolved from the present theme.

    Foreground styles have no background, so that they fit the page, the panel and the selected row; `selected`, `panel`
    and `brand` bring their own.
    """

    text: Style
    dim: Style
    name: Style
    accent: Style
    heading: Style
    due: Style
    late: Style
    done: Style
    received: Style
    rule: Style
    key: Style
    current: Style
    disabled: Style
    brand: Style
    panel: Style
    selected: Style


def palette(app: App[Any]) -> Palette:
    """The palette of the present theme of `app`, whichever it is.

    Without colour (NO_COLOR) and in themes of the terminal's own colours the row under the cursor is reversed, and only
    weight distinguishes words: every state has its glyph or word beside.
    """
    if app.no_color:
        return _plain_palette()
    if app.native_ansi_color:
        return _ansi_palette()
    variables = app.theme_variables
    return _palette(tuple(variables.get(name, "") for name in _PALETTE_VARIABLES))


@lru_cache(maxsize=8)
def _palette(colors: tuple[str, ...]) -> Palette:
    variables = dict(zip(_PALETTE_VARIABLES, colors, strict=True))
    text, background, panel, accent, due, late, done, received, dim, name, rule, selected = (
        _opaque(variables, variable).hex for variable in _PALETTE_VARIABLES
    )
    base, on_panel = Color.parse(background), Color.parse(panel)
    accent = readable(Color.parse(accent), base).hex
    brand = max((background, name), key=lambda one: contrast(Color.parse(one), Color.parse(accent)))
    return Palette(
        text=Style(color=text),
        dim=Style(color=dim),
        name=Style(color=name, bold=True),
        accent=Style(color=accent),
        heading=Style(color=accent, bold=True),
        due=Style(color=due),
        late=Style(color=late),
        done=Style(color=done),
        received=Style(color=received),
        rule=Style(color=rule),
        key=Style(color=accent, bold=True),
        current=Style(color=name, bold=True, underline=True),
        disabled=Style(color=readable(Color.parse(rule), on_panel, 2.2).hex),
        brand=Style(color=brand, bgcolor=accent, bold=True),
        panel=Style(bgcolor=panel),
        selected=Style(bgcolor=selected),
    )


@lru_cache(maxsize=1)
def _ansi_palette() -> Palette:
    return Palette(
        text=Style(),
        dim=Style(dim=True),
        name=Style(bold=True),
        accent=Style(color="cyan"),
        heading=Style(color="cyan", bold=True),
        due=Style(color="yellow"),
        late=Style(color="red"),
        done=Style(color="green"),
        received=Style(color="magenta"),
        rule=Style(dim=True),
        key=Style(color="cyan", bold=True),
        current=Style(bold=True, underline=True),
        disabled=Style(dim=True),
        brand=Style(color="cyan", bold=True, reverse=True),
        panel=Style(),
        selected=Style(reverse=True),
    )


@lru_cache(maxsize=1)
def _plain_palette() -> Palette:
    nothing, bold, dim = Style(), Style(bold=True), Style(dim=True)
    return Palette(
        text=nothing,
        dim=dim,
        name=bold,
        accent=bold,
        heading=bold,
        due=nothing,
        late=bold,
        done=nothing,
        received=nothing,
        rule=dim,
        key=bold,
        current=Style(bold=True, underline=True),
        disabled=dim,
        brand=Style(bold=True, reverse=True),
        panel=nothing,
        selected=Style(reverse=True),
    )
