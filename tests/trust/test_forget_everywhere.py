"""A person who came with a file, was merged, doubted, introduced and asked is forgotten: not a byte is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Planner

NAME, OTHER_NAME = "Zebedee Quackenbush", "Zeb Quackenbush-Moor"
MAIL, OTHER_MAIL = "zeb@quack.example", "zebedee@moor.example"
PHONE = "+33 6 98 76 54 32"
TRACES = ("quackenbush", "zebedee", "quack.example", "moor.example", "98 76 54 32", "98765432", "zeb-quack")
"""In lower case."""

CONNECTIONS = f"""First Name,Last Name,URL,Email Address,Company,Position,Connected On
Zebedee,Quackenbush,https://www.linkedin.com/in/zeb-quack,{MAIL},Acme,Buyer,12 Mar 2024
Ana,Silva,https://www.linkedin.com/in/ana-silva,ana@example.org,Acme,Buyer,12 Mar 2024
"""
RECOMMENDATIONS = """First Name,Last Name,Company,Job Title,Text,Creation Date,Status
Zebedee,Quackenbush,Acme,Buyer,Zebedee Quackenbush is the best,"07/09/25, 09:19 AM",VISIBLE
"""
CARD = f"""BEGIN:VCARD
VERSION:4.0
UID:zeb-2
FN:{OTHER_NAME}
EMAIL:{OTHER_MAIL}
TEL:{PHONE}
NOTE:{NAME} prefers tea
BDAY:19800501
END:VCARD
"""


@pytest.fixture
def planner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Planner:
    for name in ("PLANNER_DB", "PLANNER_TODAY", "PLANNER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("PLANNER_HOME", str(home))
    return Planner(home, capsys)


def left_in(folder: Path) -> dict[str, list[str]]:
    """Which traces are still in which files."""
    found = {}
    for file in sorted(folder.rglob("*")):
        content = file.read_bytes().lower() if file.is_file() else b""
        if held := [trace for trace in TRACES if trace.encode() in content]:
            found[str(file.relative_to(folder))] = held
    return found


def live(planner: Planner, folder: Path) -> None:
    """A year with the one who is to be forgotten, through every command that writes a name down somewhere."""
    export = folder / "linkedin"
    export.mkdir()
    (export / "Connections.csv").write_text(CONNECTIONS)
    (export / "Recommendations_Received.csv").write_text(RECOMMENDATIONS)
    (folder / "cards.vcf").write_text(CARD)
    done = planner.done
    done("import", str(export))
    done("import", str(folder / "cards.vcf"))
    people = {one["name"]: f"#{one['id']}" for one in planner.json("contacts")["contacts"]}
    zeb, other, ana = people[NAME], people[OTHER_NAME], people["Ana Silva"]
    done("add", "Ben Okri", "--note", f"met {NAME} <{MAIL}> at the fair")
    done("apart", zeb, ana)
    done("merge", zeb, other)
    done("undo")
    done("redo")
    done("edit", zeb, "--note", f"call {PHONE}", "--circle", "zoo")
    done("cadence", zeb, "4w", "--since", "2026-09-01")
    done("snooze", zeb, "2w")
    done("log", zeb, ana, "--note", f"{NAME} and Ana")
    done("follow-up", zeb, f"write {NAME}", "--on", "fri")
    done("move", "f1", "2026-12-01")
    done("export", "ics")
    done("need", "add", f"A boat like that of {NAME}")
    done("need", "tell", "1", zeb)
    done("need", "passed", "1", zeb, "ben")
    done("need", "tell", "1", ana)
    done("need", "passed", "1", ana, zeb)
    done("intro", "start", zeb, "ben", "--note", f"{NAME} sails")
    done("intro", "yes", "1", zeb)
    done("intro", "yes", "1", "ben")
    done("intro", "made", "1")
    done("favor", "asked", ana, "--note", f"a word with {NAME}")
    done("knows", ana, NAME)
    done("knows", zeb, "Carl Stone", "--topic", "cranes")
    done("pause", zeb, "--until", "2027-01-01")
    done("archive", zeb)
    done("unarchive", zeb)
    done("backlog", "spread", "--dry-run")
    done("digest")
    kept = {"capture": f"{NAME}: coffee, sent {MAIL}", "notes": f"{OTHER_NAME} again"}
    state = planner.home / "state"
    state.mkdir(mode=0o700)
    (state / "notes-x.txt").write_text(f"about {NAME}")
    (state / "drafts.json").write_text(json.dumps(kept))
    (state / "import-folder.json").write_text(json.dumps(f"/people/{NAME}"))


@pytest.mark.parametrize("undone", [False, True], ids=["as it is", "with steps undone"])
def test_no_byte_is_left_of_someone_who_is_everywhere(planner: Planner, tmp_path: Path, undone: bool) -> None:
    live(planner, tmp_path)
    if undone:
        for _ in range(6):
            planner.done("undo")
    before = left_in(planner.home)
    assert set(before) >= {"planner.db", "state/drafts.json", "state/import-folder.json"}
    said = planner.done("forget", NAME, "--yes")
    assert NAME not in said.out + said.err
    named = [Path(line) for line in said.out.splitlines()]
    assert {file.parent.name for file in named} == {"planner-backups", "state"}
    for file in named:
        file.unlink()
    left = left_in(planner.home)
    assert left == {}
    assert planner.done("doctor").code == 0
    planner.done("import", str(tmp_path / "linkedin"))
    planner.done("import", str(tmp_path / "cards.vcf"))
    assert left_in(planner.home) == {}
    print(f"{sum(map(len, before.values()))} traces in {len(before)} files before, {len(left)} after")


FORMERLY = ("quackenbush", "moorhouse", "zébédée", "zebedee", "zeb@old", "zeb@new", "z@third", "698765432", "6 98 76")


def renamed_twice(planner: Planner) -> None:
    """A person of three names and addresses, whom notes of others name in any case, with accents and without."""
    done = planner.done
    done("add", "Zébédée Quackenbush", "--email", "zeb@old.example", "--phone", "+33 6 98 76 54 32")
    note = "met Zébédée Quackenbush, ZEBEDEE QUACKENBUSH and the Quackenbush family; zeb@old.example"
    done("add", "Ana Silva", "--note", note)
    done("edit", "Zeb", "--name", "Zeb Moorhouse", "--email", "zeb@new.example")
    done("edit", "Zeb", "--name", "Zora Moorhouse", "--email", "z@third.example")
    done("follow-up", "Ana", "ask about zeb moorhouse and Quackenbush", "--on", "fri")
    done("edit", "Ana", "--looking-for", "flat near Moorhouse; ZEB@NEW.example 0033698765432, 06-98-76-54-32")
    done("knows", "Ana", "Zébédée Quackenbush")
    done("need", "add", "The boat of Zebedee Quackenbush")
    done("undo")


def test_a_person_renamed_twice_is_forgotten_under_every_name_and_in_every_copy(planner: Planner) -> None:
    renamed_twice(planner)
    database = planner.home / "planner.db"
    aside = database.with_name("planner.db.damaged-2026-01-01T000000Z")
    aside.write_bytes(database.read_bytes())
    rotten = database.with_name("planner.db.damaged-2026-01-02T000000Z")
    rotten.write_bytes(b"broken " + database.read_bytes())
    planner.done("export", "json", "-o", str(planner.home / "out.json"))
    planner.done("backup")
    said = planner.done("forget", "Zora", "--yes")
    held = {Path(line).name for line in said.out.splitlines()}
    assert held >= {aside.name, rotten.name, "out.json"}
    assert len(held) == 3 + len(list((planner.home / "planner-backups").iterdir()))
    assert "contact 2, follow up 1" in said.err
    shown = planner.done("show", "Ana").out
    assert "the Quackenbush family" in shown
    assert "(forgotten)" in shown


def test_copies_are_rewritten_and_surnames_taken_out_where_the_person_asks_for_it(planner: Planner) -> None:
    renamed_twice(planner)
    database = planner.home / "planner.db"
    database.with_name("planner.db.damaged-2026-01-01T000000Z").write_bytes(database.read_bytes())
    copy = Path(planner.done("backup").out.strip())
    said = planner.done("forget", "Zora", "--yes", "--surname", "--copies")
    assert (said.out, "copies of the planner too" in said.err) == ("", True)
    content = {file: file.read_bytes().decode("utf-8", "replace").lower() for file in planner.home.rglob("*.db*")}
    left = {file.name: [one for one in FORMERLY if one in text] for file, text in content.items()}
    assert len(left) > 3
    assert not any(left.values()), left
    assert planner.done("backup", "verify").out.count("✓") == len(left) - 2
    planner.done("restore", copy.name)
    assert "Zora" not in planner.done("contacts").out
    assert planner.done("doctor").code == 0
    print(f"{len(left)} copies rewritten, {sum(map(len, left.values()))} traces left in them")
