"""Facts: what is true because the person or a file said so; all else is derived from them."""

from __future__ import annotations

from peewee import (
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from planner.store.sqlite import NumberedField
from planner.store.tables.base import CivilDateField, Table


class Fact(Table):
    """A fact: a number in this database, and a name of its own that it keeps in every copy."""

    id = NumberedField()
    uid = CharField(unique=True)


class Circle(Fact):
    """A named group; its cadence is the default of its members."""

    name = TextField()
    folded = TextField(unique=True)
    cadence = TextField(null=True)
    cadence_since = CivilDateField(null=True)
    paused_until = CivilDateField(null=True)
    version = IntegerField(default=1)


class Contact(Fact):
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
    """Names of the fields the person typed, separated by spaces: an import leaves them alone."""
    changed_at = TextField(default="")
    version = IntegerField(default=1)
    met_on = CivilDateField(null=True)
    """Since when one knows the person, where a source tells."""

    class Meta:
        indexes = ((("folded", "status"), False), (("company", "id"), False))


class Identity(Table):
    """A strong key of a contact from a source: "vcard:UID", "linkedin:slug"."""

    key = TextField(primary_key=True)
    uid = CharField(unique=True)
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    digest = CharField(default="")
    """Of all the source said when it was last read: the same again changes nothing."""

    class Meta:
        without_rowid = True


class Address(Fact):
    """A way to reach a contact: an e-mail, a phone number or a page on the web."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    kind = CharField()
    value = TextField()
    key = TextField(default="")
    """The normal form it is compared by: a folded e-mail, an E.164 number, a bare URL."""
    label = TextField(default="")
    position = SmallIntegerField(default=0)

    class Meta:
        indexes = ((("kind", "key"), False),)


class Membership(Fact):
    """A contact in a circle, since a day."""

    circle = ForeignKeyField(Circle, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    joined_on = CivilDateField()

    class Meta:
        indexes = ((("contact", "circle"), True),)


class ContactDate(Fact):
    """A birthday, an anniversary or another day of the year; the year may be unknown."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    kind = TextField(default="birthday")
    month_day = IntegerField(index=True)
    """month × 100 + day, so that a window of the year is a range of an index."""
    year = IntegerField(null=True)
    raw = TextField(default="")
    kept_on = CivilDateField(null=True)
    """The latest occurrence that was marked done."""
    settled_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class Acquaintance(Fact):
    """A contact knows someone: another contact, or only a name, a company, a topic."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(Contact, null=True, backref="+", on_delete="SET NULL")
    name = TextField()
    folded = TextField(index=True)
    relation = TextField(default="")
    company = TextField(default="")
    topic = TextField(default="")
    about = TextField(default="")
    """Name, company and topic folded, to be searched."""
    created_on = CivilDateField(null=True)


class Interaction(Fact):
    """Something that happened, was tried or is planned."""

    on = CivilDateField(index=True)
    channel = TextField(default="")
    direction = CharField(default="me")
    outcome = CharField(default="reached")
    note = TextField(default="")
    answered_on = CivilDateField(null=True, index=True)
    version = IntegerField(default=1)


class Participation(Fact):
    """A contact in an interaction."""

    interaction = ForeignKeyField(Interaction, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("interaction", "contact"), True),)


class FollowUp(Fact):
    """A dated to-do about a contact; `on` is the anchor of its repeater."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    text = TextField()
    on = CivilDateField()
    repeat = TextField(default="")
    closed_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class FollowUpDone(Fact):
    """One round of a follow-up, done on a day."""

    follow_up = ForeignKeyField(FollowUp, backref="+", on_delete="CASCADE")
    on = CivilDateField(index=True)
    due = CivilDateField(null=True)


class Favor(Fact):
    """An entry of the ledger."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    direction = CharField()
    kind = CharField()
    state = CharField(index=True)
    note = TextField(default="")
    asked_on = CivilDateField(null=True)
    due_on = CivilDateField(null=True)
    done_on = CivilDateField(null=True, index=True)
    thanked_on = CivilDateField(null=True)
    told_on = CivilDateField(null=True)
    closed_on = CivilDateField(null=True)
    way_out = CharField(default="")
    way_out_note = TextField(default="")
    need_id = IntegerField(null=True, index=True)
    """The need an ask was made for."""
    introduction_id = IntegerField(null=True)
    """The introduction that was given."""
    version = IntegerField(default=1)

    class Meta:
        # Never just no: a request that was turned down names what was offered instead, in words.
        constraints = (
            Check(
                "NOT (direction = 'given' AND state IN ('declined', 'alternative'))"
                " OR (way_out <> '' AND trim(way_out_note) <> '')"
            ),
        )


class Need(Fact):
    """What I am looking for."""

    title = TextField()
    why = TextField(default="")
    wanted_by = CivilDateField(null=True)
    created_on = CivilDateField()
    closed_on = CivilDateField(null=True)
    outcome = TextField(default="")
    version = IntegerField(default=1)


class Told(Fact):
    """Where a contact stands with a need: told, asked, helped, passed on, declined. No row: untold."""

    need = ForeignKeyField(Need, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    state = CharField()
    on = CivilDateField()
    passed_to = ForeignKeyField(Contact, null=True, backref="+", on_delete="SET NULL")
    favor = ForeignKeyField(Favor, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        indexes = ((("need", "contact"), True),)


class Introduction(Fact):
    """Two contacts and me in the middle, each asked before they meet."""

    one = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    note = TextField(default="")
    created_on = CivilDateField()
    one_answer = CharField(default="")
    """"" (not asked yet), "asked", "yes", "no" or "later"."""
    one_on = CivilDateField(null=True)
    other_answer = CharField(default="")
    other_on = CivilDateField(null=True)
    made_on = CivilDateField(null=True)
    worked_on = CivilDateField(null=True)
    closed_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class NotThese(Fact):
    """Two contacts who were looked at as a match, and are not to be proposed again."""

    one = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    on = CivilDateField()

    class Meta:
        indexes = ((("one", "other"), True),)


class Doubt(Fact):
    """Two contacts who may be one person, as a file made one think, or who were said to be two."""

    one = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    """The one with the smaller number."""
    other = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    why = CharField(default="")
    found_on = CivilDateField()
    apart_on = CivilDateField(null=True)
    """The day they were said to be two people: they are never suggested again."""

    class Meta:
        indexes = ((("one", "other"), True),)


class Newcomer(Fact):
    """Someone who came with a file, until it is said how to keep in touch with them."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE", unique=True)
    came_on = CivilDateField()
    said_on = CivilDateField(null=True)


class Nudge(Fact):
    """A reminder sent about a favor asked for."""

    favor = ForeignKeyField(Favor, backref="+", on_delete="CASCADE")
    on = CivilDateField()


class Snooze(Fact):
    """A hiding of one agenda item until a day."""

    item = CharField(index=True)
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    until = CivilDateField()
    made_on = CivilDateField()
    made_for = TextField(default="")
    """The key of the cadence, for a rhythm; the due date as ISO text, for any other item. Void for another."""

class Skip(Fact):
    """This round only is left out, on a day."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    on = CivilDateField()


class ChosenDay(Fact):
    """The day of the week plan chosen by hand for an item, while its due date stays what it was."""

    item = CharField(unique=True)
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE")
    day = CivilDateField()
    for_due = CivilDateField()


class Pause(Fact):
    """The pause of everyone: one row while it lasts."""

    until = CivilDateField()


FACTS: tuple[type[Table], ...] = (
    Circle, Contact, Identity, Address, Membership, ContactDate, Acquaintance, Interaction, Participation,
    FollowUp, FollowUpDone, Favor, Need, Told, Introduction, NotThese, Doubt, Newcomer, Nudge, Snooze, Skip,
    ChosenDay, Pause,
)  # fmt: skip
"""Every journaled table, parents before children."""
