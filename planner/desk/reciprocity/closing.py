"""Closing a need: who is still to hear how it went."""

from __future__ import annotations

from collections import Counter

from planner.core.needs import KNOWS_OF_IT, Hearing, ToldState, hearing
from planner.desk.reciprocity.need_steps import closed_need
from planner.desk.shared.context import Context
from planner.desk.values import ClosingPage
from planner.store.facts import needs

ORDER = (ToldState.HELPED, ToldState.PASSED)
"""Who stands first on the page: those who helped, then those who passed it on."""


class Closing:
    """Questions about closed needs; what is done about them is said to `desk.needs`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def page(self, need_id: int) -> ClosingPage:
        """Who is still to hear how a closed need went, and how many heard or were let be; Refused for an open one."""
        with self._context.store.read():
            need = closed_need(need_id)
            told = needs.told_of(need_id)
        count = Counter(hearing(one) for one in told)
        waiting = [one for one in told if hearing(one) is Hearing.TO_HEAR]
        waiting.sort(key=lambda one: ORDER.index(one.state) if one.state in ORDER else len(ORDER))
        knew = sum(1 for one in told if one.state in KNOWS_OF_IT)
        return ClosingPage(need, knew, count[Hearing.HEARD], count[Hearing.LET_BE], tuple(waiting))
