"""Loops record their contact, loans their return, needs whose they are and who heard how they went."""

from __future__ import annotations

from typing import Any

from peewee import CharField, ForeignKeyField, Model

from planner.store.sqlite import NumberedField

COLUMNS = (
    'ALTER TABLE "interaction" ADD COLUMN "loop" VARCHAR(255) NOT NULL DEFAULT \'\'',
    'ALTER TABLE "favor" ADD COLUMN "home_by" DATE',
    'ALTER TABLE "favor" ADD COLUMN "home_on" DATE',
    'ALTER TABLE "told" ADD COLUMN "heard_on" DATE',
)


class PersonPointedAt(Model):  # type: ignore[misc]
    """A contact, reduced to what the new tables refer to."""

    class Meta:
        table_name = "contact"


class NeedPointedAt(Model):  # type: ignore[misc]
    """A need, reduced to what the new tables refer to."""

    class Meta:
        table_name = "need"


class NeedFor(Model):  # type: ignore[misc]
    """The contact whose need it is."""

    id = NumberedField()
    uid = CharField(unique=True)
    need = ForeignKeyField(NeedPointedAt, backref="+", on_delete="CASCADE", unique=True)
    contact = ForeignKeyField(PersonPointedAt, backref="+", on_delete="CASCADE")

    class Meta:
        legacy_table_names = False


class Through(Model):  # type: ignore[misc]
    """The person through whom somebody is known."""

    id = NumberedField()
    uid = CharField(unique=True)
    contact = ForeignKeyField(PersonPointedAt, backref="+", on_delete="CASCADE", unique=True)
    known = ForeignKeyField(PersonPointedAt, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        table_name = "through"


def up(migrator: Any, database: Any) -> None:
    """Create the columns and the tables; everyone told of a closed need is assumed to have heard how it went."""
    for statement in COLUMNS:
        database.execute_sql(statement)
    with database.bind_ctx([PersonPointedAt, NeedPointedAt, NeedFor, Through]):
        database.create_tables([NeedFor, Through], safe=False)
    database.execute_sql(
        'UPDATE "told" SET "heard_on" = (SELECT "closed_on" FROM "need" WHERE "need"."id" = "told"."need_id")'
        ' WHERE "need_id" IN (SELECT "id" FROM "need" WHERE "closed_on" IS NOT NULL)'
    )
