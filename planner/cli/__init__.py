"""The command line: `main` runs one command and turns every outcome into an exit code and one clear line."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

DONE = 0
DONE_IN_PART = 1
REFUSED = 2
STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code: 0 done, 1 done in part, 2 refused, 130 stopped by Ctrl-C.

    `arguments` are the words after the program's name; by default those it was started with.
    """
    # Loading modules allocates much and frees nothing: the garbage collector would take a tenth of the time of a short
    # command. The desk turns it on again once it is open, the full screen once it is painted.
    collecting = gc.isenabled()
    gc.disable()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words)
    finally:
        if collecting:
            gc.enable()
    if words and arguments is None and sys.gettrace() is None and sys.getprofile() is None:
        # The database is closed and the output is flushed. Destroying every module, as the interpreter does at its end,
        # would take another tenth. A debugger or a profiler gets the normal end.
        os._exit(code)
    return code


def _run(words: list[str]) -> int:
    # Loaded here, after `main` has turned collecting off.
    from planner.cli.output import OutputLostError, flush, give_up_output, say
    from planner.errors import PlannerError
    from planner.limits import asked_over_ssh

    try:
        try:
            words += asked_over_ssh()
            code = _command(words) if words or _asked_by_shell() else _screen()
        except PlannerError as refusal:
            say(f"planner: {sentences(refusal.message, refusal.advice)}")
            code = REFUSED
        except KeyboardInterrupt:
            say("planner: Stopped.")
            code = STOPPED
        except OutputLostError:
            raise
        except Exception as error:
            # Most runs write no log.
            from planner.cli.faults import write_down

            say(f"planner: {write_down(error, words)}")
            code = REFUSED
        flush()
    except OutputLostError as gone:
        give_up_output()
        if not gone.reason:
            return DONE
        with suppress(OutputLostError):
            say(f"planner: The output could not be written: {gone.reason}.")
        return DONE_IN_PART
    return code


def _asked_by_shell() -> bool:
    """Whether a shell asks for completions; it gives the line in the environment."""
    return "_PLANNER_COMPLETE" in os.environ


def _screen() -> int:
    # Before what it speeds up.
    from planner.cli.start_code import StartCode

    start_code = StartCode()
    start_code.use()
    # Without a command line, click is not loaded.
    from planner.cli.launch import open_at_once

    return open_at_once(start_code)


def _command(words: list[str]) -> int:
    # The full screen needs no click.
    import click

    from planner.cli.root import planner
    from planner.errors import Refused

    if _asked_by_shell():
        # The module registers the classes with which click then answers the shell.
        import_module("planner.cli.commands.completion")
    try:
        code = planner.main(words, prog_name="planner", standalone_mode=False)
    except click.MissingParameter as refusal:
        path = refusal.ctx.command_path if refusal.ctx is not None else "planner"
        advice = f"See “{path} --help”"
        metavar = (refusal.param.metavar or "") if refusal.param is not None else ""
        if any(word in metavar for word in ("WHO", "ITEM", "ID")):
            # A shell takes an unquoted # as the beginning of a comment, and passes on nothing.
            advice += ". A number needs quotes in a shell: '#1'"
        raise Refused(refusal.format_message(), advice) from refusal
    except click.NoSuchOption as refusal:
        from planner.cli.groups import no_option  # it needs click, like everything here

        path = refusal.ctx.command_path if refusal.ctx is not None else "planner"
        raise Refused(no_option(refusal, words), f"See “{path} --help”") from refusal
    except click.UsageError as refusal:
        path = refusal.ctx.command_path if refusal.ctx is not None else "planner"
        raise Refused(refusal.format_message(), f"See “{path} --help”") from refusal
    except click.ClickException as refusal:
        raise Refused(refusal.format_message()) from refusal
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else DONE


def sentences(what: str, advice: str) -> str:
    """The problem and the advice as sentences on one line."""
    parts = (" ".join(part.split()) for part in (what, advice))
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)
