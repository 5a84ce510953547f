"""A kind of source is one module in a folder: it is found there, and everything that names kinds names it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.core.evidence.seen import Call, HandleKind
from planner.errors import Refused
from planner.foreign_files import open_folder, open_regular
from planner.interchange.evidence import kinds as folder
from planner.interchange.evidence.reading import (
    MOST_TROUBLES,
    SourceRequest,
    kind_named,
    open_source,
    recognised,
    remembered_name,
    source_kinds,
)

BELLS = """
from datetime import UTC, datetime

from planner.core.evidence.seen import Call, CallKind, Handle, HandleKind
from planner.interchange.evidence.reading import SourceKind, SourceReading


class Bells(SourceReading):
    def __init__(self, request):
        super().__init__()
        self.request = request

    def __iter__(self):
        data = self.request.path.read_bytes()
        self.total = 1
        at = datetime(2026, 1, 2, tzinfo=UTC)
        if self.request.known.get("") != data and self.request.is_wanted(at):
            yield Call("1", at, Handle(HandleKind.NAME, "Ana"), CallKind.IN, 60)
        self.done, self.remember[""] = 1, data
        for number in range(200):
            self.report("bell\\x1b[1m", f"number {number} is broken", "Mend it")


KIND = SourceKind("bells", "a list of bells", 1, lambda glance: glance.head.startswith(b"BELLS"), Bells)
"""
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def with_bells(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more module stands in the folder of kinds."""
    more = tmp_path_factory.mktemp("kinds")
    (more / "bells.py").write_text(BELLS)
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(more)])
    source_kinds.cache_clear()
    yield
    source_kinds.cache_clear()


@pytest.mark.usefixtures("with_bells")
def test_a_module_in_the_folder_is_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "anything"
    path.write_bytes(b"BELLS")
    assert recognised(path) == "bells"

    def run(remembered: dict[str, bytes], since: date | None = None) -> list[object]:
        reading = open_source(path, "bells", remembered, zone=UTC, region=None, since=since, now=NOW)
        seen = list(reading)
        assert (reading.remember, reading.done, reading.total) == ({"": b"BELLS"}, 1, 1)
        assert len(reading.troubles) == MOST_TROUBLES
        assert reading.troubles[0] == "bell\ufffd[1m was left out: number 0 is broken. Mend it."
        assert reading.troubles[-1] == "And 101 more places could not be read."
        return [one.handle.kind for one in seen if isinstance(one, Call)]

    assert run({}) == [HandleKind.NAME]
    assert run({"": b"BELLS"}) == []
    assert run({"": b"BELLS"}, date(2026, 1, 2)) == [HandleKind.NAME]
    assert run({}, date(2026, 1, 3)) == []


def test_what_cannot_be_watched_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("a note")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for name, why in (
        ("note", "is nothing that can be watched"),
        ("pipe", "is neither a file nor a folder"),
        ("loop", "cannot be read"),
        ("missing", "cannot be read"),
        ("a\0b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ):
        with pytest.raises(Refused) as refusal:
            recognised(tmp_path / name)
        assert why in refusal.value.message
    with pytest.raises(Refused):
        kind_named("papyrus")


def test_only_regular_files_and_folders_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").symlink_to("folder")
    os.close(open_regular(tmp_path / "file"))
    os.close(open_folder(tmp_path / "folder"))
    os.close(open_folder(tmp_path / "other", through_links=True))
    for name in ("pipe", "link", "folder", "missing"):
        with pytest.raises(OSError, match=r"\w"):
            open_regular(tmp_path / name)
    for name in ("pipe", "file", "link", "other"):
        with pytest.raises(OSError, match=r"\w"):
            open_folder(tmp_path / name)


def test_an_instant_counts_by_its_day_in_my_zone() -> None:
    request = SourceRequest(Path(), {"a": b""}, ZoneInfo("Pacific/Auckland"), None, date(2026, 1, 3), NOW)
    assert request.is_wanted(datetime(2026, 1, 2, 12, tzinfo=UTC))
    assert not request.is_wanted(datetime(2026, 1, 2, 10, tzinfo=UTC))
    assert not request.is_wanted(datetime(2026, 1, 2, 23))
    assert request.known == {}


def test_any_path_has_a_name_to_be_remembered_by() -> None:
    assert remembered_name("a/ö") == "a/ö"
    assert remembered_name(os.fsdecode(b"a/\xff")) == "%a/%FF"
