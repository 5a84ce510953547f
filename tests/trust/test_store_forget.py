"""A person forgotten leaves no byte of name, e-mail or phone in anything the planner keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.core.words.redaction import FORGOTTEN
from planner.errors import Refused
from planner.store import tables as t
from planner.store.backup import backup
from planner.store.copies.erasing import copies_holding
from planner.store.doctor import doctor
from planner.store.facts.identity.tombstones import tombstone
from planner.store.forgetting import erase_contact
from planner.store.journal import history, redo, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact, delete, edit, names, open_store
from tests.store.test_row_writer import everything_about

NAME = "Zebedee Quackenbush"
TRACES = (NAME, NAME.lower(), NAME.upper(), "zeb@quack.example", "+4915112345678", "Quackenbush", "quackenbush")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planner.db"


def met(store: Store) -> tuple[int, int]:
    """A person with traces everywhere: notes of others, verbs done and undone, a name in the history."""
    key, other = add_contact(store, 1, NAME, notes="x" * 9000), add_contact(store, 2, "Ana")

    def more(writer: Writer) -> None:
        everything_about(writer, key, other)
        writer.insert(t.IdentityTable, key="vcard:zeb-1", contact=key)
        writer.insert(t.AddressTable, contact=key, kind="email", value="Zeb@quack.example", key="zeb@quack.example")
        writer.insert(t.AddressTable, contact=key, kind="phone", value="0151 12345678", key="+4915112345678")
        writer.insert(
            t.ParticipationTable,
            contact=key,
            interaction=writer.insert(t.InteractionTable, uid="alone", on=TODAY, note=f"with {NAME} alone"),
        )
        writer.insert(t.AcquaintanceTable, contact=other, name=NAME, folded=NAME.lower())

    store.write("all", f"Met {NAME}", more, today=TODAY)
    edit(store, other, notes=f"Introduced me to {NAME.upper()} (zeb@quack.example, +4915112345678), 2026")
    edit(store, key, name="Zeb Quackenbush")
    edit(store, key, name=NAME)
    edit(store, key, company="Quack & Sons")
    undo(store)
    return key, other


def test_no_byte_is_left(path: Path) -> None:
    store = open_store(path)
    key, other = met(store)
    held = backup(store, "daily")
    erased = erase_contact(store, key)
    assert (erased.name, copies_holding(store, erased)) == (NAME, [held])
    notes = contact(store, other)["notes"]
    assert notes == f"Introduced me to {FORGOTTEN} ({FORGOTTEN}, {FORGOTTEN}), 2026"
    for file in path.parent.iterdir():
        if file.is_file():
            content = file.read_bytes()
            found = [trace for trace in TRACES if trace.encode() in content]
            assert found == [], f"{file.name} still holds {found}"
    print("0 bytes left; the backups that hold the name are named")
    assert_sound(store)
    assert doctor(store).problems == ()
    store.close()


def test_what_others_have_stays_and_can_be_undone(path: Path) -> None:
    store = open_store(path)
    key, other = met(store)
    delete(store, t.FollowUpTable, 1)
    erase_contact(store, key)
    assert names(store) == ["Ana"]
    with store.read():
        assert asked(store, "SELECT contact_id FROM participation") == [(other,)]
        assert asked(store, "SELECT count(*) FROM interaction") == [(1,)]
    assert all(NAME not in one.summary for one in history(store))
    undone = 0
    while any(one.state == "done" for one in history(store)):
        undo(store)
        undone += 1
        assert key not in [row[0] for row in asked(store, "SELECT id FROM contact")]
    while any(one.state == "undone" for one in history(store)):
        redo(store)
    assert undone > 0
    assert names(store) == ["Ana"]
    assert_sound(store)
    store.close()


def test_a_tombstone_says_nothing_but_recognises_them(path: Path) -> None:
    store = open_store(path)
    key, _ = met(store)
    erase_contact(store, key)
    with store.read():
        digests = {row[0] for row in asked(store, "SELECT digest FROM forgotten")}
    assert {tombstone("vcard:zeb-1"), tombstone("email:zeb@quack.example")} <= digests
    assert all(len(digest) == 64 for digest in digests)
    store.close()


def test_a_name_that_is_a_word_is_not_taken_out_of_other_words(path: Path) -> None:
    store = open_store(path)
    key = add_contact(store, 1, "May")
    other = add_contact(store, 2, "Maya", notes="may come in summer; Mayor; met May twice")
    erase_contact(store, key)
    assert names(store) == ["Maya"]
    assert contact(store, other)["notes"] == f"may come in summer; Mayor; met {FORGOTTEN} twice"
    store.close()


def test_someone_unknown_cannot_be_erased(path: Path) -> None:
    store = open_store(path)
    with pytest.raises(Refused, match="no contact #7"):
        erase_contact(store, 7)
    store.close()
