"""Needs: what I look for, who was told, who helped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.shown import exact_date
from planner.core.favors import check_kind
from planner.core.model import FavorState
from planner.core.needs import (
    ToldState,
    can_be_told,
    check_step,
    hears_by_ledger,
    is_theirs,
)
from planner.core.words.counts import people_word
from planner.desk.done import Done
from planner.desk.reciprocity import need_views
from planner.desk.reciprocity.loops import step_favor
from planner.desk.reciprocity.need_steps import (
    ask_for,
    cannot_help,
    check_other,
    closed_need,
    end_with,
    owe_thanks,
    pass_on,
    present_need,
    tell_of,
    tell_whose,
)
from planner.desk.shared.checks import listed, many_lines, not_after, not_before, one_line, present_name, present_names
from planner.desk.shared.context import Context, Said
from planner.desk.values import NeedPeople, NeedView
from planner.errors import Refused
from planner.store.facts import contact_names, needs
from planner.store.facts import favors as ledger
from planner.store.views.of_needs import need_counts, told_list

if TYPE_CHECKING:
    from planner.core.needs import Need, Told, ToldGroup
    from planner.core.network.telling import Row, Suggestions
    from planner.store.row_writer import Writer


class Needs:
    """Verbs about needs and their told-lists; a step is taken with one person or with several."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, title: str, *, why: str = "", by: date | None = None, who: str = "") -> Done:
        """Add a need; `who` describes people who might know. The result has its id."""
        name, reason, today = one_line(title, "title", 200), many_lines(why, "why"), self._context.today
        knowing = one_line(who, "line about who would know")
        if not name:
            raise _says_nothing()
        if by is not None:
            not_before(by, today, "The day it is needed by")
        return self._context.write(
            "need",
            lambda writer: (
                f"You look for: {name}", [needs.insert_need(writer, name, reason, by, today, who=knowing)]
            ),
        )  # fmt: skip

    def edit(
        self,
        need_id: int,
        *,
        title: str | None = None,
        why: str | None = None,
        by: date | None = None,
        who: str | None = None,
        no_day: bool = False,
        version: int | None = None,
    ) -> Done:
        """Change a need; a field given as None stays, and `no_day` removes its day.

        `version` is the version the changes were made against: other fields that another session changed stay.
        """
        today = self._context.today
        changes: dict[str, Any] = {}
        if title is not None:
            changes["title"] = one_line(title, "title", 200)
            if not changes["title"]:
                raise _says_nothing()
        if why is not None:
            changes["why"] = many_lines(why, "why")
        if who is not None:
            changes["who"] = one_line(who, "line about who would know")
        if by is not None or no_day:
            changes["wanted_by"] = by

        def work(writer: Writer) -> Said:
            need = present_need(need_id)
            if by is not None and by != need.by:
                not_before(by, today, "The day it is needed by")
            needs.update_need(writer, need_id, version, **changes)
            for favor in ledger.favors_of_need(need_id) if "title" in changes else ():
                # Items that ask by the words of the need follow its new words.
                if favor.note == need.title and favors.lane(favor) is not None:
                    ledger.update_favor(writer, favor, replace(favor, note=changes["title"]))
            return f"Changed: {changes.get('title', need.title)}", [need_id]

        return self._context.write("need", work)

    # Steps with people

    def _with_each(
        self,
        need_id: int,
        contact_ids: Sequence[int],
        on: date | None,
        step: Callable[[Writer, Need, int, date], int | None],
        words: str,
        then: str = "",
        *,
        answers: bool = False,
    ) -> Done:
        """Take a step with each contact; `words` has {names} and {need}. A step may return the id of a new row.

        `then` ends the sentence unless all have died. Answers of people (`answers`) may come after a need is closed.
        """
        when = on or self._context.today
        not_after(when, self._context.today, "What happened")

        def work(writer: Writer) -> Said:
            need, names = present_need(need_id, must_be_open=not answers), present_names(contact_ids)
            for contact_id in names:
                check_other(need, contact_id)
            made = [step(writer, need, contact_id, when) for contact_id in names]
            said = words.format(names=listed(names.values()), need=need.title)
            said += then if any(map(contact_names.is_living, names)) else ""
            return said, [key for key in made if key is not None] or list(names)

        return self._context.write("need", work)

    def tell(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Note that I told contacts of a need; after a week it asks for their news.

        Contacts who have gone further, or were told that day already, stay as they are. Refused if nobody is left.
        """
        when = on or self._context.today
        not_after(when, self._context.today, "What happened")

        def work(writer: Writer) -> Said:
            need, names = present_need(need_id), present_names(contact_ids)
            before = {key: needs.told_entry(need_id, key) for key in names}
            told = [key for key in names if can_be_told(before[key], when) and not is_theirs(need, key)]
            if not told:
                check_other(need, contact_ids[0])
                check_step(before[contact_ids[0]], ToldState.TOLD, when)
            for contact_id in told:
                tell_of(writer, need, contact_id, when)
            who, news = listed(names[key] for key in told), when + timedelta(days=self._context.settings.nudge_days)
            entries = (needs.told_entry(need_id, key) for key in told)
            waits = any(one is not None and one.reachable for one in entries)
            then = f"; news is asked after on {exact_date(news)}" if waits else ""
            return f"Told {who} about {need.title}{then}", told

        return self._context.write("need", work)

    def declined(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Note that contacts cannot help with a need; an open ask to them is declined."""

        def step(writer: Writer, need: Need, contact_id: int, when: date) -> None:
            cannot_help(writer, need, contact_id, when, self._context.settings)

        words = "{names} cannot help with {need}; they could be asked again one day"
        return self._with_each(need_id, contact_ids, on, step, words, answers=True)

    def ask(
        self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None, kind: str = "other", note: str = ""
    ) -> Done:
        """Note that I asked contacts directly, each with an ask in the ledger. The result has the favors' ids."""
        sort, said = check_kind(kind), many_lines(note, "note")

        def step(writer: Writer, need: Need, contact_id: int, when: date) -> int:
            return ask_for(writer, need, contact_id, when, kind=sort, note=said)

        nudge = (on or self._context.today) + timedelta(days=self._context.settings.nudge_days)
        then = f"; a nudge is due {exact_date(nudge)}"
        return self._with_each(need_id, contact_ids, on, step, "You asked {names}: {need}", then)

    def helped(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Note that contacts helped with a need: I owe them thanks, and later the outcome."""

        def step(writer: Writer, need: Need, contact_id: int, when: date) -> None:
            check_step(needs.told_entry(need_id, contact_id), ToldState.HELPED)
            key = owe_thanks(writer, need, contact_id, when, self._context.settings, "other")
            needs.set_told(writer, need_id, contact_id, ToldState.HELPED, when, favor_id=key)
            tell_whose(writer, need, f"{present_name(contact_id)} can help with {need.title}", when)

        said = "{names} helped with {need}"
        return self._with_each(need_id, contact_ids, on, step, said, "; thanks come next", answers=True)

    def passed(self, need_id: int, contact_id: int, to: str, *, on: date | None = None) -> Done:
        """Note that a contact passed a need on to somebody: #ID, the name of a known person or a word of it, or a new
        name.

        With `core.needs.NEW` after it a name always means a new person.

        Thanks are owed to the contact, who becomes acquainted with the other; until I write to them, the other one has
        "heard of" it, with an item to write to them. The result has the id of the person it was passed on to.
        """
        today, settings, name_of = self._context.today, self._context.settings, one_line(to, "name")
        when = on or today
        not_after(when, today, "What happened")
        if not name_of:
            raise Refused("Nobody was named", "Say whom it was passed on to")

        def work(writer: Writer) -> Said:
            need, name = present_need(need_id, must_be_open=False), present_name(contact_id)
            other, other_name = pass_on(writer, need, contact_id, name_of, when, today, settings)
            said, reached = f"{name} passed it on to {other_name} (#{other})", needs.told_entry(need_id, other)
            waits = reached is not None and reached.state is ToldState.HEARD_OF and reached.reachable
            if waits and need.closed_on is None:
                said += f"; write to them by {exact_date(when + timedelta(days=settings.write_days))}"
            return said, [other]

        return self._context.write("need", work)

    def post(self, need_id: int, channel: str, *, text: str = "", on: date | None = None) -> Done:
        """Note that I wrote publicly about a need, for example on LinkedIn; the result has the id of the post.

        Readers of the channel could have seen it, but nobody counts as told.
        """
        where, words, today = one_line(channel, "channel", 60), many_lines(text, "text"), self._context.today
        when = on or today
        not_after(when, today, "What happened")
        if not where:
            raise Refused("No channel was named", "Say where it was posted, such as linkedin, or a circle")

        def work(writer: Writer) -> Said:
            need = present_need(need_id)
            key = needs.insert_post(writer, need_id, where, words, when)
            count = needs.could_have_seen(need_id, [where])
            seen = f"; {people_word(count)} could have seen it" if count else ""
            return f"Posted on {where}: {need.title}{seen}", [key]

        return self._context.write("need", work)

    def close(self, need_id: int, *, outcome: str = "") -> Done:
        """Close a need: open asks are left to rest, and everyone told or asked is to hear how it went.

        People who helped or passed it on hear through thanks and outcome in the ledger, the others through one item.
        """
        words, today, settings = many_lines(outcome, "outcome"), self._context.today, self._context.settings

        def work(writer: Writer) -> Said:
            need = present_need(need_id)
            needs.update_need(writer, need_id, closed_on=today, outcome=words)
            for favor in ledger.favors_of_need(need_id):
                if favors.lane(favor) == "i_asked":
                    step_favor(writer, favor, favors.rest(favor, today), today)
            by_ledger = [one for one in told_list.first_to_hear(need_id) if hears_by_ledger(one)]
            thanks = [one.name for one in by_ledger if one.owes is FavorState.DONE]
            thanked = [one.name for one in by_ledger if one.owes is not FavorState.DONE]
            tell_whose(writer, need, f"how it went with {need.title}{f': {words}' if words else ''}", today)
            waiting = need_counts.to_hear_counts([need_id])[need_id] - len(by_ledger)
            then = f"; thank {listed(thanks)}{'' if len(thanks) == 1 else ','} and tell how it went" if thanks else ""
            then += f"; tell {listed(thanked)} how it went" if thanked else ""
            if waiting:
                by = exact_date(today + timedelta(days=settings.hear_days))
                then += f"; {people_word(waiting)} {'is' if waiting == 1 else 'are'} to hear how it went by {by}"
            return f"Closed: {need.title}{then}", [need_id]

        return self._context.write("need", work)

    def heard(self, need_id: int, contact_ids: Sequence[int], *, on: date | None = None) -> Done:
        """Note that contacts heard how a closed need went; this also settles thanks owed for help with it."""
        return self._end_with(need_id, contact_ids, on or self._context.today, told=True)

    def let_be(self, need_id: int, contact_ids: Sequence[int]) -> Done:
        """Let contacts be: they need not hear how a closed need went."""
        return self._end_with(need_id, contact_ids, self._context.today, told=False)

    def _end_with(self, need_id: int, contact_ids: Sequence[int], when: date, *, told: bool) -> Done:
        not_after(when, self._context.today, "What happened")

        def work(writer: Writer) -> Said:
            need, names = closed_need(need_id), present_names(contact_ids)
            for contact_id in names:
                end_with(writer, need, contact_id, when, told=told)
            words = "Told {} how it went: {}" if told else "Let be: {} need not hear of {}"
            return words.format(listed(names.values()), need.title), list(names)

        return self._context.write("need", work)

    # Reading

    def all(self, *, closed: bool = False, names: bool = True) -> tuple[NeedView, ...]:
        """The open needs with their coverage, the one wanted soonest first; with `closed` the closed ones.

        Without `names`, the people still to hear how a closed one went are only counted.
        """
        with self._context.store.read():
            return need_views.views(self._context, closed=closed, names=names)

    def show(self, need_id: int) -> tuple[NeedView, tuple[tuple[int, str, ToldState], ...]]:
        """One need with its coverage, and (id, name, state) of everyone who was or could be told, by name."""
        with self._context.store.read():
            need = present_need(need_id, must_be_open=False)
            view = need_views.view_of(self._context, need, names=True)
            return view, tuple(needs.people_of_need(need_id))

    def people(self, need_id: int, *, ranked: Suggestions | None = None) -> NeedPeople:
        """One need with its told-list, and whom to tell next, of whom the first are read; see `others`.

        `ranked` is an earlier answer whose ranking is kept, without people told since.
        """
        with self._context.store.read():
            return need_views.people_of(self._context, present_need(need_id, must_be_open=False), ranked)

    def others(self, known: Suggestions, start: int, stop: int) -> list[Row]:
        """The people to tell without a match, from index `start` among them up to `stop`."""
        from planner.store.views.of_needs.whom_to_tell import others  # most verbs about needs rank nobody

        with self._context.store.read():
            return others(known, start, stop)

    def told_between(self, found: NeedPeople, group: ToldGroup, start: int, stop: int) -> list[Told]:
        """The contacts of one group of the told-list, from index `start` up to `stop`."""
        with self._context.store.read():
            return told_list.page(found.view.need.id, group, found.nudged, start, stop)

    def told_with(self, need_id: int, contact_ids: Collection[int]) -> list[Told]:
        """The told-list entries of some contacts, by name; contacts who were told nothing have none."""
        with self._context.store.read():
            return needs.told_with(need_id, contact_ids)

    def told_holding(
        self, found: NeedPeople, words: Collection[str], *, among: Collection[int] | None = None
    ) -> dict[ToldGroup, list[tuple[int, str]]]:
        """By group, (id, name) of everybody whose name or state in words contains all of some folded words.

        `among` limits it to some contacts.
        """
        with self._context.store.read():
            held = told_list.holding(found.view.need.id, found.nudged, words, self._context.today)
        if among is None:
            return held
        left = {group: [one for one in people if one[0] in among] for group, people in held.items()}
        return {group: people for group, people in left.items() if people}

    def suggestions_holding(
        self, known: Suggestions, words: Sequence[str], *, among: frozenset[int] | None = None
    ) -> Suggestions:
        """The people to tell whose name and reason contain all of some folded words; see `told_holding`."""
        from planner.store.views.of_needs.whom_to_tell import holding  # most verbs about needs rank nobody

        with self._context.store.read():
            return holding(known, words, among)

    def told(self, need_id: int) -> tuple[Told, ...]:
        """The told-list of a need, by name."""
        with self._context.store.read():
            present_need(need_id, must_be_open=False)
            return tuple(needs.told_of(need_id))

    def suggest(self, need_id: int, *, most: int | None = None) -> Suggestions:
        """Everyone not told yet, the likeliest to help first, each with a reason; the first `most` are read, or all."""
        with self._context.store.read():
            return need_views.suggestions(present_need(need_id), self._context.today, most=most)


def _says_nothing() -> Refused:
    return Refused("A need has to say what is needed", "Be specific, such as “a job at the port of Lyon”")
