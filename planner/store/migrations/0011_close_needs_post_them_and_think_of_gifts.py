"""Needs can be posted publicly, people can be left out of hearing how one went, and gifts have an occasion."""

from __future__ import annotations

from typing import Any

from peewee import CharField, DateField, ForeignKeyField, Model, TextField

from planner.store.sqlite import NumberedField

COLUMNS = (
    'ALTER TABLE "favor" ADD COLUMN "occasion" VARCHAR(255) NOT NULL DEFAULT \'\'',
    'ALTER TABLE "told" ADD COLUMN "let_be_on" DATE',
)


class NeedPostedAbout(Model):  # type: ignore[misc]
    """A need, reduced to what the new table refers to."""

    class Meta:
        table_name = "need"


class Post(Model):  # type: ignore[misc]
    """A public post about a need."""

    id = NumberedField()
    uid = CharField(unique=True)
    need = ForeignKeyField(NeedPostedAbout, backref="+", on_delete="CASCADE")
    channel = CharField()
    text = TextField(default="")
    on = DateField()

    class Meta:
        legacy_table_names = False


def up(migrator: Any, database: Any) -> None:
    """Create the columns and the table."""
    for statement in COLUMNS:
        database.execute_sql(statement)
    with database.bind_ctx([NeedPostedAbout, Post]):
        database.create_tables([Post], safe=False)
