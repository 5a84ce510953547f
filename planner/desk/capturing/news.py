"""Writes what a captured line says about my needs: told, asked, passed on, cannot help. Inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core.capture.facts import Capture, CapturedFact, CapturedNews, CapturedNote
from planner.core.needs import KNOWS_OF_IT, ToldState, can_be_told, check_step, is_theirs
from planner.desk.capturing.loops import is_about
from planner.desk.shared.context import Context
from planner.desk.shared.whom import find_contact
from planner.errors import PlannerError
from planner.store.facts import needs

if TYPE_CHECKING:
    from planner.core.needs import Need
    from planner.store.row_writer import Writer

_CHIPS = {
    ToldState.TOLD: "told of the need: {need}",
    ToldState.ASKED: "you asked: {need}",
    ToldState.PASSED: "passed on to {to}: {need}",
    ToldState.DECLINED: "cannot help: {need}",
}


def with_news(line: Capture) -> Capture:
    """The line, in which each note about exactly one need of mine becomes news of it; other notes stay notes."""
    if not any(isinstance(fact, CapturedNote) and fact.news is not None for fact in line.facts):
        return line
    ids = []
    for name in line.who:
        try:
            ids.append(find_contact(name))
        except PlannerError:
            return line
    return replace(line, facts=tuple(_meant(fact, ids) for fact in line.facts))


def _meant(fact: CapturedFact, ids: Sequence[int]) -> CapturedFact:
    if not isinstance(fact, CapturedNote) or fact.news is None or not ids:
        return fact
    news = fact.news
    about = [ids[place] for place in news.who] or list(ids)
    found = [need for need in needs.needs() if all(_fits(need, news, contact_id) for contact_id in about)]
    if len(found) != 1:
        return fact
    chip = _CHIPS[news.state].format(need=found[0].title, to=news.to)
    return replace(news, start=fact.start, end=fact.end, chip=chip, need_id=found[0].id)


def _fits(need: Need, news: CapturedNews, contact_id: int) -> bool:
    """Whether news of a contact may concern a need: by its words, or as an answer of somebody who was told."""
    entry = needs.told_entry(need.id, contact_id)
    answers = news.state in (ToldState.PASSED, ToldState.DECLINED)
    if is_theirs(need, contact_id) or not (news.about or answers):
        return False
    if news.about and not is_about(news.about, need.title):
        return False
    if answers and (entry is None or entry.state not in KNOWS_OF_IT):
        return False
    if news.state is ToldState.TOLD:
        return can_be_told(entry, news.on)
    try:
        check_step(entry, news.state)
    except PlannerError:
        return news.state is ToldState.PASSED
    return True


def write_news(writer: Writer, context: Context, contact_id: int, fact: CapturedNews) -> None:
    """Take the step of the told-list that a part of a line states."""
    from planner.desk.reciprocity import need_steps  # few lines are about a need

    if fact.need_id is None:
        return
    need = need_steps.present_need(fact.need_id)
    match fact.state:
        case ToldState.TOLD:
            need_steps.tell_of(writer, need, contact_id, fact.on)
        case ToldState.ASKED:
            need_steps.ask_for(writer, need, contact_id, fact.on)
        case ToldState.DECLINED:
            need_steps.cannot_help(writer, need, contact_id, fact.on, context.settings)
        case ToldState.PASSED:
            need_steps.pass_on(writer, need, contact_id, fact.to, fact.on, context.today, context.settings)
