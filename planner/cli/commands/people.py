"""Commands about people: add, edit, archive, merge, forget, and how often to be in touch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from planner.cli.options import as_json, given, pass_session, who_argument, words
from planner.cli.output import print_json, say, tell
from planner.cli.session import Session
from planner.core.dates.typed import exact_date
from planner.core.model import Mode, Status
from planner.errors import Refused

SAME_SHOWN = 3
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _draft_options(command: Decorated) -> Decorated:
    """The options of `add` and `edit`."""
    for option in reversed(
        (
            click.option("--email", "emails", multiple=True, metavar="E", help="An e-mail address; may be repeated."),
            click.option("--phone", "phones", multiple=True, metavar="P", help="A phone number; may be repeated."),
            click.option("--url", "urls", multiple=True, metavar="U", help="An address on the web; may be repeated."),
            click.option("--company", metavar="C", help="Where they work."),
            click.option("--title", metavar="T", help="What they do there."),
            click.option("--city", metavar="C", help="Where they live."),
            click.option("--circle", "circles", multiple=True, metavar="C", help="A group; may be repeated."),
            click.option("--cadence", metavar="SPEC", help="How often: 4w, 4w/6w, monthly, RRULE:…, inherit, none."),
            click.option("--since", metavar="DATE", help="The day the cadence counts from; default today."),
            click.option("--birthday", metavar="[YYYY-]MM-DD", help="The year may be left out."),
            click.option("--mode", metavar="M", help=f"{', '.join(Mode)}."),
            click.option("--looking-for", metavar="TEXT", help="What they look for."),
            click.option("--offers", metavar="TEXT", help="What they can offer."),
            click.option("--note", "notes", metavar="T", help="A note about them."),
        )
    ):
        command = option(command)
    return command


def _draft(session: Session, values: dict[str, Any], **more: Any) -> Any:
    """The draft the options make; None stands for what was not given."""
    from planner.desk import ContactDraft

    for name in ("emails", "phones", "urls", "circles"):
        values[name] = given(values[name])
    since = session.day(values.pop("since"), past=True)
    if since is not None and values["cadence"] is None:
        raise Refused("--since says from when a cadence counts", "Give --cadence too")
    return ContactDraft(since=since, **values, **more)


def _rhythm_words(session: Session, contact_id: int) -> str:
    """What became of the keep-in-touch date, as it was understood: ", due Fri 27 Nov 2026", or nothing."""
    due = session.desk.why(contact_id, today=session.today).due
    return f", due {exact_date(due)}" if due is not None else ""


def _day_words(birthday: str | None) -> str:
    if not birthday or not birthday.strip():
        return ""
    from planner.core.dates.typed import MONTH_NAMES, parse_month_day

    year, month, day = parse_month_day(birthday)
    return f", birthday {day} {MONTH_NAMES[month - 1][:3]}" + (f" {year}" if year is not None else "")


def _since_words(since: date | None) -> str:
    return f", since {exact_date(since)}" if since is not None else ""


@click.command("add")
@click.argument("name")
@_draft_options
@as_json
@pass_session
def add_command(session: Session, /, name: str, as_json: bool, **values: Any) -> None:
    draft = _draft(session, values, name=name)
    contact_id = session.desk.add_contact(draft, today=session.today)
    if as_json:
        print_json({"id": contact_id})
    else:
        tell(str(contact_id))
    said = _day_words(draft.birthday) + _since_words(draft.since) + _rhythm_words(session, contact_id)
    name = session.name(contact_id)
    say(f"Added {name} (#{contact_id}){said}")
    same = session.desk.namesakes(contact_id)
    if same:
        there = ", ".join(f"#{one}" for one in same[:SAME_SHOWN])
        say(
            f"There is already {there} {name}; if it is the same person: "
            f"planner merge '#{same[0]}' '#{contact_id}', if not: planner apart '#{same[0]}' '#{contact_id}'"
        )


@click.command("edit")
@who_argument()
@click.option("--name", metavar="N", help="Another name.")
@_draft_options
@click.option("--status", metavar="S", help=f"{', '.join(Status)}.")
@pass_session
def edit_command(session: Session, /, who: str, **values: Any) -> None:
    """E-mails, phones, addresses and circles given replace the old ones; "" empties a field."""
    contact_id = session.who(who)
    draft = _draft(session, values)
    if not any(getattr(draft, name) is not None for name in (*values, "since")):
        raise Refused("Nothing to change was given", "See “planner edit --help” for what can be")
    session.desk.edit_contact(contact_id, draft, today=session.today)
    said = _day_words(draft.birthday) + _since_words(draft.since)
    if draft.cadence is not None or draft.mode is not None or draft.status is not None or draft.circles is not None:
        said += _rhythm_words(session, contact_id)
    tell(f"Edited {session.name(contact_id)}{said}")


@click.command("archive")
@who_argument("people", many=True)
@pass_session
def archive_command(session: Session, people: tuple[str, ...]) -> None:
    ids = [session.who(who) for who in people]
    session.desk.archive(ids, today=session.today)
    tell(f"Archived {session.names(ids)}")


@click.command("unarchive")
@who_argument("people", many=True)
@pass_session
def unarchive_command(session: Session, people: tuple[str, ...]) -> None:
    ids = [session.who(who) for who in people]
    session.desk.unarchive(ids, today=session.today)
    said = _rhythm_words(session, ids[0]) if len(ids) == 1 else ""
    tell(f"Brought back {session.names(ids)}{said}")


@click.command("merge")
@who_argument("keep")
@who_argument("other")
@pass_session
def merge_command(session: Session, keep: str, other: str) -> None:
    kept, gone = session.who(keep), session.who(other)
    name = session.name(gone)
    session.desk.merge_contacts(kept, gone, today=session.today)
    tell(f"Merged {name} (#{gone}) into {session.name(kept)} (#{kept})")


@click.command("forget")
@who_argument()
@click.option("--yes", is_flag=True, help="Really erase; this cannot be undone.")
@pass_session
def forget_command(session: Session, who: str, yes: bool) -> None:
    """Backups and other files that still hold the person are named on standard output, one a line."""
    contact_id = session.who(who)
    name = session.name(contact_id)
    if not yes:
        raise Refused(
            f"Forgetting {name} (#{contact_id}) erases everything about them and cannot be undone",
            "Say --yes to do it, or put them away with “planner archive”",
        )
    held = session.desk.forget(contact_id, today=session.today, state=session.paths.state)
    say(f"Forgot #{contact_id}")
    if held:
        say("These files still hold them:")
    for file in held:
        tell(file)


@click.command("cadence")
@click.argument("parts", nargs=-1, metavar="[WHO] SPEC...")
@click.option("--circle", metavar="C", help="The default for the members of a circle, instead of WHO.")
@click.option("--since", metavar="DATE", help="The day it counts from; default today.")
@pass_session
def cadence_command(session: Session, parts: tuple[str, ...], circle: str | None, since: str | None) -> None:
    """SPEC is 4w, 4w/6w (ideal and worst), 1m, every 3 weeks, monthly, RRULE:…, inherit or none."""
    start = session.day(since, past=True)
    spec = words(parts if circle is not None else parts[1:])
    if not spec.strip():
        raise Refused("A cadence is missing", "Try: planner cadence 'Ana Silva' 4w")
    if circle is not None:
        known = {row.name: row.members for row in session.desk.circles()}
        session.desk.set_circle_cadence(circle, spec, since=start, today=session.today)
        _say_new_circle(circle, known)
        tell(f"Circle {circle}: {_spec_words(spec, start or session.today)}{_since_words(start)}")
        return
    contact_id = session.who(parts[0])
    session.desk.set_cadence([contact_id], spec, since=start, today=session.today)
    shown = _spec_words(spec, start or session.today)
    tell(f"{session.name(contact_id)}: {shown}{_since_words(start)}{_rhythm_words(session, contact_id)}")


def _say_new_circle(circle: str, known: dict[str, int]) -> None:
    """A circle may get its rhythm before its members; a mistyped one is noticed by this."""
    from difflib import get_close_matches

    from planner.core.words.folding import fold

    folded = {fold(name): name for name in known}
    if fold(circle) in folded:
        return
    close = [folded[one] for one in get_close_matches(fold(circle), folded, n=3)] or sorted(known)[:5]
    meant = f"; was {' or '.join(close)} meant? “planner undo” takes it back" if close else ""
    say(f"{circle.strip()} is a new circle, nobody is in it yet{meant}")


def _spec_words(spec: str, since: date) -> str:
    if spec.strip().casefold() == "inherit":
        return "the rhythm of the circles"
    from planner.core.rhythm.cadence import parse_cadence

    cadence = parse_cadence(spec, since)
    return cadence.words if cadence is not None else "no rhythm"
