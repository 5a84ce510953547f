"""Verbs of needs: what I look for, who was told, who helped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import FavorDirection, FavorState, ItemKind
from planner.desk.base import listed, many_lines, not_after, not_before, one_line, present_names
from planner.desk.introductions import IntroductionVerbs
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.model import Favor, OpenItem
    from planner.core.needs import Need, Suggestion, Told, ToldState
    from planner.desk.values import Etiquette, NeedPeople, NeedView
    from planner.store.row_writer import Writer


class NeedVerbs(IntroductionVerbs):
    """Telling people what I need, and keeping in mind what they said."""

    def add_need(self, title: str, *, why: str = "", by: date | None = None, today: date) -> int:
        """Add something I look for and give its id."""
        from planner.store.facts import needs

        name, reason = one_line(title, "title", 200), many_lines(why, "why")
        if not name:
            raise Refused("A need has to say what is needed", "Be specific, such as “a job at the port of Lyon”")
        if by is not None:
            not_before(by, today, "The day it is needed by")
        return self.store.write(
            "need", f"Need: {name}", lambda writer: needs.insert_need(writer, name, reason, by, today), today=today
        )

    def edit_need(
        self,
        need_id: int,
        *,
        title: str | None = None,
        why: str | None = None,
        by: date | None = None,
        no_day: bool = False,
        version: int | None = None,
        today: date,
    ) -> None:
        """Change what a need says; what is None stays, and `no_day` takes its day away.

        `version` is the one the changes were made against: what another session changed since is kept.
        """
        from planner.store.facts import needs

        changes: dict[str, Any] = {}
        if title is not None:
            changes["title"] = one_line(title, "title", 200)
            if not changes["title"]:
                raise Refused("A need has to say what is needed", "Be specific, such as “a job at the port of Lyon”")
        if why is not None:
            changes["why"] = many_lines(why, "why")
        if by is not None or no_day:
            changes["wanted_by"] = by

        def work(writer: Writer) -> str:
            need = self._need(need_id)
            if by is not None and by != need.by:
                not_before(by, today, "The day it is needed by")
            needs.update_need(writer, need_id, version, **changes)
            return need.title

        self.store.write("need", lambda name: f"Changed the need {name}", work, today=today)

    @staticmethod
    def _need(need_id: int, *, must_be_open: bool = True) -> Need:
        from planner.core.needs import check_open
        from planner.store.facts import needs

        found = needs.need(need_id)
        if found is None:
            raise Refused(f"There is no need {need_id}", "See “planner need list” for what there is")
        if must_be_open:
            check_open(found)
        return found

    def need_tell(self, need_id: int, contact_id: int, *, on: date | None = None, today: date) -> None:
        """A contact was told about a need; an answer is asked after in a week."""
        self._told(need_id, contact_id, "told", on, today, "Told {} about {}")

    def need_tell_all(self, need_id: int, contact_ids: Sequence[int], *, today: date) -> None:
        """Several contacts were told about a need, as one step; who has gone further stays as they are."""
        from planner.core.needs import ToldState, can_be_told, check_step
        from planner.store.facts import needs

        def work(writer: Writer) -> tuple[list[str], str]:
            need, names = self._need(need_id), present_names(contact_ids)
            before = {one.contact_id: one for one in needs.told_of(need_id)}
            told = [key for key in names if can_be_told(before.get(key))]
            if not told and names:
                check_step(before[next(iter(names))], ToldState.TOLD)
            for contact_id in told:
                needs.set_told(writer, need_id, contact_id, ToldState.TOLD, today)
            return [names[key] for key in told], need.title

        self.store.write("need", lambda found: f"Told {listed(found[0])} about {found[1]}", work, today=today)

    def need_declined(self, need_id: int, contact_id: int, *, on: date | None = None, today: date) -> None:
        """A contact cannot help with a need; their ask, if there is one, is closed kindly."""
        self._told(need_id, contact_id, "declined", on, today, "{} cannot help with {}")

    def _told(self, need_id: int, contact_id: int, state: str, on: date | None, today: date, words: str) -> None:
        from planner.core import favors
        from planner.core.needs import ToldState, check_step
        from planner.store.facts import interactions, needs

        when = on or today
        not_after(when, today, "What happened")

        def work(writer: Writer) -> tuple[str, str]:
            need, name = self._need(need_id), present_names([contact_id])[contact_id]
            check_step(needs.told_entry(need_id, contact_id), ToldState(state))
            needs.set_told(writer, need_id, contact_id, ToldState(state), when)
            favor = self._ask_of(need_id, contact_id)
            if state == "declined" and favor is not None and favor.state in (FavorState.ASKED, FavorState.PROMISED):
                interactions.update_favor(writer, favor, favors.decline(favor, "", "", when))
            return name, need.title

        self.store.write("need", lambda found: words.format(*found), work, today=today)

    @staticmethod
    def _ask_of(need_id: int, contact_id: int) -> Favor | None:
        """The ask a told-list entry became, or None."""
        from planner.store.facts import interactions, needs

        entry = needs.told_entry(need_id, contact_id)
        return interactions.favor(entry.favor_id) if entry is not None and entry.favor_id is not None else None

    def need_ask(
        self, need_id: int, contact_id: int, *, on: date | None = None, kind: str = "other", note: str = "", today: date
    ) -> int:
        """A contact was asked directly: an ask in the ledger, with its nudges; gives the favor's id."""
        from planner.core.favors import check_kind
        from planner.core.needs import ToldState, check_step
        from planner.store.facts import interactions, needs

        when = on or today
        not_after(when, today, "What happened")
        sort, words = check_kind(kind), many_lines(note, "note")

        def work(writer: Writer) -> tuple[int, str, str]:
            need, name = self._need(need_id), present_names([contact_id])[contact_id]
            check_step(needs.told_entry(need_id, contact_id), ToldState.ASKED)
            key = interactions.insert_favor(
                writer,
                contact=contact_id,
                direction=str(FavorDirection.RECEIVED),
                kind=sort,
                state=str(FavorState.ASKED),
                asked_on=when,
                note=words or need.title,
                need_id=need_id,
            )
            needs.set_told(writer, need_id, contact_id, ToldState.ASKED, when, favor_id=key)
            return key, name, need.title

        key, _, _ = self.store.write("need", lambda found: f"Asked {found[1]}: {found[2]}", work, today=today)
        return key

    def need_helped(self, need_id: int, contact_id: int, *, on: date | None = None, today: date) -> None:
        """A contact helped with a need: thanks are owed, and later the outcome."""
        from planner.core import favors
        from planner.core.needs import ToldState, check_step
        from planner.store.facts import interactions, needs

        when = on or today
        not_after(when, today, "What happened")

        def work(writer: Writer) -> tuple[str, str]:
            need, name = self._need(need_id), present_names([contact_id])[contact_id]
            check_step(needs.told_entry(need_id, contact_id), ToldState.HELPED)
            favor = self._ask_of(need_id, contact_id)
            if favor is not None and favors.lane(favor) == "i_asked":
                interactions.update_favor(writer, favor, favors.done(favor, when))
                key = favor.id
            else:
                key = interactions.insert_favor(
                    writer,
                    contact=contact_id,
                    direction=str(FavorDirection.RECEIVED),
                    kind="other",
                    state=str(FavorState.DONE),
                    done_on=when,
                    note=need.title,
                    need_id=need_id,
                )
            needs.set_told(writer, need_id, contact_id, ToldState.HELPED, when, favor_id=key)
            return name, need.title

        self.store.write("need", lambda found: f"{found[0]} helped with {found[1]}", work, today=today)

    def need_passed(self, need_id: int, contact_id: int, to: str, *, on: date | None = None, today: date) -> int:
        """A contact passed a need on to somebody: a full name, new or known, or #ID; they are told by that.

        An ask to the contact is answered so: thanks come next. Gives the id of the person it was passed to.
        """
        from planner.core import favors
        from planner.core.needs import ToldState, can_be_told
        from planner.store.facts import acquaintances, interactions, needs

        when, name_of = on or today, one_line(to, "name")
        not_after(when, today, "What happened")
        if not name_of:
            raise Refused("Nobody was named", "Say whom it was passed on to")

        def work(writer: Writer) -> tuple[int, str, str]:
            self._need(need_id)
            name = present_names([contact_id])[contact_id]
            other, other_name = self._known_or_new(writer, name_of, f"through {name}", today)
            if other == contact_id:
                raise Refused(f"{name} cannot pass it on to themselves", "Name somebody else")
            entry, favor = needs.told_entry(need_id, contact_id), self._ask_of(need_id, contact_id)
            helped = entry is not None and entry.state is ToldState.HELPED
            if favor is not None and favors.lane(favor) == "i_asked":
                interactions.update_favor(writer, favor, favors.done(favor, when))
            state = ToldState.HELPED if helped else ToldState.PASSED
            needs.set_told(writer, need_id, contact_id, state, when, passed_to=other)
            if can_be_told(needs.told_entry(need_id, other)):
                needs.set_told(writer, need_id, other, ToldState.TOLD, when)
            acquaintances.insert_acquaintance(writer, contact_id, other, other_name, "", "", "", today)
            return other, name, other_name

        other, _, _ = self.store.write(
            "need", lambda found: f"{found[1]} passed it on to {found[2]}", work, today=today
        )
        return other

    def _known_or_new(self, writer: Writer, name: str, source: str, today: date) -> tuple[int, str]:
        """(id, name) of the contact of a full name or #ID; a name nobody has becomes a contact for occasions."""
        from planner.store.facts import contacts

        if name.startswith("#"):
            key = self._find(name)
            return key, present_names([key])[key]
        exact = contacts.by_exact_name(name)
        if len(exact) > 1:
            raise self._several(name, exact)
        if exact:
            return exact[0]
        values = {"name": name, "source": source, "mode": "occasion", "typed": "name"}
        return contacts.insert_contact(writer, values, today), name

    def need_close(self, need_id: int, *, outcome: str = "", today: date) -> tuple[str, ...]:
        """Close a need: asks still open are left to rest. Gives the names of those to be told how it went."""
        from planner.core import favors
        from planner.store.facts import interactions, needs

        words = many_lines(outcome, "outcome")

        def work(writer: Writer) -> tuple[str, tuple[str, ...]]:
            need = self._need(need_id)
            needs.update_need(writer, need_id, closed_on=today, outcome=words)
            to_tell = []
            for favor in needs.favors_of_need(need_id):
                match favors.lane(favor):
                    case "to_close":
                        to_tell.append(favor.contact_name)
                    case "i_asked":
                        interactions.update_favor(writer, favor, favors.rest(favor, today))
            return need.title, tuple(dict.fromkeys(to_tell))

        _, to_tell = self.store.write("need", lambda found: f"Closed the need {found[0]}", work, today=today)
        return to_tell

    def needs(self, *, today: date, closed: bool = False) -> tuple[NeedView, ...]:
        """The needs with their coverage, the one wanted soonest first."""
        from planner.store.facts import needs

        with self.store.read():
            return tuple(self._view(need, needs.told_of(need.id), today) for need in needs.needs(closed))

    def _view(self, need: Need, told: Sequence[Told], today: date) -> NeedView:
        from planner.core.needs import answers_due
        from planner.desk.values import NeedView
        from planner.store.facts import needs

        due = len(answers_due(told, today, self.settings)) if need.closed_on is None else 0
        return NeedView(need, len(told), needs.to_tell(need.id), due)

    def need_show(
        self, need_id: int, *, today: date, offset: int = 0, limit: int = 100_000
    ) -> tuple[NeedView, tuple[tuple[int, str, ToldState], ...]]:
        """One need with its coverage, and (id, name, state) of everyone it could be told to, by name."""
        from planner.store.facts import needs

        with self.store.read():
            need = self._need(need_id, must_be_open=False)
            view = self._view(need, needs.told_of(need_id), today)
            return view, tuple(needs.people_of_need(need_id, offset, limit))

    def need_people(self, need_id: int, *, today: date, suggestions: bool = True) -> NeedPeople:
        """One need with everyone in it: who was told and where they stand, then whom to tell next.

        Without `suggestions` those are left out: to rank everyone takes its time in a large needs.
        """
        from planner.core.needs import answers_due, suggest
        from planner.desk.values import NeedPeople
        from planner.store.facts import needs

        with self.store.read():
            need = self._need(need_id, must_be_open=False)
            told = needs.told_of(need_id)
            view = self._view(need, told, today)
            still_open = need.closed_on is None
            wanted = still_open and suggestions
            found = needs.candidates([one.contact_id for one in told]) if wanted else []
        due = answers_due(told, today, self.settings) if still_open else ()
        return NeedPeople(view, tuple(told), due, suggest(need, found, today))

    def need_told(self, need_id: int) -> tuple[Told, ...]:
        """Everyone told about a need or beyond, by name."""
        from planner.store.facts import needs

        with self.store.read():
            self._need(need_id, must_be_open=False)
            return tuple(needs.told_of(need_id))

    def need_suggest(self, need_id: int, *, today: date) -> tuple[Suggestion, ...]:
        """Everyone not told yet, the likeliest to help first, each with why."""
        from planner.core.needs import suggest
        from planner.store.facts import needs

        with self.store.read():
            need = self._need(need_id)
            told = [one.contact_id for one in needs.told_of(need_id)]
            found = needs.candidates(told)
        return suggest(need, found, today)

    def need_drafts(self, need_id: int, contact_ids: Sequence[int], template: str, *, today: date) -> dict[int, str]:
        """A message to each contact from a template, by id."""
        from planner.core.needs import draft
        from planner.store.facts import contacts, import_candidates

        with self.store.read():
            need, names = self._need(need_id), present_names(contact_ids)
            last = import_candidates.last_reached(contact_ids)
            about = contacts.read_contacts(contact_ids)
        return {key: draft(template, need, name, last.get(key), about[key].offers) for key, name in names.items()}

    def _network_step(self, writer: Writer, item: OpenItem, day: date) -> str:
        """Done for a need: asked again."""
        from planner.core.needs import ToldState
        from planner.store.facts import needs

        if item.kind is not ItemKind.NEED:
            return super()._network_step(writer, item, day)
        key = int(item.id[1:])
        needs.set_told(writer, key, item.contact_id, ToldState.TOLD, day)
        return f"Asked {item.contact_name} again: {self._need(key).title}"

    # Before asking

    def etiquette(self, contact_id: int, *, today: date) -> Etiquette:
        """What to know before asking somebody directly, with one concrete thing to give, if the data has one."""
        from planner.core.introductions import stage
        from planner.desk.values import Etiquette
        from planner.store.facts import import_candidates, interactions

        card = self.card(contact_id, today=today, history=1)
        with self.store.read():
            favors = interactions.favors_with(contact_id)
            last = import_candidates.last_reached([contact_id]).get(contact_id)
        given = [one.done_on for one in favors if one.direction is FavorDirection.GIVEN and one.done_on is not None]
        asked = [
            one.asked_on for one in favors if one.direction is FavorDirection.RECEIVED and one.asked_on is not None
        ]
        promised = [
            one.note or one.kind
            for one in favors
            if one.state is FavorState.PROMISED and one.direction is FavorDirection.GIVEN
        ]
        under_way = self.introductions(with_contact=contact_id)
        agreed = next((one for one in under_way if stage(one) == "agreed"), None)
        give, stands = card.give, ""
        if not give and agreed is not None:
            other = agreed.other_name if agreed.one_id == contact_id else agreed.one_name
            give, stands = f"introduce them to {other}: both said yes", "introduction"
        elif not give and promised:
            give, stands = f"what you promised: {promised[0]}", "promise"
        return Etiquette(
            contact_id=contact_id,
            name=card.contact.name,
            last_contact=last,
            last_ask=max(asked, default=None),
            last_gave=max(given, default=None),
            promises=tuple(promised),
            give=give,
            give_stands=stands,
            give_match=card.give_match,
        )
