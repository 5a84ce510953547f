"""Where the planner keeps its files."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from planner.core.records import record
from planner.errors import Refused
from planner.limits import refuse_in_kiosk
from planner.regular_files import shortened, why_not


@record(frozen=True, slots=True)
class Paths:
    """The places of one planner; naming them creates nothing.

    `location` is what is opened: a file or an address; `database` and `backups` are the places of its file.
    """

    location: str
    database: Path
    config: Path
    state: Path
    backups: Path
    logs: Path


def find_paths(environment: Mapping[str, str] | None = None, location: str = "") -> Paths:
    """The places according to the environment.

    PLANNER_HOME puts everything below one folder, PLANNER_DB names the database (`location` takes precedence over it),
    PLANNER_CONFIG the configuration; else the system's own folders for each kind of file.
    """
    environment = os.environ if environment is None else environment
    home = environment.get("PLANNER_HOME", "")
    if home:
        base = _path(home)
        data, config, state, logs = base, base / "config.toml", base / "state", base / "logs"
    else:
        import platformdirs

        data = Path(platformdirs.user_data_dir("planner", appauthor=False))
        config = Path(platformdirs.user_config_dir("planner", appauthor=False)) / "config.toml"
        state = Path(platformdirs.user_state_dir("planner", appauthor=False))
        logs = Path(platformdirs.user_log_dir("planner", appauthor=False))
    named = location or environment.get("PLANNER_DB", "") or str(data / "planner.db")
    database = _database(named, data)
    return Paths(
        location=named,
        database=database,
        config=_path(environment["PLANNER_CONFIG"]) if environment.get("PLANNER_CONFIG") else config,
        state=state,
        backups=backups_folder(database),
        logs=logs,
    )


def backups_folder(database: Path) -> Path:
    """The folder for the backups of a database: beside it, named after it."""
    return database.parent / f"{database.stem}-backups"


def _database(location: str, data: Path) -> Path:
    scheme, separator, rest = location.partition("://")
    if not separator:
        return _path(location)
    return _path(rest.removeprefix("/")) if scheme == "sqlite" else data / "planner.db"


def named_path(text: str) -> Path:
    """The absolute path of a typed path, with ~ for the home folder; raises `Refused` for an impossible path."""
    refuse_in_kiosk("Another file")
    return _path(text)


def _path(text: str) -> Path:
    try:
        path = Path(text).expanduser().absolute()
        os.lstat(path)
    except RuntimeError:
        raise Refused(f"{shortened(text)} names a home that is not there", "Name another path") from None
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) or error.errno == errno.ENAMETOOLONG:
            raise Refused(f"{shortened(text)} cannot be used: {why_not(error)}", "Name another path") from None
    return path
