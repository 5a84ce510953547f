"""The only way for text of the command line to reach a terminal, a pipe or a file.

Results go to standard output, messages to standard error. Every text passes `one_line`, which removes characters that
act on a terminal; colour is added after that, and only for a terminal that wants it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from planner.cli.cells import cut, pad, width_of
from planner.core.records import record
from planner.core.words.folding import clean

if TYPE_CHECKING:
    from planner.desk.done import Done

_STYLES = {"name": "1", "late": "31", "due": "33", "dim": "2", "done": "32", "accent": "36", "heading": "1"}
_GLYPHS = {
    "due": "●", "late": "▲", "soon": "○", "fine": "○", "snoozed": "z", "planned": "▷", "paused": "‖",
    "done": "✓", "date": "♪", "none": " ", "bar": "▮", "empty": "▯", "rule": "─",
}  # fmt: skip
_ASCII_GLYPHS = {
    "due": "*", "late": "!", "soon": "o", "fine": "o", "snoozed": "z", "planned": ">", "paused": "=",
    "done": "v", "date": "@", "none": " ", "bar": "#", "empty": ".", "rule": "-",
}  # fmt: skip
_TO_ASCII = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'",
     "–": "-", "—": "-", "…": "...", "·": "-", "→": "->", "←": "<-", "×": "x", "\ufffd": "?"}
)  # fmt: skip
VERSION = 1
"""The version of the printed JSON: it rises when a name is removed or changes its meaning."""
WIDEST = 40
"""The most cells of a column if a program reads the output."""
NARROWEST = 8
"""The cells a column keeps while there is another way to fit a narrow terminal."""
_TO_BLANKS = str.maketrans({"\n": " ", "\t": " "})


def one_line(text: str) -> str:
    """Text as one harmless line: line breaks and tabs become blanks, characters that act on a terminal U+FFFD."""
    if text.isprintable():
        return text
    return clean(text.replace("\r\n", "\n").translate(_TO_BLANKS), visible=True)


def speaks_unicode() -> bool:
    """Whether the person's locale can show more than ASCII, by the variables every program reads."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    return "utf8" in locale.casefold().replace("-", "")


def wants_color(stream: TextIO | None) -> bool:
    """Whether to use colour: only on a terminal that can, and never against NO_COLOR."""
    return (
        stream is not None
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "dumb") != "dumb"
        and stream.isatty()
    )


def _line_width(stream: TextIO | None) -> int | None:
    """Cells in a line of the terminal; None if a program reads the output, so that nothing is cut."""
    if stream is None or not stream.isatty():
        return None
    import shutil

    return max(20, shutil.get_terminal_size().columns)


@record(frozen=True, slots=True)
class Marked:
    """A text with a role of `_STYLES`, so that colour never enters the text itself."""

    text: str
    role: str = ""


Part = str | Marked


def broken(parts: Sequence[tuple[str, Part]], width: int) -> list[list[tuple[str, Part]]]:
    """Texts with their parts as lines of at most `width` cells, broken at blanks and indented like the first.

    A word wider than a line is left for the terminal to break.
    """
    text = "".join(one for one, _ in parts)
    indent = min(len(text) - len(text.lstrip()), width // 2)
    lines: list[list[tuple[str, Part]]] = [[]]
    taken = 0
    for text, part in parts:
        for piece in text.replace(" ", "\0 \0").split("\0"):
            cells = width_of(piece)
            if taken + cells > width and taken > indent and piece.strip():
                lines.append([(" " * indent, "")])
                taken = indent
            if piece and (piece != " " or len(lines) == 1 or taken > indent):
                lines[-1].append((piece, part))
                taken += cells
    return lines


class Page:
    """Prints the lines of one command, with the signs, colours and width of the terminal."""

    def __init__(self) -> None:
        self.unicode = speaks_unicode()
        self.color = wants_color(sys.stdout)
        self.width = _line_width(sys.stdout)
        self.ellipsis = "…" if self.unicode else "..."

    def glyph(self, name: str) -> str:
        """The sign of a state, or its ASCII stand-in."""
        return (_GLYPHS if self.unicode else _ASCII_GLYPHS)[name]

    def line(self, *parts: Part, whole: bool = False) -> None:
        """One line of a result; in a narrower terminal it continues, broken at a blank, on the next line.

        `whole` keeps the line in one piece: a path, an id or words to copy.
        """
        texts = [(self._plain(part), part) for part in parts]
        if whole or self.width is None or sum(width_of(text) for text, _ in texts) <= self.width:
            write(sys.stdout, "".join(self._painted(part, text) for text, part in texts).rstrip() + "\n")
            return
        for line in broken(texts, self.width):
            write(sys.stdout, "".join(self._painted(part, text) for text, part in line).rstrip() + "\n")

    def paragraphs(self, text: str, indent: str = "") -> None:
        """A text that somebody wrote, with its own line breaks."""
        for line in text.splitlines():
            self.line(indent, line)

    def measure(
        self, rows: Sequence[Sequence[Part]], *, indent: int = 2, stretch: int = -1, spare: Sequence[int] = ()
    ) -> list[int]:
        """The widths of the columns of these rows.

        In a narrow terminal the longest tenth of the texts of each column gives way first, then column `stretch`.

        If there are not even `NARROWEST` cells for each column, the columns of `spare` are left out, the first of them
        first.

        If a program reads the output, a column is at most `WIDEST` wide, and a longer value moves the rest of its own
        row.
        """
        if not rows:
            return []
        cells = [sorted(width_of(self._plain(row[column])) for row in rows) for column in range(len(rows[0]))]
        widths = [column[-1] for column in cells]
        if self.width is None:
            # One long name must not push the next column out of sight for everybody.
            widths = [min(width, WIDEST) for width in widths]
        else:
            for column in spare:
                if indent + sum(min(width, NARROWEST) + 2 for width in widths if width) - 2 > self.width:
                    widths[column] = 0
            over = indent + sum(width + 2 for width in widths if width) - 2 - self.width
            order = (stretch % len(widths), *sorted(range(len(widths)), key=lambda at: -widths[at]))
            for column in order[1:]:
                # One long name must not cut the words of everybody else.
                given = min(max(0, over), max(0, widths[column] - cells[column][-(len(rows) // 10) - 1]))
                widths[column] -= given
                over -= given
            for least in (NARROWEST, 3):
                for column in order:
                    given = min(max(0, over), max(0, widths[column] - least))
                    widths[column] -= given
                    over -= given
        return widths

    def table(
        self,
        rows: Sequence[Sequence[Part]],
        *,
        indent: int = 2,
        right: Iterable[int] = (),
        stretch: int = -1,
        spare: Sequence[int] = (),
        widths: Sequence[int] | None = None,
    ) -> None:
        """Rows in columns two blanks apart, with values cut only in a terminal; empty columns are left out."""
        found = self.measure(rows, indent=indent, stretch=stretch, spare=spare) if widths is None else widths
        columns = [column for column, width in enumerate(found) if width]
        flush_right, lead = frozenset(right), " " * indent
        for row in rows:
            shown = []
            for column in columns:
                text = self._plain(row[column])
                text = text if self.width is None else cut(text, found[column], self.ellipsis)
                text = pad(text, found[column], right=column in flush_right)
                shown.append((row[column], text))
            if shown and columns[-1] not in flush_right:
                shown[-1] = (shown[-1][0], shown[-1][1].rstrip())
            painted = "  ".join(self._painted(part, text) for part, text in shown)
            write(sys.stdout, (lead + painted).rstrip() + "\n")

    def _plain(self, part: Part) -> str:
        text = one_line(part.text if isinstance(part, Marked) else part)
        return text if self.unicode else text.translate(_TO_ASCII)

    def _painted(self, part: Part, text: str | None) -> str:
        if text is None:
            text = self._plain(part)
        if self.color and text and isinstance(part, Marked) and part.role:
            return f"\x1b[{_STYLES[part.role]}m{text}\x1b[0m"
        return text


def say(message: str) -> None:
    """One line for the person, on standard error."""
    text = one_line(message)
    write(sys.stderr, (text if speaks_unicode() else text.translate(_TO_ASCII)) + "\n")


def tell(message: str) -> None:
    """The line about what a verb did, on standard output."""
    Page().line(message, whole=True)


def print_message(text: str, *, blank: bool = True) -> None:
    """A message to copy, after an empty line (`blank`), each of its lines whole."""
    page = Page()
    if blank:
        page.line()
    for line in text.splitlines():
        page.line(line, whole=True)


def answer(done: Done, as_json: bool, **more: Any) -> None:
    """The result of a verb: its sentence on standard output, or JSON with the fields of `more`."""
    if as_json:
        print_json({"said": done.said, "ids": list(done.ids), "step": done.step, **more})
    else:
        tell(done.said)


def answer_new(done: Done, as_json: bool, letter: str) -> None:
    """The result of a verb that creates something: only its id on standard output, for a script, or JSON; the sentence
    on standard error.

    `letter` turns the id into an ITEM, such as f5; "#" stands for a contact.
    """
    item = f"{letter}{done.id}"
    if as_json:
        answer(done, as_json, id=done.id, **({"item": item} if letter != "#" else {}))
    else:
        tell(str(done.id))
    say(f"{done.said} ({item})")


def print_json(value: dict[str, Any]) -> None:
    """An object as JSON, its version first and every text in it made harmless; over several lines for readability."""
    import json

    ascii_only = not speaks_unicode()
    indent = 2 if sys.stdout is not None and sys.stdout.isatty() else None
    shown = {"version": VERSION, **_harmless(value)}
    write(sys.stdout, json.dumps(shown, ensure_ascii=ascii_only, indent=indent) + "\n")


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isprintable() else clean(value, visible=True)
    if isinstance(value, dict):
        return {key: _harmless(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless(one) for one in value]
    return value


class OutputLostError(Exception):
    """The output could not be printed; `reason` is empty when the reader simply stopped reading."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def _told_as_lost() -> Iterator[None]:
    """A block that turns a failure to print into an `OutputLostError`."""
    try:
        yield
    except BrokenPipeError:
        raise OutputLostError from None
    except OSError as error:
        raise OutputLostError(error.strerror or "unknown reason") from None


def write(stream: TextIO | None, text: str) -> None:
    """Write to a stream that may be closed, or have an encoding without some letter."""
    if stream is None or stream.closed:
        return
    with _told_as_lost():
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = getattr(stream, "encoding", None) or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding))


def flush() -> None:
    """Flush the output while a failure can still be reported."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None or stream.closed:
            continue
        with _told_as_lost():
            stream.flush()


def give_up_output() -> None:
    """Discard unwritten output, so that the interpreter does not complain on exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is None or stream.closed:
            continue
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class Progress:
    """A bar on standard error while a file is read: only on a terminal, removed when done."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._shown = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self._full, self._empty = ("▮", "▯") if speaks_unicode() else ("#", ".")
        self._percent = -1

    def __call__(self, done: int, total: int) -> None:
        """Show the progress; draws only when the percentage changed."""
        percent = min(100, done * 100 // total) if total > 0 else 0
        if not self._shown or percent == self._percent:
            return
        self._percent = percent
        bar = self._full * (percent // 5) + self._empty * (20 - percent // 5)
        write(sys.stderr, f"\r{self._word} {bar} {percent:3d} %  {done:,} of {total:,}\x1b[K")
        sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and self._percent >= 0:
            write(sys.stderr, "\r\x1b[K")
            sys.stderr.flush()
