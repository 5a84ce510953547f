"""The help of a command begins with one sentence, and the list of commands, shells and the manual say the same one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem

from planner.cli.commands.manual import escaped, manual
from planner.cli.root import planner
from tests.cases import case

WIDE = {"terminal_width": 1000, "max_content_width": 1000}


def groups(group: click.Group, name: str = "planner") -> Iterator[tuple[str, click.Group]]:
    """The group and every group below it, with its name on the command line."""
    yield name, group
    context = click.Context(group)
    for below in group.list_commands(context):
        command = group.get_command(context, below)
        if isinstance(command, click.Group):
            yield from groups(command, f"{name} {below}")


def listed(group: click.Group) -> dict[str, str]:
    """The line of each command in the help of its group."""
    _, _, lines = group.get_help(click.Context(group, **WIDE)).partition("Commands:\n")  # type: ignore[arg-type]
    found = (line.strip().partition(" ") for line in lines.splitlines())
    return {name: sentence.strip() for name, _, sentence in found}


def first_line(command: click.Command) -> str:
    """The first line of the text in the help of a command."""
    _, _, text = command.get_help(click.Context(command, **WIDE)).partition("\n\n")  # type: ignore[arg-type]
    return text.splitlines()[0].strip()


GROUPS = dict(groups(planner))


def test_list_help_manual_and_completion_say_the_same_sentence() -> None:
    for name in GROUPS:
        with case(name):
            group, page = GROUPS[name], "\n".join(manual(planner))
            context = click.Context(group, info_name=name)
            found = group.shell_complete(context, "")
            offered = {item.value: item.help for item in found if isinstance(item, CompletionItem)}
            sentences = {one: line for one, line in listed(group).items() if one in group.list_commands(context)}
            assert sorted(sentences) == sorted(group.list_commands(context))
            for below, sentence in sentences.items():
                command = group.get_command(context, below)
                assert command is not None
                assert sentence[-1] in ".…", sentence
                assert first_line(command) == sentence
                assert offered[below] == sentence
                path = f"{name} {below}"
                after = page.split(f".SS {path}\n".replace("-", "\\-"))[1]
                assert after.split(".PP\n")[1].startswith(escaped(sentence)), path


def test_the_list_of_commands_loads_none_of_them() -> None:
    code = (
        "import sys; from planner.cli import main; main(['--help'])\n"
        "print([name for name in sys.modules if name.startswith('planner.cli.commands.')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
