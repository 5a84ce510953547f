"""The numbers that a person may set in the configuration."""

from __future__ import annotations

from datetime import date, time

from planner.core.records import record


@record(frozen=True, slots=True)
class Settings:
    """The numbers that a person may set; each has a default."""

    week_start: int = 0
    """First day of the week, 0 is Monday."""
    day_starts_at: time = time(4)
    daily_capacity: int = 5
    weekend: frozenset[int] = frozenset({5, 6})
    days_off: frozenset[date] = frozenset()
    date_order: str | None = None
    """How `01/02` is read: "dmy" or "mdy"; with None it is refused."""
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
    """Days until I should write to somebody to whom a need was passed on."""
    hear_days: int = 2
    """Days until those who were told of a need should hear how it went."""
    loan_days: int = 28
    """Days until a loan without a date should be returned."""
    thanks_days: int = 2
    outcome_days: int = 14
    date_lead_days: int = 7
    date_belated_days: int = 7
    introduction_days: int = 5
    """Days until a side of an introduction is asked again."""
    worked_days: int = 28
    """Days after an introduction until I ask whether it worked."""
    later_days: int = 28
    """Days until an answer "later" without a date comes back."""
