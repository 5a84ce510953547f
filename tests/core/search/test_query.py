"""The filter language of the contacts: what is typed, what it means, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import Settings
from planner.core.search.conditions import Condition, Operator, Query, describe
from planner.core.search.highlight import highlight
from planner.core.search.query import FIELDS, HAS, LONGEST, parse_query
from planner.core.words.folding import fold
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)
"""A Monday."""
SETTINGS = Settings()


def read(text: str, *, lenient: bool = False, settings: Settings = SETTINGS) -> Query:
    return parse_query(text, TODAY, settings, lenient=lenient)


def only(text: str) -> Condition:
    query = read(text)
    assert query.words == ()
    (condition,) = query.conditions
    return condition


def test_nothing_typed_is_everyone() -> None:
    assert read("  ") == Query()
    assert not read("")
    assert describe(read("")) == ""


def test_filters_and_words_stand_together() -> None:
    query = read('circle:work Zoë city:Lyon "Port of Lyon" -climbing #12')
    assert [(one.field, one.operator, one.values, one.negated) for one in query.conditions] == [
        ("circle", Operator.IS, ("work",), False),
        ("city", Operator.CONTAINS, ("lyon",), False),
        ("text", Operator.CONTAINS, ("climbing",), True),
        ("id", Operator.IS, ("12",), False),
    ]
    assert query.words == ("zoe", "port of lyon")


def test_a_filter_names_a_field_and_values() -> None:
    for text, field, operator, values in [
        ("circle:work,family", "circle", Operator.IS, ("work", "family")),
        ('circle:"Book Club",work', "circle", Operator.IS, ("book club", "work")),
        ("Circle:ÉCOLE", "circle", Operator.IS, ("ecole",)),
        ("company:acme", "company", Operator.CONTAINS, ("acme",)),
        ("name:ana", "name", Operator.CONTAINS, ("ana",)),
        ('looking:"a flat"', "looking", Operator.CONTAINS, ("a flat",)),
        ("source:linkedin", "source", Operator.IS, ("linkedin",)),
        ("mode:occasion", "mode", Operator.IS, ("occasion",)),
        ("status:archived,deceased", "status", Operator.IS, ("archived", "deceased")),
        ("has:loops", "has", Operator.IS, ("loop",)),
        ("has:email,phone", "has", Operator.IS, ("email", "phone")),
        ("rhythm:none", "rhythm", Operator.IS, ("none",)),
        ("rhythm:4W", "rhythm", Operator.IS, ("4w",)),
        ('rhythm:"every 2 weeks"', "rhythm", Operator.IS, ("2w",)),
        ("#12,007", "id", Operator.IS, ("12", "7")),
        ("due:late", "due", Operator.WITHIN, ("late",)),
        ("due:none", "due", Operator.WITHIN, ("none",)),
        ("last:never", "last", Operator.WITHIN, ("never",)),
    ]:
        with case(text, field, operator, values):
            condition = only(text)
            assert (condition.field, condition.operator, condition.values) == (field, operator, values)
            assert condition.ranges == ()
            assert not condition.negated
            assert only(f"-{text}").negated


def days(first: str, last: str) -> tuple[date | None, date | None]:
    return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def test_dates_become_bounds_counted_from_today() -> None:
    for text, first, last in [
        ("due:<2w", "", "2026-12-07"),
        ("due:2w", "", "2026-12-07"),
        ("due:<=2w", "", "2026-12-07"),
        ("due:>2w", "2026-12-08", ""),
        ("due:>=2w", "2026-12-07", ""),
        ("due:today", "2026-11-23", "2026-11-23"),
        ("due:fri", "2026-11-27", "2026-11-27"),
        ("due:12-dec", "2026-12-12", "2026-12-12"),
        ('due:<"12 dec"', "", "2026-12-12"),
        ("due:now", "", "2026-11-23"),
        ("due:overdue", "", "2026-11-22"),
        ("due:soon", "2026-11-24", "2026-11-26"),
        ("due:week", "2026-11-23", "2026-11-29"),
        ("due:today..fri", "2026-11-23", "2026-11-27"),
        ("due:2026-12-01..", "2026-12-01", ""),
        ("last:>6m", "", "2026-05-22"),
        ("last:>=6m", "", "2026-05-23"),
        ("last:<2w", "2026-11-09", "2026-11-23"),
        ("last:2w", "2026-11-09", "2026-11-23"),
        ("last:<2026-10-01", "", "2026-09-30"),
        ("last:<=2026-10-01", "", "2026-10-01"),
        ("last:>2026-10-01", "2026-10-02", ""),
        ("last:fri", "2026-11-20", "2026-11-20"),
        ("last:yesterday", "2026-11-22", "2026-11-22"),
        ("added:<1m", "2026-10-23", "2026-11-23"),
    ]:
        with case(text, first, last):
            assert only(text).ranges == (days(first, last),)


def test_a_comma_between_dates_means_or() -> None:
    condition = only("due:late,today,none")
    assert condition.values == ("late", "none")
    assert condition.ranges == (days("2026-11-23", "2026-11-23"),)


def test_the_settings_say_how_weeks_begin_and_dates_are_read() -> None:
    settings = Settings(week_start=6, date_order="dmy", soon_days=5)
    assert read("due:week", settings=settings).conditions[0].ranges == (days("2026-11-22", "2026-11-28"),)
    assert read("due:01/02", settings=settings).conditions[0].ranges == (days("2027-02-01", "2027-02-01"),)
    assert read("due:soon", settings=settings).conditions[0].ranges == (days("2026-11-24", "2026-11-28"),)


def test_what_cannot_be_understood_is_refused_with_advice() -> None:
    for text, said, advice in [
        ("foo:bar", "“foo:” is not a filter", "Use circle, city, company, due"),
        ("due:", "“due:” needs a value", "Try due:<2w"),
        ('circle:""', "“circle:” needs a value", "Try circle:work"),
        ("due:<", "“due:” needs a value", "Try due:<2w"),
        ("due:soonish", "“due:”: “soonish” is not a date I know", ""),
        ("due:31-feb", "“due:”: “31-feb”: February has no day 31", ""),
        ("due:01/02", "“due:”: “01/02” can be read as", ""),
        ("due:fri..today", "“due:fri..today” ends before it begins", "Put the earlier day first"),
        ("due:..", "“due:..” needs a day on one side", "Try due:"),
        ("has:horse", "“has:horse” cannot be filtered by", "Use one of: loop"),
        ("mode:fast", "“mode:fast” cannot be filtered by", "Use one of: rhythm, occasion, never"),
        ("rhythm:often", "“rhythm:often” is not a rhythm I know", "Use none"),
        ("city:<lyon", "“<” does not go with city:", "It compares dates"),
        ("x" * (LONGEST + 1), "A filter holds up to 1000 characters", ""),
    ]:
        with case(text, said, advice):
            with pytest.raises(Refused) as refusal:
                read(text)
            assert refusal.value.message.startswith(said)
            assert refusal.value.advice.startswith(advice)


def test_an_unfinished_filter_is_left_out_while_typing() -> None:
    for text in ["ana due:", "ana due:<", "ana due:<2", "ana has:lo", "ana circle:", "ana -"]:
        with case(text):
            assert read(text, lenient=True) == Query((), ("ana",))


def test_an_empty_filter_in_the_middle_is_left_out_while_typing_but_a_wrong_one_is_named() -> None:
    assert read("due: ana", lenient=True) == Query((), ("ana",))
    for wrong in ("has:lo ana", "foo:bar"):
        with pytest.raises(Refused):
            read(wrong, lenient=True)


def test_a_circle_still_being_typed_matches_its_beginning() -> None:
    assert read("circle:wo", lenient=True).conditions[0].operator is Operator.STARTS
    assert read("circle:work ", lenient=True).conditions[0].operator is Operator.IS


def test_everything_else_is_searched_as_words() -> None:
    for text, words in [
        ("10:30", ("10:30",)),
        ("http://example.org", ("http://example.org",)),
        ("o'brien a-b", ("o'brien", "a-b")),
        ("#12th", ("#12th",)),
        ("#" + "9" * 30, ("#" + "9" * 30,)),
        ('"an open quote', ("an open quote",)),
        ("ana ANA Ána", ("ana",)),
        ('- "" --', ()),
        ("zo\u0308e \u202e", ("zoe",)),
    ]:
        with case(text, words):
            assert read(text) == Query((), words)


def test_a_query_is_said_in_words() -> None:
    for text, said in [
        ("circle:work due:<2w has:loop", "in circle work, due within 2 weeks, with an open loop"),
        ("-circle:work,Family -has:loop", "not in circle work or Family, without an open loop"),
        ("last:>6m", "last contact more than 6 months ago"),
        ("last:<1m last:never", "last contact within the last 1 month, last contact never"),
        ("due:>2w", "due in more than 2 weeks"),
        ("due:>2026-12-01", "due after Tue 1 Dec 2026"),
        ("last:<2026-10-01", "last contact before Thu 1 Oct 2026"),
        ("due:today,late", "due today or late"),
        ("due:today..fri", "due from Mon 23 Nov 2026 until Fri 27 Nov 2026"),
        ("rhythm:none", "without a rhythm"),
        ("-rhythm:none", "with a rhythm"),
        ("rhythm:own,4w", "with a rhythm of their own or 4w"),
        ("mode:never status:archived", "mode never, status archived"),
        ("city:lyon name:ana #7", "in city lyon, named ana, number 7"),
        ("source:linkedin -source:google", "from linkedin, not from google"),
        ('ana "port of" -leo', "without the words “leo”, with “ana” and “port of”"),
    ]:
        with case(text, said):
            assert describe(read(text)) == said


def test_every_field_and_everything_it_has_can_be_asked_for() -> None:
    sample = {
        "due": "today",
        "last": "1w",
        "added": "1w",
        "has": "loop",
        "is": "snoozed",
        "mode": "rhythm",
        "status": "active",
    }
    for field in FIELDS:
        assert only(f"{field}:{sample.get(field, 'none')}").field == field
    for one in HAS:
        assert only(f"has:{one}").words == f"with {HAS[one]}"


PIECES = [
    *(f"{field}:" for field in FIELDS), "-", '"', " ", ",", "<", ">", "..", "2w", "0d", "none", "99999y", "#1",
    "work", "\x1b[31m", "\u202e", "É",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=80))
def test_any_text_is_read_or_refused_and_said_in_clean_words(text: str) -> None:
    for lenient in (False, True):
        try:
            query = read(text, lenient=lenient)
        except Refused as refusal:
            # Either answer is right, but it has to be clean and say what to do.
            assert str(refusal).isprintable()  # noqa: PT017
            assert refusal.advice  # noqa: PT017
            continue
        assert all(word == fold(word) and word for word in query.words)
        for condition in query.conditions:
            assert condition.values or condition.ranges
            assert condition.words in describe(query)
            for first, last in condition.ranges:
                assert first is not None or last is not None


@given(st.integers(0, 400), st.integers(0, 400))
def test_older_and_newer_than_an_age_part_the_past_without_gap_or_overlap(age: int, ago: int) -> None:
    day = TODAY - timedelta(days=ago)

    def holds(text: str) -> bool:
        ((first, last),) = only(text).ranges
        return (first is None or first <= day) and (last is None or day <= last)

    assert holds(f"last:<{age}d") == (ago <= age)
    assert holds(f"last:>{age}d") == (ago > age)


def test_matches_are_found_in_the_text_as_it_is_shown() -> None:
    for words, text, found in [
        (("ana",), "Ana Silva", ["Ana"]),
        (("ana",), "Banana", ["ana"]),
        (("ang", "zoe"), "Zoë Ångström", ["Zoë", "Ång"]),
        (("an", "ana"), "Ana", ["Ana"]),
        (("strasse",), "Hauptstraße 1", ["straße"]),
        (("s",), "Maß", ["ß"]),
        (("e",), "Zoe\u0308!", ["e\u0308"]),
        (("port of",), "Port   of Lyon", ["Port   of"]),
        (("œuvre",), "œuvre", []),
        (("oeuvre",), "Œuvre", ["Œuvre"]),
        (("x",), "Ana", []),
        (("",), "Ana", []),
        ((), "Ana", []),
        (("ana",), "", []),
        (("김",), "김 민수", ["김"]),
    ]:
        with case(words, text, found):
            assert [text[start:end] for start, end in highlight(words, text)] == found


@given(st.text(max_size=60), st.data())
def test_a_piece_of_the_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = [data.draw(st.text(max_size=3)), text[start : start + 5]]
    spans = highlight([fold(word) for word in words], text)
    ends = [0, *(end for _, end in spans)]
    assert all(before <= start < end <= len(text) for before, (start, end) in zip(ends, spans, strict=False))
    piece = fold(words[1])
    if words[1].isascii() and piece and " " not in piece and not any(map(str.isspace, words[1])):
        assert any(piece in fold(text[start:end]) for start, end in spans)


NASTY = (
    "4a", "#1", "1,x", "9" * 400, "-1", "1e9", "²", "٣", "<", ">>", "<=2w", "..", "a..b", "2026-02-30..",
    '"', '""', '"a', ",", ",,",
    "late,2w", "31 feb", "0w", "99999w", "\\", "%", "_", "*", "a" * 200, "é́", "\u200b", "(", "RRULE:",
    "id:1",
)  # fmt: skip
"""Values no filter expects."""


def test_every_field_takes_or_refuses_any_value_at_every_letter() -> None:
    for field in (*FIELDS, "id"):
        for value in NASTY:
            whole = f"{field}:{value}"
            for end in range(1, len(whole) + 1):
                for lenient in (False, True):
                    with case(whole[:end], lenient), suppress(Refused):
                        read(whole[:end], lenient=lenient)


def test_the_number_of_a_person_is_read_with_its_sign_and_refused_where_it_is_none() -> None:
    assert read("id:#12") == read("id:12")
    for typed in ("4a", "1,x", "9" * 400, "-1", "²", "#"):
        with case(typed), pytest.raises(Refused):
            read(f"id:{typed}")
