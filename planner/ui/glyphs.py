"""The mark of each state and the parts of bars and rules, in Unicode and for ASCII-only locales."""

from __future__ import annotations

import os
from collections.abc import Mapping

from planner.core.records import record


@record(frozen=True, slots=True)
class Glyphs:
    """A mark for every state, so that none is shown by colour alone, and the parts of bars and rules."""

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
    dot: str = "·"
    ellipsis: str = "…"
    expected: str = "!"
    """The day something is due, on a strip of days."""
    forward: str = "›"
    up: str = "↑"
    down: str = "↓"


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
    dot=".",
    ellipsis="~",
    forward=">",
    up="^",
    down="v",
)
_UNICODE = Glyphs()


def glyphs(ascii: bool = False) -> Glyphs:
    """The marks to draw with: the ASCII ones if the locale has no others."""
    return _ASCII if ascii else _UNICODE


def wants_ascii(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the locale in `environ` (the process's own) names an encoding without our marks.

    `LC_ALL`, `LC_CTYPE` and `LANG` are read in the order of POSIX (locale variables, XBD 8.2); with none of them set,
    UTF-8 is assumed. Python sets `LC_CTYPE=C.UTF-8` by itself in the C locale (PEP 538), so a plain C in `LANG`
    outweighs that one value.
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
