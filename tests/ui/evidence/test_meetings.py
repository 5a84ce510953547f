"""The meetings of today on the agenda: by the hour, each with the brief one key away, asked about from its hour on."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.evidence.seen import Attendance
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.agenda import screen
from tests.desk.evidence_runs import ME, at, event, watch
from tests.ui.words import planner

MAYBE = Attendance.TENTATIVE


def meetings(desk: Desk) -> None:
    for name in ("Ana Silva", "Ben Okri"):
        email = f"{name[:3].lower()}@example.org"
        desk.people.add(ContactDraft(name=name, emails=(email,), looking_for=f"a flat for {name[:3]}"))
    late, early = ("ana@example.org", MAYBE), ("ben@example.org", MAYBE)
    watch(desk, event("a", at(11, 23, 15), late), event("b", at(11, 23, 9), early), now=at(11, 23, 6))


async def test_a_meeting_has_its_brief_and_is_asked_about_from_its_hour_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "HOUR_SECONDS", 0.2)
    clock = [time(12)]
    look = {"config": Config(me=(ME,)), "time_of_day": lambda: clock[0]}
    async with planner(tmp_path, meetings, size=(100, 24), **look) as see:
        assert see.text.index("meeting at 09:00") < see.text.index("meeting at 15:00")
        assert "happened?" in see.line_of("meeting at 09:00")
        assert "planned" in see.line_of("meeting at 15:00")
        await see.press("b")
        see.sees("a flat for Ben")
        await see.press("escape", "j", "b")
        see.sees("a flat for Ana")
        await see.press("escape")
        clock[0] = time(15)
        await see.until("happened?  Ana Silva")
