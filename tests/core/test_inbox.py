"""Which lines of a file of the inbox were not read before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.core.inbox import ReadBefore, Unread, inbox_lines, unread

texts = st.lists(st.sampled_from("abcdefgh"), max_size=8)


def test_bullets_boxes_and_blanks_are_no_part_of_a_line() -> None:
    text = "- Ana: coffee\r\n\n* [ ] ring Bo\n  3. Cy: mail \n• [x] Di: call\n-5 degrees\n[ ] Ed: lunch\n\u2028\n"
    assert inbox_lines(text) == ("Ana: coffee", "ring Bo", "Cy: mail", "Di: call", "-5 degrees", "Ed: lunch")


def test_a_file_that_was_never_met_is_new() -> None:
    assert unread(["a", "b"], 5.0, None) == Unread((0, 1))


@given(texts, st.floats(0, 1e9))
def test_the_same_file_again_brings_nothing(lines: list[str], modified: float) -> None:
    assert unread(lines, modified, ReadBefore(modified, tuple(lines))) == Unread(())


@given(st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=8, unique=True), texts)
def test_a_file_that_grew_brings_what_was_added(before: list[str], added: list[str]) -> None:
    found = unread([*before, *added], 9.0, ReadBefore(1.0, tuple(before)))
    assert len(found.new) == len(added)
    assert found.doubtful == ()


@given(texts, texts)
def test_no_line_is_lost_and_none_is_both(before: list[str], lines: list[str]) -> None:
    found = unread(lines, 9.0, ReadBefore(1.0, tuple(before)))
    assert not set(found.new) & set(found.doubtful)
    known = set(range(len(lines))) - set(found.new) - set(found.doubtful)
    # A line is passed over only where the file shows that it is the one of before: three lines of it, in order.
    assert not known or len(known) >= 3
    assert all(lines[place] in before for place in known)


def test_one_equal_line_proves_nothing() -> None:
    before = ReadBefore(1.0, ("called Ana",))
    assert unread(["called Ana"], 90.0, before) == Unread((), (0,))
    assert unread(["called Ana", "Bo: mail"], 90.0, before) == Unread((1,), (0,))
    assert unread(["called Ana", "x"], 90.0, ReadBefore(1.0, ("called Ana", "b", "c"))) == Unread((0, 1))
