"""The ledger: help asked for, promised, given and received."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core import favors
from planner.core.dates.typed import exact_date
from planner.core.favors import GIVEN_AT_ONCE, LANES, balances, check_kind, lane
from planner.core.model import Favor, FavorDirection, FavorState, ItemKind, Settings
from planner.core.rhythm.agenda import WEEK
from planner.core.rhythm.due import item_state
from planner.core.rhythm.urgency import days_past
from planner.desk.done import Done
from planner.desk.shared.checks import (
    briefly,
    listed,
    many_lines,
    not_after,
    not_before,
    one_line,
    present_name,
    present_names,
)
from planner.desk.shared.context import Context, Said
from planner.desk.values import Etiquette, Ledger, LedgerRow
from planner.errors import Refused
from planner.store.facts import contacts, interactions
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

ENTERED = {
    "asked": "{} asked you",
    "promise": "Promised {}",
    "gave": "You helped {}",
    "received": "{} helped you",
    "ask": "You asked {}",
}
"""What a sentence says of an entry, by its verb."""
OPEN = {
    ItemKind.REQUEST: "; an answer is due {}",
    ItemKind.PROMISE: ", due {}",
    ItemKind.ASK: "; a nudge is due {}",
    ItemKind.THANKS: "; thanks are due {}",
    ItemKind.OUTCOME: "; how it went is due {}",
}
"""How a sentence ends that leaves a loop open, by the kind of its next step."""


class Favors:
    """Favors in both directions; a step is taken with one or with several."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def enter(
        self,
        verb: str,
        contact_ids: Sequence[int],
        *,
        kind: str = "other",
        on: date | None = None,
        due: date | None = None,
        note: str = "",
    ) -> Done:
        """Enter a favor for each contact and give their ids.

        `verb`: asked (they asked me), promise (I promised), gave, received, ask (I asked them). `on` is the
        day it happened, up to today; `due` the day a promise is due, by default a week on, or the day they
        need by what they asked for.
        """
        if verb not in ENTERED:
            raise Refused(f"“{verb[:40]}” is not a favor verb", f"Use {', '.join(ENTERED)}")
        today, settings = self._context.today, self._context.settings
        day = on or today
        not_after(day, today, "What happened")
        sort, words = check_kind(kind), many_lines(note, "note")
        values: dict[str, object] = {"kind": sort, "note": words}
        given, received = str(FavorDirection.GIVEN), str(FavorDirection.RECEIVED)
        match verb:
            case "asked":
                if due is not None:
                    not_before(due, day, "The day they need it by")
                values |= {"direction": given, "state": str(FavorState.ASKED), "asked_on": day, "due_on": due}
            case "promise":
                due_on = due or day + timedelta(days=settings.promise_days)
                values |= {"direction": given, "state": str(FavorState.PROMISED), "asked_on": day, "due_on": due_on}
            case "gave":
                values |= {"direction": given, "state": str(FavorState.DONE), "done_on": day}
            case "received":
                values |= {"direction": received, "state": str(FavorState.DONE), "done_on": day}
            case "ask":
                values |= {"direction": received, "state": str(FavorState.ASKED), "asked_on": day}

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            made = [interactions.insert_favor(writer, contact=contact_id, **values) for contact_id in names]
            about = briefly(words) or (sort if sort != "other" else "")
            said = ENTERED[verb].format(listed(names.values())) + (f": {about}" if about else "")
            said += f", on {exact_date(day)}" if on is not None else ""
            return said + open_words([_favor(made[0])], settings), made

        return self._context.write("favor", work)

    def _step(self, favor_ids: Sequence[int], step: Callable[[Favor], Favor], words: Callable[[Favor], str]) -> Done:
        """Take favors one step further; `words` says the step of one of them, with {} for the names."""

        def work(writer: Writer) -> Said:
            found = [_favor(key) for key in dict.fromkeys(favor_ids)]
            for before in found:
                interactions.update_favor(writer, before, step(before))
            after = [_favor(before.id) for before in found]
            names = listed(dict.fromkeys(one.contact_name for one in found))
            return words(found[0]).format(names) + open_words(after, self._context.settings), [one.id for one in found]

        if not favor_ids:
            raise Refused("Nothing was named", "See “planner ledger” for ids")
        return self._context.write("favor", work)

    def accept(self, favor_ids: Sequence[int], *, due: date | None = None) -> Done:
        """A request becomes a promise."""
        today, settings = self._context.today, self._context.settings
        return self._step(favor_ids, lambda favor: favors.accept(favor, due, today, settings), lambda _: "Promised {}")

    def done(self, favor_ids: Sequence[int]) -> Done:
        """Help was given, or what I asked for was received."""
        today = self._context.today
        return self._step(
            favor_ids,
            lambda favor: favors.done(favor, today),
            lambda favor: "You helped {}" if favor.direction is FavorDirection.GIVEN else "{} helped you",
        )

    def thank(self, favor_ids: Sequence[int]) -> Done:
        """Thanks were said."""
        today = self._context.today
        return self._step(favor_ids, lambda favor: favors.thank(favor, today), lambda _: "Thanked {}")

    def told(self, favor_ids: Sequence[int]) -> Done:
        """The outcome was told."""
        today = self._context.today
        return self._step(favor_ids, lambda favor: favors.tell(favor, today), lambda _: "Told {} how it went")

    def nudge(self, favor_ids: Sequence[int]) -> Done:
        """A reminder about what I asked for was sent."""
        today, settings = self._context.today, self._context.settings
        return self._step(favor_ids, lambda favor: favors.nudge(favor, today, settings), lambda _: "Nudged {}")

    def rest(self, favor_ids: Sequence[int]) -> Done:
        """What I asked for is left in peace."""
        today = self._context.today
        words = "Left to rest: what you asked {}"
        return self._step(favor_ids, lambda favor: favors.rest(favor, today), lambda _: words)

    def decline(
        self,
        favor_id: int,
        *,
        way_out: str = "",
        note: str = "",
        back_on: date | None = None,
        introduce_to: int | None = None,
        given: bool = False,
    ) -> Done:
        """Answer a request with something better than "no", or note that mine was declined.

        later: the request comes back on `back_on`. introduce: an introduction to `introduce_to`, or to the
        contact whose full name the note is, begins. network: what they asked for becomes what they look
        for. A smaller piece, a resource or advice counts as given once it is marked done, with `given` at once.
        """
        words, today = many_lines(note, "note"), self._context.today
        if given and way_out.strip().casefold() not in GIVEN_AT_ONCE:
            raise Refused(
                f"“{way_out[:40]}” is not given at once", f"That can be said of {', '.join(sorted(GIVEN_AT_ONCE))}"
            )

        def work(writer: Writer) -> Said:
            before = _favor(favor_id)
            after = favors.decline(before, way_out, words, today, back_on)
            interactions.update_favor(writer, before, favors.done(after, today) if given else after)
            other = ""
            if after.way_out == "introduce":
                other = _introduce_instead(writer, after, introduce_to, today)
            elif after.way_out == "network":
                _ask_my_network(writer, after, today)
            return _declined(after, given, other), [favor_id]

        return self._context.write("favor", work)

    def one(self, favor_id: int) -> Favor:
        """An entry of the ledger as it stands; Refused when there is none of that number."""
        with self._context.store.read():
            found = interactions.favor(favor_id)
        if found is None:
            raise Refused(f"There is no favor {favor_id}", "See “planner ledger” for ids")
        return found

    def ledger(self, contact_id: int | None = None) -> Ledger:
        """The four lanes with their rows by due date, and how often help went each way."""
        today = self._context.today
        last_week = today - timedelta(days=WEEK)
        with self._context.store.read():
            favors = interactions.all_favors(contact_id)
            known = open_items.items_with_ids(f"v{one.id}" for one in favors if lane(one) is not None)
        lanes: dict[str, list[LedgerRow]] = {name: [] for name in LANES}
        helped = set()
        for favor in favors:
            # As on the agenda: snoozed, on a day chosen by hand, or silent.
            item, where = known.get(f"v{favor.id}"), lane(favor)
            if item is not None and where is not None:
                state = item_state(item, self._context.settings, today)
                lanes[where].append(LedgerRow(favor, item, days_past(item, today), state))
            given_on = favor.done_on if favor.direction is FavorDirection.GIVEN else None
            if given_on is not None and last_week < given_on <= today:
                helped.add(favor.contact_id)
        for rows in lanes.values():
            rows.sort(key=lambda row: (row.item.due, row.favor.contact_name, row.favor.id))
        return Ledger({name: tuple(rows) for name, rows in lanes.items()}, balances(favors), len(helped))

    def etiquette(self, contact_id: int) -> Etiquette:
        """What to know before asking somebody directly, with one concrete thing to give, if the data has one."""
        # Late: the ledger alone needs none of it.
        from planner.core.introductions import stage
        from planner.desk.shared.gifts import gift_for
        from planner.store.facts import import_candidates, introductions

        with self._context.store.read():
            name = present_name(contact_id)
            give, match = gift_for(contacts.read_contacts([contact_id])[contact_id])
            favors = interactions.favors_with(contact_id)
            last = import_candidates.last_reached([contact_id]).get(contact_id)
            under_way = introductions.introductions(with_contact=contact_id)
        given = [one.done_on for one in favors if one.direction is FavorDirection.GIVEN and one.done_on is not None]
        asked = [
            one.asked_on for one in favors if one.direction is FavorDirection.RECEIVED and one.asked_on is not None
        ]
        promised = [
            one.note or one.kind
            for one in favors
            if one.state is FavorState.PROMISED and one.direction is FavorDirection.GIVEN
        ]
        agreed = next((one for one in under_way if stage(one) == "agreed"), None)
        stands = ""
        if not give and agreed is not None:
            other = agreed.other_name if agreed.one_id == contact_id else agreed.one_name
            give, stands = f"introduce them to {other}: both said yes", "introduction"
        elif not give and promised:
            give, stands = f"what you promised: {promised[0]}", "promise"
        return Etiquette(
            contact_id=contact_id,
            name=name,
            last_contact=last,
            last_ask=max(asked, default=None),
            last_gave=max(given, default=None),
            promises=tuple(promised),
            give=give,
            give_stands=stands,
            give_match=match,
        )


def open_words(found: Sequence[Favor], settings: Settings) -> str:
    """How a sentence about favors ends: when their next step is due, where it is the same of all of them."""
    loops = {
        (loop.kind, loop.due) if (loop := favors.open_loop(favor, settings)) is not None else None for favor in found
    }
    next_step = loops.pop() if len(loops) == 1 else None
    return OPEN[next_step[0]].format(exact_date(next_step[1])) if next_step is not None else ""


def _favor(favor_id: int) -> Favor:
    found = interactions.favor(favor_id)
    if found is None:
        raise Refused(f"There is no favor {favor_id}", "See “planner ledger” for ids")
    return found


def _declined(favor: Favor, given: bool, other: str) -> str:
    """What was answered instead of yes; `other` is whom they are to be introduced to."""
    name, words = favor.contact_name, briefly(favor.way_out_note)
    if favor.direction is FavorDirection.RECEIVED:
        return f"{name} declined; they could be asked again"
    if given:
        return f"You helped {name}: {words}"
    match favor.way_out:
        case "later" if favor.due_on is not None:
            return f"What {name} asked comes back on {exact_date(favor.due_on)}"
        case "introduce" if other:
            return f"{other} is asked first about meeting {name}"
        case "network":
            return f"{name} looks for it now: {words}"
        case "smaller" | "resource" | "advice":
            return f"Offered {name}: {words}; it counts once it is given"
    return f"Offered {name} instead: {words}"


def _introduce_instead(writer: Writer, favor: Favor, other: int | None, today: date) -> str:
    """Begin an introduction and give the name of the other one; empty where nobody is meant beyond doubt."""
    from planner.store.facts import introductions

    named = contacts.by_exact_name(favor.way_out_note)
    if other is None and len(named) == 1:
        other = named[0][0]
    if other is None or other == favor.contact_id:
        return ""
    name = present_name(other)
    pair = {other, favor.contact_id}
    under_way = introductions.introductions(with_contact=other)
    if not any({one.one_id, one.other_id} == pair for one in under_way):
        introductions.insert_introduction(writer, other, favor.contact_id, favor.note or favor.kind, today)
    return name


def _ask_my_network(writer: Writer, favor: Favor, today: date) -> None:
    before = contacts.read_contacts([favor.contact_id])[favor.contact_id].looking_for
    wanted = favor.note or favor.way_out_note
    if wanted.casefold() not in before.casefold():
        together = f"{before}; {wanted}" if before else wanted
        contacts.update_contact(writer, favor.contact_id, {"looking_for": one_line(together, "need")}, today)
