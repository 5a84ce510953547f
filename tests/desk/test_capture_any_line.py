"""Whatever is typed into the capture line, the desk answers or refuses it, and a dry run answers the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.desk import Desk
from planner.errors import Refused
from tests.cases import case
from tests.core.capture.table import PEOPLE, blocks
from tests.desk.desks import add
from tests.store.stores import facts

WORDINGS = [wording for block in blocks() for wording in block.wordings]
NASTY = [
    "\x00",
    "\x1b[2J",
    "\u202e",
    "'; drop table contact; --",
    "%s",
    "{0}",
    "🎉",
    "“",
    '"',
    "#1",
    "@",
    "\udc80",
    ":",
    "\n",
]


@pytest.fixture
def known(desk: Desk) -> Desk:
    for name in PEOPLE:
        add(desk, name)
    return desk


pieces = st.sampled_from(WORDINGS).flatmap(lambda line: st.sampled_from(line.split(" "))) | st.sampled_from(NASTY)
lines = st.sampled_from(WORDINGS) | st.lists(pieces, max_size=12).map(" ".join) | st.text(max_size=80)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(line=lines)
def test_any_line_is_answered_or_refused_and_never_breaks(known: Desk, line: str) -> None:
    before = facts(known.store)
    plan = known.capture.preview(line)
    known.capture.settle_preview(line, names=["Ana Silva"])
    turned = known.capture.swapped(line, len(line))
    assert turned == line or any(chip.turns for chip in plan.chips)
    answers: list[object] = []
    for _ in range(2):
        try:
            done = known.capture.take(line, dry_run=True)
            answers.append(done)
            # What is said names every part that was shown.
            assert not plan.problems
            assert all(chip.text in done.said for chip in plan.chips if chip.kind != "who")
        except Refused as refusal:
            answers.append(str(refusal))
    assert answers[0] == answers[1]
    assert facts(known.store) == before


def answer(desk: Desk, line: str, *, dry_run: bool) -> str:
    """What a line is answered with: what was done, or the refusal."""
    try:
        return desk.capture.take(line, dry_run=dry_run).said
    except Refused as refusal:
        return f"refused: {refusal}"


def test_lines_of_the_table_are_taken_as_they_are_shown_and_taken_back(known: Desk) -> None:
    before = facts(known.store)
    for block in blocks()[::3]:
        with case(block.place, block.wordings[0]):
            dry = answer(known, block.wordings[0], dry_run=True)
            assert answer(known, block.wordings[0], dry_run=False) == dry
            if not dry.startswith("refused"):
                known.keeping.undo()
            assert facts(known.store) == before
