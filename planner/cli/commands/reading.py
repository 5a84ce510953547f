"""Commands that read: why, show, contacts, forecast."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.cli import json_cards, json_shapes
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, Part, one_line, print_json
from planner.cli.session import Session
from planner.core.contact_fields import ON_CARD, said_more
from planner.core.dates.shown import exact_date, short_date
from planner.core.evidence.words import seen_words
from planner.core.model import Interaction, State
from planner.core.words.wording import (
    STATE_WORDS,
    back_words,
    interval_words,
    kind_word,
    rate_words,
    when_word,
)

if TYPE_CHECKING:
    from planner.core.model import ContactRow
    from planner.desk.values import Card

PAGE_ROWS = 5000
INTERACTIONS = 1_000_000


@click.command("why")
@click.argument("target", metavar="WHO|ITEM")
@as_json
@pass_session
def why_command(session: Session, target: str, as_json: bool) -> None:
    found = session.who_or_item(target)
    if found.item_id is not None:
        reasons = session.desk.reading.why(item_id=found.item_id)
    else:
        reasons = session.desk.reading.why(contact_id=found.contact_id)
    if as_json:
        print_json(json_shapes.why(reasons))
        return
    page = Page()
    state = str(reasons.state)
    stands = [STATE_WORDS[reasons.state]] if reasons.state is not State.DUE or reasons.due is None else []
    stands += [f"due {exact_date(reasons.due)}"] if reasons.due is not None else []
    page.line(
        Marked(page.glyph(state), state if state in ("due", "late") else ""),
        " " if page.glyph(state).strip() else "",
        Marked(reasons.name, "name"),
        f"  {', '.join(stands)}",
    )
    for step in reasons.steps:
        page.line("  ", step)
    if reasons.terms:
        page.line(f"  urgency {reasons.urgency:.2f}")
        page.table([(term.name, f"{term.value:.2f}") for term in reasons.terms], indent=4, right=(1,))


@click.command("show")
@click.argument("who", metavar="WHO")
@as_json
@pass_session
def show_command(session: Session, who: str, as_json: bool) -> None:
    found = session.desk.reading.card(session.desk.people.find(who), history=INTERACTIONS)
    if as_json:
        print_json(json_cards.card(found))
    else:
        _print_card(found, session.today)


def _print_card(found: Card, today: date) -> None:
    page, contact = Page(), found.contact
    page.line(Marked(contact.name, "name"), Marked(f"  #{contact.id}", "dim"))
    about = [part for part in (contact.title, contact.company, contact.city, ", ".join(contact.circles)) if part]
    if about:
        page.line("  ", " · ".join(about))
    facts: list[tuple[Part, Part]] = []
    for label, cells in (("e-mail", contact.emails), ("phone", contact.phones), ("web", contact.urls)):
        facts += [(Marked(label, "dim"), cell.value) for cell in cells]
    facts += [(Marked(label, "dim"), text) for label, text in said_more(contact)]
    facts += [(Marked(day.kind, "dim"), json_shapes.month_day(day)) for day in contact.dates]
    if str(contact.status) != "active":
        facts.append((Marked("status", "dim"), str(contact.status)))
    if str(contact.mode) != "rhythm":
        facts.append((Marked("mode", "dim"), str(contact.mode)))
    if found.rhythm is not None and found.due is not None:
        state = str(found.state)
        role = state if state in ("due", "late") else ""
        facts.append((Marked("rhythm", "dim"), found.rhythm.effective.cadence.words))
        facts.append((Marked("due", "dim"), Marked(f"{exact_date(found.due)} ({STATE_WORDS[found.state]})", role)))
    for label, text in (
        *((one.card, getattr(contact, one.attribute)) for one in ON_CARD),
        ("source", contact.source),
        ("met on", exact_date(contact.met_on) if contact.met_on is not None else ""),
    ):
        if text:
            facts.append((Marked(label, "dim"), text))
    if found.gave or found.received:
        facts.append((Marked("helped", "dim"), f"gave {found.gave}, received {found.received}"))
    if found.give:
        facts.append((Marked("you could", "dim"), found.give))
    page.table(facts)
    if contact.notes:
        page.line()
        page.paragraphs(contact.notes, "  ")
    if found.loops:
        page.line()
        page.line(Marked("Open", "heading"))
        page.table(
            [(Marked(item.id, "dim"), kind_word(item), item.text, when_word(item, today)) for item in found.loops],
            stretch=2,
        )
    if contact.acquaintances:
        page.line()
        page.line(Marked("Knows", "heading"))
        page.table([(known.name, known.relation, known.company, known.topic) for known in contact.acquaintances])
    if found.interactions:
        page.line()
        page.line(Marked("History", "heading"))
        page.table(
            [
                (
                    Marked(f"i{one.id}", "dim"),
                    exact_date(one.on),
                    one.channel if str(one.outcome) == "reached" else f"{one.channel} ({one.outcome})".strip(),
                    one_line("; ".join(part for part in (one.note, _seen(one)) if part)),
                )
                for one in found.interactions
            ],
            stretch=3,
        )


def _seen(one: Interaction) -> str:
    """Where an interaction was seen; empty for one that a person wrote."""
    return seen_words(one.channel, one.direction, one.outcome, one.source) if one.source else ""


@click.command("contacts")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--sort", default="name", metavar="S", help="name, company, last, due or loops; -due reverses.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many; default all.")
@as_json
@pass_session
def contacts_command(session: Session, query: tuple[str, ...], sort: str, limit: int | None, as_json: bool) -> None:
    """Such as: circle:work city:lyon due:<2w last:>6m has:loop is:snoozed free words"""
    rows: list[ContactRow] = []
    total, wanted = 0, limit
    while wanted is None or len(rows) < wanted:
        size = PAGE_ROWS if wanted is None else min(PAGE_ROWS, wanted - len(rows))
        found = session.desk.reading.contacts(" ".join(query), sort=sort, offset=len(rows), limit=size)
        rows += found.rows
        total = found.total
        if not found.rows or len(rows) >= total:
            break
    if as_json:
        print_json({"contacts": [json_shapes.contact_row(row) for row in rows], "total": total})
        return
    page = Page()
    page.table([_contact_row(page, row, session.today) for row in rows], stretch=3, spare=(4, 3, 6, 5, 8))
    if not total:
        page.line(
            "Nobody found"
            if query
            else "Nobody here yet. “planner add NAME” adds a person, “planner import FILE” many."
        )
    elif len(rows) < total:
        page.line(Marked(f"{total - len(rows)} more", "dim"))


def _contact_row(page: Page, row: ContactRow, today: date) -> tuple[Part, ...]:
    state = str(row.state)
    role = state if state in ("due", "late") else "dim"
    return (
        Marked(page.glyph(state), role),
        Marked(f"#{row.id}", "dim"),
        Marked(row.name, "name"),
        row.company,
        ", ".join(row.circles),
        row.rhythm,
        Marked(f"last {short_date(row.last_contact, today)}" if row.last_contact is not None else "", "dim"),
        Marked(f"due {short_date(row.due, today)}" if row.due is not None else "", role),
        f"{row.loops} open" if row.loops else "",
        Marked(back_words(row.state, row.back, today) if row.back is not None else "", "dim"),
    )


@click.command("forecast")
@as_json
@pass_session
def forecast_command(session: Session, as_json: bool) -> None:
    found = session.desk.triage.forecast()
    if as_json:
        print_json(
            {
                "asked_a_week": found.asked_a_week,
                "managed_a_week": found.managed_a_week,
                "too_early": found.too_early,
                "stretch": [
                    {
                        "contact": json_shapes.person(one.contact_id, one.name),
                        "ideal_days": one.ideal_days,
                        "proposed_days": one.proposed_days,
                    }
                    for one in found.stretch
                ],
            }
        )
        return
    page = Page()
    page.line(f"Your rhythms ask for {rate_words(found.asked_a_week)}, you manage {rate_words(found.managed_a_week)}")
    if found.too_early:
        page.line("It is too early to tell what you manage: after four weeks this says which rhythms to stretch.")
    if found.stretch:
        page.line("A longer rhythm would help with:")
        page.table(
            [
                (
                    Marked(one.name, "name"),
                    f"every {interval_words(one.ideal_days)}",
                    f"→ every {interval_words(one.proposed_days)}",
                )
                for one in found.stretch
            ]
        )
