"""Whoever heard of a need says from whom: one person may pass it on to several."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Make the column, and fill it with whoever is known to have passed a need on."""
    database.execute_sql('ALTER TABLE "told" ADD COLUMN "heard_from_id" INTEGER')
    database.execute_sql('CREATE INDEX "told_heard_from_id" ON "told" ("heard_from_id")')
    database.execute_sql(
        'UPDATE "told" SET "heard_from_id" = (SELECT "by"."contact_id" FROM "told" AS "by"'
        ' WHERE "by"."need_id" = "told"."need_id" AND "by"."passed_to_id" = "told"."contact_id"'
        ' ORDER BY "by"."id" LIMIT 1)'
        ' WHERE "contact_id" IN (SELECT "passed_to_id" FROM "told")'
    )
