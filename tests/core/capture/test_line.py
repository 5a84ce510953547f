"""The capture line: what each form becomes, what is shown for it, and that nothing breaks it."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.core.capture.facts import (
    Capture,
    CapturedAsk,
    CapturedCadence,
    CapturedFact,
    CapturedFollowUp,
    CapturedGave,
    CapturedInteraction,
    CapturedNextDate,
    CapturedNote,
    CapturedPromise,
    CapturedReceived,
    CapturedRequest,
)
from planner.core.capture.line import LONGEST, parse_capture
from planner.core.favors import check_kind
from planner.core.model import CHANNELS, FAVOR_KINDS, Direction, Outcome, Settings
from planner.core.words.folding import UNSAFE
from tests.cases import case, within

TODAY = date(2026, 11, 23)
"""A Monday."""


def read(text: str, **settings: object) -> Capture:
    return parse_capture(text, TODAY, Settings(**settings))  # type: ignore[arg-type]


def only(part: str) -> CapturedFact:
    (fact,) = read(f"Ana: {part}").facts
    return fact


def interaction(part: str) -> CapturedInteraction:
    fact = only(part)
    assert isinstance(fact, CapturedInteraction), fact
    return fact


def test_the_line_everyone_learns_first() -> None:
    line = "Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w"
    capture = read(line)
    assert capture.who == ("Ana",)
    assert capture.named
    assert capture.facts == (
        CapturedInteraction(
            start=5,
            end=11,
            chip="coffee today",
            channel="coffee",
            on=TODAY,
            outcome=Outcome.REACHED,
            direction=Direction.BOTH,
        ),
        CapturedPromise(
            start=13,
            end=41,
            chip="promise: intro to Leo · by Fri 27 Nov",
            kind="introduction",
            note="intro to Leo",
            on=TODAY,
            due=date(2026, 11, 27),
        ),
        CapturedFollowUp(start=43, end=56, chip="follow-up: her op · Sat 12 Dec", text="her op", on=date(2026, 12, 12)),
        CapturedNextDate(start=58, end=66, chip="again Mon 4 Jan", on=date(2027, 1, 4), text="catch up"),
    )
    assert [line[fact.start : fact.end] for fact in capture.facts] == [
        "coffee",
        "promised intro to Leo by fri",
        "her op 12 dec",
        "again 6w",
    ]
    assert capture.problems == ()


def test_names_stand_before_the_colon() -> None:
    for text, who, named in [
        ("Ana:", ("Ana",), True),
        ("Ana Silva, Ben & Zoë and Leo+Kim: call", ("Ana Silva", "Ben", "Zoë", "Leo", "Kim"), True),
        ('"Smith, Sons and Co": call', ("Smith, Sons and Co",), True),
        ("#12, ana@example.org: call", ("#12", "ana@example.org"), True),
        ("Sandy Anderson: call", ("Sandy Anderson",), True),
        (" , & : call", (), True),
        ("Ana Sil", ("Ana Sil",), False),
        ("Ana and Be", ("Ana", "Be"), False),
        ("lunch at 10:30", ("lunch at 10:30",), False),
        ("", (), False),
    ]:
        with case(text, who, named):
            capture = read(text)
            assert (capture.who, capture.named) == (who, named)
            for name, (start, end) in zip(capture.who, capture.who_spans, strict=True):
                assert name in text[start:end]
            if not named:
                assert capture.facts == ()


def test_every_channel_is_a_word_of_the_line() -> None:
    for channel in [channel for channel in CHANNELS if channel != "other"]:
        with case(channel):
            assert interaction(channel).channel == channel
            assert interaction(f"{channel} yesterday").on == date(2026, 11, 22)


def test_what_happened() -> None:
    for part, channel, on, outcome, direction, note in [
        ("called", "call", "2026-11-23", "reached", "me", ""),
        ("phoned her yesterday", "call", "2026-11-22", "reached", "me", ""),
        ("had a long phone call", "call", "2026-11-23", "reached", "both", ""),
        ("lunch with Ben last fri", "meal", "2026-11-20", "reached", "both", "with Ben"),
        ("dinner", "meal", "2026-11-23", "reached", "both", ""),
        ("we met on 2 nov at the fair", "meeting", "2026-11-02", "reached", "both", "at the fair"),
        ("I emailed her the link", "mail", "2026-11-23", "reached", "me", "the link"),
        ("wrote", "mail", "2026-11-23", "reached", "me", ""),
        ("texted", "message", "2026-11-23", "reached", "me", ""),
        ("whatsapp about the flat", "message", "2026-11-23", "reached", "me", "the flat"),
        ("zoom with Ana", "video", "2026-11-23", "reached", "both", ""),
        ("sent her a letter 3d ago", "letter", "2026-11-20", "reached", "me", ""),
        ("talked about Porto", "other", "2026-11-23", "reached", "both", "Porto"),
        ("they wrote", "mail", "2026-11-23", "reached", "them", ""),
        ("she called fri about her mum", "call", "2026-11-20", "reached", "them", "her mum"),
        ("Ana wrote back", "mail", "2026-11-23", "reached", "them", ""),
        ("mail from her yesterday", "mail", "2026-11-22", "reached", "them", ""),
        ("heard from her", "other", "2026-11-23", "reached", "them", ""),
        ("called no answer", "call", "2026-11-23", "attempt", "me", ""),
        ("called, no answer", "call", "2026-11-23", "attempt", "me", ""),
        ("no answer", "call", "2026-11-23", "attempt", "me", ""),
        ("tried to call yesterday, voicemail", "call", "2026-11-22", "attempt", "me", ""),
        ("tried mail", "mail", "2026-11-23", "attempt", "me", ""),
        ("coffee tomorrow", "coffee", "2026-11-24", "planned", "both", ""),
        ("lunch planned fri", "meal", "2026-11-27", "planned", "both", ""),
        ("meet Leo fri", "meeting", "2026-11-27", "planned", "both", "Leo"),
        ("I'll call on thu", "call", "2026-11-26", "planned", "both", ""),
        ("coffee fri", "coffee", "2026-11-20", "reached", "both", ""),
        ("coffee this fri", "coffee", "2026-11-27", "planned", "both", ""),
        ("coffee 12 dec", "coffee", "2026-12-12", "planned", "both", ""),
        ("coffee 2 nov", "coffee", "2026-11-02", "reached", "both", ""),
        ("call on Dec 12, 2026", "call", "2026-12-12", "planned", "both", ""),
        ("call Fri, 20 Nov", "call", "2026-11-20", "reached", "both", ""),
        ("coffee, yesterday", "coffee", "2026-11-22", "reached", "both", ""),
        ("coffee this morning", "coffee", "2026-11-23", "reached", "both", ""),
        ("called about the op on 12 dec", "call", "2026-11-23", "reached", "me", "the op on 12 dec"),
        ("called about the op yesterday", "call", "2026-11-22", "reached", "me", "the op"),
        ('coffee "good, long talk, 12 dec"', "coffee", "2026-11-23", "reached", "both", "good, long talk, 12 dec"),
        ("and then coffee", "coffee", "2026-11-23", "reached", "both", ""),
        ("coffee 1,5 h", "coffee", "2026-11-23", "reached", "both", "1,5 h"),
        ("yesterday", "other", "2026-11-22", "reached", "both", ""),
    ]:  # fmt: skip
        with case(part, channel, on, outcome, direction, note):
            fact = interaction(part)
            assert (fact.channel, fact.on.isoformat(), fact.outcome, fact.direction, fact.note) == (
                channel, on, outcome, direction, note,
            )  # fmt: skip
            assert fact.problem == ""


def test_help_asked_promised_and_given() -> None:
    for part, expected, kind, note, chip in [
        ("promised her an intro to Leo by fri", CapturedPromise, "introduction", "intro to Leo",
         "promise: intro to Leo · by Fri 27 Nov"),
        ("promised to send the slides", CapturedPromise, "other", "send the slides",
         "promise: send the slides · by Mon 30 Nov"),
        ("owe her lunch", CapturedPromise, "other", "lunch", "promise: lunch · by Mon 30 Nov"),
        ("I'll send the article by 4 dec", CapturedPromise, "information", "send the article",
         "promise: send the article · by Fri 4 Dec"),
        ("they promised a desk", CapturedAsk, "other", "desk", "they promised: desk"),
        ("promised me feedback", CapturedAsk, "feedback", "feedback", "they promised: feedback"),
        ("asked me for a reference by fri", CapturedRequest, "reference", "reference",
         "they asked: reference · by Fri 27 Nov"),
        ("she asked for advice", CapturedRequest, "advice", "advice", "they asked: advice"),
        ("request: a review of the CV", CapturedRequest, "feedback", "review of the CV",
         "they asked: review of the CV"),
        ("asked if I know a plumber", CapturedRequest, "other", "if I know a plumber",
         "they asked: if I know a plumber"),
        ("I asked for a loan", CapturedAsk, "loan", "loan", "you asked: loan"),
        ("asked her for an intro to Kim", CapturedAsk, "introduction", "intro to Kim", "you asked: intro to Kim"),
        ("I asked Ana to proofread it", CapturedAsk, "feedback", "proofread it", "you asked: proofread it"),
        ("I asked for advice by fri", CapturedAsk, "advice", "advice by fri", "you asked: advice by fri"),
        ("helped me with the CV", CapturedReceived, "other", "the CV", "they helped: the CV"),
        ("she introduced me to Kim", CapturedReceived, "introduction", "introduced me to Kim",
         "they helped: introduced me to Kim · knows Kim"),
        ("gave me tips yesterday", CapturedReceived, "advice", "tips", "they helped: tips · yesterday"),
        ("borrowed money", CapturedReceived, "loan", "money", "you borrowed: money"),
        ("gave advice on the contract", CapturedGave, "advice", "advice on the contract",
         "you gave: advice on the contract"),
        ("gave her a present last fri", CapturedGave, "gift", "present", "you gave: present · Fri 20 Nov"),
        ("introduced Ana to Leo", CapturedGave, "introduction", "introduced Ana to Leo",
         "you gave: introduced Ana to Leo"),
        ("helped her move", CapturedGave, "other", "move", "you gave: move"),
    ]:  # fmt: skip
        with case(part, expected, kind, note, chip):
            fact = only(part)
            assert type(fact) is expected
            assert isinstance(fact, CapturedPromise | CapturedAsk | CapturedRequest | CapturedReceived | CapturedGave)
            assert (fact.kind, fact.note, fact.chip, fact.problem) == (kind, note, chip, "")


def test_a_promise_without_a_day_is_due_as_the_settings_say() -> None:
    (fact,) = read("Ana: promised a book", promise_days=10).facts
    assert isinstance(fact, CapturedPromise)
    assert fact.due == date(2026, 12, 3)


def test_help_is_dated_like_the_contact_before_it() -> None:
    _, gave, asked, promise = read(
        "Ana: coffee yesterday, gave advice, asked me for a reference, promised it by fri"
    ).facts
    assert isinstance(gave, CapturedGave)
    assert isinstance(asked, CapturedRequest)
    assert isinstance(promise, CapturedPromise)
    assert gave.on == asked.on == promise.on == date(2026, 11, 22)
    assert promise.due == date(2026, 11, 27)


def test_what_is_to_come_is_a_follow_up() -> None:
    for part, text, on in [
        ("her op 12 dec", "her op", "2026-12-12"),
        ("her talk on fri", "her talk", "2026-11-27"),
        ("ready for friday", "ready", "2026-11-27"),
        ("she leaves in 2 weeks for Rio", "she leaves for Rio", "2026-12-07"),
        ("follow up on her talk 2w", "her talk", "2026-12-07"),
        ("remind me to send the slides tomorrow", "send the slides", "2026-11-24"),
        ("send her the slides by fri", "send her the slides", "2026-11-27"),
        ("exam, 12 dec", "exam", "2026-12-12"),
    ]:
        with case(part, text, on):
            fact = only(part)
            assert isinstance(fact, CapturedFollowUp)
            assert (fact.text, fact.on.isoformat(), fact.problem) == (text, on, "")


def test_the_day_to_be_in_touch_again() -> None:
    for part, on, text in [
        ("again 6w", "2027-01-04", "catch up"),
        ("again in 6 weeks for lunch", "2027-01-04", "lunch"),
        ("next time on fri", "2026-11-27", "catch up"),
        ("next 3w", "2026-12-14", "catch up"),
        ("see her again 1m", "2026-12-23", "catch up"),
        ("12 dec", "2026-12-12", "catch up"),
    ]:
        with case(part, on, text):
            fact = only(part)
            assert isinstance(fact, CapturedNextDate)
            assert (fact.on.isoformat(), fact.text, fact.problem) == (on, text, "")


def test_a_change_of_rhythm() -> None:
    for part, text, chip in [
        ("every 6w", "6w", "rhythm: every 6 weeks"),
        ("again every 6w", "6w", "rhythm: every 6 weeks"),
        ("rhythm 4w/6w", "4w/6w", "rhythm: every 4–6 weeks"),
        ("monthly", "1m", "rhythm: monthly"),
        ("every friday", "RRULE:FREQ=WEEKLY;BYDAY=FR", None),
        ("rhythm none", "none", "rhythm: none"),
        ("cadence inherit", "inherit", "rhythm: from the circles"),
    ]:
        with case(part, text, chip):
            fact = only(part)
            assert isinstance(fact, CapturedCadence)
            assert (fact.text, fact.problem) == (text, "")
            assert chip is None or fact.chip == chip


def test_everything_else_is_a_note() -> None:
    for part in [
        "likes tea in the morning",
        "gave up smoking",
        "asked about her mum",
        "every time we laugh",
        "next steps: budget",
        "enjoyed the sun",
        "her coffee shop opened",
        "Ben called",
        "she stays for 2 weeks",
        "works 24/7 shifts",
        "version 1.5 is out",
        "recommendations",
        "a place she believes in",
    ]:
        with case(part):
            fact = only(part)
            assert isinstance(fact, CapturedNote)
            assert (fact.text, fact.chip, fact.problem) == (part, f"note: {part}", "")


def test_a_note_can_be_said_to_be_one() -> None:
    fact = only('note: "call 12 dec, maybe"')
    assert isinstance(fact, CapturedNote)
    assert fact.text == "call 12 dec, maybe"


def test_notes_join_the_interaction_before_them() -> None:
    capture = read("Ana: loves Porto, coffee about work, has a dog, call yesterday, no kids")
    assert [one.note for one in capture.interactions] == ["work; loves Porto; has a dog", "no kids"]
    assert capture.loose_notes == ()


def test_notes_without_an_interaction_are_about_the_person() -> None:
    capture = read("Ana: loves Porto, has a dog, again 6w")
    assert capture.interactions == ()
    assert capture.loose_notes == ("loves Porto", "has a dog")


def test_what_cannot_be_is_shown_as_a_problem() -> None:
    for part, said in [
        ("coffee 31 feb", "“31 feb”: February has no day 31"),
        ("coffee 01/02", "“01/02” can be read as 1 February or 2 January"),
        ("coffee last week", "“last week” is not a date I know"),
        ("coffee 12.12.26", "“12.12.26” has a short year"),
        ("Thu 27 Nov 2026 call", "“Thu 27 Nov 2026”: 27 Nov 2026 is a Friday"),
        ("her op 31 feb", "“31 feb”: February has no day 31"),
        ("lunch planned", "On which day?"),
        ("promised intro by yesterday", "Yesterday has passed"),
        ("promised", "What did you promise?"),
        ("promised to", "What did you promise?"),
        ("asked me", "What did they ask for?"),
        ("asked for", "What did they ask for?"),
        ("I asked for", "What did you ask for?"),
        ("gave her", "What was it?"),
        ("gave advice tomorrow", "Tue 24 Nov is still to come"),
        ("asked me for advice by yesterday", "Yesterday has passed"),
        ("again", "When?"),
        ("again 6", "When is “6”?"),
        ("again yesterday", "Yesterday has passed"),
        ("every 0 weeks", "“every 0 weeks” is not between"),
        ("rhythm", "Which rhythm?"),
        ("rhythm often", "“often” is not a rhythm I know"),
        ("remind me to write", "On which day?"),
    ]:
        with case(part, said):
            capture = read(f"Ana: coffee, {part}")
            assert len(capture.facts) == 2
            assert capture.facts[0].problem == ""
            assert capture.facts[1].problem.startswith(said)
            assert capture.problems == (capture.facts[1].problem,)


def test_the_settings_say_how_numbers_are_read() -> None:
    (fact,) = read("Ana: coffee 01/12", date_order="dmy").facts
    assert isinstance(fact, CapturedInteraction)
    assert (fact.on, fact.outcome) == (date(2026, 12, 1), Outcome.PLANNED)


def test_and_divides_only_before_a_verb_of_its_own() -> None:
    capture = read("Ana: coffee and cake and promised intro to Leo and Kim by fri and asked me for a reference")
    assert [fact.chip for fact in capture.facts] == [
        "coffee today · and cake",
        "promise: intro to Leo and Kim · by Fri 27 Nov",
        "they asked: reference",
    ]


def test_far_days_are_shown_with_their_year() -> None:
    assert only("again 2y").chip == "again Thu 23 Nov 2028"
    assert only("met 12 dec").chip == "meeting Fri 12 Dec 2025"


def test_a_line_that_is_too_long_says_so() -> None:
    line = "Ana: coffee, " + "x" * LONGEST
    capture = read(line)
    assert capture.facts[0].chip == "coffee today"
    assert capture.problems == (f"A line holds {LONGEST} characters. Put the rest into a note",)
    assert capture.facts[-1].end == len(line)


def test_a_hostile_line_costs_little() -> None:
    for piece in [
        "a ",
        "“",
        '"',
        ",",
        "1 ",
        "had ",
        "by ",
        "mon ",
        "12 dec ",
        "and asked ",
        "Ana ",
        "1.1.",
        "\x00",
        "tried ",
    ]:
        with case(piece), within(1):
            read("Ana: " + piece * 1_000_000)


WORDS = [
    "Ana", ":", ",", " ", " and ", "coffee", "called", "no answer", "tried ", "promised ", "to ", "me ", "asked ",
    "for ", "gave ", "helped ", "again ", "every ", "rhythm ", "note ", "follow up ", "by ", "on ", "fri", "12 dec",
    "31 feb", "yesterday", "in 2 weeks", "6w", "99999y", "01/02", "2026", "intro to Leo", "about ", '"', "“", "”",
    "I'll ", "they ", "\u202e", "\x1b[2J", "[bold]", "\n", ";", "é", "9999-12-31", "0",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join) | st.text(max_size=120))
def test_any_text_is_answered_with_facts_in_its_order(text: str) -> None:
    for line in (text, f"Ana: {text}"):
        capture = read(line)
        place = 0
        apart = capture.who_spans if ":" in line else ()
        for start, end in (*apart, *((fact.start, fact.end) for fact in capture.facts)):
            assert place <= start < end <= len(line)
            place = end
        assert bool(capture.facts) <= capture.named
        for fact in capture.facts:
            assert fact.chip.strip() == fact.chip != ""
            assert not re.search(f"[{UNSAFE}\n]", fact.chip + fact.problem)
            match fact:
                case CapturedInteraction():
                    assert fact.channel in CHANNELS
                    assert (fact.outcome is Outcome.PLANNED) or fact.on <= TODAY or fact.problem
                case CapturedPromise() | CapturedAsk() | CapturedRequest() | CapturedGave() | CapturedReceived():
                    assert check_kind(fact.kind) in FAVOR_KINDS
                    assert fact.on <= TODAY or fact.problem
                case CapturedFollowUp() | CapturedNextDate():
                    assert fact.on >= TODAY or fact.problem
                    assert fact.text


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_every_word_stands_in_a_name_or_a_fact(text: str) -> None:
    capture = read(f"Ana: {text}")
    covered = {
        place for fact in capture.facts for place in range(fact.start, fact.end)
    }  # separators and the words that divide parts are left over
    line = f"Ana: {text}"
    left = "".join(letter if place not in covered else " " for place, letter in enumerate(line) if place > 3)
    assert not re.sub(r"\b(?:and|but|then)\b", "", left, flags=re.IGNORECASE).strip(' :,;\n"“”[\u202e\x1b')
