"""Other people's programs read what we export: khal, todoman, khard, vdirsyncer and mutt, each really run.

PLANNER_PROGRAMS names the virtual environment that has the four from the package index; mutt comes with the system.
Each runs with a home of its own.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections import Counter
from datetime import UTC
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.model import ItemKind
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.interchange.calendar import WORDS
from planner.interchange.exporting import Exports
from planner.interchange.files import MANIFEST
from tests.cases import PATIENCE
from tests.trust.terminal import Terminal, environment, planner_program

FIRST_DAY = DEMO_TODAY.isoformat()
FORMATS = """[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def missing(what: str) -> None:
    """Skip without a program, saying which; on the machine that checks everything it has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not installed")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the sample network, and what a hostile person may be called."""
    found = tmp_path / "home"
    found.mkdir(mode=0o700)
    with desk_at(found, new=True) as desk:
        from planner.desk.values import ContactDraft

        name = "Eve, \\n; \"Evil\" 'é' <b>"
        evil = desk.people.add(
            ContactDraft(name=name, emails=("eve@evil.example",), birthday="02-29", circles=("a,b;c\\",)),
        ).id
        desk.triage.follow_up([evil], "say, hello; \\n twice", DEMO_TODAY, repeat="+1w")
    return found


def desk_at(home: Path, *, new: bool = False) -> Desk:
    if new:
        return Desk(demo_store(home / "planner.db"), Config(), lambda: DEMO_TODAY)
    from planner.store.session import Store

    config = Config()
    return Desk(Store(home / "planner.db", config.settings).open(), config, lambda: DEMO_TODAY)


def run(home: Path, program: str, *words: str | Path, answers: str = "") -> str:
    """What a program printed when it was given some answers; it has to succeed."""
    programs = os.environ.get("PLANNER_PROGRAMS", "")
    path = Path(programs) / "bin" / program
    if not programs or not path.exists():
        missing(f"{program} (in the environment that PLANNER_PROGRAMS names)")
    here = environment(home, TZ="UTC", COLUMNS="300", XDG_CONFIG_HOME=str(home / "config"))
    here |= {"XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    done = subprocess.run(
        [path, *words], capture_output=True, text=True, env=here, input=answers, cwd=home, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def exported(home: Path, *, todo: bool = False) -> Path:
    folder = home / ("to-dos" if todo else "calendar")
    with desk_at(home) as desk:
        Exports(desk.exports).calendar_folder(todo=todo).write(folder)
    return folder


def titles(home: Path) -> dict[str, str]:
    """What each entry is called, with the day it stands on, by its uid."""
    with desk_at(home) as desk:
        return {
            one.uid: f"{one.day} " + WORDS[one.kind].format(name=one.name, text=one.text).removesuffix(": ")
            for one in desk.exports.calendar()
        }


def test_khal_lists_what_we_exported(home: Path) -> None:
    folder = exported(home)
    settings = home / "khal.conf"
    settings.write_text(f"[calendars]\n[[planner]]\npath = {folder}\n{FORMATS}default_timezone = UTC\n")
    listed = run(home, "khal", "-c", settings, "list", FIRST_DAY, "300d", "--format", "{start-date} {title}",
                 "--day-format", "").splitlines()  # fmt: skip
    wanted = {title for title in titles(home).values() if FIRST_DAY <= title[:10] < "2027-09-01"}
    assert len(wanted) > 30
    assert wanted - set(listed) == set()
    eve = "Eve, \\n; \"Evil\" 'é' <b>"
    # The leap day comes on the last of February, and a weekly round every week.
    assert f"2027-02-28 {eve}: birthday" in listed
    assert [day for day in (23, 30) if f"2026-11-{day} {eve}: say, hello; \\n twice" in listed] == [23, 30]


def test_todoman_lists_what_is_to_be_done(home: Path) -> None:
    folder = exported(home, todo=True)
    settings = home / "todoman.py"
    settings.write_text(
        f'path = "{folder}"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\ndefault_list = "to-dos"\n'
        f'cache_path = "{home / "todoman.sqlite"}"\n'
    )
    listed = json.loads(run(home, "todo", "-c", settings, "--porcelain", "list"))
    with desk_at(home) as desk:
        open_now = [one for one in desk.exports.calendar() if one.kind is not ItemKind.DATE]
    assert sorted(one["summary"] for one in listed) == sorted(
        WORDS[one.kind].format(name=one.name, text=one.text).removesuffix(": ") for one in open_now
    )
    assert not any(one["completed"] for one in listed)


def test_vdirsyncer_takes_the_folder_and_every_change_of_it(home: Path) -> None:
    folder = exported(home)
    (home / "status").mkdir()
    settings, synced = home / "vdirsyncer.conf", home / "synced.ics"
    settings.write_text(
        f'[general]\nstatus_path = "{home / "status"}"\n[pair planner]\na = "ours"\nb = "theirs"\ncollections = null\n'
        f'[storage ours]\ntype = "filesystem"\npath = "{folder}"\nfileext = ".ics"\n'
        f'[storage theirs]\ntype = "singlefile"\npath = "{synced}"\n'
    )
    run(home, "vdirsyncer", "-c", settings, "discover")
    run(home, "vdirsyncer", "-c", settings, "sync")
    assert uids(synced) == set(titles(home))
    with desk_at(home) as desk:
        desk.people.archive([desk.people.find("Leo Hart")])
        desk.triage.follow_up([desk.people.find("Ana Silva")], "one more thing", DEMO_TODAY)
    before = set(os.listdir(exported(home))) - {MANIFEST}
    run(home, "vdirsyncer", "-c", settings, "sync")
    assert uids(synced) == set(titles(home)) == {name.removesuffix(".ics") for name in before}


def uids(calendar: Path) -> set[str]:
    lines = calendar.read_text().replace("\r\n", "\n").replace("\n ", "").splitlines()
    return {line.removeprefix("UID:") for line in lines if line.startswith("UID:")}


def test_khard_reads_our_cards(home: Path) -> None:
    cards = home / "cards"
    with desk_at(home) as desk:
        people = desk.exports.address_book("")
        Exports(desk.exports).card_folder().write(cards)
    settings = home / "khard.conf"
    settings.write_text(
        f"[addressbooks]\n[[planner]]\npath = {cards}\n"
        "[general]\ndefault_action = list\neditor = vi\nmerge_editor = vi\n"
    )
    listed = run(home, "khard", "-c", settings, "list", "--parsable", "--fields", "name,uid")
    assert sorted(listed.splitlines()) == sorted(f"{one.contact.name}\t{one.card_uid}" for one in people)
    mails = run(home, "khard", "-c", settings, "email", "--parsable", "--remove-first-line")
    assert {line.split("\t")[0] for line in mails.splitlines()} == {
        cell.value for one in people for cell in one.contact.emails
    }
    eve = run(home, "khard", "-c", settings, "show", "eve@evil.example")
    assert "Eve, \\n; \"Evil\" 'é' <b>" in eve
    assert "02/29/" in eve


def test_khal_lists_the_birthdays_of_our_cards(home: Path) -> None:
    from planner.desk.values import ContactDraft

    cards = home / "cards"
    with desk_at(home) as desk:
        desk.people.add(ContactDraft(name="Leap Day", birthday="02-29"))
        Exports(desk.exports).card_folder().write(cards)
        book = desk.exports.address_book("")
    # A backslash at the end of a circle is more than khal reads.
    (eve,) = (one for one in book if "Evil" in one.contact.name)
    (cards / f"{eve.card_uid}.vcf").unlink()
    people = [one.contact for one in book if one is not eve]
    days = {(one.name, day.month, day.day) for one in people for day in one.dates if day.kind == "birthday"}
    settings = home / "birthdays.conf"
    settings.write_text(f"[calendars]\n[[book]]\npath = {cards}\ntype = birthdays\n{FORMATS}")
    listed = run(home, "khal", "-c", settings, "list", "--format", "{start-date}|{title}", "2028-01-01", "366d")
    found = Counter(line[5:10] for line in listed.splitlines() if "birthday" in line)
    assert found == Counter(f"{month:02}-{day:02}" for _, month, day in days)


def test_mutt_completes_an_address_with_our_query(home: Path) -> None:
    mutt = shutil.which("mutt")
    if mutt is None:
        missing("mutt")
        return
    (home / "muttrc").write_text(
        f'set query_command = "{shlex.join(planner_program())} query %s"\nset folder = "{home}"\n'
        f'set spoolfile = "{home / "inbox"}"\nset record = ""\nunset help\nunset confirmcreate\n'
    )
    (home / "inbox").write_text("")
    words = [mutt, "-n", "-F", str(home / "muttrc")]
    here = environment(home, PYTHONPATH=os.environ.get("PYTHONPATH", ""), MAIL=str(home / "inbox"))
    with Terminal(words, here) as terminal:
        terminal.wait_for("inbox")
        terminal.ask("Q", wanted="Query:")
        terminal.send(b"ana sil\r")
        screen = terminal.wait_for("Ana Silva")
    with desk_at(home) as desk:
        (email,) = (address for address, name, _ in desk.addresses.query("ana sil") if name == "Ana Silva")
    assert email in screen


def test_khard_edits_a_card_the_planner_wrote_and_the_planner_one_of_khard(home: Path) -> None:
    from planner.desk.values import ContactDraft
    from planner.interchange.book.reading import BookReading
    from planner.interchange.book.sending import CardSender

    cards = home / "cards"
    cards.mkdir()
    card = cards / "u1.vcf"
    kept = b"PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG", b"X-BOAT:blue"
    card.write_bytes(
        b"\r\n".join((b"BEGIN:VCARD", b"VERSION:3.0", b"UID:u1", b"FN:Ana Lund", b"N:Lund;Ana;Maria;;", *kept,
                      b"NICKNAME:Annie", b"EMAIL;TYPE=home:ana@old.example", b"END:VCARD", b""))
    )  # fmt: skip
    settings = home / "khard.conf"
    settings.write_text(
        f"[addressbooks]\n[[planner]]\npath = {cards}\n[vcard]\npreferred_version = 3.0\n"
        "[general]\ndefault_action = list\neditor = vi\nmerge_editor = vi\n"
    )
    with desk_at(home) as desk:
        desk.book.add(str(cards), two_way=True)
        desk.book.sync(BookReading, CardSender)
        ana = desk.people.find("Annie")
        desk.people.edit(ana, ContactDraft(emails=("ana@new.example",), phones=("+4790000001",)))
        desk.book.sync(BookReading, CardSender)
        # The next sync sees in the card what was written: only then it counts as told.
        desk.book.sync(BookReading, CardSender)
    assert all(line in card.read_bytes() for line in kept)
    # What the planner wrote is what khard reads; then khard writes all of it anew.
    page = run(home, "khard", "-c", settings, "show", "--format", "yaml", "uid:u1")
    assert "ana@new.example" in page
    assert "+4790000001" in page
    changed = home / "changed.yaml"
    changed.write_text(page.replace("ana@new.example", "ana@khard.example").replace("+4790000001", "+4790000002"))
    run(home, "khard", "-c", settings, "edit", "-i", changed, "uid:u1", answers="y\n")
    with desk_at(home) as desk:
        desk.book.sync(BookReading, CardSender)
        found = desk.reading.card(ana).contact
        assert [cell.value for cell in found.emails] == ["ana@khard.example"]
        assert [cell.value for cell in found.phones] == ["+4790000002"]
        assert (found.name, found.nickname) == ("Ana Lund", "Annie")
        desk.people.edit(ana, ContactDraft(title="Head, of harbours"))
        before = card.read_bytes()
        desk.book.sync(BookReading, CardSender)
        # Each line but our number is as khard wrote it.
        gone = set(before.splitlines()) - set(card.read_bytes().splitlines())
        assert [line for line in gone if not line.startswith(b"X-PLANNER-REV:")] == []
        again = card.read_bytes()
        desk.book.sync(BookReading, CardSender)
        assert card.read_bytes() == again
    assert "Head, of harbours" in run(home, "khard", "-c", settings, "show", "uid:u1")
    assert all(line in card.read_bytes() for line in kept)


def test_todoman_ticks_and_moves_what_the_planner_wrote(home: Path) -> None:
    from planner.interchange.book import calendar_folder

    folder = home / "to-dos"
    folder.mkdir()

    def sync(desk: Desk) -> tuple[str, ...]:
        seen = calendar_folder.read(folder, desk.exports.calendar(), UTC)
        came = desk.calendar_back.take((file.says for file in seen.files.values()), seen.missing)
        calendar_folder.write(folder, desk.exports.calendar(), seen, (), UTC, todo=True)
        return came.lines

    with desk_at(home) as desk:
        leo = desk.people.find("Leo Hart")
        for text in ("bring the map", "write to the port"):
            desk.triage.follow_up([leo], text, DEMO_TODAY)
        assert sync(desk) == ()
    settings = home / "todoman.py"
    settings.write_text(
        f'path = "{folder}"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\ndefault_list = "to-dos"\n'
        f'cache_path = "{home / "todoman.sqlite"}"\n'
    )
    listed = json.loads(run(home, "todo", "-c", settings, "--porcelain", "list"))
    number = {one["summary"]: str(one["id"]) for one in listed}
    run(home, "todo", "-c", settings, "done", number["Leo Hart: bring the map"])
    run(home, "todo", "-c", settings, "edit", "--due", "2026-12-24", number["Leo Hart: write to the port"])
    with desk_at(home) as desk:
        lines = sync(desk)
        assert sorted(lines) == ["Done: bring the map (Leo Hart)", "Moved Leo Hart to Thu 24 Dec 2026"]
        assert sync(desk) == ()
    again = json.loads(run(home, "todo", "-c", settings, "--porcelain", "list"))
    assert "Leo Hart: bring the map" not in [one["summary"] for one in again]
    assert len(again) == len(listed) - 1
