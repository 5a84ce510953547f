"""How the database answers what is asked at a key: by an index, reading nobody twice, at any number of contacts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from planner.store.evidence import news
from planner.store.facts import contact_words, favors, needs, wishes
from planner.store.facts.identity import duplicates
from planner.store.sqlite import connection
from planner.store.views import contact_order, derivation, giving, newcomers, open_items, pressing, settled
from planner.store.views.of_needs import need_counts, told_list, whom_to_tell
from tests.cases import case
from tests.desk.desks import add, open_desk
from tests.store.stores import asked, open_store

INDEX_OF_ORDER = {
    "last": "SEARCH s USING COVERING INDEX contact_summary_last_contact",
    "due": "SEARCH s USING COVERING INDEX contact_summary_due",
    "company": "SEARCH s USING COVERING INDEX contact_company_id",
    "loops": "SEARCH due_item USING INDEX due_item_visible (kind=?)",
}
BY_NAME = {"company": "contact_folded_status"}
"""The index in which those without a value are found by name, where it is not that of the summaries."""
OF_LENGTH = "INDEX due_item_kind_ideal_days_due (kind=? AND ideal_days=?"
WEEK = ("length", "day", "one", "soon")
PLANS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    # (what is asked, the statement, what its plan uses, which tables it may read whole)
    *((f"people by {name}, {part}", statement, (index,), whole) for name, order in contact_order.ORDERS.items()
        for index in (INDEX_OF_ORDER[name],) for part, statement, whole in (
            ("how many of each", order.counted, ("s",)), ("a window up", order.inside(downwards=False), ("s",)),
            ("a window down", order.inside(downwards=True), ("s",)))),
    *((f"people without {name}", statement, (BY_NAME.get(name, "COVERING INDEX contact_summary_by_name"),), ("c",))
        for name, order in contact_order.ORDERS.items() for statement in (order.rest(), order.rest(backwards=True))),
    ("what was settled", settled.SETTLED, ("COVERING INDEX interaction_answered_on", "COVERING INDEX follow_up_done_on",
        "COVERING INDEX contact_date_settled_on", "COVERING INDEX nudge_on", "COVERING INDEX told_on",
        *(f"favor USING INDEX favor_{step} ({step}>? AND {step}<?)" for step in favors.STEPS)), ("introduction",)),
    ("favors with a step in a span", f"{favors.FAVOR} WHERE f.id IN ({favors.IN_SPAN})",
        ("f USING INTEGER PRIMARY KEY", *(f"favor USING COVERING INDEX favor_{step}" for step in favors.STEPS)), ()),
    ("what is due and no rhythm", open_items.FIXED_DUE, ("due_item_visible (kind=? AND due<?)",), ()),
    ("what has a day chosen by hand", open_items.FIXED_BY_HAND, ("due_item_chosen",), ()),
    ("rhythms with a day chosen by hand", open_items.RHYTHMS_BY_HAND, ("due_item_chosen",), ()),
    ("which kinds there are", open_items.KINDS, ("d USING COVERING INDEX due_item_", "(kind>?)"), ("found",)),
    ("rhythms of some people", open_items.RHYTHMS_WITH, ("d USING PRIMARY KEY (id=?)",), ()),
    ("how many rhythms are due", f"SELECT count(*) {open_items.DUE}", ("COVERING INDEX due_item_visible",), ()),
    *((f"the most urgent, {name}", statement.format(and_more="", days="?"), (index,
        "i USING COVERING INDEX due_item_kind_ideal_days_worst_due (kind=? AND ideal_days>?)"), WEEK)
        for name, statement, index in (
            ("up to whom, past due", pressing.LAST_PAST, f"COVERING {OF_LENGTH} AND due<?)"),
            ("up to whom, turning late", pressing.LAST_TURNING, "COVERING INDEX due_item_kind_ideal_days_worst_due"
                " (kind=? AND ideal_days=? AND worst=? AND due<?)"),
            ("past due", pressing.PAST, f"d USING {OF_LENGTH} AND due<?)"),
            ("due soon", pressing.SOON, f"d USING {OF_LENGTH} AND due>? AND due<?)"),
            ("turning late", pressing.TURNING, "d USING INDEX due_item_kind_ideal_days_worst_due"
                " (kind=? AND ideal_days=? AND worst=? AND due<?)"))),
    ("how many rounds there are", open_items.ROUNDS, ("COVERING INDEX due_item_kind_ideal_days",), ()),
    ("who is furthest behind", open_items.BEHIND, (f"d USING {OF_LENGTH} AND due<?)", f"COVERING {OF_LENGTH})"), ()),
    ("since when a newcomer waits", newcomers.FIRST, ("c USING INTEGER PRIMARY KEY",), ("n",)),
    ("who has a word", contact_words.WHO, ("PRIMARY KEY (word=?)",), ()),
    ("how many have a word", contact_words.HOW_MANY, ("PRIMARY KEY (word=?)",), ()),
    ("who matches", whom_to_tell.MATCHING, ("c USING INTEGER PRIMARY KEY",), ()),
    ("whom they know", whom_to_tell.KNOWN, ("acquaintance_contact_id",), ()),
    *((f"others, {kind}", whom_to_tell.OTHERS.format(kind=kind, holds="TRUE"),
        ("SEARCH s USING COVERING INDEX contact_summary_last_contact", "c USING INTEGER PRIMARY KEY",
        "contact_left_alone", "d USING COVERING INDEX told_need_id_contact_id"), ("json_each", "o", "contact"))
        for kind in whom_to_tell.KINDS),
    *((f"how many others, {kind}", whom_to_tell.HOW_MANY.format(kind=kind),
        ("SEARCH s USING COVERING INDEX contact_summary_last_contact",), ()) for kind in whom_to_tell.KINDS),
    *((f"how many others hold words, {kind}", whom_to_tell.HOW_MANY_OTHERS.format(kind=kind,
            holds=whom_to_tell.NAMED.format(holds="instr(folded, :word0) > 0")),
        ("SEARCH s USING", "contact USING COVERING INDEX contact_folded_status"), ("json_each", "contact"))
        for kind in whom_to_tell.KINDS),
    ("others who are left out", whom_to_tell.GONE_OF_EACH,
        ("SEARCH s USING INTEGER PRIMARY KEY", "contact_left_alone", "told USING COVERING INDEX"),
        ("json_each", "contact")),
    *((f"a page of those in {group}", told_list.PAGE.format(group=condition), ("d USING INDEX told_need_id_state",),
        ("contact",)) for group, condition in told_list.IN_GROUP.items()),
    ("how many stand in each group", told_list.BY_STATE, ("COVERING INDEX told_need_id_state",), ()),
    ("what asks became", told_list.ASKED_BY_FAVOR, ("d USING INDEX told_need_id_state",
        "f USING INTEGER PRIMARY KEY"), ()),
    ("who was told first and is silent", told_list.FIRST_SILENT,
        ("d USING INDEX told_need_id_state",), ("contact", "json_each")),
    ("who wrote since", told_list.WROTE_SINCE, ("d USING INDEX told_need_id_contact_id",
        "e USING"), ()),
    ("who is first to hear", told_list.FIRST_TO_HEAR, ("d USING INDEX told_need_id_contact_id (need_id=?)",),
        ("contact",)),
    ("a page of those to hear", told_list.TO_HEAR_PAGE, ("d USING INDEX told_need_id_state",), ("contact",)),
    ("who is let be", need_counts.LET_BE, ("COVERING INDEX told_need_id_state",), ()),
    ("who knows of needs", need_counts.KNOWN, ("COVERING INDEX told_need_id_state",), ()),
    ("who is to hear", need_counts.WAITING, ("COVERING INDEX told_need_id_state",), ()),
    ("whose news are due", need_counts.news_due(date(2026, 11, 16)), ("COVERING INDEX told_need_id_state",), ()),
    ("who was told and is left alone", need_counts.ALONE, ("contact_left_alone", "told_contact_id"), ("contact",)),
    ("who was told and is in the ledger", need_counts.IN_LEDGER, ("favor_need_id", "told_need_id_contact_id"), ()),
    ("who offers", "SELECT contact_id FROM wish_word WHERE word = ? AND side = 1 LIMIT 9", ("word=? AND side=?",), ()),
    ("who shares a key", wishes.SHARING, ("word=? AND side=?",), ()),
    ("who is left alone", needs.LEFT_ALONE_COUNT, ("contact_left_alone",), ("contact",)),
    ("ties gone quiet", giving.QUIET, ("contact_summary_last_contact", "favor_contact_id"), ()),
    ("thanks owed", giving.OWED, ("due_item_visible (kind=?)", "f USING INTEGER PRIMARY KEY"), ()),
    ("thanks once more", giving.ONCE_MORE, ("favor_done_on (done_on>? AND done_on<?)",), ()),
    ("of whom nothing is known", giving.UNKNOWN, ("contact_summary_last_contact",), ()),
    ("who was told", f"{needs.TOLD} WHERE d.need_id = ?", ("told_need_id",), ()),
    ("who was seen", news.PEOPLE_SEEN, ("evidence_contact_id (contact_id=? AND rowid>?)",
        "evidence_contact_id (contact_id>?)", "i USING INTEGER PRIMARY KEY"), ("person",)),
    ("since when something was seen", news.FIRST_FOUND, (), ("evidence",)),
    ("what nobody answered", derivation.unanswered("2026-11-16"), ("p USING INDEX participation_contact_id",), ()),
    ("which e-mails are shared", duplicates.SHARED_EMAILS, ("COVERING INDEX address_kind_key (kind=? AND key>?)",
        "a USING INDEX address_kind_key (kind=? AND key=?)"), ("b",)),
    ("which numbers are shared", duplicates.SHARED_PHONES,
        ("COVERING INDEX address_kind_key (kind=? AND key>? AND key<?)",), ("b",)),
    ("which names are shared", duplicates.REPEATED, ("COVERING INDEX contact_folded_status",), ("contact",)),
    ("some of those who are compared", duplicates.ENTRIES, ("contact USING INTEGER PRIMARY KEY",), ()),
    ("a page of everybody", duplicates.PAGE, ("contact USING INTEGER PRIMARY KEY (rowid>?)",), ()),
    ("favors by their ids", f"{favors.FAVOR} WHERE f.id IN ({{keys}})", ("f USING INTEGER PRIMARY KEY",), ()),
)  # fmt: skip


def test_what_is_asked_at_a_key_is_found_by_an_index(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store, store.read():
        for title, statement, uses, whole in PLANS:
            with case(title):
                sql = re.sub(r":\w+", "?", statement.replace("{keys}", "1, 2, 3"))
                values: tuple[Any, ...] = ("[1]",) * sql.count("?")
                plan = [row[3] for row in asked(store, f"EXPLAIN QUERY PLAN {sql}", values)]
                assert all(any(use in line for line in plan) for use in uses), plan
                read = {found[1] for line in plan if (found := re.match(r"SCAN (\w+)", line))}
                assert read <= {*whole, "CONSTANT"}, plan


def test_how_often_each_gave_is_counted_from_an_index_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store, store.read():
        sql = "SELECT contact_id, sum(state IN ('done') AND direction = 'given') FROM favor GROUP BY contact_id"
        plan = [row[3] for row in asked(store, f"EXPLAIN QUERY PLAN {sql}")]
        assert plan == ["SCAN favor USING COVERING INDEX favor_contact_id_direction_state"]


SMALL = {"pause", "meta", "journal", "CONSTANT"}
"""Tables that stay short, and are read whole."""


def test_what_a_verb_changed_is_read_of_its_people_alone(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        people = [add(desk, name, cadence="2w") for name in ("Ana Silva", "Ben Okri")]
        week = desk.reading.agenda()
        desk.triage.attempt([f"c{people[0]}"])
        statements: list[str] = []
        bare = connection(desk.store.database)
        bare.set_trace_callback(statements.append)
        assert desk.reading.with_people_anew(week, people[:1]) is not None
        bare.set_trace_callback(None)
        with desk.store.read():
            for statement in statements:
                with case(statement):
                    plan = [row[3] for row in asked(desk.store, f"EXPLAIN QUERY PLAN {statement}")]
                    assert {found[1] for line in plan if (found := re.match(r"SCAN (\w+)", line))} <= SMALL, plan
