"""The numbers a person may set in the configuration."""

from __future__ import annotations

from datetime import date, time

from planner.core.records import record


@record(frozen=True, slots=True)
class Settings:
    """The numbers a person may set; every one has the default of the design."""

    week_start: int = 0
    """First day of the week, 0 is Monday."""
    day_starts_at: time = time(4)
    daily_capacity: int = 5
    weekend: frozenset[int] = frozenset({5, 6})
    days_off: frozenset[date] = frozenset()
    date_order: str | None = None
    """How `01/02` is read: "dmy", "mdy" or None, which refuses it."""
    leap_birthday: str = "feb28"
    """When 29 February is kept in other years: "feb28" or "mar1"."""
    soon_days: int = 3
    attempt_days: int = 7
    request_days: int = 2
    answer_days: int = 2
    promise_days: int = 7
    nudge_days: int = 7
    nudges: int = 2
    write_days: int = 2
    """After how many days somebody whom a need was passed on to is written to."""
    hear_days: int = 2
    """After how many days those who were told of a need hear how it went."""
    loan_days: int = 28
    """When a loan without a day is to be home."""
    thanks_days: int = 2
    outcome_days: int = 14
    date_lead_days: int = 7
    date_belated_days: int = 7
    introduction_days: int = 5
    """After how many days a side of an introduction that was asked is asked again."""
    worked_days: int = 28
    """After how many days an introduction that was made is asked after."""
    later_days: int = 28
    """When an answer "later" without a date comes back."""
