"""Shared by the parts of a desk: one store, one configuration and one clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING

from planner.core.model import Settings
from planner.core.words.folding import fold
from planner.desk.done import Done
from planner.store import migrations

if TYPE_CHECKING:
    from planner.config import Config
    from planner.store.row_writer import Writer
    from planner.store.session import Store

Said = tuple[str, Sequence[int | str]]
"""The result of a verb's work: `said` and `ids` of `Done`."""


class Context:
    """A store, a configuration and a clock, which gives today's civil date and perhaps the time of day.

    Without a time of day every plan begins with its day.
    """

    def __init__(
        self, store: Store, config: Config, clock: Callable[[], date], time_of_day: Callable[[], time] | None = None
    ) -> None:
        self.store = store
        self.config = config
        self.clock = clock
        self.time_of_day = time_of_day

    @property
    def settings(self) -> Settings:
        """The settings for the rules."""
        return self.config.settings

    @property
    def today(self) -> date:
        """The civil date now, from the clock; a verb reads it once."""
        return self.clock()

    @property
    def hour(self) -> str:
        """The time of day now, "15:30"; empty if the clock gives none."""
        return self.time_of_day().strftime("%H:%M") if self.time_of_day is not None else ""

    @property
    def schema(self) -> int:
        """The version of the database schema."""
        return migrations.latest(self.store.migrations_folder)

    @contextmanager
    def tried(self, dry_run: bool) -> Iterator[Context]:
        """This context, or for a dry run one over a private copy of the store, see `Store.rehearsal`."""
        if not dry_run:
            yield self
            return
        with self.store.rehearsal() as copy:
            yield Context(copy, self.config, self.clock, self.time_of_day)

    def write(self, verb: str, work: Callable[[Writer], Said], *, dry_run: bool = False) -> Done:
        """Run the work of a verb as one transaction and one step of the history; see `Store.write`."""
        written = self.store.write(verb, lambda found: found[0], work, today=self.today, dry_run=dry_run)
        return Done(written.said, tuple(written.value[1]), written.step)

    def read_numbers_anew(self) -> None:
        """Update the normal forms of stored telephone numbers for the present region."""
        from planner.store.facts.identity.import_candidates import read_numbers_anew  # few verbs compare numbers

        read_numbers_anew(self.store, lambda value: self.address_form("phone", value), self.config.region or "")

    def address_form(self, kind: str, value: str) -> str:
        """The form in which addresses are compared: a folded e-mail or text, an E.164 number, a bare page address."""
        if kind not in ("phone", "url"):
            return fold(value)
        if kind == "phone":
            return _phone_key()(value, self.config.region) or "".join(filter(str.isdigit, value))
        bare = fold(value).split("://", 1)[-1].removeprefix("www.")
        return bare.split("?", 1)[0].rstrip("/")


@cache
def _phone_key() -> Callable[[str, str | None], str | None]:
    # Late, and once: few verbs compare numbers, and an import compares two of each card.
    from planner.interchange.phones import phone_key

    return phone_key
