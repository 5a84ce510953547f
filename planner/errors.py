"""The errors, each telling a person what is wrong, where, and what to do."""

from __future__ import annotations


class PlannerError(Exception):
    """A refusal shown to the person: one plain line, nothing was written.

    `message` says what and where, `advice` what to do about it (may be empty),
    `title` heads the dialog on the screen.
    """

    title = "That did not work"

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        ends = "" if self.message.endswith(("?", "!")) else "."
        return f"{self.message}{ends} {self.advice}" if self.advice else self.message


class Refused(PlannerError):
    """A request cannot be carried out as given: a wrong value, an unknown person, a closed item."""

    title = "Not done"


class Ambiguous(Refused):
    """Several people match; `candidates` holds (id, name) pairs, best first."""

    title = "Who is meant?"

    def __init__(self, message: str, candidates: tuple[tuple[int, str], ...], advice: str = "") -> None:
        super().__init__(message, advice)
        self.candidates = candidates


class TwoReadings(Refused):
    """A typed text has two readings, listed in `readings`, and is not guessed at."""

    title = "What is meant?"

    def __init__(self, message: str, readings: tuple[str, str], advice: str = "") -> None:
        super().__init__(message, advice)
        self.readings = readings


class Conflict(Refused):
    """Another session changed the same field first; `fields` maps a field to (theirs, mine)."""

    title = "Changed elsewhere meanwhile"

    def __init__(self, message: str, fields: dict[str, tuple[str, str]], advice: str = "") -> None:
        super().__init__(message, advice)
        self.fields = fields


class StoreError(PlannerError):
    """The database cannot be read or written: locked, full, read-only, damaged, foreign or newer."""

    title = "The database"


class Busy(StoreError):
    """Another session held the lock for longer than we wait."""


class DiskFull(StoreError):
    """Nothing could be saved because the disk is full."""


class ReadOnly(StoreError):
    """The file or its folder may not be written."""


class Damaged(StoreError):
    """The file is not a healthy planner database; `backup` names the newest good backup, if any."""

    def __init__(self, message: str, advice: str = "", backup: str = "") -> None:
        super().__init__(message, advice)
        self.backup = backup


class Locked(StoreError):
    """The file is encrypted, and no known passphrase opens it."""


class ConfigError(PlannerError):
    """The configuration file cannot be used as it is."""

    title = "The configuration"
