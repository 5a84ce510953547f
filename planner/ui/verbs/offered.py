"""The verbs that several places offer, each as one object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.ui.verbs.helping import Ask, Favor
from planner.ui.verbs.people import Archive, Circles, Edit, FollowUp, GetInTouch, Mode, Note, Pause, Rhythm, Why
from planner.ui.verbs.triage import Attempt, Done, LeaveOut, Move, Shift, Snooze
from planner.ui.verbs.verb import Verb

TRIAGE: Final = (Done(), Snooze(), Attempt(), LeaveOut())
MOVING: Final = (Move(), Shift("earlier", -1), Shift("later", 1))
PERSON: Final = (
    Note(), Rhythm(), Pause(), Circles(), Edit(), Why(), GetInTouch(), FollowUp(), Mode(), Archive(),
)  # fmt: skip
HELPING: Final = (Favor("gave"), Favor("helped"), Ask("ask"), Favor("request"), Favor("promise"))


def offered(*verbs: Verb) -> Mapping[str, Verb]:
    """Verbs by their ids."""
    return {verb.id: verb for verb in verbs}
