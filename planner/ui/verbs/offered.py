"""The verbs that several places have, each as one object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.ui.verbs.helping import EnterAsk, EnterFavor
from planner.ui.verbs.people import (
    AddFollowUp,
    AddNote,
    Archive,
    Circles,
    Edit,
    GetInTouch,
    Pause,
    SetMode,
    SetRhythm,
    ShowBrief,
    ShowWhy,
)
from planner.ui.verbs.triage import Attempt, DropItem, LeaveOut, Move, SettleOrLog, Shift, SnoozeItem
from planner.ui.verbs.verb import ScreenVerb
from planner.ui.verbs.words import WordsForItem

TRIAGE: Final = (SettleOrLog(), SnoozeItem(), Attempt(), LeaveOut())
DROPPING: Final = (DropItem(),)
MOVING: Final = (Move(), Shift("earlier", -1), Shift("later", 1))
PERSON: Final = (
    AddNote(), SetRhythm(), Pause(), Circles(), Edit(), ShowBrief(), ShowWhy(), GetInTouch(), AddFollowUp(), SetMode(),
    Archive(),
)  # fmt: skip
HELPING: Final = (
    EnterFavor("gave"),
    EnterFavor("helped"),
    EnterAsk("ask"),
    EnterFavor("request"),
    EnterFavor("promise"),
)

SENDING: Final = (WordsForItem(),)


def offered(*verbs: ScreenVerb) -> Mapping[str, ScreenVerb]:
    """Verbs by their ids."""
    return {verb.id: verb for verb in verbs}
