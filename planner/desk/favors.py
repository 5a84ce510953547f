"""Verbs of the ledger: help asked for, promised, given and received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core import favors
from planner.core.favors import GIVEN_AT_ONCE, LANES, balances, check_kind, lane
from planner.core.model import Favor, FavorDirection, FavorState
from planner.core.rhythm.agenda import WEEK
from planner.core.rhythm.due import item_state
from planner.core.rhythm.urgency import days_past
from planner.desk.base import many_lines, not_after, not_before, one_line, present_names
from planner.desk.triage import TriageVerbs
from planner.desk.values import Ledger, LedgerRow
from planner.errors import Refused
from planner.store.facts import contacts, interactions
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

VERBS = ("asked", "promise", "gave", "received", "ask")
WORDS = {
    "asked": "{} asked you",
    "promise": "Promised {}",
    "gave": "Helped {}",
    "received": "{} helped you",
    "ask": "Asked {}",
}


class ReciprocityVerbs(TriageVerbs):
    """Favors in both directions."""

    def favor(
        self,
        verb: str,
        contact_id: int,
        *,
        kind: str = "other",
        on: date | None = None,
        due: date | None = None,
        note: str = "",
        today: date,
    ) -> int:
        """Enter a favor and give its id.

        `verb`: asked (they asked me), promise (I promised), gave, received, ask (I asked them). `on` is the
        day it happened, up to today; `due` the day a promise is due, by default a week on, or the day they
        need by what they asked for.
        """
        if verb not in VERBS:
            raise Refused(f"“{verb[:40]}” is not a favor verb", f"Use {', '.join(VERBS)}")
        day = on or today
        not_after(day, today, "What happened")
        values: dict[str, object] = {"contact": contact_id, "kind": check_kind(kind), "note": many_lines(note, "note")}
        given, received = str(FavorDirection.GIVEN), str(FavorDirection.RECEIVED)
        match verb:
            case "asked":
                if due is not None:
                    not_before(due, day, "The day they need it by")
                values |= {"direction": given, "state": str(FavorState.ASKED), "asked_on": day, "due_on": due}
            case "promise":
                due_on = due or day + timedelta(days=self.settings.promise_days)
                values |= {"direction": given, "state": str(FavorState.PROMISED), "asked_on": day, "due_on": due_on}
            case "gave":
                values |= {"direction": given, "state": str(FavorState.DONE), "done_on": day}
            case "received":
                values |= {"direction": received, "state": str(FavorState.DONE), "done_on": day}
            case "ask":
                values |= {"direction": received, "state": str(FavorState.ASKED), "asked_on": day}

        def work(writer: Writer) -> tuple[int, str]:
            name = present_names([contact_id])[contact_id]
            return interactions.insert_favor(writer, **values), name

        key, _ = self.store.write("favor", lambda result: WORDS[verb].format(result[1]), work, today=today)
        return key

    def _step(self, favor_id: int, step: Callable[[Favor], Favor], words: str, today: date) -> None:
        def work(writer: Writer) -> str:
            before = interactions.favor(favor_id)
            if before is None:
                raise Refused(f"There is no favor {favor_id}", "See “planner ledger” for ids")
            interactions.update_favor(writer, before, step(before))
            return before.contact_name

        self.store.write("favor", lambda name: words.format(name), work, today=today)

    def favor_accept(self, favor_id: int, *, due: date | None = None, today: date) -> None:
        """A request becomes a promise."""
        self._step(
            favor_id,
            lambda favor: favors.accept(favor, due, today, self.settings),
            "Promised {} what they asked",
            today,
        )

    def favor_done(self, favor_id: int, *, today: date) -> None:
        """Help was given, or what I asked for was received."""
        self._step(favor_id, lambda favor: favors.done(favor, today), "Done: favor with {}", today)

    def favor_thank(self, favor_id: int, *, today: date) -> None:
        """Thanks were said."""
        self._step(favor_id, lambda favor: favors.thank(favor, today), "Thanked {}", today)

    def favor_told(self, favor_id: int, *, today: date) -> None:
        """The outcome was told."""
        self._step(favor_id, lambda favor: favors.tell(favor, today), "Told {} the outcome", today)

    def favor_nudge(self, favor_id: int, *, today: date) -> None:
        """A reminder about what I asked for was sent."""
        self._step(favor_id, lambda favor: favors.nudge(favor, today, self.settings), "Nudged {}", today)

    def favor_rest(self, favor_id: int, *, today: date) -> None:
        """What I asked for is left in peace."""
        self._step(favor_id, lambda favor: favors.rest(favor, today), "Left to rest: what you asked {}", today)

    def favor_decline(
        self,
        favor_id: int,
        *,
        way_out: str = "",
        note: str = "",
        back_on: date | None = None,
        introduce_to: int | None = None,
        given: bool = False,
        today: date,
    ) -> None:
        """Answer a request with something better than "no", or note that mine was declined.

        later: the request comes back on `back_on`. introduce: an introduction to `introduce_to`, or to the
        contact whose full name the note is, begins. network: what they asked for becomes what they look
        for. A smaller piece, a resource or advice counts as given once it is marked done, with `given` at once.
        """
        words = many_lines(note, "note")
        if given and way_out.strip().casefold() not in GIVEN_AT_ONCE:
            raise Refused(
                f"“{way_out[:40]}” is not given at once", f"That can be said of {', '.join(sorted(GIVEN_AT_ONCE))}"
            )

        def work(writer: Writer) -> str:
            before = interactions.favor(favor_id)
            if before is None:
                raise Refused(f"There is no favor {favor_id}", "See “planner ledger” for ids")
            after = favors.decline(before, way_out, words, today, back_on)
            interactions.update_favor(writer, before, favors.done(after, today) if given else after)
            if after.way_out == "introduce":
                self._introduce_instead(writer, after, introduce_to, today)
            elif after.way_out == "network":
                self._ask_my_network(writer, after, today)
            return before.contact_name

        said = "Offered {} something else" if way_out else "{} declined; they could be asked again"
        self.store.write("favor", lambda name: said.format(name), work, today=today)

    @staticmethod
    def _introduce_instead(writer: Writer, favor: Favor, other: int | None, today: date) -> None:
        from planner.store.facts import introductions

        named = contacts.by_exact_name(favor.way_out_note)
        if other is None and len(named) == 1:
            other = named[0][0]
        if other is None or other == favor.contact_id:
            return
        present_names([other])
        pair = {other, favor.contact_id}
        under_way = introductions.introductions(with_contact=other)
        if not any({one.one_id, one.other_id} == pair for one in under_way):
            introductions.insert_introduction(writer, other, favor.contact_id, favor.note or favor.kind, today)

    @staticmethod
    def _ask_my_network(writer: Writer, favor: Favor, today: date) -> None:
        before = contacts.read_contacts([favor.contact_id])[favor.contact_id].looking_for
        wanted = favor.note or favor.way_out_note
        if wanted.casefold() not in before.casefold():
            together = f"{before}; {wanted}" if before else wanted
            contacts.update_contact(writer, favor.contact_id, {"looking_for": one_line(together, "need")}, today)

    def ledger(self, contact_id: int | None = None, *, today: date) -> Ledger:
        """The four lanes with their rows by due date, and how often help went each way."""
        last_week = today - timedelta(days=WEEK)
        with self.store.read():
            favors = interactions.all_favors(contact_id)
            known = open_items.items_with_ids(f"v{one.id}" for one in favors if lane(one) is not None)
        lanes: dict[str, list[LedgerRow]] = {name: [] for name in LANES}
        helped = set()
        for favor in favors:
            # As on the agenda: snoozed, on a day chosen by hand, or silent.
            item, where = known.get(f"v{favor.id}"), lane(favor)
            if item is not None and where is not None:
                state = item_state(item, self.settings, today)
                lanes[where].append(LedgerRow(favor, item, days_past(item, today), state))
            given_on = favor.done_on if favor.direction is FavorDirection.GIVEN else None
            if given_on is not None and last_week < given_on <= today:
                helped.add(favor.contact_id)
        for rows in lanes.values():
            rows.sort(key=lambda row: (row.item.due, row.favor.contact_name, row.favor.id))
        return Ledger({name: tuple(rows) for name, rows in lanes.items()}, balances(favors), len(helped))
