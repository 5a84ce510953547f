"""Commands about words to send: drafts for a person or an item, and the templates they are made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, number_of, pass_session
from planner.cli.output import Marked, Page, answer, print_json, print_message, say
from planner.cli.session import Session
from planner.core.drafting.filling import PLACEHOLDERS
from planner.core.drafting.purposes import HOW_TO_ASK, TITLES, Purpose
from planner.desk.done import Done
from planner.desk.reciprocity.drafts import Letter, Subject
from planner.errors import Refused
from planner.templates import (
    Template,
    TemplateName,
    all_templates,
    exact_template,
    find_template,
    read_name,
    start_own,
    strangers,
)


@click.command("words")
@click.argument("target", metavar="WHO|ITEM")
@click.option("--for", "purpose", metavar="PURPOSE", help=f"{', '.join(Purpose)}; for an ITEM its next step.")
@click.option("--need", metavar="ID", help="The need it is about.")
@click.option("--favor", metavar="ID", help="The favor it is about.")
@click.option("--about", default="", metavar="T", help="What you ask for, without a need or a favor.")
@click.option("--to", "reached", default="", metavar="NAME", help="Whom they may put you in touch with.")
@click.option("--company", default="", metavar="C", help="Where that person works.")
@click.option("--language", default="", metavar="CODE", help="Another language than theirs.")
@click.option("--tone", default="", metavar="T", help="Another tone than theirs: friendly or formal.")
@as_json
@pass_session
def words_command(
    session: Session, target: str, purpose: str | None, need: str | None, favor: str | None, about: str, reached: str,
    company: str, language: str, tone: str, as_json: bool,
) -> None:  # fmt: skip
    """Nothing is sent, and nobody is marked as told or asked: that is said by a command of its own."""
    found = session.who_or_item(target)
    if found.item_id is not None and purpose is None and need is None and favor is None:
        letter = session.desk.drafts.for_item(found.item_id)
    else:
        subject = Subject(
            need=number_of(need, "n", "need") if need is not None else None,
            favor=number_of(favor, "v", "favor") if favor is not None else None,
            what=about, target=reached, company=company, language=language, tone=tone,
        )  # fmt: skip
        usual = Purpose.THROUGH if reached else Purpose.ASK
        letter = session.desk.drafts.draft(purpose or usual, found.contact_id, subject)
    if as_json:
        print_json(_letter_shape(letter))
        return
    print_message(letter.whole, blank=False)
    if letter.purpose in (Purpose.ASK, Purpose.SMALL_ASK, Purpose.THROUGH):
        for line in HOW_TO_ASK:
            say(line)


def _letter_shape(letter: Letter) -> dict[str, Any]:
    return {
        "purpose": str(letter.purpose),
        "contact": {"id": letter.contact_id, "name": letter.name},
        "email": letter.email or None,
        "subject": letter.subject,
        "text": letter.text,
        "note": letter.note or None,
        "template": letter.template,
        "own": letter.own,
        "language": letter.language,
        "tone": letter.tone,
    }


@click.group("template", cls=CommandGroup, no_args_is_help=False)
def template_command() -> None:
    """NAME is purpose.tone.language, such as announce.friendly.en; tone and language may be left out."""


@template_command.command("list")
@click.option("--own", is_flag=True, help="Only your own.")
@as_json
@pass_session
def template_list(session: Session, own: bool, as_json: bool) -> None:
    """Every template, and which are your own."""
    folder = _folder(session)
    found = [one for one in all_templates(folder) if one.own or not own]
    unknown = strangers(folder)
    if as_json:
        print_json({"templates": [_shape(one) for one in found], "folder": str(folder), "unknown": list(unknown)})
    else:
        page = Page()
        rows = [(Marked(str(one.name), "name"), _standing(one), TITLES[one.name.purpose]) for one in found]
        page.table(rows, stretch=2)
        if not any(one.own for one in found):
            page.line(f"None is your own. “planner template edit NAME” copies one to {folder}.")
    for one in found:
        if one.problem:
            say(f"planner: {one.problem}")
    for file in unknown:
        say(f"planner: {folder / file} is no template: its name is not purpose.tone.language")


@template_command.command("show")
@click.argument("name", metavar="NAME")
@as_json
@pass_session
def template_show(session: Session, name: str, as_json: bool) -> None:
    """The text of a template."""
    found = _present(session, _named(session, name))
    if as_json:
        print_json({**_shape(found), "text": found.text, "placeholders": PLACEHOLDERS})
        return
    print_message(found.text, blank=False)
    if found.problem:
        say(f"planner: {found.problem}")


@template_command.command("edit")
@click.argument("name", metavar="NAME")
@as_json
@pass_session
def template_edit(session: Session, name: str, as_json: bool) -> None:
    """Copy a template to your own folder, unless it is there, and open it in your editor."""
    wanted, folder = _named(session, name), _folder(session)
    before = exact_template(wanted, folder)
    start = before or find_template(wanted, None, session.config.language)
    file = start_own(wanted, folder, start.text)
    _open(file)
    after = exact_template(wanted, folder)
    new = before is None or not before.own
    if after is None or not after.own:
        answer(Done(f"The planner's own template {wanted} is used"), as_json)
        return
    if new and after.text.strip() == start.text.strip():
        file.unlink(missing_ok=True)
        answer(Done(f"Nothing was changed: the planner's own template {wanted} is used"), as_json)
        return
    if after.problem:
        raise Refused(after.problem, f"Correct it: planner template edit {wanted}")
    answer(Done(f"Your template {wanted} is in {file}"), as_json, file=str(file))


def _folder(session: Session) -> Path:
    """The folder of the user's own templates, beside the configuration; it may not exist yet."""
    session.even_without_config = True
    return session.config.templates or session.paths.config.parent / "templates"


def _named(session: Session, name: str) -> TemplateName:
    session.even_without_config = True
    return read_name(name, session.config.language, session.config.tone)


def _present(session: Session, wanted: TemplateName) -> Template:
    """The template with exactly this name."""
    found = exact_template(wanted, _folder(session))
    if found is None:
        raise Refused(f"There is no template {wanted}", f"“planner template edit {wanted}” begins one")
    return found


def _open(file: Path) -> None:
    """Run the person's editor on a file and wait for it."""
    try:
        click.edit(filename=str(file))
    except click.ClickException as problem:
        words = problem.format_message().rstrip(".")
        raise Refused(words, f"Set EDITOR to one that is there; the file is {file}") from None


def _standing(one: Template) -> str:
    return ("own, at fault" if one.problem else "own") if one.own else ""


def _shape(one: Template) -> dict[str, Any]:
    name = one.name
    return {
        "name": str(name),
        "purpose": str(name.purpose),
        "tone": str(name.tone),
        "language": name.language,
        "title": TITLES[name.purpose],
        "own": one.own,
        "problem": one.problem,
    }
