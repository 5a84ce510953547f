"""LDIF as Thunderbird and directories write it: folded, in base64, with lists, and damaged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.core.model import Cell, ImportedContact, ImportedDate, Rejected
from planner.interchange.reading import Item, Skipped, read
from tests.cases import case
from tests.interchange.samples import written

HEAD = "dn: cn=x\nobjectclass: person\n"


def items(folder: Path, text: str | bytes) -> list[Item]:
    """Everything a file yields."""
    path = folder / "book.ldif"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read([path]))


def test_an_address_book_of_thunderbird(tmp_path: Path) -> None:
    path = written(tmp_path, "ldif")
    ana, left_out, tom = read([path])
    assert isinstance(ana, ImportedContact)
    assert (ana.name, ana.nickname, ana.company, ana.title, ana.city) == ("Ana Lée", "Annie", "Acme", "Buyer", "York")
    assert [cell.value for cell in ana.emails] == ["ana@x.example", "lee@y.example"]
    assert ana.phones == (Cell("+33 6 12 34 56 78", "mobile"), Cell("+41 44 668 18 00", "work"))
    assert ana.urls == (Cell("http://ana.example", "home"),)
    assert [(one.year, one.month, one.day) for one in ana.dates] == [(1988, 6, 15)]
    assert (ana.notes, ana.source, ana.line, ana.remarks) == ("one\ntwo", "ldif", 4, ())
    assert left_out == Skipped(str(path), 29, "Climbers is a list")
    assert isinstance(tom, ImportedContact)
    assert tom.dates == (ImportedDate("birthday", 4, 5, None, "--04-05"),)
    assert tom.dated_on == date.fromtimestamp(path.stat().st_mtime)


def test_newlines_folds_and_comments_of_every_kind(tmp_path: Path) -> None:
    plain = f"{HEAD}cn: Ana Lee\nmail: ana@x.example\n\n{HEAD}cn: Tom Ray\n"
    for text in (
        plain, plain.replace("\n", "\r\n"), plain.replace("\n", "\r"), plain.replace("Ana Lee", "Ana\n  Lee"),
        f"# a\n#  b\n\n\n{plain}", plain.replace("\n\n", "\n\n\n\n"),
        plain.replace("cn: Ana", "# note\n that goes on\ncn: Ana"),
        plain.replace("cn:", "cn;lang-en:"), plain.replace("cn: ", "CN:"), "\ufeff" + plain, f"version: 1\n{plain}",
        plain.replace("dn: cn=x", "dn:: Y249eA=="), plain.replace("cn: Ana Lee", "givenName: Ana\nsn: Lee"),
    ):  # fmt: skip
        with case(text):
            found = [item for item in items(tmp_path, text) if isinstance(item, ImportedContact)]
            assert [one.name for one in found] == ["Ana Lee", "Tom Ray"]


def test_a_damaged_record_spares_its_neighbours(tmp_path: Path) -> None:
    for damage in ("cn:: ***", "cn:: QQ", "no attribute", "notes: " + "x" * 70_000, "o: Acme"):
        with case(damage[:20]):
            text = f"{HEAD}cn: Ana Lee\n\n{HEAD}{damage}\n\n{HEAD}cn: Tom Ray\n"
            found = [type(item) for item in items(tmp_path, text)]
            kept = ImportedContact if damage.startswith("o:") else Rejected
            assert found == [ImportedContact, kept, ImportedContact]


def test_what_is_left_out(tmp_path: Path) -> None:
    text = (
        f"{HEAD}cn: Ana Lee\njpegPhoto:: {'A' * 100_000}\njpegPhoto:< file:///etc/passwd\n\n"
        f"dn: ou=people\nobjectclass: organizationalUnit\n\n{HEAD}changetype: delete\n"
    )
    assert [type(item) for item in items(tmp_path, text)] == [ImportedContact, Skipped, Skipped]


def test_a_folder_of_them(tmp_path: Path) -> None:
    for name in ("Ana Lee", "Tom Ray"):
        (tmp_path / f"{name}.ldif").write_text(f"{HEAD}cn: {name}\n")
    assert [item.name for item in read([tmp_path]) if isinstance(item, ImportedContact)] == ["Ana Lee", "Tom Ray"]
