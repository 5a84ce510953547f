"""What mail, calendars, calls and chats become: each row of the rules, and what a person says about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.evidence.owners import ME as MINE
from planner.core.evidence.seen import Attendance, CallKind, Handle, HandleKind, Mail, Seen, Sign
from planner.desk import Desk
from planner.errors import Refused
from planner.store.evidence.sources import WatchedSource
from tests.cases import case
from tests.desk.desks import TODAY, add, day
from tests.desk.evidence_runs import ME, NOW, Shown, at, call, desk_of, event, history, line, mail, watch
from tests.store.stores import assert_sound

ANA, BEN = "ana@example.org", "ben@example.org"
YES, MAYBE, NO = Attendance.ACCEPTED, Attendance.TENTATIVE, Attendance.DECLINED


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_of(tmp_path / "planner.db") as found:
        add(found, "Ana Silva", emails=[ANA], phones=["+47 900 11 222"], cadence="4w")
        add(found, "Ben Okri", emails=[BEN])
        yield found
        assert_sound(found.store)


def loops(desk: Desk, contact_id: int = 1) -> list[tuple[str, str]]:
    return [(str(one.kind), one.text) for one in desk.reading.card(contact_id).loops]


def test_who_i_may_be_in_a_chat_is_no_contact(desk: Desk) -> None:
    done = watch(desk, line("c", "Ana Silva", at(11, 19)), line("c", "Kari Nord", at(11, 19, 11)))
    assert (done.needs_me, done.may_be_me) == (True, ("Kari Nord",))


def test_letters_become_what_the_table_says(desk: Desk, tmp_path: Path) -> None:
    reached, tried = ("mail", "them", "reached"), ("mail", "me", "attempt")
    many = [f"{number}@example.net" for number in range(8)]
    for what, seen, expected in (
        ("theirs to me", [mail("1", ANA, ME)], [reached]),
        ("theirs, by the address it was delivered to", [mail("1", ANA, delivered_to=frozenset({ME}))], [reached]),
        ("theirs to others", [mail("1", ANA, BEN)], []),
        ("their answer to mine", [mail("0", ME, "x@example.net"), mail("1", ANA, BEN, answers=("0",))], [reached]),
        ("their answer, read before mine",
         [mail("1", ANA, BEN, answers=("0",)), mail("0", ME, "x@example.net")], [reached]),
        ("mine alone", [mail("1", ME, ANA)], [tried]),
        ("from me to me", [mail("1", ME, ME)], []),
        ("nine recipients", [mail("1", ANA, ME, *many)], []),
        ("eight recipients", [mail("1", ANA, ME, *many[:7])], [reached]),
        ("recipients of two copies", [mail("1", ANA, ME, *many[:5]), mail("1", ANA, ME, *many[5:])], []),
        ("no date", [Mail("1", None, Handle(HandleKind.EMAIL, ANA), (Handle(HandleKind.EMAIL, ME),))], []),
        *((str(sign), [mail("1", ANA, ME), mail("1", ANA, ME, signs=frozenset({sign}))],
           [reached] if sign in (Sign.DRAFT, Sign.SPAM, Sign.TRASH) else []) for sign in Sign),
        *((f"{sign} alone", [mail("1", ANA, ME, signs=frozenset({sign}))], []) for sign in Sign),
    ):  # fmt: skip
        for order, shown in (("", seen), ("backwards", seen[::-1])):
            with case(what, order), desk_of(tmp_path / f"{what}{order}.db") as fresh:
                add(fresh, "Ana Silva", emails=[ANA])
                watch(fresh, *shown)
                assert [one[1:] for one in history(fresh, 1)] == expected


def test_an_answer_within_two_weeks_makes_my_letter_a_contact(desk: Desk) -> None:
    watch(desk, mail("1", ME, ANA, on=at(11, 2)))
    assert history(desk, 1) == [(day(11, 2), "mail", "me", "attempt")]
    watch(desk, mail("2", ANA, ME, on=at(11, 16)))
    assert history(desk, 1) == [(day(11, 2), "mail", "me", "reached"), (day(11, 16), "mail", "them", "reached")]
    watch(desk, mail("3", ME, BEN, on=at(11, 1)), mail("4", BEN, ME, on=at(11, 16)))
    assert history(desk, 2)[0] == (day(11, 1), "mail", "me", "attempt")


def test_what_counts_is_said_by_person_and_source(desk: Desk) -> None:
    watch(desk, mail("1", ME, ANA), mail("2", ME, BEN), mail("3", BEN, ME))
    desk.evidence.count("any", contact_id=1)
    assert history(desk, 1) == [(day(11, 16), "mail", "me", "reached")]
    desk.evidence.count("theirs", source_id=1)
    assert [one[3] for one in history(desk, 2)] == ["attempt", "reached"]
    assert [one[3] for one in history(desk, 1)] == ["reached"]
    desk.evidence.never_from(2, 1)
    assert history(desk, 2) == []
    watch(desk, mail("4", BEN, ME))
    assert history(desk, 2) == []
    desk.keeping.undo()
    assert len(history(desk, 2)) == 2


def test_calls_and_the_call_back(desk: Desk) -> None:
    watch(desk, call(CallKind.IN, 59, at(11, 1)), call(CallKind.IN, 60, at(11, 2)), call(CallKind.OUT, 60, at(11, 3)),
          call(CallKind.OUT, 0, at(11, 4)), call(CallKind.OTHER, 300, at(11, 5)))  # fmt: skip
    assert [one[1:] for one in history(desk, 1)] == [
        ("call", "them", "reached"), ("call", "me", "reached"), ("call", "me", "attempt"),
    ]  # fmt: skip
    watch(desk, call(CallKind.MISSED, 0, at(11, 22, 9)))
    assert loops(desk) == [("answer", "call back")]
    (item,) = (one for one in desk.reading.card(1).loops)
    assert item.due == day(11, 24)
    watch(desk, call(CallKind.IN, 90, at(11, 22, 18)))
    assert loops(desk) == []


def test_an_old_missed_call_opens_nothing(desk: Desk) -> None:
    watch(desk, call(CallKind.MISSED, 0, at(11, 9)), call(CallKind.MISSED, 0, at(6, 9)))
    assert loops(desk) == []
    assert [one[1:] for one in history(desk, 1)] == [("call", "them", "attempt")] * 2


def test_meetings(desk: Desk) -> None:
    ahead = [event(f"f{number}", at(12, number), (BEN, YES)) for number in range(1, 8)]
    # Who invites has accepted, but for who says otherwise.
    hers = event("8", at(11, 10), (ME, YES), organizer=ANA)
    called_off_by_her = replace(hers, attendees=(replace(hers.attendees[0], answer=NO), *hers.attendees[1:]))
    watch(
        desk,
        event("1", at(11, 2), (ANA, YES)),
        event("2", at(11, 3), (ANA, NO)),
        event("3", at(11, 4), (ANA, YES), cancelled=True),
        event("4", at(11, 5), (ANA, YES), free=True),
        event("5", at(11, 6), (ANA, YES), *((f"{number}@example.net", YES) for number in range(7))),
        event("6", at(11, 20), (ANA, MAYBE)),
        event("7", at(8, 20), (ANA, MAYBE)),
        called_off_by_her,
        *ahead,
    )
    assert history(desk, 1) == [
        (day(11, 2), "meeting", "both", "reached"), (day(11, 20), "meeting", "both", "planned"),
    ]  # fmt: skip
    assert [one[0] for one in history(desk, 2)] == [day(12, 1), day(12, 2), day(12, 3)]
    # An event that was moved, and one that is called off, by the same key.
    watch(desk, event("1", at(11, 9), (ANA, YES)), event("f1", at(12, 1), (BEN, YES), cancelled=True))
    assert history(desk, 1)[0] == (day(11, 9), "meeting", "both", "reached")
    assert [one[0] for one in history(desk, 2)] == [day(12, 2), day(12, 3), day(12, 4)]
    later = at(12, 2, 23)
    watch(desk.on(later.date()), now=later)
    assert history(desk, 2)[0] == (day(12, 2), "meeting", "both", "reached")


def test_an_event_of_whole_days_counts_when_it_is_said(desk: Desk) -> None:
    whole = event("1", at(11, 2), (ANA, YES))
    whole = type(whole)("1", None, None, whole.attendees, day(11, 2), day(11, 3))
    watch(desk, whole)
    assert history(desk, 1) == []
    desk.evidence.add("/home.ics", "calendar", all_day=True)
    watch(desk, whole, source=2)
    assert history(desk, 1) == [(day(11, 2), "meeting", "both", "reached")]


def test_days_of_chats(desk: Desk) -> None:
    watch(
        desk,
        line("a", "Ana Silva", at(11, 1)), line("a", "Ana Silva", at(11, 2)), line("a", None, at(11, 2, 20)),
        line("a", None, at(11, 3)),
    )  # fmt: skip
    assert history(desk, 1) == [
        (day(11, 1), "message", "them", "reached"), (day(11, 2), "message", "both", "reached"),
        (day(11, 3), "message", "me", "attempt"),
    ]  # fmt: skip
    others = [line("g", f"Someone {number}", at(11, 5), group=True) for number in range(6)]
    watch(desk, *others, line("g", "Ben Okri", at(11, 5), group=True), line("g", "Ben Okri", at(11, 6), group=True),
          line("g", None, at(11, 6), group=True))  # fmt: skip
    assert history(desk, 2) == [(day(11, 6), "message", "both", "reached")]
    watch(desk, line("g", "One More", at(11, 7), group=True))
    assert history(desk, 2) == [], "a group of nine"


def test_a_name_of_a_chat_is_asked_about_and_remembered(desk: Desk) -> None:
    talk = [line("a", "Annie", at(11, 1)), line("a", None, at(11, 1, 11))]
    assert [one.name for one in watch(desk, *talk).asked] == ["Annie"]
    assert history(desk, 1) == []
    desk.evidence.whose("annie", 1)
    assert watch(desk, *talk).asked == ()
    assert history(desk, 1) == [(day(11, 1), "message", "both", "reached")]
    desk.evidence.whose("Annie", None)
    with pytest.raises(Refused, match="no contact"):
        desk.evidence.whose("Annie", 99)
    desk.evidence.whose("Annie", MINE)


def test_an_address_of_two_counts_for_neither_until_it_is_said(desk: Desk) -> None:
    add(desk, "Carl Moe", emails=[ANA])
    assert [one.name for one in watch(desk, mail("1", ANA, ME)).asked] == [ANA]
    assert (history(desk, 1), history(desk, 3)) == ([], [])
    desk.evidence.whose(ANA, 3)
    watch(desk, mail("1", ANA, ME))
    assert [one[1:] for one in history(desk, 3)] == [("mail", "them", "reached")]


def test_an_answer_is_owed_to_the_last_message_of_someone_with_a_rhythm(desk: Desk) -> None:
    desk.evidence.add("/mail", "maildir")
    watch(desk, mail("1", ANA, ME, on=at(11, 20)))
    assert loops(desk) == [], "older than the watch"
    watch(desk, mail("2", ANA, ME, on=at(11, 23, 8)), mail("3", BEN, ME, on=at(11, 23, 8)))
    assert loops(desk) == [("answer", "mail")]
    assert loops(desk, 2) == [], "no rhythm"
    watch(desk, mail("4", ANA, ME, on=at(11, 23, 9)))
    assert len(loops(desk)) == 1, "one a person"
    watch(desk, mail("5", ME, ANA, on=at(11, 23, 10)))
    assert loops(desk) == []


def test_one_day_and_channel_is_one_interaction_a_direction(desk: Desk) -> None:
    watch(desk, *(mail(str(hour), ANA, ME, on=at(11, 16, hour)) for hour in range(4, 20)))
    assert len(history(desk, 1)) == 1
    # Before the day starts at four it is still the day before.
    watch(desk, mail("n", ANA, ME, on=at(11, 19, 3, 59)))
    assert history(desk, 1)[1][0] == day(11, 18)


def test_what_a_person_wrote_absorbs_what_is_seen(desk: Desk) -> None:
    desk.interactions.log([1], on=day(11, 16), channel="mail", note="the flat")
    desk.interactions.log([1], on=day(11, 17))
    watch(desk, mail("1", ANA, ME), mail("2", ANA, ME, on=at(11, 17)))
    assert len(history(desk, 1)) == 2
    watch(desk, mail("3", ANA, ME, on=at(11, 18)))
    assert len(history(desk, 1)) == 3
    desk.interactions.log([1], on=day(11, 18), channel="mail", direction="both")
    watch(desk)
    assert history(desk, 1)[2:] == [(day(11, 18), "mail", "both", "reached")]
    # Writing down that nobody answered takes nothing from a call that was taken later on the same day.
    desk.interactions.log([1], on=day(11, 19), channel="call", outcome="attempt")
    watch(desk, call(CallKind.IN, 600, at(11, 19)))
    assert [one[2:] for one in history(desk, 1)[3:]] == [("me", "attempt"), ("them", "reached")]


def test_what_a_person_changed_is_theirs(desk: Desk) -> None:
    watch(desk, mail("1", ME, ANA))
    (one,) = desk.reading.card(1).interactions
    desk.interactions.edit(one.id, note="about the flat", on=day(11, 15))
    watch(desk, mail("1", ME, ANA), mail("2", ANA, ME, on=at(11, 17)))
    assert [(one.on, one.note) for one in desk.reading.card(1).interactions] == [
        (day(11, 17), ""), (day(11, 15), "about the flat"),
    ]  # fmt: skip


def test_what_is_deleted_or_refused_does_not_come_back(desk: Desk) -> None:
    letters = [mail("1", ANA, ME), mail("2", ANA, ME, on=at(11, 17))]
    watch(desk, *letters)
    first, second = (one.id for one in desk.reading.card(1).interactions)
    desk.interactions.unlog([first])
    desk.evidence.not_this([second])
    assert watch(desk, *letters, since=day(1, 1)).said == "Nothing new was seen"
    assert history(desk, 1) == []
    desk.keeping.undo()
    assert len(history(desk, 1)) == 1
    written = desk.interactions.log([1], channel="call").id
    with pytest.raises(Refused, match="does not rest"):
        desk.evidence.not_this([written])


def test_a_run_is_one_step_and_a_dry_run_none(desk: Desk) -> None:
    before = len(desk.keeping.history())
    desk.evidence.add("/mail", "maildir")
    seen = [mail("1", ANA, ME), mail("2", BEN, ME)]
    tried = watch(desk, *seen, dry_run=True)
    assert tried.said == "Seen: 2 people (2 in touch)"
    assert len(desk.keeping.history()) == before + 1
    done = watch(desk, *seen)
    assert (done.said, [line.name for line in done.lines]) == (tried.said, [line.name for line in tried.lines])
    assert len(desk.keeping.history()) == before + 2
    assert watch(desk, *seen).step is None
    assert [line.id for line in desk.evidence.seen(TODAY)] == [line.id for line in done.lines]
    desk.keeping.undo()
    assert (history(desk, 1), history(desk, 2)) == ([], [])
    assert watch(desk, *seen, since=day(1, 1)).said == done.said


def test_somebody_new_gets_what_was_read_before(desk: Desk) -> None:
    letters = [mail("1", "carl@example.org", ME), mail("2", ANA, ME)]
    desk.evidence.add("/mail", "maildir")

    def read() -> None:
        desk.evidence.run(lambda _, remembered: Shown(() if remembered else letters), zone=UTC, now=NOW)

    read()
    desk.keeping.undo()
    add(desk, "Carl Moe", emails=["carl@example.org"])
    read()
    assert [one[1:] for one in history(desk, 3)] == [("mail", "them", "reached")]
    assert history(desk, 1) == [], "what was undone stays so"


@pytest.mark.parametrize("is_refused", [True, False])
def test_somebody_new_gets_what_was_read_before_once_the_source_is_back(desk: Desk, is_refused: bool) -> None:
    letters = [mail("1", "carl@example.org", ME)]
    desk.evidence.add("/mail", "maildir")
    is_away = False

    def opened(_: object, remembered: object) -> Shown:
        if is_away and is_refused:
            raise Refused("/mail cannot be read")
        return Away() if is_away else Shown(() if remembered else letters)

    def read() -> tuple[str, ...]:
        return desk.evidence.run(opened, zone=UTC, now=NOW).troubles

    read()
    is_away = True
    add(desk, "Carl Moe", emails=["carl@example.org"])
    assert len(read()) == 1
    is_away = False
    read()
    assert [one[1:] for one in history(desk, 3)] == [("mail", "them", "reached")]


class Away(Shown):
    """A reading of a source that is not there: nothing is shown and nothing remembered."""

    def __init__(self) -> None:
        super().__init__(())

    def __iter__(self) -> Iterator[Seen]:
        self.troubles = ["/mail was left out"]
        yield from ()


def test_without_me_nothing_is_taken_and_who_i_may_be_is_said(tmp_path: Path) -> None:
    with desk_of(tmp_path / "planner.db", "Kari Nord") as desk:
        add(desk, "Ana Silva", emails=[ANA])
        letters = [mail("1", ANA, ME), mail("2", ME, ANA, sent_folder=True)]
        done = watch(desk, *letters)
        assert (done.needs_me, done.may_be_me, done.lines) == (True, (ME,), ())
        assert done.said == "Nothing of it counts until it is known who you are"
        # What was read is not read again until then, and it is asked again.
        opened: list[Mapping[str, bytes]] = []

        def open(source: WatchedSource, remembered: Mapping[str, bytes]) -> Shown:
            opened.append(remembered)
            return Shown(() if remembered else letters)

        again = desk.evidence.run(open, zone=UTC, now=NOW)
        assert (again.needs_me, again.may_be_me, opened) == (True, (ME,), [{"all": b"read"}])
        named = Desk(desk.store, Config(me=("Kari Nord", ME)), lambda: TODAY)
        assert not named.evidence.run(open, zone=UTC, now=NOW).needs_me
        assert {one[3] for one in history(named, 1)} == {"reached"}


def test_a_chat_of_two_strangers_is_read_once(desk: Desk) -> None:
    def open(source: WatchedSource, remembered: Mapping[str, bytes]) -> Shown:
        assert not remembered or remembered == {"all": b"read"}
        return Shown(() if remembered else [line("c", "Jo Doe", at(11, 16)), line("c", "Al Roe", at(11, 16, 11))])

    desk.evidence.add("/chats", "chat")
    assert desk.evidence.run(open, zone=UTC, now=NOW).needs_me
    assert not desk.evidence.run(open, zone=UTC, now=NOW).needs_me


def test_why_says_what_was_seen_of_somebody_without_a_rhythm(desk: Desk) -> None:
    watch(desk, mail("1", BEN, ME))
    assert desk.reading.why(2).steps[1:] == ("last contact on Mon 16 Nov 2026: they wrote (mail, watched folder mail)",)
    desk.interactions.log([2], on=TODAY, channel="call")
    assert len(desk.reading.why(2).steps) == 1


def test_a_source_is_named_once_and_removed(desk: Desk) -> None:
    desk.evidence.add("/mail", "maildir")
    with pytest.raises(Refused, match="already"):
        desk.evidence.add("/mail", "maildir")
    watch(desk, mail("1", ANA, ME))
    desk.evidence.remove(1)
    with pytest.raises(Refused, match="Nothing is watched"):
        watch_nothing(desk)
    assert len(history(desk, 1)) == 1
    assert desk.evidence.add("/mail", "maildir").id == 1


def watch_nothing(desk: Desk) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    desk.evidence.run(never, zone=at(1, 1).tzinfo, now=at(1, 1))  # type: ignore[arg-type]


def test_why_and_the_card_say_where_it_was_seen(desk: Desk) -> None:
    watch(desk, mail("1", ANA, ME))
    assert "last contact on Mon 16 Nov 2026: they wrote (mail, watched folder mail)" in desk.reading.why(1).steps
    assert desk.reading.card(1).interactions[0].source == "watched folder mail"
    desk.interactions.log([1], on=day(11, 16), channel="mail")
    assert "last contact on Mon 16 Nov 2026" in desk.reading.why(1).steps


def test_writing_it_down_absorbs_what_was_seen_at_once(desk: Desk) -> None:
    watch(desk, mail("1", ANA, ME))
    step = desk.interactions.log([1], on=day(11, 16), channel="mail", note="the flat")
    assert [one.note for one in desk.reading.card(1).interactions] == ["the flat"]
    assert watch(desk, mail("1", ANA, ME)).step is None
    desk.keeping.undo()
    assert [one.source for one in desk.reading.card(1).interactions] == ["watched folder mail"]
    assert step.id


def test_two_who_are_one_have_one_interaction_a_day(desk: Desk) -> None:
    watch(desk, mail("1", ANA, ME), mail("2", BEN, ME), mail("3", BEN, ME, on=at(11, 17)))
    desk.people.merge(1, 2)
    assert [one[0] for one in history(desk, 1)] == [day(11, 16), day(11, 17)]


def test_of_a_forgotten_person_only_digests_stay(desk: Desk) -> None:
    letters = [mail("1", ANA, ME), mail("2", ANA, ME, on=at(11, 17))]
    watch(desk, *letters, event("e", at(11, 2), (ANA, YES), (BEN, YES)))
    desk.people.forget(1)
    add(desk, "Ana Silva", emails=[ANA])
    watch(desk, *letters, since=day(1, 1))
    assert history(desk, 3) == []
    assert len(history(desk, 2)) == 1
    watch(desk, mail("3", ANA, ME, on=at(11, 18)))
    assert len(history(desk, 3)) == 1


def test_who_could_be_a_contact_is_proposed_and_nobody_added(desk: Desk) -> None:
    carl, dora, eve = (
        Handle(HandleKind.EMAIL, f"{name}@example.net", name.title()) for name in ("carl", "dora", "eve")
    )
    letters = [
        *(Mail(f"c{number}", at(11, number), carl, (Handle(HandleKind.EMAIL, ME),)) for number in (1, 2, 3)),
        mail("c4", ME, "carl@example.net", on=at(11, 4)),
        Mail("d1", at(11, 5), dora, (Handle(HandleKind.EMAIL, ME),)),
        mail("d2", ME, "dora@example.net", on=at(11, 6)),
        # Only theirs; and a letter that a list sent, too.
        Mail("e1", at(11, 7), eve, (Handle(HandleKind.EMAIL, ME),)),
        mail("e2", ME, "eve@example.net", on=at(11, 8)),
        mail("e2", ME, "eve@example.net", on=at(11, 8), signs=frozenset({Sign.LIST})),
        mail("a1", ANA, ME), mail("a2", ME, ANA, on=at(11, 3)),
    ]  # fmt: skip
    desk.evidence.add("/mail", "maildir")
    add(desk, "Dora Moe", emails=["dora@example.net"])
    desk.people.forget(3)
    found = desk.evidence.people(lambda *_: Shown(letters), zone=UTC, now=NOW)
    assert [(one.handle.name, one.theirs, one.mine) for one in found] == [("Carl", 3, 1)]
    assert desk.reading.contacts().total == 2


def test_a_stranger_is_added_as_a_newcomer_or_never_proposed_again(desk: Desk) -> None:
    carl, dora = (Handle(HandleKind.EMAIL, f"{name}@example.net", name.title()) for name in ("carl", "dora"))
    letters = [
        one
        for who in (carl, dora)
        for one in (
            Mail(f"{who.name} 1", at(11, 1), who, (Handle(HandleKind.EMAIL, ME),)),
            mail(f"{who.name} 2", ME, who.value, on=at(11, 2)),
        )
    ]
    letters += [line("c", "Zoë Fisk", at(11, 3)), line("c", None, at(11, 4))]
    desk.evidence.add("/mail", "maildir")

    def proposed() -> list[str]:
        found = desk.evidence.people(lambda *_: Shown(letters), zone=UTC, now=NOW)
        assert desk.strangers.count() == len(found) == len(desk.strangers.still(found))
        return sorted(one.handle.name or one.handle.value for one in found)

    assert proposed() == ["Carl", "Dora", "Zoë Fisk"]
    found = desk.evidence.people(lambda *_: Shown(letters), zone=UTC, now=NOW)
    added = desk.strangers.add(carl, "Carl  Moe")
    (key,) = added.ids
    assert desk.strangers.count() == 2
    assert desk.review.newcomer_ids() == [key]
    assert [one.handle.name or one.handle.value for one in desk.strangers.still(found)] == ["Zoë Fisk", "Dora"]
    chat = Handle(HandleKind.NAME, "Zoë Fisk")
    (zoe,) = desk.strangers.add(chat, "Zoe Fisk-Moe").ids
    watch(desk, *letters)
    assert [row[:2] for row in history(desk, int(key))] == [(day(11, 1), "mail"), (day(11, 2), "mail")]
    assert {row[1] for row in history(desk, int(zoe))} == {"message"}
    assert proposed() == ["Dora"]
    desk.strangers.refuse(dora)
    assert proposed() == []
    desk.keeping.undo()
    assert len(desk.strangers.still(found)) == 1
    assert desk.strangers.count() == 1
    desk.strangers.refuse(dora)
    # Written down by hand all the same: what the letters show is theirs.
    add(desk, "Dora Moe", emails=["dora@example.net"])
    watch(desk, *letters)
    assert len(history(desk, desk.people.find("Dora Moe"))) == 2
    with pytest.raises(Refused):
        desk.strangers.add(Handle(HandleKind.PHONE, "+4790011223"), "")
