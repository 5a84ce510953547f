"""Address books on the command line: what each side did between two syncs, told in words, one undo for each sync."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.book_cases import CASES, QUIET, Case
from tests.cli.book_forms import FORMS
from tests.cli.conftest import Planner


def card(*lines: str, uid: str = "bea-1", fn: str = "Bea Holm", version: str = "3.0") -> bytes:
    given, _, family = fn.rpartition(" ") if " " in fn else ("Bea", "", "Holm")
    name = (f"FN:{fn}", f"N:{family};{given};;;")
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", f"UID:{uid}", *name, *lines, "END:VCARD", "")).encode()


def put(file: Path, data: bytes) -> None:
    """Put a file in its place as a syncing program does."""
    draft = file.with_suffix(".tmp")
    draft.write_bytes(data)
    os.replace(draft, file)


def lines_of(file: Path) -> list[str]:
    """What a card says behind its name, without the number of our writing."""
    lines = file.read_bytes().decode().split("\r\n")[5:-2]
    return [line for line in lines if not line.startswith("X-PLANNER-REV")]


def played(planner: Planner, folder: Path, case: Case) -> list[str]:
    """Play a case; gives what is not as it must be."""
    folder.mkdir()
    file = folder / "bea.vcf"
    put(file, card(*case.before, version=case.version))
    planner.database.unlink(missing_ok=True)
    planner.done("book", "add", str(folder), *([] if case.one_way else ["--two-way"]))
    assert planner.json("book", "sync")["new"] == 1
    if case.here:
        planner.done(*case.here)
    if case.file:
        file.unlink()
        file = folder / case.file
    if case.after is not None:
        put(file, card(*case.after, uid=case.uid, fn=case.fn, version=case.later or case.version))
    elif case.raw is not None:
        put(file, case.raw.encode())
    else:
        file.unlink()
    if case.second:
        put(folder / "other.vcf", card(*case.second, uid=case.uid))
    found = file.read_bytes() if file.exists() else None
    dry = planner.json("book", "sync", "--dry-run")
    done = planner.json("book", "sync")
    wrong = [] if dry["plan"] == done["plan"] else [f"the dry run said {dry['plan']}"]
    wrong += [] if done["plan"] == case.plan else [f"it said {done['plan']}"]
    asks = [one["about"] for one in done["questions"]]
    wrong += [] if asks == list(case.asks) else [f"it asked {asks}"]
    wrong += [] if planner.json("contacts")["total"] == case.people else ["other people"]
    person = planner.json("show", "#1") if case.want else {}
    wrong += [f"{name} is {person[name]}" for name, value in case.want.items() if person[name] != value]
    left = file.read_bytes() if file.exists() else None
    if case.sent is None:
        wrong += [] if left == found else ["the card was touched"]
    else:
        wrong += [] if lines_of(file) == list(case.sent) else [f"the card says {lines_of(file)}"]
    again = planner.json("book", "sync")
    if (again["step"], again["new"], again["changed"], again["to_write"]) != (None, 0, 0, 0):
        wrong.append(f"a second sync said {again['plan']}")
    return [f"{case.name}: {one}" for one in wrong]


@pytest.mark.parametrize("cases", [CASES, FORMS], ids=["edits", "forms"])
def test_every_case(planner: Planner, tmp_path: Path, cases: tuple[Case, ...]) -> None:
    found = [wrong for number, case in enumerate(cases) for wrong in played(planner, tmp_path / str(number), case)]
    assert found == []


def test_a_book_from_its_first_sync_to_its_removal(planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    people = ["Ada One", "Ben Two", "Cas Three", "Dea Four", "Eli Five", "Fay Six"]

    def mail(name: str, place: str = "home") -> str:
        return f"EMAIL:{name[:3].lower()}@{place}.example"

    for name in people:
        put(book / f"{name[:3]}.vcf", card(mail(name), uid=name[:3], fn=name))
    assert "no planner" not in planner.done("book", "add", str(book)).err
    assert planner.done("book", "sync", "--dry-run").out.startswith("Would be: 6 new\n")
    assert planner.done("book", "sync").out.startswith("6 new\n")
    assert planner.done("book", "sync").out == f"{QUIET}\n"
    assert planner.json("book", "status")["news"] is False

    # One follows, one is gone; one undo takes back both, and the next sync of all cards brings both again.
    put(book / "Ada.vcf", card(mail("Ada", "work"), uid="Ada", fn="Ada One"))
    (book / "Ben.vcf").unlink()
    assert planner.json("book", "status")["news"] is True
    said = planner.done("book", "sync").out.splitlines()
    assert said[0] == "1 changed, 1 gone"
    assert "1 person is no longer in this book:" in said
    planner.done("undo")
    assert planner.json("show", "Ada")["emails"] == ["ada@home.example"]
    assert planner.json("book", "decide")["questions"] == []
    assert planner.json("book", "sync", "--again")["plan"] == "1 changed, 1 gone"

    # A card that comes back is no longer asked about; one that is gone is put away with one answer.
    put(book / "Ben.vcf", card(mail("Ben"), uid="Ben", fn="Ben Two"))
    assert planner.json("book", "sync")["gone"] == 0
    (book / "Ben.vcf").unlink()
    (question,) = planner.json("book", "sync")["questions"]
    assert question["answers"] == ["archive", "keep", "unlink"]
    assert "is no answer" in planner.refused("book", "decide", str(question["id"]), "theirs")
    planner.done("book", "decide", str(question["id"]), "archive")
    assert planner.json("show", "Ben")["status"] == "archived"

    # Moved to new UIDs and names of files, half empty, and not there at all.
    for name in ("Cas Three", "Dea Four"):
        (book / f"{name[:3]}.vcf").unlink()
        put(book / f"new-{name[:3]}.vcf", card(mail(name), uid=f"new-{name}", fn=name))
    assert planner.json("book", "sync")["plan"] == "2 moved"
    assert planner.json("contacts")["total"] == 5
    for file in book.iterdir():
        file.rename(tmp_path / file.name)
    done = planner.json("book", "sync")
    assert [one["about"] for one in done["questions"]] == ["folder"]
    assert "5 of 5 people" in done["questions"][0]["words"]
    book.rmdir()
    said = planner("book", "sync")
    assert said.code == 1
    assert "cannot be read" in said.out + said.err
    book.mkdir()
    for name in ("Ada", "new-Cas", "new-Dea", "Eli", "Fay"):
        (tmp_path / f"{name}.vcf").rename(book / f"{name}.vcf")
    assert planner.json("book", "sync")["plan"] == QUIET

    # Two people under one UID, said to be one after all; then both sides change one field.
    put(book / "Eli.vcf", card(mail("Gus"), uid="Eli", fn="Gus Seven"))
    (question,) = planner.json("book", "sync")["questions"]
    planner.done("book", "decide", str(question["id"]), "one")
    assert planner.json("show", "Gus")["emails"] == ["eli@home.example", "gus@home.example"]
    planner.done("edit", "Fay", "--email", "fay@here.example")
    put(book / "Fay.vcf", card(mail("Fay", "there"), uid="Fay", fn="Fay Six"))
    (question,) = planner.json("book", "sync")["questions"]
    assert (question["theirs"], question["mine"]) == ("fay@there.example", "fay@here.example")
    planner.done("book", "decide", str(question["id"]), "both")
    assert planner.json("show", "Fay")["emails"] == ["fay@here.example", "fay@there.example"]
    planner.done("book", "remove", str(book))
    assert planner.json("book", "list")["books"] == []
    assert planner.done("doctor").code == 0


def test_what_a_book_may_hold_beside_cards(planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    put(book / "bea.vcf", card("EMAIL:bea@home.example"))
    (book / "link.vcf").symlink_to(book / "bea.vcf")
    (book / "loop.vcf").symlink_to("loop.vcf")
    os.mkfifo(book / "pipe.vcf")
    (book / "folder.vcf").mkdir()
    (book / ".hidden.vcf").write_bytes(card(uid="h", fn="Hid Den"))
    (book / "half.vcfv1574k5s").write_bytes(card(uid="k", fn="Kim Left"))
    put(book / "huge.vcf", card(f"NOTE:{'x' * 8_000_000}", uid="x"))
    put(book / "plain.vcf", card("TEL:+4791100009", fn="Una Sans").replace(b"UID:bea-1\r\n", b""))
    planner.done("book", "add", str(book))
    done = planner.json("book", "sync")
    assert (done["new"], done["unreadable"]) == (2, 1)
    assert any("larger than 8 MB" in one for one in done["remarks"])
    assert "loop.vcf: passed over, it is a link" in done["remarks"]
    # A card without a UID is known by its file, and under another name by its person.
    put(book / "plain.vcf", card("TEL:+4791100008", fn="Una Sans").replace(b"UID:bea-1\r\n", b""))
    assert planner.json("book", "sync")["changed"] == 1
    os.rename(book / "plain.vcf", book / "renamed.vcf")
    assert planner.json("book", "sync")["plan"] == "1 moved, 1 not readable yet"
    assert planner.json("show", "Una")["phones"] == ["+4791100008"]
    assert "neither a folder nor a file" in planner.refused("book", "add", str(book / "pipe.vcf"))
    assert "cannot be read" in planner.refused("book", "add", str(book / "loop.vcf"))
    assert f"Add {book} instead" in planner.refused("book", "add", str(tmp_path))
    assert "cannot be kept" in planner.refused("book", "add", os.fsdecode(b"/tmp/caf\xe9"))


def test_two_cards_of_one_person_are_one_from_the_first_sync_on(planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    phone = "TEL;TYPE=CELL:+4791100001"
    put(book / "bea.vcf", card("EMAIL:bea@home.example", phone, "NICKNAME:Bee"))
    put(book / "copy.vcf", card("EMAIL:bea@home.example", "EMAIL:bea@work.example", uid="bea-2"))
    put(book / "third.vcf", card("TEL:+47 911 00 001", uid="bea-3", fn="Holm, Bea"))
    # A name alone says nothing, and a couple that shares an address is asked about.
    put(book / "other.vcf", card("EMAIL:other@home.example", uid="bea-4"))
    put(book / "ole.vcf", card("EMAIL:bea@home.example", uid="ole", fn="Ole Holm"))
    planner.done("book", "add", str(book), "--two-way")
    done = planner.json("book", "sync")
    assert (done["plan"], done["perhaps_known"]) == ("3 new", 1)
    person = planner.json("show", "#1")
    assert person["emails"] == ["bea@home.example", "bea@work.example"]
    assert (person["name"], person["phones"], person["nickname"]) == ("Bea Holm", ["+4791100001"], "Bee")
    assert planner.json("book", "sync")["plan"] == QUIET
    # Each card goes on of its own: one follows, one goes, and what goes out stands in all that say it.
    put(book / "copy.vcf", card("EMAIL:bea@home.example", "EMAIL:bea@boat.example", uid="bea-2"))
    assert planner.json("book", "sync")["plan"] == "1 changed"
    assert planner.json("show", "#1")["emails"] == ["bea@home.example", "bea@boat.example"]
    (book / "third.vcf").unlink()
    assert planner.json("book", "sync")["plan"] == QUIET
    planner.done("edit", "#1", "--email", "bea@boat.example")
    assert planner.json("book", "sync")["to_write"] == 2
    assert lines_of(book / "bea.vcf") == [phone, "NICKNAME:Bee"]
    assert lines_of(book / "copy.vcf") == ["EMAIL:bea@boat.example"]
    assert planner.json("book", "sync")["plan"] == QUIET

    # In one file two cards of two UIDs stay two.
    planner.done("book", "remove", str(book))
    una = [card("EMAIL:una@x.example", uid=f"una-{number}", fn="Una Sans") for number in range(2)]
    put(tmp_path / "all.vcf", b"".join(una))
    planner.done("book", "add", str(tmp_path / "all.vcf"))
    assert planner.json("book", "sync")["new"] == 2


def test_a_planner_of_the_version_before_learns_its_cards_without_a_question(planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    for number in range(9):
        lines = (f"EMAIL:p{number}@x.example", "CATEGORIES:crew", "NOTE:sails", "BDAY:1979-03-02")
        put(book / f"{number}.vcf", card(*lines, uid=f"u{number}", fn=f"Bea Holm{number}"))
    planner.done("import", str(book))
    planner.done("edit", "Holm1", "--email", "here@x.example", "--note", "rows")
    with sqlite3.connect(planner.database) as database:
        # What earlier versions did not keep.
        database.execute("DELETE FROM card")
    put(book / "2.vcf", card("EMAIL:p2@x.example", "CATEGORIES:crew", "NOTE:swims", uid="u2", fn="Bea Holm2"))
    planner.done("book", "add", str(book))
    assert planner.json("book", "sync")["plan"] == "1 changed"
    assert planner.json("book", "decide")["questions"] == []
    assert planner.json("show", "Holm1")["emails"] == ["here@x.example"]
    # From now on it knows.
    put(book / "3.vcf", card("EMAIL:new@x.example", uid="u3", fn="Bea Holm3"))
    assert planner.json("book", "sync")["plan"] == "1 changed"
    found = planner.json("show", "Holm3")
    assert (found["emails"], found["circles"], found["notes"], found["birthday"]) == (["new@x.example"], [], "", None)


def test_both_ways_until_the_two_sides_agree(planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    file = book / "bea.vcf"
    old, new, third = "EMAIL:bea@old.example", "EMAIL:bea@new.example", "EMAIL:bea@third.example"
    put(file, card(old, "X-BOAT:1"))
    before = file.read_bytes()
    planner.done("book", "add", str(book), "--two-way")
    planner.done("book", "sync")
    planner.done("edit", "Bea", "--email", "bea@new.example")
    last = planner.json("history")["entries"][0]
    assert planner.json("book", "sync", "--dry-run")["to_write"] == 1
    assert file.read_bytes() == before
    assert planner.done("book", "sync").out.startswith("1 to write\n")
    assert lines_of(file) == [new, "X-BOAT:1"]
    assert b"X-PLANNER-REV:1\r\n" in file.read_bytes()
    # Until a later sync has seen it there it is wanted: another program may put its own text back.
    put(file, before)
    assert planner.json("book", "sync")["to_write"] == 1
    assert lines_of(file) == [new, "X-BOAT:1"]
    assert planner.json("book", "sync")["plan"] == QUIET
    # Writing is no step of its own, and undoing the edit goes out as well, under a greater number.
    assert planner.json("history")["entries"][0] == last
    planner.done("undo")
    assert planner.json("book", "sync")["to_write"] == 1
    assert lines_of(file) == [old, "X-BOAT:1"]
    assert b"X-PLANNER-REV:3\r\n" in file.read_bytes()
    assert planner.json("book", "sync")["plan"] == QUIET

    # Somebody added here gets a card of their own; who came from elsewhere does not, and circles stay here.
    planner.done("add", "Ole Ny", "--email", "ole@home.example", "--circle", "crew")
    assert planner.json("book", "sync")["to_write"] == 1
    (made,) = set(book.glob("*.vcf")) - {file}
    assert f"UID:{made.stem}\r\n".encode() in made.read_bytes()
    assert b"FN:Ole Ny\r\n" in made.read_bytes()
    assert b"EMAIL" in made.read_bytes()
    assert b"CATEGORIES" not in made.read_bytes()
    assert planner.json("book", "sync")["plan"] == QUIET
    # The phone edits it; the phone deletes it: it is asked about, and not made again.
    put(made, made.read_bytes().replace(b"ole@home", b"ole@work"))
    assert planner.json("book", "sync")["changed"] == 1
    assert planner.json("show", "Ole")["emails"] == ["ole@work.example"]
    made.unlink()
    assert planner.json("book", "sync")["plan"] == "1 gone"
    assert not made.exists()

    # While a field is to be decided only that field waits; an answer of mine goes out.
    planner.done("edit", "Bea", "--email", "bea@third.example", "--phone", "+4791100001")
    put(file, card(new, "X-BOAT:1"))
    done = planner.json("book", "sync")
    assert (done["plan"], lines_of(file)) == ("1 gone, 1 to write, 1 to decide", [new, "X-BOAT:1", "TEL:+4791100001"])
    asked = next(one["id"] for one in done["questions"] if one["about"] == "email")
    planner.done("book", "decide", str(asked), "mine")
    assert planner.json("book", "sync")["to_write"] == 1
    assert lines_of(file) == [third, "X-BOAT:1", "TEL:+4791100001"]
    (left,) = book.iterdir()
    assert left == file
    assert planner.done("doctor").code == 0

    # Forgotten, she is neither kept as she was written nor read again; her card outside is hers.
    planner.done("forget", "Bea", "--yes")
    assert planner.json("book", "sync")["new"] == 0
    with sqlite3.connect(planner.database) as database:
        assert database.execute("SELECT count(*) FROM book_state WHERE name LIKE 'kept:%'").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM card WHERE said LIKE '%Bea%'").fetchone() == (0,)
    assert file.exists()


def test_a_picture_that_a_server_has_cut_off_is_offered_back(planner: Planner, tmp_path: Path) -> None:
    file = tmp_path / "book" / "bea.vcf"
    file.parent.mkdir()
    whole = "PHOTO:data:image/png;base64," + "QUJD" * 40
    put(file, card(whole, version="4.0"))
    planner.done("book", "add", str(file.parent), "--two-way")
    planner.done("book", "sync")
    planner.done("edit", "Bea", "--email", "bea@home.example")
    planner.done("book", "sync")
    assert planner.json("book", "sync")["plan"] == QUIET
    put(file, card("PHOTO:data:image/png\\;base64", "EMAIL:bea@home.example", version="4.0"))
    # Until it is answered nothing goes out into this card.
    planner.done("edit", "Bea", "--email", "bea@work.example")
    (asked,) = planner.json("book", "sync")["questions"]
    assert (asked["about"], asked["answers"], b"bea@home" in file.read_bytes()) == ("photo", ["keep", "restore"], True)
    planner.done("book", "decide", str(asked["id"]), "restore")
    assert planner.json("book", "sync")["to_write"] == 1
    text = file.read_bytes().replace(b"\r\n ", b"").decode()
    assert f"PHOTO;ENCODING=b;TYPE=PNG:{'QUJD' * 40}\r\n" in text
    assert "EMAIL:bea@work.example\r\n" in text
    assert planner.json("book", "sync")["plan"] == QUIET
