"""The cases of two other libraries, told anew with days of our own: where we agree, refuse or differ, and why.

The cases are those of libical (src/test/icalrecur_test.txt) and of rrule.js (test/rrule.test.ts, which took them
over from dateutil). Times of day are left out, since all days here are civil; the days were checked with dateutil.
"""

from __future__ import annotations

from datetime import date

import pytest

from planner.core.dates.recurrence import check_rule, occurrences
from planner.errors import Refused
from tests.cases import case

# (rule, first possible day, every day it falls on)
AGREE = [
    # libical: every day of a month, weeks by their number, days of the year.
    (
        "FREQ=YEARLY;UNTIL=20270104;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
        "2026-12-30",
        "2027-01-01 2027-01-02 2027-01-03 2027-01-04",
    ),
    ("FREQ=DAILY;UNTIL=20270104T140000Z;BYMONTH=1", "2026-12-30", "2027-01-01 2027-01-02 2027-01-03 2027-01-04"),
    ("FREQ=YEARLY;COUNT=5;BYMONTH=6,7", "2026-06-10", "2026-06-10 2026-07-10 2027-06-10 2027-07-10 2028-06-10"),
    (
        "FREQ=YEARLY;INTERVAL=2;COUNT=5;BYMONTH=1,2,3",
        "2026-03-10",
        "2026-03-10 2028-01-10 2028-02-10 2028-03-10 2030-01-10",
    ),
    (
        "FREQ=YEARLY;INTERVAL=3;COUNT=5;BYYEARDAY=1,100,200",
        "2026-01-01",
        "2026-01-01 2026-04-10 2026-07-19 2029-01-01 2029-04-10",
    ),
    ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "2026-05-18", "2026-05-18 2027-05-17 2028-05-15"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "2026-05-11", "2026-05-11 2027-05-17 2028-05-15"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU;COUNT=3", "2026-05-11", "2026-05-18 2027-05-17 2028-05-15"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=FR;COUNT=3", "2026-05-11", "2026-05-18 2027-05-17 2028-05-15"),
    ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU,SA;COUNT=4", "2026-01-10", "2026-12-29 2027-01-02 2032-12-28 2033-01-01"),
    (
        "FREQ=YEARLY;BYWEEKNO=1,2,-1,-2;BYDAY=TU;COUNT=8",
        "2026-01-01",
        "2026-01-06 2026-12-22 2026-12-29 2027-01-05 2027-01-12 2027-12-21 2027-12-28 2028-01-04",
    ),
    ("FREQ=YEARLY;BYWEEKNO=6;BYDAY=TU;WKST=TH;COUNT=4", "2026-01-01", "2026-02-10 2027-02-09 2028-02-08 2029-02-13"),
    (
        "FREQ=YEARLY;BYWEEKNO=1,2;BYDAY=SA;WKST=TU;COUNT=6",
        "2026-01-11",
        "2027-01-02 2027-01-09 2028-01-08 2028-01-15 2029-01-06 2029-01-13",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=1,2;BYDAY=SA;WKST=SU;COUNT=6",
        "2026-01-11",
        "2026-01-17 2027-01-09 2027-01-16 2028-01-08 2028-01-15 2029-01-06",
    ),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=5", "2026-03-12", "2026-03-12 2026-03-19 2026-03-26 2027-03-04 2027-03-11"),
    ("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8;COUNT=4", "2026-08-20", "2026-08-20 2026-08-27 2027-06-03 2027-06-10"),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
        "2024-11-05",
        "2024-11-05 2028-11-07 2032-11-02",
    ),
    (
        "FREQ=YEARLY;COUNT=4;BYDAY=FR;BYYEARDAY=-275,-276,-277,-278,-279,-280,-281",
        "2026-03-27",
        "2026-03-27 2027-03-26 2028-03-31 2029-03-30",
    ),
    ("FREQ=YEARLY;BYYEARDAY=3,2;COUNT=4", "2027-01-03", "2027-01-03 2028-01-02 2028-01-03 2029-01-02"),
    (
        "FREQ=YEARLY;BYYEARDAY=1,2,3,4,5,6,7;BYSETPOS=3,2;COUNT=4",
        "2027-01-03",
        "2027-01-03 2028-01-02 2028-01-03 2029-01-02",
    ),
    (
        "FREQ=YEARLY;BYMONTH=1,2,3;BYMONTHDAY=29;BYSETPOS=3,2;COUNT=4",
        "2028-02-29",
        "2028-02-29 2028-03-29 2029-03-29 2030-03-29",
    ),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30;BYWEEKNO=1;COUNT=3", "2026-11-01", "2030-12-30 2031-12-30 2036-12-30"),
    # libical: months.
    ("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "2026-09-04", "2026-09-04 2026-10-02 2026-11-06 2026-12-04"),
    ("FREQ=MONTHLY;UNTIL=20261224T000000Z;BYDAY=1FR", "2026-09-04", "2026-09-04 2026-10-02 2026-11-06 2026-12-04"),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
        "2026-09-06",
        "2026-09-06 2026-09-27 2026-11-01 2026-11-29 2027-01-03 2027-01-31",
    ),
    ("FREQ=MONTHLY;COUNT=4;BYDAY=-2MO", "2026-09-21", "2026-09-21 2026-10-19 2026-11-23 2026-12-21"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6",
        "2026-09-28",
        "2026-09-28 2026-10-29 2026-11-28 2026-12-29 2027-01-29 2027-02-26",
    ),
    ("FREQ=MONTHLY;COUNT=5;BYMONTHDAY=2,15", "2026-09-02", "2026-09-02 2026-09-15 2026-10-02 2026-10-15 2026-11-02"),
    (
        "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=1,-1",
        "2026-09-30",
        "2026-09-30 2026-10-01 2026-10-31 2026-11-01 2026-11-30 2026-12-01",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=8;BYMONTHDAY=10,11,12,13,14,15",
        "2026-09-10",
        "2026-09-10 2026-09-11 2026-09-12 2026-09-13 2026-09-14 2026-09-15 2028-03-10 2028-03-11",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU;COUNT=8",
        "2026-09-01",
        "2026-09-01 2026-09-08 2026-09-15 2026-09-22 2026-09-29 2026-11-03 2026-11-10 2026-11-17",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5",
        "2026-09-02",
        "2026-11-13 2027-08-13 2028-10-13 2029-04-13 2029-07-13",
    ),
    (
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=4",
        "2026-09-12",
        "2026-09-12 2026-10-10 2026-11-07 2026-12-12",
    ),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "2026-09-03", "2026-09-03 2026-10-07 2026-11-05"),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4",
        "2026-09-29",
        "2026-09-29 2026-10-29 2026-11-27 2026-12-30",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2027-01-15", "2027-01-15 2027-01-30 2027-02-15 2027-03-15 2027-03-30"),
    ("FREQ=MONTHLY;BYMONTH=5,4;COUNT=4", "2027-05-01", "2027-05-01 2028-04-01 2028-05-01 2029-04-01"),
    ("FREQ=MONTHLY;INTERVAL=13;BYMONTH=5;COUNT=2", "2025-02-12", "2028-05-12 2041-05-12"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYSETPOS=1,2,-1,-2;COUNT=6",
        "2026-08-10",
        "2026-08-10 2026-09-01 2026-09-02 2026-09-09 2026-09-10 2026-10-01",
    ),
    (
        "FREQ=MONTHLY;BYDAY=1MO,1TU,2SA,3MO;BYSETPOS=1,-1,3;COUNT=5",
        "2026-06-01",
        "2026-06-01 2026-06-13 2026-06-15 2026-07-06 2026-07-11",
    ),
    # libical: weeks and days.
    ("FREQ=WEEKLY;COUNT=4", "2026-09-01", "2026-09-01 2026-09-08 2026-09-15 2026-09-22"),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4", "2026-09-01", "2026-09-01 2026-09-15 2026-09-29 2026-10-13"),
    ("FREQ=WEEKLY;COUNT=5;WKST=SU;BYDAY=TU,TH", "2026-09-01", "2026-09-01 2026-09-03 2026-09-08 2026-09-10 2026-09-15"),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=7;WKST=SU;BYDAY=MO,WE,FR",
        "2026-08-31",
        "2026-08-31 2026-09-02 2026-09-04 2026-09-14 2026-09-16 2026-09-18 2026-09-28",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;WKST=WE;BYDAY=MO,WE,FR;COUNT=7",
        "2026-08-31",
        "2026-08-31 2026-09-09 2026-09-11 2026-09-14 2026-09-23 2026-09-25 2026-09-28",
    ),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "2026-08-04", "2026-08-04 2026-08-09 2026-08-18 2026-08-23"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "2026-08-04", "2026-08-04 2026-08-16 2026-08-18 2026-08-30"),
    ("FREQ=WEEKLY;INTERVAL=1;COUNT=2;BYDAY=MO;", "2026-10-05", "2026-10-05 2026-10-12"),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=6;WKST=MO;BYDAY=SU,TU,TH",
        "2026-12-31",
        "2026-12-31 2027-01-03 2027-01-12 2027-01-14 2027-01-17 2027-01-26",
    ),
    ("FREQ=WEEKLY;BYDAY=WE,FR;INTERVAL=2;COUNT=4", "2026-12-29", "2026-12-30 2027-01-01 2027-01-13 2027-01-15"),
    ("FREQ=WEEKLY;COUNT=3;BYDAY=SU,TH,TH", "2026-11-22", "2026-11-22 2026-11-26 2026-11-29"),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,SU,SA,TH;BYSETPOS=3,2;COUNT=4",
        "2026-11-24",
        "2026-11-24 2026-11-26 2026-12-01 2026-12-03",
    ),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,3;COUNT=3", "2026-11-25", "2026-11-25 2026-11-30 2026-12-02"),
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", "2026-09-02", "2026-09-02 2026-09-12 2026-09-22 2026-10-02 2026-10-12"),
    ("FREQ=DAILY;COUNT=5;BYMONTH=1;INTERVAL=3", "2026-12-30", "2027-01-02 2027-01-05 2027-01-08 2027-01-11 2027-01-14"),
    ("FREQ=DAILY;COUNT=4;BYMONTHDAY=20,-2", "2027-02-20", "2027-02-20 2027-02-27 2027-03-20 2027-03-30"),
    ("FREQ=DAILY;BYMONTH=5,4;BYMONTHDAY=1;COUNT=4", "2027-05-01", "2027-05-01 2028-04-01 2028-05-01 2029-04-01"),
    (
        "FREQ=DAILY;COUNT=7;BYDAY=MO,TU,WE,TH,FR;WKST=SU",
        "2026-11-26",
        "2026-11-26 2026-11-27 2026-11-30 2026-12-01 2026-12-02 2026-12-03 2026-12-04",
    ),
    # rrule.js, which took over dateutil's: parts of every kind, one by one and together.
    ("FREQ=YEARLY;COUNT=3;BYMONTH=1,3;BYMONTHDAY=5,7", "2026-09-02", "2027-01-05 2027-01-07 2027-03-05"),
    ("FREQ=YEARLY;COUNT=3;BYDAY=1TU,-1TH", "2026-09-02", "2026-12-31 2027-01-05 2027-12-30"),
    ("FREQ=YEARLY;COUNT=3;BYDAY=3TU,-3TH", "2026-09-02", "2026-12-17 2027-01-19 2027-12-16"),
    ("FREQ=YEARLY;COUNT=3;BYMONTH=1,3;BYDAY=3TU,-3TH", "2026-09-02", "2027-01-14 2027-01-19 2027-03-11"),
    ("FREQ=YEARLY;COUNT=3;BYMONTHDAY=1,3;BYDAY=TU,TH", "2026-09-02", "2026-09-03 2026-10-01 2026-11-03"),
    ("FREQ=YEARLY;COUNT=4;BYYEARDAY=1,100,200,365", "2026-09-02", "2026-12-31 2027-01-01 2027-04-10 2027-07-19"),
    ("FREQ=YEARLY;COUNT=4;BYYEARDAY=-365,-266,-166,-1", "2026-09-02", "2026-12-31 2027-01-01 2027-04-10 2027-07-19"),
    (
        "FREQ=YEARLY;COUNT=4;BYMONTH=4,7;BYYEARDAY=1,100,200,365",
        "2026-09-02",
        "2027-04-10 2027-07-19 2028-04-09 2028-07-18",
    ),
    ("FREQ=YEARLY;COUNT=3;BYWEEKNO=1;BYDAY=MO", "2026-09-02", "2027-01-04 2028-01-03 2029-01-01"),
    ("FREQ=YEARLY;COUNT=3;BYWEEKNO=52;BYDAY=SU", "2026-09-02", "2026-12-27 2028-01-02 2028-12-31"),
    ("FREQ=YEARLY;COUNT=3;BYWEEKNO=-1;BYDAY=SU", "2026-09-02", "2027-01-03 2028-01-02 2028-12-31"),
    ("FREQ=YEARLY;COUNT=3;BYWEEKNO=53;BYDAY=MO", "2026-09-02", "2026-12-28 2032-12-27 2037-12-28"),
    ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=1,3;BYDAY=TU,TH", "2026-09-02", "2026-09-03 2026-10-01 2026-11-03"),
    ("FREQ=MONTHLY;COUNT=3;BYMONTH=1,3;BYDAY=TU,TH", "2026-09-02", "2027-01-05 2027-01-07 2027-01-12"),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=3TU,-3TH", "2026-09-02", "2026-09-10 2026-09-15 2026-10-15"),
    ("FREQ=MONTHLY;COUNT=4;BYYEARDAY=1,100,200,365", "2026-09-02", "2026-12-31 2027-01-01 2027-04-10 2027-07-19"),
    (
        "FREQ=MONTHLY;COUNT=4;BYMONTH=4,7;BYYEARDAY=-365,-266,-166,-1",
        "2026-09-02",
        "2027-04-10 2027-07-19 2028-04-10 2028-07-19",
    ),
    ("FREQ=WEEKLY;COUNT=3;INTERVAL=20", "2026-09-02", "2026-09-02 2027-01-20 2027-06-09"),
    ("FREQ=WEEKLY;COUNT=3;BYMONTH=1,3", "2026-09-02", "2027-01-06 2027-01-13 2027-01-20"),
    ("FREQ=WEEKLY;COUNT=3;BYMONTH=1,3;BYDAY=TU,TH", "2026-09-02", "2027-01-05 2027-01-07 2027-01-12"),
    ("FREQ=WEEKLY;COUNT=3;BYMONTHDAY=1,3", "2026-09-02", "2026-09-03 2026-10-01 2026-10-03"),
    ("FREQ=DAILY;COUNT=3;INTERVAL=92", "2026-09-02", "2026-09-02 2026-12-03 2027-03-05"),
    ("FREQ=DAILY;COUNT=3;BYMONTH=1,3;BYMONTHDAY=1,3;BYDAY=TU,TH", "2026-09-02", "2029-03-01 2030-01-01 2030-01-03"),
    ("FREQ=DAILY;COUNT=4;BYYEARDAY=-365,-266,-166,-1", "2026-09-02", "2026-12-31 2027-01-01 2027-04-10 2027-07-19"),
]


def days_of(rule: str, since: str) -> str:
    """Every day of a rule as one text."""
    start = date.fromisoformat(since)
    found = occurrences(check_rule(rule, start), start, start, date(2200, 12, 31))
    return " ".join(day.isoformat() for day in found)


def test_rules_fall_on_the_days_that_other_libraries_find() -> None:
    for rule, since, days in AGREE:
        with case(rule, since):
            assert days_of(rule, since) == days


# (rule, first possible day, a part of the reason)
REFUSED = [
    # Finer than a day: nobody is called every hour. libical leaves such parts out where a day is all there is.
    ("FREQ=HOURLY;INTERVAL=3;COUNT=3", "2026-09-02", "more than once a day"),
    ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "2026-09-02", "more than once a day"),
    ("FREQ=SECONDLY;BYSECOND=5,4;COUNT=5", "2026-09-02", "more than once a day"),
    ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40", "2026-09-02", "more than once a day"),
    ("FREQ=DAILY;BYMINUTE=1,2,3,4;INTERVAL=2;COUNT=3", "2026-09-02", "more than once a day"),
    # Other calendars and other ways to skip (RFC 7529), and rrule.js's Easter, are parts of no rule here.
    ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;COUNT=3", "2026-02-17", "a part I do not know"),
    ("FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3", "2026-01-31", "a part I do not know"),
    ("FREQ=YEARLY;BYEASTER=0;COUNT=3", "2026-09-02", "a part I do not know"),
    # Weeks by their number within days, weeks and months: RFC 5545 forbids it, dateutil reads it.
    ("FREQ=DAILY;COUNT=3;BYWEEKNO=20", "2026-09-02", "only with FREQ=YEARLY"),
    ("FREQ=WEEKLY;COUNT=3;BYWEEKNO=20", "2026-09-02", "only with FREQ=YEARLY"),
    ("FREQ=MONTHLY;COUNT=3;BYWEEKNO=20", "2026-09-02", "only with FREQ=YEARLY"),
    # Numbered weekdays in days and weeks: forbidden too, and read there as if they had no number.
    ("FREQ=WEEKLY;COUNT=3;BYDAY=1TU,-1TH", "2026-09-02", "may number weekdays only"),
    ("FREQ=DAILY;COUNT=3;BYDAY=1TU,-1TH", "2026-09-02", "may number weekdays only"),
    # RFC 5545 joins numbered and plain weekdays, dateutil keeps what is both.
    ("FREQ=MONTHLY;COUNT=4;BYDAY=1MO,TU", "2026-09-02", "mixes numbered and plain weekdays"),
    # Two ends: RFC 5545 forbids them, rrule.js takes the earlier one.
    ("FREQ=DAILY;COUNT=3;UNTIL=20260905", "2026-09-02", "two ends"),
    # Days that never come, on which other libraries give nothing or look for them for a long time.
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-09-02", "no day within 50 years"),
    ("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=31;BYMONTH=6", "2026-09-02", "no day within 50 years"),
    ("FREQ=YEARLY;BYDAY=SU;BYMONTH=0;COUNT=100", "2026-09-02", "BYMONTH that cannot be"),
    ("FREQ=YEARLY;BYDAY=54MO", "2026-09-02", "weekday number 54"),
    ("FREQ=DAILY;INTERVAL=0", "2026-09-02", "INTERVAL from 1"),
    ("FREQ=DAILY;COUNT=0", "2026-09-02", "COUNT from 1"),
    ("COUNT=3;BYDAY=MO", "2026-09-02", "needs FREQ"),
]


def test_what_is_refused_says_why() -> None:
    for rule, since, reason in REFUSED:
        with case(rule), pytest.raises(Refused, match=reason):
            check_rule(rule, date.fromisoformat(since))


# (rule, first possible day, the first days here, the first days there)
DIFFER = [
    # A month without the day is not left out: the last one stands for it, so that nobody waits two months.
    ("FREQ=MONTHLY;COUNT=4", "2027-01-31", "2027-01-31 2027-02-28 2027-03-31 2027-04-30", "2027-01-31 2027-03-31"),
    ("FREQ=YEARLY;COUNT=3", "2028-02-29", "2028-02-29 2029-02-28 2030-02-28", "2028-02-29 2032-02-29"),
    ("FREQ=MONTHLY;BYMONTH=2,3;COUNT=2", "2026-12-30", "2027-02-28 2027-03-30", "2027-03-30 2028-03-30"),
    # An UNTIL with a time is that whole civil day: at midnight UTC, a rule of 9 o'clock has ended the day before.
    ("FREQ=WEEKLY;UNTIL=20261006T000000Z;BYDAY=TU,TH", "2026-09-29", "2026-09-29 2026-10-01 2026-10-06",
     "2026-09-29 2026-10-01"),
    # RFC 5545 leaves open which days of a week, or of which month, are meant. We read it as dateutil and rrule.js do:
    # all of them. libical takes the weekday and the month of the first day.
    ("FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "2026-05-12", "2026-05-12 2026-05-13 2026-05-14",
     "2026-05-12 2027-05-18 2028-05-16"),
    ("FREQ=YEARLY;BYWEEKNO=53;COUNT=2", "2026-09-06", "2026-12-28 2026-12-29", "2027-01-03 2033-01-02"),
    ("FREQ=YEARLY;BYMONTHDAY=29;COUNT=3", "2028-02-29", "2028-02-29 2028-03-29 2028-04-29",
     "2028-02-29 2032-02-29 2036-02-29"),
    ("FREQ=YEARLY;BYMONTHDAY=-29,-1;COUNT=4", "2028-02-01", "2028-02-01 2028-02-29 2028-03-03 2028-03-31",
     "2028-02-01 2028-02-29 2029-02-28 2030-02-28"),
    # dateutil and rrule.js count places in the first week from the first day on; libical as we do, over all of it.
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2", "2026-11-25", "2026-11-30 2026-12-07",
     "2026-11-25 2026-11-30"),
    # A rule that is silent for more than 50 years has ended.
    ("FREQ=YEARLY;INTERVAL=100;COUNT=2;BYMONTHDAY=2;BYMONTH=9", "1997-09-02", "1997-09-02", "1997-09-02 2097-09-02"),
]  # fmt: skip


def test_where_we_differ_the_days_are_the_ones_we_chose() -> None:
    for rule, since, here, there in DIFFER:
        with case(rule, since):
            assert days_of(rule, since) == here
            assert here != there
