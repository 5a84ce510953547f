"""The interaction that goes with a step of a loop; both are stored together. Pure.

Telling, asking, nudging, thanking and reporting an outcome are attempts of mine on that day; an answer of theirs, a
request to me and help given in either direction are contact. A promise alone is neither.
"""

from __future__ import annotations

from planner.core.introductions import Answer, Introduction
from planner.core.model import Direction, Favor, FavorDirection, FavorState, Outcome
from planner.core.records import record

CHANNEL = "message"
"""The channel of such an interaction: a step does not say whether it was by mail, by phone or in person."""
ABOUT = "about an introduction"


_GIVING = {"gift": ("gave", "gave me"), "loan": ("lent", "lent me")}
"""How a note about help begins, for help I gave and for help they gave, by kind of favor."""


@record(frozen=True, slots=True)
class Touch:
    """The interaction that goes with a step of a loop: who reached out, the outcome, and a note."""

    direction: Direction
    outcome: Outcome
    note: str

    @classmethod
    def mine(cls, note: str) -> Touch:
        """I wrote; whether they read it is not known."""
        return cls(Direction.ME, Outcome.ATTEMPT, note)

    @classmethod
    def theirs(cls, note: str) -> Touch:
        """They answered, or came to me."""
        return cls(Direction.THEM, Outcome.REACHED, note)


def by_favor(before: Favor | None, after: Favor) -> Touch | None:
    """The interaction that goes with a step of a favor, or None; `before` is None for a new favor."""
    about = after.note or after.kind
    plain = after.way_out in ("advice", "resource")
    gave, gave_me = _GIVING.get("" if plain else after.kind, ("helped", "helped me"))
    if before is not None and len(after.nudges) > len(before.nudges):
        return Touch.mine(f"nudged: {about}")
    if before is not None and before.state is after.state:
        return None
    given = after.direction is FavorDirection.GIVEN
    match after.state:
        case FavorState.ASKED:
            return Touch.theirs(f"asked me: {about}") if given else Touch.mine(f"asked: {about}")
        case FavorState.DONE if given:
            return Touch(Direction.ME, Outcome.REACHED, f"{gave}: {after.way_out_note or about}")
        case FavorState.DONE:
            return Touch.theirs(f"{gave_me}: {about}")
        case FavorState.DECLINED:
            return Touch.theirs(f"could not help: {about}")
        case FavorState.THANKED:
            return Touch.mine(f"thanked for: {about}")
        case FavorState.TOLD:
            return Touch.mine(f"told how it went: {about}")
    return None


def by_introduction(before: Introduction | None, after: Introduction) -> list[tuple[int, Touch]]:
    """(contact, interaction) of each side that was asked, or answered, in a step of an introduction."""
    found = []
    asked, other_asked = (after.one_answer, after.one_on), (after.other_answer, after.other_on)
    was = (before.one_answer, before.one_on) if before is not None else None
    other_was = (before.other_answer, before.other_on) if before is not None else None
    for contact_id, said, earlier in ((after.one_id, asked, was), (after.other_id, other_asked, other_was)):
        answer = said[0]
        if said == earlier or answer is Answer.NOT_ASKED:
            continue
        # The note does not name the other side: only the introduction says whom they would meet.
        mine = answer is Answer.ASKED
        found.append((contact_id, Touch.mine(f"asked {ABOUT}") if mine else Touch.theirs(f"said {answer} {ABOUT}")))
    if before is not None and after.worked_on is not None and before.worked_on is None:
        found.append((after.one_id, Touch.mine("asked how an introduction went")))
    return found
