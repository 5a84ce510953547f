"""Which lines moved, and the edits that bring them to their places."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st

from planner.terminal.moved_lines import edited, edits, same_lines, sequences

LINES = st.lists(st.sampled_from(["", "Ana", "Ben", "Kim", "Leo", "Zoë", "山田"]), min_size=8, max_size=8)


def test_the_lines_that_are_left_of_a_list_move_together() -> None:
    before = ["Ana", "Ben", "", "Kim", "", "Leo", "Zoë", "Cy"]
    now = ["Ben", "", "Kim", "", "Zoë", "Cy", "Eva", "Ida"]
    pairs = same_lines(before, now)
    assert pairs == [(1, 0), (2, 1), (3, 2), (4, 3), (6, 4), (7, 5)]
    assert edits(pairs) == [(0, 1), (4, 1)]
    assert sequences(edits(pairs), 10, 18) == "\x1b[11;18r\x1b[11H\x1b[M\x1b[4B\x1b[M\x1b[r"


def test_a_line_that_is_there_twice_is_not_taken_for_another() -> None:
    assert same_lines(["Ana", "", "Ben", ""], ["", "Kim", "", "Ana"]) == [(0, 3)]
    assert same_lines(["Ana", "Ana", "Ben"], ["Ana", "Leo", "Ana"]) == [(0, 0)]


@given(LINES, LINES)
def test_edits_bring_every_line_that_is_kept_to_its_place(before: list[str], now: list[str]) -> None:
    pairs = same_lines(before, now)
    assert all(before[i] == now[j] for i, j in pairs)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    changes = edits(pairs)
    after = edited([*range(8)], changes)
    assert [after[j] for _, j in pairs] == [i for i, _ in pairs]
    screen = pyte.Screen(12, 12)
    stream = pyte.Stream(screen)
    stream.feed("top" + "".join(f"\x1b[{y + 3};1H{line:12}" for y, line in enumerate(before)) + "\x1b[12;1Hbottom")
    stream.feed(sequences(changes, 2, 10))
    drawn = [line.rstrip() for line in screen.display]
    assert (drawn[0], drawn[-1]) == ("top", "bottom")
    for line, place in zip(drawn[2:10], after, strict=True):
        # What comes in is drawn by whoever sends the edits.
        assert place is None or line == before[place]
