"""The ledger: help asked for, promised, given and received."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.shown import exact_date
from planner.core.favors import GIVEN_AT_ONCE, check_kind
from planner.core.gifts import before_giving
from planner.core.model import Favor, FavorDirection, FavorState, ItemKind, Settings
from planner.core.rhythm.agenda import WEEK
from planner.desk.done import Done
from planner.desk.reciprocity import ledger_views
from planner.desk.reciprocity.loops import enter_favor, favor_words, present_favor, step_favor, times_words
from planner.desk.reciprocity.ways_out import ask_my_network, declined_words, introduce_instead
from planner.desk.shared.checks import (
    briefly,
    listed,
    many_lines,
    not_after,
    not_before,
    one_line,
    one_of,
    present_name,
    present_names,
)
from planner.desk.shared.context import Context, Said
from planner.desk.values import Etiquette, Lanes, Ledger, LedgerRow
from planner.errors import Refused
from planner.store.facts import contact_names, contacts, interactions
from planner.store.facts import favors as ledger

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

ENTERED = {
    "asked": "{} asked you",
    "promise": "Promised {}",
    "gave": "You helped {}",
    "received": "{} helped you",
    "ask": "You asked {}",
    "idea": "A gift for {}",
}
"""The sentence about an entry, by its verb."""
HANDED_OVER = {
    ("gave", "loan"): "Lent {}",
    ("gave", "gift"): "You gave {}",
    ("received", "loan"): "{} lent you",
    ("received", "gift"): "{} gave you",
}
"""The sentence about a thing that changed hands, by verb and kind."""
OPEN = {
    ItemKind.REQUEST: "; an answer is due {}",
    ItemKind.PROMISE: ", due {}",
    ItemKind.ASK: "; a nudge is due {}",
    ItemKind.THANKS: "; thanks are due {}",
    ItemKind.OUTCOME: "; how it went is due {}",
    ItemKind.LOAN: ", to be home {}",
}
"""The end of a sentence that leaves a loop open, by the kind of its next step."""


class Favors:
    """Verbs about favors in both directions; each acts on one favor or on several, as one step."""

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
        occasion: str = "",
    ) -> Done:
        """Enter a favor for each contact; the result has their ids.

        `verb`: asked (they asked me), promise (I promised), gave, received, ask (I asked them), idea (a gift I think
        of). `on` is the day it happened, up to today. `due` is the day a promise is due (by default in a week), the day
        by which they need an answer, or the day a loan should be returned. `occasion` is the occasion of a gift.
        """
        verb = one_of(ENTERED, verb, "verb of a favor")
        today, settings = self._context.today, self._context.settings
        day = on or today
        not_after(day, today, "What happened")
        sort, words = check_kind("gift" if verb == "idea" else kind), many_lines(note, "note")
        values: dict[str, Any] = {"kind": sort, "note": words, "occasion": _occasion(verb, sort, occasion)}
        if verb == "idea" and not words:
            raise Refused("The idea is empty", "Say what it could be, such as “a scarf”")
        given, received = str(FavorDirection.GIVEN), str(FavorDirection.RECEIVED)
        match verb:
            case "asked":
                if due is not None:
                    not_before(due, day, "The day they need it by")
                values |= {"direction": given, "state": str(FavorState.ASKED), "asked_on": day, "due_on": due}
            case "promise":
                due_on = due or day + timedelta(days=settings.promise_days)
                values |= {"direction": given, "state": str(FavorState.PROMISED), "asked_on": day, "due_on": due_on}
            case "gave" | "received":
                # Nobody is asked to thank for something years later.
                late = verb == "received" and favors.entered_late(day, today)
                side, state = given if verb == "gave" else received, FavorState.TOLD if late else FavorState.DONE
                until = favors.home_by(sort, due, day, today, settings)
                values |= {"direction": side, "state": str(state), "done_on": day, "home_by": until}
            case "ask":
                values |= {"direction": received, "state": str(FavorState.ASKED), "asked_on": day}
            case "idea":
                values |= {"direction": given, "state": str(FavorState.IDEA), "asked_on": day}

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            made = [enter_favor(writer, day, contact=contact_id, **values) for contact_id in names]
            about = briefly(words) or (sort if sort != "other" else "")
            said = _entered(verb, sort).format(listed(names.values())) + (f": {about}" if about else "")
            said += f", on {exact_date(day)}" if on is not None else ""
            return said + open_words([present_favor(made[0])], settings), made

        return self._context.write("favor", work)

    def _step(self, favor_ids: Sequence[int], verb: str, step: Callable[[Favor], Favor]) -> Done:
        """Take favors one step further; `verb` names the step in the sentence."""

        def work(writer: Writer) -> Said:
            found = [present_favor(key) for key in dict.fromkeys(favor_ids)]
            for before in found:
                step_favor(writer, before, step(before), self._context.today)
            after = [present_favor(before.id) for before in found]
            return favor_words(verb, found) + open_words(after, self._context.settings), [one.id for one in found]

        if not favor_ids:
            raise Refused("Nothing was named", "See “planner ledger” for ids")
        return self._context.write("favor", work)

    def answer(self, verb: str, favor_ids: Sequence[int], *, due: date | None = None) -> Done:
        """Apply a verb of `ANSWERS` to open favors: I agree to what they asked for, or what I asked for came."""
        return self.accept(favor_ids, due=due) if verb == "promise" else self.done(favor_ids)

    def accept(self, favor_ids: Sequence[int], *, due: date | None = None) -> Done:
        """Turn requests into promises."""
        today, settings = self._context.today, self._context.settings
        return self._step(favor_ids, "accept", lambda favor: favors.accept(favor, due, today, settings))

    def done(self, favor_ids: Sequence[int]) -> Done:
        """Note that I gave the help I promised, or received the help I asked for."""
        today, settings = self._context.today, self._context.settings
        return self._step(favor_ids, "done", lambda favor: favors.done(favor, today, settings))

    def home(self, favor_ids: Sequence[int]) -> Done:
        """Note that loans, lent or borrowed, were returned."""
        today = self._context.today
        return self._step(favor_ids, "home", lambda favor: favors.home(favor, today))

    def thank(self, favor_ids: Sequence[int]) -> Done:
        """Note that I thanked them."""
        today = self._context.today
        return self._step(favor_ids, "thank", lambda favor: favors.thank(favor, today))

    def told(self, favor_ids: Sequence[int]) -> Done:
        """Note that I told them how it went."""
        today = self._context.today
        return self._step(favor_ids, "told", lambda favor: favors.tell(favor, today))

    def nudge(self, favor_ids: Sequence[int]) -> Done:
        """Note that I reminded them of my ask."""
        today, settings = self._context.today, self._context.settings
        return self._step(favor_ids, "nudge", lambda favor: favors.nudge(favor, today, settings))

    def rest(self, favor_ids: Sequence[int]) -> Done:
        """Let an ask rest, without more nudges, or drop the idea of a gift."""
        today = self._context.today
        return self._step(favor_ids, "rest", lambda favor: favors.rest(favor, today))

    def decline(
        self,
        favor_id: int,
        *,
        way_out: str = "",
        note: str = "",
        due: date | None = None,
        introduce_to: int | None = None,
        given: bool = False,
    ) -> Done:
        """Answer a request with a way out, which is better than "no", or note that my ask was declined.

        later: the request comes back on `due`, by default in four weeks. smaller, resource, advice: promised for `due`,
        by default in a week, or given at once with `given`. introduce: the contact `introduce_to`, or the one whose
        full name is the note, is asked about meeting the asker, who counts as having said yes. network: what they asked
        for becomes a need of theirs on my board, and part of what they look for.
        """
        words, today = many_lines(note, "note"), self._context.today
        if given and way_out.strip().casefold() not in GIVEN_AT_ONCE:
            raise Refused(
                f"“{way_out[:40]}” is not given at once", f"That can be said of {', '.join(sorted(GIVEN_AT_ONCE))}"
            )

        settings = self._context.settings

        def work(writer: Writer) -> Said:
            before = present_favor(favor_id)
            after = favors.decline(before, way_out, words, today, settings, due)
            step_favor(writer, before, favors.done(after, today, settings) if given else after, today)
            other = ""
            if after.way_out == "introduce":
                other = introduce_instead(writer, after, introduce_to, today, settings)
            elif after.way_out == "network":
                ask_my_network(writer, after, today)
            return declined_words(after, given, other), [favor_id]

        return self._context.write("favor", work)

    def one(self, favor_id: int) -> Favor:
        """An entry of the ledger. Raises `Refused` for an unknown id."""
        with self._context.store.read():
            return present_favor(favor_id)

    def gifts_before(self, contact_id: int, occasion: str = "") -> str:
        """What is known before the next gift, in words: ideas, and earlier gifts for the occasion."""
        with self._context.store.read():
            present_names([contact_id])
            gifts = ledger.gifts_for([contact_id]).get(contact_id, ())
            days = {one.kind: (one.month, one.day) for one in contacts.read_contacts([contact_id])[contact_id].dates}
        return before_giving(gifts, occasion, days, self._context.today)

    def ledger(self, contact_id: int | None = None) -> Ledger:
        """The four lanes, their rows by due date, and how often each person gave and received help."""
        return ledger_views.ledger(self._context, contact_id)

    def lanes(self) -> Lanes:
        """The four lanes of everybody, with their favors as ids of items."""
        return ledger_views.lanes(self._context)

    def rows(self, item_ids: Collection[str]) -> dict[str, LedgerRow]:
        """The favors in lanes by the ids of their items; favors that are not open are left out."""
        return ledger_views.rows(self._context, item_ids)

    def holding(self, words: Collection[str]) -> frozenset[str]:
        """The ids of the items whose name, kind and words together contain every folded word."""
        return ledger_views.holding(self._context, words)

    def helped_this_week(self) -> int:
        """How many people I helped in the last seven days."""
        with self._context.store.read():
            return ledger.helped_between(self._context.today - timedelta(days=WEEK - 1), self._context.today)

    def etiquette(self, contact_id: int) -> Etiquette:
        """My standing with somebody before a direct ask, and one concrete thing to give if the data has one."""
        # Late: the ledger alone needs none of it.
        from planner.core.introductions import stage
        from planner.desk.reciprocity.gifts import gift_for
        from planner.store.facts import introductions

        with self._context.store.read():
            name = present_name(contact_id)
            give, match = gift_for(contacts.read_contacts([contact_id])[contact_id])
            found = ledger.favors_with(contact_id)
            last = interactions.last_reached([contact_id]).get(contact_id)
            under_way = introductions.introductions(with_contact=contact_id)
        given = [one.done_on for one in found if one.direction is FavorDirection.GIVEN and one.done_on is not None]
        asked = [one.asked_on for one in found if one.direction is FavorDirection.RECEIVED and one.asked_on is not None]
        promised = [
            one.note or one.kind
            for one in found
            if one.state is FavorState.PROMISED and one.direction is FavorDirection.GIVEN
        ]
        since = self._context.today - timedelta(days=365)
        counts = times_words(sum(day > since for day in given), sum(day > since for day in asked))
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
            counts=counts,
            give_stands=stands,
            give_match=match,
        )


def _entered(verb: str, kind: str) -> str:
    return HANDED_OVER.get((verb, kind), ENTERED[verb])


def _occasion(verb: str, kind: str, occasion: str) -> str:
    """The occasion as it is stored; refused for anything but a gift."""
    words = one_line(occasion, "occasion", 60)
    if words and (kind != "gift" or verb not in ("gave", "received", "promise", "idea")):
        raise Refused(f"Only a gift has an occasion, and this is {kind}", "Say --kind gift")
    return words.casefold() if words.casefold() in ("birthday", "anniversary") else words


def open_words(found: Sequence[Favor], settings: Settings) -> str:
    """The end of a sentence about favors: when their next step is due. Empty if their next steps differ.

    Nothing is due with people who have died. In a transaction.
    """
    living = [favor for favor in found if contact_names.is_living(favor.contact_id)]
    loops = {next(((loop.kind, loop.due) for loop in favors.open_loops(favor, settings)), None) for favor in living}
    next_step = loops.pop() if len(loops) == 1 else None
    return OPEN[next_step[0]].format(exact_date(next_step[1])) if next_step is not None else ""
