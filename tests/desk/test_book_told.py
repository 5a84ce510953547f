"""What else goes out into cards and comes back: rhythms, the last contact; and a sync that was undone."""

from __future__ import annotations

from pathlib import Path

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.book.reading import BookReading
from planner.interchange.book.sending import CardSender
from planner.interchange.reading import read
from tests.cases import case
from tests.desk.book_files import sync, write_card

QUIET = "nothing new, nothing to decide"


def lines(file: Path) -> set[str]:
    return {line for line in file.read_text("utf-8").splitlines() if line.startswith("X-PLANNER") and "REV" not in line}


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    draft = file.with_suffix(".tmp")
    draft.write_bytes(text.replace(old, new).encode())
    draft.replace(file)


def test_a_rhythm_and_the_last_contact_go_out_where_wished_and_come_back(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    file = write_card(book, "Ana Lund", "EMAIL:ana@x.example")
    desk.book.add(str(book), two_way=True, tells=True)
    sync(desk)
    desk.people.set_cadence([1], "4w/6w")
    desk.interactions.log([1], on=desk.today)
    assert (sync(desk).plan, lines(file)) == (QUIET, set())
    desk.book.add(str(book), two_way=True, tells_rhythm=True)
    assert sync(desk).to_write == 1
    day = desk.today.isoformat()
    told = {"X-PLANNER-CADENCE:4w to 6w", f"X-PLANNER-CADENCE-SINCE:{day}", f"X-PLANNER-LAST-CONTACT:{day}"}
    assert lines(file) == told
    assert [sync(desk).plan for _ in range(2)] == [QUIET, QUIET]

    # Another planner changes the rhythm: it follows. Both change it: it is asked. A program drops the lines: it stays.
    rewrite(file, "CADENCE:4w to 6w", "CADENCE:RRULE:FREQ:WEEKLY BYDAY:MO.FR")
    assert sync(desk).plan == "1 changed"
    assert desk.reading.card(1).contact.cadence == "RRULE:FREQ=WEEKLY;BYDAY=MO,FR"
    assert sync(desk).plan == QUIET
    desk.people.set_cadence([1], "2w")
    rewrite(file, "CADENCE:RRULE:FREQ:WEEKLY BYDAY:MO.FR", "CADENCE:8w")
    (question,) = sync(desk).questions
    assert (question.about, question.theirs, question.mine) == ("cadence", "8w", "2w")
    desk.book.decide([question.id], "mine")
    assert (sync(desk).plan, sync(desk).plan) == ("1 to write", QUIET)
    assert "X-PLANNER-CADENCE:2w" in lines(file)
    write_card(book, "Ana Lund", "EMAIL:ana@y.example")
    assert sync(desk).changed == 1
    assert desk.reading.card(1).contact.cadence == "2w"

    # A day of contact that was deleted here goes out, and comes back from no card.
    (made,) = desk.reading.card(1).interactions
    desk.interactions.unlog([made.id])
    sync(desk)
    assert not [line for line in lines(file) if "LAST" in line]
    rewrite(file, "EMAIL:ana@y.example", "EMAIL:ana@z.example")
    sync(desk)
    assert not desk.reading.card(1).interactions


def test_what_a_company_and_a_town_were_before_goes_out_once(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    for name, line, change, wanted in (
        ("Ana Lund", "ORG:Yard;Dock", ContactDraft(company="Mill"), "ORG:Mill"),
        ("Ben Okri", "ORG:Yard;Dock", ContactDraft(company=""), ""),
        ("Cy Young", "ADR;TYPE=home:;;Kai 1;Bergen;;5003;Norge", ContactDraft(city="Oslo"),
         "ADR;TYPE=home:;;Kai 1;Oslo;;5003;Norge"),
    ):  # fmt: skip
        with case(name):
            file = write_card(book, name, line)
            if name == "Ana Lund":
                desk.book.add(str(book), two_way=True)
            sync(desk)
            desk.people.edit(desk.people.find(name), change)
            assert [sync(desk).plan for _ in range(3)] == ["1 to write", QUIET, QUIET]
            text = file.read_text("utf-8")
            assert (wanted in text, "Yard" in text, "Bergen" in text) == (True, False, False)


def test_a_death_and_lines_of_ours_that_a_program_drops(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    write_card(book, "Ana Lund", "EMAIL:ana@x.example", "X-PLANNER-LOOKING-FOR:a flat")
    desk.book.add(str(book))
    sync(desk)
    write_card(book, "Ana Lund", "EMAIL:ana@x.example", "DEATHDATE:20260101")
    assert sync(desk).plan == "1 changed"
    contact = desk.reading.card(1).contact
    assert (str(contact.status), contact.looking_for) == ("deceased", "a flat")


def test_a_sync_that_was_undone_is_asked_about_once(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    for name in ("Ana Lund", "Ben Okri", "Cy Young"):
        write_card(book, name, "EMAIL:old@x.example")
    desk.book.add(str(book), two_way=True)
    sync(desk)
    for name in ("Ana Lund", "Ben Okri"):
        write_card(book, name, "EMAIL:new@x.example")
    assert sync(desk).plan == "2 changed"
    desk.keeping.undo()
    # By itself a sync asks nothing, so that the undone one can be done again; a person is asked once.
    desk.book.sync(BookReading, CardSender, by_itself=True)
    desk.keeping.redo()
    assert sync(desk).plan == QUIET
    desk.keeping.undo()
    desk.people.edit(1, ContactDraft(emails=("mine@x.example",)))
    assert desk.book.sync(BookReading, CardSender, dry_run=True).to_decide == 1
    (question,) = sync(desk).questions
    assert "2 cards" in question.words
    assert b"new@x.example" in (book / "ana.vcf").read_bytes()
    (question,) = sync(desk).questions
    desk.book.decide([question.id], "again")
    assert sync(desk).plan == "1 changed, 1 to decide"
    assert [one.about for one in desk.book.asked()] == ["email"]

    # Left as it is here, it is asked about no more.
    write_card(book, "Cy Young", "EMAIL:new@x.example")
    sync(desk)
    desk.keeping.undo()
    question = next(one for one in sync(desk).questions if one.about == "undone")
    desk.book.decide([question.id], "keep")
    assert [one.about for one in sync(desk).questions] == ["email"]
    assert desk.reading.card(3).contact.emails[0].value == "old@x.example"


def several(*cards: tuple[str, ...]) -> bytes:
    head = ("BEGIN:VCARD", "VERSION:3.0")
    return "".join("\r\n".join((*head, *lines, "END:VCARD", "")) for lines in cards).encode()


def test_a_file_of_several_cards_is_written_in_one_piece(desk: Desk, tmp_path: Path) -> None:
    ana = ("UID:a", "FN:Ana Lund", "N:Lund;Ana;;;", "EMAIL;TYPE=home:ana@x.example", "X-BOAT:1")
    ben = ("UID:b", "FN:Ben Okri", "PHOTO;ENCODING=b:QUJD", "item1.TEL:+4790000001", "item1.X-ABLabel:Sea")
    cy = ("FN:Cy Young", "N:Young;Cy;;;", "EMAIL:cy@x.example")
    for place, is_folder in ((tmp_path / "book", True), (tmp_path / "people.vcf", False)):
        with case(str(place.name)):
            if is_folder:
                place.mkdir()
            file = place / "all.vcf" if is_folder else place
            mail = "m" if is_folder else "n"
            data = several(ana, ben, cy).replace(b"UID:", f"UID:{mail}".encode())
            data = data.replace(b"Lund", f"Lund{mail}".encode()).replace(b"@x", f"@{mail}".encode())
            file.write_bytes(data)
            desk.book.add(str(place), two_way=True)
            first, second, _ = (one.contact_id or 0 for one in sync(desk).lines)
            desk.people.edit(first, ContactDraft(emails=("ana@new.example",)))
            desk.people.edit(second, ContactDraft(phones=("+4790000002",)))
            assert desk.book.sync(BookReading, CardSender, dry_run=True).to_write == 2
            assert file.read_bytes() == data
            assert sync(desk).to_write == 2
            expected = data.replace(f"ana@{mail}.example".encode(), b"ana@new.example").replace(
                b"0001\r\n", b"0002\r\n"
            )
            end, number = b"END:VCARD\r\n", b"X-PLANNER-REV:1\r\nEND:VCARD\r\n"
            assert file.read_bytes() == expected.replace(end, number, 2)
            assert [sync(desk).plan for _ in range(2)] == [QUIET, QUIET]

            # Another program edits one of them, and writes all of the file; the number of ours stays.
            rewrite(file, "ana@new.example", "ana@phone.example")
            assert sync(desk).plan == "1 changed"
            desk.people.edit(second, ContactDraft(phones=("+4790000003",)))
            assert (sync(desk).to_write, sync(desk).plan) == (1, QUIET)
            assert b"X-PLANNER-REV:2" in file.read_bytes()
            assert [one for one in tmp_path.rglob("*") if ".planner" in one.name] == []

    # Somebody new gets a file in the folder, or, where the file is all there is, a card behind the others.
    desk.book.remove(desk.book.listed()[0].book.id)
    desk.people.add(ContactDraft(name="Ole Ny", emails=("ole@x.example",)))
    assert sync(desk).to_write == 1
    assert (tmp_path / "people.vcf").read_bytes().count(b"BEGIN:VCARD") == 4
    assert sync(desk).plan == QUIET
    rewrite(tmp_path / "people.vcf", "ole@x.example", "ole@y.example")
    assert sync(desk).plan == "1 changed"


def test_a_card_that_stands_twice_in_a_file_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    cards = [("UID:a", "FN:Ana Lund", "EMAIL:ana@x.example"), ("UID:b", "FN:Ben Okri", "EMAIL:ben@x.example")]
    file.write_bytes(several(*cards, cards[0]))
    desk.book.add(str(file), two_way=True)
    sync(desk)
    for name in ("Ana Lund", "Ben Okri"):
        desk.people.edit(desk.people.find(name), ContactDraft(emails=("new@y.example",)))
    done = sync(desk)
    assert done.to_write == 1
    assert "twice" in " ".join(done.troubles)
    assert file.read_bytes().count(b"ana@x.example") == 2
    assert file.read_bytes().count(b"new@y.example") == 1


def test_somebody_named_by_the_uid_of_another_card_is_that_contact(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    husband = "RELATED;TYPE=spouse;VALUE=uri:urn:uuid:ben"
    file = write_card(book, "Ana Lund", husband, "RELATED;TYPE=friend:urn:uuid:nobody")
    write_card(book, "Ben Okri", "EMAIL:ben@x.example")
    desk.book.add(str(book), two_way=True)
    sync(desk)
    ana, ben = desk.people.find("Ana Lund"), desk.people.find("Ben Okri")
    (known,) = desk.reading.card(ana).contact.acquaintances
    assert (known.relation, known.name, known.other_id) == ("spouse", "Ben Okri", ben)
    desk.people.edit(ana, ContactDraft(emails=("ana@x.example",)))
    assert [sync(desk).plan for _ in range(3)] == ["1 to write", QUIET, QUIET]
    assert husband in file.read_text("utf-8")
    assert len(desk.reading.card(ana).contact.acquaintances) == 1
    # A card names a contact that was imported before, too.
    write_card(book, "Cy Young", "RELATED;TYPE=manager:urn:uuid:ana")
    sync(desk)
    (known,) = desk.reading.card(desk.people.find("Cy Young")).contact.acquaintances
    assert (known.relation, known.name, known.other_id) == ("manager", "Ana Lund", ana)


def test_somebody_named_by_the_uid_of_a_card_that_comes_later_is_that_contact_once_it_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    book = tmp_path / "book"
    husband = "RELATED;TYPE=spouse;VALUE=uri:urn:uuid:ben"
    file = write_card(book, "Ana Lund", husband, "RELATED;TYPE=child:urn:uuid:cy", "X-SPOUSE:Ole")
    desk.book.add(str(book), two_way=True)
    sync(desk)
    ana = desk.people.find("Ana Lund")

    def known() -> set[tuple[str, str, int | None]]:
        found = desk.reading.card(ana).contact.acquaintances
        return {(one.relation, one.name, one.other_id) for one in found}

    spouse = ("spouse", "Ole", None)
    assert known() == {spouse}
    # In a later sync, in which her card is not read.
    write_card(book, "Ben Okri", "EMAIL:ben@x.example")
    assert sync(desk).plan == "1 new"
    married = {spouse, ("spouse", "Ben Okri", desk.people.find("Ben Okri"))}
    assert known() == married
    assert sync(desk).plan == QUIET
    desk.keeping.undo()
    assert known() == {spouse}
    desk.keeping.redo()
    assert known() == married
    # By an import by hand, too.
    other = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:cy\r\nFN:Cy Lund\r\nEND:VCARD\r\n"
    (tmp_path / "one.vcf").write_text(other, "utf-8", newline="")
    desk.imports.run(read([tmp_path / "one.vcf"]))
    child = ("child", "Cy Lund", desk.people.find("Cy Lund"))
    assert known() == {*married, child}
    # Her card, once we have written it, says them still: taken out of it by another program, they go.
    desk.people.edit(ana, ContactDraft(emails=("ana@x.example",)))
    assert [sync(desk).plan for _ in range(2)] == ["1 to write", QUIET]
    rewrite(file, f"{husband}\r\n", "")
    assert sync(desk).plan == "1 changed"
    assert known() == {spouse, child}


def test_whoever_comes_with_the_card_that_names_them_is_met_in_one_import(desk: Desk, tmp_path: Path) -> None:
    cards = []
    for number in range(900):
        friend = f"RELATED;TYPE=friend:urn:uuid:{899 - number}"
        cards += ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{number}", f"FN:Ana Lund{number}", friend, "END:VCARD"]
    (tmp_path / "all.vcf").write_text("\r\n".join((*cards, "")), "utf-8", newline="")
    desk.imports.run(read([tmp_path / "all.vcf"]))
    for number in (0, 450, 899):
        (known,) = desk.reading.card(desk.people.find(f"Ana Lund{number}")).contact.acquaintances
        assert (known.name, known.other_id) == (f"Ana Lund{899 - number}", desk.people.find(f"Ana Lund{899 - number}"))


def test_chats_and_street_addresses_are_edited_here_and_what_stays_keeps_its_bytes(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    street = "ADR;TYPE=home:;;Kai 1\\, 2nd floor;Bergen;;5003;Norge"
    file = write_card(book, "Ana Lund", street, "ADR;TYPE=work:;;Torg 2;Oslo;;0150;Norge", "X-SKYPE:ana")
    desk.book.add(str(book), two_way=True)
    sync(desk)
    assert [cell.value for cell in desk.reading.card(1).contact.chats] == ["skype:ana"]
    kept = "Kai 1, 2nd floor, Bergen, 5003, Norge"
    desk.people.edit(1, ContactDraft(streets=(kept, "Sti 3, Voss"), chats=("skype:ana", "xmpp:ana@x.example")))
    assert [sync(desk).plan for _ in range(3)] == ["1 to write", QUIET, QUIET]
    text = file.read_text("utf-8")
    assert [one in text for one in (street, "Torg", "X-SKYPE:ana\n", "IMPP:xmpp:ana@x.example")] == [
        True, False, True, True,
    ]  # fmt: skip
    assert [cell.value for cell in desk.reading.card(1).contact.streets][1] == ";;Sti 3, Voss"
