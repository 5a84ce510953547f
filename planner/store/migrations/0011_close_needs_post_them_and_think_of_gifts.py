"""Needs are posted where many read them, who need not hear how one went is let be, and gifts have an occasion."""

from __future__ import annotations

from typing import Any

from peewee import CharField, DateField, ForeignKeyField, Model, TextField

from planner.store.sqlite import NumberedField

COLUMNS = (
    'ALTER TABLE "favor" ADD COLUMN "occasion" VARCHAR(255) NOT NULL DEFAULT \'\'',
    'ALTER TABLE "told" ADD COLUMN "let_be_on" DATE',
)


class NeedPostedAbout(Model):  # type: ignore[misc]
    """What is looked for, as far as the new table points at it."""

    class Meta:
        table_name = "need"


class Post(Model):  # type: ignore[misc]
    """A public word about a need."""

    id = NumberedField()
    uid = CharField(unique=True)
    need = ForeignKeyField(NeedPostedAbout, backref="+", on_delete="CASCADE")
    channel = CharField()
    text = TextField(default="")
    on = DateField()

    class Meta:
        legacy_table_names = False


def up(migrator: Any, database: Any) -> None:
    """Make the columns and the table."""
    for statement in COLUMNS:
        database.execute_sql(statement)
    with database.bind_ctx([NeedPostedAbout, Post]):
        database.create_tables([Post], safe=False)
