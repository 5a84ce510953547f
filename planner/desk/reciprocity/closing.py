"""Closing a need: the people who are still to hear how it went."""

from __future__ import annotations

from planner.core.needs import Told
from planner.desk.reciprocity.need_steps import closed_need
from planner.desk.shared.context import Context
from planner.desk.values import ClosingPage
from planner.store.views.of_needs import need_counts, told_list


class Closing:
    """Queries about closed needs; `desk.needs` has the verbs."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def page(self, need_id: int) -> ClosingPage:
        """The page of a closed need: who is still to hear, heard, or was let be; raises Refused for an open one."""
        with self._context.store.read():
            need = closed_need(need_id)
            first = tuple(told_list.first_to_hear(need_id))
            told, _, _ = need_counts.coverage_of([need_id], self._context.today)[need_id]
            let_be = need_counts.let_be_count(need_id)
            waiting = need_counts.to_hear_counts([need_id])[need_id]
        return ClosingPage(need, told, told - waiting - let_be, let_be, first, waiting - len(first))

    def to_hear(self, page: ClosingPage, start: int, stop: int) -> list[Told]:
        """The people still to hear, from index `start` on the page up to `stop`."""
        found, before = list(page.first[start:stop]), len(page.first)
        if stop > before:
            with self._context.store.read():
                found += told_list.others_to_hear(page.need.id, max(0, start - before), stop - before)
        return found

    def everybody(self, page: ClosingPage) -> list[tuple[int, str]]:
        """(id, name) of everybody who is still to hear, in page order."""
        with self._context.store.read():
            found = told_list.others_named(page.need.id)
        return [*((one.contact_id, one.name) for one in page.first), *found]
