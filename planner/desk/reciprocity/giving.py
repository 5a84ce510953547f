"""Giving: one page of what I could give in two minutes, picked from facts alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from planner.core import favors
from planner.core.giving import Giving, ThankYou, weeks_in_a_row
from planner.core.loops import Touch
from planner.desk.done import Done
from planner.desk.reciprocity.loops import present_favor, step_favor, touch
from planner.desk.shared.checks import present_name
from planner.desk.shared.context import Context, Said

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

YEARS = 3
MATCHES = 10
"""How many matches the best one is chosen from."""


class GivingFirst:
    """Suggestions what to give when nobody waits."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def page(self) -> Giving:
        """One match, one tie gone quiet, one thank-you, and the run of weeks in which I helped, as far as they exist.

        Three different people if possible: nobody is on the page both as a tie and in thanks.
        """
        from planner.store.facts import wishes
        from planner.store.views import giving

        today = self._context.today
        with self._context.store.read():
            matches = wishes.matches(MATCHES)
            quiet = giving.quiet_tie(today)
            thanks = giving.thank_you(today, quiet.contact_id if quiet is not None else None)
            days = giving.days_of_help(today - timedelta(days=366 * YEARS))
            unknown = giving.wish_unknown(today) if self._context.config.ask_wishes else None
        return Giving(matches[0] if matches else None, quiet, thanks, weeks_in_a_row(days, today), unknown)

    def thank(self, thanks: ThankYou) -> Done:
        """Note that I thanked somebody: owed thanks are said, or said once more, which is an attempt of mine today."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            name = present_name(thanks.contact_id)
            if not thanks.owed:
                said = Touch.mine(f"thanked for: {thanks.words}")
                touch(writer, thanks.contact_id, f"v{thanks.favor_id}", said, today)
            else:
                favor = present_favor(thanks.favor_id)
                step_favor(writer, favor, favors.thank(favor, today), today)
            return f"Thanked {name}: {thanks.words}", [thanks.contact_id]

        return self._context.write("thank", work)
