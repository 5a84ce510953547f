"""The tables of address books: the books, what each card said when it was read, and what a person decides."""

from __future__ import annotations

from peewee import SQL, BlobField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, FactTable, Table
from planner.store.tables.people import ContactTable


class BookTable(FactTable):
    """A folder of cards, or a file of them, from which people come again and again."""

    path = TextField()
    two_way = BooleanField(default=False)
    """Whether what is edited here goes out into the cards."""
    tells = BooleanField(default=False)
    """Whether circles chosen here go out as well."""
    added_on = CivilDateField()
    removed_on = CivilDateField(null=True)
    """The day it was taken off the list: what its cards said is kept."""
    version = IntegerField(default=1)
    tells_rhythm = BooleanField(default=False, constraints=[SQL("DEFAULT 0")])
    """Whether rhythms and days of the last contact go out as well."""
    taken = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    """The number of the last sync that changed something: undo takes it back, but not what was seen of the files."""


class CardTable(FactTable):
    """What a card, or a row of another file, said of a contact when it was read last."""

    book = ForeignKeyField(BookTable, null=True, backref="+", on_delete="CASCADE")
    """The book it stands in; none for what was imported once by hand."""
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
    """The day it was found to be no longer there."""
    revision = IntegerField(default=0)
    """How often the planner has written the card. The card holds the number: programs that carry cards see it rise."""
    sent = TextField(default="")
    """What the planner wrote into it last and no later sync has seen there, as `said`; empty where nothing waits."""


class BookQuestionTable(FactTable):
    """Something that a person decides: a field that both sides changed, a card that is gone, a name."""

    book = ForeignKeyField(BookTable, null=True, backref="+", on_delete="CASCADE")
    card = ForeignKeyField(CardTable, null=True, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="CASCADE")
    about = CharField()
    """A field of the contact, or what else is asked, see `planner.core.book.words`."""
    before = TextField(default="null")
    """What the card said before, as JSON; so are `theirs`, what it says now, and `mine`, what is held here."""
    theirs = TextField(default="null")
    mine = TextField(default="null")
    asked_on = CivilDateField()
    settled_on = CivilDateField(null=True)
    answer = CharField(default="")


class FormerPositionTable(FactTable):
    """Where a contact worked before, as the planner or a card said until a day."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    company = TextField(default="")
    title = TextField(default="")
    until = CivilDateField()


class BookStateTable(Table):
    """What was seen of the files of a book, and the cards as they were written: no fact, and not given out."""

    book = ForeignKeyField(BookTable, backref="+", on_delete="CASCADE")
    name = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("book", "name")
        table_settings = BY_KEY


BOOK: tuple[type[Table], ...] = (BookTable, CardTable, BookQuestionTable, FormerPositionTable)
"""The journaled tables of the address book, parents before children."""
