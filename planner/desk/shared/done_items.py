"""Settled agenda items: one item for each thing done between two days."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from planner.core.model import ItemKind, OpenItem, Outcome
from planner.core.settled import settled_steps
from planner.core.words.wording import tried_word
from planner.store.facts import contact_dates, favors, follow_ups, interactions

OF_PEOPLE = frozenset({"interactions", "answers", "follow-ups", "dates", "nudges", "favors"})
"""The kinds of items settled with one person."""


def done_between(
    kinds: Collection[str], start: date, end: date, of: Collection[int] | None = None
) -> Iterator[OpenItem]:
    """Items of some kinds settled between two days, each with its day; for `kinds` see `kinds_settled_between`.

    `of` some contacts only, if all kinds are in `OF_PEOPLE`.
    """
    for one in interactions.interactions_between(start, end, of) if "interactions" in kinds else ():
        # A step of a loop is reported by the loop itself.
        if one.loop or (one.direction == "them" and one.outcome is not Outcome.REACHED):
            continue
        words = ": ".join(part for part in (one.channel, one.note) if part)
        if one.outcome is Outcome.ATTEMPT:
            wrote = tried_word(one) == "wrote"
            words = one.note if wrote else f"no answer{': ' + words if words else ''}"
        for contact_id, name in one.contacts:
            yield OpenItem(
                f"i{one.id}", ItemKind.CADENCE, contact_id, one.on,
                text=words, contact_name=name, settled_on=one.on,
            )  # fmt: skip
    for message in interactions.answered_between(start, end, of) if "answers" in kinds else ():
        for contact_id, name in message.contacts[:1]:
            on = message.answered_on or end
            text = message.note or message.channel
            yield OpenItem(
                f"i{message.id}", ItemKind.ANSWER, contact_id, on, text=text, contact_name=name, settled_on=on
            )
    rounds = follow_ups.follow_ups_done_between(start, end, of) if "follow-ups" in kinds else ()
    for key, contact_id, name, text, on in rounds:
        yield OpenItem(f"f{key}", ItemKind.FOLLOWUP, contact_id, on, text=text, contact_name=name, settled_on=on)
    kept = contact_dates.dates_kept_between(start, end, of) if "dates" in kinds else ()
    for key, contact_id, name, words, on in kept:
        yield OpenItem(f"d{key}", ItemKind.DATE, contact_id, on, text=words, contact_name=name, settled_on=on)
    for key, contact_id, name, text, on in favors.nudges_between(start, end, of) if "nudges" in kinds else ():
        yield OpenItem(f"v{key}", ItemKind.ASK, contact_id, on, text=text, contact_name=name, settled_on=on)
    for favor in favors.favors_moved_between(start, end, of) if "favors" in kinds else ():
        yield from settled_steps(favor, start, end)
    if "network" in kinds:
        yield from _network_done_between(start, end)


def _network_done_between(start: date, end: date) -> Iterator[OpenItem]:
    """The steps of needs and introductions between two days, one item for each and day."""
    from planner.core.introductions import last_step
    from planner.store.facts import introductions, needs

    for key, title, contact_id, name, state, on, more in needs.steps_between(start, end):
        words = f"{title}: {state}" + (f", and {more} more" if more else "")
        yield OpenItem(f"n{key}", ItemKind.NEED, contact_id, on, text=words, contact_name=name, settled_on=on)
    for one in introductions.introductions_moved(start, end):
        step = last_step(one, start, end)
        if step is not None:
            on, contact_id, name, words = step
            yield OpenItem(
                f"t{one.id}", ItemKind.INTRODUCTION, contact_id, on, text=words, contact_name=name, settled_on=on
            )
