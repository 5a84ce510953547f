"""What the parts of a desk share: one store, one configuration and one clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import Settings
from planner.core.words.folding import fold
from planner.desk.done import Done

if TYPE_CHECKING:
    from planner.config import Config
    from planner.store.row_writer import Writer
    from planner.store.session import Store

Said = tuple[str, Sequence[int | str]]
"""What the work of a verb gives: the sentence that says it, and the ids of `Done`."""


class Context:
    """A store, a configuration and a clock; the clock gives the civil date of today."""

    def __init__(self, store: Store, config: Config, clock: Callable[[], date]) -> None:
        self.store = store
        self.config = config
        self.clock = clock

    @property
    def settings(self) -> Settings:
        """The numbers in force."""
        return self.config.settings

    @property
    def today(self) -> date:
        """The civil date, asked anew each time; a verb asks once."""
        return self.clock()

    @contextmanager
    def tried(self, dry_run: bool) -> Iterator[Context]:
        """The context itself; for a dry run the same over a private copy of the store, see `Store.rehearsal`."""
        if not dry_run:
            yield self
            return
        with self.store.rehearsal() as copy:
            yield Context(copy, self.config, self.clock)

    def write(self, verb: str, work: Callable[[Writer], Said], *, dry_run: bool = False) -> Done:
        """Run the work of a verb as one transaction and one step of the history; see `Store.write`."""
        written = self.store.write(verb, lambda found: found[0], work, today=self.today, dry_run=dry_run)
        return Done(written.said, tuple(written.value[1]), written.step)

    def address_form(self, kind: str, value: str) -> str:
        """The normal form an address is compared by: a folded e-mail, an E.164 number, a bare page address."""
        if kind == "email":
            return fold(value)
        if kind == "phone":
            from planner.desk.shared.phones import phone_key

            return phone_key(value, self.config.region) or "".join(filter(str.isdigit, value))
        bare = fold(value).split("://", 1)[-1].removeprefix("www.")
        return bare.split("?", 1)[0].rstrip("/")
