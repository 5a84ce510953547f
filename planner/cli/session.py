"""Everything one run works with: paths, configuration, today and the desk, each made on demand."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from planner.cli.output import say
from planner.core.dates.civil import civil_today, local_zone
from planner.core.dates.typed import parse_date
from planner.core.records import record
from planner.core.words.patterns import late
from planner.errors import Ambiguous, ConfigError, PlannerError, Refused
from planner.passphrases import PASSPHRASES, is_encrypted

if TYPE_CHECKING:
    from pathlib import Path

    from planner.config import Config
    from planner.core.model import Settings
    from planner.desk import Desk
    from planner.paths import Paths

_FIELD = late(r"-?[a-z][a-z_-]*:\S", re.IGNORECASE)
"""The beginning of a query among names: a field and a value, such as circle:family."""
BEGINNERS = frozenset({"add", "import", "capture", "cadence", "need add", "restore", "book add"})
"""Commands that are useful without an existing planner."""


@record(frozen=True, slots=True)
class Named:
    """The meaning of a WHO or an ITEM: the id of the contact, and of the item if one was given."""

    contact_id: int
    item_id: str | None = None


class Session:
    """Opened lazily, so that a command pays only for what it uses."""

    def __init__(self, db: str | None = None, today: str | None = None) -> None:
        self.db = db
        self.today_text = today
        self.problems: tuple[str, ...] = ()
        """The errors in the configuration, once it is read."""
        self.even_without_config = False
        """Whether an unreadable configuration is only reported: for the commands that help to repair it."""
        self._opened: Desk | None = None

    def choose(self, db: str | None = None, today: str | None = None) -> None:
        """Choose another database or day, before anything was opened."""
        self.db = db if db is not None else self.db
        self.today_text = today if today is not None else self.today_text

    @cached_property
    def paths(self) -> Paths:
        """The paths of database, configuration, backups and logs."""
        # Help, the version and completion of commands need no path.
        from planner.paths import find_paths

        return find_paths(location=self.db or "")

    @cached_property
    def config(self) -> Config:
        """The configuration; wrong entries are reported once, and their defaults used.

        Raises ConfigError if the file cannot be read at all.
        """
        from dataclasses import replace
        from pathlib import Path

        # Loading this module takes as long as a whole run of help.
        from planner.config import load_settings

        try:
            found = load_settings(self.paths.config)
        except ConfigError as broken:
            if not self.even_without_config:
                raise
            found = load_settings(Path(os.devnull))
            found = replace(found, problems=(str(broken),))
        self.problems = found.problems
        if found.keymap:
            # Few have a keymap.
            from planner.commands.keymap import validate

            self.problems += tuple(f"{self.paths.config}: keymap: {one}" for one in validate(found.keymap)[1])
        for problem in self.problems:
            say(f"planner: {problem}")
        return found

    @property
    def settings(self) -> Settings:
        """The numbers for the rules."""
        return self.config.settings

    @cached_property
    def today(self) -> date:
        """The civil date for all computations: that of --today, or that of the clock."""
        here_and_now = civil_today(datetime.now(), self.settings.day_starts_at)
        if self.today_text is None:
            return here_and_now
        return parse_date(self.today_text, here_and_now, date_order=self.settings.date_order)

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of this machine, with its past changes if the system knows them."""
        return local_zone()

    @cached_property
    def now(self) -> datetime:
        """The present instant; with --today the same time of that day."""
        moment = datetime.now(self.zone)
        if self.today_text is None:
            return moment
        return datetime.combine(self.today, moment.time(), self.zone)

    @property
    def desk(self) -> Desk:
        """The desk on the database of this run."""
        if self._opened is None:
            # The database takes half the time of a text command; commands about the planner itself open none.
            from planner.desk import open_desk

            begun = self._begins()
            clock, time_of_day = (lambda: self.today), (lambda: datetime.now().time())
            self._opened = open_desk(self.paths, self.config, clock, time_of_day=time_of_day)
            gc.enable()
            if begun:
                say(f"planner: A new planner at {self.paths.database}")
        return self._opened

    @property
    def desk_even_damaged(self) -> Desk:
        """The desk, left unopened when the file is damaged: restoring must work exactly then."""
        if self._opened is None:
            # As in `desk`.
            from planner.desk import open_desk

            self._begins()
            self._opened = open_desk(self.paths, self.config, lambda: self.today, even_damaged=True)
        return self._opened

    def ask_for_passphrases(self) -> None:
        """Allow asking the person who runs this when a file turns out to be encrypted."""
        PASSPHRASES.ask = self._passphrase

    def _passphrase(self, path: Path) -> str | None:
        # Few planners are encrypted.
        from planner.cli.passphrase import passphrase_for

        return passphrase_for(path, self.config.passphrase_command)

    def unlock(self) -> None:
        """Ask for the passphrase of an encrypted planner now, since the full screen cannot; afterwards nobody is asked.

        Raises `Locked` for a wrong one, or if nobody can be asked.
        """
        if is_encrypted(self.paths.database):
            # Only an encrypted planner is opened twice.
            from planner.desk import unlock

            unlock(self.paths)
        PASSPHRASES.ask = None

    def explained(self, error: Exception) -> PlannerError | None:
        """The error to raise for a failure caused by something in the database, with advice; None for any other."""
        return self._opened.explained(error) if self._opened is not None else None

    def _begins(self) -> bool:
        """Whether this command creates a new database: one was named, and does not exist yet.

        Raises Refused if the command could only find the new database empty, since the name is then mistyped. At the
        planner's own place any command may create a database.
        """
        if not self.db or self.paths.database.exists():
            return False
        # The full screen loads no click, and help needs no path.
        import click

        from planner.paths import find_paths

        if self.paths.database == find_paths({**os.environ, "PLANNER_DB": ""}).database:
            return False
        context = click.get_current_context(silent=True)
        if context is not None and context.command_path.partition(" ")[2] in BEGINNERS:
            return True
        raise Refused(
            f"There is no planner at {self.paths.database}",
            "Check the name given with --db or PLANNER_DB; “add” and “import” begin a new one there",
        )

    def close(self) -> None:
        """Close everything that was opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def day(self, text: str | None, *, past: bool = False) -> date | None:
        """The date of a typed text, or None without one."""
        if text is None:
            return None
        return parse_date(text, self.today, past=past, date_order=self.settings.date_order)

    def must_day(self, words: tuple[str, ...] | str) -> date:
        """The future date of a text typed as one or several words."""
        text = words if isinstance(words, str) else " ".join(words)
        return parse_date(text, self.today, date_order=self.settings.date_order)

    def people(self, texts: Sequence[str]) -> list[int]:
        """The contacts meant by several WHO or queries, each once; a text with a field such as circle: is a query.

        Raises `Refused` if somebody is not found, or a query finds nobody.
        """
        found: dict[int, None] = {}
        for text in texts:
            if _FIELD.match(text):
                ids = self.desk.reading.contact_ids(text)
                if not ids:
                    raise Refused(f"Nobody is found by “{text[:60]}”", "See “planner contacts” with the same words")
                found |= dict.fromkeys(ids)
            else:
                found[self.desk.people.find(text)] = None
        return list(found)

    def name(self, contact_id: int) -> str:
        """The present name of a contact."""
        return self.desk.reading.card(contact_id, history=0).contact.name

    def who_or_item(self, text: str) -> Named:
        """The open item or contact that a text means; an item id is tried first, but a full name precedes it."""
        found = self.desk.people.find_item(text)
        if found is not None:
            return Named(found.contact_id, found.id)
        try:
            return Named(self.desk.people.find(text))
        except Ambiguous:
            raise
        except Refused as refusal:
            if text.strip().isdecimal() or text.strip().startswith("#"):
                raise
            what = text.strip()[:40]
            advice = "Items are named as in “planner agenda”, such as c5 or v3, and people as in “planner contacts”"
            raise Refused(f"No item and nobody is called “{what}”" if what else refusal.message, advice) from None
