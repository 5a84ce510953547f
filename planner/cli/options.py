"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from planner.cli.session import Session
from planner.errors import Refused

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

pass_session = click.make_pass_decorator(Session)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def who_argument(name: str = "who", *, many: bool = False, required: bool = True) -> Callable[[Decorated], Decorated]:
    """WHO: a name, a unique part of one, an e-mail or #ID."""
    return click.argument(name, nargs=-1 if many else 1, required=required, metavar="WHO..." if many else "WHO")


def number_of(text: str, letter: str, what: str) -> int:
    """The number in an id typed with or without its letter, such as 3 or v3; raises Refused."""
    digits = text.strip().casefold().removeprefix("#").removeprefix(letter)
    if not digits.isascii() or not digits.isdigit() or not 0 < len(digits) <= 18:
        raise Refused(f"“{text[:40]}” is not the id of a {what}", f"Ids are numbers, such as 3 or {letter}3")
    return int(digits)


def given(values: tuple[str, ...]) -> tuple[str, ...] | None:
    """The values of a repeatable option: None when it was left out, empty when only "" was given."""
    return tuple(value for value in values if value.strip()) if values else None
