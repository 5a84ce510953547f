"""Who looks for a thing and who offers it is found by the thing, without reading everybody."""

from __future__ import annotations

from typing import Any

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField, Model

from planner.store.sqlite import BY_KEY


class WishfulPerson(Model):  # type: ignore[misc]
    """A person, as far as the new table points at one."""

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
    """Make the table; it is filled with the other derived tables after the step."""
    with database.bind_ctx([WishfulPerson, WishWord]):
        database.create_tables([WishWord], safe=False)
