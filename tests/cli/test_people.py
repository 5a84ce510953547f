"""Adding, finding, editing and putting away people."""

from __future__ import annotations

from tests.cases import case
from tests.cli.conftest import Planner


def test_add_prints_the_id_alone_and_the_sentence_beside_it(planner: Planner) -> None:
    first = planner.done("add", "Hana Ray", "--cadence", "4w", "--birthday", "02-29")
    second = planner.done("add", "Kim Berg")
    assert (first.out, second.out) == ("1\n", "2\n")
    assert "Added Hana Ray" in first.err
    assert "29 Feb" in first.err
    assert "Mon 21 Dec 2026" in first.err


def test_everything_given_is_shown(planner: Planner) -> None:
    planner.done(
        "add", "Hana Ray", "--email", "hana@ray.example", "--email", "h@work.example", "--phone", "+33 6 12",
        "--company", "Quay", "--title", "Lead", "--city", "Lyon", "--circle", "work", "--circle", "climbing",
        "--birthday", "1988-06-15", "--mode", "occasion", "--looking-for", "a flat", "--offers", "talks",
        "--note", "first line\nsecond line",
    )  # fmt: skip
    shown = planner.json("show", "hana")
    assert {name: shown[name] for name in ("id", "name", "company", "title", "city", "birthday", "mode")} == {
        "id": 1, "name": "Hana Ray", "company": "Quay", "title": "Lead", "city": "Lyon",
        "birthday": "1988-06-15", "mode": "occasion",
    }  # fmt: skip
    assert shown["emails"] == ["hana@ray.example", "h@work.example"]
    assert sorted(shown["circles"]) == ["climbing", "work"]
    assert (shown["looking_for"], shown["offers"]) == ("a flat", "talks")
    assert shown["notes"] == "first line\nsecond line"
    assert shown["status"] == "active"
    assert shown["interactions"] == shown["loops"] == shown["acquaintances"] == []
    text = planner.done("show", "hana").out
    for words in ("Hana Ray", "Lead", "Quay", "1988-06-15", "second line", "hana@ray.example"):
        assert words in text


def test_edit_replaces_what_is_given_and_leaves_the_rest(planner: Planner) -> None:
    planner.done("add", "Hana Ray", "--email", "a@b.example", "--circle", "work", "--company", "Quay")
    planner.done("edit", "Hana Ray", "--circle", "family", "--company", "")
    shown = planner.json("show", "#1")
    assert shown["circles"] == ["family"]
    assert shown["company"] == ""
    assert shown["emails"] == ["a@b.example"]
    planner.done("edit", "#1", "--email", "", "--name", "Hana Berg")
    assert planner.json("show", "hana berg")["emails"] == []


def test_edit_without_a_change_is_refused(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    assert "--help" in planner.refused("edit", "hana")


def test_who_is_a_name_a_part_an_email_or_a_number(planner: Planner) -> None:
    planner.done("add", "Zoë Ångström", "--email", "zoe@x.example")
    planner.done("add", "Zoe Berg")
    for who in ("zoe angstrom", "ANGSTROM", "zoe@x.example", "#1"):
        assert planner.json("show", who)["id"] == 1
    refusal = planner.refused("show", "zo")
    assert "Zoë Ångström" in refusal
    assert "Zoe Berg" in refusal
    for nobody in ("", "#3", "#0", "#x", "nobody@x.example", "nobody", "#99999999999999999999999"):
        planner.refused("show", nobody)


def test_cadence_of_a_person_and_of_a_circle(planner: Planner) -> None:
    planner.done("add", "Hana Ray", "--circle", "work")
    said = planner.done("cadence", "--circle", "work", "every", "3", "weeks")
    assert "every 3 weeks" in said.out
    assert planner.json("why", "hana")["cadence"] == {"ideal": "3w", "worst": None, "from": "circle:work"}
    said = planner.done("cadence", "hana", "4w/6w", "--since", "2026-11-02")
    assert "Mon 2 Nov 2026" in said.out
    assert "Mon 30 Nov 2026" in said.out
    assert planner.json("why", "hana")["cadence"] == {"ideal": "4w", "worst": "6w", "from": "own"}
    planner.done("cadence", "hana", "none")
    assert planner.json("why", "hana")["state"] == "none"
    planner.done("cadence", "hana", "inherit")
    assert planner.json("why", "hana")["cadence"]["from"] == "circle:work"


def test_a_cadence_that_cannot_be_is_refused(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    for spec in [(), ("",), ("sometimes",), ("0w",), ("RRULE:FREQ=SECONDLY",), ("-3w",)]:
        with case(spec):
            planner.refused("cadence", "hana", *spec)


def test_since_alone_is_refused_rather_than_ignored(planner: Planner) -> None:
    assert "--cadence" in planner.refused("add", "Hana Ray", "--since", "2026-01-01")


def test_archive_and_back_without_a_backlog(planner: Planner) -> None:
    planner.done("add", "Hana Ray", "--cadence", "1w", today="2026-01-01")
    planner.done("archive", "hana", today="2026-01-02")
    assert planner.json("agenda")["items"] == []
    assert planner.json("show", "hana")["status"] == "archived"
    planner.done("unarchive", "hana")
    assert planner.json("agenda")["items"][0]["overdue_days"] == 0


def test_forget_asks_for_yes_and_names_the_backups(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    backup = planner.done("backup").out.strip()
    assert "--yes" in planner.refused("forget", "hana")
    said = planner.done("forget", "hana", "--yes")
    assert backup in said.out.splitlines()
    planner.refused("show", "hana")
    assert b"Hana" not in planner.database.read_bytes()


def test_merge_keeps_the_first(planner: Planner) -> None:
    planner.done("add", "Hana Ray", "--email", "h@x.example")
    planner.done("add", "Hannah Ray", "--phone", "+33 612")
    planner.done("merge", "#1", "#2")
    shown = planner.json("show", "hana ray")
    assert (shown["emails"], shown["phones"]) == (["h@x.example"], ["+33 612"])
    planner.refused("show", "#2")


def test_a_value_that_cannot_be_is_refused_and_nobody_is_added(planner: Planner) -> None:
    for options in [
        ("--birthday", "31-31"), ("--birthday", "02-30"), ("--mode", "sometimes"), ("--email", "no address"),
        ("--phone", "none"), ("--since", "32", "--cadence", "1w"), ("--cadence", "often"), ("--unknown", "x"),
    ]:  # fmt: skip
        with case(options):
            planner.refused("add", "Hana Ray", *options)
            assert planner.json("contacts")["total"] == 0


def test_duplicates_are_listed_merged_and_kept_apart(planner: Planner) -> None:
    assert "Nobody seems to be here twice" in planner.done("duplicates").out
    planner.done("add", "Ana Silva", "--email", "ana@silva.example")
    planner.done("add", "Ben Silva", "--email", "ana@silva.example")
    planner.done("add", "Ana  silva", "--city", "Lyon")
    said = planner.done("duplicates").out
    assert "same e-mail, other name" in said
    found = planner.json("duplicates")
    assert found["total"] == 2
    assert found["pairs"][0] == {
        "one": {"id": 1, "name": "Ana Silva"}, "other": {"id": 2, "name": "Ben Silva"},
        "reason": "email", "words": "same e-mail, other name",
    }  # fmt: skip
    assert "are two people" in planner.done("apart", "#1", "ben").out
    planner.done("merge", "#1", "#3")
    assert planner.json("duplicates") == {"total": 0, "pairs": []}
    planner.done("undo")
    assert [pair["reason"] for pair in planner.json("duplicates", "--limit", "1")["pairs"]] == ["name"]
    assert planner.json("duplicates", "--imported")["total"] == 0
    assert "same contact" in planner.refused("apart", "#1", "#1")


def test_a_bare_number_is_no_name_and_says_how_numbers_are_written(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    found = planner.refused("export", "person", "1")
    assert "'#1' is Hana Ray" in found
    assert "planner add" not in found
    assert "written with #" in planner.refused("show", "7")
    assert "written with #" in planner.refused("show", "9" * 40)
    planner.done("add", "Agent 7")
    assert "Agent 7" in planner.done("show", "7").out


def test_a_second_of_one_name_is_added_and_the_first_is_named(planner: Planner) -> None:
    planner.done("add", "Ben Okri")
    assert "already" not in planner.done("add", "Ana Alves").err
    second = planner.done("add", "ana  álves")
    assert second.out == "3\n"
    assert "There is already #2" in second.err
    assert "planner merge '#2' '#3'" in second.err
    refusal = planner.refused("show", "Ana Alves")
    assert "#2" in refusal
    assert "#3" in refusal
    assert "give the number, '#2'" in refusal
    planner.done("merge", "#2", "#3")
    planner.done("show", "Ana Alves")


def test_a_number_or_an_unknown_id_is_no_name_to_add(planner: Planner) -> None:
    planner.done("add", "Ana Alves")
    for words in [("why", "1"), ("apart", "1", "2"), ("show", "1"), ("done", "1"), ("done", "zz")]:
        with case(words):
            refusal = planner.refused(*words)
            assert "planner add" not in refusal
            assert ("'#1'" if words[1] == "1" else "c5") in refusal


def test_a_number_without_quotes_is_lost_in_a_shell_and_that_is_said(planner: Planner) -> None:
    assert "'#1'" in planner.refused("why")
    assert "'#1'" in planner.refused("done")
    assert "'#1'" not in planner.refused("import")
    assert "'#ID'" in planner.done("--help").out


def test_whom_somebody_knows_is_a_contact_where_one_fits(planner: Planner) -> None:
    for name in ("Leo Hart", "José Ñandú", "Ana Alves", "Ana Silva"):
        planner.done("add", name)
    said = planner.done("knows", "Leo", "jose", "--company", "Acme").out
    assert said == "Leo Hart knows José Ñandú (#2), Acme\n"
    assert "knows Ana (a name alone" in planner.done("knows", "Leo", "Ana").out
    assert "knows Carla Ruiz (a name alone" in planner.done("knows", "Leo", "Carla Ruiz").out
    assert "knows Leo (a name alone" in planner.done("knows", "Leo", "Leo").out
    assert [step["id"] for step in planner.json("reach", "Acme")["paths"][0]["steps"]][:1] == [1]
    for other in ("#1", "Leo Hart", "#99"):
        planner.refused("knows", "Leo", other)


def test_a_birthday_to_come_is_refused(planner: Planner) -> None:
    assert "still to come" in planner.refused("add", "Ana", "--birthday", "2030-01-01")
    planner.done("add", "Ana", "--birthday", "2026-11-23")
    assert "still to come" in planner.refused("edit", "Ana", "--birthday", "2026-11-24")


def test_a_closed_need_is_shown_as_such(planner: Planner) -> None:
    planner.done("add", "Ana")
    planner.done("need", "add", "A flat")
    assert "not told yet" in planner.done("need", "show", "1").out
    planner.done("need", "close", "1", "--outcome", "found one")
    page = planner.done("need", "show", "1").out
    assert "closed on Mon 23 Nov 2026: found one" in page
    assert "not told yet" not in page
