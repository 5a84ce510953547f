"""Undo, redo, history, backups and health."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Planner


def test_undo_and_redo_say_what_they_took_back(planner: Planner) -> None:
    planner.done("add", "Hana Ray", "--cadence", "1w")
    before = planner.json("show", "hana")
    planner.done("log", "hana")
    after = planner.json("show", "hana")
    assert "Hana Ray" in planner.done("undo").out
    assert planner.json("show", "hana") == before
    assert "Hana Ray" in planner.done("redo").out
    assert planner.json("show", "hana") == after
    planner.refused("redo")


def test_undo_with_nothing_to_undo_is_refused(planner: Planner) -> None:
    planner.refused("undo")


def test_history_is_newest_first(planner: Planner) -> None:
    assert planner.json("history") == {"entries": []}
    planner.done("add", "Hana Ray")
    planner.done("archive", "hana")
    planner.done("undo")
    newest, oldest = planner.json("history")["entries"]
    assert "Hana Ray" in oldest["summary"]
    assert (newest["state"], oldest["state"]) == ("undone", "done")
    assert len(planner.json("history", "--limit", "1")["entries"]) == 1
    assert "undone" in planner.done("history").out


def test_backup_and_restore(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    made = planner.done("backup")
    backup = Path(made.out.strip())
    assert backup.is_file()
    assert made.err == f"Made the backup {backup}\n"
    planner.done("add", "Kim Berg")
    told = planner.done("restore", str(backup)).out
    assert told.startswith(f"Restored {backup}; the state before that is kept in ")
    before = Path(told.split()[-1])
    assert before.is_file()
    assert [row["name"] for row in planner.json("contacts")["contacts"]] == ["Hana Ray"]
    assert str(backup) in planner.done("restore", "--list").out.splitlines()
    assert str(backup) in planner.json("restore", "--list")["backups"]


def test_a_restore_leaves_the_file_that_was_named_and_its_neighbours(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    made = Path(planner.done("backup").out.strip())
    # Two of one day long ago: thinning would take the older one.
    older, newer = (made.with_name(f"2001-02-03T0405{second}Z-by-hand.db") for second in ("06", "07"))
    newer.write_bytes(made.read_bytes())
    made.rename(older)
    planner.done("add", "Kim Berg")
    planner.done("restore", older.name)
    assert planner.json("contacts")["total"] == 1
    planner.done("restore", str(older))
    assert older.exists()
    assert newer.exists()


def test_a_backup_dated_in_the_future_is_named_and_not_taken_as_the_newest(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    made = Path(planner.done("backup").out.strip())
    # The daily copies go, so that only one from the future is left.
    for other in set(made.parent.iterdir()) - {made}:
        other.unlink()
    future = made.rename(made.with_name("9999-01-01T000000Z-by-hand.db"))
    assert "of a time that has come" in planner.refused("restore", "--newest")
    told = planner("doctor")
    assert (told.code, "dated in the future" in told.out) == (1, True)
    planner.done("backup")
    newest = planner.json("restore", "--newest")["restored"]
    assert newest != str(future)
    planner.done("restore", str(future))


def test_a_damaged_file_is_restored_and_what_was_there_is_kept(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    backup = planner.done("backup").out.strip()
    damaged = b"damaged" * 1000
    planner.database.write_bytes(damaged)
    for leftover in planner.home.glob("planner.db-*"):
        leftover.unlink()
    assert "planner restore" in planner.refused("agenda")
    assert backup in planner.done("restore", "--list").out.splitlines()
    planner.done("restore", "--newest")
    assert [row["name"] for row in planner.json("contacts")["contacts"]] == ["Hana Ray"]
    assert any(path.read_bytes() == damaged for path in planner.home.iterdir() if path.is_file())


def test_a_restore_asks_which_backup(planner: Planner) -> None:
    assert "no backup to restore" in planner.refused("restore")
    planner.done("add", "Hana Ray")
    backups = [Path(planner.done("backup").out.strip()) for _ in range(2)]
    planner.done("add", "Kim Berg")
    before = planner.database.read_bytes()
    listed = planner.done("restore", "--list").out.splitlines()
    asked = planner("restore")
    assert (asked.code, asked.out.splitlines()) == (2, listed)
    assert "--newest" in asked.err
    assert planner("restore", "--json").json == {"backups": listed}
    assert planner.database.read_bytes() == before
    planner.refused("restore", "--newest", str(backups[0]))
    planner.done("restore", backups[0].name)
    assert planner.json("contacts")["total"] == 1
    newest = planner.done("restore", "--list").out.splitlines()[0]
    done = planner.json("restore", "--newest")
    assert (done["restored"], done["ids"], done["step"]) == (newest, [], None)
    assert done["said"] == f"Restored {newest}; the state before that is kept in {done['before']}"
    made = planner.json("backup")
    assert made["said"] == f"Made the backup {made['backup']}"


@pytest.mark.parametrize("words", [("agenda",), ("show", "ana"), ("log", "ana"), ("need", "list")])
def test_a_name_where_no_planner_is_makes_none(planner: Planner, tmp_path: Path, words: tuple[str, ...]) -> None:
    for place in (tmp_path / "nonexistent" / "x.db", tmp_path / "x.db"):
        before = sorted(tmp_path.rglob("*"))
        planner.database = place
        assert "There is no planner at" in planner.refused(*words)
        assert sorted(tmp_path.rglob("*")) == before
    planner.database = planner.home / "planner.db"
    assert planner.done("agenda").err == ""  # its own place begins with any command


def test_a_first_fact_begins_a_planner_and_says_where(planner: Planner, tmp_path: Path) -> None:
    planner.database = tmp_path / "elsewhere" / "x.db"
    assert f"new planner at {planner.database}" in planner.done("add", "Hana Ray").err
    assert "new planner" not in planner.done("add", "Kim Berg").err
    assert planner.json("contacts")["total"] == 2


def test_what_cannot_be_restored_is_refused_and_nothing_changes(planner: Planner, tmp_path: Path) -> None:
    planner.done("add", "Hana Ray")
    other = tmp_path / "other.db"
    other.write_bytes(b"no backup")
    for words in ((str(other),), (str(tmp_path),), ("/nowhere/at/all",), ("",)):
        planner.refused("restore", *words)
    assert planner.json("contacts")["total"] == 1


def test_doctor_finds_a_healthy_planner_and_a_sick_one(planner: Planner) -> None:
    planner.done("add", "Hana Ray", "--cadence", "1w")
    assert planner.json("doctor")["healthy"] is True
    assert "All is well" in planner.done("doctor").out
    planner.done("doctor", "--rebuild")


@pytest.mark.parametrize("header", [True, False])
def test_query_completes_addresses_for_mail_programs(planner: Planner, header: bool) -> None:
    planner.done("add", "Zoë Ångström", "--email", "zoe@x.example", "--company", "Quay")
    planner.done("add", "Kim Berg")
    said = planner.done("query", "angstrom", *(() if header else ("--no-header",)))
    lines = said.out.splitlines()
    assert lines[-1] == "zoe@x.example\tZoë Ångström\tQuay"
    assert len(lines) == 2 if header else len(lines) == 1
    assert planner.done("query", "nobody", "--no-header").out == ""
