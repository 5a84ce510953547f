"""What was done is called by what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.core import favors
from planner.core.favors import GIVEN, RECEIVED
from planner.core.model import Favor, FavorState, Settings
from planner.core.settled import settled_steps
from planner.core.words.wording import kind_word

TODAY = date(2026, 11, 23)
LENT = Favor(1, 1, GIVEN, "loan", FavorState.DONE, "the tent", done_on=TODAY, home_by=TODAY + timedelta(days=19))
HELPED = Favor(1, 1, RECEIVED, "advice", FavorState.DONE, "which school", done_on=TODAY - timedelta(days=3))
ASKED = Favor(1, 1, RECEIVED, "other", FavorState.ASKED, "a name", asked_on=TODAY - timedelta(days=9))
REQUEST = Favor(1, 1, GIVEN, "time", FavorState.ASKED, "the whole move", asked_on=TODAY - timedelta(days=1))
SMALLER = favors.decline(REQUEST, "smaller", "the piano only", TODAY, Settings())


@pytest.mark.parametrize(
    ("favor", "shown"),
    [
        (LENT, ["lent: the tent"]),
        (favors.home(replace(LENT, done_on=TODAY - timedelta(days=9)), TODAY), ["loan: the tent is home"]),
        (replace(LENT, kind="gift", note="a scarf", home_by=None), ["gave: a scarf"]),
        (replace(LENT, kind="advice", note="the three schools"), ["helped: the three schools"]),
        (favors.done(SMALLER, TODAY, Settings()), ["promise: the piano only"]),
        (favors.decline(REQUEST, "network", "a roofer", TODAY, Settings()), ["answer: the whole move"]),
        (favors.let_be(HELPED, TODAY), ["let be: which school"]),
        (favors.tell(HELPED, TODAY), ["thanks: which school", "outcome: which school"]),
        (favors.rest(ASKED, TODAY), ["let be: a name"]),
        (favors.decline(ASKED, "", "", TODAY, Settings()), ["asked: a name: cannot help"]),
        (HELPED, []),
    ],
)
def test_each_step_of_a_day_is_called_by_what_was_done(favor: Favor, shown: list[str]) -> None:
    assert [f"{kind_word(one)}: {one.text}" for one in settled_steps(favor, TODAY, TODAY)] == shown
