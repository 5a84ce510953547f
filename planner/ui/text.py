"""The only way for text that somebody wrote to reach the screen.

Names, notes and imported texts may contain escape sequences, markup, or characters that change the reading direction.
The functions here make a text harmless and count its width in cells, so that columns stay in place. `ControlFilter` is
the second lock: it sees every segment of every widget just before the segment is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

Align = Literal["left", "right", "center"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Shown in place of a character that must not reach the terminal."""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}]")
_LINK = re.compile("(?:https?://|mailto:|tel:|sms:)[!-~]{1,4000}")
"""Links that may reach a terminal: the bytes that OSC 8 allows; none of them ends the sequence."""
_LINE_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_HEAPED_MARKS = re.compile(
    f"([{_MARKS}]{{4}})[{_MARKS}]+|(?<![^\x00-\x7f\u200d])\u200d+|\u200d+(?=[\x00-\x7f\u200d]|$)"
)


def plain(text: str) -> str:
    """A text as one harmless line.

    Line breaks and tabs become spaces; control, C1 and direction characters and lone surrogates are shown as U+FFFD;
    more than four marks heaped on one letter are dropped, and joiners without anything to join.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _UNSAFE.sub(REPLACEMENT, _LINE_BREAKS.sub(" ", text))
    return text if text.isascii() else _HEAPED_MARKS.sub(r"\1", text)


def paragraphs(text: str) -> str:
    """A text made harmless like `plain`, its line breaks kept as `\\n`."""
    return "\n".join(plain(line) for line in text.splitlines())


def content(text: str, style: str = "") -> Content:
    """A text as content for a widget, shown literally: markup in it has no effect.

    `style` is a style of ours, such as `"bold $accent"`; line breaks are kept.
    """
    safe = paragraphs(text)
    return Content.styled(safe, style) if style else Content(safe)


def width(text: str) -> int:
    """How many cells `text` takes once it is plain."""
    return cell_len(plain(text))


def cut(text: str, cells: int, ellipsis: str = "…") -> str:
    """A text as one plain line of at most `cells` cells, ending in `ellipsis` if it was cut.

    A wide character, or a letter with its marks, is never halved.
    """
    if cells <= 0:
        return ""
    # A letter and its marks are few characters: text far beyond the width is never examined.
    reach = cells * 8 + 64
    clipped = len(text) > reach
    text = plain(text[:reach])
    if text.isascii():
        if len(text) <= cells:
            return text
    elif not clipped and cell_len(text) <= cells:
        return text
    room = cells - cell_len(ellipsis)
    if room < 0:
        return ""
    spans, _ = split_graphemes(text)
    end = used = 0
    for _, stop, size in spans:
        if used + size > room:
            break
        end, used = stop, used + size
    return text[:end].rstrip(" ") + ellipsis


def pad(text: str, cells: int, align: Align = "left", ellipsis: str = "…") -> str:
    """A text as one plain line of exactly `cells` cells: cut or filled with spaces."""
    text = cut(text, cells, ellipsis)
    missing = cells - cell_len(text)
    if missing <= 0:
        return text
    if align == "right":
        return " " * missing + text
    if align == "center":
        return " " * (missing // 2) + text + " " * (missing - missing // 2)
    return text + " " * missing


def wrapped(text: str, cells: int, most: int = 3) -> list[str]:
    """A text in at most `most` lines of at most `cells` cells, broken at blanks. The rest is cut."""
    words, lines, line = plain(text).split(" "), [], ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= cells:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        if len(lines) >= most:
            break
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(one, cells) for one in lines]


def linked(style: Style, link: str) -> Style:
    """The style with a link, which the terminal opens (OSC 8); without it if the link is not safe."""
    return style + Style(link=link) if is_safe_link(link) else style


def is_safe_link(link: str) -> bool:
    """Whether a link may be sent to a terminal: http, https, mailto, tel or sms, in printable ASCII alone."""
    return _LINK.fullmatch(link) is not None


def _is_harmless(segment: Segment) -> bool:
    text, style, control = segment
    if control is not None:
        return True
    link = style.link if style is not None else None
    return not _UNSAFE.search(text) and (link is None or is_safe_link(link))


def _without_harm(segment: Segment) -> Segment:
    if _is_harmless(segment):
        return segment
    style = segment.style
    if style is not None and style.link is not None and not is_safe_link(style.link):
        style = style.update_link(None)
    return Segment(_UNSAFE.sub(REPLACEMENT, segment.text), style)


class ControlFilter(LineFilter):
    """Shows U+FFFD in place of every character that could act on the terminal, and removes unsafe links.

    An app returns it from `App.get_line_filters`, always the same instance, since drawn lines are cached per filter.
    Control segments and all other styles stay as they are.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with harmless texts; the same list when nothing was found."""
        if all(map(_is_harmless, segments)):
            return segments
        return [_without_harm(segment) for segment in segments]


CONTROL_FILTER = ControlFilter()
"""The one instance an app adds to its line filters."""


def with_control_filter(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """An app's line filters with `CONTROL_FILTER` before them."""
    return [CONTROL_FILTER, *filters]


class PlainMarksFilter(LineFilter):
    """Draws frames, rules and punctuation in ASCII, for a locale whose terminal may have no other characters.

    Every mark is as wide as its replacement. Letters of names stay: they have no replacement.
    """

    _PLAIN = str.maketrans(
        {
            mark: plain_mark
            for marks, plain_mark in (
                ("│┃┆║▌▐▏▎▍▊▋▉▕", "|"), ("─━┄═╌–—▔▁", "-"), ("╭╮╰╯┌┐└┘├┤┬┴┼╞╡", "+"), ("·…", "."), ("•●■✓", "*"),
                ("“”„", '"'), ("‘’", "'"), ("‹←", "<"), ("›→", ">"), ("×", "x"), ("÷", "/"), ("↑", "^"), ("↓", "v"),
                ("█▄▀▓▒░▂▃▅▆▇", "#"), ("□○", "o"), ("\xa0", " "), (REPLACEMENT, "?"),
            )
            for mark in marks
        }
    )  # fmt: skip

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with ASCII in place of our own marks; the same list when it is all ASCII."""
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [
            segment if segment.control is not None else Segment(segment.text.translate(self._PLAIN), segment.style)
            for segment in segments
        ]


PLAIN_MARKS_FILTER = PlainMarksFilter()
"""The one instance an app adds if the locale is ASCII."""
