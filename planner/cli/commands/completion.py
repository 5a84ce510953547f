"""Completion in shells: the script each of them reads, and who and what a typed part may mean.

Click answers the shells; commands are named without loading them, people and items from the database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete, add_completion_class

from planner.cli.output import one_line, write
from planner.cli.session import Session
from planner.core.words.folding import fold
from planner.errors import PlannerError

VARIABLE = "_PLANNER_COMPLETE"
"""Set by the shell that asks."""
NAMES = 50
"""Names a shell is given at most; typing on narrows them."""
_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while IFS= read -r line; do
        case "$line" in
            plain,*) COMPREPLY+=("${line#plain,}") ;;
            file,*) compopt -o default ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_SPECIAL = frozenset(" \t\\'\"`$&|;<>()[]{}*?!#~=%^")

Complete = Callable[[Session, str], list[CompletionItem]]


class QuotingBash(BashComplete):
    """Bash takes a completion as it stands: what has a blank in it has to be quoted."""

    source_template = _BASH

    def source(self) -> str:
        """The script; which Bash reads it is not for us to ask here."""
        return self.source_template % self.source_vars()

    def format_completion(self, item: CompletionItem) -> str:
        """One line: the kind, and the text as the command line is to hold it."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        place = int(os.environ.get("COMP_CWORD", "0"))
        # Within quotes that were opened, the shell quotes by itself.
        opened = place < len(words) and words[place][:1] in ("'", '"')
        value = one_line(str(item.value))
        quoted = value if opened else "".join(f"\\{one}" if one in _SPECIAL else one for one in value)
        return f"{item.type},{quoted}"


add_completion_class(QuotingBash)


def _people(session: Session, typed: str) -> list[CompletionItem]:
    found = session.desk.people.complete(typed, limit=NAMES) if typed.strip() else ()
    names = [name for _, name in found]
    beginning = [name for name in names if fold(name).startswith(fold(typed))]
    # A shell puts in what several have in common: of names that only hold the part that would be nothing.
    return [CompletionItem(one_line(name)) for name in beginning or names[:1] if len(names) == 1 or beginning]


def _items(session: Session, typed: str) -> list[CompletionItem]:
    # Commands are named to a shell without the words of items.
    from planner.core.words.wording import kind_word

    return [
        CompletionItem(one.item.id, help=one_line(f"{kind_word(one.item)} {one.item.contact_name}"))
        for one in session.desk.reading.agenda().items
        if one.item.id.startswith(typed)
    ]


def _people_or_items(session: Session, typed: str) -> list[CompletionItem]:
    return [*_people(session, typed), *_items(session, typed)]


def _circles(session: Session, typed: str) -> list[CompletionItem]:
    names = (circle.name for circle in session.desk.people.circles())
    return [CompletionItem(one_line(name)) for name in names if fold(name).startswith(fold(typed))]


def _files(session: Session, typed: str) -> list[CompletionItem]:
    return [CompletionItem(typed, type="file")]


_BY_METAVAR: dict[str, Complete] = {
    "WHO": _people, "WHO...": _people, "A": _people, "B": _people, "TO": _people, "[WHO] SPEC...": _people,
    "WHO|ITEM": _people_or_items, "ITEM": _items, "FILE": _files, "FILE...": _files, "[FILE]": _files,
    "FILE|FOLDER": _files,
}  # fmt: skip
_BY_OPTION: dict[str, Complete] = {"--circle": _circles}


def teach(command: click.Command) -> None:
    """Let a command, and those below it, complete who and what its arguments name."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            teach(below)
    for parameter in command.params:
        complete = _BY_METAVAR.get(parameter.metavar or "") if isinstance(parameter, click.Argument) else None
        for option in parameter.opts:
            complete = complete or _BY_OPTION.get(option)
        if complete is not None:
            # `shell_complete` is asked of the parameter; it was made by whoever wrote the command.
            setattr(parameter, "shell_complete", _answer(complete))  # noqa: B010


def _answer(complete: Complete) -> Callable[[click.Context, str], list[CompletionItem]]:
    def answer(ctx: click.Context, typed: str) -> list[CompletionItem]:
        root = ctx.find_root().params
        session = Session(root.get("db"), root.get("today"))
        try:
            return complete(session, typed)
        except PlannerError:
            # Nowhere to say so: the line is still being typed.
            return []
        finally:
            session.close()

    return answer


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """\b
    bash: eval "$(planner completion bash)" in ~/.bashrc
    zsh:  eval "$(planner completion zsh)" in ~/.zshrc, after compinit
    fish: planner completion fish > ~/.config/fish/completions/planner.fish
    """
    kinds = {"bash": QuotingBash, "zsh": ZshComplete, "fish": FishComplete}
    write(sys.stdout, kinds[shell](ctx.find_root().command, {}, "planner", VARIABLE).source().rstrip() + "\n")
