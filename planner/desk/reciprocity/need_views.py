"""What the desk shows of needs: coverage, told-lists and whom to tell next. Inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.needs import KNOWS_OF_IT, Hearing, answers_due, hearing
from planner.desk.shared.context import Context
from planner.desk.values import NeedPeople, NeedView
from planner.store.facts import needs
from planner.store.views import need_counts

if TYPE_CHECKING:
    from planner.core.needs import Need, Told
    from planner.core.network.telling import Suggestions


def views(context: Context, *, closed: bool, names: bool) -> tuple[NeedView, ...]:
    """The open or the closed needs with their coverage; with `names` of closed ones who is still to hear."""
    everyone, found = needs.reachable_people(), needs.needs(closed)
    keys = [need.id for need in found]
    # Counted by the database: reading who was told, name by name, takes ten times as long.
    nudged = context.today - timedelta(days=context.settings.nudge_days)
    known = need_counts.coverage_of(keys, nudged)
    hear = need_counts.to_hear_counts(keys) if closed else {}
    return tuple(
        _view(need, known[need.id], everyone, hear.get(need.id, 0), _to_hear(need) if closed and names else ())
        for need in found
    )


def view_of(context: Context, need: Need, told: Sequence[Told]) -> NeedView:
    """One need with its coverage, and once it is closed who is still to hear how it went."""
    due = answers_due(told, context.today, context.settings)
    waiting = tuple(one for one in told if hearing(one) is Hearing.TO_HEAR) if need.closed_on is not None else ()
    nobody_asked = context.today - timedelta(days=context.settings.nudge_days)
    _, _, more = need_counts.coverage_of([need.id], nobody_asked)[need.id]
    count = sum(1 for one in told if one.state in KNOWS_OF_IT)
    return _view(need, (count, len(due), more), needs.reachable_people(), len(waiting), waiting)


def _view(
    need: Need, known: tuple[int, int, int], everyone: int, hear: int, to_hear: tuple[Told, ...]
) -> NeedView:
    told, due, more = known
    posts = tuple(needs.posts_of(need.id))
    seen = needs.could_have_seen(need.id, (one.channel for one in posts))
    return NeedView(need, told, everyone + more, due if need.closed_on is None else 0, to_hear, hear, posts, seen)


def _to_hear(need: Need) -> tuple[Told, ...]:
    return tuple(one for one in needs.told_of(need.id) if hearing(one) is Hearing.TO_HEAR)


def people_of(context: Context, need: Need, ranked: Suggestions | None) -> NeedPeople:
    """A need with its told-list, and whom to tell next; `ranked` is an earlier ranking to keep."""
    told = needs.told_of(need.id)
    view = view_of(context, need, told)
    if need.closed_on is not None:
        from planner.core.network.telling import NOBODY  # as below

        return NeedPeople(view, tuple(told), (), NOBODY)
    if ranked is not None:
        from planner.store.views.whom_to_tell import without  # as below

        found = without(ranked, [one.contact_id for one in told], context.today)
    else:
        found = suggestions(need, told, context.today, most=0)
    return NeedPeople(view, tuple(told), answers_due(told, context.today, context.settings), found)


def suggestions(need: Need, told: Sequence[Told], today: date, *, most: int | None) -> Suggestions:
    """Whom to tell of a need next; at least the first `most` are read, without it everybody."""
    # Late: most verbs about needs rank nobody.
    from planner.core.network.sought import sought
    from planner.store.views.whom_to_tell import others, whom_to_tell

    found = whom_to_tell(sought(need.title, need.why, need.who), [one.contact_id for one in told], today)
    start, stop = found.unread(0, len(found) if most is None else most)
    found.take(start, others(found, start, stop))
    return found
