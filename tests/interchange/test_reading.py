"""Files, folders and archives told by their content, and read as one stream."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from planner.core.model import ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange import reading, text
from planner.interchange.reading import Remark, count_hint, read
from tests.cases import case
from tests.interchange.helpers import card
from tests.interchange.linkedin.test_linkedin import ANA, NEW

MESSAGES = (
    "FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE\n"
    "Ana,https://www.linkedin.com/in/ana-lee,Me,https://www.linkedin.com/in/me,2026-09-28 10:00:00 UTC\n"
)


def names(*paths: Path, format: str = "auto") -> list[str]:
    """The names of the people in these files."""
    return [item.name for item in read(paths, format) if isinstance(item, ImportedContact)]


def write(path: Path, data: bytes | str) -> Path:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pack(path: Path, **members: bytes | str) -> Path:
    """An archive with these members; a dot in a name is written as `_dot_`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_dot_", ".").replace("_slash_", "/"), data)
    return path


class TestPaths:
    def test_formats_are_told_by_content_not_by_name(self, tmp_path: Path) -> None:
        cards = write(tmp_path / "export.txt", b"\n# mine\n" + card("FN:Ana Lee"))
        table = write(tmp_path / "Basic.vcf", f"{NEW}\n{ANA}\n")
        wide = write(tmp_path / "wide.vcf", card("FN:Zoë").decode().encode("utf-16"))
        assert names(cards, table, wide) == ["Ana Lee", "Ana Lee", "Zoë"]

    def test_a_folder_of_cards(self, tmp_path: Path) -> None:
        write(tmp_path / "b.vcf", card("FN:Tom"))
        write(tmp_path / "a.VCF", card("FN:Ana"))
        write(tmp_path / "c.vcf.tmp", card("FN:Half"))
        write(tmp_path / ".hidden.vcf", card("FN:Hidden"))
        write(tmp_path / "readme.txt", card("FN:No"))
        assert names(tmp_path) == ["Ana", "Tom"]
        assert count_hint([tmp_path]) == 2

    def test_a_folder_of_folders_of_cards(self, tmp_path: Path) -> None:
        write(tmp_path / "family" / "a.vcf", card("FN:Ana"))
        write(tmp_path / "work" / "b.vcf", card("FN:Tom"))
        assert names(tmp_path) == ["Ana", "Tom"]

    def test_an_unreadable_card_of_a_folder_is_rejected(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(text, "FILE_LIMIT", 500)
        write(tmp_path / "a.vcf", card("FN:Ana"))
        write(tmp_path / "b.vcf", card("FN:Big", "NOTE:" + "x" * 1000))
        write(tmp_path / "c.vcf", card("FN:Tom"))
        found = list(read([tmp_path]))
        assert [type(item) for item in found] == [ImportedContact, Rejected, ImportedContact]
        with pytest.raises(Refused, match="larger than"):
            list(read([tmp_path / "b.vcf"]))

    @pytest.mark.parametrize("inside", ["", "Export/"])
    def test_a_linkedin_folder_and_archive(self, tmp_path: Path, inside: str) -> None:
        folder = tmp_path / "export"
        write(folder / inside / "Connections.csv", f"Notes:\n\n{NEW}\n{ANA}\n")
        write(folder / inside / "messages.csv", MESSAGES)
        write(folder / inside / "Profile.csv", "x")
        prefix = inside.replace("/", "_slash_")
        archive = pack(
            tmp_path / "export.zip",
            **{f"{prefix}Connections_dot_csv": f"{NEW}\n{ANA}\n", f"{prefix}messages_dot_csv": MESSAGES},
        )
        for path in (folder, archive, folder / inside / "Connections.csv"):
            (ana,) = [item for item in read([path]) if isinstance(item, ImportedContact)]
            assert ana.last_contact_on == date(2026, 9, 28)
            assert ana.dated_on is not None
            assert count_hint([path]) in (1, 2, 3)

    def test_cards_in_an_archive(self, tmp_path: Path) -> None:
        archive = pack(
            tmp_path / "cards.zip",
            b_dot_vcf=card("FN:Tom"),
            a_dot_vcf=card("FN:Ana"),
            __MACOSX_slash_a_dot_vcf=card("FN:No"),
        )
        assert names(archive) == ["Ana", "Tom"]

    def test_the_age_of_a_file_is_that_of_what_it_says(self, tmp_path: Path) -> None:
        path = write(tmp_path / "Connections.csv", f"{NEW}\n{ANA}\n")
        noon = 1_700_000_000
        os.utime(path, (noon, noon))
        (ana,) = [item for item in read([path]) if isinstance(item, ImportedContact)]
        assert ana.dated_on == date.fromtimestamp(noon)


class TestRefusals:
    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match=r"gone\.vcf does not exist") as refusal:
            next(read([tmp_path / "gone.vcf"]))
        assert refusal.value.advice

    def test_every_path_is_looked_at_before_the_first_record(self, tmp_path: Path) -> None:
        good = write(tmp_path / "good.vcf", card("FN:Ana"))
        with pytest.raises(Refused, match="gone"):
            next(read([good, tmp_path / "gone.vcf"]))

    def test_what_is_no_address_book(self, tmp_path: Path) -> None:
        for data, message in [
            (b"", "is empty"),
            (b"Wer,Was\nAna,ana@example.org\n", "no column that is known to tell a name; it has: Wer, Was"),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "a format the planner does not know"),
            (b'[{"name": "Ana Lee", "email": "ana@x.example"}]', "a format the planner does not know"),
            (b'{"people": [], "total": 3}', "a format the planner does not know"),
            (b"PK\x03\x04 not really", "damaged archive"),
        ]:
            with case(data, message):
                with pytest.raises(Refused, match=message) as refusal:
                    list(read([write(tmp_path / "x", data)]))
                assert refusal.value.advice

    def test_an_unknown_format_names_the_known_ones(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="linkedin, vcard"):
            list(read([write(tmp_path / "x", card("FN:Ana"))], "excel"))

    def test_a_folder_without_people(self, tmp_path: Path) -> None:
        write(tmp_path / "x.txt", "x")
        with pytest.raises(Refused, match="holds no vCards"):
            list(read([tmp_path]))

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.vcf")
        with pytest.raises(Refused, match="not a file"):
            list(read([tmp_path / "pipe.vcf"]))

    def test_names_that_no_file_can_have(self) -> None:
        for name in ("a\0b", "x" * 5000):
            with pytest.raises(Refused):
                list(read([Path(name)]))

    def test_a_hostile_name_is_shown_harmlessly(self, tmp_path: Path) -> None:
        with pytest.raises(Refused) as refusal:
            list(read([tmp_path / "a\x1b[2J.vcf"]))
        assert "\x1b" not in str(refusal.value)

    def test_too_many_records(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "RECORD_LIMIT", 3)
        path = write(tmp_path / "x.vcf", card("FN:Ana") * 4)
        with pytest.raises(Refused, match="more than 3 records"):
            list(read([path]))

    def test_a_file_without_cards_says_so(self, tmp_path: Path) -> None:
        path = write(tmp_path / "x.vcf", "hello")
        assert list(read([path], "vcard")) == [Remark(str(path), 0, "there is no card in it")]


class TestArchives:
    def test_a_bomb_is_refused_unread(self, tmp_path: Path) -> None:
        path = pack(tmp_path / "bomb.zip", Connections_dot_csv=bytes(text.FILE_LIMIT + 1))
        with pytest.raises(Refused, match="larger than 50 MB"):
            list(read([path]))

    def test_many_small_bombs_are_refused_together(self, tmp_path: Path) -> None:
        path = tmp_path / "bombs.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for index in range(3):
                archive.writestr(f"{index}.vcf", bytes(40_000_000))
        with pytest.raises(Refused, match="too large unpacked"):
            list(read([path]))

    def test_a_lie_about_the_size_is_found_while_reading(self, tmp_path: Path) -> None:
        path = tmp_path / "liar.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Connections.csv", f"{NEW}\n" + f"{ANA}\n" * 1000)
        data = path.read_bytes()
        size = len(f"{NEW}\n" + f"{ANA}\n" * 1000)
        path.write_bytes(data.replace(size.to_bytes(4, "little"), (40).to_bytes(4, "little")))
        with pytest.raises(Refused):
            list(read([path]))

    def test_damage_inside_a_member(self, tmp_path: Path) -> None:
        path = pack(tmp_path / "x.zip", Connections_dot_csv=f"{NEW}\n" + f"{ANA}\n" * 1000)
        data = bytearray(path.read_bytes())
        data[60:80] = bytes(20)
        path.write_bytes(bytes(data))
        with pytest.raises(Refused, match="cannot be read"):
            list(read([path]))

    def test_a_giant_table_of_contents_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "many.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for index in range(30):
                archive.writestr(f"{index:02}{'x' * 60_000}.vcf", b"")
        data = bytearray(path.read_bytes())
        end = data.rfind(b"PK\x05\x06")
        data[end + 12 : end + 16] = (5_000_000).to_bytes(4, "little")
        path.write_bytes(bytes(data))
        with pytest.raises(Refused, match="too many files"):
            list(read([path]))


def test_the_hint_is_about_right_and_never_raises(tmp_path: Path) -> None:
    many = write(tmp_path / "many.vcf", b"".join(card(f"FN:Person {i}", "NOTE:" + "x" * 500) for i in range(5000)))
    assert 4500 <= count_hint([many]) <= 5500
    wide = write(tmp_path / "wide.vcf", card("FN:Zoë").decode().encode("utf-16"))
    assert count_hint([wide]) == 1
    assert count_hint([tmp_path / "gone", write(tmp_path / "x", b"")]) == 0
