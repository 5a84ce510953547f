"""Commands about the setup of the planner: the settings in force, and the keys."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import click

from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, one_line, print_json, say
from planner.cli.session import Session
from planner.commands.keymap import accepted, validate
from planner.commands.keys import key_label
from planner.commands.registry import COMMANDS, PLACE_TITLES
from planner.config import DEFAULT, KEYS, THEMES, WEEKDAYS, Config, chosen_theme


def value_of(config: Config, key: str) -> Any:
    """A setting as in the configuration file, in the types of JSON; None if nothing is set."""
    value = getattr(config.settings, key) if hasattr(config.settings, key) else getattr(config, key)
    if key == "week_start":
        return WEEKDAYS[value]
    if key == "weekend":
        return [WEEKDAYS[day] for day in sorted(value)]
    if isinstance(value, frozenset):
        return [day.isoformat() for day in sorted(value)]
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if key != "keymap" or not value:
        return value
    return accepted(value)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {one}" for key, one in value.items())
    return str(value)


def _chosen_by(ctx: click.Context, name: str) -> str:
    from click.core import ParameterSource

    source = ctx.find_root().get_parameter_source(name)
    return (
        {
            ParameterSource.COMMANDLINE: f"option --{name}",
            ParameterSource.ENVIRONMENT: f"environment PLANNER_{name.upper()}",
        }.get(source, DEFAULT)
        if source is not None
        else DEFAULT
    )


def _places(ctx: click.Context, session: Session) -> list[tuple[str, str, str]]:
    import os

    home = "environment PLANNER_HOME" if os.environ.get("PLANNER_HOME") else DEFAULT
    file = "environment PLANNER_CONFIG" if os.environ.get("PLANNER_CONFIG") else home
    database = _chosen_by(ctx, "db")
    return [
        ("database", str(session.paths.database), database if database != DEFAULT else home),
        ("config", str(session.paths.config), file),
        ("today", session.today.isoformat(), _chosen_by(ctx, "today")),
    ]


@click.command("config")
@as_json
@pass_session
@click.pass_context
def config_command(ctx: click.Context, session: Session, as_json: bool) -> None:
    session.even_without_config = True
    config = session.config
    rows = [(key, value_of(config, key), config.origins.get(key, DEFAULT)) for key in KEYS]
    chosen = chosen_theme(session.paths.state, config)
    if chosen is not None:
        rows = [(key, chosen, "chosen on the screen") if key == "theme" else (key, *rest) for key, *rest in rows]
    if config.theme not in THEMES:
        unknown = f"{session.paths.config}: there is no theme “{config.theme}”; there are {', '.join(THEMES)}"
        session.problems += (unknown,)
        say(f"planner: {one_line(unknown)}")
    places = _places(ctx, session)
    if as_json:
        found = [{"key": key, "value": value, "from": origin} for key, value, origin in (*places, *rows)]
        print_json({"settings": found, "problems": list(session.problems)})
        return
    page = Page()
    page.table(
        [(Marked(key, "name"), _shown(value), Marked(origin, "dim")) for key, value, origin in (*places, *rows)],
        indent=0,
        stretch=1,
    )


@click.command("keys")
@as_json
@pass_session
def keys_command(session: Session, as_json: bool) -> None:
    """Each key stands with the id that a keymap names it by."""
    session.even_without_config = True
    keys, problems = validate(session.config.keymap)  # the problems were reported when it was read
    if as_json:
        print_json(
            {
                "keys": [
                    {
                        "id": command.id,
                        "place": command.place,
                        "title": command.title,
                        "help": command.help,
                        "keys": [key_label(key) for key in keys[command.id]],
                        "command": command.cli or None,
                    }
                    for command in COMMANDS
                ],
                "problems": list(problems),
            }
        )
        return
    page = Page()
    rows = {
        place: [
            (
                Marked(" ".join(key_label(key) for key in keys[one.id]), "accent"),
                one.title,
                Marked(one.help, "dim"),
                Marked(one.id, "name"),
            )
            for one in COMMANDS
            if one.place == place
        ]
        for place in PLACE_TITLES
    }
    widths = page.measure([row for found in rows.values() for row in found], stretch=2)
    for number, (place, found) in enumerate(rows.items()):
        if number:
            page.line()
        page.line(Marked(PLACE_TITLES[place], "heading"))
        page.table(found, widths=widths)
    if not session.config.keymap:
        page.line()
        page.line(Marked("Others go into the configuration, as “planner config” and the manual page say.", "dim"))
