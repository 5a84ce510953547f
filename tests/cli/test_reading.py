"""What the reading commands print, as text and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli.output import Page
from tests.cli.conftest import Planner

ITEM = {
    "id", "kind", "contact", "title", "due", "planned", "overdue_days", "urgency", "snoozed_until", "state",
    "why",
}  # fmt: skip


@pytest.fixture
def network(planner: Planner) -> Planner:
    planner.done("add", "Hana Ray", "--cadence", "4w/6w", "--company", "Quay", "--circle", "work", today="2026-09-01")
    planner.done("log", "hana", "--on", "2026-10-23", "--via", "coffee", "--note", "her op is on 12 Dec")
    planner.done("add", "Kim Berg", "--birthday", "1990-11-23")
    planner.done("favor", "promise", "hana", "--kind", "introduction", "--note", "meet Leo", "--due", "2026-11-20")
    planner.done("log", "kim", "--on", "thu", "--outcome", "planned", "--via", "meal")
    return planner


def test_agenda_has_the_stable_shape(network: Planner) -> None:
    found = network.json("agenda")
    assert found["today"] == "2026-11-23"
    assert found["week"] == {"start": "2026-11-23", "end": "2026-11-29"}
    assert found["waiting"] == 0
    assert [item["kind"] for item in found["items"]] == ["promise", "date", "cadence", "planned"]
    for item in found["items"]:
        assert set(item) >= ITEM
        assert set(item["contact"]) == {"id", "name"}
    promise = next(item for item in found["items"] if item["kind"] == "promise")
    assert promise["id"] == "v1"
    assert (promise["due"], promise["planned"], promise["overdue_days"]) == ("2026-11-20", "2026-11-23", 3)
    planned = [(item["planned"], -item["urgency"], item["contact"]["name"]) for item in found["items"]]
    assert planned == sorted(planned)


def test_agenda_as_text_aligns_its_columns(network: Planner) -> None:
    lines = network.done("agenda").out.splitlines()
    assert lines[0] == "Week 48, Mon 23 Nov 2026 – Sun 29 Nov 2026"
    assert any(line.startswith("Today, Mon 23 Nov 2026") for line in lines)
    promise = next(line for line in lines if "meet Leo" in line)
    catch_up = next(line for line in lines if "every 4–6 weeks" in line)
    assert promise.index("Hana Ray") == catch_up.index("Hana Ray")
    assert "▲" in promise
    assert "3d past" in promise
    assert "♪" in next(line for line in lines if "birthday" in line)
    assert "▷" in next(line for line in lines if "meal" in line)


def test_a_promise_of_next_week_is_shown_too(network: Planner) -> None:
    network.done("favor", "promise", "hana", "--due", "2026-11-30", "--note", "the reference")
    assert "2026-11-30" in {item["planned"] for item in network.json("agenda")["items"]}
    lines = network.done("agenda").out.splitlines()
    assert lines[lines.index("Mon 30 Nov 2026") + 1].endswith("due 30 Nov")


def test_agenda_of_another_week(network: Planner) -> None:
    found = network.json("agenda", "--week", "2026-12-02")
    assert found["week"] == {"start": "2026-11-30", "end": "2026-12-06"}
    network.refused("agenda", "--week", "soonish")


def test_what_was_done_stays_in_done(network: Planner) -> None:
    network.done("done", "c1")
    found = network.json("agenda")
    assert "cadence" not in {item["kind"] for item in found["items"]}
    (done,) = found["done"]
    assert set(done) >= ITEM
    assert done["contact"] == {"id": 1, "name": "Hana Ray"}
    assert "✓" in network.done("agenda").out


def test_why_has_the_stable_shape(network: Planner) -> None:
    found = network.json("why", "hana")
    assert set(found) >= {
        "contact", "state", "due", "worst", "last_contact", "snoozed_until", "paused_until", "cadence",
        "urgency", "terms", "steps",
    }  # fmt: skip
    assert found["contact"] == {"id": 1, "name": "Hana Ray"}
    assert (found["state"], found["due"], found["worst"]) == ("due", "2026-11-20", "2026-12-04")
    assert found["cadence"] == {"ideal": "4w", "worst": "6w", "from": "own"}
    assert found["urgency"] == pytest.approx(sum(term["value"] for term in found["terms"]))
    assert found["steps"]
    text = network.done("why", "hana").out
    assert all(step in text for step in found["steps"])
    assert network.json("why", "v1")["due"] == "2026-11-20"


def test_contacts_are_found_by_a_query(network: Planner) -> None:
    everyone = network.json("contacts")
    assert everyone["total"] == 2
    assert [row["name"] for row in everyone["contacts"]] == ["Hana Ray", "Kim Berg"]
    assert set(everyone["contacts"][0]) >= {"id", "name", "company", "circles", "due", "last_contact"}
    assert everyone["contacts"][0]["last_contact"] == "2026-10-23"
    assert [row["name"] for row in network.json("contacts", "circle:work")["contacts"]] == ["Hana Ray"]
    assert network.json("contacts", "nobody", "like", "this") == {"contacts": [], "total": 0}
    limited = network.json("contacts", "--limit", "1", "--sort", "-name")
    assert ([row["name"] for row in limited["contacts"]], limited["total"]) == (["Kim Berg"], 2)
    assert "Quay" in network.done("contacts").out
    network.refused("contacts", "colour:blue")
    network.refused("contacts", "--sort", "height")


def test_forecast_names_what_is_asked_and_managed(network: Planner) -> None:
    found = network.json("forecast")
    assert found["asked_a_week"] == 0.25
    assert found["managed_a_week"] >= 0
    assert "ask for one every 4 weeks, you manage one every 8 weeks" in network.done("forecast").out


def test_empty_places_say_what_to_do(planner: Planner) -> None:
    assert "planner add" in planner.done("contacts").out
    assert "Nothing is due" in planner.done("agenda").out
    assert planner.json("agenda")["items"] == []


def test_keys_and_paths(planner: Planner) -> None:
    keys = planner.json("keys")
    assert {"id": "app.undo", "keys": ["u"]}.items() <= next(
        key for key in keys["keys"] if key["id"] == "app.undo"
    ).items()
    assert "Agenda" in planner.done("keys").out
    paths = planner.json("paths")
    assert paths["database"] == str(planner.database)
    assert str(planner.database) in planner.done("paths").out


def test_a_table_gives_way_in_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    page = Page()
    page.width = 30
    page.table([("●", "日本語の名前日本語の名前", "a long remark about nothing", "3d past")], stretch=2)
    page.width = None
    page.table([("●", "", "kept whole however long it is, since a program may read it")])
    cut, whole = capsys.readouterr().out.splitlines()
    from planner.cli.cells import width_of

    assert width_of(cut) <= 30
    assert "…" in cut
    assert cut.endswith("3d past")
    assert whole == "  ●  kept whole however long it is, since a program may read it"


def test_a_forecast_waits_until_four_weeks_are_known(planner: Planner) -> None:
    for name in ("Ana", "Ben"):
        planner.done("add", name, "--cadence", "3m", today="2026-11-01")
    early = planner.json("forecast")
    assert (early["too_early"], early["stretch"]) == (True, [])
    assert "too early" in planner.done("forecast").out
    later = planner.json("forecast", today="2026-12-01")
    assert later["too_early"] is False
    assert len(later["stretch"]) == 2
    said = planner.done("forecast", today="2026-12-01").out
    assert "every 3 months  → every 6 months" in said
    planner.done("log", "Ana", "Ben", today="2026-12-01")
    assert planner.json("forecast", today="2026-12-01")["managed_a_week"] == pytest.approx(2 * 7 / 30, abs=0.01)


def test_the_digest_and_the_backlog_have_json(planner: Planner) -> None:
    planner.done("add", "Ana", "--cadence", "1w", today="2026-10-01")
    found = planner.json("digest")
    assert (found["helped"], [one["id"] for one in found["items"]]) == (0, ["c1"])
    assert planner.json("backlog")["spread"] == 0


def test_addresses_that_are_not_shown_are_counted(planner: Planner, tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    table.write_text("Name,Email\n" + "".join(f"Person {one:03},p{one}@x.example\n" for one in range(60)))
    assert "  and 52 more\n" in planner.done("import", str(table), "--dry-run").out
    planner.done("import", str(table))
    assert planner.done("query").out.startswith("50 of 60 addresses\n")
    assert planner.done("query", "p7@").out.startswith("1 address\n")


def test_one_day_is_one_day(planner: Planner) -> None:
    planner.done("add", "Ana", "--cadence", "1w", today="2026-11-15")
    page = planner.done("why", "Ana").out
    assert "1 day past due, a round of 7 days" in page
    assert "1 days" not in page
