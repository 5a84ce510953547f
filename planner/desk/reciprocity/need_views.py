"""Views of needs: coverage, told-lists and whom to tell next. Inside a transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.needs import Hearing, ToldGroup, hearing
from planner.desk.shared.context import Context
from planner.desk.values import NeedPeople, NeedView
from planner.store.facts import needs
from planner.store.views.of_needs import need_counts

if TYPE_CHECKING:
    from planner.core.needs import Need, Told
    from planner.core.network.telling import Suggestions


def views(context: Context, *, closed: bool, names: bool) -> tuple[NeedView, ...]:
    """The open or the closed needs with their coverage; with `names`, closed ones list the people still to hear."""
    everyone, found = needs.reachable_people(), needs.needs(closed)
    keys = [need.id for need in found]
    # Counted by the database: reading everyone who was told, by name, takes ten times as long.
    known = need_counts.coverage_of(keys, _nudged(context))
    hear = need_counts.to_hear_counts(keys) if closed else {}
    return tuple(
        _view(need, known[need.id], everyone, hear.get(need.id, 0), _to_hear(need) if closed and names else ())
        for need in found
    )


def view_of(context: Context, need: Need, *, names: bool = False) -> NeedView:
    """One need with its coverage; with `names`, a closed one lists the people still to hear how it went."""
    over = need.closed_on is not None
    known = need_counts.coverage_of([need.id], _nudged(context))[need.id]
    hear = need_counts.to_hear_counts([need.id])[need.id] if over else 0
    return _view(need, known, needs.reachable_people(), hear, _to_hear(need) if over and names else ())


def _nudged(context: Context) -> date:
    """The day of a nudge: somebody told on or before it, and silent since, is due to be asked again."""
    return context.today - timedelta(days=context.settings.nudge_days)


def _view(need: Need, known: tuple[int, int, int], everyone: int, hear: int, to_hear: tuple[Told, ...]) -> NeedView:
    told, due, more = known
    posts = tuple(needs.posts_of(need.id))
    seen = needs.could_have_seen(need.id, (one.channel for one in posts))
    return NeedView(need, told, everyone + more, due if need.closed_on is None else 0, to_hear, hear, posts, seen)


def _to_hear(need: Need) -> tuple[Told, ...]:
    return tuple(one for one in needs.told_of(need.id) if hearing(one) is Hearing.TO_HEAR)


def people_of(context: Context, need: Need, ranked: Suggestions | None) -> NeedPeople:
    """A need with its told-list, and whom to tell next; `ranked` is an earlier ranking to keep."""
    from planner.store.views.of_needs import told_list  # late: most verbs about needs list nobody

    view = view_of(context, need)
    groups = told_list.group_counts(need.id, view.answers_due)
    helpers = tuple(told_list.names_in(need.id, ToldGroup.HELPED)) if ToldGroup.HELPED in groups else ()
    if need.closed_on is not None:
        from planner.core.network.telling import NOBODY  # as below

        return NeedPeople(view, groups, None, helpers, NOBODY)
    if ranked is not None:
        from planner.store.views.of_needs.whom_to_tell import without_told  # as below

        found = without_told(ranked, context.today)
    else:
        found = suggestions(need, context.today, most=0)
    return NeedPeople(view, groups, _nudged(context), helpers, found)


def suggestions(need: Need, today: date, *, most: int | None) -> Suggestions:
    """Whom to tell of a need next; at least the first `most` are read, or everybody."""
    # Late: most verbs about needs rank nobody.
    from planner.core.network.sought import sought
    from planner.store.views.of_needs.whom_to_tell import others, whom_to_tell

    found = whom_to_tell(sought(need.title, need.why, need.who), need.id, today)
    start, stop = found.unread(0, len(found) if most is None else most)
    found.take(start, others(found, start, stop))
    return found
