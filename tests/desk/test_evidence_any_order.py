"""Evidence read in any order, in any parts and twice; what it never does to due dates and to what a person wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.evidence.seen import Attendance, CallKind, Seen, Sign
from planner.desk import Desk
from tests.desk.desks import TODAY, add, on
from tests.desk.evidence_runs import ME, call, desk_of, event, history, line, mail, watch
from tests.store.stores import assert_sound, facts

PEOPLE = ("ana@example.org", "ben@example.org")
DAYS = st.integers(-40, 0).map(lambda days: datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(days=days))
KEYS = st.sampled_from("abcdef")
SIGNS = st.sampled_from([frozenset(), frozenset(), frozenset(), frozenset({Sign.LIST}), frozenset({Sign.TRASH})])
_dates: dict[str, int] = {key: number * 5 for number, key in enumerate("abcdef")}


def letter(key: str, mine: bool, who: str, to: str, signs: frozenset[Sign], answers: str) -> Seen:
    """A copy of the letter of a key: its day and sender follow from the key, its recipients and signs do not."""
    when = datetime(2026, 11, 20, 9, tzinfo=UTC) - timedelta(days=_dates[key])
    sender = ME if key in "ace" else PEOPLE["bdf".index(key) % 2]
    return mail(key, sender, who if mine else to, on=when, signs=signs, answers=(answers,))


SEEN = st.one_of(
    st.builds(letter, KEYS, st.booleans(), st.sampled_from(PEOPLE), st.sampled_from((*PEOPLE, ME)), SIGNS, KEYS),
    st.builds(call, st.sampled_from(CallKind), st.sampled_from((0, 60)), DAYS),
    st.builds(
        lambda key, when, answer: event(f"{key}{when}", when, (PEOPLE[0], answer)),
        KEYS, DAYS, st.sampled_from(Attendance),
    ),
    st.builds(
        lambda chat, who, when: line(chat, who, when, group=chat == "g"),
        st.sampled_from(("a", "g")), st.sampled_from(("Ana Silva", None)), DAYS,
    ),
)  # fmt: skip
BY_HAND = st.lists(
    st.tuples(
        st.integers(-40, 0), st.sampled_from(("mail", "call", "message", "")),
        st.sampled_from(("reached", "attempt")), st.sampled_from(("me", "them", "both")),
    ),
    max_size=3,
)  # fmt: skip


def a_desk(folder: str, name: str, by_hand: Any = (), cadence: str = "3w") -> Desk:
    desk = desk_of(Path(folder) / name)
    add(desk, "Ana Silva", emails=[PEOPLE[0]], phones=["+47 900 11 222"], cadence=cadence)
    add(desk, "Ben Okri", emails=[PEOPLE[1]])
    desk.evidence.add("/mail", "maildir")
    for days, channel, outcome, direction in by_hand:
        desk.interactions.log([1], on=on(days), channel=channel, outcome=outcome, direction=direction, note="mine")
    return desk


def told(desk: Desk) -> Any:
    return history(desk, 1), history(desk, 2), [(one.kind, one.text) for one in desk.reading.card(1).loops]


@settings(max_examples=25, deadline=None)
@given(seen=st.lists(SEEN, max_size=12), cut=st.integers(0, 12), order=st.randoms(use_true_random=False))
def test_the_order_the_parts_and_a_second_reading_make_no_difference(seen: list[Seen], cut: int, order: Any) -> None:
    shuffled = list(seen)
    order.shuffle(shuffled)
    with TemporaryDirectory() as folder, a_desk(folder, "1.db") as one, a_desk(folder, "2.db") as other:
        watch(one, *seen)
        watch(other, *shuffled[:cut])
        watch(other, *shuffled[cut:])
        assert told(one) == told(other)
        assert watch(one, *shuffled).step is None
        assert watch(other, *seen, since=on(-400)).step is None
        assert_sound(one.store)
        assert_sound(other.store)


@settings(max_examples=25, deadline=None)
@given(
    seen=st.lists(SEEN, max_size=8),
    by_hand=BY_HAND,
    since=st.integers(-60, 0),
    cadence=st.sampled_from(("3w", "2m/3m", "RRULE:FREQ=WEEKLY;BYDAY=FR")),
)
def test_no_due_date_comes_earlier_and_nothing_written_changes(
    seen: list[Seen], by_hand: Any, since: int, cadence: str
) -> None:
    with TemporaryDirectory() as folder, a_desk(folder, "1.db", by_hand, cadence) as desk:
        before = {one.id: one for one in desk.reading.card(1).interactions}
        due = desk.reading.why(1).due
        whole = facts(desk.store)
        done = watch(desk, *seen)
        after = {one.id: one for one in desk.reading.card(1).interactions}
        assert {key: after.get(key) for key in before} == before
        later = desk.reading.why(1).due
        assert due is not None
        assert later is not None
        assert later >= due
        assert_sound(desk.store)
        if done.step is not None:
            desk.keeping.undo()
            left = facts(desk.store)
            for name in ("interaction", "participation", "due_item", "contact_summary", "evidence"):
                assert left[name] == whole[name], name
        assert TODAY


def test_a_run_written_in_small_parts_is_one_step_that_may_be_cancelled_on_the_way(tmp_path: Path) -> None:
    letters = [
        mail(f"{who}{number}", f"{who}@example.org", ME, on=datetime(2026, 11, 1 + number % 20, 9, tzinfo=UTC))
        for who in range(6)
        for number in range(60)
    ]

    def crowd(name: str) -> Desk:
        desk = desk_of(tmp_path / name)
        for who in range(6):
            add(desk, f"Person {who}", emails=[f"{who}@example.org"])
        desk.evidence.add("/mail", "maildir")
        return desk

    ways: list[None] = []
    with crowd("whole.db") as whole, crowd("parts.db") as parts:
        before = facts(parts.store)
        said = watch(whole, *letters).said
        assert said == "Seen: 6 people (120 in touch)"
        # Two parts are written when it is told to stop.
        done = watch(parts, *letters, give_way=lambda: ways.append(None), cancelled=lambda: len(ways) > 2)
        assert done.stopped
        assert len(ways) == 3
        assert facts(parts.store) == before
        assert watch(parts, *letters, give_way=lambda: ways.append(None)).said == said
        assert len(ways) == 3 + 6
        assert [history(parts, who) for who in range(1, 7)] == [history(whole, who) for who in range(1, 7)]
        parts.keeping.undo()
        assert not any(history(parts, who) for who in range(1, 7))
        for desk in (whole, parts):
            assert_sound(desk.store)


def test_the_first_letters_of_one_person_are_written_in_parts_and_come_to_the_same(tmp_path: Path) -> None:
    start = datetime(2026, 11, 20, 9, tzinfo=UTC)
    letters = []
    for number in range(450):
        there = (PEOPLE[0], ME) if number % 3 else (ME, PEOPLE[0])
        letters.append(mail(f"m{number}", *there, on=start - timedelta(hours=16 * number)))
    # One that a list has sent, too: whichever part it is in, the letter counts no more.
    letters += [mail(f"m{number}", PEOPLE[0], ME, signs=frozenset({Sign.LIST})) for number in (4, 200)]
    ways: list[None] = []
    with desk_of(tmp_path / "whole.db") as whole, desk_of(tmp_path / "parts.db") as parts:
        for desk in (whole, parts):
            add(desk, "Ana Silva", emails=[PEOPLE[0]], cadence="4w")
        once = watch(whole, *letters)
        before = facts(parts.store)
        done = watch(parts, *letters, give_way=lambda: ways.append(None))
        assert len(ways) == 5
        assert done.said == once.said
        assert [replace(one, id=0) for one in done.lines] == [replace(one, id=0) for one in once.lines]
        assert len({one.id for one in done.lines}) == len(done.lines)
        assert history(parts, 1) == history(whole, 1)
        assert parts.reading.why(1) == whole.reading.why(1)
        for desk in (whole, parts):
            assert_sound(desk.store)
        parts.keeping.undo()
        left = facts(parts.store)
        for name in ("interaction", "participation", "due_item", "contact_summary", "evidence"):
            assert left[name] == before[name], name
