"""The tables of facts: what the user or a file said. Everything else is derived from facts."""

from __future__ import annotations

from peewee import (
    SQL,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from planner.store.sqlite import BY_KEY, NumberedField
from planner.store.tables.base import CivilDateField, Table


class FactTable(Table):
    """A fact: `id` is its number in this database, `uid` its name in every copy."""

    id = NumberedField()
    uid = CharField(unique=True)


class CircleTable(FactTable):
    """A named group; its cadence is the default of its members."""

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
    """Names of the fields the person typed, separated by spaces: an import leaves them alone."""
    changed_at = TextField(default="")
    version = IntegerField(default=1)
    met_on = CivilDateField(null=True)
    """The day I met the person, where a source tells it."""
    language = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """The language words to them are written in, as a code; empty where it is the usual one."""
    tone = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """How they are addressed, friendly or formal; empty where it is the usual one."""
    nickname = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """What they are called, commas between several."""

    class Meta:
        indexes = ((("folded", "status"), False), (("company", "id"), False))


LEFT_ALONE = "\"status\" <> 'active' OR \"mode\" = 'never'"
"""Whom nothing is told or asked: they are few, so that everybody else is counted without looking at each."""
ContactTable.add_index(ContactTable.id, where=SQL(f"({LEFT_ALONE})"), name="contact_left_alone")
ContactTable.add_index(ContactTable.nickname, where=SQL("(\"nickname\" <> '')"), name="contact_nickname")


class IdentityTable(Table):
    """A strong key of a contact from a source: "vcard:UID", "linkedin:slug"."""

    key = TextField(primary_key=True)
    uid = CharField(unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    digest = CharField(default="")
    """The digest of all that the source said when it was last read: reading the same again changes nothing."""

    class Meta:
        table_settings = BY_KEY


class AddressTable(FactTable):
    """A way to reach a contact: an e-mail, a phone number, a page on the web; or something else a card says of them."""

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
    """month × 100 + day, so that a window of the year is a range of an index."""
    year = IntegerField(null=True)
    raw = TextField(default="")
    kept_on = CivilDateField(null=True)
    """The latest occurrence that was marked done."""
    settled_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class AcquaintanceTable(FactTable):
    """A contact knows someone: another contact, or only a name, a company, a topic."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="SET NULL")
    name = TextField()
    folded = TextField(index=True)
    relation = TextField(default="")
    company = TextField(default="")
    topic = TextField(default="")
    about = TextField(default="")
    """Name, company and topic folded, to be searched."""
    created_on = CivilDateField(null=True)


class InteractionTable(FactTable):
    """Something that happened, was tried or is planned."""

    on = CivilDateField(index=True)
    channel = TextField(default="")
    direction = CharField(default="me")
    outcome = CharField(default="reached")
    note = TextField(default="")
    answered_on = CivilDateField(null=True, index=True)
    version = IntegerField(default=1)
    loop = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """The loop it was a step of: "v3" a favor, "n1" a need, "t2" an introduction; empty for any other."""
    seen = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    """The version that evidence wrote. With any other version the interaction is what a person wrote."""
    waits = BooleanField(null=True)
    """Whether a message or call of theirs asks for an answer, where evidence tells; None where a person wrote it."""


class ParticipationTable(FactTable):
    """A contact in an interaction."""

    interaction = ForeignKeyField(InteractionTable, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("interaction", "contact"), True),)


class FollowUpTable(FactTable):
    """A dated to-do about a contact; `on` is the anchor of its repeater."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    text = TextField()
    on = CivilDateField()
    repeat = TextField(default="")
    closed_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class FollowUpDoneTable(FactTable):
    """One round of a follow-up, done or left out on a day."""

    follow_up = ForeignKeyField(FollowUpTable, backref="+", on_delete="CASCADE")
    on = CivilDateField(index=True)
    due = CivilDateField(null=True)
    skipped = BooleanField(null=True)
    """Whether the round was left out."""


class FavorTable(FactTable):
    """An entry of the ledger."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
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
    home_by = CivilDateField(null=True)
    """The day a loan is to be home."""
    home_on = CivilDateField(null=True)
    """The day it came home."""
    occasion = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """What a gift is for, such as "birthday"; empty for any other favor, and where it is not known."""
    not_about_on = CivilDateField(null=True)
    """What they wrote up to this day was not about it."""

    class Meta:
        # Never just no: a declined request names a way out, in words.
        constraints = (
            Check(
                "NOT (direction = 'given' AND state IN ('declined', 'alternative'))"
                " OR (way_out <> '' AND trim(way_out_note) <> '')"
            ),
        )
        # How often each person gave and received is counted from this index alone.
        indexes = ((("contact", "direction", "state"), False),)


class NeedTable(FactTable):
    """What I am looking for."""

    title = TextField()
    why = TextField(default="")
    wanted_by = CivilDateField(null=True)
    created_on = CivilDateField()
    closed_on = CivilDateField(null=True)
    outcome = TextField(default="")
    version = IntegerField(default=1)
    who = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """Who would know: people, companies, trades, in words."""


class NeedForTable(FactTable):
    """Whose need it is; a need without such a row is mine."""

    need = ForeignKeyField(NeedTable, backref="+", on_delete="CASCADE", unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")


class PostTable(FactTable):
    """A public word about a need, such as a post on LinkedIn: whoever reads the channel could have seen it."""

    need = ForeignKeyField(NeedTable, backref="+", on_delete="CASCADE")
    channel = CharField()
    text = TextField(default="")
    on = CivilDateField()


class ToldTable(FactTable):
    """Where a contact stands with a need: heard of, told, asked, helped, passed on, declined. No row: untold."""

    need = ForeignKeyField(NeedTable, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    state = CharField()
    on = CivilDateField()
    passed_to = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="SET NULL")
    favor = ForeignKeyField(FavorTable, null=True, backref="+", on_delete="SET NULL")
    heard_on = CivilDateField(null=True)
    """The day they heard how it went."""
    let_be_on = CivilDateField(null=True)
    """The day it was said that they need not hear how it went."""
    not_about_on = CivilDateField(null=True)
    """What they wrote up to this day was not about it."""
    heard_from_id = IntegerField(null=True, index=True)
    """The contact who passed the need on to them."""

    class Meta:
        # Who was told, whose news are due and who is to hear are counted from the second index alone.
        indexes = ((("need", "contact"), True), (("need", "state", "on", "heard_on", "let_be_on"), False))


class IntroductionTable(FactTable):
    """Two contacts and me in the middle, each asked before they meet."""

    one = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
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


class ThroughTable(FactTable):
    """Somebody I only heard of, and whom I know them through, where that is known; reached once I was in touch."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", unique=True)
    known = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="SET NULL")


class NotTheseTable(FactTable):
    """A match that was turned down: the two are never proposed again."""

    one = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    on = CivilDateField()

    class Meta:
        indexes = ((("one", "other"), True),)


class DoubtTable(FactTable):
    """Two contacts who may be one person, or who were said to be two people."""

    one = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    """The contact with the smaller number."""
    other = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    why = CharField(default="")
    found_on = CivilDateField()
    apart_on = CivilDateField(null=True)
    """The day they were said to be two people: the pair is never suggested again."""

    class Meta:
        indexes = ((("one", "other"), True),)


class NewcomerTable(FactTable):
    """A contact who came with a file, until it is said how to keep in touch."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", unique=True)
    came_on = CivilDateField()
    said_on = CivilDateField(null=True)


class NudgeTable(FactTable):
    """A reminder sent about a favor asked for."""

    favor = ForeignKeyField(FavorTable, backref="+", on_delete="CASCADE")
    on = CivilDateField()


class SnoozeTable(FactTable):
    """An agenda item is hidden until a day."""

    item = CharField(index=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    until = CivilDateField()
    made_on = CivilDateField()
    made_for = TextField(default="")
    """The key of the cadence for a rhythm, the due date as ISO text for any other item: void when this changes."""


class SkipTable(FactTable):
    """One round of a rhythm was left out, on a day."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    on = CivilDateField()


class ChosenDayTable(FactTable):
    """The day of the week plan chosen by hand for an item, while its due date stays what it was."""

    item = CharField(unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    day = CivilDateField()
    for_due = CivilDateField()


class PauseTable(FactTable):
    """The pause of everyone: one row while it lasts."""

    until = CivilDateField()


FIRST_FACTS: tuple[type[Table], ...] = (
    CircleTable, ContactTable, IdentityTable, AddressTable, MembershipTable, ContactDateTable, AcquaintanceTable,
    InteractionTable, ParticipationTable, FollowUpTable, FollowUpDoneTable, FavorTable, NeedTable, NeedForTable,
    PostTable, ToldTable, IntroductionTable, ThroughTable, NotTheseTable, DoubtTable, NewcomerTable, NudgeTable,
    SnoozeTable, SkipTable, ChosenDayTable, PauseTable,
)  # fmt: skip
"""The journaled tables but those of evidence and the inbox, parents before children."""
