"""What each card said is remembered, books are read again, and contacts have former positions and nicknames."""

from __future__ import annotations

from typing import Any

from peewee import (
    SQL,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from planner.store.sqlite import BY_KEY, NumberedField
from planner.store.tables.base import CivilDateField


class PersonOnCard(Model):  # type: ignore[misc]
    """A contact, reduced to what the new tables refer to."""

    class Meta:
        table_name = "contact"


class Book(Model):  # type: ignore[misc]
    """An address book that people come from."""

    id = NumberedField()
    uid = CharField(unique=True)
    path = TextField()
    two_way = BooleanField(default=False)
    tells = BooleanField(default=False)
    added_on = CivilDateField()
    removed_on = CivilDateField(null=True)
    version = IntegerField(default=1)
    tells_rhythm = BooleanField(default=False, constraints=[SQL("DEFAULT 0")])
    taken = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])

    class Meta:
        legacy_table_names = False


class RememberedCard(Model):  # type: ignore[misc]
    """The values of a card."""

    id = NumberedField()
    uid = CharField(unique=True)
    book = ForeignKeyField(Book, null=True, backref="+", on_delete="CASCADE")
    source = CharField()
    key = TextField(index=True)
    contact = ForeignKeyField(PersonOnCard, backref="+", on_delete="CASCADE")
    said = TextField(default="{}")
    file = TextField(default="")
    gone_on = CivilDateField(null=True)
    revision = IntegerField(default=0)
    sent = TextField(default="")

    class Meta:
        table_name = "card"
        legacy_table_names = False


class BookQuestion(Model):  # type: ignore[misc]
    """A question for a person to decide."""

    id = NumberedField()
    uid = CharField(unique=True)
    book = ForeignKeyField(Book, null=True, backref="+", on_delete="CASCADE")
    card = ForeignKeyField(RememberedCard, null=True, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(PersonOnCard, null=True, backref="+", on_delete="CASCADE")
    about = CharField()
    before = TextField(default="null")
    theirs = TextField(default="null")
    mine = TextField(default="null")
    asked_on = CivilDateField()
    settled_on = CivilDateField(null=True)
    answer = CharField(default="")

    class Meta:
        legacy_table_names = False


class FormerPosition(Model):  # type: ignore[misc]
    """A place where a person worked before."""

    id = NumberedField()
    uid = CharField(unique=True)
    contact = ForeignKeyField(PersonOnCard, backref="+", on_delete="CASCADE")
    company = TextField(default="")
    title = TextField(default="")
    until = CivilDateField()

    class Meta:
        legacy_table_names = False


class BookState(Model):  # type: ignore[misc]
    """The state of a book's files."""

    book = ForeignKeyField(Book, backref="+", on_delete="CASCADE")
    name = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("book", "name")
        legacy_table_names = False
        table_settings = BY_KEY


NICKNAME = (
    'ALTER TABLE "contact" ADD COLUMN "nickname" TEXT NOT NULL DEFAULT \'\'',
    'CREATE INDEX "contact_nickname" ON "contact" ("nickname") WHERE ("nickname" <> \'\')',
)
TABLES = (Book, RememberedCard, BookQuestion, FormerPosition, BookState)


def up(migrator: Any, database: Any) -> None:
    """Create the tables and the nickname; the values of cards are learned when they are next read."""
    with database.bind_ctx([PersonOnCard, *TABLES]):
        database.create_tables(TABLES, safe=False)
    for statement in NICKNAME:
        database.execute_sql(statement)
