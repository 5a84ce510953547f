"""The configuration: a TOML file in which every value is checked; a bad one is named and keeps its default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field, fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from planner.core.model import Settings
from planner.core.records import record
from planner.errors import ConfigError, Refused
from planner.regular_files import open_named, shortened, why_not

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULT = "default"
DEFAULT_THEME = "planner-dark"
TEMPLATES = "templates"
MOST_BYTES = 1 << 20


@record(frozen=True, slots=True)
class Config:
    """The settings of a person; `origins` says for each key whether its value is the default or which file's.

    `region` is the country of phone numbers without one, as two letters. `keymap` gives keys by command id, unchecked:
    only the screen knows its keys. `language`, `tone`, `my_name` and `about_me` are for words to send; `ask_wishes`
    allows asking what somebody looks for; `templates` is the folder of the user's own templates, beside the file;
    `inbox` is the folder of texts for the capture line; `passphrase_command` prints the passphrase of an encrypted
    planner, and is started without a shell. `me` are the user's addresses, numbers and names in mail, calls and chats.
    `problems` are lines about ignored entries.
    """

    settings: Settings = field(default_factory=Settings)
    theme: str = DEFAULT_THEME
    keymap: Mapping[str, str] = field(default_factory=dict)
    region: str | None = None
    language: str = "en"
    tone: str = "friendly"
    my_name: str = ""
    about_me: str = ""
    ask_wishes: bool = True
    me: tuple[str, ...] = ()
    templates: Path | None = None
    inbox: Path | None = None
    passphrase_command: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class _WrongError(Exception):
    """A value that is not allowed; the text says what is allowed."""


def _days(least: int, most: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _WrongError(f"a whole number from {least} to {most}")
        return value

    return check


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value.lower() not in allowed:
            raise _WrongError(" or ".join(f'"{one}"' for one in allowed))
        return value.lower()

    return check


def _weekday(value: Any) -> int:
    if not isinstance(value, str) or value.lower() not in WEEKDAYS:
        raise _WrongError('a day of the week, like "monday"')
    return WEEKDAYS.index(value.lower())


def _weekdays(value: Any) -> frozenset[int]:
    allowed = 'a list of at most six days, like ["saturday", "sunday"]'
    if not isinstance(value, list):
        raise _WrongError(allowed)
    try:
        days = frozenset(_weekday(one) for one in value)
    except _WrongError:
        raise _WrongError(allowed) from None
    # With seven there would be no working day to move anything to.
    if len(days) > 6:
        raise _WrongError(allowed)
    return days


def _dates(value: Any) -> frozenset[date]:
    allowed = "a list of dates, like [2026-12-25, 2026-12-26]"
    if not isinstance(value, list):
        raise _WrongError(allowed)
    found = set()
    for one in value:
        if isinstance(one, str):
            try:
                one = date.fromisoformat(one)
            except ValueError:
                raise _WrongError(allowed) from None
        if not isinstance(one, date) or isinstance(one, datetime) or not 1900 <= one.year <= 2200:
            raise _WrongError(allowed)
        found.add(one)
    return frozenset(found)


def _time(value: Any) -> time:
    allowed = 'a time before noon, like "04:00"'
    if isinstance(value, str):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            raise _WrongError(allowed) from None
    if not isinstance(value, time) or value.tzinfo is not None or value >= time(12):
        raise _WrongError(allowed)
    return value.replace(second=0, microsecond=0)


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongError("true or false")
    return value


def _region(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 2 or not value.isascii() or not value.isalpha():
        raise _WrongError('two letters of a country, like "FR"')
    return value.upper()


def _language(value: Any) -> str:
    from planner.core.drafting.purposes import checked_language

    try:
        code = checked_language(value) if isinstance(value, str) else ""
    except Refused:
        code = ""
    if not code:
        raise _WrongError('the code of a language, like "en" or "pt-BR"')
    return code


def _line(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 300 or not value.isprintable():
        raise _WrongError("one line of text")
    return " ".join(value.split())


def _lines(value: Any) -> tuple[str, ...]:
    allowed = 'a list of addresses, numbers and names, like ["me@example.org", "+47 900 11 222"]'
    if not isinstance(value, list) or len(value) > 50:
        raise _WrongError(allowed)
    try:
        return tuple(line for line in map(_line, value) if line)
    except _WrongError:
        raise _WrongError(allowed) from None


def _folder(value: Any) -> Path:
    allowed = 'the path of a folder, like "~/Sync/planner-inbox"'
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _WrongError(allowed)
    try:
        folder = Path(value).expanduser()
    except RuntimeError:
        raise _WrongError(allowed) from None
    if not folder.is_absolute():
        raise _WrongError(allowed)
    return folder


def _command(value: Any) -> str:
    # Hardly anybody has one.
    import shlex

    allowed = 'a command that prints a passphrase, like "pass show planner"'
    try:
        words = shlex.split(_line(value))
    except (_WrongError, ValueError):
        raise _WrongError(allowed) from None
    if not words:
        raise _WrongError(allowed)
    return str(value)


def _theme(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > 100 or not value.isprintable():
        raise _WrongError('the name of a theme, like "planner-light"')
    return value


def _keymap(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _WrongError('a table of keys by command, like "agenda.done" = "d"')
    return dict(value)


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "week_start": _weekday,
    "day_starts_at": _time,
    "daily_capacity": _days(1, 99),
    "weekend": _weekdays,
    "days_off": _dates,
    "date_order": _one_of("dmy", "mdy"),
    "leap_birthday": _one_of("feb28", "mar1"),
    "soon_days": _days(0, 99),
    "attempt_days": _days(1, 99),
    "request_days": _days(0, 99),
    "answer_days": _days(0, 99),
    "promise_days": _days(0, 999),
    "nudge_days": _days(1, 99),
    "write_days": _days(0, 99),
    "hear_days": _days(0, 99),
    "loan_days": _days(1, 999),
    "nudges": _days(0, 9),
    "thanks_days": _days(0, 99),
    "outcome_days": _days(0, 999),
    "date_lead_days": _days(0, 99),
    "date_belated_days": _days(0, 99),
    "introduction_days": _days(1, 99),
    "worked_days": _days(1, 999),
    "later_days": _days(1, 999),
    "theme": _theme,
    "region": _region,
    "language": _language,
    "tone": _one_of("friendly", "formal"),
    "my_name": _line,
    "about_me": _line,
    "ask_wishes": _switch,
    "me": _lines,
    "inbox": _folder,
    "passphrase_command": _command,
    "keymap": _keymap,
}
KEYS = tuple(_CHECKS)
"""Every key of a configuration."""
THEMES = (
    "planner-dark", "planner-light", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light",
    "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki",
    "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark",
    "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
"""The themes of the screen, ours first; listed here so that a text command can check one without a screen."""
_PLAIN = ("language", "tone", "my_name", "about_me", "ask_wishes", "me", "inbox", "passphrase_command")
"""Keys whose value goes to the field of the same name, with the default of the field."""
_SETTINGS = frozenset(one.name for one in fields(Settings))


def load_settings(path: Path) -> Config:
    """The configuration from a file; without the file, the defaults.

    A wrong value keeps its default and an unknown key is ignored; each is named in `problems` with file, key and what
    is allowed. Raises `ConfigError` for a file that cannot be read or is not TOML.
    """
    origins = dict.fromkeys(_CHECKS, DEFAULT)
    if str(path) == os.devnull:
        # The usual name for nothing, and no file.
        return Config(templates=path.parent / TEMPLATES, origins=origins)
    try:
        with open_named(path) as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        if path.is_symlink():
            raise ConfigError(f"{path} is a link that leads nowhere", "Mend the link, or remove it.") from None
        return Config(templates=path.parent / TEMPLATES, origins=origins)
    except (OSError, ValueError) as error:
        advice = "Check its permissions." if isinstance(error, PermissionError) else "Name another file."
        raise ConfigError(f"{shortened(path)} cannot be read: {why_not(error)}", advice) from None
    if len(content) > MOST_BYTES:
        raise ConfigError(f"{shortened(path)} is larger than 1 MB", "Name the file of the configuration.")
    given = _parse(path, content)
    values: dict[str, Any] = {}
    problems = []
    for key, value in given.items():
        check = _CHECKS.get(key)
        if check is None:
            problems.append(f"{path}: {_shown(key)} is not known; {_nearest(key)}")
            continue
        try:
            values[key] = check(value)
        except _WrongError as wrong:
            problems.append(f"{path}: {key} = {_shown(value)} is not allowed, only {wrong}")
        else:
            origins[key] = str(path)
    return Config(
        settings=Settings(**{key: value for key, value in values.items() if key in _SETTINGS}),
        theme=values.get("theme", DEFAULT_THEME),
        keymap=values.get("keymap", {}),
        region=values.get("region"),
        templates=path.parent / TEMPLATES,
        **{key: values[key] for key in _PLAIN if key in values},
        origins=origins,
        problems=tuple(problems),
    )


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            f"{path} is not TOML: {_shown(str(error), 200)}", "Correct the line, or remove the file."
        ) from None


def _shown(value: Any, length: int = 40) -> str:
    # Text of the file reaches the terminal: short, on one line, and harmless.
    text = value if isinstance(value, str) else repr(value)
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _nearest(key: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, KEYS, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(KEYS)}"


_CHOSEN = "theme.json"


def chosen_theme(state: Path, config: Config) -> str | None:
    """The theme chosen on the screen, unless the file's theme has changed since then; None without one."""
    import json

    try:
        found = json.loads((state / _CHOSEN).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("instead_of") != config.theme:
        return None
    try:
        return _theme(found.get("theme"))
    except _WrongError:
        return None


def remember_theme(state: Path, name: str, config: Config) -> None:
    """Store the theme chosen on the screen for next time, beside the file and not in it: the file belongs to the
    person.

    Raises OSError if it cannot be written.
    """
    from planner.private_files import write_json

    write_json(state / _CHOSEN, {"theme": name, "instead_of": config.theme})
