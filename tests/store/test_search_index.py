"""The search index: everything a person is found by, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peewee import SQL

from planner.core.words.folding import fold
from planner.store import sqlite
from planner.store import tables as t
from planner.store.journal import undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from tests.cases import case
from tests.store.stores import TODAY, add_contact, assert_sound, delete, edit, open_store


def found(store: Store, *tokens: str) -> list[int]:
    with store.read():
        query = t.ContactTable.select(t.ContactTable.id).where(t.ContactTable.id.in_(SQL(*sqlite.search_match(tokens))))
        return [row[0] for row in query.order_by(t.ContactTable.id).tuples()]


def test_each_field_is_searched_and_accents_do_not_matter(store: Store) -> None:
    key = add_contact(
        store,
        1,
        "Zoë O'Brien-Łukasz",
        company="Crème AG",
        title="Vétérinaire",
        city="Malmö",
        notes="sails; likes tea",
        looking_for="a flat",
        offers="advice on C++",
    )
    add_contact(store, 2, "Bob")

    def more(writer: Writer) -> None:
        circle = writer.insert(t.CircleTable, name="Étude", folded="etude")
        writer.insert(t.MembershipTable, circle=circle, contact=key, joined_on=TODAY)
        writer.insert(t.AddressTable, contact=key, kind="email", value="zoe@example.org")

    store.write("x", "X", more, today=TODAY)
    for tokens in (
        ["zoe"],
        ["o'brien"],
        ["o'b"],
        ["n-l"],
        ["lukasz"],
        ["creme"],
        ["veterinaire"],
        ["malmo"],
        ["sails"],
        ["flat"],
        ["c++"],
        ["etude"],
        ["zoe@example.org"],
        ["zo", "c++", "malmo"],
        ["z"],
        ["likes tea"],
    ):
        assert found(store, *map(fold, tokens)) == [key], tokens
    assert found(store, "zoe", "bob") == []
    assert found(store) == [key, 2]


def test_the_index_follows_every_change_and_undo(store: Store) -> None:
    key = add_contact(store, 1, "Ana Silva")
    edit(store, key, name="Ana Souza")
    assert (found(store, "silva"), found(store, "souza")) == ([], [key])
    undo(store)
    assert (found(store, "silva"), found(store, "souza")) == ([key], [])
    delete(store, t.ContactTable, key)
    assert found(store, "silva") == []
    assert_sound(store)


def test_nothing_typed_is_an_error(store: Store) -> None:
    add_contact(store, 1, "Ana")
    for typed in ['"', "''", "o'brien", "a-b", "a*b", "NEAR(", "AND", "(", "x\0y", "\ud800ab", "%_%"]:
        with case(typed):
            assert found(store, typed) == []
            assert found(store, typed * 3) == []


def test_a_token_longer_than_any_limit_is_fine(store: Store) -> None:
    key = add_contact(store, 1, notes="ab" * 6000)
    assert found(store, "ab" * 6000) == [key]
    assert found(store, "ab" * 6000 + "c") == []


@settings(max_examples=settings().max_examples // 3)
@given(
    texts=st.lists(st.text(alphabet="abcé'\"- *", max_size=12), min_size=1, max_size=5),
    typed=st.lists(st.text(alphabet="abce'\"-*", min_size=1, max_size=5), max_size=3),
)
def test_the_index_finds_exactly_what_a_plain_search_finds(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], typed: list[str]
) -> None:
    with open_store(tmp_path_factory.mktemp("search") / "planner.db") as store:
        keys = [add_contact(store, number, f"P{number}", notes=text) for number, text in enumerate(texts)]
        wanted = [
            key
            for number, (key, text) in enumerate(zip(keys, texts, strict=True))
            if all(token in f"p{number}" or token in fold(text) for token in typed)
        ]
        assert found(store, *typed) == wanted


def test_in_how_many_texts_a_letter_stands_is_kept_whatever_is_written(store: Store) -> None:
    def kept(letter: str) -> int:
        with store.read():
            return sqlite.texts_holding(store.database, letter)

    assert kept("ž") == 0
    one, two = add_contact(store, 1, "Ana Xavier"), add_contact(store, 2, "Xenia Berg")
    assert (kept("x"), kept("v"), kept("b")) == (2, 1, 1)
    edit(store, one, name="Ana Berg", folded="ana berg")
    assert (kept("x"), kept("v"), kept("b")) == (1, 0, 2)
    delete(store, t.ContactTable, two)
    assert (kept("x"), kept("b")) == (0, 1)
    assert_sound(store)
    undo(store)
    assert (kept("x"), kept("b")) == (1, 2)
    assert_sound(store)
