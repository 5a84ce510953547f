"""Every command on a planner in which every text is hostile, with hostile words and hostile files."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from planner.cli import main
from planner.cli.root import COMMANDS
from planner.cli.root import planner as root
from tests.cli.conftest import Planner, Said
from tests.cli.test_hostile import harmless
from tests.trust.hostile import BEFORE, MARKUP, hostile, hostile_planner

EVIL = hostile("x")
ACTING_NAME = "a\x1b]52;c;aGk=\x07\u202eb\x9b2J[b]"
"""As the name of a file or a folder."""

STEPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "watch add": (("add", f"Caller {MARKUP}", "--phone", "+4790011222"), ("watch", "add", "CALLS.xml")),
    "watch": (("watch", "--dry-run"), ("watch",), ("watch", "--since", "2020-01-01", "--json")),
    "watch list": (("watch", "list"), ("watch", "list", "--json")),
    "watch people": (("watch", "people"), ("watch", "people", "--json")),
    "watch not": (("watch", "not", "SEEN"),),
    "watch count": (("watch", "count", "any", "--who", "#1"), ("watch", "count", "theirs", "--in", "1")),
    "watch names": (("watch", "names"), ("watch", "names", "--json")),
    "watch whose": (("watch", "whose", EVIL, "nobody"),),
    "watch remove": (("watch", "remove", "CALLS.xml"),),
    "book add": (("book", "add", "FILE.vcf"),),
    "book sync": (("book", "sync", "--dry-run"), ("book", "sync"), ("book", "sync", "--again", "--json")),
    "book list": (("book", "list"), ("book", "list", "--json")),
    "book status": (("book", "status"), ("book", "status", "--json")),
    "book merge": (("book", "merge", "CARD.vcf", "CARD.vcf"),),
    "book decide": (("book", "decide"), ("book", "decide", "--json")),
    "book remove": (("book", "remove", "FILE.vcf"),),
    "book calendar add": (("book", "calendar", "add", "CALENDAR"),),
    "book calendar list": (("book", "calendar", "list"),),
    "book calendar sync": (
        ("book", "calendar", "sync", "--dry-run"),
        ("book", "calendar", "sync"),
        ("book", "calendar", "sync", "--put-back"),
    ),
    "book calendar decide": (("book", "calendar", "decide"),),
    "book calendar remove": (("book", "calendar", "remove", "CALENDAR"),),
    "agenda": (("agenda",), ("agenda", "--json")),
    "brief": (("brief",), ("brief", "#1"), ("brief", "tomorrow", "--json")),
    "why": (("why", "#1"), ("why", "v75", "--json")),
    "show": (("show", "#1"), ("show", "#1", "--json")),
    "contacts": (("contacts",), ("contacts", "ana", "--json")),
    "due": (("due",), ("due", "--json"), ("due", "--count")),
    "digest": (("digest",), ("digest", "--markdown")),
    "forecast": (("forecast",), ("forecast", "--json")),
    "backlog": (("backlog",),),
    "backlog spread": (("backlog", "spread", "--dry-run"),),
    "ledger": (("ledger",), ("ledger", "--json")),
    "need list": (("need", "list"), ("need", "list", "--closed", "--json")),
    "need show": (("need", "show", "1"), ("need", "show", "1", "--json")),
    "need announce": (("need", "announce", "1"), ("need", "announce", "1", "--json")),
    "need suggest": (("need", "suggest", "1"), ("need", "suggest", "1", "--json")),
    "intro list": (("intro", "list"), ("intro", "list", "--all", "--json")),
    "intro blurb": (("intro", "blurb", "1"),),
    "reach": (("reach", "lyon"), ("reach", EVIL), ("reach", "lyon", "--json")),
    "match": (("match",), ("match", "--json")),
    "duplicates": (("duplicates",), ("duplicates", "--json")),
    "query": (("query", "example"), ("query", "example", "--no-header"), ("query", "ana", "--json")),
    "config": (("config",), ("config", "--json")),
    "words": (("words", "#1"), ("words", "v75"), ("words", "#1", "--to", EVIL, "--about", EVIL, "--json")),
    "template list": (("template", "list"), ("template", "list", "--json")),
    "template show": (("template", "show", "announce"), ("template", "show", "thank.formal.de", "--json")),
    "template edit": (("template", "edit", "nudge.fr"),),
    "keys": (("keys",), ("keys", "--json")),
    "completion": (("completion", "bash"), ("completion", "zsh"), ("completion", "fish")),
    "man": (("man",),),
    "triage": (("triage",),),
    "help": (("help",), ("help", "favor", "decline")),
    "paths": (("paths",),),
    "doctor": (("doctor",), ("doctor", "--json")),
    "export ics": (("export", "ics"), ("export", "ics", "--todo"), ("export", "ics", "-o", "OUT/")),
    "export vcard": (("export", "vcard"), ("export", "vcard", "-o", "OUT.vcf")),
    "export csv": (("export", "csv"), ("export", "csv", "-o", "OUT.csv")),
    "export json": (("export", "json"), ("export", "json", "-o", "OUT.json")),
    "export person": (("export", "person", "#1"), ("export", "person", "#1", "-o", "OUT.md")),
    "add": (("add", EVIL, "--company", EVIL, "--circle", EVIL, "--note", EVIL, "--cadence", "4w"),),
    "edit": (("edit", "#1", "--city", EVIL, "--note", EVIL),),
    "cadence": (("cadence", "#1", "4w"), ("cadence", "--circle", EVIL, "4w")),
    "knows": (("knows", "#1", EVIL, "--company", EVIL, "--topic", EVIL, "--relation", EVIL[:40]),),
    "log": (("log", "#1", "--note", EVIL, "--via", EVIL[:30]),),
    "unlog": (("unlog", "i601"),),
    "follow-up": (("follow-up", "#1", EVIL, "--on", "fri"),),
    "capture": (("capture", f"#1: coffee, {EVIL}"),),
    "inbox": (("inbox", "--dry-run"), ("inbox",)),
    "inbox list": (("inbox", "list"), ("inbox", "list", "--json")),
    "inbox take": (("inbox", "take", "1", f"#1: coffee, {EVIL}"),),
    "inbox drop": (("inbox", "drop", "2"),),
    "snooze": (("snooze", "#2", "2w"),),
    "skip": (("skip", "#4"),),
    "end": (("end", "f2"),),
    "pause": (("pause", "--circle", EVIL),),
    "resume": (("resume", "--circle", EVIL),),
    "move": (("move", "v76", "fri"),),
    "done": (("done", "f1"),),
    "favor asked": (("favor", "asked", "#1", "--note", EVIL),),
    "favor promise": (("favor", "promise", "#1", "--note", EVIL),),
    "favor gave": (("favor", "gave", "#1", "--note", EVIL),),
    "favor received": (("favor", "received", "#1", "--note", EVIL),),
    "favor ask": (("favor", "ask", "#1", "--note", EVIL),),
    "favor idea": (("favor", "idea", "#1", "--note", EVIL, "--occasion", EVIL[:40]),),
    "favor accept": (("favor", "accept", "81"),),
    "favor decline": (("favor", "decline", "82", "--way-out", "advice", "--note", EVIL),),
    "favor done": (("favor", "done", "75"),),
    "favor back": (("favor", "gave", "#1", "--kind", "loan", "--note", EVIL), ("favor", "back", "77")),
    "favor nudge": (("favor", "nudge", "88"),),
    "favor rest": (("favor", "rest", "87"),),
    "favor thank": (("favor", "thank", "83"),),
    "favor told": (("favor", "told", "84"),),
    "need add": (("need", "add", EVIL, "--why", EVIL),),
    "need edit": (("need", "edit", "2", "--title", EVIL, "--why", EVIL, "--who", EVIL),),
    "need tell": (("need", "tell", "2", "#3"),),
    "need ask": (("need", "ask", "2", "#5"),),
    "need helped": (("need", "helped", "2", "#5"),),
    "need declined": (("need", "declined", "2", "#3"),),
    "need passed": (("need", "passed", "2", "#6", f"New {EVIL}"),),
    "need post": (("need", "post", "2", "--channel", EVIL[:40], "--text", EVIL),),
    "need close": (("need", "close", "2", "--outcome", EVIL),),
    "need hear": (("need", "hear", "2"), ("need", "hear", "2", "--together")),
    "need outcome": (("need", "outcome", "2", "#3"),),
    "need rest": (("need", "rest", "2", "#5"),),
    "intro start": (("intro", "start", "#7", "#9", "--note", EVIL),),
    "intro yes": (("intro", "yes", "2", "#7"), ("intro", "yes", "2", "#9")),
    "intro made": (("intro", "made", "2"),),
    "intro worked": (("intro", "worked", "2"),),
    "intro no": (("intro", "start", "#10", "#11"), ("intro", "no", "3", "#10")),
    "intro later": (("intro", "start", "#12", "#15"), ("intro", "later", "4", "#12", "--until", "2w")),
    "intro drop": (("intro", "drop", "4"),),
    "archive": (("archive", "#20"),),
    "unarchive": (("unarchive", "#20"),),
    "apart": (("apart", "#16", "#20"),),
    "merge": (("merge", "#21", "#22"),),
    "import": (("import", "FILE.csv"), ("import", "FILE.vcf", "--circle", EVIL), ("import", "FILE.csv", "--dry-run")),
    "undo": (("undo",),),
    "redo": (("redo",),),
    "history": (("history",), ("history", "--json")),
    "backup": (("backup",),),
    "backup list": (("backup", "list"),),
    "backup verify": (("backup", "verify"),),
    "restore": (("restore", "--newest", "--dry-run"), ("restore", "--newest")),
    "salvage": (("salvage",),),
    "encrypt": (("encrypt",), ("decrypt",), ("encrypt", "--keep", "--json")),
    "decrypt": (("decrypt", "--copies", "--json"),),
    "forget": (("forget", "#30", "--yes"),),
}
"""What is run for each command, in an order that makes each of them possible."""


@pytest.fixture(autouse=True)
def editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that changes nothing."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "true")


def leaves(group: click.Group, context: click.Context, before: str = "") -> Iterator[str]:
    """Every command there is, with the names of the groups it stands in."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield before + name
        if isinstance(command, click.Group):
            yield from leaves(command, context, f"{before}{name} ")


def test_no_command_is_forgotten() -> None:
    found = set(leaves(root, click.Context(root)))
    assert {name.partition(" ")[0] for name in found} == set(COMMANDS)
    assert set(STEPS) == found


FOR_PEOPLE = {"completion", "man", "help"}
"""Commands that print a text and have no JSON."""
READING = {
    "agenda", "brief", "why", "show", "contacts", "due", "digest", "forecast", "ledger", "need list", "need show",
    "need suggest", "need hear", "intro list", "intro blurb", "reach", "match", "duplicates", "query", "config", "keys",
    "paths", "history", "backup list", "backup verify", "template list", "template show", "words", "inbox list",
    "watch list", "watch names", "watch people", "book list", "book status", "book calendar list",
}  # fmt: skip
"""Commands that answer with what there is; every other one says in JSON what it did."""


def prints_json(name: str) -> bool:
    """Whether a command has the option `--json`."""
    command: click.Command = root
    for word in name.split():
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word) or command
    return any("--json" in option.opts for option in command.params)


def files(folder: Path) -> dict[str, str]:
    """Paths by how the steps name them: a table and an address book, each hostile in all it says, and new ones."""
    quoted = EVIL.replace("\r", "").replace("\u2028", "").replace("\x85", "")
    table, cards = folder / f"{ACTING_NAME}.csv", folder / f"{ACTING_NAME}.vcf"
    table.write_text(f'name,email,"{quoted}",{BEFORE}\n"New {quoted}",new@x.example,"{quoted}",y\n"","{quoted}",,\n')
    cards.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:Card {quoted}\nNOTE:{quoted}\nEND:VCARD\nBEGIN:VCARD\nX{quoted}\n")
    calls = folder / f"{ACTING_NAME}.xml"
    at = int(datetime(2026, 11, 18, 10, tzinfo=UTC).timestamp()) * 1000
    calls.write_text(f'<calls count="1"><call number="+4790011222" duration="90" date="{at}" type="1" /></calls>')
    card = folder / f"{ACTING_NAME}1.vcf"
    card.write_text(f"BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:{MARKUP} Card\nEND:VCARD\n")
    given = {"FILE.csv": str(table), "FILE.vcf": str(cards), "CALLS.xml": str(calls), "CARD.vcf": str(card)}
    (folder / f"{ACTING_NAME} calendar").mkdir(mode=0o700)
    given["CALENDAR"] = str(folder / f"{ACTING_NAME} calendar")
    return given | {
        f"OUT{end}": str(folder / f"{ACTING_NAME}out{end}") for end in (".vcf", ".csv", ".json", ".md", "/")
    }


def next_interaction(home: Path) -> str:
    """The number that the next interaction gets."""
    with sqlite3.connect(home / "planner.db") as database:
        (found,) = database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'interaction'").fetchone()
    return str(found + 1)


def readable_by_others(folder: Path) -> list[str]:
    """What below a folder others than its owner may read, write or enter."""
    return [str(one) for one in folder.rglob("*") if stat.S_IMODE(one.lstat().st_mode) & 0o077]


def harmless_export(said: Said) -> Said:
    """Some formats end their lines with two characters."""
    return harmless(Said(said.code, said.out.replace("\r\n", "\n"), said.err))


@pytest.fixture
def hostile_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A planner in a folder with a hostile name, where files are made readable for all unless someone minds."""
    home = tmp_path / ACTING_NAME
    home.mkdir(mode=0o700)
    for name in ("PLANNER_DB", "PLANNER_TODAY", "PLANNER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLANNER_HOME", str(home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    inbox = tmp_path / "inbox"
    inbox.mkdir(mode=0o700)
    written = inbox / f"{ACTING_NAME}.txt"
    written.write_text(f"{EVIL}\n{EVIL}: coffee\n", "utf-8")
    written.chmod(0o600)
    os.utime(written, (0, 0))
    (home / "config.toml").write_text(f"inbox = '{inbox}'\npassphrase_command = 'echo correct horse'\n")
    (home / "config.toml").chmod(0o600)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"w\no\n?\n")))
    before = os.umask(0)
    yield home
    os.umask(before)


def test_every_command_is_harmless_and_its_files_are_private(
    hostile_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = hostile_planner(hostile_home)
    assert texts > 1000
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o700)
    planner, given = Planner(hostile_home, capsys), files(outside)
    given["SEEN"] = next_interaction(hostile_home)
    for name in ("FILE.csv", "FILE.vcf", "CALLS.xml", "CARD.vcf"):
        os.chmod(given[name], 0o600)
    run = shown = 0
    for steps in STEPS.values():
        for words in steps:
            said = harmless_export(planner(*(given.get(word, word) for word in words)))
            assert said.code in (0, 1), f"{words}: {said.err}"
            assert said.out or said.err, words
            run += 1
            shown += MARKUP in said.out
    assert shown > run / 2
    open_to_all = readable_by_others(tmp_path)
    made = sum(1 for _ in tmp_path.rglob("*"))
    print(
        f"{texts} hostile texts, {run} commands, {shown} of them showing some: 0 act;"
        f" umask 000: {made} files and folders, {len(open_to_all)} open to others"
    )
    assert not open_to_all


def test_every_json_object_begins_with_its_version(
    hostile_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile_planner(hostile_home)
    planner, given, seen = Planner(hostile_home, capsys), files(tmp_path), set()
    given["SEEN"] = next_interaction(hostile_home)
    for name, steps in STEPS.items():
        for words in steps:
            if words[0] == "export" and "-o" not in words:
                # Standard output is the export itself.
                continue
            json_too = ("--json",) if prints_json(name) and "--json" not in words else ()
            said = planner(*(given.get(word, word) for word in words), *json_too)
            assert said.code in (0, 1), f"{words}: {said.err}"
            if json_too or "--json" in words:
                seen.add(name)
                answer = json.loads(said.out)
                assert next(iter(answer.items())) == ("version", 1), words
                if name not in READING:
                    assert list(answer)[1:4] == ["said", "ids", "step"], words
                    assert answer["said"], words
    assert seen == {name for name in STEPS if prints_json(name)}
    assert seen == set(STEPS) - FOR_PEOPLE


def test_help_says_of_every_command_that_prints_json_how_it_is_asked_for() -> None:
    assert set(STEPS) >= FOR_PEOPLE | READING
    assert {name for name in STEPS if not prints_json(name)} == FOR_PEOPLE


def test_hostile_words_are_refused_harmlessly_by_every_command(
    hostile_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile_planner(hostile_home)
    planner = Planner(hostile_home, capsys)
    words = (BEFORE, EVIL, f"--{EVIL}", f"#{EVIL}")
    for command in STEPS:
        if command in ("add", "capture", "need add"):
            continue
        for word in words:
            harmless_export(planner(*command.split(), word))
            harmless_export(planner(*command.split(), "#1", word))
    print(f"{len(STEPS)} commands with {len(words)} words each: 0 act")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_offered_harmless_words(
    hostile_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    hostile_planner(hostile_home)
    monkeypatch.setenv("_PLANNER_COMPLETE", f"{shell}_complete")
    offered = 0
    lines = ("show Anouk", "pause --circle [", "import a", "done v", "move f", "favor ask Anouk", "knows Anouk")
    for line in lines:
        words = ["planner", *line.split()]
        monkeypatch.setenv("COMP_WORDS", ("\n" if shell == "bash" else " ").join(words))
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words) - 1))
        with pytest.raises(SystemExit):
            main([])
        printed = capsys.readouterr()
        harmless(Said(0, printed.out, printed.err))
        offered += MARKUP in printed.out.replace("\\", "")
    print(f"{shell}: {offered} of {len(lines)} lines offer hostile words")
    assert offered > 0


def test_hostile_settings_are_named_harmlessly(hostile_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = json.dumps(EVIL)
    (hostile_home / "config.toml").write_text(
        f"theme = {evil}\ncapacity = {evil}\ndate_order = {evil}\nweek_start = {evil}\n{evil} = {evil}\n"
        f'holidays = [{evil}]\n[keymap]\n{evil} = {evil}\n"agenda.done" = {evil}\n"agenda.skip" = [{evil}]\n'
    )
    planner = Planner(hostile_home, capsys)
    for words in (("config",), ("config", "--json"), ("keys",), ("keys", "--json"), ("agenda",), ("doctor",)):
        said = harmless(planner(*words))
        assert said.code in (0, 1, 2)
    assert MARKUP in said.err + harmless(planner("config")).err
    (hostile_home / "config.toml").write_text(f"theme = {BEFORE}\n")
    assert len(harmless(planner("agenda")).err.splitlines()) == 1


def test_a_command_that_changes_something_says_in_json_what_it_did(planner: Planner) -> None:
    planner.done("add", "Ben Okri", "--cadence", "1w", "--since", "2026-11-01")
    commands = (
        ("add", "Ana Silva", "--cadence", "4w"), ("edit", "#2", "--city", "Lyon"), ("cadence", "#2", "1w"),
        ("cadence", "--circle", "work", "4w"), ("log", "#2", "--on", "2026-11-20"), ("unlog", "1"),
        ("backlog", "spread"), ("follow-up", "#2", "call", "--on", "fri"),
        ("capture", "Ana: coffee yesterday"), ("skip", "#1"),
        ("move", "f1", "2w"), ("snooze", "f1", "3w"), ("done", "f1"), ("pause", "#2"), ("resume", "#2"),
        ("favor", "asked", "#2", "--note", "a tent"), ("favor", "accept", "1"), ("favor", "done", "1"),
        ("favor", "received", "#2"), ("favor", "thank", "2"), ("favor", "told", "2"), ("favor", "ask", "#2"),
        ("favor", "nudge", "3"), ("favor", "rest", "3"), ("favor", "asked", "#2"),
        ("favor", "decline", "4", "--way-out", "advice", "--note", "ask the union"), ("need", "add", "a flat"),
        ("need", "tell", "1", "#1", "#2"), ("need", "ask", "1", "#2"), ("need", "helped", "1", "#2"),
        ("need", "declined", "1", "#1"), ("need", "passed", "1", "#1", "Cy Young"), ("need", "close", "1"),
        ("intro", "start", "#1", "#2"), ("intro", "yes", "1", "#1"), ("intro", "later", "1", "#2"),
        ("intro", "yes", "1", "#2"), ("intro", "made", "1"), ("intro", "worked", "1"), ("intro", "start", "#1", "#3"),
        ("intro", "drop", "2"), ("knows", "#1", "Dora Lind"), ("apart", "#1", "#2"), ("archive", "#3"),
        ("unarchive", "#3"), ("merge", "#1", "#3"),
    )  # fmt: skip
    for words in commands:
        found = planner.json(*words)
        newest = planner.json("history", "--limit", "1")["entries"][0]
        assert found["ids"], words
        if found["step"] is not None:
            assert (found["step"], found["said"]) == (newest["id"], newest["summary"]), words
    taken = planner.json("undo")
    assert (taken["step"], taken["said"]) == (newest["id"], f"Took back: {newest['summary']}")
    assert planner.json("redo")["said"] == f"Brought back: {newest['summary']}"
    assert planner.json("forget", "#2", "--yes")["step"] is None
