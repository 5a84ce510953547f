"""Rows inserted together, which are one step of the journal: taken back in parts, forgotten, brought back."""

from __future__ import annotations

import json
from collections.abc import Callable

from planner.store import tables as t
from planner.store.forgetting import erase_contact
from planner.store.journal import AS_LONG_AS_ONE, ROWS_AT_ONCE, images_in, keys_in, redo, row_text, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact_values, facts, names


def people(writer: Writer, count: int, first: int = 1) -> None:
    """So many people, each with two source keys and an address."""
    keys = writer.insert_many(t.ContactTable, [contact_values(number) for number in range(first, first + count)])
    named = [{"key": f"{source}:p..{key}", "contact": key} for key in keys for source in ("vcard", "linkedin")]
    writer.insert_many(t.IdentityTable, named)
    writer.insert_many(t.AddressTable, [{"contact": key, "kind": "chat", "value": "x", "key": "x"} for key in keys])


def take_in(store: Store, count: int) -> None:
    store.write("import", "Imported", lambda writer: people(writer, count), today=TODAY)


def journal(store: Store) -> list[tuple[str, str, str | None]]:
    """(table, rows, rows after) of each step."""
    return asked(store, "SELECT table_name, row, after FROM journal_change ORDER BY id")


def test_keys_of_rows_are_read_as_they_were_written() -> None:
    numbers, texts = ([7], [7, 8, 9]), (["vcard:a..b"], ['vcard:"[', "record:1..2"])
    for table, runs in (("contact", numbers), ("identity", texts)):
        assert [list(keys_in(table, row_text(keys))) for keys in runs] == [*runs]


def test_rows_with_text_keys_are_one_step(store: Store) -> None:
    take_in(store, 3)
    assert [row[:2] for row in journal(store)] == [
        ("contact", "1..3"),
        ("identity", '["vcard:p..1","linkedin:p..1","vcard:p..2","linkedin:p..2","vcard:p..3","linkedin:p..3"]'),
        ("address", "1..3"),
    ]
    after = facts(store)
    undo(store)
    assert names(store) == asked(store, "SELECT * FROM identity") == []
    assert [len(images_in(row[2])) for row in journal(store)] == [3, 6, 3]
    redo(store)
    assert facts(store) == after
    assert_sound(store)


def assert_done_again(store: Store, rewritten: Callable[[str], str], table: str = "%") -> None:
    """Take people in and back, rewrite what the history keeps of the rows in some tables, and do the step again."""
    take_in(store, 3)
    after = facts(store)
    undo(store)

    def rewrite() -> None:
        for key, text in asked(store, "SELECT id, after FROM journal_change WHERE table_name LIKE ?", (table,)):
            asked(store, "UPDATE journal_change SET after = ? WHERE id = ?", (rewritten(text), key))

    store.transact(rewrite)
    redo(store)
    assert facts(store) == after
    assert_sound(store)


def test_a_step_that_an_older_planner_took_back_is_done_again(store: Store) -> None:
    assert_done_again(store, lambda text: json.dumps(images_in(text)))


def test_columns_that_changed_since_are_matched_by_name(store: Store) -> None:
    def as_before(text: str) -> str:
        found = json.loads(text)
        place = found["columns"].index("nickname")
        columns = [*(one for one in found["columns"] if one != "nickname"), "shoe_size"]
        rows = [[*(one for at, one in enumerate(row) if at != place), 43] for row in found["rows"]]
        return json.dumps({"columns": columns, "rows": rows})

    assert_done_again(store, as_before, "contact")


def test_a_cancelled_import_goes_in_parts_of_its_runs(store: Store) -> None:
    add_contact(store, 9999)
    before = facts(store)
    with store.long_write("import", "Importing", TODAY) as long:
        # The first transaction ends among the text keys, the second among the numbers.
        long.write(lambda writer: people(writer, ROWS_AT_ONCE * AS_LONG_AS_ONE * 7 // 20))
        long.write(lambda writer: people(writer, 60, first=5000))
        long.cancel()
    assert facts(store) == before
    assert_sound(store)


def test_somebody_forgotten_leaves_the_runs_that_others_are_in(store: Store) -> None:
    take_in(store, 3)
    erase_contact(store, 2)
    assert '["vcard:p..1","linkedin:p..1","vcard:p..3","linkedin:p..3"]' in [row for _, row, _ in journal(store)]
    left = facts(store)
    undo(store)
    assert names(store) == []
    assert "p..2" not in str(journal(store))
    redo(store)
    assert facts(store) == left
    assert_sound(store)


def test_somebody_forgotten_leaves_an_undone_run(store: Store) -> None:
    kept, other = add_contact(store, 9000), add_contact(store, 9001)
    keys = [{"key": f"vcard:{number}", "contact": key} for number, key in ((1, kept), (2, other))]
    store.write("import", "Imported", lambda writer: writer.insert_many(t.IdentityTable, keys), today=TODAY)
    undo(store)
    erase_contact(store, other)
    (_, row, after) = journal(store)[-1]
    assert (row, images_in(after)[0]["key"]) == ("vcard:1", "vcard:1")
    redo(store)
    assert asked(store, "SELECT key, contact_id FROM identity") == [("vcard:1", kept)]
    assert_sound(store)
