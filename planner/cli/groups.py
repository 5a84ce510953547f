"""Groups of commands: suggestions for a mistyped name, and --db and --today before or after a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from planner.cli.session import Session

MOST = 2
"""The most names suggested for a mistyped one."""


class CommandGroup(click.Group):
    """A group that answers a mistyped command with its nearest one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = str(args[0])
        if not ctx.resilient_parsing and name[:1] != "-" and self.get_command(ctx, name) is None:
            near = self.other_words(name) or nearest(name, self.list_commands(ctx)) or self.further(ctx, name)
            raise click.UsageError(no_command(name, [f"{ctx.command_path} {one}" for one in near]), ctx)
        return super().resolve_command(ctx, args)

    def other_words(self, name: str) -> list[str]:
        """The planner's command for a name in other programs."""
        return []

    def further(self, ctx: click.Context, name: str) -> list[str]:
        """Commands that a name may have meant if none of this group is similar."""
        return []


def nearest(typed: str, names: Iterable[str]) -> list[str]:
    """Names that somebody may have meant, the nearest first: almost the same letters, or the same beginning."""
    from difflib import get_close_matches  # only a mistyped word needs it

    known = list(names)
    wanted = typed.casefold()
    if wanted in known:
        return [wanted]
    close = get_close_matches(wanted, known, n=MOST, cutoff=0.65)
    begun = [one for one in known if len(wanted) > 1 and one.startswith(wanted)]
    return list(dict.fromkeys([*close[:1], *begun, *close]))[:MOST]


def no_command(name: str, meant: list[str]) -> str:
    """The sentence about a command that does not exist."""
    return f"There is no command “{shortened(name)}”" + did_you_mean(meant)


def did_you_mean(names: list[str]) -> str:
    """ ". Did you mean “planner agenda”?"; empty if nothing is similar."""
    quoted = " or ".join(f"“{one}”" for one in names)
    return f". Did you mean {quoted}?" if names else ""


def shortened(word: str) -> str:
    """A mistyped word, short enough to be repeated."""
    return word if len(word) <= 40 else f"{word[:40]}…"


def no_option(refusal: click.NoSuchOption, words: Iterable[str]) -> str:
    """The sentence about an option that a command does not have; `words` are those of the command line."""
    typed = refusal.option_name
    if not typed.startswith("--"):
        # One dash before a long name is read letter by letter.
        typed = next((word for word in words if word.startswith(typed)), typed)
    command = refusal.ctx.command if refusal.ctx is not None else None
    options = command.params if command is not None else []
    names = [name for one in options if isinstance(one, click.Option) for name in one.opts if name.startswith("--")]
    wanted = typed.partition("=")[0].lstrip("-")
    meant = nearest(wanted, [*(name.removeprefix("--") for name in names), "help"])
    return f"There is no option “{shortened(typed)}”" + did_you_mean([f"--{one}" for one in meant])


def commands_below(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command inside the groups of this group, with the names that lead to it."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            for inner in command.list_commands(ctx):
                found = command.get_command(ctx, inner)
                if found is not None:
                    yield f"{name} {inner}", found
            yield from ((f"{name} {deeper}", found) for deeper, found in commands_below(command, ctx))


def _take(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Give an option after the command the effect of the same one before it."""
    if value is None or parameter.name is None:
        return
    from click.core import ParameterSource

    root = ctx.find_root()
    root.params[parameter.name] = value
    root.set_parameter_source(parameter.name, ParameterSource.COMMANDLINE)
    if isinstance(root.obj, Session):
        root.obj.choose(**{parameter.name: value})


def accept_everywhere(command: click.Command) -> None:
    """Give a command, and those below it, --db and --today; help shows them once, for `planner`."""
    for name in ("db", "today"):
        command.params.append(click.Option([f"--{name}"], hidden=True, expose_value=False, callback=_take))
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        accept_everywhere(one)
