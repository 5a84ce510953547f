"""What a path is, told by its content: names and endings lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from planner.core.folding import clean
from planner.core.records import record
from planner.errors import Refused
from planner.interchange.archive import is_archive, members
from planner.interchange.csv_people import no_names
from planner.interchange.linkedin import is_connections
from planner.interchange.table import header_of
from planner.interchange.tables import TABLES, format_of_header
from planner.interchange.text import FILE_LIMIT, Source, beginning, marked_encoding

FORMATS = ("auto", "vcard", "linkedin", *TABLES)
_card = re.compile(r"^[ \t\ufeff]*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE | re.MULTILINE)
_READABLE = (
    "The planner reads vCards (.vcf, or a folder of them) and LinkedIn exports "
    "(Connections.csv, the folder or the zip)."
)


@record(frozen=True, slots=True)
class Reading:
    """What to read and how: `format` is one of FORMATS but auto; `beside` are files that add to it."""

    format: str
    sources: tuple[Source, ...]
    beside: tuple[Source, ...] = ()
    is_folder: bool = False
    """Each source is one of many: an unreadable one is rejected and the others are read."""


def resolve(path: Path, format: str = "auto", mapping: Mapping[str, str] | None = None) -> Reading:
    """What stands behind a path. Raises Refused for a missing, unreadable or unknown one.

    With a mapping, even an empty one, it may also be a table nothing is known of. A mapping with columns
    makes a table of any of them, and is refused for what has no columns.
    """
    if format not in FORMATS:
        raise Refused(f"{format} is not a format the planner reads", f"Formats: {', '.join(FORMATS)}.")
    shown = clean(str(path), visible=True)
    try:
        if path.is_dir():
            return _folder(path, format)
        if not path.exists():
            raise Refused(f"{shown} does not exist", "Check the name and the folder.")
        if not path.is_file():
            raise Refused(f"{shown} is not a file or a folder", "Give a file, a folder or a zip.")
    except OSError as error:
        raise Refused(f"{shown} cannot be read: {error.strerror}", "Check who may read it.") from error
    except ValueError as error:
        raise Refused("the name of the file cannot be used", "Check the name and the folder.") from error
    source = file_source(path)
    head = beginning(source)
    if is_archive(head):
        reading = _choose(tuple(members(path)), shown, format)
        # No member is read past its declared size, so this bounds the work a small archive can ask for.
        if sum(source.size for source in reading.sources) > 2 * FILE_LIMIT:
            raise Refused(f"{shown} is too large unpacked", "Unpack it and import the parts.")
        return reading
    if not head and format == "auto":
        raise Refused(f"{shown} is empty", "Export it again.")
    found = format if format != "auto" else format_of(head)
    if mapping and found == "linkedin":
        found = "csv"
    if mapping and found and found not in TABLES:
        raise Refused(f"{shown} has no columns to be matched", "Leave the matching of columns out.")
    if not found:
        header = header_of(_text_of(head)) if is_text(head) else ()
        if len(header) < 2 and not (header and mapping):
            raise Refused(f"{shown} is in a format the planner does not know", _READABLE)
        if mapping is None:
            raise no_names(shown, header)
        found = "csv"
    return Reading(found, (source,), _beside(path) if found == "linkedin" else ())


def file_source(path: Path) -> Source:
    """A file as a source; it is as current as its last change."""
    name = clean(str(path), visible=True)
    try:
        status = path.stat()
        changed = date.fromtimestamp(status.st_mtime)
    except (OSError, OverflowError, ValueError):
        return Source(name, lambda: path.open("rb"))
    return Source(name, lambda: path.open("rb"), status.st_size, changed)


def format_of(head: bytes) -> str:
    """The format of a file by its first bytes: one of FORMATS but auto, or ""."""
    text = _text_of(head)
    if _card.search(text):
        return "vcard"
    if is_connections(text.split("\n")):
        return "linkedin"
    return format_of_header(header_of(text)) if is_text(head) else ""


def is_text(head: bytes) -> bool:
    """Whether a file can be text: NULs are in programs and pictures, and in UTF-16 alone elsewhere."""
    return b"\0" not in head[:4096] or marked_encoding(head) is not None


def _text_of(head: bytes) -> str:
    encoding, mark = marked_encoding(head) or ("utf-8", 0)
    return head[mark:].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")


def _folder(path: Path, format: str) -> Reading:
    files = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
    deeper = [entry for folder in files if folder.is_dir() for entry in sorted(folder.iterdir())]
    sources = [file_source(entry) for entry in files if _is_wanted(entry)]
    # One level down as well: an unpacked export and a collection of address books have folders in them.
    if not sources:
        sources = [file_source(entry) for entry in deeper if _is_wanted(entry)]
    return _choose(tuple(sources), clean(str(path), visible=True), format)


def _is_wanted(path: Path) -> bool:
    name = path.name.lower()
    if name.startswith(".") or not (name.endswith(".vcf") or name in ("connections.csv", "messages.csv")):
        return False
    return path.is_file()


def _beside(path: Path) -> tuple[Source, ...]:
    """The messages that were exported together with the connections."""
    if path.name.lower() != "connections.csv":
        return ()
    messages = path.with_name("messages.csv")
    return (file_source(messages),) if messages.is_file() else ()


def _choose(sources: tuple[Source, ...], shown: str, format: str) -> Reading:
    """From the files of a folder or an archive those that are people."""

    def named(name: str) -> tuple[Source, ...]:
        return tuple(source for source in sources if re.split(r"[/\\]", source.name)[-1].lower() == name)

    connections = named("connections.csv")
    cards = tuple(source for source in sources if source.name.lower().endswith(".vcf"))
    if connections and format in ("auto", "linkedin"):
        return Reading("linkedin", connections[:1], named("messages.csv")[:1])
    if cards and format in ("auto", "vcard"):
        return Reading("vcard", cards, is_folder=True)
    raise Refused(f"{shown} holds no vCards and no LinkedIn Connections.csv", _READABLE)
