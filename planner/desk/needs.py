"""Needs: what I look for, who was told, who helped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.typed import exact_date
from planner.core.favors import check_kind
from planner.core.model import FavorDirection, FavorState
from planner.core.needs import ToldState, answers_due, can_be_told, check_open, check_step, draft, suggest
from planner.desk.done import Done
from planner.desk.shared.checks import listed, many_lines, not_after, not_before, one_line, present_name, present_names
from planner.desk.shared.context import Context, Said
from planner.desk.shared.whom import find_contact, several
from planner.desk.values import NeedPeople, NeedView
from planner.errors import Refused
from planner.store.facts import acquaintances, contacts, import_candidates, interactions, needs

if TYPE_CHECKING:
    from planner.core.model import Favor, OpenItem
    from planner.core.needs import Need, Suggestion, Told
    from planner.store.row_writer import Writer


class Needs:
    """Telling people what I need, and keeping in mind what they said; each verb with one person or several."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, title: str, *, why: str = "", by: date | None = None) -> Done:
        """Add something I look for and give its id."""
        name, reason, today = one_line(title, "title", 200), many_lines(why, "why"), self._context.today
        if not name:
            raise _says_nothing()
        if by is not None:
            not_before(by, today, "The day it is needed by")
        return self._context.write(
            "need", lambda writer: (f"You look for: {name}", [needs.insert_need(writer, name, reason, by, today)])
        )

    def edit(
        self,
        need_id: int,
        *,
        title: str | None = None,
        why: str | None = None,
        by: date | None = None,
        no_day: bool = False,
        version: int | None = None,
    ) -> Done:
        """Change what a need says; what is None stays, and `no_day` takes its day away.

        `version` is the one the changes were made against: what another session changed since is kept.
        """
        today = self._context.today
        changes: dict[str, Any] = {}
        if title is not None:
            changes["title"] = one_line(title, "title", 200)
            if not changes["title"]:
                raise _says_nothing()
        if why is not None:
            changes["why"] = many_lines(why, "why")
        if by is not None or no_day:
            changes["wanted_by"] = by

        def work(writer: Writer) -> Said:
            need = _need(need_id)
            if by is not None and by != need.by:
                not_before(by, today, "The day it is needed by")
            needs.update_need(writer, need_id, version, **changes)
            return f"Changed: {changes.get('title', need.title)}", [need_id]

        return self._context.write("need", work)

    # What people said

    def _with_each(
        self,
        need_id: int,
        contact_ids: Sequence[int],
        on: date | None,
        step: Callable[[Writer, Need, int, date], int | None],
        words: str,
    ) -> Done:
        """Take a step with each contact; `words` has {names} and {need}. A step may give the id of what it made."""
        when = on or self._context.today
        not_after(when, self._context.today, "What happened")

        def work(writer: Writer) -> Said:
            need, names = _need(need_id), present_names(contact_ids)
            made = [step(writer, need, contact_id, when) for contact_id in names]
            said = words.format(names=listed(names.values()), need=need.title)
            return said, [key for key in made if key is not None] or list(names)

        return self._context.write("need", work)

    def tell(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Contacts were told about a need; an answer is asked after in a week.

        Of several those who have gone further stay as they are; refused where nobody is left to tell.
        """
        when = on or self._context.today
        not_after(when, self._context.today, "What happened")

        def work(writer: Writer) -> Said:
            need, names = _need(need_id), present_names(contact_ids)
            before = {key: needs.told_entry(need_id, key) for key in names}
            told = [key for key in names if can_be_told(before[key])]
            if not told:
                check_step(before[contact_ids[0]], ToldState.TOLD)
            for contact_id in told:
                needs.set_told(writer, need_id, contact_id, ToldState.TOLD, when)
            who, news = listed(names[key] for key in told), when + timedelta(days=self._context.settings.nudge_days)
            return f"Told {who} about {need.title}; news is asked after on {exact_date(news)}", told

        return self._context.write("need", work)

    def declined(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Contacts cannot help with a need; their ask, if there is one, is closed kindly."""

        def step(writer: Writer, _: Need, contact_id: int, when: date) -> None:
            check_step(needs.told_entry(need_id, contact_id), ToldState.DECLINED)
            needs.set_told(writer, need_id, contact_id, ToldState.DECLINED, when)
            favor = _ask_of(need_id, contact_id)
            if favor is not None and favor.state in (FavorState.ASKED, FavorState.PROMISED):
                interactions.update_favor(writer, favor, favors.decline(favor, "", "", when))

        words = "{names} cannot help with {need}; they could be asked again one day"
        return self._with_each(need_id, contact_ids, on, step, words)

    def ask(
        self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None, kind: str = "other", note: str = ""
    ) -> Done:
        """Contacts were asked directly: an ask each in the ledger, with its nudges; gives the favors' ids."""
        sort, said = check_kind(kind), many_lines(note, "note")

        def step(writer: Writer, need: Need, contact_id: int, when: date) -> int:
            check_step(needs.told_entry(need_id, contact_id), ToldState.ASKED)
            state = {"state": str(FavorState.ASKED), "asked_on": when}
            key = _insert_favor(writer, need_id, contact_id, kind=sort, note=said or need.title, **state)
            needs.set_told(writer, need_id, contact_id, ToldState.ASKED, when, favor_id=key)
            return key

        nudge = (on or self._context.today) + timedelta(days=self._context.settings.nudge_days)
        words = f"You asked {{names}}: {{need}}; a nudge is due {exact_date(nudge)}"
        return self._with_each(need_id, contact_ids, on, step, words)

    def helped(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Contacts helped with a need: thanks are owed, and later the outcome."""

        def step(writer: Writer, need: Need, contact_id: int, when: date) -> None:
            check_step(needs.told_entry(need_id, contact_id), ToldState.HELPED)
            favor = _ask_of(need_id, contact_id)
            if favor is not None and favors.lane(favor) == "i_asked":
                interactions.update_favor(writer, favor, favors.done(favor, when))
                key = favor.id
            else:
                state = {"state": str(FavorState.DONE), "done_on": when}
                key = _insert_favor(writer, need_id, contact_id, kind="other", note=need.title, **state)
            needs.set_told(writer, need_id, contact_id, ToldState.HELPED, when, favor_id=key)

        return self._with_each(need_id, contact_ids, on, step, "{names} helped with {need}; thanks come next")

    def passed(self, need_id: int, contact_id: int, to: str, *, on: date | None = None) -> Done:
        """A contact passed a need on to somebody: a full name, new or known, or #ID; they are told by that.

        An ask to the contact is answered so: thanks come next. Gives the id of the person it was passed to.
        """
        today, name_of = self._context.today, one_line(to, "name")
        when = on or today
        not_after(when, today, "What happened")
        if not name_of:
            raise Refused("Nobody was named", "Say whom it was passed on to")

        def work(writer: Writer) -> Said:
            _need(need_id)
            name = present_name(contact_id)
            other, other_name = _known_or_new(writer, name_of, f"through {name}", today)
            if other == contact_id:
                raise Refused(f"{name} cannot pass it on to themselves", "Name somebody else")
            entry, favor = needs.told_entry(need_id, contact_id), _ask_of(need_id, contact_id)
            helped = entry is not None and entry.state is ToldState.HELPED
            if favor is not None and favors.lane(favor) == "i_asked":
                interactions.update_favor(writer, favor, favors.done(favor, when))
            state = ToldState.HELPED if helped else ToldState.PASSED
            needs.set_told(writer, need_id, contact_id, state, when, passed_to=other)
            if can_be_told(needs.told_entry(need_id, other)):
                needs.set_told(writer, need_id, other, ToldState.TOLD, when)
            acquaintances.insert_acquaintance(writer, contact_id, other, other_name, "", "", "", today)
            return f"{name} passed it on to {other_name} (#{other})", [other]

        return self._context.write("need", work)

    def close(self, need_id: int, *, outcome: str = "") -> Done:
        """Close a need: asks still open are left to rest, and the sentence names those to be told how it went."""
        words, today = many_lines(outcome, "outcome"), self._context.today

        def work(writer: Writer) -> Said:
            need = _need(need_id)
            needs.update_need(writer, need_id, closed_on=today, outcome=words)
            to_tell: dict[str, None] = {}
            for favor in needs.favors_of_need(need_id):
                match favors.lane(favor):
                    case "to_close":
                        to_tell[favor.contact_name] = None
                    case "i_asked":
                        interactions.update_favor(writer, favor, favors.rest(favor, today))
            then = f"; thank {', '.join(to_tell)} and tell how it went" if to_tell else ""
            return f"Closed: {need.title}{then}", [need_id]

        return self._context.write("need", work)

    # What there is

    def all(self, *, closed: bool = False) -> tuple[NeedView, ...]:
        """The needs with their coverage, the one wanted soonest first."""
        with self._context.store.read():
            return tuple(self._view(need, needs.told_of(need.id)) for need in needs.needs(closed))

    def _view(self, need: Need, told: Sequence[Told]) -> NeedView:
        due = answers_due(told, self._context.today, self._context.settings) if need.closed_on is None else ()
        return NeedView(need, len(told), needs.to_tell(need.id), len(due))

    def show(
        self, need_id: int, *, offset: int = 0, limit: int = 100_000
    ) -> tuple[NeedView, tuple[tuple[int, str, ToldState], ...]]:
        """One need with its coverage, and (id, name, state) of everyone it could be told to, by name."""
        with self._context.store.read():
            view = self._view(_need(need_id, must_be_open=False), needs.told_of(need_id))
            return view, tuple(needs.people_of_need(need_id, offset, limit))

    def people(self, need_id: int, *, suggestions: bool = True) -> NeedPeople:
        """One need with everyone in it: who was told and where they stand, then whom to tell next.

        Without `suggestions` those are left out: to rank everyone takes its time in a large network.
        """
        today = self._context.today
        with self._context.store.read():
            need = _need(need_id, must_be_open=False)
            told = needs.told_of(need_id)
            view = self._view(need, told)
            still_open = need.closed_on is None
            wanted = still_open and suggestions
            found = needs.candidates([one.contact_id for one in told]) if wanted else []
        due = answers_due(told, today, self._context.settings) if still_open else ()
        return NeedPeople(view, tuple(told), due, suggest(need, found, today))

    def told(self, need_id: int) -> tuple[Told, ...]:
        """Everyone told about a need or beyond, by name."""
        with self._context.store.read():
            _need(need_id, must_be_open=False)
            return tuple(needs.told_of(need_id))

    def suggest(self, need_id: int) -> tuple[Suggestion, ...]:
        """Everyone not told yet, the likeliest to help first, each with why."""
        with self._context.store.read():
            need = _need(need_id)
            found = needs.candidates([one.contact_id for one in needs.told_of(need_id)])
        return suggest(need, found, self._context.today)

    def drafts(self, need_id: int, contact_ids: Sequence[int], template: str) -> dict[int, str]:
        """A message to each contact from a template, by id."""
        with self._context.store.read():
            need, names = _need(need_id), present_names(contact_ids) if contact_ids else {}
            last = import_candidates.last_reached(contact_ids)
            about = contacts.read_contacts(contact_ids)
        return {key: draft(template, need, name, last.get(key), about[key].offers) for key, name in names.items()}


def ask_again(writer: Writer, item: OpenItem, day: date) -> str:
    """Done for the item of a need: news was asked for again; gives the sentence."""
    need_id = int(item.id[1:])
    needs.set_told(writer, need_id, item.contact_id, ToldState.TOLD, day)
    return f"Asked {item.contact_name} again: {_need(need_id).title}"


def _says_nothing() -> Refused:
    return Refused("A need has to say what is needed", "Be specific, such as “a job at the port of Lyon”")


def _need(need_id: int, *, must_be_open: bool = True) -> Need:
    found = needs.need(need_id)
    if found is None:
        raise Refused(f"There is no need {need_id}", "See “planner need list” for what there is")
    if must_be_open:
        check_open(found)
    return found


def _ask_of(need_id: int, contact_id: int) -> Favor | None:
    """The ask a told-list entry became, or None."""
    entry = needs.told_entry(need_id, contact_id)
    return interactions.favor(entry.favor_id) if entry is not None and entry.favor_id is not None else None


def _insert_favor(writer: Writer, need_id: int, contact_id: int, **values: Any) -> int:
    direction = str(FavorDirection.RECEIVED)
    return interactions.insert_favor(writer, contact=contact_id, direction=direction, need_id=need_id, **values)


def _known_or_new(writer: Writer, name: str, source: str, today: date) -> tuple[int, str]:
    """(id, name) of the contact of a full name or #ID; a name nobody has becomes a contact for occasions."""
    if name.startswith("#"):
        key = find_contact(name)
        return key, present_name(key)
    exact = contacts.by_exact_name(name)
    if len(exact) > 1:
        raise several(name, exact)
    if exact:
        return exact[0]
    values = {"name": name, "source": source, "mode": "occasion", "typed": "name"}
    return contacts.insert_contact(writer, values, today), name
