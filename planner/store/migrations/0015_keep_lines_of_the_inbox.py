"""Lines written elsewhere wait until they are clear, and what their files held is known."""

from __future__ import annotations

from typing import Any

from peewee import CharField, DateField, FloatField, Model, TextField

from planner.store.sqlite import BY_KEY, NumberedField


class InboxLine(Model):  # type: ignore[misc]
    """A line that waits."""

    id = NumberedField()
    uid = CharField(unique=True)
    text = TextField()
    on = DateField()
    source = TextField(default="")
    problem = TextField(default="")

    class Meta:
        legacy_table_names = False


class InboxFile(Model):  # type: ignore[misc]
    """What a file held when it was read last."""

    name = CharField(primary_key=True)
    modified = FloatField()
    lines = TextField()

    class Meta:
        legacy_table_names = False
        table_settings = BY_KEY


def up(migrator: Any, database: Any) -> None:
    """Make the tables."""
    with database.bind_ctx([InboxLine, InboxFile]):
        database.create_tables([InboxLine, InboxFile], safe=False)
