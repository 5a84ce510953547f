"""Detects the format, the columns and the encoding of a chosen file, before the import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.records import record
from planner.core.words.folding import fold
from planner.errors import PlannerError, Refused
from planner.ui.text import content
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.interchange.reading import FileTable

TABLES = (".csv", ".tsv", ".txt")
"""Suffixes of files that may be tables of an unknown program."""
OFFERED_AT_ONCE = 6


@record(frozen=True, slots=True)
class Recognized:
    """What was detected about a file; `problem` says why it cannot be imported as it is."""

    title: str = ""
    table: FileTable | None = None
    """The columns of the file; None if it is no table."""
    is_whole: bool = False
    """Whether the file is a whole planner from an export, which is restored as it was."""
    sample: bytes = b""
    """Lines of the file that are not UTF-8, by which the person compares encodings."""
    problem: PlannerError | None = None


def recognize(path: Path, mapping: Mapping[str, str] | None, codec: str, table: FileTable | None) -> Recognized:
    """Detect what a file is. `table` holds its columns if they are known. Reads files: not for the event loop."""
    # Imported late: the formats load slowly, so the thread that reads the file loads them.
    from planner.interchange.detect import resolve
    from planner.interchange.reading import columns_of
    from planner.interchange.registry import named
    from planner.interchange.text import beginning, undecodable

    problem: PlannerError | None = None
    found, sample = named("csv"), b""
    try:
        request = resolve(path, "auto", mapping, codec)
        found = request.format
        sample = undecodable(beginning(request.sources[0]))
    except PlannerError as refusal:
        problem = refusal
    if table is None and (problem is None or path.suffix.lower() in TABLES):
        try:
            table = columns_of(path, encoding=codec)
        except PlannerError:
            table = None
    return Recognized(f"{found.title}  ·  {path.name}", table, found.is_whole, sample, problem)


def letters_question(sample: bytes, codec: str) -> Question:
    """The question for the encoding of a file. It shows words of the file in each typed encoding."""
    from planner.interchange.encodings import OFFERED, guess, samples, words_of  # loading the formats is slow

    now = codec or guess(sample)

    async def check(text: str) -> Content:
        chosen = codec_typed(text)
        return content(f"{words_of(chosen)}:  {', '.join(samples(sample, chosen))}", "$done")

    some = ", ".join(name for name in OFFERED if name != now)
    return Question(f"Letters, now {words_of(now)}", f"another: {some}", now, check=check)


def codec_typed(text: str) -> str:
    """The encoding whose name, or whose region, begins with a text. Raises `Refused` for no match."""
    from planner.interchange.encodings import OFFERED, chosen, codec_of  # loading the formats is slow

    if codec_of(text):
        return chosen(text)
    wanted = fold(text)
    for name, words in OFFERED.items():
        if wanted and (name.startswith(wanted) or any(fold(part).startswith(wanted) for part in words.split("("))):
            return codec_of(name)
    raise Refused(f"No encoding begins with “{text[:30]}”", ", ".join(list(OFFERED)[:OFFERED_AT_ONCE]))
