"""The states of a favor, the loop it keeps open, and the lane it stands in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from planner.core.dates.civil import FIRST_YEAR
from planner.core.dates.shown import exact_date
from planner.core.model import (
    ANSWERED,
    FAVOR_KINDS,
    WAYS_OUT,
    Favor,
    FavorDirection,
    FavorState,
    ImportedFavor,
    ItemKind,
    OpenItem,
    Settings,
)
from planner.core.records import record
from planner.core.words.echo import clean_echo
from planner.errors import Refused

GIVEN, RECEIVED = FavorDirection.GIVEN, FavorDirection.RECEIVED
LANES = ("asked_me", "promised", "i_asked", "to_close")
LEDGER_KINDS = (
    ItemKind.REQUEST, ItemKind.PROMISE, ItemKind.ASK, ItemKind.THANKS, ItemKind.OUTCOME, ItemKind.LOAN,
)  # fmt: skip
"""The kinds of agenda items that are favors: the items in the lanes of the ledger."""
GIVEN_AT_ONCE = frozenset({"smaller", "resource", "advice"})
"""Ways out that are help themselves; the others only begin something, or postpone it."""
LOAN = "loan"
NO_OUTCOME = frozenset({LOAN, "gift"})
"""Kinds of received help that end with the thanks, without an outcome to tell."""
COUNTED = frozenset({FavorState.DONE, FavorState.THANKED, FavorState.TOLD})
"""States in which help was really given or received."""

HISTORY_DAYS = 21
"""Days after which help that is entered late is history, with nothing left to do about it."""


def check_kind(kind: str) -> str:
    """A favor's kind as it is stored; raises Refused for an unknown one."""
    found = kind.strip().casefold()
    if found not in FAVOR_KINDS:
        raise Refused(f"“{kind}” is not a kind of favor", f"Use one of: {', '.join(FAVOR_KINDS)}")
    return found


def lane(favor: Favor) -> str | None:
    """The one lane that shows a favor, or None when it is closed."""
    match favor.direction, favor.state:
        case FavorDirection.GIVEN, FavorState.ASKED:
            return "asked_me"
        case FavorDirection.GIVEN, FavorState.PROMISED:
            return "promised"
        case FavorDirection.GIVEN, FavorState.ALTERNATIVE if favor.due_on is not None and favor.closed_on is None:
            return "asked_me"
        case FavorDirection.RECEIVED, FavorState.ASKED | FavorState.PROMISED:
            return "i_asked"
        case FavorDirection.RECEIVED, FavorState.THANKED if favor.kind in NO_OUTCOME:
            return None
        case FavorDirection.RECEIVED, FavorState.DONE | FavorState.THANKED:
            return "to_close"
    return None


def asked_last(favor: Favor) -> date | None:
    """The day of my last ask or nudge."""
    return max((day for day in (favor.asked_on, *favor.nudges) if day is not None), default=None)


def open_loop(favor: Favor, settings: Settings, replied_on: date | None = None) -> OpenItem | None:
    """The agenda item that a favor keeps open, or None when nothing is left to do about it.

    Request: due by the day they named, else 2 days after they asked. Promise: due on the promised day. Ask: a nudge 7
    days after the ask or the last nudge, at most 2 nudges, then "let it rest"; if they wrote since, on `replied_on`,
    then from that day on the question whether they answered. Thanks: 2 days after the help. Outcome to tell: 14 days
    after the thanks. A favor that lacks its date counts from the latest date it has, so that it stays open.
    """
    where = lane(favor)
    if where is None:
        return None
    kind, due, asks = ItemKind.REQUEST, favor.due_on, ""
    if where == "asked_me" and favor.state is FavorState.ASKED:
        due = favor.due_on or _after(favor.asked_on, settings.request_days)
    elif where == "promised":
        kind = ItemKind.PROMISE
    elif where == "i_asked":
        kind = ItemKind.ASK
        due = replied_on or _after(asked_last(favor), settings.nudge_days)
        asks = ANSWERED if replied_on is not None else "rest" if len(favor.nudges) >= settings.nudges else ""
    elif where == "to_close" and favor.state is FavorState.DONE:
        kind, due = ItemKind.THANKS, _after(favor.done_on, settings.thanks_days)
    elif where == "to_close":
        kind, due = ItemKind.OUTCOME, _after(favor.thanked_on, settings.outcome_days)
    return OpenItem(
        id=f"v{favor.id}",
        kind=kind,
        contact_id=favor.contact_id,
        due=due or _latest(favor),
        asks=asks,
        text=(favor.way_out_note if where == "promised" else "") or favor.note or favor.kind,
        contact_name=favor.contact_name,
    )


HOME = " · "
"""Separates the words about a loan from the day it should be returned."""


def is_out(favor: Favor) -> bool:
    """Whether a loan, lent or borrowed, has not been returned yet."""
    handed_over = favor.kind == LOAN and favor.state in COUNTED
    return handed_over and favor.home_by is not None and favor.home_on is None


def open_loan(favor: Favor) -> OpenItem | None:
    """The agenda item of a loan that is out, due on the day of its return, worded for the one who has to act."""
    if not is_out(favor) or favor.home_by is None:
        return None
    first, thing = _first_name(favor.contact_name), favor.way_out_note or favor.note or "what was lent"
    back = f"back {_home_day(favor.home_by, favor.done_on or favor.home_by)}"
    text = f"{first} has {thing}{HOME}{back}" if favor.direction is GIVEN else f"bring back {thing}"
    return OpenItem(
        f"l{favor.id}", ItemKind.LOAN, favor.contact_id, favor.home_by, text=text, contact_name=favor.contact_name
    )


def open_loops(favor: Favor, settings: Settings, replied_on: date | None = None) -> list[OpenItem]:
    """Every agenda item that a favor keeps open: its next step, and the return of what was lent."""
    return [item for item in (open_loop(favor, settings, replied_on), open_loan(favor)) if item is not None]


def loan_lane(favor: Favor) -> str:
    """The lane of a loan that is out: what I lent waits for them, what I borrowed waits for me."""
    return "i_asked" if favor.direction is GIVEN else "promised"


def home(favor: Favor, today: date) -> Favor:
    """Note that a loan was returned; raises Refused for a favor that is not out."""
    if not is_out(favor):
        raise _refusal(favor, "no loan to bring home")
    return replace(favor, home_on=today)


def home_by(kind: str, given: date | None, on: date, today: date, settings: Settings) -> date | None:
    """The day a thing handed over on `on` is due back: as given, else in four weeks; None unless it is a loan."""
    if kind != LOAN:
        return None
    return given or max(on + timedelta(days=settings.loan_days), today)


def _first_name(name: str) -> str:
    return name.split()[0] if name.split() else "somebody"


def _home_day(day: date, since: date) -> str:
    """The day a loan should be returned, "Sat 12 Dec", with the year where that could be unclear."""
    words = exact_date(day)
    return words if (day - since).days > 300 else words.rsplit(" ", 1)[0]


def _after(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day is not None else None


def _latest(favor: Favor) -> date:
    """The latest date of a favor; without any date the first day of the calendar, so that it sorts first."""
    dates = (favor.asked_on, favor.due_on, favor.done_on, favor.thanked_on, *favor.nudges)
    return max((day for day in dates if day is not None), default=date(FIRST_YEAR, 1, 1))


def accept(favor: Favor, due_on: date | None, today: date, settings: Settings) -> Favor:
    """Turn a request into a promise, due on a day (default: the day they named, if still to come, else in a week)."""
    _must(favor, GIVEN, (FavorState.ASKED, FavorState.ALTERNATIVE), "nothing to say yes to")
    if lane(favor) is None:
        raise _refusal(favor, "nothing to say yes to")
    if due_on is not None and due_on < today:
        raise Refused(f"{exact_date(due_on)} has passed", "Give today or a later day")
    due = due_on or promise_by(favor, today, settings)
    return replace(favor, state=FavorState.PROMISED, due_on=due, way_out="", way_out_note="", closed_on=None)


def promise_by(favor: Favor, today: date, settings: Settings) -> date:
    """The default day of a promise: the day they named in the request, if still to come, else in a week."""
    named = favor.due_on if favor.state is FavorState.ASKED else None
    return named if named is not None and named >= today else today + timedelta(days=settings.promise_days)


def done(favor: Favor, today: date, settings: Settings) -> Favor:
    """Note that help was given (by me) or received (from them), including something offered instead of what was asked.

    A loan without a day is due back in four weeks; advice or a resource given in its place is not a loan.
    """
    offered = favor.direction is GIVEN and favor.state in (FavorState.ALTERNATIVE, FavorState.IDEA)
    if (lane(favor) is None and not offered) or favor.state in COUNTED:
        raise _refusal(favor, "nothing to do")
    kind = "" if favor.way_out in ("advice", "resource") else favor.kind
    until = favor.home_by or home_by(kind, None, today, today, settings)
    return replace(favor, state=FavorState.DONE, done_on=today, home_by=until)


def entered_late(received_on: date, today: date) -> bool:
    """Whether help was received so long before it is entered that thanks are no longer due."""
    return (today - received_on).days > HISTORY_DAYS


def told_of(told: ImportedFavor, contact_id: int, today: date) -> Favor:
    """A favor from a source: done, and already thanked for if I was helped more than three weeks ago.

    Nobody is asked to thank for something years later; whether thanks were given then is unknown, and past.
    """
    on = min(told.on, today) if told.on is not None else None
    is_history = on is None or entered_late(on, today)
    closed = told.direction is RECEIVED and is_history
    state = FavorState.TOLD if closed else FavorState.DONE
    return Favor(0, contact_id, told.direction, told.kind, state, note=told.note, done_on=on)


def thank(favor: Favor, today: date) -> Favor:
    """Note thanks for received help; the outcome is still to be told."""
    _must(favor, RECEIVED, (FavorState.DONE,), "nothing to thank for")
    return replace(favor, state=FavorState.THANKED, thanked_on=today)


def tell(favor: Favor, today: date) -> Favor:
    """Note that the outcome of received help was told; the loop is closed."""
    _must(favor, RECEIVED, (FavorState.DONE, FavorState.THANKED), "no outcome to tell")
    return replace(favor, state=FavorState.TOLD, thanked_on=favor.thanked_on or today, told_on=today)


def let_be(favor: Favor, today: date) -> Favor:
    """Close received help without thanks or an outcome."""
    _must(favor, RECEIVED, (FavorState.DONE, FavorState.THANKED), "nothing to let be")
    return replace(favor, state=FavorState.TOLD, closed_on=today)


def nudge(favor: Favor, today: date, settings: Settings) -> Favor:
    """Note a reminder about an ask; after the last allowed one the next step is to let it rest."""
    _must(favor, RECEIVED, (FavorState.ASKED, FavorState.PROMISED), "nobody to nudge")
    if len(favor.nudges) >= settings.nudges:
        raise Refused(f"{_who(favor)} was nudged as often as is kind{_about(favor)}", "Let it rest")
    return replace(favor, nudges=(*favor.nudges, today))


def rest(favor: Favor, today: date) -> Favor:
    """Drop an ask that was not answered, or a gift that was only an idea."""
    if favor.state is FavorState.IDEA:
        return replace(favor, state=FavorState.RESTED, closed_on=today)
    _must(favor, RECEIVED, (FavorState.ASKED, FavorState.PROMISED), "nothing to let rest")
    return replace(favor, state=FavorState.RESTED, closed_on=today)


def decline(favor: Favor, way_out: str, note: str, today: date, settings: Settings, due: date | None = None) -> Favor:
    """Answer a request with something better than "no", or note that mine was declined.

    A request to me needs a way out, and words for it. With the way out "later" it comes back on `due` (default four
    weeks from today); a smaller piece, a resource or advice is promised for `due` (default a week).
    """
    if favor.direction is RECEIVED:
        _must(favor, RECEIVED, (FavorState.ASKED, FavorState.PROMISED), "nothing to decline")
        return replace(favor, state=FavorState.DECLINED, closed_on=today, way_out_note=note.strip())
    _must(favor, GIVEN, (FavorState.ASKED, FavorState.PROMISED, FavorState.ALTERNATIVE), "nothing to decline")
    way, words = way_out.strip().casefold(), note.strip()
    if way not in WAYS_OUT:
        raise Refused(
            f"What {_who(favor)} asked is not answered with just no" if not way else f"“{way_out}” is not a way out",
            f"Offer one of: {', '.join(WAYS_OUT)}",
        )
    if not words:
        raise Refused(f"The way out “{way}” is empty", f"Say in a few words what you offer {_who(favor)}")
    if due is not None and due < today:
        raise Refused(f"{exact_date(due)} has passed", "Give today or a later day")
    if way in GIVEN_AT_ONCE:
        by = due or today + timedelta(days=settings.promise_days)
        return replace(favor, state=FavorState.PROMISED, way_out=way, way_out_note=words, due_on=by, closed_on=None)
    later = way == "later"
    return replace(
        favor,
        state=FavorState.ALTERNATIVE,
        way_out=way,
        way_out_note=words,
        due_on=(due or today + timedelta(days=settings.later_days)) if later else None,
        closed_on=None if later else today,
    )


def _must(favor: Favor, direction: FavorDirection, states: tuple[FavorState, ...], missing: str) -> None:
    if favor.direction is not direction or favor.state not in states:
        raise _refusal(favor, missing)


def _refusal(favor: Favor, missing: str) -> Refused:
    """The refusal of a step: what is missing, the state of the favor, and what can be done with it."""
    return Refused(f"There is {missing}: {_stands(favor, _who(favor))}{_about(favor)}", _next_step(favor))


def _who(favor: Favor) -> str:
    return favor.contact_name or "they"


def _about(favor: Favor) -> str:
    return f" (“{clean_echo(favor.note)}”)" if favor.note else ""


def _stands(favor: Favor, who: str) -> str:
    """The state of a favor as part of a sentence."""
    if favor.direction is GIVEN:
        home = "and it is home" if favor.home_on is not None else ""
        return {
            FavorState.ASKED: f"{who} asked you for it",
            FavorState.PROMISED: f"you promised it to {who}",
            FavorState.ALTERNATIVE: f"you offered {who} something else",
            FavorState.DECLINED: f"{who} asked you for it, and you could not help",
            FavorState.IDEA: f"it is an idea for {who}",
            FavorState.RESTED: "the idea was let go",
        }.get(favor.state, f"you helped {who} {home}".rstrip())
    return {
        FavorState.ASKED: f"you asked {who}, who has not helped yet",
        FavorState.PROMISED: f"{who} promised it and has not done it yet",
        FavorState.DONE: f"{who} helped, and thanks are still to be said",
        FavorState.THANKED: f"{who} was thanked, and how it went is still to be told",
        FavorState.TOLD: f"{who} was thanked and told how it went, nothing is left to do",
        FavorState.DECLINED: f"{who} could not help",
    }.get(favor.state, f"what you asked {who} was left to rest")


def _next_step(favor: Favor) -> str:
    """The sentence that names the next possible step of a favor."""
    if favor.state is FavorState.IDEA:
        return f"“planner favor done v{favor.id}” once it is given, “favor rest” lets the idea go"
    if lane(favor) is None:
        return "“planner ledger” shows what is open"
    if favor.direction is GIVEN:
        return f"“planner favor done v{favor.id}” once it is done"
    step = {FavorState.DONE: "thank", FavorState.THANKED: "told"}.get(favor.state, "done")
    once = ", once they have helped" if step == "done" else ""
    return f"“planner favor {step} v{favor.id}” is the next step{once}"


@record(frozen=True, slots=True)
class Balance:
    """How often help went each way with one contact. Counts only; there is no score."""

    contact_id: int
    name: str
    gave: int
    received: int


@record(frozen=True, slots=True)
class Month:
    """How often help went each way in the month that begins on `first`."""

    first: date
    gave: int
    received: int


def months(favors: Iterable[Favor], today: date, count: int = 12) -> tuple[Month, ...]:
    """Help given and received by month, the oldest first, up to today's month; `count` months in all."""
    last = today.year * 12 + today.month - 1
    found = {month: [0, 0] for month in range(last - count + 1, last + 1)}
    for favor in favors:
        on = favor.done_on
        if favor.state in COUNTED and on is not None and on <= today:
            counts = found.get(on.year * 12 + on.month - 1)
            if counts is not None:
                counts[0 if favor.direction is GIVEN else 1] += 1
    return tuple(Month(date(key // 12, key % 12 + 1, 1), *counts) for key, counts in found.items())


def balances(favors: Iterable[Favor]) -> tuple[Balance, ...]:
    """Help given to and received from each contact, most exchanges first, then by name."""
    found: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    for favor in favors:
        counts = found.setdefault(favor.contact_id, [0, 0])
        names[favor.contact_id] = favor.contact_name
        if favor.state in COUNTED:
            counts[0 if favor.direction is GIVEN else 1] += 1
    return sorted_balances(Balance(key, names[key], gave, received) for key, (gave, received) in found.items())


def sorted_balances(people: Iterable[Balance]) -> tuple[Balance, ...]:
    """Balances, most exchanges first, then by name."""
    return tuple(sorted(people, key=lambda one: (-(one.gave + one.received), one.name, one.contact_id)))
