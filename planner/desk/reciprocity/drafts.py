"""Words to send: a draft for each purpose, person and subject. Nothing is sent, and drafting marks nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.interval import add_days
from planner.core.drafting.draft import Addressee, Matter, Sender, draft, subject_of
from planner.core.drafting.filling import check_template
from planner.core.drafting.purposes import Purpose, Tone, checked_language, checked_tone, hardly_known
from planner.core.introductions import stage
from planner.core.model import Favor, FavorDirection, ItemKind, OpenItem
from planner.core.records import record
from planner.desk.reciprocity.loops import present_favor
from planner.desk.reciprocity.matters import (
    about_need,
    no_introduction,
    with_favor,
    with_introduction,
    with_loan,
    with_told,
)
from planner.desk.reciprocity.need_steps import present_need
from planner.desk.shared.checks import one_of, present_names
from planner.desk.shared.items import not_open
from planner.errors import Refused
from planner.store.facts import acquaintances, contacts, interactions, introductions, needs
from planner.store.facts import favors as ledger
from planner.store.views import open_items
from planner.templates import Template, TemplateName, find_template

if TYPE_CHECKING:
    from planner.core.model import Contact
    from planner.core.needs import Need, Told
    from planner.desk.shared.context import Context

BY_WAY_OUT = {
    "later": Purpose.ANSWER_LATER,
    "smaller": Purpose.ANSWER_SMALLER,
    "resource": Purpose.ANSWER_RESOURCE,
    "advice": Purpose.ANSWER_ADVICE,
    "introduce": Purpose.ANSWER_INTRODUCE,
    "network": Purpose.ANSWER_NETWORK,
}
"""The purpose of the answer to a request, by way out."""
_ABOUT_INTRODUCTIONS = frozenset({Purpose.OFFER_INTRODUCTION, Purpose.INTRODUCE})
_ABOUT_LOANS = frozenset({Purpose.LOAN_BACK, Purpose.BRING_BACK})
_ITEM = re.compile(r"n(\d+)(?:c(\d+))?")


@record(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a draft is about, as ids and words; omitted fields are taken from the facts.

    `need`, `favor` and `introduction` are ids. `what` is what I ask for if neither of them says it, `kind` the kind of
    help. `target` is the person I would like to reach, who works at `company` and knows `beyond`, or with
    `target_is_person` False a company or topic; `through` names who passes a note on. `offer`, `day` and `other` (an
    id) belong to an answer. `language`, `tone` and `template` (its text) take precedence over those of the person.
    """

    need: int | None = None
    favor: int | None = None
    introduction: int | None = None
    what: str = ""
    kind: str = ""
    why: str = ""
    target: str = ""
    target_is_person: bool = True
    company: str = ""
    beyond: str = ""
    through: str = ""
    offer: str = ""
    day: date | None = None
    other: int | None = None
    outcome: str = ""
    language: str = ""
    tone: str = ""
    template: str = ""


NOTHING = Subject()


@record(frozen=True, slots=True, kw_only=True)
class Letter:
    """Words to send. `note` is what the person may pass on; `template` names the template they are made from."""

    purpose: Purpose
    text: str
    contact_id: int | None = None
    name: str = ""
    email: str = ""
    subject: str = ""
    note: str = ""
    language: str = "en"
    tone: str = Tone.FRIENDLY
    template: str = ""
    source: str = ""
    """The text of the template."""
    own: bool = False

    @property
    def whole(self) -> str:
        """The message with the note below it."""
        return f"{self.text}\n\n---\n\n{self.note}" if self.note else self.text


class Drafting:
    """Drafts from templates, in the language and tone of each person."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def draft(self, purpose: str, contact_id: int | None = None, subject: Subject = NOTHING) -> Letter:
        """The words for one person, or for nobody by name (a public post).

        "ask" becomes a small first question for somebody hardly known. An ask through somebody includes the note to
        pass on. Raises Refused for an unknown purpose, and for a faulty template of the user's own.
        """
        if contact_id is not None:
            return self.drafts(purpose, [contact_id], subject)[contact_id]
        with self._context.store.read():
            need = _need(subject.need)
            about = replace(about_need(need) if need is not None else Matter(), **_given(subject))
        return self._write(one_of(Purpose, purpose, "purpose of words"), None, Addressee(), about, subject, {})

    def drafts(self, purpose: str, contact_ids: Sequence[int], subject: Subject = NOTHING) -> dict[int, Letter]:
        """The words for each of several people, by contact id; see `draft`."""
        wanted = one_of(Purpose, purpose, "purpose of words")
        if not contact_ids:
            return {}
        with self._context.store.read():
            present_names(contact_ids)
            people = contacts.read_contacts(contact_ids)
            last = interactions.last_reached(contact_ids)
            need, favor = _need(subject.need), _favor(subject.favor)
            if need is None and favor is not None and favor.need_id is not None:
                need = needs.need(favor.need_id)
            told = {one.contact_id: one for one in needs.told_with(need.id, contact_ids)} if need is not None else {}
            found = {}
            for key in contact_ids:
                about, exact = self._about(wanted, key, need, favor, told, subject), wanted
                if wanted is Purpose.ASK and self._hardly_known(key):
                    exact = Purpose.SMALL_ASK
                contact = people[key]
                person = Addressee(
                    name=contact.name, company=contact.company, offers=contact.offers, last_contact=last.get(key)
                )
                found[key] = (exact, contact, person, about)
        known: dict[TemplateName, Template] = {}
        return {
            key: self._write(exact, contact, person, about, subject, known)
            for key, (exact, contact, person, about) in found.items()
        }

    def for_both(self, introduction_id: int) -> Letter:
        """The words that introduce two people to each other, addressed to both."""
        with self._context.store.read():
            found = introductions.introduction(introduction_id)
        if found is None:
            raise no_introduction()
        return self.draft(Purpose.INTRODUCE, found.one_id, Subject(introduction=introduction_id))

    def for_item(self, item_id: str) -> Letter:
        """The words for the next step of an open agenda item; refused for an item without anything to send."""
        need = _ITEM.fullmatch(item_id)
        if need is not None and need[2]:
            return self.draft(Purpose.WRITE, int(need[2]), Subject(need=int(need[1])))
        with self._context.store.read():
            item = open_items.items_with_ids([item_id]).get(item_id)
        if item is None:
            raise not_open(item_id)
        purpose, subject = self.purpose_of(item)
        return self.draft(purpose, item.contact_id, subject)

    def purpose_of(self, item: OpenItem) -> tuple[Purpose, Subject]:
        """The purpose and subject of the words for an open item; refused for an item without anything to send."""
        number = int(re.sub(r"\D.*", "", item.id[1:]) or 0)
        match item.kind:
            case ItemKind.REQUEST:
                return Purpose.ANSWER_YES, Subject(favor=number)
            case ItemKind.PROMISE:
                return self._purpose_of_promise(number, item.due), Subject(favor=number)
            case ItemKind.ASK:
                return Purpose.NUDGE, Subject(favor=number)
            case ItemKind.THANKS:
                return Purpose.THANK, Subject(favor=number)
            case ItemKind.OUTCOME:
                return Purpose.OUTCOME, Subject(favor=number)
            case ItemKind.LOAN:
                return self._purpose_of_loan(number), Subject(favor=number)
            case ItemKind.CADENCE:
                return Purpose.HELLO, NOTHING
            case ItemKind.INTRODUCTION:
                with self._context.store.read():
                    found = introductions.introduction(number)
                ready = found is not None and stage(found) == "agreed"
                return Purpose.INTRODUCE if ready else Purpose.OFFER_INTRODUCTION, Subject(introduction=number)
            case ItemKind.NEED:
                if "c" in item.id:
                    return Purpose.WRITE, Subject(need=number)
                return Purpose.OUTCOME if item.asks else Purpose.NUDGE, Subject(need=number)
        raise Refused("There is nothing to send here", "Words stand where something is asked, thanked for or told")

    def _purpose_of_promise(self, favor_id: int, due: date) -> Purpose:
        """A late promise needs an apology; one on time gets the answer of the way out it came from."""
        if due < self._context.today:
            return Purpose.LATE
        with self._context.store.read():
            way_out = present_favor(favor_id).way_out
        return BY_WAY_OUT.get(way_out, Purpose.ANSWER_YES)

    def _purpose_of_loan(self, favor_id: int) -> Purpose:
        with self._context.store.read():
            lent = present_favor(favor_id).direction is FavorDirection.GIVEN
        return Purpose.LOAN_BACK if lent else Purpose.BRING_BACK

    def hardly_known(self, contact_id: int) -> bool:
        """Whether a first question to a contact should be a small one."""
        with self._context.store.read():
            return self._hardly_known(contact_id)

    def _hardly_known(self, contact_id: int) -> bool:
        helped = sum(1 for one in ledger.favors_with(contact_id) if one.state in favors.COUNTED)
        return hardly_known(interactions.times_reached(contact_id), helped)

    def _about(
        self,
        purpose: Purpose,
        contact_id: int,
        need: Need | None,
        favor: Favor | None,
        told: Mapping[int, Told],
        subject: Subject,
    ) -> Matter:
        """What the words to one contact are about, from the facts, then from the given subject."""
        about = about_need(need) if need is not None else Matter()
        if need is not None and favor is None:
            about = with_told(about, need, told.get(contact_id))
        if favor is not None:
            about = with_loan(about, favor) if purpose in _ABOUT_LOANS else with_favor(about, favor, need)
        if purpose is Purpose.LATE:
            settings, today = self._context.settings, self._context.today
            about = replace(about, was_due=about.day, day=add_days(today, settings.promise_days))
        if subject.introduction is not None or purpose in _ABOUT_INTRODUCTIONS:
            about = with_introduction(about, subject.introduction, contact_id)
            if purpose is not Purpose.INTRODUCE:
                # Before both have said yes, neither hears what the other looks for.
                about = replace(about, one_looks="", other_looks="")
        if purpose is Purpose.WRITE and not subject.through:
            passed = told[contact_id].through if contact_id in told else ""
            about = replace(about, through=passed or acquaintances.through_name(contact_id))
        if subject.other is not None:
            about = replace(about, other=present_names([subject.other])[subject.other])
        given = _given(subject)
        if need is None:
            about = replace(about, is_need=False)
        return replace(about, **given)

    def _write(
        self,
        purpose: Purpose,
        contact: Contact | None,
        person: Addressee,
        about: Matter,
        subject: Subject,
        known: dict[TemplateName, Template],
    ) -> Letter:
        """A letter; `known` caches templates for other letters of the same call."""
        config = self._context.config
        own_language, own_tone = (contact.language, contact.tone) if contact is not None else ("", "")
        language = checked_language(subject.language) or own_language or config.language
        tone = Tone(checked_tone(subject.tone) or own_tone or config.tone)
        text, template = self._fill(TemplateName(purpose, tone, language), person, about, subject, known)
        note = ""
        if purpose is Purpose.THROUGH:
            # The note goes to somebody I do not know yet: formal unless requested otherwise.
            to = Addressee(name=about.target if about.target_is_person else "")
            passed_by = replace(about, through=person.name)
            note_tone = Tone(checked_tone(subject.tone) or Tone.FORMAL)
            wanted = TemplateName(Purpose.FORWARD, note_tone, language)
            note, _ = self._fill(wanted, to, passed_by, replace(subject, template=""), known)
        return Letter(
            purpose=purpose,
            text=text,
            contact_id=contact.id if contact is not None else None,
            name=person.name,
            email=contact.emails[0].value if contact is not None and contact.emails else "",
            subject=subject_of(purpose, about),
            note=note,
            language=template.name.language,
            tone=template.name.tone,
            template=str(template.name),
            source=template.text,
            own=template.own,
        )

    def _fill(
        self,
        wanted: TemplateName,
        person: Addressee,
        about: Matter,
        subject: Subject,
        known: dict[TemplateName, Template],
    ) -> tuple[str, Template]:
        config = self._context.config
        if subject.template:
            check_template(subject.template, "you gave")
            template = Template(wanted, subject.template, True)
        else:
            template = known.get(wanted) or find_template(wanted, config.templates, config.language)
            known[wanted] = template
        writer = Sender(name=config.my_name, about=config.about_me)
        text = draft(
            template.text, person, about, writer,
            language=template.name.language, tone=template.name.tone, today=self._context.today,
        )  # fmt: skip
        return text, template


def _need(need_id: int | None) -> Need | None:
    return present_need(need_id, must_be_open=False) if need_id is not None else None


def _favor(favor_id: int | None) -> Favor | None:
    return present_favor(favor_id) if favor_id is not None else None


def _given(subject: Subject) -> dict[str, Any]:
    """The fields of `Matter` that a subject gives."""
    given = {
        "what": subject.what, "kind": subject.kind, "why": subject.why, "target": subject.target,
        "target_company": subject.company, "beyond": subject.beyond, "through": subject.through,
        "offer": subject.offer, "day": subject.day,
        "outcome": subject.outcome,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value} | {"target_is_person": subject.target_is_person}
