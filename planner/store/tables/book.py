"""The tables of address books: the books, what each card said when it was read, and questions for a person."""

from __future__ import annotations

from peewee import SQL, BlobField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, FactTable, Table
from planner.store.tables.people import ContactTable


class BookTable(FactTable):
    """A folder of cards, or a file of them, that is read again and again."""

    path = TextField()
    two_way = BooleanField(default=False)
    """Whether edits made here are written to the cards."""
    tells = BooleanField(default=False)
    """Whether circles chosen here are written as well."""
    added_on = CivilDateField()
    removed_on = CivilDateField(null=True)
    """The day it was taken off the list; the values of its cards are kept."""
    version = IntegerField(default=1)
    tells_rhythm = BooleanField(default=False, constraints=[SQL("DEFAULT 0")])
    """Whether rhythms and days of the last contact are written as well."""
    taken = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    """The number of the last sync that changed something: undo resets it, but not the remembered state of the files."""


class CardTable(FactTable):
    """The values of a card, or of a row of another file, when it was last read."""

    book = ForeignKeyField(BookTable, null=True, backref="+", on_delete="CASCADE")
    """The book of the card; None for one imported by hand."""
    source = CharField()
    """The format of the card or row, such as "vcard"."""
    key = TextField(index=True)
    """The key by which the card is recognised, such as "vcard:UID"."""
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    said = TextField(default="{}")
    """Values by field, see `planner.core.book.said`."""
    file = TextField(default="")
    """The name of its file within the book."""
    gone_on = CivilDateField(null=True)
    """The day it was found to be deleted."""
    revision = IntegerField(default=0)
    """How often the planner has written the card. The card contains the number: other programs carry it along."""
    sent = TextField(default="")
    """The values last written, in the form of `said`, until a sync finds them in the card; empty if none wait."""


class BookQuestionTable(FactTable):
    """A question for a person: a field that both sides changed, a deleted card, a name."""

    book = ForeignKeyField(BookTable, null=True, backref="+", on_delete="CASCADE")
    card = ForeignKeyField(CardTable, null=True, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="CASCADE")
    about = CharField()
    """A field of the contact, or another kind of question, see `planner.core.book.words`."""
    before = TextField(default="null")
    """What the card said before, as JSON; likewise `theirs`, what it says now, and `mine`, what the planner holds."""
    theirs = TextField(default="null")
    mine = TextField(default="null")
    asked_on = CivilDateField()
    settled_on = CivilDateField(null=True)
    answer = CharField(default="")


class FormerPositionTable(FactTable):
    """A place where a contact worked until a day, from the planner or a card."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    company = TextField(default="")
    title = TextField(default="")
    until = CivilDateField()


class BookStateTable(Table):
    """The remembered state of a book's files, and the cards as they were written: no fact, and not exported."""

    book = ForeignKeyField(BookTable, backref="+", on_delete="CASCADE")
    name = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("book", "name")
        table_settings = BY_KEY


BOOK: tuple[type[Table], ...] = (BookTable, CardTable, BookQuestionTable, FormerPositionTable)
"""The journaled tables of the address book, parents before children."""
