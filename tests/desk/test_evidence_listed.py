"""The list of what was seen: who was in touch stands first, plans last, and each person once."""

from __future__ import annotations

from pathlib import Path

from planner.core.evidence.seen import Attendance, CallKind
from planner.core.model import Outcome
from tests.desk.desks import add
from tests.desk.evidence_runs import ME, at, call, desk_of, event, mail, watch

YES = Attendance.ACCEPTED


def test_who_was_in_touch_comes_before_who_is_planned_to_be_met(tmp_path: Path) -> None:
    with desk_of(tmp_path / "planner.db") as desk:
        for name in ("Ana", "Ben", "Cleo", "Dora"):
            add(desk, name, emails=[f"{name.lower()}@example.org"], phones=["+47 900 11 222"] if name == "Ben" else [])
        watch(
            desk,
            event("far", at(12, 20), ("cleo@example.org", YES)),
            event("near", at(12, 2), ("dora@example.org", YES)),
            event("hers", at(12, 10), ("ana@example.org", YES)),
            mail("1", "ana@example.org", ME, on=at(11, 3)),
            call(CallKind.MISSED, 0, at(11, 20)),
        )
        news = desk.evidence.news()
        assert [(one.name, one.outcome) for one in news.lines] == [
            ("Ana", Outcome.REACHED), ("Ben", Outcome.ATTEMPT), ("Dora", Outcome.PLANNED), ("Cleo", Outcome.PLANNED),
        ]  # fmt: skip
        assert news.more[news.lines[0].id] == 1
        counted = desk.reading.agenda().seen
        assert counted is not None
        assert counted.people == 4
