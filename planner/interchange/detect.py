"""What a path is, told by its content: names and endings lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from planner.core.records import record
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.interchange.archive import is_archive, members
from planner.interchange.json import own
from planner.interchange.json.facebook import FILE_NAMES as FRIENDS
from planner.interchange.json.facebook import is_friends
from planner.interchange.json.monica import is_monica
from planner.interchange.linkedin.beside import BESIDE, is_recommendations
from planner.interchange.linkedin.connections import is_connections
from planner.interchange.tables.layouts import TABLES, format_of_header
from planner.interchange.tables.people import no_names
from planner.interchange.tables.table import header_of, open_table
from planner.interchange.text import FILE_LIMIT, Source, beginning, marked_encoding

_JSON = {"facebook": is_friends, "monica": is_monica}
FORMATS = ("auto", "vcard", "linkedin", *_JSON, *TABLES)
_ENDINGS = (".vcf", ".csv", ".json")
_DEPTH = 8
"""Levels of folders that are looked at: exports of whole accounts are deep."""
_ENTRIES = 50_000
_SNIFFED = 200
"""Tables of one folder that are looked into."""

_card = re.compile(r"^[ \t\ufeff]*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE | re.MULTILINE)
_READABLE = (
    "The planner reads vCards, LinkedIn, Google, Outlook, Thunderbird, Facebook and Monica exports "
    "(the file, the folder or the zip), and any table of people."
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
        reading = _choose(tuple(members(path)), format)
        if reading is None:
            raise _nothing_in(shown)
        # No member is read past its declared size, so this bounds the work a small archive can ask for.
        if sum(source.size for source in reading.sources) > 2 * FILE_LIMIT:
            raise Refused(f"{shown} is too large unpacked", "Unpack it and import the parts.")
        return reading
    if not head and format == "auto":
        raise Refused(f"{shown} is empty", "Export it again.")
    found = format if format != "auto" else format_of(head)
    if format == "auto" and not mapping and is_recommendations(_text_of(head)):
        raise Refused(
            f"{shown} is a part of a LinkedIn export, without the people",
            "Import the folder, the zip or Connections.csv.",
        )
    if not found and own.is_own(path):
        raise Refused(f"{shown} holds a whole planner, not an address book", "Import it alone, into an empty planner.")
    if mapping and found == "linkedin":
        found = "csv"
    if mapping and found and found not in TABLES:
        raise Refused(f"{shown} has no columns to be matched", "Leave the matching of columns out.")
    if not found:
        header = header_of(_text_of(head)) if is_text(head) else ()
        if len(header) < 2 and not (header and mapping):
            raise Refused(f"{shown} is in a format the planner does not know", _READABLE)
        if mapping is None:
            raise no_names(shown, open_table(source))
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
    for name, is_it in _JSON.items():
        if is_it(text):
            return name
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
    """The nearest files of people in a folder: those in it, else those one level down, and so on."""
    shown = clean(str(path), visible=True)
    level, seen = [path], 0
    for _ in range(_DEPTH):
        files: list[Path] = []
        deeper: list[Path] = []
        for folder in level:
            for entry in sorted(folder.iterdir()):
                seen += 1
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    # A link may lead back to where we came from.
                    deeper += [] if entry.is_symlink() else [entry]
                elif entry.name.lower().endswith(_ENDINGS) and entry.is_file():
                    files.append(entry)
            if seen > _ENTRIES:
                raise Refused(f"{shown} holds too many files", "Choose the folder that holds the people.")
        found = _choose(tuple(map(file_source, files)), format)
        if found is not None:
            return found
        level = deeper
    raise _nothing_in(shown)


def _nothing_in(shown: str) -> Refused:
    return Refused(f"{shown} holds no vCards, no LinkedIn Connections.csv and no other table of people", _READABLE)


def _beside(path: Path) -> tuple[Source, ...]:
    """What was exported together with the connections."""
    if path.name.lower() != "connections.csv":
        return ()
    with suppress(OSError):
        near = sorted(entry for entry in path.parent.iterdir() if entry.name.lower() in BESIDE and entry.is_file())
        return tuple(map(file_source, near))
    return ()


def _choose(sources: tuple[Source, ...], format: str) -> Reading | None:
    """From the files of a folder or an archive those that are people, all of one format."""

    def named(*names: str) -> tuple[Source, ...]:
        return tuple(source for source in sources if _base(source) in names)

    connections = named("connections.csv")
    if connections and format in ("auto", "linkedin"):
        beside = {_base(source): source for source in reversed(named(*BESIDE))}
        return Reading("linkedin", connections[:1], tuple(beside[name] for name in sorted(beside)))
    cards = tuple(source for source in sources if _base(source).endswith(".vcf"))
    if cards and format in ("auto", "vcard"):
        return Reading("vcard", cards, is_folder=True)
    friends = named(*FRIENDS)
    if friends and format in ("auto", "facebook"):
        return Reading("facebook", friends, is_folder=True)
    others = tuple(source for source in sources if _base(source).endswith((".csv", ".json")))
    by_format: dict[str, list[Source]] = {}
    for source in others[:_SNIFFED]:
        with suppress(Refused):
            by_format.setdefault(format_of(beginning(source)), []).append(source)
    for name in FORMATS[1:]:
        if name in by_format and format in ("auto", name):
            return Reading(name, tuple(by_format[name]), is_folder=True)
    return None


def _base(source: Source) -> str:
    return re.split(r"[/\\]", source.name)[-1].lower()
