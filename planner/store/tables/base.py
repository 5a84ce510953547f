"""The base of every table, the current database, and the field for civil dates.

Civil dates are stored as ISO text, which sorts by date.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import local
from typing import Any

from peewee import CharField, DatabaseProxy, Field, Model, make_snake_case

from planner.store.sqlite import NumberedField


class _OfThread(local):
    database: Any = None


_of_thread = _OfThread()


class _InUse(DatabaseProxy):  # type: ignore[misc]
    """The current database, one per thread: a long reading on one thread does not block another."""

    @property
    def obj(self) -> Any:
        """The database that this thread uses."""
        return _of_thread.database

    @obj.setter
    def obj(self, database: Any) -> None:
        _of_thread.database = database


database_proxy = _InUse()
LEFT_ALONE = "\"status\" <> 'active' OR \"mode\" = 'never'"
"""The condition for people to whom nothing is told and whom nothing is asked: they are few, so everybody else is
counted without being read.
"""


@contextmanager
def using(database: Any) -> Iterator[None]:
    """A block in which the tables belong to this database, in this thread.

    Several databases may be open, in one thread or in several, such as the user's own and the sample; the table classes
    exist once.
    """
    before = database_proxy.obj
    if before is database:
        yield
        return
    database_proxy.initialize(database)
    try:
        yield
    finally:
        if before is not None and not before.is_closed():
            database_proxy.initialize(before)


class CivilDateField(Field):  # type: ignore[misc]
    """A civil date as ISO text; Peewee's own field parses with strptime, which is ten times slower."""

    field_type = "DATE"

    def db_value(self, value: Any) -> str | None:
        """ISO text for a date; a text, given for a comparison, unchanged."""
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> date | None:
        """A date from ISO text."""
        return date.fromisoformat(value) if isinstance(value, str) else value


def name_of(table: type[Model]) -> str:
    """The name of a table class in the database."""
    name: str = make_snake_case(table.__name__.removesuffix("Table"))
    return name


class Table(Model):  # type: ignore[misc]
    """Base of every table: `ChosenDayTable` is `chosen_day` in the database."""

    class Meta:
        database = database_proxy
        legacy_table_names = False
        table_function = name_of


class FactTable(Table):
    """A fact: `id` is its number in this database, `uid` its identifier in every copy."""

    id = NumberedField()
    uid = CharField(unique=True)
