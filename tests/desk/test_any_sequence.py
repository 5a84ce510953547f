"""Any sequence of commands on a real file: derived is as derived anew, nothing stands twice, undo takes all back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from planner.config import Config
from planner.core.evidence.seen import Handle, HandleKind
from planner.core.favors import LEDGER_KINDS
from planner.core.model import Agenda, AgendaItem, ItemKind, Mode, OpenItem, State, Status
from planner.core.rhythm.agenda import is_shown
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.store import derived
from planner.store.facts import contact_names, contacts, put_off
from planner.store.session import Store
from planner.store.views import open_items
from tests.desk.desks import TODAY, open_desk
from tests.desk.evidence_runs import line, watch
from tests.store.stores import assert_sound, facts

NAMES = ("Ana Silva", "Ben Okri", "Chloé Martin", "Dev Rao", "Eve")
CIRCLES = ("work", "climbing")
SPECS = ("1d", "1w", "2w/3w", "1m", "1w workdays", "RRULE:FREQ=WEEKLY;BYDAY=SU", "inherit", "none")
REPEATS = ("", "+1w", "++1m", ".+3d", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31")
BIRTHDAYS = (None, "11-25", "1980-01-02", "02-29", "1990-11-20")
LINES = (
    "coffee, promised intro to Leo by fri",
    "call yesterday, again 2w",
    "no answer",
    "her op 12 dec, likes boats",
    "mail, asked for advice about taxes",
)
WAYS = (
    ("later", "in spring"), ("advice", "try the library"), ("network", "a flat"), ("introduce", NAMES[0]), ("", "no"),
)  # fmt: skip
index = st.integers(0, 4)
back = st.sampled_from([0, 0, 1, 2, 6, 7, 8, 20, 45, 200])
ahead = st.sampled_from([0, 1, 2, 5, 7, 8, 28, 60])


def known_of(store: Store) -> dict[str, Any]:
    """All facts but traces, and names nobody answered for: a run that is no step may keep some of both."""
    found = facts(store)
    del found["evidence"]
    # Of a name that was said to be somebody's: kind, value, contact, whether it is me, and the day.
    found["known_as"] = [(*row[2:4], *row[6:]) for row in found["known_as"] if row[8] is not None]
    return found


def with_a_day(week: Agenda) -> list[AgendaItem]:
    """What stands on a day of its own; for all else the plan looks which places are free."""
    return [one for one in week.items if one.item.kind is not ItemKind.CADENCE or one.item.chosen_day]


def told_of_people(week: Agenda) -> list[AgendaItem]:
    """What was done but for needs and introductions, which are told of several people together."""
    return [one for one in week.done if one.item.kind not in (ItemKind.NEED, ItemKind.INTRODUCTION)]


class Commands(RuleBasedStateMachine):
    """One person at the desk; `trail` holds all facts after each command that stands, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="planner-test-"))
        self.today = TODAY
        store = open_desk(self.folder / "planner.db").store
        self.desk = Desk(store, Config(), lambda: self.today)
        self.trail: list[dict[str, Any]] = [known_of(self.desk.store)]
        self.undone: list[dict[str, Any]] = []

    # What every command goes through

    def give(self, command: Callable[[], object], probe: bool = False) -> None:
        """Give a command; refused, it must leave no trace. With `probe`, it is undone and done again."""
        before, agenda = self.trail[-1], self.agenda()
        undoable = len(self.desk.keeping.history(1000))
        try:
            command()
        except Refused:
            assert known_of(self.desk.store) == before, "a refused command left a trace"
            assert len(self.desk.keeping.history(1000)) == undoable
            return
        after = known_of(self.desk.store)
        if after == before:
            return
        self.trail.append(after)
        self.undone.clear()
        self.is_shown_at_once(agenda)
        if probe:
            now = self.agenda()
            self.desk.keeping.undo()
            assert known_of(self.desk.store) == before
            assert self.agenda() == agenda
            self.desk.keeping.redo()
            assert known_of(self.desk.store) == after
            assert self.agenda() == now

    def is_shown_at_once(self, before: Agenda) -> None:
        """What is read of the people alone, after a command, is what the whole week says of them."""
        people = {*self.contacts(), *(one.item.contact_id for one in (*before.items, *before.done))}
        at_once = self.desk.reading.with_people_anew(before, people)
        if at_once is not None:
            whole = self.agenda()
            assert with_a_day(at_once) == with_a_day(whole)
            assert told_of_people(at_once) == told_of_people(whole)
            rhythms = [one.item for one in at_once.items if one.item.kind is ItemKind.CADENCE]
            with self.desk.store.read():
                now = open_items.as_of(open_items.all_rhythms(), self.desk.settings, self.today)
            assert all(one in now for one in rhythms)

    def agenda(self) -> Agenda:
        return self.desk.reading.agenda()

    def contacts(self) -> list[int]:
        with self.desk.store.read():
            return derived.all_contact_ids()

    def who(self, number: int) -> int:
        known = self.contacts()
        return known[number % len(known)]

    def some_item(self, number: int) -> str:
        """An open item, or the rhythm of a contact that may have none."""
        items = [one.item.id for one in self.agenda().items]
        return items[number % len(items)] if items else f"c{self.who(number)}"

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    # Contacts and circles

    @initialize(spec=st.sampled_from(SPECS), days=back, circle_spec=st.sampled_from(SPECS[:-2]))
    def first_contacts(self, spec: str, days: int, circle_spec: str) -> None:
        """One with a rhythm of their own, one with that of a circle, one with neither."""
        drafts = (
            ContactDraft(name=NAMES[0], cadence=spec, since=self.day(-days), circles=CIRCLES[:1]),
            ContactDraft(name=NAMES[1], circles=CIRCLES, birthday="11-28"),
            ContactDraft(name=NAMES[2]),
        )
        for draft in drafts:
            self.give(partial(self.desk.people.add, draft))
        self.give(lambda: self.desk.people.set_circle_cadence(CIRCLES[0], circle_spec))

    @precondition(lambda self: len(self.contacts()) < len(NAMES))
    @rule(spec=st.sampled_from(SPECS), days=back, circle=st.sampled_from(CIRCLES), born=st.sampled_from(BIRTHDAYS))
    def add(self, spec: str, days: int, circle: str, born: str | None) -> None:
        name = NAMES[3 + len(self.trail) % 2]
        draft = ContactDraft(name=name, cadence=spec, since=self.day(-days), circles=(circle,), birthday=born)
        self.give(lambda: self.desk.people.add(draft))

    @rule(number=index, born=st.sampled_from(BIRTHDAYS), spec=st.sampled_from((None, *SPECS)), probe=st.booleans())
    def edit(self, number: int, born: str | None, spec: str | None, probe: bool) -> None:
        draft = ContactDraft(company=f"Firm {number}", birthday=born, cadence=spec, circles=CIRCLES[: number % 3])
        who = self.who(number)
        self.give(lambda: self.desk.people.edit(who, draft), probe)

    @rule(number=index, spec=st.sampled_from(SPECS), days=back, probe=st.booleans())
    def cadence(self, number: int, spec: str, days: int, probe: bool) -> None:
        who, since = self.who(number), self.day(-days) if days else None
        self.give(lambda: self.desk.people.set_cadence([who], spec, since=since), probe)

    @rule(circle=st.sampled_from(CIRCLES), spec=st.sampled_from(SPECS[:-2]), probe=st.booleans())
    def circle_cadence(self, circle: str, spec: str, probe: bool) -> None:
        self.give(lambda: self.desk.people.set_circle_cadence(circle, spec), probe)

    @rule(number=index, circle=st.sampled_from(CIRCLES), leave=st.booleans())
    def join_or_leave(self, number: int, circle: str, leave: bool) -> None:
        who, change = self.who(number), self.desk.people.leave_circle if leave else self.desk.people.join_circle
        self.give(lambda: change([who], circle))

    @rule(number=index, status=st.sampled_from(["active", "active", "archived", "deceased"]), probe=st.booleans())
    def status(self, number: int, status: str, probe: bool) -> None:
        who = self.who(number)
        self.give(lambda: self.desk.people.set_status([who], status), probe)

    @rule(number=index, mode=st.sampled_from(["rhythm", "rhythm", "occasion", "never"]), probe=st.booleans())
    def mode(self, number: int, mode: str, probe: bool) -> None:
        who = self.who(number)
        self.give(lambda: self.desk.people.set_mode([who], mode), probe)

    @precondition(lambda self: len(self.contacts()) > 2)
    @rule(number=index)
    def merge(self, number: int) -> None:
        kept, other = self.who(number), self.who(number + 1)
        self.give(lambda: self.desk.people.merge(kept, other), probe=True)

    # What happened

    @rule(
        numbers=st.lists(index, min_size=1, max_size=3),
        days=back,
        outcome=st.sampled_from(["reached", "reached", "attempt"]),
        direction=st.sampled_from(["me", "both", "them"]),
        channel=st.sampled_from(["call", "mail", ""]),
        probe=st.booleans(),
    )
    def log(self, numbers: Sequence[int], days: int, outcome: str, direction: str, channel: str, probe: bool) -> None:
        who = [self.who(number) for number in numbers]
        self.give(
            lambda: self.desk.interactions.log(
                who, on=self.day(-days), outcome=outcome, direction=direction, channel=channel
            ),
            probe,
        )

    @rule(numbers=st.lists(index, min_size=1, max_size=3), days=ahead, probe=st.booleans())
    def plan(self, numbers: Sequence[int], days: int, probe: bool) -> None:
        who = [self.who(number) for number in numbers]
        self.give(lambda: self.desk.interactions.log(who, on=self.day(days), outcome="planned"), probe)

    @rule(number=index, which=index, probe=st.booleans())
    def unlog(self, number: int, which: int, probe: bool) -> None:
        known = self.desk.reading.card(self.who(number)).interactions
        if known:
            key = known[which % len(known)].id
            self.give(lambda: self.desk.interactions.unlog([key]), probe)

    @rule(number=index, days=back, outcome=st.sampled_from(["reached", "attempt", None]))
    def edit_interaction(self, number: int, days: int, outcome: str | None) -> None:
        known = self.desk.reading.card(self.who(number)).interactions
        if known:
            key, day = known[0].id, self.day(-days)
            self.give(lambda: self.desk.interactions.edit(key, on=day, outcome=outcome))

    # What is open

    @rule(number=st.integers(0, 12), days=back, note=st.sampled_from(["", "said hello"]), probe=st.booleans())
    def done(self, number: int, days: int, note: str, probe: bool) -> None:
        item, on = self.some_item(number), self.day(-days) if days else None
        self.give(lambda: self.desk.triage.done([item], on=on, note=note), probe)

    @rule(number=st.integers(0, 12), line=st.sampled_from(LINES), probe=st.booleans())
    def settle(self, number: int, line: str, probe: bool) -> None:
        item = self.some_item(number)
        self.give(lambda: self.desk.capture.settle([item], line), probe)

    @rule(number=index, line=st.sampled_from(LINES), probe=st.booleans())
    def capture(self, number: int, line: str, probe: bool) -> None:
        text = f"#{self.who(number)}: {line}"
        self.give(lambda: self.desk.capture.take(text), probe)

    @rule(number=st.integers(0, 12), days=ahead, probe=st.booleans())
    def snooze(self, number: int, days: int, probe: bool) -> None:
        item, until = self.some_item(number), self.day(days)
        self.give(lambda: self.desk.triage.snooze([item], until), probe)

    @rule(number=st.integers(0, 12), days=ahead, probe=st.booleans())
    def move(self, number: int, days: int, probe: bool) -> None:
        item, day = self.some_item(number), self.day(days)
        self.give(lambda: self.desk.triage.move([item], day), probe)

    @rule(number=st.integers(0, 12))
    def attempt(self, number: int) -> None:
        item = self.some_item(number)
        self.give(lambda: self.desk.triage.attempt([item]))

    @rule(number=index, probe=st.booleans())
    def skip(self, number: int, probe: bool) -> None:
        who = self.who(number)
        self.give(lambda: self.desk.triage.skip([f"c{who}"]), probe)

    @rule(whom=st.sampled_from(["one", "circle", "everyone"]), number=index, days=ahead, end=st.booleans())
    def pause_or_resume(self, whom: str, number: int, days: int, end: bool) -> None:
        ids, circle = [self.who(number)] if whom == "one" else [], CIRCLES[number % 2] if whom == "circle" else None
        everyone = whom == "everyone"
        if end:
            self.give(lambda: self.desk.triage.resume(ids, circle=circle, everyone=everyone))
        else:
            until = self.day(days) if days else None
            self.give(
                lambda: self.desk.triage.pause(ids, circle=circle, everyone=everyone, until=until),
                probe=True,
            )

    @rule(number=index, days=back, repeat=st.sampled_from(REPEATS), probe=st.booleans())
    def follow_up(self, number: int, days: int, repeat: str, probe: bool) -> None:
        who, on = self.who(number), self.day(5 - days)
        self.give(lambda: self.desk.triage.follow_up([who], "send it", on, repeat=repeat), probe)

    @rule(number=index)
    def drop_follow_up(self, number: int) -> None:
        found = self.desk.reading.card(self.who(number)).follow_ups
        if found:
            key = found[number % len(found)].id
            self.give(lambda: self.desk.triage.end_follow_up([key]))

    @rule()
    def spread_backlog(self) -> None:
        self.give(lambda: self.desk.triage.spread_backlog(), probe=True)

    # The ledger, introductions, needs

    @rule(number=index, verb=st.sampled_from(["asked", "promise", "gave", "received", "ask"]), days=back)
    def favor(self, number: int, verb: str, days: int) -> None:
        who, on = self.who(number), self.day(-days)
        self.give(lambda: self.desk.favors.enter(verb, [who], kind="advice", on=on))

    @rule(number=index, which=index, step=st.sampled_from(["accept", "done", "thank", "told", "nudge", "rest"]))
    def favor_step(self, number: int, which: int, step: str) -> None:
        favors = self.desk.reading.card(self.who(number)).favors
        if favors:
            key, verb = favors[which % len(favors)].id, getattr(self.desk.favors, step)
            self.give(lambda: verb([key]), probe=True)

    @rule(number=index, which=index, way=st.sampled_from(WAYS))
    def decline(self, number: int, which: int, way: tuple[str, str]) -> None:
        favors = self.desk.reading.card(self.who(number)).favors
        if favors:
            key = favors[which % len(favors)].id
            self.give(lambda: self.desk.favors.decline(key, way_out=way[0], note=way[1]), probe=True)

    @rule(number=index)
    def introduce(self, number: int) -> None:
        one, other = self.who(number), self.who(number + 1)
        self.give(lambda: self.desk.introductions.start(one, other), probe=True)

    @rule(answer=st.sampled_from(["yes", "yes", "no", "later"]), made=st.booleans())
    def answer_introduction(self, answer: str, made: bool) -> None:
        found = self.desk.introductions.all()
        if found and made:
            self.give(lambda: self.desk.introductions.made(found[0].id), probe=True)
        elif found:
            side = found[0].one_id if len(self.trail) % 2 else found[0].other_id
            self.give(lambda: self.desk.introductions.answer(found[0].id, side, answer))

    @rule(number=index, ask=st.booleans())
    def need(self, number: int, ask: bool) -> None:
        who, views = self.who(number), self.desk.needs.all()
        if not views:
            self.give(lambda: self.desk.needs.add("a flat in Lyon"))
            return
        key = views[0].need.id
        if ask:
            self.give(lambda: self.desk.needs.ask(key, [who]), probe=True)
        else:
            self.give(lambda: self.desk.needs.tell(key, [who]))

    @rule(number=index, step=st.sampled_from(["helped", "declined", "passed", "close", "asked_again"]))
    def answer_need(self, number: int, step: str) -> None:
        who, views = self.who(number), self.desk.needs.all()
        if not views:
            return
        key = views[0].need.id
        match step:
            case "close":
                self.give(lambda: self.desk.needs.close(key), probe=True)
            case "passed":
                to = f"#{self.who(number + 1)}"
                self.give(lambda: self.desk.needs.passed(key, who, to), probe=True)
            case "asked_again":
                self.give(lambda: self.desk.triage.done([f"n{key}"]), probe=True)
            case _:
                verb = getattr(self.desk.needs, step)
                self.give(lambda: verb(key, [who]), probe=True)

    # What is seen

    @rule(number=index, days=back, mine=st.booleans(), known=st.sampled_from([True, True, False]), probe=st.booleans())
    def see(self, number: int, days: int, mine: bool, known: bool, probe: bool) -> None:
        if not self.desk.evidence.listed():
            self.give(lambda: self.desk.evidence.add("/chats", "folder"))
        with self.desk.store.read():
            name = contact_names.names_of([self.who(number)])[self.who(number)] if known else "Jahn Doe"
        at = datetime.combine(self.day(-days), time(10), UTC)
        seen = line(name, None if mine else name, at, members=(Handle(HandleKind.NAME, name),))
        now = datetime.combine(self.today, time(12), UTC)
        self.give(lambda: watch(self.desk, seen, now=now), probe)

    @rule(number=index, what=st.sampled_from(["any", "theirs", "off", "whose", "nobody", "not", "not", "remove"]))
    def say_what_counts(self, number: int, what: str) -> None:
        sources = self.desk.evidence.listed()
        if what in ("whose", "nobody"):
            owner = self.who(number) if what == "whose" else None
            self.give(lambda: self.desk.evidence.whose("Jahn Doe", owner))
        elif what == "not":
            if seen := self.desk.evidence.seen(self.day(-400)):
                self.give(lambda: self.desk.evidence.not_this([seen[number % len(seen)].id]))
        elif sources and what == "remove":
            self.give(lambda: self.desk.evidence.remove(sources[0].source.id))
        elif sources:
            source = sources[0].source.id if number % 2 else None
            self.give(lambda: self.desk.evidence.count(what, contact_id=self.who(number), source_id=source))

    # Time, undo, redo

    @rule(days=st.sampled_from([1, 1, 2, 6, 7, 31, 100]))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.trail) - 2)):
            self.undone.append(self.trail.pop())
            self.desk.keeping.undo()
            assert known_of(self.desk.store) == self.trail[-1]

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.undone))):
            self.trail.append(self.undone.pop())
            self.desk.keeping.redo()
            assert known_of(self.desk.store) == self.trail[-1]

    # What always holds

    @invariant()
    def derived_as_derived_anew(self) -> None:
        with self.desk.store.read():
            assert derived.differences(self.desk.store) == []

    @invariant()
    def nothing_stands_twice_and_nothing_due_is_lost(self) -> None:
        this, later = self.agenda(), self.desk.reading.agenda(week_of=self.day(7))
        stand = [one.item.id for one in this.items]
        rhythms = [one.item.id for one in (*this.items, *later.items) if one.item.kind is ItemKind.CADENCE]
        assert len(stand) == len(set(stand))
        assert len(rhythms) == len(set(rhythms))
        with self.desk.store.read():
            everyone = put_off.everyone_paused_until()
            items = [item for contact_id in self.contacts() for item in open_items.items_of(contact_id)]
        assert len(items) == len({item.id for item in items})
        for item in items:
            visible = is_shown(item, self.desk.settings, self.today, everyone)
            by_hand = item.chosen_day is not None and item.chosen_day > this.end
            if not visible:
                assert item.id not in stand
            elif item.due <= self.today and not by_hand:
                assert item.id in stand or (item.kind is ItemKind.CADENCE and this.waiting > 0)
        self.each_favor_stands_in_one_lane(items)
        self.nobody_put_away_is_asked_for_news(items)

    def each_favor_stands_in_one_lane(self, items: Sequence[OpenItem]) -> None:
        found = self.desk.favors.ledger()
        stand = [row.item.id for rows in found.lanes.values() for row in rows]
        assert len(stand) == len(set(stand))
        assert sorted(stand) == sorted(item.id for item in items if item.kind in LEDGER_KINDS)

    def nobody_put_away_is_asked_for_news(self, items: Sequence[OpenItem]) -> None:
        asked = [item.contact_id for item in items if item.kind is ItemKind.NEED]
        with self.desk.store.read():
            known = contacts.read_contacts(asked)
        assert all(one.status is Status.ACTIVE and one.mode is not Mode.NEVER for one in known.values())

    @invariant()
    def why_agrees_with_the_agenda(self) -> None:
        agenda = self.agenda()
        for one in agenda.items:
            why = self.desk.reading.why(item_id=one.item.id)
            assert (why.due, why.state, why.urgency, why.terms) == (one.item.due, one.state, one.urgency, one.terms)
            assert why.contact_id == one.item.contact_id
            assert why.steps
        stand = {one.item.id for one in agenda.items}
        for contact_id in self.contacts():
            state = self.desk.reading.why(contact_id).state
            if state in (State.NONE, State.SNOOZED, State.PAUSED, State.PLANNED):
                assert f"c{contact_id}" not in stand

    def teardown(self) -> None:
        """Undo everything, step by step, down to nothing; then do it all again."""
        try:
            trail = [*self.trail, *reversed(self.undone)]
            for _ in range(len(self.undone)):
                self.desk.keeping.redo()
            assert known_of(self.desk.store) == trail[-1]
            for expected in reversed(trail[:-1]):
                self.desk.keeping.undo()
                assert known_of(self.desk.store) == expected
            assert not any(known_of(self.desk.store).values())
            with pytest.raises(Refused, match="Nothing to undo"):
                self.desk.keeping.undo()
            for expected in trail[1:]:
                self.desk.keeping.redo()
                assert known_of(self.desk.store) == expected
            assert_sound(self.desk.store)
        finally:
            self.desk.close()
            shutil.rmtree(self.folder)


def test_any_sequence_of_commands() -> None:
    run_state_machine_as_test(Commands, settings=settings(max_examples=10, stateful_step_count=30))


@pytest.mark.long
def test_any_long_sequence_of_commands() -> None:
    run_state_machine_as_test(
        Commands, settings=settings(max_examples=300, stateful_step_count=80, derandomize=False, print_blob=True)
    )
