"""Letters are read as they were written: told by the file, found out and said, or said by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.core.model import ImportedContact
from planner.errors import Refused
from planner.interchange.detect import resolve
from planner.interchange.encodings import OFFERED, chosen, codec_of, guess
from planner.interchange.reading import Remark, read, records_of
from tests.cases import case

NAMES = {
    "cp1252": ("Zoë Groß", "Jörg Müller", "François Lefèvre", "Begoña Ibáñez"),
    "cp1250": ("Łukasz Wójcik", "Grażyna Żółkowska", "Jiří Růžička", "Győző Szűcs"),
    "iso8859-2": ("Małgorzata Dąbrowska", "Łucja Wiśniewska", "Lukáš Dvořák", "Eliška Šťastná"),
    "cp1251": ("Иван Петров", "Мария Кузнецова", "Сергей Иванов", "Ольга Соколова"),
    "koi8-r": ("Иван Петров", "Мария Кузнецова", "Сергей Иванов", "Ольга Соколова"),
    "cp1253": ("Γιώργος Παπαδόπουλος", "Μαρία Παππά", "Νίκος Ιωάννου", "Ελένη Γεωργίου"),
    "cp1254": ("Işıl Yılmaz", "Gökçe Şahin", "Çağrı Öztürk", "Ayşe Güneş"),
    "cp1255": ("דוד כהן", "שרה לוי", "משה מזרחי", "רחל פרץ"),
    "cp1256": ("محمد حسن", "فاطمة علي", "أحمد إبراهيم", "عائشة يوسف"),
    "cp932": ("山田 太郎", "佐藤 花子", "鈴木 健一", "高橋 美咲"),
    "gb18030": ("王伟", "李秀英", "张敏", "刘芳"),
    "big5": ("王 偉", "李 芳", "張 秀英", "劉 敏"),
    "euc-kr": ("김 민준", "이 서연", "박 지훈", "최 수빈"),
    "mac-roman": ("Zoë Groß", "Jörg Müller", "Käthe Schäfer", "Günther Weiß"),
}
TOLD = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def table(names: tuple[str, ...]) -> str:
    """Rows as spreadsheets write them."""
    return "Name,E-mail\r\n" + "".join(f"{name},p{place}@x.example\r\n" for place, name in enumerate(names))


def cards(names: tuple[str, ...]) -> str:
    """Cards that do not say how they are written."""
    return "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n" for name in names)


def names_in(path: Path, encoding: str = "") -> list[str]:
    """The names that are read from a file."""
    items = records_of([resolve(path, encoding=chosen(encoding) if encoding else "")])
    return [item.name for item in items if isinstance(item, ImportedContact)]


@pytest.mark.parametrize("make", [table, cards])
def test_what_is_not_utf8_is_found_out_and_said(tmp_path: Path, make: object) -> None:
    path = tmp_path / "people"
    for codec, names in NAMES.items():
        with case(codec):
            path.write_bytes(make(names).encode(codec))  # type: ignore[operator]
            assert names_in(path) == list(names)
            (said,) = (item.text for item in read([path]) if isinstance(item, Remark))
            assert said.startswith("guessed encoding: ")
            assert names[0].split()[0] in said
            assert "--encoding" in said


@pytest.mark.parametrize("make", [table, cards])
def test_what_the_file_tells_is_no_guess(tmp_path: Path, make: object) -> None:
    path = tmp_path / "people"
    for codec in TOLD:
        for names in NAMES.values():
            with case(codec, names[0]):
                path.write_bytes(make(names).encode(codec))  # type: ignore[operator]
                assert names_in(path) == list(names)
                assert not any(isinstance(item, Remark) for item in read([path]))


@pytest.mark.parametrize("make", [table, cards])
def test_what_is_said_by_hand_goes_before_every_guess(tmp_path: Path, make: object) -> None:
    path = tmp_path / "people"
    for codec, names in {**NAMES, "cp866": NAMES["cp1251"], "euc-jp": NAMES["cp932"]}.items():
        for few in (names, names[:1]):
            with case(codec, few):
                path.write_bytes(make(few).encode(codec))  # type: ignore[operator]
                assert names_in(path, codec) == list(few)
                assert not any(isinstance(one, Remark) for one in records_of([resolve(path, encoding=codec_of(codec))]))
    path.write_bytes(make(NAMES["cp932"]).encode("iso2022_jp"))  # type: ignore[operator]
    assert names_in(path) == names_in(path, "iso-2022-jp") == list(NAMES["cp932"])
    # A mark of the file says more than anybody.
    path.write_bytes(make(NAMES["cp1251"]).encode("utf-16"))  # type: ignore[operator]
    assert names_in(path, "cp1251") == list(NAMES["cp1251"])


def test_a_header_beyond_ascii_is_recognized(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("Prénom;Téléphone\r\nZoë;+33 6 12 34 56 78\r\n".encode("cp1252"))
    assert names_in(path) == ["Zoë"]


def test_a_card_may_say_otherwise_than_its_file(tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    name = "山田;太郎".encode("cp932")
    declared = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS:" + name + b"\r\nEND:VCARD\r\n"
    path.write_bytes(declared + cards(NAMES["cp1251"]).encode("cp1251"))
    assert names_in(path) == ["太郎 山田", *NAMES["cp1251"]]


def test_names_of_encodings() -> None:
    for name, codec in [
        ("Windows-1251", "cp1251"), ("CP1251", "cp1251"), ("latin1", "iso8859-1"), ("Latin-2", "iso8859-2"),
        ("ISO_8859-2", "iso8859-2"), ("Shift-JIS", "cp932"), ("sjis", "cp932"), ("UTF16", "utf-16"), ("GBK", "gb18030"),
        ("utf8", "utf-8"), ("macintosh", "mac-roman"),
    ]:  # fmt: skip
        with case(name):
            assert chosen(name) == codec
    for none in ("hex", "rot13", "idna", "unicode_escape", "utf-7", "zip", "", "x" * 500):
        with pytest.raises(Refused):
            chosen(none)
    assert all(codec_of(name) for name in OFFERED)


def test_the_library_is_loaded_for_what_is_not_utf8_only(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(table(NAMES["cp1251"]), "utf-8")
    code = (
        "import sys; from pathlib import Path; from planner.interchange.reading import read;"
        f"list(read([Path({str(path)!r})])); print('chardet' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_no_bytes_raise() -> None:
    for data in (b"", b"\xff", b"\x80" * 50, bytes(range(256)) * 4, b"\n".join([b"\xe9"] * 9)):
        assert guess(data)
