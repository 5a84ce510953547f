"""Completion in shells: the script for each shell, and the completions of a typed part.

Click answers the shells; commands are named without loading them, people and items come from the database.
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
"""The most names given to a shell; further typing narrows them."""
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
_FISH = """\
function %(complete_func)s
    set -l words (commandline -cp | string collect)
    for line in (env %(complete_var)s=fish_complete COMP_WORDS="$words" %(prog_name)s 2>/dev/null)
        set -l parts (string split -m1 "," -- $line)
        if test "$parts[1]" = file
            __fish_complete_path $parts[2]
        else
            echo $parts[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""
_SPECIAL = frozenset(" \t\\'\"`$&|;<>()[]{}*?!#~=%^")

Complete = Callable[[Session, str], list[CompletionItem]]


def split_line(line: str) -> tuple[list[str], str]:
    """The words of an unfinished line as the shell reads them, and the quote that is open at its end.

    The last word is the one at the cursor, empty after a blank.
    """
    import shlex  # only a shell's request needs it

    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    found: list[str] = []
    try:
        found.extend(lexer)
    except ValueError:
        # The end came within quotes, or after a backslash.
        found.append(lexer.token or "")
    else:
        if not line or (line[-1].isspace() and not line.endswith(("\\ ", "\\\t"))):
            found.append("")
    return found, _open_quote(line)


def _open_quote(line: str) -> str:
    """The quote that is open at the end of a line, or ""."""
    quote, escaped = "", False
    for letter in line:
        if escaped:
            escaped = False
        elif letter == "\\" and quote != "'":
            escaped = True
        elif letter == quote:
            quote = ""
        elif not quote and letter in ("'", '"'):
            quote = letter
    return quote


def quoted(text: str, quote: str) -> str:
    """Text as Bash reads it literally: inside an open quote, or with a backslash before each special letter."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        escaped = "".join(f"\\{one}" if one in '\\"$`' else one for one in text)
        # An interactive shell expands its history within these quotes too, and keeps a backslash before the mark.
        return escaped.replace("!", "\"'!'\"")
    return "".join(f"\\{one}" if one in _SPECIAL else one for one in text)


class LineBash(BashComplete):
    """Bash inserts a completion as it is: it is quoted here, for the quote around the word."""

    source_template = _BASH

    def source(self) -> str:
        """The script; which Bash reads it is not checked here."""
        return self.source_template % self.source_vars()

    def _typed(self) -> list[str]:
        """The words of the line as they were typed, up to the one at the cursor."""
        return os.environ.get("COMP_WORDS", "").split("\n")[: int(os.environ.get("COMP_CWORD", "0")) + 1]

    def get_completion_args(self) -> tuple[list[str], str]:
        read = [split_line(word)[0][0] if word else "" for word in self._typed()]
        return read[1:-1], read[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """One line: the kind, and the text as the command line must contain it."""
        typed, value = self._typed()[-1], one_line(str(item.value))
        _, quote = split_line(typed)
        if quote and not typed.startswith(quote):
            # Bash keeps the text before a quote that opens within a word.
            before = split_line(typed[: typed.rindex(quote)])[0][0]
            value = value[len(before) :] if fold(value).startswith(fold(before)) else value
        return f"{item.type},{quoted(value, quote)}"


class LineFish(FishComplete):
    """Fish quotes inserted text itself, and gives the line up to the cursor."""

    source_template = _FISH

    def get_completion_args(self) -> tuple[list[str], str]:
        found, _ = split_line(os.environ.get("COMP_WORDS", ""))
        return found[1:-1], found[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """One line: the kind, the text, and a tab before its description."""
        about = f"\t{one_line(item.help)}" if item.help else ""
        return f"{item.type},{one_line(str(item.value))}{about}"


class LineZsh(ZshComplete):
    """Zsh quotes what it puts in, and gives the words as they were typed."""

    def get_completion_args(self) -> tuple[list[str], str]:
        found, _ = split_line(os.environ.get("COMP_WORDS", ""))
        place = int(os.environ.get("COMP_CWORD", "0"))
        return found[1:place], found[place] if place < len(found) else ""

    def format_completion(self, item: CompletionItem) -> str:
        """Three lines: the kind, the text, and its description, or "_"."""
        value = one_line(str(item.value))
        # A colon separates a completion from its description.
        shown = value.replace(":", "\\:") if item.help else value
        return f"{item.type}\n{shown}\n{one_line(item.help or '_')}"


SHELLS = {"bash": LineBash, "zsh": LineZsh, "fish": LineFish}
for _shell in SHELLS.values():
    add_completion_class(_shell)


def script(shell: str, planner: click.Command) -> str:
    """The completion script that a shell reads."""
    return SHELLS[shell](planner, {}, "planner", VARIABLE).source().rstrip() + "\n"


def _people(session: Session, typed: str) -> list[CompletionItem]:
    found = session.desk.people.complete(typed, limit=NAMES) if typed.strip() else ()
    names = [name for _, name in found]
    beginning = [name for name in names if fold(name).startswith(fold(typed))]
    # A shell inserts the common beginning of several names. Names that only contain the part have none.
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
    "TEXT...": _people,
    "WHO|ITEM": _people_or_items, "WHO|ITEM...": _people_or_items,
    "WHO|ITEM... DATE": _people_or_items, "ITEM": _items, "ITEM...": _items, "ITEM... DATE": _items,
    "FILE": _files, "FILE...": _files, "[FILE]": _files, "FILE|FOLDER": _files,
}  # fmt: skip
_BY_OPTION: dict[str, Complete] = {"--circle": _circles}


def teach(command: click.Command) -> None:
    """Make a command, and those below it, complete the people and items its arguments name."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            teach(below)
    for parameter in command.params:
        complete = _BY_METAVAR.get(parameter.metavar or "") if isinstance(parameter, click.Argument) else None
        for option in parameter.opts:
            complete = complete or _BY_OPTION.get(option)
        if complete is not None:
            # Click asks the parameter itself for completions.
            setattr(parameter, "shell_complete", _answer(complete))  # noqa: B010


def _answer(complete: Complete) -> Callable[[click.Context, str], list[CompletionItem]]:
    def answer(ctx: click.Context, typed: str) -> list[CompletionItem]:
        root = ctx.find_root().params
        session = Session(root.get("db"), root.get("today"))
        try:
            return complete(session, typed)
        except PlannerError:
            # There is nowhere to show it: the line is still being typed.
            return []
        finally:
            session.close()

    return answer


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """\b
    bash: eval "$(planner completion bash)" in ~/.bashrc
    zsh:  eval "$(planner completion zsh)" in ~/.zshrc, after compinit
    fish: planner completion fish > ~/.config/fish/completions/planner.fish
    """
    write(sys.stdout, script(shell, ctx.find_root().command))
