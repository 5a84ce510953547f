"""The planner's own documentation: the help of a command, and the manual page in the man macros of roff."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from planner import __version__
from planner.cli.output import write
from planner.commands.keys import key_label
from planner.commands.registry import COMMANDS, PLACE_TITLES
from planner.config import KEYS

EXIT_CODES = (
    ("0", "Done."),
    ("1", "Done in part: an import with rejects, or a doctor who found something."),
    ("2", "Refused: nothing was written, and one line says what, where and what to do."),
    ("130", "Stopped by Ctrl-C."),
)
ENVIRONMENT = (
    ("PLANNER_DB", "The database, as --db names it."),
    ("PLANNER_TODAY", "The day to take for today, as --today."),
    ("PLANNER_CONFIG", "The configuration file."),
    ("PLANNER_HOME", "A folder for everything: database, configuration, state, log."),
    ("VISUAL, EDITOR", "The editor for notes and messages."),
    ("SSH_CONNECTION, SSH_TTY", "Set by ssh: addresses are then copied and shown as links, and no program is started."),
    ("NO_COLOR", "No colours."),
    ("LC_ALL, LC_CTYPE, LANG", "Without UTF-8 in them marks are ASCII."),
)
FILES = (
    ("planner.db", "Everything you know, in one SQLite file; backups stand in a folder beside it."),
    ("config.toml", "Settings, in TOML. “planner config” shows those in force and where each comes from."),
    ("theme.json", "The theme chosen on the screen, until the configuration names another one."),
    ("drafts/", "What was typed and not saved when a session ended; the next one offers it."),
    ("import-folder.json", "The folder that the last import was read from, where the next one looks first."),
)
EXAMPLES = (
    ("planner --demo", "Look around in a sample network."),
    ("planner import contacts.vcf", "Bring in an address book."),
    ("planner cadence --circle family 2w", "Be in touch with each of the family every two weeks."),
    ("planner log Ana --via coffee --next 6w", "Write down a coffee, and when to meet again."),
    ("planner due --count", "The number for a prompt or a status bar."),
    ("planner digest --markdown", "The week, for a mail or a note."),
    ("planner man | man -l -", "This page."),
)


def escaped(text: str) -> str:
    """Text as roff shows it literally, in ASCII; its line breaks are blanks."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("^", "\\(ha")
    text = text.replace("~", "\\(ti").replace("`", "\\(ga")
    text = "".join(one if one.isascii() else f"\\[u{ord(one):04X}]" for one in text)
    return f"\\&{text}" if text.startswith(".") else text


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in entries:
        yield ".TP"
        yield f"\\fB{escaped(name)}\\fR"
        yield escaped(text)


def _commands(group: click.Group, ctx: click.Context, name: str) -> Iterator[tuple[str, click.Context, click.Command]]:
    for below in group.list_commands(ctx):
        command = group.get_command(ctx, below)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, parent=ctx, info_name=below)
        yield f"{name}{below}", inner, command
        if isinstance(command, click.Group):
            yield from _commands(command, inner, f"{name}{below} ")


def _help_of(command: click.Command) -> Iterator[str]:
    for paragraph in (command.help or "").split("\n\n"):
        if paragraph.lstrip().startswith("\b"):
            lines = [line for line in paragraph.replace("\b", "").splitlines() if line.strip()]
            yield from (".RS", ".nf", *(escaped(line) for line in lines), ".fi", ".RE")
        elif paragraph.strip():
            yield escaped(paragraph)


def _command(name: str, ctx: click.Context, command: click.Command) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield f".SS planner {escaped(name)}"
    yield f".B planner {escaped(name)}"
    if pieces:
        yield escaped(pieces)
    yield ".PP"
    yield from _help_of(command)
    records = (one.get_help_record(ctx) for one in command.get_params(ctx) if isinstance(one, click.Option))
    yield from _entries(one for one in records if one is not None and "--help" not in one[0])


def manual(planner: click.Group) -> Iterator[str]:
    """The page of a command and of all commands below it, line by line."""
    ctx = click.Context(planner, info_name="planner", **planner.context_settings)
    yield f'.TH PLANNER 1 "" "planner {__version__}" "User Commands"'
    yield from (".SH NAME", "planner \\- a follow\\-up planner for the people you know")
    yield from (".SH SYNOPSIS", ".B planner", escaped("[--db PATH_OR_URL] [--today DATE] [COMMAND]"))
    yield from (".SH DESCRIPTION", escaped(planner.help or ""), ".PP", escaped(planner.epilog or ""))
    yield from (".SH OPTIONS",)
    records = (one.get_help_record(ctx) for one in planner.get_params(ctx) if isinstance(one, click.Option))
    yield from _entries(one for one in records if one is not None)
    yield from (".SH COMMANDS", escaped("Each takes --help, and those that print data --json."))
    for name, inner, command in _commands(planner, ctx, ""):
        yield from _command(name, inner, command)
    yield from (".SH KEYS", "Those of the full screen; the names of commands in brackets are those of a keymap.")
    for place, title in PLACE_TITLES.items():
        yield f".SS {escaped(title)}"
        yield from _entries(
            (" ".join(key_label(key) for key in one.keys) or one.title, f"{one.help} [{one.id}]")
            for one in COMMANDS
            if one.place == place
        )
    yield ".SH CONFIGURATION"
    yield escaped("Keys of config.toml; a value that cannot be keeps its default and is named:")
    yield escaped(", ".join(KEYS) + ".")
    yield from (".PP", ".nf", ".RS", "[keymap]", escaped('snooze = "z"'), ".RE", ".fi")
    yield from (".SH FILES", escaped("“planner paths” names the folders they stand in."), *_entries(FILES))
    yield from (".SH ENVIRONMENT", *_entries(ENVIRONMENT))
    yield from (".SH EXIT STATUS", *_entries(EXIT_CODES))
    yield from (".SH EXAMPLES", *_entries(EXAMPLES))


@click.command("man")
@click.pass_context
def man_command(ctx: click.Context) -> None:
    planner = ctx.find_root().command
    assert isinstance(planner, click.Group)
    write(sys.stdout, "".join(f"{line}\n" for line in manual(planner)))


@click.command("help")
@click.argument("names", nargs=-1, metavar="[COMMAND]...")
@click.pass_context
def help_command(ctx: click.Context, names: tuple[str, ...]) -> None:
    """“planner help favor decline” shows the help of a command in a group; “?” on the full screen shows the keys."""
    shown = ctx.find_root()
    for place in range(len(names)):
        group = shown.command
        if not isinstance(group, click.Group):
            raise click.UsageError(f"“{shown.command_path}” has no commands of its own", shown)
        found, command, _ = group.resolve_command(shown, list(names[place:]))
        assert command is not None
        shown = click.Context(
            command, info_name=found, parent=shown, max_content_width=shown.max_content_width,
            help_option_names=shown.help_option_names,
        )  # fmt: skip
    write(sys.stdout, shown.command.get_help(shown) + "\n")
