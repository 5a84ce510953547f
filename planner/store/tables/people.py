"""The tables of people: contacts, their addresses and source keys, circles, who knows whom."""

from __future__ import annotations

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField, SmallIntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import LEFT_ALONE, CivilDateField, FactTable, Table


class CircleTable(FactTable):
    """A named group; its cadence is the default for its members."""

    name = TextField()
    folded = TextField(unique=True)
    cadence = TextField(null=True)
    cadence_since = CivilDateField(null=True)
    paused_until = CivilDateField(null=True)
    version = IntegerField(default=1)


class ContactTable(FactTable):
    """A person."""

    name = TextField()
    folded = TextField()
    company = TextField(default="")
    title = TextField(default="")
    city = TextField(default="")
    mode = CharField(default="rhythm")
    status = CharField(default="active", index=True)
    source = TextField(default="")
    looking_for = TextField(default="")
    offers = TextField(default="")
    notes = TextField(default="")
    cadence = TextField(null=True)
    cadence_since = CivilDateField(null=True)
    spread = BooleanField(default=False)
    paused_until = CivilDateField(null=True)
    returned_on = CivilDateField(null=True)
    created_on = CivilDateField()
    dated_on = CivilDateField(null=True)
    typed = TextField(default="")
    """Names of the fields the person typed, separated by spaces: an import does not change them."""
    changed_at = TextField(default="")
    version = IntegerField(default=1)
    met_on = CivilDateField(null=True)
    """The day I met the person, if a source tells."""
    language = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """The language code for words to them; empty for the default."""
    tone = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """The tone for words to them, friendly or formal; empty for the default."""
    nickname = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """Their nickname; several are separated by commas."""

    class Meta:
        indexes = ((("folded", "status"), False), (("company", "id"), False))


ContactTable.add_index(ContactTable.id, where=SQL(f"({LEFT_ALONE})"), name="contact_left_alone")
ContactTable.add_index(ContactTable.nickname, where=SQL("(\"nickname\" <> '')"), name="contact_nickname")


class IdentityTable(Table):
    """A strong key of a contact from a source: "vcard:UID", "linkedin:slug"."""

    key = TextField(primary_key=True)
    uid = CharField(unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    digest = CharField(default="")
    """The digest of everything the source said when it was last read: reading the same again changes nothing."""

    class Meta:
        table_settings = BY_KEY


class AddressTable(FactTable):
    """A way to reach a contact: an e-mail, a phone number, a web page; or another value from a card."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    kind = CharField()
    value = TextField()
    key = TextField(default="")
    """The normal form for comparing: a folded e-mail, an E.164 number, a bare URL."""
    label = TextField(default="")
    position = SmallIntegerField(default=0)

    class Meta:
        indexes = ((("kind", "key"), False),)


class MembershipTable(FactTable):
    """A contact in a circle, since a day."""

    circle = ForeignKeyField(CircleTable, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    joined_on = CivilDateField()

    class Meta:
        indexes = ((("contact", "circle"), True),)


class ContactDateTable(FactTable):
    """A birthday, an anniversary or another day of the year; the year may be unknown."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    kind = TextField(default="birthday")
    month_day = IntegerField(index=True)
    """month × 100 + day, so that a part of the year is a range of the index."""
    year = IntegerField(null=True)
    raw = TextField(default="")
    kept_on = CivilDateField(null=True)
    """The latest occurrence that was marked done."""
    settled_on = CivilDateField(null=True)
    version = IntegerField(default=1)


ContactDateTable.add_index(
    ContactDateTable.settled_on, where=ContactDateTable.settled_on.is_null(False), name="contact_date_settled_on"
)


class AcquaintanceTable(FactTable):
    """Somebody whom a contact knows: another contact, or only a name, a company, a topic."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="SET NULL")
    name = TextField()
    folded = TextField(index=True)
    relation = TextField(default="")
    company = TextField(default="")
    topic = TextField(default="")
    about = TextField(default="")
    """Name, company and topic folded, for searching."""
    created_on = CivilDateField(null=True)


class ThroughTable(FactTable):
    """A person I only heard of, and the contact through whom, if known; ignored once I was in touch with them."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", unique=True)
    known = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="SET NULL")


class DoubtTable(FactTable):
    """Two contacts who may be one person, or who were confirmed as two people."""

    one = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    """The contact with the smaller id."""
    other = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    why = CharField(default="")
    found_on = CivilDateField()
    apart_on = CivilDateField(null=True)
    """The day a person said they are two: the pair is never suggested again."""

    class Meta:
        indexes = ((("one", "other"), True),)


class NewcomerTable(FactTable):
    """A contact from an import, until somebody decides how to keep in touch."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", unique=True)
    came_on = CivilDateField()
    said_on = CivilDateField(null=True)
