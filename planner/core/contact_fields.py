"""The fields of a contact, as data: one row drives form, command line, JSON, tables, vCards, search and merging.

A field of one line needs only its row, its column in the store and its attribute in `core.model`. Every other kind has
its own code for reading and writing; so have the notes, the only text of several lines.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from planner.core.drafting.purposes import checked_language, checked_tone
from planner.core.model import Contact, Mode, Status
from planner.core.words.folding import fold
from planner.core.words.parts import agree, in_words, parts_of

OURS = "X-PLANNER-"
"""The prefix of the vCard properties that only this planner writes."""


class Kind(StrEnum):
    """How the values of a field are typed and stored."""

    LINE = "line"
    TEXT = "text"
    """A text of several lines; the form shows one of them."""
    CHOICE = "choice"
    DAY = "day"
    RHYTHM = "rhythm"
    ADDRESSES = "addresses"
    CIRCLES = "circles"
    YEAR_DAY = "day of the year"
    YEAR_DAYS = "days of the year"
    PEOPLE = "people"
    WHO = "who"
    """Another contact, given by a name as in WHO."""
    KEY = "key"


class Newer(StrEnum):
    """When an import may change a line that holds another text."""

    FOLLOWS = "follows"
    """When the record comes from the source that the contact came from."""
    DATED = "dated"
    """When the record has a later date; the old text goes into the history."""


class ContactField(NamedTuple):
    """One field; an empty text in a column below means that the field has none."""

    name: str
    """The name of the field in the form and in a draft."""
    kind: Kind
    label: str
    """The label of the field in the form."""
    attribute: str = ""
    """The attribute of `Contact` and of `ImportedContact`, where they have one; by default the name."""
    column: str = ""
    """The column of the table of contacts; empty where the values have a table of their own."""
    form: int = 0
    """The place in the form, counted from the top; 0 keeps the field out of the form."""
    example: str = ""
    """An example value, shown in the form while the field is empty."""
    card: str = ""
    """The words before the value on the card, if the field has its own line there."""
    stands_out: bool = False
    """Whether its line on the card is brighter than the others."""
    choices: tuple[str, ...] = ()
    option: str = ""
    """The option of the commands `add` and `edit`, without the dashes."""
    metavar: str = "TEXT"
    help: str = ""
    """The help of the option."""
    search: str = ""
    """The filter that searches the field."""
    search_words: str = ""
    """How a filter on the field is put in words: "at company"."""
    indexed: bool = False
    """Whether plain search words, without a filter, look in the field."""
    header: str = ""
    """The header of the column in our own table; by default the label."""
    word: str = ""
    """The word for the field in `--map`; by default the name."""
    meaning: str = ""
    """The meaning of a column, as users read it; by default the header."""
    headers: str = ""
    """Headers seen in files of other programs, separated by commas."""
    vcard: str = ""
    """The property of a vCard that holds the value."""
    newer: Newer | None = None
    """When an import changes a value that is there; with None it never does."""
    check: Callable[[str], str] | None = None
    """Gives a typed line in its usual form, or raises Refused; an import drops what is refused."""


_IN_THE_ROW = frozenset({Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.DAY, Kind.RHYTHM})


def _filled(field: ContactField) -> ContactField:
    """The field with the defaults that follow from the rest of its row."""
    attribute, header = field.attribute or field.name, field.header or field.label.capitalize()
    return field._replace(
        attribute=attribute,
        column=attribute if field.kind in _IN_THE_ROW and not field.column else field.column.strip("-"),
        header=header,
        word=field.word or field.name,
        meaning=field.meaning or header,
    )


FIELDS = tuple(map(_filled, (
    ContactField(
        "uid", Kind.KEY, "identifier", column="uid", header="Planner ID", word="key", meaning="Identifier",
    ),
    ContactField(
        "name", Kind.LINE, "name", form=10, option="name", metavar="N", help="Another name.",
        search="name", search_words="named", indexed=True, meaning="Full name", vcard="FN", newer=Newer.FOLLOWS,
        headers="name, full name, display name, contact name, contact, person, formatted name, file as, "
        "nom complet, vollständiger name, nombre completo, anzeigename",
    ),
    ContactField(
        "nickname", Kind.LINE, "nickname", form=108, example="what they are called", card="called", option="nickname",
        metavar="N", help="What they are called; finds them wherever a name is typed.", search="nickname",
        search_words="called", indexed=True, vcard="NICKNAME", newer=Newer.FOLLOWS,
        headers="nickname, nick, short name, spitzname, surnom, apodo, soprannome",
    ),
    ContactField("name_parts", Kind.ADDRESSES, "name parts", header="Name parts", word="name_part"),
    ContactField(
        "company", Kind.LINE, "company", form=20, option="company", metavar="C", help="Where they work.",
        search="company", search_words="at company", indexed=True, vcard="ORG", newer=Newer.DATED,
        headers="company, organization, organisation, organization name, organization 1 - name, employer, "
        "company name, current company, firma, unternehmen, société, entreprise, empresa, azienda, org",
    ),
    ContactField(
        "title", Kind.LINE, "title", form=30, option="title", metavar="T", help="What they do there.",
        search="title", search_words="with the title", indexed=True, header="Position", vcard="TITLE",
        newer=Newer.DATED,
        headers="job title, position, title, role, job, occupation, organization title, organization 1 - title, "
        "current position, fonction, poste, berufsbezeichnung, puesto, cargo",
    ),
    ContactField(
        "city", Kind.LINE, "city", form=40, option="city", metavar="C", help="Where they live.",
        search="city", search_words="in city", indexed=True, newer=Newer.FOLLOWS,
        headers="city, home city, work city, business city, town, location, ville, stadt, ort, wohnort, "
        "ciudad, localidad, población, città, località, residenza",
    ),
    ContactField(
        "emails", Kind.ADDRESSES, "e-mail", form=60, example="name@example.org",
        option="email", metavar="E", help="An e-mail address; may be repeated.",
        search="email", search_words="with e-mail", header="E-mails", word="email", meaning="E-mail", vcard="EMAIL",
        headers="email, e-mail, mail, email address, e-mail address, emails, e-mails, primary email, "
        "secondary email, email addresses, work email, personal email, home email, e-mail-adresse, "
        "e-mail adresse, mailadresse, courriel, adresse e-mail, correo, correo electrónico, indirizzo e-mail, "
        "posta elettronica, email 1, email 2, email 3",
    ),
    ContactField(
        "phones", Kind.ADDRESSES, "phone", form=70, example="+33 6 12 34 56 78",
        option="phone", metavar="P", help="A phone number; may be repeated.",
        search="phone", search_words="with phone", header="Phones", word="phone", meaning="Phone", vcard="TEL",
        headers="phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, mobile number, "
        "phones, phone numbers, home phone, work phone, business phone, primary phone, other phone, "
        "mobilephone, telefon, telefonnummer, rufnummer, handy, handynummer, mobil, mobiltelefon, mobilnummer, "
        "téléphone, tél, numéro de téléphone, téléphone portable, téléphone mobile, portable, teléfono, "
        "número de teléfono, móvil, teléfono móvil, celular, telefono, numero di telefono, cellulare, "
        "phone 1, phone 2, whatsapp",
    ),
    ContactField(
        "urls", Kind.ADDRESSES, "web", form=80,
        option="url", metavar="U", help="An address on the web; may be repeated.",
        header="Web pages", word="url", meaning="Web page", vcard="URL",
        headers="url, website, web page, web site, homepage, linkedin, linkedin url, profile url, profile, "
        "linkedin profile, websites, web, site web, webseite, sitio web",
    ),
    ContactField(
        "chats", Kind.ADDRESSES, "chat", form=85, example="xmpp:name@example.org",
        option="chat", metavar="U", help="An address for messages; may be repeated.",
        header="Chats", word="chat", meaning="Chat address",
    ),
    ContactField(
        "streets", Kind.ADDRESSES, "address", form=45, example="Kai 1, 5003 Bergen",
        option="address", metavar="A", help="A street address; may be repeated.",
        header="Street addresses", word="street",
    ),
    ContactField("organisations", Kind.ADDRESSES, "also at", header="Organisations", word="organisation"),
    ContactField("positions", Kind.ADDRESSES, "also as", header="Other positions", word="position"),
    ContactField(
        "circles", Kind.CIRCLES, "circles", form=50, example="work, climbing",
        option="circle", metavar="C", help="A group; may be repeated.", vcard="CATEGORIES",
        headers="circles, circle, labels, label, tags, tag, groups, group, group membership, categories, category, "
        "list, lists, gruppe, gruppen, kategorien, groupe, groupes, étiquettes",
    ),
    ContactField(
        "birthday", Kind.YEAR_DAY, "birthday", form=110, example="12 dec 1988",
        option="birthday", metavar="[YYYY-]MM-DD", help="The year may be left out.",
        headers="birthday, birth date, birthdate, date of birth, dob, born, geburtstag, geburtsdatum, "
        "geboren, geboren am, anniversaire, date de naissance, naissance, né le, née le, cumpleaños, "
        "fecha de nacimiento, nacimiento, compleanno, data di nascita, nascita",
    ),
    ContactField("dates", Kind.YEAR_DAYS, "other dates"),
    ContactField("relations", Kind.PEOPLE, "knows"),
    ContactField(
        "cadence", Kind.RHYTHM, "rhythm", form=90, example="4w, 4w/6w, monthly, every friday",
        option="cadence", metavar="SPEC", help="How often: 4w, 4w/6w, monthly, RRULE:…, inherit, none.",
        header="How often", vcard="X-PLANNER-CADENCE",
        headers="cadence, rhythm, frequency, how often, keep in touch, stay in touch",
    ),
    ContactField(
        "since", Kind.DAY, "since", attribute="cadence_since", form=100, example="today",
        option="since", metavar="DATE", help="The day the cadence counts from; default today.",
        header="How often, since", word="cadence_since", vcard="X-PLANNER-CADENCE-SINCE",
    ),
    ContactField(
        "mode", Kind.CHOICE, "mode", form=120, choices=tuple(Mode),
        option="mode", metavar="M", help=f"{', '.join(Mode)}.", vcard="X-PLANNER-MODE",
    ),
    ContactField("status", Kind.CHOICE, "status", choices=tuple(Status), option="status", metavar="S",
           help=f"{', '.join(Status)}.", vcard="X-PLANNER-STATUS"),
    ContactField("source", Kind.LINE, "source", search="source", search_words="from"),
    ContactField(
        "met_on", Kind.DAY, "met on", vcard="X-PLANNER-MET-ON",
        headers="met on, met, first met, connected on, date met, connected",
    ),
    ContactField(
        "last_contact", Kind.DAY, "last contact", attribute="last_contact_on", column="-",
        headers="last contact, last contacted, last contact date, last talked to, last spoke, last touch, "
        "last seen, last interaction, last contacted on",
    ),
    ContactField(
        "looking_for", Kind.LINE, "looking for", form=140, card="looks for", stands_out=True,
        option="looking-for", help="What they look for.",
        vcard="X-PLANNER-LOOKING-FOR", search="looking", search_words="looking for", indexed=True, newer=Newer.FOLLOWS,
        headers="looking for, needs, wants",
    ),
    ContactField(
        "offers", Kind.LINE, "offers", form=150, card="offers", option="offers", help="What they can offer.",
        vcard="X-PLANNER-OFFERS", search="offers", search_words="offering", indexed=True, newer=Newer.FOLLOWS,
        headers="offers, can help with, skills",
    ),
    ContactField(
        "language", Kind.LINE, "language", form=122, example="en, de, fr, es, pt-BR",
        option="language", metavar="CODE", help="The language they are written to in, such as de.",
        check=checked_language, vcard="LANG", search="language", search_words="written to in", newer=Newer.FOLLOWS,
        headers="language, preferred language, sprache, langue, idioma, lingua",
    ),
    ContactField(
        "tone", Kind.LINE, "tone", form=124, example="friendly, formal",
        option="tone", metavar="T", help="How they are addressed: friendly or formal.", check=checked_tone,
        vcard="X-PLANNER-TONE", newer=Newer.FOLLOWS, headers="tone",
    ),
    ContactField(
        "notes", Kind.TEXT, "notes", form=130, option="note", metavar="T", help="A note about them.",
        search="note", search_words="with a note of", indexed=True, vcard="NOTE",
        headers="notes, note, comments, comment, description, remarks, notiz, notizen, bemerkung, bemerkungen, "
        "anmerkung, anmerkungen, kommentar, remarque, remarques, commentaire, commentaires, nota, notas, "
        "observaciones, comentario, comentarios, osservazioni, commento, commenti, note 1",
    ),
)))  # fmt: skip
"""Every field, in the order of the columns of our own table."""

HEARD_OF = "only heard of"
"""The value of "through" for somebody I only heard of."""
THROUGH = _filled(ContactField(
    "through", Kind.WHO, "through", form=155, example="whom you met them through", card="through", option="through",
    metavar="WHO", help=f"Whom you know them through; “{HEARD_OF}”, or \"\" for yourself.",
))  # fmt: skip
"""The person through whom somebody is known. Never imported or exported: no other file knows which person is meant."""
TYPED_FIELDS = (*FIELDS, THROUGH)
"""Every field that a person may fill in."""
FORM = tuple(sorted((one for one in TYPED_FIELDS if one.form), key=lambda one: one.form))
"""The fields of the form, from the top."""
ADDRESS_FIELDS = {one.word: one.attribute for one in FIELDS if one.kind is Kind.ADDRESSES}
"""The attribute for each kind of address; the store and `--map` know the kind by this name."""
NAME_PART, CHAT, STREET, ORGANISATION, POSITION = "name_part", "chat", "street", "organisation", "position"
"""Kinds of addresses that are not e-mails, phones or pages: the other things a card says about a person."""
SAID_MORE = (CHAT, STREET, ORGANISATION, POSITION)
"""The kinds among these that the page of a contact shows, in its order."""
WITH_PARTS = frozenset({NAME_PART, STREET, ORGANISATION})
"""The kinds whose values have parts, see `words.parts`."""
LINES = tuple(one for one in FIELDS if one.kind is Kind.LINE)
TEXTS = (*LINES, *(one for one in FIELDS if one.kind is Kind.TEXT))
"""Every text field, those of one line first."""
INDEXED = tuple(one.column for one in TEXTS if one.indexed)
"""The columns in which plain words are searched."""
ON_CARD = tuple(one for one in TYPED_FIELDS if one.card)
"""The fields with a line of their own on the card."""


def address_words(kind: str, value: str) -> str:
    """The value of an address of some kind, as people read it."""
    return in_words(value) if kind in WITH_PARTS else value


def said_more(contact: Contact) -> list[tuple[str, str]]:
    """(label, text) of other values from cards: the full name, chats, street addresses, other positions."""
    found = []
    for cell in contact.name_parts:
        family, given, additional, prefix, suffix = (*parts_of(cell.value), *[""] * 5)[:5]
        whole = " ".join(filter(None, (prefix, given, additional, family, suffix)))
        if agree(contact.name, [whole]) and fold(whole) != fold(contact.name):
            found.append(("full name", whole))
    for kind in SAID_MORE:
        label = next(one.label for one in FIELDS if one.word == kind)
        for cell in getattr(contact, ADDRESS_FIELDS[kind]):
            found.append((label, f"{address_words(kind, cell.value)}{f' ({cell.label})' if cell.label else ''}"))
    return found
