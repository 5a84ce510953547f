"""How the database answers what is counted, and a window of it: by an index, or in the order it was written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactPage
from planner.store.sqlite import connection
from planner.store.views import contact_list, settled
from planner.store.views.reached import LAST_IN_SPAN, ON_SEVERAL_DAYS
from tests.desk.desks import add, on, open_desk
from tests.store.stores import asked, open_store


def plans_of(desk: Desk, typed: str, limit: int = 2) -> tuple[ContactPage, dict[str, list[str]]]:
    """The first window of those who hold what is typed, and the plan of each statement that found it."""
    statements: list[str] = []
    bare = connection(desk.store.database)
    bare.set_trace_callback(statements.append)
    page = desk.reading.contacts(typed, limit=limit)
    bare.set_trace_callback(None)
    with desk.store.read():
        asked_for = [one for one in statements if one.startswith("SELECT") and "contact" in one]
        return page, {one: [row[3] for row in asked(desk.store, f"EXPLAIN QUERY PLAN {one}")] for one in asked_for}


@pytest.mark.parametrize(("typed", "through"), [("a", []), ("an", ["SELECT COUNT(*)"]), ("a i", ["SELECT COUNT(*)"])])
def test_of_letters_that_many_hold_the_texts_are_gone_through_once_at_most(
    tmp_path: Path, typed: str, through: list[str]
) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        for name in ("Ana Silva", "Anita Lind", "Ann Hopi"):
            add(desk, name)
        page, plans = plans_of(desk, typed)
        assert (len(page.rows), page.total) == (2, 3)
        assert [one[:15] for one, plan in plans.items() if "SCAN contact_text" in plan] == through


@pytest.mark.parametrize(("typed", "in_order"), [("sil", True), ("silva", True), ("silvan", False)])
def test_whom_many_words_find_is_not_sorted_and_counted_in_the_index_where_it_alone_decides(
    tmp_path: Path, typed: str, in_order: bool
) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        for name in ("Ana Silva", "Bo Silvan", "Cy Silva", "Di Silva"):
            add(desk, name)
        page, plans = plans_of(desk, typed)
        assert page.total == (4 if in_order else 1)
        (counted,) = (plan for one, plan in plans.items() if one.startswith("SELECT COUNT(*)") and "MATCH" in one)
        assert any("contact_search VIRTUAL TABLE" in line for line in counted)
        assert any("contact_text" in line for line in counted) == (len(typed) != 3)
        (found,) = (plan for one, plan in plans.items() if "ORDER BY" in one and "MATCH" in one)
        assert ("SCAN c USING COVERING INDEX contact_folded_status" in found) == in_order
        assert ("USE TEMP B-TREE FOR ORDER BY" in found) != in_order


def test_who_was_reached_lately_is_counted_in_two_indexes_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store, store.read():
        for statement, uses in (
            (LAST_IN_SPAN, "COVERING INDEX contact_summary_last_contact (last_contact>? AND last_contact<?)"),
            (ON_SEVERAL_DAYS, "COVERING INDEX contact_summary_recent (last_contact>? AND last_contact<?)"),
        ):
            plan = [row[3] for row in asked(store, f"EXPLAIN QUERY PLAN {statement}", ("", ""))]
            assert plan == [f"SEARCH contact_summary USING {uses}"]


def test_a_planner_that_is_old_enough_is_not_asked_for_its_first_day(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        add(desk, "Ana Silva", cadence="4w", since=on(-300))
        statements: list[str] = []
        bare = connection(desk.store.database)
        bare.set_trace_callback(statements.append)
        assert not desk.triage.forecast().too_early
        bare.set_trace_callback(None)
        assert not any("min(created_on)" in one for one in statements)


def test_everybody_is_counted_page_by_page(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store, store.read():
        assert "Count" in {row[1] for row in asked(store, f"EXPLAIN {contact_list.EVERYBODY}")}


def test_on_which_days_much_was_done_is_counted_from_an_index_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store, store.read():
        plan = [row[3] for row in asked(store, f"EXPLAIN QUERY PLAN {settled.CROWDED}", ("", "", 1))]
        assert plan == ["SEARCH interaction USING COVERING INDEX interaction_on (on>? AND on<?)"]
