"""People who look for a thing and people who offer it are found by the thing, without reading everybody."""

from __future__ import annotations

from typing import Any

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField, Model

from planner.store.sqlite import BY_KEY


class WishfulPerson(Model):  # type: ignore[misc]
    """A contact, reduced to what the new table refers to."""

    class Meta:
        table_name = "contact"


class WishWord(Model):  # type: ignore[misc]
    """A thing that somebody looks for or offers."""

    word = CharField()
    side = IntegerField()
    contact = ForeignKeyField(WishfulPerson, backref="+", on_delete="CASCADE", index=True)

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("word", "side", "contact")
        table_settings = BY_KEY


def up(migrator: Any, database: Any) -> None:
    """Create the table; it is filled with the other derived tables after the step."""
    with database.bind_ctx([WishfulPerson, WishWord]):
        database.create_tables([WishWord], safe=False)
