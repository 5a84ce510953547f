"""Colours and marks: our two themes, the palette lines are drawn with, and the glyphs of each state.

The stylesheet reads the colours as `$due`, `$late`, `$done`, `$received`, `$dim`, `$name`, `$rule` and
`$selected`, beside Textual's own `$accent`, `$foreground`, `$background` and `$panel`. Widgets that draw
their own lines read the same colours from `palette`. Both follow any theme, Textual's own included.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color, ColorParseError
from textual.theme import Theme

from planner.core.records import record

DARK = "planner-dark"
LIGHT = "planner-light"

TEXT_CONTRAST = 4.5
"""The least contrast of text on what it stands on (WCAG 2.2, 1.4.3)."""
MARK_CONTRAST = 3.0
"""The least contrast of a mark that carries meaning (WCAG 2.2, 1.4.11)."""

OWN_VARIABLES = ("due", "late", "done", "received", "dim", "name", "rule", "selected")
"""The variables our themes have beyond Textual's."""
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


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(color: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: Color, background: Color, ratio: float = TEXT_CONTRAST) -> Color:
    """Return `color`, moved towards black or white only as far as `ratio` on `background` asks."""
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    pole = white if contrast(white, background) > contrast(black, background) else black
    for step in range(11):
        moved = color.blend(pole, step / 10, 1)
        if contrast(moved, background) >= ratio:
            return moved
    return pole


@lru_cache(maxsize=512)
def lifted(style: Style, background: str) -> Style:
    """Return `style` with a colour that reads as well on `background`, in hexadecimal, as it does on the page."""
    color = style.color
    if color is None or color.triplet is None or style.bgcolor is not None:
        return style
    moved = readable(Color(*color.triplet), Color.parse(background))
    return style + Style(color=moved.rich_color)


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Return our variables for a theme that lacks them, made of the colours it has.

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
    """The styles lines are drawn with, resolved from the theme in use.

    Foreground styles have no background, so that they lie on the page, the panel or the selected row
    alike; `selected`, `panel` and `brand` bring their own.
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
    """Return the palette of the theme `app` shows, whichever theme that is.

    Without colour (NO_COLOR) and in themes of the terminal's own colours the row under the cursor is
    reversed and weight alone sets words apart: every state has its glyph or word beside.
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


@record(frozen=True, slots=True)
class Glyphs:
    """A mark for every state, so that none is told by colour alone, and the parts of bars and rules."""

    due: str = "●"
    late: str = "▲"
    soon: str = "○"
    snoozed: str = "z"
    planned: str = "▷"
    paused: str = "‖"
    done: str = "✓"
    date: str = "♪"
    bar: str = "▌"
    """The edge of the row under the cursor."""
    marked: str = "+"
    load_full: str = "▮"
    load_empty: str = "▯"
    progress_full: str = "━"
    progress_empty: str = "━"
    block: str = "█"
    line: str = "─"
    column: str = "│"
    tee: str = "┬"
    dot: str = "·"
    ellipsis: str = "…"
    back: str = "‹"
    forward: str = "›"
    threshold: str = "┃"
    """Where a date stands on a strip of days."""


_ASCII = Glyphs(
    due="*",
    late="!",
    soon="o",
    snoozed="z",
    planned=">",
    paused="=",
    done="v",
    date="@",
    bar="|",
    load_full="#",
    load_empty="-",
    progress_full="#",
    progress_empty="-",
    block="#",
    line="-",
    column="|",
    tee="+",
    dot=".",
    ellipsis="~",
    back="<",
    forward=">",
    threshold="|",
)
_UNICODE = Glyphs()


def glyphs(ascii: bool = False) -> Glyphs:
    """Return the marks to draw with: the ASCII ones where the locale has no others."""
    return _ASCII if ascii else _UNICODE


def wants_ascii(environ: Mapping[str, str] | None = None) -> bool:
    """Return whether the locale in `environ` (the process's own) names an encoding without our marks.

    `LC_ALL`, `LC_CTYPE` and `LANG` are read in the order of POSIX (locale variables, XBD 8.2); with
    none of them set, UTF-8 is taken for granted. Python sets `LC_CTYPE=C.UTF-8` by itself in the C
    locale (PEP 538), so a plain C in `LANG` outweighs that one value.
    """
    environ = os.environ if environ is None else environ
    if choice := environ.get("LC_ALL"):
        return not _is_utf8(choice)
    kind, language = environ.get("LC_CTYPE", ""), environ.get("LANG", "")
    coerced = kind.lower().replace("-", "") in ("c.utf8", "utf8") and language in ("C", "POSIX")
    if kind and not coerced:
        return not _is_utf8(kind)
    return bool(language) and not _is_utf8(language)


def _is_utf8(locale: str) -> bool:
    return "utf8" in locale.lower().replace("-", "")
