"""Writes what a captured line says about help: favors, thanks, outcomes told. Inside a transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from planner.core import favors
from planner.core.capture.facts import (
    CapturedAsk,
    CapturedGave,
    CapturedGiftIdea,
    CapturedHome,
    CapturedPromise,
    CapturedReceived,
    CapturedRequest,
    CapturedThanks,
    CapturedTold,
)
from planner.core.capture.vocabulary import favor_kind
from planner.core.favors import entered_late
from planner.core.loops import CHANNEL
from planner.core.model import Direction, Favor, FavorDirection, FavorState, Outcome, Settings
from planner.core.needs import to_hear
from planner.core.words.folding import fold
from planner.desk.reciprocity.loops import enter_favor, step_favor
from planner.desk.shared.checks import briefly, listed, many_lines, present_name
from planner.desk.shared.settling import append_note
from planner.errors import Refused
from planner.store.facts import favors as ledger
from planner.store.facts import interactions, needs

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

CapturedHelp = CapturedPromise | CapturedRequest | CapturedAsk | CapturedReceived | CapturedGave
Close = Callable[["Writer"], None]

_WORD = re.compile(r"\w{3,}")
_LITTLE = frozenset({"the", "her", "his", "their", "with", "for", "and", "about", "that", "this", "from"})


def write_favor(
    writer: Writer, contact_id: int, fact: CapturedHelp, settings: Settings, today: date, met: Collection[date]
) -> None:
    """Enter the favor that a part of a line states; on the days `met` the contact is stored already."""
    given, received = FavorDirection.GIVEN, FavorDirection.RECEIVED
    day, kind = fact.on, fact.kind
    match fact:
        case CapturedPromise():
            new = Favor(0, contact_id, given, kind, FavorState.PROMISED, asked_on=day, due_on=fact.due)
        case CapturedRequest():
            new = Favor(0, contact_id, given, kind, FavorState.ASKED, asked_on=day, due_on=fact.due)
        case CapturedAsk():
            state = FavorState.PROMISED if fact.promised else FavorState.ASKED
            new = Favor(0, contact_id, received, kind, state, asked_on=day)
        case CapturedReceived():
            state = FavorState.TOLD if entered_late(day, today) else FavorState.DONE
            home = favors.home_by(kind, fact.home_by, day, today, settings)
            new = Favor(0, contact_id, received, kind, state, done_on=day, home_by=home)
        case CapturedGave():
            home = favors.home_by(kind, fact.home_by, day, today, settings)
            new = Favor(0, contact_id, given, kind, FavorState.DONE, done_on=day, home_by=home)
    enter_favor(
        writer,
        day,
        met,
        contact=contact_id,
        direction=str(new.direction),
        kind=new.kind,
        state=str(new.state),
        note=many_lines(fact.note, "note"),
        asked_on=new.asked_on,
        due_on=new.due_on,
        done_on=new.done_on,
        home_by=new.home_by,
        occasion=getattr(fact, "occasion", ""),
    )


def write_gift_idea(writer: Writer, contact_id: int, fact: CapturedGiftIdea, today: date) -> None:
    """Store what I could give somebody, and the occasion."""
    enter_favor(
        writer,
        today,
        contact=contact_id,
        direction=str(FavorDirection.GIVEN),
        kind="gift",
        state=str(FavorState.IDEA),
        note=many_lines(fact.text, "note"),
        asked_on=today,
        occasion=fact.occasion,
    )


def write_closing(writer: Writer, contact_id: int, fact: CapturedThanks | CapturedTold, met: Collection[date]) -> None:
    """Note thanks or an outcome told: the one favor meant takes its next step; without one, the words are kept."""
    close = closing(contact_id, fact, met)
    if close is not None:
        close(writer)
        return
    said = "thanked" if isinstance(fact, CapturedThanks) else "told how it went"
    if fact.about:
        said = f"{said} for {fact.about}" if isinstance(fact, CapturedThanks) else f"told how {fact.about} went"
    if fact.on in met:
        append_note(writer, contact_id, said, fact.on)
        return
    interactions.insert_interaction(
        writer,
        [contact_id],
        on=fact.on,
        channel=CHANNEL,
        direction=Direction.ME,
        outcome=Outcome.ATTEMPT,
        note=many_lines(said, "note"),
    )


def write_home(writer: Writer, contact_id: int, fact: CapturedHome, met: Collection[date]) -> None:
    """Note the return of the loan that a part of a line means; if nothing is out, the words are kept as a note."""
    loan = loan_meant(contact_id, fact)
    if loan is None:
        append_note(writer, contact_id, many_lines(fact.chip.partition(" · ")[0], "note"), fact.on)
        return
    step_favor(writer, loan, favors.home(loan, fact.on), fact.on, met)


def loan_meant(contact_id: int, fact: CapturedHome) -> Favor | None:
    """The loan that came back; None if none is out, refused if it may be several."""
    side = {True: (FavorDirection.RECEIVED,), False: (FavorDirection.GIVEN,), None: tuple(FavorDirection)}[fact.by_me]
    out = [one for one in ledger.favors_with(contact_id) if favors.is_out(one) and one.direction in side]
    found = [one for one in out if is_about(fact.about, one.note)]
    if len(found) > 1:
        which = listed((f"“{briefly(one.note or 'a loan', 40)}”" for one in found), most=4)
        example = f"{'gave' if fact.by_me else 'got'} back {briefly(found[0].note or 'the loan', 40)}"
        name = present_name(contact_id)
        raise Refused(f"Several things with {name} may be meant: {which}", f"Say which: “{example}”")
    return found[0] if found else None


def closing(contact_id: int, fact: CapturedThanks | CapturedTold, met: Collection[date] = ()) -> Close | None:
    """The step that thanks or an outcome told means; None if it means nothing open, refused if it may be several."""
    thanks = isinstance(fact, CapturedThanks)
    found: list[tuple[str, Close]] = []
    for favor in ledger.favors_with(contact_id):
        waits = favor.direction is FavorDirection.RECEIVED and favors.lane(favor) == "to_close"
        if waits and (favor.state is FavorState.DONE or not thanks) and is_about(fact.about, favor.note, favor.kind):
            after = favors.thank(favor, fact.on) if thanks else favors.tell(favor, fact.on)
            found.append((favor.note or favor.kind, _step(favor, after, fact.on, met)))
    for need in () if thanks else needs.needs(closed=True):
        entry = needs.told_entry(need.id, contact_id)
        if entry is not None and to_hear((entry,)) and is_about(fact.about, need.title, need.outcome):
            found.append((need.title, _hear(need.id, contact_id, fact.on)))
    if len(found) > 1:
        name, verb = present_name(contact_id), "thanked for" if thanks else "told how"
        which = listed((f"“{briefly(words, 40)}”" for words, _ in found), most=4)
        example = f"{verb} {briefly(found[0][0], 40)}" + ("" if thanks else " went")
        raise Refused(f"Several things with {name} may be meant: {which}", f"Say which: “{example}”")
    return found[0][1] if found else None


def _step(before: Favor, after: Favor, on: date, met: Collection[date]) -> Close:
    return lambda writer: step_favor(writer, before, after, on, met)


def _hear(need_id: int, contact_id: int, on: date) -> Close:
    from planner.desk.reciprocity.need_steps import end_with, present_need  # few lines close a need

    return lambda writer: end_with(writer, present_need(need_id, must_be_open=False), contact_id, on, told=True)


def is_about(about: str, *texts: str) -> bool:
    """Whether words may mean a thing: they share a word or its kind of favor; no words mean anything open."""
    if not about:
        return True
    kind = favor_kind(about, "")
    said = {word[:5] for word in _WORD.findall(fold(about)) if word not in _LITTLE}
    held = {word[:5] for text in texts for word in _WORD.findall(fold(text))}
    return bool(said & held) or (kind != "" and kind in texts)
