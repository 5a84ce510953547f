"""The brief before a meeting, and of everyone whom one meets on a day."""

from __future__ import annotations

import pytest

from planner.core.brief import MOST_LINES
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import add, on


def words(desk: Desk, contact_id: int) -> dict[str, list[str]]:
    """The words of a brief by their label."""
    found: dict[str, list[str]] = {}
    label = ""
    for head, said in desk.briefing.of(contact_id).lines:
        label = head or label
        found.setdefault(label, []).append(said)
    return found


def test_a_brief_says_who_what_came_before_what_is_open_and_what_to_give(desk: Desk) -> None:
    ana = add(
        desk, "Ana Silva", company="Port of Lyon", title="Product lead", city="Lyon", cadence="4w",
        emails=("ana@example.org",), looking_for="a flat in Lyon", notes="has two boys\nher op is on 12 Dec",
        birthday="1988-11-26", circles=("climbing",),
    )  # fmt: skip
    add(desk, "Cy Young", offers="an apartment in Lyon")
    ben = add(desk, "Ben Okri")
    desk.network.knows(ben, "Ana Silva")
    for days, note in ((200, "oldest"), (90, "new job"), (60, "the move"), (31, "climbed")):
        desk.interactions.log([ana], on=on(-days), channel="coffee", note=note)
    desk.favors.enter("promise", [ana], note="meet Leo", kind="introduction", on=on(-5), due=on(-1))
    desk.favors.enter("ask", [ana], note="someone at SNCF", on=on(-3))
    told = words(desk, ana)
    assert told["who"] == ["Product lead, Port of Lyon · Lyon · climbing"]
    assert [one.split("  ")[1] for one in told["last"]] == ["coffee: climbed", "coffee: the move", "coffee: new job"]
    assert [one.split(",")[0] for one in told["open"]] == ["you promised: meet Leo", "you asked: someone at SNCF"]
    assert told["looks for"] == ["a flat in Lyon"]
    assert told["you could"] == ["introduce Cy Young, who offers an apartment in Lyon"]
    assert told["both know"] == ["Ben Okri"]
    assert told["ask about"] == ["has two boys", "her op is on 12 Dec"]
    assert "birthday" in told["days near"][0]
    assert "reach" in told
    assert "rhythm" in told


def test_a_brief_is_one_screen_however_much_there_is_and_says_so_where_there_is_nothing(desk: Desk) -> None:
    ana = add(desk, "Ana Silva", notes="\n".join(f"line {number}" for number in range(40)))
    assert words(desk, ana)["last"] == ["not in touch yet"]
    for number in range(30):
        desk.interactions.log([ana], on=on(-number), channel="call", note=f"talk {number}")
        desk.favors.enter("promise", [ana], note=f"thing {number}")
        desk.network.knows(add(desk, f"P{number:02}"), "Ana Silva")
    assert len(desk.briefing.of(ana).lines) < MOST_LINES
    assert words(desk, ana)["open"][-1] == "and 25 more"
    assert words(desk, ana)["both know"][0].endswith("and 25 more")


def test_everyone_with_whom_something_is_planned_on_a_day(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri")
    desk.interactions.log([ben, ana], on=on(1), outcome="planned", channel="meal")
    assert [one.name for one in desk.briefing.on(on(1))] == ["Ana Silva", "Ben Okri"]
    assert desk.briefing.on(on(0)) == ()
    with pytest.raises(Refused):
        desk.briefing.of(99)
