"""Detects the format of a path by its content; names and suffixes are not trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from planner.core.words.folding import clean
from planner.errors import Refused
from planner.interchange.archive import is_archive, members
from planner.interchange.format import Format, Head, ReadRequest
from planner.interchange.registry import format_of, formats, named
from planner.interchange.tables.people import no_names
from planner.interchange.tables.table import open_table
from planner.interchange.text import FILE_LIMIT, Source, beginning

_BEGINS_AS_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_SNIFFED_ENDINGS = (".csv", ".json")
_ENDINGS = (".vcf", ".ldif", ".ldi", *_SNIFFED_ENDINGS)
_DEPTH = 8
"""The most levels of folders searched; exports of whole accounts are deep."""
_ENTRIES = 50_000
_SNIFFED = 200
"""The most tables in one folder that are opened."""


def resolve(
    path: Path, format: str = "auto", mapping: Mapping[str, str] | None = None, encoding: str = ""
) -> ReadRequest:
    """Detect what a path is and how to read it. Raises Refused for a missing, unreadable or unknown one.

    `encoding` is a codec of `encodings.chosen`, for files whose encoding is not recognized.

    With a mapping, even an empty one, the path may also be an unknown table. A mapping with columns makes a table of
    any of them, and is refused for a format without columns.
    """
    wanted = named(format) if format != "auto" else None
    return replace(_found(path, wanted, mapping, encoding), mapping=mapping)


def _found(path: Path, wanted: Format | None, mapping: Mapping[str, str] | None, encoding: str) -> ReadRequest:
    shown = clean(str(path), visible=True)
    try:
        if path.is_dir():
            return _folder(path, wanted, encoding)
        if not path.exists():
            raise Refused(f"{shown} does not exist", "Check the name and the folder.")
        if not path.is_file():
            raise Refused(f"{shown} is not a file or a folder", "Give a file, a folder or a zip.")
    except OSError as error:
        raise Refused(f"{shown} cannot be read: {error.strerror}", "Check who may read it.") from error
    except ValueError as error:
        raise Refused("the name of the file cannot be used", "Check the name and the folder.") from error
    source = file_source(path, encoding)
    data = beginning(source)
    if is_archive(data):
        reading = _choose(tuple(replace(one, encoding=encoding) for one in members(path)), wanted)
        if reading is None:
            raise _nothing_in(shown)
        # No member is read beyond its declared size, so this limits the work a small archive can cause.
        if sum(source.size for source in reading.sources) > 2 * FILE_LIMIT:
            raise Refused(f"{shown} is too large unpacked", "Unpack it and import the parts.")
        return reading
    if not data and wanted is None:
        raise Refused(f"{shown} is empty", "Export it again.")
    head = Head(data, encoding)
    if wanted is None and not mapping:
        for one in formats():
            if one.is_part(head):
                advice = f"Import the folder, the zip or {one.names[0].capitalize()}."
                raise Refused(f"{shown} is a part of an export, without the {one.title}", advice)
    found = wanted or format_of(head)
    if mapping and found is not None and found.layout is None:
        raise Refused(f"{shown} has no columns to be matched", "Leave the matching of columns out.")
    if found is None:
        is_json = not mapping and _BEGINS_AS_JSON.match(head.text)
        if is_json or (len(head.columns) < 2 and not (head.columns and mapping)):
            raise Refused(f"{shown} is in a format the planner does not know", _readable())
        if mapping is None:
            raise no_names(shown, open_table(source))
        found = named("csv")
    return ReadRequest(found, (source,), beside=_beside(path, found, encoding))


def file_source(path: Path, encoding: str = "") -> Source:
    """A file as a source, dated by its last change."""
    name = clean(str(path), visible=True)
    try:
        status = path.stat()
        changed = date.fromtimestamp(status.st_mtime)
    except (OSError, OverflowError, ValueError):
        return Source(name, lambda: path.open("rb"), encoding=encoding)
    return Source(name, lambda: path.open("rb"), status.st_size, changed, encoding)


def _folder(path: Path, wanted: Format | None, encoding: str) -> ReadRequest:
    """Find the people in a folder: in its own files, else one level down, and so on."""
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
                    # A link may lead back up.
                    deeper += [] if entry.is_symlink() else [entry]
                elif entry.name.lower().endswith(_ENDINGS) and entry.is_file():
                    files.append(entry)
            if seen > _ENTRIES:
                raise Refused(f"{shown} holds too many files", "Choose the folder that holds the people.")
        found = _choose(tuple(file_source(file, encoding) for file in files), wanted)
        if found is not None:
            return found
        level = deeper
    raise _nothing_in(shown)


def _nothing_in(shown: str) -> Refused:
    return Refused(f"{shown} holds no vCards, no LinkedIn Connections.csv and no other table of people", _readable())


def _readable() -> str:
    titles = ", ".join(one.title for one in formats())
    return f"The planner reads {titles} (the file, the folder or the zip)."


def _beside(path: Path, format: Format, encoding: str) -> tuple[Source, ...]:
    """The files beside a file that its format also reads."""
    if path.name.lower() not in format.names:
        return ()
    with suppress(OSError):
        near = sorted(entry for entry in path.parent.iterdir() if entry.name.lower() in format.beside)
        return tuple(file_source(entry, encoding) for entry in near if entry.is_file())
    return ()


def _choose(sources: tuple[Source, ...], wanted: Format | None) -> ReadRequest | None:
    """Choose the files of people among those of a folder or an archive; all of one format."""
    readable = [one for one in formats() if not one.is_whole and wanted in (one, None)]
    for one in readable:
        found = tuple(source for source in sources if any(fnmatchcase(source.base, name) for name in one.names))
        if found and one.beside:
            beside = {source.base: source for source in reversed(sources) if source.base in one.beside}
            return ReadRequest(one, found[:1], beside=tuple(beside[name] for name in sorted(beside)))
        if found:
            return ReadRequest(one, found, is_one_of_many=True)
    by_format: dict[str, list[Source]] = {}
    for source in [source for source in sources if source.base.endswith(_SNIFFED_ENDINGS)][:_SNIFFED]:
        with suppress(Refused):
            if known := format_of(Head(beginning(source), source.encoding)):
                by_format.setdefault(known.name, []).append(source)
    for one in readable:
        if one.name in by_format:
            return ReadRequest(one, tuple(by_format[one.name]), is_one_of_many=True)
    return None
