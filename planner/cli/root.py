"""The command `planner` and the list of its commands.

Commands are in modules that are loaded only when one of their commands runs: a short text command must not pay for the
others.
"""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING

import click

from planner import __version__
from planner.cli.groups import CommandGroup, accept_everywhere, commands_below, nearest
from planner.cli.launch import open_screen
from planner.cli.output import OutputLostError, tell
from planner.cli.session import Session
from planner.errors import PlannerError
from planner.limits import refuse_in_kiosk

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("people", "Add a person; prints the new id."),
    "edit": ("people", "Change what is known about a person."),
    "archive": ("people", "Put people away: their history is kept, nothing is asked for."),
    "unarchive": ("people", "Bring people back from the archive, without a backlog."),
    "merge": ("people", "Make one person of two: the first stays and takes over what the second has."),
    "apart": ("review", "Say that two are two people, for good."),
    "duplicates": ("review", "Who may be one person twice, and why, the surest first."),
    "forget": ("people", "Erase everything about a person, in the history of changes too."),
    "cadence": ("people", "Set how often to be in touch with a person, or with the members of a circle."),
    "log": ("interactions", "Write down that you were in touch, with one person or several; prints the id."),
    "unlog": ("interactions", "Delete what was logged; the due date goes back accordingly."),
    "follow-up": ("interactions", "Plan a dated to-do about a person, once or again and again; prints the id."),
    "capture": ("interactions", "Write down in one line what happened and what comes next."),
    "inbox": ("outside.inbox", "Take in lines that were written elsewhere; those that are not clear wait."),
    "snooze": ("triage", "Hide a person or an item until a date; the due date stays what it is."),
    "skip": ("triage", "Leave this round out: the next one counts from today."),
    "end": ("triage", "End a follow-up with all its rounds."),
    "pause": ("triage", "No keep-in-touch for a while: a person, a circle or everyone."),
    "resume": ("triage", "End a pause."),
    "done": ("triage", "Settle an item: a person was reached, a promise kept, a message answered, a round done."),
    "move": ("triage", "Give an item another day; it stays there."),
    "backlog": ("triage", "What is overdue to keep in touch: shown, or spread over the coming weeks."),
    "triage": ("line_by_line", "Go through the day line by line: who, why, a letter for each verb, the result."),
    "agenda": ("agenda", "The week: what is due and open, each thing once, on its day."),
    "why": ("reading", "Why a person or an item is due: each step from the facts to the date."),
    "show": ("reading", "Everything about a person: the card, open loops and history."),
    "contacts": ("reading", "The people, all or found by a query."),
    "due": ("agenda", "What stands on today, a line each, overdue first; --count for a prompt."),
    "digest": ("digest", "The week by day, what was done in it and how many people you helped, for a mail or a note."),
    "forecast": ("reading", "What your rhythms ask for a week, beside what you manage, and which to stretch."),
    "favor": ("reciprocity.favors", "Help asked for, promised, given and received."),
    "ledger": ("reciprocity.favors", "Open loops in four lanes, and how often help went each way."),
    "need": ("reciprocity.needs", "What you look for, whom you told, and who could help."),
    "words": ("reciprocity.templates", "Words to send: to ask, thank, answer or tell how it went; a note to forward."),
    "template": ("reciprocity.templates", "Templates of words to send, by purpose, tone and language, yours first."),
    "intro": ("reciprocity.network", "Bring two people together: each is asked before they meet."),
    "brief": ("reciprocity.briefs", "What to know before you meet: WHO, or everyone planned for a day (today)."),
    "knows": ("reciprocity.network", "Write down that WHO knows B: one of your contacts, or just a name."),
    "reach": ("reciprocity.network", "Who gets you to a person, a company or a topic, best way first."),
    "match": ("reciprocity.network", "Who looks for what somebody else offers, best matches first."),
    "watch": ("outside.watch", "Read what mail, calendars, calls and chats show of contact; say what is watched."),
    "book": ("outside.book", "Keep in step with an address book: a folder or a file of vCards."),
    "import": ("imports", "Read people from files of other programs: vCard, LinkedIn, Google, Outlook, any table."),
    "export": ("exports", "Give people, the calendar or everything to other programs."),
    "query": ("outside.addresses", "Complete an address for mutt (query_command) and aerc."),
    "undo": ("keeping", "Take back the last change, as if it had not been."),
    "redo": ("keeping", "Bring back what was undone last."),
    "history": ("keeping", "The last changes, newest first."),
    "backup": ("copies.backups", "Make a backup now; prints its path."),
    "restore": ("copies.backups", "Bring back the state of a backup: a file, one listed by its name, or the newest."),
    "salvage": ("copies.backups", "Read what can be read of a damaged planner into a new one, and report the rest."),
    "encrypt": ("copies.encryption", "Encrypt the planner with a passphrase: nobody reads it without, not even you."),
    "decrypt": ("copies.encryption", "Make an encrypted planner one that needs no passphrase."),
    "doctor": ("keeping", "Check the file, its permissions, and that every due date follows from the facts."),
    "config": ("settings", "The settings in force, and where each comes from: default, file, environment or option."),
    "keys": ("settings", "The keys of the full screen, as your configuration sets them."),
    "help": ("manual", "Show the help of the planner or of one of its commands."),
    "completion": ("completion", "Print the completion script of a shell."),
    "man": ("manual", "Print the manual page, for man -l -."),
    "paths": ("keeping", "Where your data and settings are."),
}

IN_KIOSK = COMMANDS.keys() - {
    "import", "watch", "book", "inbox", "salvage", "template", "config", "completion", "paths", "encrypt", "decrypt",
}  # fmt: skip
"""The commands that reach only files of the planner itself, and start no program."""
OTHER_WORDS = {
    "ls": "contacts", "list": "contacts", "people": "contacts", "search": "contacts", "find": "contacts",
    "new": "add", "create": "add", "delete": "forget", "remove": "forget", "rm": "forget", "today": "due",
    "week": "agenda", "met": "log", "remind": "follow-up", "note": "capture", "stats": "forecast",
}  # fmt: skip
"""Names of these commands in other programs."""


class LateGroup(CommandGroup):
    """A group whose commands are imported when they run; only `COMMANDS` has the first line of their help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        module = import_module(f"planner.cli.commands.{found[0]}")
        command = getattr(module, cmd_name.replace("-", "_") + "_command")
        assert isinstance(command, click.Command)
        _say_line(command, found[1])
        if not any(isinstance(one, click.Option) and "--today" in one.opts for one in command.params):
            accept_everywhere(command)
        if ctx.resilient_parsing:
            # Only completion in a shell needs this.
            from planner.cli.commands.completion import teach

            teach(command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a failure caused by something in the database becomes a refusal."""
        try:
            return super().invoke(ctx)
        except (PlannerError, OutputLostError, click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            problem = ctx.obj.explained(error) if isinstance(ctx.obj, Session) else None
            if problem is None:
                raise
            raise problem from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name not in IN_KIOSK and not ctx.resilient_parsing:
            refuse_in_kiosk(f"“{name}”")
        return name, command, rest

    def other_words(self, name: str) -> list[str]:
        found = OTHER_WORDS.get(name.casefold())
        return [found] if found is not None else []

    def further(self, ctx: click.Context, name: str) -> list[str]:
        paths = [path for path, _ in commands_below(self, ctx)]
        last = nearest(name, [path.rpartition(" ")[2] for path in paths])
        return [path for path in paths if path.rpartition(" ")[2] in last[:1]][:2]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands by the beginning of their names, without loading any of them."""
        if incomplete[:1] in ("-", "/"):
            return click.Command.shell_complete(self, ctx, incomplete)
        from click.shell_completion import CompletionItem

        return [CompletionItem(name, help=line) for name, (_, line) in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _say_line(command: click.Command, line: str) -> None:
    """Prepend its line to the help of a command, and list the commands of a group with their whole first paragraph."""
    more = command.callback.__doc__ if command.callback is not None else None
    command.help = f"{line}\n\n{cleandoc(more or '')}".rstrip()
    _list_whole(command)


def _list_whole(command: click.Command) -> None:
    """Show the whole first paragraph of each command in lists of a group's commands, and of groups within it."""
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        below.short_help = " ".join(cleandoc(below.help or "").partition("\n\n")[0].split())
        _list_whole(below)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        tell(f"planner {__version__}")
        ctx.exit()


@click.group(
    cls=LateGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="WHO is a name, a part of one, an e-mail or '#ID', quoted because a shell takes # for a comment. "
    "ITEM is an id of the agenda, such as c5 or v3. DATE is 2026-11-23, fri, 12 dec, 2w, eom and the like.",
)
@click.option("--db", envvar="PLANNER_DB", metavar="PATH_OR_URL", help="The database: a file or sqlite:///FILE.")
@click.option("--today", envvar="PLANNER_TODAY", metavar="DATE", help="Take this day for today.")
@click.option("--demo", is_flag=True, help="Look around in a throw-away sample network.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
@click.pass_context
def planner(ctx: click.Context, db: str | None, today: str | None, demo: bool) -> None:
    """Keep in touch, ask directly, reach further, help first.

    Without a command the full screen opens.
    """
    session = Session(db, today)
    ctx.obj = session
    session.ask_for_passphrases()
    ctx.call_on_close(session.close)
    if ctx.invoked_subcommand is not None:
        if demo:
            raise click.UsageError("--demo opens the full screen and takes no command.")
        return
    ctx.exit(open_screen(session, demo=demo))
