"""The sample network: it tells its story on any day, by the planner's own rules, and leaves nothing behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.model import Agenda, FavorDirection, ItemKind, Settings, State, Status
from planner.core.words.wording import kind_word
from planner.demo import DEMO_TODAY, big, demo_store, fill, open_demo
from planner.desk import Desk
from planner.desk.shared.context import Context
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.store import derived
from planner.store import tables as t
from planner.store.session import Store
from tests.store.stores import assert_sound, facts

NORA = (
    "birthday",
    "Nora Quist",
    "birthday: turns 36 · idea: the map of Bergen from Claire’s shop · last year: a scarf",
)
"""Her birthday, as the agenda says it."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample network, for tests that only read."""
    with Desk(demo_store(tmp_path_factory.mktemp("demo") / "planner.db"), Config(), lambda: DEMO_TODAY) as found:
        yield found


def told(agenda: Agenda, day: date) -> list[tuple[str, str, str]]:
    """(kind, name, text) of the items that are planned on a day."""
    return [(kind_word(one.item), one.item.contact_name, one.item.text) for one in agenda.items if one.planned == day]


def test_today_tells_the_story(desk: Desk) -> None:
    agenda = desk.reading.agenda()
    assert told(agenda, DEMO_TODAY) == [
        ("promise", "Ana Silva", "introduce her to Leo"),
        ("answer", "Kim Berg", "a reference for the grant"),
        ("thanks", "Ben Okri", "the referral"),
        NORA,
        ("catch up", "Zoë Ångström", "every 2 weeks"),
        ("catch up", "Ana Silva", "every 4–6 weeks"),
    ]
    here = [one for one in agenda.items if one.planned == DEMO_TODAY]
    past = {one.item.contact_name: (one.overdue_days, one.state) for one in reversed(here)}
    assert past["Ana Silva"] == (3, State.LATE)
    assert past["Zoë Ångström"] == (2, State.DUE)
    assert past["Kim Berg"] == (0, State.DUE)
    assert [(kind_word(one.item), one.item.contact_name, one.item.text) for one in agenda.done] == [
        ("outcome", "Dora Lind", "told her about the job"),
        ("catch up", "Ivo Moss", "call: moving to Porto"),
    ]


def test_the_rest_of_the_week_is_varied_and_within_capacity(desk: Desk) -> None:
    agenda = desk.reading.agenda()
    day = {day.on.strftime("%a"): told(agenda, day.on) for day in agenda.days}
    assert ("planned", "Leo Hart", "lunch at Chez Paul") in day["Tue"]
    assert [name for kind, name, _ in day["Tue"] if kind == "catch up"] == ["Chidi Anagonye-Featherstonehaugh-Okonkwo"]
    assert ("nudge", "Ben Okri", "someone at SNCF") in day["Wed"]
    assert ("answer", "Hana Ray", "a first job in Lyon") in day["Wed"]
    assert ("catch up", "Hana Ray", "every 12 weeks") in day["Wed"], "a rhythm joins what is open with the person"
    assert ("catch up", "Mira Holt", "every 4 weeks") in day["Thu"]
    assert ("remember", "Grandma Elsa", "remember: birthday") in day["Thu"]
    assert ("promise", "Ivo Moss", "his talk, 20 slides") in day["Fri"]
    assert ("loan", "Hana Ray", "Hana has the drill · back Fri 27 Nov") in day["Fri"]
    assert day["Sat"] == [("nudge", "Zoë Ångström", "which schools")]
    assert ("birthday", "Solveig Dahl-Aarnes", "birthday: turns 70") in day["Sun"]
    assert ("catch up", "Mum", "every Sunday") in day["Sun"]
    assert [one.load for one in agenda.days] == [7, 4, 4, 3, 5, 1, 2]
    assert agenda.days[0].done == 2
    assert all(one.load <= one.capacity for one in agenda.days[1:])
    assert agenda.waiting == 15


def test_the_ledger_has_every_lane_and_a_history(desk: Desk) -> None:
    ledger = desk.favors.ledger()
    lanes = {name: [row.favor.contact_name for row in rows] for name, rows in ledger.lanes.items()}
    assert lanes == {
        "asked_me": ["Kim Berg", "Hana Ray"],
        "promised": ["Ana Silva", "Ivo Moss", "Mira Holt"],
        "i_asked": ["Theodora Vance", "Ben Okri", "Hana Ray", "Samir Benali", "Zoë Ångström"],
        "to_close": ["Ben Okri", "Leo Hart"],
    }
    assert [row.favor.note for row in ledger.lanes["promised"]][2] == "the four-season tent"
    assert [row.item.text for row in ledger.lanes["promised"]][2] == "bring back the four-season tent"
    assert [row.item.asks for row in ledger.lanes["i_asked"]] == ["", "", "", "rest", ""]
    first = ledger.people[0]
    assert (first.name, first.gave, first.received) == ("Kim Berg", 6, 3)
    assert sum(1 for one in ledger.people if one.gave and one.received) >= 12


def test_everybody_who_looks_for_what_is_offered_here_is_matched_and_nobody_else(desk: Desk) -> None:
    assert {(pair.needs.name, pair.offers.name) for pair in desk.network.matches()} == {
        ("Theodora Vance", "Ilse Vandenbroucke"), ("Erin Kowalczyk", "Ruben Castelao"),
        ("Samir Benali", "Žofie Dvořáková"), ("Ana Silva", "Cy Young"), ("Agathe Villon", "Solène Prigent"),
        ("Dee Abara", "Paweł Wiśniewski"), ("Eszter Balogh", "Zeynep Aydın"), ("Jonas Dahl", "Farid Mansouri"),
        ("Rory MacAskill", "Matti Dahl"),
    }  # fmt: skip


def test_four_people_were_helped_within_seven_days(desk: Desk) -> None:
    week = DEMO_TODAY - timedelta(days=6)
    helped = {
        favor.contact_name
        for person in desk.favors.ledger().people
        for favor in desk.reading.card(person.contact_id).favors
        if favor.direction is FavorDirection.GIVEN and favor.done_on is not None and favor.done_on >= week
    }
    assert len(helped) == 4


def test_ana_has_a_card_worth_reading(desk: Desk) -> None:
    card = desk.reading.card(desk.people.find("Ana Silva"))
    assert (card.contact.title, card.contact.company, card.contact.city) == ("Product lead", "Port of Lyon", "Lyon")
    assert card.contact.circles == ("climbing", "work")
    assert card.contact.looking_for == "a flat in Lyon"
    assert [(one.on, one.channel, one.note) for one in card.interactions[:2]] == [
        (date(2026, 10, 23), "coffee", "her op is on 12 December"),
        (date(2026, 9, 2), "mail", "sent the talk about ports"),
    ]
    assert (card.due, card.rhythm and card.rhythm.worst) == (date(2026, 11, 20), date(2026, 12, 4))
    assert "a flat in Lyon" in desk.reading.card(desk.people.find("Cy Young")).contact.offers


def test_about_150_people_of_many_scripts_states_and_rhythms(desk: Desk) -> None:
    rows = desk.reading.contacts(limit=500).rows
    assert 140 <= len(rows) <= 160
    names = "".join(row.name for row in rows)
    for letter in ("Å", "Ž", "Д", "Π", "ع", "ש", "अ", "田", "王", "이", "🦊"):
        assert letter in names
    assert max(len(row.name) for row in rows) >= 40
    assert any(" " not in row.name for row in rows)
    states = Counter(row.state for row in rows)
    for state in (State.FINE, State.SOON, State.DUE, State.SNOOZED, State.PAUSED, State.PLANNED, State.NONE):
        assert states[state], state
    with desk.store.read():
        statuses = Counter(row[0] for row in t.ContactTable.select(t.ContactTable.status).tuples())
        modes = Counter(row[0] for row in t.ContactTable.select(t.ContactTable.mode).tuples())
    assert set(statuses) == {str(status) for status in Status}
    assert set(modes) == {"rhythm", "occasion", "never"}
    circles = {circle.name for circle in desk.people.circles()}
    assert circles >= {"family", "work", "climbing", "choir", "neighbours", "alumni"}


def test_every_address_is_of_a_kind_kept_for_examples(desk: Desk) -> None:
    with desk.store.read():
        rows = list(t.AddressTable.select(t.AddressTable.kind, t.AddressTable.value, t.AddressTable.key).tuples())
    assert Counter(kind for kind, *_ in rows).keys() == {"email", "phone", "url"}
    emails = [value for kind, value, _ in rows if kind == "email"]
    assert len(set(emails)) == len(emails)
    assert all(value.partition("@")[2] in ("example.org", "example.com") for value in emails)
    for kind, value, key in rows:
        assert value.isascii()
        assert key == Context(desk.store, desk.config, lambda: DEMO_TODAY).address_form(kind, value), value


def test_notes_read_like_a_persons(desk: Desk) -> None:
    with desk.store.read():
        notes = [row[0] for row in t.InteractionTable.select(t.InteractionTable.note).tuples()]
    written = [note for note in notes if note]
    assert len(written) >= 200
    assert len(set(written)) == len(written), Counter(written).most_common(3)
    assert not any("{" in note or "}" in note or len(note) > 60 for note in written)


def test_nobody_far_away_came_for_coffee(desk: Desk) -> None:
    near = ("Lyon", "Villeurbanne", "Vénissieux", "Grenoble", "Annecy")
    with desk.store.read():
        rows = t.ParticipationTable.select(t.ContactTable.name, t.ContactTable.city, t.InteractionTable.on).join(
            t.ContactTable
        )
        coffees = (
            rows.switch(t.ParticipationTable)
            .join(t.InteractionTable)
            .where(t.InteractionTable.channel == "coffee")
            .tuples()
        )
        # Dora was in town once, and Gideon will be.
        far = {name for name, city, _ in coffees if city not in near}
    assert far == {"Dora Lind", "Gideon Afolabi"}


def test_everything_is_as_the_rules_derive_it(desk: Desk) -> None:
    assert_sound(desk.store)


def test_undo_has_nothing_to_take_back(desk: Desk) -> None:
    assert desk.keeping.history() == ()
    with pytest.raises(Refused):
        desk.keeping.undo()


def test_the_same_day_gives_the_same_rows(tmp_path: Path) -> None:
    with demo_store(tmp_path / "one.db") as one, demo_store(tmp_path / "two.db") as two:
        assert facts(one) == facts(two)


@pytest.mark.parametrize("day", [DEMO_TODAY + timedelta(days=count) for count in range(7)])
def test_any_day_of_the_week_has_something_to_do(tmp_path: Path, day: date) -> None:
    with Desk(demo_store(tmp_path / "planner.db", day), Config(), lambda: day) as desk:
        agenda = desk.reading.agenda()
        assert [name for _, name, _ in told(agenda, day)][:5] == [
            "Ana Silva", "Kim Berg", "Ben Okri", "Nora Quist", "Zoë Ångström",
        ]  # fmt: skip
        assert {one.item.contact_name for one in agenda.done if one.planned == day} == {"Dora Lind", "Ivo Moss"}
        assert 10 <= agenda.waiting <= 25
        with desk.store.read():
            assert derived.differences(desk.store) == []


@pytest.mark.parametrize(
    "day", [date(2027, 1, 1), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 12, 31)]
)
def test_ends_of_months_and_years(tmp_path: Path, day: date) -> None:
    with Desk(demo_store(tmp_path / "planner.db", day), Config(), lambda: day) as desk:
        agenda = desk.reading.agenda()
        assert NORA in told(agenda, day)
        assert sum(1 for one in agenda.items if one.item.kind is ItemKind.DATE) >= 3
        with desk.store.read():
            assert derived.differences(desk.store) == []


def test_the_demo_is_private_and_goes_when_it_is_closed() -> None:
    desk = open_demo(Config(), lambda: DEMO_TODAY)
    folder = desk.store.path.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert desk.reading.agenda().waiting == 15
    desk.people.add(ContactDraft(name="Somebody New"))
    assert desk.keeping.undo().said
    desk.close()
    assert not folder.exists()
    desk.close()


def test_two_demos_do_not_meet() -> None:
    with open_demo(Config(), lambda: DEMO_TODAY) as one, open_demo(Config(), lambda: DEMO_TODAY) as two:
        one.people.add(ContactDraft(name="Somebody New"))
        before = two.reading.contacts().total
        assert one.reading.contacts().total == before + 1


def test_a_demo_is_filled_for_the_day_of_its_clock() -> None:
    day = date(2027, 5, 4)
    with open_demo(Config(), lambda: day) as desk, desk.store.read():
        latest = t.InteractionTable.select(t.InteractionTable.on).where(t.InteractionTable.outcome == "reached")
        newest = max(row[0] for row in latest.tuples())
    assert abs((day - newest).days) <= 1


def test_a_filled_store_keeps_its_numbers_after_a_second_filling_fails(tmp_path: Path) -> None:
    """Filling is one transaction: circles are unique, so a second one writes nothing at all."""
    with demo_store(tmp_path / "planner.db") as store:
        before = facts(store)
        with pytest.raises(Refused, match="already"):
            fill(store, DEMO_TODAY)
        assert facts(store) == before


def test_a_crowd_of_any_size_follows_the_rules_and_repeats(tmp_path: Path) -> None:
    with Store(tmp_path / "one.db", Settings()).open() as one, Store(tmp_path / "two.db", Settings()).open() as two:
        for store in (one, two):
            big(store, 1_500, DEMO_TODAY)
        assert facts(one) == facts(two)
        assert_sound(one)
        desk = Desk(one, Config(), lambda: DEMO_TODAY)
        page = desk.reading.contacts(limit=1_500)
        assert page.total == 1_500
        with_rhythm = [row for row in page.rows if row.due is not None]
        overdue = [row for row in with_rhythm if row.due is not None and row.due < DEMO_TODAY]
        assert 0.35 <= len(with_rhythm) / 1_500 <= 0.45
        assert 0.06 <= len(overdue) / len(with_rhythm) <= 0.2
        assert len({row.rhythm for row in with_rhythm}) >= 8
        assert all(row.last_contact is not None for row in page.rows)
        assert desk.keeping.history() == ()
