"""Commands about people: add, edit, archive, merge, forget, and how often to be in touch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from planner.cli.options import as_json, given, pass_session, who_argument
from planner.cli.output import answer, answer_new, say, tell
from planner.cli.session import Session
from planner.core.contact_fields import TYPED_FIELDS, Kind
from planner.core.words.folding import fold
from planner.desk.values import ContactDraft
from planner.errors import Refused

SAME_SHOWN = 3
Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_SEVERAL = frozenset({Kind.ADDRESSES, Kind.CIRCLES})


def _draft_options(*without: str) -> Callable[[Decorated], Decorated]:
    """An option for each field that has one, except the named ones."""

    def add(command: Decorated) -> Decorated:
        for one in reversed(TYPED_FIELDS):
            if one.option and one.name not in without:
                several = one.kind in _SEVERAL
                option = click.option(f"--{one.option}", one.name, multiple=several, metavar=one.metavar, help=one.help)
                command = option(command)
        return command

    return add


def _draft(session: Session, values: dict[str, Any], **more: Any) -> ContactDraft:
    """The draft made of the options; a field that was not given is None."""
    values |= {one.name: given(values[one.name]) for one in TYPED_FIELDS if one.option and one.kind in _SEVERAL}
    since = session.day(values.pop("since"), past=True)
    if since is not None and values["cadence"] is None:
        raise Refused("--since says from when a cadence counts", "Give --cadence too")
    return ContactDraft(since=since, **values, **more)


@click.command("add")
@click.argument("name")
@_draft_options("name", "status")
@as_json
@pass_session
def add_command(session: Session, /, name: str, as_json: bool, **values: Any) -> None:
    draft = _draft(session, values, name=name)
    done = session.desk.people.add(draft)
    answer_new(done, as_json, "#")
    same = session.desk.people.namesakes(done.id)
    if same:
        there = ", ".join(f"#{one}" for one in same[:SAME_SHOWN])
        say(
            f"There is already {there} {name.strip()}; if it is the same person: "
            f"planner merge '#{same[0]}' '#{done.id}', if not: planner apart '#{same[0]}' '#{done.id}'"
        )


@click.command("edit")
@who_argument()
@_draft_options()
@as_json
@pass_session
def edit_command(session: Session, /, who: str, as_json: bool, **values: Any) -> None:
    """E-mails, phones, addresses and circles given replace the old ones; "" empties a field."""
    contact_id = session.desk.people.find(who)
    draft = _draft(session, values)
    if not draft.given:
        raise Refused("Nothing to change was given", "See “planner edit --help” for what can be")
    answer(session.desk.people.edit(contact_id, draft), as_json)


@click.command("archive")
@who_argument("people", many=True)
@as_json
@pass_session
def archive_command(session: Session, people: tuple[str, ...], as_json: bool) -> None:
    answer(session.desk.people.archive([session.desk.people.find(who) for who in people]), as_json)


@click.command("unarchive")
@who_argument("people", many=True)
@as_json
@pass_session
def unarchive_command(session: Session, people: tuple[str, ...], as_json: bool) -> None:
    answer(session.desk.people.unarchive([session.desk.people.find(who) for who in people]), as_json)


@click.command("merge")
@who_argument("keep")
@who_argument("other")
@as_json
@pass_session
def merge_command(session: Session, keep: str, other: str, as_json: bool) -> None:
    answer(session.desk.people.merge(session.desk.people.find(keep), session.desk.people.find(other)), as_json)


@click.command("forget")
@who_argument()
@click.option("--yes", is_flag=True, help="Really erase; this cannot be undone.")
@click.option("--surname", is_flag=True, help="Take the surname alone out of texts about others, too.")
@click.option("--copies", is_flag=True, help="Rewrite backups, other copies of the planner and exports without them.")
@as_json
@pass_session
def forget_command(session: Session, who: str, yes: bool, surname: bool, copies: bool, as_json: bool) -> None:
    """Every name and address they ever had here goes. Backups, exports and other files that still hold the person are
    named on standard output, one a line. --copies leaves as they are: what is damaged, files in folders that other
    programs look into, pages about one person, lines of the inbox.
    """
    from planner.interchange.taking_out import take_out  # only this command needs it

    contact_id = session.desk.people.find(who)
    name = session.name(contact_id)
    if not yes:
        raise Refused(
            f"Forgetting {name} (#{contact_id}) erases everything about them and cannot be undone",
            "Say --yes to do it, or put them away with “planner archive”",
        )
    done = session.desk.people.forget(
        contact_id, state=session.paths.state, surname_too=surname, copies=copies, take_out=take_out
    )
    if as_json:
        answer(done, as_json, held=list(done.held), maybe=list(done.maybe))
        return
    say(done.said)
    if done.maybe:
        shown = ", ".join(done.maybe[:5]) + (", …" if len(done.maybe) > 5 else "")
        say(f"Their surname alone still stands in {shown}: --surname takes it out as well")
    if done.held:
        left = ", and cannot be rewritten: delete them, or export anew" if copies else "; --copies rewrites what it can"
        say(f"These files still hold them{left}:")
    for file in done.held:
        tell(file)


@click.command("cadence")
@click.argument("parts", nargs=-1, metavar="[WHO] SPEC...")
@click.option("--circle", metavar="C", help="The default for the members of a circle, instead of WHO.")
@click.option("--since", metavar="DATE", help="The day it counts from; default today.")
@as_json
@pass_session
def cadence_command(
    session: Session, parts: tuple[str, ...], circle: str | None, since: str | None, as_json: bool
) -> None:
    """SPEC is 4w, 4w/6w (ideal and worst), 1m, every 3 weeks, monthly, RRULE:…, inherit or none."""
    start = session.day(since, past=True)
    spec = " ".join(parts if circle is not None else parts[1:])
    if not spec.strip():
        raise Refused("A cadence is missing", "Try: planner cadence 'Ana Silva' 4w")
    if circle is not None:
        known = {row.name: row.members for row in session.desk.people.circles()}
        done = session.desk.people.set_circle_cadence(circle, spec, since=start)
        _say_new_circle(circle, known)
    else:
        done = session.desk.people.set_cadence([session.desk.people.find(parts[0])], spec, since=start)
    answer(done, as_json)


def _say_new_circle(circle: str, known: dict[str, int]) -> None:
    """Say that a circle is new, and which known names are similar: it may be mistyped."""
    from difflib import get_close_matches  # only a new circle needs it

    folded = {fold(name): name for name in known}
    if fold(circle) in folded:
        return
    close = [folded[one] for one in get_close_matches(fold(circle), folded, n=3)] or sorted(known)[:5]
    meant = f"; was {' or '.join(close)} meant? “planner undo” takes it back" if close else ""
    say(f"{circle.strip()} is a new circle, nobody is in it yet{meant}")
