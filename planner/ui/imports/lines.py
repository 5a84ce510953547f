"""The lines of the import: files to choose, what was recognized, counts, and unreadable records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import short_date
from planner.core.model import ImportReport, Rejected
from planner.core.records import record
from planner.core.rhythm.cadence import parse_cadence
from planner.ui.imports.path_completion import PathFound
from planner.ui.shared.card import Line, Look
from planner.ui.text import plain, wrapped
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column

SHOWN = 3
"""The most remarks and lines of names that are shown."""
FILE_COLUMNS = (Column(16, first=True), Column(10, share=3, rank=2), Column(8, align="right", rank=1),
                Column(9, align="right", rank=1))  # fmt: skip
REJECT_COLUMNS = (Column(14, most=34, share=1, rank=1), Column(20, share=3))


@record(frozen=True, slots=True)
class Wish:
    """The circle and the rhythm for every new contact; "" for none."""

    circle: str = ""
    cadence: str = ""


class ImportList(LineList):
    """The list of files to choose, or of unreadable records."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        cells = self.cells(row)
        return self.laid(cells, FILE_COLUMNS if len(cells) == 4 else REJECT_COLUMNS, width)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, one = self.look, row.data
        if look is None:
            return ()
        colors = look.colors
        if isinstance(one, PathFound):
            path = PurePath(one.path)
            name = f"{path.name}/" if one.is_folder else path.name
            changed = short_date(one.changed, look.today) if one.changed is not None else ""
            return (
                (name, colors.text if one.is_folder else colors.name), (str(path.parent), colors.dim),
                ("" if one.is_folder else size_words(one.size), colors.dim), (changed, colors.dim),
            )  # fmt: skip
        if isinstance(one, Rejected):
            where = PurePath(one.file).name + (f", line {one.line:,}" if one.line else "")
            return (where, colors.dim), (one.reason, colors.text)
        return ()


def size_words(size: int) -> str:
    """A size in bytes, in words: "14 kB"."""
    for unit, bound in (("B", 1000), ("kB", 10**6), ("MB", 10**9)):
        if size < bound:
            return f"{size * 1000 // bound:,} {unit}"
    return f"{size // 10**9:,} GB"


def report_lines(
    report: ImportReport,
    recognized: str,
    wish: Wish | None,
    room_a_week: int,
    width: int,
    look: Look,
    *,
    is_whole: bool = False,
    asked: bool = True,
) -> list[Line]:
    """The report of an import. `wish` is given before the import, and is None after it.

    `asked` means that the person is asked next how often to be in touch with the new contacts.
    """
    colors = look.colors
    would = wish is not None
    counts = (
        (report.added, "new", colors.done),
        (report.merged, "would be changed" if would else "changed", colors.done),
        (report.unchanged, "here already, the same", colors.dim),
        (report.ambiguous, "of the new to review: perhaps somebody you have", colors.due),
        (report.skipped, "left out: no person, or one who was forgotten", colors.dim),
        (len(report.rejected), "could not be read", colors.late),
    )
    most = max((len(f"{count:,}") for count, _, _ in counts), default=1)
    lines: list[Line] = [[Segment(plain(recognized), colors.text)], []]
    lines += [
        [Segment(f"{count:>{most},}", colors.name), Segment("  "), Segment(words, tone)]
        for count, words, tone in counts
        if count
    ]
    if not any(count for count, _, _ in counts):
        lines.append([Segment("Nobody is in it.", colors.dim)])
    elif not report.added and not report.merged:
        lines += [[], [Segment("Nothing new is in it.", colors.text)]]
    if is_whole and report.added:
        lines += [[], [Segment("Everything comes back as it was, with its own circles and rhythms.", colors.dim)]]
    elif wish is not None and report.added:
        lines += [[], *wish_lines(report.added, wish, room_a_week, look)]
    if not would and report.added:
        following = [f"{report.ambiguous:,} to look at side by side"] if report.ambiguous and not is_whole else []
        following += ["how often to be in touch"] if asked and not is_whole else []
        words = ", then ".join(following) or ("goes on" if is_whole else "goes on; everyone new has a rhythm")
        lines += [[], [Segment("enter", colors.key), Segment(f"  {words}", colors.text)],
                  [Segment("u", colors.key), Segment("      takes it all back", colors.dim)]]  # fmt: skip
    # A name may contain a comma, so the names are counted and not split.
    others = max(0, report.added + report.merged - len(report.examples))
    shown = [*report.examples, *([f"and {others:,} more"] if others else [])]
    names = "  ·  ".join(shown) if would and report.examples else ""
    if names:
        lines += [[], *([Segment(part, colors.dim)] for part in wrapped(names, width, 2))]
    remarks = [part for text in report.remarks[:SHOWN] for part in wrapped(text, width, 2)]
    if len(report.remarks) > SHOWN:
        remarks.append(f"and {len(report.remarks) - SHOWN:,} more remarks")
    if remarks:
        lines += [[], *([Segment(plain(text), colors.dim)] for text in remarks)]
    return lines


def wish_lines(added: int, wish: Wish, room_a_week: int, look: Look) -> list[Line]:
    """The circle and the rhythm of new contacts, and how many contacts a week that rhythm asks for."""
    colors = look.colors
    circle = Segment(plain(wish.circle) or "none", colors.name if wish.circle else colors.text)
    rhythm, more = Segment("none", colors.text), Segment("  who has none is not due until you say so", colors.dim)
    cadence = parse_cadence(wish.cadence, look.today) if wish.cadence else None
    if cadence is not None:
        days = cadence.ideal.days() if cadence.ideal is not None else 7
        a_week = added * 7 / days
        tone = colors.due if a_week > room_a_week else colors.done
        asks = f"  asks for about {max(1, round(a_week)):,} a week; your days have room for {room_a_week}"
        rhythm, more = Segment(cadence.words, colors.name), Segment(asks, tone)
    return [[Segment("circle  ", colors.dim), circle], [Segment("rhythm  ", colors.dim), rhythm, more]]


def rows_of_files(found: Sequence[PathFound]) -> list[Row]:
    """The rows of files."""
    return [Row(one.path, "item", one) for one in found]


def rows_of_rejects(rejected: Sequence[Rejected]) -> list[Row]:
    """The rows of unreadable records."""
    return [Row(str(number), "item", one) for number, one in enumerate(rejected)]
