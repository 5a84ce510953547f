"""A Peewee database over an encrypted file; loaded only for such files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import apsw
from playhouse.apsw_ext import APSWDatabase

from planner.errors import Busy, Locked
from planner.passphrases import PASSPHRASES, is_encrypted

_OPEN = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI


class _Cursor(apsw.Cursor):
    """Behaves like the cursor of the module sqlite3."""

    @property
    def lastrowid(self) -> int:
        """The id of the last inserted row."""
        return self.connection.last_insert_rowid()

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except UnicodeDecodeError:
            _refuse_undecodable()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except UnicodeDecodeError:
            _refuse_undecodable()


def _refuse_undecodable() -> NoReturn:
    error = sqlite3.OperationalError("Could not decode to UTF-8 column")
    raise error from None


class EncryptedDatabase(APSWDatabase):
    """Opens its file with the given passphrase, else with one that this process knows or asks for.

    Temporary files stay in memory: the library is built that way.
    """

    def __init__(
        self, path: Path, options: str, timeout: float, pragmas: tuple[tuple[str, str | int], ...], passphrase: str
    ) -> None:
        self.path = path
        self.passphrase = passphrase
        """The passphrase that opened the file, "" before that."""
        self._options = options
        super().__init__(str(path), autoconnect=False, timeout=timeout, pragmas=pragmas, flags=_OPEN)

    def _connect(self) -> apsw.Connection:
        def opened(passphrase: str) -> apsw.Connection:
            self.database = _address(self.path, self._options, passphrase)
            bare = APSWDatabase._connect(self)
            return _looked_into(bare)

        try:
            return self._unlocked(opened)
        finally:
            self.database = str(self.path)

    def _unlocked(self, opened: Callable[[str], apsw.Connection]) -> apsw.Connection:
        """The connection opened with one of the passphrases; raises `Locked` if none fits."""
        tried = (self.passphrase,) if self.passphrase else PASSPHRASES.known()
        for passphrase in tried:
            with suppress(apsw.NotADBError):
                return self._opened_with(passphrase, opened)
        given = None if self.passphrase else PASSPHRASES.ask_for(self.path)
        if given is not None:
            with suppress(apsw.NotADBError):
                return self._opened_with(given, opened)
        if tried or given:
            raise self._not_opened()
        raise Locked(
            f"{self.path} is encrypted, and nobody can be asked for its passphrase",
            "Set passphrase_command in the configuration, such as “pass show planner”, or ask in a terminal",
        )

    def _not_opened(self) -> Locked:
        return Locked(
            f"The passphrase does not open {self.path}: nothing was touched",
            "Try again; where the passphrase is right, the file is damaged: restore a backup",
        )

    def _opened_with(self, passphrase: str, opened: Callable[[str], apsw.Connection]) -> apsw.Connection:
        bare = opened(passphrase)
        self.passphrase = passphrase
        return bare

    # What the module sqlite3 does in other ways

    def copy_into(self, target: Path) -> None:
        """Copy the open database into an empty file, encrypted with the same passphrase."""
        with closing(apsw.Connection(_address(target, "mode=rw", self.passphrase), flags=_OPEN)) as copy:
            _copy(self.connection(), copy)
            copy.pragma("journal_mode", "delete")

    def copy_from(self, source: EncryptedDatabase) -> None:
        """Replace the content by that of another open database; each keeps its passphrase."""
        _copy(source.connection(), self.connection())

    def copy_in_memory(self) -> EncryptedDatabase:
        """A copy, not yet connected, that exists only in memory."""
        content = self.connection().serialize("main")
        # In memory there is no log beside the file, so none may be requested.
        return _InMemory(self.path, content[:18] + b"\x01\x01" + content[20:])

    def image(self) -> bytes:
        """The readable pages of the file; of a half-written change, the pages as they are in the file."""

        def opened(passphrase: str) -> apsw.Connection:
            # Pages with a broken seal are read too, and so is a truncated file.
            bare = apsw.Connection(_address(self.path, "mode=ro&immutable=1&hmac_check=0", passphrase), flags=_OPEN)
            bare.pragma("writable_schema", 1)
            return _looked_into(bare)

        with closing(self._unlocked(opened)) as bare:
            content = bare.serialize("main")
        if not content:
            raise self._not_opened()
        return bytes(content)

    @contextmanager
    def written_as(self, target: Path, passphrase: str, *, alone: bool) -> Iterator[list[str]]:
        """Write the content into an empty file, see `converted`."""
        options = "mode=rw" if alone else "mode=ro&immutable=1"

        def opened(known: str) -> apsw.Connection:
            bare = _looked_into(apsw.Connection(_address(self.path, options, known), flags=_OPEN))
            bare.set_busy_timeout(int(self.timeout * 1000))
            return bare

        with closing(self._unlocked(opened) if is_encrypted(self.path) else opened("")) as bare:
            if alone:
                _keep_alone(bare, self.path)
            bare.execute("VACUUM INTO ?", (_address(target, "mode=rw" if passphrase else "key=", passphrase),))
            with closing(apsw.Connection(_address(target, "mode=ro&immutable=1", passphrase), flags=_OPEN)) as copy:
                differences = list(_differences(bare, copy))
            yield differences


class _InMemory(EncryptedDatabase):
    def __init__(self, path: Path, content: bytes) -> None:
        self._content = content
        super().__init__(path, "", 0.0, (("foreign_keys", 1), ("trusted_schema", 0)), "")

    def _connect(self) -> apsw.Connection:
        self.database = ":memory:"
        bare: apsw.Connection = APSWDatabase._connect(self)
        bare.cursor_factory = _Cursor
        bare.deserialize("main", self._content)
        self._content = b""
        return bare


def _looked_into(bare: apsw.Connection) -> apsw.Connection:
    """The connection, after it has read its file; raises `apsw.NotADBError` for a wrong passphrase."""
    bare.cursor_factory = _Cursor
    try:
        bare.pragma("user_version")
    except BaseException:
        bare.close()
        raise
    return bare


def _address(path: Path, options: str, passphrase: str) -> str:
    # The key is in the address, so that nothing is read before the key is known.
    key = f"&cipher=chacha20&key={quote(passphrase, safe='')}" if passphrase else ""
    return f"file:{quote(str(path))}?{options}{key}"


def _copy(source: apsw.Connection, target: apsw.Connection) -> None:
    with target.backup("main", source, "main") as copying:
        while not copying.done:
            copying.step(-1)


def _keep_alone(bare: apsw.Connection, path: Path) -> None:
    """Lock everybody else out until the connection is closed, with the whole database in one file."""
    try:
        bare.pragma("locking_mode", "exclusive")
        settled = bare.pragma("journal_mode", "delete") == "delete"
        bare.execute("BEGIN EXCLUSIVE; COMMIT")
    except (apsw.BusyError, apsw.LockedError):
        settled = False
    if not settled:
        raise Busy(f"Another session has {path} open: nothing was changed", "Close it there, then try again")


def _differences(one: apsw.Connection, other: apsw.Connection) -> Iterator[str]:
    """The tables with different rows in two databases, and pragmas that differ."""
    for mark in ("application_id", "user_version"):
        if one.pragma(mark) != other.pragma(mark):
            yield mark
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    names = one.execute(tables).fetchall()
    if names != other.execute(tables).fetchall():
        yield "the tables there are"
        return
    for (name,) in names:
        rows = (each.execute(f'SELECT * FROM "{name}"') for each in (one, other))
        if any(row != same for row, same in zip_longest(*rows)):
            yield f"table {name}"
